//! The face close up: glasses, lenses, light spots, pupils.
//!
//! Everything is measured on one upright strip of the face at a fixed scale, and relative to the cheeks of this
//! very face, so that light and complexion cancel.

mod glasses;
mod lens;
mod shine;
mod strip;

use zhaoshen_model::detail::DetailFacts;

use super::Look;
use strip::Strip;

/// Measures the face close up; `None` where it leaves the picture.
pub(super) fn measure(look: &Look<'_>) -> Option<DetailFacts> {
    let strip = Strip::cut(look)?;
    let eyes = lens::eyes(look, &strip);
    let cheeks = [eyes[0].cheek(&strip)?, eyes[1].cheek(&strip)?];
    let under = [eyes[0].under(&strip)?, eyes[1].under(&strip)?];
    let (highlight_share, highlight_rect) = shine::highlight(look, &strip, cheeks);
    Some(DetailFacts {
        glasses_evidence: glasses::evidence(look, &strip),
        lens_lightness_ratios: [0, 1]
            .map(|eye| f64::from(under[eye][0]) / f64::from(cheeks[eye][0]).max(1.0)),
        lens_colour_shift: lens::colour_shift(under, cheeks),
        glare_shares: [0, 1].map(|eye| eyes[eye].glare_share(&strip, cheeks[eye])),
        highlight_share,
        highlight_rect,
        pupil_rednesses: [0, 1].map(|eye| eyes[eye].pupil_redness(&strip, cheeks[eye])),
    })
}

#[cfg(test)]
mod tests;
