//! XML spreadsheets of Excel 2003, which admin systems export under the name `.xls`.
//!
//! Values are read as their type says: a number is as exact as a spreadsheet keeps it, whatever digits are written.
//! Styles are not looked at, so whether a sheet is hidden is not known before its end and it counts as shown.

use std::borrow::Cow;

use super::gather::Gathered;
use super::sheet::{Book, Cell, Feature, Next, Sheet, Taker, Value, error, iso_date, number};
use super::xml::{self, Element, Walker};
use crate::error::Error;

/// The name space by which such a file is known.
pub(super) const NAMESPACE: &str = "urn:schemas-microsoft-com:office:spreadsheet";

/// An XML spreadsheet.
pub(super) struct XmlBook<'a> {
    file: &'a str,
    text: Cow<'a, str>,
}

impl<'a> XmlBook<'a> {
    pub(super) fn new(text: Cow<'a, str>, file: &'a str) -> Self {
        Self { file, text }
    }
}

impl Book for XmlBook<'_> {
    fn read(&mut self, taker: &mut dyn Taker) -> Result<(), Error> {
        let mut walker = SheetWalker {
            taker,
            sheets: 0,
            is_wanted: false,
            row: 0,
            next_row: 0,
            is_row_hidden: false,
            next_column: 0,
            comments: 0,
            cell: None,
        };
        xml::walk(self.text.as_bytes(), self.file, &mut walker)
    }
}

/// A cell whose end has not come.
struct OpenCell {
    column: u32,
    /// Columns beyond the first that it is merged over.
    across: u32,
    has_formula: bool,
    kind: Kind,
    is_data_open: bool,
    text: Gathered,
}

/// Types of `Data`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// No `Data` so far.
    None,
    String,
    Number,
    DateTime,
    Boolean,
    Error,
}

struct SheetWalker<'t> {
    taker: &'t mut dyn Taker,
    sheets: usize,
    is_wanted: bool,
    row: u32,
    next_row: u32,
    /// Whether the row is hidden, and that is not told yet.
    is_row_hidden: bool,
    next_column: u32,
    /// Comments that are open; they hold `Data` too.
    comments: usize,
    cell: Option<OpenCell>,
}

impl Walker for SheetWalker<'_> {
    fn open(&mut self, element: &Element<'_>, _depth: usize) -> Result<Next, Error> {
        match element.name() {
            "Worksheet" => return Ok(self.open_sheet(element)),
            "Row" => self.open_row(element),
            "Cell" => self.open_cell(element),
            "Comment" => self.comments += 1,
            "Data" if self.comments == 0 => self.open_data(element),
            _ => {}
        }
        Ok(Next::Go)
    }

    fn text(&mut self, piece: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|cell| cell.is_data_open) {
            cell.text.push(piece);
        }
    }

    fn close(&mut self, name: &str, _depth: usize) -> Result<Next, Error> {
        match name {
            "Comment" => self.comments = self.comments.saturating_sub(1),
            "Data" if self.comments == 0 => {
                if let Some(cell) = &mut self.cell {
                    cell.is_data_open = false;
                }
            }
            "Cell" => return self.close_cell(),
            _ => {}
        }
        Ok(Next::Go)
    }
}

impl SheetWalker<'_> {
    fn open_sheet(&mut self, element: &Element<'_>) -> Next {
        let name = attribute(element, "Name").unwrap_or_default();
        let next = self.taker.sheet(Sheet {
            index: self.sheets,
            name: &name,
            visible: true,
        });
        self.sheets += 1;
        self.is_wanted = next == Next::Go;
        self.next_row = 0;
        next
    }

    fn open_row(&mut self, element: &Element<'_>) {
        self.row = index(element).unwrap_or(self.next_row);
        self.next_row = self.row.saturating_add(1);
        self.is_row_hidden = attribute(element, "Hidden").as_deref() == Some("1");
        self.next_column = 0;
    }

    fn open_cell(&mut self, element: &Element<'_>) {
        let merged =
            |name| attribute(element, name).map_or(0, |value| value.trim().parse().unwrap_or(0));
        let (across, down): (u32, u32) = (merged("MergeAcross"), merged("MergeDown"));
        let column = index(element).unwrap_or(self.next_column);
        self.tell_features((self.row, column), (down, across));
        self.cell = Some(OpenCell {
            column,
            across,
            has_formula: attribute(element, "Formula").is_some(),
            kind: Kind::None,
            is_data_open: false,
            text: Gathered::default(),
        });
    }

    fn tell_features(&mut self, first: (u32, u32), (down, across): (u32, u32)) {
        let sheet = self.sheets.saturating_sub(1);
        if std::mem::take(&mut self.is_row_hidden) {
            let (first, count) = (self.row, 1);
            self.taker
                .feature(sheet, Feature::HiddenRows { first, count });
        }
        if down > 0 || across > 0 {
            let last = (first.0.saturating_add(down), first.1.saturating_add(across));
            self.taker.feature(sheet, Feature::Merged { first, last });
        }
    }

    fn open_data(&mut self, element: &Element<'_>) {
        let Some(cell) = &mut self.cell else {
            return;
        };
        cell.is_data_open = true;
        cell.kind = match attribute(element, "Type").as_deref() {
            Some("Number") => Kind::Number,
            Some("DateTime") => Kind::DateTime,
            Some("Boolean") => Kind::Boolean,
            Some("Error") => Kind::Error,
            _ => Kind::String,
        };
    }

    fn close_cell(&mut self) -> Result<Next, Error> {
        let Some(cell) = self.cell.take() else {
            return Ok(Next::Go);
        };
        let last = cell.column.saturating_add(cell.across);
        self.next_column = last.saturating_add(1);
        if !self.is_wanted {
            return Ok(Next::Go);
        }
        let next = self.taker.cell(Cell {
            sheet: self.sheets.saturating_sub(1),
            row: self.row,
            column: cell.column,
            value: cell.value(),
        })?;
        self.is_wanted = next == Next::Go;
        Ok(next)
    }
}

impl OpenCell {
    fn value(&self) -> Option<Value> {
        let written = self.text.as_str();
        match self.kind {
            Kind::None => self.has_formula.then_some(Value::Uncalculated),
            Kind::String => self.text.value(),
            Kind::Number => number(written),
            Kind::DateTime => iso_date(written),
            Kind::Boolean => Some(Value::Bool(written.trim() == "1")),
            Kind::Error => Some(error(written)),
        }
    }
}

/// The 0-based place that `Index` names.
fn index(element: &Element<'_>) -> Option<u32> {
    let written = attribute(element, "Index")?;
    // What is larger than any sheet stays larger than any sheet.
    let place = written.trim().parse::<u64>().ok()?;
    Some(u32::try_from(place.saturating_sub(1)).unwrap_or(u32::MAX))
}

/// The attribute of this name, whatever its prefix.
fn attribute<'a>(element: &'a Element<'_>, name: &str) -> Option<Cow<'a, str>> {
    let mut attributes = element.attributes();
    attributes.find_map(|(key, value)| {
        let local = key.rsplit_once(':').map_or(key, |(_, local)| local);
        (local == name).then_some(value)
    })
}
