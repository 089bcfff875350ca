//! Colour models of skin, hair and background, learnt from places of this photo where each is sure to be.

use super::super::Look;
use super::super::landmarks::{CHEEK_PATCHES, FOREHEAD};
use super::grid::Grid;
use crate::colour::Lab;

/// Radius of a cheek's seed, in distances between the eyes.
const CHEEK_RADIUS: f64 = 0.17;
/// Bridge to tip of the nose.
const NOSE: [usize; 3] = [197, 195, 5];
const NOSE_RADIUS: f64 = 0.08;
/// Fewest cells a class is learnt from.
const FEWEST: usize = 24;
/// Variances added to what was seen: L* for shading that the seeds lack, a* and b* for compression.
const FLOOR: [f32; 3] = [36.0, 5.0, 5.0];
/// Person probabilities from which a cell surely is person, or surely is not.
const SURELY: f32 = 0.9;
const HARDLY: f32 = 0.05;
/// Seeds of hair nearer to the skin than this many deviations are skin.
const SKIN_DEVIATIONS: f32 = 3.0;

/// How sure a region can be at most that rests on hair, where no hair was learnt: the head is bald, or its hair has the
/// skin's very colour, and nothing here tells which.
const UNLEARNT: f64 = 0.25;

/// One class: mean, inverse covariance and log determinant in CIELAB.
#[derive(Clone, Copy)]
pub(in super::super) struct Class {
    mean: Lab,
    inverse: [[f32; 3]; 3],
    log_determinant: f32,
    covariance: [[f32; 3]; 3],
}

/// The classes of this photo.
pub(super) struct Colours {
    pub(super) skin: Class,
    pub(super) hair: Option<Class>,
    pub(super) background: Option<Class>,
}

impl Class {
    pub(in super::super) fn learn(samples: &[Lab]) -> Option<Self> {
        if samples.len() < FEWEST {
            return None;
        }
        let count = samples.len() as f32;
        let mut sum = [0.0f32; 3];
        for lab in samples {
            sum = [0, 1, 2].map(|i| sum[i] + lab[i]);
        }
        let mean = sum.map(|sum| sum / count);
        let mut covariance = [[0.0f32; 3]; 3];
        for lab in samples {
            let off = difference(*lab, mean);
            for (row, from_mean) in covariance.iter_mut().zip(off) {
                *row = [0, 1, 2].map(|i| row[i] + from_mean * off[i]);
            }
        }
        for (i, row) in covariance.iter_mut().enumerate() {
            *row = row.map(|entry| entry / count);
            row[i] += FLOOR[i];
        }
        let (inverse, determinant) = inverted(covariance);
        Some(Self {
            mean,
            inverse,
            log_determinant: determinant.ln(),
            covariance,
        })
    }

    /// Squared Mahalanobis distance.
    pub(super) fn distance(&self, lab: Lab) -> f32 {
        quadratic(&self.inverse, difference(lab, self.mean))
    }

    /// Twice the negative log likelihood of eight colours, channel by channel, but for a constant.
    #[inline(always)]
    pub(super) fn costs(&self, channels: &[[f32; 8]; 3]) -> [f32; 8] {
        let mut costs = [0.0; 8];
        for (i, cost) in costs.iter_mut().enumerate() {
            let lab = [channels[0][i], channels[1][i], channels[2][i]];
            *cost = quadratic(&self.inverse, difference(lab, self.mean)) + self.log_determinant;
        }
        costs
    }

    /// Mahalanobis distance of two means under the mean of both covariances.
    pub(in super::super) fn separation(&self, other: &Self) -> f64 {
        let mut pooled = self.covariance;
        for (row, others) in pooled.iter_mut().zip(other.covariance) {
            for (entry, other) in row.iter_mut().zip(others) {
                *entry = f32::midpoint(*entry, other);
            }
        }
        let between = difference(self.mean, other.mean);
        f64::from(quadratic(&inverted(pooled).0, between).max(0.0).sqrt())
    }
}

impl Colours {
    /// `None` when too little of the cheeks is in the picture.
    pub(super) fn learn(grid: &Grid, look: &Look<'_>) -> Option<Self> {
        let skin = Class::learn(&skin_seeds(grid, look))?;
        let top = grid.on_face(look.landmarks().at(FOREHEAD))[1];
        let above = seeds(grid, (f64::MIN, top - 0.12), |[x, _], person| {
            person >= SURELY && x.abs() < 0.7
        });
        let hair: Vec<Lab> = above
            .iter()
            .copied()
            .filter(|&lab| skin.distance(lab) > SKIN_DEVIATIONS * SKIN_DEVIATIONS)
            .collect();
        // A bald head has little above its forehead that is not skin.
        let enough = hair.len() * 5 >= above.len() * 2;
        let behind = seeds(grid, (f64::MIN, 1.0), |_, person| person <= HARDLY);
        Some(Self {
            skin,
            hair: Class::learn(&hair).filter(|_| enough),
            background: Class::learn(&behind),
        })
    }

    pub(super) fn hair_lab(&self) -> Option<[f64; 3]> {
        self.hair.as_ref().map(|hair| hair.mean.map(f64::from))
    }

