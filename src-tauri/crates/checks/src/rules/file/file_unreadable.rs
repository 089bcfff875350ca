//! # Checks
//! That the whole picture is there: the file is not empty, decodes to the last row, and ends with
//! its end marker.
//!
//! # Source clause
//! Needed for everything else (99号 四1: 应符合JPEG标准).
//!
//! # How it is measured
//! By decoding the whole file strictly. A JPEG cut off while it was uploaded decodes in most
//! viewers with a grey lower part; the missing end marker gives it away. Bytes after the end marker
//! are mentioned, never judged: many phones put a clip or a second picture there.
//!
//! # Cannot tell when
//! Never: this rule always answers.
//!
//! # Known false alarms
//! None known.

use zhaoshen_model::Finding;
use zhaoshen_model::measurement::{Completeness, FileFormat};

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
    code: "FILE-01",
    id: "file-unreadable",
    family: Family::File,
    applies: Applies::Always,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("file_unreadable.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let file = &subject.measurements.file;
    if file.size_bytes == 0 {
        return Ok(draft.outside(say::EMPTY, &[]));
    }
    Ok(match &file.completeness {
        Completeness::Truncated => draft.outside(say::TRUNCATED, &[]),
        Completeness::TooLarge(width, height) => draft.outside(say::TOO_LARGE, &[width, height]),
        Completeness::Undecodable(_) => match file.format {
            FileFormat::Jpeg | FileFormat::Empty | FileFormat::Unknown => {
                draft.outside(say::UNDECODABLE, &[])
            }
            other => draft.outside(say::OTHER_FORMAT, &[&zh::format(other)]),
        },
        Completeness::Complete if file.trailing_bytes > 0 => {
            draft.pass(say::READABLE_WITH_TAIL, &[&file.trailing_bytes])
        }
        Completeness::Complete => draft.pass(say::READABLE, &[]),
    })
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "文件完整"),
    Case::new(
        "tail",
        |f| f.measurements.file.trailing_bytes = 900,
        Severity::Pass,
        "900 字节附加内容",
    ),
    Case::new(
        "empty",
        |f| f.measurements.file.size_bytes = 0,
        Severity::Fail,
        "空的",
    ),
    Case::new(
        "cut off",
        |f| f.measurements.file.completeness = Completeness::Truncated,
        Severity::Fail,
        "不完整",
    ),
    Case::new(
        "huge",
        |f| f.measurements.file.completeness = Completeness::TooLarge(65500, 65500),
        Severity::Fail,
        "65500×65500",
    ),
    Case::new(
        "another format",
        |f| {
            f.spoil();
            f.measurements.file.format = FileFormat::Heic;
        },
        Severity::Fail,
        "实际是 HEIC",
    ),
    Case::new("damaged", |f| f.spoil(), Severity::Fail, "已损坏"),
];
