//! Skin and hair beside the face, where ears are.

use super::super::Look;
use super::grid::PER_EYE_DISTANCE;
use super::label::Label;
use super::{Confidence, Parse};

/// Edge of the face from the temple to the jaw, by side.
const EDGES: [[usize; 6]; 2] = [[21, 162, 127, 234, 93, 132], [251, 389, 356, 454, 323, 361]];
/// Heights between which an ear stands, in distances between the eyes below them.
const TOP: f64 = -0.15;
const BOTTOM: f64 = 0.75;
/// The strip looked at, outwards from the face's edge, in distances between the eyes.
const INNER: f64 = 0.04;
const OUTER: f64 = 0.34;
/// Smallest share of the strip that must lie in the picture.
const SEEN: f64 = 0.8;

/// What shows where one ear is.
#[derive(Clone, Copy)]
pub(super) struct Ear {
    pub(super) skin_area: f64,
    pub(super) hair_share: f64,
    pub(super) confidence: Option<f64>,
}

/// Measures the strip on one side: 0 left, 1 right.
pub(super) fn measure(parse: &Parse, look: &Look<'_>, side: usize) -> Option<Ear> {
    let edge: Vec<[f64; 2]> = EDGES[side]
        .iter()
        .map(|&mark| parse.grid.on_face(look.landmarks().at(mark)))
        .collect();
    let outwards = if side == 0 { -1.0 } else { 1.0 };
    let (mut all, mut seen, mut skin, mut hair) = (0u32, 0u32, 0u32, 0u32);
    let mut confidence = Confidence::default();
    let step = 1.0 / PER_EYE_DISTANCE;
    for row in 0..((BOTTOM - TOP) / step) as u32 {
        let y = TOP + f64::from(row) * step;
        let from = edge_at(&edge, y);
        for column in 0..((OUTER - INNER) / step) as u32 {
            let x = from + outwards * (INNER + f64::from(column) * step);
            all += 1;
            let Some(cell) = parse.cell([x, y]) else {
                continue;
            };
            let label = parse.labels.at(cell);
            confidence.add(parse, cell);
            seen += 1;
            skin += u32::from(label == Label::Skin);
            hair += u32::from(label == Label::Hair);
        }
    }
    (f64::from(seen) >= SEEN * f64::from(all)).then(|| Ear {
        skin_area: f64::from(skin) * step * step,
        hair_share: f64::from(hair) / f64::from(seen.max(1)),
        confidence: confidence.mean(),
    })
}

/// x of the face's edge at a height, between its points.
fn edge_at(edge: &[[f64; 2]], y: f64) -> f64 {
    let mut previous = edge[0];
    for &point in edge {
        if point[1] >= y && point[1] > previous[1] {
            let along = ((y - previous[1]) / (point[1] - previous[1])).clamp(0.0, 1.0);
            return previous[0] + along * (point[0] - previous[0]);
        }
        previous = point;
    }
    previous[0]
}
