//! Submissions (提交): photos that came in, matched to a student or in a pile.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, named_params};
use serde::{Deserialize, Serialize};
use zhaoshen_model::matching::Matching;
use zhaoshen_model::{DecisionId, PhotoHash, RoundId, StudentId, SubmissionId, Verdict};

use crate::column::{hash, json, json_text, time, time_text, word_or_null};
use crate::error::{Error, Result};
use crate::migration::Step;
use crate::store::Store;
use crate::table::{profile_version, together};

/// Picks all submissions of the round `?1` in the order they came. By the index of photos they would be fetched in the order of
/// hashes, each from another page: three times slower for 20,000.
pub(crate) const OF_ROUND_IN_ORDER: &str = "+submission.round = ?1 AND submission.id BETWEEN
    (SELECT min(id) FROM submission WHERE round = ?1) AND (SELECT max(id) FROM submission WHERE round = ?1)";

pub(crate) const STEPS: &[Step] = &[
    Step {
        version: 4,
        sql: "CREATE TABLE submission (
              id INTEGER PRIMARY KEY,
              round INTEGER NOT NULL REFERENCES round (id),
              student INTEGER REFERENCES student (id),
              n INTEGER,
              photo BLOB NOT NULL REFERENCES photo (hash),
              file_name TEXT NOT NULL,
              source TEXT NOT NULL,
              received_at TEXT NOT NULL,
              matching TEXT NOT NULL,
              rejected_before INTEGER NOT NULL DEFAULT 0,
              decision INTEGER REFERENCES decision (id),
              verdict TEXT,
              failing TEXT NOT NULL DEFAULT '[]',
              CHECK ((student IS NULL) = (n IS NULL)),
              UNIQUE (student, n)
          ) STRICT;
          CREATE INDEX submission_by_photo ON submission (round, photo, file_name);",
    },
    Step {
        version: 17,
        sql: "ALTER TABLE submission ADD COLUMN together INTEGER NOT NULL DEFAULT 0;",
    },
];

/// A submission as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmissionRow {
    /// Row id.
    pub id: SubmissionId,
    /// The round it came in for.
    pub round: RoundId,
    /// Whose it is; `None` while it lies in a pile.
    pub student: Option<StudentId>,
    /// 第 n 次提交 of the student, from 1; `None` while it lies in a pile.
    pub n: Option<u32>,
    /// The original.
    pub photo: PhotoHash,
    /// Name of the file as it came.
    pub file_name: String,
    /// Where it came from: a path, or an archive and the path within; for people to read only.
    pub source: String,
    /// When it came in.
    pub received_at: Timestamp,
    /// How it was matched, or which pile it lies in.
    pub matching: Matching,
    /// The same bytes were rejected before for this student (与已退回照片相同).
    pub rejected_before: bool,
    /// It came in one import with other photos of the same student: which of them counts is for a
    /// person to say.
    pub together: bool,
    /// A person said that of those it came with it is the one that counts.
    pub picked: bool,
    /// The decision that stands.
    pub decision: Option<DecisionId>,
    /// The cached verdict of the rules under the round's profile; `None` before the check.
    pub verdict: Option<Verdict>,
    /// Codes of the rules that failed, as cached with the verdict.
    pub failing: Vec<String>,
}

impl SubmissionRow {
    /// Whether it has a student, and a person must say whether that is the right one.
    pub fn is_in_question(&self) -> bool {
        self.student.is_some() && matches!(self.matching, Matching::Ambiguous { .. })
    }
}

/// What the rules said of one submission, cached for queues and counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmissionVerdict {
    /// The submission.
    pub submission: SubmissionId,
    /// The worst finding.
    pub verdict: Verdict,
    /// Codes of the rules that failed.
    pub failing: Vec<String>,
}

/// The newest submission of a student, as judging a whole round needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewestRow {
    /// Row id.
    pub id: SubmissionId,
    /// The original.
    pub photo: PhotoHash,
    /// Whether a decision stands on it.
    pub decided: bool,
}

/// A submission to be added.
#[derive(Debug)]
pub(crate) struct NewSubmission<'a> {
    pub(crate) round: RoundId,
    pub(crate) place: Option<Place>,
    pub(crate) photo: PhotoHash,
    pub(crate) file_name: &'a str,
    pub(crate) source: &'a str,
    pub(crate) received_at: Timestamp,
    pub(crate) matching: &'a Matching,
    pub(crate) rejected_before: bool,
}

/// Whose submission it is and which one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    pub(crate) student: StudentId,
    pub(crate) n: u32,
}

