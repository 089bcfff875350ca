//! Workbooks made by hand to hurt: far cells, bombs, damage, other files.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;

use super::{Error, RosterLimits, RowProblem, TODAY, problems, read, read_roster_bytes, workbook};

/// A workbook zipped from hand-written parts.
pub(super) fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
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
pub(super) fn with_sheet(sheet: &str) -> Vec<u8> {
    with_sheets(&["worksheets/sheet1.xml"], sheet)
}

/// A workbook of sheets of which each leads to the part named so; whatever part there is has this sheet XML.
fn with_sheets(targets: &[&str], sheet: &str) -> Vec<u8> {
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
    let (mut sheets, mut targeted) = (String::new(), String::new());
    for (target, number) in targets.iter().zip(1..) {
        let more = "又".repeat(number - 1);
        write!(
            sheets,
            r#"<sheet name="{more}名单" sheetId="{number}" r:id="rId{number}"/>"#
        )
        .unwrap();
        write!(
            targeted,
            r#"<Relationship Id="rId{number}" Type="{relations}/worksheet" Target="{target}"/>"#
        )
        .unwrap();
    }
    let book = format!(
        r#"{head}<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>{sheets}</sheets></workbook>"#
    );
    let links = format!(
        r#"{head}<Relationships xmlns="{package}/relationships">{targeted}</Relationships>"#
    );
    let sheet = format!(r#"{head}<worksheet xmlns="{main}">{sheet}</worksheet>"#);
    let parts = [
        ("[Content_Types].xml", &*content),
        ("_rels/.rels", &*root),
        ("xl/workbook.xml", &*book),
        ("xl/_rels/workbook.xml.rels", &*links),
        ("xl/worksheets/sheet1.xml", &*sheet),
        ("xl/worksheets/sheet2.xml", &*sheet),
    ];
    packed(&parts[..parts.len() - usize::from(targets.len() == 1)])
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
fn sheets_that_share_a_part_are_refused_by_whichever_name_they_lead_to_it() {
    let sheet = format!(
        r#"<sheetData>{HEADER}<row r="2">{}{}</row></sheetData>"#,
        text_cell("A2", "1"),
        text_cell("B2", "张三"),
    );
    let first = "worksheets/sheet1.xml";
    for again in [
        first,
        "/xl/worksheets/sheet1.xml",
        "worksheets/SHEET1.xml",
        "/XL/Worksheets/sheet1.xml",
    ] {
        let error = read(&with_sheets(&[first, again], &sheet)).unwrap_err();
        let told = format!("{error:?}");
        assert!(told.contains("同一份内容"), "{again}: {told}");
    }
    // Two sheets that say the same are two all the same.
    let told = read(&with_sheets(&[first, "worksheets/sheet2.xml"], &sheet));
    assert!(!format!("{told:?}").contains("同一份内容"), "{told:?}");
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
fn addresses_beyond_any_sheet_never_reach_the_reader() {
    for address in [
        "A99999999999",
        "A4294967296",
        "AAAAAAAA1",
        "AAAAAAAAAAAAAAA",
    ] {
        let bytes = with_sheet(&format!(
            r#"<sheetData>{HEADER}<row r="2"><c t="n" r='{address}'><v>1</v></c></row></sheetData>"#
        ));
        let error = read(&bytes).unwrap_err();
        assert!(
            matches!(&error, Error::BrokenWorkbook { detail, .. } if detail.contains("地址")),
            "{address}: {error:?}"
        );
    }
    let drawn = packed(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "xl/charts/chart1.xml",
            r#"<c:pageMargins l="0.7" r="0.70000000000000007"/>"#,
        ),
    ]);
    assert!(
        !matches!(read(&drawn).unwrap_err(), Error::BrokenWorkbook { detail, .. } if detail.contains("地址")),
        "decimals of a drawing are no addresses"
    );
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
    for part in ["content.xml", "xl/workbook.bin"] {
        let bomb = packed(&[(part, &"\0".repeat(8 << 20))]);
        let error = read_roster_bytes(&bomb, "名单.xls", &limits, TODAY).unwrap_err();
        assert!(matches!(error, Error::WorkbookTooLarge { .. }), "{error:?}");
    }
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
    let error = read(&protected).unwrap_err();
    assert!(matches!(error, Error::BrokenWorkbook { .. }), "{error:?}");
    for unit in "EncryptedPackage".encode_utf16() {
        protected.extend(unit.to_le_bytes());
    }
    let error = read(&protected).unwrap_err();
    assert!(
        matches!(error, Error::PasswordProtected { .. }),
        "{error:?}"
    );
    let cases: [(&[u8], &[&str]); 12] = [
        (b"", &["空文件", "重新导出"]),
        (b"\xFF\xD8\xFF\xE0", &["图片", "照片导入"]),
        (b"%PDF-1.4", &["PDF", "另存为"]),
        (b"Rar!\x1A\x07\x01\0", &["压缩包", "解压"]),
        (b"7z\xBC\xAF\x27\x1C", &["压缩包", "解压"]),
        (b"\x1F\x8B\x08\0", &["压缩包", "解压"]),
        (b"MZ\x90\0\x03", &["程序"]),
        (b"{\\rtf1\\ansi}", &["RTF", "复制"]),
        (b"MIME-Version: 1.0\r\n", &["网页", "另存为"]),
        (b"SQLite format 3\0", &["数据库", "导出"]),
        (b"\0\x01\0\0Standard Jet DB\0", &["数据库", "导出"]),
        (b"\x01\x02\x03\0\0\x07\x99", &["不是能识别", "另存为"]),
    ];
    for (bytes, words) in cases {
        assert_refused(bytes, words);
    }
    let archives: [(&[&str], &[&str]); 6] = [
        (&["照片/1.JPG"], &["照片压缩包", "照片导入"]),
        (&["名单.xlsx"], &["压缩包", "解压"]),
        (
            &["[Content_Types].xml", "word/document.xml"],
            &["Word", "复制"],
        ),
        (
            &["[Content_Types].xml", "ppt/presentation.xml"],
            &["演示文稿"],
        ),
        (&["Index/Document.iwa"], &["Numbers", "导出为"]),
        (&["Index.zip", "preview.jpg"], &["Numbers", "导出为"]),
    ];
    for (names, words) in archives {
        let parts: Vec<(&str, &str)> = names.iter().map(|name| (*name, "x")).collect();
        assert_refused(&packed(&parts), words);
    }
}

fn assert_refused(bytes: &[u8], words: &[&str]) {
    let error = read(bytes).unwrap_err();
    assert!(matches!(error, Error::NotAWorkbook { .. }), "{error:?}");
    let told = error.to_string();
    for word in words {
        assert!(told.contains(word), "{told}: {word}");
    }
    assert!(told.contains("名单.xlsx") && told.contains('请'), "{told}");
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

proptest! {
    #[test]
    fn bytes_of_any_kind_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(read(&bytes).is_err());
    }
}
