//! Undo records: each undoable act with the images of what it changed.
//!
//! A record is standing, or undone (`undone_by` is the log row that says so) and can be done
//! again. Undone records of a reviewer go when the reviewer acts anew; the log keeps their story.
//!
//! The questions that a roster raised have a record of their own, since its subjects are photos: it stands right behind
//! that of the import, goes and comes with it, and is no act to be undone by itself ([`BESIDE`]).

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;
use zhaoshen_model::{LogId, RoundId};

use crate::act::Act;
use crate::column::{json, json_or_null, json_text, time, time_text, word};
use crate::error::Result;
use crate::migration::Step;

pub(crate) const STEPS: &[Step] = &[Step {
    version: 8,
    sql: "CREATE TABLE undo (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              round INTEGER NOT NULL REFERENCES round (id),
              reviewer TEXT NOT NULL,
              act TEXT NOT NULL,
              at TEXT NOT NULL,
              undone_by INTEGER
          ) STRICT;
          CREATE INDEX undo_by_reviewer ON undo (round, reviewer, undone_by);
          CREATE TABLE undo_change (
              undo INTEGER NOT NULL REFERENCES undo (id) ON DELETE CASCADE,
              subject INTEGER NOT NULL,
              before TEXT,
              after TEXT NOT NULL,
              PRIMARY KEY (undo, subject)
          ) STRICT, WITHOUT ROWID;",
}];

/// An undoable act.
#[derive(Debug)]
pub(crate) struct UndoRow {
    pub(crate) id: i64,
    pub(crate) act: Act,
    pub(crate) at: Timestamp,
    /// The log row of its undoing; `None` while it stands.
    pub(crate) undone_by: Option<i64>,
}

/// One thing an act changed.
#[derive(Debug)]
pub(crate) struct Change<T> {
    /// Id of the student or submission.
    pub(crate) subject: i64,
    /// `None`: it was not there.
    pub(crate) before: Option<T>,
    pub(crate) after: T,
}

/// Begins the record of an act; what the reviewer could have done again is dropped.
pub(crate) fn insert(
    connection: &Connection,
    round: RoundId,
    reviewer: &str,
    act: Act,
    at: Timestamp,
) -> Result<i64> {
    connection
        .prepare_cached(
            "DELETE FROM undo WHERE round = ?1 AND reviewer = ?2 AND undone_by IS NOT NULL",
        )?
        .execute((round.0, reviewer))?;
    connection
        .prepare_cached("INSERT INTO undo (round, reviewer, act, at) VALUES (?1, ?2, ?3, ?4)")?
        .execute((round.0, reviewer, act.as_str(), time_text(at)))?;
    Ok(connection.last_insert_rowid())
}

/// What is undone with the act before it and never by itself.
const BESIDE: Act = Act::MatchQuestioned;

/// Begins the record of what `act` does beside the act of record `undo`, which was begun just before.
pub(crate) fn insert_beside(connection: &Connection, undo: i64, act: Act) -> Result<i64> {
    connection
        .prepare_cached(
            "INSERT INTO undo (id, round, reviewer, act, at)
             SELECT id + 1, round, reviewer, ?2, at FROM undo WHERE id = ?1",
        )?
        .execute((undo, act.as_str()))?;
    Ok(connection.last_insert_rowid())
}

/// The record of what `act` did beside the act of record `undo`.
pub(crate) fn beside(connection: &Connection, undo: i64, act: Act) -> Result<Option<i64>> {
    Ok(connection
        .prepare_cached("SELECT id FROM undo WHERE id = ?1 + 1 AND act = ?2")?
        .query_row((undo, act.as_str()), |row| row.get(0))
        .optional()?)
}

/// Adds one change to the record.
pub(crate) fn insert_change<T: Serialize>(
    connection: &Connection,
    undo: i64,
    change: &Change<T>,
) -> Result<()> {
    let before = match &change.before {
        Some(before) => Some(json_text("撤销记录", before)?),
        None => None,
    };
    connection
        .prepare_cached(
            "INSERT INTO undo_change (undo, subject, before, after) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((
            undo,
            change.subject,
            before,
            json_text("撤销记录", &change.after)?,
        ))?;
    Ok(())
}

