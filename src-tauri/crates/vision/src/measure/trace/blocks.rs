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

/// Rows of the transform: `BASIS[frequency][place]`.
static BASIS: LazyLock<[[f32; BLOCK]; LOW]> = LazyLock::new(|| {
    std::array::from_fn(|frequency| {
        let scale = if frequency == 0 { FRAC_1_SQRT_2 } else { 1.0 } / 2.0;
        std::array::from_fn(|place| {
            scale * ((2 * place + 1) as f32 * frequency as f32 * PI / 16.0).cos()
        })
    })
});

/// The coefficients of the block whose first pixel is at column `x`, row `y`; `None` where a pixel is black
/// or white, since clipping has bent the coefficients there.
pub(super) fn coefficients(window: &Window, x: usize, y: usize) -> Option<Coefficients> {
    let basis = &*BASIS;
    // By row of pixels, then by frequency across.
    let mut across = [[0.0f32; LOW]; BLOCK];
    let (mut lowest, mut highest) = (f32::MAX, f32::MIN);
    for (row, sums) in across.iter_mut().enumerate() {
        let start = (y + row) * window.width + x;
        let pixels: &[f32; BLOCK] = window.luma[start..start + BLOCK].try_into().ok()?;
        for &pixel in pixels {
            lowest = lowest.min(pixel);
            highest = highest.max(pixel);
        }
        for (sum, weights) in sums.iter_mut().zip(basis) {
            *sum = pixels.iter().zip(weights).map(|(p, w)| p * w).sum();
        }
    }
    if lowest < 2.0 || highest > 253.0 {
        return None;
    }
    Some(FREQUENCIES.map(|(u, v, _)| {
        let rows = across.iter().zip(&basis[v]);
        rows.map(|(row, weight)| row[u] * weight).sum()
    }))
}
