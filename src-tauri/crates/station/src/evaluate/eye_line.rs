//! The measured eye line against pupils placed by hand.

use std::collections::HashMap;

use serde::Serialize;
use zhaoshen_model::Point;

use super::sample::Photo;
use crate::masking;

/// Error that at least 95 % of photos should stay within, as a share of the distance between the pupils.
pub const WITHIN: f64 = 0.02;
/// Photos listed.
const MOST: usize = 20;

/// How far the measured eye line lies from the hand-placed one.
#[derive(Debug, Clone, Serialize)]
pub struct EyeLine {
    /// Photos with hand-placed pupils that were measured.
    pub photos: usize,
    /// Photos with hand-placed pupils in which no eyes were found.
    pub not_found: usize,
    /// Photos whose eye line is off by at most 2 % of the distance between the pupils.
    pub within: usize,
    /// Median error of the eye line / distance between the pupils.
    pub median_ratio: f64,
    /// Error that 95 % of the photos stay within.
    pub p95_ratio: f64,
    /// Largest error.
    pub max_ratio: f64,
    /// Median distance of an iris centre from its pupil / distance between the pupils.
    pub pupil_median_ratio: f64,
    /// The same that 95 % of the pupils stay within.
    pub pupil_p95_ratio: f64,
    /// The photos with the largest errors.
    pub worst: Vec<EyeLineError>,
}

/// One photo's error.
#[derive(Debug, Clone, Serialize)]
pub struct EyeLineError {
    /// The file as the label table names it, to join with; a person reads [`EyeLineError::shown`].
    pub file: String,
    /// Its name with identity numbers masked.
    pub shown: String,
    /// Measured eye line minus that of the pupils, px: positive is lower.
    pub error_px: f64,
    /// Distance between the pupils, px.
    pub inter_eye_px: f64,
    /// Their ratio, without sign.
    pub ratio: f64,
}

/// Compares every photo that has pupils.
pub(super) fn compare(photos: &[&Photo], pupils: &HashMap<String, [Point; 2]>) -> EyeLine {
    let placed = |photo: &&&Photo| pupils.contains_key(&photo.row.file);
    let not_found = photos
        .iter()
        .filter(placed)
        .filter(|photo| photo.measurements.face.is_none());
    let not_found = not_found.count();
    let mut errors = Vec::new();
    let mut distances = Vec::new();
    for photo in photos {
        let (Some(pair), Some(face)) = (
            pupils.get(&photo.row.file),
            photo.measurements.face.as_ref(),
        ) else {
            continue;
        };
        let [left, right] = in_order(*pair);
        let apart = (right.x - left.x).hypot(right.y - left.y).max(1e-6);
        let error_px = face.eye_line_y_px - (left.y + right.y) / 2.0;
        for (iris, pupil) in [(face.left_iris, left), (face.right_iris, right)] {
            distances.push((iris.x - pupil.x).hypot(iris.y - pupil.y) / apart);
        }
        errors.push(EyeLineError {
            file: photo.row.file.clone(),
            shown: masking::shown(&photo.row.file),
            error_px,
            inter_eye_px: apart,
            ratio: error_px.abs() / apart,
        });
    }
    errors.sort_by(|one, other| other.ratio.total_cmp(&one.ratio));
    let mut ratios: Vec<f64> = errors.iter().map(|error| error.ratio).collect();
    ratios.sort_by(f64::total_cmp);
    distances.sort_by(f64::total_cmp);
    EyeLine {
        photos: errors.len(),
        not_found,
        within: ratios.iter().filter(|ratio| **ratio <= WITHIN).count(),
        median_ratio: quantile(&ratios, 0.5),
        p95_ratio: quantile(&ratios, 0.95),
        max_ratio: quantile(&ratios, 1.0),
        pupil_median_ratio: quantile(&distances, 0.5),
        pupil_p95_ratio: quantile(&distances, 0.95),
        worst: errors.into_iter().take(MOST).collect(),
    }
}

/// The picture's left one first.
fn in_order([one, other]: [Point; 2]) -> [Point; 2] {
    if one.x <= other.x {
        [one, other]
    } else {
        [other, one]
    }
}

/// The least value that at least `share` of the sorted `values` do not exceed; 0 of none.
fn quantile(values: &[f64], share: f64) -> f64 {
    let rank = (share * values.len() as f64).ceil() as usize;
    values.get(rank.saturating_sub(1)).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp, reason = "values that occur, unchanged")]

    use super::quantile;

    #[test]
    fn quantiles_are_values_that_occur() {
        let values: Vec<f64> = (1..=20).map(f64::from).collect();
        assert_eq!(quantile(&values, 0.95), 19.0);
        assert_eq!(quantile(&values, 1.0), 20.0);
        assert_eq!(quantile(&values, 0.5), 10.0);
        assert_eq!(quantile(&[], 0.5), 0.0);
    }
}
