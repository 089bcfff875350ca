//! Spots in the lobe: light ones, dark ones, and yellow ones.

use std::ops::Range;

use super::curvature::{Curvature, Row, Spots, mirrored};
use super::ear::Ear;
use super::mask::{Disc, Mask, columns};
use super::window::Window;
use super::{HEIGHT, WIDTH};
use crate::nets::kernels::{Wide, wide};

/// Deviations at which studs are looked for, px.
const DEVIATIONS: [f32; 3] = [2.0, 3.0, 4.5];
/// The same of a yellow thing: for its colour's distance from skin, and for its yellow.
const YELLOW_DEVIATIONS: [f32; 2] = [6.0, 5.0];
/// The lobe's rows, from its end: the first, the last for spots and the last for yellow things.
const ROWS: [i32; 3] = [-41, 4, 12];
/// The lobe's columns, from the face's edge, ends excluded.
const COLUMNS: (i32, i32) = (-6, 46);
/// Rows beyond the lobe whose spots still count for it, as discs reach over.
const RIM: i32 = 4;
/// Inner and outer size of the ring about a spot.
const RING: [usize; 2] = [19, 29];
/// The ring's outer radius.
const RING_REACH: usize = RING[1] / 2;
/// Share of skin in the ring at which a spot and a yellow thing begin to count, and over which they come to count whole.
const RING_SKIN: [[f32; 2]; 2] = [[0.5, 0.3], [0.3, 0.2]];

/// The strongest spot and the strongest yellow one.
pub(super) fn measure(window: &Window, ear: &Ear) -> (f32, f32) {
    let row = |y: i32| y.clamp(0, HEIGHT as i32) as usize;
    let [first, last, last_yellow] = ROWS.map(|from| ear.end + from);
    let (spots, yellows) = (row(first)..row(last + 1), row(first)..row(last_yellow + 1));
    let near = row(first - RIM)..row(last + 1 + RIM);
    let whole = ear.skin.closed(Disc::new(15));
    let background = ear.background.opened(Disc::new(11)).grown(Disc::new(7));
    let shares = wide(RingShares {
        skin: &ear.skin,
        rows: yellows.clone(),
    });
    let zone = |y: usize| {
        let (from, to) = COLUMNS;
        columns(window.edges[y] + from + 1..window.edges[y] + to) & !background.0[y]
    };
    let strength = wide(Strength {
        found: scales(window, ear, near.clone()),
        begin: near.start,
        rows: spots.clone(),
    });
    let counted = |y: usize, zone: u128, values: &Row, [begin, over]: [f32; 2]| {
        let share = &shares[y - yellows.start];
        let counts = |x: &usize| zone >> x & 1 == 1;
        let of = |x: usize| values[x] * ((share[x] - begin) / over).clamp(0.0, 1.0);
        (0..WIDTH).filter(counts).map(of).fold(0.0, f32::max)
    };
    let spot = spots
        .zip(&strength)
        .map(|(y, row)| counted(y, zone(y) & whole.0[y], row, RING_SKIN[0]))
        .fold(0.0, f32::max);
    let [of_colour, of_yellow] = [&ear.foreign, &window.yellow];
    let lights = [
        (of_colour, YELLOW_DEVIATIONS[0]),
        (of_yellow, YELLOW_DEVIATIONS[1]),
    ]
    .map(|(surface, deviation)| spots_of(surface, deviation, yellows.clone()).light);
    let yellow = yellows
        .clone()
        .enumerate()
        .map(|(at, y)| {
            let both: Row = std::array::from_fn(|x| lights[0][at][x].min(lights[1][at][x]));
            counted(y, zone(y), &both, RING_SKIN[1])
        })
        .fold(0.0, f32::max);
    (spot, yellow)
}

fn spots_of(surface: &[Row], deviation: f32, rows: Range<usize>) -> Spots {
    Curvature {
        surface,
        deviation,
        rows,
    }
    .spots()
}

/// By row, the strongest of all scales: light spots, dark ones, and those of foreign colour.
struct Scales {
    light: Vec<Row>,
    dark: Vec<Row>,
    foreign: Vec<Row>,
}

fn scales(window: &Window, ear: &Ear, rows: Range<usize>) -> Scales {
    let none = || vec![[0.0f32; WIDTH]; rows.len()];
    let mut found = Scales {
        light: none(),
        dark: none(),
        foreign: none(),
    };
    for deviation in DEVIATIONS {
        let here = spots_of(&window.light, deviation, rows.clone());
        let foreign = spots_of(&ear.foreign, deviation, rows.clone());
        keep_largest(&mut found.light, &here.light);
        keep_largest(&mut found.dark, &here.dark);
        keep_largest(&mut found.foreign, &foreign.light);
    }
    found
}

