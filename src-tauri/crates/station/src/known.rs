//! What is known of the photos of a round, to judge them by: what was measured of each, and its past.

use std::collections::HashMap;

use zhaoshen_model::measurement::MEASUREMENT_VERSION;
use zhaoshen_model::{Measurements, PhotoHash, PhotoHistory, RoundId, SubmissionId};
use zhaoshen_store::Store;

use crate::failure::store;
use crate::wire::Failure;

/// Read once, for all submissions of a round.
pub(crate) struct Known {
    measured: HashMap<PhotoHash, Measurements>,
    histories: HashMap<SubmissionId, PhotoHistory>,
}

impl Known {
    /// All that is known of the round's photos.
    pub(crate) fn of(store_: &Store, round: RoundId) -> Result<Self, Failure> {
        let measured = store_.round_measurements(round, MEASUREMENT_VERSION);
        let measured = measured.map_err(|error| store(&error))?;
        let histories = store_.photo_histories(round);
        Ok(Self {
            measured: measured.into_iter().collect(),
            histories: histories.map_err(|error| store(&error))?,
        })
    }

    /// What a submission's photo is judged by; `None` for one that was not measured yet.
    pub(crate) fn about(
        &self,
        submission: SubmissionId,
        photo: PhotoHash,
    ) -> Option<(&Measurements, PhotoHistory)> {
        let history = self.histories.get(&submission).cloned();
        Some((self.measured.get(&photo)?, history.unwrap_or_default()))
    }
}
