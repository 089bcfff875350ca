//! Writing zip archives: entries stored, since JPEGs do not get smaller, with UTF-8 names; encrypted with AES-256 (WinZip's
//! AE-1, for which readers check a CRC too; AE-2 below 20 bytes) where a passphrase is given, and read back before they
//! get their name.
//!
//! Reading archives that come from outside is [`crate::intake`]'s.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sha2::{Digest, Sha256};
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{AesMode, CompressionMethod, DateTime, ZipArchive};

use crate::error::Error;
use crate::fresh::{self, Seen};
use crate::source::read_hash;

/// Bytes from which on an entry needs the wider fields of the format; a little below 4 GiB.
const LARGE: u64 = 0xF000_0000;

/// Writes a new archive at `path` with one stored entry per `(name, bytes)`, durable on return.
///
/// # Errors
/// When the file exists or cannot be written.
pub fn write_stored(
    path: &Path,
    entries: impl IntoIterator<Item = (String, Vec<u8>)>,
) -> Result<(), Error> {
    let mut archive = NewArchive::create(path, None)?;
    for (name, bytes) in entries {
        archive.put(&name, &bytes)?;
    }
    archive.finish()
}

/// An archive that is being written under a temporary name. Dropped before it is finished, it disappears.
pub(crate) struct NewArchive {
    path: PathBuf,
    partial: PathBuf,
    /// `None` once it is complete.
    writer: Option<ZipWriter<BufWriter<Sink>>>,
    /// Set once nothing can come of it: what the writer still wants to write goes nowhere.
    given_up: Arc<AtomicBool>,
    passphrase: Option<String>,
    /// Names and SHA-256 of the entries, in their order.
    entries: Vec<(String, [u8; 32])>,
    /// The whole of it as it was read back.
    seen: Option<Seen>,
    is_published: bool,
}

