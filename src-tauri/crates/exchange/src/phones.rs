//! Telephone numbers (手机号) of students, out of any table that has a column of them beside one that names a student: mostly
//! the roster itself, whose other columns the station does not keep.
//!
//! Whom a row means is told by [`crate::matching`]. The numbers go into a file for whoever sends text messages, and are
//! stored nowhere.

use std::path::Path;

use zhaoshen_model::{StudentKeys, name};

use crate::error::Error;
use crate::headed::{self, Header, Texts, read_headed};
use crate::roster::keys::KeyColumns;
use crate::roster::{RosterLimits, columns, read_table_file};

/// Headers of a column of mobile numbers, the surest first, as [`columns::compare_form`] makes them.
const HEADERS: [&str; 20] = [
    "手机号",
    "手机号码",
    "手机",
    "移动电话",
    "本人手机号",
    "本人手机号码",
    "本人手机",
    "学生手机号",
    "学生手机",
    "联系手机",
    "SJH",
    "SJHM",
    "YDDH",
    "MOBILE",
    "MOBILEPHONE",
    "联系电话",
    "联系方式",
    "LXDH",
    "电话",
    "PHONE",
];

/// Digits of a mobile number.
const DIGITS: usize = 11;

/// One row that has something in its column of numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PhoneRow {
    /// Row as Excel counts, from 1.
    pub row: u32,
    /// Whom it names.
    pub named: StudentKeys,
    /// Eleven digits; `None` for what is no mobile number.
    pub phone: Option<String>,
}

/// What a table of numbers holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PhoneTable {
    /// The sheet that was read.
    pub sheet: String,
    /// Its rows, top to bottom.
    pub rows: Vec<PhoneRow>,
    /// What to say of the file's other sheets, in Chinese.
    pub remarks: Vec<String>,
}

/// The name of the file at `path` and what it holds.
///
/// # Errors
/// As [`read_phones_bytes`]; when the file cannot be read.
pub fn read_phones(path: &Path) -> Result<(String, PhoneTable), Error> {
    let (file, bytes) = read_table_file(path, &RosterLimits::default())?;
    let table = read_phones_bytes(&bytes, &file)?;
    Ok((file, table))
}

/// What `bytes`, the contents of `file`, hold; of a workbook the sheet with the fullest header.
///
/// # Errors
/// [`Error::NoPhoneColumn`] without a column of mobile numbers beside one of 学号, 证件号码, 考生号 or 姓名; when the file is
/// no table, protected, or damaged.
pub fn read_phones_bytes(bytes: &[u8], file: &str) -> Result<PhoneTable, Error> {
    let found = headed::chosen(read_headed::<Columns>(bytes, file)?);
    let (mut table, remarks) = found.ok_or_else(|| Error::NoPhoneColumn {
        file: file.to_owned(),
    })?;
    let Columns { keys, phone } = table.header;
    // A number that a spreadsheet has lost is told of as one that cannot be read.
    for (row, _) in table.lost.keys().filter(|(_, column)| *column == phone) {
        let texts = table.rows.entry(*row).or_default();
        texts.insert(phone, "#".to_owned());
    }
    let rows = table.rows.into_iter().filter_map(|(row, texts)| {
        let written = texts.get(&phone).filter(|text| !text.trim().is_empty())?;
        Some(PhoneRow {
            row: row + 1,
            named: keys.read(&texts),
            phone: mobile(written),
        })
    });
    Ok(PhoneTable {
        sheet: table.sheet,
        rows: rows.collect(),
        remarks,
    })
}

/// The first mobile number in a cell, without what stands between its digits.
fn mobile(text: &str) -> Option<String> {
    let between = |c: char| matches!(c, '/' | '、' | ',' | ';' | '|' | '\n' | '，' | '；');
    text.split(between).find_map(|one| {
        let kept = one.chars().map(name::half_width);
        let kept: String = kept
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '`' | '\'' | '(' | ')'))
            .collect();
        let kept = kept.trim_start_matches('+');
        let kept = kept.strip_prefix("00").unwrap_or(kept);
        let bare = kept.strip_prefix("86").filter(|bare| bare.len() == DIGITS);
        let number = bare.unwrap_or(kept);
        let is_mobile = number.len() == DIGITS
            && number.bytes().all(|digit| digit.is_ascii_digit())
            && number.starts_with('1')
            && !number.starts_with("10");
        is_mobile.then(|| number.to_owned())
    })
}

#[derive(Debug)]
struct Columns {
    keys: KeyColumns,
    phone: u32,
}

