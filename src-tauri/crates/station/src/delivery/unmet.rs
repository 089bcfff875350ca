//! Photos that a person approved though a rule of the standard fails them: told once more before they leave the office.
//!
//! A finding that somebody called wrong is no doubt any more. Nothing is held back: a person has the last word.

use std::collections::{HashMap, HashSet};

use zhaoshen_checks::registry;
use zhaoshen_model::SubmissionId;
use zhaoshen_store::QueueKind;

use super::draft::Draft;
use crate::Seat;
use crate::failure::store;
use crate::wire::{Failure, PhotoInDoubt};
use crate::zh;

impl Seat {
    /// Those of the photos to be delivered, with the rules that fail them.
    pub(super) fn unmet(&self, draft: &Draft) -> Result<Vec<PhotoInDoubt>, Failure> {
        let store_ = self.store();
        let rows = store_.queue_rows(draft.round.id, &QueueKind::Approved);
        let rows = rows.map_err(|error| store(&error))?;
        let disputes = store_.disputes(draft.round.id);
        let disputes = disputes.map_err(|error| store(&error))?;
        let wrong: HashSet<(SubmissionId, String)> = disputes
            .into_iter()
            .map(|row| (row.dispute.submission, row.dispute.code))
            .collect();
        let failing: HashMap<SubmissionId, String> = rows
            .into_iter()
            .filter_map(|row| {
                let is_wrong = |code: &String| wrong.contains(&(row.submission, code.clone()));
                let titles: Vec<&str> = row
                    .failing
                    .iter()
                    .filter(|code| !is_wrong(code))
                    .map(|code| registry::rule(code).map_or(code.as_str(), |rule| rule.title_zh()))
                    .collect();
                (!titles.is_empty()).then(|| (row.submission, zh::unmet(&titles.join("、"))))
            })
            .collect();
        Ok(draft.in_doubt(|submission| failing.get(&submission).cloned()))
    }
}
