//! Tables of dBASE and FoxPro.

use encoding_rs::{Encoding, GBK, UTF_8};

use super::{RosterTable, RowProblem, id_number, problems, read};

/// A field: name, kind, width.
type Field = (&'static str, u8, u8);

fn table(encoding: &'static Encoding, fields: &[Field], records: &[(u8, &[&str])]) -> Vec<u8> {
    let width: usize = 1 + fields
        .iter()
        .map(|field| usize::from(field.2))
        .sum::<usize>();
    let mut bytes = vec![0x03, 126, 3, 1];
    bytes.extend((records.len() as u32).to_le_bytes());
    bytes.extend(((32 * (fields.len() + 1) + 1) as u16).to_le_bytes());
    bytes.extend((width as u16).to_le_bytes());
    bytes.resize(32, 0);
    for (name, kind, width) in fields {
        let mut field = encoding.encode(name).0.into_owned();
        field.resize(11, 0);
        field.push(*kind);
        field.resize(16, 0);
        field.push(*width);
        field.resize(32, 0);
        bytes.extend(field);
    }
    bytes.push(0x0D);
    for (mark, cells) in records {
        bytes.push(*mark);
        for (cell, (_, _, width)) in cells.iter().zip(fields) {
            let mut cell = encoding.encode(cell).0.into_owned();
            cell.resize(usize::from(*width), b' ');
            bytes.extend(cell);
        }
    }
    bytes.push(0x1A);
    bytes
}

const FIELDS: [Field; 6] = [
    ("XH", b'C', 12),
    ("姓名", b'C', 40),
    ("SFZH", b'C', 18),
    ("XBM", b'C', 6),
    ("CSRQ", b'D', 8),
    ("NJ", b'N', 4),
];

/// A roster with a deleted and a broken record.
pub(super) fn roster(encoding: &'static Encoding) -> Vec<u8> {
    let id = id_number("19990101", 11);
    table(
        encoding,
        &FIELDS,
        &[
            (b' ', &["0021001", "张三", &id, "男", "19990101", "2021"]),
            (b'*', &["0021009", "已删除", "", "", "", ""]),
            (b' ', &["0021002", "欧阳娜娜·买买提", "", "", "", "****"]),
            (b' ', &["", "李四", "", "", "19991301", ""]),
        ],
    )
}

fn assert_read(read: &RosterTable) {
    assert_eq!(
        problems(read),
        [
            ("A4".to_owned(), RowProblem::KeyEmpty),
            ("E4".to_owned(), RowProblem::BirthDateInvalid)
        ]
    );
    let rows: Vec<_> = read
        .rows
        .iter()
        .map(|row| {
            let draft = &row.draft;
            let draft = [
                &draft.student_no,
                &draft.name,
                &draft.birth_date,
                &draft.grade,
            ];
            (row.row_number, draft.map(String::as_str))
        })
        .collect();
    assert_eq!(
        rows,
        [
            (2, ["0021001", "张三", "19990101", "2021"]),
            (3, ["0021002", "欧阳娜娜·买买提", "", "****"]),
        ]
    );
    assert_eq!((read.sheet.as_str(), read.header_row), ("名单", 1));
}

#[test]
fn a_table_is_read_in_gbk_and_in_utf8() {
    for encoding in [GBK, UTF_8] {
        assert_read(&read(&roster(encoding)).unwrap());
    }
    let mut cut = roster(GBK);
    cut.pop();
    assert_read(&read(&cut).unwrap());
    let mut counted_wrong = roster(GBK);
    counted_wrong[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_read(&read(&counted_wrong).unwrap());
}

#[test]
fn long_numbers_are_as_damaged_as_in_a_workbook() {
    let bytes = table(
        GBK,
        &[("XH", b'N', 10), ("XM", b'C', 10), ("SFZH", b'N', 18)],
        &[(b' ', &["2021001", "张三", "110105199901010110"])],
    );
    let table = read(&bytes).unwrap();
    assert_eq!(
        problems(&table),
        [("C2".to_owned(), RowProblem::NumberPrecisionLost)]
    );
    assert_eq!(table.refused[0].student_no, "2021001");
}

#[test]
fn no_header_makes_the_reader_stumble() {
    let whole = roster(GBK);
    for end in 0..whole.len() {
        // Only the mark of the end may be missing.
        assert_eq!(read(&whole[..end]).is_ok(), end == whole.len() - 1, "{end}");
    }
    for at in 0..400 {
        for byte in [0, 1, 0x0D, 0x7F, 0xFF] {
            let mut damaged = whole.clone();
            damaged[at] = byte;
            let _ = read(&damaged);
        }
    }
}
