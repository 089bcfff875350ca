//! What went out before, of each photo: whether it would be the very same now.

use std::collections::HashMap;

use zhaoshen_model::handover::Since;
use zhaoshen_model::{PhotoHash, Profile, RoundId, SubmissionId};
use zhaoshen_store::Store;

use super::draft::Source;
use super::handed::{Delivered, handed, recipe};
use super::make::is_original;
use crate::wire::Failure;

/// The last file that was handed over of a photo.
pub(super) struct Went(Delivered);

impl Went {
    /// Of every photo of the round that was delivered: among what left the office, or what stayed there.
    pub(super) fn load(
        store_: &Store,
        round: RoundId,
        in_house: bool,
    ) -> Result<HashMap<SubmissionId, Self>, Failure> {
        let files = handed(store_, round, in_house)?.into_iter();
        Ok(files.map(|file| (file.submission, Self(file))).collect())
    }

    /// 第几次交付.
    pub(super) const fn number(&self) -> u32 {
        self.0.delivery
    }

    /// The file's name.
    pub(super) fn file_name(&self) -> &str {
        &self.0.file_name
    }

    /// What became another since; `None` where it stands as it was.
    pub(super) const fn since(&self) -> Option<Since> {
        self.0.since
    }

    /// Whether what would be delivered now is what was, for whom it was.
    pub(super) fn is_same(
        &self,
        source: &Source,
        profile: &Profile,
        code: Option<PhotoHash>,
    ) -> bool {
        if self.0.since.is_some() {
            return false;
        }
        let Some(made) = &self.0.made else {
            return true;
        };
        let rect = source.frame.rect;
        let bits = [rect.x, rect.y, rect.width, rect.height].map(f64::to_bits);
        let crop = (!is_original(source, profile)).then_some(bits);
        made.crop == crop && made.code == code && made.recipe == recipe(&profile.rendition)
    }
}
