//! What keeps a workspace from being sealed: a file that is not the program's where sealing removes whole folders, and a
//! folder of the workspace that lies elsewhere, where what is plain would stay; another workspace or database within it,
//! which would stay in clear. What lies elsewhere, and what is not the program's among the backups, keeps a round from being
//! deleted as well.

use std::ffi::OsStr;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::key_file::KEY_FILE;
use super::{SealFault, convert::hash_named};
use crate::backup::{BACKUP_FOLDER, NOTE_FILE, PART};
use crate::error::{Error, Result};
use crate::store::DATABASE_FILE;
use crate::vault::PHOTOS;

/// What systems put into any folder that somebody looked at; goes with the folder.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// Refuses what sealing the plain workspace `dir` would remove of others', or leave in clear of its own.
///
/// # Errors
/// [`SealFault::Foreign`], [`SealFault::Elsewhere`], [`SealFault::InClear`], [`Error::Io`].
pub(super) fn refuse(dir: &Path) -> Result<()> {
    let look = Look::of(dir)?;
    look.is_here(&dir.join(DATABASE_FILE))?;
    look.photos(&dir.join(PHOTOS))?;
    look.backups(&dir.join(BACKUP_FOLDER))?;
    look.derived(&dir.join("derived"))?;
    look.each(&dir.join("incoming"), |entry| {
        Ok(!entry.is_folder && entry.name.parse::<u64>().is_ok())
    })?;
    none_in_clear(dir)
}

/// Refuses what deleting a round would leave of it: where files of the workspace `dir` lie elsewhere, links alone go; and a
/// file among the backups that is not the program's, which may be a copy of what is deleted, stays.
///
/// # Errors
/// [`Error::Elsewhere`], [`Error::AmongBackups`], [`Error::Io`].
pub(crate) fn all_here(dir: &Path) -> Result<()> {
    let look = Look::of(dir)?;
    let mut folders = [PHOTOS, BACKUP_FOLDER, "derived", "incoming"].iter();
    let own = look
        .is_here(&dir.join(DATABASE_FILE))
        .and_then(|_| folders.try_for_each(|folder| look.below(&dir.join(folder))))
        .and_then(|()| look.backups(&dir.join(BACKUP_FOLDER)));
    match own {
        Err(Error::Seal(SealFault::Elsewhere { path })) => Err(Error::Elsewhere { path }),
        Err(Error::Seal(SealFault::Foreign { path })) => Err(Error::AmongBackups { path }),
        looked => looked,
    }
}

/// Refuses a workspace in clear beside what is the program's, such as one restored there, and a copy of the database.
fn none_in_clear(dir: &Path) -> Result<()> {
    let failed = |source| Error::io(dir, source);
    for entry in fs::read_dir(dir).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = entry.path();
        let kind = entry.file_type().map_err(failed)?;
        let is_other = entry.file_name() != OsStr::new(DATABASE_FILE);
        let in_clear = (kind.is_dir() && path.join(DATABASE_FILE).exists())
            || (kind.is_file() && is_other && is_database(&path));
        if in_clear {
            return Err(SealFault::InClear { path }.into());
        }
    }
    Ok(())
}

/// Whether it is a database that anybody can read.
fn is_database(path: &Path) -> bool {
    let mut start = [0; 16];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut start));
    read.is_ok() && start == *b"SQLite format 3\0"
}

struct Look {
    /// The disk of the workspace.
    disk: u64,
}

struct Entry {
    name: String,
    path: PathBuf,
    is_folder: bool,
}

impl Look {
    fn of(dir: &Path) -> Result<Self> {
        // The workspace as a whole may be a link, or a disk.
        let metadata = fs::metadata(dir).map_err(|source| Error::io(dir, source))?;
        Ok(Self {
            disk: disk_of(&metadata),
        })
    }

    /// Looks whether all that is in `folder`, which need not be there, is here.
    fn below(&self, folder: &Path) -> Result<()> {
        if !self.is_here(folder)? {
            return Ok(());
        }
        let failed = |source| Error::io(folder, source);
        for entry in fs::read_dir(folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let kind = entry.file_type().map_err(failed)?;
            if kind.is_dir() {
                self.below(&entry.path())?;
            } else if kind.is_symlink() {
                self.is_here(&entry.path())?;
            }
        }
        Ok(())
    }

    /// Originals, in a workspace or among its backups.
    fn photos(&self, folder: &Path) -> Result<()> {
        self.each(folder, |shard| {
            if shard.name.len() != 2 || !shard.is_folder {
                return Ok(false);
            }
            self.each(&shard.path, |photo| {
                Ok(!photo.is_folder && is_original(&shard.name, &photo.name))
            })?;
            Ok(true)
        })
    }

