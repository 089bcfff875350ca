//! MediaPipe's three landmark operators, which let the mesh network look twice at lips and eyes.
//!
//! The first turns landmarks into the affine map of a turned box around some of them, the second samples
//! a feature map through such an affine map, the third carries landmarks found there back. Definitions follow the
//! reference CPU operators of MediaPipe (`mediapipe/util/tflite/operations`, version 2 of each).

use super::Error;
use super::flexbuffer::Options;

/// Options of `Landmarks2TransformMatrix`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MatrixOptions {
    /// Landmarks the box must hold.
    pub subset: Vec<usize>,
    /// The two landmarks whose connecting line gives the box's turn.
    pub axis: [usize; 2],
    pub target_rotation_rad: f32,
    /// Width and height of the feature map to be sampled.
    pub output: [f32; 2],
    /// Widening of the box.
    pub scale: [f32; 2],
}

impl MatrixOptions {
    pub fn read(options: Options<'_>) -> Result<Self, Error> {
        let index =
            |value: i64, name| usize::try_from(value).map_err(|_| Error::MissingOption { name });
        let subset: Vec<usize> = options
            .ints("subset_idxs")?
            .into_iter()
            .map(|value| index(value, "subset_idxs"))
            .collect::<Result<_, _>>()?;
        if subset.is_empty() {
            return Err(Error::MissingOption {
                name: "subset_idxs",
            });
        }
        let output = [options.int("output_width")?, options.int("output_height")?];
        if output.iter().any(|side| !(1..=1024).contains(side)) {
            return Err(Error::MissingOption {
                name: "output_width",
            });
        }
        Ok(Self {
            subset,
            axis: [
                index(options.int("left_rotation_idx")?, "left_rotation_idx")?,
                index(options.int("right_rotation_idx")?, "right_rotation_idx")?,
            ],
            target_rotation_rad: options.float("target_rotation_radians")?,
            output: output.map(|side| side as f32),
            scale: [options.float("scale_x")?, options.float("scale_y")?],
        })
    }

    /// The largest landmark number asked for.
    pub fn highest(&self) -> usize {
        self.subset
            .iter()
            .chain(&self.axis)
            .copied()
            .max()
            .unwrap_or(0)
    }
}

/// Writes the 4×4 row-major map from output cells to feature-map coordinates. `landmarks` holds x, y, z triples.
pub(crate) fn landmarks_to_matrix(options: &MatrixOptions, landmarks: &[f32], matrix: &mut [f32]) {
    let at = |i: usize| [landmarks[3 * i], landmarks[3 * i + 1]];
    let ([left_x, left_y], [right_x, right_y]) = (at(options.axis[0]), at(options.axis[1]));
    let turn = options.target_rotation_rad - (right_y - left_y).atan2(right_x - left_x);
    let (sin, cos) = turn.sin_cos();
    let (mut low, mut high) = ([f32::INFINITY; 2], [f32::NEG_INFINITY; 2]);
    for &i in &options.subset {
        let [x, y] = at(i);
        for (axis, v) in [x * cos - y * sin, x * sin + y * cos]
            .into_iter()
            .enumerate()
        {
            low[axis] = low[axis].min(v);
            high[axis] = high[axis].max(v);
        }
    }
    let middle = [(low[0] + high[0]) / 2.0, (low[1] + high[1]) / 2.0];
    let center = [
        middle[0] * cos + middle[1] * sin,
        middle[1] * cos - middle[0] * sin,
    ];
    let step =
        [0, 1].map(|axis| options.scale[axis] * (high[axis] - low[axis]) / options.output[axis]);
    let (half_width, half_height) = (options.output[0] / 2.0, options.output[1] / 2.0);
    let x_row = [cos * step[0], sin * step[1]];
    let y_row = [-sin * step[0], cos * step[1]];
    matrix.fill(0.0);
    matrix[..2].copy_from_slice(&x_row);
    matrix[3] = center[0] - x_row[0] * half_width - x_row[1] * half_height;
    matrix[4..6].copy_from_slice(&y_row);
    matrix[7] = center[1] - y_row[0] * half_width - y_row[1] * half_height;
    (matrix[10], matrix[15]) = (1.0, 1.0);
}

