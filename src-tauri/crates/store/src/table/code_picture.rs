//! Pictures of 采集码 filed with students: where the bytes lie, and what may be known of the code.
//!
//! The bytes are in the vault among the originals and stand in `photo`, so that backups, the sweep and the deletion of a
//! round treat them as they treat photos. What the code says is kept nowhere: only a digest of it, to find two alike. A
//! picture that was replaced or removed stays, as evidence of what was handed over before; in force is the one that was
//! neither.

use jiff::Timestamp;
use rusqlite::{Connection, Row};
use zhaoshen_model::{CodeDigest, CodeFormat, CodePicture, PhotoHash, RoundId, StudentId};

use crate::column::{hash, time_text, word};
use crate::error::Result;
use crate::migration::Step;
use crate::store::Store;
use crate::table::filed::{Filed, Filing};

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
        self.read(|connection| Filed::Code.of_listed(connection, round, read))
    }
}

impl Filing for CodePicture {
    const KIND: Filed = Filed::Code;

    fn student(&self) -> StudentId {
        self.student
    }

    fn photo(&self) -> PhotoHash {
        self.photo
    }

    fn put(&self, connection: &Connection, round: RoundId, at: Timestamp) -> Result<()> {
        connection
            .prepare_cached(
                "INSERT INTO code_picture (round, student, photo, format, digest, file_name, filed_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute((
                round.0,
                self.student.0,
                &self.photo.0,
                self.format.as_str(),
                self.digest.map(|digest| digest.0),
                &self.file_name,
                time_text(at),
            ))?;
        Ok(())
    }
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
