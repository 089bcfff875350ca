//! Teeth between the lips.

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

/// How wide the row of teeth is that shows.
pub(super) struct Teeth {
    /// Of the mouth's width, inner corner to inner corner.
    pub(super) share: f64,
    /// Of the distance from the eyes to the chin: a smile widens the mouth, and the share with it grows too little.
    pub(super) ratio: f64,
}

/// Where tooth colour shows between the inner lips; `None` when the lips have no colour to compare with.
///
/// Colour is relative to this very mouth: light and complexion change lips and teeth alike.
pub(super) fn teeth(look: &Look<'_>) -> Option<Teeth> {
    let marks = look.landmarks();
    let inner = marks.all(&INNER_LIP_OUTLINE);
    let lips = lip_colour(look, &inner)?;
    if lips[1] < FAINTEST_LIPS {
        return None;
    }
    let [left, right] = MOUTH_CORNERS.map(|index| marks.at(index));
    let grid = Grid::between(left, right)?;
    let is_tooth = |point| {
        let [lightness, redness, _] = look.sample(point);
        lightness > LIGHTNESS * lips[0] && redness < REDNESS * lips[1]
    };
    let bounds = PixelRect::around(&inner)?;
    let rows = bounds.y..bounds.y + bounds.height;
    let mut opening = Outline::new(&inner);
    let mut shows = |column: usize| {
        grid.column(column)
            .filter(|point| rows.contains(&point.y))
            .any(|point| opening.contains(point) && is_tooth(point))
    };
    let columns = (0..COLUMNS).filter(|&column| shows(column)).count();
    let share = columns as f64 / COLUMNS as f64;
    Some(Teeth {
        share,
        ratio: share * left.distance(right) / marks.eye_to_chin(),
    })
}

/// Median colour between the inner and the outer lip outline.
fn lip_colour(look: &Look<'_>, inner: &[Point]) -> Option<Lab> {
    let marks = look.landmarks();
    let outer = marks.all(&OUTER_LIP_OUTLINE);
    let [left, right] = MOUTH_CORNERS.map(|index| marks.at(index));
    let grid = Grid::between(left, right)?;
    let rows = PixelRect::around(&outer)?;
    let rows = rows.y..rows.y + rows.height;
    let (mut lips, mut opening) = (Outline::new(&outer), Outline::new(inner));
    let samples: Vec<Lab> = (0..COLUMNS)
        .step_by(3)
        .flat_map(|column| grid.column(column).step_by(2))
        .filter(|point| rows.contains(&point.y))
        .filter(|&point| lips.contains(point) && !opening.contains(point))
        .map(|point| look.sample(point))
        .collect();
    stat::median_of_three(&samples)
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
