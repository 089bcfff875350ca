//! How often students have handed in, for a round that limits it.

use std::collections::HashMap;

use zhaoshen_model::{RoundId, StudentId};
use zhaoshen_store::{IntakeOutcome, ReceivedRow, Store};

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
            let rows = store_.received(round).map_err(|error| store(&error))?;
            turns.before = self::turns(&rows)
                .map(|(row, turn)| (row.student, turn))
                .collect();
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

/// With which time of handing in each photo came, from 1 for each student: photos that came together came at one time,
/// and what the studio gave back at none. In the order they were received.
pub(crate) fn turns(rows: &[ReceivedRow]) -> impl Iterator<Item = (&ReceivedRow, u32)> {
    let mut last = HashMap::new();
    rows.iter().filter(|row| !row.returned).map(move |row| {
        let (turn, at) = last.entry(row.student).or_insert((0, None));
        let with_last = row.together && *at == Some(row.received_at);
        *turn += u32::from(!with_last);
        *at = Some(row.received_at);
        (row, *turn)
    })
}
