//! The pictures of 采集码 that go along with a delivery: whose, and what to know of them before.

use std::collections::HashMap;

use zhaoshen_exchange::delivery::DeliveryPlan;
use zhaoshen_model::{
    CodeFormat, CodePicture, CodeState, RoundId, StudentId, SubmissionId, code_picture,
};
use zhaoshen_store::{Store, SubmissionRow};

use crate::app::count;
use crate::failure::{refused, store};
use crate::wire::Failure;
use crate::zh;

/// The pictures filed, by the submission that each goes along with.
#[derive(Debug, Default)]
pub(super) struct Codes {
    of: HashMap<SubmissionId, (CodePicture, CodeState)>,
}

impl Codes {
    /// Those of the students with these submissions.
    pub(super) fn load(
        store_: &Store,
        round: RoundId,
        newest: &HashMap<StudentId, SubmissionRow>,
    ) -> Result<Self, Failure> {
        let pictures = store_.code_pictures(round).map_err(|error| store(&error))?;
        let states = code_picture::states(&pictures);
        let of = pictures.into_iter().filter_map(|picture| {
            let submission = newest.get(&picture.student)?.id;
            let state = *states.get(&picture.student)?;
            Some((submission, (picture, state)))
        });
        Ok(Self { of: of.collect() })
    }

    /// What kind of file each is.
    pub(super) fn formats(&self) -> HashMap<SubmissionId, CodeFormat> {
        let formats = self.of.iter();
        formats
            .map(|(submission, (picture, _))| (*submission, picture.format))
            .collect()
    }

    /// The bytes that go along with a submission, as they came.
    pub(super) fn bytes(
        &self,
        store_: &Store,
        submission: SubmissionId,
    ) -> Result<Vec<u8>, Failure> {
        let (picture, _) = self
            .of
            .get(&submission)
            .ok_or_else(|| refused(zh::SUBMISSION_UNKNOWN))?;
        store_
            .read_photo(picture.photo)
            .map_err(|error| store(&error))
    }

    /// What should be known of the pictures before they leave the office.
    pub(super) fn warnings(&self, plan: &DeliveryPlan) -> Vec<String> {
        if plan.codes.is_empty() {
            return Vec::new();
        }
        let without = plan.files.len().saturating_sub(plan.codes.len());
        let of = |wanted: fn(&CodeState) -> bool| {
            let states = plan.codes.keys().filter_map(|id| self.of.get(id));
            count(states.filter(|(_, state)| wanted(state)).count())
        };
        zh::code_warnings(
            count(without),
            of(|state| matches!(state, CodeState::SameAs(_))),
            of(|state| matches!(state, CodeState::Unreadable)),
        )
    }
}
