//! # Checks
//! That the person has enough pixels of their own, and no visible compression blocks.
//!
//! # Source clause
//! Studios check 像素低 and 马赛克; 99号 一3: 层次清晰. The limits are the station's own.
//!
//! # How it is measured
//! Distance between the irises in px of the picture as handed in, and what of it the detail fills (see
//! SHARP-04); and the luminance step across 8×8 block edges divided by that inside blocks
//! (`max_blockiness_ratio`).
//!
//! # Cannot tell when
//! The picture cannot be decoded, or no face was found in it.
//!
//! # Known false alarms
//! Fine stripes that happen to lie on the block grid.

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
    code: "SHARP-02",
    id: "too-small-or-blocky",
    family: Family::Sharpness,
    applies: Applies::Always,
    also: &["max_blockiness_ratio"],
    measure,
    #[cfg(test)]
    source: include_str!("too_small_or_blocky.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let face = subject.face()?;
    let blocks = subject.picture()?.blockiness_ratio;
    let smooth = draft.limits(None, draft.also("max_blockiness_ratio"));
    let (from, to) = (face.left_iris, face.right_iris);
    let apart = face.inter_eye_distance_px;
    let mut readings = vec![
        Reading::new(quantity::EYE_DISTANCE, apart, Unit::Px, draft.band()),
        Reading::new(quantity::BLOCKINESS, blocks, Unit::Score, smooth),
    ];
    let trace = subject.measurements.trace.as_ref();
    if let Some(resolved) = trace.and_then(|trace| trace.resolved_eye_distance_px) {
        let band = draft.limits(draft.band().min, None);
        readings.push(Reading::new(
            quantity::RESOLVED_EYE_DISTANCE,
            resolved,
            Unit::Px,
            band,
        ));
    }
    Ok(draft.mark(|| Mark::Segment { from, to }).worst(&readings))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "两眼间距 100 px"),
    Case::new(
        "few pixels",
        |f| f.face().inter_eye_distance_px = 40.0,
        Severity::Warn,
        "40 px，应不小于 60 px",
    ),
    Case::new(
        "blocks",
        |f| f.picture().blockiness_ratio = 9.0,
        Severity::Warn,
        "块痕 9",
    ),
    Case::new(
        "enlarged from a small one",
        |f| f.trace().resolved_eye_distance_px = Some(30.0),
        Severity::Warn,
        "折算的两眼间距 30 px",
    ),
    Case::new(
        "no number",
        |f| f.face().inter_eye_distance_px = f64::NAN,
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