    pub(super) fn skin_hair_separation(&self) -> Option<f64> {
        self.hair.as_ref().map(|hair| hair.separation(&self.skin))
    }

    /// How sure anything can be at most that rests on telling skin from hair.
    pub(super) fn most_of_hair(&self) -> f64 {
        self.skin_hair_separation().map_or(UNLEARNT, most)
    }

    /// How sure anything can be at most that rests on telling skin from what stands behind it.
    pub(super) fn most_of_background(&self) -> f64 {
        let behind = self.background.as_ref();
        behind.map_or(1.0, |behind| most(behind.separation(&self.skin)))
    }
}

fn skin_seeds(grid: &Grid, look: &Look<'_>) -> Vec<Lab> {
    let marks = look.landmarks();
    let cheeks = CHEEK_PATCHES.map(|[a, b]| (marks.at(a).midpoint(marks.at(b)), CHEEK_RADIUS));
    let nose = NOSE.map(|index| (marks.at(index), NOSE_RADIUS));
    let spots: Vec<([f64; 2], f64)> = cheeks
        .into_iter()
        .chain(nose)
        .map(|(point, radius)| (grid.on_face(point), radius))
        .collect();
    let highest = spots
        .iter()
        .map(|([_, y], radius)| y - radius)
        .fold(f64::MAX, f64::min);
    let lowest = spots
        .iter()
        .map(|([_, y], radius)| y + radius)
        .fold(f64::MIN, f64::max);
    seeds(grid, (highest, lowest), |[x, y], _| {
        spots
            .iter()
            .any(|&([cx, cy], radius)| (x - cx).powi(2) + (y - cy).powi(2) < radius * radius)
    })
}

/// Colours of the cells in the picture, between two heights, that `is_seed` holds for.
fn seeds(
    grid: &Grid,
    (highest, lowest): (f64, f64),
    is_seed: impl Fn([f64; 2], f32) -> bool,
) -> Vec<Lab> {
    let mut seeds = Vec::new();
    for (y, cells) in Grid::rows().filter(|(y, _)| (highest..lowest).contains(y)) {
        for (x, cell) in cells {
            let person = grid.person[cell];
            if person >= 0.0 && is_seed([x, y], person) {
                seeds.push(grid.labs[cell]);
            }
        }
    }
    seeds
}

/// How much likelier the better of two classes can be, at most, than the other one, where their means lie `separation`
/// deviations apart: who picks the likelier class is right with 1 − Φ(−s/2), a coin with a half; 1 − 2 Φ(−s/2).
pub(in super::super) fn most(separation: f64) -> f64 {
    // erf(s / √8), Abramowitz and Stegun 7.1.26: within 1.5e-7.
    const FACTORS: [f64; 5] = [
        0.254_829_592,
        -0.284_496_736,
        1.421_413_741,
        -1.453_152_027,
        1.061_405_429,
    ];
    let x = separation.max(0.0) / 8.0f64.sqrt();
    let t = 1.0 / (1.0 + 0.327_591_1 * x);
    let series = FACTORS
        .iter()
        .rev()
        .fold(0.0, |sum, factor| (sum + factor) * t);
    (1.0 - series * (-x * x).exp()).clamp(0.0, 1.0)
}

#[inline(always)]
fn difference(first: Lab, second: Lab) -> Lab {
    [
        first[0] - second[0],
        first[1] - second[1],
        first[2] - second[2],
    ]
}

#[inline(always)]
fn quadratic(matrix: &[[f32; 3]; 3], vector: Lab) -> f32 {
    let row = |row: &[f32; 3]| row[0] * vector[0] + row[1] * vector[1] + row[2] * vector[2];
    vector[0] * row(&matrix[0]) + vector[1] * row(&matrix[1]) + vector[2] * row(&matrix[2])
}

/// Inverse and determinant of a symmetric positive matrix, by cofactors.
fn inverted(m: [[f32; 3]; 3]) -> ([[f32; 3]; 3], f32) {
    let cofactor = |i: usize, j: usize| {
        let (a, b, c, d) = ((i + 1) % 3, (i + 2) % 3, (j + 1) % 3, (j + 2) % 3);
        m[a][c] * m[b][d] - m[a][d] * m[b][c]
    };
    let determinant = (0..3)
        .map(|j| m[0][j] * cofactor(0, j))
        .sum::<f32>()
        .max(1e-6);
    let inverse = [0, 1, 2].map(|i| [0, 1, 2].map(|j| cofactor(j, i) / determinant));
    (inverse, determinant)
}

#[cfg(test)]
mod tests {
    use super::most;

    #[test]
    fn the_most_that_colours_allow_grows_with_their_separation() {
        // 1 − 2 Φ(−s/2), of tables of the normal distribution.
        for (separation, expected) in [
            (0.0, 0.0),
            (1.0, 0.382_925),
            (2.0, 0.682_689),
            (3.0, 0.866_386),
            (4.0, 0.954_500),
            (40.0, 1.0),
        ] {
            let found = most(separation);
            assert!((found - expected).abs() < 1e-5, "{separation}: {found}");
        }
    }
}
