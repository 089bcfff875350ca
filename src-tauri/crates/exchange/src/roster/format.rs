//! Tells by content what a roster file is, and opens it with the reader of that format.
//!
//! The ending is never looked at: admin systems give `.xls` to web pages, to XML and to text, and staff rename what
//! does not open. Nothing is read here beyond what tells the format.

use std::borrow::Cow;

use super::RosterLimits;
use super::dbf::DbfBook;
use super::delimited::Delimited;
use super::encoding;
use super::foreign::Foreign;
use super::guard::{self, Packed};
use super::html::HtmlBook;
use super::ods::OdsBook;
use super::sheet::Book;
use super::spreadsheet_xml::{self, XmlBook};
use super::xls::{self, XlsBook};
use super::xlsx::{XlsbBook, XlsxBook};
use crate::error::Error;
use crate::intake::magic::{self, Kind};

/// Bytes in which a document says what it is.
const HEAD_BYTES: usize = 8 << 10;

/// Opens the roster in `bytes`.
///
/// # Errors
/// When it is something else, protected, damaged, or larger than any roster.
pub(super) fn open<'a>(
    bytes: &'a [u8],
    file: &'a str,
    limits: &RosterLimits,
) -> Result<Box<dyn Book + 'a>, Error> {
    if bytes.len() as u64 > limits.max_file_bytes {
        return Err(file_too_large(file, limits));
    }
    match magic::sniff(bytes) {
        Kind::Zip => open_packed(bytes, file, limits),
        Kind::OldOffice => Ok(Box::new(XlsBook::open(bytes, file)?)),
        // Two letters are no proof: "MZ" also begins a header in pinyin initials.
        Kind::Program if !bytes.contains(&0) => open_text(bytes, file, limits),
        kind => match Foreign::of(kind) {
            Some(foreign) => Err(foreign.refused(file)),
            None => open_text(bytes, file, limits),
        },
    }
}

/// The refusal of a file that is larger than any roster.
pub(super) fn file_too_large(file: &str, limits: &RosterLimits) -> Error {
    let detail = format!("文件超过{}MB", limits.max_file_bytes >> 20);
    guard::too_large(file, detail)
}

fn open_packed<'a>(
    bytes: &'a [u8],
    file: &'a str,
    limits: &RosterLimits,
) -> Result<Box<dyn Book + 'a>, Error> {
    Ok(match guard::admit(bytes, file, limits)? {
        Packed::Xlsx => Box::new(XlsxBook::open(bytes, file)?),
        Packed::Xlsb => Box::new(XlsbBook::open(bytes, file)?),
        Packed::Ods => Box::new(OdsBook::open(bytes, file, limits)?),
    })
}

fn open_text<'a>(
    bytes: &'a [u8],
    file: &'a str,
    limits: &RosterLimits,
) -> Result<Box<dyn Book + 'a>, Error> {
    if let Some(foreign) = stray(bytes) {
        return Err(foreign.refused(file));
    }
    if let Some(table) = DbfBook::open(bytes, file) {
        return Ok(Box::new(table));
    }
    if xls::is_bare(bytes) {
        return Ok(Box::new(XlsBook::open_bare(bytes, file)?));
    }
    let text = encoding::decode(bytes).ok_or_else(|| {
        let foreign = match encoding::is_holed_text(bytes) {
            true => Foreign::HOLED,
            false => Foreign::UNKNOWN,
        };
        foreign.refused(file)
    })?;
    if text.trim_start().starts_with('<') {
        open_markup(text, file, limits)
    } else {
        Ok(Box::new(Delimited::file(text, file)))
    }
}

fn open_markup<'a>(
    text: Cow<'a, str>,
    file: &'a str,
    limits: &RosterLimits,
) -> Result<Box<dyn Book + 'a>, Error> {
    let head = text.get(..text.floor_char_boundary(HEAD_BYTES));
    let head = head.unwrap_or(&text).to_ascii_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| head.contains(word));
    if any(&["<workbook", ":workbook"]) && head.contains(spreadsheet_xml::NAMESPACE) {
        Ok(Box::new(XmlBook::new(text, file)))
    } else if head.contains("<office:document") {
        Ok(Box::new(OdsBook::flat(text, file, limits)))
    } else if head.contains("<?xml") && !any(&["<html", "<table", "<body"]) {
        Err(Foreign::OTHER_XML.refused(file))
    } else {
        Ok(Box::new(HtmlBook::open(text, file, limits)?))
    }
}

/// Files that begin with words and are no tables.
fn stray(bytes: &[u8]) -> Option<Foreign> {
    let starts: [(&[u8], Foreign); 7] = [
        (b"{\\rtf", Foreign::RICH_TEXT),
        (b"MIME-Version:", Foreign::WEB_ARCHIVE),
        (b"ID;PWXL", Foreign::EXCHANGE_FORMAT),
        (b"ID;PSCALC", Foreign::EXCHANGE_FORMAT),
        (b"TABLE\r\n0,1", Foreign::EXCHANGE_FORMAT),
        (b"SQLite format 3\0", Foreign::DATABASE),
        (b"\0\x01\0\0Standard ", Foreign::DATABASE),
    ];
    let mut starts = starts.into_iter();
    starts.find_map(|(start, foreign)| bytes.starts_with(start).then_some(foreign))
}
