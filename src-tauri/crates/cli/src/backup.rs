//! `zhaoshen backup`: makes backups, lists them, reads them through, carries one away, restores.
//!
//! Listing and verifying do not open the workspace, which may be damaged. Restoring goes through it where it opens, so that
//! its keeper is asked for and its log has a row; the backups of one that does not open, and a file with its own passphrase,
//! are restored without.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use zhaoshen_station::backup::Shelf;
use zhaoshen_station::wire::{
    BackupCopy, BackupDismiss, BackupRestore, BackupVerified, DoorCopy, DoorState, Empty, Failure,
    JobOutcome,
};
use zhaoshen_station::{Progress, backup, seal};

use crate::passphrase::{PassphraseArgs, handed_on};
use crate::workspace::{Place, Source, absolute};
use crate::{Outcome, progress, terminal, zh};

#[derive(Debug, Subcommand)]
pub(crate) enum BackupCommand {
    #[command(about = zh::backup::NOW)]
    Now,
    #[command(about = zh::backup::LIST)]
    List {
        #[arg(long, help = zh::JSON)]
        json: bool,
    },
    #[command(about = zh::backup::VERIFY)]
    Verify(VerifyArgs),
    #[command(about = zh::backup::COPY)]
    Copy {
        #[arg(help = zh::backup::FOLDER)]
        folder: PathBuf,
    },
    #[command(about = zh::backup::RESTORE)]
    Restore(RestoreArgs),
    #[command(about = zh::backup::DISMISS)]
    Dismiss {
        #[arg(help = zh::backup::UNFINISHED)]
        id: Option<i64>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    #[arg(help = zh::backup::NAME, conflicts_with = "file")]
    name: Option<String>,
    #[arg(long, help = zh::backup::VERIFY_FILE)]
    file: Option<PathBuf>,
    #[command(flatten)]
    passphrase: PassphraseArgs,
}

#[derive(Debug, Args)]
pub(crate) struct RestoreArgs {
    #[arg(help = zh::backup::RESTORE_FOLDER)]
    folder: PathBuf,
    #[arg(long, help = zh::backup::NAME, conflicts_with = "file")]
    name: Option<String>,
    #[arg(long, help = zh::backup::FILE)]
    file: Option<PathBuf>,
    #[command(flatten)]
    passphrase: PassphraseArgs,
}

/// Carries out one of the commands.
pub(crate) fn run(place: &Place, command: BackupCommand) -> Result<Outcome, Failure> {
    match command {
        BackupCommand::Now => {
            let station = place.open()?;
            let outcome = progress::wait(&station, station.backup_now(Empty {})?)?;
            if let JobOutcome::BackedUp { backup } = outcome {
                terminal::line(&zh::backup::card(&backup));
            }
            Ok(Outcome::Done)
        }
        BackupCommand::Copy { folder } => {
            let station = place.open()?;
            let folder = absolute(&folder);
            let outcome = progress::wait(&station, station.backup_copy(BackupCopy { folder })?)?;
            if let JobOutcome::CopiedOut { report } = outcome {
                terminal::line(&format!("{}{}", zh::WRITTEN, report.path));
                terminal::line(&zh::backup::passphrase(&report.passphrase));
            }
            Ok(Outcome::Done)
        }
        BackupCommand::List { json } => list(place, json),
        BackupCommand::Verify(args) => verify(place, args),
        BackupCommand::Restore(args) => restore(place, args),
        BackupCommand::Dismiss { id } => dismiss(place, id),
    }
}

/// Tells no more of what was broken off, and lists what is left of that.
fn dismiss(place: &Place, id: Option<i64>) -> Result<Outcome, Failure> {
    let station = place.open()?;
    let view = match id {
        Some(id) => station.backup_dismiss(BackupDismiss { id })?,
        None => station.backup_list(Empty {})?,
    };
    for card in &view.unfinished {
        terminal::line(&zh::warning(&zh::backup::unfinished(card)));
    }
    Ok(Outcome::Done)
}

fn list(place: &Place, json: bool) -> Result<Outcome, Failure> {
    let view = backup::list(place.folder())?;
    // Backups are told of a workspace that is damaged or lost its database, too.
    if view.backups.is_empty() && seal::door(place.folder())?.state == DoorState::New {
        return Err(place.missing());
    }
    if json {
        terminal::json(&view);
        return Ok(Outcome::Done);
    }
    if view.backups.is_empty() {
        terminal::line(zh::backup::NONE);
    }
    for backup in &view.backups {
        terminal::line(&zh::backup::card(backup));
    }
    Ok(Outcome::Done)
}

fn verify(place: &Place, args: VerifyArgs) -> Result<Outcome, Failure> {
    if let Some(file) = args.file {
        let passphrase = args.passphrase.read()?;
        let file = std::path::absolute(&file).unwrap_or(file);
        let verified = backup::verify_file(&file, &passphrase, &Progress::default())?;
        return Ok(Outcome::findings_if(!tell(&verified)));
    }
    let names = match args.name {
        Some(name) => vec![name],
        None => {
            let listed = backup::list(place.folder())?.backups;
            listed.into_iter().map(|backup| backup.name).collect()
        }
    };
    let shelf = place.shelf()?;
    let mut whole = true;
    for name in names {
        whole &= tell(&backup::verify(&shelf, &name, &Progress::default())?);
    }
    Ok(Outcome::findings_if(!whole))
}

/// Tells what reading a backup through gave; whether it is whole.
fn tell(verified: &BackupVerified) -> bool {
    terminal::line(&zh::backup::verified(verified));
    for problem in &verified.problems {
        terminal::line(&format!("    ✖ {problem}"));
    }
    verified.whole
}

fn restore(place: &Place, args: RestoreArgs) -> Result<Outcome, Failure> {
    let newest = || {
        let listed = backup::list(place.folder())?.backups.into_iter().next();
        Ok(listed.map_or_else(String::new, |backup| backup.name))
    };
    let name = match (args.name, &args.file) {
        (Some(name), _) => name,
        (None, Some(_)) => String::new(),
        (None, None) => newest()?,
    };
    // A file has a passphrase of its own; nothing of this workspace is read for it.
    let (source, passphrase) = match &args.file {
        Some(_) => {
            let none = Source::Shut(Shelf::of_none(place.folder()));
            (none, handed_on(args.passphrase.read()?))
        }
        None => (place.source()?, String::new()),
    };
    let file = args.file.as_deref().map(absolute);
    warn(place, &name, file.as_deref(), &passphrase)?;
    let request = BackupRestore {
        name,
        file: file.unwrap_or_default(),
        passphrase,
        folder: absolute(&args.folder),
    };
    let report = match source {
        Source::Open(station) => {
            match progress::wait(&station, station.backup_restore(request)?)? {
                JobOutcome::Restored { report } => report,
                // No other outcome is of this job.
                _ => return Ok(Outcome::Done),
            }
        }
        Source::Shut(shelf) => backup::restore(&shelf, &request, &Progress::default())?,
    };
    terminal::line(&zh::backup::restored(&report));
    Ok(Outcome::findings_if(report.missing > 0))
}

/// Says what is lost with what is to be restored that newer backups of the workspace have.
fn warn(place: &Place, name: &str, file: Option<&str>, passphrase: &str) -> Result<(), Failure> {
    let caution = match file {
        Some(file) => {
            let copy = DoorCopy {
                file: file.to_owned(),
                passphrase: passphrase.to_owned(),
            };
            backup::door::look(place.folder(), &copy)?.caution
        }
        None => {
            let listed = backup::list(place.folder())?.backups;
            let chosen = listed.into_iter().find(|card| card.name == name);
            chosen.map_or_else(String::new, |card| card.caution)
        }
    };
    if !caution.is_empty() {
        terminal::complain_text(&caution);
    }
    Ok(())
}
