//! Workbooks as offices expect them: every cell text but in columns of plain counts, header frozen, columns wide
//! enough, printed on A4 across. Nothing written here is ever taken for a formula.

use std::collections::HashMap;
use std::path::Path;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, XlsxError};
use zhaoshen_model::{RosterField, StudentDraft};

use crate::error::Error;
use crate::fresh::write_new;
use crate::roster::{RefusedCells, RefusedRow, RosterTable};

/// A4 in the numbering of the format (ECMA-376 18.3.1.63).
const A4: u8 = 9;

/// Longest text of a cell, characters (limit of the format).
const LONGEST_CELL: usize = 32_767;

/// A column of a sheet.
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    title: &'a str,
    width: f64,
    is_number: bool,
}

impl<'a> Column<'a> {
    /// A column with a title, `width` characters wide.
    pub const fn new(title: &'a str, width: f64) -> Self {
        Self {
            title,
            width,
            is_number: false,
        }
    }

    /// A column of counts and sizes that staff may sum; never for numbers that name somebody.
    pub const fn number(title: &'a str, width: f64) -> Self {
        Self {
            title,
            width,
            is_number: true,
        }
    }
}

/// A workbook being composed.
pub struct Book {
    workbook: Workbook,
    header: Format,
    body: Format,
    number: Format,
}

