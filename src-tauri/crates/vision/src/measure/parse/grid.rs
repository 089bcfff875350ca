//! Cells that stand on the face: upright with the eyes, and as large against them in every photo.

use zhaoshen_model::Point;

use super::super::Look;
use super::super::landmarks::IRISES;
use crate::colour::Lab;
use crate::nets::kernels::{Simd, lab_row};

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
            labs: vec![[0.0; 3]; COLUMNS * ROWS],
            person: vec![-1.0; COLUMNS * ROWS],
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
        let mut pixels = [[0u8; 3]; COLUMNS];
        let rows = grid.labs.chunks_exact_mut(COLUMNS);
        for (row, (labs, person)) in rows.zip(grid.person.chunks_exact_mut(COLUMNS)).enumerate() {
            let y = middle(row, REACH[1]);
            let (left, down) = (y * grid.along.y, y * grid.along.x);
            for ((column, pixel), person) in columns.iter().zip(&mut pixels).zip(person) {
                let at = Point::new(column.x - left, column.y + down);
                if look.is_inside(at) {
                    *person = look.mask.at(at.x as f32, at.y as f32);
                    *pixel = mean(look, at, step);
                }
            }
            lab_row(Simd::best(), pixels.as_flattened(), labs);
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

    /// The point of the working picture that stands at a place on the face.
    pub(super) fn in_picture(&self, [x, y]: [f64; 2]) -> Point {
        Point::new(
            self.origin.x + x * self.along.x - y * self.along.y,
            self.origin.y + x * self.along.y + y * self.along.x,
        )
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
fn mean(look: &Look<'_>, at: Point, step: f64) -> [u8; 3] {
    let inside = |place: f64, side: u32| (place.max(0.0) as u32).min(side - 1);
    let spread = [-0.25 * step, 0.25 * step];
    let columns = spread.map(|off| 3 * inside(at.x + off, look.picture.width_px()) as usize);
    let rows = spread.map(|off| inside(at.y + off, look.picture.height_px()));
    let mut sum = [0u32; 3];
    for row in rows.map(|row| look.picture.row(row)) {
        for column in columns {
            for (sum, value) in sum.iter_mut().zip(&row[column..column + 3]) {
                *sum += u32::from(*value);
            }
        }
    }
    sum.map(|sum| ((sum + 2) / 4) as u8)
}
