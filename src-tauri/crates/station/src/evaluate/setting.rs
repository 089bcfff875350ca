//! One number of a profile that can be moved: a rule's limit, or one of its further numbers.

use zhaoshen_checks::registry;
use zhaoshen_checks::{FinalFrame, Rule};
use zhaoshen_model::Profile;
use zhaoshen_model::profile::RuleSettings;

use super::sample::{Photo, finding};
use crate::failure::refused;
use crate::wire::Failure;
use crate::zh;

/// A limit that every measured value lies outside of.
const IMPOSSIBLE: f64 = 1e12;

/// Which of a rule's numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key {
    Min,
    Max,
    /// Both limits of a band around zero.
    Both,
    Also(&'static str),
}

/// One number of one rule.
#[derive(Clone)]
pub(super) struct Setting {
    pub rule: &'static Rule,
    pub key: Key,
}

impl Setting {
    /// `GEO-02.max`, `FACE-03.max_teeth_ratio`, or `POSE-01` for a rule whose profile gives it one limit (or one band
    /// around zero).
    pub fn parse(text: &str, profile: &Profile) -> Result<Self, Failure> {
        let (code, key) = match text.split_once('.') {
            Some((code, key)) => (code, Some(key)),
            None => (text, None),
        };
        let rule = registry::rule(code).ok_or_else(|| refused(zh::evaluate::no_rule(code)))?;
        let own = own_limit(rule, profile);
        let key = match key {
            None => own,
            Some("min") => Some(Key::Min),
            Some("max") => Some(Key::Max),
            Some(name) => rule
                .also
                .iter()
                .find(|known| **known == name)
                .map(|known| Key::Also(known)),
        };
        let setting = key.map(|key| Self { rule, key });
        setting
            .filter(|setting| setting.read(profile).is_some())
            .ok_or_else(|| refused(zh::evaluate::no_setting(text, &names(rule, profile))))
    }

    /// As it is typed.
    pub fn name(&self) -> String {
        let code = self.rule.code;
        match self.key {
            Key::Min => format!("{code}.min"),
            Key::Max => format!("{code}.max"),
            Key::Both => code.to_owned(),
            Key::Also(name) => format!("{code}.{name}"),
        }
    }

    /// Whether values above it are allowed; of a further number its name tells.
    pub fn is_lower_limit(&self) -> bool {
        match self.key {
            Key::Min => true,
            Key::Max | Key::Both => false,
            Key::Also(name) => name.starts_with("min_"),
        }
    }

    pub fn read(&self, profile: &Profile) -> Option<f64> {
        let settings = profile.rules.get(self.rule.code)?;
        match self.key {
            Key::Min => settings.min,
            Key::Max | Key::Both => settings.max,
            Key::Also(name) => settings.also.get(name).copied(),
        }
    }

    /// The profile with this number moved, or taken out.
    pub fn with(&self, profile: &Profile, value: Option<f64>) -> Profile {
        let mut profile = profile.clone();
        if let Some(settings) = profile.rules.get_mut(self.rule.code) {
            self.put(settings, value);
        }
        profile
    }

    fn put(&self, settings: &mut RuleSettings, value: Option<f64>) {
        match (&self.key, value) {
            (Key::Min, value) => settings.min = value,
            (Key::Max, value) => settings.max = value,
            (Key::Both, value) => {
                settings.max = value;
                settings.min = value.map(|value| -value);
            }
            (Key::Also(name), Some(value)) => {
                settings.also.insert((*name).to_owned(), value);
            }
            (Key::Also(name), None) => {
                settings.also.remove(*name);
            }
        }
    }

    /// The profile under which this number alone is impossible to keep, so that the rule tells what it is about.
    pub fn probe(&self, profile: &Profile) -> Profile {
        let mut profile = profile.clone();
        if let Some(settings) = profile.rules.get_mut(self.rule.code) {
            (settings.min, settings.max) = (None, None);
            match self.key {
                Key::Both | Key::Max => settings.max = Some(-IMPOSSIBLE),
                Key::Min => settings.min = Some(IMPOSSIBLE),
                Key::Also(_) if self.is_lower_limit() => self.put(settings, Some(IMPOSSIBLE)),
                Key::Also(_) => self.put(settings, Some(-IMPOSSIBLE)),
            }
        }
        profile
    }

    /// The value that this limit is compared with, under its [`Self::probe`]; `None` where it is no limit on a
    /// value, or the photo has no such value.
    pub fn value(&self, photo: &Photo, probe: &Profile, frame: &FinalFrame) -> Option<f64> {
        let finding = finding(self.rule, photo, probe, frame)?;
        let limits = [finding.min, finding.max];
        let ours = |limit: &f64| limit.abs() >= IMPOSSIBLE;
        let value = limits
            .iter()
            .flatten()
            .any(ours)
            .then_some(finding.value)??;
        Some(if self.key == Key::Both {
            value.abs()
        } else {
            value
        })
    }

    /// Width of the hint strip inside this limit.
    pub fn margin(&self, profile: &Profile) -> f64 {
        match self.key {
            Key::Also(_) => 0.0,
            Key::Min | Key::Max | Key::Both => {
                let settings = profile.rules.get(self.rule.code);
                settings.map_or(0.0, |settings| settings.warn_margin)
            }
        }
    }
}

/// The one limit of a rule's own band, where the profile gives it one.
pub(super) fn own_limit(rule: &Rule, profile: &Profile) -> Option<Key> {
    let settings = profile.rules.get(rule.code)?;
    match (settings.min, settings.max) {
        (Some(min), Some(max)) if (min + max).abs() < 1e-9 => Some(Key::Both),
        (Some(_), None) => Some(Key::Min),
        (None, Some(_)) => Some(Key::Max),
        (Some(_), Some(_)) | (None, None) => None,
    }
}

/// Every number of a rule that the profile gives.
pub(super) fn settings_of(rule: &'static Rule, profile: &Profile) -> Vec<Setting> {
    let own = match own_limit(rule, profile) {
        Some(key) => vec![key],
        None => vec![Key::Min, Key::Max],
    };
    let also = rule.also.iter().map(|name| Key::Also(name));
    let keys = own.into_iter().chain(also);
    keys.map(|key| Setting { rule, key })
        .filter(|setting| setting.read(profile).is_some())
        .collect()
}

fn names(rule: &'static Rule, profile: &Profile) -> Vec<String> {
    settings_of(rule, profile)
        .iter()
        .map(Setting::name)
        .collect()
}
