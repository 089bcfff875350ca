//! What lies in a folder, told without opening it: whether there is a workspace, whether it is sealed, how old it is.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use crate::backup::{self, Backups, replace};
use crate::error::{Error, Result};
use crate::migration;
use crate::seal::convert::settle;
use crate::seal::key_file::KeyFile;
use crate::seal::{KEY_FILE, Seal, SealFault, Unlock};
use crate::store::{DATABASE_FILE, Store, give_key, open_copy};
use crate::vault::PHOTOS;

/// Bytes of a page of the database.
const PAGE: usize = 4096;

/// What a database that is not encrypted starts with.
const PLAIN_START: &[u8] = b"SQLite format 3\0";

/// What photos start with that are not encrypted.
const PICTURE_STARTS: [&[u8]; 2] = [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"];

/// Most originals that are looked at to tell whether the workspace was encrypted.
const ORIGINALS_LOOKED_AT: usize = 16;

/// What lies in a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkspaceKind {
    /// No workspace.
    Nothing,
    /// One that opens without a passphrase.
    Plain,
    /// One that opens with a passphrase or a recovery code.
    Sealed,
}

/// How old the database of a workspace is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// Its format.
    pub found: u32,
    /// The one this program works with, never lower.
    pub known: u32,
}

impl Format {
    /// Whether opening the workspace would bring it up to date. One that holds nothing yet has no format.
    pub const fn is_older(self) -> bool {
        0 < self.found && self.found < self.known
    }
}

impl Store {
    /// What lies in `dir`.
    ///
    /// # Errors
    /// [`Error::InUse`] and [`Error::Io`] where sealing or replacing it was begun and cannot be ended.
    pub fn kind_of(dir: &Path) -> Result<WorkspaceKind> {
        replace::settle(dir)?;
        settle(dir)?;
        let has_database = dir.join(DATABASE_FILE).is_file();
        Ok(match dir.join(KEY_FILE).exists() {
            true if was_being_made(dir) => WorkspaceKind::Nothing,
            // Also without its database, and so below: opening says what to do, and none may be made there.
            true => WorkspaceKind::Sealed,
            false if has_database || holds_work(dir) => WorkspaceKind::Plain,
            false => WorkspaceKind::Nothing,
        })
    }

    /// Why the workspace in `dir` does not open, as far as that can be told without its key; `None` where it may, and where
    /// there is none.
    ///
    /// # Errors
    /// As [`Store::kind_of`].
    pub fn fault_of(dir: &Path) -> Result<Option<Error>> {
        Ok(match Self::kind_of(dir)? {
            WorkspaceKind::Nothing => None,
            WorkspaceKind::Plain => Self::open(dir).err(),
            WorkspaceKind::Sealed => is_there(dir).and_then(|()| KeyFile::read(dir)).err(),
        })
    }

    /// The format of the plain workspace in `dir`, which is neither opened nor changed; another station may have it open.
    ///
    /// # Errors
    /// [`crate::Error::NotAWorkspace`], [`crate::Error::NewerWorkspace`], [`crate::Error::Corrupt`];
    /// [`crate::SealFault::Locked`] and [`crate::SealFault::KeyFileMissing`] for a sealed one.
    pub fn format_of(dir: &Path) -> Result<Format> {
        is_plain(dir)?;
        format_by(dir, &Seal::plain())
    }

    /// As [`Store::format_of`], of the sealed workspace in `dir` that `with` opens.
    ///
    /// # Errors
    /// [`crate::Error::Seal`] says what is wrong with the passphrase, the code or the key file; as [`Store::format_of`].
    pub fn format_of_sealed(dir: &Path, with: Unlock<'_>) -> Result<Format> {
        is_there(dir)?;
        let file = KeyFile::read(dir)?.ok_or_else(|| SealFault::KeyFileMissing {
            path: dir.to_owned(),
        })?;
        format_by(dir, &Seal::of(&file.unlock(with)?)?)
    }
}

fn format_by(dir: &Path, seal: &Seal) -> Result<Format> {
    let connection = look_into(dir, seal)?;
    let (found, known) = migration::versions(&connection, dir)?;
    Ok(Format { found, known })
}

/// A connection to the database in `dir`, which is neither checked nor changed.
pub(crate) fn look_into(dir: &Path, seal: &Seal) -> Result<Connection> {
    let path = dir.join(DATABASE_FILE);
    Ok(match dir.join(format!("{DATABASE_FILE}-wal")).exists() {
        true => open_copy(&path, seal)?,
        // A connection that may not write leaves the journal it had to make, for a user who may not be the workspace's.
        false => {
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let connection = Connection::open_with_flags(&path, flags)?;
            give_key(&connection, seal)?;
            connection
        }
    })
}

