//! Passphrases as they are typed or piped in. Never as an argument: every program of the computer can read those in the
//! list of processes, and the shell keeps them.

use std::io::{IsTerminal, stdin};

use clap::Args;
use zhaoshen_station::wire::{Code, Failure};
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
    pub(crate) fn read(&self) -> Result<String, Failure> {
        if !self.passphrase_stdin && !stdin().is_terminal() {
            return Ok(String::new());
        }
        ask(zh::PASSPHRASE_ASKED)
    }
}

/// Asks for something secret where it is not seen; from a pipe, takes the next line.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn ask(what: &str) -> Result<String, Failure> {
    ask_secret(what).map_err(|error| Failure {
        code: Code::Refused,
        message: zh::PASSPHRASE_UNREAD.to_owned(),
        detail: error.to_string(),
    })
}
