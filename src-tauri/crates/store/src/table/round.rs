//! Rounds (采集批次).

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, named_params};
use serde::{Deserialize, Serialize};
use zhaoshen_model::{Profile, RoundId};

use crate::column::{date, json, json_text, time, time_text};
use crate::error::{Error, Result};
use crate::migration::Step;
use crate::queue::DIFFERING;
use crate::store::Store;

pub(crate) const STEPS: &[Step] = &[Step {
    version: 1,
    sql: "CREATE TABLE round (
              id INTEGER PRIMARY KEY,
              name TEXT NOT NULL UNIQUE,
              school_code TEXT NOT NULL,
              opens_on TEXT,
              closes_on TEXT,
              profile_name TEXT NOT NULL,
              profile TEXT NOT NULL,
              created_at TEXT NOT NULL
          ) STRICT;",
}];

/// A round to be made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewRound {
    /// What staff call it; unique in the workspace.
    pub name: String,
    /// 院校代码, or empty.
    pub school_code: String,
    /// First day of collection.
    pub opens_on: Option<Date>,
    /// Last day of collection.
    pub closes_on: Option<Date>,
    /// The standard it is judged by, kept whole: later changes of the files do not reach it.
    pub profile: Profile,
}

/// A round as stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoundRow {
    /// Row id.
    pub id: RoundId,
    /// What staff call it.
    pub name: String,
    /// 院校代码, or empty.
    pub school_code: String,
    /// First day of collection.
    pub opens_on: Option<Date>,
    /// Last day of collection.
    pub closes_on: Option<Date>,
    /// The standard it is judged by.
    pub profile: Profile,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Where the round stands. Submissions are counted by the newest one of each listed student who is
/// to be collected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundCounts {
    /// Students on the roster (名单).
    pub students: u64,
    /// Of them, those who are not to be collected (免采).
    pub exempt: u64,
    /// Of the others, those who handed in a photo.
    pub submitted: u64,
    /// Newest submission not decided on, in no question.
    pub to_review: u64,
    /// Newest submission 通过, in no doubt.
    pub approved: u64,
    /// Newest submission 退回, in no doubt.
    pub rejected: u64,
    /// Newest submission 存疑, in no doubt.
    pub held: u64,
    /// Newest submission decided, and a second review of it waits.
    pub reviewing: u64,
    /// Newest submission that two people judged otherwise, not settled; among none of the three.
    pub differing: u64,
    /// Newest submission that might be another student's (归属待确认); among none of the others, and among the photos below.
    pub questioned: u64,
    /// Newest submission 通过, in no doubt, and in a delivery.
    pub exported: u64,
    /// Photos that belong to no listed student, or might belong to another than they do.
    pub unmatched: u64,
    /// Photos of students who are exempt.
    pub excluded: u64,
    /// Listed students with a picture of their 采集码.
    pub codes: u64,
    /// Listed students with a reference photo.
    pub references: u64,
}

/// A round and where it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoundSummary {
    /// The round.
    pub round: RoundRow,
    /// Its counts.
    pub counts: RoundCounts,
}

impl Store {
    /// Every round with its counts, newest first.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Unreadable`].
    pub fn rounds(&self) -> Result<Vec<RoundSummary>> {
        self.read(|connection| {
            let rounds: Vec<RoundRow> = connection
                .prepare_cached("SELECT * FROM round ORDER BY id DESC")?
                .query_map([], read_row)?
                .collect::<rusqlite::Result<_>>()?;
            rounds
                .into_iter()
                .map(|round| {
                    let counts = counts(connection, round.id)?;
                    Ok(RoundSummary { round, counts })
                })
                .collect()
        })
    }

    /// Every round, newest first, with nothing counted: for what asks every few seconds.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn round_ids(&self) -> Result<Vec<RoundId>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached("SELECT id FROM round ORDER BY id DESC")?;
            let ids = query.query_map([], |row| row.get(0).map(RoundId))?;
            Ok(ids.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// One round.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn round(&self, id: RoundId) -> Result<RoundRow> {
        self.read(|connection| get(connection, id))
    }

    /// The round of that name, if any.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Unreadable`].
    pub fn round_named(&self, name: &str) -> Result<Option<RoundRow>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached("SELECT * FROM round WHERE name = ?1")?;
            Ok(query.query_row([name], read_row).optional()?)
        })
    }

    /// Where one round stands.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn round_counts(&self, id: RoundId) -> Result<RoundCounts> {
        self.read(|connection| {
            get(connection, id)?;
            counts(connection, id)
        })
    }
}

/// One round.
pub(crate) fn get(connection: &Connection, id: RoundId) -> Result<RoundRow> {
    connection
        .prepare_cached("SELECT * FROM round WHERE id = ?1")?
        .query_row([id.0], read_row)
        .optional()?
        .ok_or(Error::NotFound {
            what: "批次",
            id: id.0,
        })
}

/// Adds a round.
pub(crate) fn insert(connection: &Connection, new: &NewRound, at: Timestamp) -> Result<RoundId> {
    let inserted = connection.execute(
        "INSERT INTO round (name, school_code, opens_on, closes_on, profile_name, profile, created_at)
         VALUES (:name, :school_code, :opens_on, :closes_on, :profile_name, :profile, :at)",
        named_params! {
            ":name": new.name,
            ":school_code": new.school_code,
            ":opens_on": new.opens_on.map(|day| day.to_string()),
            ":closes_on": new.closes_on.map(|day| day.to_string()),
            ":profile_name": new.profile.name,
            ":profile": json_text("检测标准", &new.profile)?,
            ":at": time_text(at),
        },
    );
    inserted.map_err(|error| name_taken(error, &new.name))?;
    Ok(RoundId(connection.last_insert_rowid()))
}

