//! One limit moved through all the values that make a difference: caught and false alarms at each.
//!
//! The values tried lie between the values measured, so the table holds every outcome there is. Whether a photo is
//! flagged is asked of the rule itself at each value, not computed from the measurement.

use rayon::prelude::*;
use serde::Serialize;
use zhaoshen_checks::{Answer, Family, FinalFrame, Rule};
use zhaoshen_model::Profile;

use super::interval::Share;
use super::measured_answers;
use super::sample::{Photo, Said, frame, has_fault};
use super::score::{Counts, said};
use super::setting::Setting;

/// Most values tried; of more, every so many-th is.
const MOST: usize = 400;
/// Steps where a setting is no limit on a measured value.
const STEPS: i32 = 32;

/// A limit moved through its values, for one label.
#[derive(Debug, Clone, Serialize)]
pub struct Sweep {
    /// The setting, e.g. `FACE-03.max_teeth_ratio`.
    pub setting: String,
    /// What the rule is called.
    pub title: String,
    /// The label column.
    pub label: String,
    /// The profile's value.
    pub current: f64,
    /// Photos with the fault.
    pub positives: usize,
    /// Photos without it.
    pub negatives: usize,
    /// What this rule alone does at each value, ascending.
    pub points: Vec<SweepPoint>,
    /// The value that catches most at no more than the chosen share of false alarms; `None` when no value keeps that
    /// share.
    pub suggested: Option<SweepPoint>,
}

/// What a limit does at one value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SweepPoint {
    /// The limit.
    pub limit: f64,
    /// Photos with the fault that are flagged.
    pub caught: usize,
    /// Photos without it that are flagged.
    pub false_alarms: usize,
    /// Photos of which nothing can be told.
    pub unknown: usize,
    /// `caught` of those with the fault.
    pub caught_share: Share,
    /// `false_alarms` of those without.
    pub false_alarm_share: Share,
    /// Room to the nearest measured values, which says how much the value may still move.
    #[serde(skip)]
    pub(super) room: f64,
}

/// Every setting with every label that its rule answers.
pub(super) fn sweeps(
    settings: &[Setting],
    photos: &[&Photo],
    profile: &Profile,
    rate: f64,
) -> Vec<Sweep> {
    let answered = |setting: &Setting| {
        let code = setting.rule.code;
        measured_answers().filter(move |answer| answer.codes.contains(&code))
    };
    let pairs = settings
        .iter()
        .flat_map(|setting| answered(setting).map(move |answer| (setting, answer)));
    pairs
        .map(|(setting, answer)| sweep(setting, answer, photos, profile, rate))
        .collect()
}

fn sweep(
    setting: &Setting,
    answer: &Answer,
    photos: &[&Photo],
    profile: &Profile,
    rate: f64,
) -> Sweep {
    let labelled = Labelled::new(answer, photos, profile);
    let points = labelled.points(setting, &[setting.rule], profile);
    let current = setting.read(profile).unwrap_or_default();
    let (positives, negatives) = labelled.totals();
    Sweep {
        setting: setting.name(),
        title: setting.rule.title_zh().to_owned(),
        label: answer.label.to_owned(),
        current,
        positives,
        negatives,
        suggested: choose(&points, allowed(rate, negatives), current, positives),
        points,
    }
}

/// False alarms that a share of `negatives` amounts to.
pub(super) fn allowed(rate: f64, negatives: usize) -> usize {
    // A hair's breadth more, so that 0.03 of 100 are 3.
    (rate * negatives as f64 + 1e-9).floor() as usize
}

/// The point that catches most at no more than `allowed` false alarms. Of equals the one with most room around it,
/// because that is where photos of other people are least likely to fall on the wrong side; where nothing is there
/// to be caught, the one nearest to the `current` limit.
pub(super) fn choose(
    points: &[SweepPoint],
    allowed: usize,
    current: f64,
    positives: usize,
) -> Option<SweepPoint> {
    let fit = points.iter().filter(|point| point.false_alarms <= allowed);
    fit.copied().max_by(|one, other| {
        let rank = |point: &SweepPoint| match positives {
            0 => -(point.limit - current).abs(),
            _ => point.room,
        };
        let caught = one.caught.cmp(&other.caught);
        caught.then(rank(one).total_cmp(&rank(other)))
    })
}

/// The photos that have a label, with their frames under a profile.
pub(super) struct Labelled<'a> {
    photos: Vec<(&'a Photo, bool, FinalFrame)>,
}

