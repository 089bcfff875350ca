//! # Checks
//! That the file does not say of itself that an AI model made or changed it.
//!
//! # Source clause
//! 99号 一2: 不得对人像特征进行技术处理; GB 45438-2025 obliges such programs to say so in the file.
//!
//! # How it is measured
//! IPTC digital source types in XMP or a C2PA manifest (JUMBF boxes), and the AIGC label of GB
//! 45438-2025, searched for by their words. A C2PA manifest alone is mentioned and passes: cameras
//! write it too.
//!
//! # Cannot tell when
//! The picture cannot be decoded.
//!
//! # Known false alarms
//! None known. An absent label proves nothing: saving the picture once more removes it.

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
    code: "EDIT-06",
    id: "ai-marked",
    family: Family::Editing,
    applies: Applies::Submission,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("ai_marked.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let marks = &subject.trace()?.marks;
    Ok(match &marks.ai_label {
        Some(label) => draft.outside(say::AI_MARKED, &[label]),
        None if marks.origin_manifest => draft.pass(say::ORIGIN_MANIFEST, &[]),
        None => draft.pass(say::NOT_AI_MARKED, &[]),
    })
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "没有"),
    Case::new(
        "labelled",
        |f| f.trace().marks.ai_label = Some("trainedAlgorithmicMedia".into()),
        Severity::Warn,
        "trainedAlgorithmicMedia",
    ),
    Case::new(
        "a manifest",
        |f| f.trace().marks.origin_manifest = true,
        Severity::Pass,
        "C2PA",
    ),
    Case::new("undecodable", |f| f.spoil(), Severity::Unknown, "打不开"),
    Case::new(
        "not measured",
        |f| f.measurements.trace = None,
        Severity::Unknown,
        "痕迹没有测出",
    ),
];
