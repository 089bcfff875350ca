//! Binary workbooks of Excel 2007, record by record.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

use super::look::{ROWS, survey};
use super::standard::{self, Written};
use super::{Error, read};

/// A record: its number and length in sevens of bits, then its body.
fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    if kind < 0x80 {
        bytes.push(kind as u8);
    } else {
        bytes.extend([(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8]);
    }
    let mut length = body.len();
    while length >= 0x80 {
        bytes.push((length & 0x7F) as u8 | 0x80);
        length >>= 7;
    }
    bytes.push(length as u8);
    bytes.extend(body);
    bytes
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = (units.len() as u32).to_le_bytes().to_vec();
    bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    bytes
}

fn cell(column: usize, written: &Written) -> Vec<u8> {
    let mut body = (column as u32).to_le_bytes().to_vec();
    body.extend([0; 4]);
    match written {
        Written::Nothing => record(0x01, &body),
        Written::Text(text) => {
            body.extend(wide(text));
            record(0x06, &body)
        }
        Written::Number(number) => {
            body.extend(number.to_le_bytes());
            record(0x05, &body)
        }
    }
}

fn row(number: usize) -> Vec<u8> {
    row_with(number as u32, 0)
}

/// A row's beginning with these flags, of which 0x10 hides it.
fn row_with(number: u32, flags: u8) -> Vec<u8> {
    let mut body = number.to_le_bytes().to_vec();
    body.extend([0; 7]);
    body.push(flags);
    body.extend([0; 5]);
    record(0x00, &body)
}

/// Cells merged into one: first and last row, first and last column.
fn merged(corners: [u32; 4]) -> Vec<u8> {
    record(0xB0, &corners.map(u32::to_le_bytes).concat())
}

/// A sheet that claims to reach `end` and holds `cells`.
fn sheet(end: (u32, u32), cells: &[u8]) -> Vec<u8> {
    sheet_with(end, cells, &[])
}

/// A sheet with further records behind its cells.
fn sheet_with(end: (u32, u32), cells: &[u8], behind: &[u8]) -> Vec<u8> {
    let mut reach = 0_u32.to_le_bytes().to_vec();
    reach.extend(end.0.to_le_bytes());
    reach.extend(0_u32.to_le_bytes());
    reach.extend(end.1.to_le_bytes());
    let mut bytes = record(0x81, &[]);
    bytes.extend(record(0x94, &reach));
    bytes.extend(record(0x91, &[]));
    bytes.extend(cells);
    bytes.extend(record(0x92, &[]));
    bytes.extend(behind);
    bytes.extend(record(0x82, &[]));
    bytes
}

/// The entry of a sheet in the workbook; `state` 1 and 2 hide it.
fn bundle(state: u32, relation: &str, name: &str) -> Vec<u8> {
    let mut body = [state.to_le_bytes(), 1_u32.to_le_bytes()].concat();
    body.extend(wide(relation));
    body.extend(wide(name));
    record(0x9C, &body)
}

fn workbook(sheet: &[u8]) -> Vec<u8> {
    workbook_with(&bundle(0, "rId1", "名单"), &[sheet])
}

