//! A photo's past as the desk and the grid show it: the submissions whose pictures are or look the same.

use zhaoshen_model::measurement::MEASUREMENT_VERSION;
use zhaoshen_model::{NearPhoto, PhotoHistory, SubmissionId};

use crate::Seat;
use crate::failure::store;
use crate::submission::{eyes, picture};
use crate::wire::{Failure, GridPartner, NearPhotoView};

/// Another submission with the same picture.
struct Alike {
    submission: SubmissionId,
    /// Of 256.
    distance_bits: u32,
    same: bool,
    rejected: bool,
}

impl Alike {
    fn of(near: &NearPhoto, rejected: bool) -> Self {
        Self {
            submission: near.submission,
            distance_bits: near.distance_bits,
            same: false,
            rejected,
        }
    }
}

impl Seat {
    /// The submissions whose pictures are or look the same, for the desk to show beside this one.
    pub(crate) fn near_photos(
        &self,
        id: SubmissionId,
        history: &PhotoHistory,
    ) -> Result<Vec<NearPhotoView>, Failure> {
        let alike = self.alike(id, history)?;
        alike.iter().map(|other| self.near_photo(other)).collect()
    }

    /// Other students with the same picture, each once.
    pub(crate) fn partners(
        &self,
        id: SubmissionId,
        history: &PhotoHistory,
    ) -> Result<Vec<GridPartner>, Failure> {
        let mut partners: Vec<GridPartner> = Vec::new();
        for other in self.alike(id, history)?.iter().filter(|one| !one.rejected) {
            let (student_no, name) = self.owner(other.submission)?;
            if partners.iter().all(|known| known.student_no != student_no) {
                partners.push(GridPartner {
                    submission: other.submission.0,
                    student_no,
                    name,
                });
            }
        }
        Ok(partners)
    }

    /// The same bytes first, then this student's rejected ones, then what only looks the same.
    fn alike(&self, id: SubmissionId, history: &PhotoHistory) -> Result<Vec<Alike>, Failure> {
        let sharing = match history.shared_with.is_empty() {
            true => Vec::new(),
            false => self.store().sharing(id).map_err(|error| store(&error))?,
        };
        let same = sharing.into_iter().map(|submission| Alike {
            submission,
            distance_bits: 0,
            same: true,
            rejected: false,
        });
        let rejected = history.near_rejected.iter();
        let rejected = rejected.map(|near| Alike::of(near, true));
        let near = history.near.iter().map(|near| Alike::of(near, false));
        Ok(same.chain(rejected).chain(near).collect())
    }

    /// 学号 and 姓名, empty while unmatched.
    fn owner(&self, submission: SubmissionId) -> Result<(String, String), Failure> {
        let row = self.store().submission(submission);
        let row = row.map_err(|error| store(&error))?;
        let student = row.student.map(|student| self.store().student(student));
        let student = student.transpose().map_err(|error| store(&error))?;
        Ok(student.map_or_else(Default::default, |student| {
            (student.draft.student_no, student.draft.name)
        }))
    }

    fn near_photo(&self, other: &Alike) -> Result<NearPhotoView, Failure> {
        let row = self.store().submission(other.submission);
        let row = row.map_err(|error| store(&error))?;
        let measurements = self.store().measurements(row.photo, MEASUREMENT_VERSION);
        let measurements = measurements.map_err(|error| store(&error))?;
        let (student_no, name) = self.owner(row.id)?;
        Ok(NearPhotoView {
            submission: row.id.0,
            photo: row.photo.to_string(),
            student_no,
            name,
            distance_bits: other.distance_bits,
            same: other.same,
            rejected: other.rejected,
            picture: measurements.as_ref().and_then(picture),
            eyes: measurements.as_ref().and_then(eyes),
        })
    }
}
