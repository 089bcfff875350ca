//! Import of 采集码 pictures: filed with their students, never read further than whether a code is in them.

use std::collections::HashMap;

use rayon::prelude::*;
use zhaoshen_exchange::intake::{Photo, Source};
use zhaoshen_model::{CodePicture, CodeState, RoundId, StudentId, code_picture};
use zhaoshen_store::{FilingOutcome, Store};
use zhaoshen_vision::code::{self, CodeReading};

use super::BATCH_PHOTOS;
use super::filing::{self, Doubt, Kept, Kind, Reading};
use crate::app::now;
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
        round,
        reviewer,
    };
    filing::file(&inner.store, round, sources, codes, progress)
}

/// Pictures of 采集码.
struct Codes<'a> {
    store: &'a Store,
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
            .map(|(_, photo)| {
                let reading = code::read(&photo.bytes);
                progress.advance(1);
                reading.map_or(Reading::Refused, Reading::Read)
            })
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
            .file_codes(self.round, &pictures, self.reviewer, now())
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
