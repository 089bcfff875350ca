//! Undo and redo, to any depth and across restarts.
//!
//! Each reviewer has a line of acts per round. Undo takes back the newest act of that line whose
//! outcome still stands; an act that someone else has built upon since is passed over until the
//! other act is undone. Redo does again what was undone last. Both are acts of their own in the
//! log; neither takes a row out of it.

mod place;
mod rename;
mod scope;

use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::{Value, json};
use zhaoshen_model::{DecisionId, LogId, Marks, RoundId, StudentId, SubmissionId, Verdict};

use super::Act;
use super::assign::Placement;
use super::decide::logged;
use super::eligible;
use super::flag::Flag;
use super::reverted::{Reverted, RevertedAct, UndoDepth};
use super::sample;
use super::scope::ScopeState;
use crate::error::Result;
use crate::store::Store;
use crate::table::log::{self, Entry, Subject};
use crate::table::second_review;
use crate::table::student::{self, StudentImage};
use crate::table::submission::{self, Place};
use crate::table::undo::{self, Change, UndoRow};

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Undo,
    Redo,
}

/// Whose line of acts is gone along, and which way.
struct Revert<'a> {
    connection: &'a Connection,
    way: Way,
    round: RoundId,
    reviewer: &'a str,
}

/// What an act changed, where its outcome still stands.
enum Standing {
    Decisions(Vec<Change<DecisionId>>),
    /// With each, where the photo would lie.
    Placements(Vec<(Change<Placement>, Option<Place>)>),
    Roster(Vec<Change<StudentImage>>),
    Flags(Flag, Vec<Change<bool>>),
    Scope(Box<Change<ScopeState>>),
    Marks(Vec<Change<Marks>>),
    Name(Change<String>),
}

impl Standing {
    fn on(&self) -> Reverted {
        match self {
            Self::Decisions(changes) => Reverted::Decisions {
                submissions: changes
                    .iter()
                    .map(|change| SubmissionId(change.subject))
                    .collect(),
            },
            Self::Placements(changes) => Reverted::Placements {
                submissions: changes
                    .iter()
                    .map(|(change, _)| SubmissionId(change.subject))
                    .collect(),
            },
            Self::Roster(changes) => Reverted::Roster {
                students: changes.len() as u64,
            },
            Self::Flags(flag, changes) => flag.reverted(changes.len() as u64),
            Self::Scope(_) => Reverted::Scope,
            Self::Marks(changes) => Reverted::Marks {
                students: changes.len() as u64,
            },
            Self::Name(_) => Reverted::Name,
        }
    }
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

    /// What [`Self::undo_of`] would take back now; changes nothing.
    ///
    /// # Errors
    /// As [`Self::undo`].
    pub fn peek_undo_of(
        &self,
        acts: &[Act],
        round: RoundId,
        reviewer: &str,
    ) -> Result<Option<RevertedAct>> {
        self.read(|connection| {
            let revert = Revert {
                connection,
                way: Way::Undo,
                round,
                reviewer,
            };
            let next = revert.next_of(acts)?;
            Ok(next.map(|(row, standing)| reverted(&row, &standing)))
        })
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
                connection: transaction,
                way,
                round,
                reviewer,
            };
            let Some((row, standing)) = revert.next_of(acts)? else {
                return Ok(None);
            };
            let log = revert.apply(row.id, &standing, at)?;
            let undone_by = (way == Way::Undo).then_some(log);
            undo::set_undone(transaction, row.id, undone_by)?;
            Ok(Some(reverted(&row, &standing)))
        })
    }
}

fn reverted(row: &UndoRow, standing: &Standing) -> RevertedAct {
    RevertedAct {
        act: row.act,
        made_at: row.at,
        on: standing.on(),
    }
}

