//! What is seen close up on the face: glasses, lenses, light spots, pupils.
//!
//! Numbers relative to this very face; no limits. A part that cannot be seen is `None`.

use serde::{Deserialize, Serialize};

use crate::geometry::PixelRect;

/// The face close up. "Left" and "right" are sides of the picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DetailFacts {
    /// How much the face shows lines where glasses have rims, bridge and arms, in doublings of the
    /// contrast that bare faces have there: 0 none, 12.5 at most.
    pub glasses_evidence: f64,
    /// CIELAB lightness of the skin right under each eye / that of the cheek below it: [left, right].
    pub lens_lightness_ratios: [f64; 2],
    /// Distance in a*, b* between the skin right under the eyes and the cheeks, the mean of both sides.
    pub lens_colour_shift: f64,
    /// Share of the area a lens would cover that is far lighter than the cheek and colourless: [left, right].
    pub glare_shares: [f64; 2],
    /// Share of the skin zone with the most of it (forehead, nose, cheeks) that is nearly white, 0..1.
    pub highlight_share: f64,
    /// That zone, px; `None` without any highlight.
    pub highlight_rect: Option<PixelRect>,
    /// Mean CIELAB a* (redness) of each pupil less that of the cheek below: [left, right].
    pub pupil_rednesses: [f64; 2],
}
