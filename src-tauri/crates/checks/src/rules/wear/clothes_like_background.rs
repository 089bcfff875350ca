//! # Checks
//! That the clothes stand out from the background.
//!
//! # Source clause
//! 99号 二5: 衣着应与背景色区分明显. The limit is the station's own.
//!
//! # How it is measured
//! CIEDE2000 between clothes and background next to the shoulders.
//!
//! # Cannot tell when
//! The picture cannot be decoded, no face was found in it, person and background could not be told
//! apart, or no clothes are in the picture.
//!
//! # Known false alarms
//! A scarf or long hair over the shoulders.

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
    code: "WEAR-07",
    id: "clothes-like-background",
    family: Family::Wear,
    applies: Applies::Always,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("clothes_like_background.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let clothes = subject.scene()?.clothes_delta_e.ok_or(Missing::Clothes)?;
    let reading = Reading::new(quantity::CLOTHES, clothes, Unit::DeltaE, draft.band());
    Ok(draft.measured(&reading))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "色差 60"),
    Case::new(
        "same colour",
        |f| f.scene().clothes_delta_e = Some(3.0),
        Severity::Warn,
        "色差 3，应不小于",
    ),
    Case::new(
        "no clothes",
        |f| f.scene().clothes_delta_e = None,
        Severity::Unknown,
        "看不到衣服",
    ),
    Case::new(
        "no face",
        |f| f.lose_face(),
        Severity::Unknown,
        "没有找到人脸",
    ),
];
