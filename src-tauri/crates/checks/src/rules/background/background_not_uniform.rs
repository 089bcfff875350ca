//! # Checks
//! That the background is equally light and coloured everywhere.
//!
//! # Source clause
//! 99号 二1: 背景应均匀无渐变. The limits are the station's own.
//!
//! # How it is measured
//! Largest CIEDE2000 between the zones of the background. Further: the standard deviation of its
//! lightness (`max_lightness_std`) and its mean gradient (`max_gradient`).
//!
//! # Cannot tell when
//! The picture cannot be decoded, no face was found in it, person and background could not be told
//! apart, or less than `min_background_share` of the picture is background.
//!
//! # Known false alarms
//! Curly hair at the rim of the mask; a soft shadow of the head, which is a fault too.

use zhaoshen_model::{Finding, Unit};

use crate::band::Reading;
use crate::draft::Draft;
use crate::registry::{Applies, Family, Rule};
use crate::rules::background::visible;
use crate::subject::{Missing, Subject};
use crate::zh::quantity;

#[cfg(test)]
use crate::fixture::Case;
#[cfg(test)]
use zhaoshen_model::Severity;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "BG-02",
    id: "background-not-uniform",
    family: Family::Background,
    applies: Applies::Always,
    also: &["max_lightness_std", "max_gradient", "min_background_share"],
    measure,
    #[cfg(test)]
    source: include_str!("background_not_uniform.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let scene = visible(subject, &draft)?;
    let spread = draft.limits(None, draft.also("max_lightness_std"));
    let fine = draft.limits(None, draft.also("max_gradient"));
    let (zones, std) = (
        scene.background_zone_delta_e,
        scene.background_lightness_std,
    );
    let readings = [
        Reading::new(quantity::ZONES, zones, Unit::DeltaE, draft.band()),
        Reading::new(quantity::LIGHTNESS_STD, std, Unit::Lightness, spread),
        Reading::new(
            quantity::GRADIENT,
            scene.background_gradient,
            Unit::Score,
            fine,
        ),
    ];
    Ok(draft.worst(&readings))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "各处的色差 1"),
    Case::new(
        "gradient",
        |f| f.scene().background_zone_delta_e = 40.0,
        Severity::Warn,
        "各处的色差 40",
    ),
    Case::new(
        "blotches",
        |f| f.scene().background_lightness_std = 30.0,
        Severity::Warn,
        "明暗起伏 30",
    ),
    Case::new(
        "no number",
        |f| f.scene().background_zone_delta_e = f64::NAN,
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
