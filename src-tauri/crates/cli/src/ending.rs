//! `zhaoshen round close|reopen|rename`, `archive`, `retention`, `delete`: how a round ends.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use zhaoshen_station::wire::{
    ArchiveCheck, ArchiveChoice, ArchiveWrite, ClosingSave, Code, Empty, Failure, JobOutcome,
    RetentionSet, RoundClose, RoundErase, RoundRef,
};
use zhaoshen_station::{Station, verify_archive};

use crate::passphrase::{PassphraseArgs, handed_on};
use crate::workspace::{Place, absolute, choose_round};
use crate::{Outcome, progress, terminal, zh};

#[derive(Debug, Subcommand)]
pub(crate) enum ArchiveCommand {
    #[command(about = zh::ending::WRITE)]
    Write(WriteArgs),
    #[command(about = zh::ending::VERIFY)]
    Verify(VerifyArgs),
}

#[derive(Debug, Args)]
pub(crate) struct WriteArgs {
    #[arg(help = zh::ending::OUT)]
    out: PathBuf,
    #[arg(long, help = zh::ending::ENCRYPT)]
    encrypt: bool,
    #[arg(long, help = zh::ending::ID_NUMBERS)]
    id_numbers: bool,
    #[arg(long, help = zh::ending::NO_RENDITIONS)]
    no_renditions: bool,
    #[arg(long, help = zh::ending::ORIGINALS)]
    originals: bool,
    #[arg(long, help = zh::ROUND)]
    round: Option<i64>,
    #[arg(long, help = zh::JSON)]
    json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    file: PathBuf,
    #[command(flatten)]
    passphrase: PassphraseArgs,
    #[arg(long, help = zh::JSON)]
    json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RetentionCommand {
    #[command(about = zh::ending::SET)]
    Set {
        day: String,
        #[arg(long, help = zh::ROUND)]
        round: Option<i64>,
    },
    #[command(about = zh::ending::SHOW)]
    Show,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DeleteCommand {
    #[command(about = zh::ending::DELETE_ROUND)]
    Round(DeleteArgs),
    #[command(about = zh::ending::CERTIFICATE_AGAIN)]
    Certificate {
        #[arg(help = zh::ending::OUT)]
        out: PathBuf,
        #[arg(long, help = zh::ROUND)]
        round: Option<i64>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct DeleteArgs {
    #[arg(long, help = zh::ending::NAME)]
    name: String,
    #[arg(long, alias = "without-archive", default_value = "", help = zh::ending::WAIVED)]
    reason: String,
    #[arg(long, help = zh::ending::CERTIFICATE)]
    certificate: Option<PathBuf>,
    #[arg(long, help = zh::ROUND)]
    round: Option<i64>,
    #[arg(long, help = zh::JSON)]
    json: bool,
}

/// `round close`.
pub(crate) fn close(
    station: &Station,
    round: Option<i64>,
    reason: String,
) -> Result<Outcome, Failure> {
    let round = choose_round(station, round)?;
    let view = station.round_close(RoundClose { round, reason })?;
    print(&zh::ending::ending(&view));
    Ok(Outcome::Done)
}

/// `round reopen`.
pub(crate) fn reopen(station: &Station, round: Option<i64>) -> Result<Outcome, Failure> {
    let round = choose_round(station, round)?;
    let view = station.round_reopen(RoundRef { round })?;
    print(&zh::ending::ending(&view));
    Ok(Outcome::Done)
}

/// `archive`.
pub(crate) fn archive(place: &Place, command: ArchiveCommand) -> Result<Outcome, Failure> {
    match command {
        ArchiveCommand::Write(args) => write(&place.open()?, &args),
        ArchiveCommand::Verify(args) => verify(place, &args),
    }
}

fn write(station: &Station, args: &WriteArgs) -> Result<Outcome, Failure> {
    let started = station.archive_write(ArchiveWrite {
        round: choose_round(station, args.round)?,
        choice: ArchiveChoice {
            encrypted: args.encrypt,
            id_numbers: args.id_numbers,
            renditions: !args.no_renditions,
            originals: args.originals,
        },
        target: absolute(&args.out),
    })?;
    let report = match progress::wait(station, started)? {
        JobOutcome::Archive { report } => report,
        other => return Err(unexpected(&other)),
    };
    match args.json {
        true => terminal::json(&report),
        false => print(&zh::ending::written(&report)),
    }
    Ok(Outcome::Done)
}

/// Holds an archive to its sums, and to the log where there is a workspace.
fn verify(place: &Place, args: &VerifyArgs) -> Result<Outcome, Failure> {
    let station = match place.is_there()? {
        true => Some(place.open()?),
        false => None,
    };
    let asked = ArchiveCheck {
        path: absolute(&args.file),
        passphrase: handed_on(args.passphrase.read()?),
    };
    let checked = match &station {
        Some(station) => {
            let checked = station.archive_verify(asked)?;
            if checked.round.is_empty() {
                terminal::complain_text(zh::ending::NOT_IN_LOG);
            }
            checked
        }
        None => {
            terminal::complain_text(zh::ending::WITHOUT_LOG);
            verify_archive(&asked)?
        }
    };
    match args.json {
        true => terminal::json(&checked),
        false => print(&zh::ending::checked(&checked)),
    }
    let attend = !checked.problems.is_empty() || !checked.voided.is_empty();
    Ok(Outcome::findings_if(attend))
}

/// `retention`.
pub(crate) fn retention(place: &Place, command: RetentionCommand) -> Result<Outcome, Failure> {
    let station = place.open()?;
    match command {
        RetentionCommand::Set { day, round } => {
            let round = choose_round(&station, round)?;
            let keep_until = day;
            let view = station.retention_set(RetentionSet { round, keep_until })?;
            print(&zh::ending::ending(&view));
            Ok(Outcome::Done)
        }
        RetentionCommand::Show => {
            let rounds = station.app_status(Empty {})?.rounds;
            for card in &rounds {
                let view = station.ending_show(RoundRef { round: card.round })?;
                print(&zh::ending::ending(&view));
            }
            let past = rounds
                .iter()
                .any(|card| card.days_left.is_some_and(|days| days < 0));
            Ok(Outcome::findings_if(past))
        }
    }
}

/// `delete`.
pub(crate) fn delete(place: &Place, command: DeleteCommand) -> Result<Outcome, Failure> {
    let station = place.open()?;
    match command {
        DeleteCommand::Round(args) => delete_round(&station, args),
        DeleteCommand::Certificate { out, round } => {
            let round = choose_round(&station, round)?;
            certificate(&station, round, &out)?;
            Ok(Outcome::Done)
        }
    }
}

fn delete_round(station: &Station, args: DeleteArgs) -> Result<Outcome, Failure> {
    let round = choose_round(station, args.round)?;
    if let Some(folder) = &args.certificate {
        // What is deleted is gone: where its certificate goes is looked at before.
        if !folder.is_dir() {
            return Err(Failure {
                code: Code::Refused,
                message: zh::ending::no_folder(&folder.display().to_string()),
                detail: String::new(),
            });
        }
    }
    let started = station.round_erase(RoundErase {
        round,
        name: args.name,
        waived: args.reason,
    })?;
    let report = match progress::wait(station, started)? {
        JobOutcome::Erase { report } => report,
        other => return Err(unexpected(&other)),
    };
    match args.json {
        true => terminal::json(&report),
        false => print(&zh::ending::erased(&report)),
    }
    if let Some(folder) = args.certificate {
        certificate(station, round, &folder).map_err(|failure| Failure {
            message: zh::ending::not_certified(&failure.message),
            ..failure
        })?;
    }
    Ok(Outcome::Done)
}

fn certificate(station: &Station, round: i64, folder: &Path) -> Result<(), Failure> {
    let folder = absolute(folder);
    let saved = station.certificate_save(ClosingSave { round, folder })?;
    print(&[saved.workbook, saved.pdf]);
    Ok(())
}

fn print(lines: &[String]) {
    for line in lines {
        terminal::line(line);
    }
}

fn unexpected(outcome: &JobOutcome) -> Failure {
    Failure {
        code: Code::Internal,
        message: zh::UNEXPECTED.to_owned(),
        detail: format!("the job ended as {outcome:?}"),
    }
}