impl Revert<'_> {
    /// The first act of these kinds along the line whose outcome still stands.
    fn next_of(&self, acts: &[Act]) -> Result<Option<(UndoRow, Standing)>> {
        let mut below = i64::MAX;
        while let Some(row) = self.next(below)? {
            if acts.contains(&row.act)
                && let Some(standing) = self.standing(&row)?
            {
                return Ok(Some((row, standing)));
            }
            below = row.undone_by.unwrap_or(row.id);
        }
        Ok(None)
    }

    /// The next act to try: newest first to undo, undone last first to redo.
    fn next(&self, below: i64) -> Result<Option<UndoRow>> {
        match self.way {
            Way::Undo => undo::next_standing(self.connection, self.round, self.reviewer, below),
            Way::Redo => undo::next_undone(self.connection, self.round, self.reviewer, below),
        }
    }

    /// What one act changed; `None` when its outcome no longer stands.
    fn standing(&self, row: &UndoRow) -> Result<Option<Standing>> {
        match row.act {
            Act::Decided | Act::ReturnedRejected => self.decisions(row.id),
            Act::BulkApproved => self.release(row.id),
            Act::SecondReviewed => self.second_verdict(row.id),
            Act::PhotoAssigned | Act::PhotoPutBack | Act::PhotoDismissed | Act::PhotoChosen => {
                self.placements(row.id)
            }
            Act::RosterImported => self.roster(row.id),
            Act::ReceiptsImported | Act::ReceiptsDropped => self.flags(Flag::Receipt, row.id),
            Act::PaperMarked => self.flags(Flag::Paper, row.id),
            Act::ScopeChanged => self.scope(row.id),
            Act::StudentsMarked => self.marks(row.id),
            Act::RoundRenamed => self.name(row.id),
            Act::RoundCreated
            | Act::ProfileChanged
            | Act::PhotosTakenIn
            | Act::MatchQuestioned
            | Act::Undone
            | Act::Redone
            | Act::Delivered
            | Act::Printed
            | Act::SettingChanged
            | Act::FindingDisputed
            | Act::NoticeMarked
            | Act::PaymentsImported
            | Act::PaymentsRemoved
            | Act::PaymentAssigned
            | Act::SamplePlanned
            | Act::SampleWithdrawn
            | Act::ReviewChosen
            | Act::ReviewWithdrawn
            | Act::RoundClosed
            | Act::RoundReopened
            | Act::RoundArchived
            | Act::RetentionSet
            | Act::RoundErased
            | Act::CopiedOut
            | Act::PersonAdded
            | Act::PersonChanged
            | Act::PinSet
            | Act::NumberRevealed
            | Act::WorkspaceSealed
            | Act::PassphraseChanged
            | Act::RecoveryCodeRenewed => Ok(None),
        }
    }

    fn decisions(&self, undo: i64) -> Result<Option<Standing>> {
        let changes = undo::changes::<DecisionId>(self.connection, undo)?;
        for change in &changes {
            let row = submission::get(self.connection, SubmissionId(change.subject))?;
            let (from, _) = self.ends(change);
            let newest = match row.student {
                // Whose student is exempt by now is not decided on again.
                Some(student) if student::exempt(self.connection, student)?.is_none() => {
                    submission::newest_of(self.connection, student)?
                }
                _ => None,
            };
            let open = self.way == Way::Undo || newest == Some(row.id);
            if row.decision != from.copied() || !open {
                return Ok(None);
            }
        }
        Ok(Some(Standing::Decisions(changes)))
    }

    /// As a decision, but a set is approved unseen again only where it could be released now.
    fn release(&self, undo: i64) -> Result<Option<Standing>> {
        let standing = self.decisions(undo)?;
        if self.way == Way::Redo
            && let Some(Standing::Decisions(changes)) = &standing
        {
            for change in changes {
                let row = submission::get(self.connection, SubmissionId(change.subject))?;
                if row.verdict != Some(Verdict::Pass) {
                    return Ok(None);
                }
            }
            if !sample::holds_still(self.connection, undo)? {
                return Ok(None);
            }
        }
        Ok(standing)
    }

    /// As a decision, but given again only while its review is still open.
    fn second_verdict(&self, undo: i64) -> Result<Option<Standing>> {
        let standing = self.decisions(undo)?;
        if self.way == Way::Redo
            && let Some(Standing::Decisions(changes)) = &standing
        {
            for change in changes {
                if !second_review::is_open_for(self.connection, change.after)? {
                    return Ok(None);
                }
            }
        }
        Ok(standing)
    }

    fn roster(&self, undo: i64) -> Result<Option<Standing>> {
        let changes = undo::changes::<StudentImage>(self.connection, undo)?;
        for change in &changes {
            let now = student::image(self.connection, StudentId(change.subject))?;
            let stands = match self.ends(change).0 {
                Some(from) => now == *from,
                None => !now.listed,
            };
            if !stands {
                return Ok(None);
            }
        }
        Ok(Some(Standing::Roster(changes)))
    }

    /// What was set or cleared, where nobody has set or cleared it since.
    fn flags(&self, flag: Flag, undo: i64) -> Result<Option<Standing>> {
        let changes = undo::changes::<bool>(self.connection, undo)?;
        for change in &changes {
            let from = self.ends(change).0.copied().unwrap_or(false);
            if flag.now(self.connection, change.subject)? != from {
                return Ok(None);
            }
        }
        Ok(Some(Standing::Flags(flag, changes)))
    }

    /// Puts back, or again, what the act changed; the last row of the log about it.
    fn apply(&self, undo: i64, standing: &Standing, at: Timestamp) -> Result<LogId> {
        match standing {
            Standing::Decisions(changes) => self.put_decisions(undo, changes, at),
            Standing::Placements(changes) => self.put_places(undo, changes, at),
            Standing::Roster(changes) => self.put_students(undo, changes, at),
            Standing::Flags(flag, changes) => self.put_flags(*flag, undo, changes, at),
            Standing::Scope(change) => self.put_scope(undo, change, at),
            Standing::Marks(changes) => self.put_marks(undo, changes, at),
            Standing::Name(change) => self.put_name(undo, change, at),
        }
    }

    fn put_flags(
        &self,
        flag: Flag,
        undo: i64,
        changes: &[Change<bool>],
        at: Timestamp,
    ) -> Result<LogId> {
        for change in changes {
            let to = self.ends(change).1.copied().unwrap_or(false);
            flag.put(self.connection, change.subject, to)?;
        }
        let after = json!({ flag.word(): changes.len() });
        self.append_log(undo, Subject::Round(self.round), (None, Some(after)), at)
    }

    fn put_decisions(
        &self,
        undo: i64,
        changes: &[Change<DecisionId>],
        at: Timestamp,
    ) -> Result<LogId> {
        let mut last = LogId(0);
        for change in changes {
            let id = SubmissionId(change.subject);
            let (from, to) = self.ends(change);
            submission::set_decision(self.connection, id, to.copied())?;
            let states = (
                logged(self.connection, from.copied())?,
                logged(self.connection, to.copied())?,
            );
            last = self.append_log(undo, Subject::Submission(id), states, at)?;
        }
        Ok(last)
    }

    fn put_students(
        &self,
        undo: i64,
        changes: &[Change<StudentImage>],
        at: Timestamp,
    ) -> Result<LogId> {
        for change in changes {
            let id = StudentId(change.subject);
            match self.ends(change).1 {
                Some(to) => student::overwrite(self.connection, id, to)?,
                None => student::unlist(self.connection, id)?,
            }
        }
        eligible::keep_current(self.connection, self.round)?;
        let after = json!({ "students": changes.len() as u64 });
        self.append_log(undo, Subject::Round(self.round), (None, Some(after)), at)
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
        (before, after): (Option<Value>, Option<Value>),
        at: Timestamp,
    ) -> Result<LogId> {
        log::append(
            self.connection,
            &Entry {
                round: Some(self.round),
                at,
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
