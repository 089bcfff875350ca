//! Caught, missed, false alarms, unknown: label by label.

use serde::Serialize;
use zhaoshen_checks::{Answer, FinalFrame, Rule};
use zhaoshen_model::{Profile, Severity};

use super::interval::Share;
use super::listed::{Listed, Worst, worst};
use super::measured_answers;
use super::sample::{Photo, Profiles, Said, finding, frame, has_fault, rules_of};

/// How the rules answering one label did.
#[derive(Debug, Clone, Serialize)]
pub struct RuleScore {
    /// Codes of the answering rules, joined with `+`.
    pub rule: String,
    /// The label column.
    pub label: String,
    /// What the rules are called.
    pub title: String,
    /// Photos with the fault that were flagged.
    pub caught: usize,
    /// Photos with the fault.
    pub positives: usize,
    /// Photos with the fault that the rules passed.
    pub missed: usize,
    /// Photos without the fault that were flagged.
    pub false_alarms: usize,
    /// Photos without the fault.
    pub negatives: usize,
    /// Photos, with the fault or without, about which no answering rule could tell.
    pub unknown: usize,
    /// Those of them with the fault.
    pub unknown_positives: usize,
    /// Those of them without it.
    pub unknown_negatives: usize,
    /// `caught` of `positives`.
    pub caught_share: Share,
    /// `false_alarms` of `negatives`.
    pub false_alarm_share: Share,
    /// Files with the fault that the rules passed, or could not tell about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missed_files: Vec<String>,
    /// Files without the fault that were flagged.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub false_alarm_files: Vec<String>,
    /// The worst photos of each kind.
    pub worst: Worst,
}

/// What was said of photos with and without a fault, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub caught: usize,
    pub missed: usize,
    pub unknown_positives: usize,
    pub false_alarms: usize,
    pub clear: usize,
    pub unknown_negatives: usize,
}

impl Counts {
    pub fn add(&mut self, has_fault: bool, said: Said) {
        let cell = match (has_fault, said) {
            (true, Said::Flagged) => &mut self.caught,
            (true, Said::Clear) => &mut self.missed,
            (true, Said::Unknown) => &mut self.unknown_positives,
            (false, Said::Flagged) => &mut self.false_alarms,
            (false, Said::Clear) => &mut self.clear,
            (false, Said::Unknown) => &mut self.unknown_negatives,
        };
        *cell += 1;
    }

    pub fn positives(&self) -> usize {
        self.caught + self.missed + self.unknown_positives
    }

    pub fn negatives(&self) -> usize {
        self.false_alarms + self.clear + self.unknown_negatives
    }
}

/// The table: one line per label that a rule answers and that some photo has.
pub(super) fn scores(photos: &[&Photo], profiles: &Profiles) -> Vec<RuleScore> {
    let line = |answer| score(answer, photos, profiles.of(answer));
    measured_answers().filter_map(line).collect()
}

fn score(answer: &Answer, photos: &[&Photo], profile: &Profile) -> Option<RuleScore> {
    let mut counts = Counts::default();
    let (mut missed, mut unknown, mut alarms) = (Vec::new(), Vec::new(), Vec::new());
    for (photo, faulty, said) in judged(answer, photos, profile) {
        counts.add(faulty, said);
        match (faulty, said) {
            (_, Said::Unknown) => unknown.push(photo),
            (true, Said::Clear) => missed.push(photo),
            (false, Said::Flagged) => alarms.push(photo),
            (true, Said::Flagged) | (false, Said::Clear) => {}
        }
    }
    let files = |photos: &[&Photo]| photos.iter().map(|photo| photo.row.file.clone()).collect();
    let faulty_unknown = unknown
        .iter()
        .copied()
        .filter(|photo| has_fault(answer, photo) == Some(true));
    let not_caught: Vec<&Photo> = missed.iter().copied().chain(faulty_unknown).collect();
    let listed = |photos: &[&Photo], kind| -> Vec<Listed> { worst(answer, photos, profile, kind) };
    (counts.positives() + counts.negatives() > 0).then(|| RuleScore {
        rule: answer.codes.join("+"),
        label: answer.label.to_owned(),
        title: title(answer),
        caught: counts.caught,
        positives: counts.positives(),
        missed: counts.missed,
        false_alarms: counts.false_alarms,
        negatives: counts.negatives(),
        unknown: counts.unknown_positives + counts.unknown_negatives,
        unknown_positives: counts.unknown_positives,
        unknown_negatives: counts.unknown_negatives,
        caught_share: Share::new(counts.caught, counts.positives()),
        false_alarm_share: Share::new(counts.false_alarms, counts.negatives()),
        missed_files: files(&not_caught),
        false_alarm_files: files(&alarms),
        worst: Worst {
            missed: listed(&missed, Said::Clear),
            false_alarms: listed(&alarms, Said::Flagged),
            unknown: listed(&unknown, Said::Unknown),
        },
    })
}

pub(super) fn title(answer: &Answer) -> String {
    let titles: Vec<&str> = rules_of(answer)
        .iter()
        .map(|rule| rule.title_zh())
        .collect();
    titles.join("、")
}

/// Every photo that has the label: whether it has the fault, and what is said of it.
pub(super) fn judged<'a>(
    answer: &'a Answer,
    photos: &'a [&'a Photo],
    profile: &'a Profile,
) -> impl Iterator<Item = (&'a Photo, bool, Said)> {
    let rules = rules_of(answer);
    photos.iter().filter_map(move |photo| {
        let faulty = has_fault(answer, photo)?;
        let said = said(&rules, photo, profile, &frame(photo, profile));
        Some((*photo, faulty, said))
    })
}

/// What `rules` together say of a photo.
pub(super) fn said(
    rules: &[&'static Rule],
    photo: &Photo,
    profile: &Profile,
    frame: &FinalFrame,
) -> Said {
    let findings = rules
        .iter()
        .filter_map(|rule| finding(rule, photo, profile, frame));
    let severities: Vec<Severity> = findings.map(|finding| finding.severity).collect();
    Said::of(&severities)
}

/// The numbers alone.
pub(super) fn counts(answer: &Answer, photos: &[&Photo], profile: &Profile) -> Counts {
    let mut counts = Counts::default();
    for (_, faulty, said) in judged(answer, photos, profile) {
        counts.add(faulty, said);
    }
    counts
}
