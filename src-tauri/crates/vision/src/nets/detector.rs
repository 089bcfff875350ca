//! Finding faces: BlazeFace short range, 128×128.
//!
//! Pre- and post-processing follow MediaPipe's `face_detection_short_range` graph: the whole picture is fitted
//! into the square with black bars, 896 anchors (16×16 cells with two, 8×8 cells with six) give boxes and six keypoints,
//! and overlapping boxes are merged by score-weighted averaging.

use super::kernels::Simd;
use super::plan::{Memory, Plan};
use super::sample::{Affine, Range, Rim, sample};
use super::{Error, RgbView};

/// Side of the network's input.
const SIDE: usize = 128;
const ANCHORS: usize = 896;
/// Box (centre, size) and six keypoints.
const NUMBERS: usize = 16;
/// Boxes scored lower are dropped, as in MediaPipe's graph.
const MIN_SCORE: f32 = 0.5;
/// Boxes that overlap by more than this (intersection over union) are the same face.
const SAME_FACE_OVERLAP: f32 = 0.3;

/// One face found in the picture. All coordinates in picture pixels; they may lie outside the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detection {
    /// Left edge of the face box, which reaches from the brows to the chin.
    pub left_px: f32,
    /// Top edge of the face box.
    pub top_px: f32,
    /// Width of the face box.
    pub width_px: f32,
    /// Height of the face box.
    pub height_px: f32,
    /// `[x, y]` of: eye at picture left, eye at picture right, nose tip, mouth centre, ear tragion at picture
    /// left, ear tragion at picture right (left and right as in an upright face that is not mirrored).
    pub keypoints_px: [[f32; 2]; 6],
    /// Confidence, 0.5 to 1.
    pub score: f32,
}

/// The detector network and where its results are.
#[derive(Debug)]
pub(super) struct Detector {
    plan: Plan,
    boxes: usize,
    scores: usize,
}

/// A square of the picture: left, top, side.
type Square = [f32; 3];

impl Detector {
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let plan = Plan::read(bytes)?;
        plan.expect_input(SIDE)?;
        let boxes = plan.output("regressors", ANCHORS * NUMBERS)?;
        let scores = plan.output("classificators", ANCHORS)?;
        Ok(Self {
            plan,
            boxes,
            scores,
        })
    }

    pub fn memory(&self) -> Memory {
        self.plan.memory()
    }

    /// Faces in the whole picture, best first.
    pub fn detect(&self, simd: Simd, memory: &mut Memory, picture: &RgbView<'_>) -> Vec<Detection> {
        let (width, height) = (picture.width_px() as f32, picture.height_px() as f32);
        let side = width.max(height);
        let square = [(width - side) / 2.0, (height - side) / 2.0, side];
        merge(self.look(simd, memory, picture, square))
    }

    /// All candidates above [`MIN_SCORE`] in one square.
    fn look(
        &self,
        simd: Simd,
        memory: &mut Memory,
        picture: &RgbView<'_>,
        square: Square,
    ) -> Vec<Detection> {
        let [left, top, side] = square.map(f64::from);
        let step = side / SIDE as f64;
        let map: Affine = [[step, 0.0, left], [0.0, step, top]];
        sample(
            simd,
            picture,
            &map,
            Rim::Black,
            Range::MINUS_ONE_TO_ONE,
            SIDE,
            self.plan.input(memory),
        );
        self.plan.run(simd, memory);
        let mut logits = [0.0; ANCHORS];
        self.plan.copy_output(memory, self.scores, &mut logits);
        if !logits.iter().any(|logit| score(*logit) >= MIN_SCORE) {
            return Vec::new();
        }
        let mut numbers = vec![0.0; ANCHORS * NUMBERS];
        self.plan.copy_output(memory, self.boxes, &mut numbers);
        let candidates = numbers
            .as_chunks::<NUMBERS>()
            .0
            .iter()
            .zip(logits)
            .enumerate();
        candidates
            .filter(|(_, (_, logit))| score(*logit) >= MIN_SCORE)
            .map(|(i, (numbers, logit))| decode(numbers, anchor(i), score(logit), square))
            .collect()
    }
}

fn score(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit.clamp(-100.0, 100.0)).exp())
}

