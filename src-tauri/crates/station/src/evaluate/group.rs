//! Whether the rules treat groups of people alike: false alarms by group, and objections of every rule by group.

use std::collections::BTreeMap;

use serde::Serialize;
use zhaoshen_checks::{RULES, registry};
use zhaoshen_model::{Profile, Severity};

use super::interval::Share;
use super::measured_answers;
use super::sample::{By, Photo, Profiles, Said, finding, frame};
use super::score::{judged, title};

/// How many times as many false alarms one group may have as another before it is said.
const MUCH: f64 = 2.0;

/// The comparison of groups.
#[derive(Debug, Clone, Serialize)]
pub struct Groups {
    /// Photos by group.
    pub photos: BTreeMap<String, usize>,
    /// False alarms, label by label.
    pub false_alarms: Vec<GroupLine>,
    /// Objections of every rule, whatever the labels say: what nobody labelled can be uneven too.
    pub objections: Vec<GroupLine>,
}

/// One label or rule over all groups.
#[derive(Debug, Clone, Serialize)]
pub struct GroupLine {
    /// Codes of the rules, joined with `+`.
    pub rule: String,
    /// The label column; empty for a rule's objections.
    pub label: String,
    /// What the rules are called.
    pub title: String,
    /// One rate per group that has any photo.
    pub groups: Vec<GroupRate>,
    /// Whether the highest rate is more than twice the lowest.
    pub differs: bool,
    /// Whether it is so beyond chance: the 95 % intervals of two groups do not meet.
    pub beyond_chance: bool,
}

/// One group's rate.
#[derive(Debug, Clone, Serialize)]
pub struct GroupRate {
    /// The group.
    pub group: String,
    /// Flagged photos of those without the fault (or, for objections, of all).
    pub share: Share,
}

/// Compares the groups that `by` divides the photos into.
pub(super) fn groups(photos: &[&Photo], profiles: &Profiles, by: &By) -> Groups {
    let mut divided: BTreeMap<String, Vec<&Photo>> = BTreeMap::new();
    for photo in photos {
        if let Some(group) = by.of(photo) {
            divided.entry(group).or_default().push(photo);
        }
    }
    let alarms = measured_answers().map(|answer| {
        let profile = profiles.of(answer);
        let rate = |photos: &[&Photo]| {
            let clean = judged(answer, photos, profile).filter(|(_, faulty, _)| !faulty);
            let said: Vec<Said> = clean.map(|(_, _, said)| said).collect();
            let flagged = said.iter().filter(|said| **said == Said::Flagged).count();
            Share::new(flagged, said.len())
        };
        let groups = rates(&divided, rate);
        line(answer.codes.join("+"), answer.label, title(answer), groups)
    });
    let objections = RULES.iter().map(|rule| {
        let rate = |photos: &[&Photo]| objections(rule, photos, profiles.asked());
        line(
            rule.code.to_owned(),
            "",
            rule.title_zh().to_owned(),
            rates(&divided, rate),
        )
    });
    Groups {
        photos: divided
            .iter()
            .map(|(group, photos)| (group.clone(), photos.len()))
            .collect(),
        false_alarms: alarms.filter(|line| !line.groups.is_empty()).collect(),
        objections: objections.filter(|line| !line.groups.is_empty()).collect(),
    }
}

fn objections(rule: &registry::Rule, photos: &[&Photo], profile: &Profile) -> Share {
    let objects = |photo: &&&Photo| {
        let found = finding(rule, photo, profile, &frame(photo, profile));
        found.is_some_and(|found| matches!(found.severity, Severity::Fail | Severity::Warn))
    };
    Share::new(photos.iter().filter(objects).count(), photos.len())
}

fn rates(
    divided: &BTreeMap<String, Vec<&Photo>>,
    rate: impl Fn(&[&Photo]) -> Share,
) -> Vec<GroupRate> {
    let all = divided.iter().map(|(group, photos)| GroupRate {
        group: group.clone(),
        share: rate(photos),
    });
    all.filter(|rate| rate.share.of > 0).collect()
}

fn line(rule: String, label: &str, title: String, groups: Vec<GroupRate>) -> GroupLine {
    let by = |order: fn(&Share) -> f64| {
        let values = groups.iter().map(move |group| order(&group.share));
        (
            values.clone().fold(f64::INFINITY, f64::min),
            values.fold(f64::NEG_INFINITY, f64::max),
        )
    };
    let ((least, most), (_, highest_low), (lowest_high, _)) = (
        by(Share::value),
        by(|share| share.low),
        by(|share| share.high),
    );
    GroupLine {
        rule,
        label: label.to_owned(),
        title,
        differs: groups.len() > 1 && most > MUCH * least,
        beyond_chance: groups.len() > 1 && highest_low > lowest_high,
        groups,
    }
}
