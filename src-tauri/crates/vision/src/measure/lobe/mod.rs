//! Earrings: what stands out at the lobe of either ear, or hangs from it.
//!
//! Each ear is cut out upright and at one scale (the eyes are [`UNIT`] px apart), so that a stud has the same size in
//! every photo. Whether a colour is skin, and how far a spot is from it, is told by this person's cheek and lobe. Only
//! the rows about the lobe are looked at closely, and none where no ear shows.

mod curvature;
mod ear;
mod hang;
mod mask;
mod sample;
mod spot;
mod window;

#[cfg(test)]
mod tests;

use zhaoshen_model::lobe::LobeFacts;

use super::Look;
use crate::picture::Picture;
use ear::Ear;
use window::{Upright, Window};

/// Distance of the irises in the upright picture, px: the unit of all lengths here.
const UNIT: f64 = 160.0;
/// Columns of the window about an ear.
const WIDTH: usize = 120;
/// Rows of the window about an ear.
const HEIGHT: usize = 210;

/// What the lobes show, [left, right]; `None` where that ear does not show, under hair or turned away.
pub(super) fn measure(displayed: &Picture, look: &Look<'_>) -> [Option<LobeFacts>; 2] {
    let Some(upright) = Upright::new(displayed, look) else {
        return [None; 2];
    };
    [0, 1].map(|side| {
        let window = Window::cut(&upright, look, side)?;
        let ear = Ear::find(&window)?;
        let (spot, yellow) = spot::measure(&window, &ear);
        Some(LobeFacts {
            spot: f64::from(spot),
            yellow: f64::from(yellow),
            hang: f64::from(hang::measure(&window, &ear)),
        })
    })
}
