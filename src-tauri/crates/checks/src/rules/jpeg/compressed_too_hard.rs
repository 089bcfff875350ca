//! # Checks
//! That the JPEG was not compressed below the demanded quality.
//!
//! # Source clause
//! 99号 四1: 压缩品质系数不低于60.
//!
//! # How it is measured
//! Quality on the IJG scale from the quantisation tables: exact for the usual scaled tables. Other
//! tables give an estimate only, which is never more than a hint.
//!
//! # Cannot tell when
//! The file is not a JPEG, or its tables say nothing.
//!
//! # Known false alarms
//! A file saved low and again high passes, and its blocks are seen by SHARP-02.

use std::fmt::Display;

use zhaoshen_model::{Finding, Unit};

use crate::band::Reading;
use crate::draft::Draft;
use crate::registry::{Applies, Family, Rule};
use crate::subject::{Missing, Subject};
use crate::zh::{quantity, say};

#[cfg(test)]
use crate::fixture::Case;
#[cfg(test)]
use zhaoshen_model::Severity;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "JPEG-05",
    id: "compressed-too-hard",
    family: Family::Jpeg,
    applies: Applies::Always,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("compressed_too_hard.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let jpeg = subject.jpeg()?;
    let quality = f64::from(jpeg.quality.ok_or(Missing::Quality)?);
    let draft = draft.strict_in(subject.role);
    let demanded = f64::from(subject.profile.rendition.min_quality);
    let band = draft.limits(Some(demanded), None);
    let reading = Reading::new(quantity::QUALITY, quality, Unit::Quality, band);
    if jpeg.standard_tables || band.slack(quality) >= 0.0 {
        return Ok(draft.measured(&reading));
    }
    let parts: [&dyn Display; 2] = [&quality, &demanded];
    Ok(draft.valued(&reading).hint(say::QUALITY_ROUGH, &parts))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "压缩品质 92"),
    Case::new(
        "at the limit",
        |f| f.jpeg().quality = Some(60),
        Severity::Pass,
        "60",
    ),
    Case::new(
        "below",
        |f| f.jpeg().quality = Some(59),
        Severity::Fail,
        "59，应不小于 60",
    ),
    Case::new(
        "estimated below",
        |f| {
            f.jpeg().quality = Some(50);
            f.jpeg().standard_tables = false;
        },
        Severity::Warn,
        "约 50",
    ),
    Case::new(
        "no tables",
        |f| f.jpeg().quality = None,
        Severity::Unknown,
        "读不出",
    ),
];
