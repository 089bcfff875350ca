//! Workbooks of Excel 95 to 2003, record by record, in a container made by another library.

use std::io::{Cursor, Write as _};

use encoding_rs::GB18030;

use super::standard::{self, Written};
use super::{Error, RosterTable, RowProblem, problems, read};

pub(super) fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    let mut bytes = kind.to_le_bytes().to_vec();
    bytes.extend((body.len() as u16).to_le_bytes());
    bytes.extend(body);
    bytes
}

pub(super) fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = words(&[units.len() as u16]);
    bytes.push(1);
    bytes.extend(words(&units));
    bytes
}

/// A text of Excel 95: its length, then bytes of GBK.
fn narrow(text: &str) -> Vec<u8> {
    let text = GB18030.encode(text).0;
    [words(&[text.len() as u16]), text.to_vec()].concat()
}

/// A cell: its place and format, then `rest`.
fn cell(kind: u16, row: u16, column: u16, rest: &[u8]) -> Vec<u8> {
    record(kind, &[words(&[row, column, 0]), rest.to_vec()].concat())
}

fn stream_of(version: u16, globals: &[u8], name: &[u8], sheet: &[u8]) -> Vec<u8> {
    let mut book = record(0x0809, &words(&[version, 5, 0, 0]));
    book.extend(globals);
    let start = book.len() + 4 + 6 + name.len() + 4;
    let mut place = (start as u32).to_le_bytes().to_vec();
    place.extend([0, 0]);
    place.extend(name);
    book.extend(record(0x0085, &place));
    book.extend(record(0x000A, &[]));
    book.extend(record(0x0809, &words(&[version, 0x10, 0, 0])));
    book.extend(sheet);
    book.extend(record(0x000A, &[]));
    book
}

fn contained(name: &str, stream: &[u8]) -> Vec<u8> {
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    container
        .create_stream(name)
        .unwrap()
        .write_all(stream)
        .unwrap();
    container.flush().unwrap();
    container.into_inner().into_inner()
}

/// A workbook of Excel 97 with this sheet.
pub(super) fn excel97(globals: &[u8], sheet: &[u8]) -> Vec<u8> {
    contained("Workbook", &excel97_stream(globals, sheet))
}

fn excel97_stream(globals: &[u8], sheet: &[u8]) -> Vec<u8> {
    let name = wide("名单");
    // A name's length takes one byte.
    let name = [&name[..1], &name[2..]].concat();
    stream_of(0x0600, globals, &name, sheet)
}

/// The standard roster in cells as `text` writes them.
fn standard_cells(mut text: impl FnMut(u16, u16, &str) -> Vec<u8>) -> Vec<u8> {
    let mut cells = Vec::new();
    for (row, columns) in (0..).zip(standard::rows()) {
        for (column, written) in (0..).zip(columns) {
            cells.extend(match written {
                Written::Nothing => cell(0x0201, row, column, &[]),
                Written::Text(written) => text(row, column, &written),
                Written::Number(number) => cell(0x0203, row, column, &number.to_le_bytes()),
            });
        }
    }
    cells
}

/// The shared texts, in records that hold `at_most` bytes each, and the cells that use them.
fn shared_roster(at_most: usize) -> (Vec<u8>, Vec<u8>) {
    let mut texts = Vec::new();
    let cells = standard_cells(|row, column, text| {
        texts.push(text.to_owned());
        cell(0x00FD, row, column, &(texts.len() as u32 - 1).to_le_bytes())
    });
    let count = (texts.len() as u32).to_le_bytes();
    let mut parts = vec![[count, count].concat()];
    for (number, text) in texts.iter().enumerate() {
        let mut last = parts.pop().unwrap();
        if at_most < last.len() + 8 {
            parts.push(last);
            last = Vec::new();
        }
        // Every third with a run of formatting, every fourth with phonetics.
        let (rich, long) = (number % 3 == 0, number % 4 == 0);
        last.extend(words(&[text.encode_utf16().count() as u16]));
        last.push(1 | if rich { 8 } else { 0 } | if long { 4 } else { 0 });
        last.extend(if rich { words(&[1]) } else { vec![] });
        last.extend(if long { words(&[3, 0]) } else { vec![] });
        for unit in text.encode_utf16() {
            if at_most < last.len() + 2 {
                parts.push(last);
                last = vec![1];
            }
            last.extend(unit.to_le_bytes());
        }
        last.extend(if rich { vec![9; 4] } else { vec![] });
        last.extend(if long { vec![8; 3] } else { vec![] });
        parts.push(last);
    }
    let kinds = std::iter::once(0x00FC).chain(std::iter::repeat(0x003C));
    let table = kinds
        .zip(&parts)
        .flat_map(|(kind, part)| record(kind, part));
    (table.collect(), cells)
}

/// The standard roster of Excel 97.
pub(super) fn standard_roster() -> Vec<u8> {
    let (texts, cells) = shared_roster(8000);
    excel97(&texts, &cells)
}

