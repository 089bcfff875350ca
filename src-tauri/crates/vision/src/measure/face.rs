//! The subject's face: positions and ratios from the mesh, nothing from colours but the teeth.

use zhaoshen_model::measurement::{FaceFacts, FaceRegions};
use zhaoshen_model::{PixelRect, Point};

use super::landmarks::{
    ASPECT_LIDS, BROWS, CHEEKS, CHIN, EYE_CORNERS, EYE_OUTLINES, FOREHEAD, INNER_LIPS, IRISES,
    LIDS, Landmarks, OUTER_LIP_OUTLINE,
};
use super::mouth::Mouth;
use super::{Look, eye};
use crate::nets::HeadPose;

/// How far the mesh's iris centres lie below the line of the pupils, in distances between the eyes. On 70 faces
/// they lie 1.67 % below hand-placed pupils, with 0.44 % from face to face; on 62 drawn ones, whose pupils are known,
/// 0.25 %. The mean of both errors is taken off, so that neither is favoured.
const IRIS_BELOW_PUPIL: f64 = 0.01;

/// Everything about the face, in px of the picture as displayed. `crown_y` is in working px.
pub(super) fn measure(
    look: &Look<'_>,
    pose: &HeadPose,
    crown_y: Option<f64>,
    mouth: Option<&Mouth>,
) -> FaceFacts {
    let marks = look.landmarks();
    let shown = |point: Point| look.scale.point(point);
    let [left_iris, right_iris] = IRISES.map(|index| shown(marks.at(index)));
    let [cheek_left, cheek_right] = CHEEKS.map(|index| shown(marks.at(index)));
    let to_chin = marks.eye_to_chin();
    FaceFacts {
        probability: f64::from(look.mesh.face_probability),
        left_iris,
        right_iris,
        eye_line_y_px: f64::midpoint(left_iris.y, right_iris.y)
            - IRIS_BELOW_PUPIL * left_iris.distance(right_iris),
        inter_eye_distance_px: left_iris.distance(right_iris),
        chin: shown(marks.at(CHIN)),
        crown_y_px: crown_y.map(|y| y * look.scale.y),
        forehead: shown(marks.at(FOREHEAD)),
        cheek_left,
        cheek_right,
        face_width_px: cheek_left.distance(cheek_right),
        face_centre_x_px: f64::midpoint(cheek_left.x, cheek_right.x),
        yaw_deg: f64::from(pose.yaw_deg),
        pitch_deg: f64::from(pose.pitch_deg),
        roll_deg: f64::from(pose.roll_deg),
        pose_residual_ratio: f64::from(pose.residual_ratio),
        eye_gap_ratios: LIDS.map(|pairs| largest_gap(marks, &pairs) / to_chin),
        eye_aspect_ratios: [0, 1].map(|eye| aspect(marks, eye) * eye::eyeball_factor(look, eye)),
        gaze_ratios: [0, 1].map(|eye| gaze(marks, eye)),
        mouth_gap_ratio: largest_gap(marks, &INNER_LIPS) / to_chin,
        teeth_share: mouth.map(|mouth| mouth.teeth_share),
        teeth_ratio: mouth.map(|mouth| mouth.teeth_ratio),
        regions: regions(look),
    }
}

fn largest_gap(marks: Landmarks<'_>, pairs: &[(usize, usize)]) -> f64 {
    pairs
        .iter()
        .map(|&pair| marks.gap(pair))
        .fold(0.0, f64::max)
}

/// Eye aspect ratio: mean height of the opening over its width (Soukupová & Čech 2016).
fn aspect(marks: Landmarks<'_>, eye: usize) -> f64 {
    let [first, second] = ASPECT_LIDS[eye];
    let [left, right] = EYE_CORNERS[eye];
    f64::midpoint(marks.gap(first), marks.gap(second)) / marks.gap((left, right)).max(1e-6)
}

/// Where the iris stands between the eye's corners, 0 at the left one and 1 at the right one.
fn gaze(marks: Landmarks<'_>, eye: usize) -> f64 {
    let [left, right] = EYE_CORNERS[eye].map(|index| marks.at(index));
    let iris = marks.at(IRISES[eye]);
    let along = Point::new(right.x - left.x, right.y - left.y);
    let length = (along.x * along.x + along.y * along.y).max(1e-9);
    ((iris.x - left.x) * along.x + (iris.y - left.y) * along.y) / length
}

fn regions(look: &Look<'_>) -> FaceRegions {
    let marks = look.landmarks();
    let width = marks.face_width();
    let around = |points: &[usize], margin: f64| {
        let rect = PixelRect::around(&marks.all(points)).unwrap_or_default();
        look.scale.rect(PixelRect::new(
            rect.x - margin,
            rect.y - margin,
            rect.width + 2.0 * margin,
            rect.height + 2.0 * margin,
        ))
    };
    let eyes: Vec<usize> = BROWS
        .iter()
        .chain(&EYE_OUTLINES[0])
        .chain(&EYE_OUTLINES[1])
        .copied()
        .collect();
    let [left, right] = CHEEKS.map(|index| marks.at(index));
    // Ears stand between the height of the brows and that of the nose's foot, outside the cheeks.
    let top = marks.eye_midpoint().y - 0.16 * width;
    let ear = |x: f64| {
        look.scale
            .rect(PixelRect::new(x, top, 0.36 * width, 0.56 * width))
    };
    FaceRegions {
        eyes: around(&eyes, 0.06 * width),
        ear_left: ear(left.x - 0.26 * width),
        ear_right: ear(right.x - 0.10 * width),
        mouth: around(&OUTER_LIP_OUTLINE, 0.10 * width),
    }
}
