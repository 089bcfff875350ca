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
const COLUMNS: usize = ((REACH[2] - REACH[0]) * PER_EYE_DISTANCE) as usize;
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
        for cell in 0..COLUMNS * ROWS {
            let at = grid.pixel(Self::place(cell));
            let inside = look.is_inside(at);
            grid.labs.push(if inside {
                mean_lab(look, at, step)
            } else {
                [0.0; 3]
            });
            let person = if inside {
                look.mask.at(at.x as f32, at.y as f32)
            } else {
                -1.0
            };
            grid.person.push(person);
        }
        grid
    }

    fn step_px(&self) -> f64 {
        self.along.x.hypot(self.along.y) / PER_EYE_DISTANCE
    }

    /// The middle of a cell, in distances between the eyes from their middle.
    pub(super) fn place(cell: usize) -> [f64; 2] {
        let middle = |index: usize, from: f64| from + (index as f64 + 0.5) / PER_EYE_DISTANCE;
        [
            middle(cell % COLUMNS, REACH[0]),
            middle(cell / COLUMNS, REACH[1]),
        ]
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

    fn pixel(&self, [x, y]: [f64; 2]) -> Point {
        Point::new(
            self.origin.x + x * self.along.x - y * self.along.y,
            self.origin.y + x * self.along.y + y * self.along.x,
        )
    }

    /// The four neighbours of a cell that are on the grid.
    pub(super) fn neighbours(cell: usize) -> impl Iterator<Item = usize> {
        let (column, row) = (cell % COLUMNS, cell / COLUMNS);
        [
            (column > 0).then(|| cell - 1),
            (column + 1 < COLUMNS).then_some(cell + 1),
            (row > 0).then(|| cell.wrapping_sub(COLUMNS)),
            (row + 1 < ROWS).then_some(cell + COLUMNS),
        ]
        .into_iter()
        .flatten()
    }
}

/// Mean of four pixels spread over a cell.
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
