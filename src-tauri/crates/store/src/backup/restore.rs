//! Making a workspace again out of a backup, in a new folder: nothing that is there is ever written over.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use zhaoshen_model::PhotoHash;

use super::{BackupNote, Backups, pour};
use crate::error::{Error, Result};
use crate::private::{self, make_folder, new_file};
use crate::seal::key_file::{KEY_FILE, KeyFile, LONGEST};
use crate::seal::{Seal, SealFault};
use crate::store::{DATABASE_FILE, Store};
use crate::table::student;
use crate::vault::{PHOTOS, is_whole, names_in, remove_file, shard_and_rest, sync_all_in};

/// What a restored workspace holds, counted in the workspace itself after it was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Rounds.
    pub rounds: u64,
    /// Students it has rows of, whom a roster named no more included.
    pub students: u64,
    /// Students on their rosters.
    pub listed: u64,
    /// Originals there are.
    pub photos: u64,
    /// Originals that the database names and the backup did not have whole; named as their files were where the key of
    /// what was restored is not known.
    pub missing: Vec<PhotoHash>,
    /// Rows of the log.
    pub log_last: i64,
    /// Whether it is sealed: it opens with the passphrase of the day its key file was written.
    pub sealed: bool,
}

/// Name of the file by which a restored workspace is told from the one it is a copy of, until somebody took note of that.
const FRESH: &str = "恢复而来";

impl Store {
    /// Whether the workspace was made of a backup and nobody took note of that yet ([`Self::no_longer_fresh`]): what the
    /// other one does by itself, this one is not to do beside it.
    pub fn is_fresh_from_backup(&self) -> bool {
        self.dir().join(FRESH).exists()
    }

    /// Takes note that the workspace was made of a backup.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn no_longer_fresh(&self) -> Result<()> {
        remove_file(&self.dir().join(FRESH))
    }
}

/// A workspace being restored. The database comes last: a folder without one is no workspace. What was put into the
/// folder is removed again unless [`Restoring::finish`] came to its end.
#[derive(Debug)]
pub struct Restoring {
    dir: PathBuf,
    /// Whether the folder was not there before.
    is_new: bool,
    is_done: bool,
    note: BackupNote,
    by: By,
    left_out: Vec<PhotoHash>,
}

/// How what is restored lies on the disk.
#[derive(Debug)]
enum By {
    /// As it is, or sealed by a key that is known.
    Seal(Seal),
    /// Sealed by a key that whoever opens the workspace has: nothing of it can be looked into.
    UnknownKey,
}

impl Backups {
    /// Restores a backup into `dir`, which must be new or empty; `told` hears how many originals of how many are back.
    ///
    /// # Errors
    /// [`Error::BackupUnknown`], [`Error::BackupDamaged`] when its database is not what was backed up,
    /// [`Error::NotEmpty`], [`Error::Stopped`], [`Error::DiskFull`], [`Error::ReadOnly`], [`Error::Io`].
    pub fn restore(
        &self,
        name: &str,
        dir: &Path,
        stop: &AtomicBool,
        mut told: impl FnMut(u64, u64),
    ) -> Result<Restored> {
        let row = self.get(name)?;
        let mut restoring = Restoring::begin(dir, row.note)?;
        if self.seal.is_sealed() {
            restoring.seal_by(&self.key_of(name)?, self.seal.clone())?;
        }
        let photos = self.photos(name)?;
        for (photo, done) in photos.iter().zip(1_u64..) {
            if stop.load(Ordering::Relaxed) {
                return Err(Error::Stopped);
            }
            if let Ok(mut file) = File::open(self.photo(*photo)) {
                restoring.photo(*photo, &mut file)?;
            }
            told(done, photos.len() as u64);
        }
        let database = self.database(name);
        let mut file = File::open(&database).map_err(|source| Error::io(&database, source))?;
        restoring.finish(&mut file)
    }

