//! Printing: lines, JSON and complaints. The one place of this program that writes to a terminal.
//!
//! A reader that goes away (`| head`) ends the program quietly, as other tools do.

use std::io::{BufRead, ErrorKind, IsTerminal, Write};

use serde::Serialize;
use zhaoshen_station::wire::Failure;

/// Prints one line.
pub(crate) fn line(text: &str) {
    let mut out = std::io::stdout().lock();
    end_if_nobody_reads(writeln!(out, "{}", obeyed_by_no_terminal(text)));
}

/// Prints `value` as one line of JSON.
pub(crate) fn json<T: Serialize>(value: &T) {
    match serde_json::to_string(value) {
        Ok(text) => line(&text),
        Err(error) => complain_text(&error.to_string()),
    }
}

/// Prints why a command was refused, to standard error.
pub(crate) fn complain(failure: &Failure) {
    complain_text(&failure.message);
    if !failure.detail.is_empty() {
        complain_text(&format!("  （{}）", failure.detail));
    }
}

/// Prints one line to standard error.
pub(crate) fn complain_text(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", obeyed_by_no_terminal(text));
}

/// Asks for a PIN or a passphrase where it is not seen; from a pipe, takes the next line. Never an argument: those are shown to everybody
/// on the machine.
pub(crate) fn ask_secret(what: &str) -> std::io::Result<String> {
    if std::io::stdin().is_terminal() {
        return rpassword::prompt_password(format!("{}：", obeyed_by_no_terminal(what)));
    }
    let mut typed = String::new();
    std::io::stdin().lock().read_line(&mut typed)?;
    Ok(typed.trim_end_matches(['\r', '\n']).to_owned())
}

/// Paths are whatever a disk holds; control characters in them must not move the cursor or clear the screen.
fn obeyed_by_no_terminal(text: &str) -> String {
    let plain = |c: char| match c.is_control() && !matches!(c, '\n' | '\t') {
        true => char::REPLACEMENT_CHARACTER,
        false => c,
    };
    text.chars().map(plain).collect()
}

fn end_if_nobody_reads(written: std::io::Result<()>) {
    if let Err(error) = written
        && error.kind() == ErrorKind::BrokenPipe
    {
        std::process::exit(0);
    }
}
