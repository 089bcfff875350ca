//! One step of a planned network: what it reads, what it writes, and how it is carried out.
//!
//! Steps know nothing of TFLite; sizes and weights were checked and packed by the planner.

use super::attention::{MatrixOptions, landmarks_to_matrix, transform_landmarks, transform_tensor};
use super::floats::aligned;
use super::kernels::{
    Activation, DepthwiseRow, Matrix, Packed, Product, Simd, add, depthwise_row, gemm, logistic,
    max_row, mean_of_pixels, mix_columns, mix_rows, scale_add,
};

/// How a value lies in memory: rows of pixels, each with `lanes` floats of which the first `channels` count
/// and the rest are zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Layout {
    pub height: usize,
    pub width: usize,
    pub channels: usize,
    pub lanes: usize,
}

impl Layout {
    pub fn floats(&self) -> usize {
        self.height * self.width * self.lanes
    }

    pub fn row(&self) -> usize {
        self.width * self.lanes
    }

    pub fn elements(&self) -> usize {
        self.height * self.width * self.channels
    }
}

/// A sliding window: its size, stride, and rows and columns of padding before the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    pub size: [usize; 2],
    pub stride: [usize; 2],
    pub before: [usize; 2],
}

impl Window {
    /// The input rows under output row `y`, and the number of window rows above the first of them.
    fn rows(&self, y: usize, height: usize) -> (std::ops::Range<usize>, usize) {
        let top = y * self.stride[0];
        let skipped = self.before[0].saturating_sub(top).min(self.size[0]);
        let first = (top + skipped).saturating_sub(self.before[0]);
        let end = (top + self.size[0])
            .saturating_sub(self.before[0])
            .min(height);
        (first.min(end)..end, skipped)
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Depthwise {
    pub window: Window,
    pub weights: Vec<f32>,
    pub bias: Vec<f32>,
    pub activation: Activation,
}

/// Where the left operand of a convolution's matrix product comes from.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    /// The input itself: a 1×1 window.
    Pixels,
    /// Rows under a larger window.
    Window(Window),
    /// The input after a depthwise convolution, made strip by strip.
    Depthwise(Depthwise, Layout),
}

#[derive(Debug, Clone)]
pub(crate) enum Work {
    /// Second input, if any: added before the activation.
    Conv {
        source: Source,
        weights: Packed,
        activation: Activation,
    },
    /// Second input, if any: added after the activation.
    Depthwise(Depthwise),
    /// A convolution whose result pixels are spread over non-overlapping squares, optionally through the logistic.
    Spread {
        weights: Packed,
        side: usize,
        logistic: bool,
    },
    MaxPool(Window),
    /// Mean over all pixels, of the sum of both inputs where there are two.
    Mean,
    Add,
    /// First input times the one-pixel second input, plus the third if there is one.
    ScaleAdd,
    Logistic,
    Resize {
        half_pixel: bool,
    },
    /// All inputs one after the other, without the padding lanes.
    Compact,
    /// First input times constants: one for all, or one each.
    Times(Vec<f32>),
    LandmarksToMatrix(MatrixOptions),
    TransformTensor,
    TransformLandmarks,
}

#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub inputs: Vec<usize>,
    pub output: usize,
    pub work: Work,
}

/// A value to read: its floats and their layout.
#[derive(Clone, Copy)]
pub(crate) struct Input<'a> {
    pub values: &'a [f32],
    pub layout: Layout,
}

impl<'a> Input<'a> {
    fn rows_from(&self, y: usize) -> &'a [f32] {
        &self.values[y * self.layout.row()..]
    }

    fn row(&self, y: usize) -> &'a [f32] {
        &self.rows_from(y)[..self.layout.row()]
    }
}

impl Work {
    /// Carries the step out. `out` has exactly the floats of `layout`.
    pub fn run(
        &self,
        simd: Simd,
        inputs: &[Input<'_>],
        layout: Layout,
        out: &mut [f32],
        scratch: &mut Vec<f32>,
    ) {
        let [first, rest @ ..] = inputs else { return };
        let more = rest.first().map_or(&[][..], |input| input.values);
        match self {
            Self::Conv {
                source,
                weights,
                activation,
            } => {
                let conv = Conv {
                    simd,
                    input: *first,
                    residual: rest.first().copied(),
                    weights,
                    activation,
                };
                conv.run(source, layout, out, scratch);
            }
            Self::Depthwise(depthwise) => {
                for (y, row) in out.chunks_exact_mut(layout.row()).enumerate() {
                    let late = rest.first().map(|late| late.row(y));
                    depthwise.run_row(simd, *first, y, late, row);
                }
            }
            Self::Spread {
                weights,
                side,
                logistic,
            } => spread(simd, *first, weights, *side, *logistic, out, scratch),
            Self::MaxPool(window) => max_pool(simd, *first, *window, layout, out),
            Self::Mean => mean(simd, first.values, more, out, scratch),
            Self::Add => add(simd, first.values, more, out),
            Self::ScaleAdd => scale_add(
                simd,
                first.values,
                more,
                rest.get(1).map_or(&[], |input| input.values),
                out,
            ),
            Self::Logistic => logistic(simd, first.values, out),
            Self::Resize { half_pixel } => resize(simd, *first, *half_pixel, layout, out, scratch),
            Self::Compact => compact(inputs, out),
            Self::Times(factors) => {
                for (i, (out, value)) in out.iter_mut().zip(first.values).enumerate() {
                    *out = value * factors[i % factors.len()];
                }
            }
            Self::LandmarksToMatrix(options) => landmarks_to_matrix(options, first.values, out),
            Self::TransformTensor => {
                let shape = [first.layout.height, first.layout.width, first.layout.lanes];
                transform_tensor(first.values, shape, more, out, layout.width);
            }
            Self::TransformLandmarks => transform_landmarks(first.values, more, out),
        }
    }
}

struct Conv<'a> {
    simd: Simd,
    input: Input<'a>,
    residual: Option<Input<'a>>,
    weights: &'a Packed,
    activation: &'a Activation,
}

