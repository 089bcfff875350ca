//! How round a spot is: the weaker of a surface's two curvatures, which a line or an edge does not have.

use std::ops::Range;

use super::{HEIGHT, WIDTH};
use crate::nets::kernels::{Wide, wide};

/// One value a column.
pub(super) type Row = [f32; WIDTH];

/// The widest smoothing reaches so far, px: four deviations of 6 px.
const REACH: usize = 24;

/// Columns that are worked on at once.
const BLOCK: usize = 16;
/// A row with as many columns more on either side as the widest smoothing reaches.
type Broad = [f32; WIDTH + 2 * REACH];
/// A row with a neighbour more on either side.
type Rimmed = [f32; WIDTH + 2];

/// Curvature of `surface`, smoothed by `deviation` px, over some rows and columns.
pub(super) struct Curvature<'a> {
    pub(super) surface: &'a [Row],
    pub(super) deviation: f32,
    pub(super) rows: Range<usize>,
    pub(super) columns: Range<usize>,
}

/// By row: how strongly a light spot curves both ways, and a dark one; by the square of the deviation, so that spots of
/// any size compare. What it is outside the columns asked for is not said.
#[derive(Debug)]
pub(super) struct Spots {
    pub(super) light: Vec<Row>,
    pub(super) dark: Vec<Row>,
}

impl Curvature<'_> {
    /// Takes it.
    pub(super) fn spots(self) -> Spots {
        wide(self)
    }
}

/// The row or column that stands for one outside: mirrored at the rim, which itself is not doubled.
pub(super) const fn mirrored(place: i32, side: usize) -> usize {
    let last = side as i32 - 1;
    let place = if place < 0 { -place } else { place };
    let back = if place > last {
        2 * last - place
    } else {
        place
    };
    if back < 0 { 0 } else { back as usize }
}

/// Half of a bell curve that sums to one, from its middle on, and its reach.
fn bell(deviation: f32) -> ([f32; REACH + 1], usize) {
    let reach = ((4.0 * deviation).round() as usize).min(REACH);
    let mut weights = [0.0; REACH + 1];
    for (place, weight) in weights.iter_mut().enumerate().take(reach + 1) {
        *weight = (-0.5 * (place as f32 / deviation).powi(2)).exp();
    }
    let sum = weights[0] + 2.0 * weights[1..].iter().sum::<f32>();
    (weights.map(|weight| weight / sum), reach)
}

/// The columns of a range with as many more on either side, within the window.
fn reached(columns: &Range<usize>, more: usize) -> Range<usize> {
    columns.start.saturating_sub(more)..(columns.end + more).min(WIDTH)
}

/// Where the blocks begin that cover some columns. The last one is moved into the window, over the one before it.
#[inline(always)]
fn blocks(columns: Range<usize>) -> impl Iterator<Item = usize> {
    columns
        .step_by(BLOCK)
        .map(|column| column.min(WIDTH - BLOCK))
}

/// `COUNT` values of a row from one on.
#[inline(always)]
fn piece<const COUNT: usize>(row: &[f32], from: usize) -> [f32; COUNT] {
    let mut piece = [0.0; COUNT];
    piece.copy_from_slice(&row[from..][..COUNT]);
    piece
}

