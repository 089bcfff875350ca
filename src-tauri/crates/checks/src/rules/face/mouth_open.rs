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
    also: &["max_teeth_ratio", "max_teeth_share"],
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
    for (quantity, teeth, limit) in [
        (quantity::TEETH, face.teeth_ratio, "max_teeth_ratio"),
        (
            quantity::TEETH_OF_MOUTH,
            face.teeth_share,
            "max_teeth_share",
        ),
    ] {
        if let (Some(teeth), Some(limit)) = (teeth, draft.also(limit)) {
            let band = draft.limits(None, Some(limit));
            readings.push(Reading::new(quantity, teeth, Unit::Ratio, band));
        }
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
