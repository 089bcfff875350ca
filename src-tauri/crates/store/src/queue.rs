//! The questions the review desk asks: which submissions wait for what, and how many.
//!
//! Every queue lists newest submissions of listed students who are to be collected, by 学号. The desk freezes the list it
//! opened; nothing here knows of a desk.

use std::collections::BTreeMap;

use rusqlite::Row;
use serde::{Deserialize, Serialize};
use zhaoshen_model::{DecisionId, DecisionKind, PhotoHash, RoundId, SubmissionId, Verdict};

use crate::column::{hash, json, word_or_null};
use crate::error::Result;
use crate::migration::Step;
use crate::store::Store;

pub(crate) const STEPS: &[Step] = &[Step {
    version: 11,
    sql: "CREATE VIEW newest_submission AS
              SELECT submission.*, student.student_no, decision.kind
              FROM submission
              JOIN student ON student.id = submission.student AND student.listed
              LEFT JOIN decision ON decision.id = submission.decision
              WHERE NOT EXISTS (SELECT 1 FROM submission AS later
                                WHERE later.student = submission.student AND later.n > submission.n);
          CREATE VIEW unmatched_submission AS
              SELECT submission.* FROM submission
              LEFT JOIN student ON student.id = submission.student AND student.listed
              WHERE student.id IS NULL;
          CREATE VIEW shared_photo AS
              SELECT submission.round, photo FROM submission
              JOIN student ON student.id = submission.student AND student.listed
              GROUP BY submission.round, photo HAVING count(DISTINCT student) > 1;",
}];

/// Which submissions to list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "code")]
pub enum QueueKind {
    /// 待审: no decision yet.
    Pending,
    /// 待检测: no decision and no verdict yet.
    Unchecked,
    /// 全部通过: no decision, every rule passed.
    Clear,
    /// 仅提示: no decision, hints only.
    Hints,
    /// 有不合格: no decision, at least one rule failed.
    Failing,
    /// 机检无法判断: no decision, at least one rule could not tell.
    Unknown,
    /// 存疑.
    Held,
    /// 重提: no decision, and not the student's first submission.
    Resubmitted,
    /// 重复/同图: the same bytes, or a picture that looks the same, came for another student too;
    /// decided or not.
    Duplicates,
    /// 退回.
    Rejected,
    /// 通过.
    Approved,
    /// 按检查项: no decision, and the rule of this code failed.
    Code(String),
    /// 按学院: no decision, and the student is of this college.
    College(String),
    /// 我审过的: the decision that stands is this reviewer's, and no second review waits.
    DecidedBy(String),
    /// 待我复审: a second review waits, and the first verdict is not this reviewer's.
    Second(String),
    /// 复审中: a second review waits, whoever may give the verdict.
    Reviewing,
    /// 复审意见不一: the second verdict stands and is another than the first. A hold that the second reviewer
    /// ended is no difference: ending it is what it was for.
    Differing,
}

/// How long each queue is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueCounts {
    /// [`QueueKind::Pending`].
    pub pending: u64,
    /// [`QueueKind::Unchecked`].
    pub unchecked: u64,
    /// [`QueueKind::Clear`].
    pub clear: u64,
    /// [`QueueKind::Hints`].
    pub hints: u64,
    /// [`QueueKind::Failing`].
    pub failing: u64,
    /// [`QueueKind::Unknown`].
    pub unknown: u64,
    /// [`QueueKind::Held`].
    pub held: u64,
    /// [`QueueKind::Resubmitted`].
    pub resubmitted: u64,
    /// [`QueueKind::Duplicates`].
    pub duplicates: u64,
    /// [`QueueKind::Rejected`].
    pub rejected: u64,
    /// [`QueueKind::Approved`].
    pub approved: u64,
    /// [`QueueKind::Differing`].
    pub differing: u64,
    /// [`QueueKind::Reviewing`].
    pub reviewing: u64,
    /// [`QueueKind::Code`] for every code that has one, by code.
    pub codes: Vec<(String, u64)>,
    /// [`QueueKind::College`] for every college that has one, by name.
    pub colleges: Vec<(String, u64)>,
    /// [`QueueKind::DecidedBy`] for every reviewer who has one, by name.
    pub reviewers: Vec<(String, u64)>,
    /// Second reviews that wait, by whose the first verdict is: all but these wait for that person.
    pub first_reviewers: Vec<(String, u64)>,
}

