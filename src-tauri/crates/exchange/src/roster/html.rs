//! Tables of web pages, which admin systems export under the name `.xls`.
//!
//! The page is only cut into tags and text (html5gum), never made a tree: a table is read as it passes, and tables
//! within tables count as sheets of their own. Spans leave the cells that they cover empty, as in a spreadsheet. Styles,
//! scripts and frames are not followed.

use std::borrow::Cow;

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::RosterLimits;
use super::foreign::Foreign;
use super::gather::Gathered;
use super::sheet::{Book, Cell, Feature, Next, Sheet, Taker, Value, number};
use crate::error::Error;

/// Most tables within one another.
const DEEPEST: usize = 32;

/// Most rows that a cell spans, as browsers hold it.
const LONGEST_SPAN: u32 = 65_534;

/// A web page.
pub(super) struct HtmlBook<'a> {
    file: &'a str,
    text: Cow<'a, str>,
    max_columns: u32,
}

impl<'a> HtmlBook<'a> {
    /// # Errors
    /// When the page has no table.
    pub(super) fn open(
        text: Cow<'a, str>,
        file: &'a str,
        limits: &RosterLimits,
    ) -> Result<Self, Error> {
        let has_table = text
            .as_bytes()
            .windows(6)
            .any(|window| window.eq_ignore_ascii_case(b"<table"));
        if !has_table {
            return Err(Foreign::PAGE_WITHOUT_TABLE.refused(file));
        }
        Ok(Self {
            file,
            text,
            max_columns: limits.max_columns,
        })
    }
}

impl Book for HtmlBook<'_> {
    fn read(&mut self, taker: &mut dyn Taker) -> Result<(), Error> {
        let mut page = Page {
            taker,
            max_columns: self.max_columns,
            tables: Vec::new(),
            tables_met: 0,
            too_deep: 0,
            tag: Tag::default(),
            muted: None,
            end: None,
        };
        let mut emitter = CallbackEmitter::<_, ()>::new(&mut page);
        emitter.naively_switch_states(true);
        // The first token is the sign to stop.
        let _ = Tokenizer::new_with_emitter(self.text.as_ref(), emitter).next();
        match page.end {
            Some(Err(error)) => Err(error),
            Some(Ok(())) => Ok(()),
            None if page.tables.is_empty() => Ok(()),
            None => Err(Error::BrokenWorkbook {
                file: self.file.to_owned(),
                detail: "表格没有结束，文件不完整".into(),
            }),
        }
    }
}

/// A table whose end has not come.
struct Table {
    index: usize,
    is_wanted: bool,
    /// The row that is open or will open next.
    row: u32,
    is_row_open: bool,
    next_column: u32,
    /// By column, the first row that no cell from above covers.
    free_from: Vec<u32>,
    cell: Option<OpenCell>,
}

struct OpenCell {
    column: u32,
    text: Gathered,
    number: Option<String>,
}

/// A start tag whose attributes are being read.
#[derive(Default)]
struct Tag {
    name: Vec<u8>,
    attribute: Vec<u8>,
    columns: u32,
    rows: u32,
    /// Whether its style says that it is not shown.
    is_hidden: bool,
    /// What Excel wrote beside the text that it shows.
    number: Option<String>,
}

struct Page<'t> {
    taker: &'t mut dyn Taker,
    max_columns: u32,
    tables: Vec<Table>,
    tables_met: usize,
    /// Tables beyond [`DEEPEST`], which are passed over.
    too_deep: usize,
    tag: Tag,
    /// The element whose text is not shown.
    muted: Option<Vec<u8>>,
    end: Option<Result<(), Error>>,
}

impl Callback<(), ()> for &mut Page<'_> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _span: Span<()>) -> Option<()> {
        match event {
            CallbackEvent::OpenStartTag { name } => self.tag = Tag::named(name),
            CallbackEvent::AttributeName { name } => self.tag.begin_attribute(name),
            CallbackEvent::AttributeValue { value } => self.tag.set_attribute(value),
            CallbackEvent::CloseStartTag { .. } => {
                let tag = std::mem::take(&mut self.tag);
                self.start(&tag);
            }
            CallbackEvent::EndTag { name } => self.finish(name),
            CallbackEvent::String { value } => self.text(&String::from_utf8_lossy(value)),
            _ => {}
        }
        self.end.is_some().then_some(())
    }
}

impl Tag {
    fn named(name: &[u8]) -> Self {
        Self {
            name: name.to_vec(),
            columns: 1,
            rows: 1,
            ..Self::default()
        }
    }

    fn begin_attribute(&mut self, name: &[u8]) {
        self.attribute = name.to_vec();
        if name == b"x:num" {
            self.number = Some(String::new());
        }
    }

    fn set_attribute(&mut self, value: &[u8]) {
        let value = String::from_utf8_lossy(value);
        let span = || value.trim().parse::<u32>().unwrap_or(1).max(1);
        match self.attribute.as_slice() {
            b"colspan" => self.columns = span(),
            b"rowspan" => self.rows = span().min(LONGEST_SPAN),
            b"x:num" => self.number = Some(value.into_owned()),
            b"style" => {
                let plain = value.replace(' ', "").to_ascii_lowercase();
                self.is_hidden = plain.contains("display:none");
            }
            _ => {}
        }
    }
}

