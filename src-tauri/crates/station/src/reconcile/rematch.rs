//! Rows of the studio without a student, looked at again after the roster changed.

use std::collections::HashMap;

use jiff::Timestamp;
use zhaoshen_exchange::matching::Matcher;
use zhaoshen_model::receipt::ReceiptKind;
use zhaoshen_model::{ReceiptId, RoundId};
use zhaoshen_store::Whose;

use super::books::files;
use super::files::Files;
use crate::Seat;
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
                let matching = known.whose(matcher, &row.named, &row.file_name);
                let answers = matching
                    .student()
                    .and_then(|id| known.of(id, &row.file_name));
                let whose = Whose {
                    matching,
                    submission: answers.map(|(submission, _)| submission),
                    // What a row says of itself stays said.
                    delivery: row.delivery.or(answers.map(|(_, delivery)| delivery)),
                };
                (whose.matching != row.matching).then_some((row.id, whose))
            })
            .collect();
        self.store()
            .rematch_receipts(&found)
            .map_err(|error| store(&error))
    }
}
