//! The picture as a whole: greyness, a painted border, blocks of compression.

use zhaoshen_model::measurement::PictureFacts;

use crate::nets::kernels::{Simd, byte_luma_row, lab_row};
use crate::picture::Picture;

/// Samples taken for the mean chroma.
const CHROMA_SAMPLES: usize = 6000;
/// Widest border looked for, as a share of the side.
const BORDER_SHARE: f64 = 0.08;
/// Samples along each line of the border.
const BORDER_SAMPLES: usize = 160;
/// A border's own pixels stay within this of its colour (sRGB steps; JPEG ringing included).
const BORDER_TOLERANCE: u8 = 16;
/// Beyond this a pixel is no longer border (sRGB steps).
const BORDER_STEP: u8 = 24;
/// Share of a line's samples that must agree.
const BORDER_AGREEMENT: f64 = 0.95;

/// Measures the picture as displayed.
pub(super) fn measure(picture: &Picture) -> PictureFacts {
    PictureFacts {
        width_px: picture.width_px(),
        height_px: picture.height_px(),
        mean_chroma: mean_chroma(picture),
        border_px: [Side::Left, Side::Top, Side::Right, Side::Bottom]
            .map(|side| border(picture, side)),
        blockiness_ratio: blockiness(picture),
    }
}

fn mean_chroma(picture: &Picture) -> f64 {
    let pixels = picture.rgb().len() / 3;
    // An odd step drifts over the columns instead of standing on one.
    let step = (pixels / CHROMA_SAMPLES).max(1) | 1;
    let chosen: Vec<[u8; 3]> = picture
        .rgb()
        .as_chunks()
        .0
        .iter()
        .step_by(step)
        .copied()
        .collect();
    let mut labs = vec![[0.0; 3]; chosen.len()];
    lab_row(Simd::best(), chosen.as_flattened(), &mut labs);
    let chromas = labs
        .iter()
        .map(|[_, a, b]| f64::from((a * a + b * b).sqrt()));
    chromas.sum::<f64>() / labs.len().max(1) as f64
}

#[derive(Clone, Copy)]
enum Side {
    Left,
    Top,
    Right,
    Bottom,
}

/// The lines along one side of the picture, sampled at the same places each.
struct Lines<'a> {
    rgb: &'a [u8],
    /// Bytes to the samples of the outermost line.
    samples: Vec<usize>,
    /// Bytes from a line to the next one inside.
    inwards: isize,
}

impl<'a> Lines<'a> {
    fn along(picture: &'a Picture, side: Side) -> Self {
        let (width, height) = (picture.width_px() as usize, picture.height_px() as usize);
        let row = 3 * width;
        let (length, step, first, inwards) = match side {
            Side::Left => (height, row, 0, 3),
            Side::Right => (height, row, row - 3, -3),
            Side::Top => (width, 3, 0, row as isize),
            Side::Bottom => (width, 3, row * (height - 1), -(row as isize)),
        };
        let count = BORDER_SAMPLES.min(length);
        let samples =
            (0..count).map(|sample| first + (2 * sample + 1) * length / (2 * count) * step);
        Self {
            rgb: picture.rgb(),
            samples: samples.collect(),
            inwards,
        }
    }

    /// The samples of the line `depth` px inside.
    #[inline]
    fn at(&self, depth: isize) -> impl Iterator<Item = [u8; 3]> {
        let off = depth * self.inwards;
        self.samples.iter().filter_map(move |sample| {
            let start = sample.checked_add_signed(off)?;
            self.rgb.get(start..)?.first_chunk().copied()
        })
    }
}