fn keep_largest(kept: &mut [Row], other: &[Row]) {
    for (kept, other) in kept.iter_mut().zip(other) {
        for x in 0..WIDTH {
            kept[x] = kept[x].max(other[x]);
        }
    }
}

/// Sums what speaks for a spot: its light, foreign colour beside it, and a shadow about it.
struct Strength {
    found: Scales,
    /// The window's row of the first found.
    begin: usize,
    rows: Range<usize>,
}

/// The larger of two numbers; one instruction where `f32::max`, which minds what is no number, takes four.
#[inline(always)]
fn larger(one: f32, other: f32) -> f32 {
    if other > one { other } else { one }
}

/// The largest value under a disc, in a row at `at` of `rows`.
#[inline(always)]
fn largest(rows: &[Row], at: usize, disc: &Disc) -> Row {
    let mut largest = [0.0f32; WIDTH];
    for (dy, reach) in disc.rows() {
        for row in [at.checked_sub(dy), Some(at + dy)] {
            let Some(row) = row.and_then(|row| rows.get(row)) else {
                continue;
            };
            for dx in 0..=reach {
                for x in 0..WIDTH - dx {
                    largest[x] = larger(largest[x], row[x + dx]);
                }
                for x in dx..WIDTH {
                    largest[x] = larger(largest[x], row[x - dx]);
                }
            }
        }
    }
    largest
}

impl Wide for Strength {
    type Result = Vec<Row>;

    #[inline(always)]
    fn run(self) -> Vec<Row> {
        let (small, broad) = (Disc::new(5), Disc::new(9));
        let mut rows = Vec::with_capacity(self.rows.len());
        for y in self.rows {
            let at = y - self.begin;
            let foreign = largest(&self.found.foreign, at, &small);
            let dark = largest(&self.found.dark, at, &broad);
            let mut sum = self.found.light[at];
            for x in 0..WIDTH {
                sum[x] += foreign[x] + 0.5 * dark[x];
            }
            rows.push(sum);
        }
        rows
    }
}

/// Share of skin in the ring about every pixel of some rows; the window is mirrored at its rim.
struct RingShares<'a> {
    skin: &'a Mask,
    rows: Range<usize>,
}

/// Columns of a row with both mirrored rims.
const BROAD: usize = WIDTH + 2 * RING_REACH;

impl Wide for RingShares<'_> {
    type Result = Vec<Row>;

    #[inline(always)]
    fn run(self) -> Vec<Row> {
        // By row, how many pixels are skin before a column.
        let mut before = vec![[0; BROAD + 1]; HEIGHT];
        let first = self.rows.start.saturating_sub(RING_REACH);
        let end = (self.rows.end + RING_REACH).min(HEIGHT);
        for (counts, row) in before[first..end].iter_mut().zip(&self.skin.0[first..end]) {
            let mut count = 0;
            for x in 0..BROAD {
                let column = mirrored(x as i32 - RING_REACH as i32, WIDTH);
                count += (row >> column & 1) as i32;
                counts[x + 1] = count;
            }
        }
        let [inner, outer] = RING.map(Disc::new);
        let size = |disc: &Disc| -> usize {
            let row = |(dy, reach): (usize, usize)| (2 * reach + 1) * if dy == 0 { 1 } else { 2 };
            disc.rows().map(row).sum()
        };
        let all = (size(&outer) - size(&inner)) as f32;
        let mut shares = Vec::with_capacity(self.rows.len());
        for y in self.rows {
            let mut counts = [0i32; WIDTH];
            for (disc, sign) in [(&outer, 1), (&inner, -1)] {
                for (dy, reach) in disc.rows() {
                    let twice = [-(dy as i32), dy as i32];
                    for dy in &twice[usize::from(dy == 0)..] {
                        let before = &before[mirrored(y as i32 + dy, HEIGHT)];
                        let begins = &before[RING_REACH - reach..][..WIDTH];
                        let ends = &before[RING_REACH + reach + 1..][..WIDTH];
                        for (x, count) in counts.iter_mut().enumerate() {
                            // The counts are small; a check for overflow would only keep this from becoming vectors.
                            *count = count.wrapping_add(i32::wrapping_mul(
                                sign,
                                ends[x].wrapping_sub(begins[x]),
                            ));
                        }
                    }
                }
            }
            let mut share = [0.0; WIDTH];
            for x in 0..WIDTH {
                share[x] = counts[x] as f32 / all;
            }
            shares.push(share);
        }
        shares
    }
}
