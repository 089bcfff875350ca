//! Whether a path leads into the workspace, where nothing of the user's belongs.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

/// Whether `path`, which need not exist, lies in the workspace `dir`, by whatever name: links are followed, and a folder that
/// is mounted at a second place is the same folder there.
pub(crate) fn holds(dir: &Path, path: &Path) -> bool {
    let Ok(own) = dir.canonicalize() else {
        return false;
    };
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let existing = absolute
        .ancestors()
        .find_map(|part| part.canonicalize().ok());
    existing.is_some_and(|part| part.starts_with(&own) || lies_in(&part, &folders_of(&own)))
}

/// What tells a folder from all others, whatever path leads to it; `None` where the system does not say.
#[cfg(unix)]
fn folder_id(folder: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    let metadata = folder.metadata().ok()?;
    metadata.is_dir().then(|| (metadata.dev(), metadata.ino()))
}

/// As on Unix; here paths that were made canonical say it.
#[cfg(not(unix))]
const fn folder_id(_: &Path) -> Option<(u64, u64)> {
    None
}

/// The workspace's folder and those directly in it, each of which can be mounted elsewhere by itself.
fn folders_of(own: &Path) -> HashSet<(u64, u64)> {
    let entries = fs::read_dir(own).into_iter().flatten().flatten();
    let within = entries.filter_map(|entry| folder_id(&entry.path()));
    within.chain(folder_id(own)).collect()
}

/// Whether a folder that is there, or one above it, is one of these.
fn lies_in(folder: &Path, folders: &HashSet<(u64, u64)>) -> bool {
    let mut ids = folder.ancestors().filter_map(folder_id);
    ids.any(|id| folders.contains(&id))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn what_lies_in_the_workspace_is_told_by_its_path() {
        let outer = tempfile::tempdir().unwrap();
        let own = outer.path().join("own");
        fs::create_dir_all(own.join("photos/ab")).unwrap();
        fs::create_dir(outer.path().join("own2")).unwrap();
        for (path, is_within) in [
            ("own", true),
            ("own/new/folder", true),
            ("own/photos/ab/new", true),
            ("own2/new", false),
            ("new", false),
            ("", false),
        ] {
            assert_eq!(holds(&own, &outer.path().join(path)), is_within, "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_is_known_by_itself_whatever_leads_to_it() {
        let outer = tempfile::tempdir().unwrap();
        let own = outer.path().join("own");
        fs::create_dir_all(own.join("photos/ab")).unwrap();
        fs::create_dir(outer.path().join("other")).unwrap();
        let folders = folders_of(&own);
        // As if the folder itself, or one within it, were the only one that the path shows of the workspace.
        for within in ["own", "own/photos", "own/photos/ab"] {
            assert!(lies_in(&outer.path().join(within), &folders), "{within}");
        }
        for without in ["", "other"] {
            assert!(!lies_in(&outer.path().join(without), &folders), "{without}");
        }
    }
}
