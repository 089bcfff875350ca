//! The roster that was previewed last, so that importing it, or saving its refused rows, reads nothing a second time.
//!
//! It is held in memory only, one at a time, and goes with the import. That the file is still what was previewed is
//! asked of its digest, not of this.

use std::sync::{Arc, Mutex, MutexGuard};

use jiff::Zoned;
use jiff::civil::Date;
use zhaoshen_exchange::roster::RosterTable;

use crate::job::lock;

/// The roster of the last preview.
#[derive(Debug, Default)]
pub(crate) struct ShownRoster(Mutex<Option<Shown>>);

#[derive(Debug)]
struct Shown {
    digest: String,
    /// The file's name, which refused rows and the log tell.
    file: String,
    /// When it was read: ages and terms are judged by it.
    day: Date,
    table: Arc<RosterTable>,
}

impl ShownRoster {
    /// Holds what was read of the file called `file`, and lets go of what was held.
    pub(crate) fn keep(&self, digest: String, file: &str, table: Arc<RosterTable>) {
        *self.slot() = Some(Shown {
            digest,
            file: file.to_owned(),
            day: Zoned::now().date(),
            table,
        });
    }

    /// The roster with this digest of a file of this name, if it is the one held and was read today.
    pub(crate) fn get(&self, digest: &str, file: &str) -> Option<Arc<RosterTable>> {
        let today = Zoned::now().date();
        self.slot()
            .as_ref()
            .filter(|shown| shown.digest == digest && shown.file == file && shown.day == today)
            .map(|shown| Arc::clone(&shown.table))
    }

    /// Lets go of what is held.
    pub(crate) fn forget(&self) {
        *self.slot() = None;
    }

    fn slot(&self) -> MutexGuard<'_, Option<Shown>> {
        lock(&self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use zhaoshen_exchange::roster::read_roster_pasted;

    use super::*;

    fn table() -> Arc<RosterTable> {
        Arc::new(read_roster_pasted("学号\t姓名\n1\t张三\n").unwrap())
    }

    #[test]
    fn only_the_last_one_is_held_and_only_for_its_digest_and_name() {
        let shown = ShownRoster::default();
        assert!(shown.get("a", "名单.xlsx").is_none());
        let (first, second) = (table(), table());
        shown.keep("a".to_owned(), "名单.xlsx", Arc::clone(&first));
        assert!(Arc::ptr_eq(&shown.get("a", "名单.xlsx").unwrap(), &first));
        assert!(shown.get("b", "名单.xlsx").is_none());
        assert!(shown.get("a", "别的.xlsx").is_none());
        shown.keep("b".to_owned(), "名单.xlsx", second);
        assert!(shown.get("a", "名单.xlsx").is_none());
        shown.forget();
        assert!(shown.get("b", "名单.xlsx").is_none());
    }

    #[test]
    fn one_of_another_day_is_read_anew() {
        let shown = ShownRoster::default();
        shown.keep("a".to_owned(), "名单.xlsx", table());
        let mut slot = shown.slot();
        let held = slot.as_mut().unwrap();
        held.day = held.day.yesterday().unwrap();
        drop(slot);
        assert!(shown.get("a", "名单.xlsx").is_none());
    }
}
