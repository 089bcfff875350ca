//! New files, durable when written and never over old ones.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Writes a file that must not exist; a failed one is removed.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .inspect_err(|_| {
            // The error tells of the disk; that removing failed too adds nothing.
            let _ = fs::remove_file(path);
        })
}
