//! # Checks
//! That no other student of the round handed in the same bytes.
//!
//! # Source clause
//! 99号 一1: 毕（结）业生本人; studios refuse 重复提交.
//!
//! # How it is measured
//! By the SHA-256 of the file, looked up by the round; the rule is told whose else it is.
//!
//! # Cannot tell when
//! Never: this rule always answers.
//!
//! # Known false alarms
//! One student listed twice in the roster under two 学号.

use zhaoshen_model::{Finding, Unit};

use crate::band::Reading;
use crate::draft::Draft;
use crate::registry::{Applies, Family, Rule};
use crate::rules::bytes;
use crate::subject::{Missing, Subject};
use crate::zh::{quantity, say};

#[cfg(test)]
use crate::fixture::Case;
#[cfg(test)]
use zhaoshen_model::Severity;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "FILE-06",
    id: "photo-shared-by-students",
    family: Family::File,
    applies: Applies::Submission,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("photo_shared_by_students.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let others = &subject.history.shared_with;
    let count = others.len();
    let limit = draft.limits(None, Some(0.0));
    let value = bytes(u64::try_from(count).unwrap_or(u64::MAX));
    let draft = draft.valued(&Reading::new(quantity::SHARED, value, Unit::Count, limit));
    let named = others
        .iter()
        .take(3)
        .map(String::as_str)
        .collect::<Vec<_>>();
    let named = named.join("、");
    Ok(match count {
        0 => draft.pass(say::NOT_SHARED, &[]),
        1..=3 => draft.outside(say::SHARED_WITH, &[&named]),
        _ => draft.outside(say::SHARED_WITH_MORE, &[&named, &count]),
    })
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "没有其他学生"),
    Case::new(
        "shared",
        |f| f.history.shared_with = vec!["2020310001".into()],
        Severity::Fail,
        "相同：2020310001",
    ),
    Case::new(
        "shared by many",
        |f| f.history.shared_with = vec!["7".into(); 5],
        Severity::Fail,
        "7、7、7 等 5 人",
    ),
];
