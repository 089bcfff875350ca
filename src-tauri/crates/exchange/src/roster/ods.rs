//! OpenDocument spreadsheets (.ods, and .fods, the same without the archive), as LibreOffice and WPS save them.
//!
//! Read here and not by calamine, which opens every sheet at once as a dense range of up to 100 million cells. The
//! content is walked as it comes; rows and cells that a document repeats are repeated only as far as a roster reaches.
//! Tables of text documents are written the same way and are read too.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{BufReader, Cursor, Read};

use zip::ZipArchive;

use super::RosterLimits;
use super::gather::Gathered;
use super::sheet::{Book, Cell, Feature, Next, Sheet, Taker, Value, error, iso_date, number, text};
use super::xml::{self, Element, Walker};
use crate::error::Error;

/// Bytes of the manifest that are looked through.
const MANIFEST_BYTES: u64 = 4 << 20;

/// An OpenDocument spreadsheet.
pub(super) struct OdsBook<'a> {
    file: &'a str,
    source: Source<'a>,
    max_columns: u32,
}

/// Where the content is.
enum Source<'a> {
    Packed(ZipArchive<Cursor<&'a [u8]>>),
    Flat(Cow<'a, str>),
}

impl<'a> OdsBook<'a> {
    /// Opens an .ods, which [`super::guard`] has weighed.
    ///
    /// # Errors
    /// When it is damaged or protected.
    pub(super) fn open(
        bytes: &'a [u8],
        file: &'a str,
        limits: &RosterLimits,
    ) -> Result<Self, Error> {
        let archive = ZipArchive::new(Cursor::new(bytes));
        let mut archive = archive.map_err(|error| broken(file, &error))?;
        if is_encrypted(&mut archive) {
            return Err(Error::PasswordProtected {
                file: file.to_owned(),
            });
        }
        Ok(Self {
            file,
            source: Source::Packed(archive),
            max_columns: limits.max_columns,
        })
    }

    /// A document that is one XML file.
    pub(super) fn flat(text: Cow<'a, str>, file: &'a str, limits: &RosterLimits) -> Self {
        Self {
            file,
            source: Source::Flat(text),
            max_columns: limits.max_columns,
        }
    }
}

impl Book for OdsBook<'_> {
    fn read(&mut self, taker: &mut dyn Taker) -> Result<(), Error> {
        let mut walker = ContentWalker::new(taker, self.max_columns);
        match &mut self.source {
            Source::Flat(text) => xml::walk(text.as_bytes(), self.file, &mut walker),
            Source::Packed(archive) => {
                let content = archive.by_name("content.xml");
                let content = content.map_err(|error| broken(self.file, &error))?;
                xml::walk(BufReader::new(content), self.file, &mut walker)
            }
        }
    }
}

fn broken(file: &str, error: &zip::result::ZipError) -> Error {
    Error::BrokenWorkbook {
        file: file.to_owned(),
        detail: error.to_string(),
    }
}

fn is_encrypted(archive: &mut ZipArchive<Cursor<&[u8]>>) -> bool {
    let Ok(manifest) = archive.by_name("META-INF/manifest.xml") else {
        return false;
    };
    let mut text = Vec::new();
    let read = manifest.take(MANIFEST_BYTES).read_to_end(&mut text);
    let word = b"encryption-data";
    read.is_ok() && text.windows(word.len()).any(|window| window == word)
}

/// A cell whose end has not come.
struct OpenCell {
    depth: usize,
    column: u32,
    repeated: u32,
    kind: String,
    /// The value beside the text that is shown.
    stored: String,
    has_formula: bool,
    is_error: bool,
    paragraphs: usize,
    text: Gathered,
}

struct ContentWalker<'t> {
    taker: &'t mut dyn Taker,
    max_columns: u32,
    /// The style that is being defined, and those whose sheets are hidden.
    style: String,
    hidden: HashSet<String>,
    /// Sheets met so far, and where the one at hand opened.
    sheets: usize,
    sheet_depth: usize,
    is_wanted: bool,
    row: u32,
    row_repeated: u32,
    is_row_hidden: bool,
    next_column: u32,
    /// The row's cells with what they hold: column, how many times, value.
    cells: Vec<(u32, u32, Value)>,
    cell: Option<OpenCell>,
    /// Whether text belongs to the cell.
    is_text_open: bool,
}

