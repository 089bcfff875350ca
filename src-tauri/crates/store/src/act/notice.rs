//! Marking rejections as told to the students, and taking the mark back.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::Connection;
use serde_json::json;
use zhaoshen_model::{DecisionKind, RoundId, SubmissionId};

use super::Act;
use super::sample::standing_kind;
use crate::error::{Error, Result};
use crate::store::Store;
use crate::table::log::{self, Entry};
use crate::table::notice::{self, NoticeRow};
use crate::table::{second_review, submission};

impl Store {
    /// Marks submissions of the round as told, or takes the marks back; how many changed. One transaction, one row of
    /// the log. Only a rejection that stands can be told: what was decided otherwise meanwhile is passed over.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::RoundsMixed`] for a submission of another round; nothing is changed then.
    pub fn mark_told(
        &self,
        round: RoundId,
        submissions: &[SubmissionId],
        told: bool,
        deadline: Option<Date>,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<u64> {
        self.write(|transaction| {
            let mut changed = 0_u64;
            for id in submissions {
                if submission::get(transaction, *id)?.round != round {
                    return Err(Error::RoundsMixed);
                }
                let is_news = match told {
                    true => is_to_be_told(transaction, *id)?,
                    // A mark is taken back whatever became of the photo.
                    false => notice::stands(transaction, *id)?,
                };
                if !is_news {
                    continue;
                }
                let row = NoticeRow {
                    submission: *id,
                    deadline,
                    reviewer: reviewer.to_owned(),
                    at,
                };
                notice::insert(transaction, &row, told)?;
                changed += 1;
            }
            if changed > 0 {
                // Of whom is left out: it would tell a second reviewer the first verdict.
                let after = json!({
                    "told": told,
                    "photos": changed,
                    "deadline": deadline.map(|day| day.to_string()),
                });
                let by = (reviewer, at);
                log::append(
                    transaction,
                    &Entry::of_round(round, Act::NoticeMarked, by, after),
                )?;
            }
            Ok(changed)
        })
    }
}

/// Whether there is a rejection to be told: one that stands, of which the student was told nothing, and that no second
/// reviewer is still to confirm unseen.
fn is_to_be_told(connection: &Connection, id: SubmissionId) -> Result<bool> {
    let is_blind = second_review::open_on(connection, id)?.is_some();
    let is_rejected = standing_kind(connection, id)? == Some(DecisionKind::Rejected);
    Ok(!is_blind && is_rejected && !notice::tells(connection, id)?)
}