impl Book {
    /// An empty workbook.
    #[expect(
        clippy::new_without_default,
        reason = "an empty workbook cannot be saved"
    )]
    pub fn new() -> Self {
        let grid = Format::new()
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0x00BF_BFBF))
            .set_align(FormatAlign::VerticalCenter);
        Self {
            workbook: Workbook::new(),
            header: grid
                .clone()
                .set_bold()
                .set_background_color(Color::RGB(0x00E8_EEF7)),
            // "@" keeps what staff edit later as text too.
            body: grid.clone().set_num_format("@"),
            number: grid,
        }
    }

    /// Adds a sheet with a header row and one row of texts per item.
    ///
    /// # Errors
    /// [`Error::Workbook`] when a name or a size is outside the format.
    pub fn sheet(
        &mut self,
        name: &str,
        columns: &[Column<'_>],
        rows: impl IntoIterator<Item = Vec<String>>,
    ) -> Result<(), Error> {
        self.try_sheet(name, columns, rows)
            .map_err(|error| refused(Path::new(name), &error))
    }

    fn try_sheet(
        &mut self,
        name: &str,
        columns: &[Column<'_>],
        rows: impl IntoIterator<Item = Vec<String>>,
    ) -> Result<(), XlsxError> {
        let sheet = self.workbook.add_worksheet();
        sheet.set_name(name)?;
        for (column, at) in columns.iter().zip(0_u16..) {
            sheet.set_column_width(at, column.width)?;
            sheet.write_string_with_format(0, at, column.title, &self.header)?;
        }
        let mut last = 0;
        for (row, at) in rows.into_iter().zip(1_u32..) {
            for ((text, kind), column) in row.iter().zip(columns).zip(0_u16..) {
                match number(text) {
                    Some(number) if kind.is_number => {
                        sheet.write_number_with_format(at, column, number, &self.number)?;
                    }
                    _ => {
                        sheet.write_string_with_format(at, column, cell_text(text), &self.body)?;
                    }
                }
            }
            last = at;
        }
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_repeat_rows(0, 0)?;
        sheet.set_paper_size(A4).set_landscape();
        sheet.set_print_fit_to_pages(1, 0);
        sheet.set_footer("&C&P / &N");
        if last > 0
            && let Ok(width) = u16::try_from(columns.len())
            && width > 0
        {
            sheet.autofilter(0, 0, last, width - 1)?;
        }
        Ok(())
    }

    /// The finished workbook's bytes.
    ///
    /// # Errors
    /// [`Error::Workbook`] when it cannot be packed.
    pub fn into_bytes(mut self) -> Result<Vec<u8>, Error> {
        self.workbook
            .save_to_buffer()
            .map_err(|error| refused(Path::new(""), &error))
    }
}

/// A plain decimal number; nothing with an exponent, a sign other than minus, or a word.
fn number(text: &str) -> Option<f64> {
    let is_plain = |c: char| c.is_ascii_digit() || c == '.' || c == '-';
    let plain = !text.is_empty() && text.chars().all(is_plain);
    plain.then(|| text.parse().ok()).flatten()
}

/// Writes a roster workbook that [`crate::roster::read_roster`] reads back, to a file that must not
/// exist.
///
/// # Errors
/// When the file exists or cannot be written.
pub fn write_roster(path: &Path, students: &[StudentDraft]) -> Result<(), Error> {
    let widths = |field| match field {
        RosterField::IdNumber => 22.0,
        RosterField::College | RosterField::Major => 24.0,
        RosterField::StudentNo | RosterField::ExamNo => 18.0,
        _ => 12.0,
    };
    let columns: Vec<Column<'_>> = RosterField::ALL
        .iter()
        .map(|field| Column::new(field.title(), widths(*field)))
        .collect();
    let rows = students.iter().map(|student| {
        RosterField::ALL
            .iter()
            .map(|field| student.get(*field).to_owned())
            .collect()
    });
    let mut book = Book::new();
    book.sheet("名单", &columns, rows)?;
    save_new(path, &book.into_bytes()?)
}

/// What stands for the problem of a row whose problems were too many to list.
const NOT_LISTED: &str = "问题太多，这一行的没有列出；改正上面的行后重新导入会再检查";

/// The columns that [`refused_book`] adds to those of the roster.
pub(crate) const REFUSED_COLUMNS: [&str; 3] = ["原行号", "问题", "处理办法"];

/// The refused rows of a roster as a workbook that can be mended and imported again: the columns that are kept, as they
/// read, and behind them the row in the file, what is wrong and what to do.
///
/// # Errors
/// [`Error::Workbook`] when it cannot be packed.
pub fn refused_book(table: &RosterTable) -> Result<Vec<u8>, Error> {
    let fields = table.fields();
    let mut columns: Vec<Column<'_>> = fields
        .iter()
        .map(|field| Column::new(field.title(), 18.0))
        .collect();
    let [row_number, problem, remedy] = REFUSED_COLUMNS;
    columns.extend([
        Column::number(row_number, 8.0),
        Column::new(problem, 50.0),
        Column::new(remedy, 50.0),
    ]);
    let mut problems: HashMap<u32, Vec<&RefusedRow>> = HashMap::new();
    for problem in &table.refused {
        problems
            .entry(problem.row_number)
            .or_default()
            .push(problem);
    }
    let row = |cells: &RefusedCells| {
        let found = problems.get(&cells.row_number);
        let told = |text: fn(&RefusedRow) -> String| {
            let lines = found.into_iter().flatten().map(|problem| text(problem));
            lines.collect::<Vec<_>>().join("；")
        };
        let mut texts: Vec<String> = fields
            .iter()
            .map(|field| {
                let cell = cells.texts.iter().find(|(known, _)| known == field);
                cell.map_or_else(String::new, |(_, text)| text.clone())
            })
            .collect();
        texts.extend([
            cells.row_number.to_string(),
            match told(|problem| format!("{} {}", problem.cell, problem.problem_zh)) {
                told if told.is_empty() => NOT_LISTED.to_owned(),
                told => told,
            },
            told(|problem| problem.remedy_zh.clone()),
        ]);
        texts
    };
    let mut book = Book::new();
    book.sheet("未导入的行", &columns, table.refused_cells.iter().map(row))?;
    book.into_bytes()
}

/// Writes `bytes` to a file that must not exist; nothing is left behind on failure.
///
/// # Errors
/// When the file exists or cannot be written.
pub fn save_new(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    write_new(path, bytes).map_err(|error| Error::making(path, error))
}

/// The text as a cell can hold it.
fn cell_text(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .take(LONGEST_CELL / 2)
        .collect()
}

fn refused(path: &Path, error: &XlsxError) -> Error {
    Error::Workbook {
        path: path.to_owned(),
        detail: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use std::io::{Cursor, Read as _};

    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let mut book = Book::new();
        let columns = [Column::new("=标题", 10.0), Column::number("+数", 10.0)];
        let texts = [
            "=1+1",
            "+1+1",
            "-1+1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "=HYPERLINK(\"http://x\")",
        ];
        book.sheet(
            "表",
            &columns,
            texts.map(|text| vec![text.to_owned(), text.to_owned()]),
        )
        .unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(book.into_bytes().unwrap())).unwrap();
        let mut sheet = String::new();
        archive
            .by_name("xl/worksheets/sheet1.xml")
            .unwrap()
            .read_to_string(&mut sheet)
            .unwrap();
        assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "{sheet}");
        assert_eq!(
            sheet.matches("t=\"s\"").count(),
            2 + 2 * texts.len(),
            "{sheet}"
        );
        assert!(!sheet.contains("hyperlink"));
    }
}
