//! # Checks
//! That the head is neither raised nor lowered.
//!
//! # Source clause
//! 99号 二2: 平视. The limits are the station's own (研招网: 10°).
//!
//! # How it is measured
//! Pitch of the pose fitted to the mesh, degrees, positive chin up.
//!
//! # Cannot tell when
//! The picture cannot be decoded, no face was found in it, or the head seems well held but the mesh does
//! not fit a head well enough to say so (`max_residual_ratio`).
//!
//! # Known false alarms
//! The fitted pitch of a level head differs by a few degrees from person to person.

use zhaoshen_model::{Finding, Unit};

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
    code: "POSE-03",
    id: "head-nodding",
    family: Family::Pose,
    applies: Applies::Always,
    also: &["max_residual_ratio"],
    measure,
    #[cfg(test)]
    source: include_str!("head_nodding.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let face = subject.face()?;
    let reading = Reading::new(quantity::PITCH, face.pitch_deg, Unit::Deg, draft.band());
    fitted(face, &reading, draft)
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "俯仰 0°"),
    Case::new("up", |f| f.face().pitch_deg = 40.0, Severity::Fail, "40°"),
    Case::new(
        "down",
        |f| f.face().pitch_deg = -40.0,
        Severity::Fail,
        "-40°",
    ),
    Case::new(
        "seems straight, but the mesh fits no head",
        |f| f.face().pose_residual_ratio = 0.5,
        Severity::Unknown,
        "姿态没有测准",
    ),
    Case::new(
        "a profile that the mesh fits badly",
        |f| {
            f.face().pose_residual_ratio = 0.5;
            f.face().pitch_deg = 50.0;
        },
        Severity::Fail,
        "50°",
    ),
    Case::new(
        "no number",
        |f| f.face().pitch_deg = f64::NAN,
        Severity::Unknown,
        "无效",
    ),
    Case::new(
        "no face",
        |f| f.lose_face(),
        Severity::Unknown,
        "没有找到人脸",
    ),
];
