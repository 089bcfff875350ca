//! A folder that people keep putting files into: which of them have come to rest and are new.
//!
//! Files are given when the folder as a whole has come to rest: what arrives within one such time is one import, so that
//! two photos of one student that arrive one after the other, as while a folder is copied in, have come together and a
//! person says which counts. A folder that never rests gives what lies still all the same, after a while.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use super::{Limits, ending, folder, names};
use crate::error::Error;

/// Endings that browsers and messengers give to files they are still writing.
const UNFINISHED: [&str; 9] = [
    "part",
    "partial",
    "crdownload",
    "download",
    "tmp",
    "td",
    "xltd",
    "aria2",
    "filepart",
];

/// Looks at which a file that lies still may end in the middle before it is told: its writer may only be slow.
const UNENDED_LOOKS: u32 = 20;

/// Looks one after the other at which no file came or changed, before those that came are given.
const SETTLING_LOOKS: u32 = 5;

/// Looks at which files lie still that are not given yet because others keep coming.
const LONGEST_LOOKS: u32 = 40;

/// What is known of the files of one folder.
#[derive(Debug, Clone, Default)]
pub struct DropFolder {
    seen: HashMap<PathBuf, Seen>,
    /// Looks since a file last came or changed.
    still_looks: u32,
    /// Looks since the first of those that are not given yet lay still.
    waiting_looks: u32,
}

#[derive(Debug, Clone)]
struct Seen {
    stamp: Stamp,
    taken: bool,
    /// Whether what is in it has an end; `None` before it was looked at.
    ended: Option<bool>,
    /// Looks at which it lay still and ended in the middle.
    unended_looks: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    size_bytes: u64,
    changed_at: Option<SystemTime>,
}

/// Files that came to rest and are new, as they were when they were looked at.
#[derive(Debug, Clone, Default)]
pub struct Resting {
    files: HashSet<PathBuf>,
    stamps: HashMap<PathBuf, Stamp>,
}

