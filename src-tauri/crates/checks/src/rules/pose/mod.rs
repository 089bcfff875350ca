//! Rules on how the head is held.

use zhaoshen_model::measurement::FaceFacts;

use crate::draft::Draft;
use crate::subject::{Missing, Subject};

/// The face, where the pose fitted to its mesh can be trusted.
fn trusted<'a>(subject: &Subject<'a>, draft: &Draft<'_>) -> Result<&'a FaceFacts, Missing> {
    let face = subject.face()?;
    let limit = draft.also("max_residual_ratio").unwrap_or(f64::INFINITY);
    if face.pose_residual_ratio > limit {
        return Err(Missing::Pose);
    }
    Ok(face)
}

pub(crate) mod head_nodding;
pub(crate) mod head_tilted;
pub(crate) mod head_turned;
