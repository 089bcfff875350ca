//! Receipts (回执): what lists of the studio and of 学信网 said, row by row, and the paper photos that came.
//!
//! A row is never taken out: the undo of its import clears `stands`. What stands of a student is the newest row of each
//! kind; what that means beside everything else is [`zhaoshen_model::reconciliation`].

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row};
use serde::{Deserialize, Serialize};
use zhaoshen_model::matching::Matching;
use zhaoshen_model::receipt::{ReceiptState, in_one_line};
use zhaoshen_model::{ReceiptId, RoundId, StudentId, StudentKeys, SubmissionId};

use crate::act::Act;
use crate::column::{json, json_text, time, time_text, word};
use crate::error::{Error, Result};
use crate::migration::Step;
use crate::store::Store;

pub(crate) const STEPS: &[Step] = &[
    Step {
        version: 20,
        sql: "CREATE TABLE receipt (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              round INTEGER NOT NULL REFERENCES round (id),
              state TEXT NOT NULL,
              text TEXT NOT NULL,
              named TEXT NOT NULL,
              file_name TEXT NOT NULL,
              submission INTEGER REFERENCES submission (id),
              matching TEXT NOT NULL,
              source TEXT NOT NULL,
              source_sha256 TEXT NOT NULL,
              source_cell TEXT NOT NULL,
              reviewer TEXT NOT NULL,
              read_at TEXT NOT NULL,
              stands INTEGER NOT NULL DEFAULT 1
          ) STRICT;
          CREATE INDEX receipt_by_round ON receipt (round, stands);
          CREATE TABLE paper_photo (
              student INTEGER PRIMARY KEY REFERENCES student (id),
              arrived INTEGER NOT NULL
          ) STRICT;",
    },
    Step {
        version: 29,
        sql: "ALTER TABLE receipt ADD COLUMN delivery INTEGER;",
    },
    // A reason was written behind the words, and where none was given, that none was: rows, and what is taken back.
    Step {
        version: 32,
        sql: "ALTER TABLE receipt ADD COLUMN reason TEXT;
          UPDATE receipt SET
              reason = CASE substr(text, instr(text, '，退回原因：') + 6)
                           WHEN '没有写' THEN '' ELSE substr(text, instr(text, '，退回原因：') + 6) END,
              text = substr(text, 1, instr(text, '，退回原因：') - 1)
          WHERE state IN ('accepted', 'returned', 'unsettled') AND instr(text, '，退回原因：');
          CREATE TEMP TABLE worded AS
              SELECT undo, subject, json_extract(before, '$.text') AS was, json_extract(after, '$.text') AS became
              FROM undo_change JOIN undo ON undo.id = undo_change.undo
              WHERE act = 'receipt_settled' AND json_type(after) = 'object';
          UPDATE worded SET
              was = CASE WHEN instr(was, '，退回原因：') THEN substr(was, instr(was, '，退回原因：') + 6) END,
              became = CASE WHEN instr(became, '，退回原因：') THEN substr(became, instr(became, '，退回原因：') + 6) END;
          UPDATE undo_change SET
              before = json_object('state', json_extract(before, '$.state'),
                                   'reason', CASE was WHEN '没有写' THEN '' ELSE was END),
              after = json_object('state', json_extract(after, '$.state'),
                                  'reason', CASE became WHEN '没有写' THEN '' ELSE became END)
          FROM worded WHERE worded.undo = undo_change.undo AND worded.subject = undo_change.subject;
          DROP TABLE worded;",
    },
];

/// A row to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReceipt {
    /// What it says.
    pub state: ReceiptState,
    /// The reason or a remark, or empty.
    pub text: String,
    /// As [`ReceiptRow::reason`].
    pub reason: Option<String>,
    /// What the list's columns say of the student.
    pub named: StudentKeys,
    /// The delivered file as the list names it, or empty.
    pub file_name: String,
    /// The delivered photo it answers.
    pub submission: Option<SubmissionId>,
    /// The delivery it answers, from 1; `None` where none is known.
    pub delivery: Option<u32>,
    /// Whom it is about.
    pub matching: Matching,
    /// The cell that names the student, e.g. `B17`.
    pub source_cell: String,
}

