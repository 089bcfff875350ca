//! Low frequencies of the discrete cosine transform of blocks (ITU-T T.81 A.3.3), computed from luma.
//!
//! Computed again from the decoded pixels instead of read from the file: it costs the same for every photo,
//! works for progressive files, and the rounding of the decoder adds noise of only some 0.4.

use std::f32::consts::{FRAC_1_SQRT_2, PI};
use std::sync::LazyLock;

use super::window::{BLOCK, Window};

/// Frequencies along one side that are computed.
const LOW: usize = 4;

/// The alternating frequencies looked at, as (across, down) and their place in zigzag order.
pub(super) const FREQUENCIES: [(usize, usize, usize); 9] = [
    (1, 0, 1),
    (0, 1, 2),
    (0, 2, 3),
    (1, 1, 4),
    (2, 0, 5),
    (3, 0, 6),
    (2, 1, 7),
    (1, 2, 8),
    (0, 3, 9),
];

/// The coefficients of one block at [`FREQUENCIES`].
pub(super) type Coefficients = [f32; FREQUENCIES.len()];

/// The transform: `BASIS[place][frequency]`.
static BASIS: LazyLock<[[f32; LOW]; BLOCK]> = LazyLock::new(|| {
    std::array::from_fn(|place| {
        std::array::from_fn(|frequency| {
            let scale = if frequency == 0 { FRAC_1_SQRT_2 } else { 1.0 } / 2.0;
            scale * ((2 * place + 1) as f32 * frequency as f32 * PI / 16.0).cos()
        })
    })
});

/// The coefficients of the block whose first pixel is at column `x`, row `y`; `None` where a pixel is black
/// or white, since clipping has bent the coefficients there.
#[inline(always)]
pub(super) fn coefficients(window: &Window, x: usize, y: usize) -> Option<Coefficients> {
    let basis = &*BASIS;
    // By row of pixels, then by frequency across.
    let mut across = [[0.0f32; LOW]; BLOCK];
    let (mut lowest, mut highest) = ([f32::MAX; BLOCK], [f32::MIN; BLOCK]);
    for (row, sums) in across.iter_mut().enumerate() {
        let start = (y + row) * window.width + x;
        let pixels: &[f32; BLOCK] = window.luma[start..].first_chunk()?;
        for lane in 0..BLOCK {
            let pixel = pixels[lane];
            lowest[lane] = if pixel < lowest[lane] {
                pixel
            } else {
                lowest[lane]
            };
            highest[lane] = if pixel > highest[lane] {
                pixel
            } else {
                highest[lane]
            };
        }
        for (pixel, weights) in pixels.iter().zip(basis) {
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += pixel * weight;
            }
        }
    }
    if lowest.iter().any(|pixel| *pixel < 2.0) || highest.iter().any(|pixel| *pixel > 253.0) {
        return None;
    }
    // By frequency down, then across.
    let mut all = [[0.0f32; LOW]; LOW];
    for (row, weights) in across.iter().zip(basis) {
        for (sums, weight) in all.iter_mut().zip(weights) {
            for (sum, value) in sums.iter_mut().zip(row) {
                *sum += value * weight;
            }
        }
    }
    Some(FREQUENCIES.map(|(u, v, _)| all[v][u]))
}
