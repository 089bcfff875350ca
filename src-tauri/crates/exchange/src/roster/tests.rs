//! Rosters written with another library and read back; hostile workbooks made by hand.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use jiff::civil::{Date, date};
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};
use zhaoshen_model::{RoundId, Student, StudentId, identity};
use zip::write::SimpleFileOptions;

use super::*;

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
    assert_eq!(table.rows[1].row_number, 6, "an empty row still counts");
    assert_eq!(table.columns.len(), 14);
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
        &["#N/A?", "乙丙", "", "", ""],
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
        ]
    );
    assert_eq!(table.refused_row_count(), 10);
    let accepted: Vec<&str> = table
        .rows
        .iter()
        .map(|row| row.draft.student_no.as_str())
        .collect();
    assert_eq!(accepted, vec!["011", "#N/A?"]);
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

/// A workbook zipped from hand-written parts.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook of one sheet `名单` with this sheet XML.
fn with_sheet(sheet: &str) -> Vec<u8> {
    let head = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let content = format!(
        r#"{head}<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#
    );
    let root = format!(
        r#"{head}<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let book = format!(
        r#"{head}<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    );
    let links = format!(
        r#"{head}<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
    );
    let sheet = format!(r#"{head}<worksheet xmlns="{main}">{sheet}</worksheet>"#);
    packed(&[
        ("[Content_Types].xml", &content),
        ("_rels/.rels", &root),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &links),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
}

fn text_cell(address: &str, text: &str) -> String {
    format!(r#"<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

const HEADER: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>学号</t></is></c><c r="B1" t="inlineStr"><is><t>姓名</t></is></c></row>"#;

#[test]
fn a_sheet_that_reaches_the_last_cell_is_refused_with_its_range() {
    let far = text_cell("XFD1048576", "x");
    let bytes = with_sheet(&format!(
        r#"<dimension ref="A1:XFD1048576"/><sheetData>{HEADER}<row r="2">{}{}</row><row r="1048576">{far}</row></sheetData>"#,
        text_cell("A2", "1"),
        text_cell("B2", "张三"),
    ));
    let error = read(&bytes).unwrap_err();
    assert!(
        matches!(&error, Error::SheetTooLarge { sheet, dimension, .. }
            if sheet == "名单" && dimension == "A1:XFD1048576"),
        "{error:?}"
    );
    assert!(error.to_string().contains("XFD1048576"));
}

#[test]
fn many_rows_to_the_last_column_are_refused() {
    let mut rows = String::new();
    for row in 2..=50_000 {
        write!(
            rows,
            r#"<row r="{row}"><c r="A{row}"><v>1</v></c><c r="XFD{row}"><v>1</v></c></row>"#
        )
        .unwrap();
    }
    let error = read(&with_sheet(&format!(
        "<sheetData>{HEADER}{rows}</sheetData>"
    )))
    .unwrap_err();
    assert!(matches!(error, Error::SheetTooLarge { .. }), "{error:?}");
}

#[test]
fn far_cells_without_values_are_only_formatting() {
    let bytes = with_sheet(&format!(
        r#"<dimension ref="A1:XFD1048576"/><sheetData>{HEADER}<row r="2">{}{}<c r="XFD2" s="0"/></row><row r="1048576"><c r="A1048576" s="0"/></row></sheetData>"#,
        text_cell("A2", "1"),
        text_cell("B2", "张三"),
    ));
    assert_eq!(read(&bytes).unwrap().rows.len(), 1);
}

#[test]
fn formulas_without_value_and_errors_are_reported() {
    let bytes = with_sheet(&format!(
        r#"<sheetData>{HEADER}
        <row r="2"><c r="A2"><f>1+1</f></c>{}</row>
        <row r="3"><c r="A3" t="e"><v>#N/A</v></c>{}</row>
        <row r="4"><c r="A4" t="str"><f>"00"&amp;"7"</f><v>007</v></c>{}</row></sheetData>"#,
        text_cell("B2", "甲一"),
        text_cell("B3", "乙二"),
        text_cell("B4", "丙三"),
    ));
    let table = read(&bytes).unwrap();
    assert_eq!(
        problems(&table),
        vec![
            ("A2".into(), RowProblem::ErrorCell),
            ("A3".into(), RowProblem::ErrorCell)
        ]
    );
    assert!(table.refused[0].problem_zh.contains("公式"));
    assert_eq!(
        table.rows[0].draft.student_no, "007",
        "a calculated value counts"
    );
}

#[test]
fn a_shared_formula_index_cannot_make_the_reader_allocate() {
    let bytes = with_sheet(&format!(
        r#"<sheetData>{HEADER}<row r="2"><c r="A2"><f t="shared" ref="A2:A3" si = '4000000000'>1</f><v>1</v></c></row></sheetData>"#
    ));
    assert!(matches!(
        read(&bytes).unwrap_err(),
        Error::WorkbookTooLarge { .. }
    ));
}

#[test]
fn bombs_are_refused_by_what_they_expand_to() {
    let bytes = with_sheet(&format!(
        "<sheetData>{HEADER}</sheetData>{}",
        " <x/>".repeat(2_000_000)
    ));
    let limits = RosterLimits {
        max_expanded_bytes: 4 << 20,
        ..RosterLimits::default()
    };
    let error = read_roster_bytes(&bytes, "名单.xlsx", &limits, TODAY).unwrap_err();
    assert!(matches!(error, Error::WorkbookTooLarge { .. }), "{error:?}");
    let long = with_sheet(&format!(
        "<sheetData>{HEADER}<!--{}--></sheetData>",
        "x".repeat(5 << 20)
    ));
    assert!(matches!(
        read(&long).unwrap_err(),
        Error::WorkbookTooLarge { .. }
    ));
    let texts = packed(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "xl/sharedStrings.xml",
            &format!("<sst>{}</sst>", "<si/>".repeat(4_000_001)),
        ),
    ]);
    assert!(matches!(
        read(&texts).unwrap_err(),
        Error::WorkbookTooLarge { .. }
    ));
}

#[test]
fn a_text_longer_than_any_column_is_not_kept() {
    let bytes = with_sheet(&format!(
        "<sheetData>{HEADER}<row r=\"2\">{}{}</row></sheetData>",
        text_cell("A2", "1"),
        text_cell("B2", &"长".repeat(5000)),
    ));
    assert_eq!(
        problems(&read(&bytes).unwrap()),
        vec![("B2".into(), RowProblem::TooLong)]
    );
}

#[test]
fn other_files_are_told_what_they_are() {
    let mut protected = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    protected.resize(2048, 0);
    let old = protected.clone();
    for unit in "EncryptedPackage".encode_utf16() {
        protected.extend(unit.to_le_bytes());
    }
    assert!(matches!(
        read(&protected).unwrap_err(),
        Error::PasswordProtected { .. }
    ));
    let cases: [(&[u8], &str); 6] = [
        (&old, ".xls"),
        (b"", "空文件"),
        (b"\xFF\xD8\xFF\xE0", "图片"),
        (b"%PDF-1.4", "PDF"),
        (b"<html><table>", "网页"),
        ("学号,姓名\n1,张三".as_bytes(), "CSV"),
    ];
    for (bytes, word) in cases {
        let error = read(bytes).unwrap_err();
        assert!(matches!(error, Error::NotAWorkbook { .. }), "{error:?}");
        assert!(
            error.to_string().contains(word) && error.to_string().contains("另存为"),
            "{error}"
        );
    }
    assert!(matches!(
        read(&packed(&[("1.jpg", "x")])).unwrap_err(),
        Error::NotAWorkbook { .. }
    ));
    assert!(matches!(
        read(&packed(&[("xl/workbook.bin", "x")])).unwrap_err(),
        Error::NotAWorkbook { .. }
    ));
}

#[test]
fn a_workbook_cut_anywhere_is_an_error_and_never_a_panic() {
    let bytes = workbook(&[&["学号", "姓名"], &["1", "张三"]]);
    for end in (0..bytes.len()).step_by(97) {
        assert!(read(&bytes[..end]).is_err());
    }
    for at in (0..bytes.len()).step_by(53) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0xFF;
        // Either it is noticed, or nothing that matters was hit.
        if let Ok(table) = read(&damaged) {
            assert_eq!(table.rows.len() + table.refused_row_count(), 1);
        }
    }
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
fn refused_rows_are_written_as_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("未导入.xlsx");
    let table = read(&workbook(&[&["学号", "姓名"], &["1", "=1+1?"]])).unwrap();
    crate::workbook::write_refused(&path, &table).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let cells = sheet::with_workbook(&bytes, "x", |book| {
        sheet::read_top(book, "x", "未导入的行", 10, &RosterLimits::default())
    })
    .unwrap();
    assert_eq!(cells[&(1, 2)], "B2");
    assert_eq!(cells[&(1, 4)], "=1+1?", "a text, not a formula");
}

fn student(id: i64, draft: StudentDraft) -> Student {
    Student {
        id: StudentId(id),
        round: RoundId(1),
        draft,
    }
}

fn row(row_number: u32, draft: StudentDraft) -> RosterRow {
    RosterRow {
        sheet: "名单".into(),
        row_number,
        draft,
    }
}

fn draft(student_no: &str, name: &str, id_number: &str) -> StudentDraft {
    StudentDraft {
        student_no: student_no.into(),
        name: name.into(),
        id_number: id_number.into(),
        major: "电气".into(),
        ..StudentDraft::default()
    }
}

#[test]
fn a_diff_compares_only_the_columns_of_the_file() {
    let known = [
        student(1, draft("1", "张三", "A1234567")),
        student(2, draft("2", "李四", "")),
    ];
    let mut changed = draft("1", "张叁", "");
    changed.major.clear();
    let rows = [row(2, changed), row(3, draft("3", "王五", ""))];
    let fields = [RosterField::StudentNo, RosterField::Name];
    let found = diff(&known, &rows, &fields);
    assert_eq!(found.added.len(), 1);
    assert_eq!(found.updated.len(), 1);
    let update = &found.updated[0];
    assert_eq!(
        update.changes,
        vec![FieldChange {
            field: RosterField::Name,
            before: "张三".into(),
            after: "张叁".into()
        }]
    );
    assert_eq!(
        update.after.major, "电气",
        "a missing column empties nothing"
    );
    assert_eq!(update.after.id_number, "A1234567");
    assert_eq!(found.missing_from_file.len(), 1);
    assert_eq!(found.missing_from_file[0].student_no, "2");
}

#[test]
fn one_identity_number_cannot_pass_to_a_second_student() {
    let known = [
        student(1, draft("1", "张三", "H12345678")),
        student(2, draft("2", "李四", "H22345678")),
    ];
    let fields = [
        RosterField::StudentNo,
        RosterField::Name,
        RosterField::IdNumber,
    ];
    let found = diff(
        &known,
        &[row(2, draft("3", "王五", "H1234567802"))],
        &fields,
    );
    assert_eq!(found.added, vec![]);
    assert_eq!(
        found.conflicts,
        vec![IdConflict {
            row_number: 2,
            student_no: "3".into(),
            held_by: "1".into()
        }]
    );
    let swapped = [
        row(2, draft("1", "张三", "H22345678")),
        row(3, draft("2", "李四", "H12345678")),
    ];
    let found = diff(&known, &swapped, &fields);
    assert_eq!(found.conflicts, vec![], "both change at once");
    assert_eq!(found.updated.len(), 2);
}

fn any_drafts() -> impl Strategy<Value = Vec<StudentDraft>> {
    let one = ("[0-9]{3}", "[甲乙丙丁]{2}", "(电气|动力|)", "(E[0-9]{8}|)").prop_map(
        |(student_no, name, major, id_number)| StudentDraft {
            student_no,
            name,
            major,
            id_number,
            ..StudentDraft::default()
        },
    );
    proptest::collection::vec(one, 0..12).prop_map(|mut drafts| {
        drafts.sort_by(|a, b| a.student_no.cmp(&b.student_no));
        drafts.dedup_by(|a, b| a.student_no == b.student_no);
        drafts
    })
}

proptest! {
    #[test]
    fn applying_a_diff_leaves_nothing_to_change(before in any_drafts(), file in any_drafts()) {
        let fields = RosterField::ALL;
        let mut known: Vec<Student> = (1..).zip(before).map(|(id, draft)| student(id, draft)).collect();
        let rows: Vec<RosterRow> = (2..).zip(file).map(|(at, draft)| row(at, draft)).collect();
        let found = diff(&known, &rows, &fields);
        prop_assert_eq!(
            found.added.len() + found.updated.len() + found.unchanged.len() + found.conflicts.len(),
            rows.len(),
            "every row lands in one place"
        );
        prop_assert_eq!(
            found.updated.len() + found.unchanged.len() + found.missing_from_file.len()
                + found.conflicts.iter().filter(|conflict| known.iter().any(|student| student.draft.student_no == conflict.student_no)).count(),
            known.len(),
            "every student lands in one place"
        );
        for update in &found.updated {
            let student = known.iter_mut().find(|student| student.id == update.student).unwrap();
            student.draft = update.after.clone();
        }
        for (id, added) in (1000..).zip(&found.added) {
            known.push(student(id, added.draft.clone()));
        }
        let applied: Vec<RosterRow> = rows
            .iter()
            .filter(|row| !found.conflicts.iter().any(|conflict| conflict.row_number == row.row_number))
            .cloned()
            .collect();
        let again = diff(&known, &applied, &fields);
        prop_assert!(again.added.is_empty() && again.updated.is_empty(), "{again:?}");
    }

    #[test]
    fn bytes_of_any_kind_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(read(&bytes).is_err());
    }
}
