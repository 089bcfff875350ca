//! Rows of pixels for the measures: luma and CIELAB.

use super::lanes::{Simd, vectorised};
use crate::colour::{self, Lab};

vectorised! {
    /// Luma of RGB pixels (ITU-R BT.601, as JPEG stores it), not rounded.
    pub(crate) fn luma_row(rgb: &[u8], out: &mut [f32]) = luma_body;
}

vectorised! {
    /// As [`colour::luma`], pixel by pixel.
    pub(crate) fn byte_luma_row(rgb: &[u8], out: &mut [u8]) = byte_luma_body;
}

vectorised! {
    /// As [`colour::lab`], pixel by pixel.
    pub(crate) fn lab_row(rgb: &[u8], out: &mut [Lab]) = colour::labs;
}

#[inline(always)]
fn luma_body(rgb: &[u8], out: &mut [f32]) {
    for (out, [red, green, blue]) in out.iter_mut().zip(rgb.as_chunks::<3>().0) {
        *out = 0.299 * f32::from(*red) + 0.587 * f32::from(*green) + 0.114 * f32::from(*blue);
    }
}

#[inline(always)]
fn byte_luma_body(rgb: &[u8], out: &mut [u8]) {
    for (out, pixel) in out.iter_mut().zip(rgb.as_chunks::<3>().0) {
        *out = colour::luma(*pixel);
    }
}
