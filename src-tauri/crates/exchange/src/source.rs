//! Reading one file whole, bounded, with the error staff can act on.
//!
//! For the few callers that need a file's bytes as they are (a photo named in a label file, the
//! fingerprint of a workbook). Imports stream through [`crate::intake`] instead.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::error::Error;

/// Largest file read whole: far above any photo or roster.
const MAX_BYTES: u64 = 512 << 20;

/// The bytes of the file at `path`, cut off at 512 MiB.
///
/// # Errors
/// When the file is missing, no file, or cannot be read.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    open_file(path)?
        .take(MAX_BYTES)
        .read_to_end(&mut bytes)
        .map_err(|source| Error::io(path, source))?;
    Ok(bytes)
}

/// Opens a file for reading.
pub(crate) fn open_file(path: &Path) -> Result<File, Error> {
    let metadata = std::fs::metadata(path).map_err(|source| Error::io(path, source))?;
    if !metadata.is_file() {
        // A folder cannot be read, a pipe would block, and a device has no end.
        return Err(Error::no_file(path, &metadata));
    }
    File::open(path).map_err(|source| Error::io(path, source))
}

/// SHA-256 of the file at `path` in hexadecimal, to tell whether it changed between two looks.
///
/// # Errors
/// As [`read_file`].
pub fn fingerprint(path: &Path) -> Result<String, Error> {
    Ok(fingerprint_of(&read_file(path)?))
}

/// SHA-256 of these bytes in hexadecimal.
pub fn fingerprint_of(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// SHA-256 of all that is left to read.
pub(crate) fn read_hash(reader: &mut impl std::io::Read) -> std::io::Result<[u8; 32]> {
    let mut hash = Sha256::new();
    let mut chunk = vec![0_u8; 64 << 10];
    loop {
        let read = reader.read(&mut chunk)?;
        match chunk.get(..read) {
            Some(bytes) if !bytes.is_empty() => hash.update(bytes),
            _ => return Ok(hash.finalize().into()),
        }
    }
}

/// Writes a file that must not exist yet, durable when it answers.
///
/// # Errors
/// When something is there already, or the disk refuses.
pub fn write_new_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    crate::fresh::write_new(path, bytes).map_err(|source| Error::making(path, source))
}

/// Makes the folder at `path` and those above it; one that is there already is no error.
///
/// # Errors
/// When the disk refuses.
pub fn make_folder(path: &Path) -> Result<(), Error> {
    std::fs::create_dir_all(path).map_err(|source| Error::io(path, source))
}

/// Removes the folder at `path` with all it holds: only for folders the station made for itself.
///
/// # Errors
/// When the disk refuses.
pub fn remove_folder(path: &Path) -> Result<(), Error> {
    std::fs::remove_dir_all(path).map_err(|source| Error::io(path, source))
}

/// The path of `name` inside `parent`, numbered when something is there already: a broken-off delivery
/// or an earlier example stays as it is.
pub fn free_folder(parent: &Path, name: &str) -> PathBuf {
    let numbered = (2..).map(|number| parent.join(format!("{name}({number})")));
    let mut paths = std::iter::once(parent.join(name)).chain(numbered);
    paths
        .find(|path| !path.exists())
        .unwrap_or_else(|| parent.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_file_is_refused_before_it_is_opened() {
        let folder = read_file(Path::new("."));
        assert!(matches!(folder, Err(Error::Io { .. })), "{folder:?}");
        let told = folder.map_or_else(|error| error.to_string(), |_| String::new());
        assert!(told.contains("这是文件夹而不是文件"), "{told}");
        #[cfg(unix)]
        assert!(read_file(Path::new("/dev/zero")).is_err());
    }
}
