//! # Checks
//! That the picture shows exactly one face.
//!
//! # Source clause
//! 99号 二1: 背景不得有其他人.
//!
//! # How it is measured
//! Faces of the detector with at least `min_score`; the strongest always counts. A further face
//! counts when its box has at least `min_area_share` of the largest one's area; a smaller one is a
//! hint.
//!
//! # Cannot tell when
//! The picture cannot be decoded.
//!
//! # Known false alarms
//! A face printed on clothes or hanging on the wall.

use zhaoshen_model::measurement::FaceBox;
use zhaoshen_model::{Finding, Mark, Unit};

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
    code: "FACE-01",
    id: "not-one-face",
    family: Family::Face,
    applies: Applies::Always,
    also: &["min_score", "min_area_share"],
    measure,
    #[cfg(test)]
    source: include_str!("not_one_face.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    subject.picture()?;
    let faces = &subject.measurements.faces;
    let sure = draft.also("min_score").unwrap_or(0.0);
    let share = draft.also("min_area_share").unwrap_or(0.0);
    let largest = faces
        .iter()
        .map(|face| face.rect.area())
        .fold(0.0, f64::max);
    let is_sure = |(index, face): &(usize, &FaceBox)| *index == 0 || face.score >= sure;
    let seen: Vec<&FaceBox> = faces
        .iter()
        .enumerate()
        .filter(is_sure)
        .map(|(_, face)| face)
        .collect();
    let counts = |face: &&&FaceBox| face.rect.area() >= share * largest;
    let count = u32::try_from(seen.iter().filter(counts).count()).unwrap_or(u32::MAX);
    let band = draft.limits(Some(1.0), Some(1.0));
    let mut draft = draft.valued(&Reading::new(
        quantity::FACES,
        count.into(),
        Unit::Count,
        band,
    ));
    if seen.len() > 1 {
        for face in &seen {
            draft = draft.mark(|| Mark::Rect { rect: face.rect });
        }
    }
    Ok(match count {
        0 => draft.outside(say::NO_FACE, &[]),
        1 if seen.len() == 1 => draft.pass(say::ONE_FACE, &[]),
        1 => draft.hint(say::SMALL_FACE, &[]),
        _ => draft.outside(say::FACES, &[&count]),
    })
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "有且只有一张"),
    Case::new("nobody", |f| f.lose_face(), Severity::Fail, "没有找到人脸"),
    Case::new(
        "two",
        |f| {
            let second = f.measurements.faces[0].clone();
            f.measurements.faces.push(second);
        },
        Severity::Fail,
        "找到 2 张",
    ),
    Case::new(
        "a small one behind",
        |f| {
            let mut second = f.measurements.faces[0].clone();
            second.rect.width = 40.0;
            second.rect.height = 40.0;
            f.measurements.faces.push(second);
        },
        Severity::Warn,
        "较小的疑似人脸",
    ),
    Case::new(
        "a doubtful one",
        |f| {
            let mut second = f.measurements.faces[0].clone();
            second.score = 0.1;
            f.measurements.faces.push(second);
        },
        Severity::Pass,
        "有且只有一张",
    ),
    Case::new(
        "undecodable",
        |f| f.spoil(),
        Severity::Unknown,
        "照片打不开",
    ),
];
