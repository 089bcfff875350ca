//! What glass in front of an eye does: darker or coloured skin behind it, reflections; and the pupil.

use zhaoshen_model::{PixelRect, Point};

use super::strip::Strip;
use crate::colour::Lab;
use crate::measure::Look;
use crate::measure::landmarks::{IRISES, LIDS};
use crate::measure::stat;

/// Half axes of the area a lens covers at least, eye distances.
const LENS: (f64, f64) = (0.36, 0.26);
/// How far below the iris that area's middle lies.
const LENS_DROP: f64 = 0.06;
/// A reflection is lighter than the cheek by this much (CIELAB) …
const GLARE_LIGHTER: f32 = 18.0;
/// … but at least this light, and this light at most, beside fair skin …
const GLARE_LIGHTNESS: [f32; 2] = [70.0, 94.0];
/// … and has less than this share of the cheek's chroma, but for a small rest.
const GLARE_CHROMA: f32 = 0.5;
/// The rest.
const GLARE_CHROMA_REST: f32 = 3.0;
/// Radius of the pupil that is certainly seen / that of the iris.
const PUPIL: f64 = 0.5;

/// One eye on the strip, in its places.
pub(super) struct Eye {
    iris: Point,
    iris_radius: f64,
    /// The lower lid's lowest point.
    lid: f64,
}

/// Both eyes, left and right.
pub(super) fn eyes(look: &Look<'_>, strip: &Strip) -> [Eye; 2] {
    let marks = look.landmarks();
    [0, 1].map(|eye| {
        let iris = strip.place(marks.at(IRISES[eye]));
        Eye {
            iris,
            iris_radius: iris.distance(strip.place(marks.at(IRISES[eye] + 1))),
            lid: strip.place(marks.at(LIDS[eye][3].1)).y,
        }
    })
}

impl Eye {
    /// Median colour of the cheek below the eye, below where glasses end.
    pub(super) fn cheek(&self, strip: &Strip) -> Option<Lab> {
        self.median(strip, 0.18, (0.47, 0.66))
    }

    /// Median colour of the skin right under the eye, behind a lens if there is one.
    pub(super) fn under(&self, strip: &Strip) -> Option<Lab> {
        self.median(strip, 0.22, (self.lid + 0.06, self.lid + 0.20))
    }

    fn median(&self, strip: &Strip, half: f64, (top, bottom): (f64, f64)) -> Option<Lab> {
        let bounds = PixelRect::new(self.iris.x - half, top, 2.0 * half, bottom - top);
        stat::median_of_three(&strip.labs(bounds, |_| true).collect::<Vec<_>>())
    }

    /// Share of the lens's area that reflects light.
    pub(super) fn glare_share(&self, strip: &Strip, cheek: Lab) -> f64 {
        let (half, tall) = LENS;
        let middle = Point::new(self.iris.x, self.iris.y + LENS_DROP);
        let bounds = PixelRect::new(middle.x - half, middle.y - tall, 2.0 * half, 2.0 * tall);
        let within = |place: Point| {
            let (x, y) = ((place.x - middle.x) / half, (place.y - middle.y) / tall);
            x * x + y * y < 1.0
        };
        let [least, most] = GLARE_LIGHTNESS;
        let lightest = (cheek[0] + GLARE_LIGHTER).clamp(least, most);
        let dullest = GLARE_CHROMA * cheek[1].hypot(cheek[2]) + GLARE_CHROMA_REST;
        share(strip.labs(bounds, within), |[lightness, a, b]| {
            lightness >= lightest && a.hypot(b) < dullest
        })
    }

    /// Mean redness of the pupil less that of the cheek.
    pub(super) fn pupil_redness(&self, strip: &Strip, cheek: Lab) -> f64 {
        let radius = PUPIL * self.iris_radius;
        let bounds = PixelRect::new(
            self.iris.x - radius,
            self.iris.y - radius,
            2.0 * radius,
            2.0 * radius,
        );
        let within = |place: Point| place.distance(self.iris) < radius;
        let redness = strip.labs(bounds, within).map(|lab| f64::from(lab[1]));
        stat::mean_and_deviation(redness).map_or(0.0, |(mean, _)| mean - f64::from(cheek[1]))
    }
}

/// Distance in a*, b* between the mean of both colours under the eyes and that of the cheeks.
pub(super) fn colour_shift(under: [Lab; 2], cheeks: [Lab; 2]) -> f64 {
    let shift = [1, 2].map(|channel| {
        f64::from(under[0][channel] + under[1][channel])
            - f64::from(cheeks[0][channel] + cheeks[1][channel])
    });
    shift[0].hypot(shift[1]) / 2.0
}

/// Share of the colours that `fits` holds for; 0 for none.
pub(super) fn share(labs: impl Iterator<Item = Lab>, fits: impl Fn(Lab) -> bool) -> f64 {
    let (mut hits, mut count) = (0u32, 0u32);
    for lab in labs {
        count += 1;
        hits += u32::from(fits(lab));
    }
    f64::from(hits) / f64::from(count.max(1))
}