impl Walker for ContentWalker<'_> {
    fn open(&mut self, element: &Element<'_>, depth: usize) -> Result<Next, Error> {
        match element.name() {
            "style" => self.style = attribute(element, "style:name").unwrap_or_default(),
            "table-properties" => {
                if attribute(element, "table:display").as_deref() == Some("false") {
                    self.hidden.insert(self.style.clone());
                }
            }
            // A table within a cell belongs to the cell.
            "table" if self.sheet_depth == 0 => return Ok(self.open_sheet(element, depth)),
            "table-row" if self.cell.is_none() => self.open_row(element),
            "table-cell" | "covered-table-cell" if self.cell.is_none() => {
                self.open_cell(element, depth);
            }
            name => self.open_within_cell(element, name, depth),
        }
        Ok(Next::Go)
    }

    fn text(&mut self, piece: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|_| self.is_text_open) {
            cell.text.push_collapsed(piece);
        }
    }

    fn close(&mut self, name: &str, depth: usize) -> Result<Next, Error> {
        match name {
            "table-cell" | "covered-table-cell" if self.is_cell(depth) => self.close_cell(),
            "table-row" if self.cell.is_none() => return self.close_row(),
            "table" if self.sheet_depth == depth => self.sheet_depth = 0,
            // Notes and drawings within a cell have paragraphs of their own, deeper down.
            "p" | "h" if self.is_paragraph(depth) => self.is_text_open = false,
            "annotation" => self.is_text_open = false,
            _ => {}
        }
        Ok(Next::Go)
    }
}

impl<'t> ContentWalker<'t> {
    fn new(taker: &'t mut dyn Taker, max_columns: u32) -> Self {
        Self {
            taker,
            max_columns,
            style: String::new(),
            hidden: HashSet::new(),
            sheets: 0,
            sheet_depth: 0,
            is_wanted: false,
            row: 0,
            row_repeated: 0,
            is_row_hidden: false,
            next_column: 0,
            cells: Vec::new(),
            cell: None,
            is_text_open: false,
        }
    }

    fn open_sheet(&mut self, element: &Element<'_>, depth: usize) -> Next {
        let name = attribute(element, "table:name").unwrap_or_default();
        let style = attribute(element, "table:style-name").unwrap_or_default();
        let next = self.taker.sheet(Sheet {
            index: self.sheets,
            name: &name,
            visible: !self.hidden.contains(&style),
        });
        self.sheets += 1;
        self.sheet_depth = depth;
        self.is_wanted = next == Next::Go;
        self.row = 0;
        next
    }

    fn open_row(&mut self, element: &Element<'_>) {
        self.row_repeated = count(element, "table:number-rows-repeated");
        let visibility = attribute(element, "table:visibility");
        self.is_row_hidden = matches!(visibility.as_deref(), Some("collapse" | "filter"));
        self.next_column = 0;
        self.cells.clear();
    }

    fn open_cell(&mut self, element: &Element<'_>, depth: usize) {
        let mut cell = OpenCell {
            depth,
            column: self.next_column,
            repeated: 1,
            kind: String::new(),
            stored: String::new(),
            has_formula: false,
            is_error: false,
            paragraphs: 0,
            text: Gathered::default(),
        };
        let mut spans = (1, 1);
        for (key, value) in element.attributes() {
            match key {
                "table:number-rows-spanned" => spans.0 = parsed(&value),
                "table:number-columns-spanned" => spans.1 = parsed(&value),
                "office:value-type" => cell.kind = value.into_owned(),
                "office:value"
                | "office:date-value"
                | "office:boolean-value"
                | "office:string-value" => cell.stored = value.into_owned(),
                "table:formula" => cell.has_formula = true,
                "calcext:value-type" => cell.is_error = value == "error",
                "table:number-columns-repeated" => cell.repeated = parsed(&value).max(1),
                _ => {}
            }
        }
        let first = (self.row, cell.column);
        self.cell = Some(cell);
        self.is_text_open = false;
        self.tell_merged(first, spans);
    }

