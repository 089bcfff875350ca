//! A folder that people keep putting files into: which of them have come to rest and are new.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use super::{Limits, folder, names};
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

/// What is known of the files of one folder.
#[derive(Debug, Clone, Default)]
pub struct DropFolder {
    seen: HashMap<PathBuf, Seen>,
}

#[derive(Debug, Clone)]
struct Seen {
    stamp: Stamp,
    taken: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    size_bytes: u64,
    changed_at: Option<SystemTime>,
}

impl DropFolder {
    /// Looks at the folder: the files that are as they were at the last look and were not taken so.
    ///
    /// # Errors
    /// When the folder is missing, unreadable, or holds too many files.
    pub fn look(
        &mut self,
        path: &Path,
        limits: &Limits,
        cancel: &AtomicBool,
    ) -> Result<HashSet<PathBuf>, Error> {
        std::fs::read_dir(path).map_err(|error| Error::io(path, error))?;
        let mut now = HashMap::new();
        let mut settled = HashSet::new();
        for entry in folder::entries(path, limits).flatten() {
            if cancel.load(Ordering::Relaxed) {
                return Ok(HashSet::new());
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
            let before = self
                .seen
                .get(entry.path())
                .filter(|seen| seen.stamp == stamp);
            let taken = before.is_some_and(|seen| seen.taken);
            if before.is_some() && !taken {
                settled.insert(entry.path().to_owned());
            }
            now.insert(entry.into_path(), Seen { stamp, taken });
        }
        self.seen = now;
        Ok(settled)
    }

    /// Notes that `files` were taken in as they were at the last look.
    #[expect(clippy::iter_over_hash_type, reason = "each is marked by itself")]
    pub fn took(&mut self, files: &HashSet<PathBuf>) {
        for (file, seen) in &mut self.seen {
            seen.taken |= files.contains(file);
        }
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

    fn names_of(files: &HashSet<PathBuf>) -> Vec<String> {
        let mut names: Vec<String> = files.iter().map(|file| names::of_path(file)).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_given_once_it_rests_and_again_when_it_changed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let mut drop = DropFolder::default();
        let mut look = |took: bool| {
            let found = drop
                .look(path, &Limits::default(), &AtomicBool::new(false))
                .unwrap();
            if took {
                drop.took(&found);
            }
            names_of(&found)
        };
        fs::create_dir(path.join("一班")).unwrap();
        fs::write(path.join("一班/1.jpg"), b"12").unwrap();
        fs::write(path.join("2.jpg.crdownload"), b"12").unwrap();
        fs::write(path.join("空.jpg"), b"").unwrap();
        assert_eq!(look(true), Vec::<String>::new(), "seen for the first time");
        fs::write(path.join("一班/1.jpg"), b"1234").unwrap();
        assert_eq!(look(true), Vec::<String>::new(), "it grew");
        assert_eq!(look(false), ["1.jpg"]);
        assert_eq!(look(true), ["1.jpg"], "nobody took it");
        assert_eq!(look(true), Vec::<String>::new());
        fs::write(path.join("一班/1.jpg"), b"123456").unwrap();
        assert_eq!(look(true), Vec::<String>::new());
        assert_eq!(look(true), ["1.jpg"], "it was replaced");
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
