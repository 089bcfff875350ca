//! Lists of students who have a 学历照片 already, as 学信网, a studio or an earlier round gives them: any table with a
//! column that names a student. Where a column says who has one, only those it says so of are meant.
//!
//! Whom a row means is told by [`crate::matching`], and what follows by [`zhaoshen_model::scope`].

use std::path::Path;

use zhaoshen_model::StudentKeys;
use zhaoshen_model::receipt::{self, ReceiptKind, ReceiptState};

use crate::error::Error;
use crate::headed::{self, Headed, Header, Texts, read_headed};
use crate::receipts::REGISTER;
use crate::roster::columns::{compare_form, letters};
use crate::roster::keys::KeyColumns;
use crate::roster::{RosterLimits, read_table_file};
use crate::totals::is_total;

/// What columns that say who has a photo are called beside those of 学信网's lists.
const STATE: [&str; 8] = [
    "是否采集",
    "是否已采集",
    "是否有照片",
    "采集状态",
    "采集情况",
    "照片状态",
    "照片",
    "状态",
];
/// How many of [`STATE`], at its end, are words that other lists have too: such a column counts where it is understood
/// at all.
const STATE_COMMON: usize = 2;

/// What a row says of its student's photo.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Says {
    /// No column tells; who is listed has one.
    #[default]
    Listed,
    /// There is one.
    HasPhoto,
    /// There is none.
    NoPhoto,
    /// Neither; the cell's words.
    Unclear(String),
}

/// One row of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CollectedRow {
    /// Row as Excel counts, from 1.
    pub row: u32,
    /// Whom it names.
    pub named: StudentKeys,
    /// Whether the student has a photo.
    pub says: Says,
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
        let state = state_of(&sheet);
        for (row, texts) in sheet.rows {
            let named = sheet.header.keys.read(&texts);
            match texts.values().find(|text| is_total(text)) {
                Some(total) => table.totals.push((row + 1, total.clone())),
                // A state alone is nobody's.
                None if named == StudentKeys::default() => {}
                None => table.rows.push(CollectedRow {
                    row: row + 1,
                    named,
                    says: state.map_or(Says::Listed, |column| says(texts.get(&column))),
                }),
            }
        }
    }
    Ok(table)
}

/// The column that says who has a photo.
fn state_of(sheet: &Headed<Columns>) -> Option<u32> {
    let (rank, column) = sheet.header.state?;
    let is_common = rank >= REGISTER.len() + STATE.len() - STATE_COMMON;
    let mut cells = sheet.rows.values().filter_map(|texts| texts.get(&column));
    let is_understood = cells.any(|text| receipt::read(ReceiptKind::Register, text).is_some());
    (!is_common || is_understood).then_some(column)
}

fn says(cell: Option<&String>) -> Says {
    let cell = cell.map_or("", |text| text.trim());
    match receipt::read(ReceiptKind::Register, cell).map(|said| said.state) {
        Some(ReceiptState::HasPhoto) => Says::HasPhoto,
        Some(ReceiptState::NoPhoto) => Says::NoPhoto,
        _ => Says::Unclear(cell.to_owned()),
    }
}

#[derive(Debug)]
struct Columns {
    keys: KeyColumns,
    /// The column that says who has a photo, after how good a word it is for that: 0 is the best.
    state: Option<(usize, u32)>,
}

impl Header for Columns {
    const WITHIN: u32 = 20;

    fn of(texts: &Texts) -> Option<Self> {
        let keys = KeyColumns::of(texts);
        let states = texts.iter().filter_map(|(column, text)| {
            let word = compare_form(text);
            let mut known = REGISTER.iter().chain(&STATE);
            Some((known.position(|known| *known == word)?, *column))
        });
        let state = states.min();
        (!keys.is_empty()).then_some(Self { keys, state })
    }

    fn wants(&self, column: u32) -> bool {
        self.keys.wants(column) || self.state.is_some_and(|(_, at)| at == column)
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
        let expected = expected.map(|(row, named)| CollectedRow {
            row,
            named,
            says: Says::Listed,
        });
        assert_eq!(read(text).unwrap(), expected);
        assert_eq!(read("学号\n2021001001\n").unwrap().len(), 1);
    }

    #[test]
    fn a_column_that_says_who_has_a_photo_is_read_as_receipts_are() {
        let unclear = |text: &str| Says::Unclear(text.to_owned());
        for (header, cell, expected) in [
            ("学历照片", "有", Says::HasPhoto),
            ("学历照片", "无", Says::NoPhoto),
            ("是否采集", "已采集", Says::HasPhoto),
            ("是否采集", "未采集", Says::NoPhoto),
            ("状态", "是", Says::HasPhoto),
            ("状态", "否", Says::NoPhoto),
            ("学历照片", "待查", unclear("待查")),
            ("学历照片", "", unclear("")),
            // What is no word of photos is another column.
            ("状态", "在籍", Says::Listed),
            ("备注", "无", Says::Listed),
        ] {
            let rows = read(&format!("学号,{header}\n2021001,{cell}\n")).unwrap();
            assert_eq!(rows[0].says, expected, "{header} {cell}");
        }
        let both = read("学号,状态,学历照片\n2021001,是,无\n").unwrap();
        assert_eq!(both[0].says, Says::NoPhoto);
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
