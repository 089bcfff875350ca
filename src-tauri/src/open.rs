//! Opens the folder of a delivery, of one written again, of prints, of an archive, of the last page of a round or of the
//! certificate of its deletion, and of a table, a file of text messages or a package of diagnostics in the system's file
//! manager, and a PDF of prints in its viewer.
//!
//! Only what this station wrote: the page names the delivery, the round, the kind of file, or the job that wrote and the number of its file, never a
//! path, so nothing else on the disk can be opened from it. In a debug build the path goes into the file that an environment
//! variable names, because no test can drive the file managers of every system.

use std::path::{Path, PathBuf};

use zhaoshen_station::wire::{Code, Failure, JobId, JobOutcome, RoundRef};
use zhaoshen_station::{Saved, Station};

use crate::bridge::internal;

/// Variable whose file takes the path in a debug build.
#[cfg(debug_assertions)]
const INSTEAD: &str = "ZHAOSHEN_OPENED";

/// Opens the folder of delivery `number` of `round`.
///
/// # Errors
/// [`Code::NotFound`] for a delivery that is not there or whose folder was moved, [`Code::Internal`] when the
/// system has nothing to open folders with.
pub(crate) fn delivery(station: &Station, round: i64, number: u32) -> Result<(), Failure> {
    let deliveries = station.delivery_list(RoundRef { round })?;
    let card = deliveries.into_iter().find(|card| card.number == number);
    let folder = card.map(|card| card.folder).unwrap_or_default();
    open(Path::new(&folder))
}

/// Opens the folder that the last page of `round` was saved to last.
///
/// # Errors
/// [`Code::NotFound`] where it was not saved since the station opened; as [`delivery`].
pub(crate) fn closing(station: &Station, round: i64) -> Result<(), Failure> {
    open(Path::new(&station.closing_folder(round)?))
}

/// Opens the folder that the certificate of the deletion of `round` was saved to last.
///
/// # Errors
/// As [`closing`].
pub(crate) fn certificate(station: &Station, round: i64) -> Result<(), Failure> {
    open(Path::new(&station.certificate_folder(round)?))
}

/// Opens the folder that a file of this kind was saved to last.
///
/// # Errors
/// As [`closing`].
pub(crate) fn saved(station: &Station, of: Saved) -> Result<(), Failure> {
    open(Path::new(&station.saved_folder(of)?))
}

/// Opens what the job wrote: a file of its prints, or the folder.
///
/// # Errors
/// [`Code::NotFound`] for a job that wrote no folder, or what was moved; as [`delivery`].
pub(crate) fn written(station: &Station, job: u32, file: Option<usize>) -> Result<(), Failure> {
    let outcome = station.job_show(JobId { job })?.outcome;
    let Some((folder, files)) = outcome.and_then(folder_of) else {
        return Err(gone(Path::new("")));
    };
    let folder = folder.as_path();
    match file {
        // A folder that is gone is told as itself, not as a file that is missing.
        Some(at) if folder.is_dir() => match files.get(at) {
            Some(name) => open(&folder.join(name)),
            None => Err(gone(folder)),
        },
        _ => open(folder),
    }
}

/// The folder that such a job wrote into, and the files of its prints.
fn folder_of(outcome: JobOutcome) -> Option<(PathBuf, Vec<String>)> {
    match outcome {
        JobOutcome::Prints { report } => Some((report.folder.into(), report.files)),
        JobOutcome::Repeated { report } => Some((report.folder.into(), Vec::new())),
        JobOutcome::Archive { report } => {
            let folder = Path::new(&report.path).parent()?;
            Some((folder.to_owned(), Vec::new()))
        }
        _ => None,
    }
}

fn gone(path: &Path) -> Failure {
    Failure {
        code: Code::NotFound,
        message: format!(
            "“{}”不在了：可能已被移动、改名或删除，或所在的磁盘、U 盘已拔出",
            path.display()
        ),
        detail: String::new(),
    }
}

fn open(path: &Path) -> Result<(), Failure> {
    if !path.exists() {
        return Err(gone(path));
    }
    #[cfg(debug_assertions)]
    if let Some(instead) = std::env::var_os(INSTEAD) {
        let told = std::fs::write(instead, path.display().to_string());
        return told.map_err(|error| internal(&error.to_string()));
    }
    opener::open(path).map_err(|error| internal(&error.to_string()))
}

#[cfg(test)]
mod tests {
    use zhaoshen_station::wire::ArchiveReport;

    use super::*;

    #[test]
    fn of_an_archive_its_folder_is_opened_and_of_a_job_that_wrote_none_nothing() {
        let inside = Path::new("D").join("归档");
        let report = ArchiveReport {
            path: inside.join("归档.zip").display().to_string(),
            sha256: String::new(),
            bytes: 1.0,
            entries: 1,
            passphrase: None,
            lacks: String::new(),
        };
        let folder = folder_of(JobOutcome::Archive { report });
        assert_eq!(folder, Some((inside, Vec::new())));
        assert_eq!(folder_of(JobOutcome::Example { round: 1 }), None);
    }
}
