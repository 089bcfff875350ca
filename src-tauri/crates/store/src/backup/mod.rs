//! Backups of a workspace: a copy of the database for each, and the originals once for all of them.
//!
//! ```text
//! 备份/2026-11-28_093344/zhaoshen.db   the database as it was, in one file
//! 备份/2026-11-28_093344/backup.json   what is in it: a [`BackupNote`]
//! 备份/2026-11-28_093344/钥匙           the key file of a sealed workspace, as it was
//! 备份/photos/ab/cdef…                 originals, named as in the workspace
//! ```
//!
//! Those of a sealed workspace are sealed with the same key. The key file of a backup opens with the passphrase of its
//! day; where the workspace's own is there, that one counts, and goes along with what is restored.
//!
//! The folder lies in the workspace. It can be read without opening the workspace, which may be damaged: that is what
//! it is for. A backup that is being made has a name that ends in `.part`; it gets its own name when all of it is on
//! the disk. Originals are hard-linked where the disk can do so: they take no room there, and a damaged sector
//! damages both, which reading a share of them at each backup finds (`make`). Against a lost disk only a copy on another one helps.
//!
//! Not here: when a backup is due, and copies that leave the computer (`exchange`).

pub(crate) mod attempts;
pub mod keep;
mod keepers;
pub(crate) mod make;
pub(crate) mod replace;
mod restore;
mod verify;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zhaoshen_model::PhotoHash;

pub use self::keepers::{DoorCheck, Keepers, WhoAnswers};
pub use self::restore::{Restored, Restoring};
pub use self::verify::BackupCheck;
use crate::error::{Error, Result};
use crate::kind::is_in_clear;
use crate::seal::key_file::KeyFile;
use crate::seal::{KEY_FILE, Seal, SealFault, Unlock};
use crate::store::{DATABASE_FILE, open_copy};
use crate::table::chain::LogHead;
use crate::table::{person, photo};
use crate::vault::{PHOTOS, shard_and_rest};
use crate::within::holds;

/// Name of the folder of backups within the workspace.
pub const BACKUP_FOLDER: &str = "备份";
/// Name of a backup's note.
pub const NOTE_FILE: &str = "backup.json";
/// Most bytes of a note that are read; one has some tens of thousands at most.
const NOTE_MAX: u64 = 64 << 10;
/// Ending of a backup that is not complete.
pub(crate) const PART: &str = ".part";

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackupWhy {
    /// The newest was older than a day.
    Daily,
    /// Much was done since the newest.
    Worked,
    /// Somebody asked for it.
    Asked,
    /// Its format was about to be brought up to date.
    Upgrade,
    /// It had just been encrypted, and the backups in clear were gone.
    Sealed,
    /// A round had just been deleted, and the backups that held it were gone.
    Erased,
}

/// What is in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupNote {
    /// When it was made.
    pub made_at: Timestamp,
    /// Why.
    pub why: BackupWhy,
    /// Format of the database.
    pub format: u32,
    /// Rounds in it.
    pub rounds: u64,
    /// Students it has rows of, whom a roster named no more included: nobody is deleted.
    pub students: u64,
    /// Students on their rosters; of a backup of an earlier version it is not known.
    #[serde(default)]
    pub listed: Option<u64>,
    /// Originals that it names.
    pub photos: u64,
    /// Their bytes.
    pub photo_bytes: u64,
    /// Originals that were missing already when it was made.
    pub missing: u64,
    /// Originals that were known to be damaged when it was made; of one of an earlier version nothing is known.
    #[serde(default)]
    pub damaged: u64,
    /// What the files of those are called, as in the backups, of the first of them: they are read again each time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub damaged_files: Vec<String>,
    /// People with a PIN who may sign in; of a backup of an earlier version it is not known.
    #[serde(default)]
    pub pins: Option<u64>,
    /// Number of the last log row.
    pub log_last: i64,
    /// Its hash, hexadecimal; empty for a format whose log was not chained for good.
    pub log_hash: String,
    /// Bytes of the database.
    pub database_bytes: u64,
    /// SHA-256 of the database, hexadecimal.
    pub database_sha256: String,
}

impl BackupNote {
    /// Students on their rosters, as far as it is known.
    pub fn on_rosters(&self) -> u64 {
        self.listed.unwrap_or(self.students)
    }

    /// The note in the file [`NOTE_FILE`].
    ///
    /// # Errors
    /// [`Error::BackupDamaged`].
    pub fn from_json(bytes: &[u8]) -> Result<Self> {
        serde_json::from_slice(bytes).map_err(|_| Error::BackupDamaged)
    }

    /// Where the log ended; `None` when the note was damaged, and for a format without such a head.
    pub fn log_head(&self) -> Option<LogHead> {
        let hash = hex::decode(&self.log_hash).ok()?.try_into().ok()?;
        Some(LogHead {
            last: self.log_last,
            hash,
        })
    }
}

/// A file of a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupEntry {
    /// Its name within the backup, with `/`.
    pub name: String,
    path: PathBuf,
}

