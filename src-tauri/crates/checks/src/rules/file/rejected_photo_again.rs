//! # Checks
//! That a photo that was sent back is not handed in again unchanged.
//!
//! # Source clause
//! Published by studios: 严禁重复提交被驳回照片.
//!
//! # How it is measured
//! By the SHA-256 of the file among the student's own rejected submissions of the round. A picture that
//! only looks the same is a hint, as in FILE-06 (`max_near_bits`).
//!
//! # Cannot tell when
//! Never: this rule always answers.
//!
//! # Known false alarms
//! A photo that was rejected by mistake and is handed in again on request.

use zhaoshen_model::Finding;

use super::photo_shared_by_students::how_near;
use crate::draft::Draft;
use crate::registry::{Applies, Family, Rule};
use crate::subject::{Missing, Subject};
use crate::zh::say;

#[cfg(test)]
use crate::fixture::{Case, near_photo};
#[cfg(test)]
use zhaoshen_model::Severity;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "FILE-07",
    id: "rejected-photo-again",
    family: Family::File,
    applies: Applies::Received,
    also: &["max_near_bits"],
    measure,
    #[cfg(test)]
    source: include_str!("rejected_photo_again.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let most = draft.also("max_near_bits").unwrap_or(0.0);
    let mut rejected = subject.history.near_rejected.iter();
    let near = rejected.find(|photo| f64::from(photo.distance_bits) <= most);
    Ok(match near {
        _ if subject.history.rejected_before => draft.outside(say::REJECTED_BEFORE, &[]),
        Some(near) => draft.hint(say::NEAR_REJECTED, &[&how_near(near)]),
        None => draft.pass(say::NOT_REJECTED, &[]),
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
    Case::new(
        "saved anew and sent again",
        |f| f.history.near_rejected = vec![near_photo("2020310001", 9)],
        Severity::Warn,
        "画面很像",
    ),
];
