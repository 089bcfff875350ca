//! Import of reference photos (对照照片): filed with their students for a person's eye, and measured for nothing but where
//! the eyes are, so that the desk can lay one picture over the other.

use std::collections::HashMap;

use rayon::prelude::*;
use zhaoshen_exchange::intake::Photo;
use zhaoshen_model::measurement::Completeness;
use zhaoshen_model::{Measurements, Reference, StudentId, reference};
use zhaoshen_store::{FilingOutcome, Pictures};
use zhaoshen_vision::Analysis;

use super::file_name;
use super::filing::{Doubt, Filer, Kept, Kind, Refusal};
use crate::check::{CheckSession, keep_small};
use crate::failure::store;
use crate::wire::Failure;
use crate::zh;
use crate::zh::FilingWords;

/// Whether there is something in it for an eye: a picture that stops before any face shows nobody.
fn shows_something(measured: &Measurements) -> bool {
    let cut = matches!(measured.file.completeness, Completeness::Truncated);
    measured.picture.is_some() && (!cut || measured.face.is_some())
}

/// Reference photos.
pub(super) struct References;

impl Kind for References {
    type Read = Analysis;
    const WORDS: &'static FilingWords = &zh::REFERENCES;
    /// Measuring takes its time: few enough to keep what was done.
    const BATCH: usize = 32;

    fn read(session: &mut CheckSession, photo: &Photo) -> Result<Analysis, Refusal> {
        let analysis = session.analyse(&photo.bytes, file_name(&photo.path));
        match shows_something(&analysis.measurements) {
            true => Ok(analysis),
            false => Err(Self::WORDS.refused),
        }
    }

    fn file(filer: &Filer<'_>, kept: Vec<Kept<Analysis>>) -> Result<Vec<FilingOutcome>, Failure> {
        let references: Vec<Reference> = kept.iter().map(reference_of).collect();
        let filed = filer.file(Pictures::References(&references))?;
        // Only of photos that a row names: nothing sweeps what is derived from others.
        kept.par_iter()
            .for_each(|kept| keep_small(filer.store, kept.photo, &kept.read));
        Ok(filed)
    }

    fn doubts(filer: &Filer<'_>) -> Result<HashMap<StudentId, Doubt>, Failure> {
        let references = filer.store.references(filer.round);
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
