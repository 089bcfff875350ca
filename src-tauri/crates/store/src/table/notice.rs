//! Which rejections the students were told of (已通知).
//!
//! Rows are only added; of one submission the newest row holds, so that a mark is taken back by another and the story
//! stays. A notice is on the submission that was rejected: a photo handed in anew is a new one to be told of. And it is of
//! the rejection that stood then, with its reasons: whoever is rejected anew after that was taken back, or for other
//! reasons, has been told nothing of it. Which rejection stood, the times of decisions and notices tell.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use zhaoshen_model::{RoundId, SubmissionId};

use crate::column::{date, time, time_text};
use crate::error::Result;
use crate::migration::Step;
use crate::store::Store;
use crate::table::decision::TAKEN_BACK;

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

/// Whether a row of `standing_notice` tells of the decision that stands: that was made before, or every decision made since
/// gives the same reasons, as that of a second reviewer who agrees, and none of them was taken back.
fn tells_of_standing() -> String {
    format!(
        "EXISTS (SELECT 1 FROM submission JOIN decision AS stands ON stands.id = submission.decision
         WHERE submission.id = standing_notice.submission
           AND (stands.decided_at <= standing_notice.at OR NOT EXISTS
               (SELECT 1 FROM decision
                WHERE decision.submission = standing_notice.submission
                  AND decision.id >= COALESCE(
                      (SELECT MAX(id) FROM decision AS told
                       WHERE told.submission = standing_notice.submission
                         AND told.decided_at <= standing_notice.at), 0)
                  AND (decision.kind <> stands.kind OR decision.reasons <> stands.reasons
                       OR {TAKEN_BACK}))))"
    )
}

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
    /// The notices that stand in the round, first to last; those of what was decided otherwise since included.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn notices(&self, round: RoundId) -> Result<Vec<NoticeRow>> {
        self.read(|connection| of_round(connection, round, "TRUE"))
    }

    /// Of them, those that tell of the decision that stands.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn told(&self, round: RoundId) -> Result<Vec<NoticeRow>> {
        self.read(|connection| of_round(connection, round, &tells_of_standing()))
    }
}

fn of_round(connection: &Connection, round: RoundId, which: &str) -> Result<Vec<NoticeRow>> {
    let sql = format!("SELECT * FROM standing_notice WHERE round = ?1 AND {which} ORDER BY id");
    let mut query = connection.prepare_cached(&sql)?;
    let rows = query.query_map([round.0], |row| {
        Ok(NoticeRow {
            submission: SubmissionId(row.get("submission")?),
            deadline: date(row, "deadline")?,
            reviewer: row.get("reviewer")?,
            at: time(row, "at")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether a notice of this submission stands.
pub(crate) fn stands(connection: &Connection, submission: SubmissionId) -> Result<bool> {
    is_there(connection, submission, "TRUE")
}

/// Whether a notice of this submission stands that tells of the decision that stands.
pub(crate) fn tells(connection: &Connection, submission: SubmissionId) -> Result<bool> {
    is_there(connection, submission, &tells_of_standing())
}

fn is_there(connection: &Connection, submission: SubmissionId, which: &str) -> Result<bool> {
    let sql =
        format!("SELECT EXISTS (SELECT 1 FROM standing_notice WHERE submission = ?1 AND {which})");
    Ok(connection
        .prepare_cached(&sql)?
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