    fn tell_merged(&mut self, first: (u32, u32), (rows, columns): (u32, u32)) {
        if rows > 1 || columns > 1 {
            let last = (
                first.0.saturating_add(rows.max(1) - 1),
                first.1.saturating_add(columns.max(1) - 1),
            );
            let sheet = self.sheets.saturating_sub(1);
            self.taker.feature(sheet, Feature::Merged { first, last });
        }
    }

    fn open_within_cell(&mut self, element: &Element<'_>, name: &str, depth: usize) {
        let is_paragraph = self.is_paragraph(depth);
        let Some(cell) = &mut self.cell else {
            return;
        };
        match name {
            "p" | "h" if is_paragraph => {
                if cell.paragraphs > 0 {
                    cell.text.push("\n");
                }
                cell.paragraphs += 1;
                self.is_text_open = true;
            }
            "annotation" => self.is_text_open = false,
            "s" if self.is_text_open => {
                // More blanks than a cell holds are as good as that many.
                let blanks = count(element, "text:c").min(500) as usize;
                cell.text.push(&" ".repeat(blanks));
            }
            "tab" if self.is_text_open => cell.text.push("\t"),
            "line-break" if self.is_text_open => cell.text.push("\n"),
            _ => {}
        }
    }

    fn is_cell(&self, depth: usize) -> bool {
        self.cell.as_ref().is_some_and(|cell| cell.depth == depth)
    }

    fn is_paragraph(&self, depth: usize) -> bool {
        let cell = self.cell.as_ref();
        cell.is_some_and(|cell| cell.depth + 1 == depth)
    }

    fn close_cell(&mut self) {
        self.is_text_open = false;
        let Some(cell) = self.cell.take() else {
            return;
        };
        self.next_column = cell.column.saturating_add(cell.repeated);
        // One column beyond the limit is enough to be refused for it.
        let room = (self.max_columns + 1).saturating_sub(cell.column);
        if self.is_wanted
            && room > 0
            && let Some(value) = cell.value()
        {
            let repeated = cell.repeated.min(room);
            self.cells.push((cell.column, repeated, value));
        }
    }

    fn close_row(&mut self) -> Result<Next, Error> {
        let (first, repeated) = (self.row, self.row_repeated);
        self.row = first.saturating_add(repeated);
        if !self.is_wanted || self.cells.is_empty() {
            return Ok(Next::Go);
        }
        if self.is_row_hidden {
            let count = repeated;
            let sheet = self.sheets.saturating_sub(1);
            self.taker
                .feature(sheet, Feature::HiddenRows { first, count });
        }
        for row in (0..repeated).map(|times| first.saturating_add(times)) {
            for (start, times, value) in &self.cells {
                for column in *start..start.saturating_add(*times) {
                    let next = self.taker.cell(Cell {
                        sheet: self.sheets.saturating_sub(1),
                        row,
                        column,
                        value: Some(value.clone()),
                    })?;
                    if next != Next::Go {
                        self.is_wanted = false;
                        return Ok(next);
                    }
                }
            }
        }
        Ok(Next::Go)
    }
}

impl OpenCell {
    fn value(&self) -> Option<Value> {
        if self.is_error {
            return Some(error(self.text.as_str()));
        }
        match self.kind.as_str() {
            "float" | "percentage" | "currency" => number(&self.stored),
            "date" => iso_date(&self.stored),
            "boolean" => Some(Value::Bool(self.stored == "true")),
            "string" if self.paragraphs == 0 => text(&self.stored),
            "" if self.paragraphs == 0 => self.has_formula.then_some(Value::Uncalculated),
            _ => self.text.value(),
        }
    }
}

fn attribute(element: &Element<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    attributes.find_map(|(key, value)| (key == name).then(|| value.into_owned()))
}

/// How many times, at least once.
fn count(element: &Element<'_>, name: &str) -> u32 {
    attribute(element, name).map_or(1, |written| parsed(&written).max(1))
}

fn parsed(written: &str) -> u32 {
    let number = written.trim().parse::<u64>().unwrap_or(1);
    u32::try_from(number).unwrap_or(u32::MAX)
}
