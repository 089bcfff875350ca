//! Light spots on the skin: places so light that they have lost the skin's colour.

use zhaoshen_model::PixelRect;

use super::lens::share;
use super::strip::Strip;
use crate::colour::Lab;
use crate::measure::Look;
use crate::measure::landmarks::IRISES;

/// Tip of the nose.
const NOSE_TIP: usize = 4;
/// A light spot is at least this light (CIELAB): nearly white whatever the complexion …
const LIGHTNESS: f32 = 90.0;
/// … lighter than the cheeks by this much …
const LIGHTER: f32 = 12.0;
/// … and has less than this share of their chroma.
const CHROMA: f32 = 0.6;

/// Share of the zone that has the most light spots, and where that zone is.
pub(super) fn highlight(
    look: &Look<'_>,
    strip: &Strip,
    cheeks: [Lab; 2],
) -> (f64, Option<PixelRect>) {
    let skin: Lab = [0, 1, 2].map(|i| f32::midpoint(cheeks[0][i], cheeks[1][i]));
    let is_spot = |[lightness, a, b]: Lab| {
        lightness > LIGHTNESS.max(skin[0] + LIGHTER) && a.hypot(b) < CHROMA * skin[1].hypot(skin[2])
    };
    let spots = |zone: &PixelRect| share(strip.labs(*zone, |_| true), is_spot);
    zones(look, strip)
        .into_iter()
        .map(|zone| (spots(&zone), zone))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(share, _)| *share > 0.0)
        .map_or((0.0, None), |(share, zone)| {
            (share, Some(in_picture(look, strip, zone)))
        })
}

/// Forehead, nose and both cheeks, in places of the strip.
fn zones(look: &Look<'_>, strip: &Strip) -> [PixelRect; 4] {
    let marks = look.landmarks();
    let nose = strip.place(marks.at(NOSE_TIP));
    let [left, right] = IRISES.map(|iris| strip.place(marks.at(iris)).x);
    [
        PixelRect::new(-0.45, -0.60, 0.90, 0.22),
        PixelRect::new(0.5 * nose.x - 0.12, 0.10, 0.24, nose.y),
        PixelRect::new(left - 0.22, 0.35, 0.44, 0.35),
        PixelRect::new(right - 0.22, 0.35, 0.44, 0.35),
    ]
}

fn in_picture(look: &Look<'_>, strip: &Strip, zone: PixelRect) -> PixelRect {
    let ends = [
        (zone.x, zone.y),
        (zone.x + zone.width, zone.y),
        (zone.x, zone.y + zone.height),
        (zone.x + zone.width, zone.y + zone.height),
    ];
    let rect = PixelRect::around(&ends.map(|(x, y)| strip.in_picture(x, y))).unwrap_or_default();
    look.scale.rect(rect)
}
