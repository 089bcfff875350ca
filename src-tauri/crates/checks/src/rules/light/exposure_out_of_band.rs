//! # Checks
//! That the face is neither too dark nor burnt out.
//!
//! # Source clause
//! 99号 三1: 脸部曝光均匀，无明显可见或不对称的高光、光斑. The limits are the station's own.
//!
//! # How it is measured
//! Mean CIELAB lightness of the face; shares of burnt-out (`max_overexposed_share`) and of black
//! (`max_underexposed_share`) pixels in it. The lower limit is kept low on purpose: a mean
//! lightness alone would punish dark skin.
//!
//! # Cannot tell when
//! The picture cannot be decoded, or no face was found in it.
//!
//! # Known false alarms
//! Oily skin, a very dark or very fair complexion.

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
    code: "LIGHT-01",
    id: "exposure-out-of-band",
    family: Family::Light,
    applies: Applies::Always,
    also: &["max_overexposed_share", "max_underexposed_share"],
    measure,
    #[cfg(test)]
    source: include_str!("exposure_out_of_band.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let light = subject.light()?;
    let burnt = draft.limits(None, draft.also("max_overexposed_share"));
    let black = draft.limits(None, draft.also("max_underexposed_share"));
    let (over, under) = (light.overexposed_share, light.underexposed_share);
    let readings = [
        Reading::new(
            quantity::LIGHTNESS,
            light.face_lightness,
            Unit::Lightness,
            draft.band(),
        ),
        Reading::new(quantity::OVEREXPOSED, over, Unit::Ratio, burnt),
        Reading::new(quantity::UNDEREXPOSED, under, Unit::Ratio, black),
    ];
    Ok(draft.worst(&readings))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "脸部亮度 65"),
    Case::new(
        "dark",
        |f| f.light().face_lightness = 12.0,
        Severity::Warn,
        "脸部亮度 12",
    ),
    Case::new(
        "bright",
        |f| f.light().face_lightness = 97.0,
        Severity::Warn,
        "脸部亮度 97",
    ),
    Case::new(
        "burnt",
        |f| f.light().overexposed_share = 0.5,
        Severity::Warn,
        "过曝面积比例 50%",
    ),
    Case::new(
        "black",
        |f| f.light().underexposed_share = 0.9,
        Severity::Warn,
        "过暗面积比例 90%",
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
