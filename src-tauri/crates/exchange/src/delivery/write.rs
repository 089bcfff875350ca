//! Writes a plan: every file, then the manifests, each read back.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;
use zhaoshen_model::{PhotoHash, SubmissionId};

use super::target::{Pending, Target, make_durable};
use super::{DeliveryNotes, DeliveryPlan, PlannedFile, manifest};
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
    /// 学号.
    pub student_no: String,
    /// 姓名; empty in 采集码模式.
    pub name: String,
    /// File name.
    pub file_name: String,
    /// Size, bytes.
    pub bytes: u64,
    /// SHA-256 of the file as read back.
    pub sha256: PhotoHash,
    /// What the check measured.
    pub verified: Verified,
}

/// A finished delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeliveryReport {
    /// The folder.
    pub folder: PathBuf,
    /// The workbook in it.
    pub workbook: PathBuf,
    /// The manifest for programs in it.
    pub manifest: PathBuf,
    /// Every file, by serial number.
    pub files: Vec<WrittenFile>,
    /// How many students are listed as not delivered.
    pub undelivered: usize,
}

/// Writes `plan` into the new folder `target`.
///
/// `provider` gives the finished bytes of a submission, `verify` checks them; both answer a Chinese
/// line when they cannot. What is read back from the disk must be the very bytes that were checked. On any error the files written so far stay, complete
/// and verified, but no manifest is written, so a broken-off delivery never looks finished.
///
/// # Errors
/// A blocked plan, a target that is not new, a disk that refuses, bytes that differ when read back,
/// a failed check, or [`Error::Cancelled`].
pub fn write(
    plan: &DeliveryPlan,
    notes: &DeliveryNotes,
    target: &Path,
    cancel: &AtomicBool,
    mut provider: impl FnMut(SubmissionId) -> Result<Vec<u8>, String>,
    mut verify: impl FnMut(&[u8]) -> Result<Verified, String>,
    mut progress: impl FnMut(Progress),
) -> Result<DeliveryReport, Error> {
    if let Some(problem) = plan.problems.first() {
        return Err(Error::PlanBlocked {
            count: plan.problems.len(),
            example: format!("{}（{}）", problem.student_no, problem.message_zh),
        });
    }
    let folder = Target::create(target)?;
    let total = plan.files.len();
    let mut files = Vec::with_capacity(total);
    progress(Progress { done: 0, total });
    for batch in plan.files.chunks(BATCH) {
        let mut written = Vec::with_capacity(batch.len());
        for planned in batch {
            if cancel.load(Ordering::Relaxed) {
                return Err(Error::Cancelled);
            }
            written.push(begin(&folder, plan, planned, &mut provider, &mut verify)?);
        }
        make_durable(
            &written
                .iter()
                .map(|(pending, _)| pending)
                .collect::<Vec<_>>(),
        )?;
        for (pending, mut file) in written {
            file.sha256 = PhotoHash(folder.finish(pending)?);
            files.push(file);
        }
        let done = files.len();
        progress(Progress { done, total });
    }
    let workbook = manifest::workbook(plan, notes, &files)?;
    folder.put(manifest::WORKBOOK_FILE, &workbook)?;
    folder.put(
        manifest::MANIFEST_FILE,
        &manifest::json(plan, notes, &files),
    )?;
    folder.sync();
    Ok(DeliveryReport {
        folder: target.to_owned(),
        workbook: folder.path(manifest::WORKBOOK_FILE),
        manifest: folder.path(manifest::MANIFEST_FILE),
        files,
        undelivered: plan.undelivered.len(),
    })
}

/// Writes one file of the plan; its hash is the one read back later.
fn begin(
    folder: &Target,
    plan: &DeliveryPlan,
    planned: &PlannedFile,
    provider: &mut impl FnMut(SubmissionId) -> Result<Vec<u8>, String>,
    verify: &mut impl FnMut(&[u8]) -> Result<Verified, String>,
) -> Result<(Pending, WrittenFile), Error> {
    let student = &planned.item.student;
    let bytes = provider(planned.item.submission).map_err(|problem| Error::Provider {
        file: planned.file_name.clone(),
        problem,
    })?;
    let verified = verify(&bytes).map_err(|problem| Error::VerifyFailed {
        path: folder.path(&planned.file_name),
        problem,
    })?;
    let pending = folder.begin(&planned.file_name, &bytes)?;
    let file = WrittenFile {
        serial: planned.serial,
        submission: planned.item.submission,
        student_no: student.student_no.clone(),
        name: manifest::shown_name(plan.mode, student),
        file_name: planned.file_name.clone(),
        bytes: bytes.len() as u64,
        sha256: PhotoHash([0; 32]),
        verified,
    };
    Ok((pending, file))
}
