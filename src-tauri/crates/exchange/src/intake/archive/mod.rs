//! A zip archive, entry by entry, and the zips within it. No name or size that it states is trusted.
//!
//! Archives within archives are opened to a depth, held in memory only when they are compressed and
//! then up to a bound, and everything that one archive expands to counts towards one bound, so that
//! neither a bomb nor an archive that holds itself costs more than the archive is worth.

mod directory;
mod span;

use std::collections::HashSet;
use std::io::Read;
use std::path::Path;

use self::directory::{Archive, Entry, Opened, is_folder};
use self::span::Span;
use super::magic::{self, Kind};
use super::{Intake, IntakeItem, RefusalCode, Stated, names, read_head, refusal, taken};
use crate::error::Error;

/// Most an archive may expand to as a whole, as a multiple of its own size: overlapping entries
/// expand the same bytes many times.
const MAX_WHOLE_RATIO: u64 = 50;

/// Whether the file begins like a zip archive.
pub(super) fn is_archive(path: &Path) -> bool {
    read_head(path).is_ok_and(|head| magic::sniff(&head) == Kind::Zip)
}

/// Gives every file of the archive under the display name `name`.
pub(super) fn walk(path: &Path, name: &str, intake: &mut Intake<'_>) -> Result<(), Error> {
    let span = Span::of_file(path).map_err(|error| Error::io(path, error))?;
    let most_bytes = span.length().saturating_mul(MAX_WHOLE_RATIO);
    let opened = Opened::of(span, path, &intake.limits)?;
    let mut nest = Nest {
        path,
        most_bytes: most_bytes.max(intake.limits.harmless_bytes),
        read_before: intake.read_bytes,
        opened_bytes: 0,
        held_bytes: 0,
        depth: 0,
    };
    nest.walk(opened, name, intake)
}

/// The reason to refuse an archive that cannot be opened among other files.
pub(super) fn refusal_of(error: &Error) -> RefusalCode {
    match error {
        Error::NotAnArchive { .. } => RefusalCode::Document,
        Error::TooManyEntries { .. } => RefusalCode::TooManyFiles,
        _ => RefusalCode::Damaged,
    }
}

/// One archive of the source and the archives within it.
struct Nest<'a> {
    path: &'a Path,
    /// Most the whole may expand to.
    most_bytes: u64,
    read_before: u64,
    /// Bytes of the archives within it that were opened where they lie.
    opened_bytes: u64,
    /// Bytes of those that lie in memory now.
    held_bytes: u64,
    /// Archives around the one being walked.
    depth: usize,
}

