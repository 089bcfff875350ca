//! A backup in one file, to be carried away: an archive whose entries are encrypted where there is a passphrase, each
//! read back after writing. Names of entries stay legible; those of a backup are hashes and name nobody.
//!
//! Not here: what is in a backup, and what is made of one. Both are the store's.

use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use zeroize::Zeroizing;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::archive::NewArchive;
use crate::error::Error;
use crate::fresh::{self, PARTIAL};
use crate::source::open_file;

/// Most entries of a copy that is read: above any workspace.
const MOST_ENTRIES: usize = 2_000_000;

/// A copy that is being written. Dropped before it is finished, it disappears.
pub struct NewCopy(NewArchive);

/// A copy that is whole and has no name yet. Dropped before it is published, it disappears.
pub struct ReadyCopy(NewArchive);

impl NewCopy {
    /// Begins a copy that will be `path`.
    ///
    /// # Errors
    /// When something is at the path already, or the folder takes no file.
    pub fn create(path: &Path, passphrase: Option<&str>) -> Result<Self, Error> {
        NewArchive::create(path, passphrase).map(Self)
    }

    /// Adds an entry of about `length` bytes.
    ///
    /// # Errors
    /// When the disk refuses or the reader fails.
    pub fn put(&mut self, name: &str, from: &mut dyn Read, length: u64) -> Result<(), Error> {
        self.0.put_from(name, from, length).map(|_| ())
    }

    /// Makes the copy durable and reads every entry back; `go_on` hears how many were read and says whether to go on. The
    /// copy gets its name by [`ReadyCopy::publish`].
    ///
    /// # Errors
    /// [`Error::ReadBackDiffers`], [`Error::Cancelled`], or when the disk refuses. Nothing is left behind then.
    pub fn finish(mut self, mut go_on: impl FnMut(usize) -> bool) -> Result<ReadyCopy, Error> {
        self.0.read_back(&mut go_on)?;
        Ok(ReadyCopy(self.0))
    }
}

impl ReadyCopy {
    /// Gives the copy its name, which nothing may have.
    ///
    /// # Errors
    /// [`Error::AlreadyExists`]; when the disk refuses. It stays under its temporary name then.
    pub fn publish(self) -> Result<(), Error> {
        self.0.publish(true)
    }
}

/// Removes from `folder` what copies were killed over: files under the temporary name of one that would be called so, where
/// `is_left` says by that name and by how long nothing was written to it that nobody writes it any more. What cannot be removed
/// stands in nobody's way.
pub fn sweep(folder: &Path, is_left: impl Fn(&str, Duration) -> bool) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let file = entry.file_name();
        let name = file.to_str().and_then(|file| file.strip_suffix(PARTIAL));
        let Some(name) = name.filter(|_| entry.file_type().is_ok_and(|kind| kind.is_file())) else {
            continue;
        };
        let written = entry.metadata().and_then(|file| file.modified());
        // One of a time that is still to come was written a moment ago, as far as can be told.
        let age = written.ok().and_then(|at| at.elapsed().ok());
        if is_left(name, age.unwrap_or_default()) {
            fresh::remove_left(&folder.join(name), &entry.path());
        }
    }
}

/// A copy that is being read.
pub struct Copy {
    path: PathBuf,
    passphrase: Zeroizing<String>,
    archive: ZipArchive<BufReader<File>>,
}

impl Copy {
    /// Opens a copy; the passphrase is tried with its first entry.
    ///
    /// # Errors
    /// [`Error::NotACopy`] for another kind of file, [`Error::WrongPassphrase`], or when the file cannot be read.
    pub fn open(path: &Path, passphrase: &str) -> Result<Self, Error> {
        let file = open_file(path)?;
        let not_one = || Error::NotACopy {
            path: path.to_owned(),
        };
        let archive = ZipArchive::new(BufReader::new(file)).map_err(|_| not_one())?;
        if archive.is_empty() || archive.len() > MOST_ENTRIES {
            return Err(not_one());
        }
        let mut copy = Self {
            path: path.to_owned(),
            passphrase: Zeroizing::new(passphrase.trim().to_owned()),
            archive,
        };
        copy.read(0, |_, _| ())?;
        Ok(copy)
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.archive.len()
    }

    /// Whether there is none; never so for one that opened.
    pub fn is_empty(&self) -> bool {
        self.archive.is_empty()
    }

    /// The name of the entry at `at`, from 0, though the entry itself may be damaged.
    pub fn name(&self, at: usize) -> Option<String> {
        let name = self.archive.name_for_index(at)?;
        name.ok().map(|name| name.to_string())
    }

