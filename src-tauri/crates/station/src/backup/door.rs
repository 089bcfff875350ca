//! Restoring at the door: where the workspace of a host does not open, or there is none, a backup or one in a file is
//! restored beside it and takes its place.
//!
//! A keeper answers for it by a PIN where the people of the workspace, or of its newest backup, can still be read: an older
//! backup, from before there were PINs, would otherwise make whoever sits there keeper. Those of a sealed workspace are read by
//! its passphrase or recovery code, whatever is restored; that they can be read nowhere has to be confirmed, and is no leave. The people and PINs of what is restored
//! hold from then on. A workspace that opens is never replaced: whoever sits there restores from within it, as one of its
//! people.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use zhaoshen_exchange::delivery::{Remains, remains};
use zhaoshen_exchange::source::free_folder;
use zhaoshen_store::{
    Act, Backups, DoorCheck, LogFilter, NewWriting, Store, Unlock, WhoAnswers, WorkspaceKind,
    WritingKind,
};

use super::{Shelf, copy, list, noted, pins_of, restore};
use crate::app::{local_date, now};
use crate::failure::{failure, refused, store, workspace};
use crate::job::Progress;
use crate::wire::{
    BackupCard, BackupRestore, Code, DoorBackups, DoorCopy, DoorKeepers, DoorKey, DoorRestore,
    DoorRestored, Failure,
};
use crate::zh;

/// Why the workspace in `folder` opens for nobody, as far as can be told without its key; `None` where it may open, and where
/// there is none.
///
/// # Errors
/// When it does not open for another reason, such as another program that has it open.
pub fn damage(folder: &Path) -> Result<Option<Failure>, Failure> {
    match Store::fault_of(folder).map_err(|error| workspace(&error))? {
        None => Ok(None),
        Some(error) if error.is_damage() => Ok(Some(workspace(&error))),
        Some(error) => Err(workspace(&error)),
    }
}

/// The backups of the workspace in `folder`, and who answers for restoring one.
///
/// # Errors
/// When their folder cannot be read.
pub fn backups(folder: &Path) -> Result<DoorBackups, Failure> {
    let (keepers, names) = keepers(folder)?;
    let beside = restored_beside(folder).into_iter();
    Ok(DoorBackups {
        backups: list(folder)?.backups,
        sealed: Shelf::is_sealed(folder),
        keepers,
        names,
        beside: beside.map(|path| path.display().to_string()).collect(),
    })
}

/// Folders beside the workspace that are called as those that backups are restored into: a restoring that was killed leaves
/// one, whole or not, of which no log tells.
fn restored_beside(folder: &Path) -> Vec<PathBuf> {
    let begins = zh::restore_folder("");
    let parent = folder.parent().into_iter();
    let entries = parent.flat_map(|parent| fs::read_dir(parent).into_iter().flatten().flatten());
    let called_so = entries.filter(|entry| {
        let name = entry.file_name();
        name.to_string_lossy().starts_with(&begins) && Some(name.as_os_str()) != folder.file_name()
    });
    let mut beside: Vec<PathBuf> = called_so
        .map(|entry| entry.path())
        .filter(|path| path.is_dir() && remains(path) == Remains::There)
        .collect();
    beside.sort();
    beside
}

/// What is known of the keepers before anything is typed.
fn keepers(folder: &Path) -> Result<(DoorKeepers, Vec<String>), Failure> {
    let kind = Store::kind_of(folder).map_err(|error| workspace(&error))?;
    let shelf = Backups::of(folder);
    let known = match (kind, shelf.are_sealed(), shelf.has_key()) {
        (WorkspaceKind::Nothing, ..) => DoorKeepers::Nobody,
        (_, true, true) => DoorKeepers::Locked,
        (_, true, false) => DoorKeepers::Unread,
        (_, false, _) => match shelf.who_answers() {
            WhoAnswers::Keepers(keepers) => {
                let names = keepers.names().map(str::to_owned).collect();
                return Ok((DoorKeepers::Named, names));
            }
            WhoAnswers::Nobody => DoorKeepers::Nobody,
            WhoAnswers::Unread => DoorKeepers::Unread,
        },
    };
    Ok((known, Vec::new()))
}

