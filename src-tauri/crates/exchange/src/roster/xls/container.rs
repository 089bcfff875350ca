//! The container of old Office files: streams by name, out of sectors that a table chains.
//!
//! Read here and not by the `cfb` crate, which refuses tables longer than the file, as the JavaScript libraries of web
//! systems write them. Nothing but what names and chains streams is looked at; a chain is followed no farther than
//! the file has sectors, or the root's stream short ones, so it can neither run in a circle nor grow beyond the file.
//! What is damaged ends a stream early, and whoever reads the stream notices.

use super::record::Body;

/// Sectors named by the header itself.
const FIRST_TABLES: usize = 109;

/// Bytes of an entry of the directory.
const ENTRY_BYTES: usize = 128;

/// Bytes of the sectors that short streams are kept in.
const SHORT_SECTOR: usize = 64;

/// Length from which streams have sectors of their own; the format knows no other, some programs write less.
const MOST_SHORT: u32 = 4096;

/// A container.
pub(super) struct Container<'a> {
    bytes: &'a [u8],
    sector_bytes: usize,
    table: Vec<u32>,
    /// Streams shorter than this are kept in the root's.
    short_below: usize,
    short_table: Vec<u32>,
    shorts: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    is_root: bool,
    start: u32,
    length: usize,
}

impl<'a> Container<'a> {
    /// Opens a container; `None` when its header or directory is none.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let header = Body(bytes);
        let shift = header.u16(30).filter(|shift| matches!(shift, 9 | 12))?;
        let mut container = Self {
            bytes,
            sector_bytes: 1 << shift,
            table: Vec::new(),
            short_below: usize::try_from(header.u32(56)?.min(MOST_SHORT)).ok()?,
            short_table: Vec::new(),
            shorts: Vec::new(),
            entries: Vec::new(),
        };
        container.read_table(header)?;
        let directory = container.chain(header.u32(48)?);
        container.entries = directory
            .chunks_exact(ENTRY_BYTES)
            .filter_map(entry)
            .collect();
        let root = container.entries.iter().find(|entry| entry.is_root)?;
        container.shorts = container.chain(root.start);
        container.short_table = numbers(&container.chain(header.u32(60)?)).collect();
        Some(container)
    }

    /// Whether there is a stream of this name.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The bytes of a stream.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.find(name)?;
        let mut bytes = if entry.length < self.short_below {
            self.short_chain(entry.start)
        } else {
            self.chain(entry.start)
        };
        bytes.truncate(entry.length);
        Some(bytes)
    }

    fn find(&self, name: &str) -> Option<&Entry> {
        let mut entries = self.entries.iter();
        entries.find(|entry| !entry.is_root && entry.name.eq_ignore_ascii_case(name))
    }

    fn sectors(&self) -> usize {
        self.bytes.len() / self.sector_bytes
    }

    /// A sector's bytes, fewer at the end of the file.
    fn sector(&self, id: u32) -> Option<&'a [u8]> {
        let start = (usize::try_from(id).ok()? + 1).checked_mul(self.sector_bytes)?;
        let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty())?;
        rest.get(..self.sector_bytes).or(Some(rest))
    }

    /// Reads the table of sectors, which the header and sectors of its own name.
    fn read_table(&mut self, header: Body<'_>) -> Option<()> {
        let mut tables: Vec<u32> = numbers(header.part(76, 4 * FIRST_TABLES)).collect();
        let mut more = header.u32(68)?;
        for _ in 0..self.sectors() {
            let Some(sector) = self.sector(more) else {
                break;
            };
            let mut ids: Vec<u32> = numbers(sector).collect();
            more = ids.pop()?;
            tables.extend(ids);
        }
        let most = self.sectors() + 1;
        let named = tables
            .into_iter()
            .filter_map(|id| self.sector(id))
            .take(most);
        self.table = named.flat_map(numbers).collect();
        Some(())
    }

    fn chain(&self, start: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut id = start;
        for _ in 0..=self.sectors() {
            let Some(sector) = self.sector(id) else {
                break;
            };
            bytes.extend(sector);
            match self.table.get(id as usize) {
                Some(next) => id = *next,
                None => break,
            }
        }
        bytes
    }

    fn short_chain(&self, start: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut id = start as usize;
        for _ in 0..=self.shorts.len() / SHORT_SECTOR {
            let sectors = self.shorts.get(id.saturating_mul(SHORT_SECTOR)..);
            let Some(rest) = sectors.filter(|rest| !rest.is_empty()) else {
                break;
            };
            bytes.extend(rest.get(..SHORT_SECTOR).unwrap_or(rest));
            match self.short_table.get(id) {
                Some(next) => id = *next as usize,
                None => break,
            }
        }
        bytes
    }
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    let fours = bytes.as_chunks().0.iter();
    fours.map(|four| u32::from_le_bytes(*four))
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let body = Body(bytes);
    let kind = body.u8(66)?;
    let name_bytes = usize::from(body.u16(64)?).saturating_sub(2).min(64);
    let units = body.part(0, name_bytes).chunks_exact(2);
    let units: Vec<u16> = units
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    matches!(kind, 2 | 5).then_some(Entry {
        name: String::from_utf16_lossy(&units),
        is_root: kind == 5,
        start: body.u32(116)?,
        length: usize::try_from(body.u32(120)?).ok()?,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::Container;

    /// Five sectors: header, table, directory, table of short sectors, short sectors; one short sector follows itself.
    fn circle(short_below: u32, length: u32) -> Vec<u8> {
        let mut bytes = vec![0_u8; 5 * 512];
        let mut put = |at: usize, number: u32| {
            bytes[at..at + 4].copy_from_slice(&number.to_le_bytes());
        };
        put(30, 9);
        put(48, 1);
        put(56, short_below);
        put(60, 2);
        put(68, u32::MAX);
        (1..109).for_each(|at| put(76 + 4 * at, u32::MAX));
        (0..4).for_each(|at| put(512 + 4 * at, u32::MAX));
        for (at, name, kind, start, length) in
            [(1024, "Root", 5, 3, 512), (1152, "Workbook", 2, 0, length)]
        {
            for (unit, c) in name.encode_utf16().enumerate() {
                put(at + 2 * unit, u32::from(c));
            }
            let name_bytes = 2 * (name.len() as u32 + 1);
            put(at + 64, name_bytes | (kind << 16));
            put(at + 116, start);
            put(at + 120, length);
        }
        bytes
    }

    #[test]
    fn short_chains_grow_no_larger_than_what_they_are_cut_from() {
        for (short_below, length) in [(4096, 4000), (u32::MAX, u32::MAX - 1), (u32::MAX, 4000)] {
            let bytes = circle(short_below, length);
            let stream = Container::open(&bytes).unwrap().stream("Workbook").unwrap();
            assert!((1..=576).contains(&stream.len()), "{}", stream.len());
            assert!(stream.capacity() < 4096, "{}", stream.capacity());
        }
    }
}
