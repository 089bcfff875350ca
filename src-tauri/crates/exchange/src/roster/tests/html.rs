//! Web pages named `.xls`.

use encoding_rs::GB18030;

use super::standard::{self, Written};
use super::{Error, RosterTable, RowProblem, problems, read};

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('·', "&middot;").replace('"', "&#34;")
}

/// The standard roster as a page, as admin systems write it.
pub(super) fn standard_page(charset: &str) -> String {
    let mut page = format!(
        "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta http-equiv=Content-Type content=\"text/html; charset={charset}\"><style>td {{ mso-number-format:\"\\@\"; }} <!-- <td>学号</td> --></style></head>\n<body><TABLE border=1>\n"
    );
    for (number, row) in standard::rows().iter().enumerate() {
        page += "<tr>";
        for cell in row {
            page += &match cell {
                Written::Text(text) if number == 0 => {
                    format!("<th colspan='6'>\n {}\n</th>", escaped(text))
                }
                Written::Text(text) => format!("<td x:str>{}&nbsp;\n</td>", escaped(text)),
                Written::Number(number) => {
                    format!("<td align=right x:num=\"{number}\">{number:e}</td>")
                }
                Written::Nothing => "<td></td>".to_owned(),
            };
        }
        page += "</tr>\n";
    }
    page + "</TABLE></body></html>"
}

fn read_page(page: &str) -> Result<RosterTable, Error> {
    read(page.as_bytes())
}

#[test]
fn a_page_gives_the_same_cells_in_every_encoding() {
    let page = standard_page("utf-8");
    let declared = standard_page("gb2312");
    let units = || page.encode_utf16();
    for bytes in [
        page.clone().into_bytes(),
        format!("\u{FEFF}{page}").into_bytes(),
        GB18030.encode(&declared).0.into_owned(),
        GB18030.encode(&page).0.into_owned(),
        units().flat_map(u16::to_le_bytes).collect(),
        [0xFF, 0xFE]
            .into_iter()
            .chain(units().flat_map(u16::to_le_bytes))
            .collect(),
    ] {
        let table = read(&bytes).unwrap();
        standard::assert_read(&table);
        assert_eq!(table.sheet, "第1个表格");
    }
}

#[test]
fn fragments_open_cells_and_breaks_are_read() {
    let page = "<table><tr><td>学<br>号<td>姓名</tr><tr><td> 001 <td>张\n 三<tr><td>2<td><b>李</b><i>四</i></table>";
    let table = read_page(page).unwrap();
    let names: Vec<_> = table
        .rows
        .iter()
        .map(|row| row.draft.name.clone())
        .collect();
    assert_eq!(names, ["张三", "李四"]);
    assert_eq!(table.rows[0].draft.student_no, "001");
    assert_eq!(table.rows[1].row_number, 3);
}

#[test]
fn spans_leave_the_cells_they_cover_empty() {
    let page = "<table><tr><td colspan=2 rowspan=2>名单</td><td>x</td></tr><tr><td>y</td></tr>
        <tr><td>学号</td><td>姓名</td><td>学院</td></tr>
        <tr><td>1</td><td>张三</td><td rowspan=2>电气</td></tr>
        <tr><td>2</td><td>李四</td></tr>
        <tr><td>3</td><td>王五</td><td>动力</td></tr></table>";
    let table = read_page(page).unwrap();
    let rows: Vec<_> = table
        .rows
        .iter()
        .map(|row| {
            (
                row.row_number,
                row.draft.name.as_str(),
                row.draft.college.as_str(),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [(4, "张三", "电气"), (5, "李四", ""), (6, "王五", "动力")]
    );
}

#[test]
fn a_table_within_a_table_is_a_sheet_of_its_own() {
    let page = "<table><tr><td>左栏</td><td>
        <table><tr><td>学号</td><td>姓名</td></tr><tr><td>1</td><td>张三</td></tr></table>
        外面</td></tr><tr><td>页脚</td></tr></table>";
    let table = read_page(page).unwrap();
    assert_eq!((table.sheet.as_str(), table.rows.len()), ("第2个表格", 1));
    let two = "<table><tr><td>学号<td>姓名<tr><td>1<td>张三</table>".repeat(2);
    let table = read_page(&two).unwrap();
    assert_eq!(table.sheet, "第1个表格");
    assert!(
        table.remarks[0].contains("第2个表格"),
        "{:?}",
        table.remarks
    );
}

#[test]
fn numbers_beside_the_shown_text_are_what_is_stored() {
    let page = "<table><tr><td>学号<td>姓名<td>身份证号<td>出生日期
        <tr><td x:num>2021001<td>甲一<td x:num=\"1.1010519990101E+17\">1.10E+17<td x:num=\"36161\">1999/1/1
        <tr><td x:num=\"2021002\">2,021,002<td>乙二<td>1.10105E+17<td>1999-01-01</table>";
    let table = read_page(page).unwrap();
    assert_eq!(
        problems(&table),
        [
            ("C2".to_owned(), RowProblem::NumberPrecisionLost),
            ("C3".to_owned(), RowProblem::NumberPrecisionLost)
        ]
    );
    assert_eq!(table.refused[1].student_no, "2021002");
}

#[test]
fn pages_without_a_whole_table_say_so() {
    for page in [
        "<html><form>请登录</form></html>",
        "<!DOCTYPE html>",
        "<frameset><frame src=x></frameset>",
    ] {
        let error = read_page(page).unwrap_err();
        assert!(matches!(error, Error::NotAWorkbook { .. }), "{error:?}");
        assert!(error.to_string().contains("重新登录"), "{error}");
    }
    let whole = standard_page("utf-8");
    for end in (200..whole.len() - 30).step_by(61) {
        let cut = whole.get(..whole.floor_char_boundary(end)).unwrap();
        let error = read_page(cut).unwrap_err();
        assert!(
            matches!(
                error,
                Error::BrokenWorkbook { .. }
                    | Error::ColumnMissing { .. }
                    | Error::NotAWorkbook { .. }
            ),
            "{end}: {error:?}"
        );
    }
}

#[test]
fn hostile_pages_end_quickly() {
    let header = "<table><tr><td>学号<td>姓名<tr><td>1<td>张三</table>";
    let deep = "<table><tr><td>".repeat(300_000) + &"</table>".repeat(300_000) + header;
    assert!(matches!(
        read_page(&deep),
        Ok(_) | Err(Error::ColumnMissing { .. })
    ));
    let many = "<table></table>".repeat(300_000) + header;
    assert!(matches!(
        read_page(&many).unwrap_err(),
        Error::ColumnMissing { .. }
    ));
    let spans = "<tr><td rowspan=4000000000 colspan=4000000000>".repeat(100_000);
    let spans = format!("<table>{spans}</table>{header}");
    assert!(matches!(read_page(&spans), Ok(table) if table.rows.len() == 1));
    let wide = format!(
        "<table><tr><td>学号<td>姓名{}</table>",
        "<td>x".repeat(1_000_000)
    );
    assert!(matches!(
        read_page(&wide).unwrap_err(),
        Error::SheetTooLarge { .. }
    ));
    let far = "<table><tr><td>学号<td>姓名<tr><td>1<td>张三<td colspan=4000000000><td>x</table>";
    assert!(matches!(
        read_page(far).unwrap_err(),
        Error::SheetTooLarge { .. }
    ));
    let attributes = format!("<table {}>{header}", "a=1 ".repeat(500_000));
    assert!(read_page(&attributes).is_err());
    let entity = format!("<table><tr><td>{}</table>", "&nbsp;&lt;".repeat(500_000));
    assert!(read_page(&entity).is_err());
}
