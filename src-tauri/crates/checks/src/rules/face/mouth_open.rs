//! # Checks
//! That the lips are closed and no teeth show; a smile with closed lips is fine.
//!
//! # Source clause
//! 99号 二2: 嘴唇自然闭合.
//!
//! # How it is measured
//! Largest gap between the inner lips / distance from the middle of the eyes to the chin; and the
//! share of the mouth's width in which tooth colour shows (`max_teeth_share`), which also sees
//! teeth between lips that hardly part.
//!
//! # Cannot tell when
//! the picture cannot be decoded, or no face was found in it.
//!
//! # Known false alarms
//! Full lips under light from above, braces, a moustache over the upper lip.

use zhaoshen_model::{Finding, Mark, Unit};

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
    code: "FACE-03",
    id: "mouth-open",
    family: Family::Face,
    applies: Applies::Always,
    also: &["max_teeth_share"],
    measure,
    #[cfg(test)]
    source: include_str!("mouth_open.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let face = subject.face()?;
    let shown = draft.limits(None, draft.also("max_teeth_share"));
    let mut readings = vec![Reading::new(
        quantity::MOUTH_GAP,
        face.mouth_gap_ratio,
        Unit::Ratio,
        draft.band(),
    )];
    if let (Some(teeth), Some(_)) = (face.teeth_share, shown.max) {
        readings.push(Reading::new(quantity::TEETH, teeth, Unit::Ratio, shown));
    }
    let mouth = face.regions.mouth;
    Ok(draft.mark(|| Mark::Rect { rect: mouth }).worst(&readings))
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
        |f| f.face().teeth_share = Some(0.8),
        Severity::Fail,
        "露出牙齿的宽度占嘴宽 80%",
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
