//! Which of a student's photos counts: the newest, until a person says that an earlier one does. The two change
//! numbers; both stay. Of photos that came together a person says it before anybody decides: of the newest, too.

use jiff::Timestamp;
use zhaoshen_model::{StudentId, SubmissionId};

use super::Act;
use super::assign::{By, Placement, place_all, undecided};
use crate::error::{Error, Result};
use crate::store::Store;
use crate::table::submission::{self, SubmissionRow};
use crate::table::together;

impl Store {
    /// Makes a submission the one of its student that counts, by giving it the number of the newest and that one its
    /// own. The newest is left as it is, but for the word that it was picked where several came together. `student` is
    /// whose photo the reviewer saw it to be; `None` of a caller that looks at no student.
    ///
    /// # Errors
    /// [`Error::Decided`] while a decision stands on either, [`Error::Moved`] when it is another student's by now,
    /// [`Error::NotFound`] for one without a student.
    pub fn choose(
        &self,
        submission: SubmissionId,
        student: Option<StudentId>,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.write(|transaction| {
            let chosen = undecided(submission::get(transaction, submission)?)?;
            if student.is_some() && chosen.student != student {
                return Err(Error::Moved { submission });
            }
            let nobodys = Error::NotFound {
                what: "学生",
                id: submission.0,
            };
            let Some(student) = chosen.student else {
                return Err(nobodys);
            };
            let newest = submission::newest_of(transaction, student)?.ok_or(nobodys)?;
            let by = By::new(reviewer, at);
            if newest == submission {
                if !together::is_unpicked(transaction, &chosen)? {
                    return Ok(());
                }
                let picked = Placement {
                    picked: true,
                    ..Placement::of(&chosen)
                };
                return place_all(transaction, Act::PhotoChosen, vec![(chosen, picked)], by);
            }
            let newest = undecided(submission::get(transaction, newest)?)?;
            let first = Placement {
                picked: chosen.together,
                ..swapped(&chosen, &newest)
            };
            let second = Placement {
                picked: false,
                ..swapped(&newest, &chosen)
            };
            let placements = vec![(chosen, first), (newest, second)];
            place_all(transaction, Act::PhotoChosen, placements, by)
        })
    }
}

/// `row` in the place of `other`.
fn swapped(row: &SubmissionRow, other: &SubmissionRow) -> Placement {
    Placement {
        place: Placement::of(other).place,
        ..Placement::of(row)
    }
}
