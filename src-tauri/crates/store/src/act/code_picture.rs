//! Filing pictures of 采集码 that are in the vault, and taking them away from students again.

use jiff::Timestamp;
use rusqlite::Transaction;
use serde_json::json;
use zhaoshen_model::{CodePicture, RoundId, StudentId};

use super::Act;
use crate::error::{Error, Result};
use crate::store::Store;
use crate::table::log::{self, Entry};
use crate::table::undo::{self, Change};
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

    /// Takes away the pictures of these students, in one act that undo takes back; how many had one. What was handed in
    /// stays in the vault until the round is deleted.
    ///
    /// # Errors
    /// [`Error::NotFound`] and [`Error::RoundsMixed`] for a student not of this round; nothing is changed then.
    pub fn remove_codes(
        &self,
        round: RoundId,
        students: &[StudentId],
        reviewer: &str,
        at: Timestamp,
    ) -> Result<u64> {
        self.write(|transaction| {
            let mut removed = Vec::new();
            for id in students {
                let student = student::get(transaction, *id)?;
                if student.round != round {
                    return Err(Error::RoundsMixed);
                }
                if let Some(picture) = code_picture::in_force(transaction, *id)? {
                    code_picture::set_in_force(transaction, picture, false)?;
                    removed.push((picture, student));
                }
            }
            if removed.is_empty() {
                return Ok(0);
            }
            let undo = undo::insert(transaction, round, reviewer, Act::CodesRemoved, at)?;
            for (picture, student) in &removed {
                let change = Change {
                    subject: *picture,
                    before: Some(true),
                    after: false,
                };
                undo::insert_change(transaction, undo, &change)?;
                let after = json!({ "code_removed": student.id, "key": student.draft.student_no });
                let entry = Entry {
                    undo: Some(undo),
                    ..Entry::of_round(round, Act::CodesRemoved, (reviewer, at), after)
                };
                log::append(transaction, &entry)?;
            }
            Ok(removed.len() as u64)
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
