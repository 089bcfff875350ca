//! Printing: lines, JSON and complaints. The one place of this program that writes to a terminal.
//!
//! A reader that goes away (`| head`) ends the program quietly, as other tools do.

use std::io::{ErrorKind, Write};

use serde::Serialize;
use zhaoshen_station::wire::Failure;
use zhaoshen_terminal::obeyed_by_no_terminal;

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

fn end_if_nobody_reads(written: std::io::Result<()>) {
    if let Err(error) = written
        && error.kind() == ErrorKind::BrokenPipe
    {
        std::process::exit(0);
    }
}
