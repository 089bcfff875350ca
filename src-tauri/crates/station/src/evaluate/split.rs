//! Limits chosen on the photos of one half of the people, figures of the other half's, and the other way round.
//!
//! People, not photos, are divided, so that no one is judged by limits that his own other photo helped to choose.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::fit::{Moved, fit_label};
use super::interval::Share;
use super::measured_answers;
use super::sample::{By, Photo, Profiles};
use super::score::{counts, title};

/// The outcome of the division.
#[derive(Debug, Clone, Serialize)]
pub struct Split {
    /// People told apart.
    pub subjects: usize,
    /// Photos of the first and of the second half.
    pub photos: [usize; 2],
    /// One line per label.
    pub lines: Vec<SplitLine>,
}

/// Both halves of one label together: each photo judged by the limits chosen on the half it is not in.
#[derive(Debug, Clone, Serialize)]
pub struct SplitLine {
    /// Codes of the answering rules, joined with `+`.
    pub rule: String,
    /// The label column.
    pub label: String,
    /// What the rules are called.
    pub title: String,
    /// Caught of the photos with the fault.
    pub caught: Share,
    /// False alarms of the photos without it.
    pub false_alarms: Share,
    /// Photos with the fault of which nothing could be told.
    pub unknown_positives: usize,
    /// Photos without it of which nothing could be told.
    pub unknown_negatives: usize,
    /// The limits that moved, chosen on the first and on the second half.
    pub moved: [Vec<Moved>; 2],
}

/// Divides the photos by `by` and judges each half by the other's limits.
pub(super) fn split(photos: &[&Photo], profiles: &Profiles, by: &By, rate: f64) -> Split {
    // A photo that belongs to nobody known is a person of its own.
    let subject = |photo: &Photo| by.of(photo).unwrap_or_else(|| photo.row.file.clone());
    let subjects: BTreeSet<String> = photos.iter().map(|photo| subject(photo)).collect();
    let second: BTreeMap<&str, bool> = subjects
        .iter()
        .enumerate()
        .map(|(index, subject)| (subject.as_str(), index % 2 == 1))
        .collect();
    let (later, first): (Vec<&Photo>, Vec<&Photo>) = photos.iter().partition(|photo| {
        second
            .get(subject(photo).as_str())
            .copied()
            .unwrap_or(false)
    });
    let halves = [first, later];
    let lines = measured_answers().filter_map(|answer| {
        let profile = profiles.of(answer);
        let fits = [0, 1].map(|half| fit_label(answer, &halves[half], profile, rate));
        let figures = [0, 1].map(|half| counts(answer, &halves[1 - half], &fits[half].0));
        let sum =
            |count: fn(&super::score::Counts) -> usize| figures.iter().map(count).sum::<usize>();
        let (positives, negatives) = (sum(|c| c.positives()), sum(|c| c.negatives()));
        (positives + negatives > 0).then(|| SplitLine {
            rule: answer.codes.join("+"),
            label: answer.label.to_owned(),
            title: title(answer),
            caught: Share::new(sum(|c| c.caught), positives),
            false_alarms: Share::new(sum(|c| c.false_alarms), negatives),
            unknown_positives: sum(|c| c.unknown_positives),
            unknown_negatives: sum(|c| c.unknown_negatives),
            moved: fits.map(|(_, moved)| moved),
        })
    });
    Split {
        subjects: subjects.len(),
        photos: [0, 1].map(|half| halves[half].len()),
        lines: lines.collect(),
    }
}
