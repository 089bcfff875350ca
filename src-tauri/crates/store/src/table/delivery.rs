//! Deliveries (交付): what was handed over, file by file.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::{Connection, Row};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use zhaoshen_model::{DecisionId, DeliveryId, PhotoHash, RoundId, StudentId, SubmissionId};

use crate::column::{hash, time, time_text};
use crate::error::{Error, Result};
use crate::migration::Step;
use crate::queue::QueueKind;
use crate::store::Store;
use crate::table::setting;

pub(crate) const STEPS: &[Step] = &[
    Step {
        version: 9,
        sql: "CREATE TABLE delivery (
              id INTEGER PRIMARY KEY,
              round INTEGER NOT NULL REFERENCES round (id),
              number INTEGER NOT NULL,
              at TEXT NOT NULL,
              reviewer TEXT NOT NULL,
              target TEXT NOT NULL,
              profile_name TEXT NOT NULL,
              UNIQUE (round, number)
          ) STRICT;
          CREATE TABLE delivery_file (
              delivery INTEGER NOT NULL REFERENCES delivery (id),
              file_name TEXT NOT NULL,
              submission INTEGER NOT NULL REFERENCES submission (id),
              sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
              size_bytes INTEGER NOT NULL,
              PRIMARY KEY (delivery, file_name)
          ) STRICT, WITHOUT ROWID;
          CREATE INDEX delivery_file_by_submission ON delivery_file (submission);",
    },
    Step {
        version: 27,
        sql: "ALTER TABLE delivery ADD COLUMN in_house INTEGER NOT NULL DEFAULT 0
                  CHECK (in_house IN (0, 1));",
    },
];

/// A delivery to be recorded, after its files were written and read back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewDelivery {
    /// Where it was written; for people to read only.
    pub target: String,
    /// Name of the profile the files conform to.
    pub profile_name: String,
    /// Every photo handed over.
    pub files: Vec<DeliveredFile>,
    /// Whose each of them was, and by which decision it was approved, when the delivery was planned.
    pub approvals: Vec<Approval>,
    /// 校内留存: it stays in the office, and nobody outside has its photos by it.
    #[serde(default)]
    pub in_house: bool,
    /// How it was made, for lists; `null` where nothing is to be kept of that.
    pub how: Value,
    /// What it takes to write it again, personal data included; it goes with the round.
    pub again: Value,
}

/// A photo as a delivery was planned with it: its file bears the name of that student.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// The submission.
    pub submission: SubmissionId,
    /// Whose it was.
    pub student: StudentId,
    /// What approved it.
    pub decision: DecisionId,
}

/// One file handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveredFile {
    /// Name within the delivery; unique there.
    pub file_name: String,
    /// The submission it was made from.
    pub submission: SubmissionId,
    /// SHA-256 of the file as written.
    pub sha256: PhotoHash,
    /// Size in bytes.
    pub size_bytes: u64,
}

/// A delivery as recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryRow {
    /// Row id.
    pub id: DeliveryId,
    /// The round.
    pub round: RoundId,
    /// 第几次交付 of the round, from 1.
    pub number: u32,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub reviewer: String,
    /// Where it was written.
    pub target: String,
    /// Name of the profile.
    pub profile_name: String,
    /// How many files.
    pub files: u64,
    /// 校内留存: it stayed in the office, and is in no account with the studio.
    pub in_house: bool,
}

impl Store {
    /// The round's deliveries, first to last.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn deliveries(&self, round: RoundId) -> Result<Vec<DeliveryRow>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT *, (SELECT count(*) FROM delivery_file WHERE delivery = delivery.id) AS files
                 FROM delivery WHERE round = ?1 ORDER BY number",
            )?;
            let rows = query.query_map([round.0], read_row)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// How a delivery was made, where that is kept.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn delivery_how(&self, round: RoundId, number: u32) -> Result<Option<Value>> {
        self.read(|connection| setting::get(connection, &how_setting(round, number)))
    }

    /// What it takes to write a delivery again, where that is kept; JSON, some hundred bytes a photo.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn delivery_again(&self, round: RoundId, number: u32) -> Result<Option<String>> {
        self.read(|connection| setting::text(connection, &again_setting(round, number)))
    }

    /// The files of one delivery, by name.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn delivered_files(&self, delivery: DeliveryId) -> Result<Vec<DeliveredFile>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT * FROM delivery_file WHERE delivery = ?1 ORDER BY file_name",
            )?;
            let rows = query.query_map([delivery.0], read_file)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// Deletion takes the settings of a round that begin so.