impl Header for Columns {
    const WITHIN: u32 = 20;

    fn of(texts: &Texts) -> Option<Self> {
        let keys = KeyColumns::of(texts);
        let ranked = texts.iter().filter_map(|(column, header)| {
            let plain = columns::compare_form(header);
            let rank = HEADERS.iter().position(|known| *known == plain)?;
            Some((rank, *column))
        });
        let (_, phone) = ranked.min()?;
        (!keys.is_empty()).then_some(Self { keys, phone })
    }

    fn wants(&self, column: u32) -> bool {
        column == self.phone || self.keys.wants(column)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn read(text: &str) -> Result<Vec<PhoneRow>, Error> {
        read_phones_bytes(text.as_bytes(), "名单.csv").map(|table| table.rows)
    }

    #[test]
    fn numbers_are_taken_as_people_write_them() {
        for (written, number) in [
            ("13812345678", Some("13812345678")),
            ("138 1234 5678", Some("13812345678")),
            ("138-1234-5678", Some("13812345678")),
            ("+86 13812345678", Some("13812345678")),
            ("008613812345678", Some("13812345678")),
            ("8613812345678", Some("13812345678")),
            ("１３８１２３４５６７８", Some("13812345678")),
            ("无/13812345678", Some("13812345678")),
            ("13812345678、13987654321", Some("13812345678")),
            ("010-61772001", None),
            ("1381234567", None),
            ("1.38E+10", None),
            ("23812345678", None),
            ("10812345678", None),
            ("无", None),
        ] {
            assert_eq!(mobile(written).as_deref(), number, "{written}");
        }
    }

    #[test]
    fn the_surest_column_is_read_and_empty_cells_are_no_rows() {
        let rows = read(
            "2026届名单\n学号,姓名,联系电话,手机号码\n001,张三,010-61772001,13812345678\n002,李四,13900000000,\n003,王五,,无\n",
        )
        .unwrap();
        let told: Vec<(u32, &str, Option<&str>)> = rows
            .iter()
            .map(|row| (row.row, row.named.student_no.as_str(), row.phone.as_deref()))
            .collect();
        assert_eq!(told, [(3, "001", Some("13812345678")), (5, "003", None)]);
    }

    #[test]
    fn a_table_without_numbers_or_without_students_is_refused() {
        for text in ["学号,姓名\n1,张三\n", "手机号,班级\n13812345678,1\n"] {
            let refused = read(text);
            assert!(matches!(refused, Err(Error::NoPhoneColumn { .. })));
        }
        assert!(read_phones_bytes(b"PK\x03\x04broken", "名单.xlsx").is_err());
    }

    #[test]
    fn the_sheet_that_has_the_numbers_is_found_and_the_others_are_named() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheets: [(&str, bool, &[&[&str]]); 4] = [
            (
                "旧名单",
                true,
                &[&["学号", "姓名", "手机号"], &["001", "张三", "13900000000"]],
            ),
            (
                "联系人",
                false,
                &[&["姓名", "电话"], &["王老师", "13700000000"]],
            ),
            ("模板", false, &[&["学号", "姓名", "证件号码", "手机号"]]),
            (
                "学生",
                false,
                &[
                    &["学号", "姓名", "手机号"],
                    &["001", "张三", "13812345678"],
                    &["002", "李四", ""],
                ],
            ),
        ];
        for (name, hidden, rows) in sheets {
            let sheet = book.add_worksheet();
            sheet.set_name(name).unwrap();
            sheet.set_hidden(hidden);
            for (row, cells) in (0..).zip(rows) {
                for (column, text) in (0..).zip(*cells) {
                    sheet.write_string(row, column, *text).unwrap();
                }
            }
            if name == "学生" {
                // What a spreadsheet has lost is told of, not passed over.
                sheet.write_boolean(2, 2, true).unwrap();
                sheet.set_active(true);
                sheet.set_first_tab(true);
            }
        }
        let bytes = book.save_to_buffer().unwrap();
        let table = read_phones_bytes(&bytes, "名单.xlsx").unwrap();
        assert_eq!(table.sheet, "学生");
        let phones: Vec<Option<&str>> = (table.rows.iter())
            .map(|row| row.phone.as_deref())
            .collect();
        assert_eq!(phones, [Some("13812345678"), None]);
        assert_eq!(table.remarks.len(), 2, "{:?}", table.remarks);
        assert!(table.remarks[0].contains("旧名单") && table.remarks[0].contains("隐藏"));
        assert!(table.remarks[1].contains("联系人"));
    }
}