impl<'a> Labelled<'a> {
    pub fn new(answer: &Answer, photos: &[&'a Photo], profile: &Profile) -> Self {
        let labelled = photos.iter().filter_map(|photo| {
            let faulty = has_fault(answer, photo)?;
            Some((*photo, faulty, frame(photo, profile)))
        });
        Self {
            photos: labelled.collect(),
        }
    }

    /// With the fault, and without.
    pub fn totals(&self) -> (usize, usize) {
        let positives = self.photos.iter().filter(|(_, faulty, _)| *faulty).count();
        (positives, self.photos.len() - positives)
    }

    /// What `rules` say under `profile`.
    pub fn counts(&self, rules: &[&'static Rule], profile: &Profile) -> Counts {
        // Only the rules of geometry move the frame.
        let moves = rules.iter().any(|rule| rule.family == Family::Geometry);
        let mut counts = Counts::default();
        for (photo, faulty, kept) in &self.photos {
            let moved = moves.then(|| frame(photo, profile));
            let said: Said = said(rules, photo, profile, moved.as_ref().unwrap_or(kept));
            counts.add(*faulty, said);
        }
        counts
    }

    /// What `rules` say at each value of `setting`, the rest as in `profile`.
    pub fn points(
        &self,
        setting: &Setting,
        rules: &[&'static Rule],
        profile: &Profile,
    ) -> Vec<SweepPoint> {
        let values = self.values(setting, profile);
        let values = match values.len() {
            0 | 1 => steps(setting.read(profile).unwrap_or_default()),
            _ => between(&values),
        };
        let inward = match setting.is_lower_limit() {
            true => -setting.margin(profile),
            false => setting.margin(profile),
        };
        let point = |(value, room): (f64, f64)| {
            let limit = tidy(value + inward, room);
            let counts = self.counts(rules, &setting.with(profile, Some(limit)));
            SweepPoint {
                limit,
                caught: counts.caught,
                false_alarms: counts.false_alarms,
                unknown: counts.unknown_positives + counts.unknown_negatives,
                caught_share: Share::new(counts.caught, counts.positives()),
                false_alarm_share: Share::new(counts.false_alarms, counts.negatives()),
                room,
            }
        };
        values.into_par_iter().map(point).collect()
    }

    /// The distinct values that `setting` limits, ascending; empty where it is no limit on a value.
    pub fn values(&self, setting: &Setting, profile: &Profile) -> Vec<f64> {
        let probe = setting.probe(profile);
        let value =
            |(photo, _, frame): &(&Photo, bool, FinalFrame)| setting.value(photo, &probe, frame);
        let mut values: Vec<f64> = self.photos.iter().filter_map(value).collect();
        values.sort_by(f64::total_cmp);
        values.dedup_by(|one, other| (*one - *other).abs() < 1e-12);
        values
    }
}

/// The middles between neighbours, and a value beyond either end, each with its room.
fn between(values: &[f64]) -> Vec<(f64, f64)> {
    let (first, last) = (values[0], values[values.len() - 1]);
    let beyond = (last - first) / values.len() as f64;
    let middles = values
        .windows(2)
        .map(|pair| ((pair[0] + pair[1]) / 2.0, (pair[1] - pair[0]) / 2.0));
    let all: Vec<(f64, f64)> = std::iter::once((first - beyond, beyond))
        .chain(middles)
        .chain(std::iter::once((last + beyond, beyond)))
        .collect();
    let every = all.len().div_ceil(MOST);
    all.into_iter().step_by(every).collect()
}

/// From a quarter of the current value to four times as much.
fn steps(current: f64) -> Vec<(f64, f64)> {
    let factor = |step: i32| 4f64.powf(f64::from(step) * 2.0 / f64::from(STEPS) - 1.0);
    (0..=STEPS)
        .map(|step| (current * factor(step), 0.0))
        .collect()
}

/// The value with as few digits as keep it in the middle half of its room: limits are read by people.
fn tidy(value: f64, room: f64) -> f64 {
    for places in 0..9 {
        let scale = 10f64.powi(places);
        let rounded = (value * scale).round() / scale;
        if (rounded - value).abs() <= room / 2.0 {
            return rounded;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]

    use super::*;

    fn point(limit: f64, caught: usize, false_alarms: usize, room: f64) -> SweepPoint {
        SweepPoint {
            limit,
            caught,
            false_alarms,
            unknown: 0,
            caught_share: Share::new(caught, 10),
            false_alarm_share: Share::new(false_alarms, 10),
            room,
        }
    }

    #[test]
    fn the_roomiest_of_the_best_is_chosen() {
        let points = [
            point(1.0, 10, 4, 0.5),
            point(2.0, 9, 1, 0.1),
            point(3.0, 9, 1, 0.4),
            point(4.0, 8, 0, 0.9),
        ];
        let chosen =
            |allowed, positives| choose(&points, allowed, 3.9, positives).map(|point| point.limit);
        assert_eq!(chosen(1, 10), Some(3.0));
        assert_eq!(chosen(0, 10), Some(4.0));
        assert_eq!(chosen(9, 10), Some(1.0));
        let nothing = [point(1.0, 0, 0, 0.5), point(3.0, 0, 0, 0.1)];
        assert_eq!(choose(&nothing, 0, 3.9, 0).unwrap().limit, 3.0);
        assert_eq!(choose(&[point(1.0, 1, 1, 0.1)], 0, 1.0, 1), None);
    }

    #[test]
    fn values_tried_separate_all_values_measured() {
        let tried: Vec<f64> = between(&[1.0, 2.0, 4.0])
            .into_iter()
            .map(|(value, _)| value)
            .collect();
        assert_eq!(tried, [0.0, 1.5, 3.0, 5.0]);
    }

    #[test]
    fn limits_are_rounded_as_far_as_the_room_allows() {
        assert_eq!(tidy(0.123_456, 0.02), 0.12);
        assert_eq!(tidy(12.34, 1.0), 12.0);
        assert_eq!(tidy(0.123_456, 0.000_1), 0.123_5);
    }

    #[test]
    fn false_alarms_allowed_are_rounded_down() {
        assert_eq!(
            (allowed(0.01, 99), allowed(0.01, 100), allowed(0.03, 100)),
            (0, 1, 3)
        );
    }
}