#[test]
fn sheets_that_lie_on_each_other_are_damage() {
    let sheet = standard_cells(|row, column, text| cell(0x0204, row, column, &wide(text)));
    let read_with = |more: usize| {
        // Each of these takes 16 bytes, as the one that `stream_of` adds, which the end of the globals follows.
        let start = 12 + 16 * (more as u32 + 1) + 4;
        let name = [&[2][..], &wide("名单")[2..]].concat();
        let place = [&start.to_le_bytes()[..], &[0, 0], &name].concat();
        read(&excel97(&record(0x0085, &place).repeat(more), &sheet))
    };
    assert!(read_with(0).is_ok());
    let told = read_with(9).unwrap_err();
    assert!(
        matches!(&told, Error::BrokenWorkbook { detail, .. } if detail.contains("重叠")),
        "{told}"
    );
}

fn read_sheet(sheet: &[u8]) -> Result<RosterTable, Error> {
    read(&excel97(&[], sheet))
}

pub(super) fn label(row: u16, column: u16, text: &str) -> Vec<u8> {
    cell(0x0204, row, column, &wide(text))
}

/// A header and one student.
fn one_student() -> Vec<u8> {
    [
        label(0, 0, "学号"),
        label(0, 1, "姓名"),
        label(1, 0, "1"),
        label(1, 1, "张三"),
    ]
    .concat()
}

#[test]
fn every_age_of_excel_gives_the_same_cells() {
    for at_most in [8000, 200, 64, 33, 12] {
        let (texts, cells) = shared_roster(at_most);
        let table = read(&excel97(&texts, &cells)).unwrap();
        standard::assert_read(&table);
        assert_eq!(table.sheet, "名单");
    }
    let labels = standard_cells(label);
    standard::assert_read(&read_sheet(&labels).unwrap());
    let narrow_cells = standard_cells(|row, column, text| cell(0x0204, row, column, &narrow(text)));
    let name = GB18030.encode("名单").0;
    let name = [&[name.len() as u8], name.as_ref()].concat();
    for page in [936, 1252] {
        let globals = record(0x0042, &words(&[page]));
        let excel95 = contained("Book", &stream_of(0x0500, &globals, &name, &narrow_cells));
        let table = read(&excel95).unwrap();
        standard::assert_read(&table);
        assert_eq!(table.sheet, "名单");
    }
    let mut bare = record(0x0809, &words(&[0, 0x10, 0, 0]));
    bare.extend(&narrow_cells);
    bare.extend(record(0x000A, &[]));
    let table = read(&bare).unwrap();
    standard::assert_read(&table);
    assert_eq!(table.sheet, "名单");
}

#[test]
fn every_kind_of_cell_is_read() {
    let formats = [
        record(
            0x041E,
            &[words(&[164]), wide("yyyy\"年\"m\"月\"d\"日\"")].concat(),
        ),
        record(0x00E0, &words(&[0, 0])),
        record(0x00E0, &words(&[0, 164])),
    ]
    .concat();
    let header = ["学号", "姓名", "出生日期", "年级", "班级", "学院"];
    let mut cells: Vec<u8> = (0..)
        .zip(header)
        .flat_map(|(at, text)| label(0, at, text))
        .collect();
    // A packed integer, a formula's text, a date, two packed in one record, a formula's number.
    cells.extend(cell(
        0x027E,
        1,
        0,
        &((2_021_001_u32 << 2) | 2).to_le_bytes(),
    ));
    let formula = |result: [u8; 8]| [result.to_vec(), vec![0; 8]].concat();
    cells.extend(cell(0x0006, 1, 1, &formula([0, 0, 0, 0, 0, 0, 0xFF, 0xFF])));
    cells.extend(record(0x0207, &wide("张三")));
    cells.extend(record(
        0x0203,
        &[words(&[1, 2, 1]), 36161_f64.to_le_bytes().to_vec()].concat(),
    ));
    let packed = |number: u32| [vec![0, 0], ((number << 2) | 2).to_le_bytes().to_vec()].concat();
    cells.extend(record(
        0x00BD,
        &[words(&[1, 3]), packed(2021), packed(7), words(&[4])].concat(),
    ));
    cells.extend(cell(0x0006, 1, 5, &formula(12_f64.to_le_bytes())));
    // Errors, a truth, and a formula whose text never comes.
    cells.extend(cell(0x0205, 2, 0, &[0x2A, 1]));
    cells.extend(label(2, 1, "甲一"));
    cells.extend(cell(0x0205, 3, 0, &[1, 0]));
    cells.extend(label(3, 1, "乙二"));
    cells.extend(cell(0x0006, 4, 0, &formula([0, 0, 0, 0, 0, 0, 0xFF, 0xFF])));
    cells.extend(label(4, 1, "丙三"));
    let table = read(&excel97(&formats, &cells)).unwrap();
    let draft = &table.rows[0].draft;
    assert_eq!(
        (draft.student_no.as_str(), draft.name.as_str()),
        ("2021001", "张三")
    );
    assert_eq!(
        (draft.birth_date.as_str(), draft.grade.as_str()),
        ("19990101", "2021")
    );
    assert_eq!((draft.class.as_str(), draft.college.as_str()), ("7", "12"));
    assert_eq!(
        problems(&table),
        [
            ("A3".to_owned(), RowProblem::ErrorCell),
            ("A4".to_owned(), RowProblem::NotText),
            ("A5".to_owned(), RowProblem::ErrorCell)
        ]
    );
}

