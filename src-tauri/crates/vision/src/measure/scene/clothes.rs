//! Colour of the clothes and how it stands out from the background.

use super::super::landmarks::CHIN;
use super::super::{Look, light, stat};
use super::{Cells, SIDE};
use crate::colour::{Lab, delta_e};

/// Clothes begin this far below the chin, as a share of the distance from eyes to chin.
const BELOW_CHIN: f64 = 0.45;
/// Distance in CIELAB up to which a cell counts as skin.
const SKIN: f32 = 14.0;
/// Cells left out on either side of the outline, and the width of the strips compared there.
const STRIP: std::ops::RangeInclusive<u8> = 2..=5;
/// Fewest cells that make a colour.
const FEWEST_CELLS: usize = 12;

/// What is measured of the clothes.
pub(super) struct Clothes {
    pub(super) rgb: [u8; 3],
    pub(super) delta_e: Option<f64>,
}

/// Measures the clothes; `None` when none are in the picture.
pub(super) fn measure(look: &Look<'_>, cells: &Cells) -> Option<Clothes> {
    let marks = look.landmarks();
    let first_row = cells.row(marks.at(CHIN).y + BELOW_CHIN * marks.eye_to_chin());
    let skin = light::cheek_colour(look);
    let is_skin = |lab: Lab| {
        skin.is_some_and(|skin| {
            lab.iter()
                .zip(skin)
                .map(|(a, b)| (a - b) * (a - b))
                .sum::<f32>()
                < SKIN * SKIN
        })
    };
    let below = first_row * SIDE..SIDE * SIDE;
    let mut rgbs = Vec::new();
    for cell in below.clone() {
        if cells.to_background[cell] >= *STRIP.start() && !is_skin(cells.lab(cell)) {
            rgbs.push(cells.rgb(cell));
        }
    }
    if rgbs.len() < FEWEST_CELLS {
        return None;
    }
    let rgb = stat::median_of_bytes(rgbs.iter().copied())?;
    // Each side by itself: a shadowed shoulder must not be averaged away by the lit one.
    let middle = cells.column(marks.at(CHIN).x);
    let sides = [0..middle, middle..SIDE].map(|columns| {
        let (mut inside, mut outside) = (Vec::new(), Vec::new());
        for cell in below
            .clone()
            .filter(|cell| columns.contains(&(cell % SIDE)))
        {
            if STRIP.contains(&cells.to_background[cell]) {
                inside.push(cells.lab(cell));
            } else if STRIP.contains(&cells.to_person[cell]) {
                outside.push(cells.lab(cell));
            }
        }
        let enough = inside.len() >= FEWEST_CELLS && outside.len() >= FEWEST_CELLS;
        let (inside, outside) = (
            stat::median_of_three(&inside)?,
            stat::median_of_three(&outside)?,
        );
        enough.then(|| delta_e(inside, outside))
    });
    Some(Clothes {
        rgb,
        delta_e: sides.into_iter().flatten().min_by(f64::total_cmp),
    })
}
