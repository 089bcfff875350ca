//! # Checks
//! That both sides of the face are equally lit (no 阴阳脸).
//!
//! # Source clause
//! 99号 三1: 光线均匀，脸部曝光均匀. The limit is the station's own.
//!
//! # How it is measured
//! Mean CIELAB lightness of the cheek on the picture's left minus that of the other.
//!
//! # Cannot tell when
//! The picture cannot be decoded, or no face was found in it.
//!
//! # Known false alarms
//! Hair over one cheek; a birthmark.

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
    code: "LIGHT-02",
    id: "light-uneven",
    family: Family::Light,
    applies: Applies::Always,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("light_uneven.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let difference = subject.light()?.cheek_lightness_difference;
    let reading = Reading::new(quantity::CHEEKS, difference, Unit::Lightness, draft.band());
    Ok(draft.measured(&reading))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "亮度差 1"),
    Case::new(
        "left lit",
        |f| f.light().cheek_lightness_difference = 40.0,
        Severity::Warn,
        "40",
    ),
    Case::new(
        "right lit",
        |f| f.light().cheek_lightness_difference = -40.0,
        Severity::Warn,
        "-40",
    ),
    Case::new(
        "not measured",
        |f| f.measurements.light = None,
        Severity::Unknown,
        "光线没有测出",
    ),
    Case::new(
        "no face",
        |f| f.lose_face(),
        Severity::Unknown,
        "没有找到人脸",
    ),
];
