//! The worst photos of each kind, with what was measured of them.

use serde::Serialize;
use serde_json::Value;
use zhaoshen_checks::Answer;
use zhaoshen_model::{Finding, Profile, Severity};

use super::sample::{Photo, Said, finding, frame, rules_of};
use crate::check::{finding_view, measurement_table_of};
use crate::masking;
use crate::wire::FindingView;

/// Photos listed of each kind.
const MOST: usize = 20;

/// The worst photos of each kind, at most twenty.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Worst {
    /// With the fault and passed: those deepest inside the limits first.
    pub missed: Vec<Listed>,
    /// Without the fault and flagged: those farthest outside first.
    pub false_alarms: Vec<Listed>,
    /// Of which no answering rule could tell.
    pub unknown: Vec<Listed>,
}

/// One photo of a list.
#[derive(Debug, Clone, Serialize)]
pub struct Listed {
    /// The file as the label table names it, to join with; a person reads [`Listed::shown`].
    pub file: String,
    /// Its name with identity numbers masked.
    pub shown: String,
    /// What the answering rules found.
    pub findings: Vec<FindingView>,
    /// Everything measured, flat; what could not be measured is null.
    pub measurements: Value,
}

/// The photos of which `kind` was said, worst first.
pub(super) fn worst(
    answer: &Answer,
    photos: &[&Photo],
    profile: &Profile,
    kind: Said,
) -> Vec<Listed> {
    let mut found: Vec<(f64, &Photo, Vec<Finding>)> = photos
        .iter()
        .map(|photo| {
            let findings = findings(answer, photo, profile);
            (badness(&findings, kind), *photo, findings)
        })
        .collect();
    found.sort_by(|one, other| other.0.total_cmp(&one.0));
    found.truncate(MOST);
    let list = |(_, photo, findings): (f64, &Photo, Vec<Finding>)| Listed {
        file: photo.row.file.clone(),
        shown: masking::shown(&photo.row.file),
        findings: findings.into_iter().map(finding_view).collect(),
        measurements: measurement_table_of(&photo.measurements),
    };
    found.into_iter().map(list).collect()
}

fn findings(answer: &Answer, photo: &Photo, profile: &Profile) -> Vec<Finding> {
    let frame = frame(photo, profile);
    let rules = rules_of(answer);
    rules
        .iter()
        .filter_map(|rule| finding(rule, photo, profile, &frame))
        .collect()
}

/// How far the findings are on the wrong side, in terms of the limits themselves.
fn badness(findings: &[Finding], kind: Said) -> f64 {
    let slacks = findings.iter().filter(|finding| match kind {
        Said::Flagged => matches!(finding.severity, Severity::Fail | Severity::Warn),
        Said::Clear | Said::Unknown => true,
    });
    let slacks = slacks.filter_map(slack);
    match kind {
        Said::Flagged => slacks.map(|slack| -slack).fold(f64::NEG_INFINITY, f64::max),
        Said::Clear | Said::Unknown => slacks.fold(f64::INFINITY, f64::min),
    }
}

/// Distance to the nearer limit as a share of it; negative outside, `None` without value or limits.
fn slack(finding: &Finding) -> Option<f64> {
    let value = finding.value?;
    let part = |room: f64, limit: f64| room / limit.abs().max(1e-6);
    let low = finding.min.map(|min| part(value - min, min));
    let high = finding.max.map(|max| part(max - value, max));
    low.into_iter().chain(high).reduce(f64::min)
}
