//! Where the head ends at the top, hair included.
//!
//! The person mask has cells of some pixels; it says where to look. The picture itself then says where
//! background turns into hair, column by column, as long as the two differ enough in colour.

use zhaoshen_model::Point;

use super::Look;
use super::landmarks::{CHEEKS, FOREHEAD};
use crate::nets::mask::GRID;

/// Person probability of the outline.
const OUTLINE: f32 = 0.5;
/// Half the width of the stretch searched for the highest column, as a share of the face's width.
const REACH: f64 = 0.55;
/// Columns looked at closely, and half the width they spread over as a share of the face's width.
const COLUMNS: u32 = 25;
const SPREAD: f64 = 0.14;
/// Distance searched above and below the mask's edge, as a share of the face's width.
const SEARCH: f64 = 0.09;
/// Smallest colour distance of hair and background (sRGB steps) that can be searched.
const CONTRAST: f32 = 26.0;

/// The crown's y in px of the working picture; 0 when the head is cut off by the top border, `None` when
/// the mask sees no person at the forehead.
pub(super) fn find(look: &Look<'_>, behind: Option<[u8; 3]>) -> Option<f64> {
    let marks = look.landmarks();
    let width = marks.face_width();
    let centre = marks.at(CHEEKS[0]).midpoint(marks.at(CHEEKS[1])).x;
    let forehead = marks.at(FOREHEAD);
    let coarse = coarse_top(look, forehead, centre, REACH * width)?;
    if coarse.y <= 0.0 {
        return Some(0.0);
    }
    let (x, y) = (coarse.x, coarse.y);
    let mut tops: Vec<f32> = (0..COLUMNS)
        .filter_map(|step| {
            let offset = (f64::from(step) / f64::from(COLUMNS - 1) * 2.0 - 1.0) * SPREAD * width;
            edge_in_column(look, x + offset, y, SEARCH * width, behind)
        })
        .map(|top| top as f32)
        .collect();
    if tops.len() < COLUMNS as usize / 3 {
        return Some(y);
    }
    // The highest of a smooth arc, a stray hair left out.
    super::stat::quantile(&mut tops, 0.10).map(f64::from)
}

/// The highest point of the mask's outline above the forehead.
fn coarse_top(look: &Look<'_>, forehead: Point, centre: f64, reach: f64) -> Option<Point> {
    let frame = look.picture.frame();
    let (cell_width, cell_height) = (frame.width / GRID as f64, frame.height / GRID as f64);
    let row = ((forehead.y / cell_height) as usize).min(GRID - 1);
    let first = ((centre - reach) / cell_width).clamp(0.0, GRID as f64 - 1.0) as usize;
    let last = ((centre + reach) / cell_width).clamp(0.0, GRID as f64 - 1.0) as usize;
    let grid = look.mask.grid();
    let person = |column: usize, row: usize| grid[row * GRID + column];
    let tops: Vec<(f64, usize)> = (first..=last)
        .filter(|&column| person(column, row) >= OUTLINE)
        .map(|column| {
            (
                column_top(|row| person(column, row), row) * cell_height,
                column,
            )
        })
        .collect();
    let highest = tops.iter().min_by(|a, b| a.0.total_cmp(&b.0))?;
    // A flat top has no single highest column: take the middle of those about as high.
    let level: Vec<usize> = tops
        .iter()
        .filter(|top| top.0 <= highest.0 + cell_height)
        .map(|&(_, column)| column)
        .collect();
    let middle = *level.get(level.len() / 2)?;
    Some(Point::new((middle as f64 + 0.5) * cell_width, highest.0))
}

/// Going up from `row`, the grid y at which the probability falls through [`OUTLINE`].
fn column_top(person: impl Fn(usize) -> f32, row: usize) -> f64 {
    let mut row = row;
    while row > 0 && person(row - 1) >= OUTLINE {
        row -= 1;
    }
    if row == 0 {
        return 0.0;
    }
    let (inside, outside) = (person(row), person(row - 1));
    let along = f64::from((inside - OUTLINE) / (inside - outside).max(1e-6));
    // Cell centres stand at .5.
    row as f64 + 0.5 - along
}

/// In one column, the y at which background turns into hair near `edge`; `None` without contrast.
fn edge_in_column(
    look: &Look<'_>,
    x: f64,
    edge: f64,
    search: f64,
    behind: Option<[u8; 3]>,
) -> Option<f64> {
    let search = search.max(4.0);
    let column = x.floor() as i64;
    let start = (edge - search).floor() as i64;
    let end = (edge + search).ceil() as i64;
    let mean = |from: i64, to: i64| {
        let mut sum = [0.0f32; 3];
        for y in from..to {
            for (sum, value) in sum.iter_mut().zip(colour_at(look, column, y)) {
                *sum += value / (to - from) as f32;
            }
        }
        sum
    };
    let strip = (search / 2.0).ceil() as i64;
    let above = if start >= 0 {
        mean(start, start + strip)
    } else {
        behind?.map(f32::from)
    };
    let hair = mean(end - strip, end);
    let towards = [0, 1, 2].map(|i| hair[i] - above[i]);
    let length = towards.iter().map(|v| v * v).sum::<f32>();
    if length.sqrt() < CONTRAST {
        return None;
    }
    let share = |y: i64| {
        let colour = colour_at(look, column, y);
        (0..3)
            .map(|i| (colour[i] - above[i]) * towards[i])
            .sum::<f32>()
            / length
    };
    let mut previous = 0.0;
    for y in start.max(0)..end {
        let here = share(y);
        if here >= 0.5 && share(y + 1) >= 0.4 && share(y + 2) >= 0.4 {
            let along = ((0.5 - previous) / (here - previous).max(1e-3)).clamp(0.0, 1.0);
            // Between the centres of this pixel and of the one above.
            return Some(y as f64 - 0.5 + f64::from(along));
        }
        previous = here;
    }
    None
}

/// Mean of three neighbouring columns, against noise.
fn colour_at(look: &Look<'_>, x: i64, y: i64) -> [f32; 3] {
    let mut sum = [0.0; 3];
    for dx in -1..=1 {
        for (sum, value) in sum.iter_mut().zip(look.picture.at(x + dx, y)) {
            *sum += f32::from(value) / 3.0;
        }
    }
    sum
}
