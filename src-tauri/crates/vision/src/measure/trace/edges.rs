//! Straight edges near the border: the rim of a sheet of paper or of a screen, seldom quite parallel to it.

use super::window::luma_at;
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
        let lumas = self.lumas(picture, &depths);
        (0..LINES)
            .zip(&lumas)
            .map(|(line, values)| {
                let (mut steepest, mut most) = (0, 0.0f32);
                for (step, (outer, inner)) in values.iter().zip(&values[RISE..]).enumerate() {
                    if (inner - outer).abs() >= most.abs() {
                        (steepest, most) = (step, inner - outer);
                    }
                }
                Steepest {
                    along: self.along(line),
                    depth: depth_of(steepest),
                    step: most,
                }
            })
            .collect()
    }

    /// Where a line crosses the side, as a share of the picture.
    fn along(self, line: usize) -> f64 {
        self.from + (self.to - self.from) * line as f64 / (LINES - 1) as f64
    }

    /// Mean of a few pixels along the side, on each line at each of `depths`, px.
    fn lumas(self, picture: &Picture, depths: &[usize; STEPS]) -> Vec<[f32; STEPS]> {
        let side = if self.upright {
            picture.height_px()
        } else {
            picture.width_px()
        };
        let last = i64::from(side) - 1;
        let places: [[usize; LINES]; 3] = [-1, 0, 1].map(|offset| {
            std::array::from_fn(|line| {
                let along = (self.along(line) * f64::from(side)) as i64;
                (along + offset).clamp(0, last) as usize
            })
        });
        let mut lumas = vec![[0.0; STEPS]; LINES];
        if self.upright {
            for (line, lumas) in lumas.iter_mut().enumerate() {
                let rows = places.map(|rows| picture.row(rows[line] as u32));
                let three = rows.map(|row| luma_at(row, depths));
                for (step, luma) in lumas.iter_mut().enumerate() {
                    *luma = (three[0][step] + three[1][step] + three[2][step]) / 3.0;
                }
            }
        } else {
            // Row by row, as the picture lies in memory.
            for (step, &depth) in depths.iter().enumerate() {
                let row = picture.row(depth as u32);
                let three = places.map(|columns| luma_at(row, &columns));
                for (line, lumas) in lumas.iter_mut().enumerate() {
                    lumas[step] = (three[0][line] + three[1][line] + three[2][line]) / 3.0;
                }
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
