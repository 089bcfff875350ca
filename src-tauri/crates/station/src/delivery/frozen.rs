//! What is kept of a delivery so that it can be written again: whence every file was made and how, what it hashed to, and
//! its account byte for byte. The standard, the measurements and the roster may change after it.

use serde::{Deserialize, Serialize};
use zhaoshen_exchange::delivery::DeliveryReport as Written;
use zhaoshen_model::profile::RenditionSpec;
use zhaoshen_model::{PhotoHash, PixelRect, StudentId, SubmissionId};

use super::draft::Draft;
use super::make::is_original;
use crate::wire::DeliveryPack;

/// A delivery as it was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Frozen {
    /// As what.
    pub(super) pack: DeliveryPack,
    /// What finished files were to be.
    pub(super) spec: RenditionSpec,
    /// Every photo, by serial number.
    pub(super) files: Vec<FrozenFile>,
    /// The account's files.
    pub(super) account: Vec<FrozenAccount>,
    /// The archives and their SHA-256; none for a folder.
    pub(super) archives: Vec<(String, PhotoHash)>,
}

/// One photo of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct FrozenFile {
    pub(super) serial: usize,
    pub(super) submission: SubmissionId,
    /// For whom; `None` of one by an earlier version, which did not keep it.
    #[serde(default)]
    pub(super) student: Option<StudentId>,
    /// As it was told.
    pub(super) student_no: String,
    pub(super) part: String,
    pub(super) file_name: String,
    /// SHA-256 of the finished file.
    pub(super) sha256: PhotoHash,
    /// The original.
    pub(super) photo: PhotoHash,
    /// The crop, as the bits of left, top, width and height: decimal digits might round. `None`: the original itself.
    pub(super) crop: Option<[u64; 4]>,
    /// The picture of the 采集码 that went along.
    pub(super) code: Option<FrozenCode>,
}

/// A picture that went along with a photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FrozenCode {
    pub(super) file_name: String,
    pub(super) sha256: PhotoHash,
    /// Its original in the vault; of earlier deliveries, where it went along with all that was in its file, the same.
    #[serde(default)]
    pub(super) original: Option<PhotoHash>,
}

/// A file of the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FrozenAccount {
    pub(super) name: String,
    /// Its bytes in hexadecimal digits.
    pub(super) bytes: String,
}

impl Frozen {
    /// Of a delivery that was just written.
    pub(super) fn of(draft: &Draft, pack: DeliveryPack, written: &Written) -> Self {
        let profile = &draft.round.profile;
        let files = written.files.iter().filter_map(|file| {
            let source = draft.sources.get(&file.submission)?;
            let rect = source.frame.rect;
            let bits = [rect.x, rect.y, rect.width, rect.height].map(f64::to_bits);
            Some(FrozenFile {
                serial: file.serial,
                submission: file.submission,
                student: Some(source.student),
                student_no: file.student_no.clone(),
                part: file.part.clone(),
                file_name: file.file_name.clone(),
                sha256: file.sha256,
                photo: source.photo,
                crop: (!is_original(source, profile)).then_some(bits),
                code: file.code.as_ref().map(|code| FrozenCode {
                    file_name: code.file_name.clone(),
                    sha256: code.sha256,
                    original: draft.codes.original(file.submission),
                }),
            })
        });
        let account = written.account.iter().map(|(name, bytes)| FrozenAccount {
            name: name.clone(),
            bytes: hex::encode(bytes),
        });
        Self {
            pack,
            spec: profile.rendition.clone(),
            files: files.collect(),
            account: account.collect(),
            // What salt and passphrase make of encrypted ones is never the same twice.
            archives: match pack {
                DeliveryPack::Encrypted => Vec::new(),
                _ => written.archives.clone(),
            },
        }
    }
}

impl FrozenFile {
    /// The crop of the original; `None`: the original itself.
    pub(super) fn rect(&self) -> Option<PixelRect> {
        let [x, y, width, height] = self.crop?.map(f64::from_bits);
        Some(PixelRect::new(x, y, width, height))
    }
}
