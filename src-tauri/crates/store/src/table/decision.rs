//! Decisions (审核结论). Every one is kept; which of them stands is a column of the submission.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use zhaoshen_model::{Decision, DecisionId, DecisionKind, RoundId, SubmissionId};

use crate::column::{json, json_text, time, time_text, word};
use crate::error::{Error, Result};
use crate::migration::Step;
use crate::store::Store;

pub(crate) const STEPS: &[Step] = &[Step {
    version: 6,
    sql: "CREATE TABLE decision (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              submission INTEGER NOT NULL REFERENCES submission (id),
              kind TEXT NOT NULL,
              reasons TEXT NOT NULL,
              note TEXT NOT NULL,
              reviewer TEXT NOT NULL,
              decided_at TEXT NOT NULL
          ) STRICT;
          CREATE INDEX decision_by_submission ON decision (submission);
          CREATE TRIGGER decision_kept BEFORE DELETE ON decision
          BEGIN SELECT RAISE(ABORT, 'decisions are kept'); END;
          CREATE TRIGGER decision_unchanged BEFORE UPDATE ON decision
          BEGIN SELECT RAISE(ABORT, 'decisions are kept'); END;
          CREATE TRIGGER decision_not_replaced BEFORE INSERT ON decision
          WHEN EXISTS (SELECT 1 FROM decision WHERE id = NEW.id)
          BEGIN SELECT RAISE(ABORT, 'decisions are kept'); END;",
}];

/// Whether a row of `decision` came of a release that approved it on the strength of others: nobody looked at the photo
/// for it. The log says so for good; a record of undo goes.
pub(crate) const UNSEEN: &str = "EXISTS (SELECT 1 FROM log
    WHERE log.subject = 'submission' AND log.subject_id = decision.submission
      AND log.what = 'bulk_approved' AND json_extract(log.after, '$.decision') = decision.id)";

/// Whether a row of `decision` was taken back, and not done again. The log says so for good; a record of undo goes.
pub(crate) const TAKEN_BACK: &str = "COALESCE(
    (SELECT what = 'undone' AND json_extract(before, '$.decision') = decision.id
     FROM log
     WHERE subject = 'submission' AND subject_id = decision.submission AND decision.id IN
         (json_extract(before, '$.decision'), json_extract(after, '$.decision'))
     ORDER BY log.id DESC LIMIT 1), 0)";

/// A decision as recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionRow {
    /// Row id, higher for a later decision.
    pub id: DecisionId,
    /// What it is on.
    pub submission: SubmissionId,
    /// What was decided, why and by whom.
    pub decision: Decision,
    /// When.
    pub decided_at: Timestamp,
}

/// As [`UNSEEN`], of one decision.
pub(crate) fn is_unseen(connection: &Connection, id: DecisionId) -> Result<bool> {
    let sql = format!("SELECT {UNSEEN} FROM decision WHERE id = ?1");
    let mut query = connection.prepare_cached(&sql)?;
    Ok(query.query_row([id.0], |row| row.get(0)).optional()? == Some(true))
}

impl Store {
    /// One decision, standing or not.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn decision(&self, id: DecisionId) -> Result<DecisionRow> {
        self.read(|connection| get(connection, id))
    }

    /// Every decision ever made on the submission, first to last, those undone included.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Unreadable`].
    pub fn decisions_on(&self, submission: SubmissionId) -> Result<Vec<DecisionRow>> {
        self.read(|connection| {
            let mut query = connection
                .prepare_cached("SELECT * FROM decision WHERE submission = ?1 ORDER BY id")?;
            let rows = query.query_map([submission.0], read_row)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Of the decisions ever made on the submission, those that were taken back, and not done again.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn taken_back(&self, submission: SubmissionId) -> Result<HashSet<DecisionId>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(&format!(
                "SELECT decision.id FROM decision WHERE submission = ?1 AND {TAKEN_BACK}"
            ))?;
            let rows = query.query_map([submission.0], |row| row.get(0).map(DecisionId))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The decision that stands on each submission of the round that has one.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Unreadable`].
    pub fn standing_decisions(&self, round: RoundId) -> Result<HashMap<SubmissionId, DecisionRow>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT decision.* FROM submission JOIN decision ON decision.id = decision
                 WHERE round = ?1",
            )?;
            let rows = query.query_map([round.0], |row| {
                let row = read_row(row)?;
                Ok((row.submission, row))
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// One decision.
pub(crate) fn get(connection: &Connection, id: DecisionId) -> Result<DecisionRow> {
    connection
        .prepare_cached("SELECT * FROM decision WHERE id = ?1")?
        .query_row([id.0], read_row)
        .optional()?
        .ok_or(Error::NotFound {
            what: "审核结论",
            id: id.0,
        })
}

/// Adds a decision.
pub(crate) fn insert(
    connection: &Connection,
    submission: SubmissionId,
    decision: &Decision,
    at: Timestamp,
) -> Result<DecisionId> {
    connection
        .prepare_cached(
            "INSERT INTO decision (submission, kind, reasons, note, reviewer, decided_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute((
            submission.0,
            decision.kind.as_str(),
            json_text("退回原因", &decision.reasons)?,
            &decision.note,
            &decision.reviewer,
            time_text(at),
        ))?;
    Ok(DecisionId(connection.last_insert_rowid()))
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<DecisionRow> {
    Ok(DecisionRow {
        id: DecisionId(row.get("id")?),
        submission: SubmissionId(row.get("submission")?),
        decision: Decision {
            kind: word(row, "kind", DecisionKind::parse)?,
            reasons: json(row, "reasons")?,
            note: row.get("note")?,
            reviewer: row.get("reviewer")?,
        },
        decided_at: time(row, "decided_at")?,
    })
}
