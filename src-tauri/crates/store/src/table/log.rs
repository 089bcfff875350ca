//! The log (日志): who did what to what and when, with what was there before and after.
//!
//! Rows are only ever added; triggers refuse everything else, replacing by id included. Each is chained to the
//! one before it ([`crate::table::chain`]). Words that may name somebody are kept apart (`log_personal`), so
//! that they can be deleted with their round while the row stays.
//!
//! Every act passes through `append`, which therefore refuses what a closed round does not take.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, Statement, ToSql};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use zhaoshen_model::{DeliveryId, LogId, RoundId, StudentId, SubmissionId};

use crate::act::Act;
use crate::column::{json_or_null, time, time_text, word};
use crate::error::{Error, Result};
use crate::migration::Step;
use crate::store::Store;
use crate::table::chain::{self, Content, LogHead};
use crate::table::log_personal::{self, States};
use crate::table::round_end;

pub(crate) const STEPS: &[Step] = &[Step {
    version: 7,
    sql: "CREATE TABLE log (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              round INTEGER,
              at TEXT NOT NULL,
              reviewer TEXT NOT NULL,
              what TEXT NOT NULL,
              subject TEXT NOT NULL,
              subject_id INTEGER,
              undo INTEGER,
              before TEXT,
              after TEXT
          ) STRICT;
          CREATE INDEX log_by_subject ON log (subject, subject_id);
          CREATE TRIGGER log_kept BEFORE DELETE ON log
          BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
          CREATE TRIGGER log_unchanged BEFORE UPDATE ON log
          BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
          CREATE TRIGGER log_not_replaced BEFORE INSERT ON log
          WHEN EXISTS (SELECT 1 FROM log WHERE id = NEW.id)
          BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;",
}];

/// What a log row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "subject", content = "id")]
pub enum Subject {
    /// The workspace as a whole.
    Workspace,
    /// A round, its roster included.
    Round(RoundId),
    /// A submission.
    Submission(SubmissionId),
    /// A delivery.
    Delivery(DeliveryId),
}

/// A row of the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LogRow {
    /// Row id, rising with time.
    pub id: LogId,
    /// The round concerned, where it is one.
    pub round: Option<RoundId>,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub reviewer: String,
    /// What was done.
    pub what: Act,
    /// To what.
    pub subject: Subject,
    /// The undoable act the row belongs to: a bulk act, its undo and its redo share the number.
    pub undo: Option<i64>,
    /// What was there before.
    pub before: Option<Value>,
    /// What was there after.
    pub after: Option<Value>,
    /// The row's hash in the chain, in hexadecimal digits; empty where another program took it away.
    pub hash: String,
}

/// Which rows of the log to list; the default is all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogFilter {
    /// Only this round.
    pub round: Option<RoundId>,
    /// Only this submission.
    pub submission: Option<SubmissionId>,
    /// Only this person.
    pub reviewer: Option<String>,
    /// Only this kind of act.
    pub what: Option<Act>,
    /// Not before this time.
    pub from: Option<Timestamp>,
    /// Before this time.
    pub until: Option<Timestamp>,
    /// Only rows older than this one: the last row of the page before.
    pub before: Option<LogId>,
}

/// A row to be added.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) round: Option<RoundId>,
    pub(crate) at: Timestamp,
    pub(crate) reviewer: &'a str,
    pub(crate) what: Act,
    pub(crate) subject: Subject,
    pub(crate) undo: Option<i64>,
    pub(crate) before: Option<Value>,
    pub(crate) after: Option<Value>,
}

impl<'a> Entry<'a> {
    /// An act on the workspace as a whole, which no undo takes back; with what was there before and after it.
    pub(crate) const fn of_workspace(
        what: Act,
        (reviewer, at): (&'a str, Timestamp),
        before: Option<Value>,
        after: Option<Value>,
    ) -> Self {
        Self {
            round: None,
            at,
            reviewer,
            what,
            subject: Subject::Workspace,
            undo: None,
            before,
            after,
        }
    }

    /// An act on the round as a whole; no undo takes it back, and nothing is told of what was before.
    pub(crate) const fn of_round(
        round: RoundId,
        what: Act,
        (reviewer, at): (&'a str, Timestamp),
        after: Value,
    ) -> Self {
        Self {
            round: Some(round),
            at,
            reviewer,
            what,
            subject: Subject::Round(round),
            undo: None,
            before: None,
            after: Some(after),
        }
    }
}

impl Store {
    /// At most `limit` rows that pass the filter, newest first.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn log(&self, filter: &LogFilter, offset: u32, limit: u32) -> Result<Vec<LogRow>> {
        self.read(|connection| {
            let sql = format!(
                "SELECT log.*, log_personal.text AS personal
                 FROM log LEFT JOIN log_personal ON log_personal.log = log.id
                 {PASSES} ORDER BY id DESC LIMIT :limit OFFSET :offset"
            );
            let mut query = connection.prepare_cached(&sql)?;
            bind(&mut query, filter)?;
            bind_one(&mut query, ":limit", limit)?;
            bind_one(&mut query, ":offset", offset)?;
            let mut rows = query.raw_query();
            let mut log = Vec::new();
            while let Some(row) = rows.next()? {
                log.push(read_row(row)?);
            }
            Ok(log)
        })
    }

    /// How many rows pass the filter.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn log_count(&self, filter: &LogFilter) -> Result<u64> {
        self.read(|connection| {
            let sql = format!("SELECT count(*) FROM log {PASSES}");
            let mut query = connection.prepare_cached(&sql)?;
            bind(&mut query, filter)?;
            match query.raw_query().next()? {
                Some(row) => Ok(row.get(0)?),
                None => Ok(0),
            }
        })
    }
}

