//! # Checks
//! That the head is upright: the line between the pupils is level.
//!
//! # Source clause
//! 99号 二2: 坐姿端正. Studios check 瞳孔平行角度; the limit is that of 研招网, 10°.
//!
//! # How it is measured
//! Angle of the line between the iris centres, degrees, positive clockwise as seen.
//!
//! # Cannot tell when
//! The picture cannot be decoded, no face was found in it, or the head seems well held but the mesh does
//! not fit a head well enough to say so (`max_residual_ratio`).
//!
//! # Known false alarms
//! Eyes that are uneven by nature.

use zhaoshen_model::{Finding, Mark, Unit};

use crate::band::Reading;
use crate::draft::Draft;
use crate::registry::{Applies, Family, Rule};
use crate::rules::pose::fitted;
use crate::subject::{Missing, Subject};
use crate::zh::quantity;

#[cfg(test)]
use crate::fixture::Case;
#[cfg(test)]
use zhaoshen_model::Severity;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "POSE-01",
    id: "head-tilted",
    family: Family::Pose,
    applies: Applies::Always,
    also: &["max_residual_ratio"],
    measure,
    #[cfg(test)]
    source: include_str!("head_tilted.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let face = subject.face()?;
    let (from, to) = (face.left_iris, face.right_iris);
    let angle = (to.y - from.y).atan2(to.x - from.x).to_degrees();
    let reading = Reading::new(quantity::ROLL, angle, Unit::Deg, draft.band());
    fitted(face, &reading, draft.mark(|| Mark::Segment { from, to }))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "倾斜 0°"),
    Case::new("on the strip", |f| f.tilt(9.5), Severity::Warn, "9.5°"),
    Case::new(
        "inside the strip",
        |f| f.tilt(-8.5),
        Severity::Pass,
        "-8.5°",
    ),
    Case::new("clockwise", |f| f.tilt(15.0), Severity::Fail, "15°"),
    Case::new("anticlockwise", |f| f.tilt(-15.0), Severity::Fail, "-15°"),
    Case::new(
        "bad fit",
        |f| f.face().pose_residual_ratio = 9.0,
        Severity::Unknown,
        "姿态没有测准",
    ),
    Case::new(
        "no face",
        |f| f.lose_face(),
        Severity::Unknown,
        "没有找到人脸",
    ),
];
