//! Findings that a person called wrong (误报): what the machine said, and who says otherwise.
//!
//! Rows are only added. Of one person on one finding the newest row holds, so that calling it right
//! again takes the dispute back and the story stays. A dispute is no decision: the photo's queue and
//! verdict are untouched.

use jiff::Timestamp;
use rusqlite::{Connection, Row};
use serde::{Deserialize, Serialize};
use zhaoshen_model::{RoundId, SubmissionId, Verdict};

use crate::column::{time, time_text, word};
use crate::error::Result;
use crate::migration::Step;
use crate::store::Store;

pub(crate) const STEPS: &[Step] = &[Step {
    version: 12,
    sql: "CREATE TABLE dispute (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              submission INTEGER NOT NULL REFERENCES submission (id),
              code TEXT NOT NULL,
              said TEXT NOT NULL,
              value REAL,
              wrong INTEGER NOT NULL,
              reviewer TEXT NOT NULL,
              at TEXT NOT NULL
          ) STRICT;
          CREATE INDEX dispute_by_submission ON dispute (submission, code, reviewer);
          CREATE VIEW standing_dispute AS
              SELECT dispute.*, submission.round
              FROM dispute JOIN submission ON submission.id = dispute.submission
              WHERE wrong AND NOT EXISTS
                  (SELECT 1 FROM dispute AS later
                   WHERE later.submission = dispute.submission AND later.code = dispute.code
                     AND later.reviewer = dispute.reviewer AND later.id > dispute.id);",
}];

/// A finding as it stood when somebody said it is wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dispute {
    /// The photo it is on.
    pub submission: SubmissionId,
    /// Code of the rule.
    pub code: String,
    /// What the machine said of the rule.
    pub said: Verdict,
    /// What it had measured.
    pub value: Option<f64>,
    /// Who says so.
    pub reviewer: String,
}

/// A dispute that stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DisputeRow {
    /// What is disputed, and by whom.
    pub dispute: Dispute,
    /// Since when.
    pub at: Timestamp,
}

impl Store {
    /// The disputes that stand on one submission, first to last.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn disputes_on(&self, submission: SubmissionId) -> Result<Vec<DisputeRow>> {
        self.list_disputes(
            "SELECT * FROM standing_dispute WHERE submission = ?1 ORDER BY id",
            submission.0,
        )
    }

    /// The disputes that stand in the round, first to last: what false alarms are counted by.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn disputes(&self, round: RoundId) -> Result<Vec<DisputeRow>> {
        self.list_disputes(
            "SELECT * FROM standing_dispute WHERE round = ?1 ORDER BY id",
            round.0,
        )
    }

    fn list_disputes(&self, sql: &str, id: i64) -> Result<Vec<DisputeRow>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(sql)?;
            let rows = query.query_map([id], read_row)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// Whether this reviewer's dispute of this finding stands.
pub(crate) fn stands(connection: &Connection, dispute: &Dispute) -> Result<bool> {
    Ok(connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM standing_dispute
                 WHERE submission = ?1 AND code = ?2 AND reviewer = ?3)",
        )?
        .query_row(
            (dispute.submission.0, &dispute.code, &dispute.reviewer),
            |row| row.get(0),
        )?)
}

/// Adds a row: `wrong`, or right again.
pub(crate) fn insert(
    connection: &Connection,
    dispute: &Dispute,
    wrong: bool,
    at: Timestamp,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO dispute (submission, code, said, value, wrong, reviewer, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute((
            dispute.submission.0,
            &dispute.code,
            dispute.said.as_str(),
            dispute.value,
            wrong,
            &dispute.reviewer,
            time_text(at),
        ))?;
    Ok(())
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<DisputeRow> {
    Ok(DisputeRow {
        dispute: Dispute {
            submission: SubmissionId(row.get("submission")?),
            code: row.get("code")?,
            said: word(row, "said", Verdict::parse)?,
            value: row.get("value")?,
            reviewer: row.get("reviewer")?,
        },
        at: time(row, "at")?,
    })
}
