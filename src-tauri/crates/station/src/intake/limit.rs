//! How often students have handed in, for a round that limits it.

use std::collections::HashMap;

use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::{RoundId, StudentId, SubmissionId};
use zhaoshen_store::{IntakeOutcome, Store, SubmissionRow};

use crate::failure::store;
use crate::wire::Failure;

/// How often each student handed in before this import, which is one time more whatever it brings.
#[derive(Debug, Default)]
pub(super) struct Turns {
    limit: Option<u32>,
    before: HashMap<StudentId, u32>,
}

impl Turns {
    /// Counts nothing where the round has no limit.
    pub(super) fn load(store_: &Store, round: RoundId) -> Result<Self, Failure> {
        let scope = store_.scope(round).map_err(|error| store(&error))?;
        let mut turns = Self {
            limit: scope.limit,
            ..Self::default()
        };
        if turns.limit.is_some() {
            let rows = store_.submissions(round).map_err(|error| store(&error))?;
            turns.before = last_turns(&rows);
        }
        Ok(turns)
    }

    /// Whether a photo of the student came after the last time allowed.
    pub(super) fn is_over(&self, student: Option<StudentId>, outcome: IntakeOutcome) -> bool {
        let is_new = match outcome {
            IntakeOutcome::Added { n, .. } => n.is_some(),
            IntakeOutcome::Matched { .. } => true,
            IntakeOutcome::AlreadyThere { .. } => false,
        };
        let before = student.and_then(|student| self.before.get(&student));
        let turn = before.copied().unwrap_or(0) + 1;
        is_new && self.limit.is_some_and(|limit| turn > limit)
    }
}

/// Whether the studio gave it back, so that nobody handed it in.
pub(crate) fn is_returned(row: &SubmissionRow) -> bool {
    matches!(
        row.matching,
        Matching::Matched {
            by: MatchKey::FileName,
            ..
        }
    )
}

/// With which time of handing in each photo came, from 1 for each student: photos that came together came at one time,
/// and what the studio gave back at none.
pub(crate) fn turns(rows: &[SubmissionRow]) -> HashMap<SubmissionId, u32> {
    let mut last = HashMap::new();
    let mut turns = HashMap::new();
    let mut in_order: Vec<&SubmissionRow> = rows.iter().collect();
    in_order.sort_by_key(|row| row.id);
    for row in in_order {
        let Some(student) = row.student.filter(|_| !is_returned(row)) else {
            continue;
        };
        let (turn, at) = last.entry(student).or_insert((0, None));
        let with_last = row.together && *at == Some(row.received_at);
        *turn += u32::from(!with_last);
        *at = Some(row.received_at);
        turns.insert(row.id, *turn);
    }
    turns
}

/// How often each student handed in.
fn last_turns(rows: &[SubmissionRow]) -> HashMap<StudentId, u32> {
    let of = turns(rows);
    let mut last: HashMap<StudentId, u32> = HashMap::new();
    for row in rows {
        if let (Some(student), Some(turn)) = (row.student, of.get(&row.id)) {
            let known = last.entry(student).or_default();
            *known = (*known).max(*turn);
        }
    }
    last
}
