//! A zip archive, entry by entry. No name or size that it states is trusted.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use zip::{CompressionMethod, ZipArchive};

use super::magic::{self, Kind};
use super::order::Order;
use super::{Intake, IntakeItem, Limits, RefusalCode, names, not_an_archive, read_head};
use crate::error::Error;

type Archive = ZipArchive<BufReader<File>>;

/// Most an archive may expand to as a whole, as a multiple of its own size: overlapping entries
/// expand the same bytes many times.
const MAX_WHOLE_RATIO: u64 = 50;

/// A whole that small is never a bomb, bytes.
const MINIMUM_WHOLE_BYTES: u64 = 256 << 20;

/// Whether the file begins like a zip archive.
pub(super) fn is_archive(path: &Path) -> bool {
    read_head(path).is_ok_and(|head| magic::sniff(&head) == Kind::Zip)
}

/// How many items [`walk`] gives.
pub(super) fn count(path: &Path, limits: &Limits) -> Result<u64, Error> {
    let mut opened = open(path, limits)?;
    let files = opened
        .archive
        .file_names_raw()
        .filter(|name| !is_folder(name))
        .count() as u64;
    Ok(files + opened.repeated(path)?.len() as u64)
}

/// Gives every file of the archive under the display name `name`.
pub(super) fn walk(path: &Path, name: &str, intake: &mut Intake<'_>) -> Result<(), Error> {
    let mut opened = open(path, &intake.limits)?;
    let most_bytes = opened
        .size_bytes
        .saturating_mul(MAX_WHOLE_RATIO)
        .max(MINIMUM_WHOLE_BYTES);
    let before = intake.summary.bytes;
    for index in in_order(&opened.archive) {
        if intake.is_cancelled() {
            return Ok(());
        }
        let expanded = intake.summary.bytes - before;
        take_entry(
            &mut opened.archive,
            index,
            name,
            expanded > most_bytes,
            intake,
        );
    }
    for repeated in opened.repeated(path)? {
        let display = format!("{name}/{}", shown(&names::decode(&repeated)));
        intake.refuse(display, RefusalCode::DuplicateName);
    }
    Ok(())
}

/// The entries' indices in the order they are taken.
fn in_order(archive: &Archive) -> Vec<usize> {
    let mut entries: Vec<(Order, usize)> = archive
        .file_names_raw()
        .enumerate()
        .map(|(index, raw)| (Order::of(&names::decode(raw)), index))
        .collect();
    entries.sort();
    entries.into_iter().map(|(_, index)| index).collect()
}

fn take_entry(
    archive: &mut Archive,
    index: usize,
    name: &str,
    exhausted: bool,
    intake: &mut Intake<'_>,
) {
    let Some(entry) = archive.by_index_raw(index).ok().map(Entry::of) else {
        let raw = archive.file_names_raw().nth(index).unwrap_or_default();
        let display = format!("{name}/{}", shown(&names::decode(raw)));
        return intake.refuse(display, RefusalCode::Damaged);
    };
    if is_folder(&entry.raw) {
        return;
    }
    let decoded = names::decode(&entry.raw);
    let Some(inner) = names::safe_entry(&decoded) else {
        return intake.refuse(
            format!("{name}/{}", shown(&decoded)),
            RefusalCode::UnsafePath,
        );
    };
    let display = format!("{name}/{inner}");
    let refused = match () {
        () if names::is_litter(&display) => {
            return intake.give(IntakeItem::Ignored { path: display });
        }
        () if entry.is_symlink => Some(RefusalCode::Link),
        () if entry.encrypted => Some(RefusalCode::Encrypted),
        () if !entry.method_known => Some(RefusalCode::UnsupportedCompression),
        () if exhausted => Some(RefusalCode::Bomb),
        () => None,
    };
    if let Some(code) = refused {
        return intake.refuse(display, code);
    }
    match archive.by_index(index) {
        Ok(reader) => {
            intake.take(
                reader,
                display,
                entry.size_bytes,
                Some(entry.compressed_bytes),
            );
        }
        Err(_) => intake.refuse(display, RefusalCode::Damaged),
    }
}

