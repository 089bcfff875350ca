//! # Checks
//! That the photo was not taken of a screen or of a print.
//!
//! # Source clause
//! 99号 一2: 不得使用翻拍的照片.
//!
//! # How it is measured
//! The highest lone peak of the mean spectrum over its surroundings, which the dots of a screen give;
//! and straight edges of paper or of a frame near the border: the share of its side that the
//! second-best edge takes (`max_edge_share`), since one may be a door or a painted line.
//!
//! # Cannot tell when
//! The picture cannot be decoded.
//!
//! # Known false alarms
//! Finely woven cloth high in the picture; a photo with a frame drawn around it. A carefully cropped
//! copy of a print, or a scan, shows neither and passes.

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
    code: "EDIT-09",
    id: "re-photographed",
    family: Family::Editing,
    applies: Applies::Submission,
    also: &["max_edge_share"],
    measure,
    #[cfg(test)]
    source: include_str!("re_photographed.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let trace = subject.trace()?;
    let paper = draft.limits(None, draft.also("max_edge_share"));
    let mut readings = Vec::new();
    if let Some(peak) = trace.moire_peak {
        readings.push(Reading::new(
            quantity::MOIRE,
            peak,
            Unit::Score,
            draft.band(),
        ));
    }
    if let Some(mut shares) = trace.edge_shares {
        shares.sort_by(f64::total_cmp);
        readings.push(Reading::new(
            quantity::PAPER_EDGE,
            shares[2],
            Unit::Ratio,
            paper,
        ));
    }
    Ok(match readings.is_empty() {
        true => draft.pass(say::TOO_SMALL_TO_TELL, &[]),
        false => draft.worst(&readings),
    })
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "屏幕条纹"),
    Case::new(
        "a screen",
        |f| f.trace().moire_peak = Some(3.0),
        Severity::Warn,
        "3，应不超过 1.7",
    ),
    Case::new(
        "a print",
        |f| f.trace().edge_shares = Some([0.9, 1.0, 0.95, 0.2]),
        Severity::Warn,
        "笔直边缘",
    ),
    Case::new(
        "one straight edge",
        |f| f.trace().edge_shares = Some([0.0, 0.0, 0.1, 1.0]),
        Severity::Pass,
        "屏幕条纹",
    ),
    Case::new(
        "tiny",
        |f| {
            f.trace().moire_peak = None;
            f.trace().edge_shares = None;
        },
        Severity::Pass,
        "太小",
    ),
    Case::new("undecodable", |f| f.spoil(), Severity::Unknown, "打不开"),
    Case::new(
        "not measured",
        |f| f.measurements.trace = None,
        Severity::Unknown,
        "痕迹没有测出",
    ),
];
