//! Cells of sheets, streamed from a reader to whoever wants them.
//!
//! Every format's reader is a [`Book`] and hands its cells over one by one; a [`Taker`] keeps what it wants and says
//! when it has enough. So the bounds on rows, columns and cells stand here once, and no format can lead to a dense
//! table. What a file is, and how its cells are written, is the readers' matter.

use std::collections::{BTreeMap, BTreeSet};

use zhaoshen_model::{RosterField, identity};

use super::RosterLimits;
use super::columns::letters;
use super::layout::{self, Layout};
use crate::error::Error;

/// Longest text kept of one cell, characters; longer ones are [`Value::TooLong`].
pub(crate) const LONGEST_TEXT: usize = 400;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// Text, trimmed, not empty.
    Text(String),
    /// A text longer than any column needs.
    TooLong,
    /// A number as the workbook stores it.
    Number(f64),
    /// A date as YYYYMMDD.
    Date(String),
    /// A truth value.
    Bool(bool),
    /// An error such as `#N/A`.
    Error(String),
    /// A formula without a calculated value.
    Uncalculated,
}

/// Most bytes of text kept of one table: five times what 200,000 students need.
pub(crate) const MOST_TEXT: usize = 64 << 20;

/// Begins the errors of spreadsheets, and what our own lists of refused rows mark; no key begins so.
pub(crate) const MARK: char = '#';

/// Spreadsheet numbers from here on have lost digits.
pub(crate) const EXACT_BELOW: f64 = 1e15;

impl Value {
    /// A number; what is none is an error, as in Excel.
    pub(super) fn number(number: f64) -> Self {
        if number.is_finite() {
            Self::Number(number)
        } else {
            Self::Error("#NUM!".to_owned())
        }
    }

    /// The value as text; `None` for what a spreadsheet has lost, and for what is no text.
    pub(crate) fn as_read(&self) -> Option<String> {
        match self {
            Self::Text(text) | Self::Date(text) => Some(text.clone()),
            Self::Number(number) if !self.is_lost() => Some(number.to_string()),
            Self::Number(_)
            | Self::Bool(_)
            | Self::Error(_)
            | Self::TooLong
            | Self::Uncalculated => None,
        }
    }

    /// Bytes of its text.
    const fn bytes(&self) -> usize {
        match self {
            Self::Text(text) | Self::Date(text) | Self::Error(text) => text.len(),
            Self::Number(_) | Self::Bool(_) | Self::TooLong | Self::Uncalculated => 0,
        }
    }

    /// Why there is nothing to be read in a cell that is not empty, as the end of a sentence; `None` where there is.
    pub(crate) fn why_lost(&self) -> Option<&'static str> {
        match self {
            Self::Number(_) if self.is_lost() => Some(
                "是数字格式，超过 15 位，末几位已经失去；请把这一列设为文本格式，重新填写后再导入",
            ),
            Self::Uncalculated => {
                Some("是公式，没有算出的值；请用 Excel 或 WPS 打开，保存后再导入")
            }
            Self::Error(_) => Some("是表格里的错误值；请改正公式后再导入"),
            Self::TooLong => Some("太长，不像要填的内容；请改正后再导入"),
            Self::Bool(_) => Some("是逻辑值，不是文字；请改成文字后再导入"),
            Self::Text(_) | Self::Date(_) | Self::Number(_) => None,
        }
    }

    /// Whether it is a number that has lost digits.
    pub(super) fn is_lost(&self) -> bool {
        matches!(self, Self::Number(number) if number.abs() >= EXACT_BELOW)
    }

    /// The value as a sample shows it; not masked.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Text(text) | Self::Date(text) | Self::Error(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Bool(truth) => truth.to_string(),
            Self::TooLong => "…".into(),
            Self::Uncalculated => String::new(),
        }
    }
}

/// One row below the header: the cells of kept columns, in the order of [`Layout::kept`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SheetRow {
    /// 0-based row.
    pub row: u32,
    /// One per kept column; `None` when empty.
    pub cells: Vec<Option<Value>>,
}

/// A sheet, as a reader announces it before its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sheet<'a> {
    /// Number by which its cells refer to it; the same in every reading.
    pub index: usize,
    /// Its name, or what stands for one.
    pub name: &'a str,
    /// Whether staff see it when they open the file.
    pub visible: bool,
}

impl<'a> Sheet<'a> {
    /// The only sheet of a file that knows no others.
    pub(super) const fn only(name: &'a str) -> Self {
        Self {
            index: 0,
            name,
            visible: true,
        }
    }
}

/// One cell of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cell {
    /// [`Sheet::index`].
    pub sheet: usize,
    /// 0-based row.
    pub row: u32,
    /// 0-based column.
    pub column: u32,
    /// What it holds; `None` when it is only formatted.
    pub value: Option<Value>,
}

