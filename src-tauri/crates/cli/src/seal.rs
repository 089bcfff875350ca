//! `zhaoshen seal`: a sealed workspace made, its passphrase changed, its recovery code renewed, a computer's keychain
//! made to open it no more.
//!
//! Passphrases and codes are asked for where they are not seen, or taken line by line from standard input.

use clap::Subcommand;
use zhaoshen_station::Station;
use zhaoshen_station::seal;
use zhaoshen_station::wire::{
    Code, DoorState, Empty, Failure, PassphraseChange, PassphraseGiven, RecoveryGiven,
    RecoveryShown,
};

use crate::passphrase::{Secret, Typed, ask, handed_on};
use crate::workspace::Place;
use crate::{Outcome, terminal, zh};

#[derive(Debug, Subcommand)]
pub(crate) enum SealCommand {
    #[command(about = zh::seal::SHOW)]
    Show,
    #[command(about = zh::seal::NOW)]
    Now,
    #[command(about = zh::seal::PASSPHRASE)]
    Passphrase {
        #[arg(long, help = zh::seal::RECOVERY)]
        recovery: bool,
    },
    #[command(about = zh::seal::CODE)]
    Code,
    #[command(about = zh::seal::FORGET)]
    Forget,
}

/// Carries out one of the commands.
pub(crate) fn run(place: &Place, command: &SealCommand) -> Result<Outcome, Failure> {
    match command {
        SealCommand::Show => {
            let door = seal::door(place.folder())?;
            terminal::line(zh::seal::state(door.state));
            if door.kept {
                terminal::line(zh::seal::KEPT);
            }
        }
        SealCommand::Now => now(place)?,
        SealCommand::Passphrase { recovery: true } => {
            let recovery = ask(zh::seal::CODE_ASKED)?;
            let next = new_passphrase()?;
            Station::unlock(place.folder(), &Typed::of_code(recovery, next))?;
            terminal::line(zh::seal::CHANGED);
        }
        SealCommand::Passphrase { recovery: false } => {
            let (station, key) = place.open_with_key()?;
            let new = handed_on(new_passphrase()?);
            let old = key.passphrase.clone();
            station.seal_passphrase(PassphraseChange { old, new })?;
            terminal::line(zh::seal::CHANGED);
        }
        SealCommand::Code => {
            let (station, key) = place.open_with_key()?;
            let passphrase = key.passphrase.clone();
            let shown = station.seal_code(PassphraseGiven { passphrase })?;
            tell(&shown);
            confirm(&station, &shown)?;
        }
        SealCommand::Forget => {
            let kept = seal::door(place.folder())?.kept;
            if kept {
                place.open()?.seal_forget(Empty {})?;
            }
            terminal::line(if kept {
                zh::seal::FORGOTTEN
            } else {
                zh::seal::NOT_KEPT
            });
        }
    }
    Ok(Outcome::Done)
}

/// Seals the workspace, or makes a sealed one where there is none.
fn now(place: &Place) -> Result<(), Failure> {
    if seal::door(place.folder())?.state == DoorState::New {
        let passphrase = handed_on(new_passphrase()?);
        let given = PassphraseGiven { passphrase };
        let (station, shown) = Station::create_sealed(place.folder(), &given)?;
        tell(&shown);
        return confirm(&station, &shown);
    }
    let (station, _) = place.open_with_key()?;
    station.seal_ready(Empty {})?;
    let by = station.app_status(Empty {})?.reviewer;
    let passphrase = new_passphrase()?;
    drop(station);
    let mut told = 0;
    let shown = seal::seal(place.folder(), &passphrase, &by, |progress| {
        // A line every thousand is enough to see that it goes on.
        if progress.done / 1000 > told || progress.done == progress.of {
            told = progress.done / 1000;
            terminal::complain_text(&zh::seal::progress(progress));
        }
    })?;
    tell(&shown);
    seal::back_up(place.folder(), &passphrase, &shown);
    Ok(())
}

fn tell(shown: &RecoveryShown) {
    terminal::line(&zh::seal::shown(&shown.code));
    if !shown.note.is_empty() {
        terminal::line(&shown.note);
    }
}

/// Takes note that the code was printed: a terminal shows nothing that could be missed by closing a window.
fn confirm(station: &Station, shown: &RecoveryShown) -> Result<(), Failure> {
    let code = shown.code.clone();
    station
        .seal_code_confirm(RecoveryGiven { code })
        .map(|_| ())
}

/// A new passphrase, typed twice.
fn new_passphrase() -> Result<Secret, Failure> {
    let new = ask(&zh::seal::new_asked(seal::least()))?;
    if ask(zh::seal::AGAIN_ASKED)? == new {
        return Ok(new);
    }
    Err(Failure {
        code: Code::Refused,
        message: zh::seal::DIFFER.to_owned(),
        detail: String::new(),
    })
}