/// Looks into a backup in a file, and holds it against the backups of the workspace in `folder`.
///
/// # Errors
/// When it is no backup in a file, or the passphrase is wrong.
pub fn look(folder: &Path, args: &DoorCopy) -> Result<BackupCard, Failure> {
    let file = Path::new(&args.file);
    let note = copy::Source::open(file, &args.passphrase)?.into_note();
    let shelf = Shelf::of_none(folder);
    let rows = shelf.0.list().map_err(|error| store(&error))?;
    // Before there were people nobody could have a PIN.
    let pins = note.pins.or((note.format < FIRST_WITH_PEOPLE).then_some(0));
    let caution = noted(
        (note.made_at, pins),
        &pins_of(&shelf.0, &rows),
        zh::backup_pins_unknown,
    );
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    Ok(super::card(name.into_owned(), note, caution))
}

/// First format that has people.
const FIRST_WITH_PEOPLE: u32 = 25;

/// Restores beside the workspace in `folder`, which does not open or is none, and gives what was restored its place;
/// `found` is what opening it by its key came to.
///
/// # Errors
/// Refused for a workspace that may open. [`Code::SignedOut`] where a keeper's PIN is needed, [`Code::NotAllowed`] for one that is
/// no keeper's, or while too many were wrong; [`Code::Conflict`] where the keepers can be read nowhere and that was not confirmed. For
/// a wrong passphrase. As [`restore`]. When the workspace cannot be moved: what was restored then lies
/// beside it.
pub fn put_in_place(
    folder: &Path,
    args: &DoorRestore,
    found: Option<&Failure>,
    progress: &Progress,
) -> Result<DoorRestored, Failure> {
    let kind = Store::kind_of(folder).map_err(|error| workspace(&error))?;
    let is_vacant = match kind {
        WorkspaceKind::Nothing => true,
        WorkspaceKind::Plain => damage(folder)?.is_some(),
        WorkspaceKind::Sealed => {
            damage(folder)?.is_some() || found.is_some_and(|found| found.code == Code::Damaged)
        }
    };
    if !is_vacant {
        return Err(refused(zh::RESTORE_OPENS));
    }
    let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else {
        return Err(refused(zh::RESTORE_NOWHERE));
    };
    let shelf = shelf(folder, kind, args)?;
    let by = match kind {
        WorkspaceKind::Nothing => zh::BY_DOOR.to_owned(),
        _ => answered_for(folder, &shelf, args)?,
    };
    let mut report = restore(&shelf, &request(parent, args), progress)?;
    let aside = free_folder(
        parent,
        &zh::aside_folder(&name.to_string_lossy(), &local_date(now())),
    );
    let restored = PathBuf::from(&report.folder);
    let is_aside = Store::replace(folder, &restored, &aside).map_err(|error| {
        let Failure { code, message, .. } = store(&error);
        Failure {
            code,
            message: zh::restored_beside(&report.folder, &message),
            detail: String::new(),
        }
    })?;
    report.folder = folder.display().to_string();
    let aside = match is_aside {
        true => aside.display().to_string(),
        false => String::new(),
    };
    record(folder, args, &aside, &by);
    Ok(DoorRestored { report, aside })
}

