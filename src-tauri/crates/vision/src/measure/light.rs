//! Light and sharpness on the face.

use fast_image_resize::FilterType;
use zhaoshen_model::measurement::LightFacts;
use zhaoshen_model::{PixelRect, Point};

use super::Look;
use super::landmarks::{CHEEK_PATCHES, EYE_OUTLINES, IRISES, OVAL, contains};
use crate::colour::{self, Lab};
use crate::picture::Picture;

/// Samples taken across the face's width.
const COLUMNS: f64 = 48.0;
/// Distance of the eyes at which sharpness is measured, px.
const SHARPNESS_EYE_DISTANCE_PX: f64 = 120.0;
/// Luma up to which a pixel counts as underexposed (ISO/IEC 29794-5: 0..=25).
const DARK: u8 = 25;
/// Channel value from which a pixel counts as overexposed.
const BRIGHT: u8 = 250;

/// Measures the light; `None` when the face lies outside the picture.
pub(super) fn measure(look: &Look<'_>) -> Option<LightFacts> {
    let oval = look.landmarks().all(&OVAL);
    let eyes = EYE_OUTLINES.map(|outline| look.landmarks().all(&outline));
    let (mut count, mut bright, mut dark, mut lightness) = (0u32, 0u32, 0u32, 0.0);
    for point in grid(PixelRect::around(&oval)?, COLUMNS) {
        if !look.is_inside(point)
            || !contains(&oval, point)
            || eyes.iter().any(|eye| contains(eye, point))
        {
            continue;
        }
        let pixel = look.picture.at(point.x as i64, point.y as i64);
        count += 1;
        lightness += f64::from(colour::lightness(pixel));
        bright += u32::from(pixel.iter().all(|&channel| channel >= BRIGHT));
        dark += u32::from(colour::luma(pixel) <= DARK);
    }
    let share = |hits: u32| f64::from(hits) / f64::from(count.max(1));
    let [left, right] = cheeks(look);
    let (left, right) = (left?, right?);
    let (sharpness, eye_sharpness) = sharpness(look)?;
    (count > 0).then(|| LightFacts {
        face_lightness: lightness / f64::from(count),
        overexposed_share: share(bright),
        underexposed_share: share(dark),
        cheek_lightness_difference: f64::from(left[0] - right[0]),
        cheek_ab: [1, 2]
            .map(|channel| f64::midpoint(f64::from(left[channel]), f64::from(right[channel]))),
        sharpness,
        eye_sharpness,
    })
}

/// Mean colour of both cheeks: the skin that other parts are compared with.
pub(super) fn cheek_colour(look: &Look<'_>) -> Option<Lab> {
    let [left, right] = cheeks(look);
    match (left, right) {
        (Some(left), Some(right)) => Some([0, 1, 2].map(|i| f32::midpoint(left[i], right[i]))),
        (one, other) => one.or(other),
    }
}

/// Mean colour of each cheek's fleshy middle; `None` where it lies outside the picture.
fn cheeks(look: &Look<'_>) -> [Option<Lab>; 2] {
    let marks = look.landmarks();
    let radius = 0.16 * marks.inter_eye();
    CHEEK_PATCHES.map(|[first, second]| {
        let centre = marks.at(first).midpoint(marks.at(second));
        let bounds = PixelRect::new(
            centre.x - radius,
            centre.y - radius,
            2.0 * radius,
            2.0 * radius,
        );
        let mut sum = [0.0f64; 3];
        let mut count = 0u32;
        for point in grid(bounds, 12.0) {
            if point.distance(centre) <= radius && look.is_inside(point) {
                let lab = look.sample(point);
                count += 1;
                for (sum, value) in sum.iter_mut().zip(lab) {
                    *sum += f64::from(value);
                }
            }
        }
        (count >= 12).then(|| sum.map(|sum| (sum / f64::from(count)) as f32))
    })
}

