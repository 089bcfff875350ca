//! Spots in the lobe: light ones, dark ones, and yellow ones.

use std::ops::Range;

use super::curvature::{Curvature, Row, Spots, larger, mirrored};
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
    let looked_at = zone_columns(&window.edges[yellows.clone()]);
    let strength = wide(Strength {
        found: scales(window, ear, near.clone(), &looked_at),
        rows: spots.start - near.start..spots.end - near.start,
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
    .map(|(surface, deviation)| spots_of(surface, deviation, [&yellows, &looked_at]).light);
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

/// All columns of the zone in some rows, by the face's edge there.
fn zone_columns(edges: &[i32]) -> Range<usize> {
    let column = |column: i32| column.clamp(0, WIDTH as i32) as usize;
    let (from, to) = COLUMNS;
    let first = edges.iter().map(|edge| column(edge + from + 1)).min();
    let end = edges.iter().map(|edge| column(edge + to)).max();
    first.unwrap_or(0)..end.unwrap_or(0)
}

fn spots_of(surface: &[Row], deviation: f32, [rows, columns]: [&Range<usize>; 2]) -> Spots {
    Curvature {
        surface,
        deviation,
        rows: rows.clone(),
        columns: columns.clone(),
    }
    .spots()
}

/// Discs whose largest values of foreign colour and of dark count for a spot.
const BESIDE: [usize; 2] = [5, 9];
/// The larger one's radius.
const BESIDE_REACH: usize = BESIDE[1] / 2;
/// A row with as many columns more on either side.
type Rimmed = [f32; WIDTH + 2 * BESIDE_REACH];

/// By row, the strongest of all scales: light spots, dark ones, and those of foreign colour.
struct Scales {
    light: Vec<Rimmed>,
    dark: Vec<Rimmed>,
    foreign: Vec<Rimmed>,
}

/// The scales of what is looked at, and what discs reach about it.
fn scales(window: &Window, ear: &Ear, rows: Range<usize>, columns: &Range<usize>) -> Scales {
    let none = || vec![[0.0f32; WIDTH + 2 * BESIDE_REACH]; rows.len()];
    let mut found = Scales {
        light: none(),
        dark: none(),
        foreign: none(),
    };
    let columns =
        columns.start.saturating_sub(BESIDE_REACH)..(columns.end + BESIDE_REACH).min(WIDTH);
    for deviation in DEVIATIONS {
        let here = spots_of(&window.light, deviation, [&rows, &columns]);
        let foreign = spots_of(&ear.foreign, deviation, [&rows, &columns]);
        keep_largest(&mut found.light, &here.light);
        keep_largest(&mut found.dark, &here.dark);
        keep_largest(&mut found.foreign, &foreign.light);
    }
    found
}

fn keep_largest(kept: &mut [Rimmed], other: &[Row]) {
    for (kept, other) in kept.iter_mut().zip(other) {
        for (kept, other) in kept[BESIDE_REACH..].iter_mut().zip(other) {
            *kept = larger(*kept, *other);
        }
    }
}

/// Sums what speaks for a spot: its light, foreign colour beside it, and a shadow about it.
struct Strength {
    found: Scales,
    /// Which of the rows found.
    rows: Range<usize>,
}

/// The largest value under a disc of at most [`BESIDE_REACH`], about every place of every row.
#[inline(always)]
fn largest(rows: &[Rimmed], disc: &Disc) -> Vec<Row> {
    let mut largest = vec![[0.0f32; WIDTH]; rows.len()];
    for (y, row) in rows.iter().enumerate() {
        // The largest in this row, ever farther to either side.
        let (mut widened, mut done) = ([0.0f32; WIDTH], 0);
        for x in 0..WIDTH {
            widened[x] = larger(0.0, row[BESIDE_REACH + x]);
        }
        for (dy, reach) in disc.rows_from_ends() {
            while done < reach {
                done += 1;
                let (before, after) = (&row[BESIDE_REACH - done..], &row[BESIDE_REACH + done..]);
                let (before, after) = (&before[..WIDTH], &after[..WIDTH]);
                for x in 0..WIDTH {
                    widened[x] = larger(larger(widened[x], before[x]), after[x]);
                }
            }
            let below = (dy > 0).then_some(y + dy);
            for near in [y.checked_sub(dy), below].into_iter().flatten() {
                let Some(largest) = largest.get_mut(near) else {
                    continue;
                };
                for x in 0..WIDTH {
                    largest[x] = larger(largest[x], widened[x]);
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
        let [small, broad] = BESIDE.map(Disc::new);
        let foreign = largest(&self.found.foreign, &small);
        let dark = largest(&self.found.dark, &broad);
        let mut rows = Vec::with_capacity(self.rows.len());
        for y in self.rows {
            let mut sum = [0.0; WIDTH];
            let light = &self.found.light[y][BESIDE_REACH..][..WIDTH];
            for x in 0..WIDTH {
                sum[x] = light[x] + (foreign[y][x] + 0.5 * dark[y][x]);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_under_a_disc_is_that_of_all_its_places() {
        let value = |x: usize, y: usize| ((x * 53 + y * 71 + x * y) % 101) as f32;
        let mut rows = vec![[0.0; WIDTH + 2 * BESIDE_REACH]; 13];
        for (y, row) in rows.iter_mut().enumerate() {
            for x in 0..WIDTH {
                row[BESIDE_REACH + x] = value(x, y);
            }
        }
        for across in BESIDE {
            let disc = Disc::new(across);
            let largest = largest(&rows, &disc);
            for (y, row) in largest.iter().enumerate() {
                for (x, found) in row.iter().enumerate() {
                    let mut most = 0.0f32;
                    for (dy, reach) in disc.rows() {
                        for near_y in (0..rows.len()).filter(|near| near.abs_diff(y) == dy) {
                            for near_x in (0..WIDTH).filter(|near| near.abs_diff(x) <= reach) {
                                most = most.max(value(near_x, near_y));
                            }
                        }
                    }
                    assert_eq!(most.to_bits(), found.to_bits(), "{across} {x} {y}");
                }
            }
        }
    }
}
