//! Taking in photos that are in the vault: every one becomes a submission, or is known already.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};
use serde_json::json;
use zhaoshen_model::matching::Matching;
use zhaoshen_model::{PhotoHash, RoundId, StudentId, SubmissionId};

use super::Act;
use super::assign::{Earlier, earlier};
use crate::error::{Error, Result};
use crate::store::Store;
use crate::table::log::{self, Entry};
use crate::table::submission::{self, NewSubmission, Place, SubmissionRow};
use crate::table::{photo, round, round_end, student, together};

/// A photo file that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntakeRecord {
    /// The original, as [`Store::put_photos`] named it.
    pub photo: PhotoHash,
    /// Whose it is, or which pile it goes to.
    pub matching: Matching,
    /// Name of the file.
    pub file_name: String,
    /// Where it came from; for people to read only.
    pub source: String,
}

/// What came of one photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum IntakeOutcome {
    /// A new submission.
    Added {
        /// Its id.
        submission: SubmissionId,
        /// 第 n 次提交 of its student; `None` in a pile.
        n: Option<u32>,
        /// The same bytes were rejected before for this student.
        rejected_before: bool,
    },
    /// The file lay in a pile and now belongs to a student.
    Matched {
        /// Its id.
        submission: SubmissionId,
        /// 第 n 次提交.
        n: u32,
    },
    /// The same bytes are there already, and were not rejected.
    AlreadyThere {
        /// The submission that has them.
        submission: SubmissionId,
    },
}

impl Store {
    /// Takes in a batch of photos in one transaction; a few hundred at a time let a long import
    /// report progress and stop. Outcomes come back in the order of `batch`.
    ///
    /// A photo of a student who handed in the same bytes is known, unless it was rejected and now
    /// comes from another source while nothing newer took its place: then it is a new submission
    /// with the mark `rejected_before`. A photo for a pile is known when the
    /// round has the same bytes under the same file name, and so is one whose match was put in question, until a person
    /// has answered. Photos of one student that become
    /// submissions by one batch are marked as having come together, the last one being the newest.
    ///
    /// # Errors
    /// [`Error::PhotoMissing`] for bytes the vault does not hold, [`Error::NotFound`] and
    /// [`Error::RoundsMixed`] for a student not of this round; nothing of the batch is kept then.
    pub fn record_intake(
        &self,
        round: RoundId,
        batch: &[IntakeRecord],
        reviewer: &str,
        at: Timestamp,
    ) -> Result<Vec<IntakeOutcome>> {
        let sizes = batch
            .iter()
            .map(|record| self.vault.size_of(record.photo))
            .collect::<Result<Vec<u64>>>()?;
        let outcomes = self.write(|transaction| {
            round::get(transaction, round)?;
            let mut outcomes = Vec::with_capacity(batch.len());
            for (record, size_bytes) in batch.iter().zip(sizes) {
                photo::note(transaction, record.photo, size_bytes)?;
                outcomes.push(take_in(transaction, round, record, at)?);
            }
            mark_together(transaction, batch, &outcomes)?;
            append_log(transaction, round, &outcomes, reviewer, at)?;
            Ok(outcomes)
        })?;
        self.vault.named(batch.iter().map(|record| record.photo));
        Ok(outcomes)
    }
}

/// Marks the new submissions of every student who got more than one.
fn mark_together(
    transaction: &Transaction<'_>,
    batch: &[IntakeRecord],
    outcomes: &[IntakeOutcome],
) -> Result<()> {
    let mut new: HashMap<StudentId, Vec<SubmissionId>> = HashMap::new();
    for (record, outcome) in batch.iter().zip(outcomes) {
        if let Matching::Matched { student, .. } = record.matching
            && let IntakeOutcome::Added { submission, .. }
            | IntakeOutcome::Matched { submission, .. } = outcome
        {
            new.entry(student).or_default().push(*submission);
        }
    }
    for submission in new.into_values().filter(|all| all.len() > 1).flatten() {
        together::mark(transaction, submission)?;
    }
    Ok(())
}

