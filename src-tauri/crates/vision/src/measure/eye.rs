//! Whether an eyeball shows where the mesh believes the lids to be open.
//!
//! The mesh now and then draws an opening over a closed lid. An open eye has white, iris and pupil, so
//! the lightness inside its outline spreads widely; a lid is even.

use zhaoshen_model::PixelRect;

use super::landmarks::{EYE_OUTLINES, Outline};
use super::{Look, light, stat};

/// Columns of samples over the eye's width.
const COLUMNS: f64 = 32.0;
/// Spread of CIELAB lightness, 10 % to 90 %, from which an eyeball certainly shows. Of 150 people with
/// open eyes the flattest, a squint, spread by as much.
const EYEBALL_SPREAD: f64 = 16.0;
/// Fewest samples that have a spread.
const FEWEST: usize = 12;

/// 1 where an eyeball shows, less the flatter the inside of the outline is; 1 where it cannot be told.
pub(super) fn eyeball_factor(look: &Look<'_>, eye: usize) -> f64 {
    let outline = look.landmarks().all(&EYE_OUTLINES[eye]);
    let Some(bounds) = PixelRect::around(&outline) else {
        return 1.0;
    };
    let mut opening = Outline::new(&outline);
    let mut lightness: Vec<f32> = light::grid(bounds, COLUMNS)
        .filter(|&point| opening.contains(point) && look.is_inside(point))
        .map(|point| look.sample(point)[0])
        .collect();
    if lightness.len() < FEWEST {
        return 1.0;
    }
    let (low, high) = (
        stat::quantile(&mut lightness, 0.1),
        stat::quantile(&mut lightness, 0.9),
    );
    let spread = high
        .zip(low)
        .map_or(0.0, |(high, low)| f64::from(high - low));
    (spread / EYEBALL_SPREAD).min(1.0)
}