impl Nest<'_> {
    fn walk(
        &mut self,
        mut opened: Opened,
        name: &str,
        intake: &mut Intake<'_>,
    ) -> Result<(), Error> {
        // Which of several of one name is meant nobody can say: none is taken.
        let repeated = opened.repeated(self.path)?;
        let twice: HashSet<&[u8]> = repeated.iter().map(Vec::as_slice).collect();
        let named = opened.archive.file_names_raw().enumerate();
        let passed_over: HashSet<usize> = named
            .filter(|(_, raw)| twice.contains(raw))
            .map(|(index, _)| index)
            .collect();
        for (index, raw) in opened.in_order() {
            if intake.is_cancelled() {
                return Ok(());
            }
            intake.bound_entries(self.path)?;
            if !passed_over.contains(&index) {
                self.take_entry(&mut opened, (index, raw.as_slice()), name, intake)?;
            }
        }
        for raw in &repeated {
            intake.bound_entries(self.path)?;
            let display = format!("{name}/{}", shown(&names::decode(raw)));
            intake.refuse(display, RefusalCode::DuplicateName);
        }
        Ok(())
    }

    fn take_entry(
        &mut self,
        opened: &mut Opened,
        (index, raw): (usize, &[u8]),
        name: &str,
        intake: &mut Intake<'_>,
    ) -> Result<(), Error> {
        let archive = &mut opened.archive;
        let Some(entry) = archive.by_index_raw(index).ok().map(Entry::of) else {
            let display = format!("{name}/{}", shown(&names::decode(raw)));
            intake.refuse(display, RefusalCode::Damaged);
            return Ok(());
        };
        if is_folder(&entry.raw) {
            return Ok(());
        }
        let decoded = names::decode(&entry.raw);
        let Some(inner) = names::safe_entry(&decoded) else {
            let display = format!("{name}/{}", shown(&decoded));
            intake.refuse(display, RefusalCode::UnsafePath);
            return Ok(());
        };
        let display = format!("{name}/{inner}");
        if names::is_litter(&display) {
            intake.give(IntakeItem::Ignored { path: display });
        } else if let Some(code) = self.refusal(&entry, intake) {
            intake.refuse(display, code);
        } else if names::has_extension(Path::new(&inner), "zip")
            && let Some(kind) = kind_of(archive, index)
            && kind == Kind::Zip
        {
            return self.take_archive(opened, index, &entry, display, intake);
        } else {
            take_file(archive, index, &entry, display, intake);
        }
        Ok(())
    }

    fn refusal(&self, entry: &Entry, intake: &Intake<'_>) -> Option<RefusalCode> {
        let read = intake.read_bytes - self.read_before;
        let expanded = read.saturating_add(self.opened_bytes);
        match () {
            () if entry.is_symlink => Some(RefusalCode::Link),
            () if entry.encrypted => Some(RefusalCode::Encrypted),
            () if !entry.method_known => Some(RefusalCode::UnsupportedCompression),
            () if expanded > self.most_bytes => Some(RefusalCode::Bomb),
            () => None,
        }
    }

    /// Walks the archive that is entry `index` of another.
    fn take_archive(
        &mut self,
        opened: &mut Opened,
        index: usize,
        entry: &Entry,
        display: String,
        intake: &mut Intake<'_>,
    ) -> Result<(), Error> {
        if self.depth >= intake.limits.max_nested {
            intake.refuse(display, RefusalCode::NestedTooDeep);
            return Ok(());
        }
        let (span, held_bytes) = match self.span_of(opened, index, entry, intake) {
            Ok(found) => found,
            Err(code) => {
                intake.refuse(display, code);
                return Ok(());
            }
        };
        let in_place = span.length() - held_bytes;
        self.opened_bytes = self.opened_bytes.saturating_add(in_place);
        match Opened::of(span, self.path, &intake.limits) {
            Err(error) => intake.refuse(display, refusal_of(&error)),
            Ok(inner) => {
                self.held_bytes += held_bytes;
                self.depth += 1;
                let walked = self.walk(inner, &display, intake);
                self.depth -= 1;
                self.held_bytes -= held_bytes;
                walked?;
            }
        }
        Ok(())
    }

    /// Where the archive that is entry `index` lies, and how much memory it takes.
    fn span_of(
        &self,
        opened: &mut Opened,
        index: usize,
        entry: &Entry,
        intake: &mut Intake<'_>,
    ) -> Result<(Span, u64), RefusalCode> {
        if entry.is_stored && entry.size_bytes == entry.compressed_bytes {
            let part = entry
                .data_start
                .and_then(|start| opened.span.part(start, entry.size_bytes));
            return part.map(|span| (span, 0)).ok_or(RefusalCode::Damaged);
        }
        let reader = opened
            .archive
            .by_index(index)
            .map_err(|_| RefusalCode::Damaged)?;
        let most_bytes = intake.limits.max_held_bytes - self.held_bytes;
        let bytes = intake.read_archive(reader, &stated(entry), most_bytes)?;
        let held_bytes = bytes.len() as u64;
        Ok((Span::of_bytes(bytes), held_bytes))
    }
}

fn take_file(
    archive: &mut Archive,
    index: usize,
    entry: &Entry,
    display: String,
    intake: &mut Intake<'_>,
) {
    if intake.passes_over(&display) {
        return;
    }
    match archive.by_index(index) {
        Ok(reader) => intake.take(reader, display, &stated(entry)),
        Err(_) => intake.refuse(display, RefusalCode::Damaged),
    }
}

fn stated(entry: &Entry) -> Stated {
    Stated {
        size_bytes: entry.size_bytes,
        compressed_bytes: Some(entry.compressed_bytes),
        changed_at: entry.changed_at.and_then(taken::by_archive),
    }
}

/// What an entry is by its first bytes; `None` when they cannot be read.
fn kind_of(archive: &mut Archive, index: usize) -> Option<Kind> {
    let mut head = Vec::new();
    let reader = archive.by_index(index).ok()?;
    reader
        .take(magic::HEAD_BYTES as u64)
        .read_to_end(&mut head)
        .ok()?;
    Some(magic::sniff(&head)).filter(|kind| refusal::of_kind(*kind).is_some())
}

/// A name from the archive as it may be shown: without control characters.
fn shown(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_control() { '\u{FFFD}' } else { c })
        .take(200)
        .collect()
}
