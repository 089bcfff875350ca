//! Tables that stand below a header: of a workbook every sheet that has a header of the kind that is looked for.
//!
//! Which columns make a header is for the [`Header`] to say, and what the rows mean for whoever asked. Rosters have a
//! finder of their own, `roster::layout`: of theirs the best header counts, not the first.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::roster::columns::letters;
use crate::roster::sheet::{Cell, MOST_TEXT, Next, Sheet, Taker, Value, too_much_text};
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
    /// The cells that hold something and no text, by 0-based row and column, and why.
    pub lost: Lost,
}

/// Cells without a text, and why.
pub(crate) type Lost = BTreeMap<(u32, u32), &'static str>;

/// The tables of the file that have such a header, sheet by sheet.
///
/// # Errors
/// When the file is no table, protected, or damaged; when a table is larger than any list of students.
pub(crate) fn read_headed<H: Header>(bytes: &[u8], file: &str) -> Result<Vec<Headed<H>>, Error> {
    let limits = RosterLimits::default();
    let mut cells = Cells::<H> {
        file,
        limits,
        parts: Vec::new(),
        seen: 0,
        kept_bytes: 0,
    };
    read_cells(bytes, file, &limits, &mut cells)?;
    Ok(cells.parts.into_iter().filter_map(Part::table).collect())
}

/// The first table, and the names of the other sheets that hold one.
pub(crate) fn first<H>(tables: Vec<Headed<H>>) -> Option<(Headed<H>, Vec<String>)> {
    let mut tables = tables.into_iter();
    let first = tables.next()?;
    let others = tables.filter(|other| !other.rows.is_empty());
    Some((first, others.map(|other| other.sheet).collect()))
}

/// What to say of another sheet with such a header, in Chinese.
pub(crate) fn unread(sheet: &str) -> String {
    format!("工作表“{sheet}”也有这样的表头，没有读取；要读它，请把它另存为单独的文件再导入")
}

/// Sheets looked at; lists have a handful.
const MOST_SHEETS: usize = 64;

/// Takes the cells of every sheet that has a header.
struct Cells<'a, H> {
    file: &'a str,
    limits: RosterLimits,
    parts: Vec<Part<H>>,
    seen: u64,
    kept_bytes: usize,
}

/// One sheet.
struct Part<H> {
    index: usize,
    name: String,
    rows: BTreeMap<u32, Texts>,
    lost: Lost,
    /// With its 0-based row.
    header: Option<(u32, H)>,
    /// Whether the rows where it could be are over and it is not there.
    has_none: bool,
}

impl<H: Header> Part<H> {
    /// Looks for a header among the rows taken so far; whether there is one now.
    fn look(&mut self) -> bool {
        if self.header.is_none() && !self.has_none {
            let mut rows = self.rows.range(..H::WITHIN);
            self.header = rows.find_map(|(row, texts)| Some((*row, H::of(texts)?)));
        }
        self.header.is_some()
    }

    /// Whether a cell in this row is of a table.
    fn reaches(&mut self, row: u32) -> bool {
        if row < H::WITHIN || self.look() {
            return true;
        }
        self.has_none = true;
        self.rows.clear();
        self.lost.clear();
        false
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
            lost: self.lost,
        })
    }
}

impl<H: Header> Taker for Cells<'_, H> {
    fn sheet(&mut self, sheet: Sheet<'_>) -> Next {
        if self.parts.len() == MOST_SHEETS {
            return Next::Stop;
        }
        self.parts.push(Part {
            index: sheet.index,
            name: sheet.name.to_owned(),
            rows: BTreeMap::new(),
            lost: Lost::new(),
            header: None,
            has_none: false,
        });
        Next::Go
    }

    fn cell(&mut self, cell: Cell) -> Result<Next, Error> {
        self.seen += 1;
        // The newest sheet comes first: only tables within tables refer back.
        let mut parts = self.parts.iter_mut().rev();
        let Some(part) = parts.find(|part| part.index == cell.sheet) else {
            return Ok(Next::Skip);
        };
        if !part.reaches(cell.row) {
            return Ok(Next::Skip);
        }
        let limits = &self.limits;
        let wanted = part
            .header
            .as_ref()
            .is_none_or(|(_, header)| header.wants(cell.column));
        let value = cell.value.as_ref().filter(|_| wanted);
        let text = value.and_then(H::text);
        let is_far = text.is_some() && cell.row >= limits.max_rows;
        if is_far || self.seen > limits.max_cells {
            return Err(Error::SheetTooLarge {
                file: self.file.to_owned(),
                sheet: part.name.clone(),
                dimension: format!("A1:{}{}", letters(cell.column), u64::from(cell.row) + 1),
                max_rows: limits.max_rows,
                max_columns: limits.max_columns,
            });
        }
        if cell.column >= limits.max_columns || cell.row >= limits.max_rows {
            return Ok(Next::Go);
        }
        if let Some(text) = text {
            self.kept_bytes += text.len();
            if self.kept_bytes > MOST_TEXT {
                return Err(too_much_text(self.file));
            }
            part.rows
                .entry(cell.row)
                .or_default()
                .insert(cell.column, text);
        } else if let Some(why) = value.and_then(Value::why_lost) {
            part.lost.insert((cell.row, cell.column), why);
        }
        Ok(Next::Go)
    }
}
