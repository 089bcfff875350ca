//! Matrix product with packed weights, for 1×1 convolutions and (by rows of a window) all others.
//!
//! Weights are cut into panels of 16 columns (and one of 8 where the vectors are odd in number); a tile of 6×16
//! or 8×8 results stays in registers over the whole inner dimension, then bias, residual and activation
//! are applied on the way out. Sizes follow from the 16 AVX registers; AVX-512 has 32, twice as wide: 12×16.

use super::lanes::{Array, LANES, Lanes, Simd, round_up};
#[cfg(target_arch = "x86_64")]
use super::lanes::{Avx2, Avx512};

/// What is applied to a sum before it is stored.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Activation {
    None,
    Relu,
    Relu6,
    /// `x < 0 ? slope * x : x`, one slope per output lane.
    Slopes(Vec<f32>),
    HardSwish,
}

/// Weights and bias, packed for the tile kernels.
#[derive(Debug, Clone)]
pub(crate) struct Packed {
    /// Rows of weights per segment, and number of segments: the inner dimension is their product.
    depth: usize,
    segments: usize,
    /// Output channels rounded up to whole vectors.
    lanes: usize,
    panels: Vec<f32>,
    bias: Vec<f32>,
}

impl Packed {
    /// Packs the `segments * depth` × `columns` matrix given by `weight(row, column)`.
    pub fn new(
        [segments, depth]: [usize; 2],
        columns: usize,
        bias: &[f32],
        weight: impl Fn(usize, usize) -> f32,
    ) -> Self {
        let lanes = round_up(columns);
        let mut panels = Vec::with_capacity(segments * depth * lanes);
        for (start, width) in panel_widths(lanes / LANES) {
            for row in 0..segments * depth {
                let lane = |column| {
                    if column < columns {
                        weight(row, column)
                    } else {
                        0.0
                    }
                };
                panels.extend((start * LANES..(start + width) * LANES).map(lane));
            }
        }
        let mut padded = bias.to_vec();
        padded.resize(lanes, 0.0);
        Self {
            depth,
            segments,
            lanes,
            panels,
            bias: padded,
        }
    }

    /// Stride of the result rows, in floats.
    pub fn lanes(&self) -> usize {
        self.lanes
    }
}

/// Panels as (first vector, width in vectors): one single when the count is odd, then pairs. A tile three
/// vectors wide needs every register there is, spills, and runs at half the speed of these two.
fn panel_widths(vectors: usize) -> impl Iterator<Item = (usize, usize)> {
    let single = vectors % 2;
    let head = (single > 0).then_some((0, single));
    head.into_iter()
        .chain((single..vectors).step_by(2).map(|start| (start, 2)))
}

/// Rows of floats at a fixed distance.
#[derive(Clone, Copy)]
pub(crate) struct Matrix<'a> {
    pub values: &'a [f32],
    pub stride: usize,
}

/// One product: `out = activation(a × weights + bias + residual)`.
pub(crate) struct Product<'a> {
    /// `rows` rows; segment `s` of a row starts `s * segment_stride` floats after the row.
    pub a: Matrix<'a>,
    pub segment_stride: usize,
    pub rows: usize,
    /// Added before the activation; may have fewer lanes than the result (the rest counts as zero).
    pub residual: Option<Matrix<'a>>,
    pub activation: &'a Activation,
}

