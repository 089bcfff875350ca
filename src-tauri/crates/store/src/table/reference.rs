//! Reference photos (对照照片) filed with students: where the bytes lie, and where the eyes are in them.
//!
//! The bytes are in the vault among the originals and stand in `photo`, so that backups, the sweep and the deletion of a
//! round treat them as they treat photos. They are no submissions: nothing measured of them is kept but what lays one
//! picture over another, no rule sees it, and no look-alike is sought by it.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row};
use zhaoshen_model::geometry::Point;
use zhaoshen_model::{PhotoHash, Reference, RoundId, StudentId};

use crate::column::{hash, time_text};
use crate::error::Result;
use crate::migration::Step;
use crate::store::Store;
use crate::table::filed::{Filed, Filing};

pub(crate) const STEPS: &[Step] = &[Step {
    version: 28,
    sql: "CREATE TABLE reference (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              round INTEGER NOT NULL REFERENCES round (id),
              student INTEGER NOT NULL REFERENCES student (id),
              photo BLOB NOT NULL REFERENCES photo (hash),
              width_px INTEGER NOT NULL,
              height_px INTEGER NOT NULL,
              left_x REAL,
              left_y REAL,
              right_x REAL,
              right_y REAL,
              file_name TEXT NOT NULL,
              filed_at TEXT NOT NULL,
              replaced INTEGER NOT NULL DEFAULT 0
          ) STRICT;
          CREATE UNIQUE INDEX reference_in_force ON reference (student) WHERE replaced = 0;
          CREATE INDEX reference_of_round ON reference (round, student);
          CREATE INDEX reference_of_student ON reference (student);
          CREATE INDEX reference_by_photo ON reference (photo);",
}];

impl Store {
    /// The photos in force of the round's listed students, by 学号.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn references(&self, round: RoundId) -> Result<Vec<Reference>> {
        self.read(|connection| Filed::Reference.of_listed(connection, round, read))
    }

    /// Who has a photo in force in the round, listed or not; little to read after every act.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn referenced(&self, round: RoundId) -> Result<HashSet<StudentId>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT student FROM reference WHERE round = ?1 AND replaced = 0",
            )?;
            let rows = query.query_map([round.0], |row| row.get(0).map(StudentId))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The photo in force of a student.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn reference(&self, student: StudentId) -> Result<Option<Reference>> {
        self.read(|connection| {
            let found = connection
                .prepare_cached("SELECT * FROM reference WHERE student = ?1 AND replaced = 0")?
                .query_row([student.0], read)
                .optional()?;
            Ok(found)
        })
    }
}

impl Filing for Reference {
    const KIND: Filed = Filed::Reference;

    fn student(&self) -> StudentId {
        self.student
    }

    fn photo(&self) -> PhotoHash {
        self.photo
    }

    fn put(&self, connection: &Connection, round: RoundId, at: Timestamp) -> Result<()> {
        let [left, right] = match self.eyes {
            Some(eyes) => eyes.map(Some),
            None => [None, None],
        };
        connection
            .prepare_cached(
                "INSERT INTO reference (round, student, photo, width_px, height_px, left_x, left_y, right_x, right_y,
                                        file_name, filed_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute((
                round.0,
                self.student.0,
                &self.photo.0,
                self.width_px,
                self.height_px,
                left.map(|iris| iris.x),
                left.map(|iris| iris.y),
                right.map(|iris| iris.x),
                right.map(|iris| iris.y),
                &self.file_name,
                time_text(at),
            ))?;
        Ok(())
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Reference> {
    let iris = |x: &str, y: &str| -> rusqlite::Result<Option<Point>> {
        let (x, y): (Option<f64>, Option<f64>) = (row.get(x)?, row.get(y)?);
        Ok(x.zip(y).map(|(x, y)| Point { x, y }))
    };
    let (left, right) = (iris("left_x", "left_y")?, iris("right_x", "right_y")?);
    Ok(Reference {
        student: StudentId(row.get("student")?),
        photo: hash(row, "photo")?,
        width_px: row.get("width_px")?,
        height_px: row.get("height_px")?,
        eyes: left.zip(right).map(|(left, right)| [left, right]),
        file_name: row.get("file_name")?,
    })
}
