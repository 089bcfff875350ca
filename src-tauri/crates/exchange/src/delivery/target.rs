//! The target folder: made new, written file by file so that none is ever half there, taken away again when nothing came
//! of it.

use std::cell::RefCell;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::fresh::{self, Seen};

/// A folder that this delivery made or found empty. One that it made and left empty disappears with it.
#[derive(Debug)]
pub(crate) struct Target {
    folder: PathBuf,
    is_made: bool,
    /// Files and folders under their names, in the order they came to be.
    written: RefCell<Vec<PathBuf>>,
    /// The files among them as they were read back.
    seen: RefCell<Vec<(PathBuf, Seen)>>,
    /// Folders made inside.
    folders: RefCell<Vec<PathBuf>>,
}

impl Target {
    /// Makes the folder, or takes an empty one.
    pub(crate) fn create(folder: &Path) -> Result<Self, Error> {
        let mut is_made = false;
        match fs::create_dir(folder) {
            Ok(()) => is_made = true,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                let mut entries = fs::read_dir(folder).map_err(|_| Error::TargetNotEmpty {
                    path: folder.to_owned(),
                })?;
                if entries.next().is_some() {
                    return Err(Error::TargetNotEmpty {
                        path: folder.to_owned(),
                    });
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let path = folder.parent().unwrap_or(folder).to_owned();
                // Some systems say "not found" of a folder that takes no children.
                return Err(match path.is_dir() {
                    true => Error::PermissionDenied { path },
                    false => Error::ParentMissing { path },
                });
            }
            Err(error) => return Err(Error::io(folder, error)),
        }
        Ok(Self {
            folder: folder.to_owned(),
            is_made,
            written: RefCell::default(),
            seen: RefCell::default(),
            folders: RefCell::default(),
        })
    }

    /// Writes `bytes` as `name`, durable and read back; nothing is left behind on failure.
    pub(crate) fn put(&self, name: &str, bytes: &[u8]) -> Result<[u8; 32], Error> {
        let pending = self.begin(name, bytes)?;
        make_durable(&[&pending])?;
        self.finish(pending)
    }

    /// Makes a folder inside, for files whose names begin with it.
    pub(super) fn make_folder(&self, name: &str) -> Result<(), Error> {
        let path = self.folder.join(name);
        fs::create_dir_all(&path).map_err(|error| Error::io(&path, error))?;
        self.folders.borrow_mut().push(path.clone());
        self.has(path);
        Ok(())
    }

    /// Notes what is there under its name now.
    fn has(&self, path: PathBuf) {
        self.written.borrow_mut().push(path);
    }

    /// Takes away all that was written, the last first, and the folder if it was made for it. What another program put
    /// there meanwhile stays.
    pub(crate) fn take_back(self) {
        for path in self.written.borrow().iter().rev() {
            // The caller tells why the delivery failed; that removing fails too adds nothing.
            let _ = match path.is_dir() {
                true => fs::remove_dir(path),
                false => fs::remove_file(path),
            };
        }
    }

    /// Holds every file to what was read back of it.
    ///
    /// # Errors
    /// [`Error::ChangedMeanwhile`].
    pub(super) fn check(&self) -> Result<(), Error> {
        let seen = self.seen.borrow();
        seen.iter().try_for_each(|(path, seen)| seen.holds(path))
    }

    /// Writes the bytes under a temporary name, not yet durable.
    pub(crate) fn begin(&self, name: &str, bytes: &[u8]) -> Result<Pending, Error> {
        let path = self.folder.join(name);
        let partial = fresh::partial(&path);
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&partial)
            .map_err(|error| Error::making(&path, error))?;
        let written = file.write_all(bytes);
        let pending = Pending {
            partial,
            path,
            file,
            sha256: Sha256::digest(bytes).into(),
            published: false,
        };
        // A failed one removes its partial file when it is dropped.
        written.map_err(|error| Error::io(&pending.path, error))?;
        Ok(pending)
    }

    /// Gives a durable file its name and reads it back.
    pub(super) fn finish(&self, mut pending: Pending) -> Result<[u8; 32], Error> {
        pending.give_name()?;
        let path = pending.path.clone();
        self.has(path.clone());
        let seen = Seen::read(&path).map_err(|error| Error::io(&path, error))?;
        if seen.sha256 == pending.sha256 {
            let sha256 = seen.sha256;
            self.seen.borrow_mut().push((path, seen));
            Ok(sha256)
        } else {
            // What the disk garbled must not stay under a good name; the error names it anyway.
            let _ = fs::remove_file(&path);
            Err(Error::ReadBackDiffers { path })
        }
    }

    /// The error, or that the folder itself is gone, where that is why.
    pub(crate) fn explained(&self, error: Error) -> Error {
        match error {
            Error::Cancelled => error,
            _ if self.folder.is_dir() => error,
            _ => Error::FolderGone {
                path: self.folder.clone(),
            },
        }
    }

    /// The folder itself.
    pub(super) fn root(&self) -> PathBuf {
        self.folder.clone()
    }

    /// The path of a file in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Makes the names durable where the system can: those in the folder, in those inside it, and its own.
    ///
    /// # Errors
    /// As [`sync_folder`].
    pub(crate) fn sync(&self) -> Result<(), Error> {
        let parent = self.folder.parent().filter(|_| self.is_made);
        let folders = self.folders.borrow();
        let all = folders.iter().map(PathBuf::as_path);
        all.chain([self.folder.as_path()])
            .chain(parent)
            .try_for_each(sync_folder)
    }
}