impl BackupEntry {
    /// Opens it, and tells its length in bytes; `None` for an original that is missing.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn open(&self) -> Result<Option<(File, u64)>> {
        let failed = |source| Error::io(&self.path, source);
        match File::open(&self.path) {
            Ok(file) => {
                let length = file.metadata().map_err(failed)?.len();
                Ok(Some((file, length)))
            }
            Err(source) if source.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(failed(source)),
        }
    }
}

/// A backup there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupRow {
    /// Name of its folder.
    pub name: String,
    /// What is in it.
    pub note: BackupNote,
}

/// The backups of one workspace, open or not.
#[derive(Debug, Clone)]
pub struct Backups {
    folder: PathBuf,
    seal: Seal,
}

impl Backups {
    /// Those of the workspace `dir`; of a sealed one they can only be listed.
    pub fn of(dir: &Path) -> Self {
        Self::sealed_by(dir, Seal::plain())
    }

    /// Those of the sealed workspace `dir`, which need not open; with the key file of the newest backup that has one
    /// where the workspace has none, or a damaged one.
    ///
    /// # Errors
    /// [`Error::Seal`] when there is no key file, or it does not open.
    pub fn unlock(dir: &Path, with: Unlock<'_>) -> Result<Self> {
        let key = Self::of(dir)
            .key_file()?
            .ok_or_else(|| SealFault::KeyFileMissing {
                path: dir.to_owned(),
            })?;
        Ok(Self::sealed_by(dir, Seal::of(&key.unlock(with)?)?))
    }

    pub(crate) fn sealed_by(dir: &Path, seal: Seal) -> Self {
        Self {
            folder: dir.join(BACKUP_FOLDER),
            seal,
        }
    }

    /// Whether they are sealed, or were when there was a key file: see [`Backups::unlock`].
    pub fn are_sealed(&self) -> bool {
        !matches!(self.key_file(), Ok(None))
    }

    /// The workspace's key file, or the newest that a backup has. What lies among the backups of a workspace in clear is not
    /// its own: nobody answers for it by a key that was put there.
    fn key_file(&self) -> Result<Option<KeyFile>> {
        let own = match self.folder.parent() {
            Some(dir) => KeyFile::read(dir),
            None => Ok(None),
        };
        if let Ok(Some(file)) = own {
            return Ok(Some(file));
        }
        if self.folder.parent().is_some_and(is_in_clear) {
            return own;
        }
        for row in self.list()? {
            if let Ok(Some(file)) = KeyFile::read(&self.folder.join(&row.name)) {
                return Ok(Some(file));
            }
        }
        own
    }

    /// Where they lie.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether `path`, which need not exist, lies in the workspace that these are of, open or not.
    pub fn workspace_holds(&self, path: &Path) -> bool {
        self.folder.parent().is_some_and(|dir| holds(dir, path))
    }

    /// The complete ones, newest first; a folder without a readable note is none. One of a time that is still to come, made
    /// while the clock was wrong, has its place by what is in its log.
    ///
    /// # Errors
    /// [`Error::Io`], [`Error::ReadOnly`] when the folder cannot be read.
    pub fn list(&self) -> Result<Vec<BackupRow>> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(source) if source.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(Error::io(&self.folder, source)),
        };
        let mut rows = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|source| Error::io(&self.folder, source))?;
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            if !name.ends_with(PART)
                && let Some(note) = read_note(&entry.path())
            {
                rows.push(BackupRow { name, note });
            }
        }
        Ok(in_order(rows, Timestamp::now()))
    }

    /// The backup of that name.
    ///
    /// # Errors
    /// [`Error::BackupUnknown`].
    pub fn get(&self, name: &str) -> Result<BackupRow> {
        let found = self.list()?.into_iter().find(|row| row.name == name);
        found.ok_or_else(|| Error::BackupUnknown {
            name: name.to_owned(),
        })
    }

    /// File of a backup's database.
    pub fn database(&self, name: &str) -> PathBuf {
        self.folder.join(name).join(DATABASE_FILE)
    }

    /// File of an original.
    pub fn photo(&self, hash: PhotoHash) -> PathBuf {
        let (shard, rest) = shard_and_rest(&self.seal, hash);
        self.folder.join(PHOTOS).join(shard).join(rest)
    }

    /// People with a PIN who may sign in to what is restored of a backup; `None` where that is not noted and its database
    /// cannot be looked into.
    pub fn pins(&self, row: &BackupRow) -> Option<u64> {
        row.note.pins.or_else(|| {
            let connection = open_copy(&self.database(&row.name), &self.seal).ok()?;
            pins_in(&connection).ok()
        })
    }

    /// The files of a backup: the note first, then the originals, the database last.
    ///
    /// # Errors
    /// As [`Self::photos`].
    pub fn entries(&self, name: &str) -> Result<Vec<BackupEntry>> {
        let folder = self.folder.join(name);
        let own = |file: &str| BackupEntry {
            name: file.to_owned(),
            path: folder.join(file),
        };
        let mut entries = vec![own(NOTE_FILE)];
        if self.seal.is_sealed() {
            entries.push(own(KEY_FILE));
        }
        for hash in self.photos(name)? {
            entries.push(BackupEntry {
                name: photo_entry(PhotoHash(self.seal.name_of(hash))),
                path: self.photo(hash),
            });
        }
        entries.push(own(DATABASE_FILE));
        Ok(entries)
    }

    /// The originals that a backup names, in a fixed order.
    ///
    /// # Errors
    /// [`Error::Corrupt`], [`Error::Database`].
    pub fn photos(&self, name: &str) -> Result<Vec<PhotoHash>> {
        let connection = open_copy(&self.database(name), &self.seal)?;
        if !has_table(&connection, "photo")? {
            return Ok(Vec::new());
        }
        let mut photos: Vec<PhotoHash> = photo::all(&connection)?.into_iter().collect();
        photos.sort_by_key(|photo| photo.0);
        Ok(photos)
    }
}

