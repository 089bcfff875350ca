//! Which workbook a zip archive holds, and whether it is safe to open, told before any reader touches it.
//!
//! The readers keep shared texts, styles and shared formulas in memory and believe the sizes they are
//! told. So every part is first decompressed into nothing, counted, and looked through for the few
//! shapes that would make a reader allocate without bound.

mod attribute;
mod records;

use std::io::{Cursor, Read};

use zip::ZipArchive;

use self::attribute::Attribute;
use self::records::Records;
use super::RosterLimits;
use super::foreign::Foreign;
use crate::error::Error;

/// Longest stretch without a tag: a cell holds at most 32,767 characters.
const LONGEST_TEXT_BYTES: usize = 4 << 20;

/// Most tags in all parts together; a full roster of 200,000 rows by 12 has some 10 million.
const MOST_TAGS: u64 = 60_000_000;

/// Most shared texts, held or claimed.
const MOST_SHARED_TEXTS: u64 = 4_000_000;

/// Most cell formats, number formats, names and sheets together, of each of which a reader keeps something. A workbook may have
/// 65,490 cell formats, and has a line for each kind of them twice.
const MOST_FORMATS: u64 = 200_000;

/// Most parts of a workbook.
const MOST_PARTS: usize = 50_000;

/// What kind of workbook a zip archive holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packed {
    /// .xlsx or .xlsm.
    Xlsx,
    /// .xlsb.
    Xlsb,
    /// .ods.
    Ods,
}

/// Refuses a zip archive that is no unprotected workbook of bearable size.
pub(super) fn admit(bytes: &[u8], file: &str, limits: &RosterLimits) -> Result<Packed, Error> {
    let broken = |error: zip::result::ZipError| Error::BrokenWorkbook {
        file: file.to_owned(),
        detail: error.to_string(),
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > MOST_PARTS {
        return Err(too_large(file, format!("含{}个部件", archive.len())));
    }
    let kind = kind(&archive).map_err(|foreign| foreign.refused(file))?;
    let mut scale = Scale::default();
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(broken)?;
        scale.weigh(part, limits).map_err(|detail| match detail {
            Refusal::TooLarge(detail) => too_large(file, detail),
            Refusal::Broken(detail) => Error::BrokenWorkbook {
                file: file.to_owned(),
                detail,
            },
            Refusal::Foreign(foreign) => foreign.refused(file),
        })?;
    }
    Ok(kind)
}

fn kind(archive: &ZipArchive<Cursor<&[u8]>>) -> Result<Packed, Foreign> {
    let holds = |name: &str| archive.index_for_name(name).is_some();
    let any = |wanted: fn(&[u8]) -> bool| archive.file_names_raw().any(wanted);
    if holds("xl/workbook.bin") {
        Ok(Packed::Xlsb)
    } else if holds("content.xml") {
        Ok(Packed::Ods)
    } else if holds("word/document.xml") {
        Err(Foreign::WORD)
    } else if holds("ppt/presentation.xml") {
        Err(Foreign::SLIDES)
    } else if any(|name| name.ends_with(b".iwa") || name == b"Index.zip") {
        Err(Foreign::NUMBERS)
    } else if any(|name| name.eq_ignore_ascii_case(b"[Content_Types].xml")) {
        Ok(Packed::Xlsx)
    } else if any(is_picture) {
        Err(Foreign::PHOTOS)
    } else {
        Err(Foreign::ARCHIVE)
    }
}

fn is_picture(name: &[u8]) -> bool {
    let lower = name.to_ascii_lowercase();
    let endings: [&[u8]; 6] = [b".jpg", b".jpeg", b".png", b".bmp", b".heic", b".webp"];
    endings.iter().any(|ending| lower.ends_with(ending))
}

enum Refusal {
    TooLarge(String),
    Broken(String),
    Foreign(Foreign),
}

/// Counts over all parts.
#[derive(Default)]
struct Scale {
    total_bytes: u64,
    tags: u64,
    kept: Kept,
}

/// What readers keep in memory of a workbook, before any cell is asked for.
#[derive(Default, Clone, Copy)]
struct Kept {
    shared_texts: u64,
    formats: u64,
}

