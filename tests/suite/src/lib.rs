//! What the suites over the headless crates share: a round in a temporary workspace.
//!
//! Not a test itself; the suites are the files under `tests/`.

pub mod example;

use std::path::{Path, PathBuf};

use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    Empty, Failure, FilingReport, IntakeReport, JobOutcome, PersonAdd, PhotosImport, PhotosKind,
    PinChange, ReviewerSet, RoleSet, RosterCommit, RosterCommitted, RosterSource, RoundCreate,
    SignIn,
};

/// Name the suites review under.
pub const REVIEWER: &str = "测试员";

/// A station over a new workspace in `folder`, with one round.
///
/// # Errors
/// What the station refuses.
pub fn new_round(folder: &Path, profile: &str) -> Result<(Station, i64), Failure> {
    let station = Station::open(&folder.join("workspace"))?;
    station.reviewer_set(ReviewerSet {
        name: REVIEWER.to_owned(),
        pin: String::new(),
    })?;
    let card = station.round_create(RoundCreate {
        name: "测试批次".to_owned(),
        school_code: "10054".to_owned(),
        opens_on: "2026-11-01".to_owned(),
        closes_on: "2026-11-30".to_owned(),
        profile: profile.to_owned(),
    })?;
    Ok((station, card.round))
}

/// The PIN of everybody whom the suites add.
pub const PIN: &str = "739154";

/// Adds a person with [`PIN`] to the workspace of the suites' reviewer, who has it from then on.
///
/// # Errors
/// What the station refuses.
pub fn add_person(station: &Station, name: &str, roles: RoleSet) -> Result<i64, Failure> {
    if !station.app_status(Empty {})?.seat.has_pin {
        station.pin_change(PinChange {
            old: String::new(),
            new: PIN.to_owned(),
        })?;
    }
    let view = station.person_add(PersonAdd {
        name: name.to_owned(),
        roles,
        pin: PIN.to_owned(),
    })?;
    Ok(view.people.last().map_or(0, |row| row.person))
}

/// Has a person of that name sit at the session; one who may do everything is added where there is none.
///
/// # Errors
/// What the station refuses.
pub fn sit_down(station: &Station, name: &str) -> Result<(), Failure> {
    let seat = station.app_status(Empty {})?.seat;
    let known = seat.people.iter().find(|row| row.name == name);
    let person = match known {
        Some(row) => row.person,
        None => add_person(
            station,
            name,
            RoleSet {
                reviewer: true,
                lead: true,
                keeper: true,
            },
        )?,
    };
    if seat.person == Some(person) {
        return Ok(());
    }
    let pin = PIN.to_owned();
    station.sign_in(SignIn { person, pin }).map(|_| ())
}

/// Previews and commits a roster workbook.
///
/// # Errors
/// What the station refuses.
pub fn import_roster(
    station: &Station,
    round: i64,
    path: &Path,
    accept_updates: bool,
) -> Result<RosterCommitted, Failure> {
    let source = RosterSource {
        round,
        path: path.to_string_lossy().into_owned(),
        pasted: String::new(),
    };
    let preview = station.roster_preview(source.clone())?;
    station.roster_commit(RosterCommit::whole(source, &preview, accept_updates))
}

/// Imports photos and waits until they are checked.
///
/// # Errors
/// What the station refuses, or the job's failure.
pub fn import_photos(
    station: &Station,
    round: i64,
    paths: &[PathBuf],
) -> Result<IntakeReport, Failure> {
    import_photos_as(station, round, paths, false)
}

/// Files pictures of 采集码.
///
/// # Errors
/// What the station refuses, or the job's failure.
pub fn import_codes(
    station: &Station,
    round: i64,
    paths: &[PathBuf],
) -> Result<FilingReport, Failure> {
    match import(station, round, paths, PhotosKind::Codes)? {
        JobOutcome::Codes { report } => Ok(report),
        other => unreachable!("an import ended as {other:?}"),
    }
}

/// Files reference photos.
///
/// # Errors
/// What the station refuses, or the job's failure.
pub fn import_references(
    station: &Station,
    round: i64,
    paths: &[PathBuf],
) -> Result<FilingReport, Failure> {
    match import(station, round, paths, PhotosKind::References)? {
        JobOutcome::References { report } => Ok(report),
        other => unreachable!("an import ended as {other:?}"),
    }
}

fn import(
    station: &Station,
    round: i64,
    paths: &[PathBuf],
    kind: PhotosKind,
) -> Result<JobOutcome, Failure> {
    let paths = paths
        .iter()
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    let job = station.photos_import(PhotosImport {
        round,
        paths,
        kind,
        delivery: None,
    })?;
    station.job_wait(job)
}

/// As [`import_photos`]; whether it is what the studio gave back.
///
/// # Errors
/// What the station refuses, or the job's failure.
pub fn import_photos_as(
    station: &Station,
    round: i64,
    paths: &[PathBuf],
    returned: bool,
) -> Result<IntakeReport, Failure> {
    let kind = match returned {
        true => PhotosKind::Returned,
        false => PhotosKind::Photos,
    };
    match import(station, round, paths, kind)? {
        JobOutcome::Intake { report } => Ok(report),
        other => unreachable!("an import ended as {other:?}"),
    }
}
