//! Making a backup while the workspace is in use: work goes on, and the backup is of one instant. A share of the originals
//! that are linked is read to its end each time.

use std::collections::HashSet;
use std::fs::{self, Metadata};
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use zhaoshen_model::PhotoHash;

use super::{
    BackupNote, BackupRow, BackupWhy, Backups, NOTE_FILE, PART, has_table, name_of, pins_in, sum_of,
};
use crate::error::{Error, Result};
use crate::private::{make_folder, new_file};
use crate::seal::Seal;
use crate::seal::key_file::KeyFile;
use crate::store::{DATABASE_FILE, Store, connect, connect_copy};
use crate::table::chain;
use crate::table::student::ON_ROSTERS;
use crate::vault::{PHOTOS, Vault, is_whole, sync, sync_all_in};

/// Pages of the database copied between two looks at the stop flag: 16 MiB.
const PAGES: i32 = 4_096;
/// Most damaged originals that a note names; one that is written into a file is read up to 64 KiB.
const MOST_NAMED: usize = 500;
/// First format whose log ends in a head that stays what it is.
const FIRST_WITH_HEAD: u32 = 24;

impl Store {
    /// The backups of this workspace.
    pub fn backups(&self) -> Backups {
        Backups::sealed_by(self.dir(), self.vault.seal().clone())
    }

    /// Makes a backup, and removes those that are not kept any longer, as far as that can be; `told` hears how many originals of how many are
    /// in it. Complete and on the disk when this returns.
    ///
    /// # Errors
    /// [`Error::Stopped`] when `stop` was set, [`Error::WorkspaceGone`], [`Error::DiskFull`], [`Error::ReadOnly`],
    /// [`Error::Io`]; nothing half made counts as a backup then.
    pub fn back_up(
        &self,
        why: BackupWhy,
        at: Timestamp,
        stop: &AtomicBool,
        told: impl FnMut(u64, u64),
    ) -> Result<BackupRow> {
        self.check_place()?;
        let _one_at_a_time = self.hold_backups();
        self.finish_backup_keys();
        let source = Source {
            dir: self.dir(),
            vault: &self.vault,
        };
        source.back_up(why, at, stop, told)
    }
}

/// A workspace that is backed up; its format may be an earlier one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'a> {
    /// Its folder.
    pub(crate) dir: &'a Path,
    /// Its originals.
    pub(crate) vault: &'a Vault,
}

impl Source<'_> {
    /// As [`Store::back_up`], where nobody else makes one.
    pub(crate) fn back_up(
        self,
        why: BackupWhy,
        at: Timestamp,
        stop: &AtomicBool,
        mut told: impl FnMut(u64, u64),
    ) -> Result<BackupRow> {
        let backups = Backups::sealed_by(self.dir, self.vault.seal().clone());
        make_folder(&backups.folder)?;
        // Nothing of what is cleared away may stand against a backup, least of all one without which nothing opens.
        if let Err(error) = backups.clear_parts() {
            tracing::warn!(%error, "what a backup that was killed left is not removed yet");
        }
        let name = free_name(&backups, at);
        let part = backups.folder.join(format!("{name}{PART}"));
        let made = self.fill(&backups, &part, (why, at), stop, &mut told);
        let note = made.inspect_err(|_| {
            // The failure is what the caller needs to know; what is left goes with the next backup.
            let _ = fs::remove_dir_all(&part);
        })?;
        let folder = backups.folder.join(&name);
        fs::rename(&part, &folder).map_err(|source| Error::io(&folder, source))?;
        sync_all_in(&backups.folder)?;
        if let Err(error) = backups.prune() {
            tracing::warn!(%error, "backed up, and not all that is not kept is removed yet");
        }
        Ok(BackupRow { name, note })
    }

    fn fill(
        self,
        backups: &Backups,
        part: &Path,
        (why, at): (BackupWhy, Timestamp),
        stop: &AtomicBool,
        told: &mut impl FnMut(u64, u64),
    ) -> Result<BackupNote> {
        make_folder(part)?;
        if let Some(key) = KeyFile::read(self.dir)? {
            key.write(part)?;
        }
        // A connection of its own, whose one transaction holds the instant for as long as the copying takes.
        let source = connect(&self.dir.join(DATABASE_FILE), &backups.seal)?;
        source.pragma_update(None, "query_only", true)?;
        let instant = source.unchecked_transaction()?;
        let mut note = note_of(&instant, why, at)?;
        let copy = part.join(DATABASE_FILE);
        copy_database(&instant, (&copy, &backups.seal), stop)?;
        let (sum, length) = sum_of(&copy)?;
        note.database_sha256 = hex::encode(sum);
        note.database_bytes = length;
        let photos = photos_of(&instant)?;
        drop(instant);
        let reading = Reading::at(at, &backups.list()?);
        for ((photo, bytes), done) in photos.iter().zip(1_u64..) {
            if stop.load(Ordering::Relaxed) {
                return Err(Error::Stopped);
            }
            let keeping = Keeping {
                original: &self.vault.photo_path(*photo),
                kept: &backups.photo(*photo),
                hash: *photo,
                bytes: *bytes,
                seal: &backups.seal,
                reading: &reading,
            };
            match keeping.keep()? {
                Kept::Whole => {}
                Kept::Damaged => {
                    note.damaged += 1;
                    if note.damaged_files.len() < MOST_NAMED {
                        note.damaged_files.push(keeping.name());
                    }
                }
                Kept::Missing => note.missing += 1,
            }
            told(done, photos.len() as u64);
        }
        write_note(&part.join(NOTE_FILE), &note)?;
        sync_all_in(&backups.folder.join(PHOTOS))?;
        Ok(note)
    }
}

