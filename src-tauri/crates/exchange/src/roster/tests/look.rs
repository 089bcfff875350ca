//! What a person may not notice of a sheet is named, the same in every format.

use rust_xlsxwriter::{Format, Workbook};

use super::hostile::with_sheet;
use super::{ods, read, spreadsheet_xml, xls, xlsb};
use crate::roster::{
    RosterInput, RosterLimits, RosterSurvey, read_roster_looked_at, survey_roster_bytes,
};

/// A merged title, a header, four students of whom the second is hidden; the class of the last two is one cell.
pub(super) const ROWS: [[&str; 3]; 6] = [
    ["名册", "", ""],
    ["学号", "姓名", "班级"],
    ["1", "张三", "一班"],
    ["2", "李四", "一班"],
    ["3", "王五", "二班"],
    ["4", "赵六", ""],
];

pub(super) fn survey(bytes: &[u8]) -> (RosterSurvey, Vec<String>) {
    let (survey, remarks) = survey_roster_bytes(bytes, "名单", &RosterLimits::default()).unwrap();
    // Whoever reads the roster is told the same.
    if let Ok((_, told)) = read_roster_looked_at(RosterInput::Bytes("名单", bytes), None) {
        assert_eq!(told, remarks);
    }
    (survey, remarks)
}

fn xlsx() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("名单&其他").unwrap();
    for (row, cells) in (0_u32..).zip(ROWS) {
        for (column, text) in (0_u16..).zip(cells) {
            if !text.is_empty() {
                sheet.write_string(row, column, text).unwrap();
            }
        }
    }
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 2, "名册", &plain).unwrap();
    sheet.merge_range(4, 2, 5, 2, "二班", &plain).unwrap();
    sheet.set_row_hidden(3).unwrap();
    // Hidden and empty: nobody misses anything.
    sheet.set_row_hidden(8).unwrap();
    workbook.save_to_buffer().unwrap()
}

fn xml() -> String {
    let mut rows = String::new();
    for (at, cells) in ROWS.iter().enumerate() {
        let hidden = if at == 3 { " ss:Hidden=\"1\"" } else { "" };
        rows += &format!("<Row{hidden}>");
        for (column, text) in cells
            .iter()
            .enumerate()
            .filter(|(_, text)| !text.is_empty())
        {
            let merged = match (at, column) {
                (0, 0) => " ss:MergeAcross=\"2\"",
                (4, 2) => " ss:MergeDown=\"1\"",
                _ => "",
            };
            rows += &format!("<Cell{merged}><Data ss:Type=\"String\">{text}</Data></Cell>");
        }
        rows += "</Row>";
    }
    spreadsheet_xml::with_table(&rows)
}

fn open_document() -> Vec<u8> {
    let mut rows = String::new();
    for (at, cells) in ROWS.iter().enumerate() {
        let hidden = if at == 3 {
            " table:visibility=\"filter\""
        } else {
            ""
        };
        rows += &format!("<table:table-row{hidden}>");
        for (column, text) in cells.iter().enumerate() {
            let merged = match (at, column) {
                (0, 0) => " table:number-columns-spanned=\"3\"",
                (4, 2) => " table:number-rows-spanned=\"2\"",
                _ => "",
            };
            rows += &if text.is_empty() {
                "<table:covered-table-cell/>".to_owned()
            } else {
                ods::text_cell(text).replacen(
                    "<table:table-cell",
                    &format!("<table:table-cell{merged}"),
                    1,
                )
            };
        }
        rows += "</table:table-row>";
    }
    ods::ods(&ods::sheet("名单", "ta1", &rows))
}

fn page() -> String {
    let mut rows = String::new();
    for (at, cells) in ROWS.iter().enumerate() {
        rows += if at == 3 {
            "<tr style=\"height:1; DISPLAY: none\">"
        } else {
            "<tr>"
        };
        for (column, text) in cells
            .iter()
            .enumerate()
            .filter(|(_, text)| !text.is_empty())
        {
            let merged = match (at, column) {
                (0, 0) => " colspan=3",
                (4, 2) => " rowspan=2",
                _ => "",
            };
            rows += &format!("<td{merged}>{text}</td>");
        }
        rows += "</tr>";
    }
    format!("<html><body><table>{rows}</table></body></html>")
}

