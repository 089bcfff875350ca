//! # Checks
//! That both shoulders are in the picture, not the head alone.
//!
//! # Source clause
//! The specifications of the studios: 双肩入画、上半身≥1/3; 99号 四2 by implication, whose frame holds the upper body. The
//! limit is the station's own.
//!
//! # How it is measured
//! How far the person mask reaches below the chin from the middle of the face, to the side where it reaches less, in
//! widths of the face. A side that the picture's border cuts counts as one width at least.
//!
//! # Cannot tell when
//! The picture cannot be decoded, no face was found in it, person and background could not be told apart, or the
//! picture ends at the chin.
//!
//! # Known false alarms
//! Clothes of the background's colour, of which the mask loses a shoulder.

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
    code: "GEO-06",
    id: "shoulders-cut-off",
    family: Family::Geometry,
    applies: Applies::Always,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("shoulders_cut_off.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let reach = subject.scene()?.shoulder_reach.ok_or(Missing::Shoulders)?;
    let reading = Reading::new(quantity::SHOULDER_REACH, reach, Unit::Ratio, draft.band());
    Ok(draft.measured(&reading))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("both in", |_| {}, Severity::Pass, "100%"),
    Case::new(
        "neck only",
        |f| f.scene().shoulder_reach = Some(0.4),
        Severity::Warn,
        "40%",
    ),
    Case::new(
        "ends at the chin",
        |f| f.scene().shoulder_reach = None,
        Severity::Unknown,
        "肩部",
    ),
    Case::new(
        "no face",
        |f| f.lose_face(),
        Severity::Unknown,
        "没有找到人脸",
    ),
];
