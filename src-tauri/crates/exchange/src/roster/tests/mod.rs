//! Rosters written with another library and read back.
#![allow(clippy::unwrap_used)]

mod bounds;
mod dbf;
mod delimited;
mod difference;
mod doubtful;
mod hostile;
mod html;
mod look;
mod mapping;
mod noise;
mod ods;
mod pasted;
mod spreadsheet_xml;
mod standard;
mod told;
mod xls;
mod xlsb;

use jiff::civil::{Date, date};
use rust_xlsxwriter::{Format, Workbook};
use zhaoshen_model::identity;

use super::{
    Error, RosterField, RosterLimits, RosterTable, RowProblem, StudentDraft, format, read_roster,
    read_roster_bytes, read_roster_pasted, sheet,
};

const TODAY: Date = date(2026, 3, 1);

fn read(bytes: &[u8]) -> Result<RosterTable, Error> {
    read_roster_bytes(bytes, "名单.xlsx", &RosterLimits::default(), TODAY)
}

/// A workbook of one sheet with these texts.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(*cells) {
            if !text.is_empty() {
                sheet.write_string(row, column, *text).unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// A valid resident number: born on `birth`, of the sex that the sequence's parity says.
fn id_number(birth: &str, sequence: u32) -> String {
    let body = format!("110105{birth}{sequence:03}");
    let check = identity::check_character(&body).unwrap();
    format!("{body}{check}")
}

fn problems(table: &RosterTable) -> Vec<(String, RowProblem)> {
    table
        .refused
        .iter()
        .map(|row| (row.cell.clone(), row.code))
        .collect()
}

#[test]
fn a_roster_is_read_with_every_column() {
    let id = id_number("19990101", 11);
    let bytes = workbook(&[
        &["华北某大学研究生名单"],
        &["制表日期：2021年9月"],
        &[
            "序号",
            "学 号",
            "姓名*",
            "证件号码（18位）",
            "性别",
            "CSRQ",
            "KSH",
            "培养单位",
            "ZYMC",
            "入学年份",
            "班号",
            "CC",
            "XXXS",
            "所在校区",
            "备注",
        ],
        &[
            "1",
            "2021001",
            "张三",
            &id,
            "男",
            "1999-01-01",
            "10054123",
            "电气学院",
            "电气工程",
            "2021",
            "1班",
            "硕士",
            "非全日制",
            "北京校部",
            "x",
        ],
        &[],
        &["2", "2021002", "欧阳娜娜·买买提"],
    ]);
    let table = read(&bytes).unwrap();
    assert_eq!(table.header_row, 3);
    assert_eq!(table.refused, vec![]);
    assert_eq!(table.rows.len(), 2);
    assert_eq!(table.fields(), RosterField::ALL.to_vec());
    let first = &table.rows[0];
    assert_eq!(first.row_number, 4);
    assert_eq!(first.draft.student_no, "2021001");
    assert_eq!(first.draft.id_number, id);
    assert_eq!(first.draft.birth_date, "19990101");
    assert_eq!(first.draft.study_mode, "非全日制");
    assert_eq!(first.draft.campus, "北京校部");
    assert_eq!(table.rows[1].row_number, 6, "an empty row still counts");
    assert_eq!(table.columns.len(), 15);
    assert_eq!(table.columns[0].field, None);
    assert_eq!(table.columns[1].column, "B");
    assert_eq!(table.columns[1].samples, vec!["2021001", "2021002"]);
    assert_eq!(
        table.columns[3].samples,
        vec![identity::mask(&id)],
        "identity numbers are never shown whole"
    );
}

#[test]
fn refused_rows_name_cell_and_remedy_and_others_go_on() {
    let good = id_number("19990101", 11);
    let mut wrong = good.clone();
    wrong.replace_range(10..11, "7");
    let bytes = workbook(&[
        &["学号", "姓名", "身份证号", "性别", "出生日期"],
        &["001", "甲一", &wrong, "男", ""],
        &["002", "乙二", &id_number("19990101", 13), "女", ""],
        &["003", "丙三", &id_number("19990101", 15), "男", "1999.1.2"],
        &["", "丁四", "", "", ""],
        &["005", "", "", "", ""],
        &["006", "戊?", "", "", ""],
        &["007", "己七", "", "不详", ""],
        &["008", "庚八", "", "", "昨天"],
        &["009", "辛九", &id_number("20990101", 11), "", ""],
        &["010", "壬十", "1.10105E+17", "", ""],
        &["011", "癸甲", &id_number("19990101", 17), "男", "199901"],
        &["#N-A?", "乙丙", "", "", ""],
    ]);
    let table = read(&bytes).unwrap();
    assert_eq!(
        problems(&table),
        vec![
            ("C2".into(), RowProblem::IdNumberInvalid),
            ("D3".into(), RowProblem::SexDiffers),
            ("E4".into(), RowProblem::BirthDateDiffers),
            ("A5".into(), RowProblem::KeyEmpty),
            ("B6".into(), RowProblem::KeyEmpty),
            ("B7".into(), RowProblem::NameBroken),
            ("D8".into(), RowProblem::SexUnreadable),
            ("E9".into(), RowProblem::BirthDateInvalid),
            ("C10".into(), RowProblem::BirthDateInvalid),
            ("C11".into(), RowProblem::NumberPrecisionLost),
            ("A13".into(), RowProblem::StudentNoUnsafe),
        ]
    );
    assert_eq!(table.refused_row_count(), 11);
    let accepted: Vec<&str> = table
        .rows
        .iter()
        .map(|row| row.draft.student_no.as_str())
        .collect();
    assert_eq!(accepted, vec!["011"]);
    assert_eq!(
        table.rows[0].draft.birth_date, "19990101",
        "the day comes from the number"
    );
    for refused in &table.refused {
        assert!(!refused.remedy_zh.is_empty());
        assert!(
            !refused.problem_zh.contains(wrong.get(12..).unwrap()),
            "{}",
            refused.problem_zh
        );
    }
    assert_eq!(table.refused[0].name, "甲一");
    assert_eq!(table.refused[0].student_no, "001");
}

#[test]
fn numbers_are_text_only_while_nothing_is_lost() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let date_format = Format::new().set_num_format("yyyy-mm-dd");
    for (column, header) in (0_u16..).zip(["学号", "姓名", "身份证号", "出生日期", "年级"])
    {
        sheet.write_string(0, column, header).unwrap();
    }
    for (row, name) in (1_u32..).zip(["甲一", "乙二", "丙三", "丁四", "戊五"]) {
        sheet.write_string(row, 1, name).unwrap();
    }
    sheet.write_number(1, 0, 2_021_000_001.0).unwrap();
    sheet
        .write_number(1, 2, 1.101_051_999_010_101_1e17)
        .unwrap();
    sheet.write_number(2, 0, 2_021_000_002.0).unwrap();
    sheet
        .write_datetime_with_format(
            2,
            3,
            rust_xlsxwriter::ExcelDateTime::from_ymd(1999, 2, 3).unwrap(),
            &date_format,
        )
        .unwrap();
    sheet.write_number(2, 4, 2021.0).unwrap();
    sheet.write_number(3, 0, 21_000_003.0).unwrap();
    sheet.write_number(4, 0, 2021.5).unwrap();
    sheet.write_number(5, 0, 1e15).unwrap();
    let table = read(&workbook.save_to_buffer().unwrap()).unwrap();
    assert_eq!(
        problems(&table),
        vec![
            ("C2".into(), RowProblem::NumberPrecisionLost),
            ("A5".into(), RowProblem::NotText),
            ("A6".into(), RowProblem::NumberPrecisionLost),
        ]
    );
    assert!(
        table.refused[0]
            .problem_zh
            .contains("证件号码被存成数字，末几位已丢失")
    );
    assert_eq!(table.rows[0].draft.student_no, "2021000002", "no .0");
    assert_eq!(table.rows[0].draft.birth_date, "19990203");
    assert_eq!(table.rows[0].draft.grade, "2021");
    assert_eq!(table.rows[1].draft.student_no, "21000003");
    assert_eq!(table.warnings.len(), 1, "{:?}", table.warnings);
    assert_eq!(table.warnings[0].cell, "A4");
    assert!(table.warnings[0].message_zh.contains("0可能已丢失"));
}

