//! Whose photos an archive lacks, and whose it cannot be written without.

use zhaoshen_model::{PhotoHash, StudentId, SubmissionId};
use zhaoshen_store::Error;

use crate::failure::store;
use crate::wire::{Code, Failure};
use crate::{Seat, zh};

/// Students named of very many.
const NAMED: usize = 10;

impl Seat {
    /// The first of the photos by whose they are, and how many more there are; empty for none.
    pub(crate) fn first_of(&self, photos: &[SubmissionId], all: usize) -> String {
        let named = photos.iter().take(NAMED);
        let named: Vec<String> = named.map(|photo| self.whose_photo(*photo)).collect();
        zh::first_of(&named.join("、"), all.saturating_sub(named.len()))
    }

    /// A photo by its student, or by its number where it is nobody's.
    fn whose_photo(&self, photo: SubmissionId) -> String {
        let row = self.store().submission(photo).ok();
        let student = row.and_then(|row| row.student);
        let whose = student.map_or_else(String::new, |student| self.students_named([student]));
        match whose.is_empty() {
            true => zh::photo_number(photo.0),
            false => whose,
        }
    }

    /// Whether the original is not in the photo store; one that is there and cannot be looked at stops the archive as what it
    /// is.
    pub(super) fn is_original_gone(&self, photo: PhotoHash) -> Result<bool, Failure> {
        match self.store().photo_size(photo) {
            Ok(_) => Ok(false),
            // With the whole workspace away nothing is known of any single photo.
            Err(Error::PhotoMissing { .. }) => {
                let there = self.store().check_place();
                there.map(|()| true).map_err(|error| store(&error))
            }
            Err(error) => Err(store(&error)),
        }
    }

    /// Originals are not in the workspace that the archive is to be made of; nothing was written.
    pub(super) fn originals_gone(&self, photos: &[SubmissionId]) -> Failure {
        Failure {
            code: Code::NotFound,
            message: zh::originals_gone(photos.len(), &self.first_of(photos, photos.len())),
            detail: String::new(),
        }
    }

    /// What stopped the archive at a student's photo, with whose it is.
    pub(super) fn at_photo(&self, photo: SubmissionId, failure: Failure) -> Failure {
        Failure {
            message: zh::archive_at(&self.whose_photo(photo), &failure.message),
            ..failure
        }
    }

    /// As [`Self::at_photo`], for the picture of a 采集码.
    pub(super) fn at_code(&self, student: StudentId, failure: Failure) -> Failure {
        let whose = zh::code_picture_of(&self.students_named([student]));
        Failure {
            message: zh::archive_at(&whose, &failure.message),
            ..failure
        }
    }
}

/// The first of them, to be kept.
pub(super) fn first(photos: &[SubmissionId]) -> Vec<SubmissionId> {
    photos.iter().take(NAMED).copied().collect()
}
