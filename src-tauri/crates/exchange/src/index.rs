//! An index workbook: which file is whose photo, as offices and studios write it beside a heap of `IMG_0001.jpg`.
//!
//! A table with a column of file names and one of 学号, 证件号码, 考生号 or 姓名. Whose the files are is
//! told by [`crate::matching`]; here is only what stands in the table.

use std::collections::BTreeMap;

use zhaoshen_model::{RosterField, identity};

use crate::error::Error;
use crate::roster::sheet::{Cell, Next, Sheet, Taker, Value};
use crate::roster::{RosterLimits, columns, read_cells};

/// Endings of files that may be an index.
const ENDINGS: [&str; 7] = ["xlsx", "xls", "et", "ods", "csv", "tsv", "xlsb"];

/// What people call the column of file names, without blanks and marks.
const FILE_COLUMNS: [&str; 14] = [
    "文件名",
    "文件名称",
    "照片文件名",
    "照片文件",
    "照片名",
    "照片名称",
    "照片编号",
    "图片",
    "图片名",
    "图片名称",
    "图片文件名",
    "图像文件名",
    "相片文件名",
    "原文件名",
];

/// Rows among which the header is looked for.
const HEADER_WITHIN: u32 = 20;

/// One row of an index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IndexRow {
    /// Row as Excel counts, from 1.
    pub row: u32,
    /// The file name as written.
    pub file_name: String,
    /// 学号, or empty.
    pub student_no: String,
    /// 证件号码, or empty.
    pub id_number: String,
    /// 考生号, or empty.
    pub exam_no: String,
    /// 姓名, or empty.
    pub name: String,
}

/// Whether a file of this name may be an index.
pub fn may_be_index(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    !file.starts_with("~$")
        && file.rsplit_once('.').is_some_and(|(_, ending)| {
            ENDINGS
                .iter()
                .any(|known| ending.eq_ignore_ascii_case(known))
        })
}

/// The rows of the index in `bytes`; `None` when the table has no column of file names beside one of keys.
///
/// # Errors
/// When the file is no table, protected, or damaged.
pub fn read_index(bytes: &[u8], file: &str) -> Result<Option<Vec<IndexRow>>, Error> {
    let mut rows = Rows::default();
    read_cells(bytes, file, &RosterLimits::default(), &mut rows)?;
    Ok(rows.found())
}

/// Takes the cells of the first sheet that has a header of an index.
#[derive(Debug, Default)]
struct Rows {
    sheet: usize,
    cells: BTreeMap<(u32, u32), String>,
    header: Option<Header>,
    seen: u64,
}

/// The columns of keys in a row.
type Keys = Vec<(u32, RosterField)>;

#[derive(Debug)]
struct Header {
    row: u32,
    file: u32,
    keys: Keys,
}

impl Rows {
    /// Looks for a header among the rows taken so far.
    fn look(&self) -> Option<Header> {
        let mut rows: BTreeMap<u32, (Option<u32>, Keys)> = BTreeMap::new();
        for ((row, column), text) in self.cells.range(..(HEADER_WITHIN, 0)) {
            let found = rows.entry(*row).or_default();
            if is_file_column(text) {
                found.0.get_or_insert(*column);
            } else if let Some((field, _)) = columns::recognise(text)
                && is_key(field)
                && !found.1.iter().any(|(_, known)| *known == field)
            {
                found.1.push((*column, field));
            }
        }
        rows.into_iter().find_map(|(row, (file, keys))| {
            let file = file.filter(|_| !keys.is_empty())?;
            Some(Header { row, file, keys })
        })
    }

    fn found(mut self) -> Option<Vec<IndexRow>> {
        let header = self.header.take().or_else(|| self.look())?;
        let mut rows: BTreeMap<u32, IndexRow> = BTreeMap::new();
        for ((row, column), text) in self.cells {
            if row <= header.row {
                continue;
            }
            let entry = rows.entry(row).or_insert_with(|| IndexRow {
                row: row + 1,
                ..IndexRow::default()
            });
            if column == header.file {
                entry.file_name = text;
            } else if let Some((_, field)) = header.keys.iter().find(|(at, _)| *at == column) {
                *key_of(entry, *field) = text;
            }
        }
        let named = rows.into_values().filter(|row| !row.file_name.is_empty());
        Some(named.collect())
    }
}

impl Taker for Rows {
    fn sheet(&mut self, sheet: Sheet<'_>) -> Next {
        if self.header.is_none() {
            self.header = self.look();
        }
        if self.header.is_some() {
            return Next::Stop;
        }
        self.cells.clear();
        self.sheet = sheet.index;
        Next::Go
    }

    fn cell(&mut self, cell: Cell) -> Result<Next, Error> {
        let limits = RosterLimits::default();
        self.seen += 1;
        if self.seen > limits.max_cells || cell.row >= limits.max_rows {
            return Ok(Next::Stop);
        }
        if cell.sheet != self.sheet {
            return Ok(Next::Skip);
        }
        if self.header.is_none() && cell.row >= HEADER_WITHIN {
            self.header = self.look();
            if self.header.is_none() {
                return Ok(Next::Skip);
            }
        }
        let wanted = self.header.as_ref().is_none_or(|header| {
            cell.column == header.file || header.keys.iter().any(|(at, _)| *at == cell.column)
        });
        if wanted
            && cell.column < limits.max_columns
            && let Some(text) = cell.value.as_ref().and_then(text_of)
        {
            self.cells.insert((cell.row, cell.column), text);
        }
        Ok(Next::Go)
    }
}

/// Above it Excel has lost digits.
const LARGEST_EXACT: f64 = 1e15;

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) | Value::Date(text) => Some(text.clone()),
        Value::Number(number) if number.fract() == 0.0 && number.abs() < LARGEST_EXACT => {
            Some(format!("{number:.0}"))
        }
        _ => None,
    }
}

fn is_file_column(header: &str) -> bool {
    let plain: String = identity::normalise(header)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    FILE_COLUMNS.contains(&plain.as_str())
}

const fn is_key(field: RosterField) -> bool {
    matches!(
        field,
        RosterField::StudentNo | RosterField::IdNumber | RosterField::ExamNo | RosterField::Name
    )
}

fn key_of(row: &mut IndexRow, field: RosterField) -> &mut String {
    match field {
        RosterField::StudentNo => &mut row.student_no,
        RosterField::IdNumber => &mut row.id_number,
        RosterField::ExamNo => &mut row.exam_no,
        _ => &mut row.name,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn read(text: &str) -> Option<Vec<IndexRow>> {
        read_index(text.as_bytes(), "索引.csv").unwrap()
    }

    #[test]
    fn an_index_is_known_by_its_header() {
        let rows = read("毕业照索引,,\n序号,照片文件名,学号,姓名\n1,IMG_0001.jpg,2021001001,张三\n2,,2021001002,李四\n").unwrap();
        assert_eq!(
            rows,
            vec![IndexRow {
                row: 3,
                file_name: "IMG_0001.jpg".into(),
                student_no: "2021001001".into(),
                name: "张三".into(),
                ..IndexRow::default()
            }]
        );
        assert_eq!(read("学号,姓名\n2021001001,张三\n"), None);
        assert_eq!(read("文件名,大小\n1.jpg,30\n"), None);
    }

    #[test]
    fn damage_is_an_error_and_a_picture_no_index() {
        assert!(read_index(b"PK\x03\x04broken", "索引.xlsx").is_err());
        assert!(may_be_index("照片/索引.XLSX") && !may_be_index("照片/1.jpg"));
        assert!(!may_be_index("照片/~$索引.xlsx"));
    }
}