    fn backups(&self, folder: &Path) -> Result<()> {
        self.each(folder, |entry| {
            if entry.is_folder && entry.name == PHOTOS {
                self.photos(&entry.path)?;
                return Ok(true);
            }
            if !entry.is_folder || !is_backup(&entry.name, &entry.path) {
                return Ok(false);
            }
            self.each(&entry.path, |file| {
                Ok(!file.is_folder && is_of_backup(&file.name))
            })?;
            Ok(true)
        })
    }

    fn derived(&self, folder: &Path) -> Result<()> {
        self.each(folder, |kind| {
            if !kind.is_folder || !["preview", "thumb", "rendition"].contains(&kind.name.as_str()) {
                return Ok(false);
            }
            self.each(&kind.path, |shard| {
                if shard.name.len() != 2 || !shard.is_folder {
                    return Ok(false);
                }
                self.each(&shard.path, |file| {
                    let name = file.name.split('-').next().unwrap_or_default();
                    Ok(!file.is_folder && hash_named(&shard.name, name).is_some())
                })?;
                Ok(true)
            })?;
            Ok(true)
        })
    }

    /// Looks at all that is in `folder`, which need not be there; `is_ours` says whether an entry is the program's.
    fn each(&self, folder: &Path, is_ours: impl Fn(&Entry) -> Result<bool>) -> Result<()> {
        if !self.is_here(folder)? {
            return Ok(());
        }
        let failed = |source| Error::io(folder, source);
        for entry in fs::read_dir(folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let path = entry.path();
            let is_folder = entry.file_type().map_err(failed)?.is_dir();
            if !is_folder && is_litter(&entry.file_name()) {
                continue;
            }
            self.is_here(&path)?;
            // No name of the program's is other than text.
            let ours = match entry.file_name().into_string() {
                Ok(name) => is_ours(&Entry {
                    name,
                    path: path.clone(),
                    is_folder,
                })?,
                Err(_) => false,
            };
            if !ours {
                return Err(SealFault::Foreign { path }.into());
            }
        }
        Ok(())
    }

    /// Whether there is something at `path`; an error where it is somewhere else in truth.
    fn is_here(&self, path: &Path) -> Result<bool> {
        let metadata = match fs::symlink_metadata(path) {
            Ok(metadata) => metadata,
            Err(source) if source.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(source) => return Err(Error::io(path, source)),
        };
        // A junction of Windows is a link to these; layered file systems may give a file another number than its folder.
        let is_elsewhere =
            metadata.is_symlink() || (metadata.is_dir() && disk_of(&metadata) != self.disk);
        match is_elsewhere {
            true => Err(SealFault::Elsewhere {
                path: path.to_owned(),
            }
            .into()),
            false => Ok(true),
        }
    }
}

/// Whether a file of this name is what a system put there.
pub(crate) fn is_litter(name: &OsStr) -> bool {
    LITTER.iter().any(|litter| name == OsStr::new(litter))
}

/// Whether a file of this name in the folder `shard` is an original, or one that was being copied.
pub(crate) fn is_original(shard: &str, name: &str) -> bool {
    hash_named(shard, name.strip_suffix(PART).unwrap_or(name)).is_some()
}

/// Whether the folder of this name at `path`, among the backups, is one of them.
pub(crate) fn is_backup(name: &str, path: &Path) -> bool {
    is_named_by_time(name) || path.join(NOTE_FILE).is_file()
}

/// Whether a file of this name in the folder of a backup is the program's.
pub(crate) fn is_of_backup(name: &str) -> bool {
    [NOTE_FILE, KEY_FILE].contains(&name)
        || name == format!("{KEY_FILE}{PART}")
        || name.starts_with(DATABASE_FILE)
}

/// Whether a backup that the program made is named so: `2026-09-01_083000`, perhaps `-2` after it, and the ending of one
/// that is not complete.
pub(crate) fn is_named_by_time(name: &str) -> bool {
    let name = name.strip_suffix(PART).unwrap_or(name);
    let shape: String = name
        .chars()
        .map(|sign| if sign.is_ascii_digit() { '0' } else { sign })
        .collect();
    let Some(rest) = shape.strip_prefix("0000-00-00_000000") else {
        return false;
    };
    rest.is_empty()
        || rest
            .strip_prefix('-')
            .is_some_and(|number| !number.is_empty() && number.chars().all(|sign| sign == '0'))
}

#[cfg(unix)]
fn disk_of(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::dev(metadata)
}

/// One for all: a disk that is mounted in a folder is a link there.
#[cfg(not(unix))]
fn disk_of(_metadata: &Metadata) -> u64 {
    0
}
