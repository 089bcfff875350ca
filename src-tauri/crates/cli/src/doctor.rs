//! `zhaoshen doctor`: looks over this computer and the workspace, and saves a package of diagnostics.

use std::path::PathBuf;

use clap::Args;
use zhaoshen_station::doctor::{self, Depth};
use zhaoshen_station::seal;
use zhaoshen_station::wire::{
    Code, DiagnosticsSave, DoctorFinding, DoctorReport, DoctorState, DoorState, Failure,
};

use crate::passphrase::{PassphraseArgs, Typed};
use crate::workspace::Place;
use crate::{Outcome, terminal, zh};

#[derive(Debug, Args)]
pub(crate) struct DoctorArgs {
    #[arg(long, help = zh::doctor::PACKAGE)]
    package: Option<PathBuf>,
    #[arg(long, help = zh::doctor::ALL_PHOTOS)]
    all_photos: bool,
    #[command(flatten)]
    passphrase: PassphraseArgs,
    #[arg(long, help = zh::JSON)]
    json: bool,
}

/// Tells what was found; a workspace that cannot be opened is told, too.
pub(crate) fn run(place: &Place, args: &DoctorArgs) -> Result<Outcome, Failure> {
    let key = key(place, args)?;
    let depth = match args.all_photos {
        true => Depth::All,
        false => Depth::Sample,
    };
    let report = doctor::look_into(place.folder(), &key, depth);
    if args.json {
        terminal::json(&report);
    } else {
        tell(&report);
    }
    if let Some(folder) = &args.package {
        let of_older = |finding: &DoctorFinding| finding.code == doctor::OLDER_FORMAT;
        if report.findings.iter().any(of_older) {
            return Err(Failure {
                code: Code::Refused,
                message: zh::doctor::PACKAGE_OF_OLDER.to_owned(),
                detail: String::new(),
            });
        }
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.clone());
        let args = DiagnosticsSave {
            folder: folder.display().to_string(),
        };
        let opened = match key.passphrase.is_empty() {
            true => place.open(),
            false => place.open_by(&key),
        };
        let saved = match opened.and_then(|station| station.diagnostics_save(args)) {
            Err(_) if is_broken(&report) => doctor::save_shut(place.folder(), &report, &folder)?,
            saved => saved?,
        };
        terminal::line(&format!("{}{}", zh::WRITTEN, saved.path));
    }
    Ok(Outcome::findings_if(!report.sound || is_unopened(&report)))
}

/// What opens a sealed workspace, where somebody sits who can be asked, or it is piped in; nothing otherwise, and then it is
/// looked at from outside.
fn key(place: &Place, args: &DoctorArgs) -> Result<Typed, Failure> {
    let locked = seal::door(place.folder()).is_ok_and(|door| door.state == DoorState::Locked);
    match locked {
        true => args
            .passphrase
            .read_as(zh::doctor::PASSPHRASE)
            .map(Typed::of),
        false => Ok(Typed::default()),
    }
}

/// Whether the workspace is so damaged that nothing can be read of it: what was found is packed all the same.
fn is_broken(report: &DoctorReport) -> bool {
    let broken = |finding: &DoctorFinding| {
        finding.state == DoctorState::Bad && ["open", "database"].contains(&finding.code.as_str())
    };
    report.findings.iter().any(broken)
}

/// Whether the workspace stayed closed, so that nothing in it was looked at.
fn is_unopened(report: &DoctorReport) -> bool {
    let unopened =
        |finding: &DoctorFinding| finding.state == DoctorState::Unknown && finding.code == "open";
    report.findings.iter().any(unopened)
}

fn tell(report: &DoctorReport) {
    let mut area = None;
    for finding in &report.findings {
        if area != Some(finding.area) {
            terminal::line(zh::doctor::area(finding.area));
            area = Some(finding.area);
        }
        terminal::line(&zh::doctor::finding(finding));
    }
    terminal::line(match (report.sound, is_unopened(report)) {
        (false, _) => zh::doctor::UNSOUND,
        (true, true) => zh::doctor::UNOPENED,
        (true, false) => zh::doctor::SOUND,
    });
}
