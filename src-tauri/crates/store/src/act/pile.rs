//! Out of a student's hands and back: a photo goes back to the piles, or is put aside as nobody's. Not giving it to
//! somebody (`assign`).

use jiff::Timestamp;
use zhaoshen_model::SubmissionId;
use zhaoshen_model::matching::Matching;

use super::Act;
use super::assign::{By, Placement, place_all, undecided};
use crate::error::{Error, Result};
use crate::store::Store;
use crate::table::submission::{self, SubmissionRow};

impl Store {
    /// Takes a photo away from its student, back to the piles; or brings one back that was put aside. One that lies in
    /// a pile already stays there.
    ///
    /// # Errors
    /// [`Error::Decided`] while a decision stands on it, [`Error::NotFound`].
    pub fn put_back(&self, submission: SubmissionId, reviewer: &str, at: Timestamp) -> Result<()> {
        self.write(|transaction| {
            let row = undecided(submission::get(transaction, submission)?)?;
            let matching = match (&row.matching, row.student) {
                (Matching::Dismissed { was }, _) => (**was).clone(),
                (_, Some(from)) => Matching::PutBack { from },
                (_, None) => return Ok(()),
            };
            let after = nowhere(&row, matching);
            let by = By::new(reviewer, at);
            place_all(transaction, Act::PhotoPutBack, vec![(row, after)], by)
        })
    }

    /// Puts photos aside as nobody's, all in one act that is undone as one. Those put aside already are passed over.
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
                let row = undecided(submission::get(transaction, *id)?)?;
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

fn nowhere(row: &SubmissionRow, matching: Matching) -> Placement {
    Placement {
        place: None,
        matching,
        rejected_before: row.rejected_before,
    }
}
