//! Light and sharpness on the face.

use fast_image_resize::FilterType;
use zhaoshen_model::measurement::LightFacts;
use zhaoshen_model::{PixelRect, Point};

use super::Look;
use super::landmarks::{CHEEK_PATCHES, EYE_OUTLINES, IRISES, OVAL, Outline};
use crate::colour::{self, Lab};
use crate::nets::kernels::{Simd, Wide, byte_luma_row, wide};
use crate::picture::Picture;

/// Samples taken across the face's width.
const COLUMNS: f64 = 48.0;
/// Distance of the eyes at which sharpness is measured, px.
const SHARPNESS_EYE_DISTANCE_PX: f64 = 120.0;
/// Most pixels along a side at which it is measured.
const WIDEST: u32 = 1000;
/// Luma up to which a pixel counts as underexposed (ISO/IEC 29794-5: 0..=25).
const DARK: u8 = 25;
/// Channel value from which a pixel counts as overexposed.
const BRIGHT: u8 = 250;

/// Measures the light; `None` when the face lies outside the picture.
pub(super) fn measure(look: &Look<'_>) -> Option<LightFacts> {
    let oval = look.landmarks().all(&OVAL);
    let eyes = EYE_OUTLINES.map(|outline| look.landmarks().all(&outline));
    let (mut face, mut eyes) = (
        Outline::new(&oval),
        eyes.each_ref().map(|eye| Outline::new(eye)),
    );
    let (mut count, mut bright, mut dark, mut lightness) = (0u32, 0u32, 0u32, 0.0);
    for point in grid(PixelRect::around(&oval)?, COLUMNS) {
        if !look.is_inside(point)
            || !face.contains(point)
            || eyes.iter_mut().any(|eye| eye.contains(point))
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
    let side = |length: f64| ((length * scale).round() as u32).clamp(3, WIDEST);
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
    let places = IRISES.map(|iris| {
        let iris = marks.at(iris);
        Point::new((iris.x - left) * scale, (iris.y - top) * scale)
    });
    let near_iris = |y: usize, chosen: &mut [bool]| {
        let beside = |place: &&Point| (y as f64 - place.y).abs() < reach * 0.7;
        for place in places.iter().filter(beside) {
            for (x, chosen) in chosen.iter_mut().enumerate() {
                *chosen |= (x as f64 - place.x).abs() < reach;
            }
        }
    };
    Some((
        lumas.laplacian_variance(|_, chosen| chosen.fill(true)),
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
        let mut values = vec![0; picture.rgb().len() / 3];
        byte_luma_row(Simd::best(), picture.rgb(), &mut values);
        Self {
            values,
            width: picture.width_px() as usize,
        }
    }

    /// Variance of the 4-neighbour Laplacian over the inner pixels that `choose` marks in each row; 0 for none.
    fn laplacian_variance(&self, choose: impl Fn(usize, &mut [bool])) -> f64 {
        let (mut count, mut sum, mut squares) = (0i64, 0i64, 0i64);
        let mut lines = self.values.chunks_exact(self.width.max(1));
        let (Some(mut above), Some(mut here)) = (lines.next(), lines.next()) else {
            return 0.0;
        };
        let mut chosen = vec![false; self.width];
        for (y, below) in (1..).zip(lines) {
            chosen.fill(false);
            choose(y, &mut chosen);
            if chosen.contains(&true) {
                let row = wide(Laplacians {
                    rows: [above, here, below],
                    chosen: &chosen,
                });
                count += i64::from(row[0]);
                sum += i64::from(row[1]);
                squares += i64::from(row[2]);
            }
            (above, here) = (here, below);
        }
        let share = 1.0 / count.max(1) as f64;
        let mean = sum as f64 * share;
        (squares as f64 * share - mean * mean).max(0.0)
    }
}

/// The inner pixels of one row, with the rows above and below; at most [`WIDEST`] of them, so that the sums of
/// squares of at most 1020 stay within 32 bits.
struct Laplacians<'a> {
    rows: [&'a [u8]; 3],
    chosen: &'a [bool],
}

impl Wide for Laplacians<'_> {
    /// Number, sum and sum of squares of the chosen.
    type Result = [i32; 3];

    #[inline(always)]
    fn run(self) -> [i32; 3] {
        let [above, here, below] = self.rows;
        let around = above[1..].iter().zip(&below[1..]);
        let along = here.iter().zip(&here[1..]).zip(&here[2..]);
        let (mut count, mut sum, mut squares) = (0i32, 0i32, 0i32);
        for (((&above, &below), ((&left, &middle), &right)), &chosen) in
            around.zip(along).zip(&self.chosen[1..])
        {
            let [above, below, left, middle, right] =
                [above, below, left, middle, right].map(i32::from);
            let counts = i32::from(chosen);
            let laplacian = (left + right + above + below - 4 * middle) * counts;
            count = count.wrapping_add(counts);
            sum = sum.wrapping_add(laplacian);
            squares = squares.wrapping_add(laplacian.wrapping_mul(laplacian));
        }
        [count, sum, squares]
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
