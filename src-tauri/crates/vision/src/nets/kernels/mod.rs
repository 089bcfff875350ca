//! The arithmetic: matrix product, depthwise convolution, logistic, rows of pixels, in AVX-512, AVX2+FMA and portable form;
//! and [`wide`], by which the measures have their own plain loops compiled both ways.
//!
//! This is the only module of the crate with `unsafe`. Every public function checks the lengths of its
//! slices once, so that the inner loops may go by pointers. All forms come from one generic body over
//! [`lanes::Lanes`]; they differ by rounding only (fused against separate multiply-add).
#![allow(
    unsafe_code,
    reason = "SIMD: the inner loops decide whether a photo takes 10 ms or 40 ms"
)]

mod depthwise;
mod gemm;
mod lanes;
mod pick;
mod pixels;
mod pointwise;
mod resample;
#[cfg(test)]
mod tests;

pub(crate) use depthwise::{DepthwiseRow, depthwise_row};
pub(crate) use gemm::{Activation, Matrix, Packed, Product, gemm};
pub(crate) use lanes::{Simd, Wide, round_up, wide};
pub(crate) use pick::Picks;
pub(crate) use pixels::{byte_luma_row, lab_row, luma_row};
pub(crate) use pointwise::{
    add, logistic, max_row, mean_of_pixels, mix_columns, mix_rows, scale_add,
};
pub(crate) use resample::{SampleRow, sample_row};
