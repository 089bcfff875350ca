//! Workbooks of Excel 2007 and later: .xlsx and .xlsm, and .xlsb, its binary sister.
//!
//! Both are calamine's to read, cell by cell; [`super::guard`] has weighed the parts before. Dense ranges are never
//! asked for: they are as large as the file claims.

use std::io::Cursor;

use calamine::{
    DataRef, Reader, SheetType, SheetVisible, Xlsb, XlsbError, Xlsx, XlsxError,
    open_workbook_from_rs,
};

use super::sheet::{Book, Cell, Next, Sheet, Taker, Value, iso_date, text};
use super::{xlsb_features, xlsx_features};
use crate::error::Error;

/// An .xlsx.
pub(super) struct XlsxBook<'a> {
    file: &'a str,
    bytes: &'a [u8],
    workbook: Xlsx<Cursor<&'a [u8]>>,
}

impl<'a> XlsxBook<'a> {
    /// # Errors
    /// When it is damaged or protected.
    pub(super) fn open(bytes: &'a [u8], file: &'a str) -> Result<Self, Error> {
        let workbook = open_workbook_from_rs(Cursor::new(bytes));
        let workbook = workbook.map_err(|error| broken_xlsx(file, &error))?;
        Ok(Self {
            file,
            bytes,
            workbook,
        })
    }

    fn read_sheet(
        &mut self,
        index: usize,
        name: &str,
        taker: &mut dyn Taker,
    ) -> Result<Next, Error> {
        if taker.wants_features() && xlsx_features::tell(self.bytes, name, index, taker) {
            taker.told_features();
        }
        let failed = |error: XlsxError| broken_xlsx(self.file, &error);
        let mut reader = self.workbook.worksheet_cells_reader(name).map_err(failed)?;
        taker.claimed(reader.dimensions().end);
        // The guard bounded the shared formula index, which this reader would allocate up to.
        while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(failed)? {
            let value = value(&cell.value, cell.formula.is_some());
            let next = taker.cell(placed(index, cell.pos, value))?;
            if next != Next::Go {
                return Ok(next);
            }
        }
        Ok(Next::Go)
    }
}

impl Book for XlsxBook<'_> {
    fn read(&mut self, taker: &mut dyn Taker) -> Result<(), Error> {
        let sheets = worksheets(self.workbook.sheets_metadata());
        each_sheet(sheets, taker, |index, name, taker| {
            self.read_sheet(index, name, taker)
        })
    }
}

/// An .xlsb.
pub(super) struct XlsbBook<'a> {
    file: &'a str,
    bytes: &'a [u8],
    workbook: Xlsb<Cursor<&'a [u8]>>,
}

impl<'a> XlsbBook<'a> {
    /// # Errors
    /// When it is damaged or protected.
    pub(super) fn open(bytes: &'a [u8], file: &'a str) -> Result<Self, Error> {
        let workbook = open_workbook_from_rs(Cursor::new(bytes));
        let workbook = workbook.map_err(|error| broken_xlsb(file, &error))?;
        Ok(Self {
            file,
            bytes,
            workbook,
        })
    }

    fn read_sheet(
        &mut self,
        index: usize,
        name: &str,
        taker: &mut dyn Taker,
    ) -> Result<Next, Error> {
        if taker.wants_features() && xlsb_features::tell(self.bytes, index, taker) {
            taker.told_features();
        }
        let failed = |error: XlsbError| broken_xlsb(self.file, &error);
        let mut reader = self.workbook.worksheet_cells_reader(name).map_err(failed)?;
        taker.claimed(reader.dimensions().end);
        while let Some(cell) = reader.next_cell().map_err(failed)? {
            let value = value(cell.get_value(), false);
            let next = taker.cell(placed(index, cell.get_position(), value))?;
            if next != Next::Go {
                return Ok(next);
            }
        }
        Ok(Next::Go)
    }
}

impl Book for XlsbBook<'_> {
    fn read(&mut self, taker: &mut dyn Taker) -> Result<(), Error> {
        let sheets = worksheets(self.workbook.sheets_metadata());
        each_sheet(sheets, taker, |index, name, taker| {
            self.read_sheet(index, name, taker)
        })
    }
}

/// Sheets that hold cells: number, name, and whether they are shown.
fn worksheets(sheets: &[calamine::Sheet]) -> Vec<(usize, String, bool)> {
    let sheets = sheets.iter().enumerate();
    sheets
        .filter(|(_, sheet)| sheet.typ == SheetType::WorkSheet)
        .map(|(index, sheet)| {
            let visible = sheet.visible == SheetVisible::Visible;
            (index, sheet.name.clone(), visible)
        })
        .collect()
}

/// Announces every sheet and has it read when it is wanted.
fn each_sheet(
    sheets: Vec<(usize, String, bool)>,
    taker: &mut dyn Taker,
    mut read_sheet: impl FnMut(usize, &str, &mut dyn Taker) -> Result<Next, Error>,
) -> Result<(), Error> {
    for (index, name, visible) in sheets {
        let next = match taker.sheet(Sheet {
            index,
            name: &name,
            visible,
        }) {
            Next::Go => read_sheet(index, &name, taker)?,
            other => other,
        };
        if next == Next::Stop {
            break;
        }
    }
    Ok(())
}

fn placed(sheet: usize, (row, column): (u32, u32), value: Option<Value>) -> Cell {
    Cell {
        sheet,
        row,
        column,
        value,
    }
}

fn broken_xlsx(file: &str, error: &XlsxError) -> Error {
    match error {
        XlsxError::Password => protected(file),
        other => broken(file, other.to_string()),
    }
}

fn broken_xlsb(file: &str, error: &XlsbError) -> Error {
    match error {
        XlsbError::Password => protected(file),
        other => broken(file, other.to_string()),
    }
}

fn protected(file: &str) -> Error {
    Error::PasswordProtected {
        file: file.to_owned(),
    }
}

fn broken(file: &str, detail: String) -> Error {
    Error::BrokenWorkbook {
        file: file.to_owned(),
        detail,
    }
}

fn value(cell: &DataRef<'_>, has_formula: bool) -> Option<Value> {
    // A formula that yields an empty text was calculated, and is simply empty.
    match cell {
        DataRef::Empty => has_formula.then_some(Value::Uncalculated),
        DataRef::String(written) => text(written),
        DataRef::SharedString(written) => text(written),
        DataRef::DateTimeIso(written) => iso_date(written),
        DataRef::DurationIso(written) => text(written),
        #[expect(
            clippy::cast_precision_loss,
            reason = "a workbook's numbers are f64 anyway"
        )]
        DataRef::Int(number) => Some(Value::Number(*number as f64)),
        DataRef::Float(number) => Some(Value::number(*number)),
        DataRef::Bool(truth) => Some(Value::Bool(*truth)),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            Some(Value::Date(format!("{year:04}{month:02}{day:02}")))
        }
        DataRef::Error(error) => Some(Value::Error(error.to_string())),
    }
}
