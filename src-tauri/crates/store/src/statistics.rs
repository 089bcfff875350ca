//! The rows that statistics are counted from: what stands in a round, and every decision made on the way there.
//!
//! Only reads, and only what is counted: no figure is computed here, so that what a figure means stands in one place.

use jiff::Timestamp;
use rusqlite::Row;
use serde::{Deserialize, Serialize};
use zhaoshen_model::{DecisionKind, ReasonChoice, RoundId, StudentId, SubmissionId, Verdict};

use crate::column::{json, time, word, word_or_null};
use crate::error::Result;
use crate::queue::{DIFFERING, shown_kind};
use crate::store::Store;
use crate::table::decision::UNSEEN;

/// What stands for one listed student who is to be collected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Who.
    pub student: StudentId,
    /// 学院, empty where the roster has none.
    pub college: String,
    /// The newest submission; `None` before the first.
    pub submission: Option<StandingSubmission>,
}

/// A student's newest submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingSubmission {
    /// The submission.
    pub id: SubmissionId,
    /// When it came.
    pub received_at: Timestamp,
    /// The cached verdict; `None` before the check.
    pub verdict: Option<Verdict>,
    /// Codes of the rules that failed.
    pub failing: Vec<String>,
    /// The decision that stands and may be shown, with its reasons.
    pub decision: Option<(DecisionKind, Vec<ReasonChoice>)>,
    /// One stands, but is not to be told: a second review waits.
    pub reviewing: bool,
    /// Two people judged it otherwise, and nobody settled which stands.
    pub differing: bool,
}

/// One decision ever made, standing or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Who.
    pub reviewer: String,
    /// What.
    pub kind: DecisionKind,
    /// When.
    pub at: Timestamp,
    /// The verdict of the photo, as it is cached now.
    pub verdict: Option<Verdict>,
    /// Whether it still stands, and is no first verdict that a second review hides.
    pub stands: bool,
    /// Approved by the release of a sampling plan, without being looked at.
    pub unseen: bool,
}

impl Store {
    /// Every listed student of the round who is to be collected, with the newest submission, by 学号.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn standings(&self, round: RoundId) -> Result<Vec<Standing>> {
        self.list_of(
            &format!("SELECT student.id AS student, student.college, newest.id, newest.received_at, newest.verdict, newest.failing,
                    newest.kind, coalesce({DIFFERING}, 0) AS differing, decision.reasons
             FROM student
             LEFT JOIN newest_submission AS newest ON newest.student = student.id
             LEFT JOIN decision ON decision.id = newest.decision
             WHERE student.round = ?1 AND student.listed AND student.exempt IS NULL
             ORDER BY student.student_no"),
            round,
            standing,
        )
    }

    /// Every decision made in the round, those undone included, first to last.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn decisions_made(&self, round: RoundId) -> Result<Vec<Made>> {
        self.list_of(
            &format!(
                "SELECT decision.reviewer, decision.kind, decided_at, verdict,
                    submission.decision IS decision.id
                        AND submission.id NOT IN (SELECT submission FROM open_review) AS stands,
                    {UNSEEN} AS unseen
                 FROM decision JOIN submission ON submission.id = decision.submission
                 WHERE submission.round = ?1 ORDER BY decision.id"
            ),
            round,
            |row| {
                Ok(Made {
                    reviewer: row.get("reviewer")?,
                    kind: word(row, "kind", DecisionKind::parse)?,
                    at: time(row, "decided_at")?,
                    verdict: word_or_null(row, "verdict", Verdict::parse)?,
                    stands: row.get("stands")?,
                    unseen: row.get("unseen")?,
                })
            },
        )
    }

    fn list_of<T>(
        &self,
        sql: &str,
        round: RoundId,
        read: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(sql)?;
            let rows = query.query_map([round.0], read)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

fn standing(row: &Row<'_>) -> rusqlite::Result<Standing> {
    let id: Option<i64> = row.get("id")?;
    let submission = match id {
        None => None,
        Some(id) => {
            let (kind, reviewing) = shown_kind(row)?;
            Some(StandingSubmission {
                id: SubmissionId(id),
                received_at: time(row, "received_at")?,
                verdict: word_or_null(row, "verdict", Verdict::parse)?,
                failing: json(row, "failing")?,
                decision: match kind {
                    None => None,
                    Some(kind) => Some((kind, json(row, "reasons")?)),
                },
                reviewing,
                differing: row.get("differing")?,
            })
        }
    };
    Ok(Standing {
        student: StudentId(row.get("student")?),
        college: row.get("college")?,
        submission,
    })
}