/// Whether there is a database, and not an empty file in the place of a lost one.
pub(crate) fn is_there(dir: &Path) -> Result<()> {
    let path = dir.to_owned();
    let database = dir.join(DATABASE_FILE);
    if database.is_file() {
        let is_empty = |path: &Path| fs::metadata(path).map_or(0, |file| file.len()) == 0;
        let is_nothing = is_empty(&database) && is_empty(&dir.join(format!("{DATABASE_FILE}-wal")));
        return match is_nothing && holds_work(dir) {
            true => Err(Error::DatabaseLost { path }),
            false => Ok(()),
        };
    }
    if dir.join(KEY_FILE).exists() && !was_being_made(dir) {
        return Err(SealFault::DatabaseMissing { path }.into());
    }
    Err(match holds_work(dir) {
        true => Error::DatabaseLost { path },
        false => Error::NotAWorkspace { path },
    })
}

/// Whether there are originals or backups, so that a database that is missing or empty is a lost one. The folder of the
/// originals is made before the tables are, and stays empty until they are.
pub(crate) fn holds_work(dir: &Path) -> bool {
    [PHOTOS, backup::BACKUP_FOLDER].iter().any(|name| {
        let entries = fs::read_dir(dir.join(name)).into_iter().flatten();
        entries.flatten().any(|entry| entry.path().is_dir())
    })
}

/// Refuses all but a plain workspace.
pub(crate) fn is_plain(dir: &Path) -> Result<()> {
    is_there(dir)?;
    let path = dir.to_owned();
    if dir.join(KEY_FILE).exists() {
        return Err(SealFault::Locked { path }.into());
    }
    match is_encrypted(dir)? {
        true => Err(SealFault::KeyFileMissing { path }.into()),
        false => Ok(()),
    }
}

/// Whether a sealed workspace was being made when the program was killed: its folders come only after its database.
pub(crate) fn was_being_made(dir: &Path) -> bool {
    let is_none = |name: &str| !dir.join(name).exists();
    is_none(DATABASE_FILE) && is_none(PHOTOS) && is_none(backup::BACKUP_FOLDER)
}

/// Whether the database is encrypted, for a workspace without a key file: its first page is as good as random, and neither the
/// newest backup nor an original is in clear. One of `SQLite` has a word at its start and is mostly text and zeros; one that
/// was written over may be as good as random too.
pub(crate) fn is_encrypted(dir: &Path) -> Result<bool> {
    let path = dir.join(DATABASE_FILE);
    let mut page = Vec::with_capacity(PAGE);
    let file = File::open(&path).map_err(|source| Error::io(&path, source))?;
    file.take(PAGE as u64)
        .read_to_end(&mut page)
        .map_err(|source| Error::io(&path, source))?;
    let met: HashSet<u8> = page.iter().copied().collect();
    // Of 4096 random bytes, every value is met but with a chance of three in a hundred thousand; 250 is far below.
    Ok(page.len() == PAGE && met.len() >= 250 && !was_plain(dir))
}

/// Whether there is a database in `dir` that anybody can read, as far as its start tells.
pub(crate) fn is_in_clear(dir: &Path) -> bool {
    let start = start_of(&dir.join(DATABASE_FILE));
    start.is_some_and(|start| start.starts_with(PLAIN_START))
}

/// Whether what lies beside the database is in clear: the newest backup, or an original where there is none.
fn was_plain(dir: &Path) -> bool {
    let backups = Backups::of(dir);
    let rows = backups.list().unwrap_or_default();
    let newest = rows.first().map(|newest| backups.database(&newest.name));
    match newest.and_then(|database| start_of(&database)) {
        Some(start) => start.starts_with(PLAIN_START),
        None => originals(dir).any(|original| {
            start_of(&original).is_some_and(|start| {
                PICTURE_STARTS
                    .iter()
                    .any(|picture| start.starts_with(picture))
            })
        }),
    }
}

/// The first few files among the originals.
fn originals(dir: &Path) -> impl Iterator<Item = PathBuf> {
    let within = |folder: PathBuf| {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path())
    };
    within(dir.join(PHOTOS))
        .flat_map(within)
        .take(ORIGINALS_LOOKED_AT)
}

/// The first sixteen bytes of a file that has as many.
fn start_of(path: &Path) -> Option<[u8; 16]> {
    let mut start = [0; 16];
    File::open(path).ok()?.read_exact(&mut start).ok()?;
    Some(start)
}