    /// The key file that goes along with what is restored: the workspace's own, whose passphrase is today's.
    fn key_of(&self, name: &str) -> Result<KeyFile> {
        let missing = || SealFault::KeyFileMissing {
            path: self.folder.join(name),
        };
        Ok(self.key_file()?.ok_or_else(missing)?)
    }
}

impl Restoring {
    /// Begins in `dir`, which must be new or empty.
    ///
    /// # Errors
    /// [`Error::NotEmpty`], [`Error::ReadOnly`], [`Error::Io`].
    pub fn begin(dir: &Path, note: BackupNote) -> Result<Self> {
        let is_new = !dir.exists();
        make_folder(dir)?;
        if !names_in(dir)?.is_empty() {
            return Err(Error::NotEmpty {
                path: dir.to_owned(),
            });
        }
        Ok(Self {
            dir: dir.to_owned(),
            is_new,
            is_done: false,
            note,
            by: By::Seal(Seal::plain()),
            left_out: Vec::new(),
        })
    }

    /// Takes the key file of a sealed workspace whose passphrase is not known here. What follows is put back as it is,
    /// without being looked into; the source must vouch for its bytes.
    ///
    /// # Errors
    /// [`Error::BackupDamaged`] when it is no key file; [`Error::BackupUnreadable`]; [`Error::DiskFull`],
    /// [`Error::ReadOnly`], [`Error::Io`].
    pub fn key(&mut self, from: &mut dyn Read) -> Result<()> {
        let path = self.dir.join(KEY_FILE);
        write(&path, &mut from.take(LONGEST))?.map_err(|broken| said_of(&broken))?;
        if !matches!(KeyFile::read(&self.dir), Ok(Some(_))) {
            return Err(Error::BackupDamaged);
        }
        self.by = By::UnknownKey;
        Ok(())
    }

    /// The key goes first: what follows is sealed with it.
    fn seal_by(&mut self, key: &KeyFile, seal: Seal) -> Result<()> {
        key.write(&self.dir)?;
        self.by = By::Seal(seal);
        Ok(())
    }

    /// Puts an original back; whether its bytes are whole. One that is not whole, or that cannot be read to its end, is
    /// left out: the others are worth having.
    ///
    /// # Errors
    /// [`Error::DiskFull`], [`Error::ReadOnly`], [`Error::Io`].
    pub fn photo(&mut self, hash: PhotoHash, from: &mut dyn Read) -> Result<bool> {
        let (shard, rest) = match &self.by {
            By::Seal(seal) => shard_and_rest(seal, hash),
            // The entry is named as its file was.
            By::UnknownKey => shard_and_rest(&Seal::plain(), hash),
        };
        let folder = self.dir.join(PHOTOS).join(shard);
        make_folder(&folder)?;
        let path = folder.join(rest);
        let written = write(&path, from)?;
        let whole = match (&self.by, written) {
            (_, Err(_)) => false,
            (By::Seal(seal), Ok(_)) if seal.is_sealed() => is_whole(seal, hash, &path)?,
            (By::Seal(_), Ok(sum)) => sum == hash.0,
            (By::UnknownKey, Ok(_)) => true,
        };
        if whole {
            return Ok(true);
        }
        fs::remove_file(&path).map_err(|source| Error::io(&path, source))?;
        self.leave_out(hash);
        Ok(false)
    }

    /// Takes note of an original that the source cannot give at all.
    pub fn leave_out(&mut self, hash: PhotoHash) {
        self.left_out.push(hash);
    }