/// What a sheet has beside its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Feature {
    /// Rows that hold something and are not shown, from a 0-based one on.
    HiddenRows {
        /// The first.
        first: u32,
        /// How many.
        count: u32,
    },
    /// Cells merged into one, by 0-based row and column.
    Merged {
        /// The upper left one, which alone has a value.
        first: (u32, u32),
        /// The lower right one.
        last: (u32, u32),
    },
    /// A formula without a value, where the reader tells features before cells.
    Uncalculated {
        /// 0-based.
        row: u32,
        /// 0-based.
        column: u32,
    },
}

/// What a reader shall do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Hand over more.
    Go,
    /// Leave the rest of this sheet; a reader that cannot may hand it over all the same.
    Skip,
    /// Stop reading.
    Stop,
}

/// Whoever wants cells.
pub(crate) trait Taker {
    /// A sheet begins.
    fn sheet(&mut self, sheet: Sheet<'_>) -> Next;

    /// The 0-based row and column that the sheet claims to reach.
    fn claimed(&mut self, _end: (u32, u32)) {}

    /// Whether [`Taker::feature`] does anything: a reader may have to look twice for it.
    fn wants_features(&self) -> bool {
        false
    }

    /// Something beside the cells of the sheet with this number.
    fn feature(&mut self, _sheet: usize, _feature: Feature) {}

    /// Every feature of the sheet was told, before its cells.
    fn told_features(&mut self) {}

    /// A cell, empty or not.
    ///
    /// # Errors
    /// When the sheet is larger than any roster.
    fn cell(&mut self, cell: Cell) -> Result<Next, Error>;
}

/// A file with sheets.
pub(crate) trait Book {
    /// Hands sheets and cells to `taker`, from the start every time.
    ///
    /// # Errors
    /// When the file is damaged, or what the taker says.
    fn read(&mut self, taker: &mut dyn Taker) -> Result<(), Error>;
}

/// The first rows of one sheet: texts by 0-based row and column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Top {
    pub index: usize,
    pub sheet: String,
    pub visible: bool,
    pub texts: BTreeMap<(u32, u32), String>,
}

/// Takes the first rows of every sheet, every column within the limits.
pub(crate) struct Tops<'a> {
    file: &'a str,
    limits: RosterLimits,
    seen: u64,
    /// Bytes of the texts kept.
    kept_bytes: usize,
    pub found: Vec<Top>,
}

impl<'a> Tops<'a> {
    /// Sheets looked at; rosters have a handful.
    const MOST_SHEETS: usize = 64;
    /// Most bytes of text in the first rows of all sheets; one cell's text may stand in all of them.
    const MOST_BYTES: usize = 8 << 20;

    pub(crate) fn new(limits: &RosterLimits, file: &'a str) -> Self {
        Self {
            file,
            limits: *limits,
            seen: 0,
            kept_bytes: 0,
            found: Vec::new(),
        }
    }
}

impl Taker for Tops<'_> {
    fn sheet(&mut self, sheet: Sheet<'_>) -> Next {
        if self.found.len() == Self::MOST_SHEETS {
            return Next::Stop;
        }
        self.found.push(Top {
            index: sheet.index,
            sheet: sheet.name.to_owned(),
            visible: sheet.visible,
            texts: BTreeMap::new(),
        });
        Next::Go
    }

    fn cell(&mut self, cell: Cell) -> Result<Next, Error> {
        self.seen += 1;
        if self.seen > self.limits.max_cells {
            return Ok(Next::Stop);
        }
        if cell.row >= layout::HEADER_WITHIN {
            return Ok(Next::Skip);
        }
        // The newest sheet comes first: only tables within tables refer back.
        let top = self
            .found
            .iter_mut()
            .rev()
            .find(|top| top.index == cell.sheet);
        if cell.column < self.limits.max_columns
            && let (Some(top), Some(Value::Text(text))) = (top, cell.value)
        {
            self.kept_bytes += text.len();
            if self.kept_bytes > Self::MOST_BYTES {
                return Err(too_much_text(self.file));
            }
            top.texts.insert((cell.row, cell.column), text);
        }
        Ok(Next::Go)
    }
}

/// Takes the kept columns of every row below the header.
struct Columns<'a> {
    file: &'a str,
    layout: &'a Layout,
    limits: RosterLimits,
    claimed: (u32, u32),
    seen: u64,
    rows: BTreeMap<u32, Vec<Option<Value>>>,
    /// Bytes of the texts kept.
    kept_bytes: usize,
    /// Rows with a cell that the file has twice.
    repeated: BTreeSet<u32>,
}

impl Columns<'_> {
    fn too_large(&self, met: (u32, u32)) -> Error {
        Error::SheetTooLarge {
            file: self.file.to_owned(),
            sheet: self.layout.sheet.clone(),
            dimension: dimension(self.claimed, met),
            max_rows: self.limits.max_rows,
            max_columns: self.limits.max_columns,
        }
    }
}

