//! A restored workspace takes the place of the one that does not open, which stays beside it under another name.
//!
//! Two renames. A program that is killed between them leaves nothing in the place, and a folder beside it that carries a
//! mark with the name of the place: whoever looks for the workspace next ends it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::kind::holds_work;
use crate::lock::WorkspaceLock;
use crate::private;
use crate::seal::KEY_FILE;
use crate::store::{DATABASE_FILE, LOCK_FILE, Store};
use crate::vault::{names_in, remove_file, sync_all_in};

/// Name of the mark within the restored workspace: it holds the name of the folder whose place it is to take.
const MARK: &str = "取代";

impl Store {
    /// Gives `restored`, a workspace that nobody has open, the place of `dir`, which does not open or is none; both lie in
    /// the same folder. What was in the place is moved to `aside`, which must not be there; whether anything was.
    ///
    /// # Errors
    /// [`Error::InUse`]; [`Error::ReadOnly`] and [`Error::Io`] where the folder cannot be moved: all is then where it was.
    pub fn replace(dir: &Path, restored: &Path, aside: &Path) -> Result<bool> {
        let mark = restored.join(MARK);
        let name = name_of(dir);
        private::write(&mark, name.as_bytes()).map_err(|source| Error::io(&mark, source))?;
        let moved = sync_all_in(restored)
            .and_then(|()| move_aside(dir, aside))
            .and_then(|is_aside| match fs::rename(restored, dir) {
                Ok(()) => Ok(is_aside),
                Err(source) => {
                    if is_aside {
                        fs::rename(aside, dir).map_err(|source| Error::io(aside, source))?;
                    }
                    Err(Error::io(restored, source))
                }
            });
        // Where it stays beside, nothing is to take the place later on by itself.
        remove_file(&restored.join(MARK))?;
        let is_aside = moved?;
        remove_file(&dir.join(MARK))?;
        if let Some(parent) = dir.parent() {
            sync_all_in(parent)?;
        }
        Ok(is_aside)
    }
}

/// Ends what was killed between the two renames: where `dir` is not there, what is marked to take its place does.
pub(crate) fn settle(dir: &Path) -> Result<()> {
    if dir.exists() {
        return match dir.join(MARK).exists() && dir.join(DATABASE_FILE).is_file() {
            true => remove_file(&dir.join(MARK)),
            false => Ok(()),
        };
    }
    let Some(parent) = dir.parent().filter(|parent| parent.is_dir()) else {
        return Ok(());
    };
    let name = name_of(dir);
    let is_marked =
        |folder: &PathBuf| fs::read(folder.join(MARK)).is_ok_and(|named| named == name.as_bytes());
    // A folder that cannot be read has no workspace that could be opened.
    let names = names_in(parent).unwrap_or_default();
    let marked = names.iter().map(|name| parent.join(name)).filter(is_marked);
    let Some(restored) = marked.max() else {
        return Ok(());
    };
    fs::rename(&restored, dir).map_err(|source| Error::io(&restored, source))?;
    remove_file(&dir.join(MARK))
}

fn name_of(dir: &Path) -> String {
    dir.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// Moves what is in the place away, unless that is nothing.
fn move_aside(dir: &Path, aside: &Path) -> Result<bool> {
    if !dir.exists() {
        return Ok(false);
    }
    // Nobody may be at work in it; on Windows no file of it may be open when it moves.
    drop(WorkspaceLock::take(dir)?);
    let is_bare =
        !holds_work(dir) && !dir.join(DATABASE_FILE).exists() && !dir.join(KEY_FILE).exists();
    if is_bare {
        remove_file(&dir.join(LOCK_FILE))?;
        if fs::remove_dir(dir).is_ok() {
            return Ok(false);
        }
    }
    fs::rename(dir, aside).map_err(|source| Error::io(dir, source))?;
    Ok(true)
}
