//! Rosters as text between separators: CSV and TSV files, and what Excel and WPS put on the clipboard.
//!
//! A cell's kind is lost in text, so a number that a spreadsheet abbreviated arrives as such and is refused as such.
//! Which separator a file uses is told by its header. Fixed-width columns are not read.

use std::borrow::Cow;

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use super::columns::recognise;
use super::layout;
use super::sheet::{Book, Cell, LONGEST_TEXT, Next, Sheet, Taker, Value, text};
use crate::error::Error;

/// Separators of files, the commonest first.
const SEPARATORS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Bytes in which the separator is looked for.
const HEAD_BYTES: usize = 64 << 10;

/// Line breaks that one cell may hold; more are the work of a quote that is never closed.
const MOST_BREAKS: usize = 10;

/// Bytes kept of one cell: more than the longest text has, with blanks around it.
const CELL_BYTES: usize = LONGEST_TEXT * 4 + 1024;

/// Text between separators.
pub(super) struct Delimited<'a> {
    file: &'a str,
    sheet: &'a str,
    text: Cow<'a, str>,
    separator: u8,
    /// Cells of the row that is likest to be the header.
    columns: usize,
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
            columns: likely_header(&text, separator).1,
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
            columns: likely_header(text, b'\t').1,
        }
    }
}

impl Book for Delimited<'_> {
    fn read(&mut self, taker: &mut dyn Taker) -> Result<(), Error> {
        if taker.sheet(Sheet::only(self.sheet)) != Next::Go {
            return Ok(());
        }
        let mut cells = Cells::new(&self.text, self.separator);
        while let Some(written) = cells.advance() {
            if written.swallows_rows(self.separator, self.columns) {
                return Err(Error::QuoteUnclosed {
                    file: self.file.to_owned(),
                    row: u64::from(written.row) + 1,
                });
            }
            let cell = Cell {
                sheet: 0,
                row: written.row,
                column: written.column,
                value: written.value(),
            };
            if taker.cell(cell)? != Next::Go {
                return Ok(());
            }
        }
        Ok(())
    }
}

/// A cell as the file has it.
struct Written<'a> {
    /// 0-based; empty lines count, as in Excel.
    row: u32,
    column: u32,
    /// With its quotes and the separator or line break after it.
    raw: &'a str,
    /// Without; `None` when it is longer than is kept.
    text: Option<&'a str>,
}

impl Written<'_> {
    fn value(&self) -> Option<Value> {
        let is_blank = |c: char| c == '"' || c.is_whitespace();
        match self.text {
            Some(text) => value(text),
            None if self.raw.chars().all(is_blank) => None,
            None => Some(Value::TooLong),
        }
    }

    /// Whether the cell begins with a quote that was never meant to begin one: it is open at the end of the file, or
    /// ends at a quote further down with other rows in between.
    fn swallows_rows(&self, separator: u8, columns: usize) -> bool {
        let Some(inner) = self.raw.strip_prefix('"') else {
            return false;
        };
        let Some((within, after)) = closed(inner) else {
            return true;
        };
        if !within.contains(LINE_BREAKS) {
            return false;
        }
        let separator = char::from(separator);
        let ends_well = after.is_empty() || after.starts_with(['\r', '\n', separator]);
        let breaks = within.matches('\n').count();
        let breaks = breaks.max(within.matches('\r').count());
        let is_row = |line: &str| line.matches(separator).count() >= separators_of_a_row(columns);
        !ends_well || breaks > MOST_BREAKS || within.split(LINE_BREAKS).skip(1).any(is_row)
    }
}

const LINE_BREAKS: [char; 2] = ['\r', '\n'];

/// Separators in a line within a cell that make it a row of a table with so many columns: all of them in a narrow
/// table, half of them in a wide one, for the last row swallowed is cut off by the quote.
const fn separators_of_a_row(columns: usize) -> usize {
    let all = columns.saturating_sub(1);
    match all {
        0 => 1,
        1..=3 => all,
        _ if all < 6 => 3,
        _ => all.div_ceil(2),
    }
}

