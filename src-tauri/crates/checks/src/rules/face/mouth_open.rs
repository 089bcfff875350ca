//! # Checks
//! That the lips are closed and no teeth show; a smile with closed lips is fine.
//!
//! # Source clause
//! 99号 二2: 嘴唇自然闭合.
//!
//! # How it is measured
//! Largest gap between the inner lips / distance from the middle of the eyes to the chin; and the width over which
//! tooth colour shows / the same distance (`max_teeth_ratio`), which also sees teeth between lips that hardly part.
//! Standards of before limit that width by the mouth's own (`max_teeth_share`), which a smile widens too.
//!
//! # Cannot tell when
//! The picture cannot be decoded, or no face was found in it; or the gap is small and lips and teeth are not told apart
//! surely enough (`min_confidence`). Of lips without any colour, as in a grey photo, the gap alone is judged.
//!
//! # Known false alarms
//! Full lips under light from above, braces, a moustache over the upper lip.

use zhaoshen_model::{Finding, Mark, Severity, Unit};

use crate::band::Reading;
use crate::draft::Draft;
use crate::registry::{Applies, Family, Rule};
use crate::subject::{Missing, Subject};
use crate::zh::quantity;

#[cfg(test)]
use crate::fixture::Case;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "FACE-03",
    id: "mouth-open",
    family: Family::Face,
    applies: Applies::Always,
    also: &["max_teeth_ratio", "max_teeth_share", "min_confidence"],
    measure,
    #[cfg(test)]
    source: include_str!("mouth_open.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let face = subject.face()?;
    let mut readings = vec![Reading::new(
        quantity::MOUTH_GAP,
        face.mouth_gap_ratio,
        Unit::Ratio,
        draft.band(),
    )];
    let told = tells_teeth(subject, &draft);
    for (quantity, teeth, limit) in [
        (quantity::TEETH, face.teeth_ratio, "max_teeth_ratio"),
        (
            quantity::TEETH_OF_MOUTH,
            face.teeth_share,
            "max_teeth_share",
        ),
    ] {
        if let (Some(teeth), Some(limit), true) = (teeth, draft.also(limit), told) {
            let band = draft.limits(None, Some(limit));
            readings.push(Reading::new(quantity, teeth, Unit::Ratio, band));
        }
    }
    // An open mouth is open whatever shows in it.
    if !told && readings[0].severity() == Severity::Pass {
        return Err(Missing::Teeth);
    }
    let mouth = face.regions.mouth;
    Ok(draft.mark(|| Mark::Rect { rect: mouth }).worst(&readings))
}

/// Whether lips and what shows between them are told from teeth surely enough, as far as they are there.
fn tells_teeth(subject: &Subject<'_>, draft: &Draft<'_>) -> bool {
    let Some(parse) = &subject.measurements.parse else {
        return true;
    };
    let regions = [parse.confidences.lips, parse.confidences.teeth];
    let mut seen = regions.into_iter().filter(Option::is_some);
    seen.all(|sure| draft.trusts(sure))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "嘴唇张开程度 0%"),
    Case::new(
        "open",
        |f| f.face().mouth_gap_ratio = 0.12,
        Severity::Fail,
        "12%",
    ),
    Case::new(
        "teeth between lips that hardly part",
        |f| f.face().teeth_ratio = Some(0.4),
        Severity::Fail,
        "露出牙齿的宽度与眼睛到下巴的距离之比 40%",
    ),
    Case::new(
        "two teeth between lips just parted",
        |f| f.face().teeth_ratio = Some(0.15),
        Severity::Pass,
        "嘴唇张开程度",
    ),
    Case::new(
        "under a standard of before",
        |f| {
            let also = f
                .profile
                .rules
                .get_mut("FACE-03")
                .map(|rule| &mut rule.also);
            if let Some(also) = also {
                also.clear();
                also.insert("max_teeth_share".into(), 0.45);
            }
            f.face().teeth_share = Some(0.8);
        },
        Severity::Fail,
        "露出牙齿的宽度占嘴宽 80%",
    ),
    Case::new(
        "what may be teeth or pale lips",
        |f| {
            f.face().teeth_ratio = Some(0.4);
            f.parse().confidences.teeth = Some(0.1);
        },
        Severity::Unknown,
        "嘴唇与牙齿没有分清",
    ),
    Case::new(
        "lips that have lost their colour in places",
        |f| f.parse().confidences.lips = Some(0.1),
        Severity::Unknown,
        "嘴唇与牙齿没有分清",
    ),
    Case::new(
        "open, whatever shows in it",
        |f| {
            f.face().mouth_gap_ratio = 0.12;
            f.parse().confidences.teeth = Some(0.1);
        },
        Severity::Fail,
        "12%",
    ),
    Case::new(
        "closed, with nothing between the lips",
        |f| f.parse().confidences.teeth = None,
        Severity::Pass,
        "嘴唇张开程度 0%",
    ),
    Case::new(
        "no number",
        |f| f.face().mouth_gap_ratio = f64::INFINITY,
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
