//! Cells that stand on the face: upright with the eyes, and as large against them in every photo.

use zhaoshen_model::Point;

use super::super::Look;
use super::super::landmarks::IRISES;
use crate::colour::{self, Lab};
use crate::picture::floor_px;

/// Cells per distance between the eyes.
pub(super) const PER_EYE_DISTANCE: f64 = 32.0;
/// Reach of the grid from the middle between the irises, in distances between the eyes: left, top, right, bottom.
const REACH: [f64; 4] = [-1.75, -2.2, 1.75, 2.0];
pub(super) const COLUMNS: usize = ((REACH[2] - REACH[0]) * PER_EYE_DISTANCE) as usize;
const ROWS: usize = ((REACH[3] - REACH[1]) * PER_EYE_DISTANCE) as usize;

/// Colour and person probability of every cell, row by row.
pub(super) struct Grid {
    pub(super) labs: Vec<Lab>,
    /// Negative outside the picture.
    pub(super) person: Vec<f32>,
    origin: Point,
    /// One distance between the eyes along the eyes, px.
    along: Point,
}

impl Grid {
    pub(super) fn new(look: &Look<'_>) -> Self {
        let [left, right] = IRISES.map(|index| look.landmarks().at(index));
        let mut grid = Self {
            labs: Vec::with_capacity(COLUMNS * ROWS),
            person: Vec::with_capacity(COLUMNS * ROWS),
            origin: left.midpoint(right),
            along: Point::new(right.x - left.x, right.y - left.y),
        };
        let step = grid.step_px();
        let columns: [Point; COLUMNS] = std::array::from_fn(|column| {
            let x = middle(column, REACH[0]);
            Point::new(
                grid.origin.x + x * grid.along.x,
                grid.origin.y + x * grid.along.y,
            )
        });
        for row in 0..ROWS {
            let y = middle(row, REACH[1]);
            let (left, down) = (y * grid.along.y, y * grid.along.x);
            for column in columns {
                let at = Point::new(column.x - left, column.y + down);
                let (lab, person) = if look.is_inside(at) {
                    let person = look.mask.at(at.x as f32, at.y as f32);
                    (mean_lab(look, at, step), person)
                } else {
                    ([0.0; 3], -1.0)
                };
                grid.labs.push(lab);
                grid.person.push(person);
            }
        }
        grid
    }

    fn step_px(&self) -> f64 {
        self.along.x.hypot(self.along.y) / PER_EYE_DISTANCE
    }

    /// Every row of cells: its height, and for each cell its middle across with its number. Places are in
    /// distances between the eyes from their middle.
    pub(super) fn rows() -> impl Iterator<Item = (f64, impl Iterator<Item = (f64, usize)>)> {
        (0..ROWS).map(|row| {
            let cells =
                (0..COLUMNS).map(move |column| (middle(column, REACH[0]), row * COLUMNS + column));
            (middle(row, REACH[1]), cells)
        })
    }

    /// The cell at a place; `None` outside the grid.
    pub(super) fn cell(&self, [x, y]: [f64; 2]) -> Option<usize> {
        let column = ((x - REACH[0]) * PER_EYE_DISTANCE).floor();
        let row = ((y - REACH[1]) * PER_EYE_DISTANCE).floor();
        let inside = column >= 0.0 && row >= 0.0 && column < COLUMNS as f64 && row < ROWS as f64;
        inside.then_some(row as usize * COLUMNS + column as usize)
    }

    /// Where a point of the working picture stands on the face.
    pub(super) fn on_face(&self, point: Point) -> [f64; 2] {
        let (x, y) = (point.x - self.origin.x, point.y - self.origin.y);
        let square = self.along.x * self.along.x + self.along.y * self.along.y;
        [
            (x * self.along.x + y * self.along.y) / square,
            (y * self.along.x - x * self.along.y) / square,
        ]
    }
}

/// The middle of the cell number `index` along an axis that begins at `from`.
fn middle(index: usize, from: f64) -> f64 {
    from + (index as f64 + 0.5) / PER_EYE_DISTANCE
}

/// Mean of four pixels spread over a cell.
#[inline]
fn mean_lab(look: &Look<'_>, at: Point, step: f64) -> Lab {
    let mut sum = [0u32; 3];
    for (dx, dy) in [(-0.25, -0.25), (0.25, -0.25), (-0.25, 0.25), (0.25, 0.25)] {
        let (x, y) = (at.x + dx * step, at.y + dy * step);
        let pixel = look.picture.at(floor_px(x), floor_px(y));
        for (sum, value) in sum.iter_mut().zip(pixel) {
            *sum += u32::from(value);
        }
    }
    colour::lab(sum.map(|sum| ((sum + 2) / 4) as u8))
}
