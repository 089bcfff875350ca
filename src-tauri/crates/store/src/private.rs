//! What a workspace holds is for the user who works with it, and for no other of the computer: on Unix its folders are made
//! with mode 0700 and its files with 0600, whatever the umask says. One made before that is tightened when it is opened.
//!
//! Elsewhere files have the rights that the folder around the workspace gives them. Folders in it that are not the program's,
//! and what a link points to, are left as they are.

use std::fs::{DirBuilder, OpenOptions};
use std::io;
use std::path::Path;

use crate::error::{Error, Result};

/// Makes a folder and those above it; one that is there is no error.
pub(crate) fn make_folder(folder: &Path) -> Result<()> {
    create_folder(folder).map_err(|source| Error::io(folder, source))
}

/// As [`make_folder`], with the system's own error.
pub(crate) fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// What a file is opened with that may be made by it.
pub(crate) fn new_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// As [`std::fs::write`], of a file that is made.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = new_file().create(true).truncate(true).open(path)?;
    io::Write::write_all(&mut file, bytes)
}

/// Makes the file of a database, empty, before the database's own library does; journals beside it get its mode. One that is
/// there is left alone.
pub(crate) fn make_database(path: &Path) -> Result<()> {
    if path.exists() {
        return Ok(());
    }
    let made = new_file().create(true).truncate(false).open(path);
    made.map(|_| ()).map_err(|source| Error::io(path, source))
}

/// Tightens the workspace `dir` where others may enter it; what cannot be is told in the diary, since a disk that knows no
/// such rights must not keep a workspace shut.
pub(crate) fn tighten(dir: &Path) {
    #[cfg(unix)]
    if let Err(error) = unix::tighten(dir) {
        tracing::warn!(kind = ?error.kind(), "the workspace is open to other users still");
    }
    #[cfg(not(unix))]
    let _ = dir;
}

#[cfg(unix)]
mod unix {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::{Path, io};
    use crate::backup::BACKUP_FOLDER;
    use crate::vault::PHOTOS;

    /// Group and others.
    const OTHERS: u32 = 0o077;
    /// Folders of the program.
    const FOLDERS: [&str; 4] = [PHOTOS, "derived", "incoming", BACKUP_FOLDER];

    /// The folder itself comes last: it says that all of it is done.
    pub(super) fn tighten(dir: &Path) -> io::Result<()> {
        if fs::metadata(dir)?.permissions().mode() & OTHERS == 0 {
            return Ok(());
        }
        for entry in fs::read_dir(dir)? {
            let entry = entry?;
            let name = entry.file_name();
            let kind = entry.file_type()?;
            if kind.is_dir() && FOLDERS.iter().any(|own| name == *own) {
                within(&entry.path())?;
            } else if kind.is_file() {
                only_own(&entry.path())?;
            }
        }
        only_own(dir)
    }

    fn within(folder: &Path) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                within(&entry.path())?;
            } else if kind.is_file() {
                only_own(&entry.path())?;
            }
        }
        only_own(folder)
    }

    /// Takes from group and others what they may.
    fn only_own(path: &Path) -> io::Result<()> {
        let mut permissions = fs::metadata(path)?.permissions();
        if permissions.mode() & OTHERS != 0 {
            permissions.set_mode(permissions.mode() & !OTHERS);
            fs::set_permissions(path, permissions)?;
        }
        Ok(())
    }
}