/// Whom a row is about, and what it answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whose {
    /// Whom it is about.
    pub matching: Matching,
    /// The delivered photo it answers; `None` where none had been delivered.
    pub submission: Option<SubmissionId>,
    /// The delivery it answers, from 1; `None` where none is known, and in undo records of earlier versions.
    #[serde(default)]
    pub delivery: Option<u32>,
}

/// The list that rows came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceiptSource<'a> {
    /// File name.
    pub file: &'a str,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: &'a str,
}

/// A row that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptRow {
    /// Row id, higher for a later row.
    pub id: ReceiptId,
    /// The round it is for.
    pub round: RoundId,
    /// What it says.
    pub state: ReceiptState,
    /// The reason or a remark, or empty.
    pub text: String,
    /// Why the photo was given back, where its words do not say it themselves: they contradict each other, or a person said
    /// what they mean. Empty where no reason was given.
    pub reason: Option<String>,
    /// What the list's columns say of the student.
    pub named: StudentKeys,
    /// The delivered file as the list names it, or empty.
    pub file_name: String,
    /// The delivered photo it answers.
    pub submission: Option<SubmissionId>,
    /// The delivery it answers, from 1; `None` where none is known.
    pub delivery: Option<u32>,
    /// Whom it is about.
    pub matching: Matching,
    /// The list's file name.
    pub source: String,
    /// SHA-256 of the list, hexadecimal.
    pub source_sha256: String,
    /// Its cell that names the student.
    pub source_cell: String,
    /// Who read it in.
    pub reviewer: String,
    /// When.
    pub read_at: Timestamp,
}

impl ReceiptRow {
    /// Why the photo was given back, if it was; or empty.
    pub fn why(&self) -> &str {
        self.reason.as_deref().unwrap_or(&self.text)
    }

    /// All that it says, in one line.
    pub fn in_one_line(&self) -> String {
        in_one_line(&self.text, self.reason.as_deref())
    }

    /// Whom it is about, and what it answers.
    pub fn whose(&self) -> Whose {
        Whose {
            matching: self.matching.clone(),
            submission: self.submission,
            delivery: self.delivery,
        }
    }
}