fn note_of(connection: &Connection, why: BackupWhy, at: Timestamp) -> Result<BackupNote> {
    let one = |table: &str, sql: &str| -> Result<u64> {
        match has_table(connection, table)? {
            true => Ok(connection.query_row(sql, [], |row| row.get(0))?),
            false => Ok(0),
        }
    };
    let format = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let (log_last, log_hash) = if format < FIRST_WITH_HEAD {
        let last = one("log", "SELECT ifnull(max(id), 0) FROM log")?;
        (i64::try_from(last).unwrap_or(i64::MAX), String::new())
    } else {
        let head = chain::head(connection)?.ok_or(Error::LogHeadMissing)?;
        (head.last, head.hex())
    };
    Ok(BackupNote {
        made_at: at,
        why,
        format,
        rounds: one("round", "SELECT count(*) FROM round")?,
        students: one("student", "SELECT count(*) FROM student")?,
        listed: Some(one("student", ON_ROSTERS)?),
        photos: one("photo", "SELECT count(*) FROM photo")?,
        photo_bytes: one("photo", "SELECT ifnull(sum(size_bytes), 0) FROM photo")?,
        missing: 0,
        damaged: 0,
        damaged_files: Vec::new(),
        pins: Some(pins_in(connection)?),
        log_last,
        log_hash,
        database_bytes: 0,
        database_sha256: String::new(),
    })
}

