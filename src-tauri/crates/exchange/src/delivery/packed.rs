//! A delivery in archives: one for the whole, or one for each part and one for the account of all.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use super::plan::PlannedFile;
use super::prepared::Unnamed;
use super::target::Target;
use super::write::{DeliveryReport, Progress, Writing, Written};
use super::{Provider, Verified, WrittenCode};
use crate::archive::NewArchive;
use crate::error::Error;
use zhaoshen_model::PhotoHash;

/// The archive of a delivery that is not divided, its account included.
const WHOLE: &str = "照片.zip";
/// The archive of the account of a delivery in parts.
pub(super) const ACCOUNT: &str = "交付清单.zip";

/// Writes the archives; the files by serial number, and the archive that holds the account. Names and the account stand
/// inside: what is beside an encrypted archive tells nobody's name. Named are they all when the delivery is published.
pub(super) fn write_archives(
    folder: &Target,
    passphrase: Option<&str>,
    writing: &mut Writing<
        '_,
        impl Provider,
        impl FnMut(&[u8]) -> Result<Verified, String>,
        impl FnMut(Progress),
    >,
) -> Result<Written, Error> {
    let mut parts: BTreeMap<&str, Vec<&PlannedFile>> = BTreeMap::new();
    for planned in writing.files {
        parts.entry(&planned.part).or_default().push(planned);
    }
    let mut files = Vec::with_capacity(writing.files.len());
    let mut completed = Vec::new();
    let mut archives = Vec::new();
    let mut whole = None;
    for (part, planned) in parts {
        let name = match part {
            "" => WHOLE.to_owned(),
            part => format!("{part}.zip"),
        };
        let mut archive = NewArchive::create(&folder.path(&name), passphrase)?;
        for planned in planned {
            if writing.cancel.load(Ordering::Relaxed) {
                return Err(Error::Cancelled);
            }
            let (bytes, mut file) = writing.make(folder, planned)?;
            file.sha256 = PhotoHash(archive.put(&planned.file_name, &bytes)?);
            if let Some((name, bytes)) = writing.code_of(planned)? {
                let sha256 = PhotoHash(archive.put(&name, &bytes)?);
                file.code = Some(WrittenCode {
                    sha256,
                    ..WrittenCode::of(name, &bytes)
                });
            }
            files.push(file);
            writing.tell(files.len());
        }
        match part {
            "" => whole = Some((name, archive)),
            _ => {
                archives.push((name, PhotoHash(archive.complete()?)));
                completed.push(archive);
            }
        }
    }
    files.sort_by_key(|file| file.serial);
    let (name, mut archive) = match whole {
        Some(whole) => whole,
        None => {
            let archive = NewArchive::create(&folder.path(ACCOUNT), passphrase)?;
            (ACCOUNT.to_owned(), archive)
        }
    };
    let account = writing.account.files(&files)?;
    for (name, bytes) in &account {
        archive.put(name, bytes)?;
    }
    let workbook = folder.path(&name);
    archives.push((name, PhotoHash(archive.complete()?)));
    completed.push(archive);
    // No part has its name before all of them are there and in the books: it would be sent.
    let names = archives.iter().cloned();
    let unnamed = names
        .zip(completed)
        .map(|((name, sha256), archive)| (name, sha256, Unnamed::Archive(Box::new(archive))));
    let unnamed = unnamed.collect();
    let report = DeliveryReport {
        folder: folder.root(),
        workbook,
        files,
        account,
        archives,
    };
    Ok((report, unnamed))
}
