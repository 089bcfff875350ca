//! New files, durable when written and never over old ones.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::error::Error;
use crate::source::read_hash;

/// What a temporary name ends with.
pub(crate) const PARTIAL: &str = ".part";

/// The temporary name of a file that is to have this one: it lies beside it, and says by its ending that it is not whole.
pub(crate) fn partial(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(PARTIAL);
    PathBuf::from(name)
}

/// The ending of a temporary name that no other program gives: what bears it and is written by nobody was broken off.
const OWN: &str = ".照审台.part";

/// How long nothing was written to what counts as broken off: a file is held only a moment after it is made.
const LEFT: Duration = Duration::from_mins(1);

/// Temporary names that are tried: what is written at the same time lies under one of its own.
const TEMPORARY: u32 = 100;

/// Writes a file that must not exist, under a temporary name until it is whole; a failed one is removed, and what was
/// broken off in that folder before.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        sweep(folder);
    }
    if path.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let mut free = (0..TEMPORARY).map(|nth| {
        let mut name = path.as_os_str().to_owned();
        if nth > 0 {
            name.push(format!(".{nth}"));
        }
        name.push(OWN);
        PathBuf::from(name)
    });
    let free = free.find(|partial| partial.symlink_metadata().is_err());
    let partial = free.ok_or(io::ErrorKind::AlreadyExists)?;
    write(&partial, bytes)?;
    name(&partial, path).inspect_err(|_| {
        // The error tells why it has no name; that removing failed too adds nothing.
        let _ = fs::remove_file(&partial);
    })
}

/// Removes what [`write_new`] was killed over in a folder; a file that is being written is held, or young, and stays.
fn sweep(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let ours = entries.filter(|entry| {
        let is_ours = entry.file_name().to_string_lossy().ends_with(OWN);
        is_ours
            && entry
                .metadata()
                .is_ok_and(|of| of.is_file() && is_left(&of))
    });
    for entry in ours {
        let path = entry.path();
        let opened = OpenOptions::new().write(true).open(&path);
        if opened.is_ok_and(|file| file.try_lock().is_ok()) {
            let path = path.to_string_lossy();
            remove_left(Path::new(path.trim_end_matches(OWN)), Path::new(&*path));
        }
    }
}

/// Removes what was broken off under its temporary name, and the empty file by which it had taken its last one where the disk
/// has no second names. What cannot be removed stands in nobody's way.
pub(crate) fn remove_left(path: &Path, partial: &Path) {
    let held = path.symlink_metadata();
    if held.is_ok_and(|held| held.is_file() && held.len() == 0) {
        let _ = fs::remove_file(path);
    }
    let _ = fs::remove_file(partial);
}

fn is_left(file: &fs::Metadata) -> bool {
    let age = file.modified().ok().and_then(|at| at.elapsed().ok());
    age.is_some_and(|age| age >= LEFT)
}

/// Writes a file that must not exist under the very name; a failed one is removed.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    // Where the disk knows no locks, nobody sweeps either.
    let _ = file.try_lock();
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .inspect_err(|_| {
            // The error tells of the disk; that removing failed too adds nothing.
            let _ = fs::remove_file(path);
        })
}

/// Gives the file `partial` the name `path`, which nothing may have: renaming would put it in place of what another
/// program wrote there a moment ago.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`], with both files as they were; whatever else the disk refuses.
pub(crate) fn name(partial: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(partial, path) {
        // A second name that stays is told by nobody: the file is whole under its own.
        Ok(()) => fs::remove_file(partial).or(Ok(())),
        Err(error) => match error.kind() {
            io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound => Err(error),
            // Disks such as FAT have no second names.
            _ => name_by_place_holder(partial, path),
        },
    }
}

/// Takes the name with an empty file first, which only one program can, and then puts the file in its place.
fn name_by_place_holder(partial: &Path, path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(path)?;
    fs::rename(partial, path).inspect_err(|_| {
        // Ours, and empty: the error tells of the disk.
        let _ = fs::remove_file(path);
    })
}

/// A file as it was read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    size: u64,
    modified: Option<SystemTime>,
    /// SHA-256 of its bytes.
    pub(crate) sha256: [u8; 32],
}

impl Seen {
    /// Reads a file whole.
    ///
    /// # Errors
    /// When it is not there or the disk refuses.
    pub(crate) fn read(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        // Before its bytes: what is written while they are read makes it younger than this.
        let metadata = file.metadata()?;
        Ok(Self {
            size: metadata.len(),
            modified: metadata.modified().ok(),
            sha256: read_hash(&mut file)?,
        })
    }

