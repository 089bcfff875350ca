//! # Checks
//! That the finished file has exactly the demanded pixels.
//!
//! # Source clause
//! 99号 四1: 宽480像素*高640像素.
//!
//! # How it is measured
//! Width and height as displayed against the profile's rendition; the value is the side that is
//! off. A submission passes: its finished file is made on export.
//!
//! # Cannot tell when
//! The picture cannot be decoded.
//!
//! # Known false alarms
//! None known.

use std::fmt::Display;

use zhaoshen_model::{Finding, Unit};

use crate::band::Reading;
use crate::draft::Draft;
use crate::registry::{Applies, Family, Rule};
use crate::subject::{Missing, Role, Subject};
use crate::zh::{quantity, say};

#[cfg(test)]
use crate::fixture::Case;
#[cfg(test)]
use zhaoshen_model::Severity;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "JPEG-01",
    id: "final-pixels-wrong",
    family: Family::Jpeg,
    applies: Applies::Always,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("final_pixels_wrong.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let picture = subject.picture()?;
    let spec = &subject.profile.rendition;
    let (width, height) = (picture.width_px, picture.height_px);
    let exact = |limit: u32| draft.limits(Some(limit.into()), Some(limit.into()));
    let reading = if width == spec.width_px {
        let band = exact(spec.height_px);
        Reading::new(quantity::HEIGHT, height.into(), Unit::Px, band)
    } else {
        let band = exact(spec.width_px);
        Reading::new(quantity::WIDTH, width.into(), Unit::Px, band)
    };
    let draft = draft.valued(&reading).strict_in(subject.role);
    let sizes: [&dyn Display; 4] = [&width, &height, &spec.width_px, &spec.height_px];
    Ok(if (width, height) == (spec.width_px, spec.height_px) {
        draft.pass(say::PIXELS, &sizes)
    } else if subject.role == Role::Submission {
        draft.pass(say::PIXELS_LEFT, &sizes)
    } else {
        draft.outside(say::PIXELS_WRONG, &sizes)
    })
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "480×640 px"),
    Case::new(
        "larger submission",
        |f| f.picture().width_px = 900,
        Severity::Pass,
        "导出时生成为 480×640 px",
    ),
    Case::new(
        "finished",
        |f| f.role = Role::Rendition,
        Severity::Pass,
        "480×640 px",
    ),
    Case::new(
        "finished one short",
        |f| {
            f.role = Role::Rendition;
            f.picture().height_px = 639;
        },
        Severity::Fail,
        "480×639 px，应为 480×640 px",
    ),
    Case::new(
        "undecodable",
        |f| f.spoil(),
        Severity::Unknown,
        "照片打不开",
    ),
];
