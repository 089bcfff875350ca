//! The finished files: made on all cores, kept in the vault under the recipe that made them.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use rayon::prelude::*;
use zhaoshen_checks::FinalFrame;
use zhaoshen_exchange::delivery::Verified;
use zhaoshen_exchange::source::fingerprint_of;
use zhaoshen_model::profile::RenditionSpec;
use zhaoshen_model::{Measurements, PhotoHash, PixelRect, Profile, SubmissionId};
use zhaoshen_store::{DerivedKind, Store};
use zhaoshen_vision::{bare, rendition};

use super::draft::{Draft, Source};
use super::verify;
use crate::app::count;
use crate::failure::{cancelled, refused, store};
use crate::job::Progress;
use crate::wire::Failure;
use crate::zh;

/// Raised when the encoder or the scaler changes, so that kept renditions are made anew.
const RECIPE_VERSION: u32 = 1;

/// Makes every finished file that is not kept yet.
pub(super) fn make_all(store_: &Store, draft: &Draft, progress: &Progress) -> Result<(), Failure> {
    draft.plan.files.par_iter().try_for_each(|file| {
        if progress.is_cancelled() {
            return Err(cancelled());
        }
        make(store_, draft, file.item.submission)?;
        progress.advance(1);
        Ok(())
    })
}

/// What became of the files of a delivery before they are written.
pub(super) struct Made {
    /// How many are the original, not encoded anew.
    pub(super) identical: u32,
    /// What was measured of each finished file, by the SHA-256 of its bytes. One that does not hold is not among them:
    /// writing checks it again and stops at it by name.
    pub(super) checked: HashMap<String, Verified>,
}

/// As [`make_all`], and checks each file while its bytes are at hand.
pub(super) fn make_and_check(
    store_: &Store,
    draft: &Draft,
    progress: &Progress,
) -> Result<Made, Failure> {
    let profile = &draft.round.profile;
    let made = draft.plan.files.par_iter().map(|file| {
        if progress.is_cancelled() {
            return Err(cancelled());
        }
        let submission = file.item.submission;
        let identical = is_original(source_of(draft, submission)?, profile);
        let bytes = finished_bytes(store_, draft, submission)?;
        let verified = verify(&bytes, &profile.rendition).ok();
        progress.advance(1);
        Ok((
            identical,
            verified.map(|verified| (fingerprint_of(&bytes), verified)),
        ))
    });
    let made: Vec<(bool, Option<(String, Verified)>)> = made.collect::<Result<_, Failure>>()?;
    Ok(Made {
        identical: count(made.iter().filter(|(identical, _)| *identical).count()),
        checked: made
            .into_iter()
            .filter_map(|(_, checked)| checked)
            .collect(),
    })
}

/// Makes and keeps one finished file; one that is the original lies in the vault as it is.
fn make(store_: &Store, draft: &Draft, submission: SubmissionId) -> Result<(), Failure> {
    let source = source_of(draft, submission)?;
    let profile = &draft.round.profile;
    if !is_original(source, profile) {
        rendered(store_, source.photo, source.frame.rect, &profile.rendition)?;
    }
    Ok(())
}

/// A rendition, from the vault or made anew and kept.
pub(super) fn rendered(
    store_: &Store,
    photo: PhotoHash,
    rect: PixelRect,
    spec: &RenditionSpec,
) -> Result<Vec<u8>, Failure> {
    let kind = DerivedKind::Rendition {
        recipe: recipe(rect, spec),
    };
    let kept = store_.read_derived(photo, kind);
    if let Some(kept) = kept.map_err(|error| store(&error))? {
        return Ok(kept);
    }
    let original = store_.read_photo(photo).map_err(|error| store(&error))?;
    let made = rendition::render_bytes(&original, rect, spec)
        .map_err(|error| refused(zh::cannot_render(&error.to_string())))?;
    // Made anew the next time: a disk that takes no more must not keep finished photos from going to another one.
    if let Err(error) = store_.put_derived(photo, kind, &made.bytes) {
        tracing::warn!(code = ?store(&error).code, "a finished photo is not kept");
    }
    Ok(made.bytes)
}

pub(super) fn finished_bytes(
    store_: &Store,
    draft: &Draft,
    submission: SubmissionId,
) -> Result<Vec<u8>, Failure> {
    let source = source_of(draft, submission)?;
    source.cut().bytes(store_, &draft.round.profile)
}

/// What of a photo decides the bytes of its finished file, besides the standard.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut<'a> {
    pub(super) photo: PhotoHash,
    pub(super) measurements: &'a Measurements,
    pub(super) frame: &'a FinalFrame,
}

impl Cut<'_> {
    /// The finished file.
    pub(super) fn bytes(self, store_: &Store, profile: &Profile) -> Result<Vec<u8>, Failure> {
        if self.is_original(profile) {
            let bytes = store_.read_photo(self.photo);
            let bytes = bytes.map_err(|error| store(&error))?;
            return unchanged(&bytes, &profile.rendition);
        }
        rendered(store_, self.photo, self.frame.rect, &profile.rendition)
    }

    fn is_original(self, profile: &Profile) -> bool {
        let misses = || rendition::conforms(self.measurements, &profile.rendition);
        self.frame.as_is && misses().is_empty()
    }
}

impl Source {
    fn cut(&self) -> Cut<'_> {
        Cut {
            photo: self.photo,
            measurements: &self.measurements,
            frame: &self.frame,
        }
    }
}

fn source_of(draft: &Draft, submission: SubmissionId) -> Result<&Source, Failure> {
    draft
        .sources
        .get(&submission)
        .ok_or_else(|| refused(zh::SUBMISSION_UNKNOWN))
}

/// The original as it is handed over: every pixel as it came, without what else was written into the file.
pub(super) fn unchanged(original: &[u8], spec: &RenditionSpec) -> Result<Vec<u8>, Failure> {
    bare::jpeg(original, Some(spec.dpi)).ok_or_else(|| refused(zh::WHY_NOT_DECODABLE))
}

/// Whether the original may be handed over without being encoded anew.
pub(super) fn is_original(source: &Source, profile: &Profile) -> bool {
    source.cut().is_original(profile)
}

/// Fingerprint of everything but the photo that decides a finished file's bytes.
fn recipe(rect: PixelRect, spec: &RenditionSpec) -> u64 {
    let mut hasher = DefaultHasher::new();
    RECIPE_VERSION.hash(&mut hasher);
    for edge in [rect.x, rect.y, rect.width, rect.height] {
        edge.to_bits().hash(&mut hasher);
    }
    (
        spec.width_px,
        spec.height_px,
        spec.dpi,
        spec.min_quality,
        spec.max_bytes,
    )
        .hash(&mut hasher);
    hasher.finish()
}
