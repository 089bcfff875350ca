//! The archive of a round (归档包): one zip that is to be read years later, by whatever reads zip files then.
//!
//! Its format is told in `ARCHIVE-FORMAT.md`, and in Chinese by the `README.txt` that it begins with, which is never
//! encrypted. Its last entry, `SHA256SUMS.txt`, has the SHA-256 of every other entry and, in its last line, of its own
//! lines above. Entries have plain ASCII names that tell nobody's name. What stands in the entries is the caller's.

mod headers;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::{BufReader, Read, Seek};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use zip::read::ZipFile;
use zip::{CompressionMethod, ZipArchive};

use zhaoshen_model::PhotoHash;

use crate::archive::NewArchive;
use crate::delivery::LastName;
use crate::delivery::target::sync_folder;
use crate::error::Error;
use crate::fresh;
use crate::source::{open_file, read_file, read_hash};

/// The entry that tells what the archive is.
pub const README: &str = "README.txt";
/// The entry with the SHA-256 of all others.
pub const SUMS: &str = "SHA256SUMS.txt";
/// Before the SHA-256 of the list itself; programs that check such lists pass over a line that begins so.
const OWN: &str = "# self ";
/// Most bytes of a list of sums that are read: 200,000 entries.
const SUMS_MOST: u64 = 64 << 20;

/// An archive being written. Dropped before it is finished, it disappears.
pub struct RoundArchive {
    path: PathBuf,
    archive: NewArchive,
    sums: String,
    entries: u64,
}

/// An archive that is whole and has no name yet. Dropped before it is published, it disappears.
pub struct ReadyArchive {
    /// `None` once it is published.
    archive: Option<NewArchive>,
    /// The file with its SHA-256, under a temporary name.
    sums: PathBuf,
    line_sha256: [u8; 32],
    written: WrittenArchive,
}

/// An archive that was written and read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenArchive {
    /// Where.
    pub path: PathBuf,
    /// SHA-256 of the file, 64 hexadecimal digits; also in the file beside it that ends in `.sha256`.
    pub sha256: String,
    /// Its size.
    pub size_bytes: u64,
    /// Entries in it, the list included.
    pub entries: u64,
}

/// What was found when an archive was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedArchive {
    /// SHA-256 of the file.
    pub sha256: String,
    /// Entries in it.
    pub entries: u64,
    /// What is wrong; empty when everything is as it was written.
    pub problems: Vec<ArchiveProblem>,
}

/// Something wrong with an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArchiveProblem {
    /// The file beside it says another SHA-256.
    OtherFile,
    /// It has no list of sums that can be read: it is no archive of this kind, or its end is damaged.
    NoSums,
    /// The list is not what was written.
    SumsChanged,
    /// An entry is not what was written, or cannot be read.
    Changed(String),
    /// An entry of the list is not there.
    Missing(String),
    /// An entry is not in the list.
    Unlisted(String),
    /// What the zip file says of an entry is not what was written.
    HeaderChanged(String),
    /// The zip file's own directory is not what was written, or something lies beside its entries.
    DirectoryChanged,
}

impl RoundArchive {
    /// Begins an archive at `path` with its `readme`; all other entries are encrypted where there is a passphrase.
    ///
    /// # Errors
    /// When something is at the path already, or the folder takes no file.
    pub fn create(path: &Path, passphrase: Option<&str>, readme: &str) -> Result<Self, Error> {
        let mut new = Self {
            path: path.to_owned(),
            archive: NewArchive::create(path, passphrase)?,
            sums: String::new(),
            entries: 0,
        };
        // What Windows' Editor breaks lines at.
        let readme = readme.replace('\n', "\r\n");
        let hash = new.archive.put_open(README, readme.as_bytes())?;
        new.note(README, hash);
        Ok(new)
    }

    /// Adds an entry.
    ///
    /// # Errors
    /// When the disk refuses, or a second entry has the name.
    pub fn put(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let hash = self.archive.put(name, bytes)?;
        self.note(name, hash);
        Ok(())
    }

    fn note(&mut self, name: &str, hash: [u8; 32]) {
        self.entries += 1;
        // Writing to a String cannot fail.
        let _ = writeln!(self.sums, "{}  {name}", hex::encode(hash));
    }