fn how_setting(round: RoundId, number: u32) -> String {
    format!("delivery_how.{round}.{number}")
}

fn again_setting(round: RoundId, number: u32) -> String {
    format!("delivery_again.{round}.{number}")
}

/// Refuses a delivery of which a photo is approved no longer as it was planned, or not to go for another reason that arose
/// while it was written: it is recorded whole or not at all. One that was given to another student and approved anew
/// lies in the folder under the name of the first.
pub(crate) fn check_approved(
    connection: &Connection,
    round: RoundId,
    new: &NewDelivery,
) -> Result<()> {
    // What a round delivers: see `newest_submission` for whose, and which of theirs.
    let mut query = connection.prepare_cached(&format!(
        "SELECT id, student, decision FROM newest_submission WHERE round = ?1 AND {}
             AND json_extract(matching, '$.pile') IS NOT 'ambiguous'",
        QueueKind::Approved.condition()
    ))?;
    let approved = query.query_map([round.0], |row| {
        Ok((
            SubmissionId(row.get(0)?),
            StudentId(row.get(1)?),
            DecisionId(row.get(2)?),
        ))
    })?;
    let approved: HashSet<_> = approved.collect::<rusqlite::Result<_>>()?;
    let planned = new.approvals.iter();
    let holds: HashSet<SubmissionId> = planned
        .filter(|of| approved.contains(&(of.submission, of.student, of.decision)))
        .map(|of| of.submission)
        .collect();
    let submissions = new.files.iter().map(|file| file.submission);
    let submissions: Vec<SubmissionId> = submissions
        .filter(|submission| !holds.contains(submission))
        .collect();
    match submissions.is_empty() {
        true => Ok(()),
        false => Err(Error::ApprovalTakenBack { submissions }),
    }
}

/// Adds a delivery with its files.
pub(crate) fn insert(
    connection: &Connection,
    (round, number): (RoundId, u32),
    reviewer: &str,
    new: &NewDelivery,
    at: Timestamp,
) -> Result<DeliveryRow> {
    connection.execute(
        "INSERT INTO delivery (round, number, at, reviewer, target, profile_name, in_house)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        (
            round.0,
            number,
            time_text(at),
            reviewer,
            &new.target,
            &new.profile_name,
            new.in_house,
        ),
    )?;
    let id = DeliveryId(connection.last_insert_rowid());
    let mut insert = connection.prepare_cached(
        "INSERT INTO delivery_file (delivery, file_name, submission, sha256, size_bytes)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for file in &new.files {
        let DeliveredFile {
            file_name,
            submission,
            sha256,
            size_bytes,
        } = file;
        insert.execute((id.0, file_name, submission.0, &sha256.0, size_bytes))?;
    }
    let kept = [
        (how_setting(round, number), &new.how),
        (again_setting(round, number), &new.again),
    ];
    for (name, value) in kept.iter().filter(|(_, value)| !value.is_null()) {
        setting::set(connection, name, value)?;
    }
    Ok(DeliveryRow {
        id,
        round,
        number,
        at,
        reviewer: reviewer.to_owned(),
        target: new.target.clone(),
        profile_name: new.profile_name.clone(),
        files: new.files.len() as u64,
        in_house: new.in_house,
    })
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<DeliveryRow> {
    Ok(DeliveryRow {
        id: DeliveryId(row.get("id")?),
        round: RoundId(row.get("round")?),
        number: row.get("number")?,
        at: time(row, "at")?,
        reviewer: row.get("reviewer")?,
        target: row.get("target")?,
        profile_name: row.get("profile_name")?,
        files: row.get("files")?,
        in_house: row.get("in_house")?,
    })
}

fn read_file(row: &Row<'_>) -> rusqlite::Result<DeliveredFile> {
    Ok(DeliveredFile {
        file_name: row.get("file_name")?,
        submission: SubmissionId(row.get("submission")?),
        sha256: hash(row, "sha256")?,
        size_bytes: row.get("size_bytes")?,
    })
}
