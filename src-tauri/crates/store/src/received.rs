//! When photos came, and whose they are: what a question about every photo of a round needs, without reading each row's
//! texts.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::Row;
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::{RoundId, StudentId, SubmissionId};

use crate::column::time;
use crate::error::Result;
use crate::store::Store;
use crate::table::submission::SubmissionRow;

/// A photo that has a student, as it was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceivedRow {
    /// The photo.
    pub submission: SubmissionId,
    /// Whose it is.
    pub student: StudentId,
    /// When it came in.
    pub received_at: Timestamp,
    /// It came in one import with other photos of the student.
    pub together: bool,
    /// The studio gave it back, so that nobody handed it in.
    pub returned: bool,
}

impl SubmissionRow {
    /// How it was received; `None` while it lies in a pile.
    pub fn received(&self) -> Option<ReceivedRow> {
        Some(ReceivedRow {
            submission: self.id,
            student: self.student?,
            received_at: self.received_at,
            together: self.together,
            returned: self.is_returned(),
        })
    }

    /// Whether the studio gave it back, so that nobody handed it in.
    pub fn is_returned(&self) -> bool {
        matches!(
            self.matching,
            Matching::Matched {
                by: MatchKey::FileName,
                ..
            }
        )
    }
}

impl Store {
    /// How every photo of the round was received that has a student, in that order.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn received(&self, round: RoundId) -> Result<Vec<ReceivedRow>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT id, student, received_at, together,
                        json_extract(matching, '$.by') IS 'file_name' AS returned
                 FROM submission WHERE round = ?1 AND student IS NOT NULL ORDER BY id",
            )?;
            let rows = query.query_map([round.0], read)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Whose each photo of the round is; those in piles are not among them.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn owners(&self, round: RoundId) -> Result<HashMap<SubmissionId, StudentId>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT id, student FROM submission WHERE round = ?1 AND student IS NOT NULL",
            )?;
            let rows = query.query_map([round.0], |row| {
                Ok((SubmissionId(row.get(0)?), StudentId(row.get(1)?)))
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// How many submissions the round has, piles included, and of how many photos they are.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn submissions_and_photos(&self, round: RoundId) -> Result<(u64, u64)> {
        self.read(|connection| {
            let counted = connection
                .prepare_cached(
                    "SELECT count(*), count(DISTINCT photo) FROM submission WHERE round = ?1",
                )?
                .query_row([round.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(counted)
        })
    }

    /// Of the photos of the round, those that another round holds too, as a photo, a 采集码 or a reference photo: deleting
    /// this round leaves their files.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn shared_photos(&self, round: RoundId) -> Result<u64> {
        self.read(|connection| {
            let counted = connection
                .prepare_cached(
                    "SELECT count(DISTINCT photo) FROM submission WHERE round = ?1
                     AND (photo IN (SELECT photo FROM submission WHERE round <> ?1)
                          OR photo IN (SELECT photo FROM code_picture WHERE round <> ?1)
                          OR photo IN (SELECT photo FROM reference WHERE round <> ?1))",
                )?
                .query_row([round.0], |row| row.get(0))?;
            Ok(counted)
        })
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<ReceivedRow> {
    Ok(ReceivedRow {
        submission: SubmissionId(row.get("id")?),
        student: StudentId(row.get("student")?),
        received_at: time(row, "received_at")?,
        together: row.get("together")?,
        returned: row.get("returned")?,
    })
}
