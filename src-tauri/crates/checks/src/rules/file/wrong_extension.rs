//! # Checks
//! That the file name ends in .jpg, in any case of letters.
//!
//! # Source clause
//! 99号 四1: 文件扩展名应为JPG.
//!
//! # How it is measured
//! The extension as written. Another one is mended on export, so a submission is never refused for
//! it; the finished file must have it.
//!
//! # Cannot tell when
//! Never: this rule always answers.
//!
//! # Known false alarms
//! None known.

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
    code: "FILE-03",
    id: "wrong-extension",
    family: Family::File,
    applies: Applies::Always,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("wrong_extension.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let extension = subject.measurements.file.extension.as_str();
    let draft = draft.strict_in(subject.role);
    Ok(if extension.eq_ignore_ascii_case("jpg") {
        draft.pass(say::EXTENSION, &[&extension])
    } else if extension.is_empty() {
        draft.outside(say::EXTENSION_NONE, &[])
    } else {
        draft.outside(say::EXTENSION_OTHER, &[&extension])
    })
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, ".jpg"),
    Case::new(
        "capitals",
        |f| f.measurements.file.extension = "JPG".into(),
        Severity::Pass,
        ".JPG",
    ),
    Case::new(
        "jpeg",
        |f| f.measurements.file.extension = "jpeg".into(),
        Severity::Warn,
        ".jpeg",
    ),
    Case::new(
        "none",
        |f| f.measurements.file.extension.clear(),
        Severity::Warn,
        "没有扩展名",
    ),
    Case::new(
        "finished file",
        |f| {
            f.measurements.file.extension = "jpeg".into();
            f.role = Role::Rendition;
        },
        Severity::Fail,
        ".jpeg",
    ),
];
