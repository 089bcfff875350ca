//! Photo intake: every file of a folder, a zip archive or a single file, one at a time.
//!
//! It hands over bytes and a display path and judges only whether something is a picture at all;
//! whether it is an acceptable photo is for the file rules. Nothing is written, no name taken from
//! an archive ever becomes a path, and only one file's bytes are held at a time.

mod archive;
mod drop_folder;
mod ending;
mod folder;
pub mod magic;
mod names;
mod order;
mod refusal;
mod taken;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::civil::DateTime;
use serde::Serialize;

pub use drop_folder::{DropFolder, Resting};
pub use names::is_named_picture;
pub use refusal::{Refusal, RefusalCode};

use crate::error::Error;
use crate::index;
use magic::{HEAD_BYTES, Kind};

/// Bounds of one intake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest single file, bytes.
    pub max_file_bytes: u64,
    /// Largest sum of all files handed over, bytes.
    pub max_total_bytes: u64,
    /// Largest ratio of a file's size to its compressed size; photos hardly compress.
    pub max_ratio: u64,
    /// Most files.
    pub max_entries: u64,
    /// Deepest folder below the source.
    pub max_depth: usize,
    /// Most archives around an archive that is still opened.
    pub max_nested: usize,
    /// Most bytes of compressed archives within archives held in memory at one time.
    pub max_held_bytes: u64,
    /// Bytes to which any archive may expand, however small it is.
    pub harmless_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_file_bytes: 40 << 20,
            max_total_bytes: 64 << 30,
            max_ratio: 200,
            max_entries: 100_000,
            max_depth: 24,
            max_nested: 3,
            max_held_bytes: 192 << 20,
            harmless_bytes: 256 << 20,
        }
    }
}

/// A picture as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// Folder names and file name joined by `/`, beginning with the source's own name; for showing
    /// and matching, never for opening.
    pub path: String,
    /// The file's bytes, unchanged.
    pub bytes: Vec<u8>,
    /// When the camera says it was taken.
    pub taken_at: Option<DateTime>,
    /// When the file was last changed, as the folder or the archive states it.
    pub changed_at: Option<DateTime>,
}

/// One file of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IntakeItem {
    /// A picture of any format.
    Photo(Photo),
    /// A file that was not taken, and why.
    Refused(Refusal),
    /// A file that systems leave behind, such as Thumbs.db.
    Ignored {
        /// Its display path.
        path: String,
    },
}

impl IntakeItem {
    /// Its display path.
    pub fn path(&self) -> &str {
        match self {
            Self::Photo(photo) => &photo.path,
            Self::Refused(refusal) => &refusal.path,
            Self::Ignored { path } => path,
        }
    }
}

/// What an intake came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct IntakeSummary {
    /// Pictures handed over.
    pub photos: u64,
    /// Files refused.
    pub refused: u64,
    /// Files ignored.
    pub ignored: u64,
    /// Bytes of the pictures.
    pub bytes: u64,
    /// Whether it was cancelled before the end.
    pub cancelled: bool,
}

/// Where photos come from: a folder, a zip archive or a single file.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Its path.
    pub path: &'a Path,
    /// Of a folder, the files that are looked at; all when `None`.
    pub only: Option<&'a HashSet<PathBuf>>,
}

impl<'a, P: AsRef<Path> + ?Sized> From<&'a P> for Source<'a> {
    fn from(path: &'a P) -> Self {
        Self {
            path: path.as_ref(),
            only: None,
        }
    }
}

/// How many items [`walk`] will give for `source`: the fixed total of a progress bar. Stops where it
/// is when `cancel` is set.
///
/// # Errors
/// When the source is missing, unreadable, a broken archive, or holds too many files.
pub fn count<'a>(
    source: impl Into<Source<'a>>,
    limits: &Limits,
    cancel: &AtomicBool,
) -> Result<u64, Error> {
    let mut total = 0;
    list(source, limits, cancel, |_| total += 1)?;
    Ok(total)
}

/// Gives the display path of every item that [`walk`] will give for `source`, in the same order,
/// without reading the files.
///
/// # Errors
/// As [`count`].
pub fn list<'a>(
    source: impl Into<Source<'a>>,
    limits: &Limits,
    cancel: &AtomicBool,
    mut on_path: impl FnMut(&str),
) -> Result<(), Error> {
    go_through(source.into(), limits, cancel, Taker::Paths(&mut on_path)).map(|_| ())
}

/// Gives every file of `source` to `on_item`, in the order of names with copies after the plain name,
/// until the end or until `cancel` is set.
///
/// # Errors
/// When the source as a whole cannot be read; a single file that cannot is an item.
pub fn walk<'a>(
    source: impl Into<Source<'a>>,
    limits: &Limits,
    cancel: &AtomicBool,
    mut on_item: impl FnMut(IntakeItem),
) -> Result<IntakeSummary, Error> {
    go_through(source.into(), limits, cancel, Taker::Items(&mut on_item))
}

