//! # Checks
//! That the shoulders are covered: no straps, no sleeveless top. Low necks and fur collars are looked at by a person.
//!
//! # Source clause
//! The 2021 notice and the lists of schools: 不得穿无袖、吊带. The limit is the station's own.
//!
//! # How it is measured
//! Share of the shoulders, beside the neck and below the chin, that has the colour of this person's skin, as cheeks and
//! neck show it.
//!
//! # Cannot tell when
//! The picture cannot be decoded, no face was found in it, person and background could not be told apart, hardly any of
//! the shoulders is in the picture, or their colours lie between skin and clothes (`min_confidence`); or they seem bare
//! by the colour of a neck that is itself not told so surely from clothes.
//!
//! # Known false alarms
//! Clothes of the skin's colour; light hair over the shoulders.

use zhaoshen_model::{Finding, Severity, Unit};

use crate::band::Reading;
use crate::draft::Draft;
use crate::registry::{Applies, Family, Rule};
use crate::subject::{Missing, Subject};
use crate::zh::quantity;

#[cfg(test)]
use crate::fixture::Case;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "WEAR-06",
    id: "shoulders-bare",
    family: Family::Wear,
    applies: Applies::Always,
    also: &["min_confidence"],
    measure,
    #[cfg(test)]
    source: include_str!("shoulders_bare.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let scene = subject.scene()?;
    let share = scene.shoulder_skin_share.ok_or(Missing::Shoulders)?;
    draft.demand(scene.shoulder_confidence, Missing::BareShoulders)?;
    let reading = Reading::new(quantity::BARE_SHOULDERS, share, Unit::Ratio, draft.band());
    let parse = subject.measurements.parse.as_ref();
    let neck = parse.and_then(|parse| parse.confidences.neck);
    // A covered neck lends its colour to nothing.
    if neck.is_some() && reading.severity() != Severity::Pass {
        draft.demand(neck, Missing::BareShoulders)?;
    }
    Ok(draft.measured(&reading))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("covered", |_| {}, Severity::Pass, "0%"),
    Case::new(
        "straps",
        |f| f.scene().shoulder_skin_share = Some(0.8),
        Severity::Warn,
        "80%",
    ),
    Case::new(
        "clothes nearly of the skin's colour",
        |f| {
            f.scene().shoulder_skin_share = Some(0.8);
            f.scene().shoulder_confidence = Some(0.1);
        },
        Severity::Unknown,
        "肩部的皮肤与衣服没有分清",
    ),
    Case::new(
        "straps by the colour of what may be neck or collar",
        |f| {
            f.scene().shoulder_skin_share = Some(0.8);
            f.parse().confidences.neck = Some(0.1);
        },
        Severity::Unknown,
        "肩部的皮肤与衣服没有分清",
    ),
    Case::new(
        "straps below a covered neck",
        |f| {
            f.scene().shoulder_skin_share = Some(0.8);
            f.parse().confidences.neck = None;
        },
        Severity::Warn,
        "80%",
    ),
    Case::new(
        "head alone",
        |f| f.scene().shoulder_skin_share = None,
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
