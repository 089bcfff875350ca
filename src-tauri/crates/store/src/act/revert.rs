//! Undo and redo, to any depth and across restarts.
//!
//! Each reviewer has a line of acts per round. Undo takes back the newest act of that line whose
//! outcome still stands; an act that someone else has built upon since is passed over until the
//! other act is undone. Redo does again what was undone last. Both are acts of their own in the
//! log; neither takes a row out of it.
//!
//! Of an act that decided on many photos, undo takes back what still stands (`decided`).

mod decided;
mod place;
mod receipt;
mod rename;
mod roster;
mod scope;

use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::{Value, json};

use zhaoshen_model::{LogId, Marks, RoundId, SamplingPlanId, SubmissionId};

use self::decided::Decided;
use self::roster::Imported;
use super::Act;
use super::assign::Placement;
use super::flag::Flag;
use super::receipt::{Meaning, with_whom};
use super::reverted::{Reverted, RevertedAct, UndoDepth};
use super::scope::ScopeState;
use crate::error::{Error, Result};
use crate::store::Store;
use crate::table::filed::Filed;
use crate::table::log::{self, Entry, Subject};
use crate::table::receipt::Whose;
use crate::table::sampling_plan;
use crate::table::submission::Place;
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
    Decisions(Decided),
    /// With each, where the photo would lie.
    Placements(Vec<(Change<Placement>, Option<Place>)>),
    Roster(Imported),
    Flags(Flag, Vec<Change<bool>>),
    Scope(Box<Change<ScopeState>>),
    Marks(Vec<Change<Marks>>),
    Name(Change<String>),
    Whose(Change<Whose>),
    Settled(Change<Meaning>),
}

