//! What the suites over the headless crates share: a round in a temporary workspace.
//!
//! Not a test itself; the suites are the files under `tests/`.

pub mod example;

use std::path::{Path, PathBuf};

use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    Failure, IntakeReport, JobOutcome, PhotosImport, ReviewerSet, RosterCommit, RosterCommitted,
    RosterSource, RoundCreate,
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
    let path = path.to_string_lossy().into_owned();
    let preview = station.roster_preview(RosterSource {
        round,
        path: path.clone(),
        pasted: String::new(),
    })?;
    station.roster_commit(RosterCommit {
        round,
        path,
        pasted: String::new(),
        digest: preview.digest,
        accept_updates,
        without: Vec::new(),
        without_fields: Vec::new(),
        take_off: Vec::new(),
    })
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
    let paths = paths
        .iter()
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    let job = station.photos_import(PhotosImport { round, paths })?;
    match station.job_wait(job)? {
        JobOutcome::Intake { report } => Ok(report),
        other => unreachable!("an import ended as {other:?}"),
    }
}
