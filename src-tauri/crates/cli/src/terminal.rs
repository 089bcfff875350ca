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

/// Rows that are asked for at a time.
const PAGE: u32 = 1000;

/// Prints the rows of `page` (from where, and how many at most; it answers how many there are), each as JSON or by `told`;
/// how many there are.
pub(crate) fn pages<R: Serialize>(
    as_json: bool,
    told: fn(&R) -> String,
    page: impl Fn(u32, u32) -> Result<(u32, Vec<R>), Failure>,
) -> Result<u32, Failure> {
    let mut offset = 0;
    loop {
        let (total, rows) = page(offset, PAGE)?;
        for row in &rows {
            match as_json {
                true => json(row),
                false => line(&told(row)),
            }
        }
        offset += PAGE;
        if offset >= total {
            return Ok(total);
        }
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
