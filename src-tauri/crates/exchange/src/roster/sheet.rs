//! Cells of one sheet, streamed: never a dense table, never more than the columns that are kept.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Xlsx, XlsxError, open_workbook_from_rs};
use zhaoshen_model::RosterField;

use super::RosterLimits;
use super::columns::letters;
use super::layout::Layout;
use crate::error::Error;

pub(crate) type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Longest text kept of one cell, characters; longer ones are [`Value::TooLong`].
const LONGEST_TEXT: usize = 400;

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

/// One row below the header: the cells of kept columns, in the order of [`Layout::kept`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SheetRow {
    /// 0-based row.
    pub row: u32,
    /// One per kept column; `None` when empty.
    pub cells: Vec<Option<Value>>,
}

/// Opens the workbook and runs `read`; a panic of the reader counts as a damaged workbook.
pub(crate) fn with_workbook<T>(
    bytes: &[u8],
    file: &str,
    read: impl FnOnce(&mut Workbook<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let attempt = catch_unwind(AssertUnwindSafe(|| {
        let mut workbook: Workbook<'_> =
            open_workbook_from_rs(Cursor::new(bytes)).map_err(|error| broken(file, &error))?;
        read(&mut workbook)
    }));
    attempt.unwrap_or_else(|_| {
        Err(Error::BrokenWorkbook {
            file: file.to_owned(),
            detail: "读取时出现异常".into(),
        })
    })
}

/// The error that a reader's failure amounts to.
pub(crate) fn broken(file: &str, error: &XlsxError) -> Error {
    match error {
        XlsxError::Password => Error::PasswordProtected {
            file: file.to_owned(),
        },
        other => Error::BrokenWorkbook {
            file: file.to_owned(),
            detail: other.to_string(),
        },
    }
}

/// The first `rows` rows of a sheet, every column within the limits.
pub(crate) fn read_top(
    workbook: &mut Workbook<'_>,
    file: &str,
    sheet: &str,
    rows: u32,
    limits: &RosterLimits,
) -> Result<BTreeMap<(u32, u32), String>, Error> {
    let mut top = BTreeMap::new();
    let mut reader = workbook
        .worksheet_cells_reader(sheet)
        .map_err(|error| broken(file, &error))?;
    let mut seen = 0_u64;
    while let Some(cell) = reader.next_cell().map_err(|error| broken(file, &error))? {
        let (row, column) = cell.get_position();
        seen += 1;
        if row >= rows || seen > limits.max_cells {
            break;
        }
        if column < limits.max_columns
            && let Some(Value::Text(text)) = value(cell.get_value(), false)
        {
            top.insert((row, column), text);
        }
    }
    Ok(top)
}

/// The kept columns of every row below the header that holds anything in them.
pub(crate) fn read_columns(
    workbook: &mut Workbook<'_>,
    file: &str,
    layout: &Layout,
    limits: &RosterLimits,
) -> Result<Vec<SheetRow>, Error> {
    let mut reader = workbook
        .worksheet_cells_reader(&layout.sheet)
        .map_err(|error| broken(file, &error))?;
    let claimed = reader.dimensions().end;
    let too_large = |(row, column): (u32, u32)| Error::SheetTooLarge {
        file: file.to_owned(),
        sheet: layout.sheet.clone(),
        dimension: dimension(claimed, (row, column)),
        max_rows: limits.max_rows,
        max_columns: limits.max_columns,
    };
    let mut rows: BTreeMap<u32, Vec<Option<Value>>> = BTreeMap::new();
    let mut seen = 0_u64;
    // The guard bounded the shared formula index, which this reader would allocate up to.
    while let Some(cell) = reader
        .next_cell_with_formula_metadata()
        .map_err(|error| broken(file, &error))?
    {
        let (row, column) = cell.pos;
        seen += 1;
        if seen > limits.max_cells {
            return Err(too_large(cell.pos));
        }
        let Some(value) = value(&cell.value, cell.formula.is_some()) else {
            continue;
        };
        if row >= limits.max_rows || column >= limits.max_columns {
            return Err(too_large(cell.pos));
        }
        if row <= layout.header_row {
            continue;
        }
        if let Some(at) = layout.kept.iter().position(|kept| kept.column == column) {
            let cells = rows
                .entry(row)
                .or_insert_with(|| vec![None; layout.kept.len()]);
            if let Some(slot) = cells.get_mut(at) {
                *slot = Some(value);
            }
        }
    }
    Ok(rows
        .into_iter()
        .map(|(row, cells)| SheetRow { row, cells })
        .collect())
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

fn value(cell: &DataRef<'_>, has_formula: bool) -> Option<Value> {
    let found = match cell {
        DataRef::Empty => return has_formula.then_some(Value::Uncalculated),
        DataRef::String(written) => text(written),
        DataRef::SharedString(written) => text(written),
        DataRef::DateTimeIso(written) => iso_date(written),
        DataRef::DurationIso(written) => text(written),
        #[expect(
            clippy::cast_precision_loss,
            reason = "a workbook's numbers are f64 anyway"
        )]
        DataRef::Int(number) => Some(Value::Number(*number as f64)),
        DataRef::Float(number) => Some(Value::Number(*number)),
        DataRef::Bool(truth) => Some(Value::Bool(*truth)),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            Some(Value::Date(format!("{year:04}{month:02}{day:02}")))
        }
        DataRef::Error(error) => Some(Value::Error(error.to_string())),
    };
    // A formula that yields an empty text was calculated, and is simply empty.
    found
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

fn iso_date(written: &str) -> Option<Value> {
    let digits: String = written
        .chars()
        .take(10)
        .filter(char::is_ascii_digit)
        .collect();
    if digits.len() == 8 {
        Some(Value::Date(digits))
    } else {
        text(written)
    }
}
