//! Every format's valid file, changed at random, and random bytes behind every format's beginning: an answer each
//! time, and never a panic of a reader of ours. `PROPTEST_CASES=20000` makes a longer run of it.

use std::io::{Cursor, Read as _, Write as _};

use encoding_rs::{GB18030, GBK};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;

use super::{
    Error, RosterLimits, dbf, delimited, html, ods, read, spreadsheet_xml, standard, xls, xlsb,
};
use crate::roster::sheet::{Cell, Feature, Next, Sheet, Taker};
use crate::roster::{survey_roster_bytes, xlsb_features, xlsx_features};

/// Valid files that a change of any byte reaches.
fn plain_files() -> Vec<Vec<u8>> {
    let text = delimited::standard_text(',');
    vec![
        xls::standard_roster(),
        dbf::roster(GBK),
        html::standard_page("utf-8").into_bytes(),
        GB18030.encode(&html::standard_page("gbk")).0.into_owned(),
        spreadsheet_xml::standard_roster().into_bytes(),
        text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        GB18030.encode(&text).0.into_owned(),
        text.into_bytes(),
    ]
}

/// Valid files in archives.
fn packed_files() -> Vec<Vec<u8>> {
    vec![
        standard::xlsx(),
        xlsb::standard_roster(),
        ods::standard_roster(),
    ]
}

/// The archive with one part changed, its checksum right again.
fn repacked(bytes: &[u8], part: usize, change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let changed = part % archive.len();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = String::from_utf8(entry.name_raw().to_vec()).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        if index == changed {
            change(&mut content);
        }
        writer
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A change: where, in 65536ths, and what becomes of it.
#[derive(Debug, Clone)]
enum Change {
    Byte(u16, u8),
    Cut(u16),
    Remove(u16, u16),
    Repeat(u16, u16),
}

fn any_change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => (any::<u16>(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        2 => (any::<u16>(), prop_oneof![Just(0), Just(1), Just(0x7F), Just(0xFF), Just(b'<'), Just(b'"')])
            .prop_map(|(at, byte)| Change::Byte(at, byte)),
        1 => any::<u16>().prop_map(Change::Cut),
        1 => (any::<u16>(), 1..64_u16).prop_map(|(at, count)| Change::Remove(at, count)),
        1 => (any::<u16>(), 1..64_u16).prop_map(|(at, count)| Change::Repeat(at, count)),
    ]
}

fn apply(changes: &[Change], bytes: &mut Vec<u8>) {
    for change in changes {
        let place = |at: u16, bytes: &[u8]| usize::from(at) * bytes.len() / 65_536;
        match *change {
            Change::Byte(at, byte) => {
                let at = place(at, bytes);
                if let Some(slot) = bytes.get_mut(at) {
                    *slot = byte;
                }
            }
            Change::Cut(at) => bytes.truncate(place(at, bytes)),
            Change::Remove(at, count) => {
                let start = place(at, bytes);
                let end = (start + usize::from(count)).min(bytes.len());
                bytes.drain(start..end);
            }
            Change::Repeat(at, count) => {
                let start = place(at, bytes);
                let end = (start + usize::from(count)).min(bytes.len());
                let piece = bytes[start..end].to_vec();
                bytes.splice(start..start, piece);
            }
        }
    }
}

/// Looks the file over and reads it, and tells whether a reader panicked on the way.
fn has_panicked(bytes: &[u8]) -> bool {
    let looked = survey_roster_bytes(bytes, "名单", &RosterLimits::default());
    [looked.err(), read(bytes).err()].into_iter().any(|error| {
        matches!(error, Some(Error::BrokenWorkbook { detail, .. }) if detail == "读取时出现异常")
    })
}

/// Takes features, and holds them to what a sheet can have.
struct Sound;

impl Taker for Sound {
    fn sheet(&mut self, _sheet: Sheet<'_>) -> Next {
        Next::Go
    }

    fn wants_features(&self) -> bool {
        true
    }

    fn feature(&mut self, _sheet: usize, feature: Feature) {
        if let Feature::HiddenRows { count, .. } = feature {
            assert_eq!(count, 1);
        }
    }

    fn cell(&mut self, _cell: Cell) -> Result<Next, Error> {
        Ok(Next::Go)
    }
}

proptest! {
    #[test]
    fn changed_files_are_answered_without_panic(
        which in 0..8_usize,
        changes in proptest::collection::vec(any_change(), 1..8),
    ) {
        let mut bytes = plain_files().swap_remove(which);
        apply(&changes, &mut bytes);
        prop_assert!(!has_panicked(&bytes));
    }

    #[test]
    fn changed_parts_of_archives_are_answered(
        which in 0..3_usize,
        part in any::<usize>(),
        changes in proptest::collection::vec(any_change(), 1..8),
    ) {
        let packed = packed_files().swap_remove(which);
        let bytes = repacked(&packed, part, |content| apply(&changes, content));
        // A panic of calamine's is caught; OpenDocument is read here.
        prop_assert!(!has_panicked(&bytes) || which < 2);
        let mut bytes = packed;
        apply(&changes, &mut bytes);
        let _ = read(&bytes);
    }

    // Outside of what catches the panics of calamine.
    #[test]
    fn features_of_changed_parts_are_looked_for_without_panic(
        part in any::<usize>(),
        changes in proptest::collection::vec(any_change(), 1..8),
    ) {
        let [xlsx, xlsb] = [standard::xlsx(), xlsb::with_features()]
            .map(|packed| repacked(&packed, part, |content| apply(&changes, content)));
        xlsx_features::tell(&xlsx, "名单", 0, &mut Sound);
        xlsb_features::tell(&xlsb, 0, &mut Sound);
    }

    #[test]
    fn random_bytes_behind_any_beginning_are_answered_without_panic(
        which in 0..12_usize,
        noise in proptest::collection::vec(any::<u8>(), 0..2000),
    ) {
        let beginnings: [&[u8]; 12] = [
            b"",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x3E\0\x03\0\xFE\xFF\x09\0\x06\0",
            b"\x09\x08\x08\0\0\x06\x10\0\0\0\0\0",
            b"\x09\0\x04\0\0\0\x10\0",
            b"PK\x03\x04",
            b"\x03\x7E\x01\x01\x05\0\0\0\x41\0\x0B\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0XH\0\0\0\0\0\0\0\0\0C\0\0\0\0\x0A",
            b"<html><table><tr><td>",
            b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>",
            b"<?xml version='1.0'?><office:document>",
            b"\xFF\xFE",
            b"\xFE\xFF",
            b"\xEF\xBB\xBF",
        ];
        let bytes = [beginnings[which], &noise].concat();
        prop_assert!(!has_panicked(&bytes));
    }
}

#[test]
fn unchanged_files_are_read() {
    for bytes in plain_files().into_iter().chain(packed_files()) {
        assert!(read(&bytes).is_ok());
    }
    assert!(xlsb_features::tell(&xlsb::with_features(), 0, &mut Sound));
    for bytes in packed_files() {
        assert!(read(&repacked(&bytes, 0, |_| ())).is_ok());
    }
}
