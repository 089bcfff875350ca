//! Filters over the current submissions of a round: AND between kinds of condition, OR within one.
//!
//! Finer than [`crate::queue`], which counts fixed lists; the desk freezes what it is given all the same.

use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use zhaoshen_model::{RoundId, SubmissionId};

use crate::column::json_text;
use crate::error::Result;
use crate::queue::{QueueKind, QueueRow, read_queue_row};
use crate::store::Store;

/// What to keep; an empty list keeps all of its kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// In any of these queues; those about a word (rule, college, reviewer) count as none.
    pub queues: Vec<QueueKind>,
    /// Failing any of the rules of these codes.
    pub codes: Vec<String>,
    /// Of a student of any of these colleges.
    pub colleges: Vec<String>,
    /// Decided by any of these reviewers.
    pub reviewers: Vec<String>,
    /// Among these submissions, where some are named.
    pub among: Option<Vec<SubmissionId>>,
}

/// What a search looks through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Searchable {
    /// The student's current submission.
    pub submission: SubmissionId,
    /// 学号.
    pub student_no: String,
    /// 姓名.
    pub name: String,
}

impl Selection {
    /// The condition on `queued`, a row of `newest_submission`.
    fn condition(&self) -> String {
        let queues: Vec<String> = self
            .queues
            .iter()
            .filter(|kind| kind.word().is_none())
            .map(|kind| format!("({})", kind.condition()))
            .collect();
        let mut all = vec!["round = :round".to_owned()];
        if !queues.is_empty() {
            all.push(format!("({})", queues.join(" OR ")));
        } else if !self.queues.is_empty() {
            // Nothing is in none of the queues asked for.
            all.push("FALSE".to_owned());
        }
        let listed = [
            (!self.codes.is_empty(), CODES),
            (!self.colleges.is_empty(), COLLEGES),
            (!self.reviewers.is_empty(), REVIEWERS),
            (self.among.is_some(), AMONG),
        ];
        all.extend(
            listed
                .into_iter()
                .filter(|(set, _)| *set)
                .map(|(_, condition)| condition.to_owned()),
        );
        all.join(" AND ")
    }
}

// Every parameter stands in each query, since SQLite refuses to bind one that does not.
const PARAMETERS: &str = "coalesce(:codes, :colleges, :reviewers, :among) IS NOT NULL";
const CODES: &str = "EXISTS (SELECT 1 FROM json_each(failing) AS failed
    WHERE failed.value IN (SELECT value FROM json_each(:codes)))";
const COLLEGES: &str = "student IN (SELECT id FROM student
    WHERE round = :round AND college IN (SELECT value FROM json_each(:colleges)))";
const REVIEWERS: &str = "kind <> 'reviewing' AND decision IN (SELECT id FROM decision
    WHERE reviewer IN (SELECT value FROM json_each(:reviewers)))";
const AMONG: &str = "id IN (SELECT value FROM json_each(:among))";

impl Store {
    /// The current submissions of the round that `selection` keeps, by 学号.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn selected_rows(&self, round: RoundId, selection: &Selection) -> Result<Vec<QueueRow>> {
        let sql = format!(
            "SELECT queued.id, photo, queued.student_no, name, college, n, verdict, failing, decision, kind
             FROM (SELECT * FROM newest_submission WHERE {}) AS queued
             JOIN student ON student.id = queued.student
             WHERE {PARAMETERS} ORDER BY queued.student_no",
            selection.condition()
        );
        let text = |list: &Vec<String>| json_text("筛选条件", list);
        let among: Vec<i64> = selection.among.iter().flatten().map(|id| id.0).collect();
        self.read(|connection| {
            let mut query = connection.prepare_cached(&sql)?;
            let rows = query.query_map(
                named_params! {
                    ":round": round.0,
                    ":codes": text(&selection.codes)?,
                    ":colleges": text(&selection.colleges)?,
                    ":reviewers": text(&selection.reviewers)?,
                    ":among": json_text("筛选条件", &among)?,
                },
                read_queue_row,
            )?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// 学号 and 姓名 of every current submission of the round, by 学号.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn searchable(&self, round: RoundId) -> Result<Vec<Searchable>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT queued.id, queued.student_no, name FROM newest_submission AS queued
                 JOIN student ON student.id = queued.student
                 WHERE queued.round = ?1 ORDER BY queued.student_no",
            )?;
            let rows = query.query_map([round.0], |row| {
                Ok(Searchable {
                    submission: SubmissionId(row.get(0)?),
                    student_no: row.get(1)?,
                    name: row.get(2)?,
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}