/// Samples `source` (height, width and lanes given) bilinearly at the mapped centre of every cell of `target`;
/// cells that fall outside become zero.
pub(crate) fn transform_tensor(
    source: &[f32],
    [height, width, lanes]: [usize; 3],
    matrix: &[f32],
    target: &mut [f32],
    target_width: usize,
) {
    let row = |m: &[f32]| [m[0], m[1], m[3] + (m[0] + m[1]) * 0.5 - 0.5];
    let (to_x, to_y) = (row(&matrix[..4]), row(&matrix[4..8]));
    for (i, cell) in target.chunks_exact_mut(lanes).enumerate() {
        let (column, line) = ((i % target_width) as f32, (i / target_width) as f32);
        let x = to_x[0] * column + to_x[1] * line + to_x[2];
        let y = to_y[0] * column + to_y[1] * line + to_y[2];
        // Written so that a NaN falls outside as well.
        if !(x >= 0.0 && y >= 0.0 && x <= (width - 1) as f32 && y <= (height - 1) as f32) {
            cell.fill(0.0);
            continue;
        }
        let (left, upper) = (x as usize, y as usize);
        let (right, lower) = ((left + 1).min(width - 1), (upper + 1).min(height - 1));
        let (fx, fy) = (x - left as f32, y - upper as f32);
        let pixel =
            |line: usize, column: usize| &source[(line * width + column) * lanes..][..lanes];
        let corners = [
            pixel(upper, left),
            pixel(upper, right),
            pixel(lower, left),
            pixel(lower, right),
        ];
        for (lane, value) in cell.iter_mut().enumerate() {
            let [a, b, c, d] = corners.map(|corner| corner[lane]);
            let (above, below) = (a + (b - a) * fx, c + (d - c) * fx);
            *value = above + (below - above) * fy;
        }
    }
}

/// Carries x, y pairs through the first two rows of `matrix`.
pub(crate) fn transform_landmarks(landmarks: &[f32], matrix: &[f32], out: &mut [f32]) {
    for (from, to) in landmarks.chunks_exact(2).zip(out.chunks_exact_mut(2)) {
        to[0] = matrix[0] * from[0] + matrix[1] * from[1] + matrix[3];
        to[1] = matrix[4] * from[0] + matrix[5] * from[1] + matrix[7];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_box_of_an_upright_square_is_that_square() {
        let landmarks = [2.0, 2.0, 0.0, 6.0, 2.0, 0.0, 6.0, 6.0, 0.0, 2.0, 6.0, 0.0];
        let options = MatrixOptions {
            subset: vec![0, 1, 2, 3],
            axis: [0, 1],
            target_rotation_rad: 0.0,
            output: [4.0, 4.0],
            scale: [1.0, 1.0],
        };
        let mut matrix = [0.0; 16];
        landmarks_to_matrix(&options, &landmarks, &mut matrix);
        let mut carried = [0.0; 4];
        transform_landmarks(&[0.0, 0.0, 4.0, 4.0], &matrix, &mut carried);
        for (got, want) in carried.into_iter().zip([2.0, 2.0, 6.0, 6.0]) {
            assert!((got - want).abs() < 1e-5, "{carried:?}");
        }
        // Output cell (0, 0) has its centre at (2.5, 2.5), which lies on source cell (2, 2).
        let source: Vec<f32> = (0..64).map(|i| i as f32).collect();
        let mut target = [0.0; 16];
        transform_tensor(&source, [8, 8, 1], &matrix, &mut target, 4);
        assert!(
            (target[0] - 18.0).abs() < 1e-4 && (target[15] - 45.0).abs() < 1e-4,
            "{target:?}"
        );
    }

    #[test]
    fn cells_outside_and_nan_maps_give_zero() {
        let mut target = [9.0; 4];
        let mut matrix = [0.0; 16];
        (matrix[0], matrix[5], matrix[3]) = (1.0, 1.0, -10.0);
        transform_tensor(&[1.0; 16], [4, 4, 1], &matrix, &mut target, 2);
        assert!(target.iter().all(|v| *v == 0.0));
        transform_tensor(&[1.0; 16], [4, 4, 1], &[f32::NAN; 16], &mut target, 2);
        assert!(target.iter().all(|v| *v == 0.0));
    }
}
