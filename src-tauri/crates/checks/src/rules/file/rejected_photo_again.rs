//! # Checks
//! That a photo that was sent back is not handed in again unchanged.
//!
//! # Source clause
//! Published by studios: 严禁重复提交被驳回照片.
//!
//! # How it is measured
//! By the SHA-256 of the file among the student's own rejected submissions of the round.
//!
//! # Cannot tell when
//! Never: this rule always answers.
//!
//! # Known false alarms
//! A photo that was rejected by mistake and is handed in again on request.

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
    code: "FILE-07",
    id: "rejected-photo-again",
    family: Family::File,
    applies: Applies::Submission,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("rejected_photo_again.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    Ok(if subject.history.rejected_before {
        draft.outside(say::REJECTED_BEFORE, &[])
    } else {
        draft.pass(say::NOT_REJECTED, &[])
    })
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "不是被退回过"),
    Case::new(
        "again",
        |f| f.history.rejected_before = true,
        Severity::Fail,
        "没有更换",
    ),
];