impl Conv<'_> {
    fn run(&self, source: &Source, layout: Layout, out: &mut [f32], scratch: &mut Vec<f32>) {
        match source {
            Source::Pixels => {
                let a = Matrix {
                    values: self.input.values,
                    stride: self.input.layout.lanes,
                };
                self.product(a, 0, 0, layout.height * layout.width, out);
            }
            Source::Window(window) => self.run_window(window, layout, out, scratch),
            Source::Depthwise(depthwise, middle) => {
                self.run_depthwise(depthwise, *middle, out, scratch);
            }
        }
    }

    /// `pixels` result pixels from pixel `start` on.
    fn product(
        &self,
        a: Matrix<'_>,
        segment_stride: usize,
        start: usize,
        pixels: usize,
        out: &mut [f32],
    ) {
        let residual = self.residual.map(|input| {
            let stride = input.layout.lanes;
            Matrix {
                values: &input.values[start * stride..],
                stride,
            }
        });
        let product = Product {
            a,
            segment_stride,
            rows: pixels,
            residual,
            activation: self.activation,
        };
        gemm(self.simd, self.weights, &product, out);
    }

    /// Copies the input rows under the window into zero-padded rows; each window row is then one segment of
    /// the product, and neighbouring result pixels simply start a stride further on.
    fn run_window(&self, window: &Window, layout: Layout, out: &mut [f32], scratch: &mut Vec<f32>) {
        let lanes = self.input.layout.lanes;
        let row = self.input.layout.row();
        let before = window.before[1] * lanes;
        let reach = ((layout.width - 1) * window.stride[1] + window.size[1]) * lanes;
        let padded = reach.max(before + row);
        scratch.clear();
        scratch.resize(padded * window.size[0], 0.0);
        for (y, out) in out.chunks_exact_mut(layout.row()).enumerate() {
            // What lies left and right of the picture is never written and stays 0.
            let (mut rows, skipped) = window.rows(y, self.input.layout.height);
            for (i, line) in scratch.chunks_exact_mut(padded).enumerate() {
                let line = &mut line[before..before + row];
                match if i < skipped { None } else { rows.next() } {
                    Some(input_y) => line.copy_from_slice(self.input.row(input_y)),
                    None => line.fill(0.0),
                }
            }
            let a = Matrix {
                values: scratch,
                stride: window.stride[1] * lanes,
            };
            self.product(a, padded, y * layout.width, layout.width, out);
        }
    }

    /// Depthwise convolution into a strip small enough for the first-level cache, then the product from there.
    fn run_depthwise(
        &self,
        depthwise: &Depthwise,
        middle: Layout,
        out: &mut [f32],
        scratch: &mut Vec<f32>,
    ) {
        const STRIP_FLOATS: usize = 4096;
        let strip = (STRIP_FLOATS / middle.row()).clamp(1, middle.height);
        let scratch = aligned(scratch, strip * middle.row());
        let out_row = middle.width * self.weights.lanes();
        for (i, out) in out.chunks_mut(strip * out_row).enumerate() {
            let rows = out.len() / out_row;
            let strip_values = &mut scratch[..rows * middle.row()];
            for (y, line) in strip_values.chunks_exact_mut(middle.row()).enumerate() {
                depthwise.run_row(self.simd, self.input, i * strip + y, None, line);
            }
            let a = Matrix {
                values: strip_values,
                stride: middle.lanes,
            };
            self.product(a, 0, i * strip * middle.width, rows * middle.width, out);
        }
    }
}

