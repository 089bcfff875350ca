//! Rosters (名单): a table as offices pass it round, read into drafts of students.
//!
//! [`format`] tells by content what a file is and opens it; every format yields the same cells. [`read_roster`] finds sheet, header and columns, and sorts rows into accepted and refused.
//! [`diff`] compares them with the students already known. Nothing is written anywhere, and a
//! problem of one row never stops the others.

pub(crate) mod columns;
mod dbf;
mod delimited;
mod diff;
mod elsewhere;
mod encoding;
mod evidence;
mod foreign;
mod format;
mod gather;
mod guard;
mod html;
pub(crate) mod keys;
mod layout;
mod look;
mod mapping;
mod named_keys;
mod ods;
mod pasted;
mod quiet;
mod row;
mod rows;
pub(crate) mod sheet;
mod spreadsheet_xml;
mod student_no;
mod watched;
mod xls;
mod xlsb_features;
mod xlsx;
mod xlsx_features;
mod xml;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde::Serialize;
use zhaoshen_model::{RosterField, StudentDraft};

pub use layout::REQUIRED;
pub use mapping::{
    ColumnGuess, Confidence, RosterInput, RosterMapping, RosterSurvey, SheetChoice,
    read_roster_guessed, read_roster_looked_at, read_roster_mapped, survey_roster,
    survey_roster_bytes,
};
pub use pasted::read_roster_pasted;

pub use diff::{FieldChange, IdConflict, KnownStudent, RosterDiff, StudentUpdate, diff, id_clash};

use self::sheet::Book;
use crate::error::Error;

/// Bounds of one roster. The defaults hold ten times the largest roster expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RosterLimits {
    /// Largest workbook file, bytes.
    pub max_file_bytes: u64,
    /// Largest sum of its parts after decompression, bytes.
    pub max_expanded_bytes: u64,
    /// Most rows of the sheet, header included.
    pub max_rows: u32,
    /// Most columns.
    pub max_columns: u32,
    /// Most cells looked at, empty ones included.
    pub max_cells: u64,
}

impl Default for RosterLimits {
    fn default() -> Self {
        Self {
            max_file_bytes: 128 << 20,
            max_expanded_bytes: 256 << 20,
            max_rows: 200_000,
            max_columns: 256,
            max_cells: 10_000_000,
        }
    }
}

/// What a roster file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RosterTable {
    /// File name as given.
    pub file: String,
    /// The sheet that was read.
    pub sheet: String,
    /// The header's row as Excel counts, from 1.
    pub header_row: u32,
    /// Every column with a header, left to right.
    pub columns: Vec<ColumnMapping>,
    /// Accepted rows, top to bottom.
    pub rows: Vec<RosterRow>,
    /// The problems of refused rows, top to bottom; of a file with very many only the first are listed, and a
    /// remark counts the rest.
    pub refused: Vec<RefusedRow>,
    /// How many rows were refused, those with no problem listed too.
    pub refused_rows: usize,
    /// Whom the refused rows name, all of them.
    pub refused_students: Vec<RefusedStudent>,
    /// What stands in the refused rows, all of them, top to bottom.
    pub refused_cells: Vec<RefusedCells>,
    /// What to look at on accepted rows; bounded as `refused` is.
    pub warnings: Vec<RosterWarning>,
    /// 学号 that other sheets of the file list, sorted; those sheets were not read.
    pub elsewhere: Vec<String>,
    /// Whether it is a list of refused rows that this program wrote, and so no whole roster.
    pub is_refused_rows: bool,
    /// Remarks on the file as a whole, one Chinese line each (other sheets, doubled columns).
    pub remarks: Vec<String>,
}

impl RosterTable {
    /// The fields that the file has a column for.
    pub fn fields(&self) -> Vec<RosterField> {
        let mut fields: Vec<_> = self
            .columns
            .iter()
            .filter_map(|column| column.field)
            .collect();
        fields.sort_unstable();
        fields
    }

    /// How many rows were refused; a row with two problems counts once.
    pub const fn refused_row_count(&self) -> usize {
        self.refused_rows
    }
}

/// A column of the sheet and the field it was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnMapping {
    /// Letters of the column, e.g. `C`.
    pub column: String,
    /// Header text as written.
    pub header: String,
    /// The field, or `None` for a column that is not kept.
    pub field: Option<RosterField>,
    /// Up to three values from the first rows; identity numbers masked; empty for columns not kept.
    pub samples: Vec<String>,
}

