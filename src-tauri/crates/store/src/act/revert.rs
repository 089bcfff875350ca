//! Undo and redo, to any depth and across restarts.
//!
//! Each reviewer has a line of acts per round. Undo takes back the newest act of that line whose
//! outcome still stands; an act that someone else has built upon since is passed over until the
//! other act is undone. Redo does again what was undone last. Both are acts of their own in the
//! log; neither takes a row out of it.

use jiff::Timestamp;
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use zhaoshen_model::{DecisionId, LogId, RoundId, StudentId, SubmissionId};

use super::Act;
use super::assign::{Earlier, Placement, earlier};
use super::decide::logged;
use crate::error::Result;
use crate::store::Store;
use crate::table::log::{self, Entry, Subject};
use crate::table::student::{self, StudentImage};
use crate::table::submission::{self, Place};
use crate::table::undo::{self, Change, UndoRow};

/// An act that was undone or done again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevertedAct {
    /// What had been done.
    pub act: Act,
    /// When it had first been done.
    pub made_at: Timestamp,
    /// What it touched.
    pub on: Reverted,
}

/// What an undone or redone act touched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "on")]
pub enum Reverted {
    /// Decisions on these submissions.
    Decisions {
        /// The submissions, by id.
        submissions: Vec<SubmissionId>,
    },
    /// The assignment of one photo.
    Assignment {
        /// The submission.
        submission: SubmissionId,
    },
    /// A roster import.
    Roster {
        /// How many students it had added or changed.
        students: u64,
    },
}

/// How many acts a reviewer has before and behind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoDepth {
    /// Acts that stand.
    pub undo: u64,
    /// Acts that were undone and can be done again.
    pub redo: u64,
}

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Undo,
    Redo,
}

/// Who reverts what, and where the log rows go.
struct Revert<'a> {
    transaction: &'a Transaction<'a>,
    way: Way,
    round: RoundId,
    reviewer: &'a str,
    at: Timestamp,
}

impl Store {
    /// Takes back the reviewer's newest act in the round that still stands; `None` when there is
    /// none.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn undo(
        &self,
        round: RoundId,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<Option<RevertedAct>> {
        self.undo_of(&Act::ALL, round, reviewer, at)
    }

