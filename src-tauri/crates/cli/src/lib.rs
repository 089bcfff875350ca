//! `zhaoshen`: the station's use cases without a window. A library, because the window's program is one of its ways in: what
//! is installed is one file.
//!
//! Reads the command line, calls `zhaoshen-station`, prints. Nothing is computed here. Exit status:
//! 0 done, 1 done with findings to look at, 2 refused.

mod args;
mod audit;
mod backup;
mod bench;
mod check;
mod columns;
mod deliveries;
mod demo;
mod doctor;
mod ending;
mod evaluate;
mod fees;
mod notices;
mod passphrase;
mod people;
mod photos;
mod pick;
mod prints;
mod progress;
mod reconcile;
mod scope;
mod seal;
mod terminal;
mod workspace;
mod zh;

use std::ffi::OsString;

use clap::Parser;
use zhaoshen_station::wire::{Code, Failure};

use args::{Cli, Command};

/// How a command ended, other than by a [`Failure`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Done, nothing to look at.
    Done,
    /// Done, and there are findings to look at.
    Findings,
}

impl Outcome {
    /// [`Outcome::Findings`] when `there_are`.
    pub(crate) const fn findings_if(there_are: bool) -> Self {
        if there_are {
            Self::Findings
        } else {
            Self::Done
        }
    }
}

/// Carries out one command line, whose first argument is the program's name; gives the exit status.
///
/// Ends the process by itself where help was asked for or the line cannot be understood.
pub fn run(line: impl IntoIterator<Item = OsString>) -> u8 {
    zhaoshen_station::leave_no_dump();
    let cli = Cli::parse_from(line);
    start_log();
    match carry_out(cli) {
        Ok(Outcome::Done) => 0,
        Ok(Outcome::Findings) => 1,
        Err(failure) => {
            // Where the window has its name is no help in a terminal.
            if failure.code != Code::Nameless {
                terminal::complain(&failure);
            }
            if matches!(failure.code, Code::Nameless | Code::SignedOut) {
                terminal::complain_text(zh::people::SIGN_IN);
            }
            2
        }
    }
}

fn carry_out(cli: Cli) -> Result<Outcome, Failure> {
    let named = cli.workspace.clone();
    let place = workspace::Place::new(cli.workspace, cli.acting);
    match cli.command {
        Command::Check(args) => check::run(&args),
        Command::Round(command) => workspace::round(&place, command),
        Command::Roster(command) => workspace::roster(&place, command),
        Command::Photos(command) => photos::photos(&place, command),
        Command::Review(command) => workspace::review(&place, command),
        Command::Export(args) => deliveries::export(&place, &args),
        Command::Deliveries(command) => deliveries::run(&place, command),
        Command::Prints(args) => prints::run(&place, &args),
        Command::Notices(args) => notices::run(&place, args),
        Command::Chase(args) => notices::chase(&place, &args),
        Command::Fees(command) => fees::run(&place, command),
        Command::Reconcile(command) => reconcile::run(&place, command),
        Command::Scope(command) => scope::run(&place, command),
        Command::People(command) => people::run(&place, command),
        Command::Audit(command) => audit::run(&place, command),
        Command::Archive(command) => ending::archive(&place, command),
        Command::Retention(command) => ending::retention(&place, command),
        Command::Delete(command) => ending::delete(&place, command),
        Command::Backup(command) => backup::run(&place, command),
        Command::Seal(command) => seal::run(&place, &command),
        Command::Doctor(args) => doctor::run(&place, &args),
        Command::Demo(args) => demo::run(&args, named),
        Command::Evaluate(args) => evaluate::run(&args),
        Command::Bench(args) => bench::run(&args),
    }
}

/// Log lines go to standard error, and only when `ZHAOSHEN_LOG` asks for them.
fn start_log() {
    if let Ok(filter) = std::env::var("ZHAOSHEN_LOG") {
        tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(std::io::stderr)
            .init();
    }
}