impl Store {
    /// One submission.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn submission(&self, id: SubmissionId) -> Result<SubmissionRow> {
        self.read(|connection| get(connection, id))
    }

    /// Every submission of the student, first to newest.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Unreadable`].
    pub fn submissions_of(&self, student: StudentId) -> Result<Vec<SubmissionRow>> {
        self.list(
            "SELECT * FROM submission WHERE student = ?1 ORDER BY n",
            student.0,
        )
    }

    /// The newest submission of each listed student of the round who is to be collected, by 学号.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Unreadable`].
    pub fn newest_submissions(&self, round: RoundId) -> Result<Vec<SubmissionRow>> {
        self.list(
            "SELECT * FROM newest_submission WHERE round = ?1 ORDER BY student_no",
            round.0,
        )
    }

    /// The photos that belong to no listed student of the round, those put aside among them, or whose match is in
    /// question, in the order they came.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Unreadable`].
    pub fn unmatched_submissions(&self, round: RoundId) -> Result<Vec<SubmissionRow>> {
        self.list(
            "SELECT * FROM submission WHERE round = ?1
                 AND (id IN (SELECT id FROM unmatched_submission WHERE round = ?1)
                      OR json_extract(matching, '$.pile') = 'ambiguous')
             ORDER BY id",
            round.0,
        )
    }

    /// The photos of listed students of the round who are exempt, in the order they came.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Unreadable`].
    pub fn excluded_submissions(&self, round: RoundId) -> Result<Vec<SubmissionRow>> {
        self.list(
            "SELECT * FROM excluded_submission WHERE round = ?1 ORDER BY id",
            round.0,
        )
    }

    /// The submissions of the round that a member of staff gave to their students.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Unreadable`].
    pub fn assigned_by_hand(&self, round: RoundId) -> Result<Vec<SubmissionRow>> {
        self.list(
            "SELECT * FROM submission WHERE round = ?1 AND json_extract(matching, '$.by') = 'by_hand'
             ORDER BY id",
            round.0,
        )
    }

    /// Every submission of the round, older ones and piles included, in the order they came.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Unreadable`].
    pub fn submissions(&self, round: RoundId) -> Result<Vec<SubmissionRow>> {
        self.read(|connection| of_round(connection, round))
    }

    /// Caches what the rules said under version `judged_by` of the round's profile, in place of what they
    /// said before; one transaction.
    ///
    /// # Errors
    /// [`Error::ProfileMoved`] when another version stands by now, so that a slow judgement never hides
    /// what the new version says; [`Error::Database`]. Unknown submissions are passed over.
    pub fn set_verdicts(
        &self,
        round: RoundId,
        judged_by: u32,
        verdicts: &[SubmissionVerdict],
    ) -> Result<()> {
        self.write(|transaction| {
            let version = profile_version::get(transaction, round, None)?.version;
            if version != judged_by {
                return Err(Error::ProfileMoved { version });
            }
            set_verdicts(transaction, verdicts)
        })
    }

    /// The newest submission of each listed student of the round who is to be collected, by 学号, without its texts.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn newest_rows(&self, round: RoundId) -> Result<Vec<NewestRow>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(&format!(
                "SELECT id, photo, decision IS NOT NULL AS decided FROM newest_submission AS submission
                 WHERE {OF_ROUND_IN_ORDER} ORDER BY student_no",
            ))?;
            let rows = query.query_map([round.0], |row| {
                Ok(NewestRow {
                    id: SubmissionId(row.get("id")?),
                    photo: hash(row, "photo")?,
                    decided: row.get("decided")?,
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Every submission of the round with these bytes, in the order they came.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Unreadable`].
    pub fn submissions_with(&self, round: RoundId, photo: PhotoHash) -> Result<Vec<SubmissionRow>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT * FROM submission WHERE round = ?1 AND photo = ?2 ORDER BY id",
            )?;
            let rows = query.query_map((round.0, &photo.0), read_row)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    fn list(&self, sql: &str, id: i64) -> Result<Vec<SubmissionRow>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(sql)?;
            let rows = query.query_map([id], read_row)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// Caches what the rules said, in place of what they said before.
pub(crate) fn set_verdicts(connection: &Connection, verdicts: &[SubmissionVerdict]) -> Result<()> {
    let mut update = connection
        .prepare_cached("UPDATE submission SET verdict = ?2, failing = ?3 WHERE id = ?1")?;
    for said in verdicts {
        let failing = json_text("检查结果", &said.failing)?;
        update.execute((said.submission.0, said.verdict.as_str(), failing))?;
    }
    Ok(())
}

/// Every submission of the round, older ones and piles included, in the order they came.
pub(crate) fn of_round(connection: &Connection, round: RoundId) -> Result<Vec<SubmissionRow>> {
    let mut query =
        connection.prepare_cached("SELECT * FROM submission WHERE round = ?1 ORDER BY id")?;
    let rows = query.query_map([round.0], read_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One submission.
pub(crate) fn get(connection: &Connection, id: SubmissionId) -> Result<SubmissionRow> {
    connection
        .prepare_cached("SELECT * FROM submission WHERE id = ?1")?
        .query_row([id.0], read_row)
        .optional()?
        .ok_or(Error::NotFound {
            what: "提交",
            id: id.0,
        })
}

/// The student's newest submission.
pub(crate) fn newest_of(
    connection: &Connection,
    student: StudentId,
) -> Result<Option<SubmissionId>> {
    Ok(connection
        .prepare_cached("SELECT id FROM submission WHERE student = ?1 ORDER BY n DESC LIMIT 1")?
        .query_row([student.0], |row| row.get(0).map(SubmissionId))
        .optional()?)
}

/// The number the student's next submission gets.
pub(crate) fn next_n(connection: &Connection, student: StudentId) -> Result<u32> {
    Ok(connection
        .prepare_cached("SELECT coalesce(max(n), 0) + 1 FROM submission WHERE student = ?1")?
        .query_row([student.0], |row| row.get(0))?)
}

/// The number of `place` if the student has no submission of it but one of `moving`, else the next one.
pub(crate) fn free_n(
    connection: &Connection,
    place: Place,
    moving: &[SubmissionId],
) -> Result<u32> {
    let holder: Option<i64> = connection
        .prepare_cached("SELECT id FROM submission WHERE student = ?1 AND n = ?2")?
        .query_row((place.student.0, place.n), |row| row.get(0))
        .optional()?;
    match holder {
        Some(holder) if !moving.contains(&SubmissionId(holder)) => {
            next_n(connection, place.student)
        }
        _ => Ok(place.n),
    }
}

/// The student's newest submission of the same bytes.
pub(crate) fn same_photo_of(
    connection: &Connection,
    student: StudentId,
    photo: PhotoHash,
) -> Result<Option<SubmissionRow>> {
    Ok(connection
        .prepare_cached(
            "SELECT * FROM submission WHERE student = ?1 AND photo = ?2 ORDER BY n DESC LIMIT 1",
        )?
        .query_row((student.0, &photo.0), read_row)
        .optional()?)
}

/// The round's submission of the same bytes under the same file name, those in piles first.
pub(crate) fn same_file(
    connection: &Connection,
    round: RoundId,
    photo: PhotoHash,
    file_name: &str,
) -> Result<Option<SubmissionRow>> {
    Ok(connection
        .prepare_cached(
            "SELECT * FROM submission WHERE round = ?1 AND photo = ?2 AND file_name = ?3
             ORDER BY student IS NOT NULL, id LIMIT 1",
        )?
        .query_row((round.0, &photo.0, file_name), read_row)
        .optional()?)
}

/// Adds a submission.
pub(crate) fn insert(connection: &Connection, new: &NewSubmission<'_>) -> Result<SubmissionId> {
    connection
        .prepare_cached(
            "INSERT INTO submission (round, student, n, photo, file_name, source, received_at,
                                     matching, rejected_before)
             VALUES (:round, :student, :n, :photo, :file_name, :source, :received_at,
                     :matching, :rejected_before)",
        )?
        .execute(named_params! {
            ":round": new.round.0,
            ":student": new.place.map(|place| place.student.0),
            ":n": new.place.map(|place| place.n),
            ":photo": &new.photo.0,
            ":file_name": new.file_name,
            ":source": new.source,
            ":received_at": time_text(new.received_at),
            ":matching": json_text("匹配结果", new.matching)?,
            ":rejected_before": new.rejected_before,
        })?;
    Ok(SubmissionId(connection.last_insert_rowid()))
}

/// Gives the submission to a student, or puts it back in a pile; `picked` is kept of one that came with others.
pub(crate) fn set_place(
    connection: &Connection,
    id: SubmissionId,
    place: Option<Place>,
    matching: &Matching,
    (rejected_before, picked): (bool, bool),
) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE submission SET student = ?2, n = ?3, matching = ?4, rejected_before = ?5,
                                   together = CASE WHEN together = 0 THEN 0 WHEN ?6 THEN 2 ELSE 1 END
             WHERE id = ?1",
        )?
        .execute((
            id.0,
            place.map(|place| place.student.0),
            place.map(|place| place.n),
            json_text("匹配结果", matching)?,
            rejected_before,
            picked,
        ))?;
    Ok(())
}

/// Takes a submission's number away, until it is given another.
pub(crate) fn clear_place(connection: &Connection, id: SubmissionId) -> Result<()> {
    connection
        .prepare_cached("UPDATE submission SET student = NULL, n = NULL WHERE id = ?1")?
        .execute([id.0])?;
    Ok(())
}

/// Makes another decision, or none, the standing one.
pub(crate) fn set_decision(
    connection: &Connection,
    id: SubmissionId,
    decision: Option<DecisionId>,
) -> Result<()> {
    connection
        .prepare_cached("UPDATE submission SET decision = ?2 WHERE id = ?1")?
        .execute((id.0, decision.map(|decision| decision.0)))?;
    Ok(())
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<SubmissionRow> {
    let came: i64 = row.get("together")?;
    Ok(SubmissionRow {
        id: SubmissionId(row.get("id")?),
        round: RoundId(row.get("round")?),
        student: row.get::<_, Option<i64>>("student")?.map(StudentId),
        n: row.get("n")?,
        photo: hash(row, "photo")?,
        file_name: row.get("file_name")?,
        source: row.get("source")?,
        received_at: time(row, "received_at")?,
        matching: json(row, "matching")?,
        rejected_before: row.get("rejected_before")?,
        together: came != 0,
        picked: came == together::PICKED,
        decision: row.get::<_, Option<i64>>("decision")?.map(DecisionId),
        verdict: word_or_null(row, "verdict", Verdict::parse)?,
        failing: json(row, "failing")?,
    })
}