/// An accepted row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RosterRow {
    /// Sheet name.
    pub sheet: String,
    /// Row as Excel counts, from 1.
    pub row_number: u32,
    /// The student it lists.
    pub draft: StudentDraft,
}

/// One problem for which a row was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusedRow {
    /// Sheet name.
    pub sheet: String,
    /// Row as Excel counts, from 1.
    pub row_number: u32,
    /// Letters of the column.
    pub column: String,
    /// The cell's address, e.g. `C17`.
    pub cell: String,
    /// The field of the column.
    pub field: RosterField,
    /// What kind of problem.
    pub code: RowProblem,
    /// 学号 of the row where it could be read, for the list staff mend from.
    pub student_no: String,
    /// 姓名 of the row where it could be read.
    pub name: String,
    /// What is wrong, in Chinese; never holds a whole identity number.
    pub problem_zh: String,
    /// What to do, in Chinese.
    pub remedy_zh: String,
}

/// Whom a refused row names, as far as it could be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusedStudent {
    /// 学号, or empty.
    pub student_no: String,
    /// 姓名, or empty.
    pub name: String,
}

/// What stands in a refused row, so that it can be mended and imported again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusedCells {
    /// Row as Excel counts, from 1.
    pub row_number: u32,
    /// The cells of kept columns that hold something, as they read; what a spreadsheet has lost reads such that it
    /// is refused again.
    pub texts: Vec<(RosterField, String)>,
}

/// Something to look at on an accepted row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RosterWarning {
    /// Row as Excel counts, from 1.
    pub row_number: u32,
    /// The cell's address.
    pub cell: String,
    /// The field of the column.
    pub field: RosterField,
    /// One Chinese line.
    pub message_zh: String,
}

/// Kinds of problem for which a row is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowProblem {
    /// 学号 or 姓名 is empty.
    KeyEmpty,
    /// A key was stored as a number whose last digits are lost.
    NumberPrecisionLost,
    /// A key cell holds a fraction, a date or a truth value.
    NotText,
    /// A formula whose value was never calculated, or an error such as `#N/A`.
    ErrorCell,
    /// The 学号 would mislead as a file's name or in a table.
    StudentNoUnsafe,
    /// The identity number cannot be right.
    IdNumberInvalid,
    /// The identity number is of no such document as 证件类型 names.
    IdNumberOfNoDocument,
    /// 性别 differs from the identity number.
    SexDiffers,
    /// 性别 is neither 男 nor 女.
    SexUnreadable,
    /// 出生日期 differs from the identity number.
    BirthDateDiffers,
    /// 出生日期 is no date, or lies in the future.
    BirthDateInvalid,
    /// 姓名 has lost characters.
    NameBroken,
    /// Another row has the same 学号.
    DuplicateStudentNo,
    /// Another row has the same 证件号码.
    DuplicateIdNumber,
    /// A text is far longer than its column can be.
    TooLong,
}

impl RowProblem {
    /// The kind of problem in a few words, for many rows at once.
    pub const fn title(self) -> &'static str {
        match self {
            Self::KeyEmpty => "学号或姓名为空",
            Self::NumberPrecisionLost => "号码被存成数字，末几位已丢失",
            Self::NotText => "单元格不是文本",
            Self::ErrorCell => "公式没有算出值，或是错误值",
            Self::StudentNoUnsafe => "学号不像学号",
            Self::IdNumberInvalid => "证件号码有误",
            Self::IdNumberOfNoDocument => "证件号码与证件类型不符",
            Self::SexDiffers => "性别与证件号码不符",
            Self::SexUnreadable => "性别不是男或女",
            Self::BirthDateDiffers => "出生日期与证件号码不符",
            Self::BirthDateInvalid => "出生日期有误",
            Self::NameBroken => "姓名有缺字或乱码",
            Self::DuplicateStudentNo => "学号重复",
            Self::DuplicateIdNumber => "证件号码重复",
            Self::TooLong => "文字过长",
        }
    }
}

/// Reads the roster at `path` with the default limits and today's date.
///
/// # Errors
/// When the file cannot be read, is no workbook, is larger than any roster, or has no header.
pub fn read_roster(path: &Path) -> Result<RosterTable, Error> {
    let limits = RosterLimits::default();
    let (name, bytes) = read_table_file(path, &limits)?;
    read_roster_bytes(&bytes, &name, &limits, jiff::Zoned::now().date())
}

