//! A folder with everything below it. Links are named and not followed; zip archives in it are
//! opened as if they were folders.

use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::order::Order;
use super::{Intake, Limits, RefusalCode, archive, names};
use crate::error::Error;

/// Gives every file below `source`.
pub(super) fn walk(source: &Path, name: &str, intake: &mut Intake<'_>) -> Result<(), Error> {
    let limits = intake.limits;
    for entry in entries(source, &limits) {
        if intake.is_cancelled() {
            break;
        }
        let Ok(entry) = entry else {
            let error = entry.err();
            let path = error.as_ref().and_then(walkdir::Error::path);
            let display = path.map_or_else(|| name.to_owned(), |path| display(source, name, path));
            intake.refuse(display, RefusalCode::Unreadable);
            continue;
        };
        if is_inner_folder(&entry, &limits) || !intake.wants(entry.path()) {
            continue;
        }
        intake.bound_entries(source)?;
        take_entry(source, name, &entry, intake);
    }
    Ok(())
}

fn take_entry(source: &Path, name: &str, entry: &DirEntry, intake: &mut Intake<'_>) {
    let display = display(source, name, entry.path());
    let kind = entry.file_type();
    if kind.is_symlink() {
        intake.refuse(display, RefusalCode::Link);
    } else if kind.is_dir() {
        intake.refuse(display, RefusalCode::TooDeep);
    } else if !kind.is_file() {
        intake.refuse(display, RefusalCode::NotAFile);
    } else if is_zip(entry, &display) {
        match archive::walk(entry.path(), &display, intake) {
            Ok(()) => {}
            Err(error) => intake.refuse(display, archive::refusal_of(&error)),
        }
    } else {
        intake.take_file(entry.path(), display);
    }
}

/// Everything below `source`, in the order in which it is taken.
pub(super) fn entries(
    source: &Path,
    limits: &Limits,
) -> impl Iterator<Item = Result<DirEntry, walkdir::Error>> {
    WalkDir::new(source)
        .min_depth(1)
        .max_depth(limits.max_depth)
        .follow_links(false)
        .sort_by_key(|entry| Order::of(&names::of_os(entry.file_name())))
        .into_iter()
}

/// Folders are no items, but for those at the bottom, whose files are not looked at.
fn is_inner_folder(entry: &DirEntry, limits: &Limits) -> bool {
    entry.file_type().is_dir() && entry.depth() < limits.max_depth
}

fn is_zip(entry: &DirEntry, display: &str) -> bool {
    entry.file_type().is_file()
        && !names::is_litter(display)
        && names::has_extension(entry.path(), "zip")
        && archive::is_archive(entry.path())
}

fn display(source: &Path, name: &str, path: &Path) -> String {
    let inner = path.strip_prefix(source).unwrap_or(path);
    let mut parts: Vec<String> = vec![name.to_owned()];
    parts.extend(inner.iter().map(names::of_os));
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}
