//! Sheets that were printed to files: logged, since faces on paper leave the house; not undone.
//!
//! What was on them is not kept: they can be made again from the standing decisions at any time.

use jiff::Timestamp;
use serde_json::json;
use zhaoshen_model::RoundId;

use super::Act;
use crate::error::Result;
use crate::store::Store;
use crate::table::log::{self, Entry};
use crate::table::round;
use crate::table::unfinished::{self, Writing};

/// What was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPrints {
    /// Which kind of sheet, as staff call it.
    pub kind: String,
    /// The folder it was written to; for people to read only.
    pub target: String,
    /// Students on the sheets.
    pub students: u64,
    /// Photos on paper.
    pub prints: u64,
    /// Pages.
    pub pages: u64,
    /// Whether names stand beneath the photos.
    pub names: bool,
}

impl Store {
    /// Records sheets that were written; the last of them gets its name after it.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for the round.
    pub fn record_prints(
        &self,
        round: RoundId,
        new: &NewPrints,
        writing: Option<&Writing>,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.write(|transaction| {
            round::get(transaction, round)?;
            unfinished::book(transaction, writing)?;
            let after = json!({
                "printed": new.kind,
                "target": new.target,
                "students": new.students,
                "prints": new.prints,
                "pages": new.pages,
                "names": new.names,
            });
            let by = (reviewer, at);
            log::append(
                transaction,
                &Entry::of_round(round, Act::Printed, by, after),
            )?;
            Ok(())
        })
    }
}
