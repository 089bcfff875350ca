//! Every hostile or odd roster with the very words that staff read: what it is, and what they do about it.

use std::fmt::Write as _;

use rust_xlsxwriter::{Formula, Workbook};

use super::hostile::{packed, with_sheet};
use super::{RosterLimits, TODAY, id_number, read_roster_bytes, workbook, xlsb};

/// What is told of a file that is not read.
fn refusal(bytes: &[u8]) -> String {
    let limits = RosterLimits {
        max_expanded_bytes: 4 << 20,
        ..RosterLimits::default()
    };
    match read_roster_bytes(bytes, "名单.xls", &limits, TODAY) {
        Ok(_) => "读入".to_owned(),
        Err(error) => error.to_string(),
    }
}

fn archive(names: &[&str]) -> Vec<u8> {
    let parts: Vec<(&str, &str)> = names.iter().map(|name| (*name, "x")).collect();
    packed(&parts)
}

fn locked() -> Vec<u8> {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(2048, 0);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

/// A quote that swallows all rows behind it.
fn unclosed() -> Vec<u8> {
    let mut text = "学号,姓名\n1,\"张三\n".to_owned();
    for number in 2..100 {
        writeln!(text, "{number},学生").unwrap();
    }
    text.into_bytes()
}

fn cell(address: &str, text: &str) -> String {
    format!(r#"<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn far() -> Vec<u8> {
    let header = [cell("A1", "学号"), cell("B1", "姓名")].concat();
    let far = cell("XFD1048576", "x");
    with_sheet(&format!(
        r#"<sheetData><row r="1">{header}</row><row r="1048576">{far}</row></sheetData>"#
    ))
}

fn claiming(attributes: &str) -> Vec<u8> {
    with_sheet(&format!(
        r#"<sheetData><row r="1"><c r="A1"><f {attributes}>1</f></c></row></sheetData>"#
    ))
}

#[test]
fn every_file_that_is_not_read_is_told_what_it_is_and_what_to_do() {
    let whole = workbook(&[&["学号", "姓名"], &["1", "张三"]]);
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (
            Vec::new(),
            "“名单.xls”是空文件；请重新导出或重新下载后再导入",
        ),
        (
            b"\xFF\xD8\xFF\xE0".to_vec(),
            "“名单.xls”是图片，不是表格文件；照片请到“照片导入”中选择，这里请选择名单表格",
        ),
        (
            b"%PDF-1.4".to_vec(),
            "“名单.xls”是PDF文件，不是表格文件；请向提供者索取 Excel 表格，或转换成 Excel 并核对后，另存为“Excel 工作簿（.xlsx）”再导入",
        ),
        (
            b"Rar!\x1A\x07\x01\0".to_vec(),
            "“名单.xls”是压缩包，不是表格文件；请先解压，再选择里面的名单文件",
        ),
        (
            b"7z\xBC\xAF\x27\x1C".to_vec(),
            "“名单.xls”是压缩包，不是表格文件；请先解压，再选择里面的名单文件",
        ),
        (
            b"\x1F\x8B\x08\0".to_vec(),
            "“名单.xls”是压缩包，不是表格文件；请先解压，再选择里面的名单文件",
        ),
        (
            b"MZ\x90\0\x03".to_vec(),
            "“名单.xls”是程序，不是表格文件；请选择名单表格",
        ),
        (
            b"{\\rtf1\\ansi}".to_vec(),
            "“名单.xls”是 RTF 文档，不是表格文件；请把其中的表格复制到空白工作簿，另存为“Excel 工作簿（.xlsx）”再导入",
        ),
        (
            b"MIME-Version: 1.0\r\n".to_vec(),
            "“名单.xls”是“单个文件网页”（MHT）；请用 Excel 或 WPS 打开后另存为“Excel 工作簿（.xlsx）”再导入",
        ),
        (
            b"ID;PWXL;N;E\r\n".to_vec(),
            "“名单.xls”是早期的表格交换格式（SYLK 或 DIF）；请用 Excel 或 WPS 打开后另存为“Excel 工作簿（.xlsx）”再导入",
        ),
        (
            b"SQLite format 3\0".to_vec(),
            "“名单.xls”是数据库文件，不是表格文件；请在原软件中把名单导出为 Excel 再导入",
        ),
        (
            b"\x01\x02\x03\0\0\x07\x99".to_vec(),
            "“名单.xls”不是能识别的表格文件；请用 Excel 或 WPS 打开后另存为“Excel 工作簿（.xlsx）”再导入",
        ),
        (
            b"<html><body>Login</body></html>".to_vec(),
            "“名单.xls”是网页，里面没有表格（可能是登录页或出错页）；请重新登录系统再导出；若导出时还有同名文件夹，请用 Excel 打开后另存为“Excel 工作簿（.xlsx）”",
        ),
        (
            b"<?xml version='1.0'?><data/>".to_vec(),
            "“名单.xls”是 XML 文件，但不是表格；请用 Excel 或 WPS 打开后另存为“Excel 工作簿（.xlsx）”再导入",
        ),
        (
            archive(&["[Content_Types].xml", "word/document.xml"]),
            "“名单.xls”是 Word 文档，不是表格文件；请把其中的表格复制到空白工作簿，另存为“Excel 工作簿（.xlsx）”再导入",
        ),
        (
            archive(&["[Content_Types].xml", "ppt/presentation.xml"]),
            "“名单.xls”是演示文稿，不是表格文件；请把其中的表格复制到空白工作簿，另存为“Excel 工作簿（.xlsx）”再导入",
        ),
        (
            archive(&["Index/Document.iwa"]),
            "“名单.xls”是苹果 Numbers 表格；请在 Numbers 中选“文件 → 导出为 → Excel”，再导入导出的文件",
        ),
        (
            archive(&["a/1.JPG"]),
            "“名单.xls”是照片压缩包，不是名单；照片请到“照片导入”中选择，这里请选择名单表格",
        ),
        (
            archive(&["a.xlsx"]),
            "“名单.xls”是压缩包，不是表格文件；请先解压，再选择里面的名单文件",
        ),
        (
            locked(),
            "“名单.xls”设有打开密码，请先在 Excel 或 WPS 中取消密码并保存",
        ),
        (
            whole[..whole.len() / 2].to_vec(),
            "“名单.xls”已损坏或不完整，请重新下载，或用 Excel、WPS 打开后另存再导入",
        ),
        (
            far(),
            "“名单.xls”的工作表“名单”范围过大（A1:XFD1048576），超过200000行或256列；请删除名单以外的行列，或把名单复制到新工作表",
        ),
        (
            claiming(r#"t="shared" si="4000000000""#),
            "“名单.xls”展开后过大（共享公式编号过大），不像名单，已拒绝读取；请把名单单独复制到新工作簿",
        ),
        (
            with_sheet(&" <x/>".repeat(2_000_000)),
            "“名单.xls”展开后过大（展开后超过4MB），不像名单，已拒绝读取；请把名单单独复制到新工作簿",
        ),
        (
            xlsb::with_lost_cells(),
            "“名单.xls”是二进制工作簿（.xlsb），其中有读不全的单元格；请用 Excel 或 WPS 打开后另存为“Excel 工作簿（.xlsx）”再导入",
        ),
        (
            workbook(&[&["序号", "姓名"], &["1", "张三"]]),
            "“名单.xls”中没有找到含“学号”的表头（工作表“Sheet1”读到的表头：序号、姓名）；请指定哪一列是它，或在前 20 行内写明列名",
        ),
        (
            workbook(&[&["学号", "姓名", "学号"], &["1", "张三", "2"]]),
            "工作表“Sheet1”中有多列都像“学号”：A列“学号”、C列“学号”；请只保留一列或改名",
        ),
        (
            workbook(&[&["学号", "姓名"]]),
            "“名单.xls”的工作表“Sheet1”只有表头，没有学生",
        ),
        (
            unclosed(),
            "“名单.xls”第2行有没有成对的引号，后面的行分不开；请用 Excel 或 WPS 打开核对后另存为“Excel 工作簿（.xlsx）”再导入",
        ),
    ];
    for (at, (bytes, words)) in cases.iter().enumerate() {
        assert_eq!(refusal(bytes), *words, "file {at}");
    }
}

#[test]
fn every_row_that_is_refused_is_told_why_and_what_to_do() {
    let number = |birth: &str| id_number(birth, 11);
    let (sound, other) = (number("19990101"), number("19990303"));
    let mut wrong = number("19990202");
    let check = wrong.pop();
    wrong.push(if check == Some('0') { '1' } else { '0' });
    let long = "长".repeat(3000);
    let rows: &[&[&str]] = &[
        &["学号", "姓名", "身份证号", "性别", "出生日期"],
        &["", "空学号"],
        &["20", ""],
        &["../1", "张三"],
        &["21", "张?"],
        &["22", &long],
        &["23", "张三", &wrong],
        &["24", "张三", "11010519990230001X"],
        &["25", "张三", &number("19990404"), "女"],
        &["26", "张三", "", "两性"],
        &["27", "张三", &sound, "男", "19990102"],
        &["28", "张三", "", "", "20990101"],
        &["29", "张三", "", "", "正月初一"],
        &["30", "张三", &other],
        &["31", "李四", &other],
        &["32", "张三"],
        &["32", "李四"],
    ];
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, column, *text).unwrap();
        }
    }
    // What no text can be: a number that lost its end, a fraction, an error, a truth.
    for (row, name) in (17_u32..).zip(["丢位", "小数", "错误", "真假"]) {
        sheet.write_string(row, 0, format!("S{row}")).unwrap();
        sheet.write_string(row, 1, name).unwrap();
    }
    sheet
        .write_number(17, 2, 110_105_199_901_010_000.0)
        .unwrap();
    sheet.write_number(18, 0, 1.5).unwrap();
    let error = Formula::new("NA()").set_result("#N/A");
    sheet.write_formula(19, 0, error).unwrap();
    sheet.write_boolean(20, 0, true).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let limits = RosterLimits::default();
    let table = read_roster_bytes(&bytes, "名单.xlsx", &limits, TODAY).unwrap();
    let told = table.refused.iter().map(|row| {
        let (cell, problem, remedy) = (&row.cell, &row.problem_zh, &row.remedy_zh);
        format!("{cell} {problem}；{remedy}")
    });
    let expected = [
        "A2 学号为空；请补上，或删除这一行",
        "B3 姓名为空；请补上，或删除这一行",
        "A4 学号“../1”含有斜杠或冒号，会被当成文件夹；请核对后改成学校编的学号，只用字母和数字",
        "B5 姓名中有“?”，可能是生僻字丢失；请按身份证补全姓名用字",
        "B6 姓名的文字过长；请改填文字",
        "C7 证件号码校验位不对，至少有一位写错（110***************）；请对照证件原件改正",
        "C8 证件号码中的出生日期“19990230”不存在（110***************）；请对照证件原件改正",
        "D9 性别填“女”，但证件号码表示“男”；请核对性别和证件号码，改正写错的一处",
        "D10 性别“两性”看不懂；请填“男”或“女”",
        "E11 出生日期填19990102，与证件号码中的出生日期不同；请核对出生日期和证件号码，改正写错的一处",
        "E12 出生日期在今天之后；请对照证件原件改正",
        "E13 出生日期“正月初一”不是日期；请写成8位数字，例如19990101",
        "C14 证件号码与C15重复；同一证件号码只能属于一名学生，请核对后改正",
        "C15 证件号码与C14重复；同一证件号码只能属于一名学生，请核对后改正",
        "A16 学号与A17重复；请核对后改正学号，或删除多余的一行",
        "A17 学号与A16重复；请核对后改正学号，或删除多余的一行",
        "C18 证件号码被存成数字，末几位已丢失；请先把该列设为“文本”格式，再从原始资料重新粘贴（不能从本表恢复）",
        "A19 学号是数值1.5，不是编号；请把该列设为“文本”格式后重新填写",
        "A20 学号的单元格是错误值#N/A；请改填文字",
        "A21 学号的单元格是逻辑值true；请改填文字",
    ];
    assert_eq!(told.collect::<Vec<_>>(), expected);
    assert!(table.rows.is_empty());
}
