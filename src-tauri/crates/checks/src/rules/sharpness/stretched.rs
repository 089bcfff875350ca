//! # Checks
//! That the picture was not pressed into another shape: width and height scaled alike.
//!
//! # Source clause
//! 99号 一3: 无明显畸变. The limits are the station's own.
//!
//! # How it is measured
//! Width of the face at the cheekbones / distance from the middle of the eyes to the chin, both along the head, so
//! that a tilted head reads like an upright one. People differ by a tenth to either side; a picture of 1:1 or 4:3
//! forced into 3:4 is off by a third and more.
//!
//! # Cannot tell when
//! The picture cannot be decoded, no face was found in it, or the head is turned or nodded so far that the face looks
//! narrower or shorter than it is (`max_turn_deg`).
//!
//! # Known false alarms
//! Very broad or very long faces; a mouth wide open. Pictures stretched by less than a fifth mostly pass.

use zhaoshen_model::{Finding, Unit};

use crate::band::Reading;
use crate::draft::Draft;
use crate::registry::{Applies, Family, Rule};
use crate::subject::{Missing, Subject};
use crate::zh::quantity;

#[cfg(test)]
use crate::fixture::Case;
#[cfg(test)]
use zhaoshen_model::Severity;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "SHARP-03",
    id: "stretched",
    family: Family::Sharpness,
    applies: Applies::Always,
    also: &["max_turn_deg"],
    measure,
    #[cfg(test)]
    source: include_str!("stretched.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let face = subject.face()?;
    let turn = face.yaw_deg.abs().max(face.pitch_deg.abs());
    if draft.also("max_turn_deg").is_some_and(|most| turn > most) {
        return Err(Missing::Straight);
    }
    let to_chin = face.left_iris.midpoint(face.right_iris).distance(face.chin);
    let ratio = face.face_width_px / to_chin;
    let reading = Reading::new(quantity::FACE_SHAPE, ratio, Unit::Score, draft.band());
    Ok(draft.measured(&reading))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "1.44"),
    Case::new(
        "widened by a third",
        |f| f.face().face_width_px *= 4.0 / 3.0,
        Severity::Warn,
        "应在 1.05–1.47",
    ),
    Case::new(
        "narrowed by a third",
        |f| f.face().face_width_px *= 2.0 / 3.0,
        Severity::Warn,
        "应在 1.05–1.47",
    ),
    Case::new(
        "turned away",
        |f| {
            f.face().yaw_deg = -30.0;
            f.face().face_width_px *= 0.7;
        },
        Severity::Unknown,
        "没有正对镜头",
    ),
    Case::new(
        "eyes on the chin",
        |f| {
            let chin = f.face().left_iris.midpoint(f.face().right_iris);
            f.face().chin = chin;
        },
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