// CROSS JOIN keeps the order: left to choose, SQLite goes through the whole round for each photo that has a pair.
const SHARED: &str = "(photo IN (SELECT photo FROM shared_photo WHERE round = :round)
      OR (photo IN (SELECT photo FROM near_photo)
          AND EXISTS (SELECT 1 FROM near_photo AS pair
                      CROSS JOIN submission AS other ON other.photo = pair.other AND other.round = :round
                      CROSS JOIN student AS owner ON owner.id = other.student AND owner.listed
                      WHERE pair.photo = newest_submission.photo
                            AND other.student <> newest_submission.student)))";

/// [`DIFFERING`] for a text made of several.
macro_rules! differing {
    () => {
        "decision IN
    (SELECT second_verdict.second FROM second_verdict
     JOIN decision AS first ON first.id = second_verdict.first
     JOIN decision AS second ON second.id = second_verdict.second
     WHERE first.kind <> second.kind AND first.kind <> 'held')"
    };
}

/// A row of `newest_submission` that two people judged otherwise and nobody settled.
pub(crate) const DIFFERING: &str = differing!();

/// A row whose verdict is of this kind and in no doubt.
macro_rules! settled {
    ($kind:literal) => {
        concat!("kind = '", $kind, "' AND NOT (", differing!(), ")")
    };
}

impl QueueKind {
    /// The condition on a row of `newest_submission`.
    pub(crate) const fn condition(&self) -> &'static str {
        match self {
            Self::Pending => "kind IS NULL",
            Self::Unchecked => "kind IS NULL AND verdict IS NULL",
            Self::Clear => "kind IS NULL AND verdict = 'pass'",
            Self::Hints => "kind IS NULL AND verdict = 'warn'",
            Self::Failing => "kind IS NULL AND verdict = 'fail'",
            Self::Unknown => "kind IS NULL AND verdict = 'unknown'",
            Self::Held => settled!("held"),
            Self::Resubmitted => "kind IS NULL AND n > 1",
            Self::Duplicates => SHARED,
            Self::Rejected => settled!("rejected"),
            Self::Approved => settled!("approved"),
            Self::Code(_) => {
                "kind IS NULL AND EXISTS (SELECT 1 FROM json_each(failing) WHERE value = :word)"
            }
            Self::College(_) => {
                "kind IS NULL AND student IN
                 (SELECT id FROM student WHERE round = :round AND college = :word)"
            }
            Self::DecidedBy(_) => {
                "kind <> 'reviewing' AND
                 decision IN (SELECT id FROM decision WHERE reviewer = :word)"
            }
            Self::Second(_) => {
                "id IN (SELECT submission FROM open_review WHERE first_reviewer <> :word)"
            }
            Self::Reviewing => "kind = 'reviewing'",
            Self::Differing => DIFFERING,
        }
    }

    /// The word a condition is about, for the kinds that have one.
    pub(crate) fn word(&self) -> Option<&String> {
        match self {
            Self::Code(word) | Self::College(word) | Self::DecidedBy(word) | Self::Second(word) => {
                Some(word)
            }
            _ => None,
        }
    }
}

/// One submission of a queue, with the little that a list shows of it: a round has twenty thousand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueRow {
    /// The submission.
    pub submission: SubmissionId,
    /// The original.
    pub photo: PhotoHash,
    /// 学号.
    pub student_no: String,
    /// 姓名.
    pub name: String,
    /// 学院.
    pub college: String,
    /// 第 n 次提交, from 1.
    pub n: u32,
    /// The cached verdict; `None` before the check.
    pub verdict: Option<Verdict>,
    /// Codes of the rules that failed.
    pub failing: Vec<String>,
    /// The decision that stands and may be shown.
    pub decision: Option<(DecisionId, DecisionKind)>,
    /// One stands, but is not to be shown: a second review waits.
    pub reviewing: bool,
}

