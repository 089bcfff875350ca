//! # Checks
//! That no other student of the round handed in the same picture.
//!
//! # Source clause
//! 99号 一1: 毕（结）业生本人; studios refuse 重复提交.
//!
//! # How it is measured
//! By the SHA-256 of the file, looked up by the round; the rule is told whose else it is. A picture that
//! only looks the same (saved anew, scaled, slightly cropped) is a hint: its look hash differs in at
//! most `max_near_bits` of 256 bits. That hash is no recognition of faces.
//!
//! # Cannot tell when
//! Never: this rule always answers.
//!
//! # Known false alarms
//! One student listed twice in the roster under two 学号. Two shots of one person in a row may look the
//! same to the hash; two persons did not on any photo it was measured on.

use zhaoshen_model::{Finding, NearPhoto, Unit};

use crate::band::Reading;
use crate::draft::Draft;
use crate::registry::{Applies, Family, Rule};
use crate::rules::bytes;
use crate::subject::{Missing, Subject};
use crate::zh::{quantity, say};

#[cfg(test)]
use crate::fixture::{Case, near_photo};
#[cfg(test)]
use zhaoshen_model::Severity;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "FILE-06",
    id: "photo-shared-by-students",
    family: Family::File,
    applies: Applies::Received,
    also: &["max_near_bits"],
    measure,
    #[cfg(test)]
    source: include_str!("photo_shared_by_students.rs"),
    #[cfg(test)]
    cases: CASES,
};

/// Bits up to which two pictures are as good as the same: the photo saved anew.
const NEARLY_SAME_BITS: u32 = 8;

/// How near a picture is, in words: beside a 学号, a number of bits reads as if the two 学号 differed by it.
pub(super) fn how_near(photo: &NearPhoto) -> &'static str {
    match photo.distance_bits <= NEARLY_SAME_BITS {
        true => say::NEARLY_SAME,
        false => say::MUCH_ALIKE,
    }
}

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let others = &subject.history.shared_with;
    let count = others.len();
    let limit = draft.limits(None, Some(0.0));
    let value = bytes(u64::try_from(count).unwrap_or(u64::MAX));
    let reading = Reading::new(quantity::SHARED, value, Unit::Count, limit);
    let named = others
        .iter()
        .take(3)
        .map(String::as_str)
        .collect::<Vec<_>>();
    let named = named.join("、");
    let most = draft.also("max_near_bits").unwrap_or(0.0);
    let is_near = |photo: &&NearPhoto| f64::from(photo.distance_bits) <= most;
    let near = subject.history.near.iter().find(is_near);
    Ok(match (count, near) {
        // None is the same: a count of nothing would stand there as if it were within its limit.
        (0, Some(near)) => draft.hint(say::NEAR_OTHERS, &[&how_near(near), &near.student_no]),
        (0, None) => draft.valued(&reading).pass(say::NOT_SHARED, &[]),
        (1..=3, _) => draft.valued(&reading).outside(say::SHARED_WITH, &[&named]),
        _ => draft
            .valued(&reading)
            .outside(say::SHARED_WITH_MORE, &[&named, &count]),
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
    Case::new(
        "looks the same",
        |f| f.history.near = vec![near_photo("2020310002", 12)],
        Severity::Warn,
        "同一张（画面很像）：2020310002",
    ),
    Case::new(
        "looks just the same",
        |f| f.history.near = vec![near_photo("2020310002", 8)],
        Severity::Warn,
        "同一张（画面几乎一样）：2020310002",
    ),
    Case::new(
        "looks alike only",
        |f| f.history.near = vec![near_photo("2020310002", 60)],
        Severity::Pass,
        "没有其他学生",
    ),
];