impl Page<'_> {
    fn start(&mut self, tag: &Tag) {
        match tag.name.as_slice() {
            b"table" if self.tables.len() == DEEPEST => self.too_deep += 1,
            b"table" => self.start_table(),
            b"style" | b"script" | b"title" if self.muted.is_none() => {
                self.muted = Some(tag.name.clone());
            }
            _ if self.too_deep > 0 => {}
            b"tr" => {
                self.finish_row();
                if let Some(table) = self.tables.last_mut() {
                    table.is_row_open = true;
                    if tag.is_hidden {
                        let (first, count) = (table.row, 1);
                        self.taker
                            .feature(table.index, Feature::HiddenRows { first, count });
                    }
                }
            }
            b"td" | b"th" => self.start_cell(tag),
            b"br" => self.with_cell(|cell| cell.text.push("\n")),
            _ => {}
        }
    }

    fn finish(&mut self, name: &[u8]) {
        if self.muted.as_deref() == Some(name) {
            self.muted = None;
        }
        match name {
            b"table" if self.too_deep > 0 => self.too_deep -= 1,
            _ if self.too_deep > 0 => {}
            b"table" => {
                self.finish_row();
                self.tables.pop();
            }
            b"tr" => self.finish_row(),
            b"td" | b"th" => self.finish_cell(),
            _ => {}
        }
    }

    fn text(&mut self, piece: &str) {
        if self.muted.is_none() && self.too_deep == 0 {
            self.with_cell(|cell| cell.text.push_collapsed(piece));
        }
    }

    fn with_cell(&mut self, act: impl FnOnce(&mut OpenCell)) {
        if let Some(cell) = self.tables.last_mut().and_then(|table| table.cell.as_mut()) {
            act(cell);
        }
    }

    fn start_table(&mut self) {
        let index = self.tables_met;
        self.tables_met += 1;
        let next = self.taker.sheet(Sheet {
            index,
            name: &format!("第{}个表格", index + 1),
            visible: true,
        });
        if next == Next::Stop {
            self.end = Some(Ok(()));
        }
        self.tables.push(Table {
            index,
            is_wanted: next == Next::Go,
            row: 0,
            is_row_open: false,
            next_column: 0,
            free_from: Vec::new(),
            cell: None,
        });
    }

    fn start_cell(&mut self, tag: &Tag) {
        self.finish_cell();
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        table.is_row_open = true;
        let column = table.place(tag.columns, tag.rows, self.max_columns);
        if tag.columns > 1 || tag.rows > 1 {
            let (first, down, across) = ((table.row, column), tag.rows - 1, tag.columns - 1);
            let last = (first.0.saturating_add(down), first.1.saturating_add(across));
            self.taker
                .feature(table.index, Feature::Merged { first, last });
        }
        table.cell = Some(OpenCell {
            column,
            text: Gathered::default(),
            number: tag.number.clone(),
        });
    }

    fn finish_cell(&mut self) {
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        let Some(cell) = table.cell.take().filter(|_| table.is_wanted) else {
            return;
        };
        let taken = self.taker.cell(Cell {
            sheet: table.index,
            row: table.row,
            column: cell.column,
            value: cell.value(),
        });
        match taken {
            Ok(Next::Go) => {}
            Ok(Next::Skip) => table.is_wanted = false,
            Ok(Next::Stop) => self.end = Some(Ok(())),
            Err(error) => self.end = Some(Err(error)),
        }
    }

    fn finish_row(&mut self) {
        self.finish_cell();
        if let Some(table) = self.tables.last_mut()
            && table.is_row_open
        {
            table.is_row_open = false;
            table.row = table.row.saturating_add(1);
            table.next_column = 0;
        }
    }
}

impl Table {
    /// The column of a new cell, which from there on covers `columns` by `rows`.
    fn place(&mut self, columns: u32, rows: u32, max_columns: u32) -> u32 {
        let is_covered = |column: u32| {
            let free_from = self.free_from.get(column as usize);
            free_from.is_some_and(|first| *first > self.row)
        };
        let mut column = self.next_column;
        while is_covered(column) {
            column += 1;
        }
        let end = column.saturating_add(columns);
        self.next_column = end;
        if rows > 1 {
            // Columns that no roster has need no memory.
            let (start, end) = (column.min(max_columns), end.min(max_columns));
            if self.free_from.len() < end as usize {
                self.free_from.resize(end as usize, 0);
            }
            let first_free = self.row.saturating_add(rows);
            if let Some(covered) = self.free_from.get_mut(start as usize..end as usize) {
                covered.fill(first_free);
            }
        }
        column
    }
}

impl OpenCell {
    fn value(&self) -> Option<Value> {
        let shown = self.text.as_str().trim();
        // A date is a number too, but is shown as one reads it.
        let is_plain = shown
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b",.+-Ee#".contains(&byte));
        match &self.number {
            Some(stored) if is_plain && stored.is_empty() => number(&shown.replace(',', "")),
            Some(stored) if is_plain => number(stored),
            _ => self.text.value(),
        }
    }
}