impl Depthwise {
    fn run_row(
        &self,
        simd: Simd,
        input: Input<'_>,
        y: usize,
        late: Option<&[f32]>,
        out: &mut [f32],
    ) {
        /// Windows of these models have at most five rows; the planner refuses larger ones.
        const ROWS: usize = Depthwise::MAX_ROWS;
        let window = &self.window;
        let (range, skipped) = window.rows(y, input.layout.height);
        let mut rows = [&[][..]; ROWS];
        let count = range.len().min(ROWS);
        for (row, input_y) in rows.iter_mut().zip(range) {
            *row = input.row(input_y);
        }
        let lanes = input.layout.lanes;
        let line = window.size[1] * lanes;
        let row = DepthwiseRow {
            rows: &rows[..count],
            weights: &self.weights[skipped * line..(skipped + count) * line],
            bias: &self.bias,
            window_width: window.size[1],
            stride: window.stride[1],
            pad_left: window.before[1],
            in_width: input.layout.width,
            lanes,
            activation: &self.activation,
            late,
        };
        depthwise_row(simd, &row, out);
    }

    /// Most window rows a depthwise step may have.
    pub const MAX_ROWS: usize = 5;
}

fn grow(scratch: &mut Vec<f32>, floats: usize) {
    if scratch.len() < floats {
        scratch.resize(floats, 0.0);
    }
}

fn spread(
    simd: Simd,
    input: Input<'_>,
    weights: &Packed,
    side: usize,
    squash: bool,
    out: &mut [f32],
    scratch: &mut Vec<f32>,
) {
    let Layout { width, lanes, .. } = input.layout;
    let line = width * side;
    grow(scratch, width * weights.lanes() + side * line);
    let (products, lines) = scratch.split_at_mut(width * weights.lanes());
    for (y, out) in out.chunks_exact_mut(side * line).enumerate() {
        let a = Matrix {
            values: input.rows_from(y),
            stride: lanes,
        };
        let product = Product {
            a,
            segment_stride: 0,
            rows: width,
            residual: None,
            activation: &Activation::None,
        };
        gemm(simd, weights, &product, products);
        for (dy, line) in lines.chunks_exact_mut(line).take(side).enumerate() {
            let squares = products.chunks_exact(weights.lanes());
            let squares = squares.map(|square| &square[dy * side..][..side]);
            if side == 2 {
                // The only side there is in these models; of known length, its copies are single moves.
                for (cells, square) in line.as_chunks_mut::<2>().0.iter_mut().zip(squares) {
                    *cells = [square[0], square[1]];
                }
            } else {
                for (cells, square) in line.chunks_exact_mut(side).zip(squares) {
                    cells.copy_from_slice(square);
                }
            }
        }
        if squash {
            logistic(simd, &lines[..side * line], out);
        } else {
            out.copy_from_slice(&lines[..side * line]);
        }
    }
}

fn max_pool(simd: Simd, input: Input<'_>, window: Window, layout: Layout, out: &mut [f32]) {
    let lanes = layout.lanes;
    out.fill(f32::NEG_INFINITY);
    for (y, row) in out.chunks_exact_mut(layout.row()).enumerate() {
        for input_y in window.rows(y, input.layout.height).0 {
            let across = [window.size[1], window.stride[1], window.before[1]];
            max_row(simd, input.row(input_y), lanes, across, row);
        }
    }
}

fn mean(simd: Simd, first: &[f32], more: &[f32], out: &mut [f32], scratch: &mut Vec<f32>) {
    mean_of_pixels(simd, first, out);
    if !more.is_empty() {
        grow(scratch, out.len());
        let second = &mut scratch[..out.len()];
        mean_of_pixels(simd, more, second);
        for (out, second) in out.iter_mut().zip(second) {
            *out += *second;
        }
    }
}

fn compact(inputs: &[Input<'_>], out: &mut [f32]) {
    let mut rest = out;
    for input in inputs {
        let Layout {
            lanes, channels, ..
        } = input.layout;
        for pixel in input.values.chunks_exact(lanes) {
            let (cell, tail) = rest.split_at_mut(channels.min(rest.len()));
            cell.copy_from_slice(&pixel[..cell.len()]);
            rest = tail;
        }
    }
}

/// Bilinear enlargement or reduction, rows first blended vertically, then horizontally.
fn resize(
    simd: Simd,
    input: Input<'_>,
    half_pixel: bool,
    layout: Layout,
    out: &mut [f32],
    scratch: &mut Vec<f32>,
) {
    let place = |i: usize, from: usize, to: usize| {
        let scale = from as f32 / to as f32;
        let at = if half_pixel {
            (i as f32 + 0.5) * scale - 0.5
        } else {
            i as f32 * scale
        };
        let at = at.clamp(0.0, (from - 1) as f32);
        let low = at as usize;
        (low, (low + 1).min(from - 1), at - low as f32)
    };
    let lanes = layout.lanes;
    grow(scratch, input.layout.row());
    let blended = &mut scratch[..input.layout.row()];
    let columns: Vec<_> = (0..layout.width)
        .map(|x| place(x, input.layout.width, layout.width))
        .collect();
    for (y, row) in out.chunks_exact_mut(layout.row()).enumerate() {
        let (upper, lower, part) = place(y, input.layout.height, layout.height);
        mix_rows(simd, input.row(upper), input.row(lower), part, blended);
        mix_columns(simd, blended, lanes, &columns, row);
    }
}
