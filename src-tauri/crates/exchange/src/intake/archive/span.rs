//! Where the bytes of an archive lie: a file, memory, or a part of either.
//!
//! A zip stored uncompressed within another is read where it lies, so that it costs no memory.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

/// A range of bytes that can be opened again and again.
#[derive(Debug, Clone)]
pub(super) struct Span {
    place: Place,
    start: u64,
    length: u64,
}

#[derive(Debug, Clone)]
enum Place {
    File(Arc<Path>),
    Memory(Held),
}

/// Bytes in memory, shared and not copied.
#[derive(Debug, Clone)]
struct Held(Arc<Vec<u8>>);

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Span {
    /// The whole file at `path`.
    pub(super) fn of_file(path: &Path) -> io::Result<Self> {
        Ok(Self {
            length: std::fs::metadata(path)?.len(),
            place: Place::File(path.into()),
            start: 0,
        })
    }

    /// All of `bytes`.
    pub(super) fn of_bytes(bytes: Vec<u8>) -> Self {
        Self {
            length: bytes.len() as u64,
            place: Place::Memory(Held(Arc::new(bytes))),
            start: 0,
        }
    }

    /// `length` bytes from `start`, both within this span; `None` when they are not.
    pub(super) fn part(&self, start: u64, length: u64) -> Option<Self> {
        let end = start.checked_add(length)?;
        (end <= self.length).then(|| Self {
            place: self.place.clone(),
            start: self.start + start,
            length,
        })
    }

    /// How many bytes.
    pub(super) const fn length(&self) -> u64 {
        self.length
    }

    /// A reader that sees this span alone, at its beginning.
    pub(super) fn open(&self) -> io::Result<SpanReader> {
        let mut source = match &self.place {
            Place::File(path) => Source::File(BufReader::new(File::open(path)?)),
            Place::Memory(held) => Source::Memory(Cursor::new(held.clone())),
        };
        source.seek(SeekFrom::Start(self.start))?;
        Ok(SpanReader {
            source,
            start: self.start,
            length: self.length,
            at: 0,
        })
    }
}

/// Reads one [`Span`].
#[derive(Debug)]
pub(super) struct SpanReader {
    source: Source,
    start: u64,
    length: u64,
    at: u64,
}

#[derive(Debug)]
enum Source {
    File(BufReader<File>),
    Memory(Cursor<Held>),
}

impl Source {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::File(file) => file.seek(to),
            Self::Memory(bytes) => bytes.seek(to),
        }
    }
}

impl Read for SpanReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.length.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let most = left.min(buffer.len());
        let buffer = buffer.get_mut(..most).unwrap_or_default();
        let read = match &mut self.source {
            Source::File(file) => file.read(buffer)?,
            Source::Memory(bytes) => bytes.read(buffer)?,
        };
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for SpanReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
        };
        let place = at.and_then(|at| Some((at, self.start.checked_add(at)?)));
        let (at, place) = place.ok_or(io::ErrorKind::InvalidInput)?;
        self.source.seek(SeekFrom::Start(place))?;
        self.at = at;
        Ok(at)
    }
}
