//! The pictures of 采集码 that go along with a delivery: whose, and what to know of them before.

use std::collections::HashMap;

use zhaoshen_exchange::delivery::DeliveryPlan;
use zhaoshen_model::{
    CodeFormat, CodePicture, CodeState, PhotoHash, RoundId, StudentId, SubmissionId, code_picture,
};
use zhaoshen_store::{Store, SubmissionRow};
use zhaoshen_vision::bare;

use crate::app::count;
use crate::failure::{refused, store};
use crate::wire::Failure;
use crate::zh;

/// A picture as it may leave the office: a name can stand in its file beside the code.
pub(super) fn without_metadata(bytes: &[u8], format: CodeFormat) -> Result<Vec<u8>, Failure> {
    let bare = match format {
        CodeFormat::Jpeg => bare::jpeg(bytes, None),
        CodeFormat::Png => bare::png(bytes),
    };
    bare.ok_or_else(|| refused(zh::WHY_NOT_DECODABLE))
}

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

    /// The bytes that go along with a submission: the picture as it came, without what else was written into the file.
    pub(super) fn bytes(
        &self,
        store_: &Store,
        submission: SubmissionId,
    ) -> Result<Vec<u8>, Failure> {
        let (picture, _) = self
            .of
            .get(&submission)
            .ok_or_else(|| refused(zh::SUBMISSION_UNKNOWN))?;
        let bytes = store_.read_photo(picture.photo);
        without_metadata(&bytes.map_err(|error| store(&error))?, picture.format)
    }

    /// The original of the picture that went along with a submission.
    pub(super) fn original(&self, submission: SubmissionId) -> Option<PhotoHash> {
        self.of.get(&submission).map(|(picture, _)| picture.photo)
    }

    /// What should be known of a photo's picture; nothing where none goes along at all.
    pub(super) fn doubt(&self, plan: &DeliveryPlan, submission: SubmissionId) -> Option<String> {
        if plan.codes.is_empty() {
            return None;
        }
        let doubt = match self.of.get(&submission).map(|(_, state)| state) {
            None => zh::CODE_MISSING,
            Some(CodeState::SameAs(_)) => zh::CODE_SHARED,
            Some(CodeState::Unreadable) => zh::CODE_UNREADABLE,
            Some(_) => return None,
        };
        Some(doubt.to_owned())
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
