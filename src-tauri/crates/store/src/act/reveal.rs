//! Showing a student's ID number in full. The number is handed out only after the log says to whom.

use jiff::Timestamp;
use serde_json::json;
use zhaoshen_model::StudentId;

use super::Act;
use crate::error::Result;
use crate::store::Store;
use crate::table::log::{self, Entry};
use crate::table::student;

impl Store {
    /// A student's ID number in full, as the roster has it; logged, the number itself is not.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`], [`crate::Error::RoundErased`].
    pub fn reveal_id_number(&self, id: StudentId, reviewer: &str, at: Timestamp) -> Result<String> {
        self.write(|transaction| {
            let row = student::get(transaction, id)?;
            let after = json!({ "revealed": id, "key": row.draft.student_no });
            let by = (reviewer, at);
            log::append(
                transaction,
                &Entry::of_round(row.round, Act::NumberRevealed, by, after),
            )?;
            Ok(row.draft.id_number)
        })
    }
}
