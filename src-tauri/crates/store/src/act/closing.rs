//! The last page of a round that was written to a folder: logged, since it names students and their numbers outside the
//! workspace; not undone.

use jiff::Timestamp;
use serde_json::json;
use zhaoshen_model::RoundId;

use super::Act;
use crate::error::Result;
use crate::store::Store;
use crate::table::log::{self, Entry};
use crate::table::round;

impl Store {
    /// Records the last page of a round, written to the folder `target`.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for the round; [`crate::Error::RoundClosed`] once its data is deleted.
    pub fn record_closing(
        &self,
        round: RoundId,
        target: &str,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.write(|transaction| {
            round::get(transaction, round)?;
            let after = json!({ "closing": true, "target": target });
            let by = (reviewer, at);
            let entry = Entry::of_round(round, Act::ClosingWritten, by, after);
            log::append(transaction, &entry)?;
            Ok(())
        })
    }
}
