//! Rows of the studio without a student, looked at again after the roster changed.

use std::collections::HashMap;

use jiff::Timestamp;
use zhaoshen_exchange::matching::Matcher;
use zhaoshen_model::receipt::{ReceiptKind, ReceiptState};
use zhaoshen_model::{ReceiptId, RoundId, StudentId, SubmissionId};
use zhaoshen_store::{ReceiptRow, Whose};

use super::files::Files;
use super::intake::row::gives_back;
use crate::Seat;
use crate::delivery::files;
use crate::failure::store;
use crate::wire::Failure;

impl Seat {
    /// Looks again at the rows of the studio that have no student, after the roster changed.
    pub(crate) fn rematch_receipts(
        &self,
        round: RoundId,
        matcher: &Matcher,
    ) -> Result<(), Failure> {
        let rows = self
            .store()
            .receipts(round)
            .map_err(|error| store(&error))?;
        if rows.iter().all(|row| row.matching.student().is_some()) {
            return Ok(());
        }
        let mut last = Last::of(&rows);
        let delivered = files(self.store(), round)?;
        let mut files_by: HashMap<(Timestamp, Option<u32>), Files<'_>> = HashMap::new();
        let found: Vec<(ReceiptId, Whose)> = rows
            .into_iter()
            .filter(|row| row.matching.student().is_none())
            // A file of the studio's set that was not delivered is no answer to anything.
            .filter(|row| row.state.kind() == ReceiptKind::Studio)
            .filter_map(|row| {
                let known = files_by
                    .entry((row.read_at, row.delivery))
                    .or_insert_with(|| Files::by(&delivered, row.read_at, row.delivery));
                let matching = known.whose_answer(matcher, &row.named, &row.file_name);
                let answers = matching
                    .student()
                    .and_then(|id| known.of(id, (&row.named, &row.file_name)));
                let whose = Whose {
                    matching,
                    submission: answers.map(|(submission, _)| submission),
                    // What a row says of itself stays said.
                    delivery: row.delivery.or(answers.map(|(_, delivery)| delivery)),
                };
                let is_news = whose.matching != row.matching;
                (is_news && last.takes(&row, &whose)).then_some((row.id, whose))
            })
            .collect();
        self.store()
            .rematch_receipts(&found)
            .map_err(|error| store(&error))
    }
}

/// What the studio said last of each student, by the rows that are known to be theirs.
struct Last(HashMap<StudentId, (ReceiptId, Option<SubmissionId>, bool)>);

impl Last {
    fn of(rows: &[ReceiptRow]) -> Self {
        let of_studio = rows
            .iter()
            .filter(|row| row.state.kind() == ReceiptKind::Studio);
        let known = of_studio.filter_map(|row| {
            let student = row.matching.student()?;
            Some((student, (row.id, row.submission, gives_back(row))))
        });
        Self(known.collect())
    }

    /// Takes note of a row that was found to be a student's. Not one that says the studio took a photo which it gave back
    /// by an earlier row: nobody was asked which of the two counts, so that it stays with whoever says whose it is.
    fn takes(&mut self, row: &ReceiptRow, whose: &Whose) -> bool {
        let Some(student) = whose.matching.student() else {
            return true;
        };
        let earlier = self.0.get(&student).filter(|(id, ..)| *id < row.id);
        let is_silenced = row.state == ReceiptState::Accepted
            && earlier.is_some_and(|(_, of, back)| *back && *of == whose.submission);
        if !is_silenced && self.0.get(&student).is_none_or(|(id, ..)| *id < row.id) {
            let said = (row.id, whose.submission, gives_back(row));
            self.0.insert(student, said);
        }
        !is_silenced
    }
}
