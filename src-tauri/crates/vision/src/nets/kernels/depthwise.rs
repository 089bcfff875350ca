//! Depthwise convolution, one output row at a time: every channel has its own small window of weights.

use super::gemm::{Activation, activate};
use super::lanes::{Array, LANES, Lanes, Simd};
#[cfg(target_arch = "x86_64")]
use super::lanes::{Avx2, Avx512};

/// One output row. Weights are `[window row][window column][lane]`.
pub(crate) struct DepthwiseRow<'a> {
    /// The input rows under the window, top to bottom, each `in_width * lanes` floats; rows that lie outside
    /// the picture are left out together with their weights.
    pub rows: &'a [&'a [f32]],
    /// Weights of those rows.
    pub weights: &'a [f32],
    pub bias: &'a [f32],
    pub window_width: usize,
    pub stride: usize,
    /// Columns of zeros assumed before the first input column.
    pub pad_left: usize,
    pub in_width: usize,
    pub lanes: usize,
    pub activation: &'a Activation,
    /// Added after the activation, laid out as the output row.
    pub late: Option<&'a [f32]>,
}

/// Writes the row into `out` (`out_width * lanes` floats).
pub(crate) fn depthwise_row(simd: Simd, row: &DepthwiseRow<'_>, out: &mut [f32]) {
    let lanes = row.lanes;
    assert!(
        lanes > 0 && lanes.is_multiple_of(LANES) && out.len().is_multiple_of(lanes),
        "lanes are not whole vectors"
    );
    assert!(
        row.rows
            .iter()
            .all(|input| input.len() == row.in_width * lanes),
        "input row has the wrong size"
    );
    assert!(
        row.weights.len() == row.rows.len() * row.window_width * lanes,
        "weights have the wrong size"
    );
    assert!(
        row.bias.len() == lanes && row.stride > 0,
        "bias has the wrong size"
    );
    assert!(
        row.late.is_none_or(|late| late.len() == out.len()),
        "addend has the wrong size"
    );
    if let Activation::Slopes(slopes) = row.activation {
        assert!(slopes.len() == lanes, "slopes are not padded");
    }
    match simd {
        Simd::Portable => body::<Array>(row, out),
        #[cfg(target_arch = "x86_64")]
        // SAFETY: a `Detected` inside the variant proves that AVX2 and FMA are present.
        Simd::Avx2(found) => unsafe {
            match found.avx512() {
                None => body_avx2(row, out),
                // SAFETY: a `Detected512` proves that AVX-512F is present.
                Some(_) => body_avx512(row, out),
            }
        },
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn body_avx2(row: &DepthwiseRow<'_>, out: &mut [f32]) {
    body::<Avx2>(row, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx2,fma")]
fn body_avx512(row: &DepthwiseRow<'_>, out: &mut [f32]) {
    body::<Avx512>(row, out);
}

#[inline(always)]
fn body<L: Lanes>(row: &DepthwiseRow<'_>, out: &mut [f32]) {
    let out_width = out.len() / row.lanes;
    // Output columns whose window lies wholly inside the input.
    let first = row.pad_left.div_ceil(row.stride).min(out_width);
    let room = (row.in_width + row.pad_left).checked_sub(row.window_width);
    let last = room.map_or(first, |room| {
        (room / row.stride + 1).clamp(first, out_width)
    });
    let mut lane = 0;
    // SAFETY: `depthwise_row` checked all slices, whose lanes are whole eights; windows of columns `first..last` lie
    // inside the input.
    unsafe {
        while lane + L::WIDTH <= row.lanes {
            inner_columns::<L>(row, first..last, lane, out);
            lane += L::WIDTH;
        }
        if L::WIDTH > LANES && lane < row.lanes {
            inner_columns::<L::Eight>(row, first..last, lane, out);
        }
    }
    for x in (0..first).chain(last..out_width) {
        // SAFETY: `depthwise_row` checked all slices.
        unsafe { edge_column::<L>(row, x, out) };
    }
}

/// Output columns whose windows lie wholly inside the input, of one vector of lanes.
#[inline(always)]
unsafe fn inner_columns<L: Lanes>(
    row: &DepthwiseRow<'_>,
    columns: std::ops::Range<usize>,
    lane: usize,
    out: &mut [f32],
) {
    let (mut x, last) = (columns.start, columns.end);
    let whole = (0, row.window_width);
    // SAFETY: the caller promises that windows of these columns lie inside the input.
    unsafe {
        match (row.stride, row.window_width) {
            (1, 3) => x = rolling::<L, 3>(row, x, last, lane, out),
            (1, 5) => x = rolling::<L, 5>(row, x, last, lane, out),
            _ => {}
        }
        while x + 8 <= last {
            tile::<L, 8>(row, x, lane, whole, out);
            x += 8;
        }
        while x + 4 <= last {
            tile::<L, 4>(row, x, lane, whole, out);
            x += 4;
        }
        while x + 2 <= last {
            tile::<L, 2>(row, x, lane, whole, out);
            x += 2;
        }
        while x < last {
            tile::<L, 1>(row, x, lane, whole, out);
            x += 1;
        }
    }
}

/// One output column whose window may hang over the left or right end. Several vectors of lanes at once: a sum of
/// its own waits for each of its products.
#[inline(always)]
unsafe fn edge_column<L: Lanes>(row: &DepthwiseRow<'_>, x: usize, out: &mut [f32]) {
    let mut lane = 0;
    // SAFETY: lanes are whole vectors, and all up to `row.lanes` exist; the rest is the caller's promise.
    unsafe {
        while lane + 4 * L::WIDTH <= row.lanes {
            edge::<L, 4>(row, x, lane, out);
            lane += 4 * L::WIDTH;
        }
        while lane + L::WIDTH <= row.lanes {
            edge::<L, 1>(row, x, lane, out);
            lane += L::WIDTH;
        }
        if L::WIDTH > LANES && lane < row.lanes {
            edge::<L::Eight, 1>(row, x, lane, out);
        }
    }
}

/// `V` vectors of lanes of that column.
#[inline(always)]
unsafe fn edge<L: Lanes, const V: usize>(
    row: &DepthwiseRow<'_>,
    x: usize,
    lane: usize,
    out: &mut [f32],
) {
    let lanes = row.lanes;
    let start = x * row.stride;
    let from = row.pad_left.saturating_sub(start).min(row.window_width);
    let to = (row.in_width + row.pad_left)
        .saturating_sub(start)
        .clamp(from, row.window_width);
    // SAFETY: the window columns `from..to` lie inside the input; weights, bias, slopes, addend and output were
    // checked against `lanes` and the output width, and the caller promises `V` vectors from `lane` on.
    unsafe {
        let load = |from: *const f32| -> [L; V] {
            std::array::from_fn(|v| L::load(from.add(v * L::WIDTH)))
        };
        let mut sums = [load(row.bias.as_ptr().add(lane))];
        for (ky, input) in row.rows.iter().enumerate() {
            for kx in from..to {
                let weights = (ky * row.window_width + kx) * lanes + lane;
                let weights = load(row.weights.as_ptr().add(weights));
                let values = (start + kx - row.pad_left) * lanes + lane;
                let values = load(input.as_ptr().add(values));
                for v in 0..V {
                    sums[0][v] = values[v].mul_add(weights[v], sums[0][v]);
                }
            }
        }
        activate(row.activation, lane, &mut sums);
        for (v, sum) in sums[0].iter().enumerate() {
            let place = x * lanes + lane + v * L::WIDTH;
            let value = row
                .late
                .map_or(*sum, |late| sum.add(L::load(late.as_ptr().add(place))));
            value.store(out.as_mut_ptr().add(place));
        }
    }
}

/// Output columns from `x` on, eight or four at a time, for windows `K` wide at stride 1; gives the first column
/// left over.
#[inline(always)]
unsafe fn rolling<L: Lanes, const K: usize>(
    row: &DepthwiseRow<'_>,
    mut x: usize,
    last: usize,
    lane: usize,
    out: &mut [f32],
) -> usize {
    // SAFETY: as for `tile`: windows of the columns below `last` lie inside the input.
    unsafe {
        while x + 8 <= last {
            rolling_tile::<L, 8, K>(row, x, lane, out);
            x += 8;
        }
        if x + 4 <= last {
            rolling_tile::<L, 4, K>(row, x, lane, out);
            x += 4;
        }
    }
    x
}

/// As [`tile`] at stride 1 with the whole window: every input is loaded once and goes into the up to `K` sums it
/// belongs to, in the same order. Loads, not products, bound the other form.
#[inline(always)]
unsafe fn rolling_tile<L: Lanes, const T: usize, const K: usize>(
    row: &DepthwiseRow<'_>,
    x: usize,
    lane: usize,
    out: &mut [f32],
) {
    let lanes = row.lanes;
    // SAFETY: as for `tile`.
    unsafe {
        let mut sums = [[L::load(row.bias.as_ptr().add(lane))]; T];
        for (ky, input) in row.rows.iter().enumerate() {
            let weights = row.weights.as_ptr().add(ky * K * lanes + lane);
            let weights: [L; K] = std::array::from_fn(|kx| L::load(weights.add(kx * lanes)));
            let at = input.as_ptr().add((x - row.pad_left) * lanes + lane);
            for i in 0..T + K - 1 {
                let value = L::load(at.add(i * lanes));
                for (kx, weight) in weights.iter().enumerate() {
                    if i >= kx && i - kx < T {
                        sums[i - kx][0] = value.mul_add(*weight, sums[i - kx][0]);
                    }
                }
            }
        }
        store::<L, T>(row, x, lane, &mut sums, out);
    }
}

/// `T` neighbouring output columns of one vector of lanes, using window columns `from..to`.
#[inline(always)]
unsafe fn tile<L: Lanes, const T: usize>(
    row: &DepthwiseRow<'_>,
    x: usize,
    lane: usize,
    (from, to): (usize, usize),
    out: &mut [f32],
) {
    let lanes = row.lanes;
    let step = row.stride * lanes;
    // SAFETY: the caller promises that input columns `x * stride + from - pad_left` up to those of `x + T - 1` and
    // `to` exist; weights, bias, addend and output were checked against `lanes` and the output width.
    unsafe {
        let mut sums = [[L::load(row.bias.as_ptr().add(lane))]; T];
        for (ky, input) in row.rows.iter().enumerate() {
            for kx in from..to {
                let weight = L::load(
                    row.weights
                        .as_ptr()
                        .add((ky * row.window_width + kx) * lanes + lane),
                );
                let at = input
                    .as_ptr()
                    .add((x * row.stride + kx - row.pad_left) * lanes + lane);
                for (t, sum) in sums.iter_mut().enumerate() {
                    sum[0] = L::load(at.add(t * step)).mul_add(weight, sum[0]);
                }
            }
        }
        store::<L, T>(row, x, lane, &mut sums, out);
    }
}

/// Activation and addend of `T` columns, then on to `out`.
#[inline(always)]
unsafe fn store<L: Lanes, const T: usize>(
    row: &DepthwiseRow<'_>,
    x: usize,
    lane: usize,
    sums: &mut [[L; 1]; T],
    out: &mut [f32],
) {
    // SAFETY: bias, slopes, addend and output were checked against `lanes` and the output width.
    unsafe {
        activate(row.activation, lane, sums);
        for (t, sum) in sums.iter().enumerate() {
            let place = (x + t) * row.lanes + lane;
            let value = row
                .late
                .map_or(sum[0], |late| sum[0].add(L::load(late.as_ptr().add(place))));
            value.store(out.as_mut_ptr().add(place));
        }
    }
}