/// What the archive states of one entry.
struct Entry {
    raw: Vec<u8>,
    encrypted: bool,
    is_symlink: bool,
    method_known: bool,
    size_bytes: u64,
    compressed_bytes: u64,
}

impl Entry {
    #[expect(
        clippy::needless_pass_by_value,
        reason = "it must let go of the archive"
    )]
    fn of<R: Read>(entry: zip::read::ZipFile<'_, R>) -> Self {
        Self {
            raw: entry.name_raw().to_vec(),
            encrypted: entry.encrypted(),
            is_symlink: entry.is_symlink(),
            method_known: matches!(
                entry.compression(),
                CompressionMethod::Stored | CompressionMethod::Deflated
            ),
            size_bytes: entry.size(),
            compressed_bytes: entry.compressed_size(),
        }
    }
}

fn is_folder(raw: &[u8]) -> bool {
    raw.ends_with(b"/") || (raw.ends_with(b"\\") && std::str::from_utf8(raw).is_ok())
}

/// A name from the archive as it may be shown: without control characters.
fn shown(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_control() { '\u{FFFD}' } else { c })
        .take(200)
        .collect()
}

struct Opened {
    archive: Archive,
    size_bytes: u64,
}

fn open(path: &Path, limits: &Limits) -> Result<Opened, Error> {
    let io = |error| Error::io(path, error);
    let mut file = File::open(path).map_err(io)?;
    let size_bytes = file.metadata().map_err(io)?.len();
    let claimed = claimed_entries(&mut file, size_bytes).map_err(io)?;
    let too_many = |count| Error::TooManyEntries {
        path: path.to_owned(),
        count,
        max: limits.max_entries,
    };
    if claimed > limits.max_entries {
        return Err(too_many(claimed));
    }
    let archive = std::panic::catch_unwind(|| ZipArchive::new(BufReader::new(file)))
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
    Ok(Opened {
        archive,
        size_bytes,
    })
}

impl Opened {
    /// Names that the central directory lists again: the reader keeps one of each.
    fn repeated(&mut self, path: &Path) -> Result<Vec<Vec<u8>>, Error> {
        if !self.archive.has_duplicate_names() {
            return Ok(Vec::new());
        }
        let start = self.archive.central_directory_start();
        let most = self.size_bytes / CENTRAL_HEADER_BYTES as u64;
        let file = File::open(path).map_err(|error| Error::io(path, error))?;
        let mut reader = BufReader::new(file);
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
                    repeated.push(name);
                }
            }
        }
        Ok(repeated)
    }
}

/// Fixed part of a central directory header (APPNOTE.TXT 4.3.12), bytes.
const CENTRAL_HEADER_BYTES: usize = 46;

fn next_central_name(reader: &mut (impl Read + Seek)) -> std::io::Result<Vec<u8>> {
    let mut header = [0_u8; CENTRAL_HEADER_BYTES];
    reader.read_exact(&mut header)?;
    if !header.starts_with(b"PK\x01\x02") {
        return Err(std::io::ErrorKind::InvalidData.into());
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

/// The count of entries that the end record states, so that a table of millions is refused before
/// it is read; 0 when there is none.
fn claimed_entries(file: &mut File, size_bytes: u64) -> std::io::Result<u64> {
    let mut tail = Vec::new();
    file.seek(SeekFrom::Start(size_bytes.saturating_sub(TAIL_BYTES)))?;
    file.take(TAIL_BYTES).read_to_end(&mut tail)?;
    file.rewind()?;
    let find = |signature: &[u8]| tail.windows(4).rposition(|window| window == signature);
    let bytes = |at: usize, count: usize| tail.get(at..at + count);
    let plain = find(b"PK\x05\x06")
        .and_then(|at| bytes(at + 10, 2)?.try_into().ok())
        .map_or(0, u16::from_le_bytes);
    if plain < u16::MAX {
        return Ok(u64::from(plain));
    }
    Ok(find(b"PK\x06\x06")
        .and_then(|at| bytes(at + 32, 8)?.try_into().ok())
        .map_or(u64::from(plain), u64::from_le_bytes))
}
