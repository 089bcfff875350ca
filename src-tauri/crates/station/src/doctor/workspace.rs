//! What the doctor says of a workspace: of an open one, and of one in a folder.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use zhaoshen_exchange::machine::{self, Drive};
use zhaoshen_store::{DATABASE_FILE, Store, WorkspaceKind};

use super::{OLDER_FORMAT, told};
use crate::app::{local_time, now};
use crate::failure::{store, workspace};
use crate::wire::{DoctorArea, DoctorFinding, DoctorState};
use crate::{Inner, Station, zh};

/// Age from which the newest backup is too old, days.
const OLD_DAYS: i64 = 7;

/// Looks over the workspace.
pub(super) fn look(inner: &Inner) -> Vec<DoctorFinding> {
    let mut findings = parts(inner);
    findings.push(database(inner));
    findings.push(log(inner));
    findings.push(backups(inner));
    findings.push(writing(inner));
    findings.extend(folder_of(inner.store.dir(), inner.store.is_sealed()));
    findings
}

/// Looks over what lies in `folder`. Opens a workspace only where that changes nothing of it: not a sealed one, not one
/// that opening would bring up to date or finish sealing.
pub(super) fn look_at(folder: &Path) -> Vec<DoctorFinding> {
    let opens = |state, text: &str| of_workspace("open", state, text);
    if Store::is_being_sealed(folder) {
        return vec![opens(DoctorState::Note, zh::DOCTOR_HALF_SEALED)];
    }
    match Store::kind_of(folder) {
        Err(error) => vec![opens(DoctorState::Bad, &workspace(&error).message)],
        Ok(WorkspaceKind::Nothing) => vec![opens(DoctorState::Note, zh::DOCTOR_NO_WORKSPACE)],
        Ok(WorkspaceKind::Sealed) => {
            let mut findings = vec![match folder.join(DATABASE_FILE).is_file() {
                true => opens(DoctorState::Unknown, zh::DOCTOR_LOCKED),
                false => opens(DoctorState::Bad, zh::DOCTOR_DATABASE_MISSING),
            }];
            findings.extend(folder_of(folder, true));
            findings
        }
        Ok(WorkspaceKind::Plain) => plain(folder),
    }
}

fn plain(folder: &Path) -> Vec<DoctorFinding> {
    let bad = |text: String| vec![of_workspace("open", DoctorState::Bad, text)];
    match Store::format_of(folder) {
        Err(error) => bad(workspace(&error).message),
        Ok(format) if format.is_older() => {
            let text = zh::doctor_older(format.found, format.known);
            let mut findings = vec![of_workspace(OLDER_FORMAT, DoctorState::Note, text)];
            findings.extend(folder_of(folder, false));
            findings
        }
        Ok(_) => match Station::open(folder) {
            Ok(station) => look(&station.seat.inner),
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
    let rows = |table: &str| {
        let found = health.rows.iter().find(|(name, _)| name == table);
        found.map_or(0, |(_, rows)| *rows)
    };
    let opened = zh::doctor_opened(health.format, rows("student"), health.photos);
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
    let newest = match inner.store.backups().list() {
        Ok(rows) => rows.into_iter().next(),
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
    let days = now().duration_since(newest.note.made_at).as_hours() / 24;
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
