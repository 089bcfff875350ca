//! Photos that nobody looked at: approved by a release whose sample no longer stands approved.
//!
//! A release asks for a clean sample, and keeps its decisions when a photo of the sample is decided anew, or its decision
//! taken back, afterwards. What went unseen on the strength of it is told before it leaves the office.

use std::collections::HashMap;

use zhaoshen_model::SubmissionId;

use super::draft::Draft;
use crate::Seat;
use crate::failure::store;
use crate::wire::{Failure, PhotoInDoubt};
use crate::zh;

impl Seat {
    /// Those of the photos to be delivered.
    pub(super) fn unsampled(&self, draft: &Draft) -> Result<Vec<PhotoInDoubt>, Failure> {
        let unseen = self.store().released_without_sample(draft.round.id);
        let unseen = unseen.map_err(|error| store(&error))?;
        let plans: HashMap<SubmissionId, i64> = unseen
            .into_iter()
            .map(|(photo, plan)| (photo, plan.0))
            .collect();
        let why = |submission| plans.get(&submission).map(|plan| zh::without_sample(*plan));
        Ok(draft.in_doubt(why))
    }
}
