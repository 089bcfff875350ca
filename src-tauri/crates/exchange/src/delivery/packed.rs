//! A delivery in archives: one for the whole, or one for each part and one for the account of all.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use super::plan::PlannedFile;
use super::prepared::Unnamed;
use super::target::Target;
use super::write::{DeliveryReport, Progress, Writing, Written, WrittenFile};
use super::{Provider, Verified, WrittenCode};
use crate::archive::NewArchive;
use crate::error::Error;
use zhaoshen_model::PhotoHash;

/// The archive of a delivery that is not divided, its account included.
const WHOLE: &str = "照片.zip";
/// The archive of the account of a delivery in parts.
pub(super) const ACCOUNT: &str = "交付清单.zip";

/// An archive that is being written, and the name it is to get.
type Named = (String, NewArchive);

/// Archives that are complete: their names, their SHA-256 and themselves.
type Completed = Vec<(String, PhotoHash, NewArchive)>;

impl<P, V, N> Writing<'_, P, V, N>
where
    P: Provider,
    V: FnMut(&[u8]) -> Result<Verified, String>,
    N: FnMut(Progress),
{
    /// Writes the archives; the files by serial number, and the archive that holds the account. Names and the account stand
    /// inside: what is beside an encrypted archive tells nobody's name. Named are they all when the delivery is published.
    pub(super) fn write_archives(
        &mut self,
        folder: &Target,
        passphrase: Option<&str>,
    ) -> Result<Written, Error> {
        let (mut files, mut completed, whole) = self.write_parts(folder, passphrase)?;
        files.sort_by_key(|file| file.serial);
        let (name, mut archive) = match whole {
            Some(whole) => whole,
            None => {
                let archive = NewArchive::create(&folder.path(ACCOUNT), passphrase)?;
                (ACCOUNT.to_owned(), archive)
            }
        };
        let account = self.account.files(&files)?;
        for (name, bytes) in &account {
            archive.put(name, bytes)?;
        }
        let workbook = folder.path(&name);
        let sha256 = PhotoHash(archive.complete()?);
        completed.push((name, sha256, archive));
        let archives = completed.iter();
        let archives = archives.map(|(name, sha256, _)| (name.clone(), *sha256));
        let report = DeliveryReport {
            folder: folder.root(),
            workbook,
            files,
            account,
            archives: archives.collect(),
        };
        // No part has its name before all of them are there and in the books: it would be sent.
        let unnamed = completed.into_iter();
        let unnamed = unnamed
            .map(|(name, sha256, archive)| (name, sha256, Unnamed::Archive(Box::new(archive))));
        Ok((report, unnamed.collect()))
    }

    /// Writes the photos: what was written, the archives of the parts, and the one of a delivery that is not divided, which is
    /// to take the account.
    fn write_parts(
        &mut self,
        folder: &Target,
        passphrase: Option<&str>,
    ) -> Result<(Vec<WrittenFile>, Completed, Option<Named>), Error> {
        let mut parts: BTreeMap<&str, Vec<&PlannedFile>> = BTreeMap::new();
        for planned in self.files {
            parts.entry(&planned.part).or_default().push(planned);
        }
        let mut files = Vec::with_capacity(self.files.len());
        let mut completed = Vec::new();
        let mut whole = None;
        for (part, planned) in parts {
            let name = match part {
                "" => WHOLE.to_owned(),
                part => format!("{part}.zip"),
            };
            let mut archive = NewArchive::create(&folder.path(&name), passphrase)?;
            for planned in planned {
                files.push(self.put(folder, planned, &mut archive)?);
                self.tell(files.len());
            }
            match part {
                "" => whole = Some((name, archive)),
                _ => {
                    let sha256 = PhotoHash(archive.complete()?);
                    completed.push((name, sha256, archive));
                }
            }
        }
        Ok((files, completed, whole))
    }

    /// Puts one photo into an archive, and the picture that goes along with it.
    fn put(
        &mut self,
        folder: &Target,
        planned: &PlannedFile,
        archive: &mut NewArchive,
    ) -> Result<WrittenFile, Error> {
        if self.cancel.load(Ordering::Relaxed) {
            return Err(Error::Cancelled);
        }
        let (bytes, mut file) = self.make(folder, planned)?;
        file.sha256 = PhotoHash(archive.put(&planned.file_name, &bytes)?);
        if let Some((name, bytes)) = self.code_of(planned)? {
            let sha256 = PhotoHash(archive.put(&name, &bytes)?);
            file.code = Some(WrittenCode {
                sha256,
                ..WrittenCode::of(name, &bytes)
            });
        }
        Ok(file)
    }
}