/// What stands before and behind the quote that closes a cell.
fn closed(inner: &str) -> Option<(&str, &str)> {
    let mut from = 0;
    loop {
        let at = from + inner.get(from..)?.find('"')?;
        let after = inner.get(at + 1..)?;
        if after.starts_with('"') {
            from = at + 2;
        } else {
            return Some((inner.get(..at)?, after));
        }
    }
}

/// Cells one by one: nothing of a row is kept, so a line of a million separators costs no memory.
struct Cells<'a> {
    text: &'a str,
    at: usize,
    reader: Reader,
    buffer: Vec<u8>,
    next_row: u32,
    row: u32,
    column: u32,
    /// Whether the next cell is the first of its row.
    starts_row: bool,
}

impl<'a> Cells<'a> {
    fn new(text: &'a str, separator: u8) -> Self {
        Self {
            text,
            at: 0,
            reader: ReaderBuilder::new().delimiter(separator).build(),
            buffer: vec![0; CELL_BYTES],
            next_row: 0,
            row: 0,
            column: 0,
            starts_row: true,
        }
    }

    /// Reads the next cell.
    fn advance(&mut self) -> Option<Written<'_>> {
        if self.starts_row {
            self.start_row();
            if self.at >= self.text.len() {
                return None;
            }
        } else {
            self.column = self.column.saturating_add(1);
        }
        let (start, mut kept, mut is_long) = (self.at, 0, false);
        loop {
            let input = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let room = self.buffer.get_mut(kept..).unwrap_or_default();
            let (result, read, written) = self.reader.read_field(input, room);
            self.at += read;
            kept += written;
            match result {
                // The next look, at nothing, ends the cell.
                ReadFieldResult::InputEmpty => {}
                ReadFieldResult::OutputFull => (is_long, kept) = (true, 0),
                ReadFieldResult::Field { record_end } => {
                    self.starts_row = record_end;
                    break;
                }
                ReadFieldResult::End => return None,
            }
        }
        let text = self.buffer.get(..kept).filter(|_| !is_long);
        Some(Written {
            row: self.row,
            column: self.column,
            raw: self.text.get(start..self.at).unwrap_or(""),
            text: text.and_then(|bytes| std::str::from_utf8(bytes).ok()),
        })
    }

    /// Passes over empty lines.
    fn start_row(&mut self) {
        let is_break = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let bytes = self.text.as_bytes();
        // The break that ended the row before.
        let ended = self.at.checked_sub(1);
        let start = ended.filter(|at| bytes.get(*at).is_some_and(is_break));
        let rest = bytes.get(start.unwrap_or(self.at)..).unwrap_or_default();
        let run = rest.iter().take_while(|byte| is_break(byte));
        let (mut length, mut returns, mut feeds) = (0, 0_u32, 0_u32);
        for byte in run {
            length += 1;
            match byte {
                b'\n' => feeds = feeds.saturating_add(1),
                _ => returns = returns.saturating_add(1),
            }
        }
        let breaks = if feeds > 0 { feeds } else { returns };
        let empty = breaks.saturating_sub(u32::from(start.is_some()));
        self.at = start.unwrap_or(self.at) + length;
        self.row = self.next_row.saturating_add(empty);
        self.next_row = self.row.saturating_add(1);
        self.column = 0;
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
    let mut chosen = (likely_header(text, b','), b',');
    for separator in SEPARATORS {
        let found = likely_header(text, separator);
        if found > chosen.0 {
            chosen = (found, separator);
        }
    }
    chosen.1
}

/// Fields that the row likest to be the header names, and its cells.
fn likely_header(text: &str, separator: u8) -> (usize, usize) {
    let end = text.floor_char_boundary(HEAD_BYTES);
    let mut cells = Cells::new(text.get(..end).unwrap_or(text), separator);
    let (mut best, mut row, mut own) = ((0, 0), 0, (0, 0));
    while let Some(written) = cells.advance() {
        if written.row >= layout::HEADER_WITHIN {
            break;
        }
        if written.row != row {
            (row, own) = (written.row, (0, 0));
        }
        own.0 += usize::from(written.text.is_some_and(|text| recognise(text).is_some()));
        own.1 += 1;
        best = best.max(own);
    }
    best
}

/// The file's name without its ending.
pub(super) fn stem(file: &str) -> &str {
    match file.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => file,
    }
}