/// Rows about the round of some acts, and those about the workspace since a time of others; first to last.
pub(crate) fn of_acts(
    connection: &Connection,
    (round, its): (RoundId, &[Act]),
    (since, others): (Timestamp, &[Act]),
) -> Result<Vec<LogRow>> {
    let mut query = connection.prepare_cached(
        "SELECT log.*, log_personal.text AS personal
         FROM log LEFT JOIN log_personal ON log_personal.log = log.id
         WHERE (round = ?1 AND what IN (SELECT value FROM json_each(?2)))
            OR (round IS NULL AND at >= ?3 AND what IN (SELECT value FROM json_each(?4)))
         ORDER BY id",
    )?;
    let of = (round.0, words_of(its), time_text(since), words_of(others));
    let rows = query.query_map(of, read_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Every word that stands for one of the acts, as a JSON list.
fn words_of(acts: &[Act]) -> String {
    let words = acts.iter().flat_map(|act| act.words());
    serde_json::json!(words.collect::<Vec<_>>()).to_string()
}

/// The photos that a release approved, whether it stands or was taken back.
pub(crate) fn bulk_approved_by(connection: &Connection, undo: i64) -> Result<Vec<SubmissionId>> {
    let mut query = connection.prepare_cached(
        "SELECT subject_id FROM log WHERE undo = ?1 AND what = ?2 AND subject = 'submission'",
    )?;
    let rows = query.query_map((undo, Act::BulkApproved.as_str()), |row| {
        row.get(0).map(SubmissionId)
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whose photo it was before it was first given elsewhere since a row of the log; `None` where it lay still.
pub(crate) fn student_before_move(
    connection: &Connection,
    submission: SubmissionId,
    since: LogId,
) -> Result<Option<Option<StudentId>>> {
    Ok(connection
        .prepare_cached(
            "SELECT json_extract(before, '$.student') FROM log
             WHERE subject = 'submission' AND subject_id = ?1 AND id > ?2
               AND json_type(after, '$.student') IS NOT NULL ORDER BY id LIMIT 1",
        )?
        .query_row((submission.0, since.0), |row| {
            Ok(row.get::<_, Option<i64>>(0)?.map(StudentId))
        })
        .optional()?)
}

/// Whether the photo's match was ever put in question.
pub(crate) fn was_questioned(connection: &Connection, submission: SubmissionId) -> Result<bool> {
    Ok(connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM log
                 WHERE subject = 'submission' AND subject_id = ?1 AND what = ?2)",
        )?
        .query_row((submission.0, Act::MatchQuestioned.as_str()), |row| {
            row.get(0)
        })?)
}

/// Every day that the round's data was said to be kept until, `None` for no day, each with when that was said; the first one
/// first.
pub(crate) fn said_to_be_kept(
    connection: &Connection,
    round: RoundId,
) -> Result<Vec<(Timestamp, Option<Date>)>> {
    let mut query = connection.prepare_cached(
        "SELECT log.*, log_personal.text AS personal
         FROM log LEFT JOIN log_personal ON log_personal.log = log.id
         WHERE round = ?1 AND what = ?2 ORDER BY id",
    )?;
    let rows = query.query_map((round.0, Act::RetentionSet.as_str()), read_row)?;
    let day = |row: LogRow| {
        let after = row.after?;
        let until = after.get("keep_until")?;
        Some((row.at, until.as_str().and_then(|day| day.parse().ok())))
    };
    let rows: Vec<LogRow> = rows.collect::<rusqlite::Result<_>>()?;
    Ok(rows.into_iter().filter_map(day).collect())
}

/// The condition of a [`LogFilter`].
const PASSES: &str = "WHERE (:round IS NULL OR round = :round)
    AND (:submission IS NULL OR (subject = 'submission' AND subject_id = :submission))
    AND (:reviewer IS NULL OR reviewer = :reviewer)
    AND (:what IS NULL OR what IN (SELECT value FROM json_each(:what)))
    AND (:from IS NULL OR at >= :from)
    AND (:until IS NULL OR at < :until)
    AND (:before IS NULL OR id < :before)";

fn bind(query: &mut Statement<'_>, filter: &LogFilter) -> Result<()> {
    bind_one(query, ":round", filter.round.map(|id| id.0))?;
    bind_one(query, ":submission", filter.submission.map(|id| id.0))?;
    bind_one(query, ":reviewer", filter.reviewer.as_deref())?;
    bind_one(query, ":what", filter.what.map(|what| words_of(&[what])))?;
    bind_one(query, ":from", filter.from.map(time_text))?;
    bind_one(query, ":until", filter.until.map(time_text))?;
    bind_one(query, ":before", filter.before.map(|id| id.0))
}

fn bind_one(query: &mut Statement<'_>, name: &str, value: impl ToSql) -> Result<()> {
    match query.parameter_index(name)? {
        Some(index) => Ok(query.raw_bind_parameter(index, value)?),
        None => Ok(()),
    }
}

/// When the last row was written; `None` while there is none.
pub(crate) fn last_time(connection: &Connection) -> Result<Option<Timestamp>> {
    let mut query = connection.prepare_cached("SELECT at FROM log ORDER BY id DESC LIMIT 1")?;
    Ok(query.query_row([], |row| time(row, "at")).optional()?)
}

/// Adds a row to the end of the chain.
///
/// # Errors
/// [`crate::Error::RoundClosed`], [`crate::Error::RoundErased`] for an act that a round which has ended does not take.
pub(crate) fn append(connection: &Connection, entry: &Entry<'_>) -> Result<LogId> {
    if let Some(round) = entry.round.filter(|_| !entry.what.outlasts_the_round()) {
        match round_end::check_open(connection, round) {
            Err(Error::RoundClosed) if entry.what.outlasts_the_end() => {}
            open => open?,
        }
    }
    let states = States {
        before: entry.before.clone(),
        after: entry.after.clone(),
    };
    let (kept, personal) = log_personal::divide(connection, &states)?;
    let (subject, subject_id) = match entry.subject {
        Subject::Workspace => ("workspace", None),
        Subject::Round(id) => ("round", Some(id.0)),
        Subject::Submission(id) => ("submission", Some(id.0)),
        Subject::Delivery(id) => ("delivery", Some(id.0)),
    };
    let before = log_personal::text_of(kept.before.as_ref())?;
    let after = log_personal::text_of(kept.after.as_ref())?;
    let (round, at) = (entry.round.map(|id| id.0), time_text(entry.at));
    let what = entry.what.as_str();
    let head = chain::head(connection)?.ok_or(Error::LogHeadMissing)?;
    let id = head.last + 1;
    let mut content = Content::new();
    content.number(Some(id));
    content.number(round);
    for word in [&at, entry.reviewer, what, subject] {
        content.text(Some(word));
    }
    content.number(subject_id);
    content.number(entry.undo);
    content.text(before.as_deref());
    content.text(after.as_deref());
    let hash = chain::link(&head.hash, &content.digest());
    connection
        .prepare_cached(
            "INSERT INTO log
                 (id, round, at, reviewer, what, subject, subject_id, undo, before, after, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute((
            id,
            round,
            &at,
            entry.reviewer,
            what,
            subject,
            subject_id,
            entry.undo,
            &before,
            &after,
            hash,
        ))?;
    chain::set_head(connection, LogHead { last: id, hash })?;
    let id = LogId(id);
    if let Some(personal) = personal {
        log_personal::insert(connection, id, &personal)?;
    }
    Ok(id)
}

/// The name before and after each change of a person, in the order they were made.
pub(crate) fn persons_changed(connection: &Connection) -> Result<Vec<(String, String)>> {
    let mut query = connection.prepare_cached(
        "SELECT before ->> 'person', after ->> 'person' FROM log WHERE what = ?1 ORDER BY id",
    )?;
    let rows = query.query_map([Act::PersonChanged.as_str()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The names that stand under acts other than these; an act that this version does not know is another.
pub(crate) fn signed_more_than(connection: &Connection, acts: &[Act]) -> Result<HashSet<String>> {
    let mut query = connection.prepare_cached("SELECT DISTINCT reviewer, what FROM log")?;
    let mut rows = query.query([])?;
    let mut names = HashSet::new();
    while let Some(row) = rows.next()? {
        let act = Act::parse(&row.get::<_, String>("what")?);
        if act.is_none_or(|act| !acts.contains(&act)) {
            names.insert(row.get("reviewer")?);
        }
    }
    Ok(names)
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<LogRow> {
    let id = row.get::<_, Option<i64>>("subject_id")?;
    let subject = word(row, "subject", |word| match (word, id) {
        ("workspace", None) => Some(Subject::Workspace),
        ("round", Some(id)) => Some(Subject::Round(RoundId(id))),
        ("submission", Some(id)) => Some(Subject::Submission(SubmissionId(id))),
        ("delivery", Some(id)) => Some(Subject::Delivery(DeliveryId(id))),
        _ => None,
    })?;
    let kept = States {
        before: json_or_null(row, "before")?,
        after: json_or_null(row, "after")?,
    };
    let states = log_personal::read(row)?.unwrap_or(kept);
    Ok(LogRow {
        id: LogId(row.get("id")?),
        round: row.get::<_, Option<i64>>("round")?.map(RoundId),
        at: time(row, "at")?,
        reviewer: row.get("reviewer")?,
        what: word(row, "what", Act::parse)?,
        subject,
        undo: row.get("undo")?,
        before: states.before,
        after: states.after,
        hash: row
            .get::<_, Option<Vec<u8>>>("hash")?
            .map_or_else(String::new, hex::encode),
    })
}
