//! Photos that a person approved though the machine objects: told once more before they leave the office, those that fail
//! a rule of the standard apart from those that only hints stand against.
//!
//! A finding that somebody called wrong is no doubt any more. Nothing is held back: a person has the last word.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;
use zhaoshen_checks::{Role, registry, severities};
use zhaoshen_model::{Severity, SubmissionId, Verdict};
use zhaoshen_store::{QueueKind, QueueRow};

use super::draft::Draft;
use crate::Seat;
use crate::failure::store;
use crate::wire::{Failure, PhotoInDoubt};
use crate::zh;

/// Photos to be delivered that the machine objects to, each with the rules by their titles.
pub(super) struct Unmet {
    /// At least one rule fails them.
    pub(super) failed: Vec<PhotoInDoubt>,
    /// No rule fails them, and there are hints.
    pub(super) hinted: Vec<PhotoInDoubt>,
}

impl Seat {
    /// Those of the photos to be delivered.
    pub(super) fn unmet(&self, draft: &Draft) -> Result<Unmet, Failure> {
        let store_ = self.store();
        let rows = store_.queue_rows(draft.round.id, &QueueKind::Approved);
        let mut rows = rows.map_err(|error| store(&error))?;
        rows.retain(|row| {
            row.verdict != Some(Verdict::Pass) && draft.sources.contains_key(&row.submission)
        });
        let disputes = store_.disputes(draft.round.id);
        let disputes = disputes.map_err(|error| store(&error))?;
        let wrong: HashSet<(SubmissionId, String)> = disputes
            .into_iter()
            .map(|row| (row.dispute.submission, row.dispute.code))
            .collect();
        // Most deliveries have no such photo, and need no history.
        let histories = match rows.is_empty() {
            true => HashMap::new(),
            false => store_
                .photo_histories(draft.round.id)
                .map_err(|error| store(&error))?,
        };
        let objections = |row: &QueueRow| {
            let history = histories.get(&row.submission).cloned().unwrap_or_default();
            let source = draft.sources.get(&row.submission)?;
            let profile = &draft.round.profile;
            let judged = severities(&source.measurements, profile, &history, Role::of(&history));
            let of = |wanted: Severity| {
                let codes = judged.iter().filter(|(_, severity)| *severity == wanted);
                let codes = codes.map(|(code, _)| *code);
                let stand =
                    codes.filter(|code| !wrong.contains(&(row.submission, (*code).to_owned())));
                titles(stand)
            };
            let (failed, hinted) = (of(Severity::Fail), of(Severity::Warn));
            Some((row.submission, (failed, hinted)))
        };
        let told: HashMap<SubmissionId, (String, String)> =
            rows.par_iter().filter_map(objections).collect();
        Ok(Unmet {
            failed: draft.in_doubt(|submission| match told.get(&submission) {
                Some((failed, _)) if !failed.is_empty() => Some(zh::unmet(failed)),
                _ => None,
            }),
            hinted: draft.in_doubt(|submission| match told.get(&submission) {
                Some((failed, hinted)) if failed.is_empty() && !hinted.is_empty() => {
                    Some(zh::hinted(hinted))
                }
                _ => None,
            }),
        })
    }
}

/// The titles of rules in one line; empty for none.
fn titles<'a>(codes: impl Iterator<Item = &'a str>) -> String {
    let titles = codes.map(|code| registry::rule(code).map_or(code, |rule| rule.title_zh()));
    titles.collect::<Vec<_>>().join("、")
}
