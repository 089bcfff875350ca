//! Closing a round, opening it again, noting its archive, and saying how long its data is kept.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::Transaction;
use serde_json::{Value, json};
use zhaoshen_model::RoundId;

use super::Act;
use crate::error::{Error, Result};
use crate::store::Store;
use crate::table::log::{self, Entry};
use crate::table::round;
use crate::table::round_end::{self, ArchiveRecord, Closed, LeftOpen, RoundEnd, Signed};
use crate::table::unfinished::{self, Writing};

impl Store {
    /// Closes the round, over what is `left` open: from now on it is for reading only. A closed one stays as it is.
    ///
    /// # Errors
    /// [`Error::Ending`] where differences are left open without a reason; [`Error::NotFound`], [`Error::RoundErased`].
    pub fn close_round(
        &self,
        round: RoundId,
        left: &LeftOpen,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.change_end((round, None), Act::RoundClosed, (reviewer, at), |end| {
            if end.closed.is_some() {
                return Ok(None);
            }
            if left.differences > 0 && left.reason.is_empty() {
                return Err(Error::Ending(
                    "还有未了结的差异；请先处理，或写明不再处理的理由后再结束",
                ));
            }
            end.closed = Some(Closed {
                by: signed(reviewer, at),
                left: left.clone(),
            });
            Ok(Some(match left.differences {
                0 => json!({ "closed": true }),
                open => json!({ "closed": true, "differences": open, "text": left.reason }),
            }))
        })
    }

    /// Opens a closed round again. What was archived no longer tells all, so that it has to be archived anew.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::RoundErased`].
    pub fn reopen_round(&self, round: RoundId, reviewer: &str, at: Timestamp) -> Result<()> {
        self.change_end((round, None), Act::RoundReopened, (reviewer, at), |end| {
            let opens = end.closed.take().is_some();
            end.archived = None;
            Ok(opens.then(|| json!({ "closed": false })))
        })
    }

    /// Notes the archive of a closed round, written and read back.
    ///
    /// # Errors
    /// [`Error::Ending`] for a round that is not closed; [`Error::NotFound`], [`Error::RoundErased`].
    pub fn record_archive(
        &self,
        round: RoundId,
        archive: &ArchiveRecord,
        writing: Option<&Writing>,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<()> {
        let target = writing.map(|writing| self.writing_target(writing));
        let target = target.transpose()?;
        self.change_end(
            (round, writing),
            Act::RoundArchived,
            (reviewer, at),
            |end| {
                if end.closed.is_none() {
                    return Err(Error::Ending("请先结束本批，再归档"));
                }
                end.archived = Some((signed(reviewer, at), archive.clone()));
                Ok(Some(json!({
                    "file": archive.file,
                    "target": target,
                    "sha256": archive.sha256,
                    "entries": archive.entries,
                    "encrypted": archive.encrypted,
                    "id_numbers": archive.id_numbers,
                    "renditions": archive.renditions,
                    "originals": archive.originals,
                    "lacking": archive.lacking,
                })))
            },
        )
    }

    /// Says until when photos and personal data are kept, that day included; `None`: no day is set.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::RoundErased`].
    pub fn set_retention(
        &self,
        round: RoundId,
        keep_until: Option<Date>,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.change_end((round, None), Act::RetentionSet, (reviewer, at), |end| {
            let changes = end.keep_until != keep_until;
            end.keep_until = keep_until;
            Ok(changes.then(|| json!({ "keep_until": keep_until })))
        })
    }

    /// Changes how far the round has ended, with a row of the log where `change` says what it now is.
    fn change_end(
        &self,
        (round, writing): (RoundId, Option<&Writing>),
        act: Act,
        (reviewer, at): (&str, Timestamp),
        change: impl FnOnce(&mut RoundEnd) -> Result<Option<Value>>,
    ) -> Result<()> {
        self.write(|transaction| {
            let mut end = still_there(transaction, round)?;
            if let Some(after) = change(&mut end)? {
                // First, while the round is as it was: the log refuses what it does not take.
                log::append(
                    transaction,
                    &Entry::of_round(round, act, (reviewer, at), after),
                )?;
                round_end::set(transaction, round, &end)?;
            }
            unfinished::book(transaction, writing)
        })
    }
}

/// How far a round has ended whose data is still there.
pub(super) fn still_there(transaction: &Transaction<'_>, round: RoundId) -> Result<RoundEnd> {
    round::get(transaction, round)?;
    let end = round_end::get(transaction, round)?;
    match end.erased {
        Some(_) => Err(Error::RoundErased),
        None => Ok(end),
    }
}

pub(super) fn signed(reviewer: &str, at: Timestamp) -> Signed {
    Signed {
        reviewer: reviewer.to_owned(),
        at,
    }
}
