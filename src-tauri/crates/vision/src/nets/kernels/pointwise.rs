//! Element by element: sums, gates, pooling, logistic.
//!
//! Plain safe loops, compiled a second time with AVX2 enabled so that the compiler vectorises them eightfold.

use super::lanes::{LANES, Simd, vectorised};

vectorised! {
    /// `out = a + b`.
    pub(crate) fn add(a: &[f32], b: &[f32], out: &mut [f32]) = add_body;
}

vectorised! {
    /// `out = 1 / (1 + e^-x)`, within 3e-7 of the exact value.
    pub(crate) fn logistic(x: &[f32], out: &mut [f32]) = logistic_body;
}

vectorised! {
    /// `out[pixel][lane] = x[pixel][lane] * gate[lane] + more[pixel][lane]`; an empty `more` counts as zero.
    pub(crate) fn scale_add(x: &[f32], gate: &[f32], more: &[f32], out: &mut [f32]) = scale_add_body;
}

vectorised! {
    /// `out[lane]` = mean of `x[pixel][lane]` over all pixels, where `out` has one float per lane.
    pub(crate) fn mean_of_pixels(x: &[f32], out: &mut [f32]) = mean_body;
}

vectorised! {
    /// `out[x][lane] = max(out[x][lane], row[i][lane])` over the pixels `i` in `x * stride..x * stride + size` that
    /// exist, for pixels of `lanes` floats; `across` is size, stride and the columns before the picture.
    pub(crate) fn max_row(row: &[f32], lanes: usize, across: [usize; 3], out: &mut [f32]) = max_row_body;
}

vectorised! {
    /// `out = a + (b - a) * part`, for blending two rows.
    pub(crate) fn mix_rows(a: &[f32], b: &[f32], part: f32, out: &mut [f32]) = mix_body;
}

vectorised! {
    /// For each output pixel a blend of two pixels of `row`: `columns` gives both and the part of the second.
    pub(crate) fn mix_columns(
        row: &[f32],
        lanes: usize,
        columns: &[(usize, usize, f32)],
        out: &mut [f32],
    ) = mix_columns_body;
}

#[inline(always)]
fn add_body(a: &[f32], b: &[f32], out: &mut [f32]) {
    for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
        *out = a + b;
    }
}

#[inline(always)]
fn logistic_body(x: &[f32], out: &mut [f32]) {
    for (out, x) in out.iter_mut().zip(x) {
        *out = 1.0 / (1.0 + exp(-x));
    }
}

/// `e^x` by splitting off a power of two and a degree-6 Taylor polynomial on ±ln 2 / 2 (relative error below 2e-7).
#[inline(always)]
fn exp(x: f32) -> f32 {
    /// Adding and subtracting it rounds to an integer, whose value then lies in the low mantissa bits.
    const ROUND: f32 = 12_582_912.0;
    const LN2_HIGH: f32 = 0.693_359_4;
    const LN2_LOW: f32 = -2.121_944_4e-4;
    let x = x.clamp(-87.0, 87.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let power = shifted - ROUND;
    let r = x - power * LN2_HIGH - power * LN2_LOW;
    let tail = 1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0 + r * (1.0 / 720.0)));
    let series = 1.0 + r * (1.0 + r * (0.5 + r * tail));
    series * f32::from_bits((shifted.to_bits() << 23).wrapping_add(0x3f80_0000))
}

#[inline(always)]
fn scale_add_body(x: &[f32], gate: &[f32], more: &[f32], out: &mut [f32]) {
    if gate.is_empty() {
        return;
    }
    let pixels = out
        .chunks_exact_mut(gate.len())
        .zip(x.chunks_exact(gate.len()));
    if more.is_empty() {
        for (out, x) in pixels {
            for ((out, x), gate) in out.iter_mut().zip(x).zip(gate) {
                *out = x * gate;
            }
        }
    } else {
        for ((out, x), more) in pixels.zip(more.chunks_exact(gate.len())) {
            for (((out, x), gate), more) in out.iter_mut().zip(x).zip(gate).zip(more) {
                *out = x * gate + more;
            }
        }
    }
}