/// Name and bytes of a file that may be a roster, with the default limits: to be looked at and read as one and the same.
///
/// # Errors
/// When it is no file, larger than any roster, or cannot be read.
pub fn read_roster_file(path: &Path) -> Result<(String, Vec<u8>), Error> {
    read_table_file(path, &RosterLimits::default())
}

/// Name and bytes of a file that may be a table; one that grows past the limit meanwhile is cut off just above it.
///
/// # Errors
/// When it is no file, larger than any table, or cannot be read.
pub(crate) fn read_table_file(
    path: &Path,
    limits: &RosterLimits,
) -> Result<(String, Vec<u8>), Error> {
    let metadata = std::fs::metadata(path).map_err(|source| Error::io(path, source))?;
    if !metadata.is_file() {
        // A folder cannot be read, a pipe would block.
        return Err(Error::no_file(path, &metadata));
    }
    let name = path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    );
    if metadata.len() > limits.max_file_bytes {
        return Err(format::file_too_large(&name, limits));
    }
    let file = File::open(path).map_err(|source| Error::io(path, source))?;
    let mut bytes = Vec::new();
    file.take(limits.max_file_bytes + 1)
        .read_to_end(&mut bytes)
        .map_err(|source| Error::io(path, source))?;
    Ok((name, bytes))
}

/// Reads a roster from its bytes; the kind of file is told by content, never by `file`'s extension.
///
/// # Errors
/// As [`read_roster`].
pub fn read_roster_bytes(
    bytes: &[u8],
    file: &str,
    limits: &RosterLimits,
    today: jiff::civil::Date,
) -> Result<RosterTable, Error> {
    opened(bytes, file, limits, |book| {
        tabulate(book, file, limits, today)
    })
}

/// Hands the cells of any table file to `taker`: for tables that are no rosters.
///
/// # Errors
/// When the file is no table, protected, damaged, or what the taker says.
pub(crate) fn read_cells(
    bytes: &[u8],
    file: &str,
    limits: &RosterLimits,
    taker: &mut dyn sheet::Taker,
) -> Result<(), Error> {
    opened(bytes, file, limits, |book| book.read(taker))
}

/// Opens a table file and works on it. The decoders are third parties': a panic of theirs is a damaged file.
fn opened<T>(
    bytes: &[u8],
    file: &str,
    limits: &RosterLimits,
    work: impl FnOnce(&mut dyn Book) -> Result<T, Error>,
) -> Result<T, Error> {
    let attempt = quiet::unwinding(|| work(format::open(bytes, file, limits)?.as_mut()));
    attempt.unwrap_or_else(|| {
        Err(Error::BrokenWorkbook {
            file: file.to_owned(),
            detail: "读取时出现异常".into(),
        })
    })
}

/// The table that the book's sheets amount to.
fn tabulate(
    book: &mut dyn Book,
    file: &str,
    limits: &RosterLimits,
    today: jiff::civil::Date,
) -> Result<RosterTable, Error> {
    let layout = layout::find(book, file, limits)?;
    read_by(book, file, limits, today, layout)
}

/// The table below a header that was found or given.
fn read_by(
    book: &mut dyn Book,
    file: &str,
    limits: &RosterLimits,
    today: jiff::civil::Date,
    layout: layout::Layout,
) -> Result<RosterTable, Error> {
    let (mut cells, repeated) = sheet::read_columns(book, file, &layout, limits)?;
    let elsewhere = elsewhere::student_numbers(book, limits, &layout.others)?;
    let totals = rows::take_totals(&layout, &mut cells);
    if cells.is_empty() {
        return Err(Error::NoRows {
            file: file.to_owned(),
            sheet: layout.sheet,
        });
    }
    let told = repeated.into_iter().chain(totals).collect();
    let outcome = rows::judge(&layout, &cells, today);
    let columns = layout.mapping(&cells);
    let is_refused_rows = layout.is_refused_rows();
    let refused_cells = rows::refused_cells(&layout, &cells, &outcome.refused_at);
    Ok(RosterTable {
        file: file.to_owned(),
        sheet: layout.sheet,
        header_row: layout.header_row + 1,
        columns,
        rows: outcome.rows,
        refused: outcome.refused,
        refused_rows: outcome.refused_rows,
        elsewhere,
        is_refused_rows,
        refused_students: outcome.refused_students,
        refused_cells,
        warnings: outcome.warnings,
        remarks: [layout.remarks, told, outcome.remarks].concat(),
    })
}

#[cfg(test)]
mod tests;
