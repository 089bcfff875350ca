//! Writes a plan: every file, then the manifests, each read back.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;
use zhaoshen_model::{PhotoHash, RosterField, StudentDraft, SubmissionId};

use super::plan::path_of;
use super::prepared::{Prepared, Unnamed};
use super::target::{Target, make_durable};
use super::{
    DeliveryNotes, DeliveryPlan, PlannedCode, PlannedFile, Provider, WrittenCode, manifest,
};
use crate::error::Error;

/// Files written before they are made durable together, named and read back.
const BATCH: usize = 32;

/// How far a delivery is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Files written and verified.
    pub done: usize,
    /// Files of the plan.
    pub total: usize,
}

/// What the check after writing measured of a finished file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Width, px.
    pub width_px: u32,
    /// Height, px.
    pub height_px: u32,
    /// JPEG quality, IJG scale; `None` where it cannot be told.
    pub quality: Option<u8>,
}

/// One file as delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WrittenFile {
    /// Serial number, from 1.
    pub serial: usize,
    /// The submission it is made from.
    pub submission: SubmissionId,
    /// 学号, where it may stand in the account.
    pub student_no: String,
    /// The columns of the roster that go along.
    #[serde(flatten)]
    pub roster: BTreeMap<RosterField, String>,
    /// The part of the delivery it lies in; empty when that is not divided.
    pub part: String,
    /// File name.
    pub file_name: String,
    /// Size, bytes.
    pub bytes: u64,
    /// SHA-256 of the file as read back.
    pub sha256: PhotoHash,
    /// What the check measured.
    pub verified: Verified,
    /// The picture of the 采集码 that went along.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<WrittenCode>,
}

impl WrittenFile {
    /// Part and file name, as a path within the delivery.
    pub fn path(&self) -> String {
        path_of(&self.part, &self.file_name)
    }
}

/// A finished delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeliveryReport {
    /// The folder.
    pub folder: PathBuf,
    /// The workbook in it, or the archive that holds it.
    pub workbook: PathBuf,
    /// Every file, by serial number.
    pub files: Vec<WrittenFile>,
    /// The account as written, by file name.
    pub account: Vec<(String, Vec<u8>)>,
    /// The archives and their SHA-256; none for files in a folder.
    pub archives: Vec<(String, PhotoHash)>,
}

/// What a delivery is written as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Packing {
    /// Files in a folder, those of a part in a folder of their own.
    Loose,
    /// Zip archives, encrypted with AES-256 where there is a passphrase.
    Zip {
        /// The passphrase; nothing keeps it.
        passphrase: Option<String>,
    },
}

impl Packing {
    /// What opens it, if anything.
    pub fn passphrase(&self) -> Option<&str> {
        match self {
            Self::Loose => None,
            Self::Zip { passphrase } => passphrase.as_deref(),
        }
    }
}

/// Where a delivery goes.
#[derive(Debug, Clone, Copy)]
pub struct Destination<'a> {
    /// A folder that is new or empty.
    pub folder: &'a Path,
    /// As what.
    pub packing: &'a Packing,
}

/// The account that lies beside the photos.
pub(super) enum Account<'a> {
    /// Made of what is written.
    New(&'a DeliveryPlan, &'a DeliveryNotes),
    /// As it was written once.
    Kept(&'a [(String, Vec<u8>)]),
}

impl Account<'_> {
    fn roster(&self, student: &StudentDraft) -> BTreeMap<RosterField, String> {
        match self {
            Self::New(plan, _) => manifest::chosen(plan, student),
            Self::Kept(_) => BTreeMap::new(),
        }
    }

    fn shown_no<'s>(&self, student: &'s StudentDraft) -> &'s str {
        match self {
            Self::New(plan, _) => plan.shown_no(student),
            Self::Kept(_) => &student.student_no,
        }
    }

    pub(super) fn files(&self, written: &[WrittenFile]) -> Result<Vec<(String, Vec<u8>)>, Error> {
        match self {
            Self::New(plan, notes) => manifest::account(plan, notes, written),
            Self::Kept(files) => Ok(files.to_vec()),
        }
    }
}