/// The originals and their lengths in bytes.
fn photos_of(connection: &Connection) -> Result<Vec<(PhotoHash, u64)>> {
    if !has_table(connection, "photo")? {
        return Ok(Vec::new());
    }
    let mut query = connection.prepare("SELECT hash, size_bytes FROM photo ORDER BY hash")?;
    let rows = query.query_map([], |row| Ok((PhotoHash(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Copies the database as `source` sees it, into one file without a journal beside it.
fn copy_database(source: &Connection, (to, seal): (&Path, &Seal), stop: &AtomicBool) -> Result<()> {
    let mut copy = connect_copy(to, seal)?;
    {
        let backup = Backup::new(source, &mut copy)?;
        while backup.step(PAGES)? != StepResult::Done {
            if stop.load(Ordering::Relaxed) {
                return Err(Error::Stopped);
            }
        }
    }
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    copy.close().map_err(|(_, error)| error)?;
    sync(to)
}

/// Which of the originals that are linked are read to their end. Damage to one is damage to its link, and both keep their
/// length; reading all of them at each backup would take minutes.
#[derive(Debug)]
struct Reading {
    /// One that was written to since was changed in place: originals are written once.
    since: Option<SystemTime>,
    /// The share of the day: what changes its bytes by itself, and tells no time of it, is found within some weeks.
    share: u8,
    /// Those that were damaged the last time.
    known: HashSet<String>,
}

impl Reading {
    /// In how many shares all are read. No multiple of seven, so that whoever works on some days of the week only comes to
    /// each of them, too.
    const SHARES: u8 = 32;

    /// For a backup made at `at`, after those `made`.
    fn at(at: Timestamp, made: &[BackupRow]) -> Self {
        let before = made.iter().filter(|row| row.note.made_at <= at);
        let last = before.max_by_key(|row| row.note.made_at);
        let day = at.as_second().div_euclid(24 * 3600);
        let share = day.rem_euclid(i64::from(Self::SHARES));
        Self {
            since: last.map(|row| row.note.made_at.into()),
            share: u8::try_from(share).unwrap_or_default(),
            known: last
                .map(|row| row.note.damaged_files.iter().cloned().collect())
                .unwrap_or_default(),
        }
    }

    fn takes(&self, hash: PhotoHash, name: &str, file: &Metadata) -> bool {
        let is_changed = || match (self.since, file.modified()) {
            (Some(since), Ok(at)) => at > since,
            _ => false,
        };
        hash.0[0] % Self::SHARES == self.share || self.known.contains(name) || is_changed()
    }
}

/// How an original is among the backups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// As far as can be told without reading each of them every time.
    Whole,
    /// Other bytes than came in, and none better are there.
    Damaged,
    /// Not at all.
    Missing,
}

/// One original that is to be among the backups.
struct Keeping<'a> {
    original: &'a Path,
    kept: &'a Path,
    hash: PhotoHash,
    /// Its length.
    bytes: u64,
    seal: &'a Seal,
    reading: &'a Reading,
}

impl Keeping<'_> {
    fn keep(&self) -> Result<Kept> {
        let original = fs::metadata(self.original).ok();
        let kept = fs::metadata(self.kept).ok();
        match (&original, &kept) {
            (None, None) => Ok(Kept::Missing),
            (Some(original), None) => {
                self.put()?;
                Ok(self.by_length(original))
            }
            // The original itself under another name: nothing better is there.
            (Some(original), Some(kept)) if is_same(original, kept) => Ok(self.as_read(kept)),
            (_, Some(_)) if self.is_whole(self.kept) => Ok(Kept::Whole),
            // The original was mended since it was backed up.
            (Some(_), Some(_)) if self.is_whole(self.original) => {
                fs::remove_file(self.kept).map_err(|source| Error::io(self.kept, source))?;
                self.put()?;
                Ok(Kept::Whole)
            }
            _ => Ok(Kept::Damaged),
        }
    }

    /// One that cannot be read is not.
    fn is_whole(&self, file: &Path) -> bool {
        is_whole(self.seal, self.hash, file).unwrap_or(false)
    }

    /// What its file is called.
    fn name(&self) -> String {
        hex::encode(self.seal.name_of(self.hash))
    }

    fn as_read(&self, file: &Metadata) -> Kept {
        let by_length = self.by_length(file);
        let is_read = || self.reading.takes(self.hash, &self.name(), file);
        match by_length == Kept::Whole && is_read() && !self.is_whole(self.kept) {
            true => Kept::Damaged,
            false => by_length,
        }
    }

    fn by_length(&self, file: &Metadata) -> Kept {
        match self.seal.length_within(file.len()) == self.bytes {
            true => Kept::Whole,
            false => Kept::Damaged,
        }
    }

    fn put(&self) -> Result<()> {
        let kept = self.kept;
        if let Some(folder) = kept.parent() {
            make_folder(folder)?;
        }
        // A disk that knows no links, or another disk: the bytes are copied.
        if fs::hard_link(self.original, kept).is_ok() {
            return Ok(());
        }
        let aside = kept.with_extension("part");
        fs::copy(self.original, &aside)
            .and_then(|_| fs::rename(&aside, kept))
            .map_err(|source| Error::io(kept, source))?;
        sync(kept)
    }
}

/// Whether two names are of one file.
#[cfg(unix)]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// One file has one time of its last change; so has a copy, and an original that was mended has another.
#[cfg(not(unix))]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    let changed = one.modified().ok();
    changed.is_some() && changed == other.modified().ok() && one.len() == other.len()
}

fn write_note(path: &Path, note: &BackupNote) -> Result<()> {
    let json = serde_json::to_vec_pretty(note).map_err(|source| Error::Unstorable {
        what: "备份清单",
        source,
    })?;
    new_file()
        .create(true)
        .truncate(true)
        .open(path)
        .and_then(|mut file| file.write_all(&json).and_then(|()| file.sync_all()))
        .map_err(|source| Error::io(path, source))
}

/// A name that no backup has.
fn free_name(backups: &Backups, at: Timestamp) -> String {
    let name = name_of(at);
    let taken = |name: &String| {
        let part = format!("{name}{PART}");
        [name, &part]
            .iter()
            .any(|name| backups.folder.join(name).exists())
    };
    if !taken(&name) {
        return name;
    }
    let mut others = (2..).map(|n| format!("{name}-{n}"));
    others.find(|name| !taken(name)).unwrap_or(name)
}
