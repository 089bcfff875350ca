//! An index workbook: which file is whose photo, as offices and studios write it beside a heap of `IMG_0001.jpg`.
//!
//! A table with a column of file names and one of 学号, 证件号码, 考生号 or 姓名. Whose the files are is
//! told by [`crate::matching`]; here is only what stands in the table.

use zhaoshen_model::StudentKeys;

use crate::error::Error;
use crate::headed::{self, Header, Texts, read_headed};
use crate::roster::columns;
use crate::roster::keys::KeyColumns;
use crate::roster::sheet::Value;

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

/// One row of an index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IndexRow {
    /// The cell of the file name as Excel names it, with its sheet where several are read.
    pub cell: String,
    /// The file name as written.
    pub file_name: String,
    /// Whose the file is.
    pub named: StudentKeys,
}

/// What an index holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Index {
    /// Rows of every sheet that was read, top to bottom.
    pub rows: Vec<IndexRow>,
    /// What to say of its sheets, in Chinese: a hidden one that was left or read, columns that were left.
    pub remarks: Vec<String>,
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

/// The index in `bytes`, of every sheet that staff see and that is one, or of the hidden ones where they see none; `None`
/// when no table has a column of file names beside one of keys.
///
/// # Errors
/// When the file is no table, protected, or damaged.
pub fn read_index(bytes: &[u8], file: &str) -> Result<Option<Index>, Error> {
    let tables = read_headed::<Columns>(bytes, file)?;
    if tables.is_empty() {
        return Ok(None);
    }
    let (tables, remarks) = headed::seen(tables);
    let is_alone = tables.len() == 1;
    let rows = tables.into_iter().flat_map(|table| {
        let header = table.header;
        let column = columns::letters(header.file);
        let column = match is_alone {
            true => column,
            false => format!("工作表“{}”的 {column}", table.sheet),
        };
        table.rows.into_iter().filter_map(move |(row, mut texts)| {
            let file_name = texts.remove(&header.file)?;
            Some(IndexRow {
                cell: format!("{column}{}", row + 1),
                file_name,
                named: header.keys.read(&texts),
            })
        })
    });
    Ok(Some(Index {
        rows: rows.collect(),
        remarks,
    }))
}

/// The columns of an index.
#[derive(Debug)]
struct Columns {
    file: u32,
    keys: KeyColumns,
}

impl Header for Columns {
    const WITHIN: u32 = 20;

    fn of(texts: &Texts) -> Option<Self> {
        let mut files = texts.iter().filter(|(_, text)| is_file_column(text));
        let file = *files.next()?.0;
        let keys = KeyColumns::of(texts);
        (!keys.is_empty()).then_some(Self { file, keys })
    }

    fn wants(&self, column: u32) -> bool {
        column == self.file || self.keys.wants(column)
    }

    /// A number with a fraction is no file's name and nobody's number.
    fn text(value: &Value) -> Option<String> {
        match value {
            Value::Number(number) if number.fract().abs() > 0.0 => None,
            value => value.as_read(),
        }
    }
}

pub(crate) fn is_file_column(header: &str) -> bool {
    FILE_COLUMNS.contains(&columns::compare_form(header).as_str())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn read(text: &str) -> Option<Vec<IndexRow>> {
        let index = read_index(text.as_bytes(), "索引.csv").unwrap()?;
        assert_eq!(index.remarks, Vec::<String>::new());
        Some(index.rows)
    }

    #[test]
    fn an_index_is_known_by_its_header() {
        let rows = read("毕业照索引,,\n序号,照片文件名,学号,姓名\n1,IMG_0001.jpg,2021001001,张三\n2,,2021001002,李四\n").unwrap();
        assert_eq!(
            rows,
            vec![IndexRow {
                cell: "B3".into(),
                file_name: "IMG_0001.jpg".into(),
                named: StudentKeys {
                    student_no: "2021001001".into(),
                    name: "张三".into(),
                    ..StudentKeys::default()
                },
            }]
        );
        assert_eq!(read("学号,姓名\n2021001001,张三\n"), None);
        assert_eq!(read("文件名,大小\n1.jpg,30\n"), None);
    }

    /// An index with one sheet per file, each with its student's number, and whether it is hidden.
    fn book(sheets: &[(&str, &str, bool)]) -> Index {
        let mut book = rust_xlsxwriter::Workbook::new();
        let shown = sheets.iter().position(|(_, _, hidden)| !hidden);
        for (at, (name, student_no, hidden)) in sheets.iter().enumerate() {
            let sheet = book.add_worksheet();
            sheet.set_name(*name).unwrap();
            let rows = [["文件名", "学号"], ["1.jpg", student_no]];
            for (row, cells) in (0..).zip(rows) {
                for (column, text) in (0..).zip(cells) {
                    sheet.write_string(row, column, text).unwrap();
                }
            }
            sheet.set_hidden(*hidden);
            sheet.set_active(shown == Some(at));
            sheet.set_first_tab(shown == Some(at));
        }
        if shown.is_none() {
            book.add_worksheet().set_active(true).set_first_tab(true);
        }
        let bytes = book.save_to_buffer().unwrap();
        read_index(&bytes, "索引.xlsx").unwrap().unwrap()
    }

    #[test]
    fn a_hidden_sheet_is_left_and_named_unless_it_is_the_only_one() {
        let numbers = |index: &Index| -> Vec<String> {
            let rows = index.rows.iter();
            rows.map(|row| row.named.student_no.clone()).collect()
        };
        let seen = book(&[("一班", "2021001001", false), ("二班", "2021001002", false)]);
        assert_eq!(numbers(&seen), ["2021001001", "2021001002"]);
        assert_eq!(seen.rows[1].cell, "工作表“二班”的 A2");
        assert_eq!(seen.remarks, Vec::<String>::new());
        let with_old = book(&[("去年", "2020001001", true), ("今年", "2021001001", false)]);
        assert_eq!(numbers(&with_old), ["2021001001"]);
        let [remark] = with_old.remarks.as_slice() else {
            panic!("{:?}", with_old.remarks)
        };
        assert!(remark.contains("“去年”（隐藏）"), "{remark}");
        let hidden = book(&[("去年", "2020001001", true)]);
        assert_eq!(numbers(&hidden), ["2020001001"]);
        let [remark] = hidden.remarks.as_slice() else {
            panic!("{:?}", hidden.remarks)
        };
        assert!(remark.contains("读取的是隐藏的工作表“去年”"), "{remark}");
    }

    #[test]
    fn damage_is_an_error_and_a_picture_no_index() {
        assert!(read_index(b"PK\x03\x04broken", "索引.xlsx").is_err());
        assert!(may_be_index("照片/索引.XLSX") && !may_be_index("照片/1.jpg"));
        assert!(!may_be_index("照片/~$索引.xlsx"));
    }
}