fn take_in(
    transaction: &Transaction<'_>,
    round: RoundId,
    record: &IntakeRecord,
    at: Timestamp,
) -> Result<IntakeOutcome> {
    match record.matching {
        Matching::Matched { student, .. } => for_student(transaction, round, record, student, at),
        Matching::Ambiguous { .. }
        | Matching::NotOnRoster { .. }
        | Matching::Unknown
        | Matching::PutBack { .. }
        | Matching::Dismissed { .. } => {
            match submission::same_file(transaction, round, record.photo, &record.file_name)? {
                Some(same) => Ok(IntakeOutcome::AlreadyThere {
                    submission: same.id,
                }),
                None => add(transaction, round, record, None, false, at),
            }
        }
    }
}

fn for_student(
    transaction: &Transaction<'_>,
    round: RoundId,
    record: &IntakeRecord,
    student: StudentId,
    at: Timestamp,
) -> Result<IntakeOutcome> {
    if student::get(transaction, student)?.round != round {
        return Err(Error::RoundsMixed);
    }
    let rejected_before = match earlier(transaction, student, record.photo)? {
        Earlier::Kept(submission) => return Ok(IntakeOutcome::AlreadyThere { submission }),
        Earlier::Rejected(same)
            if same.source == record.source || !is_newest(transaction, student, same.id)? =>
        {
            return Ok(IntakeOutcome::AlreadyThere {
                submission: same.id,
            });
        }
        Earlier::Rejected(_) => true,
        Earlier::None => false,
    };
    let n = submission::next_n(transaction, student)?;
    let place = Place { student, n };
    let same = submission::same_file(transaction, round, record.photo, &record.file_name)?;
    match same {
        Some(same) if same.matching.refuses(student) || waits_for_a_person(transaction, &same)? => {
            Ok(IntakeOutcome::AlreadyThere {
                submission: same.id,
            })
        }
        Some(same) if same.student.is_none() => {
            submission::set_place(
                transaction,
                same.id,
                Some(place),
                &record.matching,
                (rejected_before, false),
            )?;
            Ok(IntakeOutcome::Matched {
                submission: same.id,
                n,
            })
        }
        _ => add(transaction, round, record, Some(place), rejected_before, at),
    }
}

/// Whether the photo's match was put in question and nobody has answered: its name means today whom it meant before.
fn waits_for_a_person(transaction: &Transaction<'_>, row: &SubmissionRow) -> Result<bool> {
    Ok(row.student.is_none()
        && matches!(row.matching, Matching::Ambiguous { .. })
        && log::was_questioned(transaction, row.id)?)
}

/// Importing a folder that grows meets every photo of before again: a rejected one is handed in anew
/// only when it comes from elsewhere and nothing newer took its place.
fn is_newest(
    transaction: &Transaction<'_>,
    student: StudentId,
    submission: SubmissionId,
) -> Result<bool> {
    Ok(submission::newest_of(transaction, student)? == Some(submission))
}

fn add(
    transaction: &Transaction<'_>,
    round: RoundId,
    record: &IntakeRecord,
    place: Option<Place>,
    rejected_before: bool,
    at: Timestamp,
) -> Result<IntakeOutcome> {
    let new = NewSubmission {
        round,
        place,
        photo: record.photo,
        file_name: &record.file_name,
        source: &record.source,
        received_at: at,
        matching: &record.matching,
        rejected_before,
    };
    Ok(IntakeOutcome::Added {
        submission: submission::insert(transaction, &new)?,
        n: place.map(|place| place.n),
        rejected_before,
    })
}

fn append_log(
    transaction: &Transaction<'_>,
    round: RoundId,
    outcomes: &[IntakeOutcome],
    reviewer: &str,
    at: Timestamp,
) -> Result<()> {
    let mut added = Vec::new();
    let mut matched = Vec::new();
    let mut already_there = 0_u64;
    for outcome in outcomes {
        match outcome {
            IntakeOutcome::Added { submission, .. } => added.push(submission),
            IntakeOutcome::Matched { submission, .. } => matched.push(submission),
            IntakeOutcome::AlreadyThere { .. } => already_there += 1,
        }
    }
    // Whoever looks through a folder again and finds nothing new did nothing.
    if added.is_empty() && matched.is_empty() {
        return round_end::check_open(transaction, round);
    }
    let after = json!({ "added": added, "matched": matched, "already_there": already_there });
    let entry = Entry::of_round(round, Act::PhotosTakenIn, (reviewer, at), after);
    log::append(transaction, &entry)?;
    Ok(())
}
