//! Whether the headers of a zip file are what they were when it was written: each entry says of itself, before its bytes and
//! again in the directory at the end, what it is called, how it is stored, how long it is and what it sums to. Readers
//! believe one of the two and pass over the rest, so that a change in the other is told by nobody.
//!
//! As this program writes it, nothing lies before, between or behind the entries and the directory, there are no comments,
//! and what every entry says alike (who made it, when, attributes) is the same in all.

use std::collections::HashSet;
use std::io::{self, Read, Seek, SeekFrom};

use super::ArchiveProblem;

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const END_64: u32 = 0x0606_4b50;
const LOCATOR_64: u32 = 0x0706_4b50;
/// Bytes of the headers but for what is as long as it likes.
const LOCAL_LENGTH: usize = 30;
const END_LENGTH: u64 = 22;
const END_64_LENGTH: u64 = 56;
const LOCATOR_64_LENGTH: u64 = 20;
/// In the place of a number that stands among the extra fields, being too great.
const ELSEWHERE: u64 = 0xffff_ffff;
/// The extra field of such numbers.
const WIDE: u16 = 1;
/// Most bytes of a directory that are read.
const DIRECTORY_MOST: u64 = 256 << 20;

/// What is said of an entry in both places.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    needed: u16,
    flags: u16,
    method: u16,
    time: u16,
    date: u16,
    crc: u32,
    packed: u64,
    size: u64,
    name: Vec<u8>,
    /// But for numbers that are too great.
    extra: Vec<(u16, Vec<u8>)>,
}

/// What the directory alone says of an entry, alike of all but for where it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Alike {
    /// But for the version, which is the one that is needed: entries differ in it where some are encrypted.
    made_by: u16,
    disk: u16,
    internal: u16,
    external: u32,
    time: u16,
    date: u16,
}

/// An entry of the directory.
struct Entry {
    said: Said,
    alike: Alike,
    offset: u64,
}

/// Where the directory lies.
struct Directory {
    offset: u64,
    size: u64,
    entries: u64,
}

/// What is wrong with the headers.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn problems(file: &mut (impl Read + Seek)) -> io::Result<Vec<ArchiveProblem>> {
    let Some((directory, entries)) = read_directory(file)? else {
        return Ok(vec![ArchiveProblem::DirectoryChanged]);
    };
    let mut problems = Vec::new();
    let mut names = HashSet::new();
    let mut is_sound = entries.len() as u64 == directory.entries;
    let first = entries.first().map(|entry| entry.alike.clone());
    let mut next = 0;
    for entry in &entries {
        is_sound &= names.insert(entry.said.name.as_slice());
        let local = match entry.offset == next {
            true => read_local(file, entry.offset)?,
            false => None,
        };
        let is_same = local.as_ref().is_some_and(|(said, _)| *said == entry.said);
        if !is_same || Some(&entry.alike) != first.as_ref() || entry.alike.disk != 0 {
            let name = String::from_utf8_lossy(&entry.said.name).into_owned();
            problems.push(ArchiveProblem::HeaderChanged(name));
        }
        // From where it says that it lies: one entry that is wrong makes no others so.
        let header = local.map_or(0, |(_, length)| length);
        let end = entry.offset.checked_add(header);
        next = end
            .and_then(|end| end.checked_add(entry.said.packed))
            .unwrap_or(u64::MAX);
    }
    if !is_sound || (problems.is_empty() && next != directory.offset) {
        problems.push(ArchiveProblem::DirectoryChanged);
    }
    Ok(problems)
}

/// The directory and its entries; `None` where it is not one as it is written.
fn read_directory(file: &mut (impl Read + Seek)) -> io::Result<Option<(Directory, Vec<Entry>)>> {
    let Some((directory, end)) = find_directory(file)? else {
        return Ok(None);
    };
    let lies_well = directory.offset.checked_add(directory.size) == Some(end);
    if !lies_well || directory.size > DIRECTORY_MOST {
        return Ok(None);
    }
    let bytes = read_at(file, directory.offset, directory.size)?;
    let mut fields = Fields(&bytes);
    let mut entries = Vec::new();
    while !fields.0.is_empty() {
        let Some(entry) = central(&mut fields) else {
            return Ok(None);
        };
        entries.push(entry);
    }
    Ok(Some((directory, entries)))
}

/// What the end of the file says of the directory, and where that end begins.
fn find_directory(file: &mut (impl Read + Seek)) -> io::Result<Option<(Directory, u64)>> {
    let length = file.seek(SeekFrom::End(0))?;
    let Some(at) = length.checked_sub(END_LENGTH) else {
        return Ok(None);
    };
    let bytes = read_at(file, at, END_LENGTH)?;
    let Some(directory) = end_of(&bytes) else {
        return Ok(None);
    };
    let is_wide =
        directory.entries == 0xffff || directory.size == ELSEWHERE || directory.offset == ELSEWHERE;
    if !is_wide {
        return Ok(Some((directory, at)));
    }
    let Some(locator) = at.checked_sub(LOCATOR_64_LENGTH) else {
        return Ok(None);
    };
    let Some(begins) = locator.checked_sub(END_64_LENGTH) else {
        return Ok(None);
    };
    let points = located(&read_at(file, locator, LOCATOR_64_LENGTH)?);
    let wide = wide_end_of(&read_at(file, begins, END_64_LENGTH)?);
    // What fits stands in both.
    let agrees = |narrow: u64, wide: u64, most: u64| narrow == most || narrow == wide;
    Ok(wide
        .filter(|wide| {
            points == Some(begins)
                && agrees(directory.entries, wide.entries, 0xffff)
                && agrees(directory.size, wide.size, ELSEWHERE)
                && agrees(directory.offset, wide.offset, ELSEWHERE)
        })
        .map(|wide| (wide, begins)))
}

