//! Choosing photos for a second, blind review, and giving reviews up.
//!
//! The second verdict itself is a decision like any; see [`super::decide`].

use jiff::Timestamp;
use rusqlite::Transaction;
use serde_json::json;
use zhaoshen_model::{RoundId, SubmissionId};

use super::Act;
use crate::error::{Error, Result};
use crate::store::Store;
use crate::table::log::{self, Entry};
use crate::table::second_review::{self, ReviewWhy};
use crate::table::submission;

/// Photos to be reviewed a second time, and how they were come by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewChoice {
    /// Why.
    pub why: ReviewWhy,
    /// The photos.
    pub submissions: Vec<SubmissionId>,
    /// Of a share: how much of the decided photos, percent, and the seed they were drawn with.
    pub drawn: Option<(u32, u64)>,
}

impl Store {
    /// Chooses photos of the round for a second review; answers how many. Passed over are those that nobody
    /// decided on, that a newer photo replaced, and that have a second review already.
    ///
    /// # Errors
    /// [`Error::RoundsMixed`], [`Error::NotFound`].
    pub fn choose_for_review(
        &self,
        round: RoundId,
        choice: &ReviewChoice,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<u64> {
        self.write(|transaction| {
            let mut chosen = Vec::new();
            for id in &choice.submissions {
                if is_eligible(transaction, round, *id)? {
                    second_review::insert(transaction, *id, choice.why, reviewer, at)?;
                    chosen.push(*id);
                }
            }
            if chosen.is_empty() {
                return Ok(0);
            }
            let mut after = json!({ "second_review": choice.why, "submissions": chosen });
            if let Some((percent, seed)) = choice.drawn {
                after["percent"] = json!(percent);
                after["seed"] = json!(seed);
            }
            let by = (reviewer, at);
            log::append(
                transaction,
                &Entry::of_round(round, Act::ReviewChosen, by, after),
            )?;
            Ok(chosen.len() as u64)
        })
    }

    /// Gives up the second reviews of the round that wait, but those of the reviewer's own verdicts: nobody keeps a
    /// verdict of theirs from being looked at again. Answers how many; the first verdicts stand again.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn withdraw_reviews(&self, round: RoundId, reviewer: &str, at: Timestamp) -> Result<u64> {
        self.write(|transaction| {
            let open = second_review::open_of_others(transaction, round, reviewer)?;
            if open.is_empty() {
                return Ok(0);
            }
            second_review::set_withdrawn(transaction, &open)?;
            let after = json!({ "submissions": open });
            let by = (reviewer, at);
            log::append(
                transaction,
                &Entry::of_round(round, Act::ReviewWithdrawn, by, after),
            )?;
            Ok(open.len() as u64)
        })
    }
}

fn is_eligible(transaction: &Transaction<'_>, round: RoundId, id: SubmissionId) -> Result<bool> {
    let row = submission::get(transaction, id)?;
    if row.round != round {
        return Err(Error::RoundsMixed);
    }
    let newest = match row.student {
        Some(student) => submission::newest_of(transaction, student)?,
        None => None,
    };
    let standing = row.decision.is_some() && newest == Some(id);
    Ok(standing && !second_review::is_chosen(transaction, id)?)
}
