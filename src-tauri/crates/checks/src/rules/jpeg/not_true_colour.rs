//! # Checks
//! That the picture is in 24-bit colour, and does not just look grey.
//!
//! # Source clause
//! 99号 四1: 24位真彩色; 一1: 彩色头像.
//!
//! # How it is measured
//! Number of components and bits in the JPEG header; then the mean CIELAB chroma of the whole
//! picture, which is under `min_chroma` for a grey picture stored in colour.
//!
//! # Cannot tell when
//! The file is not a JPEG, or the picture cannot be decoded.
//!
//! # Known false alarms
//! A pale person in grey before a white wall, under blueish light.

use std::fmt::Display;

use zhaoshen_model::{Finding, Severity, Unit};

use crate::band::Reading;
use crate::draft::Draft;
use crate::registry::{Applies, Family, Rule};
use crate::subject::{Missing, Subject};
use crate::zh::{quantity, say};

#[cfg(test)]
use crate::fixture::Case;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "JPEG-04",
    id: "not-true-colour",
    family: Family::Jpeg,
    applies: Applies::Always,
    also: &["min_chroma"],
    measure,
    #[cfg(test)]
    source: include_str!("not_true_colour.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let jpeg = subject.jpeg()?;
    if (jpeg.components, jpeg.bits_per_component) != (3, 8) {
        let parts: [&dyn Display; 2] = [&jpeg.components, &jpeg.bits_per_component];
        return Ok(draft.outside(say::COMPONENTS, &parts));
    }
    let chroma = subject.picture()?.mean_chroma;
    let band = draft.limits(draft.also("min_chroma"), None);
    let reading = Reading::new(quantity::CHROMA, chroma, Unit::Score, band);
    let severity = reading.severity();
    let draft = draft.valued(&reading);
    match severity {
        Severity::Unknown => Err(Missing::Number),
        Severity::Pass => Ok(draft.pass(say::TRUE_COLOUR, &[])),
        _ => Ok(draft.outside(say::GREY, &[])),
    }
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "24 位"),
    Case::new(
        "grey file",
        |f| f.jpeg().components = 1,
        Severity::Fail,
        "颜色通道 1 个",
    ),
    Case::new(
        "print colours",
        |f| f.jpeg().components = 4,
        Severity::Fail,
        "颜色通道 4 个",
    ),
    Case::new(
        "looks grey",
        |f| f.picture().mean_chroma = 0.8,
        Severity::Fail,
        "黑白",
    ),
    Case::new(
        "no number",
        |f| f.picture().mean_chroma = f64::NAN,
        Severity::Unknown,
        "无效",
    ),
    Case::new(
        "picture lost",
        |f| f.measurements.picture = None,
        Severity::Unknown,
        "打不开",
    ),
];