    /// As [`Self::undo`], but passing over acts of other kinds than `acts`: a desk takes back
    /// decisions, never the roster under them.
    ///
    /// # Errors
    /// As [`Self::undo`].
    pub fn undo_of(
        &self,
        acts: &[Act],
        round: RoundId,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<Option<RevertedAct>> {
        self.revert(Way::Undo, acts, round, reviewer, at)
    }

    /// Does again what the reviewer undid last in the round; `None` when there is nothing, or the
    /// reviewer has acted since.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn redo(
        &self,
        round: RoundId,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<Option<RevertedAct>> {
        self.redo_of(&Act::ALL, round, reviewer, at)
    }

    /// As [`Self::redo`], but passing over acts of other kinds than `acts`.
    ///
    /// # Errors
    /// As [`Self::redo`].
    pub fn redo_of(
        &self,
        acts: &[Act],
        round: RoundId,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<Option<RevertedAct>> {
        self.revert(Way::Redo, acts, round, reviewer, at)
    }

    /// How far the reviewer could undo and redo, were nobody else in the round.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn undo_depth(&self, round: RoundId, reviewer: &str) -> Result<UndoDepth> {
        self.read(|connection| {
            let (undo, redo) = undo::count(connection, round, reviewer)?;
            Ok(UndoDepth { undo, redo })
        })
    }

    fn revert(
        &self,
        way: Way,
        acts: &[Act],
        round: RoundId,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<Option<RevertedAct>> {
        self.write(|transaction| {
            let revert = Revert {
                transaction,
                way,
                round,
                reviewer,
                at,
            };
            let mut below = i64::MAX;
            while let Some(row) = revert.next(below)? {
                if acts.contains(&row.act)
                    && let Some(reverted) = revert.act(&row)?
                {
                    return Ok(Some(reverted));
                }
                below = row.undone_by.unwrap_or(row.id);
            }
            Ok(None)
        })
    }
}

impl Revert<'_> {
    /// The next act to try: newest first to undo, undone last first to redo.
    fn next(&self, below: i64) -> Result<Option<UndoRow>> {
        match self.way {
            Way::Undo => undo::next_standing(self.transaction, self.round, self.reviewer, below),
            Way::Redo => undo::next_undone(self.transaction, self.round, self.reviewer, below),
        }
    }

    /// Reverts one act; `None` when its outcome no longer stands.
    fn act(&self, row: &UndoRow) -> Result<Option<RevertedAct>> {
        let reverted = match row.act {
            Act::Decided | Act::BulkApproved | Act::SecondReviewed => self.decisions(row.id)?,
            Act::PhotoAssigned => self.assignment(row.id)?,
            Act::RosterImported => self.roster(row.id)?,
            Act::RoundCreated
            | Act::ProfileChanged
            | Act::PhotosTakenIn
            | Act::MatchQuestioned
            | Act::Undone
            | Act::Redone
            | Act::Delivered
            | Act::SettingChanged
            | Act::FindingDisputed
            | Act::SamplePlanned
            | Act::SampleWithdrawn
            | Act::ReviewChosen
            | Act::ReviewWithdrawn => None,
        };
        let Some((on, log)) = reverted else {
            return Ok(None);
        };
        let undone_by = (self.way == Way::Undo).then_some(log);
        undo::set_undone(self.transaction, row.id, undone_by)?;
        Ok(Some(RevertedAct {
            act: row.act,
            made_at: row.at,
            on,
        }))
    }

    fn decisions(&self, undo: i64) -> Result<Option<(Reverted, LogId)>> {
        let changes = undo::changes::<DecisionId>(self.transaction, undo)?;
        for change in &changes {
            let row = submission::get(self.transaction, SubmissionId(change.subject))?;
            let (from, _) = self.ends(change);
            let newest = match row.student {
                Some(student) => submission::newest_of(self.transaction, student)?,
                None => None,
            };
            let open = self.way == Way::Undo || newest == Some(row.id);
            if row.decision != from.copied() || !open {
                return Ok(None);
            }
        }
        let mut last = LogId(0);
        for change in &changes {
            let id = SubmissionId(change.subject);
            let (from, to) = self.ends(change);
            submission::set_decision(self.transaction, id, to.copied())?;
            let before = logged(self.transaction, from.copied())?;
            let after = logged(self.transaction, to.copied())?;
            last = self.append_log(undo, Subject::Submission(id), before, after)?;
        }
        let submissions = changes.iter().map(|change| SubmissionId(change.subject));
        let submissions = submissions.collect();
        Ok(Some((Reverted::Decisions { submissions }, last)))
    }

    fn assignment(&self, undo: i64) -> Result<Option<(Reverted, LogId)>> {
        let changes = undo::changes::<Placement>(self.transaction, undo)?;
        let Some(change) = changes.first() else {
            return Ok(None);
        };
        let row = submission::get(self.transaction, SubmissionId(change.subject))?;
        let (Some(from), Some(to)) = self.ends(change) else {
            return Ok(None);
        };
        if row.decision.is_some() || row.student != from.student() {
            return Ok(None);
        }
        let place = match to.place {
            Some(place) => {
                // The student may have handed in the same bytes, or the number be taken, since.
                if let Earlier::Kept(_) = earlier(self.transaction, place.student, row.photo)? {
                    return Ok(None);
                }
                let n = submission::free_n(self.transaction, place)?;
                Some(Place { n, ..place })
            }
            None => None,
        };
        submission::set_place(
            self.transaction,
            row.id,
            place,
            &to.matching,
            to.rejected_before,
        )?;
        let subject = Subject::Submission(row.id);
        let log = self.append_log(undo, subject, Some(from.logged()), Some(to.logged()))?;
        let reverted = Reverted::Assignment { submission: row.id };
        Ok(Some((reverted, log)))
    }

    fn roster(&self, undo: i64) -> Result<Option<(Reverted, LogId)>> {
        let changes = undo::changes::<StudentImage>(self.transaction, undo)?;
        for change in &changes {
            let now = student::image(self.transaction, StudentId(change.subject))?;
            let stands = match self.ends(change).0 {
                Some(from) => now == *from,
                None => !now.listed,
            };
            if !stands {
                return Ok(None);
            }
        }
        for change in &changes {
            let id = StudentId(change.subject);
            match self.ends(change).1 {
                Some(to) => student::overwrite(self.transaction, id, to)?,
                None => student::unlist(self.transaction, id)?,
            }
        }
        let students = changes.len() as u64;
        let subject = Subject::Round(self.round);
        let log = self.append_log(undo, subject, None, Some(json!({ "students": students })))?;
        Ok(Some((Reverted::Roster { students }, log)))
    }

    /// What should stand now, and what is to stand.
    fn ends<'c, T>(&self, change: &'c Change<T>) -> (Option<&'c T>, Option<&'c T>) {
        match self.way {
            Way::Undo => (Some(&change.after), change.before.as_ref()),
            Way::Redo => (change.before.as_ref(), Some(&change.after)),
        }
    }

    fn append_log(
        &self,
        undo: i64,
        subject: Subject,
        before: Option<Value>,
        after: Option<Value>,
    ) -> Result<LogId> {
        log::append(
            self.transaction,
            &Entry {
                round: Some(self.round),
                at: self.at,
                reviewer: self.reviewer,
                what: match self.way {
                    Way::Undo => Act::Undone,
                    Way::Redo => Act::Redone,
                },
                subject,
                undo: Some(undo),
                before,
                after,
            },
        )
    }
}
