//! 诊断包: a zip that helps whoever mends the program and says nothing of anybody.
//!
//! In it: what the doctor found, by code and state; counts of rows; the diary. No Chinese text, no path, no file name,
//! no number of six digits passes ([`crate::scrub`]), and no word that names somebody in this workspace. Entries are
//! stored, not compressed: staff can look into the file before they hand it on.

use std::fmt::Write as _;
use std::path::Path;

use zhaoshen_exchange::archive::write_stored;
use zhaoshen_exchange::machine;

use crate::app::{local_date, now};
use crate::failure::{exchange, refused, store};
use crate::scrub::{Known, scrub_line};
use crate::wire::{DiagnosticsSave, DoctorReport, Empty, Failure, FileSaved};
use crate::{Seat, zh};

/// What the package says of itself to whoever opens it.
const ABOUT: &str = "Diagnostics of zhaoshen. Made by hand on request, sent by nobody.\n\
    Paths, file names, words outside ASCII, numbers of six digits or more and words that name\n\
    somebody in the workspace were taken out; in their place stand <path>, <file>, <text>, <number>, <known>.\n";

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
        let entries = self.diagnostics()?;
        let date = local_date(now());
        let named = (1..=99).map(|n| folder.join(zh::diagnostics_file(&date, n)));
        let mut free = named.filter(|path| !path.exists());
        let path = free.next().unwrap_or_else(|| folder.to_owned());
        write_stored(&path, entries).map_err(|error| exchange(&error))?;
        Ok(FileSaved {
            path: path.display().to_string(),
        })
    }

    fn diagnostics(&self) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let words = self.store().naming_words().map_err(|error| store(&error))?;
        let known = Known::of(words);
        let clean = |text: &str| -> Vec<u8> {
            let lines: Vec<String> = text.lines().map(scrub_line).collect();
            let mut clean = known.take_out(&lines.join("\n"));
            clean.push('\n');
            clean.into_bytes()
        };
        let mut entries = vec![
            ("about.txt".to_owned(), ABOUT.as_bytes().to_vec()),
            (
                "findings.txt".to_owned(),
                clean(&findings(&self.doctor_run(Empty {})?)),
            ),
            ("numbers.txt".to_owned(), clean(&self.numbers()?)),
        ];
        let diary = self.host().diary;
        let days = diary
            .map(|folder| machine::diary(&folder))
            .unwrap_or_default();
        for (day, n) in days.iter().zip(1_u32..) {
            entries.push((format!("diary-{n:02}.log"), clean(day)));
        }
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