#[test]
fn hidden_sheets_and_charts_within_a_sheet_do_not_mislead() {
    let chart = [
        record(0x0809, &words(&[0x0600, 0x20, 0, 0])),
        label(1, 0, "9"),
        record(0x000A, &[]),
    ];
    let table = read_sheet(&[one_student(), chart.concat()].concat()).unwrap();
    assert_eq!(table.rows[0].draft.student_no, "1");
    let mut stream = excel97_stream(&[], &one_student());
    let at = stream
        .windows(2)
        .position(|pair| pair == [0x85, 0])
        .unwrap();
    stream[at + 8] = 2;
    let table = read(&contained("Workbook", &stream)).unwrap();
    assert!(table.remarks[0].contains("隐藏"), "{:?}", table.remarks);
}

#[test]
fn cells_in_any_order_are_found() {
    let mut cells: Vec<u8> = (1..100)
        .flat_map(|row| label(row, 0, &row.to_string()))
        .collect();
    cells.extend((1..100).flat_map(|row| label(row, 1, "学生")));
    cells.extend([label(0, 0, "学号"), label(0, 1, "姓名")].concat());
    assert_eq!(read_sheet(&cells).unwrap().rows.len(), 99);
}

#[test]
fn locked_and_other_containers_say_what_they_are() {
    for (name, word) in [
        ("EncryptedPackage", "密码"),
        ("WordDocument", "Word"),
        ("PowerPoint Document", "演示文稿"),
        ("ETExtData", "没有 Excel 工作簿"),
    ] {
        let told = read(&contained(name, b"x")).unwrap_err().to_string();
        assert!(told.contains(word) && told.contains('请'), "{told}");
    }
    let locked = excel97(&record(0x002F, &[0; 54]), &one_student());
    assert!(matches!(
        read(&locked).unwrap_err(),
        Error::PasswordProtected { .. }
    ));
}

#[test]
fn hostile_claims_allocate_nothing() {
    let mut claim = words(&[0, 0, 0xFFFF, 0xFFFF, 0, 0xFFFF]);
    claim.extend([0, 0]);
    let claims = [record(0x0200, &claim), one_student()].concat();
    assert_eq!(read_sheet(&claims).unwrap().rows.len(), 1);
    let far = [claims, label(65_535, 65_535, "x")].concat();
    assert!(matches!(
        read_sheet(&far).unwrap_err(),
        Error::SheetTooLarge { .. }
    ));
    // Texts that claim more than they hold, a table that claims more than there are.
    let long = cell(0x0204, 1, 2, &[0xFF, 0xFF, 0, b'x']);
    assert_eq!(
        read_sheet(&[one_student(), long.repeat(10_000)].concat())
            .unwrap()
            .rows
            .len(),
        1
    );
    let texts = record(0x00FC, &[0xFF; 11]);
    assert_eq!(
        read(&excel97(&texts, &one_student())).unwrap().rows.len(),
        1
    );
    let beyond = [one_student(), cell(0x00FD, 2, 0, &[0xFF; 4])].concat();
    assert!(matches!(
        read_sheet(&beyond).unwrap_err(),
        Error::BrokenWorkbook { .. }
    ));
    let tiny = record(0x00FC, &vec![0; 8000]);
    let many = [tiny, record(0x003C, &vec![0; 8220]).repeat(1500)].concat();
    let error = read(&excel97(&many, &one_student())).unwrap_err();
    assert!(matches!(error, Error::WorkbookTooLarge { .. }), "{error:?}");
}

#[test]
fn chains_of_sectors_that_run_in_circles_end() {
    let whole = contained("Workbook", &excel97_stream(&[], &one_student().repeat(500)));
    assert!(read(&whole).is_ok());
    let sector = |id: u32| (id as usize + 1) * 512;
    let at = |place: usize| u32::from_le_bytes(whole[place..place + 4].try_into().unwrap());
    let table = sector(at(76));
    for target in 0..4_u32 {
        for entry in 0..60 {
            let mut circle = whole.clone();
            circle[table + 4 * entry..table + 4 * entry + 4].copy_from_slice(&target.to_le_bytes());
            let _ = read(&circle);
        }
    }
    let mut tables = whole.clone();
    // The list of tables names itself as what goes on.
    tables[68..72].copy_from_slice(&0_u32.to_le_bytes());
    let _ = read(&tables);
}

#[test]
fn what_is_cut_off_is_damage() {
    let stream = excel97_stream(&[], &one_student());
    for end in 0..stream.len() {
        let error = read(&contained("Workbook", &stream[..end])).unwrap_err();
        assert!(
            matches!(
                error,
                Error::BrokenWorkbook { .. } | Error::ColumnMissing { .. }
            ),
            "{end}: {error:?}"
        );
    }
    let whole = standard_roster();
    for end in (0..whole.len()).step_by(199) {
        // Behind the last record there is only padding.
        if let Ok(table) = read(&whole[..end]) {
            standard::assert_read(&table);
        }
    }
}
