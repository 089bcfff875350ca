//! Passphrases as they are typed or piped in. Never as an argument: every program of the computer can read those in the
//! list of processes, and the shell keeps them.

use std::io::{IsTerminal, stdin};
use std::ops::Deref;

use clap::Args;
use zeroize::Zeroizing;
use zhaoshen_station::wire::{Code, DoorKey, Failure};
use zhaoshen_terminal::ask_secret;

use crate::zh;

#[derive(Debug, Args)]
pub(crate) struct PassphraseArgs {
    #[arg(long, help = zh::PASSPHRASE_STDIN)]
    passphrase_stdin: bool,
}

impl PassphraseArgs {
    /// The passphrase: what a person types without its being shown, or the next line of standard input where that was
    /// asked for; empty where nobody sits at a terminal.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn read(&self) -> Result<Secret, Failure> {
        self.read_as(zh::PASSPHRASE_ASKED)
    }

    /// As [`PassphraseArgs::read`], asked for as `what`.
    ///
    /// # Errors
    /// As there.
    pub(crate) fn read_as(&self, what: &str) -> Result<Secret, Failure> {
        if !self.passphrase_stdin && !stdin().is_terminal() {
            return Ok(Secret::default());
        }
        ask(what)
    }
}

/// What was typed; overwritten when dropped.
pub(crate) type Secret = Zeroizing<String>;

/// What was typed, for a request that overwrites it itself.
pub(crate) fn handed_on(mut secret: Secret) -> String {
    std::mem::take(&mut *secret)
}

/// What opens a sealed workspace, as typed; overwritten when dropped.
#[derive(Debug, Default)]
pub(crate) struct Typed(DoorKey);

impl Typed {
    /// A passphrase; empty for none.
    pub(crate) fn of(passphrase: Secret) -> Self {
        Self(DoorKey {
            passphrase: handed_on(passphrase),
            ..DoorKey::default()
        })
    }

    /// A recovery code, and the passphrase from now on.
    pub(crate) fn of_code(recovery: Secret, next: Secret) -> Self {
        Self(DoorKey {
            recovery: handed_on(recovery),
            next: handed_on(next),
            ..DoorKey::default()
        })
    }
}

impl Deref for Typed {
    type Target = DoorKey;

    fn deref(&self) -> &DoorKey {
        &self.0
    }
}

impl Drop for Typed {
    fn drop(&mut self) {
        self.0.wipe();
    }
}

/// Asks for something secret where it is not seen; from a pipe, takes the next line.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn ask(what: &str) -> Result<Secret, Failure> {
    ask_secret(what).map_err(|error| Failure {
        code: Code::Refused,
        message: zh::PASSPHRASE_UNREAD.to_owned(),
        detail: error.to_string(),
    })
}
