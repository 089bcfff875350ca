//! Making a workspace of a backup, or of one in a file, in a folder that is not there yet. Where it will lie is known before
//! anything is written, so that it can be noted.
//!
//! What of a backup is put where: `zhaoshen_store`. Giving the workspace its place at the door: [`super::door`].

use std::path::{Path, PathBuf};

use zhaoshen_exchange::source::free_folder;
use zhaoshen_store::Restored;

use super::{Shelf, copy, told};
use crate::app::count;
use crate::delivery::absolute;
use crate::failure::{refused, store};
use crate::job::Progress;
use crate::wire::{BackupRestore, BackupRestored, Failure};
use crate::zh;

/// Makes a workspace of a backup, or of one in a file.
///
/// # Errors
/// When there is no such backup or it is damaged; when the folder lies in the workspace, where a copy in clear would outlast
/// sealing and deletion, or cannot be written into; cancelled.
pub fn restore(
    shelf: &Shelf,
    args: &BackupRestore,
    progress: &Progress,
) -> Result<BackupRestored, Failure> {
    Restoration::of(shelf, args)?.run(progress)
}

/// What is to be made a workspace, and where.
pub(super) struct Restoration<'a> {
    shelf: &'a Shelf,
    origin: Origin<'a>,
    folder: PathBuf,
}

enum Origin<'a> {
    /// A backup of the workspace, by its name.
    Backup(&'a str),
    /// One in a file.
    File(Box<copy::Source>),
}

impl<'a> Restoration<'a> {
    /// Looks at what was asked for; nothing is written.
    pub(super) fn of(shelf: &'a Shelf, args: &'a BackupRestore) -> Result<Self, Failure> {
        let parent = Path::new(&args.folder);
        if shelf.0.workspace_holds(parent) {
            return Err(refused(zh::RESTORE_IN_WORKSPACE));
        }
        let (origin, name) = match (args.name.as_str(), args.file.as_str()) {
            ("", "") => return Err(refused(zh::BACKUP_NOTHING_CHOSEN)),
            ("", file) => {
                let source = copy::Source::open(Path::new(file), &args.passphrase)?;
                let name = source.name();
                (Origin::File(Box::new(source)), name)
            }
            (name, _) => (Origin::Backup(name), name.to_owned()),
        };
        let folder = free_folder(parent, &zh::restore_folder(&name));
        Ok(Self {
            shelf,
            origin,
            folder: absolute(&folder),
        })
    }

    /// The folder of the workspace, which is not there yet.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes it.
    pub(super) fn run(self, progress: &Progress) -> Result<BackupRestored, Failure> {
        progress.begin(zh::STAGE_RESTORE, 0);
        let restored = match self.origin {
            Origin::Backup(name) => self
                .shelf
                .0
                .restore(
                    name,
                    &self.folder,
                    progress.stop_flag(),
                    told(progress, zh::STAGE_RESTORE),
                )
                .map_err(|error| store(&error))?,
            Origin::File(mut source) => source.restore(&self.folder, progress)?,
        };
        Ok(report(&self.folder, &restored))
    }
}

fn report(folder: &Path, restored: &Restored) -> BackupRestored {
    BackupRestored {
        folder: folder.display().to_string(),
        rounds: count(restored.rounds),
        students: count(restored.listed),
        photos: count(restored.photos),
        missing: count(restored.missing.len()),
        log_rows: count(restored.log_last),
        sealed: restored.sealed,
    }
}
