//! # Checks
//! That both ears show.
//!
//! # Source clause
//! 99号 二2: 耳朵对称; 二4: 头发不得遮挡耳朵. The limits are the station's own.
//!
//! # How it is measured
//! Skin and hair are told apart by the colours of this very photo. Beside the face, between brow and nose foot, the
//! area of skin in squares of the distance between the eyes; the side with less counts.
//!
//! # Cannot tell when
//! The picture cannot be decoded, no face was found in it, an ear's place lies outside the picture, hair and skin are
//! not told apart surely enough where that very ear is (`min_confidence`) or in the whole photo (`min_separation`), or
//! little skin shows and hair does not cover the place either (`min_hair_share`). Where no hair is told at all, as on a
//! shaved head or of hair of the skin's colour, what looks like ears may be hair: nothing is said either.
//!
//! # Known false alarms
//! Ears that lie flat or in shadow, a slightly turned head, thick sideburns.

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
    code: "FACE-05",
    id: "ears-hidden",
    family: Family::Face,
    applies: Applies::Always,
    also: &["min_confidence", "min_hair_share", "min_separation"],
    measure,
    #[cfg(test)]
    source: include_str!("ears_hidden.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let parse = subject.parse()?;
    let ([Some(left), Some(right)], [Some(over_left), Some(over_right)]) =
        (parse.ear_areas, parse.ear_hair_shares)
    else {
        return Err(Missing::Parse);
    };
    let readings = [left, right].map(|a| Reading::new(quantity::EAR, a, Unit::Ratio, draft.band()));
    let separable = parse.skin_hair_separation >= draft.also("min_separation");
    let least = draft.also("min_hair_share").unwrap_or(0.0);
    let bare = readings.map(|reading| reading.severity() != Severity::Pass);
    let sure = parse.confidences.ears.map(|sure| draft.trusts(sure));
    let enough = [over_left, over_right].map(|share| separable && share >= least);
    let covered = [enough[0] && sure[0], enough[1] && sure[1]];
    let hidden = [bare[0] && covered[0], bare[1] && covered[1]];
    // Without ear and without hair over it: shadow, the head's turn or a headdress, nobody knows.
    // And what is not told from hair may be hair as well as ear.
    if hidden == [false; 2] && (bare != [false; 2] || sure != [true; 2]) {
        return Err(Missing::Parse);
    }
    let side = if hidden[0] == hidden[1] {
        usize::from(right < left)
    } else {
        usize::from(hidden[1])
    };
    let regions = &subject.face()?.regions;
    let rect = [regions.ear_left, regions.ear_right][side];
    Ok(draft.mark(|| Mark::Rect { rect }).measured(&readings[side]))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "耳部露出的皮肤"),
    Case::new(
        "hair over one ear",
        |f| {
            f.parse().ear_areas[1] = Some(0.0);
            f.parse().ear_hair_shares[1] = Some(0.9);
        },
        Severity::Warn,
        "应不小于",
    ),
    Case::new(
        "neither skin nor hair",
        |f| {
            f.parse().ear_areas[1] = Some(0.0);
            f.parse().ear_hair_shares[1] = Some(0.1);
        },
        Severity::Unknown,
        "没有分清",
    ),
    Case::new(
        "hair like skin at the covered ear",
        |f| {
            f.parse().ear_areas[1] = Some(0.0);
            f.parse().ear_hair_shares[1] = Some(0.9);
            f.parse().confidences.ears[1] = Some(0.2);
        },
        Severity::Unknown,
        "没有分清",
    ),
    Case::new(
        "hair like skin at the free ear, and hair over the other",
        |f| {
            f.parse().ear_areas[1] = Some(0.0);
            f.parse().ear_hair_shares[1] = Some(0.9);
            f.parse().confidences.ears[0] = Some(0.2);
        },
        Severity::Warn,
        "应不小于",
    ),
    Case::new(
        "hair like skin at a free ear",
        |f| f.parse().confidences.ears[1] = Some(0.25),
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
