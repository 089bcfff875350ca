//! Out of a student's hands and back: a photo goes back to the piles, or is put aside as nobody's. Not giving it to
//! somebody (`assign`).

use jiff::Timestamp;
use rusqlite::{Connection, Transaction};
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::{StudentId, SubmissionId};

use super::Act;
use super::assign::{By, Placement, place_all, undecided};
use crate::error::{Error, Result};
use crate::store::Store;
use crate::table::submission::{self, Place, SubmissionRow};
use crate::table::{second_review, student};

impl Store {
    /// Takes a photo away from its student, back to the piles; or brings one back that was put aside, to its student
    /// where a decision stands on it. One that lies in a pile already stays there.
    ///
    /// # Errors
    /// [`Error::Decided`] while a decision stands on it, [`Error::NotFound`].
    pub fn put_back(&self, submission: SubmissionId, reviewer: &str, at: Timestamp) -> Result<()> {
        self.write(|transaction| {
            let row = submission::get(transaction, submission)?;
            let by = By::new(reviewer, at);
            if let (Some(_), Some(student)) = (row.decision, put_aside_from(&row.matching)) {
                let after = with_student(transaction, &row, student)?;
                return place_all(transaction, Act::PhotoPutBack, vec![(row, after)], by);
            }
            let row = undecided(row)?;
            let matching = match (&row.matching, row.student) {
                (Matching::Dismissed { was }, _) => (**was).clone(),
                (_, Some(from)) => Matching::PutBack { from },
                (_, None) => return Ok(()),
            };
            let after = nowhere(&row, matching);
            place_all(transaction, Act::PhotoPutBack, vec![(row, after)], by)
        })
    }

    /// Puts photos aside as nobody's, all in one act that is undone as one. Those put aside already are passed over. Of
    /// an exempt student also a photo that was decided on: the decision stays on it, and comes back with it.
    ///
    /// # Errors
    /// As [`Self::put_back`]; [`Error::RoundsMixed`] for photos of several rounds. Nothing is changed then.
    pub fn dismiss(
        &self,
        submissions: &[SubmissionId],
        reviewer: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.write(|transaction| {
            let mut placements: Vec<(SubmissionRow, Placement)> = Vec::new();
            for id in submissions {
                let mut row = submission::get(transaction, *id)?;
                if !is_of_exempt(transaction, &row)? {
                    row = undecided(row)?;
                }
                if placements
                    .first()
                    .is_some_and(|first| first.0.round != row.round)
                {
                    return Err(Error::RoundsMixed);
                }
                if matches!(row.matching, Matching::Dismissed { .. }) {
                    continue;
                }
                let was = match row.student {
                    Some(from) => Matching::PutBack { from },
                    None => row.matching.clone(),
                };
                let after = nowhere(&row, was.dismissed());
                placements.push((row, after));
            }
            let by = By::new(reviewer, at);
            place_all(transaction, Act::PhotoDismissed, placements, by)
        })
    }
}

/// Whether the photo lies with a student who is exempt.
pub(crate) fn is_of_exempt(connection: &Connection, row: &SubmissionRow) -> Result<bool> {
    let Some(student) = row.student else {
        return Ok(false);
    };
    Ok(student::exempt(connection, student)?.is_some()
        && second_review::open_on(connection, row.id)?.is_none())
}

/// The student from whom a photo was put aside.
pub(crate) fn put_aside_from(matching: &Matching) -> Option<StudentId> {
    match matching {
        Matching::Dismissed { was } => match **was {
            Matching::PutBack { from } => Some(from),
            _ => None,
        },
        _ => None,
    }
}

/// With its student again, after whatever came meanwhile.
fn with_student(
    transaction: &Transaction<'_>,
    row: &SubmissionRow,
    student: StudentId,
) -> Result<Placement> {
    let n = submission::next_n(transaction, student)?;
    Ok(Placement {
        place: Some(Place { student, n }),
        matching: Matching::Matched {
            student,
            by: MatchKey::ByHand,
        },
        rejected_before: row.rejected_before,
        picked: false,
    })
}

fn nowhere(row: &SubmissionRow, matching: Matching) -> Placement {
    Placement {
        place: None,
        matching,
        rejected_before: row.rejected_before,
        picked: false,
    }
}
