//! Import of 采集码 pictures: filed with their students, never read further than whether a code is in them.

use std::collections::HashMap;

use rayon::prelude::*;
use zhaoshen_exchange::intake::{Photo, Source};
use zhaoshen_model::{CodePicture, CodeState, Measurements, RoundId, StudentId, code_picture};
use zhaoshen_store::{FilingOutcome, Pictures, Store};
use zhaoshen_vision::code::{self, CodeReading};

use super::filing::{self, Doubt, Kept, Kind, Reading};
use super::{BATCH_PHOTOS, file_name};
use crate::app::now;
use crate::check::Checker;
use crate::failure::store;
use crate::job::Progress;
use crate::wire::{Failure, FilingReport};
use crate::zh::FilingWords;
use crate::{Inner, zh};

/// Files every picture of the sources that is one student's.
pub(super) fn file(
    inner: &Inner,
    round: RoundId,
    sources: &[Source<'_>],
    reviewer: &str,
    progress: &Progress,
) -> Result<FilingReport, Failure> {
    let codes = Codes {
        store: &inner.store,
        checker: &inner.checker,
        round,
        reviewer,
    };
    filing::file(&inner.store, round, sources, codes, progress)
}

/// A detector's score from which there is no doubt that it is a face.
const FACE_SCORE: f64 = 0.9;
/// Share of the picture's width that the face of a portrait takes at least; less is a picture beside something else.
const FACE_SHARE: f64 = 0.2;

/// Whether the picture is a photo of a person beyond doubt.
fn shows_a_person(measured: &Measurements) -> bool {
    let width_px = measured
        .picture
        .as_ref()
        .map(|facts| f64::from(facts.width_px));
    match (&measured.face, measured.faces.first(), width_px) {
        (Some(_), Some(face), Some(width_px)) => {
            face.score >= FACE_SCORE && face.rect.width >= FACE_SHARE * width_px
        }
        _ => false,
    }
}

/// Pictures of 采集码.
struct Codes<'a> {
    store: &'a Store,
    checker: &'a Checker,
    round: RoundId,
    reviewer: &'a str,
}

impl Kind for Codes<'_> {
    type Read = CodeReading;
    const WORDS: &'static FilingWords = &zh::CODES;
    const BATCH: usize = BATCH_PHOTOS;

    fn read(&self, batch: &[(StudentId, Photo)], progress: &Progress) -> Vec<Reading<CodeReading>> {
        batch
            .par_iter()
            .map_init(
                || self.checker.session(),
                |session, (_, photo)| {
                    let reading = match code::read(&photo.bytes) {
                        None => Reading::Refused(Self::WORDS.refused),
                        Some(read) if read.digest.is_some() => Reading::Read(read),
                        Some(read) => {
                            let name = file_name(&photo.path);
                            match shows_a_person(&session.measure(&photo.bytes, name)) {
                                true => Reading::Refused(zh::CODE_IS_PORTRAIT),
                                false => Reading::Read(read),
                            }
                        }
                    };
                    progress.advance(1);
                    reading
                },
            )
            .collect()
    }

    fn file(&self, kept: Vec<Kept<CodeReading>>) -> Result<Vec<FilingOutcome>, Failure> {
        let pictures: Vec<CodePicture> = kept
            .into_iter()
            .map(|kept| CodePicture {
                student: kept.student,
                photo: kept.photo,
                format: kept.read.format,
                digest: kept.read.digest,
                file_name: kept.file_name,
            })
            .collect();
        self.store
            .file_pictures(self.round, Pictures::Codes(&pictures), self.reviewer, now())
            .map_err(|error| store(&error))
    }

    fn doubts(&self) -> Result<HashMap<StudentId, Doubt>, Failure> {
        let pictures = self.store.code_pictures(self.round);
        let pictures = pictures.map_err(|error| store(&error))?;
        let doubt = |state: CodeState| match state {
            CodeState::Readable => None,
            CodeState::Unreadable => Some(Doubt::Unreadable),
            CodeState::SameAs(other) => Some(Doubt::SameAs(other)),
        };
        Ok(code_picture::states(&pictures)
            .into_iter()
            .filter_map(|(student, state)| Some((student, doubt(state)?)))
            .collect())
    }
}
