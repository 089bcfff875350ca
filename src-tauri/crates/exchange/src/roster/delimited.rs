//! Rosters as text between separators: CSV and TSV files, and what Excel and WPS put on the clipboard.
//!
//! A cell's kind is lost in text, so a number that a spreadsheet abbreviated arrives as such and is refused as such.
//! Which separator a file uses is told by its header. Fixed-width columns are not read.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};

use super::columns::recognise;
use super::layout;
use super::sheet::{Book, Cell, Next, Sheet, Taker, Value, text};
use crate::error::Error;

/// Separators of files, the commonest first.
const SEPARATORS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Bytes in which the separator is looked for.
const HEAD_BYTES: usize = 64 << 10;

/// Lines that one row may span; more are the work of a quote that is never closed.
const LONGEST_ROW_LINES: u64 = 40;

/// Text between separators.
pub(super) struct Delimited<'a> {
    file: &'a str,
    sheet: &'a str,
    text: Cow<'a, str>,
    separator: u8,
}

impl<'a> Delimited<'a> {
    /// A CSV or TSV file; its one sheet bears the file's name, as in Excel.
    pub(super) fn file(text: Cow<'a, str>, file: &'a str) -> Self {
        let (start, separator) = match directive(&text) {
            Some(found) => found,
            None => (0, likely_separator(&text)),
        };
        let text = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.get(start..).unwrap_or("")),
            Cow::Owned(mut text) => {
                text.drain(..start);
                Cow::Owned(text)
            }
        };
        Self {
            file,
            sheet: stem(file),
            text,
            separator,
        }
    }

    /// Rows between tabs, pasted.
    pub(super) fn pasted(text: &'a str, file: &'a str, sheet: &'a str) -> Self {
        Self {
            file,
            sheet,
            text: Cow::Borrowed(text),
            separator: b'\t',
        }
    }
}

impl Book for Delimited<'_> {
    fn read(&mut self, taker: &mut dyn Taker) -> Result<(), Error> {
        let sheet = Sheet {
            index: 0,
            name: self.sheet,
            visible: true,
        };
        if taker.sheet(sheet) != Next::Go {
            return Ok(());
        }
        let mut rows = Rows::new(&self.text, self.separator);
        while let Some(row) = rows.advance() {
            if rows.lines_within > LONGEST_ROW_LINES {
                return Err(Error::QuoteUnclosed {
                    file: self.file.to_owned(),
                    row: u64::from(row) + 1,
                });
            }
            for (column, written) in (0..).zip(rows.record.iter()) {
                let value = value(written);
                let cell = Cell {
                    sheet: 0,
                    row,
                    column,
                    value,
                };
                if taker.cell(cell)? != Next::Go {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

/// Rows with their numbers as Excel counts: empty lines count too.
struct Rows<'a> {
    reader: csv::Reader<&'a [u8]>,
    record: StringRecord,
    next_row: u32,
    /// Line breaks within the cells of the record.
    lines_within: u64,
}

impl<'a> Rows<'a> {
    fn new(text: &'a str, separator: u8) -> Self {
        let reader = ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        Self {
            reader,
            record: StringRecord::new(),
            next_row: 0,
            lines_within: 0,
        }
    }

    /// Reads the next record and tells its 0-based row.
    fn advance(&mut self) -> Option<u32> {
        let before = self.reader.position().line();
        // The text is UTF-8 and rows may differ in length, so no record can be refused.
        if !self.reader.read_record(&mut self.record).unwrap_or(false) {
            return None;
        }
        let passed = self.reader.position().line() - before;
        let breaks = self.record.iter().map(|cell| cell.matches('\n').count());
        self.lines_within = breaks.sum::<usize>() as u64;
        let empty = passed.saturating_sub(self.lines_within + 1);
        let row = self
            .next_row
            .saturating_add(u32::try_from(empty).unwrap_or(u32::MAX));
        self.next_row = row.saturating_add(1);
        Some(row)
    }
}

/// The cell's text; systems write `="007"` so that Excel keeps it as text.
fn value(written: &str) -> Option<Value> {
    let trimmed = written.trim();
    let quoted = trimmed
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'));
    text(quoted.unwrap_or(written))
}

/// `sep=;` in the first line, which Excel obeys and hides: where the rest starts, and the separator.
fn directive(text: &str) -> Option<(usize, u8)> {
    let (first, _) = text.split_once('\n')?;
    let written = first.trim_end_matches('\r').trim_matches('"');
    let [separator] = written.strip_prefix("sep=")?.as_bytes() else {
        return None;
    };
    (separator.is_ascii() && !separator.is_ascii_alphanumeric() && *separator != b'"')
        .then_some((first.len() + 1, *separator))
}

/// The separator by which the header names most fields; between equals the one that makes most columns.
fn likely_separator(text: &str) -> u8 {
    let end = text.floor_char_boundary(HEAD_BYTES);
    let head = text.get(..end).unwrap_or(text);
    let score = |separator: u8| {
        let mut rows = Rows::new(head, separator);
        let mut best = (0, 0);
        while let Some(row) = rows.advance() {
            if row >= layout::HEADER_WITHIN {
                break;
            }
            let named = rows.record.iter().filter(|cell| recognise(cell).is_some());
            best = best.max((named.count(), rows.record.len()));
        }
        best
    };
    let mut chosen = (score(b','), b',');
    for separator in SEPARATORS {
        let found = score(separator);
        if found > chosen.0 {
            chosen = (found, separator);
        }
    }
    chosen.1
}

/// The file's name without its ending.
pub(super) fn stem(file: &str) -> &str {
    match file.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => file,
    }
}
