//! Bare shoulders, how surely the neck is bare, and how patterned the clothes are.

use super::super::landmarks::CHIN;
use super::super::parse::colours::{Class, most};
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
/// Of the clothes' cells, in their order, one in so many is asked for its colour: an odd number, so that rows differ.
const EVERY: usize = 5;
/// Fewest cells that make a share.
const FEWEST_CELLS: usize = 60;

/// What is measured of the dress; `None` where too little of it is in the picture.
pub(super) struct Dress {
    pub(super) shoulders: Option<Shoulders>,
    pub(super) pattern: Option<f64>,
    /// How sure it is that what was taken for clothes is clothes, 0..=1.
    pub(super) clothes_confidence: Option<f64>,
}

/// What shows beside the neck.
pub(super) struct Shoulders {
    /// Share that has the colour of skin.
    pub(super) skin_share: f64,
    /// How sure that is, 0..=1: how far the colours lie from the border between skin and clothes.
    pub(super) confidence: f64,
}

/// Measures the dress.
pub(super) fn measure(look: &Look<'_>, cells: &Cells) -> Dress {
    let skin = skin_colours(look, cells);
    let from_skin = |lab: Lab| {
        let distances = skin.iter().map(|&known| distance(lab, known));
        distances.fold(f32::INFINITY, f32::min)
    };
    let is_skin = |lab: Lab| from_skin(lab) < SKIN;
    Dress {
        shoulders: shoulders(look, cells, &from_skin).filter(|_| !skin.is_empty()),
        pattern: pattern(look, cells, &is_skin),
        clothes_confidence: clothes_confidence(look, cells, &from_skin),
    }
}

/// How far a colour lies from the border between skin and clothes: 0 on it, 1 at a skin's own colour, or as far beyond.
fn sureness(from_skin: f32) -> f64 {
    f64::from(((from_skin - SKIN).abs() / SKIN).min(1.0))
}

/// The cheeks, and the neck where it is bare: it often lies in the shadow of the chin.
fn skin_colours(look: &Look<'_>, cells: &Cells) -> Vec<Lab> {
    let Some(cheek) = light::cheek_colour(look) else {
        return Vec::new();
    };
    let neck: Vec<Lab> = neck(look, cells).map(|cell| cells.lab(cell)).collect();
    let bare = bare_neck(&neck, cheek);
    std::iter::once(cheek).chain(bare).collect()
}

/// The cells where the front of the neck is.
fn neck<'a>(look: &Look<'_>, cells: &'a Cells) -> impl Iterator<Item = usize> + 'a {
    places(look, cells, NECK, [0.0, NECK_HALF])
}

/// The neck's colour; `None` where it is covered.
fn bare_neck(neck: &[Lab], cheek: Lab) -> Option<Lab> {
    stat::median_of_three(neck).filter(|&neck| distance(neck, cheek) < COVERED_NECK)
}

/// How sure it is that the bare neck is skin and neither clothes nor background, 0..=1; `None` where it is covered, or
/// hardly any of it is in the picture.
pub(in super::super) fn neck_confidence(look: &Look<'_>, cells: &Cells) -> Option<f64> {
    let cheek = light::cheek_colour(look)?;
    let places: Vec<usize> = neck(look, cells).collect();
    let neck: Vec<Lab> = places.iter().map(|&cell| cells.lab(cell)).collect();
    let bare = bare_neck(&neck, cheek).filter(|_| neck.len() >= FEWEST_CELLS)?;
    let from_skin = |lab: Lab| distance(lab, cheek).min(distance(lab, bare));
    let sure = places.iter().zip(&neck).map(|(&cell, &lab)| {
        let skin = f64::from((1.0 - from_skin(lab) / SKIN).max(0.0));
        skin * of_person(cells, cell)
    });
    let sure = sure.sum::<f64>() / neck.len() as f64;
    // Where all that is seen of the dress is skin, there are no clothes to take the neck for.
    let first = first_row_of_clothes(look, cells) * SIDE;
    let clothes: Vec<Lab> = (first..SIDE * SIDE)
        .step_by(EVERY)
        .filter(|&cell| cells.to_background[cell] > RIM && from_skin(cells.lab(cell)) >= SKIN)
        .map(|cell| cells.lab(cell))
        .collect();
    let apart = Class::learn(&clothes).zip(Class::learn(&neck));
    let most = apart.map_or(1.0, |(clothes, neck)| most(clothes.separation(&neck)));
    Some(sure.min(most))
}

/// How surely a cell is person, 0..=1.
fn of_person(cells: &Cells, cell: usize) -> f64 {
    f64::from(2.0 * cells.person[cell] - 1.0).max(0.0)
}

/// The shoulders beside the neck; `None` where hardly any of them is in the picture.
fn shoulders(look: &Look<'_>, cells: &Cells, from_skin: &impl Fn(Lab) -> f32) -> Option<Shoulders> {
    let (mut all, mut bare, mut sure) = (0usize, 0usize, 0.0);
    for cell in places(look, cells, SHOULDERS, BESIDE_NECK) {
        let distance = from_skin(cells.lab(cell));
        all += 1;
        bare += usize::from(distance < SKIN);
        sure += sureness(distance);
    }
    (all >= FEWEST_CELLS).then(|| Shoulders {
        skin_share: bare as f64 / all as f64,
        confidence: sure / all as f64,
    })
}

/// Mean certainty, by person mask and colour, of what lies where clothes are; `None` for hardly any.
fn clothes_confidence(
    look: &Look<'_>,
    cells: &Cells,
    from_skin: &impl Fn(Lab) -> f32,
) -> Option<f64> {
    let first = first_row_of_clothes(look, cells);
    let (mut all, mut sure) = (0usize, 0.0);
    for cell in (first * SIDE..SIDE * SIDE).filter(|&cell| cells.to_background[cell] > RIM) {
        all += 1;
        sure += of_person(cells, cell) * sureness(from_skin(cells.lab(cell)));
    }
    (all >= FEWEST_CELLS).then(|| sure / all as f64)
}

fn first_row_of_clothes(look: &Look<'_>, cells: &Cells) -> usize {
    let marks = look.landmarks();
    cells.row(marks.at(CHIN).y + CLOTHES * marks.eye_to_chin())
}

/// The median, over the clothes, of how much lightness varies about a place; seams, lapels and a tie take too little
/// of them to count.
fn pattern(look: &Look<'_>, cells: &Cells, is_skin: &impl Fn(Lab) -> bool) -> Option<f64> {
    let first = first_row_of_clothes(look, cells);
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
