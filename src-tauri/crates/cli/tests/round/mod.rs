//! A workspace with one round and its roster, made as a person at a terminal makes it.

use std::fs;

use crate::said::{BY, zhaoshen};

/// The round, and a folder for the files that are read into it.
pub(crate) struct Round {
    folder: tempfile::TempDir,
}

impl Round {
    /// A round whose roster is this table.
    pub(crate) fn of(roster: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let round = Self { folder };
        let roster = round.write("名单.csv", roster.as_bytes());
        assert_eq!(round.run(&["round", "new", "--name", "批次"]).0, 0);
        assert_eq!(round.run(&["roster", "import", &roster]).0, 0);
        round
    }

    /// Where a file of this name is, or would be.
    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// Writes a file; where it is.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> String {
        fs::write(self.path(name), bytes).unwrap();
        self.path(name)
    }

    /// Exit status and what is said, of a command that somebody signs.
    pub(crate) fn run(&self, arguments: &[&str]) -> (i32, String) {
        zhaoshen(self.path("工作区"), &[&BY[..], arguments].concat(), "")
    }
}
