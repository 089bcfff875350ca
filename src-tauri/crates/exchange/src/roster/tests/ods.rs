//! OpenDocument spreadsheets, packed and flat.

use super::hostile::packed;
use super::standard::{self, Written};
use super::{Error, RosterTable, RowProblem, problems, read};

const SPACES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0""#;

fn document(root: &str, tables: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:{root} {SPACES}><office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:{root}>"#
    )
}

pub(super) fn sheet(name: &str, style: &str, rows: &str) -> String {
    format!(
        r#"<table:table table:name="{name}" table:style-name="{style}"><table:table-column table:number-columns-repeated="16384"/>{rows}<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>"#
    )
}

pub(super) fn ods(tables: &str) -> Vec<u8> {
    packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &document("document-content", tables)),
        ("META-INF/manifest.xml", "<manifest/>"),
    ])
}

pub(super) fn text_cell(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
    )
}

/// The standard roster's sheet.
fn standard_sheet() -> String {
    let mut rows = String::new();
    for row in standard::rows() {
        rows += "<table:table-row>";
        for cell in &row {
            rows += &match cell {
                Written::Nothing => "<table:table-cell/>".to_owned(),
                Written::Text(text) => text_cell(text),
                Written::Number(number) => format!(
                    r#"<table:table-cell office:value-type="float" office:value="{number}"><text:p>1.1E+17</text:p></table:table-cell>"#
                ),
            };
        }
        if row.len() == 1 {
            rows += r#"<table:covered-table-cell table:number-columns-repeated="5"/>"#;
        }
        rows += "</table:table-row>";
    }
    sheet("名单", "ta1", &rows)
}

/// The standard roster.
pub(super) fn standard_roster() -> Vec<u8> {
    ods(&standard_sheet())
}

fn read_rows(rows: &str) -> Result<RosterTable, Error> {
    let header = format!(
        "<table:table-row>{}{}</table:table-row>",
        text_cell("学号"),
        text_cell("姓名")
    );
    read(&ods(&sheet("名单", "ta1", &format!("{header}{rows}"))))
}

#[test]
fn a_document_gives_the_same_cells_packed_and_flat() {
    let table = read(&standard_roster()).unwrap();
    standard::assert_read(&table);
    assert_eq!(table.sheet, "名单");
    let flat = document("document", &standard_sheet());
    standard::assert_read(&read(flat.as_bytes()).unwrap());
}

#[test]
fn repeats_blanks_notes_and_kinds_are_read() {
    let rows = format!(
        r#"<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>
        <table:table-row><table:table-cell office:value-type="string" table:number-columns-repeated="1"><office:annotation><text:p>批注</text:p></office:annotation><text:p>00<text:span>1</text:span></text:p></table:table-cell>
        <table:table-cell office:value-type="string"><text:p>Anna<text:s/>Li</text:p><draw:frame xmlns:draw="d"><draw:text-box><text:p>图</text:p></draw:text-box></draw:frame></table:table-cell></table:table-row>
        <table:table-row><table:table-cell table:formula="of:=1+1"/>{0}</table:table-row>
        <table:table-row><table:table-cell table:formula="of:=NA()" office:value-type="string" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>{0}</table:table-row>
        <table:table-row><table:table-cell office:value-type="date" office:date-value="1999-01-01"><text:p>99年</text:p></table:table-cell>{0}</table:table-row>"#,
        text_cell("张三")
    );
    let table = read_rows(&rows).unwrap();
    let row = &table.rows[0];
    assert_eq!((row.row_number, row.draft.student_no.as_str()), (5, "001"));
    assert_eq!(row.draft.name, "Anna Li");
    assert_eq!(
        problems(&table),
        [
            ("A6".to_owned(), RowProblem::ErrorCell),
            ("A7".to_owned(), RowProblem::ErrorCell),
            ("A8".to_owned(), RowProblem::NotText)
        ]
    );
    let same = format!(
        r#"<table:table-row table:number-rows-repeated="2">{}{}</table:table-row>"#,
        text_cell("1"),
        text_cell("张三")
    );
    let table = read_rows(&same).unwrap();
    assert!(
        table.warnings[0].message_zh.contains("完全相同"),
        "{table:?}"
    );
}

#[test]
fn hidden_sheets_are_known_as_such() {
    let rows = format!(
        "<table:table-row>{}{}</table:table-row><table:table-row>{}{}</table:table-row>",
        text_cell("学号"),
        text_cell("姓名"),
        text_cell("1"),
        text_cell("张三")
    );
    let table = read(&ods(
        &(sheet("旧", "ta2", &rows) + &sheet("新", "ta1", &rows))
    ))
    .unwrap();
    assert_eq!(table.sheet, "新");
    assert!(table.remarks[0].contains("旧") && table.remarks[0].contains("隐藏"));
}

#[test]
fn protected_and_damaged_documents_say_so() {
    let protected = packed(&[
        ("content.xml", "\u{1}\u{2}"),
        ("META-INF/manifest.xml", "<manifest:encryption-data/>"),
    ]);
    assert!(matches!(
        read(&protected).unwrap_err(),
        Error::PasswordProtected { .. }
    ));
    for content in ["", "<office:document-content>", "x", "<a><b></a></b>"] {
        let error = read(&packed(&[("content.xml", content)])).unwrap_err();
        assert!(
            matches!(
                error,
                Error::BrokenWorkbook { .. } | Error::ColumnMissing { .. }
            ),
            "{content}: {error:?}"
        );
    }
}

#[test]
fn hostile_repeats_are_refused_and_allocate_nothing() {
    let student = format!("{}{}", text_cell("1"), text_cell("张三"));
    let huge = text_cell("x").replace(
        "<table:table-cell ",
        r#"<table:table-cell table:number-columns-repeated="4000000000" "#,
    );
    for rows in [
        format!("<table:table-row>{student}{huge}</table:table-row>"),
        format!(
            r#"<table:table-row table:number-rows-repeated="4000000000">{student}</table:table-row>"#
        ),
        format!(
            r#"<table:table-row table:number-rows-repeated="99999999999999"/><table:table-row>{student}</table:table-row>"#
        ),
        format!(
            "<table:table-row>{student}{}</table:table-row>",
            text_cell("x").repeat(100_000)
        ),
    ] {
        let error = read_rows(&rows).unwrap_err();
        assert!(matches!(error, Error::SheetTooLarge { .. }), "{error:?}");
    }
    let deep = format!(
        "<table:table-row>{}",
        "<table:table-cell><text:p>".repeat(100_000)
    );
    assert!(matches!(
        read_rows(&deep).unwrap_err(),
        Error::BrokenWorkbook { .. }
    ));
}

#[test]
fn long_errors_are_cut_and_only_so_many_problems_are_listed() {
    let error = format!(
        r#"<table:table-cell table:number-columns-repeated="2" calcext:value-type="error"><text:p>{}</text:p></table:table-cell>"#,
        "错".repeat(300_000)
    );
    let rows = format!(
        r#"<table:table-row table:number-rows-repeated="12000">{error}</table:table-row><table:table-row>{}{}</table:table-row>"#,
        text_cell("1"),
        text_cell("张三")
    );
    let table = read_rows(&rows).unwrap();
    assert_eq!((table.rows.len(), table.refused_row_count()), (1, 12_000));
    assert_eq!(table.refused.len(), 10_000);
    let told = &table.refused[0].problem_zh;
    assert!(
        told.contains("错错…") && told.chars().count() < 40,
        "{told}"
    );
    let remark = table.remarks.iter().find(|remark| remark.contains("还有"));
    assert!(remark.unwrap().contains("还有14000处"), "{remark:?}");
}
