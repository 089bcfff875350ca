//! Straight edges near the border: the rim of a sheet of paper or of a screen, seldom quite parallel to it.

use super::window::luma;
use crate::picture::Picture;

/// Lines across each side along which the edge is looked for.
const LINES: usize = 48;
/// How deep it is looked for, as a share of the picture.
const DEPTH: f64 = 0.15;
/// Steps of depth, and over how many of them a step is taken.
const STEPS: usize = 72;
/// Over how many steps of depth an edge rises.
const RISE: usize = 3;
/// Least step of luma.
const LEAST: f32 = 20.0;
/// Largest slant against the border, depth over length.
const SLANT: f64 = 0.12;
/// How far from the straight line a line's edge may lie, as a share of the picture.
const OFF: f64 = 0.003;

/// A side of the picture and the part of its length that is looked at.
#[derive(Clone, Copy)]
struct Side {
    upright: bool,
    far: bool,
    from: f64,
    to: f64,
}

/// Left, top, right, bottom. The body crosses the lower part of the sides.
const SIDES: [Side; 4] = [
    Side {
        upright: true,
        far: false,
        from: 0.02,
        to: 0.70,
    },
    Side {
        upright: false,
        far: false,
        from: 0.05,
        to: 0.95,
    },
    Side {
        upright: true,
        far: true,
        from: 0.02,
        to: 0.70,
    },
    Side {
        upright: false,
        far: true,
        from: 0.05,
        to: 0.95,
    },
];

/// Share of each side, left, top, right, bottom, along which one straight edge runs near it.
pub(super) fn measure(picture: &Picture) -> [f64; 4] {
    SIDES.map(|side| straight_share(&side.steepest(picture)))
}

/// Where a line across the side is steepest.
#[derive(Clone, Copy)]
struct Steepest {
    along: f64,
    depth: f64,
    step: f32,
}

impl Side {
    fn steepest(self, picture: &Picture) -> Vec<Steepest> {
        let across = if self.upright {
            picture.width_px()
        } else {
            picture.height_px()
        };
        let depths: [usize; STEPS] = std::array::from_fn(|step| {
            let depth = depth_of(step);
            let depth = if self.far { 1.0 - depth } else { depth };
            ((depth * f64::from(across)) as usize).min(across as usize - 1)
        });
        (0..LINES)
            .map(|line| {
                let along = self.from + (self.to - self.from) * line as f64 / (LINES - 1) as f64;
                let values = self.lumas(picture, along, &depths);
                let (mut steepest, mut most) = (0, 0.0f32);
                for (step, (outer, inner)) in values.iter().zip(&values[RISE..]).enumerate() {
                    if (inner - outer).abs() >= most.abs() {
                        (steepest, most) = (step, inner - outer);
                    }
                }
                Steepest {
                    along,
                    depth: depth_of(steepest),
                    step: most,
                }
            })
            .collect()
    }

    /// Mean of a few pixels along the side, at each of `depths` (px), `along` a share of the picture.
    fn lumas(self, picture: &Picture, along: f64, depths: &[usize; STEPS]) -> [f32; STEPS] {
        let [width, height] = [picture.width_px(), picture.height_px()];
        let three = |side: u32| {
            let along = (along * f64::from(side)) as i64;
            [-1, 0, 1].map(|offset| (along + offset).clamp(0, i64::from(side) - 1) as usize)
        };
        let at = |row: &[u8], x: usize| luma([row[3 * x], row[3 * x + 1], row[3 * x + 2]]);
        // A loop, not `map`: that is a call a place.
        let mut lumas = [0.0; STEPS];
        if self.upright {
            let [above, here, below] = three(height).map(|y| picture.row(y as u32));
            for (luma, &depth) in lumas.iter_mut().zip(depths) {
                *luma = (at(above, depth) + at(here, depth) + at(below, depth)) / 3.0;
            }
        } else {
            let [left, here, right] = three(width);
            for (luma, &depth) in lumas.iter_mut().zip(depths) {
                let row = picture.row(depth as u32);
                *luma = (at(row, left) + at(row, here) + at(row, right)) / 3.0;
            }
        }
        lumas
    }
}

fn depth_of(step: usize) -> f64 {
    DEPTH * (step as f64 + 0.5) / STEPS as f64
}

/// The largest share of lines whose steepest places, all rising or all falling, lie on one straight line.
fn straight_share(places: &[Steepest]) -> f64 {
    let clear: Vec<&Steepest> = places
        .iter()
        .filter(|place| place.step.abs() >= LEAST)
        .collect();
    let mut best = 0;
    for (index, first) in clear.iter().enumerate().step_by(3) {
        for second in clear.iter().skip(index + 1).step_by(3) {
            let slant = (second.depth - first.depth) / (second.along - first.along);
            let far = second.along - first.along >= 0.2;
            if !far || slant.abs() > SLANT || (first.step > 0.0) != (second.step > 0.0) {
                continue;
            }
            let fits = |place: &&&Steepest| {
                let line = first.depth + slant * (place.along - first.along);
                (place.depth - line).abs() <= OFF && (place.step > 0.0) == (first.step > 0.0)
            };
            best = best.max(clear.iter().filter(fits).count());
        }
    }
    best as f64 / places.len().max(1) as f64
}
