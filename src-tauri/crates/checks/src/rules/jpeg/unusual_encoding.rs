//! # Checks
//! That every program will show the picture in the same colours: baseline coding, sRGB.
//!
//! # Source clause
//! 99号 四1: 应符合JPEG标准; 一3: 色彩真实. The limits are the station's own.
//!
//! # How it is measured
//! The JPEG process and the embedded ICC profile. The export re-encodes both.
//!
//! # Cannot tell when
//! The file is not a JPEG.
//!
//! # Known false alarms
//! Photos of recent phones carry Display P3, which looks right in any colour-managed program.

use zhaoshen_model::Finding;
use zhaoshen_model::measurement::IccProfile;

use crate::draft::Draft;
use crate::registry::{Applies, Family, Rule};
use crate::subject::{Missing, Subject};
use crate::zh::say;

#[cfg(test)]
use crate::fixture::Case;
#[cfg(test)]
use zhaoshen_model::Severity;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "JPEG-07",
    id: "unusual-encoding",
    family: Family::Jpeg,
    applies: Applies::Always,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("unusual_encoding.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let jpeg = subject.jpeg()?;
    let draft = draft.strict_in(subject.role);
    Ok(match &jpeg.icc {
        IccProfile::Other(profile) => draft.outside(say::ICC, &[profile]),
        _ if jpeg.progressive => draft.outside(say::PROGRESSIVE, &[]),
        _ => draft.pass(say::ENCODING, &[]),
    })
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "sRGB"),
    Case::new(
        "progressive",
        |f| f.jpeg().progressive = true,
        Severity::Warn,
        "渐进式",
    ),
    Case::new(
        "wide colours",
        |f| f.jpeg().icc = IccProfile::Other(" Display P3".into()),
        Severity::Warn,
        "Display P3",
    ),
    Case::new(
        "not a jpeg",
        |f| f.measurements.jpeg = None,
        Severity::Unknown,
        "不是 JPG",
    ),
];
