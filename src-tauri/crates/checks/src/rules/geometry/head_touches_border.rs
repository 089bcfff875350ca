//! # Checks
//! That head and hair are wholly in the picture.
//!
//! # Source clause
//! Machine stage of the studios (黑边检测); 99号 四2 by implication.
//!
//! # How it is measured
//! Share of the top border, and of the side borders above the shoulders, that the person mask
//! touches; the rule's limit holds for the top, `max_sides_share` for the sides.
//!
//! # Cannot tell when
//! The picture cannot be decoded, or no face was found in it. Or person and background could not be
//! told apart.
//!
//! # Known false alarms
//! A dark corner of the room that the mask takes for hair.

use zhaoshen_model::{Finding, Unit};

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
    code: "GEO-07",
    id: "head-touches-border",
    family: Family::Geometry,
    applies: Applies::Always,
    also: &["max_sides_share"],
    measure,
    #[cfg(test)]
    source: include_str!("head_touches_border.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let scene = subject.scene()?;
    let sides = draft.limits(None, draft.also("max_sides_share"));
    let top = scene.touches_top_share;
    let readings = [
        Reading::new(quantity::TOUCHES_TOP, top, Unit::Ratio, draft.band()),
        Reading::new(
            quantity::TOUCHES_SIDES,
            scene.touches_sides_share,
            Unit::Ratio,
            sides,
        ),
    ];
    Ok(draft.worst(&readings))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "接触上边沿的比例 0%"),
    Case::new(
        "top cut off",
        |f| f.scene().touches_top_share = 0.4,
        Severity::Warn,
        "上边沿的比例 40%",
    ),
    Case::new(
        "side cut off",
        |f| f.scene().touches_sides_share = 0.4,
        Severity::Warn,
        "左右边沿的比例 40%",
    ),
    Case::new(
        "no mask",
        |f| f.measurements.scene = None,
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
