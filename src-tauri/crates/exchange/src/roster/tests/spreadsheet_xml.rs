//! XML spreadsheets of Excel 2003 named `.xls`.

use encoding_rs::GB18030;

use super::standard::{self, Written};
use super::{Error, RosterTable, RowProblem, problems, read};

const HEAD: &str = "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n";
const SPACES: &str = "xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"";

pub(super) fn with_table(rows: &str) -> String {
    format!(
        "{HEAD}<Workbook {SPACES}><Styles><Style ss:ID=\"s1\"/></Styles><Worksheet ss:Name=\"研究生 &amp; 名单\"><Table ss:ExpandedColumnCount=\"16384\" ss:ExpandedRowCount=\"1048576\">{rows}</Table></Worksheet></Workbook>"
    )
}

/// The standard roster; gaps are written as `ss:Index`.
pub(super) fn standard_roster() -> String {
    let mut rows = String::new();
    for (number, row) in (1..)
        .zip(standard::rows())
        .filter(|(_, row)| !row.is_empty())
    {
        rows += &format!("<Row ss:Index=\"{number}\">");
        for (column, cell) in (1..).zip(row) {
            rows += &match cell {
                Written::Nothing => continue,
                Written::Text(text) => format!(
                    "<Cell ss:Index=\"{column}\"><Data ss:Type=\"String\">{}</Data></Cell>",
                    text.replace('&', "&amp;").replace('<', "&lt;")
                ),
                Written::Number(number) => format!(
                    "<Cell ss:Index=\"{column}\"><Data ss:Type=\"Number\">{number}</Data></Cell>"
                ),
            };
        }
        rows += "</Row>";
    }
    with_table(&rows)
}

fn read_xml(text: &str) -> Result<RosterTable, Error> {
    read(text.as_bytes())
}

#[test]
fn an_xml_spreadsheet_gives_the_same_cells_in_every_encoding() {
    let text = standard_roster();
    let declared = text.replace("version=\"1.0\"", "version=\"1.0\" encoding=\"gb2312\"");
    let prefixed = text
        .replace("<Workbook", "<ss:Workbook")
        .replace("</Workbook", "</ss:Workbook");
    let units = || text.encode_utf16();
    for bytes in [
        text.clone().into_bytes(),
        format!("\u{FEFF}{text}").into_bytes(),
        GB18030.encode(&declared).0.into_owned(),
        prefixed.into_bytes(),
        [0xFE, 0xFF]
            .into_iter()
            .chain(units().flat_map(u16::to_be_bytes))
            .collect(),
    ] {
        let table = read(&bytes).unwrap();
        standard::assert_read(&table);
        assert_eq!(table.sheet, "研究生 & 名单");
    }
}

#[test]
fn gaps_merges_comments_and_types_are_read() {
    let text = with_table(
        "<Row><Cell ss:MergeAcross=\"1\"><Data ss:Type=\"String\">学号</Data></Cell><Cell><Data ss:Type=\"String\">姓名</Data></Cell>
        <Cell ss:Index=\"6\"><Data ss:Type=\"String\">出生日期</Data></Cell></Row>
        <Row ss:Index=\"4\"><Cell><Data ss:Type=\"String\">00<B>1</B></Data><Comment><Data>李四改</Data></Comment></Cell>
        <Cell ss:Index=\"3\"><Data ss:Type=\"String\"><![CDATA[张三]]></Data></Cell>
        <Cell ss:Index=\"6\"><Data ss:Type=\"DateTime\">1999-01-01T00:00:00.000</Data></Cell></Row>
        <Row><Cell ss:Formula=\"=1+1\"/><Cell ss:Index=\"3\"><Data ss:Type=\"String\">李四</Data></Cell></Row>
        <Row><Cell><Data ss:Type=\"Error\">#N/A</Data></Cell><Cell ss:Index=\"3\"><Data ss:Type=\"String\">王五</Data></Cell></Row>",
    );
    let table = read_xml(&text).unwrap();
    let row = &table.rows[0];
    assert_eq!((row.row_number, row.draft.student_no.as_str()), (4, "001"));
    assert_eq!(
        (row.draft.name.as_str(), row.draft.birth_date.as_str()),
        ("张三", "19990101")
    );
    assert_eq!(
        problems(&table),
        [
            ("A5".to_owned(), RowProblem::ErrorCell),
            ("A6".to_owned(), RowProblem::ErrorCell)
        ]
    );
}

#[test]
fn what_is_cut_off_or_no_spreadsheet_is_told() {
    let whole = standard_roster();
    for end in (400..whole.len() - 1).step_by(47) {
        let cut = whole.get(..whole.floor_char_boundary(end)).unwrap();
        let error = read_xml(cut).unwrap_err();
        assert!(
            matches!(error, Error::BrokenWorkbook { .. }),
            "{end}: {error:?}"
        );
    }
    let other = read_xml("<?xml version='1.0'?><students><s no='1'/></students>").unwrap_err();
    assert!(other.to_string().contains("XML"), "{other}");
}

#[test]
fn hostile_documents_neither_grow_nor_last() {
    let laughs = "<!DOCTYPE x [<!ENTITY a \"哈\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>";
    let rows = "<Row><Cell><Data ss:Type=\"String\">学号</Data></Cell><Cell><Data ss:Type=\"String\">姓名</Data></Cell></Row>
        <Row><Cell><Data ss:Type=\"String\">1</Data></Cell><Cell><Data ss:Type=\"String\">张&c;&amp;</Data></Cell></Row>";
    let text = with_table(rows).replace("<Workbook", &format!("{laughs}<Workbook"));
    assert_eq!(read_xml(&text).unwrap().rows[0].draft.name, "张&c;&");
    for far in ["1048576", "4294967295", "99999999999999"] {
        let text = with_table(&format!(
            "{rows}<Row ss:Index=\"{far}\"><Cell><Data ss:Type=\"String\">x</Data></Cell></Row>"
        ));
        assert!(matches!(
            read_xml(&text).unwrap_err(),
            Error::SheetTooLarge { .. }
        ));
        let text = with_table(&format!(
            "{rows}<Row><Cell ss:Index=\"{far}\"><Data ss:Type=\"String\">x</Data></Cell></Row>"
        ));
        assert!(matches!(
            read_xml(&text).unwrap_err(),
            Error::SheetTooLarge { .. }
        ));
    }
    let deep = with_table(&"<Row>".repeat(1_000_000));
    assert!(matches!(
        read_xml(&deep).unwrap_err(),
        Error::BrokenWorkbook { .. }
    ));
    let wide = with_table(&format!(
        "<Row>{}</Row>",
        "<Cell><Data ss:Type=\"String\">学号</Data></Cell>".repeat(300_000)
    ));
    assert!(read_xml(&wide).is_err());
}
