//! # Checks
//! That the shoulders are level.
//!
//! # Source clause
//! 99号 二2: 坐姿端正; the 2021 notice: 两肩同高. The limits are the station's own.
//!
//! # How it is measured
//! Slope of the line between the silhouette's heights at equal distances beside the neck, three quarters of a face's
//! width outwards; degrees, positive where the picture's right shoulder is lower.
//!
//! # Cannot tell when
//! The picture cannot be decoded, no face was found in it, person and background could not be told apart, or the
//! picture ends before the shoulders.
//!
//! # Known false alarms
//! Long hair, a hood or a collar that lies on one shoulder alone.

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
    code: "POSE-04",
    id: "shoulders-uneven",
    family: Family::Pose,
    applies: Applies::Always,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("shoulders_uneven.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let scene = subject.scene()?;
    let (tilt, (from, to)) = scene
        .shoulder_tilt_deg
        .zip(scene.shoulders)
        .ok_or(Missing::Shoulders)?;
    let reading = Reading::new(quantity::SHOULDERS, tilt, Unit::Deg, draft.band());
    Ok(draft.mark(|| Mark::Segment { from, to }).measured(&reading))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("level", |_| {}, Severity::Pass, "0°"),
    Case::new(
        "right one lower",
        |f| f.scene().shoulder_tilt_deg = Some(9.0),
        Severity::Warn,
        "9°",
    ),
    Case::new(
        "left one lower",
        |f| f.scene().shoulder_tilt_deg = Some(-9.0),
        Severity::Warn,
        "-9°",
    ),
    Case::new(
        "cut off",
        |f| f.scene().shoulders = None,
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
