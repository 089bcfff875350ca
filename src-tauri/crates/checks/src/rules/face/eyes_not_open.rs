//! # Checks
//! That both eyes are open and look at the camera.
//!
//! # Source clause
//! 99号 二2: 双眼自然睁开并平视.
//!
//! # How it is measured
//! Eye aspect ratio (height of the opening / its width) of the eye that is more closed. Further:
//! the lid gap by the distance from eyes to chin (`min_gap_ratio`), and the mean iris position
//! between the corners, whose distance from the middle (0.5) beyond `max_gaze_offset` is a hint.
//!
//! # Cannot tell when
//! the picture cannot be decoded, or no face was found in it.
//!
//! # Known false alarms
//! Eyes that are narrow by nature, or narrowed by a smile; heavy frames across the lids.

use zhaoshen_model::{Finding, Mark, Unit};

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
    code: "FACE-02",
    id: "eyes-not-open",
    family: Family::Face,
    applies: Applies::Always,
    also: &["min_gap_ratio", "max_gaze_offset"],
    measure,
    #[cfg(test)]
    source: include_str!("eyes_not_open.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let face = subject.face()?;
    let opening = lesser(face.eye_aspect_ratios);
    let gap = draft.limits(draft.also("min_gap_ratio"), None);
    let gaze = (face.gaze_ratios[0] + face.gaze_ratios[1]) / 2.0 - 0.5;
    let ahead = draft.limits(None, draft.also("max_gaze_offset")).as_hint();
    let readings = [
        Reading::new(quantity::EYE_OPENING, opening, Unit::Ratio, draft.band()),
        Reading::new(
            quantity::EYE_GAP,
            lesser(face.eye_gap_ratios),
            Unit::Ratio,
            gap,
        ),
        Reading::new(quantity::GAZE, gaze.abs(), Unit::Ratio, ahead),
    ];
    let eyes = face.regions.eyes;
    Ok(draft.mark(|| Mark::Rect { rect: eyes }).worst(&readings))
}

/// The lesser of both eyes; no number when either is none.
fn lesser([left, right]: [f64; 2]) -> f64 {
    if left.is_nan() || right.is_nan() {
        f64::NAN
    } else {
        left.min(right)
    }
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "睁眼程度"),
    Case::new(
        "one closed",
        |f| f.face().eye_aspect_ratios[1] = 0.05,
        Severity::Fail,
        "5%",
    ),
    Case::new(
        "both closed",
        |f| f.face().eye_aspect_ratios = [0.04, 0.05],
        Severity::Fail,
        "4%",
    ),
    Case::new(
        "looking aside",
        |f| f.face().gaze_ratios = [0.9, 0.9],
        Severity::Warn,
        "视线偏离",
    ),
    Case::new(
        "no number",
        |f| f.face().eye_aspect_ratios[1] = f64::NAN,
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
