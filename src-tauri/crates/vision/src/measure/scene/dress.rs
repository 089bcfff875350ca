//! Bare shoulders, and how patterned the clothes are.

use super::super::landmarks::CHIN;
use super::super::{Look, light, stat};
use super::{Cells, SIDE};
use crate::colour::Lab;

/// Shoulders begin this far below the chin and reach this far down, in distances from the eyes to the chin.
const SHOULDERS: [f64; 2] = [0.2, 1.8];
/// Between these distances from the face's middle a collar's opening is left out and no background is reached, in widths
/// of the face.
const BESIDE_NECK: [f64; 2] = [0.55, 1.3];
/// The front of the neck, in the same units: below the chin, and half its width.
const NECK: [f64; 2] = [0.12, 0.32];
const NECK_HALF: f64 = 0.2;
/// Distance in CIELAB, lightness counted half, up to which a cell has the colour of this person's skin.
const SKIN: f32 = 8.0;
/// Farther than this from the cheeks' colour the neck is covered.
const COVERED_NECK: f32 = 14.0;
/// Clothes begin this far below the chin.
const CLOTHES: f64 = 0.45;
/// Cells left out along the outline.
const RIM: u8 = 3;
/// Half the side of the square of cells whose lightness is compared.
const REACH: usize = 3;
/// Fewest cells that make a share.
const FEWEST_CELLS: usize = 60;

/// What is measured of the dress; `None` where too little of it is in the picture.
pub(super) struct Dress {
    pub(super) shoulder_skin_share: Option<f64>,
    pub(super) pattern: Option<f64>,
}

/// Measures the dress.
pub(super) fn measure(look: &Look<'_>, cells: &Cells) -> Dress {
    let skin = skin_colours(look, cells);
    let is_skin = |lab: Lab| skin.iter().any(|&known| distance(lab, known) < SKIN);
    Dress {
        shoulder_skin_share: shoulder_skin_share(look, cells, &is_skin)
            .filter(|_| !skin.is_empty()),
        pattern: pattern(look, cells, &is_skin),
    }
}

/// The cheeks, and the neck where it is bare: it often lies in the shadow of the chin.
fn skin_colours(look: &Look<'_>, cells: &Cells) -> Vec<Lab> {
    let Some(cheek) = light::cheek_colour(look) else {
        return Vec::new();
    };
    let neck: Vec<Lab> = places(look, cells, NECK, [0.0, NECK_HALF])
        .map(|cell| cells.lab(cell))
        .collect();
    let neck = stat::median_of_three(&neck).filter(|&neck| distance(neck, cheek) < COVERED_NECK);
    std::iter::once(cheek).chain(neck).collect()
}

/// Share of the shoulders, beside the neck, that has the colour of skin.
fn shoulder_skin_share(
    look: &Look<'_>,
    cells: &Cells,
    is_skin: &impl Fn(Lab) -> bool,
) -> Option<f64> {
    let (mut all, mut bare) = (0usize, 0usize);
    for cell in places(look, cells, SHOULDERS, BESIDE_NECK) {
        all += 1;
        bare += usize::from(is_skin(cells.lab(cell)));
    }
    (all >= FEWEST_CELLS).then(|| bare as f64 / all as f64)
}

/// The median, over the clothes, of how much lightness varies about a place; seams, lapels and a tie take too little
/// of them to count.
fn pattern(look: &Look<'_>, cells: &Cells, is_skin: &impl Fn(Lab) -> bool) -> Option<f64> {
    let marks = look.landmarks();
    let first = cells.row(marks.at(CHIN).y + CLOTHES * marks.eye_to_chin());
    let is_cloth = |cell: usize| cells.to_background[cell] > RIM && !is_skin(cells.lab(cell));
    let mut deviations = Vec::new();
    for row in (first + REACH..SIDE - REACH).step_by(2) {
        for column in (REACH..SIDE - REACH).step_by(2) {
            if is_cloth(row * SIDE + column) {
                deviations.extend(deviation(cells, (column, row), is_cloth));
            }
        }
    }
    if deviations.len() < FEWEST_CELLS {
        return None;
    }
    stat::quantile(&mut deviations, 0.5).map(f64::from)
}

/// Standard deviation of lightness about a cell; `None` where clothes fill less than half of the square.
fn deviation(
    cells: &Cells,
    (column, row): (usize, usize),
    is_cloth: impl Fn(usize) -> bool,
) -> Option<f32> {
    let (mut count, mut sum, mut squares) = (0.0f32, 0.0f32, 0.0f32);
    for y in row - REACH..=row + REACH {
        for cell in y * SIDE + column - REACH..=y * SIDE + column + REACH {
            if is_cloth(cell) {
                let lightness = cells.lab(cell)[0];
                count += 1.0;
                sum += lightness;
                squares += lightness * lightness;
            }
        }
    }
    let side = (2 * REACH + 1) as f32;
    (count * 2.0 >= side * side).then(|| (squares / count - (sum / count).powi(2)).max(0.0).sqrt())
}

/// Cells well inside the person, between two heights below the chin and two distances from the face's middle.
fn places<'a>(
    look: &Look<'_>,
    cells: &'a Cells,
    [top, bottom]: [f64; 2],
    [inner, outer]: [f64; 2],
) -> impl Iterator<Item = usize> + 'a {
    let marks = look.landmarks();
    let (chin, unit, width) = (marks.at(CHIN), marks.eye_to_chin(), marks.face_width());
    let rows = cells.row(chin.y + top * unit)..cells.row(chin.y + bottom * unit);
    let beside = inner * width..outer * width;
    rows.flat_map(|row| row * SIDE..(row + 1) * SIDE)
        .filter(move |&cell| {
            let x = ((cell % SIDE) as f64 + 0.5) * cells.cell_width;
            cells.to_background[cell] > 1 && beside.contains(&(x - chin.x).abs())
        })
}

/// Distance in CIELAB with lightness counted half: bodies are shaded more than they change colour.
fn distance(first: Lab, second: Lab) -> f32 {
    let [l, a, b] = [0, 1, 2].map(|i| first[i] - second[i]);
    (l * l / 4.0 + a * a + b * b).sqrt()
}