/// The reviewer's newest standing act older than the act `below`.
pub(crate) fn next_standing(
    connection: &Connection,
    round: RoundId,
    reviewer: &str,
    below: i64,
) -> Result<Option<UndoRow>> {
    Ok(connection
        .prepare_cached(
            "SELECT * FROM undo
             WHERE round = ?1 AND reviewer = ?2 AND undone_by IS NULL AND id < ?3 AND act <> ?4
             ORDER BY id DESC LIMIT 1",
        )?
        .query_row((round.0, reviewer, below, BESIDE.as_str()), read_row)
        .optional()?)
}

/// The reviewer's act undone last before the log row `below`.
pub(crate) fn next_undone(
    connection: &Connection,
    round: RoundId,
    reviewer: &str,
    below: i64,
) -> Result<Option<UndoRow>> {
    Ok(connection
        .prepare_cached(
            "SELECT * FROM undo
             WHERE round = ?1 AND reviewer = ?2 AND undone_by < ?3 AND act <> ?4
             ORDER BY undone_by DESC LIMIT 1",
        )?
        .query_row((round.0, reviewer, below, BESIDE.as_str()), read_row)
        .optional()?)
}

/// How many acts of the reviewer stand, and how many are undone.
pub(crate) fn count(connection: &Connection, round: RoundId, reviewer: &str) -> Result<(u64, u64)> {
    Ok(connection
        .prepare_cached(
            "SELECT count(*) FILTER (WHERE undone_by IS NULL), count(undone_by)
             FROM undo WHERE round = ?1 AND reviewer = ?2 AND act <> ?3",
        )?
        .query_row((round.0, reviewer, BESIDE.as_str()), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?)
}

/// What an act changed, by subject.
pub(crate) fn changes<T: DeserializeOwned>(
    connection: &Connection,
    undo: i64,
) -> Result<Vec<Change<T>>> {
    let mut query =
        connection.prepare_cached("SELECT * FROM undo_change WHERE undo = ?1 ORDER BY subject")?;
    let rows = query.query_map([undo], |row| {
        Ok(Change {
            subject: row.get("subject")?,
            before: json_or_null(row, "before")?,
            after: json(row, "after")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Takes a change out of its act. What was built upon it is built upon what stood before it from then on.
pub(crate) fn take_out<T: Serialize>(
    connection: &Connection,
    undo: i64,
    change: &Change<T>,
) -> Result<()> {
    let text = |image: &T| json_text("撤销记录", image);
    let before = change.before.as_ref().map(text).transpose()?;
    connection
        .prepare_cached(
            "UPDATE undo_change SET before = ?4 WHERE undo > ?1 AND subject = ?2 AND before = ?3",
        )?
        .execute((undo, change.subject, text(&change.after)?, before))?;
    connection
        .prepare_cached("DELETE FROM undo_change WHERE undo = ?1 AND subject = ?2")?
        .execute((undo, change.subject))?;
    Ok(())
}

/// One act.
pub(crate) fn get(connection: &Connection, id: i64) -> Result<UndoRow> {
    let mut query = connection.prepare_cached("SELECT * FROM undo WHERE id = ?1")?;
    Ok(query.query_row([id], read_row)?)
}

/// The log row of an act's undoing; `None` while it stands.
pub(crate) fn undone_by(connection: &Connection, id: i64) -> Result<Option<LogId>> {
    let mut query = connection.prepare_cached("SELECT undone_by FROM undo WHERE id = ?1")?;
    Ok(query.query_row([id], |row| Ok(row.get::<_, Option<i64>>(0)?.map(LogId)))?)
}

/// Marks an act undone by a log row, or standing again.
pub(crate) fn set_undone(connection: &Connection, id: i64, by: Option<LogId>) -> Result<()> {
    connection
        .prepare_cached("UPDATE undo SET undone_by = ?2 WHERE id = ?1")?
        .execute((id, by.map(|by| by.0)))?;
    Ok(())
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<UndoRow> {
    Ok(UndoRow {
        id: row.get("id")?,
        act: word(row, "act", Act::parse)?,
        at: time(row, "at")?,
        undone_by: row.get("undone_by")?,
    })
}
