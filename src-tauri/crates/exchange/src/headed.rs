//! Tables that stand below a header: of a workbook the first sheet that has a header of the kind that is looked for.
//!
//! Which columns make a header is for the [`Header`] to say, and what the rows mean for whoever asked. Rosters have a
//! finder of their own, `roster::layout`: of theirs the best header counts, not the first.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::roster::sheet::{Cell, Next, Sheet, Taker, Value};
use crate::roster::{RosterLimits, read_cells};

/// The texts of a row by 0-based column.
pub(crate) type Texts = BTreeMap<u32, String>;

/// A header of one kind of table.
pub(crate) trait Header: Sized {
    /// Rows among which it is looked for.
    const WITHIN: u32;

    /// The header that the texts of a row make.
    fn of(texts: &Texts) -> Option<Self>;

    /// Whether the 0-based column is read.
    fn wants(&self, column: u32) -> bool;

    /// What a cell reads as.
    fn text(value: &Value) -> Option<String> {
        value.as_read()
    }
}

/// A table and its header.
#[derive(Debug)]
pub(crate) struct Headed<H> {
    /// Name of the sheet.
    pub sheet: String,
    /// 0-based.
    pub header_row: u32,
    /// The header.
    pub header: H,
    /// The wanted columns of every row below it that holds anything in them, by 0-based row.
    pub rows: BTreeMap<u32, Texts>,
}

/// The first table of the file that has such a header.
///
/// # Errors
/// When the file is no table, protected, or damaged.
pub(crate) fn read_headed<H: Header>(bytes: &[u8], file: &str) -> Result<Option<Headed<H>>, Error> {
    let limits = RosterLimits::default();
    let mut cells = Cells::<H> {
        limits,
        sheet: 0,
        name: String::new(),
        rows: BTreeMap::new(),
        header: None,
        seen: 0,
    };
    read_cells(bytes, file, &limits, &mut cells)?;
    Ok(cells.table())
}

/// Takes the cells of the first sheet that has a header.
struct Cells<H> {
    limits: RosterLimits,
    sheet: usize,
    name: String,
    rows: BTreeMap<u32, Texts>,
    /// With its 0-based row.
    header: Option<(u32, H)>,
    seen: u64,
}

impl<H: Header> Cells<H> {
    /// Looks for a header among the rows taken so far; whether there is one now.
    fn look(&mut self) -> bool {
        if self.header.is_none() {
            let mut rows = self.rows.range(..H::WITHIN);
            self.header = rows.find_map(|(row, texts)| Some((*row, H::of(texts)?)));
        }
        self.header.is_some()
    }

    fn table(mut self) -> Option<Headed<H>> {
        self.look();
        let (header_row, header) = self.header?;
        let mut rows = self.rows.split_off(&(header_row + 1));
        for texts in rows.values_mut() {
            texts.retain(|column, _| header.wants(*column));
        }
        rows.retain(|_, texts| !texts.is_empty());
        Some(Headed {
            sheet: self.name,
            header_row,
            header,
            rows,
        })
    }
}

impl<H: Header> Taker for Cells<H> {
    fn sheet(&mut self, sheet: Sheet<'_>) -> Next {
        if self.look() {
            return Next::Stop;
        }
        self.rows.clear();
        self.sheet = sheet.index;
        sheet.name.clone_into(&mut self.name);
        Next::Go
    }

    fn cell(&mut self, cell: Cell) -> Result<Next, Error> {
        self.seen += 1;
        if self.seen > self.limits.max_cells || cell.row >= self.limits.max_rows {
            return Ok(Next::Stop);
        }
        if cell.sheet != self.sheet || (cell.row >= H::WITHIN && !self.look()) {
            return Ok(Next::Skip);
        }
        let wanted = self
            .header
            .as_ref()
            .is_none_or(|(_, header)| header.wants(cell.column));
        if wanted
            && cell.column < self.limits.max_columns
            && let Some(text) = cell.value.as_ref().and_then(H::text)
        {
            let texts = self.rows.entry(cell.row).or_default();
            texts.insert(cell.column, text);
        }
        Ok(Next::Go)
    }
}
