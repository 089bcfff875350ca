//! The target folder: made new, written file by file so that none is ever half there.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::fresh::write_new;

/// A folder that this delivery made or found empty.
#[derive(Debug)]
pub(super) struct Target {
    folder: PathBuf,
}

impl Target {
    /// Makes the folder, or takes an empty one.
    pub(super) fn create(folder: &Path) -> Result<Self, Error> {
        match fs::create_dir(folder) {
            Ok(()) => {}
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
                return Err(Error::ParentMissing {
                    path: folder.parent().unwrap_or(folder).to_owned(),
                });
            }
            Err(error) => return Err(Error::io(folder, error)),
        }
        Ok(Self {
            folder: folder.to_owned(),
        })
    }

    /// Writes `bytes` as `name`, durable and read back; nothing is left behind on failure.
    pub(super) fn put(&self, name: &str, bytes: &[u8]) -> Result<[u8; 32], Error> {
        let path = self.folder.join(name);
        let partial = self.folder.join(format!("{name}.part"));
        write_new(&partial, bytes).map_err(|error| Error::io(&path, error))?;
        publish(&partial, &path)?;
        let expected: [u8; 32] = Sha256::digest(bytes).into();
        let read = read_back(&path).map_err(|error| Error::io(&path, error))?;
        if read == expected {
            Ok(expected)
        } else {
            let _ = fs::remove_file(&path);
            Err(Error::ReadBackDiffers { path })
        }
    }

    /// The path of a file in the folder.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Makes the names durable where the system can.
    pub(super) fn sync(&self) {
        // Windows cannot open a folder for this; there the rename itself is durable.
        if let Ok(folder) = File::open(&self.folder) {
            let _ = folder.sync_all();
        }
    }
}

/// Gives the finished file its name unless something has taken it.
fn publish(partial: &Path, path: &Path) -> Result<(), Error> {
    let published = if path.symlink_metadata().is_ok() {
        Err(Error::AlreadyExists {
            path: path.to_owned(),
        })
    } else {
        fs::rename(partial, path).map_err(|error| Error::io(path, error))
    };
    published.inspect_err(|_| {
        let _ = fs::remove_file(partial);
    })
}

fn read_back(path: &Path) -> io::Result<[u8; 32]> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut chunk = vec![0_u8; 64 << 10];
    loop {
        let read = file.read(&mut chunk)?;
        match chunk.get(..read) {
            Some(bytes) if !bytes.is_empty() => hash.update(bytes),
            _ => return Ok(hash.finalize().into()),
        }
    }
}
