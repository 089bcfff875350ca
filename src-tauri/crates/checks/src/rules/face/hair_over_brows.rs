//! # Checks
//! That no fringe or strand of hair covers a brow.
//!
//! # Source clause
//! 99号 二4: 头发不得遮挡眉毛、眼睛. The limits are the station's own. Eyes are asked about by FACE-07.
//!
//! # How it is measured
//! Skin and hair are told apart by the colours of this very photo. For each brow the share of its width over
//! which no skin shows between brow and hair; the worse brow counts.
//!
//! # Cannot tell when
//! The picture cannot be decoded, no face was found in it, a brow lies outside the picture, or hair and skin are not told
//! apart surely enough above the brow in question (`min_confidence`) or in the whole photo (`min_separation`). Brows
//! that seem free pass only where both are told surely: hair of the skin's colour would be taken for the forehead.
//!
//! # Known false alarms
//! A very low hairline, a hat pulled down, a hard shadow on the forehead.

use zhaoshen_model::{Finding, Mark, Severity, Unit};

use crate::band::Reading;
use crate::draft::Draft;
#[cfg(test)]
use crate::fixture::Case;
use crate::registry::{Applies, Family, Rule};
use crate::subject::{Missing, Subject};
use crate::zh::quantity;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "FACE-04",
    id: "hair-over-brows",
    family: Family::Face,
    applies: Applies::Always,
    also: &["min_confidence", "min_separation"],
    measure,
    #[cfg(test)]
    source: include_str!("hair_over_brows.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let parse = subject.parse()?;
    let [Some(left), Some(right)] = parse.covered_brow_shares else {
        return Err(Missing::Parse);
    };
    let side = usize::from(right > left);
    let share = left.max(right);
    let reading = Reading::new(quantity::COVERED_BROW, share, Unit::Ratio, draft.band());
    if reading.severity() == Severity::Pass {
        // Skin above both brows, or hair of the skin's very colour.
        for sure in parse.confidences.brows {
            draft.demand(sure, Missing::Parse)?;
        }
    } else {
        draft.demand(parse.confidences.brows[side], Missing::Parse)?;
        if parse.skin_hair_separation < draft.also("min_separation") {
            return Err(Missing::Parse);
        }
    }
    let rect = subject.face()?.regions.eyes;
    Ok(draft.mark(|| Mark::Rect { rect }).measured(&reading))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "占眉宽 0%"),
    Case::new(
        "one brow covered",
        |f| f.parse().covered_brow_shares[1] = Some(0.9),
        Severity::Warn,
        "占眉宽 90%",
    ),
    Case::new(
        "hair like skin",
        |f| {
            f.parse().covered_brow_shares[1] = Some(0.9);
            f.parse().confidences.brows[1] = Some(0.2);
        },
        Severity::Unknown,
        "头发与皮肤没有分清",
    ),
    Case::new(
        "hair like skin over the other brow alone",
        |f| {
            f.parse().covered_brow_shares[1] = Some(0.9);
            f.parse().confidences.brows[0] = Some(0.2);
        },
        Severity::Warn,
        "占眉宽 90%",
    ),
    Case::new(
        "hair like skin in the whole photo",
        |f| {
            f.parse().covered_brow_shares[1] = Some(0.9);
            f.parse().skin_hair_separation = Some(1.0);
        },
        Severity::Unknown,
        "头发与皮肤没有分清",
    ),
    Case::new(
        "bald, or hair of the skin's very colour",
        |f| {
            f.parse().skin_hair_separation = None;
            f.parse().confidences.brows = [Some(0.25); 2];
        },
        Severity::Unknown,
        "头发与皮肤没有分清",
    ),
    Case::new(
        "hair near to skin in the whole photo, and free brows told surely",
        |f| f.parse().skin_hair_separation = Some(1.5),
        Severity::Pass,
        "占眉宽 0%",
    ),
    Case::new(
        "no face",
        |f| f.lose_face(),
        Severity::Unknown,
        "没有找到人脸",
    ),
];
