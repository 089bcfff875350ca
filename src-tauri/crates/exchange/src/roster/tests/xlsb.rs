//! Binary workbooks of Excel 2007, record by record.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

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
    let mut body = (number as u32).to_le_bytes().to_vec();
    body.extend([0; 13]);
    record(0x00, &body)
}

/// A sheet that claims to reach `end` and holds `cells`.
fn sheet(end: (u32, u32), cells: &[u8]) -> Vec<u8> {
    let mut reach = 0_u32.to_le_bytes().to_vec();
    reach.extend(end.0.to_le_bytes());
    reach.extend(0_u32.to_le_bytes());
    reach.extend(end.1.to_le_bytes());
    let mut bytes = record(0x81, &[]);
    bytes.extend(record(0x94, &reach));
    bytes.extend(record(0x91, &[]));
    bytes.extend(cells);
    bytes.extend(record(0x92, &[]));
    bytes.extend(record(0x82, &[]));
    bytes
}

fn workbook(sheet: &[u8]) -> Vec<u8> {
    let mut bundle = [0_u32.to_le_bytes(), 1_u32.to_le_bytes()].concat();
    bundle.extend(wide("rId1"));
    bundle.extend(wide("名单"));
    let mut book = record(0x83, &[]);
    book.extend(record(0x8F, &[]));
    book.extend(record(0x9C, &bundle));
    book.extend(record(0x90, &[]));
    book.extend(record(0x9D, &[0; 26]));
    book.extend(record(0x84, &[]));
    let links = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="x" Target="worksheets/sheet1.bin"/></Relationships>"#;
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let parts: [(&str, &[u8]); 4] = [
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.bin", &book),
        ("xl/_rels/workbook.bin.rels", links.as_bytes()),
        ("xl/worksheets/sheet1.bin", sheet),
    ];
    for (name, bytes) in parts {
        writer
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
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