/// Writes `plan` to `destination`, save for the names of the account or of the archives, which it gets by being published.
///
/// `provider` gives the finished bytes of a submission, and of the picture that goes along; `verify` checks the former; both answer a Chinese
/// line when they cannot. What is read back from the disk must be the very bytes that were checked, and stays so until the
/// last file is written: names and sizes are looked at once more at the end, and the bytes of what was written to since. On
/// any error all that was written is taken away again, the folder with it if it was made for the delivery: nothing that
/// broke off looks like one.
///
/// # Errors
/// A blocked plan, a target that is not new, a disk that refuses, bytes that differ when read back,
/// a failed check, what another program did in the folder meanwhile, or [`Error::Cancelled`].
pub fn prepare(
    plan: &DeliveryPlan,
    notes: &DeliveryNotes,
    destination: Destination<'_>,
    cancel: &AtomicBool,
    provider: impl Provider,
    verify: impl FnMut(&[u8]) -> Result<Verified, String>,
    progress: impl FnMut(Progress),
) -> Result<Prepared, Error> {
    if let Some(problem) = plan.problems.first() {
        return Err(Error::PlanBlocked {
            count: plan.problems.len(),
            example: format!("{}（{}）", problem.student_no, problem.message_zh),
        });
    }
    let writing = Writing {
        files: &plan.files,
        codes: &plan.codes,
        account: Account::New(plan, notes),
        cancel,
        provider,
        verify,
        progress,
    };
    writing.write(destination)
}

/// What a delivery held.
#[derive(Debug)]
pub struct Held<'a> {
    /// Every photo, by serial number.
    pub files: &'a [PlannedFile],
    /// The pictures of 采集码 that went along.
    pub codes: &'a HashMap<SubmissionId, PlannedCode>,
    /// Its account as it was written, by file name.
    pub account: &'a [(String, Vec<u8>)],
}

/// Writes a delivery again: the same files under the same names, and its account as it was.
///
/// # Errors
/// As [`prepare()`], save that there is no plan to be blocked.
pub fn prepare_again(
    held: &Held<'_>,
    destination: Destination<'_>,
    cancel: &AtomicBool,
    provider: impl Provider,
    verify: impl FnMut(&[u8]) -> Result<Verified, String>,
    progress: impl FnMut(Progress),
) -> Result<Prepared, Error> {
    let writing = Writing {
        files: held.files,
        codes: held.codes,
        account: Account::Kept(held.account),
        cancel,
        provider,
        verify,
        progress,
    };
    writing.write(destination)
}

/// What was written, and what of it has no name yet, in the order it gets it.
pub(super) type Written = (DeliveryReport, Vec<(String, PhotoHash, Unnamed)>);

/// A delivery on its way.
pub(super) struct Writing<'a, P, V, N> {
    pub(super) files: &'a [PlannedFile],
    codes: &'a HashMap<SubmissionId, PlannedCode>,
    pub(super) account: Account<'a>,
    pub(super) cancel: &'a AtomicBool,
    provider: P,
    verify: V,
    progress: N,
}