impl Resting {
    /// Their paths.
    pub fn files(&self) -> &HashSet<PathBuf> {
        &self.files
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

impl DropFolder {
    /// Looks at the folder: the files that are as they were at the last look, have an end, and were not taken so. None
    /// while others still come, for a while.
    ///
    /// # Errors
    /// When the folder is missing, unreadable, or holds too many files.
    pub fn look(
        &mut self,
        path: &Path,
        limits: &Limits,
        cancel: &AtomicBool,
    ) -> Result<Resting, Error> {
        std::fs::read_dir(path).map_err(|error| Error::io(path, error))?;
        let mut now = HashMap::new();
        let mut resting = Resting::default();
        let mut all_still = true;
        for entry in folder::entries(path, limits).flatten() {
            if cancel.load(Ordering::Relaxed) {
                return Ok(Resting::default());
            }
            let Some(stamp) = stamp_of(&entry) else {
                continue;
            };
            if now.len() as u64 >= limits.max_entries {
                return Err(Error::TooManyEntries {
                    path: path.to_owned(),
                    count: limits.max_entries + 1,
                    max: limits.max_entries,
                });
            }
            let before = self.seen.get(entry.path()).cloned();
            let seen = match before.filter(|seen| seen.stamp == stamp) {
                Some(seen) if seen.taken => seen,
                Some(seen) => seen.lay_still(entry.path()),
                None => {
                    all_still = false;
                    Seen::new(stamp)
                }
            };
            if !seen.taken && seen.ended == Some(true) {
                resting.files.insert(entry.path().to_owned());
                resting.stamps.insert(entry.path().to_owned(), stamp);
            }
            now.insert(entry.into_path(), seen);
        }
        self.seen = now;
        self.still_looks = match all_still {
            true => self.still_looks.saturating_add(1),
            false => 0,
        };
        self.waiting_looks = match resting.is_empty() {
            true => 0,
            false => self.waiting_looks.saturating_add(1),
        };
        let is_due = self.still_looks >= SETTLING_LOOKS || self.waiting_looks >= LONGEST_LOOKS;
        Ok(if is_due { resting } else { Resting::default() })
    }

    /// Notes that these were taken in. One that changed since it was given is new all the same.
    #[expect(clippy::iter_over_hash_type, reason = "each is marked by itself")]
    pub fn took(&mut self, resting: &Resting) {
        self.waiting_looks = 0;
        for (file, stamp) in &resting.stamps {
            if let Some(seen) = self.seen.get_mut(file) {
                seen.taken |= seen.stamp == *stamp;
            }
        }
    }

    /// Files that end in the middle and have not grown for long: they are not given before they change. By name.
    pub fn unended(&self) -> Vec<PathBuf> {
        let unended = self.seen.iter();
        let unended = unended.filter(|(_, seen)| seen.unended_looks >= UNENDED_LOOKS);
        let mut files: Vec<PathBuf> = unended.map(|(file, _)| file.clone()).collect();
        files.sort_unstable();
        files
    }
}

impl Seen {
    const fn new(stamp: Stamp) -> Self {
        Self {
            stamp,
            taken: false,
            ended: None,
            unended_looks: 0,
        }
    }

    /// After a further look at which it was as before.
    fn lay_still(mut self, path: &Path) -> Self {
        // What cannot be read now is given, so that the import says why.
        let ended = self
            .ended
            .unwrap_or_else(|| ending::has_end(path).unwrap_or(true));
        self.ended = Some(ended);
        self.unended_looks = self.unended_looks.saturating_add(u32::from(!ended));
        self
    }
}

/// The state of a file that may be taken in; `None` for folders, links, litter and files being written.
fn stamp_of(entry: &walkdir::DirEntry) -> Option<Stamp> {
    if !entry.file_type().is_file() {
        return None;
    }
    let is_unfinished = UNFINISHED
        .iter()
        .any(|ending| names::has_extension(entry.path(), ending));
    if is_unfinished || names::is_litter(&names::of_os(entry.file_name())) {
        return None;
    }
    let metadata = entry.metadata().ok()?;
    Some(Stamp {
        size_bytes: metadata.len(),
        changed_at: metadata.modified().ok(),
    })
    .filter(|stamp| stamp.size_bytes > 0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;

    use super::*;

    fn names_of(resting: &Resting) -> Vec<String> {
        let files = resting.files();
        let mut names: Vec<String> = files.iter().map(|file| names::of_path(file)).collect();
        names.sort();
        names
    }

    /// Looks until the folder gave something or has come to rest.
    fn looked(drop: &mut DropFolder, path: &Path) -> Resting {
        for _ in 0..=SETTLING_LOOKS {
            let found = look(drop, path);
            if !found.is_empty() {
                return found;
            }
        }
        Resting::default()
    }

    fn look(drop: &mut DropFolder, path: &Path) -> Resting {
        drop.look(path, &Limits::default(), &AtomicBool::new(false))
            .unwrap()
    }

    #[test]
    fn a_file_is_given_once_it_rests_and_again_when_it_changed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let mut drop = DropFolder::default();
        let mut taken = |took: bool| {
            let found = looked(&mut drop, path);
            if took {
                drop.took(&found);
            }
            names_of(&found)
        };
        fs::create_dir(path.join("一班")).unwrap();
        fs::write(path.join("一班/1.jpg"), b"12").unwrap();
        fs::write(path.join("2.jpg.crdownload"), b"12").unwrap();
        fs::write(path.join("空.jpg"), b"").unwrap();
        assert_eq!(taken(false), ["1.jpg"]);
        assert_eq!(taken(true), ["1.jpg"], "nobody took it");
        assert_eq!(taken(true), Vec::<String>::new());
        fs::write(path.join("一班/1.jpg"), b"123456").unwrap();
        assert_eq!(taken(true), ["1.jpg"], "it was replaced");
        assert_eq!(taken(true), Vec::<String>::new());
    }

    #[test]
    fn files_that_come_one_after_the_other_are_given_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let mut drop = DropFolder::default();
        // Another comes each time just before the folder would have rested, then one grows.
        for name in ["1.jpg", "2.jpg", "3.jpg", "2.jpg"] {
            let longer = fs::read(path.join(name)).unwrap_or_default().len() + 2;
            fs::write(path.join(name), vec![b'.'; longer]).unwrap();
            for _ in 0..SETTLING_LOOKS {
                assert!(look(&mut drop, path).is_empty(), "{name}");
            }
        }
        let found = look(&mut drop, path);
        assert_eq!(names_of(&found), ["1.jpg", "2.jpg", "3.jpg"]);
        drop.took(&found);
        // What comes when all of them are in is another import.
        fs::write(path.join("4.jpg"), b"12").unwrap();
        assert_eq!(names_of(&looked(&mut drop, path)), ["4.jpg"]);
    }

    #[test]
    fn a_folder_that_never_rests_gives_what_lies_still() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let mut drop = DropFolder::default();
        let mut given: Vec<usize> = Vec::new();
        for at in 0..3 * LONGEST_LOOKS {
            fs::write(path.join(format!("{at}.jpg")), b"12").unwrap();
            let found = look(&mut drop, path);
            if !found.is_empty() {
                drop.took(&found);
                given.push(found.files().len());
            }
        }
        let longest = LONGEST_LOOKS as usize;
        assert_eq!(given, [longest, longest]);
    }

    #[test]
    fn a_file_that_was_replaced_while_it_was_read_is_given_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let mut drop = DropFolder::default();
        fs::write(path.join("1.jpg"), b"12").unwrap();
        let read = looked(&mut drop, path);
        assert_eq!(names_of(&read), ["1.jpg"]);
        // The import of these bytes runs; meanwhile the file is replaced and the folder looked at.
        fs::write(path.join("1.jpg"), b"1234").unwrap();
        look(&mut drop, path);
        drop.took(&read);
        assert_eq!(names_of(&looked(&mut drop, path)), ["1.jpg"]);
    }

    #[test]
    fn a_half_written_picture_waits_and_is_told_in_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let mut drop = DropFolder::default();
        let photo = path.join("1.jpg");
        fs::write(&photo, b"\xFF\xD8\xFF\xDA\0\x02half a photo").unwrap();
        for _ in 0..UNENDED_LOOKS {
            assert!(look(&mut drop, path).is_empty());
            assert!(drop.unended().is_empty(), "its writer may be slow");
        }
        assert!(look(&mut drop, path).is_empty());
        assert_eq!(drop.unended(), std::slice::from_ref(&photo));
        fs::write(
            &photo,
            b"\xFF\xD8\xFF\xDA\0\x02half a photo and the rest\xFF\xD9",
        )
        .unwrap();
        assert!(look(&mut drop, path).is_empty());
        assert!(drop.unended().is_empty());
        assert_eq!(names_of(&looked(&mut drop, path)), ["1.jpg"]);
    }

    #[test]
    fn a_missing_folder_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("无");
        let looked =
            DropFolder::default().look(&missing, &Limits::default(), &AtomicBool::new(false));
        assert!(matches!(looked, Err(Error::NotFound { .. })));
    }
}
