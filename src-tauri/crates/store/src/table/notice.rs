//! Which rejections the students were told of (已通知).
//!
//! Rows are only added; of one submission the newest row holds, so that a mark is taken back by another and the story
//! stays. A notice is on the submission that was rejected: a photo handed in anew is a new one to be told of.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use zhaoshen_model::{RoundId, SubmissionId};

use crate::column::{date, time, time_text};
use crate::error::Result;
use crate::migration::Step;
use crate::store::Store;

pub(crate) const STEPS: &[Step] = &[Step {
    version: 18,
    sql: "CREATE TABLE notice (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              submission INTEGER NOT NULL REFERENCES submission (id),
              told INTEGER NOT NULL,
              deadline TEXT,
              reviewer TEXT NOT NULL,
              at TEXT NOT NULL
          ) STRICT;
          CREATE INDEX notice_by_submission ON notice (submission);
          CREATE VIEW standing_notice AS
              SELECT notice.*, submission.round
              FROM notice JOIN submission ON submission.id = notice.submission
              WHERE told AND NOT EXISTS
                  (SELECT 1 FROM notice AS later
                   WHERE later.submission = notice.submission AND later.id > notice.id);",
}];

/// A notice that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeRow {
    /// The rejected photo.
    pub submission: SubmissionId,
    /// The day until which another may come, as the student was told.
    pub deadline: Option<Date>,
    /// Who says that it was sent.
    pub reviewer: String,
    /// When.
    pub at: Timestamp,
}

impl Store {
    /// The notices that stand in the round, first to last.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn notices(&self, round: RoundId) -> Result<Vec<NoticeRow>> {
        self.read(|connection| {
            let mut query = connection
                .prepare_cached("SELECT * FROM standing_notice WHERE round = ?1 ORDER BY id")?;
            let rows = query.query_map([round.0], |row| {
                Ok(NoticeRow {
                    submission: SubmissionId(row.get("submission")?),
                    deadline: date(row, "deadline")?,
                    reviewer: row.get("reviewer")?,
                    at: time(row, "at")?,
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// Whether a notice of this submission stands.
pub(crate) fn stands(connection: &Connection, submission: SubmissionId) -> Result<bool> {
    Ok(connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM standing_notice WHERE submission = ?1)")?
        .query_row([submission.0], |row| row.get(0))?)
}

/// Adds a row: told, or not told after all.
pub(crate) fn insert(connection: &Connection, notice: &NoticeRow, told: bool) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO notice (submission, told, deadline, reviewer, at)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((
            notice.submission.0,
            told,
            notice.deadline.map(|day| day.to_string()),
            &notice.reviewer,
            time_text(notice.at),
        ))?;
    Ok(())
}
