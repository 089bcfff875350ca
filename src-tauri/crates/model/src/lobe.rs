//! What is seen at the lobe of an ear: signs of an earring.
//!
//! Numbers of an upright picture brought to one scale; no limits.

use serde::{Deserialize, Serialize};

/// One ear's lobe; three readings, because studs, gold and drops show in different ways.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LobeFacts {
    /// How strongly a small spot, round on all sides, stands out of the skin of the lobe: curvature of CIELAB
    /// lightness and colour at the spot's own scale. Creases and gaps between hairs curve one way only and have little.
    pub spot: f64,
    /// The same for a yellow spot whose colour no shade of this skin has.
    pub yellow: f64,
    /// Contrast to the background, in CIELAB, of a thin thing that hangs under the lobe and ends there; 0 without one.
    pub hang: f64,
}
