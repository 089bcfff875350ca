//! Photos of one student that came in one import: a person says which of them counts, and nothing is decided before.
//!
//! The column `together` of a submission is 0 for a photo that came alone, 1 for one that came with others, and 2 for the
//! one of these that a person picked.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension};
use zhaoshen_model::{RoundId, SubmissionId};

use crate::error::Result;
use crate::store::Store;
use crate::table::submission::SubmissionRow;

/// What the column holds of the one that was picked.
pub(crate) const PICKED: i64 = 2;

/// Among which photos of a student a person is still to say which counts, the newest first; none where there is nothing
/// to say. They came together, and nothing since settled it: no decision, no photo that came alone, no choice. `rows` are
/// all submissions of the student, first to newest.
pub fn unpicked(rows: &[SubmissionRow]) -> Vec<SubmissionId> {
    let newest_first = rows.iter().rev();
    let open: Vec<SubmissionId> = newest_first
        .take_while(|row| is_open(row))
        .map(|row| row.id)
        .collect();
    match open.len() {
        0 | 1 => Vec::new(),
        _ => open,
    }
}

/// Whether it came with others, and nobody said of it that it counts or decided on it.
const fn is_open(row: &SubmissionRow) -> bool {
    row.together && !row.picked && row.decision.is_none()
}

impl Store {
    /// The newest submissions of the round on which nothing is decided before a person said whether they count, or one of
    /// those they came with ([`unpicked`]).
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn unpicked_submissions(&self, round: RoundId) -> Result<HashSet<SubmissionId>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT id FROM newest_submission AS newest
                 WHERE round = ?1 AND decision IS NULL AND together = 1
                       AND (SELECT together = 1 AND decision IS NULL FROM submission AS before
                            WHERE before.student = newest.student AND before.n < newest.n
                            ORDER BY before.n DESC LIMIT 1)",
            )?;
            let rows = query.query_map([round.0], |row| row.get(0).map(SubmissionId))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// Whether a person is still to say which of a student's photos counts; `newest` is the newest of them.
pub(crate) fn is_unpicked(connection: &Connection, newest: &SubmissionRow) -> Result<bool> {
    let Some((student, n)) = newest.student.zip(newest.n) else {
        return Ok(false);
    };
    if !is_open(newest) {
        return Ok(false);
    }
    let before = connection
        .prepare_cached(
            "SELECT together = 1 AND decision IS NULL FROM submission
             WHERE student = ?1 AND n < ?2 ORDER BY n DESC LIMIT 1",
        )?
        .query_row((student.0, n), |row| row.get(0))
        .optional()?;
    Ok(before == Some(true))
}

/// Marks a submission as one that came in one import with others of its student.
pub(crate) fn mark(connection: &Connection, id: SubmissionId) -> Result<()> {
    connection
        .prepare_cached("UPDATE submission SET together = 1 WHERE id = ?1")?
        .execute([id.0])?;
    Ok(())
}
