//! Questioning a match: a photo that was matched by 姓名 alone fits several students once the roster
//! gains a namesake, so a person must say whose it is.
//!
//! Nothing decided is taken away: an undecided photo goes back to a pile, a decided one keeps its
//! student and its decision and is marked as in question until somebody assigns it.

use jiff::Timestamp;
use rusqlite::Transaction;
use zhaoshen_model::matching::Matching;
use zhaoshen_model::{RoundId, StudentId, SubmissionId};

use super::Act;
use super::assign::Placement;
use crate::error::Result;
use crate::store::Store;
use crate::table::log::{self, Entry, Subject};
use crate::table::submission;

impl Store {
    /// Puts each of these matches in question; `candidates` are all who fit now. One transaction.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for a submission; nothing is changed then.
    pub fn question_matches(
        &self,
        round: RoundId,
        questions: &[(SubmissionId, Vec<StudentId>)],
        reviewer: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.write(|transaction| {
            for (submission, candidates) in questions {
                let matching = Matching::Ambiguous {
                    candidates: candidates.clone(),
                };
                question(transaction, round, *submission, matching, (reviewer, at))?;
            }
            Ok(())
        })
    }
}

fn question(
    transaction: &Transaction<'_>,
    round: RoundId,
    submission: SubmissionId,
    matching: Matching,
    (reviewer, at): (&str, Timestamp),
) -> Result<()> {
    let row = submission::get(transaction, submission)?;
    let before = Placement::of(&row);
    let after = Placement {
        place: before.place.filter(|_| row.decision.is_some()),
        matching,
        rejected_before: row.rejected_before,
    };
    submission::set_place(
        transaction,
        row.id,
        after.place,
        &after.matching,
        after.rejected_before,
    )?;
    log::append(
        transaction,
        &Entry {
            round: Some(round),
            at,
            reviewer,
            what: Act::MatchQuestioned,
            subject: Subject::Submission(row.id),
            undo: None,
            before: Some(before.logged()),
            after: Some(after.logged()),
        },
    )?;
    Ok(())
}