impl<P, V, N> Writing<'_, P, V, N>
where
    P: Provider,
    V: FnMut(&[u8]) -> Result<Verified, String>,
    N: FnMut(Progress),
{
    fn write(mut self, destination: Destination<'_>) -> Result<Prepared, Error> {
        let folder = Target::create(destination.folder)?;
        self.tell(0);
        let written = match destination.packing {
            Packing::Loose => self.write_loose(&folder),
            Packing::Zip { passphrase } => self.write_archives(&folder, passphrase.as_deref()),
        };
        match written {
            Ok((report, unnamed)) => Prepared::new(folder, report, unnamed),
            Err(error) => {
                let error = folder.explained(error);
                folder.take_back();
                Err(error)
            }
        }
    }

    /// Says how many files are written and verified.
    pub(super) fn tell(&mut self, done: usize) {
        let total = self.files.len();
        (self.progress)(Progress { done, total });
    }

    /// The finished bytes of one file of the plan, checked; its hash is the one read back later.
    pub(super) fn make(
        &mut self,
        folder: &Target,
        planned: &PlannedFile,
    ) -> Result<(Vec<u8>, WrittenFile), Error> {
        let student = &planned.item.student;
        let submission = planned.item.submission;
        let bytes = self
            .provider
            .photo(submission)
            .map_err(|problem| Error::Provider {
                file: planned.file_name.clone(),
                problem,
            })?;
        let verified = (self.verify)(&bytes).map_err(|problem| Error::VerifyFailed {
            path: folder.path(&planned.path()),
            problem,
        })?;
        let file = WrittenFile {
            serial: planned.serial,
            submission,
            student_no: self.account.shown_no(student).to_owned(),
            roster: self.account.roster(student),
            part: planned.part.clone(),
            file_name: planned.file_name.clone(),
            bytes: bytes.len() as u64,
            sha256: PhotoHash([0; 32]),
            verified,
            code: None,
        };
        Ok((bytes, file))
    }

    /// The picture that goes along with a photo: its name and its bytes.
    pub(super) fn code_of(
        &mut self,
        planned: &PlannedFile,
    ) -> Result<Option<(String, Vec<u8>)>, Error> {
        let submission = planned.item.submission;
        let Some(code) = self.codes.get(&submission) else {
            return Ok(None);
        };
        let bytes = self.provider.code(submission);
        let bytes = bytes.map_err(|problem| Error::Provider {
            file: code.file_name.clone(),
            problem,
        })?;
        Ok(Some((code.file_name.clone(), bytes)))
    }

    /// Files as they are, and the account beside them.
    fn write_loose(&mut self, folder: &Target) -> Result<Written, Error> {
        let all = self.files;
        let mut files = Vec::with_capacity(all.len());
        let parts: BTreeSet<&str> = all.iter().map(|file| file.part.as_str()).collect();
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            folder.make_folder(part)?;
        }
        for batch in all.chunks(BATCH) {
            let mut written = Vec::with_capacity(batch.len());
            for planned in batch {
                if self.cancel.load(Ordering::Relaxed) {
                    return Err(Error::Cancelled);
                }
                let (bytes, file) = self.make(folder, planned)?;
                let photo = folder.begin(&planned.path(), &bytes)?;
                let code = match self.code_of(planned)? {
                    None => None,
                    Some((name, bytes)) => {
                        let pending = folder.begin(&path_of(&planned.part, &name), &bytes)?;
                        Some((pending, WrittenCode::of(name, &bytes)))
                    }
                };
                written.push((photo, file, code));
            }
            let pending = written
                .iter()
                .flat_map(|(photo, _, code)| [Some(photo), code.as_ref().map(|(code, _)| code)])
                .flatten();
            make_durable(&pending.collect::<Vec<_>>())?;
            for (pending, mut file, code) in written {
                file.sha256 = PhotoHash(folder.finish(pending)?);
                if let Some((pending, mut code)) = code {
                    code.sha256 = PhotoHash(folder.finish(pending)?);
                    file.code = Some(code);
                }
                files.push(file);
            }
            self.tell(files.len());
        }
        let account = self.account.files(&files)?;
        let mut unnamed = Vec::with_capacity(account.len());
        for (name, bytes) in &account {
            let pending = folder.begin(name, bytes)?;
            make_durable(&[&pending])?;
            let sha256 = PhotoHash(pending.sha256());
            unnamed.push((name.clone(), sha256, Unnamed::File(pending)));
        }
        let report = DeliveryReport {
            folder: folder.root(),
            workbook: folder.path(manifest::WORKBOOK_FILE),
            files,
            account,
            archives: Vec::new(),
        };
        Ok((report, unnamed))
    }
}
