//! The target folder: made new, written file by file so that none is ever half there, taken away again when nothing came
//! of it.

use std::cell::RefCell;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::source::read_hash;

/// A folder that this delivery made or found empty. One that it made and left empty disappears with it.
#[derive(Debug)]
pub(crate) struct Target {
    folder: PathBuf,
    is_made: bool,
    /// Files and folders under their names, in the order they came to be.
    written: RefCell<Vec<PathBuf>>,
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
            written: RefCell::new(Vec::new()),
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
        self.has(path);
        Ok(())
    }

    /// Notes what is there under its name now.
    pub(super) fn has(&self, path: PathBuf) {
        self.written.borrow_mut().push(path);
    }

    /// Takes away all that was written, the last first, and the folder if it was made for it. What another program put
    /// there meanwhile stays.
    pub(super) fn take_back(self) {
        take_back(&self.written.borrow());
    }

    /// What is there, to be taken away later by [`take_back`]: the folder too if it was made for it.
    pub(super) fn contents(&self) -> Vec<PathBuf> {
        let folder = self.is_made.then(|| self.folder.clone());
        folder.into_iter().chain(self.written.take()).collect()
    }

    /// Writes the bytes under a temporary name, not yet durable.
    pub(super) fn begin(&self, name: &str, bytes: &[u8]) -> Result<Pending, Error> {
        let path = self.folder.join(name);
        let partial = self.folder.join(format!("{name}.part"));
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&partial)
            .map_err(|error| Error::io(&path, error))?;
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
        let path = pending.path.clone();
        if path.symlink_metadata().is_ok() {
            return Err(Error::AlreadyExists { path });
        }
        fs::rename(&pending.partial, &path).map_err(|error| Error::io(&path, error))?;
        pending.published = true;
        self.has(path.clone());
        let read = File::open(&path).and_then(|mut file| read_hash(&mut file));
        let read = read.map_err(|error| Error::io(&path, error))?;
        if read == pending.sha256 {
            Ok(read)
        } else {
            // What the disk garbled must not stay under a good name; the error names it anyway.
            let _ = fs::remove_file(&path);
            Err(Error::ReadBackDiffers { path })
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

    /// Makes the names durable where the system can.
    pub(crate) fn sync(&self) {
        // Windows cannot open a folder for this; there the rename itself is durable.
        if let Ok(folder) = File::open(&self.folder) {
            let _ = folder.sync_all();
        }
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        if self.is_made {
            // Refused for a folder that holds something.
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

/// Takes these files and folders away, the last first: the account goes before the photos, so that what is left of it at
/// any instant looks as unfinished as it is.
pub(super) fn take_back(written: &[PathBuf]) {
    for path in written.iter().rev() {
        // The caller tells why the delivery failed; that removing fails too adds nothing.
        let _ = match path.is_dir() {
            true => fs::remove_dir(path),
            false => fs::remove_file(path),
        };
    }
}

/// A file written and not yet durable. Dropped before it is finished, it disappears.
#[derive(Debug)]
pub(super) struct Pending {
    partial: PathBuf,
    path: PathBuf,
    file: File,
    sha256: [u8; 32],
    published: bool,
}

/// Waits together for the disk: it commits many files at once when asked at once.
const WAITING_TOGETHER: usize = 16;

/// Makes the bytes of every file durable.
pub(super) fn make_durable(pending: &[&Pending]) -> Result<(), Error> {
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