/// Newest first, as seen at `now`.
fn in_order(rows: Vec<BackupRow>, now: Timestamp) -> Vec<BackupRow> {
    let times = told_times(&rows, now);
    let mut order: Vec<(Timestamp, BackupRow)> = times.into_iter().zip(rows).collect();
    order.sort_by(|(a, one), (b, other)| {
        let key = |at: &Timestamp, row: &BackupRow| (*at, row.note.log_last, row.note.made_at);
        (key(b, other), &other.name).cmp(&(key(a, one), &one.name))
    });
    order.into_iter().map(|(_, row)| row).collect()
}

/// When each was made: as it says, and where that is still to come, when the last one was made that had no more in its
/// log, or the first of all.
fn told_times(rows: &[BackupRow], now: Timestamp) -> Vec<Timestamp> {
    let past = |row: &&BackupRow| row.note.made_at <= now;
    let time_of = |row: &BackupRow| match past(&row) {
        true => row.note.made_at,
        false => {
            let others = || rows.iter().filter(past);
            let before = others().filter(|other| other.note.log_last <= row.note.log_last);
            let last = before.map(|other| other.note.made_at).max();
            let first = || others().map(|other| other.note.made_at).min();
            last.or_else(first).unwrap_or(row.note.made_at)
        }
    };
    rows.iter().map(time_of).collect()
}

/// Name of an original within a backup.
fn photo_entry(hash: PhotoHash) -> String {
    let digits = hex::encode(hash.0);
    let (shard, rest) = digits.split_at(2);
    format!("{PHOTOS}/{shard}/{rest}")
}

/// The original of that name within a backup.
pub fn photo_of_entry(name: &str) -> Option<PhotoHash> {
    let (shard, rest) = name
        .strip_prefix(PHOTOS)?
        .strip_prefix('/')?
        .split_once('/')?;
    let hash: PhotoHash = format!("{shard}{rest}").parse().ok()?;
    (photo_entry(hash) == name).then_some(hash)
}

/// Name of the folder of a backup made at `at`, by the clock of this computer: the one that screens and exported files go by.
fn name_of(at: Timestamp) -> String {
    let here = at.to_zoned(TimeZone::system());
    here.strftime("%Y-%m-%d_%H%M%S").to_string()
}

fn read_note(folder: &Path) -> Option<BackupNote> {
    let mut bytes = Vec::new();
    let file = File::open(folder.join(NOTE_FILE)).ok()?;
    file.take(NOTE_MAX).read_to_end(&mut bytes).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Whether there is a table of that name; early formats lack some.
fn has_table(connection: &Connection, name: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1)";
    Ok(connection.query_row(sql, [name], |row| row.get(0))?)
}

/// People with a PIN who may sign in; early formats have no people.
fn pins_in(connection: &Connection) -> Result<u64> {
    match has_table(connection, "person")? {
        true => person::with_pin(connection),
        false => Ok(0),
    }
}

/// SHA-256 and length of what a reader gives, which is handed on piece by piece.
fn pour(
    from: &mut dyn Read,
    mut to: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<([u8; 32], u64)> {
    let mut hash = Sha256::new();
    let mut length = 0;
    let mut chunk = vec![0_u8; 256 << 10];
    loop {
        let read = from.read(&mut chunk)?;
        let Some(bytes) = chunk.get(..read).filter(|bytes| !bytes.is_empty()) else {
            return Ok((hash.finalize().into(), length));
        };
        hash.update(bytes);
        length += read as u64;
        to(bytes)?;
    }
}

/// SHA-256, hexadecimal, of what a reader gives to its end.
///
/// # Errors
/// What the reader fails with.
pub fn sum(from: &mut dyn Read) -> io::Result<String> {
    pour(from, |_| Ok(())).map(|(sum, _)| hex::encode(sum))
}

/// SHA-256 and length of a file.
fn sum_of(path: &Path) -> Result<([u8; 32], u64)> {
    let failed = |source| Error::io(path, source);
    let mut file = File::open(path).map_err(failed)?;
    pour(&mut file, |_| Ok(())).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_is_named_by_the_clock_that_everything_else_goes_by() {
        for hours in [0, 8, 20] {
            let at = Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(hours);
            let here = at.to_zoned(TimeZone::system()).datetime();
            let name = here.strftime("%Y-%m-%d_%H%M%S").to_string();
            assert_eq!(name_of(at), name);
        }
    }
}
