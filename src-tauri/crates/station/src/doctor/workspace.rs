//! What the doctor says of a workspace: of an open one, and of one in a folder.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use zhaoshen_exchange::machine::{self, Drive};
use zhaoshen_store::{DATABASE_FILE, Format, Store, WorkspaceKind};

use super::{Depth, OLDER_FORMAT, told};
use crate::app::{local_time, now};
use crate::failure::{store, workspace};
use crate::seal::with_key;
use crate::wire::{DoctorArea, DoctorFinding, DoctorState, DoorKey, Failure};
use crate::{Inner, Station, zh};

/// Age from which the newest backup is too old, days.
const OLD_DAYS: i64 = 7;

/// Originals that a sample reads.
const SAMPLE: usize = 200;

/// Looks over the workspace.
pub(super) fn look(inner: &Inner, depth: Depth) -> Vec<DoctorFinding> {
    let mut findings = parts(inner);
    findings.push(originals(inner, depth));
    findings.push(database(inner));
    findings.push(log(inner));
    findings.push(backups(inner));
    findings.push(writing(inner));
    findings.extend(folder_of(inner.store.dir(), inner.store.is_sealed()));
    findings
}

/// Looks over what lies in `folder`. Opens a workspace only where that changes nothing of it: not one that opening would bring
/// up to date or finish sealing; a sealed one with a key alone.
pub(super) fn look_at(folder: &Path, key: &DoorKey, depth: Depth) -> Vec<DoctorFinding> {
    let opens = |state, text: &str| of_workspace("open", state, text);
    let has_key = !key.passphrase.is_empty();
    if Store::is_being_sealed(folder) {
        return vec![opens(DoctorState::Note, zh::DOCTOR_HALF_SEALED)];
    }
    match Store::kind_of(folder) {
        Err(error) => vec![opens(DoctorState::Bad, &workspace(&error).message)],
        Ok(WorkspaceKind::Nothing) => vec![opens(DoctorState::Note, zh::DOCTOR_NO_WORKSPACE)],
        Ok(WorkspaceKind::Sealed) if has_key && folder.join(DATABASE_FILE).is_file() => {
            let format = Store::format_of_sealed(folder, with_key(key));
            within(folder, format, true, depth, || Station::unlock(folder, key))
        }
        Ok(WorkspaceKind::Sealed) => {
            let mut findings = vec![match folder.join(DATABASE_FILE).is_file() {
                true => opens(DoctorState::Unknown, zh::DOCTOR_LOCKED),
                false => opens(DoctorState::Bad, zh::DOCTOR_DATABASE_MISSING),
            }];
            findings.extend(folder_of(folder, true));
            findings
        }
        Ok(WorkspaceKind::Plain) => {
            let format = Store::format_of(folder);
            within(folder, format, false, depth, || Station::open(folder))
        }
    }
}

/// Opens a workspace of this format and looks over it; one of an earlier version stays shut.
fn within(
    folder: &Path,
    format: zhaoshen_store::Result<Format>,
    sealed: bool,
    depth: Depth,
    open: impl FnOnce() -> Result<Station, Failure>,
) -> Vec<DoctorFinding> {
    let bad = |text: String| {
        let mut findings = vec![of_workspace("open", DoctorState::Bad, text)];
        if sealed {
            findings.extend(folder_of(folder, true));
        }
        findings
    };
    match format {
        Err(error) => bad(workspace(&error).message),
        Ok(format) if format.is_older() => {
            let text = zh::doctor_older(format.found, format.known);
            let mut findings = vec![of_workspace(OLDER_FORMAT, DoctorState::Note, text)];
            findings.extend(folder_of(folder, sealed));
            findings
        }
        Ok(_) => match open() {
            Ok(station) => look(&station.seat.inner, depth),
            Err(failure) => bad(failure.message),
        },
    }
}

/// What is told of a workspace without opening it.
fn folder_of(folder: &Path, sealed: bool) -> [DoctorFinding; 3] {
    let sealed = match sealed {
        true => of_workspace("sealed", DoctorState::Good, zh::DOCTOR_SEALED),
        false => of_workspace("sealed", DoctorState::Note, zh::DOCTOR_PLAIN),
    };
    let permissions = match machine::is_open_to_others(folder) {
        Some(false) => of_workspace("permissions", DoctorState::Good, zh::DOCTOR_PRIVATE),
        Some(true) => of_workspace("permissions", DoctorState::Note, zh::DOCTOR_OPEN),
        None => of_workspace("permissions", DoctorState::Unknown, zh::DOCTOR_UNKNOWN),
    };
    let drive = match machine::drive(folder) {
        Drive::Local => of_workspace("drive", DoctorState::Good, zh::DOCTOR_LOCAL),
        Drive::Network => of_workspace("drive", DoctorState::Bad, zh::DOCTOR_NETWORK),
        Drive::Unknown => of_workspace("drive", DoctorState::Unknown, zh::DOCTOR_UNKNOWN),
    };
    [sealed, permissions, drive]
}

