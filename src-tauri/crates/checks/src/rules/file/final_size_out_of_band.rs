//! # Checks
//! That the finished file has the usual size.
//!
//! # Source clause
//! 99号 四1: 压缩后文件大小一般在20KB至40KB. Read as 20,000 to 40,000 bytes; 一般 makes it a hint.
//!
//! # How it is measured
//! Size in bytes against the profile's rendition. A submission passes: its finished file is made on
//! export.
//!
//! # Cannot tell when
//! Never: this rule always answers.
//!
//! # Known false alarms
//! A busy photo at the lowest allowed quality can stay above 40 KB.

use zhaoshen_model::{Finding, Unit};

use crate::band::Reading;
use crate::draft::Draft;
use crate::registry::{Applies, Family, Rule};
use crate::rules::bytes;
use crate::subject::{Missing, Role, Subject};
use crate::zh::quantity;

#[cfg(test)]
use crate::fixture::Case;
#[cfg(test)]
use zhaoshen_model::Severity;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "FILE-05",
    id: "final-size-out-of-band",
    family: Family::File,
    applies: Applies::Always,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("final_size_out_of_band.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let spec = &subject.profile.rendition;
    let (min, max) = (bytes(spec.min_bytes), bytes(spec.max_bytes));
    let size = bytes(subject.measurements.file.size_bytes);
    let band = draft.limits(Some(min), Some(max));
    let reading = Reading::new(quantity::FINAL_SIZE, size, Unit::Bytes, band);
    Ok(match subject.role {
        Role::Submission => {
            let quantity = quantity::FILE_SIZE;
            draft.left_to_export(&Reading {
                quantity,
                ..reading
            })
        }
        Role::Rendition | Role::Returned => draft.measured(&reading),
    })
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new(
        "submission",
        |_| {},
        Severity::Pass,
        "导出时生成为 20,000–40,000 字节",
    ),
    Case::new(
        "finished",
        |f| {
            f.role = Role::Rendition;
            f.measurements.file.size_bytes = 39_999;
        },
        Severity::Pass,
        "39,999 字节",
    ),
    Case::new(
        "finished too large",
        |f| {
            f.role = Role::Rendition;
            f.measurements.file.size_bytes = 40_001;
        },
        Severity::Warn,
        "40,001 字节，应在 20,000–40,000 字节",
    ),
];