fn end_of(bytes: &[u8]) -> Option<Directory> {
    let mut fields = Fields(bytes);
    let is_end = fields.u32()? == END && fields.u16()? == 0 && fields.u16()? == 0;
    let (here, entries) = (fields.u16()?, fields.u16()?);
    let (size, offset, comment) = (fields.u32()?, fields.u32()?, fields.u16()?);
    (is_end && here == entries && comment == 0).then(|| Directory {
        offset: offset.into(),
        size: size.into(),
        entries: entries.into(),
    })
}

fn located(bytes: &[u8]) -> Option<u64> {
    let mut fields = Fields(bytes);
    let is_locator = fields.u32()? == LOCATOR_64 && fields.u32()? == 0;
    let at = fields.u64()?;
    (is_locator && fields.u32()? == 1).then_some(at)
}

fn wide_end_of(bytes: &[u8]) -> Option<Directory> {
    let mut fields = Fields(bytes);
    let is_end = fields.u32()? == END_64 && fields.u64()? == END_64_LENGTH - 12;
    let _versions = fields.u32()?;
    let is_whole = fields.u32()? == 0 && fields.u32()? == 0;
    let (here, entries) = (fields.u64()?, fields.u64()?);
    let (size, offset) = (fields.u64()?, fields.u64()?);
    (is_end && is_whole && here == entries).then_some(Directory {
        offset,
        size,
        entries,
    })
}

/// The next entry of the directory.
fn central(fields: &mut Fields<'_>) -> Option<Entry> {
    (fields.u32()? == CENTRAL).then_some(())?;
    let made_by = fields.u16()?;
    let mut said = said(fields)?;
    let (name, extra, comment) = (fields.u16()?, fields.u16()?, fields.u16()?);
    let (disk, internal, external) = (fields.u16()?, fields.u16()?, fields.u32()?);
    let mut offset = u64::from(fields.u32()?);
    said.name = fields.bytes(name.into())?.to_vec();
    let mut extra = extras(fields.bytes(extra.into())?)?;
    let mut numbers = [&mut said.size, &mut said.packed, &mut offset];
    widen(&mut extra, &mut numbers)?;
    said.extra = extra;
    (comment == 0).then_some(Entry {
        alike: Alike {
            made_by: made_by ^ said.needed,
            disk,
            internal,
            external,
            time: said.time,
            date: said.date,
        },
        said,
        offset,
    })
}

/// What stands before the bytes of an entry, and how long that is; `None` where it is no such header.
fn read_local(file: &mut (impl Read + Seek), at: u64) -> io::Result<Option<(Said, u64)>> {
    let bytes = read_at(file, at, LOCAL_LENGTH as u64)?;
    let mut fields = Fields(&bytes);
    let Some((begun, name, extra)) = local(&mut fields) else {
        return Ok(None);
    };
    let rest = u64::from(name) + u64::from(extra);
    let bytes = read_at(file, at.saturating_add(LOCAL_LENGTH as u64), rest)?;
    let whole = completed(begun, &bytes, name.into());
    Ok(whole.map(|said| (said, LOCAL_LENGTH as u64 + rest)))
}

fn local(fields: &mut Fields<'_>) -> Option<(Said, u16, u16)> {
    (fields.u32()? == LOCAL).then_some(())?;
    Some((said(fields)?, fields.u16()?, fields.u16()?))
}

fn completed(mut said: Said, rest: &[u8], name: usize) -> Option<Said> {
    let (name, extra) = rest.split_at_checked(name)?;
    said.name = name.to_vec();
    let mut extra = extras(extra)?;
    let mut numbers = [&mut said.size, &mut said.packed];
    widen(&mut extra, &mut numbers)?;
    said.extra = extra;
    Some(said)
}

/// What both headers have in the same order.
fn said(fields: &mut Fields<'_>) -> Option<Said> {
    let (needed, flags, method) = (fields.u16()?, fields.u16()?, fields.u16()?);
    let (time, date, crc) = (fields.u16()?, fields.u16()?, fields.u32()?);
    let (packed, size) = (fields.u32()?, fields.u32()?);
    Some(Said {
        needed,
        flags,
        method,
        time,
        date,
        crc,
        packed: packed.into(),
        size: size.into(),
        name: Vec::new(),
        extra: Vec::new(),
    })
}

/// The extra fields of a header.
fn extras(bytes: &[u8]) -> Option<Vec<(u16, Vec<u8>)>> {
    let mut fields = Fields(bytes);
    let mut extras = Vec::new();
    while !fields.0.is_empty() {
        let (id, length) = (fields.u16()?, fields.u16()?);
        extras.push((id, fields.bytes(length.into())?.to_vec()));
    }
    Some(extras)
}

/// Takes the numbers that are too great from the extra field that has them.
fn widen(extras: &mut Vec<(u16, Vec<u8>)>, numbers: &mut [&mut u64]) -> Option<()> {
    let at = extras.iter().position(|(id, _)| *id == WIDE);
    let wide = at.map_or_else(Vec::new, |at| extras.remove(at).1);
    let mut fields = Fields(&wide);
    for number in numbers.iter_mut().filter(|number| ***number == ELSEWHERE) {
        **number = fields.u64()?;
    }
    Some(())
}

/// So many bytes of the file; fewer where it ends before.
fn read_at(file: &mut (impl Read + Seek), at: u64, length: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Numbers that are read one after another, least significant byte first.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*first)
    }

    fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (first, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(first)
    }

    fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }
}
