//! Filing pictures of 采集码 that are in the vault, and taking them away from students again.

use jiff::Timestamp;
use rusqlite::Connection;
use zhaoshen_model::{CodePicture, PhotoHash, RoundId, StudentId};

use super::filing::{Filing, FilingOutcome};
use crate::error::Result;
use crate::store::Store;
use crate::table::code_picture;
use crate::table::filed::Filed;

impl Filing for CodePicture {
    const KIND: Filed = Filed::Code;

    fn student(&self) -> StudentId {
        self.student
    }

    fn photo(&self) -> PhotoHash {
        self.photo
    }

    fn put(&self, connection: &Connection, round: RoundId, at: Timestamp) -> Result<()> {
        code_picture::put(connection, round, self, at)
    }
}

impl Store {
    /// Files a batch of pictures in one transaction, one row of the log; outcomes come back in the order of `batch`.
    ///
    /// # Errors
    /// [`crate::Error::PhotoMissing`] for bytes the vault does not hold, [`crate::Error::NotFound`] and
    /// [`crate::Error::RoundsMixed`] for a student not of this round; nothing of the batch is kept then.
    pub fn file_codes(
        &self,
        round: RoundId,
        batch: &[CodePicture],
        reviewer: &str,
        at: Timestamp,
    ) -> Result<Vec<FilingOutcome>> {
        self.file(round, batch, (reviewer, at))
    }

    /// Takes away the pictures of these students, in one act that undo takes back; how many had one. What was handed in
    /// stays in the vault until the round is deleted.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] and [`crate::Error::RoundsMixed`] for a student not of this round; nothing is changed
    /// then.
    pub fn remove_codes(
        &self,
        round: RoundId,
        students: &[StudentId],
        reviewer: &str,
        at: Timestamp,
    ) -> Result<u64> {
        self.remove(Filed::Code, round, students, (reviewer, at))
    }
}
