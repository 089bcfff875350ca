//! The past of a photo within its round: who else handed it in, whether it was rejected before.

use std::collections::HashMap;

use zhaoshen_model::{PhotoHistory, RoundId, SubmissionId};

use crate::error::Result;
use crate::store::Store;
use crate::table::submission;

impl Store {
    /// The past of one submission's photo.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`].
    pub fn photo_history(&self, id: SubmissionId) -> Result<PhotoHistory> {
        self.read(|connection| {
            let mine = submission::get(connection, id)?;
            let mut query = connection.prepare_cached(
                "SELECT DISTINCT student.student_no FROM submission AS theirs
                 JOIN student ON student.id = theirs.student AND student.listed
                 WHERE theirs.round = ?1 AND theirs.photo = ?2 AND theirs.student <> ?3
                 ORDER BY student.student_no",
            )?;
            let student = mine.student.map(|student| student.0);
            let rows = query.query_map((mine.round.0, &mine.photo.0, student), |row| row.get(0))?;
            Ok(PhotoHistory {
                shared_with: rows.collect::<rusqlite::Result<_>>()?,
                rejected_before: mine.rejected_before,
            })
        })
    }

    /// The past of every submission of the round that has one: photos shared with other students,
    /// photos rejected before.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn photo_histories(&self, round: RoundId) -> Result<HashMap<SubmissionId, PhotoHistory>> {
        self.read(|connection| {
            let mut histories = HashMap::<SubmissionId, PhotoHistory>::new();
            let mut query = connection.prepare_cached(
                "SELECT DISTINCT mine.id, student.student_no FROM submission AS mine
                 JOIN submission AS theirs ON theirs.round = mine.round AND theirs.photo = mine.photo
                      AND theirs.student <> mine.student
                 JOIN student ON student.id = theirs.student AND student.listed
                 WHERE mine.round = :round AND mine.photo IN
                       (SELECT photo FROM shared_photo WHERE round = :round)
                 ORDER BY student.student_no",
            )?;
            let mut rows = query.query(&[(":round", &round.0)])?;
            while let Some(row) = rows.next()? {
                let history = histories.entry(SubmissionId(row.get(0)?)).or_default();
                history.shared_with.push(row.get(1)?);
            }
            let mut query = connection
                .prepare_cached("SELECT id FROM submission WHERE round = ?1 AND rejected_before")?;
            let mut rows = query.query([round.0])?;
            while let Some(row) = rows.next()? {
                let history = histories.entry(SubmissionId(row.get(0)?)).or_default();
                history.rejected_before = true;
            }
            Ok(histories)
        })
    }
}
