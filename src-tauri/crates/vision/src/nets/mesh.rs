//! 478 landmarks of one face: the attention mesh, 192×192.
//!
//! Region, refinement and scale follow MediaPipe's face-landmark graph: a square 1.5 times the face box, turned
//! so that the eyes are level; lips and eyes replace the points of the plain mesh, irises are added.

use super::kernels::Simd;
use super::plan::{Memory, Plan};
use super::sample::{Affine, Range, Rim, sample};
use super::{Detection, Error, RgbView};

/// Landmarks of a face.
pub const LANDMARKS: usize = 478;
/// Side of the network's input.
const SIDE: usize = 192;
/// Landmarks before the irises.
const SURFACE: usize = 468;
/// The region's side against the longer side of the face box.
const MARGIN: f32 = 1.5;
/// Outer corners of the eyes at picture left and right, which give the region its turn.
const OUTER_EYE_CORNERS: [usize; 2] = [33, 263];

/// The turned square of the picture that the mesh network looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Roi {
    /// Centre, x.
    pub center_x_px: f32,
    /// Centre, y.
    pub center_y_px: f32,
    /// Side length.
    pub side_px: f32,
    /// Turn in radians, −π to π, clockwise as seen.
    pub rotation_rad: f32,
}

impl Roi {
    /// The square around a detected face, turned along its eyes.
    #[must_use]
    pub fn of_detection(face: &Detection) -> Self {
        let [left_eye, right_eye, ..] = face.keypoints_px;
        Self {
            center_x_px: face.left_px + face.width_px / 2.0,
            center_y_px: face.top_px + face.height_px / 2.0,
            side_px: face.width_px.max(face.height_px) * MARGIN,
            rotation_rad: turn(left_eye, right_eye),
        }
    }

    /// The square around landmarks found before, turned along the outer eye corners.
    #[must_use]
    pub fn of_landmarks(landmarks: &[[f32; 3]; LANDMARKS]) -> Self {
        let (mut low, mut high) = ([f32::INFINITY; 2], [f32::NEG_INFINITY; 2]);
        for point in landmarks {
            for axis in 0..2 {
                low[axis] = low[axis].min(point[axis]);
                high[axis] = high[axis].max(point[axis]);
            }
        }
        let [left, right] = OUTER_EYE_CORNERS.map(|i| [landmarks[i][0], landmarks[i][1]]);
        Self {
            center_x_px: f32::midpoint(low[0], high[0]),
            center_y_px: f32::midpoint(low[1], high[1]),
            side_px: (high[0] - low[0]).max(high[1] - low[1]) * MARGIN,
            rotation_rad: turn(left, right),
        }
    }

    /// From cells of the network's input to picture pixels.
    fn map(&self) -> Affine {
        let (sin, cos) = f64::from(self.rotation_rad).sin_cos();
        let side = f64::from(self.side_px);
        let (step, half) = (side / SIDE as f64, side / 2.0);
        [
            [
                cos * step,
                -sin * step,
                f64::from(self.center_x_px) + (sin - cos) * half,
            ],
            [
                sin * step,
                cos * step,
                f64::from(self.center_y_px) - (sin + cos) * half,
            ],
        ]
    }
}

fn turn(left: [f32; 2], right: [f32; 2]) -> f32 {
    (right[1] - left[1]).atan2(right[0] - left[0])
}

/// The landmarks of one face.
#[derive(Debug, Clone, PartialEq)]
pub struct Mesh {
    /// `[x, y, z]` in picture pixels (z: depth on the same scale, smaller is nearer the camera, 0 near the head's
    /// middle). 0–467 are the canonical face mesh, 468–472 the iris at picture left, 473–477 the iris at
    /// picture right; the first of each five is the centre.
    pub landmarks: [[f32; 3]; LANDMARKS],
    /// Probability that the region holds a face, 0 to 1.
    pub face_probability: f32,
    /// The region looked at.
    pub roi: Roi,
}

/// Results of the network, in the order of [`PARTS`].
#[derive(Debug)]
pub(super) struct MeshNet {
    plan: Plan,
    surface: usize,
    parts: [usize; 5],
    flag: usize,
}

/// Refined parts: output name and the landmarks its points stand for.
const PARTS: [(&str, &[usize]); 5] = [
    ("output_lips", &LIPS),
    ("output_left_eye", &LEFT_EYE),
    ("output_right_eye", &RIGHT_EYE),
    ("output_left_iris", &[468, 469, 470, 471, 472]),
    ("output_right_iris", &[473, 474, 475, 476, 477]),
];

