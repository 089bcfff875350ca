//! Pictures of 采集码 filed with students: where the bytes lie, and what may be known of the code.
//!
//! The bytes are in the vault among the originals and stand in `photo`, so that backups, the sweep and the deletion of a
//! round treat them as they treat photos. What the code says is kept nowhere: only a digest of it, to find two alike. A
//! picture that was replaced or removed stays, as evidence of what was handed over before; in force is the one that was
//! neither.

use jiff::Timestamp;
use rusqlite::{Connection, Row};
use zhaoshen_model::{CodeDigest, CodeFormat, CodePicture, RoundId, StudentId};

use crate::column::{hash, time_text, word};
use crate::error::Result;
use crate::migration::Step;
use crate::store::Store;
use crate::table::filed::Filed;

pub(crate) const STEPS: &[Step] = &[Step {
    version: 26,
    sql: "CREATE TABLE code_picture (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              round INTEGER NOT NULL REFERENCES round (id),
              student INTEGER NOT NULL REFERENCES student (id),
              photo BLOB NOT NULL REFERENCES photo (hash),
              format TEXT NOT NULL,
              digest BLOB CHECK (digest IS NULL OR length(digest) = 32),
              file_name TEXT NOT NULL,
              filed_at TEXT NOT NULL,
              replaced INTEGER NOT NULL DEFAULT 0
          ) STRICT;
          CREATE UNIQUE INDEX code_picture_in_force ON code_picture (student) WHERE replaced = 0;
          CREATE INDEX code_picture_of_round ON code_picture (round, student);
          CREATE INDEX code_picture_of_student ON code_picture (student);
          CREATE INDEX code_picture_by_photo ON code_picture (photo);",
}];

impl Store {
    /// The pictures in force of the round's listed students, by 学号.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn code_pictures(&self, round: RoundId) -> Result<Vec<CodePicture>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT code_picture.* FROM code_picture
                 JOIN student ON student.id = code_picture.student AND student.listed
                 WHERE code_picture.round = ?1 AND replaced = 0 ORDER BY student.student_no",
            )?;
            let rows = query.query_map([round.0], read)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// Files a picture in place of the one in force.
pub(crate) fn put(
    connection: &Connection,
    round: RoundId,
    picture: &CodePicture,
    at: Timestamp,
) -> Result<()> {
    Filed::Code.replace(connection, picture.student)?;
    connection
        .prepare_cached(
            "INSERT INTO code_picture (round, student, photo, format, digest, file_name, filed_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute((
            round.0,
            picture.student.0,
            &picture.photo.0,
            picture.format.as_str(),
            picture.digest.map(|digest| digest.0),
            &picture.file_name,
            time_text(at),
        ))?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<CodePicture> {
    Ok(CodePicture {
        student: StudentId(row.get("student")?),
        photo: hash(row, "photo")?,
        format: word(row, "format", CodeFormat::parse)?,
        digest: row.get::<_, Option<[u8; 32]>>("digest")?.map(CodeDigest),
        file_name: row.get("file_name")?,
    })
}
