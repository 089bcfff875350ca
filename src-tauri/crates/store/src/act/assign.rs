//! Giving photos to students by hand: out of a pile, or away from the wrong student. Not the other ways out of a pile
//! (`pile`).

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use rusqlite::{Connection, Transaction};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::{DecisionKind, PhotoHash, StudentId, SubmissionId};

use super::{Act, eligible};
use crate::error::{Error, Result};
use crate::store::Store;
use crate::table::log::{self, Entry, Subject};
use crate::table::submission::{self, Place, SubmissionRow};
use crate::table::undo::{self, Change};
use crate::table::{decision, second_review, student};

/// What came of an assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum AssignOutcome {
    /// The photo is now the student's submission `n`.
    Assigned {
        /// 第 n 次提交.
        n: u32,
    },
    /// The student has these bytes already; nothing was changed.
    AlreadyThere {
        /// The submission that has them.
        existing: SubmissionId,
    },
}

/// Where a submission lies: what undo puts back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Placement {
    pub(crate) place: Option<Place>,
    pub(crate) matching: Matching,
    pub(crate) rejected_before: bool,
    /// Of those it came with it is the one that counts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) picked: bool,
}

impl Store {
    /// Gives a submission to a listed student of its round. One that is decided on can only be
    /// confirmed to be the student's it is.
    ///
    /// # Errors
    /// [`Error::Decided`] for another student while a decision stands on it, [`Error::RoundsMixed`],
    /// [`Error::Exempt`], [`Error::NotFound`].
    pub fn assign(
        &self,
        submission: SubmissionId,
        student: StudentId,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<AssignOutcome> {
        self.write(|transaction| {
            let row = submission::get(transaction, submission)?;
            let after = match destination(transaction, &row, student)? {
                Destination::Free(after) => after,
                Destination::Taken(existing) => {
                    return Ok(AssignOutcome::AlreadyThere { existing });
                }
            };
            let n = after.place.map_or(1, |place| place.n);
            let by = By::new(reviewer, at);
            place_all(transaction, Act::PhotoAssigned, vec![(row, after)], by)?;
            Ok(AssignOutcome::Assigned { n })
        })
    }

    /// Gives each submission to its student, all in one act that is undone as one: those that were given. A photo
    /// that its student has already is passed over.
    ///
    /// # Errors
    /// As [`Self::assign`], for the first that cannot be given; [`Error::AssignedTwice`] for a photo given to two
    /// students. Nothing is changed then.
    pub fn assign_all(
        &self,
        pairs: &[(SubmissionId, StudentId)],
        reviewer: &str,
        at: Timestamp,
    ) -> Result<Vec<SubmissionId>> {
        let mut to: HashMap<SubmissionId, StudentId> = HashMap::with_capacity(pairs.len());
        for (submission, student) in pairs {
            if *to.entry(*submission).or_insert(*student) != *student {
                return Err(Error::AssignedTwice {
                    submission: *submission,
                });
            }
        }
        self.write(|transaction| {
            let mut placements = Vec::with_capacity(pairs.len());
            let mut taken = HashSet::with_capacity(pairs.len());
            for (submission, student) in pairs {
                let row = submission::get(transaction, *submission)?;
                // Two photos for one student in one act would want the same number.
                if !taken.insert(*student) {
                    continue;
                }
                if let Destination::Free(after) = destination(transaction, &row, *student)? {
                    placements.push((row, after));
                }
            }
            let given = placements.iter().map(|(row, _)| row.id).collect();
            let by = By::new(reviewer, at);
            place_all(transaction, Act::PhotoAssigned, placements, by)?;
            Ok(given)
        })
    }
}

/// Where a photo would lie with a student.
enum Destination {
    Free(Placement),
    /// The student has these bytes already.
    Taken(SubmissionId),
}

fn destination(
    transaction: &Transaction<'_>,
    row: &SubmissionRow,
    student: StudentId,
) -> Result<Destination> {
    check(transaction, row, student)?;
    let matching = Matching::Matched {
        student,
        by: MatchKey::ByHand,
    };
    if row.student == Some(student) && row.is_in_question() {
        return Ok(Destination::Free(Placement {
            matching,
            ..Placement::of(row)
        }));
    }
    let rejected_before = match earlier(transaction, student, row.photo)? {
        Earlier::Kept(existing) => return Ok(Destination::Taken(existing)),
        Earlier::Rejected(_) => true,
        Earlier::None => false,
    };
    let n = submission::next_n(transaction, student)?;
    Ok(Destination::Free(Placement {
        place: Some(Place { student, n }),
        matching,
        rejected_before,
        picked: false,
    }))
}

/// What the student's earlier submissions say of a photo.
pub(crate) enum Earlier {
    /// Never handed in by the student.
    None,
    /// Handed in, and not rejected.
    Kept(SubmissionId),
    /// Handed in and rejected.
    Rejected(Box<SubmissionRow>),
}

/// Whether the student handed in the same bytes before, and what came of it.
pub(crate) fn earlier(
    connection: &Connection,
    student: StudentId,
    photo: PhotoHash,
) -> Result<Earlier> {
    let Some(same) = submission::same_photo_of(connection, student, photo)? else {
        return Ok(Earlier::None);
    };
    // While a second review waits, the same photo sent again tells nothing of the first verdict, and ends no review.
    if second_review::open_on(connection, same.id)?.is_some() {
        return Ok(Earlier::Kept(same.id));
    }
    let kind = match same.decision {
        Some(id) => Some(decision::get(connection, id)?.decision.kind),
        None => None,
    };
    Ok(match kind {
        Some(DecisionKind::Rejected) => Earlier::Rejected(Box::new(same)),
        Some(DecisionKind::Approved | DecisionKind::Held) | None => Earlier::Kept(same.id),
    })
}

impl Placement {
    /// Where `row` lies now.
    pub(crate) fn of(row: &SubmissionRow) -> Self {
        let place = row.student.zip(row.n);
        Self {
            place: place.map(|(student, n)| Place { student, n }),
            matching: row.matching.clone(),
            rejected_before: row.rejected_before,
            picked: row.picked,
        }
    }

