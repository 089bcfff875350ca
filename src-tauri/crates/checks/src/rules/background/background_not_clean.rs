//! # Checks
//! That nothing but the person is in the picture: no object, writing, hard shadow or border.
//!
//! # Source clause
//! 99号 二1: 不得有阴影、其他人或物体; 一4: 不得添加边框、文字、图案.
//!
//! # How it is measured
//! Share of the background whose colour is far from a smooth fit through it; the share that is that fit in less light,
//! and smooth, as the shadow of the head is and stray hair is not (`max_shadow_share`); and the width of a border of
//! constant colour around the picture (`max_border_px`).
//!
//! # Cannot tell when
//! The picture cannot be decoded, no face was found in it, person and background could not be told
//! apart, or less than `min_background_share` of the picture is background.
//!
//! # Known false alarms
//! Stray hair, a wide collar that the mask leaves out.

use zhaoshen_model::{Finding, Mark, Unit};

use crate::band::Reading;
use crate::draft::Draft;
use crate::registry::{Applies, Family, Rule};
use crate::rules::background::visible;
use crate::subject::{Missing, Subject};
use crate::zh::quantity;

#[cfg(test)]
use crate::fixture::Case;
#[cfg(test)]
use zhaoshen_model::Severity;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "BG-03",
    id: "background-not-clean",
    family: Family::Background,
    applies: Applies::Always,
    also: &["max_shadow_share", "max_border_px", "min_background_share"],
    measure,
    #[cfg(test)]
    source: include_str!("background_not_clean.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let scene = visible(subject, &draft)?;
    let border = subject.picture()?.border_px.into_iter().max().unwrap_or(0);
    let framed = draft.limits(None, draft.also("max_border_px"));
    let share = scene.background_outlier_share;
    let shaded = draft.limits(None, draft.also("max_shadow_share"));
    let shadow = scene.background_shadow_share;
    let readings = [
        Reading::new(quantity::OUTLIERS, share, Unit::Ratio, draft.band()),
        Reading::new(quantity::SHADOW, shadow, Unit::Ratio, shaded),
        Reading::new(quantity::BORDER, border.into(), Unit::Px, framed),
    ];
    let draft = match scene.background_outlier_rect {
        Some(rect) => draft.mark(|| Mark::Rect { rect }),
        None => draft,
    };
    Ok(draft.worst(&readings))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "面积比例 0%"),
    Case::new(
        "an object",
        |f| f.scene().background_outlier_share = 0.5,
        Severity::Warn,
        "50%",
    ),
    Case::new(
        "a shadow",
        |f| f.scene().background_shadow_share = 0.2,
        Severity::Warn,
        "影子的面积比例 20%",
    ),
    Case::new(
        "a border",
        |f| f.picture().border_px = [0, 3, 0, 0],
        Severity::Warn,
        "边框宽度 3 px，应为 0 px",
    ),
    Case::new(
        "no number",
        |f| f.scene().background_outlier_share = f64::NAN,
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
