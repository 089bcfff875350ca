//! Hair that hangs over an eye.
//!
//! A pupil and lashes are as dark as much hair is, so that dark cells inside an eye prove nothing. Hair over an eye
//! comes down over brow and lid: only where both are covered too do dark cells of the eye count.

use zhaoshen_model::{PixelRect, Point};

use super::super::Look;
use super::super::landmarks::{EYE_OUTLINES, Outline};
use super::grid::PER_EYE_DISTANCE;
use super::label::Label;
use super::{Confidence, Parse};

/// Lower edge of each brow, from left to right.
const UNDER_BROW: [[usize; 5]; 2] = [[46, 53, 52, 65, 55], [285, 295, 282, 283, 276]];
/// How high above a brow's lower edge hair must stand, in distances between the eyes: over the brow, and beyond it.
const OVER_BROW: f64 = 0.30;
/// Share of the cells there that must be hair.
const HAIR: f64 = 0.6;
/// Skin cells of the lid that show that nothing hangs over it.
const LID: u32 = 2;

/// What shows where one eye is.
#[derive(Clone, Copy)]
pub(super) struct Eye {
    /// Share of the eye's opening that hair covers.
    pub(super) covered_share: f64,
    pub(super) confidence: Option<f64>,
}

/// Measures the eye on one side: 0 left, 1 right; `None` where it lies outside the picture.
pub(super) fn measure(parse: &Parse, look: &Look<'_>, side: usize) -> Option<Eye> {
    let place = |mark: usize| {
        let [x, y] = parse.grid.on_face(look.landmarks().at(mark));
        Point::new(x, y)
    };
    let opening = EYE_OUTLINES[side].map(place);
    let brow = UNDER_BROW[side].map(place);
    let bounds = PixelRect::around(&opening)?;
    let mut outline = Outline::new(&opening);
    let (mut cells, mut hidden) = (0u32, 0u32);
    let mut confidence = Confidence::default();
    let count = |length: f64| (length * PER_EYE_DISTANCE).ceil() as u32;
    for column in 0..count(bounds.width) {
        let x = bounds.x + (f64::from(column) + 0.5) / PER_EYE_DISTANCE;
        let inside = |row: u32| bounds.y + (f64::from(row) + 0.5) / PER_EYE_DISTANCE;
        let rows: Vec<f64> = (0..count(bounds.height))
            .map(inside)
            .filter(|&y| outline.contains(Point::new(x, y)))
            .collect();
        let Some(&top) = rows.first() else { continue };
        let covered = hangs(parse, x, (edge_at(&brow, x), top), &mut confidence)?;
        for y in rows {
            let cell = parse.cell([x, y])?;
            cells += 1;
            if covered {
                confidence.add(parse, cell);
                hidden += u32::from(parse.labels.at(cell) == Label::Hair);
            }
        }
    }
    (cells > 0).then(|| Eye {
        covered_share: f64::from(hidden) / f64::from(cells),
        confidence: confidence.mean(),
    })
}

/// Whether hair hangs over brow and lid in a column, down to the eye's opening at `top`.
fn hangs(
    parse: &Parse,
    x: f64,
    (brow, top): (f64, f64),
    confidence: &mut Confidence,
) -> Option<bool> {
    let mut count = |from: f64, to: f64, label: Label| {
        let cells = ((to - from) * PER_EYE_DISTANCE).max(0.0) as u32;
        let mut found = 0;
        for cell in 0..cells {
            let y = from + (f64::from(cell) + 0.5) / PER_EYE_DISTANCE;
            let cell = parse.cell([x, y])?;
            confidence.add(parse, cell);
            found += u32::from(parse.labels.at(cell) == label);
        }
        Some((found, cells))
    };
    let (hair, all) = count(brow - OVER_BROW, brow, Label::Hair)?;
    let (lid, _) = count(brow, top, Label::Skin)?;
    Some(f64::from(hair) >= HAIR * f64::from(all) && lid < LID)
}

/// Height of the brow's lower edge at `x`, between its points and level beyond them.
fn edge_at(edge: &[Point], x: f64) -> f64 {
    let (first, last) = (edge[0], edge[edge.len() - 1]);
    let between = edge
        .windows(2)
        .find(|pair| (pair[0].x..pair[1].x).contains(&x));
    match between {
        Some([left, right]) => left.y + (right.y - left.y) * (x - left.x) / (right.x - left.x),
        _ if x < first.x => first.y,
        _ => last.y,
    }
}
