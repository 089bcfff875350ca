//! Questioning a match: a photo that was matched by 姓名 alone fits several students once the roster
//! gains a namesake, so a person must say whose it is.
//!
//! Nothing decided is taken away: an undecided photo goes back to a pile, a decided one keeps its
//! student and its decision and is marked as in question until somebody assigns it.

use jiff::Timestamp;
use zhaoshen_model::matching::Matching;
use zhaoshen_model::{StudentId, SubmissionId};

use super::Act;
use super::assign::{By, Placement, place};
use crate::error::Result;
use crate::store::Store;
use crate::table::submission;

impl Store {
    /// Puts each of these matches in question; `candidates` are all who fit now. One transaction.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for a submission; nothing is changed then.
    pub fn question_matches(
        &self,
        questions: &[(SubmissionId, Vec<StudentId>)],
        reviewer: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.write(|transaction| {
            for (submission, candidates) in questions {
                let row = submission::get(transaction, *submission)?;
                let after = Placement {
                    place: Placement::of(&row).place.filter(|_| row.decision.is_some()),
                    matching: Matching::Ambiguous {
                        candidates: candidates.clone(),
                    },
                    rejected_before: row.rejected_before,
                };
                let by = By::new(reviewer, at);
                place(transaction, Act::MatchQuestioned, &row, &after, None, by)?;
            }
            Ok(())
        })
    }
}
