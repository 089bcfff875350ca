//! Lines where glasses have their rims, bridge and arms.
//!
//! In each of nine windows placed by the mesh the most contrasting unbroken line from one end to the
//! other is searched (a path over the line filter's response, one row up or down a column at most). Brows and
//! lashes lie outside the windows; bags under the eyes, creases and the sides of the nose are softer than a
//! rim or do not run through. A window says how many times the contrast of bare faces it has, and the whole is
//! the sum over the five kinds of windows, so that a frame must show in several.

use zhaoshen_model::Point;

use super::strip::{HEIGHT, Strip, WIDTH};
use crate::measure::Look;
use crate::measure::landmarks::{CHEEKS, EYE_CORNERS, LIDS};
use crate::measure::stat;

/// Upper and lower end of the nose's root.
const NOSE_ROOT: [usize; 2] = [168, 6];
/// Added to luma before its logarithm, so that noise in the dark is no contrast.
const DARK_OFFSET: f64 = 45.0;
/// Half the distance across a line, strip px.
const REACH: usize = 2;
/// A line has at least this contrast along all but this share of its length.
const BROKEN_SHARE: f64 = 0.3;
/// A kind of window counts for at most this many doublings.
const MOST_DOUBLINGS: f64 = 2.5;

/// The kinds of windows, with the contrast that bare faces have there: the median over 171 portraits
/// without glasses, in percent of the light.
const BARE_BRIDGE: f64 = 2.4;
const BARE_LOWER_RIM: f64 = 3.1;
const BARE_INNER_RIM: f64 = 5.2;
const BARE_OUTER_RIM: f64 = 3.6;
const BARE_ARM: f64 = 2.0;

/// How much the face shows lines like those of glasses, 0 to 12.5.
pub(super) fn evidence(look: &Look<'_>, strip: &Strip) -> f64 {
    let contrast = Contrast::of(strip);
    let marks = look.landmarks();
    let place = |index: usize| strip.place(marks.at(index));
    let root = place(NOSE_ROOT[0]).midpoint(place(NOSE_ROOT[1]));
    let bridge = contrast.level(&Window::new((root.x - 0.08, root.x + 0.08), (-0.16, 0.28)));
    let mut sums = [0.0; 4];
    for (eye, sign) in [(0, -1.0), (1, 1.0)] {
        let [left, right] = EYE_CORNERS[eye].map(place);
        let (outer, inner): (Point, Point) = if eye == 0 {
            (left, right)
        } else {
            (right, left)
        };
        let lid = place(LIDS[eye][3].1).y;
        let edge = place(CHEEKS[eye]).x;
        let lines = [
            contrast.level(&Window::new(
                (outer.x, inner.x + sign * 0.05),
                (lid + 0.12, lid + 0.45),
            )),
            contrast.upright(&Window::new(
                (root.x + sign * 0.08, root.x + sign * 0.24),
                (-0.02, 0.22),
            )),
            contrast.upright(&Window::new(
                (outer.x + sign * 0.02, outer.x + sign * 0.26),
                (-0.08, 0.20),
            )),
            contrast.level(&Window::new(
                (outer.x + sign * 0.16, edge - sign * 0.02),
                (-0.22, 0.22),
            )),
        ];
        for (sum, line) in sums.iter_mut().zip(lines) {
            *sum += line / 2.0;
        }
    }
    let [lower, inner, outer, arm] = sums;
    [
        (bridge, BARE_BRIDGE),
        (lower, BARE_LOWER_RIM),
        (inner, BARE_INNER_RIM),
        (outer, BARE_OUTER_RIM),
        (arm, BARE_ARM),
    ]
    .into_iter()
    .map(|(line, bare)| (line.max(0.1) / bare).log2().clamp(0.0, MOST_DOUBLINGS))
    .sum()
}

/// A part of the strip, in cells, ends excluded, clear of the rim.
struct Window {
    columns: (usize, usize),
    rows: (usize, usize),
}

impl Window {
    fn new((first, second): (f64, f64), (top, bottom): (f64, f64)) -> Self {
        let cell = |value: f64, side: usize| {
            value
                .round()
                .clamp(REACH as f64 + 1.0, (side - REACH - 1) as f64) as usize
        };
        let (low, high) = (first.min(second), first.max(second));
        Self {
            columns: (
                cell(Strip::column(low), WIDTH),
                cell(Strip::column(high) + 1.0, WIDTH),
            ),
            rows: (
                cell(Strip::row(top), HEIGHT),
                cell(Strip::row(bottom), HEIGHT),
            ),
        }
    }
}

