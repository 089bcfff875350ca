//! What a workspace is made of, in numbers, and which words in it name somebody: for whoever looks why something
//! does not work. Changes nothing. Whether the database and the log are sound: [`Store::inspect`], [`Store::verify_log`].

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;
use zhaoshen_model::PhotoHash;

use crate::error::{Error, Result};
use crate::store::{DATABASE_FILE, Store};
use crate::table::{photo, student};
use crate::vault::{PHOTOS, is_whole};

/// Unnamed originals that are told one by one.
const UNNAMED_SHOWN: usize = 3;

/// The parts of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// Format of the database.
    pub format: u32,
    /// Rows of every table, by its name.
    pub rows: Vec<(String, u64)>,
    /// Students on their rosters.
    pub listed: u64,
    /// Originals that the database names.
    pub photos: u64,
    /// Of them, those whose file is not there.
    pub missing: u64,
    /// Originals in the vault that the database does not name and that no import has just written.
    pub unnamed: u64,
    /// Where the first few of them lie in the workspace, the names cut short.
    pub unnamed_first: Vec<String>,
    /// Bytes of the database.
    pub database_bytes: u64,
    /// Bytes of its journal.
    pub journal_bytes: u64,
}

/// What reading originals gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhotoCheck {
    /// Originals that were read. One that is missing is none: [`Health::missing`] counts them.
    pub read: u64,
    /// Originals there are.
    pub there: u64,
    /// Of those read, the ones whose bytes are not what came in, or cannot be read at all.
    pub differing: u64,
}

impl Store {
    /// Reads originals and holds each to its SHA-256: at most `most`, or all. Which ones of many is drawn evenly over all of
    /// them from `turn` on, so that another turn reads others.
    ///
    /// # Errors
    /// [`crate::Error::Database`]; [`crate::Error::Stopped`] when `stop` was set.
    pub fn check_photos(
        &self,
        most: Option<usize>,
        turn: usize,
        stop: &AtomicBool,
    ) -> Result<PhotoCheck> {
        let named = self.read(photo::all)?;
        let mut there: Vec<PhotoHash> = named
            .into_iter()
            .filter(|photo| self.vault.photo_path(*photo).is_file())
            .collect();
        there.sort_by_key(|photo| photo.0);
        let count = most.map_or(there.len(), |most| most.min(there.len()));
        let mut check = PhotoCheck {
            read: 0,
            there: there.len() as u64,
            differing: 0,
        };
        for step in 0..count {
            if stop.load(Ordering::Relaxed) {
                return Err(Error::Stopped);
            }
            let place = (turn + step * there.len() / count) % there.len();
            if let Some(photo) = there.get(place) {
                let path = self.vault.photo_path(*photo);
                let whole = is_whole(self.vault.seal(), *photo, &path);
                check.read += 1;
                check.differing += u64::from(!matches!(whole, Ok(true)));
            }
        }
        Ok(check)
    }

    /// Counts the parts of the workspace.
    ///
    /// # Errors
    /// [`crate::Error::Database`]; [`crate::Error::Io`] when the folder of the originals cannot be read.
    pub fn health(&self) -> Result<Health> {
        let (format, rows, listed, photos) = self.read(|connection| {
            let format = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
            let listed = connection.query_row(student::ON_ROSTERS, [], |row| row.get(0))?;
            Ok((format, rows(connection)?, listed, photo::all(connection)?))
        })?;
        let missing = photos
            .iter()
            .filter(|photo| !self.vault.photo_path(**photo).is_file())
            .count();
        let unnamed = self.unnamed()?;
        let length = |name: &str| fs::metadata(self.dir().join(name)).map_or(0, |file| file.len());
        Ok(Health {
            format,
            rows,
            listed,
            photos: photos.len() as u64,
            missing: missing as u64,
            unnamed: unnamed.len() as u64,
            unnamed_first: (unnamed.iter().take(UNNAMED_SHOWN))
                .map(|name| shown(*name))
                .collect(),
            database_bytes: length(DATABASE_FILE),
            journal_bytes: length(&format!("{DATABASE_FILE}-wal")),
        })
    }

    /// Every text by which the workspace names somebody: names and numbers of students, file names as received,
    /// reviewers, rounds. For keeping them out of what leaves the office.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn naming_words(&self) -> Result<Vec<String>> {
        self.read(|connection| {
            let mut query = connection.prepare(
                "SELECT name FROM student UNION SELECT student_no FROM student
                 UNION SELECT id_number FROM student UNION SELECT exam_no FROM student
                 UNION SELECT file_name FROM submission UNION SELECT source FROM submission
                 UNION SELECT file_name FROM code_picture
                 UNION SELECT file_name FROM reference
                 UNION SELECT reviewer FROM log UNION SELECT name FROM person
                 UNION SELECT name FROM round",
            )?;
            let words = query.query_map([], |row| row.get(0))?;
            Ok(words.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// Where the file of this name lies, cut short: enough to find it by.
fn shown(name: PhotoHash) -> String {
    let [shard, a, b, c, ..] = name.0;
    format!("{PHOTOS}/{shard:02x}/{a:02x}{b:02x}{c:02x}…")
}

fn rows(connection: &Connection) -> Result<Vec<(String, u64)>> {
    let mut query = connection.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )?;
    let names: Vec<String> = query
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    names
        .into_iter()
        .map(|name| {
            // A name out of the schema itself, never from outside.
            let sql = format!("SELECT count(*) FROM \"{name}\"");
            let count = connection.query_row(&sql, [], |row| row.get(0))?;
            Ok((name, count))
        })
        .collect()
}
