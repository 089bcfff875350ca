//! # Checks
//! That the file is a JPEG, whatever its name says.
//!
//! # Source clause
//! 99号 四1: 应符合JPEG标准; the 2021 notice asks for JPG.
//!
//! # How it is measured
//! By the first bytes of the file (FF D8 FF).
//!
//! # Cannot tell when
//! The file is empty.
//!
//! # Known false alarms
//! None known.

use zhaoshen_model::Finding;
use zhaoshen_model::measurement::FileFormat;

use crate::draft::Draft;
use crate::registry::{Applies, Family, Rule};
use crate::subject::{Missing, Subject};
use crate::zh::{self, say};

#[cfg(test)]
use crate::fixture::Case;
#[cfg(test)]
use zhaoshen_model::Severity;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "FILE-02",
    id: "not-a-jpeg",
    family: Family::File,
    applies: Applies::Always,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("not_a_jpeg.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let format = subject.measurements.file.format;
    match format {
        FileFormat::Empty => Err(Missing::File),
        FileFormat::Jpeg => Ok(draft.pass(say::IS_JPEG, &[])),
        other => Ok(draft.outside(say::NOT_JPEG, &[&zh::format(other)])),
    }
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "JPG"),
    Case::new(
        "phone format",
        |f| f.measurements.file.format = FileFormat::Heic,
        Severity::Fail,
        "实际是 HEIC",
    ),
    Case::new(
        "renamed png",
        |f| f.measurements.file.format = FileFormat::Png,
        Severity::Fail,
        "实际是 PNG",
    ),
    Case::new(
        "empty",
        |f| f.measurements.file.format = FileFormat::Empty,
        Severity::Unknown,
        "空的",
    ),
];
