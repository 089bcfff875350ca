//! The pictures of 采集码 that go along in 采集码模式: named by the same key as the photo.
//!
//! What is decided of the photos ([`super::plan()`]) is not touched: a picture goes where its photo goes, under the
//! photo's name with a mark at its end, and the account names it beside the photo.

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use zhaoshen_model::{CodeFormat, PhotoHash, SubmissionId};

use super::plan::{name_problem, path_of, problem};
use super::privacy::{LEAKS, tells_id_number};
use super::{DeliveryMode, DeliveryPlan, PlannedFile};

/// Stands between the photo's name and the ending.
pub const CODE_MARK: &str = "_采集码";

/// A picture to be written beside a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedCode {
    /// File name.
    pub file_name: String,
}

/// A picture as delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WrittenCode {
    /// File name.
    pub file_name: String,
    /// Size, bytes.
    pub bytes: u64,
    /// SHA-256 of the file as read back.
    pub sha256: PhotoHash,
}

impl WrittenCode {
    /// A picture whose hash is what is read back later.
    pub(super) fn of(file_name: String, bytes: &[u8]) -> Self {
        Self {
            file_name,
            bytes: bytes.len() as u64,
            sha256: PhotoHash([0; 32]),
        }
    }
}

/// Who gives the bytes of what is written; answers a Chinese line when they cannot.
pub trait Provider {
    /// The finished photo of a submission.
    ///
    /// # Errors
    /// Why there is none, in Chinese.
    fn photo(&mut self, submission: SubmissionId) -> Result<Vec<u8>, String>;

    /// The picture of the 采集码 of its student, as it may leave the office.
    ///
    /// # Errors
    /// Why there is none, in Chinese.
    fn code(&mut self, submission: SubmissionId) -> Result<Vec<u8>, String>;
}

impl<F: FnMut(SubmissionId) -> Result<Vec<u8>, String>> Provider for F {
    fn photo(&mut self, submission: SubmissionId) -> Result<Vec<u8>, String> {
        self(submission)
    }

    fn code(&mut self, _: SubmissionId) -> Result<Vec<u8>, String> {
        Err("没有存放采集码图片".to_owned())
    }
}

/// A provider of photos together with one of the pictures.
#[derive(Debug)]
pub struct WithCodes<P, C> {
    /// Gives the photos.
    pub photos: P,
    /// Gives the pictures.
    pub codes: C,
}

impl<P, C> Provider for WithCodes<P, C>
where
    P: FnMut(SubmissionId) -> Result<Vec<u8>, String>,
    C: FnMut(SubmissionId) -> Result<Vec<u8>, String>,
{
    fn photo(&mut self, submission: SubmissionId) -> Result<Vec<u8>, String> {
        (self.photos)(submission)
    }

    fn code(&mut self, submission: SubmissionId) -> Result<Vec<u8>, String> {
        (self.codes)(submission)
    }
}

impl DeliveryPlan {
    /// The plan with the pictures that are filed; in 名单模式 none goes along. Problems with their names are listed as
    /// those of photos are.
    #[must_use]
    pub fn with_codes(mut self, filed: &HashMap<SubmissionId, CodeFormat>) -> Self {
        if self.mode != DeliveryMode::CodeOnly {
            return self;
        }
        let key = |part: &str, name: &str| path_of(part, name).to_lowercase();
        let mut taken: HashSet<String> = self
            .files
            .iter()
            .map(|file| key(&file.part, &file.file_name))
            .collect();
        for file in &self.files {
            let Some(format) = filed.get(&file.item.submission) else {
                continue;
            };
            if file.file_name.is_empty() {
                continue;
            }
            let name = name_of(file, *format);
            let wrong = if tells_id_number(&name, &file.item.student) {
                Some(LEAKS)
            } else if !taken.insert(key(&file.part, &name)) {
                Some("采集码图片与另一个文件重名，请在模板中加上{学号}或{序号}")
            } else {
                name_problem(&name)
            };
            if let Some(wrong) = wrong {
                let problem = problem(&file.item, &name, wrong.to_owned());
                self.problems.push(problem);
            }
            let planned = PlannedCode { file_name: name };
            self.codes.insert(file.item.submission, planned);
        }
        self
    }
}

/// The photo's name, the mark and the ending of the picture's kind.
fn name_of(file: &PlannedFile, format: CodeFormat) -> String {
    let stem = match file.file_name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => &file.file_name,
    };
    format!("{stem}{CODE_MARK}.{}", format.as_str())
}