fn excel97() -> Vec<u8> {
    let mut sheet = Vec::new();
    let row = |number: u16, last: u16, flags: u16| {
        xls::record(0x0208, &xls::words(&[number, 0, last, 255, 0, 0, flags, 0]))
    };
    sheet.extend(row(3, 3, 0x0120));
    sheet.extend(row(8, 0, 0x0120));
    for (at, cells) in (0_u16..).zip(ROWS) {
        for (column, text) in (0_u16..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            sheet.extend(xls::label(at, column, text));
        }
    }
    sheet.extend(xls::record(
        0x00E5,
        &xls::words(&[2, 0, 0, 0, 2, 4, 5, 2, 2]),
    ));
    xls::excel97(&[], &sheet)
}

#[test]
fn hidden_rows_and_merged_cells_are_named_in_every_format() {
    let files: [(&str, Vec<u8>); 6] = [
        ("xlsx", xlsx()),
        ("xml", xml().into_bytes()),
        ("ods", open_document()),
        ("html", page().into_bytes()),
        ("xls", excel97()),
        ("xlsb", xlsb::with_features()),
    ];
    for (format, bytes) in files {
        let (found, remarks) = survey(&bytes);
        assert_eq!(found.header_row, 2, "{format}");
        let starts = [
            "第1行“名册”是合并单元格的标题",
            "有1行隐藏着或被筛选掉（第4行）",
            "名单中有1处合并单元格（C5:C6）",
        ];
        assert_eq!(remarks.len(), starts.len(), "{format}: {remarks:?}");
        for (remark, start) in remarks.iter().zip(starts) {
            assert!(remark.starts_with(start), "{format}: {remark}");
        }
        // What is said to be read is read.
        let table = read(&bytes).unwrap();
        assert_eq!(table.rows.len(), 4, "{format}");
    }
}

#[test]
fn nothing_is_named_of_a_plain_sheet() {
    let (_, remarks) = survey(&super::workbook(&[&["学号", "姓名"], &["1", "张三"]]));
    assert!(remarks.is_empty(), "{remarks:?}");
}

#[test]
fn a_header_of_two_rows_is_no_title_and_no_merged_student() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let plain = Format::new();
    sheet.merge_range(0, 0, 1, 0, "学号", &plain).unwrap();
    sheet.merge_range(0, 1, 1, 1, "姓名", &plain).unwrap();
    sheet.merge_range(0, 2, 0, 3, "培养信息", &plain).unwrap();
    for (column, text) in [(2, "学院"), (3, "专业")] {
        sheet.write_string(1, column, text).unwrap();
    }
    for (column, text) in (0..).zip(["1", "张三", "文学院", "哲学"]) {
        sheet.write_string(2, column, text).unwrap();
    }
    let (found, remarks) = survey(&workbook.save_to_buffer().unwrap());
    assert_eq!(found.header_row, 2);
    assert!(remarks.is_empty(), "{remarks:?}");
    assert!(found.remarks.iter().any(|remark| remark.contains("两行")));
}

#[test]
fn formulas_without_a_value_are_counted_wherever_they_stand() {
    let mut rows = String::from(
        r#"<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>学号</t></is></c><c r="B1" t="inlineStr"><is><t>姓名</t></is></c></row>"#,
    );
    for row in 2..90 {
        let formula = match row {
            80..=84 => "<f>\"x\"</f>",
            85 => "<f>\"x\"</f><v>7</v>",
            86 => "<f>\"\"</f><v></v>",
            _ => "",
        };
        rows += &format!(
            r#"<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="C{row}" t="str">{formula}</c></row>"#
        );
    }
    rows += "</sheetData>";
    let (_, remarks) = survey(&with_sheet(&rows));
    assert_eq!(remarks.len(), 1, "{remarks:?}");
    assert!(
        remarks[0].starts_with("有5个公式没有算出的值（C80、C81、C82等）"),
        "{remarks:?}"
    );
}

#[test]
fn long_hidden_stretches_are_told_as_such() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, text) in [(0, "学号"), (1, "姓名")] {
        sheet.write_string(0, column, text).unwrap();
    }
    for row in 1..60 {
        sheet.write_string(row, 0, row.to_string()).unwrap();
        sheet.write_string(row, 1, "张三").unwrap();
        if (2..40).contains(&row) || row % 5 == 0 {
            sheet.set_row_hidden(row).unwrap();
        }
    }
    let (_, remarks) = survey(&workbook.save_to_buffer().unwrap());
    assert!(
        remarks[0].starts_with("有42行隐藏着或被筛选掉（第3–41、46、51等行）"),
        "{remarks:?}"
    );
}
