//! Lists of students who have a 学历照片 already, as 学信网, a studio or an earlier round gives them: any table with a
//! column that names a student.
//!
//! Whom a row means is told by [`crate::matching`], and what follows by [`zhaoshen_model::scope`].

use std::path::Path;

use zhaoshen_model::StudentKeys;

use crate::error::Error;
use crate::headed::{self, Header, Texts, read_headed};
use crate::roster::columns::letters;
use crate::roster::keys::KeyColumns;
use crate::roster::{RosterLimits, read_table_file};
use crate::totals::is_total;

/// One row of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CollectedRow {
    /// Row as Excel counts, from 1.
    pub row: u32,
    /// Whom it names.
    pub named: StudentKeys,
}

/// What a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CollectedTable {
    /// Rows that name a student, sheet by sheet, top to bottom.
    pub rows: Vec<CollectedRow>,
    /// Rows that only add up others, such as 合计: their number, and the text that says so.
    pub totals: Vec<(u32, String)>,
    /// Rows in which a column that names the student holds something and no text: their number, and why, in Chinese.
    pub lost: Vec<(u32, String)>,
    /// What to say of the file's sheets, in Chinese.
    pub remarks: Vec<String>,
}

/// The name of the file at `path` and what it holds.
///
/// # Errors
/// As [`read_collected_bytes`]; when the file cannot be read.
pub fn read_collected(path: &Path) -> Result<(String, CollectedTable), Error> {
    let (file, bytes) = read_table_file(path, &RosterLimits::default())?;
    let table = read_collected_bytes(&bytes, &file)?;
    Ok((file, table))
}

/// The rows in `bytes`, the contents of `file`, top to bottom; of a workbook every sheet that staff see and that
/// has a header of keys.
///
/// # Errors
/// [`Error::NoStudentColumn`] without a column of 学号, 证件号码, 考生号 or 姓名; when the file is no table, protected, or
/// damaged.
pub fn read_collected_bytes(bytes: &[u8], file: &str) -> Result<CollectedTable, Error> {
    let sheets = read_headed::<Columns>(bytes, file)?;
    if sheets.is_empty() {
        return Err(Error::NoStudentColumn {
            file: file.to_owned(),
        });
    }
    let (sheets, remarks) = headed::seen(sheets);
    let mut table = CollectedTable {
        remarks,
        ..CollectedTable::default()
    };
    for sheet in sheets {
        let told = sheet.lost.iter().map(|((row, column), why)| {
            let cell = format!("{}{}", letters(*column), row + 1);
            (row + 1, format!("{cell}{why}"))
        });
        table.lost.extend(told);
        for (row, texts) in sheet.rows {
            match texts.values().find(|text| is_total(text)) {
                Some(total) => table.totals.push((row + 1, total.clone())),
                None => table.rows.push(CollectedRow {
                    row: row + 1,
                    named: sheet.header.0.read(&texts),
                }),
            }
        }
    }
    Ok(table)
}

#[derive(Debug)]
struct Columns(KeyColumns);

impl Header for Columns {
    const WITHIN: u32 = 20;

    fn of(texts: &Texts) -> Option<Self> {
        let keys = KeyColumns::of(texts);
        (!keys.is_empty()).then_some(Self(keys))
    }

    fn wants(&self, column: u32) -> bool {
        self.0.wants(column)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn read(text: &str) -> Result<Vec<CollectedRow>, Error> {
        read_collected_bytes(text.as_bytes(), "已采集.csv").map(|table| table.rows)
    }

    #[test]
    fn any_table_that_names_students_is_a_list() {
        let text =
            "2025年已采集学生,,\n序号,姓名,身份证号\n1,张三,11010519491231002X\n,,\n2,李四,\n";
        let named = |name: &str, id_number: &str| StudentKeys {
            name: name.to_owned(),
            id_number: id_number.to_owned(),
            ..StudentKeys::default()
        };
        let expected = [
            (3, named("张三", "11010519491231002X")),
            (5, named("李四", "")),
        ];
        let expected = expected.map(|(row, named)| CollectedRow { row, named });
        assert_eq!(read(text).unwrap(), expected);
        assert_eq!(read("学号\n2021001001\n").unwrap().len(), 1);
    }

    #[test]
    fn every_sheet_is_read_and_totals_are_told() {
        let mut book = rust_xlsxwriter::Workbook::new();
        for (name, number) in [("一", "2021001"), ("二", "2021002")] {
            let sheet = book.add_worksheet();
            sheet.set_name(name).unwrap();
            for (row, text) in (0..).zip(["学号", number, "合计"]) {
                sheet.write_string(row, 0, text).unwrap();
            }
        }
        let table = read_collected_bytes(&book.save_to_buffer().unwrap(), "已采集.xlsx").unwrap();
        let numbers: Vec<&str> = (table.rows.iter())
            .map(|row| row.named.student_no.as_str())
            .collect();
        assert_eq!(numbers, ["2021001", "2021002"]);
        assert_eq!(
            table.totals,
            [(3, "合计".to_owned()), (3, "合计".to_owned())]
        );
    }

    #[test]
    fn a_second_list_beside_the_first_is_told() {
        let text = "序号,学号,姓名,序号,学号,姓名\n1,001,张三,2,002,李四\n";
        let table = read_collected_bytes(text.as_bytes(), "已采集.csv").unwrap();
        assert_eq!(table.rows.len(), 1);
        let told: Vec<&str> = (table.remarks.iter())
            .map(|remark| remark.split('；').next().unwrap())
            .collect();
        assert_eq!(
            told,
            [
                "B列和E列的表头都是“学号”，只读了B列",
                "C列和F列的表头都是“姓名”，只读了C列"
            ]
        );
    }

    #[test]
    fn a_table_that_names_nobody_and_a_damaged_one_are_refused() {
        let nobody = read("序号,备注\n1,张三\n");
        assert!(matches!(nobody, Err(Error::NoStudentColumn { .. })));
        assert!(read_collected_bytes(b"PK\x03\x04broken", "已采集.xlsx").is_err());
    }

    #[test]
    fn a_hidden_sheet_is_named_and_a_lost_number_is_told() {
        let mut book = rust_xlsxwriter::Workbook::new();
        for (name, hidden) in [("旧", true), ("新", false)] {
            let sheet = book.add_worksheet();
            sheet.set_name(name).unwrap();
            sheet.set_hidden(hidden);
            sheet.write_string(0, 0, "序号").unwrap();
            sheet.write_string(0, 1, "身份证号").unwrap();
            sheet.write_number(1, 1, 110_105_194_912_310_021.0).unwrap();
            sheet.write_string(2, 1, "11010519491231002X").unwrap();
            sheet.set_active(!hidden);
            sheet.set_first_tab(!hidden);
        }
        let bytes = book.save_to_buffer().unwrap();
        let table = read_collected_bytes(&bytes, "已采集.xlsx").unwrap();
        assert_eq!(table.rows.len(), 1);
        assert_eq!(table.remarks.len(), 1, "{:?}", table.remarks);
        assert!(table.remarks[0].contains("“旧”（隐藏）"));
        let [(2, why)] = table.lost.as_slice() else {
            panic!("{:?}", table.lost);
        };
        assert!(why.starts_with("B2是数字格式"), "{why}");
    }
}