impl MeshNet {
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let plan = Plan::read(bytes)?;
        plan.expect_input(SIDE)?;
        let surface = plan.output("output_mesh_identity", SURFACE * 3)?;
        let mut parts = [0; 5];
        for (part, (name, points)) in parts.iter_mut().zip(PARTS) {
            *part = plan.output(name, points.len() * 2)?;
        }
        let flag = plan.output("conv_faceflag", 1)?;
        Ok(Self {
            plan,
            surface,
            parts,
            flag,
        })
    }

    pub fn memory(&self) -> Memory {
        self.plan.memory()
    }

    pub fn look(&self, simd: Simd, memory: &mut Memory, picture: &RgbView<'_>, roi: Roi) -> Mesh {
        let map = roi.map();
        sample(
            simd,
            picture,
            &map,
            Rim::Nearest,
            Range::ZERO_TO_ONE,
            SIDE,
            self.plan.input(memory),
        );
        self.plan.run(simd, memory);
        let mut cells = self.cells(memory);
        let scale = roi.side_px / SIDE as f32;
        for point in &mut cells {
            let [u, v, z] = *point;
            let [x, y] = map.map(|row| row[0] * f64::from(u) + row[1] * f64::from(v) + row[2]);
            *point = [x as f32, y as f32, z * scale];
        }
        let mut flag = [0.0];
        self.plan.copy_output(memory, self.flag, &mut flag);
        Mesh {
            landmarks: cells,
            face_probability: 1.0 / (1.0 + (-flag[0]).exp()),
            roi,
        }
    }

    /// All landmarks in cells of the network's input.
    fn cells(&self, memory: &Memory) -> [[f32; 3]; LANDMARKS] {
        let mut cells = [[0.0; 3]; LANDMARKS];
        self.plan
            .copy_output(memory, self.surface, cells[..SURFACE].as_flattened_mut());
        for (part, (_, points)) in self.parts.iter().zip(PARTS) {
            let mut found = [0.0; 2 * LIPS.len()];
            self.plan
                .copy_output(memory, *part, &mut found[..2 * points.len()]);
            for (&i, [x, y]) in points.iter().zip(found.as_chunks().0) {
                (cells[i][0], cells[i][1]) = (*x, *y);
            }
        }
        // The irises have no depth of their own: they take the mean of the sixteen points of their eye's outline.
        for (iris, eye) in [(468, &LEFT_EYE), (473, &RIGHT_EYE)] {
            let depth = eye[..16].iter().map(|&i| cells[i][2]).sum::<f32>() / 16.0;
            for cell in &mut cells[iris..iris + 5] {
                cell[2] = depth;
            }
        }
        cells
    }
}

/// Mesh numbers of the lip points in the order the network gives them: four rings from the outer to the inner edge
/// (outer, inner, second, third), each the lower lip from corner to corner, then the upper lip between the corners.
const LIPS: [usize; 80] = [
    61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0, 267, 269, 270,
    409, //
    78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 191, 80, 81, 82, 13, 312, 311, 310,
    415, //
    76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306, 184, 74, 73, 72, 11, 302, 303, 304,
    408, //
    62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292, 183, 42, 41, 38, 12, 268, 271, 272, 407,
];

/// The same for the eye at picture left: its outline, three rings around it, and the brow.
const LEFT_EYE: [usize; 71] = [
    33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173, //
    130, 25, 110, 24, 23, 22, 26, 112, 243, 247, 30, 29, 27, 28, 56, 190, //
    226, 31, 228, 229, 230, 231, 232, 233, 244, 113, 225, 224, 223, 222, 221, 189, //
    35, 124, 46, 53, 52, 65, 143, 111, 117, 118, 119, 120, 121, 128, 245, //
    156, 70, 63, 105, 66, 107, 55, 193,
];

/// The same for the eye at picture right.
const RIGHT_EYE: [usize; 71] = [
    263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398, //
    359, 255, 339, 254, 253, 252, 256, 341, 463, 467, 260, 259, 257, 258, 286, 414, //
    446, 261, 448, 449, 450, 451, 452, 453, 464, 342, 445, 444, 443, 442, 441, 413, //
    265, 353, 276, 283, 282, 295, 372, 340, 346, 347, 348, 349, 350, 357, 465, //
    383, 300, 293, 334, 296, 336, 285, 417,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refined_points_are_distinct_and_within_the_mesh() {
        let mut seen = [false; LANDMARKS];
        for i in PARTS.iter().flat_map(|(_, points)| *points) {
            assert!(!seen[*i], "landmark {i} twice");
            seen[*i] = true;
        }
    }

    #[test]
    fn the_region_turns_clockwise_with_the_eyes() {
        let face = Detection {
            left_px: 100.0,
            top_px: 50.0,
            width_px: 40.0,
            height_px: 60.0,
            keypoints_px: [
                [110.0, 70.0],
                [130.0, 90.0],
                [0.0; 2],
                [0.0; 2],
                [0.0; 2],
                [0.0; 2],
            ],
            score: 1.0,
        };
        let roi = Roi::of_detection(&face);
        assert!(
            (roi.rotation_rad.to_degrees() - 45.0).abs() < 1e-3
                && (roi.side_px - 90.0).abs() < 1e-3
        );
        let map = roi.map();
        let at = |u: f64, v: f64| map.map(|row| row[0] * u + row[1] * v + row[2]);
        let ([x, y], [right_x, right_y]) = (at(96.0, 96.0), at(192.0, 96.0));
        assert!(
            (x - 120.0).abs() < 1e-3 && (y - 80.0).abs() < 1e-3,
            "centre stays: {x} {y}"
        );
        assert!(
            right_x > x && right_y > y,
            "the region's right side points down and right"
        );
    }
}
