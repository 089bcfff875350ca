//! Filing reference photos (对照照片) that are in the vault, and taking them away from students again.

use jiff::Timestamp;
use rusqlite::Connection;
use zhaoshen_model::{PhotoHash, Reference, RoundId, StudentId};

use super::filing::{Filing, FilingOutcome};
use crate::error::Result;
use crate::store::Store;
use crate::table::filed::Filed;
use crate::table::reference;

impl Filing for Reference {
    const KIND: Filed = Filed::Reference;

    fn student(&self) -> StudentId {
        self.student
    }

    fn photo(&self) -> PhotoHash {
        self.photo
    }

    fn put(&self, connection: &Connection, round: RoundId, at: Timestamp) -> Result<()> {
        reference::put(connection, round, self, at)
    }
}

impl Store {
    /// Files a batch of photos in one transaction, one row of the log; outcomes come back in the order of `batch`.
    ///
    /// # Errors
    /// [`crate::Error::PhotoMissing`] for bytes the vault does not hold, [`crate::Error::NotFound`] and
    /// [`crate::Error::RoundsMixed`] for a student not of this round; nothing of the batch is kept then.
    pub fn file_references(
        &self,
        round: RoundId,
        batch: &[Reference],
        reviewer: &str,
        at: Timestamp,
    ) -> Result<Vec<FilingOutcome>> {
        self.file(round, batch, (reviewer, at))
    }

    /// Takes away the photos of these students, in one act that undo takes back; how many had one. What was handed in
    /// stays in the vault until the round is deleted.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] and [`crate::Error::RoundsMixed`] for a student not of this round; nothing is changed
    /// then.
    pub fn remove_references(
        &self,
        round: RoundId,
        students: &[StudentId],
        reviewer: &str,
        at: Timestamp,
    ) -> Result<u64> {
        self.remove(Filed::Reference, round, students, (reviewer, at))
    }
}
