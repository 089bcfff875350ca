//! Tables that stand below a header: of a workbook every sheet that has a header of the kind that is looked for.
//!
//! Which columns make a header is for the [`Header`] to say, and what the rows mean for whoever asked. Which of several
//! sheets is read follows what rosters do (`roster::layout`, which knows their header of two rows as well): one that
//! staff see before a hidden one, more columns before fewer, and every sheet that is left is named.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::roster::columns::{compare_form, letters};
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
    /// Whether staff see the sheet when they open the file.
    pub visible: bool,
    /// How many columns of the header are read.
    pub columns: usize,
    /// Columns that are called as one that is read and are not read themselves, told in Chinese.
    pub doubled: Vec<String>,
    /// 0-based.
    pub header_row: u32,
    /// The header.
    pub header: H,
    /// The wanted columns of every row below it that holds anything in them, by 0-based row.
    pub rows: BTreeMap<u32, Texts>,
    /// The cells of wanted columns that hold something and no text, by 0-based row and column, and why.
    pub lost: Lost,
}

/// Cells without a text, and why.
pub(crate) type Lost = BTreeMap<(u32, u32), &'static str>;

/// The tables of the file that have such a header, sheet by sheet.
///
/// # Errors
/// When the file is no table, protected, or damaged; when a table is larger than any list of students, or the sheets are
/// more than any file of lists has.
pub(crate) fn read_headed<H: Header>(bytes: &[u8], file: &str) -> Result<Vec<Headed<H>>, Error> {
    let limits = RosterLimits::default();
    let mut cells = Cells::<H> {
        file,
        limits,
        parts: Vec::new(),
        seen: 0,
        kept_bytes: 0,
        is_cut: false,
    };
    read_cells(bytes, file, &limits, &mut cells)?;
    if cells.is_cut {
        return Err(Error::WorkbookTooLarge {
            file: file.to_owned(),
            detail: format!("工作表超过{MOST_SHEETS}个"),
        });
    }
    Ok(cells.parts.into_iter().filter_map(Part::table).collect())
}

/// The table to be read where one is: a sheet that staff see before a hidden one, one with rows before an empty one,
/// more columns before fewer, the first of equals. And what to say of the sheets, in Chinese.
pub(crate) fn chosen<H>(mut tables: Vec<Headed<H>>) -> Option<(Headed<H>, Vec<String>)> {
    let score = |table: &Headed<H>| (table.visible, !table.rows.is_empty(), table.columns);
    let (at, _) = (tables.iter().enumerate()).reduce(|best, other| {
        if score(other.1) > score(best.1) {
            other
        } else {
            best
        }
    })?;
    let chosen = tables.remove(at);
    let mut remarks = Vec::new();
    if !chosen.visible {
        remarks.push(hidden_read(&chosen.sheet));
    }
    remarks.extend(chosen.doubled.iter().cloned());
    let others = tables.iter().filter(|other| !other.rows.is_empty());
    remarks.extend(others.map(unread));
    Some((chosen, remarks))
}

/// Every table that staff see, or, where they see none, the hidden ones. And what to say of the sheets, in Chinese.
pub(crate) fn seen<H>(tables: Vec<Headed<H>>) -> (Vec<Headed<H>>, Vec<String>) {
    let (seen, hidden): (Vec<_>, Vec<_>) = tables.into_iter().partition(|table| table.visible);
    let is_seen = !seen.is_empty();
    let (read, left) = if is_seen {
        (seen, hidden)
    } else {
        (hidden, seen)
    };
    let mut remarks = Vec::new();
    for table in &read {
        remarks.extend((!is_seen).then(|| hidden_read(&table.sheet)));
        remarks.extend(table.doubled.iter().cloned());
    }
    let left = left.iter().filter(|table| !table.rows.is_empty());
    remarks.extend(left.map(unread));
    (read, remarks)
}

/// What to say of two lists side by side, of which only one is read.
fn doubled<H: Header>(texts: &Texts, header: &H) -> Vec<String> {
    let (read, left): (Vec<_>, Vec<_>) =
        texts.iter().partition(|(column, _)| header.wants(**column));
    let told = left.into_iter().filter_map(|(column, text)| {
        let plain = compare_form(text);
        let (first, _) = (read.iter()).find(|(_, known)| compare_form(known) == plain)?;
        let (first, column) = (letters(**first), letters(*column));
        Some(format!(
            "{first}列和{column}列的表头都是“{}”，只读了{first}列；几份名单左右并排的，请排成上下一份再导入",
            text.trim()
        ))
    });
    told.collect()
}

fn hidden_read(sheet: &str) -> String {
    format!("读取的是隐藏的工作表“{sheet}”，看得见的工作表里没有这样的表头；请核对")
}

fn unread<H>(other: &Headed<H>) -> String {
    let hidden = if other.visible { "" } else { "（隐藏）" };
    format!(
        "工作表“{}”{hidden}也有这样的表头，没有读取；要读它，请把它另存为单独的文件再导入",
        other.sheet
    )
}

/// Sheets looked at; lists have a handful, or one for each class.
const MOST_SHEETS: usize = 256;

/// Takes the cells of every sheet that has a header.
struct Cells<'a, H> {
    file: &'a str,
    limits: RosterLimits,
    parts: Vec<Part<H>>,
    seen: u64,
    kept_bytes: usize,
    /// Whether there are more sheets.
    is_cut: bool,
}

/// One sheet.
struct Part<H> {
    index: usize,
    name: String,
    visible: bool,
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
        let headers = self.rows.remove(&header_row).unwrap_or_default();
        let columns = headers.keys().filter(|column| header.wants(**column));
        let columns = columns.count();
        for texts in rows.values_mut() {
            texts.retain(|column, _| header.wants(*column));
        }
        rows.retain(|_, texts| !texts.is_empty());
        self.lost
            .retain(|(row, column), _| *row > header_row && header.wants(*column));
        Some(Headed {
            sheet: self.name,
            visible: self.visible,
            columns,
            doubled: doubled(&headers, &header),
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
            self.is_cut = true;
            return Next::Stop;
        }
        self.parts.push(Part {
            index: sheet.index,
            name: sheet.name.to_owned(),
            visible: sheet.visible,
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
