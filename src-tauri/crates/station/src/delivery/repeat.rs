//! A delivery written again, bit for bit: every file is made from what was frozen with it and held to the hash it had
//! before anything is written, the account is the one that was written, and a stored archive is hashed against the first.
//!
//! Encrypted archives never have the same bytes, since each has salts of its own: of them the contents are compared.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use zhaoshen_exchange::delivery::{
    self, DeliveryItem, DeliveryReport, Destination, Held, Packing, PlannedCode, PlannedFile,
    Prepared, WithCodes,
};
use zhaoshen_exchange::source::free_folder;
use zhaoshen_model::profile::RenditionSpec;
use zhaoshen_model::{CodeFormat, PhotoHash, RoundId, StudentDraft, SubmissionId};
use zhaoshen_store::{DeliveryRow, Error, NewWriting, Store, WritingKind};

use super::codes::without_metadata;
use super::frozen::{Frozen, FrozenCode, FrozenFile};
use super::make::{rendered, unchanged};
use super::{absolute, nothing_written, packing, verify};
use crate::app::{count, local_date, now};
use crate::failure::{cancelled, exchange, internal, not_found, refused, store};
use crate::job::Progress;
use crate::unfinished::Begun;
use crate::wire::{
    DeliveryPack, DeliveryRepeat, DeliveryRepeated, Failure, JobKind, JobOutcome, JobStarted,
};
use crate::{Inner, Seat, zh};

/// Photos named in a refusal.
const NAMED: usize = 5;

impl Seat {
    /// Writes a delivery again into a new folder inside `target`.
    ///
    /// # Errors
    /// Refused while another job runs, without a reviewer, for a delivery that does not keep what it takes. The job
    /// fails when a file would not be the same.
    pub fn delivery_repeat(&self, args: DeliveryRepeat) -> Result<JobStarted, Failure> {
        let target = PathBuf::from(&args.target);
        let name = zh::repeat_folder(args.number, &local_date(now()));
        self.delivery_repeat_to(args.round, args.number, &free_folder(&target, &name))
    }

    /// Writes a delivery again into `folder` itself, which must be new or empty.
    ///
    /// # Errors
    /// As [`Self::delivery_repeat`].
    pub fn delivery_repeat_to(
        &self,
        round: i64,
        number: u32,
        folder: &Path,
    ) -> Result<JobStarted, Failure> {
        let round = self.round(round)?.id;
        // A closed round is delivered once more: that changes nothing of it.
        let held = self.store().check_held(round);
        held.map_err(|error| store(&error))?;
        let reviewer = self.reviewer()?;
        if self.store().holds(folder) {
            return Err(refused(zh::TARGET_IN_WORKSPACE));
        }
        let rows = self.store().deliveries(round);
        let mut rows = rows.map_err(|error| store(&error))?.into_iter();
        let row = rows.find(|row| row.number == number);
        let row = row.ok_or_else(|| not_found(zh::NO_DELIVERY))?;
        let frozen = frozen(self.store(), round, number)?;
        let inner = Arc::clone(&self.inner);
        let folder = absolute(folder);
        let job = self.inner.jobs.start(
            (JobKind::Delivery, self.person()),
            Some(round),
            move |progress| {
                let report = repeat(&inner, &row, &frozen, &folder, &reviewer, progress);
                let report = report.map_err(|why| nothing_written(&inner, &folder, why))?;
                Ok(JobOutcome::Repeated { report })
            },
        )?;
        Ok(JobStarted { job })
    }
}

fn frozen(store_: &Store, round: RoundId, number: u32) -> Result<Frozen, Failure> {
    let kept = store_.delivery_again(round, number);
    let kept = kept
        .map_err(|error| store(&error))?
        .ok_or_else(|| refused(zh::NOT_REPEATABLE))?;
    serde_json::from_str(&kept).map_err(|error| internal(&error))
}