#[test]
fn duplicates_name_the_other_row() {
    let shared = id_number("19990101", 11);
    let bytes = workbook(&[
        &["学号", "姓名", "身份证号"],
        &["001", "甲一", ""],
        &["001", "乙二", ""],
        &["002", "丙三", &shared],
        &["003", "丁四", &shared.to_lowercase()],
        &["004", "戊五", ""],
        &["004", "戊五", ""],
        &["005", "己六", ""],
    ]);
    let table = read(&bytes).unwrap();
    assert_eq!(
        problems(&table),
        vec![
            ("A2".into(), RowProblem::DuplicateStudentNo),
            ("A3".into(), RowProblem::DuplicateStudentNo),
            ("C4".into(), RowProblem::DuplicateIdNumber),
            ("C5".into(), RowProblem::DuplicateIdNumber),
        ]
    );
    assert_eq!(table.refused[0].problem_zh, "学号与A3重复");
    assert_eq!(table.refused[3].problem_zh, "证件号码与C4重复");
    let kept: Vec<u32> = table.rows.iter().map(|row| row.row_number).collect();
    assert_eq!(kept, vec![6, 8], "a row repeated whole is kept once");
    assert!(
        table
            .warnings
            .iter()
            .any(|warning| warning.cell == "A6" && warning.message_zh.contains('7'))
    );
}

