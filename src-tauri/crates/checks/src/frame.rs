//! The final frame: which part of a picture becomes the finished file.
//!
//! Geometric only: a rectangle of the final file's shape inside the picture, never enlarged, never
//! rotated. A crop is three numbers: the source pixels per final pixel (`t`) and the left top
//! corner. Every band of the standard (GEO-01..04) bounds the corner by straight lines in `t`, so
//! the crops that satisfy all of them are found in closed form, by intersecting half-lines.

use serde::{Deserialize, Serialize};
use zhaoshen_model::measurement::FaceFacts;
use zhaoshen_model::profile::Outside;
use zhaoshen_model::{Mark, Measurements, PixelRect, Profile};

mod demands;
mod solve;

use demands::{CODES, Demands, WIDTH};
use solve::{Crop, crop};

/// The part of the picture that the finished file is cut from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FinalFrame {
    /// The rectangle, px of the picture as displayed; exactly of the final file's shape (3:4),
    /// always inside the picture; whole pixels where the bands leave room for it.
    pub rect: PixelRect,
    /// Final pixels per pixel of the picture. Above 1 only where the picture has fewer pixels than
    /// the final file, and then the frame is not feasible.
    pub scale: f64,
    /// Whether this is the whole picture (trimmed by the pixels that its shape is off 3:4).
    pub as_is: bool,
    /// Whether every band holds and nothing is enlarged.
    pub feasible: bool,
    /// What does not hold: GEO codes ascending, then JPEG-02.
    pub violations: Vec<Violation>,
}

/// A rule that the frame breaks, and why no crop of this picture can keep it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violation {
    /// Code of the rule, e.g. `GEO-02`; `JPEG-02` for too few pixels, `FACE-01` without a face.
    pub code: String,
    /// What stands in the way.
    pub obstacle: Obstacle,
}

/// What stands in the way of a crop that would keep a band.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// The picture has just the size of the final file: there is nothing to crop.
    NothingToCrop,
    /// The picture has fewer pixels than the final file.
    TooFewPixels,
    /// No face to place.
    NoFace,
    /// The face would have to be enlarged.
    FaceTooSmall,
    /// Even the largest crop shows the face too large.
    FaceTooLarge,
    /// More picture would be needed above.
    NoRoomAbove,
    /// More picture would be needed below.
    NoRoomBelow,
    /// More picture would be needed on the left.
    NoRoomLeft,
    /// More picture would be needed on the right.
    NoRoomRight,
    /// This band and the band of another rule (its code) exclude each other.
    Conflict(String),
    /// Each other band alone would leave room, all together do not.
    Together,
}

impl FinalFrame {
    /// x in the final file, px, of `x` in the picture.
    pub fn final_x(&self, x: f64) -> f64 {
        (x - self.rect.x) * self.scale
    }

    /// y in the final file, px, of `y` in the picture.
    pub fn final_y(&self, y: f64) -> f64 {
        (y - self.rect.y) * self.scale
    }

    /// Length in the final file, px, of `length` in the picture.
    pub fn final_length(&self, length: f64) -> f64 {
        length * self.scale
    }

    /// A line at `y` of the picture with the allowed band, given in px of the final file.
    pub fn horizontal_line(&self, y: f64, min: Option<f64>, max: Option<f64>) -> Mark {
        let back = |limit: f64| self.rect.y + limit / self.scale;
        Mark::HorizontalLine {
            y,
            min: min.map(back),
            max: max.map(back),
        }
    }

    /// A line at `x` of the picture with the allowed band, given in px of the final file.
    pub fn vertical_line(&self, x: f64, min: Option<f64>, max: Option<f64>) -> Mark {
        let back = |limit: f64| self.rect.x + limit / self.scale;
        Mark::VerticalLine {
            x,
            min: min.map(back),
            max: max.map(back),
        }
    }

