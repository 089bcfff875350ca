//! Rules on what is behind the person.

use zhaoshen_model::measurement::SceneFacts;

use crate::draft::Draft;
use crate::subject::{Missing, Subject};

/// The scene, where enough of its background is visible to be judged.
fn visible<'a>(subject: &Subject<'a>, draft: &Draft<'_>) -> Result<&'a SceneFacts, Missing> {
    let scene = subject.scene()?;
    let least = draft.also("min_background_share").unwrap_or(0.0);
    if scene.background_share < least {
        return Err(Missing::Background);
    }
    Ok(scene)
}

pub(crate) mod background_colour_wrong;
pub(crate) mod background_not_clean;
pub(crate) mod background_not_uniform;