fn repeat(
    inner: &Inner,
    row: &DeliveryRow,
    frozen: &Frozen,
    folder: &Path,
    reviewer: &str,
    progress: &Progress,
) -> Result<DeliveryRepeated, Failure> {
    let store_ = &inner.store;
    progress.begin(zh::STAGE_DELIVERY, count(frozen.files.len()));
    hold_to_first(store_, frozen, progress)?;
    progress.begin(zh::STAGE_WRITING, count(frozen.files.len()));
    let packing = packing(frozen.pack)?;
    let writing = NewWriting {
        round: Some(row.round),
        kind: WritingKind::Repeat,
        number: row.number,
        target: folder.display().to_string(),
    };
    let begun = Begun::new(inner, &writing, reviewer)?;
    let account = account(frozen)?;
    let destination = Destination {
        folder,
        packing: &packing,
    };
    let prepared = prepare(store_, (frozen, &account), destination, progress)?;
    hold_archives_to_first(frozen, prepared.report())?;
    let target = prepared.report().folder.display().to_string();
    let writing = begun.writing(prepared.names(), packing.passphrase());
    store_
        .record_repeat(row, &target, Some(&writing), reviewer, now())
        .map_err(|error| store(&error))?;
    let written = match prepared.publish() {
        Ok(written) => written,
        Err(error) => return Err(begun.unpublished(exchange(&error))),
    };
    begun.published(&target, packing.passphrase());
    Ok(DeliveryRepeated {
        number: row.number,
        folder: target,
        files: count(written.files.len()),
        bit_for_bit: frozen.pack != DeliveryPack::Encrypted,
        manifest_sha256: manifest_hash(&account),
        passphrase: match packing {
            Packing::Zip { passphrase } => passphrase,
            Packing::Loose => None,
        },
    })
}

/// Writes the same files under the same names, and the account as it was; each is held to its hash once more.
fn prepare(
    store_: &Store,
    (frozen, account): (&Frozen, &[(String, Vec<u8>)]),
    destination: Destination<'_>,
    progress: &Progress,
) -> Result<Prepared, Failure> {
    let files = frozen.files.iter().map(|file| (file.submission, file));
    let files: HashMap<SubmissionId, &FrozenFile> = files.collect();
    let by_submission = |submission: SubmissionId| files.get(&submission).copied();
    let (planned, codes) = (planned(frozen), codes(frozen));
    let held = Held {
        files: &planned,
        codes: &codes,
        account,
    };
    let provider = WithCodes {
        photos: |submission| {
            let file = by_submission(submission).ok_or_else(|| zh::INTERNAL.to_owned())?;
            same_bytes(store_, &frozen.spec, file)
        },
        codes: |submission| {
            let file = by_submission(submission).and_then(|file| file.code.as_ref());
            same_code(store_, file.ok_or_else(|| zh::INTERNAL.to_owned())?)
        },
    };
    delivery::prepare_again(
        &held,
        destination,
        progress.stop_flag(),
        provider,
        |bytes| verify(bytes, &frozen.spec),
        |at| progress.set_done(count(at.done)),
    )
    .map_err(|error| exchange(&error))
}

/// Refused for archives that are not those of the first time; encrypted ones kept no hash to be held to.
fn hold_archives_to_first(frozen: &Frozen, written: &DeliveryReport) -> Result<(), Failure> {
    let differing: Vec<&str> = frozen
        .archives
        .iter()
        .filter(|first| !written.archives.contains(first))
        .map(|(name, _)| name.as_str())
        .collect();
    match differing.is_empty() {
        true => Ok(()),
        false => Err(refused(zh::archives_differ(&differing.join("、")))),
    }
}

/// SHA-256 of the manifest; empty where the account has none.
fn manifest_hash(account: &[(String, Vec<u8>)]) -> String {
    let manifest = account
        .iter()
        .find(|(name, _)| name == delivery::MANIFEST_FILE);
    manifest.map_or_else(String::new, |(_, bytes)| hash_of(bytes).to_string())
}

