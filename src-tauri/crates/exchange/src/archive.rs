//! Writing zip archives: entries stored, since JPEGs do not get smaller, with UTF-8 names.
//!
//! Reading archives is [`crate::intake`]'s; encryption and splitting are not here yet.

use std::fs::OpenOptions;
use std::io::{BufWriter, Write};
use std::path::Path;

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::error::Error;

/// Writes a new archive at `path` with one stored entry per `(name, bytes)`, durable on return.
///
/// # Errors
/// When the file exists or cannot be written.
pub fn write_stored(
    path: &Path,
    entries: impl IntoIterator<Item = (String, Vec<u8>)>,
) -> Result<(), Error> {
    let failed = |source| Error::io(path, source);
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(failed)?;
    let mut archive = ZipWriter::new(BufWriter::new(file));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in entries {
        archive
            .start_file(name, options)
            .map_err(|error| failed(error.into()))?;
        archive.write_all(&bytes).map_err(failed)?;
    }
    let buffered = archive.finish().map_err(|error| failed(error.into()))?;
    let file = buffered
        .into_inner()
        .map_err(|error| failed(error.into_error()))?;
    file.sync_all().map_err(failed)
}
