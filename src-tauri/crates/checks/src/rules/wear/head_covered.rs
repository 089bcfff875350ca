//! # Checks
//! That what covers the head above the forehead has a colour that hair grows in: a coloured cap or scarf has not.
//!
//! # Source clause
//! 99号 二4: 不得使用头部覆盖物（宗教、医疗和文化需要时，不得遮挡脸部或造成阴影）. The limit is the station's own.
//!
//! # How it is measured
//! Mean colour of what lies above the forehead and is not skin, and how far its a* and b* lie from the line that runs
//! from black and grey hair over brown to blond and red.
//!
//! # Cannot tell when
//! The picture cannot be decoded, no face was found in it, the cheeks are not in it to tell skin by, or what covers the
//! head is not told surely enough from skin and background (`min_confidence`). A bald head
//! passes, and so does a cap that is black, grey, white or brown: the tick list asks for those.
//!
//! # Known false alarms
//! Dyed hair; hair in coloured light. An exception for faith or health is the reviewer's to note.

use zhaoshen_model::{Finding, Unit};

use crate::band::Reading;
use crate::draft::Draft;
use crate::registry::{Applies, Family, Rule};
use crate::subject::{Missing, Subject};
use crate::zh::{quantity, say};

#[cfg(test)]
use crate::fixture::Case;
#[cfg(test)]
use zhaoshen_model::Severity;

/// a* and b* of the reddest and most golden hair; grey hair stands at the origin.
const GOLDEN: [f64; 2] = [16.0, 34.0];

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "WEAR-03",
    id: "head-covered",
    family: Family::Wear,
    applies: Applies::Always,
    also: &["min_confidence"],
    measure,
    #[cfg(test)]
    source: include_str!("head_covered.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let parse = subject.parse()?;
    let Some([_, a, b]) = parse.hair_lab else {
        return Ok(draft.pass(say::NO_HAIR, &[]));
    };
    draft.demand(parse.confidences.hair, Missing::Parse)?;
    let reading = Reading::new(
        quantity::HAIR_COLOUR,
        from_hair_colours([a, b]),
        Unit::DeltaE,
        draft.band(),
    );
    Ok(draft.measured(&reading))
}

/// Distance of a* and b* from the line of hair colours.
fn from_hair_colours([a, b]: [f64; 2]) -> f64 {
    let [red, gold] = GOLDEN;
    let along = ((a * red + b * gold) / (red * red + gold * gold)).clamp(0.0, 1.0);
    (a - along * red).hypot(b - along * gold)
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("black hair", |_| {}, Severity::Pass, "相差"),
    Case::new(
        "blond hair",
        |f| f.parse().hair_lab = Some([70.0, 6.0, 28.0]),
        Severity::Pass,
        "相差",
    ),
    Case::new(
        "a blue cap",
        |f| f.parse().hair_lab = Some([35.0, 5.0, -40.0]),
        Severity::Warn,
        "相差 40",
    ),
    Case::new(
        "a red scarf",
        |f| f.parse().hair_lab = Some([40.0, 55.0, 35.0]),
        Severity::Warn,
        "相差 39",
    ),
    Case::new(
        "bald",
        |f| f.parse().hair_lab = None,
        Severity::Pass,
        "没有看到头发",
    ),
    Case::new(
        "a cap like the background",
        |f| {
            f.parse().hair_lab = Some([35.0, 5.0, -40.0]);
            f.parse().confidences.hair = Some(0.2);
        },
        Severity::Unknown,
        "没有分清",
    ),
    Case::new(
        "no colours",
        |f| f.measurements.parse = None,
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
