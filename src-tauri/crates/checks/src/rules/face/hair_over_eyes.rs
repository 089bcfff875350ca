//! # Checks
//! That no fringe or strand of hair hangs over an eye.
//!
//! # Source clause
//! 99号 二4: 头发不得遮挡眉毛、眼睛. The limits are the station's own. Brows are asked about by FACE-04.
//!
//! # How it is measured
//! Skin and hair are told apart by the colours of this very photo. For each eye the share of its opening that hair
//! covers which hangs down over brow and lid in one piece; the worse eye counts.
//!
//! # Cannot tell when
//! The picture cannot be decoded, no face was found in it, an eye lies outside the picture, or hair and skin are not told
//! apart surely enough about the eye in question (`min_confidence`). Eyes that seem free pass only where both are told
//! surely.
//!
//! # Known false alarms
//! A hat pulled down to the eyes. A thin strand, and a lock that comes from the side and leaves the brow free, pass: the
//! tick list asks for those.

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
    code: "FACE-07",
    id: "hair-over-eyes",
    family: Family::Face,
    applies: Applies::Always,
    also: &["min_confidence"],
    measure,
    #[cfg(test)]
    source: include_str!("hair_over_eyes.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let parse = subject.parse()?;
    let [Some(left), Some(right)] = parse.covered_eye_shares else {
        return Err(Missing::Parse);
    };
    let side = usize::from(right > left);
    let share = left.max(right);
    let reading = Reading::new(quantity::COVERED_EYE, share, Unit::Ratio, draft.band());
    if reading.severity() == Severity::Pass {
        for sure in parse.confidences.eyes {
            draft.demand(sure, Missing::Parse)?;
        }
    } else {
        draft.demand(parse.confidences.eyes[side], Missing::Parse)?;
    }
    let rect = subject.face()?.regions.eyes;
    Ok(draft.mark(|| Mark::Rect { rect }).measured(&reading))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "占眼部 0%"),
    Case::new(
        "one eye covered",
        |f| f.parse().covered_eye_shares[0] = Some(0.6),
        Severity::Warn,
        "占眼部 60%",
    ),
    Case::new(
        "both brows covered and no eye",
        |f| f.parse().covered_brow_shares = [Some(1.0); 2],
        Severity::Pass,
        "占眼部 0%",
    ),
    Case::new(
        "hair like skin",
        |f| {
            f.parse().covered_eye_shares[0] = Some(0.6);
            f.parse().confidences.eyes[0] = Some(0.2);
        },
        Severity::Unknown,
        "头发与皮肤没有分清",
    ),
    Case::new(
        "hair like skin about a free eye",
        |f| f.parse().confidences.eyes[1] = Some(0.25),
        Severity::Unknown,
        "头发与皮肤没有分清",
    ),
    Case::new(
        "an eye outside the picture",
        |f| f.parse().covered_eye_shares[1] = None,
        Severity::Unknown,
        "没有分清",
    ),
    Case::new(
        "no face",
        |f| f.lose_face(),
        Severity::Unknown,
        "没有找到人脸",
    ),
];
