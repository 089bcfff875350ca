//! The past of a photo within its round: who else handed it in, whether it was rejected before.
//!
//! Others are named up to [`MOST_NAMED`]: were a whole round to hand in one placeholder picture,
//! naming everybody to everybody would take hundreds of millions of names.

use std::collections::HashMap;

use rusqlite::Connection;
use zhaoshen_model::{PhotoHash, PhotoHistory, RoundId, StudentId, SubmissionId};

use crate::column::hash;
use crate::error::Result;
use crate::store::Store;
use crate::table::submission;

/// How many other students a history names at most, the lowest 学号 first.
pub const MOST_NAMED: usize = 20;

/// The listed students who handed in a photo, by 学号; one more than are named.
type Owners = Vec<(StudentId, String)>;

impl Store {
    /// The past of one submission's photo.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`].
    pub fn photo_history(&self, id: SubmissionId) -> Result<PhotoHistory> {
        self.read(|connection| {
            let mine = submission::get(connection, id)?;
            let owners = owners(connection, mine.round, mine.photo)?;
            Ok(PhotoHistory {
                shared_with: others(&owners, mine.student),
                rejected_before: mine.rejected_before,
            })
        })
    }

    /// The past of every submission of the round that has one: photos shared with other students,
    /// photos rejected before. A submission in a pile is not told whose photos it equals.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn photo_histories(&self, round: RoundId) -> Result<HashMap<SubmissionId, PhotoHistory>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT id, student, photo, rejected_before FROM submission
                 WHERE round = :round AND student IS NOT NULL AND
                       (rejected_before OR photo IN
                           (SELECT photo FROM shared_photo WHERE round = :round))
                 ORDER BY photo",
            )?;
            let mut rows = query.query(&[(":round", &round.0)])?;
            let mut histories = HashMap::new();
            let mut last: Option<(PhotoHash, Owners)> = None;
            while let Some(row) = rows.next()? {
                let photo = hash(row, "photo")?;
                let owners = match last.take() {
                    Some((of, owners)) if of == photo => owners,
                    _ => owners(connection, round, photo)?,
                };
                let student = StudentId(row.get("student")?);
                let history = PhotoHistory {
                    shared_with: others(&owners, Some(student)),
                    rejected_before: row.get("rejected_before")?,
                };
                histories.insert(SubmissionId(row.get("id")?), history);
                last = Some((photo, owners));
            }
            Ok(histories)
        })
    }
}

fn owners(connection: &Connection, round: RoundId, photo: PhotoHash) -> Result<Owners> {
    let mut query = connection.prepare_cached(
        "SELECT DISTINCT student.id, student.student_no FROM submission
         JOIN student ON student.id = submission.student AND student.listed
         WHERE submission.round = ?1 AND submission.photo = ?2
         ORDER BY student.student_no LIMIT ?3",
    )?;
    let rows = query.query_map((round.0, &photo.0, MOST_NAMED + 1), |row| {
        Ok((StudentId(row.get(0)?), row.get(1)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn others(owners: &Owners, mine: Option<StudentId>) -> Vec<String> {
    let others = owners.iter().filter(|(id, _)| Some(*id) != mine);
    others.take(MOST_NAMED).map(|(_, no)| no.clone()).collect()
}