impl Curvature<'_> {
    /// A row smoothed down the columns, mirrored at both ends.
    #[inline(always)]
    fn smoothed_down(&self, y: i32, weights: &[f32]) -> Broad {
        let row = |y: i32| &self.surface[mirrored(y, HEIGHT)];
        let pairs: [[&Row; 2]; REACH + 1] = std::array::from_fn(|place| {
            let place = place.min(weights.len() - 1) as i32;
            [row(y - place), row(y + place)]
        });
        let mut broad = [0.0; WIDTH + 2 * REACH];
        for from in blocks(reached(&self.columns, weights.len())) {
            let mut sums: [f32; BLOCK] = piece(row(y), from);
            for sum in &mut sums {
                *sum *= weights[0];
            }
            for ([above, below], weight) in pairs.iter().zip(weights).skip(1) {
                let (above, below) = (piece(*above, from), piece(*below, from));
                add_weighted(&mut sums, &above, &below, *weight);
            }
            broad[REACH + from..][..BLOCK].copy_from_slice(&sums);
        }
        for place in 1..=REACH {
            broad[REACH - place] = broad[REACH + place];
            broad[REACH + WIDTH - 1 + place] = broad[REACH + WIDTH - 1 - place];
        }
        broad
    }

    /// A row that was smoothed down, smoothed across, with its two neighbours mirrored at the ends.
    #[inline(always)]
    fn smoothed_across(&self, broad: &Broad, weights: &[f32]) -> Rimmed {
        let mut rimmed = [0.0; WIDTH + 2];
        for from in blocks(reached(&self.columns, 1)) {
            let mut sums: [f32; BLOCK] = piece(broad, REACH + from);
            for sum in &mut sums {
                *sum *= weights[0];
            }
            for (place, weight) in weights.iter().enumerate().skip(1) {
                let before = piece(broad, REACH + from - place);
                let after = piece(broad, REACH + from + place);
                add_weighted(&mut sums, &before, &after, *weight);
            }
            rimmed[1 + from..][..BLOCK].copy_from_slice(&sums);
        }
        (rimmed[0], rimmed[WIDTH + 1]) = (rimmed[2], rimmed[WIDTH - 1]);
        rimmed
    }

    /// The curvatures of a row by itself and its two neighbours: of light spots, and of dark ones.
    #[inline(always)]
    fn curved(&self, [above, here, below]: [&Rimmed; 3]) -> [Row; 2] {
        let square = self.deviation * self.deviation;
        let (mut light, mut dark) = ([0.0f32; WIDTH], [0.0f32; WIDTH]);
        for from in blocks(self.columns.clone()) {
            let rows = [above, here, below].map(|row| piece::<{ BLOCK + 2 }>(row, from));
            let (mut lights, mut darks) = ([0.0; BLOCK], [0.0; BLOCK]);
            for x in 0..BLOCK {
                let bend = |row: &[f32; BLOCK + 2]| row[x] - 2.0 * row[x + 1] + row[x + 2];
                let blur = |row: &[f32; BLOCK + 2]| row[x] + 2.0 * row[x + 1] + row[x + 2];
                let slope = |row: &[f32; BLOCK + 2]| row[x + 2] - row[x];
                let [above, here, below] = &rows;
                let across = (bend(above) + 2.0 * bend(here) + bend(below)) / 4.0;
                let down = (blur(above) - 2.0 * blur(here) + blur(below)) / 4.0;
                let both = (slope(below) - slope(above)) / 4.0;
                let half = (across - down) / 2.0;
                let (mean, spread) = ((across + down) / 2.0, (half * half + both * both).sqrt());
                lights[x] = square * larger(0.0, -(mean + spread));
                darks[x] = square * larger(0.0, mean - spread);
            }
            light[from..][..BLOCK].copy_from_slice(&lights);
            dark[from..][..BLOCK].copy_from_slice(&darks);
        }
        [light, dark]
    }
}

/// The larger of two numbers; one instruction where `f32::max`, which minds what is no number, takes four.
#[inline(always)]
pub(super) fn larger(one: f32, other: f32) -> f32 {
    if other > one { other } else { one }
}

/// Adds what lies as far to the one side as to the other.
#[inline(always)]
fn add_weighted(sums: &mut [f32; BLOCK], one: &[f32; BLOCK], other: &[f32; BLOCK], weight: f32) {
    for x in 0..BLOCK {
        sums[x] += (one[x] + other[x]) * weight;
    }
}

impl Wide for Curvature<'_> {
    type Result = Spots;

    /// One step for all rows before the next: what was just written is slow to read again at another place.
    #[inline(always)]
    fn run(self) -> Spots {
        let (weights, reach) = bell(self.deviation);
        let weights = &weights[..=reach];
        let (begin, end) = (self.rows.start as i32 - 1, self.rows.end as i32 + 1);
        let mut broad = Vec::with_capacity(self.rows.len() + 2);
        for y in begin..end {
            broad.push(self.smoothed_down(y, weights));
        }
        let mut smooth = Vec::with_capacity(broad.len());
        for row in &broad {
            smooth.push(self.smoothed_across(row, weights));
        }
        let mut spots = Spots {
            light: Vec::with_capacity(self.rows.len()),
            dark: Vec::with_capacity(self.rows.len()),
        };
        for three in smooth.windows(3) {
            let [light, dark] = self.curved([&three[0], &three[1], &three[2]]);
            spots.light.push(light);
            spots.dark.push(dark);
        }
        spots
    }
}