    /// Why the rule with `code` is broken, where it is.
    pub fn violation(&self, code: &str) -> Option<&Obstacle> {
        let found = self.violations.iter().find(|found| found.code == code)?;
        Some(&found.obstacle)
    }

    const fn nowhere() -> Self {
        Self {
            rect: PixelRect::new(0.0, 0.0, 0.0, 0.0),
            scale: 0.0,
            as_is: false,
            feasible: false,
            violations: Vec::new(),
        }
    }
}

/// The frame of one photo under one profile.
///
/// A picture that has the final shape already and keeps every band is taken whole. Otherwise the
/// crop that keeps all bands, away from their limits where that can be had. Where none keeps all,
/// the one that breaks the least, and the whole picture if it breaks no more than that. Without a
/// picture the frame is empty; without a face it is the largest one in the middle.
pub fn final_frame(measurements: &Measurements, profile: &Profile) -> FinalFrame {
    let (width, height) = (profile.rendition.width_px, profile.rendition.height_px);
    let Some(picture) = measurements.picture.as_ref() else {
        return FinalFrame::nowhere();
    };
    let canvas = Canvas {
        width: f64::from(picture.width_px),
        height: f64::from(picture.height_px),
        final_width: f64::from(width),
        final_height: f64::from(height),
        unit: f64::from(greatest_common_divisor(width, height)),
    };
    if canvas.largest_t() <= 0.0 || width == 0 || height == 0 {
        return FinalFrame::nowhere();
    }
    let whole = canvas.whole();
    let shaped = canvas.is_shaped(ratio_tolerance(profile));
    let Some(face) = measurements.face.as_ref().filter(|face| is_sane(face)) else {
        return canvas.frame(whole, shaped, vec![("FACE-01", Obstacle::NoFace)]);
    };
    let demands = Demands::of(face, profile, &canvas);
    choose(&canvas, &demands, whole, shaped)
}

fn choose(canvas: &Canvas, demands: &Demands, whole: Crop, shaped: bool) -> FinalFrame {
    if shaped && demands.broken(whole) == 0 {
        return canvas.frame(whole, true, Vec::new());
    }
    let kept = [demands.comfortable(), demands.inner(), demands.clone()]
        .iter()
        .find_map(|wish| crop(canvas, wish, 0));
    let (taken, as_is) = match kept {
        Some(kept) => (kept, false),
        None => least_broken(canvas, demands, whole, shaped),
    };
    let broken = demands.broken(taken);
    let violations = (0..CODES.len())
        .filter(|band| broken & (1 << band) != 0)
        .map(|band| (CODES[band], obstacle(canvas, demands, taken, band)))
        .collect();
    canvas.frame(taken, as_is, violations)
}

/// The crop that breaks the cheapest set of bands, or the whole picture where that breaks no more.
fn least_broken(canvas: &Canvas, demands: &Demands, whole: Crop, shaped: bool) -> (Crop, bool) {
    let mut dropped: Vec<u8> = (1..1 << CODES.len()).collect();
    dropped.sort_by_key(|mask| demands.cost(*mask));
    let best = dropped
        .into_iter()
        .find_map(|mask| crop(canvas, demands, mask));
    match best {
        Some(best) if !shaped => (best, false),
        Some(best) if demands.cost(demands.broken(best)) < demands.cost(demands.broken(whole)) => {
            (best, false)
        }
        _ => (whole, shaped),
    }
}

