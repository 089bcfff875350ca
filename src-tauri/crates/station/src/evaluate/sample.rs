//! The labelled photos, measured once, and the profiles they are judged under.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use regex::Regex;
use zhaoshen_checks::subject::Subject;
use zhaoshen_checks::{Answer, FinalFrame, Role, Rule, final_frame};
use zhaoshen_exchange::labels::LabelRow;
use zhaoshen_model::{Finding, Measurements, PhotoHistory, Profile, Severity};

use super::measured_answers;
use crate::check::{CheckSession, Checker, read_photo_file};
use crate::failure::refused;
use crate::profiles::profile;
use crate::wire::Failure;
use crate::zh;

/// A labelled photo with what was measured of it.
pub(super) struct Photo {
    pub row: LabelRow,
    pub measurements: Measurements,
}

/// Every labelled photo.
pub(super) struct Sample {
    pub photos: Vec<Photo>,
    pub unreadable: Vec<String>,
}

impl Sample {
    /// Measures the photos of `rows` on all cores, in their order.
    pub fn measure(
        rows: Vec<LabelRow>,
        folder: &Path,
        checker: &Checker,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Self {
        let (total, done) = (rows.len(), AtomicUsize::new(0));
        progress(0, total);
        let look = |session: &mut CheckSession, row: LabelRow| {
            let bytes = read_photo_file(&folder.join(&row.file)).ok();
            let measurements = bytes.map(|bytes| session.measure(&bytes, &row.file));
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
            match measurements {
                Some(measurements) => Ok(Photo { row, measurements }),
                None => Err(row.file),
            }
        };
        let looked: Vec<Result<Photo, String>> = rows
            .into_par_iter()
            .map_init(|| checker.session(), look)
            .collect();
        let (photos, unreadable): (Vec<_>, Vec<_>) = looked.into_iter().partition(Result::is_ok);
        Self {
            photos: photos.into_iter().flatten().collect(),
            unreadable: unreadable.into_iter().filter_map(Result::err).collect(),
        }
    }

    /// All photos, to be divided further.
    pub fn all(&self) -> Vec<&Photo> {
        self.photos.iter().collect()
    }
}

/// Whether a photo has the fault that a label column is about; `None` where the label is blank.
pub(super) fn has_fault(answer: &Answer, photo: &Photo) -> Option<bool> {
    let value = photo.row.value(answer.label)?;
    Some(value == answer.bad_value)
}

/// What the rules answering a label say of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Flagged,
    Clear,
    Unknown,
}

impl Said {
    /// Of several severities; of none at all, nothing can be told.
    pub fn of(severities: &[Severity]) -> Self {
        let objects = |severity: &Severity| matches!(severity, Severity::Fail | Severity::Warn);
        match () {
            () if severities.iter().any(objects) => Self::Flagged,
            () if severities.is_empty() || severities.contains(&Severity::Unknown) => Self::Unknown,
            () => Self::Clear,
        }
    }
}

/// The photo's final frame under a profile, for judging it several times.
pub(super) fn frame(photo: &Photo, profile: &Profile) -> FinalFrame {
    final_frame(&photo.measurements, profile)
}

/// What one rule says of a submitted photo that has no past.
pub(super) fn finding(
    rule: &Rule,
    photo: &Photo,
    profile: &Profile,
    frame: &FinalFrame,
) -> Option<Finding> {
    let settings = profile.rules.get(rule.code)?;
    let history = PhotoHistory::default();
    let subject = Subject::new(
        &photo.measurements,
        profile,
        &history,
        frame,
        Role::Submission,
    );
    settings.enabled.then(|| rule.evaluate(&subject))
}

/// The machine rules that answer a label.
pub(super) fn rules_of(answer: &Answer) -> Vec<&'static Rule> {
    let codes = answer.codes.iter();
    codes
        .filter_map(|code| zhaoshen_checks::registry::rule(code))
        .collect()
}

/// The profile asked for, and those under which alone single labels make sense.
pub(super) struct Profiles {
    asked: Profile,
    special: BTreeMap<&'static str, Profile>,
}

impl Profiles {
    pub fn load(asked: Profile) -> Result<Self, Failure> {
        let mut special = BTreeMap::new();
        for name in measured_answers().filter_map(|answer| answer.profile) {
            special.insert(name, profile(Some(name))?);
        }
        Ok(Self { asked, special })
    }

    pub fn asked(&self) -> &Profile {
        &self.asked
    }

    /// The one that answers a label.
    pub fn of(&self, answer: &Answer) -> &Profile {
        let special = answer.profile.and_then(|name| self.special.get(name));
        special.unwrap_or(&self.asked)
    }
}

/// What divides the photos: a label column, or a pattern on the file name.
pub(super) struct By {
    column: String,
    pattern: Option<Regex>,
}

impl By {
    /// A plain word is a column; with any sign of a pattern it is one.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
        let pattern = match text.chars().all(word) {
            true => None,
            false => Some(Regex::new(text).map_err(|error| Failure {
                detail: error.to_string(),
                ..refused(zh::evaluate::BAD_PATTERN)
            })?),
        };
        Ok(Self {
            column: text.to_owned(),
            pattern,
        })
    }

    /// What a photo falls under: the column's text, or the pattern's groups joined (without groups, all that it
    /// matches); `None` for a blank or a name that does not match.
    pub fn of(&self, photo: &Photo) -> Option<String> {
        let Some(pattern) = &self.pattern else {
            return photo.row.text(&self.column).map(str::to_owned);
        };
        let found = pattern.captures(&photo.row.file)?;
        let parts: Vec<&str> = found
            .iter()
            .skip(1)
            .flatten()
            .map(|part| part.as_str())
            .collect();
        match parts.is_empty() {
            true => Some(found.get(0)?.as_str().to_owned()),
            false => Some(parts.join("-")),
        }
    }
}
