//! How good the rules are on labelled photos: caught, missed, false alarms, unknown, rule by rule.
//!
//! A label column is answered by the rules that [`zhaoshen_checks`] names for it. A photo counts as
//! flagged when one of them is `fail` or `warn`, because both make a reviewer look; as unknown when
//! none flags and one cannot tell. Blank labels are skipped. Not a tuner: it changes nothing.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;
use zhaoshen_checks::answers::{ANSWERS, Answer as LabelAnswer};
use zhaoshen_exchange::labels::{LabelRow, read_labels};
use zhaoshen_model::{Finding, Profile, Severity};

use crate::check::{CheckSession, Checker, judge_alone, read_photo_file};
use crate::profiles::profile;
use crate::wire::Failure;

/// The table `zhaoshen evaluate` prints.
#[derive(Debug, Clone, Serialize)]
pub struct Evaluation {
    /// One line per label column that a rule answers and that the file has.
    pub rules: Vec<RuleScore>,
    /// Photos evaluated.
    pub photos: usize,
    /// Photos the label file names that could not be read.
    pub unreadable: Vec<String>,
}

/// How the rules answering one label did.
#[derive(Debug, Clone, Serialize)]
pub struct RuleScore {
    /// Codes of the answering rules, joined with `+`.
    pub rule: String,
    /// The label column.
    pub label: String,
    /// Photos with the fault that were flagged.
    pub caught: usize,
    /// Photos with the fault.
    pub positives: usize,
    /// Photos without the fault that were flagged.
    pub false_alarms: usize,
    /// Photos without the fault.
    pub negatives: usize,
    /// Photos, with the fault or without, about which no answering rule could tell.
    pub unknown: usize,
    /// Files with the fault that were not flagged.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missed_files: Vec<String>,
    /// Files without the fault that were flagged.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub false_alarm_files: Vec<String>,
}

/// Checks every photo that `labels` names inside `folder` and compares.
///
/// # Errors
/// When the label file cannot be read or has no `file` column.
pub fn evaluate(
    labels: &Path,
    folder: &Path,
    profile_name: Option<&str>,
) -> Result<Evaluation, Failure> {
    let profiles = Profiles::load(profile_name)?;
    let rows = read_labels(labels).map_err(|error| crate::failure::exchange(&error))?;
    let checker = Checker::new()?;
    let judged: Vec<Judged<'_>> = rows
        .par_iter()
        .map_init(
            || checker.session(),
            |session, row| judge_row(row, folder, &profiles, session),
        )
        .collect();
    let unreadable = judged
        .iter()
        .filter(|photo| photo.findings.is_none())
        .map(|photo| photo.row.file.clone())
        .collect();
    let rules = ANSWERS
        .iter()
        .filter_map(|label| score(label, &judged))
        .collect();
    Ok(Evaluation {
        rules,
        photos: judged
            .iter()
            .filter(|photo| photo.findings.is_some())
            .count(),
        unreadable,
    })
}

struct Judged<'a> {
    row: &'a LabelRow,
    /// Severity by rule code, under each profile that some label asks for.
    findings: Option<ByProfile>,
}

/// Severity by rule code, by profile name; the round's profile is under "".
type ByProfile = BTreeMap<&'static str, BTreeMap<String, Severity>>;

/// The profiles needed: the one asked for, and those that single labels make sense under alone.
struct Profiles(BTreeMap<&'static str, Profile>);

impl Profiles {
    fn load(asked: Option<&str>) -> Result<Self, Failure> {
        let mut profiles = BTreeMap::from([("", profile(asked)?)]);
        for name in ANSWERS.iter().filter_map(|answer| answer.profile) {
            profiles.insert(name, profile(Some(name))?);
        }
        Ok(Self(profiles))
    }
}

fn judge_row<'a>(
    row: &'a LabelRow,
    folder: &Path,
    profiles: &Profiles,
    session: &mut CheckSession,
) -> Judged<'a> {
    let findings = read_photo_file(&folder.join(&row.file)).ok().map(|bytes| {
        let measurements = session.measure(&bytes, &row.file);
        let judged = |profile| by_code(&judge_alone(&measurements, profile));
        profiles
            .0
            .iter()
            .map(|(name, profile)| (*name, judged(profile)))
            .collect()
    });
    Judged { row, findings }
}

fn by_code(findings: &[Finding]) -> BTreeMap<String, Severity> {
    findings
        .iter()
        .map(|finding| (finding.code.clone(), finding.severity))
        .collect()
}

fn score(label: &LabelAnswer, photos: &[Judged<'_>]) -> Option<RuleScore> {
    let mut score = RuleScore {
        rule: label.codes.join("+"),
        label: label.label.to_owned(),
        caught: 0,
        positives: 0,
        false_alarms: 0,
        negatives: 0,
        unknown: 0,
        missed_files: Vec::new(),
        false_alarm_files: Vec::new(),
    };
    for photo in photos {
        let (Some(value), Some(findings)) = (photo.row.value(label.label), photo.findings.as_ref())
        else {
            continue;
        };
        count(
            &mut score,
            photo.row,
            value == label.bad_value,
            answer(label, findings),
        );
    }
    (score.positives + score.negatives > 0).then_some(score)
}

fn count(score: &mut RuleScore, row: &LabelRow, has_fault: bool, answer: Answer) {
    score.unknown += usize::from(answer == Answer::Unknown);
    if has_fault {
        score.positives += 1;
        if answer == Answer::Flagged {
            score.caught += 1;
        } else {
            score.missed_files.push(row.file.clone());
        }
    } else {
        score.negatives += 1;
        if answer == Answer::Flagged {
            score.false_alarms += 1;
            score.false_alarm_files.push(row.file.clone());
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Flagged,
    Clear,
    Unknown,
}

fn answer(label: &LabelAnswer, findings: &ByProfile) -> Answer {
    let severities: Vec<Severity> = findings
        .get(label.profile.unwrap_or(""))
        .map(|by_code| {
            label
                .codes
                .iter()
                .filter_map(|code| by_code.get(*code).copied())
                .collect()
        })
        .unwrap_or_default();
    match () {
        () if severities
            .iter()
            .any(|severity| matches!(severity, Severity::Fail | Severity::Warn)) =>
        {
            Answer::Flagged
        }
        () if severities.is_empty() || severities.contains(&Severity::Unknown) => Answer::Unknown,
        () => Answer::Clear,
    }
}