/// The strip as contrast: a hundred times the logarithm of its light, slightly smoothed.
struct Contrast {
    values: Vec<f32>,
}

impl Contrast {
    fn of(strip: &Strip) -> Self {
        let table: [f32; 256] =
            std::array::from_fn(|luma| (100.0 * (luma as f64 + DARK_OFFSET).ln()) as f32);
        let plain: Vec<f32> = strip.lumas().map(|luma| table[usize::from(luma)]).collect();
        let across = smoothed(&plain, 1);
        Self {
            values: smoothed(&across, WIDTH),
        }
    }

    /// Contrast of the best line from the window's left end to its right end.
    fn level(&self, window: &Window) -> f64 {
        let rows = window.rows.1.saturating_sub(window.rows.0);
        let columns = window.columns.1.saturating_sub(window.columns.0);
        self.best(columns, rows, WIDTH, |step, side| {
            (window.rows.0 + side) * WIDTH + window.columns.0 + step
        })
    }

    /// Contrast of the best line from the window's upper end to its lower end.
    fn upright(&self, window: &Window) -> f64 {
        let rows = window.rows.1.saturating_sub(window.rows.0);
        let columns = window.columns.1.saturating_sub(window.columns.0);
        self.best(rows, columns, 1, |step, side| {
            (window.rows.0 + step) * WIDTH + window.columns.0 + side
        })
    }

    /// The better of the darkest and the lightest line over `steps`, each among `sides` cells; `stride` leads
    /// to the neighbour across the line.
    fn best(
        &self,
        steps: usize,
        sides: usize,
        stride: usize,
        cell: impl Fn(usize, usize) -> usize,
    ) -> f64 {
        if steps < 4 || sides < 3 {
            return 0.0;
        }
        let mut response = vec![0.0f32; steps * sides];
        for (step, row) in response.chunks_exact_mut(sides).enumerate() {
            for (side, value) in row.iter_mut().enumerate() {
                let at = cell(step, side);
                *value = 2.0 * self.values[at]
                    - self.values[at - REACH * stride]
                    - self.values[at + REACH * stride];
            }
        }
        let light = path_level(&response, sides);
        response.iter_mut().for_each(|value| *value = -*value);
        light.max(path_level(&response, sides))
    }
}

/// Weights of the smoothing: a Gaussian of 0.6 px.
fn smoothed(values: &[f32], stride: usize) -> Vec<f32> {
    const SIDE: f32 = 0.166;
    let last = values.len() - 1;
    (0..values.len())
        .map(|at| {
            let (before, after) = (at.saturating_sub(stride), (at + stride).min(last));
            values[at] * (1.0 - 2.0 * SIDE) + (values[before] + values[after]) * SIDE
        })
        .collect()
}

/// The response that the best path from the first to the last row of cells has along most of its length.
fn path_level(response: &[f32], sides: usize) -> f64 {
    let steps = response.len() / sides;
    let mut sums = response.to_vec();
    let mut from = vec![0i8; response.len()];
    for step in 1..steps {
        for side in 0..sides {
            let before = &sums[(step - 1) * sides..step * sides];
            let (mut best, mut turn) = (before[side], 0i8);
            if side > 0 && before[side - 1] > best {
                (best, turn) = (before[side - 1], -1);
            }
            if side + 1 < sides && before[side + 1] > best {
                (best, turn) = (before[side + 1], 1);
            }
            sums[step * sides + side] += best;
            from[step * sides + side] = turn;
        }
    }
    let end = &sums[(steps - 1) * sides..];
    let mut side = (0..sides)
        .max_by(|&a, &b| end[a].total_cmp(&end[b]))
        .unwrap_or(0);
    let mut along: Vec<f32> = Vec::with_capacity(steps);
    for step in (0..steps).rev() {
        along.push(response[step * sides + side]);
        side = side.saturating_add_signed(from[step * sides + side].into());
    }
    stat::quantile(&mut along, BROKEN_SHARE).map_or(0.0, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_follows_a_slanting_line_and_a_gap_breaks_it() {
        let sides = 12;
        let mut response = vec![0.0f32; 20 * sides];
        for step in 0..20 {
            response[step * sides + step / 2] = 10.0;
        }
        assert!((path_level(&response, sides) - 10.0).abs() < 1e-6);
        for step in 0..8 {
            response[step * sides + step / 2] = 0.0;
        }
        assert!(path_level(&response, sides) < 1.0);
    }
}
