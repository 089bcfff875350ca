//! Questioning a match: a photo that was matched by 姓名 alone fits several students once the roster
//! gains a namesake, and one whose student has become somebody else may be either's, so a person must say whose it is.
//!
//! Nothing decided is taken away: an undecided photo goes back to a pile, a decided one keeps its
//! student and its decision and is marked as in question until somebody assigns it. The import that raised the questions
//! and the questions are one transaction, and its undo takes back those that nobody has answered (`revert::roster`).

use rusqlite::Transaction;
use zhaoshen_model::matching::Matching;
use zhaoshen_model::{StudentId, SubmissionId};

use super::Act;
use super::assign::{By, Placement, place};
use crate::error::Result;
use crate::table::submission::{self, SubmissionRow};
use crate::table::undo::{self, Change};

/// A photo whose match is in question, and all whose it may be.
pub type Question = (SubmissionId, Vec<StudentId>);

/// Puts each of these matches in question. `import` is the undo record of the import that raises them; without one they
/// are answered only.
pub(super) fn question(
    transaction: &Transaction<'_>,
    import: Option<i64>,
    questions: Vec<Question>,
    by: By<'_>,
) -> Result<()> {
    if questions.is_empty() {
        return Ok(());
    }
    let undo = import
        .map(|import| undo::insert_beside(transaction, import, Act::MatchQuestioned))
        .transpose()?;
    for (submission, candidates) in questions {
        let row = submission::get(transaction, submission)?;
        let after = in_question(&row, Matching::Ambiguous { candidates });
        place(transaction, Act::MatchQuestioned, &row, &after, undo, by)?;
        if let Some(undo) = undo {
            let change = Change {
                subject: submission.0,
                before: Some(Placement::of(&row)),
                after,
            };
            undo::insert_change(transaction, undo, &change)?;
        }
    }
    Ok(())
}

/// Where a photo lies while its match is in question.
pub(super) fn in_question(row: &SubmissionRow, matching: Matching) -> Placement {
    Placement {
        place: Placement::of(row).place.filter(|_| row.decision.is_some()),
        matching,
        ..Placement::of(row)
    }
}
