//! The part of the picture that the traces are read from, as luma at its own resolution.
//!
//! Never scaled: scaling is one of the traces. Never larger than [`WIDTH_PX`] × [`HEIGHT_PX`], so that the
//! cost does not grow with the photo.

use zhaoshen_model::Point;

use crate::nets::kernels::{Simd, luma_row};
use crate::picture::Picture;

/// Most columns looked at.
const WIDTH_PX: usize = 512;
/// Most rows looked at.
const HEIGHT_PX: usize = 640;
/// Pixels of a block's side.
pub(super) const BLOCK: usize = 8;

/// Luma (ITU-R BT.601, as JPEG stores it) of a part of the picture that begins on the block grid.
pub(super) struct Window {
    /// Row by row, 0..=255.
    pub(super) luma: Vec<f32>,
    /// Columns.
    pub(super) width: usize,
    /// Rows.
    pub(super) height: usize,
}

impl Window {
    /// The part of `picture` around `centre`, beginning where a block of the grid through `origin` begins;
    /// `None` for a picture smaller than some blocks.
    pub(super) fn around(picture: &Picture, centre: Point, origin: [usize; 2]) -> Option<Self> {
        let (left, width) = span(picture.width_px(), WIDTH_PX, centre.x, origin[0]);
        let (top, height) = span(picture.height_px(), HEIGHT_PX, centre.y, origin[1]);
        if width < 8 * BLOCK || height < 8 * BLOCK {
            return None;
        }
        let mut luma = vec![0.0; width * height];
        for (y, line) in (top..).zip(luma.chunks_exact_mut(width)) {
            let row = &picture.row(y as u32)[3 * left..3 * (left + width)];
            luma_row(Simd::best(), row, line);
        }
        Some(Self {
            luma,
            width,
            height,
        })
    }

    /// One row.
    pub(super) fn row(&self, y: usize) -> &[f32] {
        &self.luma[y * self.width..(y + 1) * self.width]
    }
}

/// Begin and length of at most `most` px of a side of `length` px around `centre`, in whole blocks of the
/// grid that passes through `origin`.
fn span(length: u32, most: usize, centre: f64, origin: usize) -> (usize, usize) {
    let origin = origin % BLOCK;
    let there = (length as usize).saturating_sub(origin) / BLOCK;
    let wanted = there.min(most / BLOCK);
    let before = (centre.max(0.0) as usize / BLOCK).saturating_sub(wanted / 2);
    (origin + BLOCK * before.min(there - wanted), BLOCK * wanted)
}

/// Luma of the pixels of `rgb`.
pub(super) fn luma_of(rgb: &[u8]) -> Vec<f32> {
    let mut luma = vec![0.0; rgb.len() / 3];
    luma_row(Simd::best(), rgb, &mut luma);
    luma
}

/// Luma of the pixels of a row at some columns.
pub(super) fn luma_at<const COUNT: usize>(row: &[u8], columns: &[usize; COUNT]) -> [f32; COUNT] {
    let of_row = row.as_chunks::<3>().0;
    let mut pixels = [[0; 3]; COUNT];
    for (pixel, &column) in pixels.iter_mut().zip(columns) {
        *pixel = of_row[column];
    }
    let mut lumas = [0.0; COUNT];
    luma_row(Simd::best(), pixels.as_flattened(), &mut lumas);
    lumas
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn luma_at_some_columns_is_that_of_their_pixels() {
        let row: [u8; 60] = std::array::from_fn(|i| (37 * i % 256) as u8);
        let columns = [19, 0, 7, 7, 3, 12, 1, 18, 2];
        for (column, luma) in columns.into_iter().zip(luma_at(&row, &columns)) {
            let [r, g, b] = [0, 1, 2].map(|channel| f32::from(row[3 * column + channel]));
            let plain = 0.299 * r + 0.587 * g + 0.114 * b;
            assert_eq!(plain.to_bits(), luma.to_bits(), "{column}");
        }
    }
}
