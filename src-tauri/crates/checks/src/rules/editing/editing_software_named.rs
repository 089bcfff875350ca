//! # Checks
//! That no retouching program left its name in the file.
//!
//! # Source clause
//! 99号 一2: 不得对人像特征进行技术处理; the 2021 notice: 不得对原电子文件进行修改和美化.
//!
//! # How it is measured
//! EXIF Software and ProcessingSoftware and XMP CreatorTool, searched for the names of retouching
//! and beautifying programs, in any case of letters. Programs that only crop or convert are not on
//! the list.
//!
//! # Cannot tell when
//! The file is not a JPEG.
//!
//! # Known false alarms
//! A studio that converts its raw files with such a program. An absent name proves nothing: most
//! apps leave none.

use zhaoshen_model::Finding;

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
    code: "EDIT-01",
    id: "editing-software-named",
    family: Family::Editing,
    applies: Applies::Submission,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("editing_software_named.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let found = subject
        .jpeg()?
        .software
        .iter()
        .find(|software| names_editor(software));
    Ok(match found {
        Some(software) => draft.outside(say::EDITOR, &[software]),
        None => draft.pass(say::NO_EDITOR, &[]),
    })
}

/// Names of retouching and beautifying programs, in lower case.
const EDITORS: &[&str] = &[
    "photoshop",
    "lightroom",
    "gimp",
    "meitu",
    "美图",
    "b612",
    "轻颜",
    "ulike",
    "beautycam",
    "美颜",
    "snapseed",
    "facetune",
    "picsart",
    "醒图",
    "xingtu",
    "hypic",
    "faceu",
    "无他相机",
    "portraitpro",
    "affinity photo",
    "pixelmator",
    "vsco",
    "remini",
];

fn names_editor(software: &str) -> bool {
    let software = software.to_lowercase();
    EDITORS.iter().any(|editor| software.contains(editor))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "没有发现"),
    Case::new(
        "a camera's firmware",
        |f| f.jpeg().software = vec!["Ver.1.00".into(), "17.5.1".into()],
        Severity::Pass,
        "没有发现",
    ),
    Case::new(
        "photoshop",
        |f| f.jpeg().software = vec!["Adobe Photoshop 22.0 (Windows)".into()],
        Severity::Warn,
        "Adobe Photoshop 22.0",
    ),
    Case::new(
        "beautified",
        |f| f.jpeg().software = vec!["美图秀秀".into()],
        Severity::Warn,
        "美图秀秀",
    ),
    Case::new(
        "capitals",
        |f| f.jpeg().software = vec!["SNAPSEED 2".into()],
        Severity::Warn,
        "SNAPSEED",
    ),
    Case::new(
        "not a jpeg",
        |f| f.measurements.jpeg = None,
        Severity::Unknown,
        "不是 JPG",
    ),
];
