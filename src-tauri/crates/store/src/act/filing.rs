//! Filing pictures that are in the vault with students, and taking them away again: the same for every kind of them.

use jiff::Timestamp;
use rusqlite::Transaction;
use serde_json::json;
use zhaoshen_model::{CodePicture, Reference, RoundId, StudentId};

use crate::error::{Error, Result};
use crate::store::Store;
use crate::table::filed::{Filed, Filing};
use crate::table::log::{self, Entry};
use crate::table::undo::{self, Change};
use crate::table::{photo, round, student};

/// What came of one picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilingOutcome {
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

/// Pictures to be filed, all of one kind.
#[derive(Debug, Clone, Copy)]
pub enum Pictures<'a> {
    /// Pictures of 采集码.
    Codes(&'a [CodePicture]),
    /// Reference photos.
    References(&'a [Reference]),
}

impl Store {
    /// Files a batch in one transaction, one row of the log; outcomes come back in the order of `batch`.
    ///
    /// # Errors
    /// [`Error::PhotoMissing`] for bytes the vault does not hold, [`Error::NotFound`] and [`Error::RoundsMixed`] for a
    /// student not of this round; nothing of the batch is kept then.
    pub fn file_pictures(
        &self,
        round: RoundId,
        batch: Pictures<'_>,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<Vec<FilingOutcome>> {
        match batch {
            Pictures::Codes(batch) => self.file(round, batch, (reviewer, at)),
            Pictures::References(batch) => self.file(round, batch, (reviewer, at)),
        }
    }

    fn file<T: Filing>(
        &self,
        round: RoundId,
        batch: &[T],
        (reviewer, at): (&str, Timestamp),
    ) -> Result<Vec<FilingOutcome>> {
        let sizes = batch
            .iter()
            .map(|picture| self.vault.size_of(picture.photo()))
            .collect::<Result<Vec<u64>>>()?;
        let outcomes = self.write(|transaction| {
            round::get(transaction, round)?;
            let mut outcomes = Vec::with_capacity(batch.len());
            for (picture, size_bytes) in batch.iter().zip(sizes) {
                photo::note(transaction, picture.photo(), size_bytes)?;
                outcomes.push(file(transaction, round, picture, at)?);
            }
            let of = |wanted: fn(&FilingOutcome) -> bool| {
                outcomes.iter().filter(|outcome| wanted(outcome)).count() as u64
            };
            let after = json!({
                "filed": of(|outcome| matches!(outcome, FilingOutcome::Filed)),
                "replaced": of(|outcome| matches!(outcome, FilingOutcome::Replaced { .. })),
                "already_there": of(|outcome| matches!(outcome, FilingOutcome::AlreadyThere)),
            });
            let entry = Entry::of_round(round, T::KIND.filing(), (reviewer, at), after);
            log::append(transaction, &entry)?;
            Ok(outcomes)
        })?;
        self.vault.named(batch.iter().map(Filing::photo));
        Ok(outcomes)
    }

    /// Takes away what is in force of these students, in one act that undo takes back; how many had one. What was
    /// handed in stays in the vault until the round is deleted.
    ///
    /// # Errors
    /// [`Error::NotFound`] and [`Error::RoundsMixed`] for a student not of this round; nothing is changed then.
    pub fn remove_pictures(
        &self,
        kind: Filed,
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
                if let Some(picture) = kind.in_force(transaction, *id)? {
                    kind.set_in_force(transaction, picture, false)?;
                    removed.push((picture, student));
                }
            }
            if removed.is_empty() {
                return Ok(0);
            }
            let undo = undo::insert(transaction, round, reviewer, kind.removing(), at)?;
            for (picture, student) in &removed {
                let change = Change {
                    subject: *picture,
                    before: Some(true),
                    after: false,
                };
                undo::insert_change(transaction, undo, &change)?;
                let after = json!({ kind.removed(): student.id, "key": student.draft.student_no });
                let entry = Entry {
                    undo: Some(undo),
                    ..Entry::of_round(round, kind.removing(), (reviewer, at), after)
                };
                log::append(transaction, &entry)?;
            }
            Ok(removed.len() as u64)
        })
    }
}

fn file<T: Filing>(
    transaction: &Transaction<'_>,
    round: RoundId,
    picture: &T,
    at: Timestamp,
) -> Result<FilingOutcome> {
    if student::get(transaction, picture.student())?.round != round {
        return Err(Error::RoundsMixed);
    }
    let outcome = match T::KIND.of(transaction, picture.student())? {
        None => FilingOutcome::Filed,
        Some((photo, _)) if photo == picture.photo() => return Ok(FilingOutcome::AlreadyThere),
        Some((_, earlier)) => FilingOutcome::Replaced { earlier },
    };
    T::KIND.replace(transaction, picture.student())?;
    picture.put(transaction, round, at)?;
    Ok(outcome)
}
