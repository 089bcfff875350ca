//! # Checks
//! That the clothes have no dense stripes or large prints.
//!
//! # Source clause
//! 99号 二5: 避免复杂图案、条纹. The limit is the station's own.
//!
//! # How it is measured
//! How much lightness varies about a place of the clothes, the median of all places: a collar, lapels and a tie take
//! too few of them to count.
//!
//! # Cannot tell when
//! The picture cannot be decoded, no face was found in it, person and background could not be told apart, hardly any
//! clothes are in the picture, or they are not told surely enough from skin and background (`min_confidence`).
//!
//! # Known false alarms
//! Deep folds, shining cloth, long hair over the front. Stripes as fine as a hair pass, and so do patterns of colours
//! that are equally light.

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
    code: "WEAR-08",
    id: "clothes-patterned",
    family: Family::Wear,
    applies: Applies::Always,
    also: &["min_confidence"],
    measure,
    #[cfg(test)]
    source: include_str!("clothes_patterned.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let scene = subject.scene()?;
    let pattern = scene.clothes_pattern.ok_or(Missing::Clothes)?;
    draft.demand(scene.clothes_confidence, Missing::Cloth)?;
    let reading = Reading::new(quantity::PATTERN, pattern, Unit::Lightness, draft.band());
    Ok(draft.measured(&reading))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("plain", |_| {}, Severity::Pass, "1"),
    Case::new(
        "striped",
        |f| f.scene().clothes_pattern = Some(18.0),
        Severity::Warn,
        "18",
    ),
    Case::new(
        "perhaps a part of the background",
        |f| {
            f.scene().clothes_pattern = Some(18.0);
            f.scene().clothes_confidence = Some(0.1);
        },
        Severity::Unknown,
        "衣服与皮肤或背景没有分清",
    ),
    Case::new(
        "no clothes",
        |f| f.scene().clothes_pattern = None,
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
