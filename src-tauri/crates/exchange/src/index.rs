//! An index workbook: which file is whose photo, as offices and studios write it beside a heap of `IMG_0001.jpg`.
//!
//! A table with a column of file names and one of 学号, 证件号码, 考生号 or 姓名. Whose the files are is
//! told by [`crate::matching`]; here is only what stands in the table.

use zhaoshen_model::StudentKeys;

use crate::error::Error;
use crate::headed::{Header, Texts, read_headed};
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
    /// Row as Excel counts, from 1.
    pub row: u32,
    /// The file name as written.
    pub file_name: String,
    /// Whose the file is.
    pub named: StudentKeys,
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

/// The rows of the index in `bytes`, of every sheet that is one; `None` when no table has a column of file names beside one of keys.
///
/// # Errors
/// When the file is no table, protected, or damaged.
pub fn read_index(bytes: &[u8], file: &str) -> Result<Option<Vec<IndexRow>>, Error> {
    let tables = read_headed::<Columns>(bytes, file)?;
    if tables.is_empty() {
        return Ok(None);
    }
    let rows = tables.into_iter().flat_map(|table| {
        let header = table.header;
        table.rows.into_iter().filter_map(move |(row, mut texts)| {
            let file_name = texts.remove(&header.file)?;
            Some(IndexRow {
                row: row + 1,
                file_name,
                named: header.keys.read(&texts),
            })
        })
    });
    Ok(Some(rows.collect()))
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

    #[test]
    fn damage_is_an_error_and_a_picture_no_index() {
        assert!(read_index(b"PK\x03\x04broken", "索引.xlsx").is_err());
        assert!(may_be_index("照片/索引.XLSX") && !may_be_index("照片/1.jpg"));
        assert!(!may_be_index("照片/~$索引.xlsx"));
    }
}
