//! Import of reference photos (对照照片): filed with their students for a person's eye, and measured for nothing but where
//! the eyes are, so that the desk can lay one picture over the other.

use std::collections::HashMap;

use rayon::prelude::*;
use zhaoshen_exchange::intake::{Photo, Source};
use zhaoshen_model::measurement::Completeness;
use zhaoshen_model::{Measurements, Reference, RoundId, StudentId, reference};
use zhaoshen_store::{FilingOutcome, Pictures, Store};
use zhaoshen_vision::Analysis;

use super::file_name;
use super::filing::{self, Doubt, Kept, Kind, Reading};
use crate::app::now;
use crate::check::{Checker, keep_small};
use crate::failure::store;
use crate::job::Progress;
use crate::wire::{Failure, FilingReport};
use crate::zh::FilingWords;
use crate::{Inner, zh};

/// Files every photo of the sources that is one student's.
pub(super) fn file(
    inner: &Inner,
    round: RoundId,
    sources: &[Source<'_>],
    reviewer: &str,
    progress: &Progress,
) -> Result<FilingReport, Failure> {
    let references = References {
        store: &inner.store,
        checker: &inner.checker,
        round,
        reviewer,
    };
    filing::file(&inner.store, round, sources, references, progress)
}

/// Whether there is something in it for an eye: a picture that stops before any face shows nobody.
fn shows_something(measured: &Measurements) -> bool {
    let cut = matches!(measured.file.completeness, Completeness::Truncated);
    measured.picture.is_some() && (!cut || measured.face.is_some())
}

/// Reference photos.
struct References<'a> {
    store: &'a Store,
    checker: &'a Checker,
    round: RoundId,
    reviewer: &'a str,
}

impl Kind for References<'_> {
    type Read = Analysis;
    const WORDS: &'static FilingWords = &zh::REFERENCES;
    /// Measuring takes its time: few enough to keep what was done.
    const BATCH: usize = 32;

    fn read(&self, batch: &[(StudentId, Photo)], progress: &Progress) -> Vec<Reading<Analysis>> {
        batch
            .par_iter()
            .map_init(
                || self.checker.session(),
                |session, (_, photo)| {
                    if progress.is_cancelled() {
                        return Reading::Stopped;
                    }
                    let analysis = session.analyse(&photo.bytes, file_name(&photo.path));
                    progress.advance(1);
                    match shows_something(&analysis.measurements) {
                        true => Reading::Read(analysis),
                        false => Reading::Refused(Self::WORDS.refused),
                    }
                },
            )
            .collect()
    }

    fn file(&self, kept: Vec<Kept<Analysis>>) -> Result<Vec<FilingOutcome>, Failure> {
        let references: Vec<Reference> = kept.iter().map(reference_of).collect();
        let pictures = Pictures::References(&references);
        let filed = self
            .store
            .file_pictures(self.round, pictures, self.reviewer, now())
            .map_err(|error| store(&error))?;
        // Only of photos that a row names: nothing sweeps what is derived from others.
        kept.par_iter()
            .for_each(|kept| keep_small(self.store, kept.photo, &kept.read));
        Ok(filed)
    }

    fn doubts(&self) -> Result<HashMap<StudentId, Doubt>, Failure> {
        let references = self.store.references(self.round);
        let references = references.map_err(|error| store(&error))?;
        let shared = reference::shared(&references);
        Ok(references
            .into_iter()
            .filter_map(|reference| {
                let doubt = match shared.get(&reference.student) {
                    Some(other) => Doubt::SameAs(*other),
                    None if reference.eyes.is_none() => Doubt::Unreadable,
                    None => return None,
                };
                Some((reference.student, doubt))
            })
            .collect())
    }
}

fn reference_of(kept: &Kept<Analysis>) -> Reference {
    let measured = &kept.read.measurements;
    let picture = measured.picture.as_ref();
    Reference {
        student: kept.student,
        photo: kept.photo,
        width_px: picture.map_or(0, |picture| picture.width_px),
        height_px: picture.map_or(0, |picture| picture.height_px),
        eyes: (measured.face.as_ref()).map(|face| [face.left_iris, face.right_iris]),
        file_name: kept.file_name.clone(),
    }
}