#[inline(always)]
fn mean_body(x: &[f32], out: &mut [f32]) {
    out.fill(0.0);
    let lanes = out.len().max(1);
    let pixels = x.len() / lanes;
    // One vector of lanes at a time, so that its sums stay in a register; same order of additions per lane.
    for (start, sums) in (0..).step_by(LANES).zip(out.chunks_mut(LANES)) {
        if let Ok(sums) = <&mut [f32; LANES]>::try_from(&mut *sums) {
            let mut total = [0.0; LANES];
            for pixel in x.chunks_exact(lanes) {
                if let Some(pixel) = pixel[start..].first_chunk::<LANES>() {
                    for (sum, x) in total.iter_mut().zip(pixel) {
                        *sum += x;
                    }
                }
            }
            *sums = total;
        } else {
            for pixel in x.chunks_exact(lanes) {
                for (sum, x) in sums.iter_mut().zip(&pixel[start..]) {
                    *sum += x;
                }
            }
        }
    }
    let share = 1.0 / pixels.max(1) as f32;
    for sum in out {
        *sum *= share;
    }
}

#[inline(always)]
fn max_row_body(row: &[f32], lanes: usize, [size, stride, before]: [usize; 3], out: &mut [f32]) {
    if [size, stride, before] == [2, 2, 0] && lanes.is_multiple_of(LANES) && lanes > 0 {
        let pairs = row.chunks_exact(2 * lanes);
        let rest = pairs.remainder();
        let (own, last) = out.split_at_mut((pairs.len() * lanes).min(out.len()));
        for (cell, pair) in own.chunks_exact_mut(lanes).zip(pairs) {
            max_of_pair(pair, cell);
        }
        if !rest.is_empty() && !last.is_empty() {
            max_body(rest, &mut last[..lanes]);
        }
        return;
    }
    let width = row.len() / lanes.max(1);
    for (x, cell) in out.chunks_exact_mut(lanes.max(1)).enumerate() {
        let start = x * stride;
        let from = start.saturating_sub(before);
        let to = (start + size).saturating_sub(before).min(width);
        for pixel in row[from * lanes..to.max(from) * lanes].chunks_exact(lanes) {
            max_body(pixel, cell);
        }
    }
}

/// As [`max_body`] with one pixel of `pair` after the other, in whole vectors.
#[inline(always)]
fn max_of_pair(pair: &[f32], out: &mut [f32]) {
    let (first, second) = pair.split_at(out.len());
    let both = first.as_chunks::<LANES>().0.iter();
    let both = both.zip(second.as_chunks::<LANES>().0);
    for (out, (first, second)) in out.as_chunks_mut::<LANES>().0.iter_mut().zip(both) {
        for ((out, first), second) in out.iter_mut().zip(first).zip(second) {
            *out = larger(*second, larger(*first, *out));
        }
    }
}

#[inline(always)]
fn max_body(x: &[f32], out: &mut [f32]) {
    let ((vectors, rest), (x_vectors, x_rest)) =
        (out.as_chunks_mut::<LANES>(), x.as_chunks::<LANES>());
    for (out, x) in vectors.iter_mut().zip(x_vectors) {
        for (out, x) in out.iter_mut().zip(x) {
            *out = larger(*x, *out);
        }
    }
    for (out, x) in rest.iter_mut().zip(x_rest) {
        *out = larger(*x, *out);
    }
}

#[inline(always)]
fn larger(x: f32, than: f32) -> f32 {
    if x > than { x } else { than }
}

#[inline(always)]
fn mix_columns_body(row: &[f32], lanes: usize, columns: &[(usize, usize, f32)], out: &mut [f32]) {
    for (cell, &(left, right, part)) in out.chunks_exact_mut(lanes).zip(columns) {
        let (left, right) = (
            &row[left * lanes..][..lanes],
            &row[right * lanes..][..lanes],
        );
        mix_body(left, right, part, cell);
    }
}

#[inline(always)]
fn mix_body(a: &[f32], b: &[f32], part: f32, out: &mut [f32]) {
    for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
        *out = a + (b - a) * part;
    }
}
