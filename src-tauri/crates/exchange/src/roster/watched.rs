//! The bytes of a zipped workbook, which notice when a second sheet is read from where one was read already.
//!
//! The guard weighs every part once. A small file may have many sheets that all lead to one part of the largest size, and each
//! would be decompressed anew. How a reader finds the part of a sheet is its own matter; where it then reads is seen here,
//! by whichever name.

use std::cell::RefCell;
use std::collections::HashSet;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::rc::Rc;

/// A workbook's bytes, for its reader.
pub(super) struct Watched<'a> {
    bytes: Cursor<&'a [u8]>,
    places: Places,
}

/// Where sheets were read: the reader has the bytes, whoever asks for sheets one after another keeps this.
#[derive(Clone, Default)]
pub(super) struct Places(Rc<RefCell<Sought>>);

#[derive(Default)]
struct Sought {
    /// By the sheets before.
    before: HashSet<u64>,
    /// By the sheet at hand; nothing is noted outside of sheets.
    now: Option<HashSet<u64>>,
    is_shared: bool,
}

impl<'a> Watched<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> (Self, Places) {
        let places = Places::default();
        let watched = Self {
            bytes: Cursor::new(bytes),
            places: places.clone(),
        };
        (watched, places)
    }
}

impl Places {
    /// The sheets are read from the first on.
    pub(super) fn restart(&self) {
        *self.0.borrow_mut() = Sought::default();
    }

    /// Runs `read` on one sheet. `None` where the sheet lies where another did: it was not read.
    pub(super) fn of_sheet<T>(&self, read: impl FnOnce() -> T) -> Option<T> {
        self.0.borrow_mut().now = Some(HashSet::new());
        let done = read();
        let mut sought = self.0.borrow_mut();
        let now = sought.now.take().unwrap_or_default();
        sought.before.extend(now);
        (!sought.is_shared).then_some(done)
    }

    /// Notes where the reader goes; fails where another sheet was read.
    fn note(&self, to: u64) -> io::Result<()> {
        let mut sought = self.0.borrow_mut();
        let Sought {
            before,
            now: Some(now),
            is_shared,
        } = &mut *sought
        else {
            return Ok(());
        };
        if before.contains(&to) {
            *is_shared = true;
            return Err(io::Error::other("a part of two sheets"));
        }
        now.insert(to);
        Ok(())
    }
}

impl Read for Watched<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        self.bytes.read(room)
    }
}

impl Seek for Watched<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        if let SeekFrom::Start(to) = to {
            self.places.note(to)?;
        }
        self.bytes.seek(to)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn one_sheet_may_go_back_and_another_may_not_go_where_it_was() {
        let (mut watched, places) = Watched::new(b"0123456789");
        let mut at = |to| watched.seek(SeekFrom::Start(to)).is_ok();
        assert!(at(4), "before any sheet");
        assert_eq!(places.of_sheet(|| at(4) && at(6) && at(4)), Some(true));
        assert!(at(6), "between sheets");
        assert_eq!(places.of_sheet(|| at(8)), Some(true));
        assert_eq!(places.of_sheet(|| at(6)), None);
        places.restart();
        assert_eq!(places.of_sheet(|| at(6)), Some(true));
    }
}
