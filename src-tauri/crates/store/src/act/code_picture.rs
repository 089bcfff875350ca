//! Filing pictures of 采集码 that are in the vault.

use jiff::Timestamp;
use rusqlite::Transaction;
use serde_json::json;
use zhaoshen_model::{CodePicture, RoundId};

use super::Act;
use crate::error::{Error, Result};
use crate::store::Store;
use crate::table::log::{self, Entry};
use crate::table::{code_picture, photo, round, student};

/// What came of one picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeOutcome {
    /// The student had none.
    Filed,
    /// It stands in place of the one that came under this name.
    Replaced {
        /// Name of the file that counts no more.
        earlier: String,
    },
    /// The very file is filed with the student already.
    AlreadyThere,
}

impl Store {
    /// Files a batch of pictures in one transaction, one row of the log; outcomes come back in the order of `batch`.
    ///
    /// # Errors
    /// [`Error::PhotoMissing`] for bytes the vault does not hold, [`Error::NotFound`] and [`Error::RoundsMixed`] for a
    /// student not of this round; nothing of the batch is kept then.
    pub fn file_codes(
        &self,
        round: RoundId,
        batch: &[CodePicture],
        reviewer: &str,
        at: Timestamp,
    ) -> Result<Vec<CodeOutcome>> {
        let sizes = batch
            .iter()
            .map(|picture| self.vault.size_of(picture.photo))
            .collect::<Result<Vec<u64>>>()?;
        self.write(|transaction| {
            round::get(transaction, round)?;
            let mut outcomes = Vec::with_capacity(batch.len());
            for (picture, size_bytes) in batch.iter().zip(sizes) {
                photo::note(transaction, picture.photo, size_bytes)?;
                outcomes.push(file(transaction, round, picture, at)?);
            }
            let of = |wanted: fn(&CodeOutcome) -> bool| {
                outcomes.iter().filter(|outcome| wanted(outcome)).count() as u64
            };
            let after = json!({
                "filed": of(|outcome| matches!(outcome, CodeOutcome::Filed)),
                "replaced": of(|outcome| matches!(outcome, CodeOutcome::Replaced { .. })),
                "already_there": of(|outcome| matches!(outcome, CodeOutcome::AlreadyThere)),
            });
            let entry = Entry::of_round(round, Act::CodesFiled, (reviewer, at), after);
            log::append(transaction, &entry)?;
            Ok(outcomes)
        })
    }
}

fn file(
    transaction: &Transaction<'_>,
    round: RoundId,
    picture: &CodePicture,
    at: Timestamp,
) -> Result<CodeOutcome> {
    if student::get(transaction, picture.student)?.round != round {
        return Err(Error::RoundsMixed);
    }
    let outcome = match code_picture::of(transaction, picture.student)? {
        None => CodeOutcome::Filed,
        Some(known) if known.photo == picture.photo => return Ok(CodeOutcome::AlreadyThere),
        Some(known) => CodeOutcome::Replaced {
            earlier: known.file_name,
        },
    };
    code_picture::put(transaction, round, picture, at)?;
    Ok(outcome)
}
