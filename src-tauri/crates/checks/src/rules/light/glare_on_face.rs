//! # Checks
//! That no light spot burns out the skin, and that the pupils are not red.
//!
//! # Source clause
//! 99号 三1: 光线均匀，无明显光斑、红眼. The limits are the station's own.
//!
//! # How it is measured
//! Forehead, nose and cheeks: share of the zone that is nearly white, lighter than the cheeks and without
//! their colour; the zone with most counts. Pupils: mean redness (CIELAB a*) less that of the
//! cheek, of the redder one (`max_pupil_redness`).
//!
//! # Cannot tell when
//! The picture cannot be decoded, no face was found in it, or the face leaves the picture.
//!
//! # Known false alarms
//! White plasters or paint on the face. Shine on dark skin that does not come near white is overlooked.

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
    code: "LIGHT-03",
    id: "glare-on-face",
    family: Family::Light,
    applies: Applies::Always,
    also: &["max_pupil_redness"],
    measure,
    #[cfg(test)]
    source: include_str!("glare_on_face.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let detail = subject.detail()?;
    let [left, right] = detail.pupil_rednesses;
    let natural = draft.limits(None, draft.also("max_pupil_redness"));
    let readings = [
        Reading::new(
            quantity::HIGHLIGHT,
            detail.highlight_share,
            Unit::Ratio,
            draft.band(),
        ),
        Reading::new(
            quantity::PUPIL_REDNESS,
            left.max(right),
            Unit::Score,
            natural,
        ),
    ];
    Ok(match detail.highlight_rect {
        Some(rect) => draft.mark(|| Mark::Rect { rect }),
        None => draft,
    }
    .worst(&readings))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "亮斑面积比例 0%"),
    Case::new(
        "a burnt-out forehead",
        |f| f.detail().highlight_share = 0.5,
        Severity::Warn,
        "50%",
    ),
    Case::new(
        "one red pupil",
        |f| f.detail().pupil_rednesses = [-10.0, 35.0],
        Severity::Warn,
        "瞳孔比脸颊红 35",
    ),
    Case::new(
        "not measured",
        |f| f.measurements.detail = None,
        Severity::Unknown,
        "脸部细节没有测出",
    ),
    Case::new(
        "no face",
        |f| f.lose_face(),
        Severity::Unknown,
        "没有找到人脸",
    ),
];