/// What it means that a round could not be written under `name`.
fn name_taken(error: rusqlite::Error, name: &str) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) => Error::RoundNameTaken {
            name: name.to_owned(),
        },
        _ => error.into(),
    }
}

/// Gives the round another name.
pub(crate) fn set_name(connection: &Connection, id: RoundId, name: &str) -> Result<()> {
    connection
        .execute("UPDATE round SET name = ?2 WHERE id = ?1", (id.0, name))
        .map_err(|error| name_taken(error, name))?;
    Ok(())
}

/// Whether another round has the name.
pub(crate) fn is_name_taken(connection: &Connection, id: RoundId, name: &str) -> Result<bool> {
    Ok(connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM round WHERE name = ?2 AND id <> ?1)",
        (id.0, name),
        |row| row.get(0),
    )?)
}

/// Sets the first and the last day of collection.
pub(crate) fn set_window(
    connection: &Connection,
    id: RoundId,
    opens_on: Option<Date>,
    closes_on: Option<Date>,
) -> Result<()> {
    let text = |day: Option<Date>| day.map(|day| day.to_string());
    connection.execute(
        "UPDATE round SET opens_on = ?2, closes_on = ?3 WHERE id = ?1",
        (id.0, text(opens_on), text(closes_on)),
    )?;
    Ok(())
}

/// Puts another profile in place of the round's.
pub(crate) fn set_profile(connection: &Connection, id: RoundId, profile: &Profile) -> Result<()> {
    connection.execute(
        "UPDATE round SET profile_name = ?2, profile = ?3 WHERE id = ?1",
        (id.0, &profile.name, json_text("检测标准", profile)?),
    )?;
    Ok(())
}

/// A row of `newest_submission` that might be another student's.
const QUESTIONED: &str = "json_extract(matching, '$.pile') IS 'ambiguous'";

fn counts(connection: &Connection, id: RoundId) -> Result<RoundCounts> {
    let mut counts = connection
        .prepare_cached(&format!(
            "SELECT count(*) AS submitted,
                    count(*) FILTER (WHERE kind IS NULL AND NOT ({QUESTIONED})) AS to_review,
                    count(*) FILTER (WHERE kind = 'approved' AND NOT ({DIFFERING} OR {QUESTIONED})) AS approved,
                    count(*) FILTER (WHERE kind = 'rejected' AND NOT ({DIFFERING} OR {QUESTIONED})) AS rejected,
                    count(*) FILTER (WHERE kind = 'held' AND NOT ({DIFFERING} OR {QUESTIONED})) AS held,
                    count(*) FILTER (WHERE kind = 'reviewing' AND NOT ({QUESTIONED})) AS reviewing,
                    count(*) FILTER (WHERE {DIFFERING} AND NOT ({QUESTIONED})) AS differing,
                    count(*) FILTER (WHERE {QUESTIONED}) AS questioned,
                    count(*) FILTER (WHERE kind = 'approved' AND NOT ({QUESTIONED}) AND id IN
                        (SELECT submission FROM delivery_file
                         JOIN delivery ON delivery.id = delivery WHERE NOT in_house)) AS exported
             FROM newest_submission WHERE round = ?1"
        ))?
        .query_row([id.0], |row| {
            Ok(RoundCounts {
                submitted: row.get("submitted")?,
                to_review: row.get("to_review")?,
                approved: row.get("approved")?,
                rejected: row.get("rejected")?,
                held: row.get("held")?,
                reviewing: row.get("reviewing")?,
                differing: row.get("differing")?,
                questioned: row.get("questioned")?,
                exported: row.get("exported")?,
                ..RoundCounts::default()
            })
        })?;
    (counts.students, counts.exempt) = connection
        .prepare_cached("SELECT count(*), count(exempt) FROM student WHERE round = ?1 AND listed")?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    counts.excluded = connection
        .prepare_cached("SELECT count(*) FROM excluded_submission WHERE round = ?1")?
        .query_row([id.0], |row| row.get(0))?;
    let filed = |table: &str| -> Result<u64> {
        let sql = format!(
            "SELECT count(*) FROM {table}
             WHERE round = ?1 AND replaced = 0 AND student IN (SELECT id FROM student WHERE listed)"
        );
        let mut query = connection.prepare_cached(&sql)?;
        Ok(query.query_row([id.0], |row| row.get(0))?)
    };
    counts.codes = filed("code_picture")?;
    counts.references = filed("reference")?;
    counts.unmatched = connection
        .prepare_cached(
            // One of both kinds is one photo: in question, and its student taken off the roster.
            "SELECT (SELECT count(*) FROM unmatched_submission WHERE round = ?1
                     AND json_extract(matching, '$.pile') <> 'dismissed')
                  + (SELECT count(*) FROM submission WHERE round = ?1
                     AND student IN (SELECT id FROM student WHERE listed)
                     AND json_extract(matching, '$.pile') = 'ambiguous')",
        )?
        .query_row([id.0], |row| row.get(0))?;
    Ok(counts)
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<RoundRow> {
    Ok(RoundRow {
        id: RoundId(row.get("id")?),
        name: row.get("name")?,
        school_code: row.get("school_code")?,
        opens_on: date(row, "opens_on")?,
        closes_on: date(row, "closes_on")?,
        profile: json(row, "profile")?,
        created_at: time(row, "created_at")?,
    })
}