#[test]
fn headers_that_do_not_do_are_named() {
    let error = read(&workbook(&[
        &["序号", "姓名", "证件号码"],
        &["1", "张三", ""],
    ]))
    .unwrap_err();
    match &error {
        Error::ColumnMissing {
            missing, headers, ..
        } => {
            assert_eq!(missing, &[RosterField::StudentNo]);
            assert_eq!(headers, &["序号", "姓名", "证件号码"]);
        }
        other => panic!("{other:?}"),
    }
    assert!(error.to_string().contains("学号") && error.to_string().contains("序号"));
    let error = read(&workbook(&[&["学号", "姓名", "学号"], &["1", "张三", "2"]])).unwrap_err();
    assert!(
        matches!(&error, Error::ColumnAmbiguous { field: RosterField::StudentNo, columns, .. }
            if columns == &["A列“学号”", "C列“学号”"]),
        "{error:?}"
    );
    assert!(matches!(
        read(&workbook(&[&["学号", "姓名"]])).unwrap_err(),
        Error::NoRows { .. }
    ));
    assert!(matches!(
        read(&workbook(&[&[]])).unwrap_err(),
        Error::ColumnMissing { .. }
    ));
}

#[test]
fn a_surer_column_wins_and_the_other_is_named() {
    let bytes = workbook(&[
        &["学号", "姓名", "专业名称", "专业"],
        &["1", "张三", "甲", "乙"],
    ]);
    let table = read(&bytes).unwrap();
    assert_eq!(table.rows[0].draft.major, "乙");
    assert!(
        table
            .remarks
            .iter()
            .any(|remark| remark.contains("C列“专业名称”")),
        "{:?}",
        table.remarks
    );
}

#[test]
fn a_visible_sheet_with_a_header_is_preferred() {
    let mut workbook = Workbook::new();
    let hidden = workbook.add_worksheet();
    hidden.set_name("旧名单").unwrap().set_hidden(true);
    for (column, text) in (0_u16..).zip(["学号", "姓名", "性别", "专业"]) {
        hidden.write_string(0, column, text).unwrap();
        hidden.write_string(1, column, "9").unwrap();
    }
    let note = workbook.add_worksheet();
    note.set_name("说明").unwrap();
    note.write_string(0, 0, "学号一列请按文本填写").unwrap();
    let sheet = workbook.add_worksheet();
    sheet.set_name("名单").unwrap();
    for (row, texts) in (0_u32..).zip([["学号", "姓名"], ["1", "张三"]]) {
        for (column, text) in (0_u16..).zip(texts) {
            sheet.write_string(row, column, text).unwrap();
        }
    }
    sheet.set_active(true);
    let table = read(&workbook.save_to_buffer().unwrap()).unwrap();
    assert_eq!(table.sheet, "名单");
    assert_eq!(table.rows[0].draft.name, "张三");
    assert!(
        table.remarks.iter().any(|remark| remark.contains("旧名单")),
        "{:?}",
        table.remarks
    );
}

#[test]
fn paths_that_hold_no_workbook_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("没有.xlsx");
    assert!(matches!(
        read_roster(&missing).unwrap_err(),
        Error::NotFound { .. }
    ));
    assert!(matches!(
        read_roster(folder.path()).unwrap_err(),
        Error::Io { .. }
    ));
    let path = folder.path().join("名单.xls");
    std::fs::write(&path, workbook(&[&["学号", "姓名"], &["1", "张三"]])).unwrap();
    let table = read_roster(&path).unwrap();
    assert_eq!(
        (table.file.as_str(), table.rows.len()),
        ("名单.xls", 1),
        "told by content"
    );
}

