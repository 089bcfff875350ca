//! Workbooks of Excel 2007 and later: .xlsx and .xlsm, and .xlsb, its binary sister.
//!
//! Both are calamine's to read, cell by cell; [`super::guard`] has weighed the parts before. Dense ranges are never
//! asked for: they are as large as the file claims. Sheets that share a part are refused ([`super::watched`]).

use calamine::{
    DataRef, Reader, SheetType, SheetVisible, Xlsb, XlsbError, Xlsx, XlsxError,
    open_workbook_from_rs,
};

use super::sheet::{Book, Cell, Next, Sheet, Taker, Value, iso_date, text};
use super::watched::{Places, Watched};
use super::{xlsb_features, xlsx_features};
use crate::error::Error;

/// Why a workbook is refused whose sheets share a part.
const SHARED: &str = "有几张工作表指向同一份内容";

/// An .xlsx.
pub(super) type XlsxBook<'a> = Workbook<'a, Xlsx<Watched<'a>>>;
/// An .xlsb.
pub(super) type XlsbBook<'a> = Workbook<'a, Xlsb<Watched<'a>>>;

/// A workbook of either kind, open.
pub(super) struct Workbook<'a, K> {
    file: &'a str,
    bytes: &'a [u8],
    places: Places,
    kind: K,
}

/// What the kinds do not share: calamine's errors and readers of cells, and the parts beside the cells.
pub(super) trait Kind<'a>: Reader<Watched<'a>> {
    fn broken(file: &str, error: &Self::Error) -> Error;

    /// Tells what is no cell of a sheet; whether it could be read.
    fn tell_features(bytes: &[u8], sheet: (usize, &str), taker: &mut dyn Taker) -> bool;

    /// Gives the cells of a sheet to the taker, until it has enough.
    fn read_cells(
        &mut self,
        file: &str,
        sheet: (usize, &str),
        taker: &mut dyn Taker,
    ) -> Result<Next, Error>;
}

impl<'a, K: Kind<'a>> Workbook<'a, K> {
    /// # Errors
    /// When it is damaged or protected.
    pub(super) fn open(bytes: &'a [u8], file: &'a str) -> Result<Self, Error> {
        let (watched, places) = Watched::new(bytes);
        let opened = open_workbook_from_rs(watched);
        let kind = opened.map_err(|error| K::broken(file, &error))?;
        Ok(Self {
            file,
            bytes,
            places,
            kind,
        })
    }
}

impl<'a, K: Kind<'a>> Book for Workbook<'a, K> {
    fn read(&mut self, taker: &mut dyn Taker) -> Result<(), Error> {
        let sheets = worksheets(self.kind.sheets_metadata());
        self.places.restart();
        each_sheet(sheets, taker, |index, name, taker| {
            if taker.wants_features() && K::tell_features(self.bytes, (index, name), taker) {
                taker.told_features();
            }
            let read = || self.kind.read_cells(self.file, (index, name), taker);
            let read = self.places.of_sheet(read);
            read.unwrap_or_else(|| Err(broken(self.file, SHARED.to_owned())))
        })
    }
}

impl<'a> Kind<'a> for Xlsx<Watched<'a>> {
    fn broken(file: &str, error: &XlsxError) -> Error {
        match error {
            XlsxError::Password => protected(file),
            other => broken(file, other.to_string()),
        }
    }

    fn tell_features(bytes: &[u8], (index, name): (usize, &str), taker: &mut dyn Taker) -> bool {
        xlsx_features::tell(bytes, name, index, taker)
    }

    fn read_cells(
        &mut self,
        file: &str,
        (index, name): (usize, &str),
        taker: &mut dyn Taker,
    ) -> Result<Next, Error> {
        let failed = |error: XlsxError| Self::broken(file, &error);
        let mut reader = self.worksheet_cells_reader(name).map_err(failed)?;
        taker.claimed(reader.dimensions().end);
        // The guard bounded the shared formula index, which this reader would allocate up to.
        each_cell(index, taker, || {
            let cell = reader.next_cell_with_formula_metadata();
            let cell = cell.map_err(failed)?;
            Ok(cell.map(|cell| (cell.pos, value(&cell.value, cell.formula.is_some()))))
        })
    }
}

impl<'a> Kind<'a> for Xlsb<Watched<'a>> {
    fn broken(file: &str, error: &XlsbError) -> Error {
        match error {
            XlsbError::Password => protected(file),
            other => broken(file, other.to_string()),
        }
    }

    fn tell_features(bytes: &[u8], (index, _): (usize, &str), taker: &mut dyn Taker) -> bool {
        xlsb_features::tell(bytes, index, taker)
    }

    fn read_cells(
        &mut self,
        file: &str,
        (index, name): (usize, &str),
        taker: &mut dyn Taker,
    ) -> Result<Next, Error> {
        let failed = |error: XlsbError| Self::broken(file, &error);
        let mut reader = self.worksheet_cells_reader(name).map_err(failed)?;
        taker.claimed(reader.dimensions().end);
        each_cell(index, taker, || {
            let cell = reader.next_cell().map_err(failed)?;
            Ok(cell.map(|cell| (cell.get_position(), value(cell.get_value(), false))))
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

/// Row and column of a cell, and what it holds.
type Placed = ((u32, u32), Option<Value>);

/// Gives cell after cell to the taker, until it has enough.
fn each_cell(
    sheet: usize,
    taker: &mut dyn Taker,
    mut next_cell: impl FnMut() -> Result<Option<Placed>, Error>,
) -> Result<Next, Error> {
    while let Some(((row, column), value)) = next_cell()? {
        let next = taker.cell(Cell {
            sheet,
            row,
            column,
            value,
        })?;
        if next != Next::Go {
            return Ok(next);
        }
    }
    Ok(Next::Go)
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