    /// Adds the list of sums and reads every entry back. The archive, and the file beside it with its SHA-256, get their
    /// names by [`ReadyArchive::publish`].
    ///
    /// # Errors
    /// When the disk refuses; [`Error::ReadBackDiffers`] when an entry is not what was put. Nothing is left behind then.
    pub fn finish(mut self) -> Result<ReadyArchive, Error> {
        let own = hex::encode(Sha256::digest(&self.sums));
        let sums = format!("{}{OWN}{own}\n", self.sums);
        self.archive.put(SUMS, sums.as_bytes())?;
        let sha256 = hex::encode(self.archive.complete()?);
        let size_bytes = self.archive.size()?;
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let line = format!("{sha256}  {name}\n");
        let beside = beside(&self.path);
        if beside.symlink_metadata().is_ok() {
            return Err(Error::AlreadyExists { path: beside });
        }
        let sums = fresh::partial(&beside);
        fresh::write(&sums, line.as_bytes()).map_err(|source| Error::making(&beside, source))?;
        Ok(ReadyArchive {
            line_sha256: Sha256::digest(&line).into(),
            archive: Some(self.archive),
            sums,
            written: WrittenArchive {
                path: self.path,
                sha256,
                size_bytes,
                entries: self.entries + 1,
            },
        })
    }
}

impl ReadyArchive {
    /// What was written.
    pub const fn written(&self) -> &WrittenArchive {
        &self.written
    }

    /// The names that the archive and the file beside it get, in their folder.
    ///
    /// # Errors
    /// [`Error::ChangedMeanwhile`], [`Error::AlreadyExists`] where the archive is not to get its name.
    pub fn names(&self) -> Result<Vec<LastName>, Error> {
        let Some(archive) = &self.archive else {
            return Ok(Vec::new());
        };
        archive.check_unnamed()?;
        let sha256 = archive.complete_hash();
        let of = |path: &Path, sha256| LastName {
            name: path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            sha256: PhotoHash(sha256),
        };
        // The sum first: an archive that has its name has its sum beside it.
        Ok(vec![
            of(&beside(&self.written.path), self.line_sha256),
            of(&self.written.path, sha256),
        ])
    }

    /// Gives the archive and its sum their names.
    ///
    /// # Errors
    /// When a name was taken by now or the disk refuses. Nothing is taken away then: what has no name yet waits for
    /// [`crate::delivery::give_last_names`].
    pub fn publish(mut self) -> Result<WrittenArchive, Error> {
        let beside = beside(&self.written.path);
        let named = fresh::name(&self.sums, &beside);
        if let Some(archive) = self.archive.take() {
            if let Err(error) = named {
                archive.leave();
                return Err(Error::io(&beside, error));
            }
            archive.publish(true)?;
        }
        if let Some(folder) = self.written.path.parent() {
            sync_folder(folder)?;
        }
        Ok(self.written.clone())
    }
}

impl Drop for ReadyArchive {
    fn drop(&mut self) {
        if self.archive.take().is_some() {
            // It is not to be; that removing fails too adds nothing.
            let _ = std::fs::remove_file(&self.sums);
        }
    }
}

/// Reads an archive whole and holds it to its list of sums, its headers to each other, and the file to the SHA-256 beside it
/// where there is one.
///
/// # Errors
/// When it cannot be read or is no zip file; [`Error::WrongPassphrase`] when it does not open with the passphrase.
pub fn verify(path: &Path, passphrase: Option<&str>) -> Result<CheckedArchive, Error> {
    let (sha256, size) = file_hash(path)?;
    let mut problems = Vec::new();
    if let Ok(said) = read_file(&beside(path))
        && !said.starts_with(sha256.as_bytes())
    {
        problems.push(ArchiveProblem::OtherFile);
    }
    let file = open_file(path)?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| Error::BrokenArchive {
        path: path.to_owned(),
    })?;
    let entries = archive.len() as u64;
    match read_sums(&mut archive, path, passphrase)? {
        None => problems.push(ArchiveProblem::NoSums),
        Some(text) => compare(&mut archive, passphrase, (&text, size), &mut problems),
    }
    let mut file = archive.into_inner();
    let found = headers::problems(&mut file).map_err(|source| Error::io(path, source))?;
    problems.extend(found);
    Ok(CheckedArchive {
        sha256,
        entries,
        problems,
    })
}

