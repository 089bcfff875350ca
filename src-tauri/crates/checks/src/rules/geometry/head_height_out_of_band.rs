//! # Checks
//! That the head takes up about half the height of the frame.
//!
//! # Source clause
//! 2021 notice 5: 头部高度约占画面1/2. 99号 has no such number, so it is a hint.
//!
//! # How it is measured
//! From the top of the hair to the chin, in the final frame, divided by its height.
//!
//! # Cannot tell when
//! The picture cannot be decoded, or no face was found in it. Or the mask gives no top of the head.
//!
//! # Known false alarms
//! High hair, buns.

use zhaoshen_model::{Finding, Mark, Point, Unit};

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
    code: "GEO-05",
    id: "head-height-out-of-band",
    family: Family::Geometry,
    applies: Applies::Always,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("head_height_out_of_band.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let face = subject.face()?;
    let draft = draft.cropped(subject.frame);
    let crown = subject.crown_y_px()?;
    let height = subject.frame.final_length(face.chin.y - crown);
    let share = height / f64::from(subject.profile.rendition.height_px);
    let (from, to) = (Point::new(face.chin.x, crown), face.chin);
    let reading = Reading::new(quantity::HEAD_HEIGHT, share, Unit::Ratio, draft.band());
    Ok(draft.mark(|| Mark::Segment { from, to }).measured(&reading))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "51.6%（应在 45%–65%）"),
    Case::new(
        "too small",
        |f| f.face().chin.y = 300.0,
        Severity::Warn,
        "34.4%",
    ),
    Case::new(
        "too large",
        |f| f.face().chin.y = 560.0,
        Severity::Warn,
        "75%",
    ),
    Case::new(
        "no crown",
        |f| f.face().crown_y_px = None,
        Severity::Unknown,
        "头顶位置没有找到",
    ),
    Case::new(
        "no face",
        |f| f.lose_face(),
        Severity::Unknown,
        "没有找到人脸",
    ),
];