impl NewArchive {
    /// Begins an archive that will be `path`, encrypted where there is a passphrase.
    ///
    /// # Errors
    /// When something is at the path already, or the folder takes no file.
    pub(crate) fn create(path: &Path, passphrase: Option<&str>) -> Result<Self, Error> {
        if path.symlink_metadata().is_ok() {
            return Err(Error::AlreadyExists {
                path: path.to_owned(),
            });
        }
        let partial = fresh::partial(path);
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&partial)
            .map_err(|source| Error::making(path, source))?;
        Ok(Self::over(file, path, partial, passphrase))
    }

    fn over(file: File, path: &Path, partial: PathBuf, passphrase: Option<&str>) -> Self {
        let given_up = Arc::new(AtomicBool::new(false));
        let sink = Sink {
            file,
            given_up: Arc::clone(&given_up),
        };
        Self {
            path: path.to_owned(),
            partial,
            writer: Some(ZipWriter::new(BufWriter::new(sink))),
            given_up,
            passphrase: passphrase.map(str::to_owned),
            entries: Vec::new(),
            seen: None,
            is_published: false,
        }
    }

    /// Adds an entry; its SHA-256.
    ///
    /// # Errors
    /// When the disk refuses, or a second entry has the name.
    pub(crate) fn put(&mut self, name: &str, bytes: &[u8]) -> Result<[u8; 32], Error> {
        self.put_from(name, &mut &bytes[..], bytes.len() as u64)
    }

    /// Adds an entry that is read without the passphrase; its SHA-256.
    ///
    /// # Errors
    /// As [`Self::put`].
    pub(crate) fn put_open(&mut self, name: &str, bytes: &[u8]) -> Result<[u8; 32], Error> {
        self.put_under(name, &mut &bytes[..], bytes.len() as u64, None)
    }

    /// Adds an entry of about `length` bytes, piece by piece; its SHA-256.
    ///
    /// # Errors
    /// As [`Self::put`]; when the reader fails.
    pub(crate) fn put_from(
        &mut self,
        name: &str,
        from: &mut dyn Read,
        length: u64,
    ) -> Result<[u8; 32], Error> {
        let passphrase = self.passphrase.clone();
        self.put_under(name, from, length, passphrase.as_deref())
    }

    fn put_under(
        &mut self,
        name: &str,
        from: &mut dyn Read,
        length: u64,
        passphrase: Option<&str>,
    ) -> Result<[u8; 32], Error> {
        let failed = |source| Error::io(&self.path, source);
        let stored = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            // The same entries make the same archive, whenever it is written.
            .last_modified_time(DateTime::default())
            .large_file(length >= LARGE);
        let options = match passphrase {
            Some(passphrase) => stored.with_aes_encryption(AesMode::Aes256, passphrase),
            None => stored,
        };
        let mut hash = Sha256::new();
        if let Some(writer) = &mut self.writer {
            writer
                .start_file(name, options)
                .map_err(|error| failed(error.into()))?;
            let mut chunk = vec![0_u8; 256 << 10];
            loop {
                let read = from.read(&mut chunk).map_err(failed)?;
                let Some(bytes) = chunk.get(..read).filter(|bytes| !bytes.is_empty()) else {
                    break;
                };
                hash.update(bytes);
                writer.write_all(bytes).map_err(failed)?;
            }
        }
        let hash: [u8; 32] = hash.finalize().into();
        self.entries.push((name.to_owned(), hash));
        Ok(hash)
    }

    /// Makes the archive durable, reads every entry back and gives the archive its name.
    ///
    /// # Errors
    /// When the disk refuses; [`Error::ReadBackDiffers`] when an entry is not what was put. Nothing is left behind then.
    pub(crate) fn finish(mut self) -> Result<(), Error> {
        self.read_back(&mut |_| true)?;
        self.publish(false)
    }

    /// Makes the archive durable and reads every entry back; its SHA-256 as it lies on the disk. It has its name only after
    /// [`Self::publish`].
    ///
    /// # Errors
    /// As [`Self::finish`].
    pub(crate) fn complete(&mut self) -> Result<[u8; 32], Error> {
        self.read_back(&mut |_| true)?;
        let seen = Seen::read(&self.partial).map_err(|source| Error::io(&self.path, source))?;
        let sha256 = seen.sha256;
        self.seen = Some(seen);
        Ok(sha256)
    }

    /// Holds a completed archive to what was read back, and its name to be free still.
    ///
    /// # Errors
    /// [`Error::ChangedMeanwhile`], [`Error::AlreadyExists`].
    pub(crate) fn check_unnamed(&self) -> Result<(), Error> {
        if let Some(seen) = &self.seen {
            seen.holds(&self.partial)?;
        }
        match self.path.symlink_metadata() {
            Err(_) => Ok(()),
            Ok(_) => Err(Error::AlreadyExists {
                path: self.path.clone(),
            }),
        }
    }

    /// SHA-256 of a completed archive.
    pub(crate) fn complete_hash(&self) -> [u8; 32] {
        self.seen.as_ref().map_or([0; 32], |seen| seen.sha256)
    }

    /// Size of a completed archive, bytes.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(crate) fn size(&self) -> Result<u64, Error> {
        let metadata = self.partial.symlink_metadata();
        let metadata = metadata.map_err(|source| Error::io(&self.path, source))?;
        Ok(metadata.len())
    }

    /// Gives a completed archive its name, which nothing may have. One that did not get it stays under its temporary one
    /// where `stays`.
    ///
    /// # Errors
    /// [`Error::AlreadyExists`]; when the disk refuses.
    pub(crate) fn publish(mut self, stays: bool) -> Result<(), Error> {
        let named = fresh::name(&self.partial, &self.path);
        self.is_published = stays || named.is_ok();
        named.map_err(|source| Error::io(&self.path, source))
    }

    /// Leaves a completed archive under its temporary name.
    pub(crate) fn leave(mut self) {
        self.is_published = true;
    }

    /// Makes the archive durable and reads every entry back; `go_on` hears how many were, and says whether to go on.
    ///
    /// # Errors
    /// As [`Self::finish`]; [`Error::Cancelled`] when it was not to go on.
    pub(crate) fn read_back(&mut self, go_on: &mut impl FnMut(usize) -> bool) -> Result<(), Error> {
        let path = self.path.clone();
        let failed = |source| Error::io(&path, source);
        if let Some(writer) = self.writer.take() {
            let buffered = writer.finish().map_err(|error| failed(error.into()))?;
            let sink = buffered
                .into_inner()
                .map_err(|error| failed(error.into_error()))?;
            sink.file.sync_all().map_err(failed)?;
        }
        self.check(go_on)
    }

    fn check(&self, go_on: &mut impl FnMut(usize) -> bool) -> Result<(), Error> {
        let failed = |source| Error::io(&self.path, source);
        let file = BufReader::new(File::open(&self.partial).map_err(failed)?);
        let mut archive = ZipArchive::new(file).map_err(|error| failed(error.into()))?;
        for (at, (name, hash)) in self.entries.iter().enumerate() {
            if !go_on(at) {
                return Err(Error::Cancelled);
            }
            let entry = match &self.passphrase {
                Some(passphrase) => archive.by_index_decrypt(at, passphrase.as_bytes()),
                None => archive.by_index(at),
            };
            let mut entry = entry.map_err(|error| failed(error.into()))?;
            let named = entry.name().is_ok_and(|found| found == name.as_str());
            let same = named && read_hash(&mut entry).map_err(failed)? == *hash;
            if !same {
                return Err(Error::ReadBackDiffers {
                    path: self.path.join(name),
                });
            }
        }
        Ok(())
    }
}

