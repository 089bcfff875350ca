//! A roster as Excel and WPS put it on the clipboard: rows of text between tabs.
//!
//! The header is found and the rows are judged as in a workbook; addresses count from the first pasted cell,
//! as if it had been pasted into A1. Nothing is split at commas: that is a CSV file.

use super::delimited::Delimited;
use super::{RosterLimits, RosterTable, tabulate};
use crate::error::Error;

/// What stands for the file's name.
pub(super) const FILE: &str = "粘贴的内容";
/// What stands for the sheet's name.
pub(super) const SHEET: &str = "粘贴";

/// Reads a roster that was pasted, with the default limits and today's date.
///
/// # Errors
/// When it is larger than any roster, or has no header row or no rows.
pub fn read_roster_pasted(pasted: &str) -> Result<RosterTable, Error> {
    let limits = RosterLimits::default();
    check_size(pasted, &limits)?;
    let mut book = Delimited::pasted(pasted, FILE, SHEET);
    tabulate(&mut book, FILE, &limits, jiff::Zoned::now().date())
}

/// Refuses what is larger than any roster.
pub(super) fn check_size(pasted: &str, limits: &RosterLimits) -> Result<(), Error> {
    if pasted.len() as u64 > limits.max_file_bytes {
        return Err(Error::WorkbookTooLarge {
            file: FILE.to_owned(),
            detail: format!("超过{}MB", limits.max_file_bytes >> 20),
        });
    }
    Ok(())
}