/// A workbook with these entries, and sheets that `rId1`, `rId2` and so on lead to.
fn workbook_with(bundles: &[u8], sheets: &[&[u8]]) -> Vec<u8> {
    let mut book = record(0x83, &[]);
    book.extend(record(0x8F, &[]));
    book.extend(bundles);
    book.extend(record(0x90, &[]));
    book.extend(record(0x9D, &[0; 26]));
    book.extend(record(0x84, &[]));
    let mut links = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#.to_owned();
    for number in 1..=sheets.len() {
        links += &format!(
            r#"<Relationship Id="rId{number}" Type="x" Target="worksheets/sheet{number}.bin"/>"#
        );
    }
    links += "</Relationships>";
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let parts: [(&str, &[u8]); 3] = [
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.bin", &book),
        ("xl/_rels/workbook.bin.rels", links.as_bytes()),
    ];
    let mut parts: Vec<(String, &[u8])> = parts.map(|(name, part)| (name.into(), part)).into();
    for (number, sheet) in (1..).zip(sheets) {
        parts.push((format!("xl/worksheets/sheet{number}.bin"), sheet));
    }
    for (name, bytes) in parts {
        writer
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The sheet that every format's features are looked for in.
pub(super) fn with_features() -> Vec<u8> {
    let mut cells = Vec::new();
    for (at, texts) in (0_u32..).zip(ROWS) {
        cells.extend(row_with(at, if at == 3 { 0x10 } else { 0 }));
        for (column, text) in texts.iter().enumerate() {
            if !text.is_empty() {
                cells.extend(cell(column, &standard::text(text)));
            }
        }
    }
    cells.extend(row_with(8, 0x10));
    let merged = [merged([0, 0, 0, 2]), merged([4, 5, 2, 2])].concat();
    workbook(&sheet_with((8, 2), &cells, &merged))
}

/// The standard roster.
pub(super) fn standard_roster() -> Vec<u8> {
    let mut cells = Vec::new();
    for (number, columns) in standard::rows().iter().enumerate() {
        cells.extend(row(number));
        for (column, written) in columns.iter().enumerate() {
            cells.extend(cell(column, written));
        }
    }
    workbook(&sheet((5, 5), &cells))
}

#[test]
fn a_binary_workbook_gives_the_same_cells() {
    standard::assert_read(&read(&standard_roster()).unwrap());
}

#[test]
fn hostile_dimensions_and_far_cells_allocate_nothing() {
    let header = [
        row(0),
        cell(0, &standard::text("学号")),
        cell(1, &standard::text("姓名")),
    ];
    let student = [
        row(1),
        cell(0, &standard::text("1")),
        cell(1, &standard::text("张三")),
    ];
    let honest = [header.concat(), student.concat()].concat();
    let claims = workbook(&sheet((u32::MAX - 1, u32::MAX - 1), &honest));
    assert_eq!(read(&claims).unwrap().rows.len(), 1);
    let far = [honest, row(1_048_575), cell(16_383, &standard::text("x"))].concat();
    let error = read(&workbook(&sheet((1, 1), &far))).unwrap_err();
    assert!(
        matches!(&error, Error::SheetTooLarge { dimension, .. } if dimension == "A1:XFD1048576"),
        "{error:?}"
    );
}

#[test]
fn a_record_cut_short_is_damage_and_never_a_panic() {
    for cells in [
        vec![0x05, 0x02, 0, 0],
        vec![0x07, 0x7F],
        record(0x06, &[0; 8]),
        vec![0xFF; 9],
    ] {
        let bytes = workbook(&sheet((1, 1), &[row(0), cells].concat()));
        let error = read(&bytes).unwrap_err();
        assert!(
            matches!(
                error,
                Error::BrokenWorkbook { .. } | Error::ColumnMissing { .. }
            ),
            "{error:?}"
        );
    }
}

/// A roster of which one cell is kept in a form that is not read.
pub(super) fn with_lost_cells() -> Vec<u8> {
    let cells = [header(), student(1, false, "1"), record(0x0D, &[0; 9])].concat();
    workbook(&sheet((1, 1), &cells))
}

#[test]
fn cells_that_the_reader_passes_over_are_not_lost_in_silence() {
    let honest = [
        row(0),
        cell(0, &standard::text("学号")),
        cell(1, &standard::text("姓名")),
        row(1),
        cell(0, &standard::text("1")),
        cell(1, &standard::text("张三")),
    ]
    .concat();
    for kind in [0x0B, 0x0D, 0x0E, 0x0F, 0x10, 0x11, 0x12, 0x3E] {
        let lost = [honest.clone(), record(kind, &[0; 300])].concat();
        let error = read(&workbook(&sheet((1, 1), &lost))).unwrap_err();
        assert!(matches!(error, Error::NotAWorkbook { .. }), "{error:?}");
        let told = error.to_string();
        assert!(told.contains("另存为“Excel 工作簿（.xlsx）”"), "{told}");
    }
    // Empty cells hold nothing to lose, nor does what stands behind the cells.
    let blank = [
        honest.clone(),
        record(0x0C, &[0; 4]),
        record(0x3F, &[0x0D; 200]),
    ]
    .concat();
    let mut bytes = sheet((1, 1), &blank);
    bytes.extend(record(0x0D, &[0; 8]));
    assert_eq!(read(&workbook(&bytes)).unwrap().rows.len(), 1);
    let huge = [honest, vec![0x05, 0xFF, 0xFF, 0xFF, 0x7F]].concat();
    let error = read(&workbook(&sheet((1, 1), &huge))).unwrap_err();
    assert!(matches!(error, Error::BrokenWorkbook { .. }), "{error:?}");
}

fn student(at: u32, hidden: bool, number: &str) -> Vec<u8> {
    [
        row_with(at, if hidden { 0x10 } else { 0 }),
        cell(0, &standard::text(number)),
        cell(1, &standard::text("张三")),
    ]
    .concat()
}

fn header() -> Vec<u8> {
    [
        row(0),
        cell(0, &standard::text("学号")),
        cell(1, &standard::text("姓名")),
    ]
    .concat()
}

#[test]
fn hidden_sheets_are_known_as_such_and_features_are_told_of_the_right_one() {
    let old = sheet((1, 1), &[header(), student(1, true, "9")].concat());
    let other = sheet(
        (3, 1),
        &[
            header(),
            student(1, true, "1"),
            student(2, false, "2"),
            student(3, true, "3"),
        ]
        .concat(),
    );
    // An entry that leads nowhere counts for no sheet.
    let nowhere = {
        let mut body = [0_u32.to_le_bytes(), 7_u32.to_le_bytes()].concat();
        body.extend(u32::MAX.to_le_bytes());
        body.extend(wide("宏"));
        record(0x9C, &body)
    };
    for state in [1, 2] {
        let bundles = [
            bundle(state, "rId1", "旧名单"),
            nowhere.clone(),
            bundle(0, "rId2", "名单"),
        ]
        .concat();
        let bytes = workbook_with(&bundles, &[&old, &other]);
        let table = read(&bytes).unwrap();
        assert_eq!((table.sheet.as_str(), table.rows.len()), ("名单", 3));
        let told = table.remarks.join("\n");
        assert!(told.contains("工作表“旧名单”（隐藏）也像名单"), "{told}");
        let (_, remarks) = survey(&bytes);
        assert_eq!(remarks.len(), 1, "{remarks:?}");
        assert!(
            remarks[0].starts_with("有2行隐藏着或被筛选掉（第2、4行）"),
            "{remarks:?}"
        );
    }
}

#[test]
fn features_that_are_hostile_or_cut_off_hide_no_student() {
    let cells = [header(), student(1, false, "1")].concat();
    let hostile = [
        // Ranges and rows that no sheet can have, upside down, and a record too short to be one.
        [
            merged([0, u32::MAX, 0, u32::MAX]),
            merged([5, 2, 0, 1]),
            record(0xB0, &[0xFF; 3]),
            record(0xB0, &[0xFF; 70_000]),
        ]
        .concat(),
        // A hundred thousand ranges: counted, and three of them named.
        merged([1, 2, 0, 0]).repeat(100_000),
        // Ends within a record.
        vec![0xB0, 0x01, 0x10, 1, 0, 0],
    ];
    let mut told = Vec::new();
    for behind in &hostile {
        let bytes = workbook(&sheet_with((1, 1), &cells, behind));
        assert_eq!(read(&bytes).unwrap().rows.len(), 1);
        told.push(survey(&bytes).1);
    }
    assert!(told[0].is_empty() && told[2].is_empty(), "{told:?}");
    assert!(
        told[1][0].starts_with("名单中有100000处合并单元格（A2:A3、A2:A3、A2:A3等）"),
        "{told:?}"
    );

    // A row with a number that none can have: what comes behind it would be lost in silence.
    for number in [1 << 20, u32::MAX] {
        let far = [cells.clone(), student(number, true, "2")].concat();
        let error = read(&workbook(&sheet((1, 1), &far))).unwrap_err();
        assert!(
            matches!(&error, Error::BrokenWorkbook { detail, .. } if detail.contains("行号")),
            "{error:?}"
        );
    }
    // Hidden without anything in it: nobody misses anything.
    let empty = [cells, row_with(2, 0x10), record(0x01, &[0; 8])].concat();
    assert!(survey(&workbook(&sheet((1, 1), &empty))).1.is_empty());
}
