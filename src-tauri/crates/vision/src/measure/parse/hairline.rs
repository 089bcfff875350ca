//! Where the forehead ends and hair begins.

use super::super::Look;
use super::Parse;
use super::grid::PER_EYE_DISTANCE;
use super::label::Label;

/// Middle of the forehead: skin, unless a fringe hangs over it.
const MID_FOREHEAD: usize = 151;
/// Half the width looked at, and how far up, in distances between the eyes.
const HALF: f64 = 0.25;
const HIGHEST: f64 = 1.6;
/// Cells of hair one above the other that make a hairline; fewer are a strand.
const STRAND: u32 = 3;

/// Height of the hairline in px of the working picture: the median over columns of where hair begins above the
/// middle of the forehead. `None` for a bald head, a fringe over the forehead, or where the picture ends before.
pub(super) fn find(parse: &Parse, look: &Look<'_>) -> Option<f64> {
    parse.colours.hair.as_ref()?;
    let [x, y] = parse.grid.on_face(look.landmarks().at(MID_FOREHEAD));
    let step = 1.0 / PER_EYE_DISTANCE;
    let columns = (2.0 * HALF / step) as u32;
    let mut heights: Vec<f32> = (0..columns)
        .map(|column| x - HALF + (f64::from(column) + 0.5) * step)
        .filter_map(|x| begins(parse, x, y))
        .map(|height| height as f32)
        .collect();
    if heights.len() * 2 < columns as usize {
        return None;
    }
    let middle = super::super::stat::quantile(&mut heights, 0.5)?;
    Some(parse.grid.in_picture([x, f64::from(middle)]).y)
}

/// Going up a column from skin, where hair begins; `None` when it begins in hair or meets none.
fn begins(parse: &Parse, x: f64, from: f64) -> Option<f64> {
    if parse.label_at([x, from])? == Label::Hair {
        return None;
    }
    let mut strand = 0;
    for cell in 1..(HIGHEST * PER_EYE_DISTANCE) as u32 {
        let y = from - f64::from(cell) / PER_EYE_DISTANCE;
        match parse.label_at([x, y])? {
            Label::Hair => strand += 1,
            Label::Background => return None,
            Label::Skin | Label::Other | Label::Outside => strand = 0,
        }
        if strand == STRAND {
            return Some(y + (f64::from(STRAND) - 0.5) / PER_EYE_DISTANCE);
        }
    }
    None
}