/// Runs `product` with `weights` into `out`, whose rows lie [`Packed::lanes`] apart.
pub(crate) fn gemm(simd: Simd, weights: &Packed, product: &Product<'_>, out: &mut [f32]) {
    check(weights, product, out);
    match simd {
        Simd::Portable => body::<Array>(weights, product, out),
        #[cfg(target_arch = "x86_64")]
        // SAFETY: a `Detected` inside the variant proves that AVX2 and FMA are present.
        Simd::Avx2(found) => unsafe {
            match found.avx512() {
                None => body_avx2(weights, product, out),
                // SAFETY: a `Detected512` proves that AVX-512F is present.
                Some(_) => body_avx512(weights, product, out),
            }
        },
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn body_avx2(weights: &Packed, product: &Product<'_>, out: &mut [f32]) {
    body::<Avx2>(weights, product, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx2,fma")]
fn body_avx512(weights: &Packed, product: &Product<'_>, out: &mut [f32]) {
    body::<Avx512>(weights, product, out);
}

/// Everything the pointer arithmetic below relies on.
fn check(weights: &Packed, product: &Product<'_>, out: &[f32]) {
    let Some(last) = product.rows.checked_sub(1) else {
        return;
    };
    let a_end =
        last * product.a.stride + (weights.segments - 1) * product.segment_stride + weights.depth;
    assert!(a_end <= product.a.values.len(), "left operand is too short");
    assert!(
        product.rows * weights.lanes <= out.len(),
        "result is too short"
    );
    assert!(
        weights.panels.len() == weights.segments * weights.depth * weights.lanes,
        "weights are not packed"
    );
    assert!(weights.bias.len() == weights.lanes, "bias is not padded");
    if let Some(residual) = &product.residual {
        assert!(
            residual.stride.is_multiple_of(LANES),
            "residual is not in whole vectors"
        );
        assert!(
            product.rows * residual.stride <= residual.values.len(),
            "residual is too short"
        );
    }
    if let Activation::Slopes(slopes) = product.activation {
        assert!(slopes.len() == weights.lanes, "slopes are not padded");
    }
}

#[inline(always)]
fn body<L: Lanes>(weights: &Packed, product: &Product<'_>, out: &mut [f32]) {
    let inner = weights.segments * weights.depth;
    for (start, width) in panel_widths(weights.lanes / LANES) {
        let column = start * LANES;
        let panel = &weights.panels[inner * column..inner * (column + width * LANES)];
        // SAFETY: `check` covers all rows and lanes; panels are cut as `Packed::new` laid them out.
        unsafe {
            match width {
                2 if L::WIDTH > LANES => {
                    rows_of::<L, 12, 1>(weights, product, panel, column, out);
                }
                2 => rows_of::<L::Eight, 6, 2>(weights, product, panel, column, out),
                _ => rows_of::<L::Eight, 8, 1>(weights, product, panel, column, out),
            }
        }
    }
}

/// All rows of one panel, `M` at a time, the rest in fours, twos and ones.
#[inline(always)]
unsafe fn rows_of<L: Lanes, const M: usize, const V: usize>(
    weights: &Packed,
    product: &Product<'_>,
    panel: &[f32],
    column: usize,
    out: &mut [f32],
) {
    let mut row = 0;
    // SAFETY: rows stay below `product.rows`; the rest is the caller's promise.
    unsafe {
        while row + M <= product.rows {
            tile::<L, M, V>(weights, product, panel, row, column, out);
            row += M;
        }
        while M > 4 && row + 4 <= product.rows {
            tile::<L, 4, V>(weights, product, panel, row, column, out);
            row += 4;
        }
        if row + 2 <= product.rows {
            tile::<L, 2, V>(weights, product, panel, row, column, out);
            row += 2;
        }
        if row < product.rows {
            tile::<L, 1, V>(weights, product, panel, row, column, out);
        }
    }
}

/// `M` rows × `V` vectors of the result.
#[inline(always)]
unsafe fn tile<L: Lanes, const M: usize, const V: usize>(
    weights: &Packed,
    product: &Product<'_>,
    panel: &[f32],
    row: usize,
    column: usize,
    out: &mut [f32],
) {
    let stride = product.a.stride;
    // SAFETY: `check` proved that rows `row..row + M` with all segments, the panel, the bias, and the
    // result lanes `column..column + V * L::WIDTH` lie inside their slices.
    unsafe {
        let bias = weights.bias.as_ptr().add(column);
        let mut sums = [[L::splat(0.0); V]; M];
        for sum in &mut sums {
            for (v, lane) in sum.iter_mut().enumerate() {
                *lane = L::load(bias.add(v * L::WIDTH));
            }
        }
        let mut w = panel.as_ptr();
        for segment in 0..weights.segments {
            let mut a = product
                .a
                .values
                .as_ptr()
                .add(row * stride + segment * product.segment_stride);
            for _ in 0..weights.depth {
                let mut factors = [L::splat(0.0); V];
                for (v, factor) in factors.iter_mut().enumerate() {
                    *factor = L::load(w.add(v * L::WIDTH));
                }
                for (m, sum) in sums.iter_mut().enumerate() {
                    let left = L::splat(*a.add(m * stride));
                    for (lane, factor) in sum.iter_mut().zip(factors) {
                        *lane = left.mul_add(factor, *lane);
                    }
                }
                w = w.add(V * L::WIDTH);
                a = a.add(1);
            }
        }
        finish(product, row, column, &mut sums);
        let to = out.as_mut_ptr().add(row * weights.lanes + column);
        for (m, sum) in sums.iter().enumerate() {
            for (v, lane) in sum.iter().enumerate() {
                lane.store(to.add(m * weights.lanes + v * L::WIDTH));
            }
        }
    }
}

/// Residual and activation of one tile.
#[inline(always)]
unsafe fn finish<L: Lanes, const M: usize, const V: usize>(
    product: &Product<'_>,
    row: usize,
    column: usize,
    sums: &mut [[L; V]; M],
) {
    if let Some(residual) = &product.residual {
        for (m, sum) in sums.iter_mut().enumerate() {
            for (v, lane) in sum.iter_mut().enumerate() {
                let at = column + v * L::WIDTH;
                if at < residual.stride {
                    let start = (row + m) * residual.stride + at;
                    // SAFETY: `check` proved all rows of `stride` floats present, which is in whole eights as `at` is:
                    // eight are left in the row at least, and twice as many where asked for.
                    let more = unsafe {
                        let from = residual.values.as_ptr().add(start);
                        if at + L::WIDTH <= residual.stride {
                            L::load(from)
                        } else {
                            L::load_eight(from)
                        }
                    };
                    *lane = lane.add(more);
                }
            }
        }
    }
    // SAFETY: `check` proved the slopes cover all lanes.
    unsafe { activate(product.activation, column, sums) };
}

/// Applies `activation` to vectors that begin at lane `column`.
#[inline(always)]
pub(super) unsafe fn activate<L: Lanes, const M: usize, const V: usize>(
    activation: &Activation,
    column: usize,
    sums: &mut [[L; V]; M],
) {
    let zero = L::splat(0.0);
    match activation {
        Activation::None => {}
        Activation::Relu => each(sums, |x, _| x.max(zero)),
        Activation::Relu6 => each(sums, |x, _| x.max(zero).min(L::splat(6.0))),
        Activation::Slopes(slopes) => each(sums, |x, v| {
            // SAFETY: the caller promises slopes for all lanes from `column` on.
            let slope = unsafe { L::load(slopes.as_ptr().add(column + v * L::WIDTH)) };
            x.min(zero).mul_add(slope, x.max(zero))
        }),
        Activation::HardSwish => each(sums, |x, _| {
            let gate = x.add(L::splat(3.0)).max(zero).min(L::splat(6.0));
            x.mul(gate).mul(L::splat(1.0 / 6.0))
        }),
    }
}

#[inline(always)]
fn each<L: Lanes, const M: usize, const V: usize>(
    sums: &mut [[L; V]; M],
    f: impl Fn(L, usize) -> L,
) {
    for sum in sums.iter_mut() {
        for (v, lane) in sum.iter_mut().enumerate() {
            *lane = f(*lane, v);
        }
    }
}
