//! Whether the workspace that is open is still where it was opened. A system may go on taking what is written to a file
//! whose folder was removed, or whose disk was detached, and none of it is ever found again.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Where the database of an open workspace lies, and which file it is.
#[derive(Debug)]
pub(crate) struct Place {
    database: PathBuf,
    file: FileId,
}

impl Place {
    /// Takes note of the database that was opened.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub(crate) fn of(database: &Path) -> Result<Self> {
        let metadata = fs::metadata(database).map_err(|source| Error::io(database, source))?;
        Ok(Self {
            database: database.to_owned(),
            file: id_of(&metadata),
        })
    }

    /// Whether the same file is there still. It is asked for and never opened: closing it would drop the locks that
    /// SQLite holds on it.
    pub(crate) fn is_kept(&self) -> bool {
        fs::metadata(&self.database).is_ok_and(|metadata| id_of(&metadata) == self.file)
    }

    /// Refuses what is not there any more.
    ///
    /// # Errors
    /// [`Error::WorkspaceGone`].
    pub(crate) fn check(&self) -> Result<()> {
        if self.is_kept() {
            return Ok(());
        }
        let folder = self.database.parent().unwrap_or(&self.database);
        Err(Error::WorkspaceGone {
            path: folder.to_owned(),
        })
    }
}

/// Disk and number of the file.
#[cfg(unix)]
type FileId = (u64, u64);

#[cfg(unix)]
fn id_of(metadata: &Metadata) -> FileId {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

/// A file that is open cannot be replaced there: that there is one suffices.
#[cfg(not(unix))]
type FileId = bool;

#[cfg(not(unix))]
fn id_of(metadata: &Metadata) -> FileId {
    metadata.is_file()
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use std::fs;
    use std::sync::atomic::AtomicBool;

    use jiff::Timestamp;

    use crate::backup::BackupWhy;
    use crate::error::Error;
    use crate::store::Store;

    #[test]
    fn nothing_is_confirmed_once_the_workspace_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let (dir, aside) = (folder.path().join("工作区"), folder.path().join("移走"));
        let store = Store::create(&dir).unwrap();
        let at = Timestamp::UNIX_EPOCH;
        let set = |text: &str| store.set_setting("x", &serde_json::Value::from(text), "王", at);
        let is_gone =
            |refused: Error| matches!(&refused, Error::WorkspaceGone { path } if *path == dir);
        set("一").unwrap();
        assert!(store.is_kept());

        fs::rename(&dir, &aside).unwrap();
        assert!(is_gone(set("二").unwrap_err()) && !store.is_kept());
        // Another workspace in its place is not the one that was opened.
        drop(Store::create(&dir).unwrap());
        assert!(is_gone(set("三").unwrap_err()));
        fs::remove_dir_all(&dir).unwrap();
        let never = AtomicBool::new(false);
        let refused = store.back_up(BackupWhy::Asked, at, &never, |_, _| {});
        assert!(is_gone(refused.unwrap_err()));
        assert!(is_gone(store.put_photo(b"x").unwrap_err()));
        assert!(!dir.exists(), "no file begins a folder anew");

        // Connected again it goes on with what was confirmed.
        fs::rename(&aside, &dir).unwrap();
        let value = store.setting("x").unwrap();
        assert_eq!(value, Some(serde_json::Value::from("一")));
        set("四").unwrap();
        fs::remove_dir_all(&dir).unwrap();
        assert!(is_gone(set("五").unwrap_err()));
    }
}