    /// Holds what is at `path` now to what was read: its name and size, and its bytes too where it was written to since,
    /// or where the disk's clock is too coarse to tell.
    ///
    /// # Errors
    /// [`Error::ChangedMeanwhile`].
    pub(crate) fn holds(&self, path: &Path) -> Result<(), Error> {
        let changed = || Error::ChangedMeanwhile {
            path: path.to_owned(),
        };
        let metadata = path.symlink_metadata().map_err(|_| changed())?;
        if !metadata.is_file() || metadata.len() != self.size {
            return Err(changed());
        }
        let modified = metadata.modified().ok();
        if modified == self.modified && modified.is_some_and(is_fine) {
            return Ok(());
        }
        let now = Self::read(path).map_err(|_| changed())?;
        match now.sha256 == self.sha256 {
            true => Ok(()),
            false => Err(changed()),
        }
    }
}

/// Whether the time has a part of a second: the clocks of FAT have none, and two seconds are time enough to change a file.
fn is_fine(time: SystemTime) -> bool {
    let since = time.duration_since(SystemTime::UNIX_EPOCH);
    since.is_ok_and(|since| since.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_file_has_its_name_when_it_is_whole_and_what_was_broken_off_stands_in_nobodys_way() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let names = || {
            let names = fs::read_dir(folder.path()).unwrap();
            let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
            names.sort();
            names
        };
        // As a program that was killed leaves it; what another program writes, or somebody else, is none of that.
        fs::write(at("1.pdf.part"), b"theirs").unwrap();
        let left = |name: &str| {
            fs::write(at(name), b"hal").unwrap();
            let file = OpenOptions::new().write(true).open(at(name)).unwrap();
            file.set_modified(SystemTime::now() - LEFT).unwrap();
            file
        };
        drop(left("0.xlsx.照审台.part"));
        drop(left("1.pdf.照审台.part"));
        // On a disk without second names its place was taken already.
        fs::write(at("1.pdf"), b"").unwrap();
        fs::create_dir(at("一.照审台.part")).unwrap();
        let held = left("2.pdf.照审台.part");
        fs::write(at("3.pdf.照审台.part"), b"not held ye").unwrap();
        held.lock().unwrap();
        write_new(&at("1.pdf"), b"whole").unwrap();
        assert_eq!(fs::read(at("1.pdf")).unwrap(), b"whole");
        assert_eq!(fs::read(at("1.pdf.part")).unwrap(), b"theirs");
        let told = write_new(&at("1.pdf"), b"other").unwrap_err();
        assert_eq!(told.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(at("1.pdf")).unwrap(), b"whole");
        let stay = [
            "1.pdf",
            "1.pdf.part",
            "2.pdf.照审台.part",
            "3.pdf.照审台.part",
            "一.照审台.part",
        ];
        assert_eq!(names(), stay);
        drop(held);
        write_new(&at("2.pdf"), b"whole").unwrap();
        assert!(!at("2.pdf.照审台.part").exists());
    }

    #[test]
    fn files_written_at_the_same_time_into_one_folder_are_all_there() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for thread in 0..8 {
                let folder = folder.path();
                scope.spawn(move || {
                    for nth in 0..40 {
                        let path = folder.join(format!("{thread}-{nth}.jpg"));
                        write_new(&path, b"whole").unwrap();
                    }
                });
            }
        });
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 320);
    }

    #[test]
    fn a_name_that_another_program_took_is_left_to_it() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for way in [name, name_by_place_holder] {
            fs::write(at("1.part"), b"ours").unwrap();
            way(&at("1.part"), &at("1.zip")).unwrap();
            assert_eq!(fs::read(at("1.zip")).unwrap(), b"ours");
            assert!(!at("1.part").exists());

            fs::write(at("1.part"), b"ours anew").unwrap();
            fs::write(at("1.zip"), b"theirs").unwrap();
            let told = way(&at("1.part"), &at("1.zip")).unwrap_err();
            assert_eq!(told.kind(), io::ErrorKind::AlreadyExists);
            assert_eq!(fs::read(at("1.zip")).unwrap(), b"theirs");
            assert_eq!(fs::read(at("1.part")).unwrap(), b"ours anew");
            fs::remove_file(at("1.zip")).unwrap();
        }
    }

    #[test]
    fn what_was_changed_or_taken_away_since_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("1.jpg");
        fs::write(&path, b"a photo").unwrap();
        let seen = Seen::read(&path).unwrap();
        seen.holds(&path).unwrap();
        let later = SystemTime::now() + std::time::Duration::from_secs(5);
        let touch = || {
            File::options()
                .write(true)
                .open(&path)
                .unwrap()
                .set_modified(later)
        };
        touch().unwrap();
        seen.holds(&path).unwrap();
        let told = |path: &Path| matches!(seen.holds(path), Err(Error::ChangedMeanwhile { .. }));
        fs::write(&path, b"A photo").unwrap();
        touch().unwrap();
        assert!(told(&path), "other bytes of the same number");
        fs::write(&path, b"a photo longer").unwrap();
        assert!(told(&path));
        fs::remove_file(&path).unwrap();
        assert!(told(&path));
    }
}