    /// Puts the database in its place, opens the workspace and counts what is in it.
    ///
    /// # Errors
    /// [`Error::BackupDamaged`] when the database is not what was backed up or the workspace does not hold what it
    /// held then; [`Error::BackupUnreadable`]; as [`Store::open`].
    pub fn finish(mut self, database: &mut dyn Read) -> Result<Restored> {
        let aside = self.dir.join("zhaoshen.db.part");
        let sum = write(&aside, database)?.map_err(|broken| said_of(&broken))?;
        if hex::encode(sum) != self.note.database_sha256 {
            return Err(Error::BackupDamaged);
        }
        let fresh = self.dir.join(FRESH);
        private::write(&fresh, b"").map_err(|source| Error::io(&fresh, source))?;
        let path = self.dir.join(DATABASE_FILE);
        fs::rename(&aside, &path).map_err(|source| Error::io(&path, source))?;
        sync_all_in(&self.dir)?;
        let restored = match &self.by {
            By::UnknownKey => self.counted_by_files()?,
            By::Seal(seal) => count(&Store::open_sealed_by(&self.dir, seal.clone())?)?,
        };
        let same = restored.rounds == self.note.rounds
            && restored.students == self.note.students
            && restored.log_last == self.note.log_last;
        if !same {
            return Err(Error::BackupDamaged);
        }
        self.is_done = true;
        Ok(restored)
    }

    /// What can be said of a workspace whose key is not known here: as it was noted, and the files there are.
    fn counted_by_files(&self) -> Result<Restored> {
        let folder = self.dir.join(PHOTOS);
        let mut photos = 0;
        if folder.is_dir() {
            for shard in names_in(&folder)? {
                photos += names_in(&folder.join(shard))?.len() as u64;
            }
        }
        Ok(Restored {
            rounds: self.note.rounds,
            students: self.note.students,
            listed: self.note.on_rosters(),
            photos,
            missing: self.left_out.clone(),
            log_last: self.note.log_last,
            sealed: true,
        })
    }
}

impl Drop for Restoring {
    /// The folder was empty: all that is in it was put there since.
    fn drop(&mut self) {
        if self.is_done {
            return;
        }
        let emptied = names_in(&self.dir).is_ok_and(|names| {
            names.iter().all(|name| {
                let path = self.dir.join(name);
                match path.is_dir() {
                    true => fs::remove_dir_all(&path).is_ok(),
                    false => fs::remove_file(&path).is_ok(),
                }
            })
        });
        if !emptied || (self.is_new && fs::remove_dir(&self.dir).is_err()) {
            tracing::warn!("what was half restored could not be removed");
        }
    }
}

fn count(store: &Store) -> Result<Restored> {
    let (rounds, students, listed, photos, log_last) = store.read(|connection| {
        let one = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, u64>(0));
        let log = connection.query_row("SELECT ifnull(max(id), 0) FROM log", [], |row| row.get(0));
        Ok((
            one("SELECT count(*) FROM round")?,
            one("SELECT count(*) FROM student")?,
            one(student::ON_ROSTERS)?,
            crate::table::photo::all(connection)?,
            log?,
        ))
    })?;
    let mut missing: Vec<PhotoHash> = photos
        .iter()
        .filter(|photo| !store.vault.photo_path(**photo).is_file())
        .copied()
        .collect();
    missing.sort_by_key(|photo| photo.0);
    Ok(Restored {
        rounds,
        students,
        listed,
        photos: (photos.len() - missing.len()) as u64,
        missing,
        log_last,
        sealed: store.is_sealed(),
    })
}

/// Writes all that `from` gives to a new file; its SHA-256, or why the source could not be read to its end: that is no
/// fault of the place that is written to.
fn write(path: &Path, from: &mut dyn Read) -> Result<io::Result<[u8; 32]>> {
    let failed = |source| Error::io(path, source);
    let mut file = new_file().create_new(true).open(path).map_err(failed)?;
    let mut from = Watched {
        from,
        is_broken: false,
    };
    match pour(&mut from, |bytes| file.write_all(bytes)) {
        Ok((sum, _)) => Ok(Ok(sum)),
        Err(broken) if from.is_broken => Ok(Err(broken)),
        Err(source) => Err(failed(source)),
    }
}

/// What is said of a source without which there is no workspace.
fn said_of(broken: &io::Error) -> Error {
    match broken.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => Error::BackupDamaged,
        _ => Error::BackupUnreadable,
    }
}

/// Tells a source that fails from a place that takes no more.
struct Watched<'a> {
    from: &'a mut dyn Read,
    is_broken: bool,
}

impl Read for Watched<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into);
        self.is_broken |= read.is_err();
        read
    }
}