    /// The student it lies with.
    pub(crate) fn student(&self) -> Option<StudentId> {
        self.place.map(|place| place.student)
    }

    /// As the log shows it.
    pub(crate) fn logged(&self) -> Value {
        let mut state = json!({
            "student": self.student(),
            "n": self.place.map(|place| place.n),
            "matching": self.matching,
        });
        if self.picked {
            state["picked"] = json!(true);
        }
        state
    }
}

fn check(transaction: &Transaction<'_>, row: &SubmissionRow, student: StudentId) -> Result<()> {
    if row.decision.is_some() && row.student != Some(student) {
        return Err(Error::Decided { submission: row.id });
    }
    if student::get(transaction, student)?.round != row.round {
        return Err(Error::RoundsMixed);
    }
    if !student::image(transaction, student)?.listed {
        return Err(Error::NotFound {
            what: "学生",
            id: student.0,
        });
    }
    eligible::check_due(transaction, student)
}

/// The row, while no decision stands on it.
pub(crate) fn undecided(row: SubmissionRow) -> Result<SubmissionRow> {
    match row.decision {
        Some(_) => Err(Error::Decided { submission: row.id }),
        None => Ok(row),
    }
}

/// Who places photos, and when.
#[derive(Clone, Copy)]
pub(crate) struct By<'a> {
    pub(crate) reviewer: &'a str,
    pub(crate) at: Timestamp,
}

impl<'a> By<'a> {
    pub(crate) const fn new(reviewer: &'a str, at: Timestamp) -> Self {
        Self { reviewer, at }
    }
}

/// Puts submissions of one round where they are to lie, as one act: a row of the log for each, one undo for all.
pub(crate) fn place_all(
    transaction: &Transaction<'_>,
    act: Act,
    placements: Vec<(SubmissionRow, Placement)>,
    by: By<'_>,
) -> Result<()> {
    let Some((first, _)) = placements.first() else {
        return Ok(());
    };
    let undo = undo::insert(transaction, first.round, by.reviewer, act, by.at)?;
    for (row, _) in &placements {
        // Two photos may change numbers, which no student has twice.
        submission::clear_place(transaction, row.id)?;
    }
    for (row, after) in placements {
        place(transaction, act, &row, &after, Some(undo), by)?;
        let change = Change {
            subject: row.id.0,
            before: Some(Placement::of(&row)),
            after,
        };
        undo::insert_change(transaction, undo, &change)?;
    }
    Ok(())
}

/// Puts a submission where it is to lie, with its row of the log.
pub(crate) fn place(
    transaction: &Transaction<'_>,
    act: Act,
    row: &SubmissionRow,
    after: &Placement,
    undo: Option<i64>,
    by: By<'_>,
) -> Result<()> {
    submission::set_place(
        transaction,
        row.id,
        after.place,
        &after.matching,
        (after.rejected_before, after.picked),
    )?;
    let entry = Entry {
        round: Some(row.round),
        at: by.at,
        reviewer: by.reviewer,
        what: act,
        subject: Subject::Submission(row.id),
        undo,
        before: Some(Placement::of(row).logged()),
        after: Some(after.logged()),
    };
    log::append(transaction, &entry)?;
    Ok(())
}
