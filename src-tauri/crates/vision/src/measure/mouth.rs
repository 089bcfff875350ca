//! Teeth between the lips, and how surely they are told from them.

use zhaoshen_model::{PixelRect, Point};

use super::landmarks::{INNER_LIP_OUTLINE, MOUTH_CORNERS, OUTER_LIP_OUTLINE, Outline};
use super::{Look, stat};
use crate::colour::Lab;

/// Columns between the corners of the mouth.
const COLUMNS: usize = 96;
/// Tooth colour is lighter than this share of the lips' lightness; the dark between the lips is not.
const LIGHTNESS: f32 = 0.6;
/// Tooth colour has less red (a*) than this share of the lips'.
const REDNESS: f32 = 0.7;
/// Lips less red than this (a*) cannot be told from teeth by colour: a grey photo, or lost colours.
const FAINTEST_LIPS: f32 = 3.0;

/// Fewest places of the lips, or columns of the mouth, that say how sure anything is.
const FEWEST: usize = 8;

/// How wide the row of teeth is that shows.
pub(super) struct Mouth {
    /// Of the mouth's width, inner corner to inner corner.
    pub(super) teeth_share: f64,
    /// Of the distance from the eyes to the chin: a smile widens the mouth, and the share with it grows too little.
    pub(super) teeth_ratio: f64,
    /// How surely the lips' own places are no teeth, 0..=1; `None` for hardly any.
    pub(super) lips_confidence: Option<f64>,
    /// How surely the columns of the mouth show teeth or none, 0..=1; `None` for hardly any.
    pub(super) teeth_confidence: Option<f64>,
}

/// Where tooth colour shows between the inner lips; `None` when the lips have no colour to compare with.
///
/// Colour is relative to this very mouth: light and complexion change lips and teeth alike.
pub(super) fn measure(look: &Look<'_>) -> Option<Mouth> {
    let marks = look.landmarks();
    let inner = marks.all(&INNER_LIP_OUTLINE);
    let samples = lip_colours(look, &inner)?;
    let lips = stat::median_of_three(&samples)?;
    if lips[1] < FAINTEST_LIPS {
        return None;
    }
    let [left, right] = MOUTH_CORNERS.map(|index| marks.at(index));
    let grid = Grid::between(left, right)?;
    let bounds = PixelRect::around(&inner)?;
    let rows = bounds.y..bounds.y + bounds.height;
    let mut opening = Outline::new(&inner);
    let mut likest = |column: usize| {
        let mut likest: Option<f32> = None;
        let inside = grid.column(column).filter(|point| rows.contains(&point.y));
        for point in inside.filter(|&point| opening.contains(point)) {
            let beyond = beyond_border(look.sample(point), lips);
            likest = Some(likest.map_or(beyond, |likest| likest.max(beyond)));
            if beyond >= 1.0 {
                break;
            }
        }
        likest
    };
    let columns: Vec<f32> = (0..COLUMNS).filter_map(&mut likest).collect();
    let shown = columns.iter().filter(|&&beyond| beyond > 0.0).count();
    let share = shown as f64 / COLUMNS as f64;
    Some(Mouth {
        teeth_share: share,
        teeth_ratio: share * left.distance(right) / marks.eye_to_chin(),
        lips_confidence: mean_sureness(samples.iter().map(|&lab| -beyond_border(lab, lips))),
        teeth_confidence: mean_sureness(columns.iter().map(|beyond| beyond.abs())),
    })
}

/// How far a colour lies beyond the border to tooth colour: positive is tooth, and 1 is as far as the lips' own colour
/// lies on this side of it.
fn beyond_border([lightness, redness, _]: Lab, lips: Lab) -> f32 {
    let lighter = (lightness - LIGHTNESS * lips[0]) / ((1.0 - LIGHTNESS) * lips[0]);
    let paler = (REDNESS * lips[1] - redness) / ((1.0 - REDNESS) * lips[1]);
    lighter.min(paler)
}

/// Mean of distances from a border, each taken as 0..=1; `None` for hardly any.
fn mean_sureness(distances: impl ExactSizeIterator<Item = f32>) -> Option<f64> {
    let count = distances.len();
    let sum: f64 = distances
        .map(|distance| f64::from(distance.clamp(0.0, 1.0)))
        .sum();
    (count >= FEWEST).then(|| sum / count as f64)
}

/// Colours between the inner and the outer lip outline.
fn lip_colours(look: &Look<'_>, inner: &[Point]) -> Option<Vec<Lab>> {
    let marks = look.landmarks();
    let outer = marks.all(&OUTER_LIP_OUTLINE);
    let [left, right] = MOUTH_CORNERS.map(|index| marks.at(index));
    let grid = Grid::between(left, right)?;
    let rows = PixelRect::around(&outer)?;
    let rows = rows.y..rows.y + rows.height;
    let (mut lips, mut opening) = (Outline::new(&outer), Outline::new(inner));
    let samples = (0..COLUMNS)
        .step_by(3)
        .flat_map(|column| grid.column(column).step_by(2))
        .filter(|point| rows.contains(&point.y))
        .filter(|&point| lips.contains(point) && !opening.contains(point))
        .map(|point| look.sample(point));
    Some(samples.collect())
}

/// Places over the mouth, along and across the line of its corners.
#[derive(Clone, Copy)]
struct Grid {
    left: Point,
    /// One column's step along the line.
    step: Point,
}

impl Grid {
    /// `None` for a mouth less than a quarter of a pixel a column wide would oversample by far: 12 px.
    fn between(left: Point, right: Point) -> Option<Self> {
        let share = 1.0 / COLUMNS as f64;
        let step = Point::new((right.x - left.x) * share, (right.y - left.y) * share);
        (left.distance(right) >= 12.0).then_some(Self { left, step })
    }

    /// The places of a column, from above the mouth to below it, as far apart as columns are.
    fn column(self, column: usize) -> impl Iterator<Item = Point> {
        const REACH: i32 = COLUMNS as i32 / 2;
        let along = column as f64 + 0.5;
        (-REACH..=REACH).map(move |across| {
            let across = f64::from(across);
            Point::new(
                self.left.x + along * self.step.x - across * self.step.y,
                self.left.y + along * self.step.y + across * self.step.x,
            )
        })
    }
}