impl Standing {
    fn on(&self) -> Reverted {
        match self {
            Self::Decisions(decided) => decided.on(),
            Self::Placements(changes) => Reverted::Placements {
                submissions: changes
                    .iter()
                    .map(|(change, _)| SubmissionId(change.subject))
                    .collect(),
            },
            Self::Roster(imported) => imported.on(),
            Self::Flags(flag, changes) => flag.reverted(changes.len() as u64),
            Self::Scope(_) => Reverted::Scope,
            Self::Marks(changes) => Reverted::Marks {
                students: changes.len() as u64,
            },
            Self::Name(_) => Reverted::Name,
            Self::Whose(_) | Self::Settled(_) => Reverted::Receipts { rows: 1 },
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
        self.revert((Way::Undo, None), acts, round, reviewer, at)
    }

    /// As [`Self::undo_of`], but only where that takes back the act that was seen to come next
    /// ([`Self::peek_undo_of`]).
    ///
    /// # Errors
    /// As [`Self::undo`]; [`Error::UndoMoved`] when another act comes next by now.
    pub fn undo_seen(
        &self,
        seen: i64,
        acts: &[Act],
        round: RoundId,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<Option<RevertedAct>> {
        self.revert((Way::Undo, Some(seen)), acts, round, reviewer, at)
    }

    /// Takes back the release of a plan whoever made it and whatever they did since, as far as what it approved stands;
    /// `None` where nothing of it does.
    ///
    /// # Errors
    /// [`Error::Sampling`] when the plan is not released, [`Error::NotFound`].
    pub fn take_back_release(
        &self,
        plan: SamplingPlanId,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<Option<RevertedAct>> {
        self.write(|transaction| {
            let plan = sampling_plan::get(transaction, plan)?;
            let release = plan.released_by.filter(|_| plan.released);
            let release = release.ok_or(Error::Sampling("这一方案没有批量通过"))?;
            let row = undo::get(transaction, release)?;
            let revert = Revert {
                connection: transaction,
                way: Way::Undo,
                round: plan.round,
                reviewer,
            };
            match revert.standing(&row)? {
                Some(standing) => revert.put(&row, &standing, at).map(Some),
                None => Ok(None),
            }
        })
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
            next.map(|(row, standing)| reverted(connection, &row, &standing))
                .transpose()
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
        self.revert((Way::Redo, None), acts, round, reviewer, at)
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
        (way, seen): (Way, Option<i64>),
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
            let next = revert.next_of(acts)?;
            if seen.is_some() && seen != next.as_ref().map(|(row, _)| row.id) {
                return Err(Error::UndoMoved);
            }
            match next {
                Some((row, standing)) => revert.put(&row, &standing, at).map(Some),
                None => Ok(None),
            }
        })
    }
}

fn reverted(connection: &Connection, row: &UndoRow, standing: &Standing) -> Result<RevertedAct> {
    Ok(RevertedAct {
        id: row.id,
        act: row.act,
        made_at: row.at,
        on: standing.on(),
        whom: standing.whom(connection)?,
    })
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
            Act::ReceiptAssigned => self.whose(row.id),
            Act::ReceiptSettled => self.settled(row.id),
            Act::PaperMarked => self.flags(Flag::Paper, row.id),
            Act::CodesRemoved => self.flags(Flag::Filed(Filed::Code), row.id),
            Act::ReferencesRemoved => self.flags(Flag::Filed(Filed::Reference), row.id),
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
            | Act::DeliveryRepeated
            | Act::Printed
            | Act::FileWritten
            | Act::SettingChanged
            | Act::FindingDisputed
            | Act::NoticeMarked
            | Act::CodesFiled
            | Act::ReferencesFiled
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
            | Act::Restored
            | Act::PersonAdded
            | Act::PersonChanged
            | Act::PinSet
            | Act::NumberRevealed
            | Act::WorkspaceSealed
            | Act::PassphraseChanged
            | Act::RecoveryCodeRenewed
            | Act::RecoveryCodeConfirmed
            | Act::KeyKeptHere
            | Act::KeyForgottenHere
            | Act::WritingDismissed => Ok(None),
        }
    }

    /// What was set or cleared, where nobody has set or cleared it since.
    fn flags(&self, flag: Flag, undo: i64) -> Result<Option<Standing>> {
        let changes = undo::changes::<bool>(self.connection, undo)?;
        for change in &changes {
            let (from, to) = self.ends(change);
            let (from, to) = (from.copied().unwrap_or(false), to.copied().unwrap_or(false));
            let stands = flag.now(self.connection, change.subject)? == from;
            if !stands || !flag.can_be(self.connection, change.subject, to)? {
                return Ok(None);
            }
        }
        Ok(Some(Standing::Flags(flag, changes)))
    }

    /// Puts an act back, or again, and notes that it is.
    fn put(&self, row: &UndoRow, standing: &Standing, at: Timestamp) -> Result<RevertedAct> {
        let log = self.apply(row.id, standing, at)?;
        self.note(row.id, log)?;
        reverted(self.connection, row, standing)
    }

    /// Notes of a record that it is put back, or again, as that row of the log says.
    fn note(&self, undo: i64, log: LogId) -> Result<()> {
        let undone_by = (self.way == Way::Undo).then_some(log);
        undo::set_undone(self.connection, undo, undone_by)
    }

    /// Puts back, or again, what the act changed; the last row of the log about it.
    fn apply(&self, undo: i64, standing: &Standing, at: Timestamp) -> Result<LogId> {
        match standing {
            Standing::Decisions(decided) => self.put_decisions(undo, decided, at),
            Standing::Placements(changes) => self.put_places(undo, changes, at),
            Standing::Roster(imported) => self.put_roster(undo, imported, at),
            Standing::Flags(flag, changes) => self.put_flags(*flag, undo, changes, at),
            Standing::Scope(change) => self.put_scope(undo, change, at),
            Standing::Marks(changes) => self.put_marks(undo, changes, at),
            Standing::Name(change) => self.put_name(undo, change, at),
            Standing::Whose(change) => self.put_whose(undo, change, at),
            Standing::Settled(change) => self.put_settled(undo, change, at),
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
        let whom = self::receipt::flagged(self.connection, flag, changes)?;
        let after = with_whom(json!({ flag.word(): changes.len() }), whom);
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