impl Drop for NewArchive {
    fn drop(&mut self) {
        if !self.is_published {
            self.given_up.store(true, Ordering::Relaxed);
            self.writer = None;
            // The delivery has failed or was cancelled; that removing fails too adds nothing.
            let _ = fs::remove_file(&self.partial);
        }
    }
}

/// The file of an archive. After the first failure it takes everything and writes nothing: the library ends an archive that
/// is dropped, and would tell the terminal, in English, that the disk refuses that too.
struct Sink {
    file: File,
    given_up: Arc<AtomicBool>,
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.given_up.load(Ordering::Relaxed) {
            return Ok(bytes.len());
        }
        let written = self.file.write(bytes);
        let passing = |error: &io::Error| error.kind() == io::ErrorKind::Interrupted;
        if written.as_ref().is_err_and(|error| !passing(error)) {
            self.given_up.store(true, Ordering::Relaxed);
        }
        written
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Sink {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

#[cfg(test)]
mod another_reader;
#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn entry(path: &Path, name: &str, passphrase: Option<&str>) -> Option<Vec<u8>> {
        let mut archive = ZipArchive::new(File::open(path).unwrap()).unwrap();
        let opened = match passphrase {
            Some(passphrase) => archive.by_name_decrypt(name, passphrase.as_bytes()),
            None => archive.by_name(name),
        };
        let mut bytes = Vec::new();
        opened.ok()?.read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    #[test]
    fn an_encrypted_archive_opens_with_its_passphrase_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("照片.zip");
        let mut archive = NewArchive::create(&path, Some("四海-2026")).unwrap();
        archive.put("经济学院/2021001.jpg", b"a photo").unwrap();
        archive.put("交付清单.xlsx", b"a table").unwrap();
        archive.finish().unwrap();
        let of = |passphrase| entry(&path, "经济学院/2021001.jpg", passphrase);
        assert_eq!(of(Some("四海-2026")).unwrap(), b"a photo");
        assert_eq!(of(Some("四海-2027")), None);
        assert_eq!(of(None), None);
        let bytes = fs::read(&path).unwrap();
        assert!(!bytes.windows(7).any(|window| window == b"a photo"));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_told_once_and_in_chinese() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("照片.zip");
        // This device answers every write as a full disk does.
        let full = || File::options().write(true).open("/dev/full").unwrap();
        let partial = folder.path().join("照片.zip.part");
        for large in [true, false] {
            let mut archive = NewArchive::over(full(), &path, partial.clone(), None);
            let photo = vec![1; if large { 1 << 20 } else { 10 }];
            let told = match archive.put("1.jpg", &photo) {
                Err(error) => error,
                Ok(_) => archive.complete().unwrap_err(),
            };
            assert!(matches!(&told, Error::DiskFull { path } if path.ends_with("照片.zip")));
            let text = told.to_string();
            assert!(text.contains("已满") && text.contains("清出空间"), "{text}");
        }
        let mut sink = Sink {
            file: full(),
            given_up: Arc::default(),
        };
        assert!(sink.write_all(b"1").is_err());
        assert!(sink.write_all(b"2").is_ok(), "told a second time");
    }

    #[test]
    fn nothing_is_overwritten_and_nothing_half_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("照片.zip");
        let mut dropped = NewArchive::create(&path, None).unwrap();
        dropped.put("1.jpg", b"1").unwrap();
        assert!(dropped.put("1.jpg", b"2").is_err());
        drop(dropped);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        write_stored(&path, [("1.jpg".to_owned(), b"1".to_vec())]).unwrap();
        assert!(matches!(
            NewArchive::create(&path, None),
            Err(Error::AlreadyExists { .. })
        ));
        assert_eq!(entry(&path, "1.jpg", None).unwrap(), b"1");
    }

    #[test]
    fn what_another_program_put_there_meanwhile_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("照片.zip");
        let mut archive = NewArchive::create(&path, None).unwrap();
        archive.put("1.jpg", b"1").unwrap();
        archive.complete().unwrap();
        archive.check_unnamed().unwrap();
        fs::write(&path, b"theirs").unwrap();
        for told in [archive.check_unnamed(), archive.publish(false)] {
            assert!(matches!(told, Err(Error::AlreadyExists { .. })), "{told:?}");
        }
        assert_eq!(fs::read(&path).unwrap(), b"theirs");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
