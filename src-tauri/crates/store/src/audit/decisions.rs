//! Whether the decisions there are, and those that stand, are the ones that the log tells of.
//!
//! The chain speaks for the log alone. What is counted, handed over and shown is the table of decisions and the pointer
//! of each submission to one: whoever writes those with another program breaks no chain. The log has every decision in
//! full and every change of a pointer, so that both are held to it.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::{Value, json};

use super::{LogCheck, LogFault, NamedRow, name};
use crate::act::Act;
use crate::error::Result;
use crate::table::log_personal::KEPT_APART;

/// What the log says of submissions.
const SAID: &str = "SELECT log.id, round, at, subject_id, before, after, text AS personal
    FROM log LEFT JOIN log_personal ON log_personal.log = log.id
    WHERE subject = 'submission' AND subject_id IS NOT NULL ORDER BY log.id";
const MADE: &str = "SELECT id, submission, kind, reasons, note, reviewer, decided_at
    FROM decision ORDER BY id";
const STANDING: &str = "SELECT id, decision FROM submission WHERE decision IS NOT NULL ORDER BY id";

/// How decisions differ from the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionFault {
    /// It is not as it was made: another verdict, reason, note, person, time or photo.
    Changed,
    /// The log knows nothing of it.
    NotLogged,
    /// It is gone, and its round was not deleted.
    Gone,
    /// On the photo stands another decision than the log leaves standing, or none, or one where none is left.
    NotStanding,
}

/// A decision as it was made.
struct Made {
    log: i64,
    round: Option<i64>,
    at: String,
    submission: i64,
    state: Value,
    /// Whether `state` has its words; they go with a round.
    whole: bool,
}

/// What is left standing on a submission.
struct Left {
    log: i64,
    round: Option<i64>,
    decision: Option<i64>,
}

/// What the log says of decisions, by their number and by the number of their submission.
#[derive(Default)]
struct Said {
    made: HashMap<i64, Made>,
    left: HashMap<i64, Left>,
}

/// Notes in `check` where the decisions differ from the log.
pub(super) fn hold(connection: &Connection, check: &mut LogCheck) -> Result<()> {
    let mut said = said(connection)?;
    let mut faults = Vec::new();
    let mut query = connection.prepare(MADE)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (id, submission): (i64, i64) = (row.get("id")?, row.get("submission")?);
        match said.made.remove(&id) {
            None => faults.push((submission, None, DecisionFault::NotLogged)),
            Some(made) if made.is(row)? => {}
            Some(made) => {
                faults.push((made.submission, Some(made.log), DecisionFault::Changed));
            }
        }
    }
    let mut query = connection.prepare(STANDING)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (submission, decision): (i64, i64) = (row.get(0)?, row.get(1)?);
        let left = said.left.remove(&submission);
        if left.as_ref().and_then(|left| left.decision) != Some(decision) {
            let log = left.map(|left| left.log);
            faults.push((submission, log, DecisionFault::NotStanding));
        }
    }
    let erased = erased(connection)?;
    let is_kept = |round: Option<i64>| round.is_none_or(|round| !erased.contains(&round));
    let gone = said.made.values().filter(|made| is_kept(made.round));
    faults.extend(gone.map(|made| (made.submission, Some(made.log), DecisionFault::Gone)));
    let lost = said.left.iter();
    let lost = lost.filter(|(_, left)| left.decision.is_some() && is_kept(left.round));
    faults.extend(
        lost.map(|(submission, left)| (*submission, Some(left.log), DecisionFault::NotStanding)),
    );
    faults.sort_by_key(|(submission, log, _)| (*submission, *log));
    for (submission, log, what) in faults {
        check.note(LogFault::Decision {
            what,
            submission,
            student_no: student_no(connection, submission)?,
            row: log.map(|log| named(connection, log)).transpose()?,
        });
    }
    Ok(())
}

impl Made {
    /// Whether this is the row of the table, as far as the log still has its words.
    fn is(&self, row: &Row<'_>) -> rusqlite::Result<bool> {
        let text = |column: &str| row.get::<_, String>(column);
        let place = row.get::<_, i64>("submission")? == self.submission;
        if !place || text("decided_at")? != self.at {
            return Ok(false);
        }
        let reasons: Value = serde_json::from_str(&text("reasons")?).unwrap_or_default();
        let now = json!({
            "decision": row.get::<_, i64>("id")?,
            "kind": text("kind")?,
            "reasons": reasons,
            "note": text("note")?,
            "reviewer": text("reviewer")?,
        });
        if self.whole {
            return Ok(now == self.state);
        }
        Ok(["kind", "reviewer"]
            .iter()
            .all(|part| now.get(part) == self.state.get(part)))
    }
}

fn said(connection: &Connection) -> Result<Said> {
    let mut said = Said::default();
    let mut query = connection.prepare(SAID)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (before, after, whole) = states(row)?;
        let of = |state: &Value| state.get("decision").and_then(Value::as_i64);
        let (was, is) = (of(&before), of(&after));
        if was.is_none() && is.is_none() {
            continue;
        }
        let (log, round): (i64, Option<i64>) = (row.get("id")?, row.get("round")?);
        let submission: i64 = row.get("subject_id")?;
        let left = Left {
            log,
            round,
            decision: is,
        };
        said.left.insert(submission, left);
        if let Some(id) = is.filter(|id| !said.made.contains_key(id)) {
            let made = Made {
                log,
                round,
                at: row.get("at")?,
                submission,
                state: after,
                whole,
            };
            said.made.insert(id, made);
        }
    }
    Ok(said)
}

/// What was before and after, and whether that is in full.
fn states(row: &Row<'_>) -> rusqlite::Result<(Value, Value, bool)> {
    let read = |text: Option<String>| -> Value {
        text.and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default()
    };
    let mut personal = read(row.get("personal")?);
    if personal.is_object() {
        let mut take = |name: &str| {
            let part = personal.get_mut(name);
            part.map(Value::take).unwrap_or_default()
        };
        return Ok((take("before"), take("after"), true));
    }
    let after = read(row.get("after")?);
    let whole = after.get(KEPT_APART).is_none();
    Ok((read(row.get("before")?), after, whole))
}

/// The rounds that were deleted, as the log says.
fn erased(connection: &Connection) -> Result<HashSet<i64>> {
    let mut query =
        connection.prepare("SELECT round FROM log WHERE what = ?1 AND round IS NOT NULL")?;
    let rows = query.query_map([Act::RoundErased.as_str()], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn named(connection: &Connection, log: i64) -> Result<NamedRow> {
    let mut query =
        connection.prepare_cached("SELECT id, at, reviewer, what FROM log WHERE id = ?1")?;
    Ok(query.query_row([log], name)?)
}

fn student_no(connection: &Connection, submission: i64) -> Result<Option<String>> {
    let mut query = connection.prepare_cached(
        "SELECT student_no FROM submission JOIN student ON student.id = submission.student
         WHERE submission.id = ?1",
    )?;
    Ok(query.query_row([submission], |row| row.get(0)).optional()?)
}
