//! The person's outline and what is behind it, on a grid of half the person mask's resolution.
//!
//! Every cell of the grid carries the mean colour of its patch of the picture, so that one cell is one
//! sample whatever the picture's size.

mod background;
mod clothes;
mod dress;
mod outline;

use fast_image_resize::FilterType;
use zhaoshen_model::PixelRect;
use zhaoshen_model::measurement::SceneFacts;

use super::Look;
use crate::colour::Lab;
use crate::nets::kernels::{Simd, lab_row};
use crate::nets::mask::GRID;
use crate::picture::Picture;
pub(super) use dress::neck_confidence;

/// Person probability from which a cell counts as person.
const PERSON: f32 = 0.5;

/// Cells along each side of the grid; each covers two by two of the mask's.
const SIDE: usize = GRID / 2;

/// The picture as a grid of mean colours.
pub(super) struct Cells {
    labs: Vec<Lab>,
    colours: Picture,
    /// Person probability of each cell, 0..=1.
    person: Vec<f32>,
    /// Chessboard distance of each cell to the nearest person cell, 0 inside the person, at most 255.
    to_person: Vec<u8>,
    /// Chessboard distance of each cell to the nearest background cell, 0 in the background.
    to_background: Vec<u8>,
    cell_width: f64,
    cell_height: f64,
}

impl Cells {
    /// Averages picture and mask down to the grid; `None` never happens for a picture that has pixels.
    pub(super) fn new(look: &Look<'_>) -> Option<Self> {
        let side = SIDE as u32;
        let frame = look.picture.frame();
        let colours = look
            .picture
            .scaled(frame, side, side, FilterType::Box)
            .ok()?;
        let person = halved(look.mask.grid());
        let mut labs = vec![[0.0; 3]; SIDE * SIDE];
        lab_row(Simd::best(), colours.rgb(), &mut labs);
        Some(Self {
            labs,
            colours,
            to_person: distances(|cell| person[cell] >= PERSON),
            to_background: distances(|cell| person[cell] < PERSON),
            person,
            cell_width: frame.width / SIDE as f64,
            cell_height: frame.height / SIDE as f64,
        })
    }

    fn lab(&self, cell: usize) -> Lab {
        self.labs[cell]
    }

    fn rgb(&self, cell: usize) -> [u8; 3] {
        let rgb = self.colours.rgb().as_chunks().0.get(cell);
        rgb.copied().unwrap_or_default()
    }

    /// Column of a working x, clamped to the grid.
    fn column(&self, x: f64) -> usize {
        (x / self.cell_width).clamp(0.0, (SIDE - 1) as f64) as usize
    }

    /// Row of a working y, clamped to the grid.
    fn row(&self, y: f64) -> usize {
        (y / self.cell_height).clamp(0.0, (SIDE - 1) as f64) as usize
    }

    /// The rectangle of a range of cells, ends included, in working px.
    fn rect(&self, columns: (usize, usize), rows: (usize, usize)) -> PixelRect {
        let span = |(first, last): (usize, usize), side: f64| {
            (first as f64 * side, (last + 1 - first) as f64 * side)
        };
        let ((x, width), (y, height)) =
            (span(columns, self.cell_width), span(rows, self.cell_height));
        PixelRect::new(x, y, width, height)
    }
}

/// Measures the scene; `None` when no background is seen at all.
pub(super) fn measure(look: &Look<'_>, cells: &Cells) -> Option<SceneFacts> {
    let background = background::measure(cells)?;
    let clothes = clothes::measure(look, cells);
    let dress = dress::measure(look, cells);
    let (touches_top_share, touches_sides_share) = outline::touches(look);
    let shoulders = outline::shoulders(look);
    Some(SceneFacts {
        background_share: background.share,
        background_rgb: background.rgb,
        background_lab: background.lab,
        background_lightness_std: background.lightness_std,
        background_zone_delta_e: background.zone_delta_e,
        background_gradient: background.gradient,
        background_outlier_share: background.outlier_share,
        background_outlier_rect: background.outlier_rect.map(|rect| look.scale.rect(rect)),
        background_shadow_share: background.shadow_share,
        clothes_rgb: clothes.as_ref().map(|clothes| clothes.rgb),
        clothes_delta_e: clothes.and_then(|clothes| clothes.delta_e),
        shoulder_skin_share: dress.shoulders.as_ref().map(|found| found.skin_share),
        shoulder_confidence: dress.shoulders.map(|found| found.confidence),
        clothes_pattern: dress.pattern,
        clothes_confidence: dress.clothes_confidence,
        touches_top_share,
        touches_sides_share,
        shoulder_reach: outline::shoulder_reach(look),
        shoulder_tilt_deg: shoulders.as_ref().map(|shoulders| shoulders.tilt_deg),
        shoulders: shoulders.map(|s| (look.scale.point(s.left), look.scale.point(s.right))),
    })
}

/// Means of two by two cells of the person mask.
fn halved(grid: &[f32]) -> Vec<f32> {
    let mean = |cell: usize| {
        let corner = cell / SIDE * 2 * GRID + cell % SIDE * 2;
        let (upper, lower) = (
            &grid[corner..corner + 2],
            &grid[corner + GRID..corner + GRID + 2],
        );
        upper.iter().chain(lower).sum::<f32>() / 4.0
    };
    (0..SIDE * SIDE).map(mean).collect()
}

/// Chessboard distances to the nearest cell that `is_source` holds for, by two sweeps.
fn distances(is_source: impl Fn(usize) -> bool) -> Vec<u8> {
    let mut field: Vec<u8> = (0..SIDE * SIDE)
        .map(|cell| if is_source(cell) { 0 } else { u8::MAX })
        .collect();
    let (rows, _) = field.as_chunks_mut::<SIDE>();
    let mut before = [u8::MAX; SIDE];
    for row in rows.iter_mut() {
        step_to(row, &before);
        let mut nearest = u8::MAX;
        for cell in row.iter_mut() {
            nearest = nearest.saturating_add(1).min(*cell);
            *cell = nearest;
        }
        before = *row;
    }
    before = [u8::MAX; SIDE];
    for row in rows.iter_mut().rev() {
        step_to(row, &before);
        let mut nearest = u8::MAX;
        for cell in row.iter_mut().rev() {
            nearest = nearest.saturating_add(1).min(*cell);
            *cell = nearest;
        }
        before = *row;
    }
    field
}

/// Lowers each cell to one more than the lowest of the three next to it in the row `before`.
fn step_to(row: &mut [u8; SIDE], before: &[u8; SIDE]) {
    let mut padded = [u8::MAX; SIDE + 2];
    padded[1..=SIDE].copy_from_slice(before);
    let three = padded.iter().zip(&padded[1..]).zip(&padded[2..]);
    for (cell, ((left, middle), right)) in row.iter_mut().zip(three) {
        let lowest = *left.min(middle).min(right);
        *cell = lowest.saturating_add(1).min(*cell);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_count_king_steps() {
        let source = 40 * SIDE + 100;
        let field = distances(|cell| cell == source);
        for (x, y) in [(100, 40), (103, 41), (90, 80), (100, 127), (0, 0)] {
            let expected = usize::abs_diff(x, 100).max(usize::abs_diff(y, 40));
            assert_eq!(usize::from(field[y * SIDE + x]), expected, "{x},{y}");
        }
    }
}
