//! An archive opened: its table of entries, with what the reader of archives does not tell.

use std::collections::HashMap;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use zip::{CompressionMethod, ZipArchive};

use super::span::{Span, SpanReader};
use crate::error::Error;
use crate::intake::order::Order;
use crate::intake::{Limits, names, not_an_archive};

/// The archive's own reader.
pub(super) type Archive = ZipArchive<SpanReader>;

/// An archive with its table read.
pub(super) struct Opened {
    pub(super) archive: Archive,
    pub(super) span: Span,
}

impl Opened {
    /// Opens the archive in `span`, which lies in the file at `path`.
    pub(super) fn of(span: Span, path: &Path, limits: &Limits) -> Result<Self, Error> {
        let io = |error| Error::io(path, error);
        let mut reader = span.open().map_err(io)?;
        let claimed = claimed_entries(&mut reader, span.length()).map_err(io)?;
        let too_many = |count| Error::TooManyEntries {
            path: path.to_owned(),
            count,
            max: limits.max_entries,
        };
        if claimed > limits.max_entries {
            return Err(too_many(claimed));
        }
        let archive = std::panic::catch_unwind(|| ZipArchive::new(reader))
            .ok()
            .and_then(Result::ok)
            .ok_or_else(|| Error::BrokenArchive {
                path: path.to_owned(),
            })?;
        if archive.len() as u64 > limits.max_entries {
            return Err(too_many(archive.len() as u64));
        }
        if archive
            .file_names_raw()
            .any(|name| name == b"[Content_Types].xml")
        {
            return Err(not_an_archive(path, "是Office文档，不是照片压缩包"));
        }
        Ok(Self { archive, span })
    }

    /// The entries' indices and names as they are written, in the order they are taken.
    pub(super) fn in_order(&self) -> Vec<(usize, Vec<u8>)> {
        let mut entries: Vec<(Order, usize, Vec<u8>)> = self
            .archive
            .file_names_raw()
            .enumerate()
            .map(|(index, raw)| (Order::of(&names::decode(raw)), index, raw.to_vec()))
            .collect();
        entries.sort();
        let entries = entries.into_iter();
        entries.map(|(_, index, raw)| (index, raw)).collect()
    }

    /// Names that the central directory lists more than once, as often as it does: the reader keeps one of each.
    pub(super) fn repeated(&self, path: &Path) -> Result<Vec<Vec<u8>>, Error> {
        if !self.archive.has_duplicate_names() {
            return Ok(Vec::new());
        }
        let start = self.archive.central_directory_start();
        let most = self.span.length() / CENTRAL_HEADER_BYTES as u64;
        let mut reader = self.span.open().map_err(|error| Error::io(path, error))?;
        let mut seen: HashMap<Vec<u8>, u64> = HashMap::new();
        let mut repeated = Vec::new();
        if reader.seek(SeekFrom::Start(start)).is_ok() {
            for _ in 0..most {
                let Ok(name) = next_central_name(&mut reader) else {
                    break;
                };
                let times = seen.entry(name.clone()).or_default();
                *times += 1;
                if *times > 1 && !is_folder(&name) {
                    // With the second the first is told too.
                    if *times == 2 {
                        repeated.push(name.clone());
                    }
                    repeated.push(name);
                }
            }
        }
        Ok(repeated)
    }
}

/// What the archive states of one entry.
pub(super) struct Entry {
    pub(super) raw: Vec<u8>,
    pub(super) encrypted: bool,
    pub(super) is_symlink: bool,
    pub(super) method_known: bool,
    pub(super) is_stored: bool,
    pub(super) data_start: Option<u64>,
    pub(super) size_bytes: u64,
    pub(super) compressed_bytes: u64,
    pub(super) changed_at: Option<zip::DateTime>,
}

impl Entry {
    #[expect(
        clippy::needless_pass_by_value,
        reason = "it must let go of the archive"
    )]
    pub(super) fn of<R: Read>(entry: zip::read::ZipFile<'_, R>) -> Self {
        let method = entry.compression();
        Self {
            raw: entry.name_raw().to_vec(),
            encrypted: entry.encrypted(),
            is_symlink: entry.is_symlink(),
            method_known: matches!(
                method,
                CompressionMethod::Stored | CompressionMethod::Deflated
            ),
            is_stored: method == CompressionMethod::Stored,
            data_start: entry.data_start(),
            size_bytes: entry.size(),
            compressed_bytes: entry.compressed_size(),
            changed_at: entry.last_modified(),
        }
    }
}

/// Whether an entry of this name is a folder.
pub(super) fn is_folder(raw: &[u8]) -> bool {
    raw.ends_with(b"/") || (raw.ends_with(b"\\") && std::str::from_utf8(raw).is_ok())
}

/// Fixed part of a central directory header (APPNOTE.TXT 4.3.12), bytes.
const CENTRAL_HEADER_BYTES: usize = 46;

fn next_central_name(reader: &mut (impl Read + Seek)) -> io::Result<Vec<u8>> {
    let mut header = [0_u8; CENTRAL_HEADER_BYTES];
    reader.read_exact(&mut header)?;
    if !header.starts_with(b"PK\x01\x02") {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let u16_at = |at: usize| u16::from_le_bytes([header[at], header[at + 1]]);
    let mut name = vec![0_u8; usize::from(u16_at(28))];
    reader.read_exact(&mut name)?;
    let rest = i64::from(u16_at(30)) + i64::from(u16_at(32));
    reader.seek_relative(rest)?;
    Ok(name)
}

/// Longest end record with its comment (APPNOTE.TXT 4.3.16) and the zip64 records before it, bytes.
const TAIL_BYTES: u64 = 65_557 + 76;

/// The greatest count of entries that an end record states, so that a table of millions is refused before it is read; 0
/// when there is none. Which of several a reader believes, and whether it believes the zip64 record before it, is its own
/// matter.
fn claimed_entries(reader: &mut SpanReader, size_bytes: u64) -> io::Result<u64> {
    let mut tail = Vec::new();
    reader.seek(SeekFrom::Start(size_bytes.saturating_sub(TAIL_BYTES)))?;
    reader.by_ref().take(TAIL_BYTES).read_to_end(&mut tail)?;
    reader.rewind()?;
    let stated = (0..tail.len()).filter_map(|at| stated_entries(tail.get(at..)?));
    Ok(stated.max().unwrap_or(0))
}

/// Longest zip64 end record with what may be added to it; what is longer only looks like one, bytes.
const LONGEST_WIDE_END: u64 = 1 << 20;

/// The count of entries in the end record that begins here, of either kind. Of a count that is given up for the wide record
/// (APPNOTE.TXT 4.4.21) nothing is known.
fn stated_entries(record: &[u8]) -> Option<u64> {
    let number = |at: usize, count: usize| {
        let bytes = record.get(at..at + count)?.iter().rev();
        Some(bytes.fold(0, |number, byte| number << 8 | u64::from(*byte)))
    };
    match record.first_chunk()? {
        b"PK\x05\x06" => number(10, 2).filter(|count| *count < u64::from(u16::MAX)),
        b"PK\x06\x06" if number(4, 8)? <= LONGEST_WIDE_END => number(32, 8),
        _ => None,
    }
}