/// The bytes of an entry, at most `most` of them; `None` where there is none or it cannot be read.
pub fn read_entry(path: &Path, passphrase: Option<&str>, name: &str, most: u64) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(BufReader::new(open_file(path).ok()?)).ok()?;
    let at = archive.index_for_name(name)?;
    let mut bytes = Vec::new();
    let entry = opened(&mut archive, at, passphrase).ok()?;
    entry.take(most).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// The list of sums; `None` when there is none or it is damaged.
fn read_sums(
    archive: &mut ZipArchive<impl Read + Seek>,
    path: &Path,
    passphrase: Option<&str>,
) -> Result<Option<String>, Error> {
    let Some(at) = archive.index_for_name(SUMS) else {
        return Ok(None);
    };
    let is_encrypted = archive.by_index_raw(at).is_ok_and(|raw| raw.encrypted());
    if is_encrypted && passphrase.is_none() {
        return Err(Error::WrongPassphrase {
            path: path.to_owned(),
        });
    }
    let Ok(entry) = opened(archive, at, passphrase) else {
        return match is_encrypted {
            true => Err(Error::WrongPassphrase {
                path: path.to_owned(),
            }),
            false => Ok(None),
        };
    };
    let mut text = String::new();
    let read = entry.take(SUMS_MOST).read_to_string(&mut text);
    Ok(read.is_ok().then_some(text))
}

fn compare(
    archive: &mut ZipArchive<impl Read + Seek>,
    passphrase: Option<&str>,
    (text, size): (&str, u64),
    problems: &mut Vec<ArchiveProblem>,
) {
    let mut left = size;
    let (lines, own) = text.rsplit_once(OWN).unwrap_or((text, ""));
    if hex::encode(Sha256::digest(lines)) != own.trim_end() {
        problems.push(ArchiveProblem::SumsChanged);
    }
    let listed = lines.lines().filter_map(|line| line.split_once("  "));
    let mut listed: BTreeMap<&str, &str> = listed.map(|(hash, name)| (name, hash)).collect();
    for at in 0..archive.len() {
        let name = match archive.name_for_index(at) {
            Some(Ok(name)) => name.into_owned(),
            _ => continue,
        };
        if name == SUMS {
            continue;
        }
        let Some(hash) = listed.remove(name.as_str()) else {
            problems.push(ArchiveProblem::Unlisted(name));
            continue;
        };
        let read = take_stored(archive, at, &mut left).and_then(|()| {
            let mut entry = opened(archive, at, passphrase).ok()?;
            read_hash(&mut entry).ok()
        });
        if read.is_none_or(|read| hex::encode(read) != hash) {
            problems.push(ArchiveProblem::Changed(name));
        }
    }
    let missing = listed.into_keys().map(str::to_owned);
    problems.extend(missing.map(ArchiveProblem::Missing));
}

/// Takes the bytes of an entry off those of the file that are `left`. `None` where it cannot be as it was written: it is
/// compressed, or lies over another; reading such ones has no bound.
fn take_stored(
    archive: &mut ZipArchive<impl Read + Seek>,
    at: usize,
    left: &mut u64,
) -> Option<()> {
    let raw = archive.by_index_raw(at).ok()?;
    if raw.compression() != CompressionMethod::Stored {
        return None;
    }
    *left = left.checked_sub(raw.compressed_size())?;
    Some(())
}

fn opened<'a, R: Read + Seek>(
    archive: &'a mut ZipArchive<R>,
    at: usize,
    passphrase: Option<&str>,
) -> zip::result::ZipResult<ZipFile<'a, R>> {
    match passphrase {
        Some(passphrase) => archive.by_index_decrypt(at, passphrase.as_bytes()),
        None => archive.by_index(at),
    }
}

/// SHA-256 of a file, hexadecimal, and its size in bytes.
fn file_hash(path: &Path) -> Result<(String, u64), Error> {
    let failed = |source| Error::io(path, source);
    let file = open_file(path)?;
    let size = file.metadata().map_err(failed)?.len();
    let hash = read_hash(&mut BufReader::new(file)).map_err(failed)?;
    Ok((hex::encode(hash), size))
}

/// Whether an archive may be written at `path`: neither it nor the file beside it is there.
pub fn is_free(path: &Path) -> bool {
    let names = [path.to_owned(), beside(path)];
    let mut names = names
        .iter()
        .flat_map(|path| [path.clone(), fresh::partial(path)]);
    names.all(|path| path.symlink_metadata().is_err())
}

/// The file beside an archive that has its SHA-256.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".sha256");
    PathBuf::from(name)
}

#[cfg(test)]
mod tests;