impl Look<'_> {
    /// Colour at a point of the working picture.
    pub(super) fn sample(&self, point: Point) -> Lab {
        let (x, y) = (point.x.floor() as i64, point.y.floor() as i64);
        colour::lab(self.picture.at(x, y))
    }
}

/// Variance of the Laplacian over the inner face and over the eyes, at a fixed distance of the eyes.
fn sharpness(look: &Look<'_>) -> Option<(f64, f64)> {
    let marks = look.landmarks();
    let unit = marks.inter_eye();
    let centre = marks.eye_midpoint();
    let frame = look.picture.frame();
    let (left, top) = (
        (centre.x - 0.95 * unit).max(0.0),
        (centre.y - 0.55 * unit).max(0.0),
    );
    let right = (centre.x + 0.95 * unit).min(frame.width);
    let bottom = (centre.y + 1.35 * unit).min(frame.height);
    if right - left < unit || bottom - top < unit {
        return None;
    }
    let region = PixelRect::new(left, top, right - left, bottom - top);
    let scale = SHARPNESS_EYE_DISTANCE_PX / unit;
    let side = |length: f64| ((length * scale).round() as u32).clamp(3, 1000);
    let face = look
        .picture
        .scaled(
            region,
            side(region.width),
            side(region.height),
            FilterType::Hamming,
        )
        .ok()?;
    let lumas = Lumas::of(&face);
    let reach = 0.22 * SHARPNESS_EYE_DISTANCE_PX;
    let near_iris = |x: usize, y: usize| {
        IRISES.iter().any(|&iris| {
            let iris = marks.at(iris);
            let place = Point::new((iris.x - left) * scale, (iris.y - top) * scale);
            (x as f64 - place.x).abs() < reach && (y as f64 - place.y).abs() < reach * 0.7
        })
    };
    Some((
        lumas.laplacian_variance(|_, _| true),
        lumas.laplacian_variance(near_iris),
    ))
}

/// A plane of luma values.
struct Lumas {
    values: Vec<u8>,
    width: usize,
}

impl Lumas {
    fn of(picture: &Picture) -> Self {
        let values = picture
            .rgb()
            .chunks_exact(3)
            .map(|p| colour::luma([p[0], p[1], p[2]]))
            .collect();
        Self {
            values,
            width: picture.width_px() as usize,
        }
    }

    /// Variance of the 4-neighbour Laplacian over the chosen inner pixels; 0 for none.
    fn laplacian_variance(&self, chosen: impl Fn(usize, usize) -> bool) -> f64 {
        let (mut count, mut sum, mut squares) = (0i64, 0i64, 0i64);
        let mut lines = self.values.chunks_exact(self.width.max(1));
        let (Some(mut above), Some(mut here)) = (lines.next(), lines.next()) else {
            return 0.0;
        };
        for (y, below) in (1..).zip(lines) {
            let inner = above[1..].iter().zip(here.windows(3)).zip(&below[1..]);
            for (x, ((&above, here), &below)) in (1..).zip(inner) {
                let [left, middle, right] = [here[0], here[1], here[2]].map(i64::from);
                let laplacian = left + right + i64::from(above) + i64::from(below) - 4 * middle;
                let counts = i64::from(chosen(x, y));
                count += counts;
                sum += counts * laplacian;
                squares += counts * laplacian * laplacian;
            }
            (above, here) = (here, below);
        }
        let share = 1.0 / count.max(1) as f64;
        let mean = sum as f64 * share;
        (squares as f64 * share - mean * mean).max(0.0)
    }
}

/// Points of a regular grid over `bounds`, `columns` across.
pub(super) fn grid(bounds: PixelRect, columns: f64) -> impl Iterator<Item = Point> {
    let step = (bounds.width / columns).max(0.5);
    let (across, down) = ((bounds.width / step) as u32, (bounds.height / step) as u32);
    (0..down.min(2000)).flat_map(move |row| {
        (0..across.min(2000)).map(move |column| {
            Point::new(
                bounds.x + (f64::from(column) + 0.5) * step,
                bounds.y + (f64::from(row) + 0.5) * step,
            )
        })
    })
}
