//! What only looks like a student: totals, placeholders, rows that a file has twice; and refused rows that come back.

use rust_xlsxwriter::Workbook;

use super::hostile::with_sheet;
use super::{RowProblem, id_number, problems, read, workbook};
use crate::workbook::refused_book;

#[test]
fn totals_are_no_students_and_are_told() {
    let table = read(&workbook(&[
        &["学号", "姓名", "学院"],
        &["1", "合明", "文学院"],
        &["小计", "1人", ""],
        &["2", "总生", "理学院"],
        &["", "共 2 人", ""],
        &["合 计：", "", "2"],
        &["", "", "总计"],
        &["", "李四", ""],
    ]))
    .unwrap();
    let names: Vec<&str> = table
        .rows
        .iter()
        .map(|row| row.draft.name.as_str())
        .collect();
    assert_eq!(names, ["合明", "总生"]);
    assert_eq!(problems(&table), [("A8".to_owned(), RowProblem::KeyEmpty)]);
    assert!(
        table
            .remarks
            .iter()
            .any(|remark| remark.starts_with("第3、5、6、7行是小计")),
        "{:?}",
        table.remarks
    );
}

#[test]
fn what_stands_for_no_student_number_is_refused() {
    for key in [
        "无",
        "null",
        "None",
        "待定",
        "NaN",
        "inf",
        "（NULL）",
        "#REF!",
        "学号",
    ] {
        let table = read(&workbook(&[
            &["学号", "姓名"],
            &[key, "张三"],
            &["1", "李四"],
        ]))
        .unwrap();
        assert_eq!(table.rows.len(), 1, "{key}");
        assert_eq!(table.refused.len(), 1, "{key}");
    }
    let bytes = with_sheet(
        r#"<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>学号</t></is></c><c r="B1" t="inlineStr"><is><t>姓名</t></is></c></row>
        <row r="2"><c r="A2"><v>NaN</v></c><c r="B2" t="inlineStr"><is><t>张三</t></is></c></row></sheetData>"#,
    );
    assert_eq!(read(&bytes).unwrap().rows, []);
}

#[test]
fn a_row_that_the_file_has_twice_is_told() {
    let cell = |address: &str, text: &str| {
        format!(r#"<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>"#)
    };
    let row = |number: u32, cells: [&str; 2]| {
        let [no, name] = cells;
        format!(
            r#"<row r="{number}">{}{}</row>"#,
            cell(&format!("A{number}"), no),
            cell(&format!("B{number}"), name)
        )
    };
    let rows = row(1, ["学号", "姓名"]) + &row(2, ["1", "张三"]) + &row(2, ["2", "李四"]);
    let table = read(&with_sheet(&format!("<sheetData>{rows}</sheetData>"))).unwrap();
    assert_eq!(table.rows.len(), 1);
    assert!(
        table
            .remarks
            .iter()
            .any(|remark| remark.contains("第2行写了不止一次")),
        "{:?}",
        table.remarks
    );
}

#[test]
fn a_damaged_range_is_an_error_in_chinese_and_prints_no_panic() {
    let bytes = with_sheet(
        r#"<dimension ref="C9:A1"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>学号</t></is></c></row></sheetData>"#,
    );
    assert!(read(&bytes).is_err());
}

#[test]
fn refused_rows_that_nobody_mended_are_refused_again() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let headers = ["学号", "姓名", "证件号码", "出生日期", "考生号"];
    for (column, text) in (0..).zip(headers) {
        sheet.write_string(0, column, text).unwrap();
    }
    for (row, name) in (1..).zip(["甲一", "乙二", "丙三", "丁四", "戊五"]) {
        sheet.write_string(row, 0, format!("S{row}")).unwrap();
        sheet.write_string(row, 1, name).unwrap();
    }
    sheet.write_number(1, 2, 110_105_199_901_010_000.0).unwrap();
    sheet.write_boolean(2, 2, true).unwrap();
    sheet.write_string(3, 2, "长".repeat(500)).unwrap();
    sheet.write_number(4, 0, 12.5).unwrap();
    sheet.write_number(5, 4, 110_105_199_901_010_000.0).unwrap();
    let table = read(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!((table.rows.len(), table.refused_row_count()), (0, 5));
    assert!(!table.is_refused_rows);
    let again = read(&refused_book(&table).unwrap()).unwrap();
    assert_eq!((again.rows.len(), again.refused_row_count()), (0, 5));
    assert!(again.is_refused_rows);
}

#[test]
fn every_refused_row_is_kept_however_many() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, text) in (0..).zip(["学号", "姓名", "证件号码"]) {
        sheet.write_string(0, column, text).unwrap();
    }
    for row in 1..=10_500_u32 {
        sheet.write_string(row, 0, format!("S{row}")).unwrap();
        sheet.write_string(row, 1, "张三").unwrap();
        sheet.write_string(row, 2, "1").unwrap();
    }
    let table = read(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(table.refused.len(), 10_000);
    assert_eq!(table.refused_students.len(), 10_500);
    assert_eq!(table.refused_students[10_499].student_no, "S10500");
    assert_eq!(table.refused_cells.len(), 10_500);
    let again = read(&refused_book(&table).unwrap()).unwrap();
    assert_eq!(again.refused_row_count(), 10_500);
}

#[test]
fn students_without_an_identity_number_are_counted() {
    let id = id_number("19990101", 11);
    let table = read(&workbook(&[
        &["学号", "姓名", "证件号码"],
        &["1", "张三", &id],
        &["2", "李四", ""],
    ]))
    .unwrap();
    assert_eq!(table.remarks, ["有1名学生没有证件号码"]);
}

#[test]
fn students_of_other_sheets_are_known() {
    let mut book = Workbook::new();
    for (name, number) in [("文学院", "1"), ("控计学院", "2"), ("说明", "")] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        let header = if number.is_empty() {
            "填写说明"
        } else {
            "学号"
        };
        sheet.write_string(0, 0, header).unwrap();
        sheet.write_string(0, 1, "姓名").unwrap();
        sheet.write_string(1, 0, number).unwrap();
        sheet.write_string(1, 1, "张三").unwrap();
    }
    let table = read(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(
        (table.sheet.as_str(), table.elsewhere),
        ("文学院", vec!["2".to_owned()])
    );
    assert!(
        table
            .remarks
            .iter()
            .any(|remark| remark.contains("选择该工作表"))
    );
}

#[test]
fn student_numbers_with_names_in_them_are_told_with_what_to_do() {
    let table = read(&workbook(&[
        &["学号", "姓名"],
        &["蔡乐强", "蔡乐强"],
        &["韩清清2020", "姜海涵"],
        &["2021310065", "韩清清"],
        &["研2021001", "李四"],
        &["S2021002", "王五"],
    ]))
    .unwrap();
    assert_eq!(table.rows.len(), 5, "they are taken");
    let told: Vec<(&str, &str)> = table
        .warnings
        .iter()
        .map(|warning| (&*warning.cell, &*warning.message_zh))
        .collect();
    let expected = [
        ("A2", "姓名“蔡乐强”"),
        ("A3", "姓名“韩清清”"),
        ("A5", "不像学校编的号码"),
    ];
    assert_eq!(told.len(), expected.len(), "{told:?}");
    for ((cell, text), (at, why)) in told.into_iter().zip(expected) {
        assert_eq!(cell, at);
        for part in [why, "请改成学校编的学号", "序号"] {
            assert!(text.contains(part), "{text}");
        }
    }
}