fn obstacle(canvas: &Canvas, demands: &Demands, taken: Crop, band: usize) -> Obstacle {
    if canvas.smallest_t() >= canvas.largest_t() && canvas.is_shaped(1e-9) {
        return Obstacle::NothingToCrop;
    }
    let all_but = |kept: &[usize]| {
        (0..CODES.len())
            .filter(|other| !kept.contains(other))
            .fold(0u8, |mask, other| mask | (1 << other))
    };
    // A position is always meant at a size at which the face is right, where there is one.
    let sized = all_but(&[band, WIDTH]);
    let sizeable = crop(canvas, demands, all_but(&[WIDTH])).is_some();
    let asked = if sizeable { sized } else { all_but(&[band]) };
    if crop(canvas, demands, asked).is_none() {
        return demands.alone(taken, band);
    }
    let rival = (0..CODES.len())
        .filter(|other| *other != band && demands.has(*other))
        .find(|other| crop(canvas, demands, all_but(&[band, *other])).is_none());
    match rival {
        Some(other) => Obstacle::Conflict(CODES[other].to_owned()),
        None => Obstacle::Together,
    }
}

/// The picture and the shape to cut from it.
pub(crate) struct Canvas {
    width: f64,
    height: f64,
    final_width: f64,
    final_height: f64,
    /// Greatest common divisor of the final sides: crops of whole pixels have `t` = n / unit.
    unit: f64,
}

impl Canvas {
    /// Source pixels per final pixel of the largest crop.
    pub fn largest_t(&self) -> f64 {
        (self.width / self.final_width).min(self.height / self.final_height)
    }

    /// Source pixels per final pixel of the smallest crop allowed: not enlarged where it can be had.
    pub fn smallest_t(&self) -> f64 {
        self.largest_t().min(1.0)
    }

    fn is_shaped(&self, tolerance: f64) -> bool {
        (self.width / self.height - self.final_width / self.final_height).abs() <= tolerance
    }

    /// The largest crop in the middle, in whole pixels.
    fn whole(&self) -> Crop {
        let whole = (self.largest_t() * self.unit + 1e-9).floor() / self.unit;
        let t = if whole > 0.0 { whole } else { self.largest_t() };
        Crop {
            t,
            x: ((self.width - self.final_width * t) / 2.0).floor().max(0.0),
            y: ((self.height - self.final_height * t) / 2.0)
                .floor()
                .max(0.0),
        }
    }

    fn frame(&self, crop: Crop, as_is: bool, mut broken: Vec<(&str, Obstacle)>) -> FinalFrame {
        if self.largest_t() < 1.0 {
            broken.push(("JPEG-02", Obstacle::TooFewPixels));
        }
        let (width, height) = (self.final_width * crop.t, self.final_height * crop.t);
        // Rounding may leave a hair below zero, and a whole number may come out as minus zero.
        let inside = |corner: f64, most: f64| if corner > 0.0 { corner.min(most) } else { 0.0 };
        let x = inside(crop.x, (self.width - width).max(0.0));
        let y = inside(crop.y, (self.height - height).max(0.0));
        FinalFrame {
            rect: PixelRect::new(x, y, width, height),
            scale: 1.0 / crop.t,
            as_is,
            feasible: broken.is_empty(),
            violations: broken
                .into_iter()
                .map(|(code, obstacle)| Violation {
                    code: code.to_owned(),
                    obstacle,
                })
                .collect(),
        }
    }
}

fn ratio_tolerance(profile: &Profile) -> f64 {
    let settings = profile.rules.get("JPEG-02");
    let stated = settings.and_then(|settings| settings.also.get("ratio_tolerance"));
    stated.copied().unwrap_or(0.01)
}

/// Whether every number that the frame is computed from can be computed with.
fn is_sane(face: &FaceFacts) -> bool {
    let fine = |value: f64| value.abs() <= 1e7;
    fine(face.eye_line_y_px)
        && fine(face.face_width_px)
        && fine(face.face_centre_x_px)
        && face.face_width_px > 0.0
}

pub(crate) const fn greatest_common_divisor(mut a: u32, mut b: u32) -> u32 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// Whether the rule is a fault or a hint, as a weight.
const fn weight(outside: Outside) -> u32 {
    match outside {
        Outside::Fail => 100,
        Outside::Warn => 10,
    }
}

#[cfg(test)]
#[path = "frame_tests.rs"]
mod tests;