fn of_workspace(code: &str, state: DoctorState, text: impl Into<String>) -> DoctorFinding {
    told(DoctorArea::Workspace, code, state, text)
}

/// What it holds, and whether the originals are there.
fn parts(inner: &Inner) -> Vec<DoctorFinding> {
    let health = match inner.store.health() {
        Ok(health) => health,
        Err(error) => {
            return vec![of_workspace(
                "open",
                DoctorState::Bad,
                store(&error).message,
            )];
        }
    };
    let opened = zh::doctor_opened(health.format, health.listed, health.photos);
    let photos = match health.missing {
        0 => of_workspace(
            "photos",
            DoctorState::Good,
            zh::doctor_photos(health.photos),
        ),
        missing => of_workspace(
            "photos",
            DoctorState::Bad,
            zh::doctor_missing(missing, health.photos),
        ),
    };
    let mut findings = vec![of_workspace("open", DoctorState::Good, opened), photos];
    if health.unnamed > 0 {
        let text = zh::doctor_unnamed(health.unnamed, &health.unnamed_first);
        findings.push(of_workspace("unnamed", DoctorState::Bad, text));
    }
    findings
}

/// Whether originals are what came in. Of many a few are read, others each day.
fn originals(inner: &Inner, depth: Depth) -> DoctorFinding {
    let most = (depth == Depth::Sample).then_some(SAMPLE);
    let day = now().as_second() / (24 * 60 * 60);
    let turn = usize::try_from(day).unwrap_or_default();
    match inner
        .store
        .check_photos(most, turn, &AtomicBool::new(false))
    {
        Ok(check) => {
            let state = match check.differing {
                0 => DoctorState::Good,
                _ => DoctorState::Bad,
            };
            of_workspace("originals", state, zh::doctor_originals(check))
        }
        Err(error) => of_workspace("originals", DoctorState::Bad, store(&error).message),
    }
}

fn database(inner: &Inner) -> DoctorFinding {
    match inner.store.inspect() {
        Ok(()) => of_workspace("database", DoctorState::Good, zh::DOCTOR_SOUND),
        Err(error) => of_workspace("database", DoctorState::Bad, store(&error).message),
    }
}

fn log(inner: &Inner) -> DoctorFinding {
    match inner.store.verify_log(&AtomicBool::new(false)) {
        Ok(check) if check.holds() => of_workspace("log", DoctorState::Good, zh::DOCTOR_SOUND),
        Ok(check) => of_workspace("log", DoctorState::Bad, zh::doctor_log(check.found)),
        Err(error) => of_workspace("log", DoctorState::Bad, store(&error).message),
    }
}

/// Deliveries and archives that were broken off.
fn writing(inner: &Inner) -> DoctorFinding {
    match crate::unfinished::lines(inner) {
        Ok(lines) if lines.is_empty() => {
            of_workspace("unfinished", DoctorState::Good, zh::DOCTOR_NONE_UNFINISHED)
        }
        Ok(lines) => of_workspace("unfinished", DoctorState::Bad, lines.join("；")),
        Err(failure) => of_workspace("unfinished", DoctorState::Bad, &failure.message),
    }
}

fn backups(inner: &Inner) -> DoctorFinding {
    match inner.store.backups().unreadable() {
        Ok(names) if names.is_empty() => {}
        Ok(names) => {
            let text = zh::doctor_backups_unreadable(&names);
            return of_workspace("backups", DoctorState::Bad, text);
        }
        Err(error) => return of_workspace("backups", DoctorState::Bad, store(&error).message),
    }
    let at = now();
    let (newest, ahead) = match inner.store.backups().list() {
        Ok(rows) => {
            let (past, ahead): (Vec<_>, Vec<_>) =
                rows.into_iter().partition(|row| row.note.made_at <= at);
            let number = ahead.len();
            (past.into_iter().chain(ahead).next(), number)
        }
        Err(error) => return of_workspace("backups", DoctorState::Bad, store(&error).message),
    };
    let Some(newest) = newest else {
        // Nothing was logged yet: there is nothing to lose.
        let head = inner.store.log_head();
        let empty = head.is_ok_and(|head| head.is_none_or(|head| head.last == 0));
        let state = if empty {
            DoctorState::Good
        } else {
            DoctorState::Note
        };
        return of_workspace("backups", state, zh::DOCTOR_NO_BACKUP);
    };
    if ahead > 0 {
        return of_workspace("backups", DoctorState::Bad, zh::doctor_backups_ahead(ahead));
    }
    let days = at.duration_since(newest.note.made_at).as_hours() / 24;
    let head = inner.store.log_head();
    let behind = head.is_ok_and(|head| head.is_some_and(|head| head.last > newest.note.log_last));
    let state = match behind && days >= OLD_DAYS {
        true => DoctorState::Bad,
        false => DoctorState::Good,
    };
    of_workspace(
        "backups",
        state,
        zh::doctor_backup(&local_time(newest.note.made_at), days),
    )
}
