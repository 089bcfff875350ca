//! One station per workspace: an advisory lock on a file that lives as long as the store.
//!
//! The operating system drops the lock when the process ends, however it ends, so a crash leaves
//! nothing to clean up. It is not a guard against people who open the database with other tools.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::error::{Error, Result};
use crate::private::new_file;
use crate::store::{LOCK_FILE, Store};

/// Held while the workspace is open.
#[derive(Debug)]
pub(crate) struct WorkspaceLock {
    _file: File,
}

impl WorkspaceLock {
    /// Takes the lock of the workspace in `dir`.
    ///
    /// # Errors
    /// [`Error::InUse`] when another store holds it, in this process or another.
    pub(crate) fn take(dir: &Path) -> Result<Self> {
        let path = dir.join(LOCK_FILE);
        let file = new_file()
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|source| Error::io(&path, source))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(Error::InUse {
                path: dir.to_owned(),
            }),
            Err(TryLockError::Error(source)) => Err(Error::io(&path, source)),
        }
    }
}

impl Store {
    /// Whether a station has the workspace in `dir` open now; it may be closed a moment later.
    pub fn is_in_use(dir: &Path) -> bool {
        let opened = OpenOptions::new().write(true).open(dir.join(LOCK_FILE));
        opened.is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
    }
}
