//! # Checks
//! That the finished file states the demanded print density.
//!
//! # Source clause
//! 99号 四1: 分辨率300dpi.
//!
//! # How it is measured
//! Density from JFIF or EXIF, the axis that is farther off. A submission passes: the density is
//! written on export.
//!
//! # Cannot tell when
//! The file is not a JPEG.
//!
//! # Known false alarms
//! None known.

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
    code: "JPEG-03",
    id: "final-density-wrong",
    family: Family::Jpeg,
    applies: Applies::Always,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("final_density_wrong.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let demanded = f64::from(subject.profile.rendition.dpi);
    let draft = draft.strict_in(subject.role);
    let Some((x, y)) = subject.jpeg()?.density_dpi else {
        return Ok(match subject.role {
            Role::Submission => draft.pass(say::DENSITY_LEFT, &[&demanded]),
            Role::Rendition | Role::Returned => draft.outside(say::DENSITY_NONE, &[&demanded]),
        });
    };
    let farther = if (x - demanded).abs() >= (y - demanded).abs() {
        x
    } else {
        y
    };
    let band = draft.limits(Some(demanded), Some(demanded));
    let reading = Reading::new(quantity::DENSITY, farther, Unit::Dpi, band);
    Ok(match subject.role {
        Role::Submission if band.slack(farther) < 0.0 => draft.left_to_export(&reading),
        _ => draft.measured(&reading),
    })
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "300 dpi"),
    Case::new(
        "submission at 72",
        |f| f.jpeg().density_dpi = Some((72.0, 72.0)),
        Severity::Pass,
        "72 dpi，成品导出时生成为 300 dpi",
    ),
    Case::new(
        "submission without",
        |f| f.jpeg().density_dpi = None,
        Severity::Pass,
        "导出时写为 300 dpi",
    ),
    Case::new(
        "finished at 300",
        |f| f.role = Role::Rendition,
        Severity::Pass,
        "300 dpi",
    ),
    Case::new(
        "finished at 299 one way",
        |f| {
            f.role = Role::Rendition;
            f.jpeg().density_dpi = Some((300.0, 299.0));
        },
        Severity::Fail,
        "299 dpi，应为 300 dpi",
    ),
    Case::new(
        "finished without",
        |f| {
            f.role = Role::Rendition;
            f.jpeg().density_dpi = None;
        },
        Severity::Fail,
        "没有分辨率标记",
    ),
    Case::new(
        "not a jpeg",
        |f| f.measurements.jpeg = None,
        Severity::Unknown,
        "不是 JPG",
    ),
];
