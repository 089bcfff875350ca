//! A photo's past as the desk shows it: the submissions whose pictures look the same.

use zhaoshen_model::{NearPhoto, PhotoHistory};

use crate::Seat;
use crate::failure::store;
use crate::wire::{Failure, NearPhotoView};

impl Seat {
    /// The submissions whose pictures look the same, for the desk to show beside this one.
    pub(crate) fn near_photos(
        &self,
        history: &PhotoHistory,
    ) -> Result<Vec<NearPhotoView>, Failure> {
        let rejected = history.near_rejected.iter().map(|near| (near, true));
        let others = history.near.iter().map(|near| (near, false));
        rejected
            .chain(others)
            .map(|(near, rejected)| self.near_photo(near, rejected))
            .collect()
    }

    fn near_photo(&self, near: &NearPhoto, rejected: bool) -> Result<NearPhotoView, Failure> {
        let row = self
            .store()
            .submission(near.submission)
            .map_err(|error| store(&error))?;
        let student = row.student.map(|student| self.store().student(student));
        let student = student.transpose().map_err(|error| store(&error))?;
        Ok(NearPhotoView {
            submission: row.id.0,
            photo: row.photo.to_string(),
            student_no: near.student_no.clone(),
            name: student
                .map(|student| student.draft.name)
                .unwrap_or_default(),
            distance_bits: near.distance_bits,
            rejected,
        })
    }
}
