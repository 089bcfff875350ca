//! Rules on how the head is held.

use zhaoshen_model::measurement::FaceFacts;
use zhaoshen_model::{Finding, Severity};

use crate::band::Reading;
use crate::draft::Draft;
use crate::subject::Missing;

/// The finding of `reading`, taken from the pose fitted to the mesh of `face`. Where the mesh does not fit a
/// head well, a head that seems well held may not be; one that seems turned is looked at anyway.
fn fitted(face: &FaceFacts, reading: &Reading, draft: Draft<'_>) -> Result<Finding, Missing> {
    let limit = draft.also("max_residual_ratio").unwrap_or(f64::INFINITY);
    if face.pose_residual_ratio > limit && reading.severity() == Severity::Pass {
        return Err(Missing::Pose);
    }
    Ok(draft.measured(reading))
}

pub(crate) mod head_nodding;
pub(crate) mod head_tilted;
pub(crate) mod head_turned;
pub(crate) mod shoulders_uneven;