/// Centre of anchor `i` as a share of the square: two per cell of a 16×16 grid, then six per cell of an 8×8 grid.
fn anchor(i: usize) -> [f32; 2] {
    let (cell, cells) = if i < 512 {
        (i / 2, 16)
    } else {
        ((i - 512) / 6, 8)
    };
    [(cell % cells) as f32 + 0.5, (cell / cells) as f32 + 0.5].map(|v| v / cells as f32)
}

fn decode(
    numbers: &[f32; NUMBERS],
    anchor: [f32; 2],
    score: f32,
    [left, top, side]: Square,
) -> Detection {
    let scale = side / SIDE as f32;
    let place = |i: usize| {
        [
            left + anchor[0] * side + numbers[i] * scale,
            top + anchor[1] * side + numbers[i + 1] * scale,
        ]
    };
    let [x, y] = place(0);
    let [width_px, height_px] = [numbers[2] * scale, numbers[3] * scale];
    Detection {
        left_px: x - width_px / 2.0,
        top_px: y - height_px / 2.0,
        width_px,
        height_px,
        keypoints_px: std::array::from_fn(|i| place(4 + 2 * i)),
        score,
    }
}

/// Weighted non-maximum suppression: each best box takes the average, weighted by score, of all boxes over it.
fn merge(mut found: Vec<Detection>) -> Vec<Detection> {
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut faces = Vec::new();
    while !found.is_empty() {
        let best = found.remove(0);
        let (mut same, other): (Vec<_>, Vec<_>) = found
            .iter()
            .partition(|face| overlap(face, &best) > SAME_FACE_OVERLAP);
        same.push(best);
        faces.push(average(&same, best.score));
        found = other;
    }
    faces
}

fn overlap(a: &Detection, b: &Detection) -> f32 {
    let side = |a0: f32, a_len: f32, b0: f32, b_len: f32| {
        ((a0 + a_len).min(b0 + b_len) - a0.max(b0)).max(0.0)
    };
    let both = side(a.left_px, a.width_px, b.left_px, b.width_px)
        * side(a.top_px, a.height_px, b.top_px, b.height_px);
    let union = a.width_px * a.height_px + b.width_px * b.height_px - both;
    if union > 0.0 { both / union } else { 0.0 }
}

fn average(faces: &[Detection], score: f32) -> Detection {
    let total: f32 = faces.iter().map(|face| face.score).sum();
    let mean = |part: &dyn Fn(&Detection) -> f32| {
        faces
            .iter()
            .map(|face| part(face) * face.score)
            .sum::<f32>()
            / total
    };
    Detection {
        left_px: mean(&|face| face.left_px),
        top_px: mean(&|face| face.top_px),
        width_px: mean(&|face| face.width_px),
        height_px: mean(&|face| face.height_px),
        keypoints_px: std::array::from_fn(|i| {
            [0, 1].map(|axis| mean(&|face| face.keypoints_px[i][axis]))
        }),
        score,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face(left_px: f32, score: f32) -> Detection {
        Detection {
            left_px,
            top_px: 0.0,
            width_px: 10.0,
            height_px: 10.0,
            keypoints_px: [[left_px; 2]; 6],
            score,
        }
    }

    #[test]
    fn overlapping_boxes_become_their_weighted_mean() {
        let faces = merge(vec![face(2.0, 0.6), face(40.0, 0.7), face(0.0, 0.9)]);
        assert_eq!(faces.len(), 2);
        assert!(
            (faces[0].left_px - 0.8).abs() < 1e-5 && (faces[0].score - 0.9).abs() < 1e-6,
            "{faces:?}"
        );
        assert!((faces[1].left_px - 40.0).abs() < 1e-5);
    }

    #[test]
    fn senseless_boxes_end() {
        let mut flat = face(0.0, 0.8);
        flat.width_px = 0.0;
        let mut nan = face(f32::NAN, 0.7);
        nan.height_px = f32::NAN;
        assert!(merge(vec![flat, nan, nan, flat]).len() <= 4);
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "anchors are sums of powers of two: exact")]
    fn anchors_stand_in_the_middle_of_their_cells() {
        assert_eq!(anchor(0), [1.0 / 32.0, 1.0 / 32.0]);
        assert_eq!(anchor(511), [31.0 / 32.0, 31.0 / 32.0]);
        assert_eq!(anchor(512), [1.0 / 16.0, 1.0 / 16.0]);
        assert_eq!(anchor(895), [15.0 / 16.0, 15.0 / 16.0]);
    }
}