/// Makes every file on all cores and compares it with the one delivered; nothing is written yet.
fn hold_to_first(store_: &Store, frozen: &Frozen, progress: &Progress) -> Result<(), Failure> {
    let told: Vec<Option<String>> = frozen
        .files
        .par_iter()
        .map(|file| {
            if progress.is_cancelled() {
                return Err(cancelled());
            }
            let code = file.code.as_ref().map(|code| same_code(store_, code));
            let made = same_bytes(store_, &frozen.spec, file).and(code.unwrap_or(Ok(Vec::new())));
            let differs = made.err();
            progress.advance(1);
            Ok(differs.map(|why| zh::file_differs(&file.student_no, &why)))
        })
        .collect::<Result<_, _>>()?;
    let told: Vec<String> = told.into_iter().flatten().collect();
    match told.len() {
        0 => Ok(()),
        n => {
            let named: Vec<String> = told.into_iter().take(NAMED).collect();
            Err(refused(zh::cannot_repeat(n, &named.join("；"))))
        }
    }
}

/// The bytes of one file, which are those delivered; else why not.
pub(super) fn same_bytes(
    store_: &Store,
    spec: &RenditionSpec,
    file: &FrozenFile,
) -> Result<Vec<u8>, String> {
    let bytes = match file.rect() {
        None => store_
            .read_photo(file.photo)
            .map_err(|error| gone(&error))
            .map(|original| as_delivered(original, spec, file)),
        // The original must be there: what the vault derived of a photo that was erased is no evidence.
        Some(rect) => match store_.photo_size(file.photo) {
            Err(error) => Err(gone(&error)),
            Ok(_) => rendered(store_, file.photo, rect, spec).map_err(|failure| failure.message),
        },
    }?;
    match hash_of(&bytes) == file.sha256 {
        true => Ok(bytes),
        false => Err(zh::RENDERED_OTHERWISE.to_owned()),
    }
}

/// An original as it was handed over: until metadata was taken out, with all that was in its file.
fn as_delivered(original: Vec<u8>, spec: &RenditionSpec, file: &FrozenFile) -> Vec<u8> {
    match hash_of(&original) == file.sha256 {
        true => original,
        false => unchanged(&original, spec).unwrap_or(original),
    }
}

/// The bytes of the picture that went along.
fn same_code(store_: &Store, code: &FrozenCode) -> Result<Vec<u8>, String> {
    // The vault gives only bytes that hash to the name they are kept by.
    let original = code.original.unwrap_or(code.sha256);
    let bytes = store_.read_photo(original).map_err(|error| gone(&error))?;
    if original == code.sha256 {
        return Ok(bytes);
    }
    let ending = code
        .file_name
        .rsplit('.')
        .next()
        .and_then(CodeFormat::parse);
    let bare = ending.and_then(|format| without_metadata(&bytes, format).ok());
    let same = bare.filter(|bare| hash_of(bare) == code.sha256);
    same.ok_or_else(|| zh::RENDERED_OTHERWISE.to_owned())
}

fn gone(error: &Error) -> String {
    match error {
        Error::PhotoMissing { .. } => zh::PHOTO_ERASED.to_owned(),
        other => other.to_string(),
    }
}

pub(super) fn hash_of(bytes: &[u8]) -> PhotoHash {
    PhotoHash(Sha256::digest(bytes).into())
}

fn planned(frozen: &Frozen) -> Vec<PlannedFile> {
    let files = frozen.files.iter().map(|file| PlannedFile {
        serial: file.serial,
        part: file.part.clone(),
        file_name: file.file_name.clone(),
        item: DeliveryItem {
            submission: file.submission,
            student: StudentDraft::default(),
        },
    });
    files.collect()
}

fn codes(frozen: &Frozen) -> HashMap<SubmissionId, PlannedCode> {
    let files = frozen.files.iter().filter_map(|file| {
        let file_name = file.code.as_ref()?.file_name.clone();
        Some((file.submission, PlannedCode { file_name }))
    });
    files.collect()
}

fn account(frozen: &Frozen) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let files = frozen.account.iter().map(|file| {
        let bytes = hex::decode(&file.bytes).map_err(|error| internal(&error))?;
        Ok((file.name.clone(), bytes))
    });
    files.collect()
}