impl Store {
    /// The rows that stand in the round, first to last.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Unreadable`].
    pub fn receipts(&self, round: RoundId) -> Result<Vec<ReceiptRow>> {
        self.read(|connection| {
            let mut query = connection
                .prepare_cached("SELECT * FROM receipt WHERE round = ?1 AND stands ORDER BY id")?;
            let rows = query.query_map([round.0], read)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The rows of the round that a person put aside, first to last; those of lists that were taken back are none of them.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Unreadable`].
    pub fn dropped_receipts(&self, round: RoundId) -> Result<Vec<ReceiptRow>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT * FROM receipt WHERE round = ?1 AND NOT stands AND id IN (
                     SELECT subject FROM undo_change JOIN undo ON undo.id = undo_change.undo
                     WHERE undo.round = ?1 AND act = ?2 AND undone_by IS NULL)
                 ORDER BY id",
            )?;
            let rows = query.query_map((round.0, Act::ReceiptsDropped.as_str()), read)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The listed students of the round whose paper photo has come.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn paper_photos(&self, round: RoundId) -> Result<Vec<StudentId>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT student FROM paper_photo JOIN student ON student.id = paper_photo.student
                 WHERE round = ?1 AND listed AND arrived ORDER BY student",
            )?;
            let rows = query.query_map([round.0], |row| Ok(StudentId(row.get("student")?)))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// Adds a row.
pub(crate) fn insert(
    connection: &Connection,
    round: RoundId,
    source: ReceiptSource<'_>,
    new: &NewReceipt,
    (reviewer, at): (&str, Timestamp),
) -> Result<ReceiptId> {
    connection
        .prepare_cached(
            "INSERT INTO receipt (round, state, text, named, file_name, submission, matching, source,
                                  source_sha256, source_cell, reviewer, read_at, delivery, reason)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute((
            round.0,
            new.state.as_str(),
            &new.text,
            json_text("回执", &new.named)?,
            &new.file_name,
            new.submission.map(|submission| submission.0),
            json_text("回执", &new.matching)?,
            source.file,
            source.sha256,
            &new.source_cell,
            reviewer,
            time_text(at),
            new.delivery,
            &new.reason,
        ))?;
    Ok(ReceiptId(connection.last_insert_rowid()))
}

/// The round of a row.
pub(crate) fn round_of(connection: &Connection, id: ReceiptId) -> Result<RoundId> {
    connection
        .prepare_cached("SELECT round FROM receipt WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))
        .optional()?
        .map(RoundId)
        .ok_or(Error::NotFound {
            what: "回执",
            id: id.0,
        })
}

/// Whether a row stands.
pub(crate) fn stands(connection: &Connection, id: ReceiptId) -> Result<bool> {
    connection
        .prepare_cached("SELECT stands FROM receipt WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))
        .optional()?
        .ok_or(Error::NotFound {
            what: "回执",
            id: id.0,
        })
}

pub(crate) fn set_stands(connection: &Connection, id: ReceiptId, stands: bool) -> Result<()> {
    connection
        .prepare_cached("UPDATE receipt SET stands = ?2 WHERE id = ?1")?
        .execute((id.0, stands))?;
    Ok(())
}

pub(crate) fn get(connection: &Connection, id: ReceiptId) -> Result<ReceiptRow> {
    connection
        .prepare_cached("SELECT * FROM receipt WHERE id = ?1 AND stands")?
        .query_row([id.0], read)
        .optional()?
        .ok_or(Error::NotFound {
            what: "回执",
            id: id.0,
        })
}

/// Whose a row is, be it put aside or not.
pub(crate) fn student_of(connection: &Connection, id: ReceiptId) -> Result<Option<StudentId>> {
    let row = connection
        .prepare_cached("SELECT * FROM receipt WHERE id = ?1")?
        .query_row([id.0], read)
        .optional()?;
    Ok(row.and_then(|row| row.matching.student()))
}

/// What a row says.
pub(crate) fn set_state(connection: &Connection, id: ReceiptId, state: ReceiptState) -> Result<()> {
    connection
        .prepare_cached("UPDATE receipt SET state = ?2 WHERE id = ?1")?
        .execute((id.0, state.as_str()))?;
    Ok(())
}

/// Why the photo was given back.
pub(crate) fn set_reason(
    connection: &Connection,
    id: ReceiptId,
    reason: Option<&str>,
) -> Result<()> {
    connection
        .prepare_cached("UPDATE receipt SET reason = ?2 WHERE id = ?1")?
        .execute((id.0, reason))?;
    Ok(())
}

pub(crate) fn set_whose(connection: &Connection, id: ReceiptId, whose: &Whose) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE receipt SET matching = ?2, submission = ?3, delivery = ?4 WHERE id = ?1",
        )?
        .execute((
            id.0,
            json_text("回执", &whose.matching)?,
            whose.submission.map(|submission| submission.0),
            whose.delivery,
        ))?;
    Ok(())
}

/// Whether the paper photo of a student has come.
pub(crate) fn paper_came(connection: &Connection, student: StudentId) -> Result<bool> {
    let came = connection
        .prepare_cached("SELECT arrived FROM paper_photo WHERE student = ?1")?
        .query_row([student.0], |row| row.get(0))
        .optional()?;
    Ok(came.unwrap_or(false))
}

pub(crate) fn set_paper_came(
    connection: &Connection,
    student: StudentId,
    arrived: bool,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO paper_photo (student, arrived) VALUES (?1, ?2)
             ON CONFLICT (student) DO UPDATE SET arrived = excluded.arrived",
        )?
        .execute((student.0, arrived))?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<ReceiptRow> {
    Ok(ReceiptRow {
        id: ReceiptId(row.get("id")?),
        round: RoundId(row.get("round")?),
        state: word(row, "state", ReceiptState::parse)?,
        text: row.get("text")?,
        reason: row.get("reason")?,
        named: json(row, "named")?,
        file_name: row.get("file_name")?,
        submission: row.get::<_, Option<i64>>("submission")?.map(SubmissionId),
        delivery: row.get("delivery")?,
        matching: json(row, "matching")?,
        source: row.get("source")?,
        source_sha256: row.get("source_sha256")?,
        source_cell: row.get("source_cell")?,
        reviewer: row.get("reviewer")?,
        read_at: time(row, "read_at")?,
    })
}
