//! How round a spot is: the weaker of a surface's two curvatures, which a line or an edge does not have.

use std::ops::Range;

use super::{HEIGHT, WIDTH};
use crate::nets::kernels::{Wide, wide};

/// One value a column.
pub(super) type Row = [f32; WIDTH];

/// The widest smoothing reaches so far, px: four deviations of 6 px.
const REACH: usize = 24;

/// Curvature of `surface`, smoothed by `deviation` px, over some rows.
pub(super) struct Curvature<'a> {
    pub(super) surface: &'a [Row],
    pub(super) deviation: f32,
    pub(super) rows: Range<usize>,
}

/// By row: how strongly a light spot curves both ways, and a dark one; by the square of the deviation, so that spots of
/// any size compare.
#[derive(Debug, Default)]
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

/// A row smoothed both ways, with its two neighbours mirrored at the ends.
#[inline(always)]
fn smoothed(surface: &[Row], y: i32, weights: &[f32; REACH + 1], reach: usize) -> [f32; WIDTH + 2] {
    let row = |y: i32| &surface[mirrored(y, HEIGHT)];
    let (here, mut down) = (row(y), [0.0; WIDTH]);
    for x in 0..WIDTH {
        down[x] = here[x] * weights[0];
    }
    for (place, weight) in weights.iter().enumerate().take(reach + 1).skip(1) {
        let (above, below) = (row(y - place as i32), row(y + place as i32));
        for x in 0..WIDTH {
            down[x] += (above[x] + below[x]) * weight;
        }
    }
    let mut padded = [0.0; WIDTH + 2 * REACH];
    padded[REACH..REACH + WIDTH].copy_from_slice(&down);
    for place in 1..=REACH {
        padded[REACH - place] = down[place];
        padded[REACH + WIDTH - 1 + place] = down[WIDTH - 1 - place];
    }
    let mut across = [0.0; WIDTH];
    for x in 0..WIDTH {
        across[x] = down[x] * weights[0];
    }
    for (place, weight) in weights.iter().enumerate().take(reach + 1).skip(1) {
        let before = &padded[REACH - place..REACH - place + WIDTH];
        let after = &padded[REACH + place..REACH + place + WIDTH];
        for x in 0..WIDTH {
            across[x] += (before[x] + after[x]) * weight;
        }
    }
    let mut rimmed = [0.0; WIDTH + 2];
    rimmed[1..=WIDTH].copy_from_slice(&across);
    (rimmed[0], rimmed[WIDTH + 1]) = (across[1], across[WIDTH - 2]);
    rimmed
}

impl Wide for Curvature<'_> {
    type Result = Spots;

    #[inline(always)]
    fn run(self) -> Spots {
        let (weights, reach) = bell(self.deviation);
        let square = self.deviation * self.deviation;
        let smooth = |y: i32| smoothed(self.surface, y, &weights, reach);
        let count = self.rows.len();
        let (mut light, mut dark) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let begin = self.rows.start as i32;
        let (mut above, mut here) = (smooth(begin - 1), smooth(begin));
        for y in self.rows {
            let below = smooth(y as i32 + 1);
            let (mut light_row, mut dark_row) = ([0.0f32; WIDTH], [0.0f32; WIDTH]);
            for x in 0..WIDTH {
                let bend = |row: &[f32; WIDTH + 2]| row[x] - 2.0 * row[x + 1] + row[x + 2];
                let blur = |row: &[f32; WIDTH + 2]| row[x] + 2.0 * row[x + 1] + row[x + 2];
                let slope = |row: &[f32; WIDTH + 2]| row[x + 2] - row[x];
                let across = (bend(&above) + 2.0 * bend(&here) + bend(&below)) / 4.0;
                let down = (blur(&above) - 2.0 * blur(&here) + blur(&below)) / 4.0;
                let both = (slope(&below) - slope(&above)) / 4.0;
                let half = (across - down) / 2.0;
                let (mean, spread) = ((across + down) / 2.0, (half * half + both * both).sqrt());
                light_row[x] = square * (-(mean + spread)).max(0.0);
                dark_row[x] = square * (mean - spread).max(0.0);
            }
            light.push(light_row);
            dark.push(dark_row);
            (above, here) = (here, below);
        }
        Spots { light, dark }
    }
}
