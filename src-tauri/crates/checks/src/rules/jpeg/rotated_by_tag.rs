//! # Checks
//! That the picture stands upright by itself and not by an EXIF tag, which some readers ignore.
//!
//! # Source clause
//! 99号 一2: 禁止对图像整体或局部进行镜像、旋转等变换操作.
//!
//! # How it is measured
//! EXIF Orientation other than 1. The export applies it; the finished file must not have it.
//!
//! # Cannot tell when
//! The file is not a JPEG.
//!
//! # Known false alarms
//! Every photo of a phone held upright may have it: it is a hint, not a fault.

use zhaoshen_model::Finding;

use crate::draft::Draft;
use crate::registry::{Applies, Family, Rule};
use crate::subject::{Missing, Subject};
use crate::zh::say;

#[cfg(test)]
use crate::fixture::Case;
#[cfg(test)]
use crate::subject::Role;
#[cfg(test)]
use zhaoshen_model::Severity;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "JPEG-06",
    id: "rotated-by-tag",
    family: Family::Jpeg,
    applies: Applies::Always,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("rotated_by_tag.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let orientation = subject.jpeg()?.orientation;
    let draft = draft.strict_in(subject.role);
    Ok(if orientation == 1 {
        draft.pass(say::UPRIGHT, &[])
    } else {
        draft.outside(say::ROTATED, &[&orientation])
    })
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "方向正常"),
    Case::new(
        "turned",
        |f| f.jpeg().orientation = 6,
        Severity::Warn,
        "EXIF 方向 6",
    ),
    Case::new(
        "finished and turned",
        |f| {
            f.jpeg().orientation = 6;
            f.role = Role::Rendition;
        },
        Severity::Fail,
        "EXIF 方向 6",
    ),
    Case::new(
        "not a jpeg",
        |f| f.measurements.jpeg = None,
        Severity::Unknown,
        "不是 JPG",
    ),
];
