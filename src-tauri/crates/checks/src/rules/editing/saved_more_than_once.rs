//! # Checks
//! That the picture was not compressed before: an original comes from the camera once.
//!
//! # Source clause
//! 99号 一2, and the 2021 notice: 不得对原电子文件进行修改和美化.
//!
//! # How it is measured
//! What an earlier, coarser JPEG leaves in the coefficients of this one (nats per coefficient), and the
//! strength of a second block grid beside the file's own, as cropping leaves it (`max_shifted_grid`).
//! Both are measured on the stored pixels.
//!
//! # Cannot tell when
//! The picture cannot be decoded, or the file is not a JPEG. An earlier compression as fine as this one
//! or finer leaves no trace: such a photo passes.
//!
//! # Known false alarms
//! Studios that crop and save their own files; photos forwarded by chat programs. It is a hint that
//! this is no original, and never a fault of the face.

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
    code: "EDIT-07",
    id: "saved-more-than-once",
    family: Family::Editing,
    applies: Applies::Submission,
    also: &["max_shifted_grid"],
    measure,
    #[cfg(test)]
    source: include_str!("saved_more_than_once.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let trace = subject.trace()?;
    subject.jpeg()?;
    let Some(earlier) = &trace.earlier_save else {
        return Ok(draft.pass(say::TOO_SMALL_TO_TELL, &[]));
    };
    let grid = draft.limits(None, draft.also("max_shifted_grid"));
    let twice = Reading::new(
        quantity::RESAVED,
        earlier.double_gain,
        Unit::Score,
        draft.band(),
    );
    let moved = Reading::new(
        quantity::SHIFTED_GRID,
        earlier.shifted_grid,
        Unit::Score,
        grid,
    );
    let again = twice.severity() == draft.band().outside;
    Ok(match earlier.earlier_quality.filter(|_| again) {
        Some(quality) => draft.valued(&twice).outside(say::RESAVED_AT, &[&quality]),
        None => draft.worst(&[twice, moved]),
    })
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "重复压缩痕迹 0"),
    Case::new(
        "saved before",
        |f| f.earlier_save().double_gain = 0.9,
        Severity::Warn,
        "重复压缩痕迹 0.9",
    ),
    Case::new(
        "saved before at a known quality",
        |f| {
            f.earlier_save().double_gain = 0.9;
            f.earlier_save().earlier_quality = Some(75);
        },
        Severity::Warn,
        "品质约 75",
    ),
    Case::new(
        "cropped and saved",
        |f| f.earlier_save().shifted_grid = 0.09,
        Severity::Warn,
        "错位的压缩方格 0.09",
    ),
    Case::new(
        "tiny",
        |f| f.trace().earlier_save = None,
        Severity::Pass,
        "太小",
    ),
    Case::new(
        "no number",
        |f| f.earlier_save().double_gain = f64::NAN,
        Severity::Unknown,
        "无效",
    ),
    Case::new(
        "not a jpeg",
        |f| f.measurements.jpeg = None,
        Severity::Unknown,
        "不是 JPG",
    ),
    Case::new("undecodable", |f| f.spoil(), Severity::Unknown, "打不开"),
    Case::new(
        "not measured",
        |f| f.measurements.trace = None,
        Severity::Unknown,
        "痕迹没有测出",
    ),
];
