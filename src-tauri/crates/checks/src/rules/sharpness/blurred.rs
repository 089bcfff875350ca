//! # Checks
//! That face and eyes are in focus.
//!
//! # Source clause
//! 99号 一3: 对焦准确、层次清晰. Studios check 照片清晰度; the limits are the station's own.
//!
//! # How it is measured
//! Variance of the Laplacian of the face scaled to 120 px between the eyes; the same over the eyes
//! alone (`min_eye_sharpness`).
//!
//! # Cannot tell when
//! The picture cannot be decoded, or no face was found in it.
//!
//! # Known false alarms
//! Very smooth skin, which is a sign of retouching too; small pictures, which are soft when scaled
//! up.

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
    code: "SHARP-01",
    id: "blurred",
    family: Family::Sharpness,
    applies: Applies::Always,
    also: &["min_eye_sharpness"],
    measure,
    #[cfg(test)]
    source: include_str!("blurred.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let light = subject.light()?;
    let eyes = draft.limits(draft.also("min_eye_sharpness"), None);
    let readings = [
        Reading::new(
            quantity::SHARPNESS,
            light.sharpness,
            Unit::Score,
            draft.band(),
        ),
        Reading::new(
            quantity::EYE_SHARPNESS,
            light.eye_sharpness,
            Unit::Score,
            eyes,
        ),
    ];
    Ok(draft.worst(&readings))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "清晰度"),
    Case::new(
        "blurred",
        |f| f.light().sharpness = 0.1,
        Severity::Warn,
        "脸部清晰度 0.1",
    ),
    Case::new(
        "eyes out of focus",
        |f| f.light().eye_sharpness = 0.5,
        Severity::Warn,
        "眼部清晰度 0.5",
    ),
    Case::new(
        "not measured",
        |f| f.measurements.light = None,
        Severity::Unknown,
        "光线没有测出",
    ),
    Case::new(
        "no number",
        |f| f.light().sharpness = f64::NAN,
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