/// Makes the names in a folder durable where the system can.
///
/// # Errors
/// When the disk refuses: a name may be lost with the power. Not where the system has no such thing for folders.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), Error> {
    // Windows cannot open a folder for this, nor can anybody one that takes names and does not list them.
    let opened = match File::open(folder) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Ok(()),
        opened => opened,
    };
    match opened.and_then(|folder| folder.sync_all()) {
        Err(error) if !is_not_for_folders(&error) => Err(Error::io(folder, error)),
        _ => Ok(()),
    }
}

/// Whether this is what a system says that has no such thing for folders, some network disks among them.
fn is_not_for_folders(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
    )
}

impl Drop for Target {
    fn drop(&mut self) {
        if self.is_made {
            // Refused for a folder that holds something.
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

/// A file written and not yet durable. Dropped before it is finished, it disappears.
#[derive(Debug)]
pub(crate) struct Pending {
    partial: PathBuf,
    path: PathBuf,
    file: File,
    sha256: [u8; 32],
    published: bool,
}

impl Pending {
    /// Gives it its name, which nothing may have.
    ///
    /// # Errors
    /// [`Error::AlreadyExists`]; when the disk refuses.
    pub(super) fn give_name(&mut self) -> Result<(), Error> {
        fresh::name(&self.partial, &self.path).map_err(|error| Error::io(&self.path, error))?;
        self.published = true;
        Ok(())
    }

    /// Leaves it under its temporary name.
    pub(super) fn leave(mut self) {
        self.published = true;
    }

    /// Reads it back under its temporary name; its name is free still.
    ///
    /// # Errors
    /// [`Error::ReadBackDiffers`], [`Error::AlreadyExists`]; when the disk refuses.
    pub(super) fn check_unnamed(&self) -> Result<(), Error> {
        let path = self.path.clone();
        if path.symlink_metadata().is_ok() {
            return Err(Error::AlreadyExists { path });
        }
        let seen = Seen::read(&self.partial).map_err(|error| Error::io(&path, error))?;
        match seen.sha256 == self.sha256 {
            true => Ok(()),
            false => Err(Error::ReadBackDiffers { path }),
        }
    }

    /// SHA-256 of its bytes.
    pub(crate) const fn sha256(&self) -> [u8; 32] {
        self.sha256
    }
}

/// Waits together for the disk: it commits many files at once when asked at once.
const WAITING_TOGETHER: usize = 16;

/// Makes the bytes of every file durable.
pub(crate) fn make_durable(pending: &[&Pending]) -> Result<(), Error> {
    let sync = |pending: &Pending| {
        pending
            .file
            .sync_all()
            .map_err(|error| Error::io(&pending.path, error))
    };
    for together in pending.chunks(WAITING_TOGETHER) {
        std::thread::scope(|scope| {
            let waiting: Vec<_> = together
                .iter()
                .map(|pending| scope.spawn(move || sync(pending)))
                .collect();
            waiting.into_iter().try_for_each(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
        })?;
    }
    Ok(())
}

impl Drop for Pending {
    fn drop(&mut self) {
        if !self.published {
            // The delivery has failed or was cancelled; that removing fails too adds nothing.
            let _ = fs::remove_file(&self.partial);
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_a_disk_fails_with_is_told_and_what_a_system_lacks_is_passed_over() {
        // The numbers are those of every Unix.
        let (eio, einval, enospc) = (5, 22, 28);
        for (code, passed) in [(einval, true), (eio, false), (enospc, false)] {
            let error = io::Error::from_raw_os_error(code);
            assert_eq!(is_not_for_folders(&error), passed, "{error:?}");
        }
        let unsupported = io::Error::from(io::ErrorKind::Unsupported);
        assert!(is_not_for_folders(&unsupported));
    }

    #[test]
    fn a_folder_that_is_gone_is_not_taken_for_durable() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(sync_folder(folder.path()).is_ok());
        let gone = sync_folder(&folder.path().join("gone"));
        assert!(matches!(gone, Err(Error::NotFound { .. })), "{gone:?}");
        #[cfg(target_os = "linux")]
        {
            // A file system that has no such thing for its folders.
            assert!(sync_folder(Path::new("/proc/self")).is_ok());
        }
    }
}