impl Scale {
    fn weigh(&mut self, part: impl Read, limits: &RosterLimits) -> Result<(), Refusal> {
        let room = limits.max_expanded_bytes - self.total_bytes;
        let mut part = part.take(room + 1);
        let mut chunk = vec![0_u8; 64 << 10];
        let mut scan = Scan::default();
        loop {
            let read = part
                .read(&mut chunk)
                .map_err(|error| Refusal::Broken(error.to_string()))?;
            let Some(bytes) = chunk.get(..read).filter(|bytes| !bytes.is_empty()) else {
                break;
            };
            self.total_bytes += read as u64;
            if self.total_bytes > limits.max_expanded_bytes {
                return Err(Refusal::TooLarge(format!(
                    "展开后超过{}MB",
                    limits.max_expanded_bytes >> 20
                )));
            }
            scan.feed(bytes)?;
            if self.tags + scan.tags > MOST_TAGS
                || self.kept.shared_texts + scan.kept.shared_texts > MOST_SHARED_TEXTS
            {
                return Err(Refusal::TooLarge("单元格过多".into()));
            }
            if self.kept.formats + scan.kept.formats > MOST_FORMATS {
                return Err(Refusal::TooLarge("单元格格式过多".into()));
            }
        }
        self.tags += scan.tags;
        self.kept.shared_texts += scan.kept.shared_texts;
        self.kept.formats += scan.kept.formats;
        Ok(())
    }
}

/// Looks through one part, byte by byte, across chunk borders.
#[derive(Default)]
struct Scan {
    tags: u64,
    kept: Kept,
    since_tag: usize,
    tag: Tag,
    attribute: Attribute,
    /// Whether this part is XML at all: pictures may hold any bytes.
    is_xml: Option<bool>,
    /// The part's records, when it is a sheet of a binary workbook.
    records: Option<Records>,
}

/// Longest name of a tag that is asked for.
const LONGEST_NAME: usize = "definedName".len();

/// The name of a tag as far as it has been read, without the prefix of its name space: `si` of `<x:si>`.
#[derive(Default)]
struct Tag {
    is_open: bool,
    name: [u8; LONGEST_NAME],
    /// Bytes read; more than there is room for where it is none of the names asked for.
    length: usize,
}

impl Scan {
    fn feed(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        if self.is_xml.is_none() {
            self.records = Records::of(bytes);
        }
        let is_xml = *self.is_xml.get_or_insert_with(|| looks_like_xml(bytes));
        if let Some(records) = &mut self.records {
            records.feed(bytes)?;
        }
        // UTF-16 is ASCII with zeros between, as far as the patterns here go. A reader finds tags behind any
        // rubbish, so of parts that begin as anything else only the length of texts is not asked.
        for &byte in bytes.iter().filter(|byte| **byte != 0) {
            if byte == b'<' {
                self.tags += u64::from(is_xml);
                self.since_tag = 0;
            } else {
                self.since_tag += 1;
                if is_xml && self.since_tag > LONGEST_TEXT_BYTES {
                    return Err(Refusal::TooLarge("有异常长的单元格".into()));
                }
            }
            self.tag.step(byte, &mut self.kept);
            self.attribute.step(byte)?;
        }
        Ok(())
    }
}

impl Tag {
    fn step(&mut self, byte: u8, kept: &mut Kept) {
        match byte {
            b'<' => (self.is_open, self.length) = (true, 0),
            _ if !self.is_open => {}
            b':' => self.length = 0,
            b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n' => {
                self.is_open = false;
                match self.name.get(..self.length) {
                    Some(b"si") => kept.shared_texts += 1,
                    Some(b"xf" | b"numFmt" | b"definedName" | b"sheet") => kept.formats += 1,
                    _ => {}
                }
            }
            _ => {
                if let Some(place) = self.name.get_mut(self.length) {
                    *place = byte;
                }
                self.length = self.length.saturating_add(1);
            }
        }
    }
}

fn looks_like_xml(start: &[u8]) -> bool {
    // UTF-16 XML counts too: the reader decodes it.
    start.starts_with(b"\xEF\xBB\xBF")
        || start.starts_with(b"\xFF\xFE")
        || start.starts_with(b"\xFE\xFF")
        || start
            .iter()
            .find(|byte| !byte.is_ascii_whitespace())
            .is_some_and(|byte| *byte == b'<')
}

/// Whether the bytes hold a word in UTF-16.
pub(super) fn holds_utf16(bytes: &[u8], word: &str) -> bool {
    let pattern: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(pattern.len()).any(|window| window == pattern)
}

/// The refusal of a file that passes a bound.
pub(super) fn too_large(file: &str, detail: String) -> Error {
    Error::WorkbookTooLarge {
        file: file.to_owned(),
        detail,
    }
}