impl Store {
    /// The submissions of one queue as lists show them, by 学号.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn queue_rows(&self, round: RoundId, kind: &QueueKind) -> Result<Vec<QueueRow>> {
        self.ask(&rows_of(kind, "", ""), round, kind, read_queue_row)
    }

    /// The first `most` of a queue, at least one, as lists show them, by 学号, and how long the whole queue is.
    ///
    /// # Errors
    /// As [`Self::queue_rows`].
    pub fn queue_head(
        &self,
        round: RoundId,
        kind: &QueueKind,
        most: u32,
    ) -> Result<(Vec<QueueRow>, u64)> {
        let rows = rows_of(kind, ", count(*) OVER () AS total", "");
        let sql = format!("{rows} LIMIT {}", most.max(1));
        let rows = self.ask(&sql, round, kind, |row| {
            Ok((read_queue_row(row)?, row.get("total")?))
        })?;
        let total = rows.first().map_or(0, |(_, total)| *total);
        Ok((rows.into_iter().map(|(row, _)| row).collect(), total))
    }

    /// At most `most` of a queue as lists show them, by 学号, from the one behind `after` on.
    ///
    /// # Errors
    /// As [`Self::queue_rows`].
    pub fn queue_behind(
        &self,
        round: RoundId,
        kind: &QueueKind,
        after: &str,
        most: u32,
    ) -> Result<Vec<QueueRow>> {
        let sql = format!(
            "{} LIMIT {most}",
            rows_of(kind, "", "AND student_no > :after")
        );
        self.ask_with(&sql, round, kind, Some(after), read_queue_row)
    }

    /// The submissions of one queue, by 学号.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn queue(&self, round: RoundId, kind: &QueueKind) -> Result<Vec<SubmissionId>> {
        let sql = format!(
            "SELECT id FROM newest_submission WHERE round = :round AND {} ORDER BY student_no",
            kind.condition()
        );
        self.ask(&sql, round, kind, |row| row.get(0).map(SubmissionId))
    }

    /// The rows of a query over a queue; `sql` holds its condition.
    fn ask<T>(
        &self,
        sql: &str,
        round: RoundId,
        kind: &QueueKind,
        read: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        self.ask_with(sql, round, kind, None, read)
    }

    /// The same, where the condition names a 学号 too.
    fn ask_with<T>(
        &self,
        sql: &str,
        round: RoundId,
        kind: &QueueKind,
        after: Option<&str>,
        read: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut given: Vec<(&str, &dyn rusqlite::ToSql)> = vec![(":round", &round.0)];
        given.extend(
            kind.word()
                .map(|word| (":word", word as &dyn rusqlite::ToSql)),
        );
        given.extend(
            after
                .as_ref()
                .map(|after| (":after", after as &dyn rusqlite::ToSql)),
        );
        self.read(|connection| {
            let mut query = connection.prepare_cached(sql)?;
            let rows = query.query_map(given.as_slice(), read)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// How long each queue is.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn queue_counts(&self, round: RoundId) -> Result<QueueCounts> {
        let sql = format!(
            "SELECT verdict, failing, n, kind, {SHARED} AS shared, {DIFFERING} AS differing,
                    CASE WHEN kind IS NULL THEN
                         (SELECT college FROM student WHERE id = newest_submission.student) END AS college,
                    (SELECT reviewer FROM decision WHERE id = newest_submission.decision) AS reviewer
             FROM newest_submission WHERE round = :round"
        );
        self.read(|connection| {
            let mut query = connection.prepare_cached(&sql)?;
            let mut rows = query.query(&[(":round", &round.0)])?;
            let mut tally = Tally::default();
            while let Some(row) = rows.next()? {
                tally.add(row)?;
            }
            let mut colleges = connection.prepare_cached(
                "SELECT DISTINCT college FROM student WHERE round = ?1 AND listed",
            )?;
            for college in colleges.query_map([round.0], |row| row.get(0))? {
                tally.colleges.entry(college?).or_default();
            }
            Ok(tally.counts())
        })
    }
}

/// Every queue's length, counted in one pass over the round: each further pass over twenty thousand would cost as much.
#[derive(Debug, Default)]
struct Tally {
    counts: QueueCounts,
    codes: BTreeMap<String, u64>,
    colleges: BTreeMap<String, u64>,
    reviewers: BTreeMap<String, u64>,
    first_reviewers: BTreeMap<String, u64>,
}

impl Tally {
    fn add(&mut self, row: &Row<'_>) -> rusqlite::Result<()> {
        let counts = &mut self.counts;
        counts.duplicates += u64::from(row.get::<_, bool>("shared")?);
        // No decision is none that differs.
        let differing = row.get::<_, Option<bool>>("differing")? == Some(true);
        counts.differing += u64::from(differing);
        let Some(kind) = row.get_ref("kind")?.as_str_or_null()? else {
            return self.add_open(row);
        };
        let reviewer: String = row.get("reviewer")?;
        for code in failing(row)? {
            self.codes.entry(code).or_default();
        }
        if kind == "reviewing" {
            counts.reviewing += 1;
            *self.first_reviewers.entry(reviewer).or_default() += 1;
            return Ok(());
        }
        match word_or_null(row, "kind", DecisionKind::parse)? {
            _ if differing => {}
            Some(DecisionKind::Held) => counts.held += 1,
            Some(DecisionKind::Rejected) => counts.rejected += 1,
            Some(DecisionKind::Approved) => counts.approved += 1,
            None => {}
        }
        *self.reviewers.entry(reviewer).or_default() += 1;
        Ok(())
    }

    /// A row that nobody decided on.
    fn add_open(&mut self, row: &Row<'_>) -> rusqlite::Result<()> {
        let counts = &mut self.counts;
        counts.pending += 1;
        counts.resubmitted += u64::from(row.get::<_, u32>("n")? > 1);
        match word_or_null(row, "verdict", Verdict::parse)? {
            None => counts.unchecked += 1,
            Some(Verdict::Pass) => counts.clear += 1,
            Some(Verdict::Warn) => counts.hints += 1,
            Some(Verdict::Fail) => counts.failing += 1,
            Some(Verdict::Unknown) => counts.unknown += 1,
        }
        for code in failing(row)? {
            *self.codes.entry(code).or_default() += 1;
        }
        *self.colleges.entry(row.get("college")?).or_default() += 1;
        Ok(())
    }

    fn counts(self) -> QueueCounts {
        let sorted = |words: BTreeMap<String, u64>| words.into_iter().collect();
        QueueCounts {
            codes: sorted(self.codes),
            colleges: sorted(self.colleges),
            reviewers: sorted(self.reviewers),
            first_reviewers: sorted(self.first_reviewers),
            ..self.counts
        }
    }
}

/// Codes of the rules that failed; of most photos none, which is seen without reading a list.
fn failing(row: &Row<'_>) -> rusqlite::Result<Vec<String>> {
    match row.get_ref("failing")?.as_str()? {
        "[]" => Ok(Vec::new()),
        _ => json(row, "failing"),
    }
}

/// The query for the rows of a queue, with what else is to be told of each and asked of it.
fn rows_of(kind: &QueueKind, besides: &str, further: &str) -> String {
    format!(
        "SELECT queued.id, photo, queued.student_no, name, college, n, verdict, failing, decision, kind
                {besides}
         FROM (SELECT * FROM newest_submission WHERE round = :round AND {} {further}) AS queued
         JOIN student ON student.id = queued.student ORDER BY queued.student_no",
        kind.condition()
    )
}

pub(crate) fn read_queue_row(row: &Row<'_>) -> rusqlite::Result<QueueRow> {
    let decision: Option<i64> = row.get("decision")?;
    let (kind, reviewing) = shown_kind(row)?;
    Ok(QueueRow {
        submission: SubmissionId(row.get("id")?),
        photo: hash(row, "photo")?,
        student_no: row.get("student_no")?,
        name: row.get("name")?,
        college: row.get("college")?,
        n: row.get("n")?,
        verdict: word_or_null(row, "verdict", Verdict::parse)?,
        failing: json(row, "failing")?,
        decision: decision.map(DecisionId).zip(kind),
        reviewing,
    })
}

/// The kind of the decision on a row of `newest_submission`, and whether one is withheld.
pub(crate) fn shown_kind(row: &Row<'_>) -> rusqlite::Result<(Option<DecisionKind>, bool)> {
    match row.get_ref("kind")?.as_str_or_null()? {
        Some("reviewing") => Ok((None, true)),
        _ => Ok((word_or_null(row, "kind", DecisionKind::parse)?, false)),
    }
}