/// Gives the bytes of every file that may be an index workbook to `on_table`, with its display path.
///
/// # Errors
/// As [`count`].
pub fn tables<'a>(
    source: impl Into<Source<'a>>,
    limits: &Limits,
    cancel: &AtomicBool,
    mut on_table: impl FnMut(&str, Vec<u8>),
) -> Result<(), Error> {
    go_through(source.into(), limits, cancel, Taker::Tables(&mut on_table)).map(|_| ())
}

fn go_through<'a>(
    source: Source<'a>,
    limits: &Limits,
    cancel: &'a AtomicBool,
    taker: Taker<'a>,
) -> Result<IntakeSummary, Error> {
    let mut intake = Intake {
        limits: *limits,
        cancel,
        summary: IntakeSummary::default(),
        given: 0,
        read_bytes: 0,
        only: source.only,
        taker,
    };
    let source = source.path;
    let name = names::of_path(source);
    match SourceKind::of(source)? {
        SourceKind::Folder => folder::walk(source, &name, &mut intake)?,
        SourceKind::Archive => archive::walk(source, &name, &mut intake)?,
        SourceKind::File => intake.take_file(source, name),
    }
    intake.summary.cancelled = intake.is_cancelled();
    Ok(intake.summary)
}

/// Who is given what: whole items, paths alone, or what may be an index.
enum Taker<'a> {
    Tables(&'a mut dyn FnMut(&str, Vec<u8>)),
    Items(&'a mut dyn FnMut(IntakeItem)),
    Paths(&'a mut dyn FnMut(&str)),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SourceKind {
    Folder,
    Archive,
    File,
}

impl SourceKind {
    fn of(source: &Path) -> Result<Self, Error> {
        let metadata = std::fs::metadata(source).map_err(|error| Error::io(source, error))?;
        if metadata.is_dir() {
            return Ok(Self::Folder);
        }
        if !metadata.is_file() {
            // A pipe or a device would block or never end.
            return Err(Error::no_file(source, &metadata));
        }
        let head = read_head(source)?;
        match magic::sniff(&head) {
            Kind::Zip => Ok(Self::Archive),
            Kind::Rar => Err(not_an_archive(source, "是RAR压缩包")),
            Kind::SevenZip => Err(not_an_archive(source, "是7z压缩包")),
            Kind::Gzip => Err(not_an_archive(source, "是gz压缩包")),
            Kind::OtherArchive => Err(not_an_archive(source, "是zip以外的压缩包")),
            Kind::Empty if names::has_extension(source, "zip") => {
                Err(not_an_archive(source, "是空文件"))
            }
            Kind::Image(_) => Ok(Self::File),
            _ if names::has_extension(source, "zip") => {
                Err(not_an_archive(source, "不是压缩包或已损坏"))
            }
            _ => Ok(Self::File),
        }
    }
}

fn not_an_archive(path: &Path, found: &'static str) -> Error {
    Error::NotAnArchive {
        path: path.to_owned(),
        found,
    }
}

fn read_head(path: &Path) -> Result<Vec<u8>, Error> {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    File::open(path)
        .and_then(|file| file.take(HEAD_BYTES as u64).read_to_end(&mut head))
        .map_err(|error| Error::io(path, error))?;
    Ok(head)
}

/// The state of one walk.
struct Intake<'a> {
    limits: Limits,
    cancel: &'a AtomicBool,
    summary: IntakeSummary,
    /// Items or paths given.
    given: u64,
    /// Bytes read, those of refused files and of archives within archives too.
    read_bytes: u64,
    /// The files of the folder that are looked at; all when `None`.
    only: Option<&'a HashSet<PathBuf>>,
    taker: Taker<'a>,
}

/// What a folder or an archive states of a file. The size is believed only when it is too large.
struct Stated {
    size_bytes: u64,
    compressed_bytes: Option<u64>,
    changed_at: Option<DateTime>,
}

/// Why bytes could not be read whole.
enum ReadStop {
    Refused(RefusalCode),
    Cancelled,
}

impl Intake<'_> {
    fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    fn give(&mut self, item: IntakeItem) {
        match &item {
            IntakeItem::Photo(photo) => {
                self.summary.photos += 1;
                self.summary.bytes += photo.bytes.len() as u64;
            }
            IntakeItem::Refused(_) => self.summary.refused += 1,
            IntakeItem::Ignored { .. } => self.summary.ignored += 1,
        }
        self.given += 1;
        match &mut self.taker {
            Taker::Items(on_item) => on_item(item),
            Taker::Paths(on_path) => on_path(item.path()),
            Taker::Tables(_) => {}
        }
    }

    /// Whether nobody asks what is in the file; its path is given where paths are asked for.
    fn passes_over(&mut self, display: &str) -> bool {
        match &mut self.taker {
            Taker::Items(_) => return false,
            Taker::Tables(_) if index::may_be_index(display) => return false,
            Taker::Tables(_) => {}
            Taker::Paths(on_path) => on_path(display),
        }
        self.given += 1;
        true
    }

    /// Whether the file of the folder is asked for.
    fn wants(&self, path: &Path) -> bool {
        self.only.is_none_or(|only| only.contains(path))
    }

    /// Fails when no further file of the source at `path` may be given.
    fn bound_entries(&self, path: &Path) -> Result<(), Error> {
        if self.given < self.limits.max_entries {
            return Ok(());
        }
        Err(Error::TooManyEntries {
            path: path.to_owned(),
            count: self.given + 1,
            max: self.limits.max_entries,
        })
    }

    fn refuse(&mut self, path: String, code: RefusalCode) {
        self.give(IntakeItem::Refused(Refusal::new(path, code)));
    }

    /// Gives the file at `path` as the item `display`.
    fn take_file(&mut self, path: &Path, display: String) {
        if names::is_litter(&display) {
            return self.give(IntakeItem::Ignored { path: display });
        }
        if self.passes_over(&display) {
            return;
        }
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_file() => match File::open(path) {
                Ok(file) => {
                    let stated = Stated {
                        size_bytes: metadata.len(),
                        compressed_bytes: None,
                        changed_at: metadata.modified().ok().and_then(taken::by_file),
                    };
                    self.take(file, display, &stated);
                }
                Err(_) => self.refuse(display, RefusalCode::Unreadable),
            },
            Ok(_) => self.refuse(display, RefusalCode::NotAFile),
            Err(_) => self.refuse(display, RefusalCode::Unreadable),
        }
    }

    /// Reads one file to its end within the limits and gives it.
    fn take(&mut self, reader: impl Read, display: String, stated: &Stated) {
        let largest = self.limits.max_file_bytes;
        if matches!(self.taker, Taker::Tables(_)) {
            self.given += 1;
            if let Ok(bytes) = self.read(reader, stated, largest, false)
                && let Taker::Tables(on_table) = &mut self.taker
            {
                on_table(&display, bytes);
            }
            return;
        }
        match self.read(reader, stated, largest, true) {
            Err(ReadStop::Cancelled) => {}
            Err(ReadStop::Refused(code)) => self.refuse(display, code),
            Ok(bytes) => match refusal::of_head(&bytes) {
                Some(code) => self.refuse(display, code),
                None => self.give(IntakeItem::Photo(Photo {
                    path: display,
                    taken_at: taken::by_camera(&bytes),
                    changed_at: stated.changed_at,
                    bytes,
                })),
            },
        }
    }

    /// Reads an archive within an archive, of at most `largest` bytes.
    fn read_archive(
        &mut self,
        reader: impl Read,
        stated: &Stated,
        largest: u64,
    ) -> Result<Vec<u8>, RefusalCode> {
        let read = self.read(reader, stated, largest, false);
        read.map_err(|stop| match stop {
            ReadStop::Refused(RefusalCode::TooLarge) => RefusalCode::NestedTooLarge,
            ReadStop::Refused(code) => code,
            ReadStop::Cancelled => RefusalCode::Damaged,
        })
    }

    fn read(
        &mut self,
        mut reader: impl Read,
        stated: &Stated,
        largest: u64,
        only_pictures: bool,
    ) -> Result<Vec<u8>, ReadStop> {
        let too_large = ReadStop::Refused(RefusalCode::TooLarge);
        let claimed_bytes = stated.size_bytes;
        let most_by_ratio = stated.compressed_bytes.map_or(u64::MAX, |compressed| {
            compressed
                .saturating_mul(self.limits.max_ratio)
                .max(MINIMUM_RATIO_BYTES)
        });
        if claimed_bytes > largest {
            return Err(too_large);
        }
        if claimed_bytes > most_by_ratio {
            return Err(ReadStop::Refused(RefusalCode::Bomb));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(claimed_bytes).unwrap_or(0));
        let mut chunk_bytes = HEAD_BYTES as u64;
        loop {
            if self.is_cancelled() {
                return Err(ReadStop::Cancelled);
            }
            let before = bytes.len() as u64;
            let read = (&mut reader).take(chunk_bytes).read_to_end(&mut bytes);
            let length = bytes.len() as u64;
            self.read_bytes += length - before;
            let read = read.map_err(|_| ReadStop::Refused(RefusalCode::Damaged))?;
            if length > largest {
                return Err(too_large);
            }
            if length > most_by_ratio {
                return Err(ReadStop::Refused(RefusalCode::Bomb));
            }
            if self.summary.bytes + length > self.limits.max_total_bytes {
                return Err(ReadStop::Refused(RefusalCode::TotalTooLarge));
            }
            if only_pictures
                && chunk_bytes < CHUNK_BYTES
                && let Some(code) = refusal::of_head(&bytes)
            {
                return Err(ReadStop::Refused(code));
            }
            if (read as u64) < chunk_bytes {
                return Ok(bytes);
            }
            chunk_bytes = CHUNK_BYTES;
        }
    }
}

/// Below this size a high ratio is harmless (an icon, a plain bitmap).
const MINIMUM_RATIO_BYTES: u64 = 4 << 20;

/// Bytes read between two looks at the limits and at `cancel`.
const CHUNK_BYTES: u64 = 1 << 20;
