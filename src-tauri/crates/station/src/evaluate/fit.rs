//! Limits chosen from labelled photos.
//!
//! Label by label, its limits are first opened, then closed one after the other, the rule's own band before its
//! further numbers, each to where the label's rules together catch most at the chosen share of false alarms. A limit
//! that catches nothing more stays as the profile has it: the labels say nothing of it. Where no photo has the fault,
//! a limit moves only as far as false alarms make it.

use serde::Serialize;
use zhaoshen_checks::{Answer, Rule};
use zhaoshen_model::Profile;

use super::interval::Share;
use super::measured_answers;
use super::sample::{Photo, rules_of};
use super::setting::{Setting, settings_of};
use super::sweep::{Labelled, allowed, choose};

/// Limits chosen on all photos.
#[derive(Debug, Clone, Serialize)]
pub struct Fit {
    /// Photos they were chosen on.
    pub photos: usize,
    /// The limits that move.
    pub moved: Vec<Moved>,
    /// What would come of them, on the photos they were chosen on: flattering, see the split for honest figures.
    pub lines: Vec<FitLine>,
}

/// One limit that moves.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Moved {
    /// The setting, e.g. `FACE-03.max`.
    pub setting: String,
    /// The label it was chosen for.
    pub label: String,
    /// As the profile has it.
    pub from: f64,
    /// As chosen.
    pub to: f64,
}

/// One label before and after.
#[derive(Debug, Clone, Serialize)]
pub struct FitLine {
    /// The label column.
    pub label: String,
    /// Caught before.
    pub caught_before: Share,
    /// Caught with the chosen limits.
    pub caught: Share,
    /// False alarms before.
    pub false_alarms_before: Share,
    /// False alarms with the chosen limits.
    pub false_alarms: Share,
}

/// Chooses the limits of every label that any profile may answer.
pub(super) fn fit_all(photos: &[&Photo], profile: &Profile, rate: f64) -> Fit {
    let mut fit = Fit {
        photos: photos.len(),
        moved: Vec::new(),
        lines: Vec::new(),
    };
    // A label that makes sense under one profile alone says nothing of another one's limits.
    let answers =
        measured_answers().filter(|answer| answer.profile.is_none_or(|name| name == profile.name));
    for answer in answers {
        let (fitted, moved) = fit_label(answer, photos, profile, rate);
        let line = line(answer, photos, profile, &fitted);
        fit.lines.extend(line);
        fit.moved.extend(moved);
    }
    // One limit may answer two labels: the first, which stands higher in the table, keeps it.
    let mut seen: Vec<String> = Vec::new();
    fit.moved.retain(|moved| {
        let new = !seen.contains(&moved.setting);
        seen.push(moved.setting.clone());
        new
    });
    fit
}

fn line(answer: &Answer, photos: &[&Photo], before: &Profile, after: &Profile) -> Option<FitLine> {
    let before = super::score::counts(answer, photos, before);
    let after = super::score::counts(answer, photos, after);
    let (positives, negatives) = (before.positives(), before.negatives());
    (positives + negatives > 0).then(|| FitLine {
        label: answer.label.to_owned(),
        caught_before: Share::new(before.caught, positives),
        caught: Share::new(after.caught, positives),
        false_alarms_before: Share::new(before.false_alarms, negatives),
        false_alarms: Share::new(after.false_alarms, negatives),
    })
}

/// The profile with the limits that answer one label chosen anew, and those that moved.
pub(super) fn fit_label(
    answer: &Answer,
    photos: &[&Photo],
    profile: &Profile,
    rate: f64,
) -> (Profile, Vec<Moved>) {
    let labelled = Labelled::new(answer, photos, profile);
    let rules = rules_of(answer);
    let limits = |setting: &Setting| labelled.values(setting, profile).len() > 1;
    let all = rules.iter().flat_map(|rule| settings_of(rule, profile));
    let settings: Vec<Setting> = all.filter(limits).collect();
    let (positives, negatives) = labelled.totals();
    let most = allowed(rate, negatives);
    let fitted = match positives {
        0 => loosened(&labelled, &rules, &settings, profile, most),
        _ => closed(&labelled, &rules, &settings, profile, most),
    };
    let moved = settings.iter().filter_map(|setting| {
        let (from, to) = (setting.read(profile)?, setting.read(&fitted)?);
        ((from - to).abs() > 1e-12).then(|| Moved {
            setting: setting.name(),
            label: answer.label.to_owned(),
            from,
            to,
        })
    });
    let moved = moved.collect();
    (fitted, moved)
}

/// Opens all `settings`, then closes them one after the other.
fn closed(
    labelled: &Labelled<'_>,
    rules: &[&'static Rule],
    settings: &[Setting],
    profile: &Profile,
    most: usize,
) -> Profile {
    let open = settings
        .iter()
        .fold(profile.clone(), |open, setting| setting.with(&open, None));
    let (positives, _) = labelled.totals();
    let mut fitted = open;
    let mut caught = labelled.counts(rules, &fitted).caught;
    let mut silent = Vec::new();
    for setting in settings {
        let points = labelled.points(setting, rules, &fitted_at(&fitted, setting, profile));
        let current = setting.read(profile).unwrap_or_default();
        match choose(&points, most, current, positives) {
            Some(point) if point.caught > caught => {
                caught = point.caught;
                fitted = setting.with(&fitted, Some(point.limit));
            }
            Some(_) | None => silent.push(setting),
        }
    }
    silent.into_iter().fold(fitted, |fitted, setting| {
        setting.with(&fitted, setting.read(profile))
    })
}

/// `fitted` with `setting` at the profile's value, from where [`Labelled::points`] moves it.
fn fitted_at(fitted: &Profile, setting: &Setting, profile: &Profile) -> Profile {
    setting.with(fitted, setting.read(profile))
}

/// Moves each of `settings` as little as keeps to `most` false alarms.
fn loosened(
    labelled: &Labelled<'_>,
    rules: &[&'static Rule],
    settings: &[Setting],
    profile: &Profile,
    most: usize,
) -> Profile {
    let mut fitted = profile.clone();
    for setting in settings {
        if labelled.counts(rules, &fitted).false_alarms <= most {
            break;
        }
        let points = labelled.points(setting, rules, &fitted);
        let current = setting.read(profile).unwrap_or_default();
        let least = points
            .iter()
            .map(|point| point.false_alarms)
            .min()
            .unwrap_or(0);
        if let Some(point) = choose(&points, most.max(least), current, 0) {
            fitted = setting.with(&fitted, Some(point.limit));
        }
    }
    fitted
}
