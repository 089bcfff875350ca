//! # Checks
//! That the submitted file is neither suspiciously small nor absurdly large.
//!
//! # Source clause
//! 2021 notice: 照片大小应大于50K, original and unedited. 99号 sets no size for what is handed in.
//!
//! # How it is measured
//! Size in bytes. 50 KB is read as 51,200 bytes, to be exceeded, so the profile says 51,201.
//!
//! # Cannot tell when
//! The file is empty (which is FILE-01's finding).
//!
//! # Known false alarms
//! A very plain but genuine photo can be smaller than the limit.

use zhaoshen_model::{Finding, Unit};

use crate::band::Reading;
use crate::draft::Draft;
use crate::registry::{Applies, Family, Rule};
use crate::rules::bytes;
use crate::subject::{Missing, Subject};
use crate::zh::{kilobytes, number, quantity, say};

#[cfg(test)]
use crate::fixture::Case;
#[cfg(test)]
use zhaoshen_model::Severity;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "FILE-04",
    id: "intake-size-out-of-band",
    family: Family::File,
    applies: Applies::Submission,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("intake_size_out_of_band.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    if subject.measurements.file.size_bytes == 0 {
        return Err(Missing::File);
    }
    let size = bytes(subject.measurements.file.size_bytes);
    let band = draft.band();
    let reading = Reading::new(quantity::FILE_SIZE, size, Unit::Bytes, band);
    let (exact, round) = (number(size, Unit::Bytes), kilobytes(size));
    let draft = draft.valued(&reading);
    Ok(match (band.min, band.max) {
        (Some(min), _) if size < min => {
            let above = min - 1.0;
            let (limit, about) = (number(above, Unit::Bytes), kilobytes(above));
            draft.outside(say::SIZE_SMALL, &[&exact, &round, &limit, &about])
        }
        (_, Some(max)) if size > max => {
            let (limit, about) = (number(max, Unit::Bytes), kilobytes(max));
            draft.outside(say::SIZE_LARGE, &[&exact, &round, &limit, &about])
        }
        _ => draft.pass(say::SIZE, &[&exact, &round]),
    })
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "60,000 字节"),
    Case::new(
        "exactly 50 KB under the notice",
        |f| {
            f.under("ncepu2021");
            f.measurements.file.size_bytes = 51_200;
        },
        Severity::Fail,
        "51,200 字节（50 KB），应大于 51,200 字节（50 KB）",
    ),
    Case::new(
        "one byte more",
        |f| {
            f.under("ncepu2021");
            f.measurements.file.size_bytes = 51_201;
        },
        Severity::Pass,
        "51,201 字节",
    ),
    Case::new(
        "small under 99号",
        |f| f.measurements.file.size_bytes = 9_000,
        Severity::Warn,
        "9,000 字节",
    ),
    Case::new(
        "huge",
        |f| f.measurements.file.size_bytes = 90_000_000,
        Severity::Warn,
        "应不超过 20,971,520 字节（20 MB）",
    ),
    Case::new(
        "empty",
        |f| f.measurements.file.size_bytes = 0,
        Severity::Unknown,
        "空的",
    ),
];
