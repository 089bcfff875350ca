//! # Checks
//! That the photo was not taken longer ago than the standard allows.
//!
//! # Source clause
//! 99号 一1: 毕业前一年以内拍摄.
//!
//! # How it is measured
//! Days from EXIF DateTimeOriginal to the day the round judges by (its first day, else the day the
//! photo came in), which the round hands in: this rule has no clock. A photo without a time of taking,
//! as most are, passes and says so.
//!
//! # Cannot tell when
//! The file is not a JPEG.
//!
//! # Known false alarms
//! A camera whose clock was never set. The time is easily changed, so a recent one proves nothing.

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
    code: "EDIT-04",
    id: "taken-too-long-ago",
    family: Family::Editing,
    applies: Applies::Submission,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("taken_too_long_ago.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let taken = subject.jpeg()?.taken_at.as_deref().and_then(day_number);
    let judged = subject.history.judged_on.as_deref().and_then(day_number);
    let (Some(taken), Some(judged)) = (taken, judged) else {
        return Ok(draft.pass(say::NO_TIME_TAKEN, &[]));
    };
    let age = judged - taken;
    if age < -1 {
        return Ok(draft.pass(say::TAKEN_LATER, &[]));
    }
    let days = f64::from(age.max(0));
    let reading = Reading::new(quantity::AGE, days, Unit::Count, draft.band());
    Ok(draft.measured(&reading))
}

/// Days since 1970-01-01 of "YYYY-MM-DD…" in the Gregorian calendar; `None` for another shape.
fn day_number(text: &str) -> Option<i32> {
    let mut parts = text.get(..10)?.split('-').map(str::parse::<i32>);
    let (year, month, day) = (
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    );
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || !(1900..=9999).contains(&year) {
        return None;
    }
    // The year begins in March here, so that the leap day is its last.
    let (year, month) = if month < 3 {
        (year - 1, month + 9)
    } else {
        (year, month - 3)
    };
    let leap_days = year / 4 - year / 100 + year / 400;
    Some(year * 365 + leap_days + (153 * month + 2) / 5 + day - 1 - 719_468)
}

#[test]
fn days_are_counted_through_leap_years() {
    let table = [
        ("1970-01-01", Some(0)),
        ("1970-01-02 10:00:00", Some(1)),
        ("2000-02-29", Some(11_016)),
        ("2000-03-01", Some(11_017)),
        ("2024-12-31", Some(20_088)),
        ("2024-13-01", None),
        ("今天", None),
        ("", None),
    ];
    for (text, expected) in table {
        assert_eq!(day_number(text), expected, "{text}");
    }
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("no time", |_| {}, Severity::Pass, "没有拍摄时间"),
    Case::new(
        "a month ago",
        |f| f.taken("2025-05-01 09:00:00", "2025-06-01"),
        Severity::Pass,
        "31",
    ),
    Case::new(
        "two years ago",
        |f| f.taken("2023-05-01 09:00:00", "2025-06-01"),
        Severity::Warn,
        "762",
    ),
    Case::new(
        "in the future",
        |f| f.taken("2027-01-01 00:00:00", "2025-06-01"),
        Severity::Pass,
        "晚于",
    ),
    Case::new(
        "not a jpeg",
        |f| f.measurements.jpeg = None,
        Severity::Unknown,
        "不是 JPG",
    ),
];