impl Taker for Columns<'_> {
    fn sheet(&mut self, sheet: Sheet<'_>) -> Next {
        if sheet.index == self.layout.index {
            Next::Go
        } else {
            Next::Skip
        }
    }

    fn claimed(&mut self, end: (u32, u32)) {
        self.claimed = end;
    }

    fn cell(&mut self, cell: Cell) -> Result<Next, Error> {
        if cell.sheet != self.layout.index {
            return Ok(Next::Skip);
        }
        let (row, column) = (cell.row, cell.column);
        self.seen += 1;
        if self.seen > self.limits.max_cells {
            return Err(self.too_large((row, column)));
        }
        let Some(value) = cell.value else {
            return Ok(Next::Go);
        };
        if row >= self.limits.max_rows || column >= self.limits.max_columns {
            return Err(self.too_large((row, column)));
        }
        let mut kept = self.layout.kept.iter();
        if row > self.layout.header_row
            && let Some(at) = kept.position(|kept| kept.column == column)
        {
            let width = self.layout.kept.len();
            self.kept_bytes += value.bytes();
            if self.kept_bytes > MOST_TEXT {
                return Err(too_much_text(self.file));
            }
            let cells = self.rows.entry(row).or_insert_with(|| vec![None; width]);
            if let Some(slot) = cells.get_mut(at)
                && slot.replace(value).is_some()
            {
                self.repeated.insert(row);
            }
        }
        Ok(Next::Go)
    }
}

/// Rows named in the remark on repeated ones.
const REPEATED_NAMED: usize = 10;

fn repeated_remark(rows: &BTreeSet<u32>) -> Option<String> {
    let numbers = rows.iter().take(REPEATED_NAMED);
    let numbers: Vec<String> = numbers
        .map(|row| (u64::from(*row) + 1).to_string())
        .collect();
    let more = if rows.len() > REPEATED_NAMED {
        "等"
    } else {
        ""
    };
    (!rows.is_empty()).then(|| {
        format!(
            "文件里第{}{more}行写了不止一次，只读到其中一份，可能少了学生；请用 Excel 或 WPS 打开核对，另存后再导入",
            numbers.join("、")
        )
    })
}

/// The kept columns of every row below the header that holds anything in them, and a remark on rows that the file has
/// twice.
///
/// # Errors
/// When the sheet is larger than any roster, or the reader's failure.
pub(crate) fn read_columns(
    book: &mut dyn Book,
    file: &str,
    layout: &Layout,
    limits: &RosterLimits,
) -> Result<(Vec<SheetRow>, Option<String>), Error> {
    let mut columns = Columns {
        file,
        layout,
        limits: *limits,
        claimed: (0, 0),
        seen: 0,
        rows: BTreeMap::new(),
        kept_bytes: 0,
        repeated: BTreeSet::new(),
    };
    book.read(&mut columns)?;
    let repeated = repeated_remark(&columns.repeated);
    let row = |(row, cells)| SheetRow { row, cells };
    Ok((columns.rows.into_iter().map(row).collect(), repeated))
}

impl SheetRow {
    /// The cell of `field`, `None` when the field has no column or the cell is empty.
    pub(crate) fn get(&self, layout: &Layout, field: RosterField) -> Option<&Value> {
        let at = layout.kept.iter().position(|kept| kept.field == field)?;
        self.cells.get(at)?.as_ref()
    }
}

fn dimension(claimed: (u32, u32), met: (u32, u32)) -> String {
    let (row, column) = (claimed.0.max(met.0), claimed.1.max(met.1));
    format!("A1:{}{}", letters(column), u64::from(row) + 1)
}

/// The refusal of a table with more text than any list of students has.
pub(crate) fn too_much_text(file: &str) -> Error {
    Error::WorkbookTooLarge {
        file: file.to_owned(),
        detail: "要读取的文字过多".into(),
    }
}

/// A text as a cell holds it: trimmed, `None` when empty.
pub(crate) fn text(written: &str) -> Option<Value> {
    let trimmed =
        written.trim_matches(|c: char| c.is_whitespace() || zhaoshen_model::name::is_invisible(c));
    if trimmed.is_empty() {
        None
    } else if trimmed.chars().nth(LONGEST_TEXT).is_some() {
        Some(Value::TooLong)
    } else {
        Some(Value::Text(trimmed.to_owned()))
    }
}

/// An error, as much of it as any program's error needs: a file may give it whole pages.
pub(crate) fn error(written: &str) -> Value {
    Value::Error(shorten(written.trim()))
}

/// The text, its end left out when it is longer than a problem should quote.
pub(crate) fn shorten(text: &str) -> String {
    match text.char_indices().nth(20) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or("")),
        None => text.to_owned(),
    }
}

/// A date as XML and text formats write it, e.g. `1999-01-01T00:00:00`; what is no date stays text.
pub(crate) fn iso_date(written: &str) -> Option<Value> {
    let start = written.chars().take(10);
    let digits: String = start.filter(char::is_ascii_digit).collect();
    if identity::is_calendar_date(&digits) {
        Some(Value::Date(digits))
    } else {
        text(written)
    }
}

/// A number as a file writes it in text; what is no finite number stays text.
pub(crate) fn number(written: &str) -> Option<Value> {
    match written.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => Some(Value::Number(number)),
        _ => text(written),
    }
}