#[test]
fn a_roster_written_here_reads_back_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("名单.xlsx");
    let students: Vec<StudentDraft> = (0..30)
        .map(|at| StudentDraft {
            student_no: format!("0202100{at:02}"),
            name: format!("=张{at}").replace(|c: char| c.is_ascii_digit(), "某"),
            id_number: id_number("19990101", 100 + at * 2),
            sex: "女".into(),
            birth_date: "19990101".into(),
            exam_no: format!("100541{at:09}"),
            college: "电气学院".into(),
            major: "电气工程".into(),
            grade: "2021".into(),
            class: "1班".into(),
            level: "硕士".into(),
            study_mode: "非全日制".into(),
            campus: String::new(),
        })
        .collect();
    crate::workbook::write_roster(&path, &students).unwrap();
    let table = read_roster(&path).unwrap();
    let back: Vec<StudentDraft> = table.rows.into_iter().map(|row| row.draft).collect();
    assert_eq!(back, students);
    assert!(matches!(
        crate::workbook::write_roster(&path, &students).unwrap_err(),
        Error::AlreadyExists { .. }
    ));
}

#[test]
fn refused_rows_are_written_to_be_mended_and_read_again() {
    let table = read(&workbook(&[
        &["学号", "姓名", "证件号码", "备注"],
        &["1", "=1+1?", "", "x"],
        &["2", "李四", "11010519491231002X", ""],
        &["", "王五", "", ""],
    ]))
    .unwrap();
    assert_eq!(table.refused_row_count(), 2);
    let bytes = crate::workbook::refused_book(&table).unwrap();
    let limits = RosterLimits::default();
    let mut tops = sheet::Tops::new(&limits, "x");
    let mut book = format::open(&bytes, "x", &limits).unwrap();
    book.read(&mut tops).unwrap();
    let cells = &tops.found[0].texts;
    assert_eq!(cells[&(1, 1)], "=1+1?", "a text, not a formula");
    assert!(cells[&(1, 4)].starts_with("B2 "), "{}", cells[&(1, 4)]);
    assert!(cells[&(2, 4)].starts_with("A4 "), "{}", cells[&(2, 4)]);
    // As it is, it is refused again for the same reasons; nothing of its own columns is taken for a student's.
    let again = read(&bytes).unwrap();
    assert_eq!(again.fields(), table.fields());
    let codes = |table: &RosterTable| table.refused.iter().map(|row| row.code).collect::<Vec<_>>();
    assert_eq!(codes(&again), codes(&table));
}

#[test]
fn a_number_is_judged_by_the_type_of_document_beside_it() {
    let id = id_number("19990101", 11);
    let bytes = workbook(&[
        &["学号", "姓名", "证件类型", "证件号码"],
        &["001", "甲一", "居民身份证", &id],
        &["002", "乙二", "军官证", "军字第12345号"],
        &["003", "丙三", "护照", "110105194912310"],
        &["004", "丁四", "居民身份证", "E12345678"],
        &["005", "戊五", "护照", &id_number("19990101", 13)],
        &["006", "己六", "", "E12345678"],
        &["007", "庚七", "", "军字第54321号"],
        &["008", "辛八", "居民身份证", "补办中"],
        &["009", "壬九", "", "无"],
    ]);
    let table = read(&bytes).unwrap();
    assert_eq!(
        problems(&table),
        vec![
            ("D5".into(), RowProblem::IdNumberOfNoDocument),
            ("D6".into(), RowProblem::IdNumberOfNoDocument),
            ("D8".into(), RowProblem::IdNumberInvalid),
        ]
    );
    assert!(table.refused[2].remedy_zh.contains("证件类型"));
    let numbers: Vec<&str> = (table.rows.iter())
        .map(|row| row.draft.id_number.as_str())
        .collect();
    let kept = [&id, "军字第12345号", "110105194912310", "E12345678", "", ""];
    assert_eq!(numbers, kept);
    let hints = |row: u32| {
        let of_row = table
            .warnings
            .iter()
            .filter(move |hint| hint.row_number == row);
        of_row
            .map(|hint| hint.message_zh.clone())
            .collect::<String>()
    };
    assert!(hints(9).contains("“补办中”") && hints(10).contains("“无”"));
}

#[test]
fn numbers_that_differ_by_zeros_in_front_are_hinted_at() {
    let bytes = workbook(&[
        &["学号", "姓名"],
        &["0123", "甲一"],
        &["00123", "甲 一"],
        &["0124", "甲一"],
        &["00124", "乙二"],
    ]);
    let table = read(&bytes).unwrap();
    assert_eq!(table.rows.len(), 4);
    let hints: Vec<&str> = (table.warnings.iter())
        .map(|hint| hint.message_zh.as_str())
        .filter(|hint| !hint.contains("空格"))
        .collect();
    let expected = "学号00123与第2行的0123只差开头的0，姓名相同，请核对是不是同一人";
    assert_eq!(hints, [expected]);
    assert_eq!(table.warnings[1].cell, "A3");
}