/// Who answers for what is done to a workspace that opens for nobody, as its log is told: a keeper by a PIN, nobody where
/// no keeper has one, and whoever has the key of a sealed one, or says so, where that can be read nowhere.
fn answered_for(folder: &Path, shelf: &Shelf, args: &DoorRestore) -> Result<String, Failure> {
    let keepers = match shelf.0.who_answers() {
        WhoAnswers::Keepers(keepers) => keepers,
        WhoAnswers::Nobody => return Ok(zh::BY_DOOR.to_owned()),
        WhoAnswers::Unread if args.unread || shelf.0.is_unlocked() => {
            return Ok(zh::BY_DOOR_UNREAD.to_owned());
        }
        WhoAnswers::Unread => return Err(failure(Code::Conflict, zh::RESTORE_UNREAD)),
    };
    let names: Vec<&str> = keepers.names().collect();
    if args.pin.is_empty() {
        return Err(failure(Code::SignedOut, zh::restore_pin(&names)));
    }
    let refused = match keepers.check(folder, &args.pin, now()) {
        Ok(DoorCheck::Right(name)) => return Ok(zh::by_keeper_at_door(&name)),
        Ok(DoorCheck::Wrong { wait }) => zh::restore_pin_wrong(&names, wait.as_secs()),
        Ok(DoorCheck::TooSoon { wait }) => zh::pin_too_soon(wait.as_secs().max(1)),
        Err(error) => return Err(store(&error)),
    };
    Err(failure(Code::NotAllowed, refused))
}

/// The backups, opened by the workspace's key wherever it has one: also where a file is restored, which they say by whom.
fn shelf(folder: &Path, kind: WorkspaceKind, args: &DoorRestore) -> Result<Shelf, Failure> {
    let typed = match args.name.as_str() {
        "" if kind == WorkspaceKind::Nothing || !Backups::of(folder).has_key() => {
            return Ok(Shelf::of_none(folder));
        }
        "" if args.workspace.is_empty() => {
            return Err(failure(Code::Workspace, zh::RESTORE_WORKSPACE_KEY));
        }
        "" => &args.workspace,
        _ => &args.passphrase,
    };
    let mut key = DoorKey {
        passphrase: typed.clone(),
        ..DoorKey::default()
    };
    let shelf = Shelf::of(folder, &key);
    key.wipe();
    shelf
}

fn request(parent: &Path, args: &DoorRestore) -> BackupRestore {
    BackupRestore {
        name: args.name.clone(),
        file: args.file.clone(),
        passphrase: match args.name.as_str() {
            "" => args.passphrase.clone(),
            _ => String::new(),
        },
        folder: parent.display().to_string(),
    }
}

/// Leaves a row in the log of what was restored, where it opens without being asked for more. It is in its place whatever
/// comes of this.
fn record(folder: &Path, args: &DoorRestore, aside: &str, by: &str) {
    let opened = match Store::kind_of(folder) {
        Ok(WorkspaceKind::Plain) => Store::open(folder),
        Ok(WorkspaceKind::Sealed) if !args.name.is_empty() => {
            Store::unlock(folder, Unlock::Passphrase(&args.passphrase))
        }
        _ => return,
    };
    let from = match args.name.as_str() {
        "" => &args.file,
        name => name,
    };
    let place = folder.display().to_string();
    let kept = opened.and_then(|store| {
        store.record_restored((from, &place), aside, None, (by, now()))?;
        note_beside(&store, folder, by)
    });
    if let Err(error) = kept {
        tracing::warn!(%error, "what was restored has no row of it in its log");
    }
}

/// Notes what lies beside of earlier tries that no row of the log tells of.
fn note_beside(store: &Store, folder: &Path, by: &str) -> zhaoshen_store::Result<()> {
    let beside = restored_beside(folder);
    if beside.is_empty() {
        return Ok(());
    }
    let filter = LogFilter {
        what: Some(Act::Restored),
        ..LogFilter::default()
    };
    let rows = store.log(&filter, 0, u32::MAX)?;
    let told = rows.iter().filter_map(|row| row.after.as_ref());
    let told: Vec<&str> = told
        .filter_map(|after| after.get("target").and_then(Value::as_str))
        .collect();
    for path in beside {
        let target = path.display().to_string();
        if told.contains(&target.as_str()) {
            continue;
        }
        let new = NewWriting {
            round: None,
            kind: WritingKind::Restore,
            number: 0,
            target,
        };
        store.begin_writing(&new, by, now())?;
    }
    Ok(())
}