    /// Reads the entry at `at`, from 0: `take` is given its name and its bytes.
    ///
    /// # Errors
    /// [`Error::WrongPassphrase`], [`Error::BrokenArchive`] when it is damaged.
    pub fn read<T>(
        &mut self,
        at: usize,
        take: impl FnOnce(&str, &mut dyn Read) -> T,
    ) -> Result<T, Error> {
        let Self {
            path,
            passphrase,
            archive,
        } = self;
        let opened = match passphrase.is_empty() {
            true => archive.by_index(at),
            false => archive.by_index_decrypt(at, passphrase.as_bytes()),
        };
        let mut entry = opened.map_err(|error| match error {
            ZipError::InvalidPassword | ZipError::UnsupportedArchive(_) => {
                Error::WrongPassphrase { path: path.clone() }
            }
            _ => Error::BrokenArchive { path: path.clone() },
        })?;
        // Whoever does not know the passphrase can put entries in clear into the file, or another file in its place: the
        // library reads those with any.
        if !passphrase.is_empty() && !entry.encrypted() {
            return Err(Error::BrokenArchive { path: path.clone() });
        }
        let name = entry
            .name()
            .map(|name| name.to_string())
            .unwrap_or_default();
        Ok(take(&name, &mut entry))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use std::fs;

    use super::*;

    fn written(path: &Path, passphrase: Option<&str>) {
        let mut copy = NewCopy::create(path, passphrase).unwrap();
        copy.put("backup.json", &mut &b"note"[..], 4).unwrap();
        copy.put("photos/ab/cd", &mut &[7_u8; 600_000][..], 600_000)
            .unwrap();
        let mut read_back = 0;
        copy.finish(|at| {
            read_back = at + 1;
            true
        })
        .unwrap()
        .publish()
        .unwrap();
        assert_eq!(read_back, 2);
    }

    fn entry(copy: &mut Copy, at: usize) -> (String, Vec<u8>) {
        let read = copy.read(at, |name, reader| {
            let mut bytes = Vec::new();
            reader
                .read_to_end(&mut bytes)
                .map(|_| (name.to_owned(), bytes))
        });
        read.unwrap().unwrap()
    }

    #[test]
    fn what_a_copy_was_killed_over_is_removed_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        // Killed: nothing is dropped.
        std::mem::forget(NewCopy::create(&at("甲.zip"), None).unwrap());
        for other in ["乙.zip.part", "甲.zip", "甲.zip.part.bak"] {
            fs::write(at(other), b"theirs").unwrap();
        }
        fs::create_dir(at("丙.zip.part")).unwrap();
        // Killed on a disk without second names, where its place was taken already.
        std::mem::forget(NewCopy::create(&at("丁.zip"), None).unwrap());
        fs::write(at("丁.zip"), b"").unwrap();
        let long = Duration::from_secs(3600);
        sweep(folder.path(), |name, age| name != "乙.zip" && age >= long);
        assert!(at("甲.zip.part").exists());
        sweep(folder.path(), |name, _| name != "乙.zip");
        for gone in ["甲.zip.part", "丁.zip.part", "丁.zip"] {
            assert!(!at(gone).exists(), "{gone}");
        }
        for other in ["乙.zip.part", "甲.zip", "甲.zip.part.bak", "丙.zip.part"] {
            assert!(at(other).exists(), "{other}");
        }
        sweep(&at("没有"), |_, _| true);
    }

    #[test]
    fn a_copy_is_read_with_its_passphrase_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("备份.zip");
        written(&path, Some("k7mqp-3wxyz"));
        let mut copy = Copy::open(&path, " k7mqp-3wxyz\n").unwrap();
        assert_eq!(copy.len(), 2);
        assert_eq!(
            entry(&mut copy, 0),
            ("backup.json".to_owned(), b"note".to_vec())
        );
        assert_eq!(entry(&mut copy, 1).1, [7; 600_000]);
        for wrong in ["", "k7mqp-3wxyy"] {
            let refused = Copy::open(&path, wrong).err().unwrap();
            assert!(
                matches!(refused, Error::WrongPassphrase { .. }),
                "{refused:?}"
            );
        }
        let plain = folder.path().join("未加密.zip");
        written(&plain, None);
        assert_eq!(
            entry(&mut Copy::open(&plain, "").unwrap(), 1).1,
            [7; 600_000]
        );
    }

    #[test]
    fn what_lies_in_clear_is_not_taken_for_what_the_passphrase_vouches_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("备份.zip");
        written(&path, None);
        let swapped = Copy::open(&path, "k7mqp-3wxyz").err().unwrap();
        assert!(
            matches!(swapped, Error::BrokenArchive { .. }),
            "{swapped:?}"
        );
    }

    #[test]
    fn another_file_and_a_damaged_one_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("备份.zip");
        fs::write(&path, b"a letter").unwrap();
        assert!(matches!(Copy::open(&path, ""), Err(Error::NotACopy { .. })));
        fs::remove_file(&path).unwrap();
        written(&path, None);
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&path, bytes).unwrap();
        let mut copy = Copy::open(&path, "").unwrap();
        let read = copy.read(1, |_, reader| reader.read_to_end(&mut Vec::new()));
        assert!(read.unwrap().is_err(), "its checksum says so");
    }

    #[test]
    fn one_that_is_stopped_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("备份.zip");
        let mut copy = NewCopy::create(&path, Some("k7mqp")).unwrap();
        copy.put("zhaoshen.db", &mut &b"data"[..], 4).unwrap();
        assert!(matches!(copy.finish(|_| false), Err(Error::Cancelled)));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        let mut copy = NewCopy::create(&path, Some("k7mqp")).unwrap();
        copy.put("zhaoshen.db", &mut &b"data"[..], 4).unwrap();
        drop(copy.finish(|_| true).unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
