//! Teeth between the lips.

use zhaoshen_model::{PixelRect, Point};

use super::landmarks::{INNER_LIP_OUTLINE, OUTER_LIP_OUTLINE, contains};
use super::{Look, light};
use crate::colour::{self, Lab};

/// Samples taken along the mouth's width.
const COLUMNS: f64 = 72.0;
/// An opening lower than this, in px of the working picture, shows nothing.
const LOWEST_OPENING_PX: f64 = 1.0;

/// Share of tooth-coloured samples inside the inner-lip outline; `None` when it is closed or the skin
/// colour to compare with is missing.
///
/// Teeth are told relative to this face: nearly as light as the cheeks or lighter, and far less red.
pub(super) fn teeth_share(look: &Look<'_>) -> Option<f64> {
    let outline = look.landmarks().all(&INNER_LIP_OUTLINE);
    let bounds = PixelRect::around(&outline)?;
    if bounds.height < LOWEST_OPENING_PX {
        return None;
    }
    let skin = light::cheek_colour(look)?;
    let lips = lip_colour(look).unwrap_or(skin);
    let (mut teeth, mut count) = (0u32, 0u32);
    each_inside(&outline, bounds, |point| {
        count += 1;
        teeth += u32::from(is_tooth(look.sample(point), skin, lips));
    });
    (count >= 8).then(|| f64::from(teeth) / f64::from(count))
}

/// Median colour between the inner and the outer lip outline.
fn lip_colour(look: &Look<'_>) -> Option<Lab> {
    let inner = look.landmarks().all(&INNER_LIP_OUTLINE);
    let outer = look.landmarks().all(&OUTER_LIP_OUTLINE);
    let bounds = PixelRect::around(&outer)?;
    let mut samples = Vec::new();
    each_inside(&outer, bounds, |point| {
        if !contains(&inner, point) {
            samples.push(look.sample(point));
        }
    });
    super::stat::median_of_three(&samples)
}

fn is_tooth(sample: Lab, skin: Lab, lips: Lab) -> bool {
    let redness = |lab: Lab| lab[1];
    sample[0] > skin[0] - 22.0
        && sample[0] > lips[0] + 2.0
        && redness(sample) < redness(skin) * 0.5 + redness(lips) * 0.15
}

/// Calls `visit` for a regular grid of points inside the polygon.
fn each_inside(polygon: &[Point], bounds: PixelRect, mut visit: impl FnMut(Point)) {
    let step = (bounds.width / COLUMNS).max(0.5);
    let mut y = bounds.y + step / 2.0;
    while y < bounds.y + bounds.height {
        let mut x = bounds.x + step / 2.0;
        while x < bounds.x + bounds.width {
            let point = Point::new(x, y);
            if contains(polygon, point) {
                visit(point);
            }
            x += step;
        }
        y += step;
    }
}

impl Look<'_> {
    /// Colour at a point of the working picture.
    pub(super) fn sample(&self, point: Point) -> Lab {
        colour::lab(
            self.picture
                .at(point.x.floor() as i64, point.y.floor() as i64),
        )
    }
}
