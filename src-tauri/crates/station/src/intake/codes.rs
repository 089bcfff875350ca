//! Import of 采集码 pictures: filed with their students, never read further than whether a code is in them.

use std::collections::HashMap;

use zhaoshen_exchange::intake::Photo;
use zhaoshen_model::{CodePicture, CodeState, Measurements, StudentId, code_picture};
use zhaoshen_store::{FilingOutcome, Pictures};
use zhaoshen_vision::code::{self, CodeReading};

use super::filing::{Doubt, Filer, Kept, Kind, Refusal};
use super::{BATCH_PHOTOS, file_name};
use crate::check::CheckSession;
use crate::failure::store;
use crate::wire::Failure;
use crate::zh;
use crate::zh::FilingWords;

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
pub(super) struct Codes;

impl Kind for Codes {
    type Read = CodeReading;
    const WORDS: &'static FilingWords = &zh::CODES;
    const BATCH: usize = BATCH_PHOTOS;

    fn read(session: &mut CheckSession, photo: &Photo) -> Result<CodeReading, Refusal> {
        let read = code::read(&photo.bytes).ok_or(Self::WORDS.refused)?;
        if read.digest.is_none()
            && shows_a_person(&session.measure(&photo.bytes, file_name(&photo.path)))
        {
            return Err(zh::CODE_IS_PORTRAIT);
        }
        Ok(read)
    }

    fn file(
        filer: &Filer<'_>,
        kept: Vec<Kept<CodeReading>>,
    ) -> Result<Vec<FilingOutcome>, Failure> {
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
        filer.file(Pictures::Codes(&pictures))
    }

    fn doubts(filer: &Filer<'_>) -> Result<HashMap<StudentId, Doubt>, Failure> {
        let pictures = filer.store.code_pictures(filer.round);
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