/// Width of a constant border at `side`, px: lines of one colour that end in a step along their whole
/// length. A plain background has no such step, a person at the rim no such line.
fn border(picture: &Picture, side: Side) -> u32 {
    let across = if matches!(side, Side::Left | Side::Right) {
        picture.width_px()
    } else {
        picture.height_px()
    };
    let deepest = (f64::from(across) * BORDER_SHARE) as isize;
    let lines = Lines::along(picture, side);
    let outermost: Vec<[u8; 3]> = lines.at(0).collect();
    let Some(&colour) = outermost.get(outermost.len() / 2) else {
        return 0;
    };
    let agree = |hits: u32| f64::from(hits) / outermost.len() as f64 >= BORDER_AGREEMENT;
    let steps = |depth| lines.at(depth).map(|pixel| step_between(pixel, colour));
    let is_border = |depth| {
        agree(
            steps(depth)
                .map(|step| u32::from(step <= BORDER_TOLERANCE))
                .sum(),
        )
    };
    let is_inside = |depth| agree(steps(depth).map(|step| u32::from(step > BORDER_STEP)).sum());
    let width = (0..=deepest).find(|&depth| !is_border(depth)).unwrap_or(0);
    // Compression smears the step over a few pixels.
    let ends_in_step = width > 0 && (width..width + 4).any(is_inside);
    if ends_in_step { width as u32 } else { 0 }
}

fn step_between(first: [u8; 3], second: [u8; 3]) -> u8 {
    let [red, green, blue] = [0, 1, 2].map(|channel| first[channel].abs_diff(second[channel]));
    red.max(green).max(blue)
}

/// Mean luma step across columns that are multiples of 8, divided by that across the others.
fn blockiness(picture: &Picture) -> f64 {
    const ROWS: u32 = 96;
    const COLUMNS: usize = 1024;
    let step = (picture.height_px() / ROWS).max(1);
    let (mut edges, mut inner) = ((0u64, 0u64), (0u64, 0u64));
    let width = (picture.width_px() as usize).min(COLUMNS);
    let mut luma = [0u8; COLUMNS];
    let luma = &mut luma[..width];
    for y in (0..picture.height_px()).step_by(step as usize) {
        byte_luma_row(Simd::best(), &picture.row(y)[..3 * width], luma);
        let steps = || luma.windows(2).map(|pair| pair[0].abs_diff(pair[1]));
        // The step between columns 7 and 8 is the first across a block's edge.
        let across_edges: u64 = steps().skip(7).step_by(8).map(u64::from).sum();
        let count = (width - 1) / 8;
        edges = (edges.0 + across_edges, edges.1 + count as u64);
        let all: u64 = steps().map(u64::from).sum();
        inner = (
            inner.0 + all - across_edges,
            inner.1 + (width - 1 - count) as u64,
        );
    }
    // The small constant keeps a blank picture at 1.
    let mean = |(sum, count): (u64, u64)| (sum as f64 + 0.01) / (count as f64).max(1.0);
    if edges.1 == 0 || inner.1 == 0 || inner.0 == 0 {
        1.0
    } else {
        mean(edges) / mean(inner)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn painted(colour_at: impl Fn(u32, u32) -> [u8; 3]) -> Picture {
        let (width, height) = (120, 160);
        let rgb = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .flat_map(|(x, y)| colour_at(x, y));
        Picture::new(rgb.collect(), width, height).unwrap()
    }

    #[test]
    fn a_border_is_measured_on_the_sides_that_have_one() {
        let framed = painted(|x, y| {
            if x < 3 || y < 5 {
                [255; 3]
            } else {
                [100, 150, 240]
            }
        });
        // The sides cross each other's lines, which the agreement of 95 % forgives.
        assert_eq!(measure(&framed).border_px, [3, 5, 0, 0]);
        let plain = painted(|_, _| [100, 197, 255]);
        assert_eq!(measure(&plain).border_px, [0; 4]);
        let fading = painted(|_, y| [y as u8, 100 + (y / 4) as u8, 255]);
        assert_eq!(measure(&fading).border_px, [0; 4]);
    }

    #[test]
    fn greyness_and_blocks_show_in_the_numbers() {
        let grey = painted(|x, y| [((x + y) / 2) as u8; 3]);
        assert!(measure(&grey).mean_chroma < 0.1);
        assert!((measure(&grey).blockiness_ratio - 1.0).abs() < 0.05);
        let blocks = painted(|x, _| [(x / 8 * 13 % 200) as u8 + (x % 2) as u8, 60, 60]);
        assert!(measure(&blocks).blockiness_ratio > 3.0);
        assert!(measure(&blocks).mean_chroma > 10.0);
    }
}
