//! 诊断包: a zip that helps whoever mends the program and says nothing of anybody.
//!
//! In it: what the doctor found, by code and state; counts of rows; the diary. No Chinese text, no path, no file name,
//! no number of six digits passes ([`crate::scrub`]), and no word that names somebody in this workspace. Entries are
//! stored, not compressed: staff can look into the file before they hand it on.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use zhaoshen_exchange::archive::write_stored;
use zhaoshen_exchange::machine;

use super::Host;
use crate::app::{local_date, now};
use crate::failure::{exchange, refused, store};
use crate::scrub::{Known, scrub_line};
use crate::wire::{DiagnosticsSave, DoctorReport, Empty, Failure, FileSaved};
use crate::{Saved, Seat, zh};

/// What the package says of itself to whoever opens it.
const ABOUT: &str = "Diagnostics of zhaoshen. Made by hand on request, sent by nobody.\n\
    Paths, file names, words outside ASCII, numbers of six digits or more and words that name\n\
    somebody in the workspace were taken out; in their place stand <path>, <file>, <text>, <number>, <known>.\n\
    The time at the beginning of a line is the diary's own.\n";

/// What one says more that was made without the workspace.
const SHUT: &str = "The workspace could not be read: its numbers are missing, and so are its own words to look for.\n";

/// Writes a package of what can be told of a workspace that cannot be read: what was found, and the diary.
///
/// # Errors
/// Refused for a folder of the workspace; when the folder cannot be written into.
pub fn save_shut(
    workspace: &Path,
    report: &DoctorReport,
    folder: &Path,
) -> Result<FileSaved, Failure> {
    let existing = folder.ancestors().find_map(|part| part.canonicalize().ok());
    let own = workspace.canonicalize().ok();
    if own.is_some_and(|own| existing.is_some_and(|part| part.starts_with(own))) {
        return Err(refused(zh::TARGET_IN_WORKSPACE));
    }
    let clean = |text: &str| -> Vec<u8> {
        let lines: Vec<String> = text.lines().map(scrub_line).collect();
        (lines.join("\n") + "\n").into_bytes()
    };
    let mut entries = vec![
        ("about.txt".to_owned(), [ABOUT, SHUT].concat().into_bytes()),
        ("findings.txt".to_owned(), clean(&findings(report))),
    ];
    entries.extend(diary(Host::without_window().diary, clean));
    write(folder, entries)
}

/// Writes the package under a name that is free.
fn write(folder: &Path, entries: Vec<(String, Vec<u8>)>) -> Result<FileSaved, Failure> {
    let date = local_date(now());
    let named = (1..=99).map(|n| folder.join(zh::diagnostics_file(&date, n)));
    let mut free = named.filter(|path| !path.exists());
    let path = free.next().unwrap_or_else(|| folder.to_owned());
    write_stored(&path, entries).map_err(|error| exchange(&error))?;
    Ok(FileSaved {
        path: path.display().to_string(),
    })
}

/// The days of the diary, each as `clean` leaves it.
fn diary(
    folder: Option<PathBuf>,
    clean: impl Fn(&str) -> Vec<u8>,
) -> impl Iterator<Item = (String, Vec<u8>)> {
    let days = folder.map(|folder| machine::diary(&folder));
    let days = days.unwrap_or_default().into_iter().zip(1_u32..);
    days.map(move |(day, n)| (format!("diary-{n:02}.log"), clean(&day)))
}

impl Seat {
    /// Writes a package of diagnostics without personal data into a folder.
    ///
    /// # Errors
    /// Refused for a folder of the workspace; when the folder cannot be written into or the workspace not be read.
    pub fn diagnostics_save(&self, args: DiagnosticsSave) -> Result<FileSaved, Failure> {
        let folder = Path::new(&args.folder);
        if self.store().holds(folder) {
            return Err(refused(zh::TARGET_IN_WORKSPACE));
        }
        let saved = write(folder, self.diagnostics()?)?;
        self.inner.saved.note(Saved::Diagnostics, args.folder);
        Ok(saved)
    }

    fn diagnostics(&self) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let words = self.store().naming_words().map_err(|error| store(&error))?;
        let known = Known::of(words);
        let clean = |text: &str| -> Vec<u8> {
            let scrubbed = text.lines().map(scrub_line);
            let lines: Vec<String> = scrubbed.map(|line| known.take_out_of_line(&line)).collect();
            (lines.join("\n") + "\n").into_bytes()
        };
        let mut entries = vec![
            ("about.txt".to_owned(), ABOUT.as_bytes().to_vec()),
            (
                "findings.txt".to_owned(),
                clean(&findings(&self.doctor_run(Empty {})?)),
            ),
            ("numbers.txt".to_owned(), clean(&self.numbers()?)),
        ];
        entries.extend(diary(self.host().diary, clean));
        Ok(entries)
    }

    /// How much there is of everything.
    fn numbers(&self) -> Result<String, Failure> {
        let health = self.store().health().map_err(|error| store(&error))?;
        let mut text = format!(
            "version {}\nsystem {} {}\nformat {}\n",
            env!("CARGO_PKG_VERSION"),
            std::env::consts::OS,
            std::env::consts::ARCH,
            health.format,
        );
        let mut line = |name: &str, number: u64| {
            // Writing into a String cannot fail.
            let _ = writeln!(text, "{name} {}", grouped(number));
        };
        for (table, rows) in &health.rows {
            line(table, *rows);
        }
        line("photos", health.photos);
        line("photos_missing", health.missing);
        line("database_bytes", health.database_bytes);
        line("journal_bytes", health.journal_bytes);
        if let Some((total, free)) = machine::memory() {
            line("memory_bytes", total);
            line("memory_free_bytes", free);
        }
        if let Some(free) = machine::free_bytes(self.store().dir()) {
            line("disk_free_bytes", free);
        }
        Ok(text)
    }
}

/// Each finding by its code and state; its text may name a folder.
fn findings(report: &DoctorReport) -> String {
    let mut text = String::new();
    for finding in &report.findings {
        let _ = writeln!(
            text,
            "{:?} {} {:?}",
            finding.area, finding.code, finding.state
        );
    }
    text
}

/// Digits in threes, so that no number of six stands there.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3 + 1);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_in_threes() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1_000"),
            (1_234_567, "1_234_567"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }
}
