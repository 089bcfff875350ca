//! Whether skin shows between each brow and the hair above it.

use super::super::Look;
use super::grid::PER_EYE_DISTANCE;
use super::label::Label;
use super::{Confidence, Parse};

/// Upper edge of each brow, from left to right.
const UPPER: [[usize; 5]; 2] = [[70, 63, 105, 66, 107], [336, 296, 334, 293, 300]];
/// Columns looked at between neighbouring points of the edge.
const BETWEEN: u32 = 4;
/// How high above the brow skin is looked for, in distances between the eyes.
const LOWEST: f64 = 0.06;
const HIGHEST: f64 = 0.36;
/// Skin cells that make a gap.
const GAP: u32 = 2;

/// What shows above one brow.
#[derive(Clone, Copy)]
pub(super) struct Brow {
    /// Share of the brow's columns without skin above it.
    pub(super) covered_share: f64,
    pub(super) confidence: Option<f64>,
}

/// Measures the brow on one side: 0 left, 1 right; `None` where it lies outside the picture.
pub(super) fn measure(parse: &Parse, look: &Look<'_>, side: usize) -> Option<Brow> {
    let points = UPPER[side].map(|mark| parse.grid.on_face(look.landmarks().at(mark)));
    let (mut covered, mut columns) = (0u32, 0u32);
    let mut confidence = Confidence::default();
    for pair in points.windows(2) {
        for step in 0..BETWEEN {
            let along = (f64::from(step) + 0.5) / f64::from(BETWEEN);
            let at = [0, 1].map(|i| pair[0][i] + along * (pair[1][i] - pair[0][i]));
            covered += u32::from(!shows_skin(parse, at, &mut confidence)?);
            columns += 1;
        }
    }
    Some(Brow {
        covered_share: f64::from(covered) / f64::from(columns.max(1)),
        confidence: confidence.mean(),
    })
}

fn shows_skin(parse: &Parse, [x, y]: [f64; 2], confidence: &mut Confidence) -> Option<bool> {
    let cells = ((HIGHEST - LOWEST) * PER_EYE_DISTANCE) as u32;
    let mut skin = 0;
    for cell in 0..cells {
        let height = LOWEST + (f64::from(cell) + 0.5) / PER_EYE_DISTANCE;
        let cell = parse.cell([x, y - height])?;
        confidence.add(parse, cell);
        skin += u32::from(parse.labels.at(cell) == Label::Skin);
    }
    Some(skin >= GAP)
}
