//! The look hash: the signs of the lowest frequencies of the face-aligned picture.
//!
//! Aligned by the irises, so that scaling and cropping move nothing; coarse, so that saving changes little. Two people
//! in one pose before one backdrop differ in the shapes of hair, face and collar, which the first part shows; two
//! shots of one person differ about the mouth, which the second shows. Not an embedding: no network, nothing learnt,
//! and another picture of the same person is another picture (see [`LookHash`]).

use std::sync::LazyLock;

use zhaoshen_model::measurement::{FaceFacts, LookHash};

use super::window::luma_at;
use crate::picture::{Picture, floor_px};

/// Cells along each side of the aligned picture.
const CELLS: usize = 32;
/// Samples along each side of a cell.
const SAMPLES: usize = 6;
/// Frequencies along one side that are computed; the highest sum of two that is used.
const LOW: usize = 23;
/// The parts of the picture that are looked at, and how many bits each gives.
const PARTS: [Part; 2] = [
    Part {
        region: [-1.7, -1.5, 3.4, 3.5],
        bits: 96,
    },
    Part {
        region: [-0.6, 0.5, 1.2, 1.0],
        bits: 160,
    },
];

/// A part of the picture.
struct Part {
    /// In eye distances from the middle of the eyes: left, top, width, height.
    region: [f64; 4],
    /// Bits of the hash it gives.
    bits: usize,
}

/// `BASIS[frequency][cell]`, without scale: only signs are kept.
static BASIS: LazyLock<[[f32; CELLS]; LOW]> = LazyLock::new(|| {
    std::array::from_fn(|frequency| {
        std::array::from_fn(|cell| {
            let turn = (2 * cell + 1) as f32 * frequency as f32 / (4 * CELLS) as f32;
            (2.0 * std::f32::consts::PI * turn).cos()
        })
    })
});

/// The hash of the picture around `face`; `None` when the eyes are too close to align by.
pub(super) fn measure(picture: &Picture, face: &FaceFacts) -> Option<LookHash> {
    let unit = face.inter_eye_distance_px;
    if !(16.0..1e5).contains(&unit) {
        return None;
    }
    let mut hash = [0u8; 32];
    let mut place = 0;
    for part in PARTS {
        let cells = cells(picture, face, part.region);
        for positive in signs(&cells, part.bits) {
            hash[place / 8] |= u8::from(positive) << (place % 8);
            place += 1;
        }
    }
    Some(LookHash(hash))
}

/// Sum of luma in each cell of a region.
fn cells(picture: &Picture, face: &FaceFacts, region: [f64; 4]) -> [[f32; CELLS]; CELLS] {
    let unit = face.inter_eye_distance_px;
    let centre = face.left_iris.midpoint(face.right_iris);
    let [left, top, width, height] = region;
    let (left, top) = (centre.x + left * unit, centre.y + top * unit);
    let step = |length: f64| length * unit / (CELLS * SAMPLES) as f64;
    let (across, down) = (step(width), step(height));
    let mut cells = [[0.0f32; CELLS]; CELLS];
    let inside = |place: f64, side: u32| floor_px(place).clamp(0, i64::from(side) - 1) as usize;
    // The first sample of every cell, then every second one: so cells are summed side by side.
    let columns: [usize; CELLS * SAMPLES] = std::array::from_fn(|place| {
        let x = place % CELLS * SAMPLES + place / CELLS;
        inside(left + (x as f64 + 0.5) * across, picture.width_px())
    });
    let (mut lumas, mut last) = ([0.0; CELLS * SAMPLES], None);
    for y in 0..CELLS * SAMPLES {
        let row = inside(top + (y as f64 + 0.5) * down, picture.height_px());
        if last != Some(row) {
            lumas = luma_at(picture.row(row as u32), &columns);
            last = Some(row);
        }
        for samples in lumas.as_chunks::<CELLS>().0 {
            for (cell, luma) in cells[y / SAMPLES].iter_mut().zip(samples) {
                *cell += luma;
            }
        }
    }
    cells
}

/// The signs of `count` frequencies from the lowest up, without the mean.
fn signs(cells: &[[f32; CELLS]; CELLS], count: usize) -> impl Iterator<Item = bool> {
    let basis = &*BASIS;
    let dot = |values: &[f32; CELLS], weights: &[f32; CELLS]| -> f32 {
        let products = values
            .iter()
            .zip(weights)
            .map(|(value, weight)| value * weight);
        products.sum()
    };
    let rows: [[f32; CELLS]; LOW] = std::array::from_fn(|frequency| {
        std::array::from_fn(|row| dot(&cells[row], &basis[frequency]))
    });
    let order = (1..LOW).flat_map(|sum| (0..=sum).map(move |across| (across, sum - across)));
    order
        .take(count)
        .map(move |(across, down)| dot(&rows[across], &basis[down]) > 0.0)
}
