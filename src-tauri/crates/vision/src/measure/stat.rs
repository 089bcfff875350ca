//! Medians, means and small least-squares fits over samples.

/// The value with `share` (0..=1) of the samples below it; `None` for none. Reorders the samples.
pub(super) fn quantile(samples: &mut [f32], share: f64) -> Option<f32> {
    let last = samples.len().checked_sub(1)?;
    let place = (share.clamp(0.0, 1.0) * last as f64).round() as usize;
    let (_, value, _) = samples.select_nth_unstable_by(place, f32::total_cmp);
    Some(*value)
}

/// The median of each channel.
pub(super) fn median_of_three(samples: &[[f32; 3]]) -> Option<[f32; 3]> {
    let mut channel = Vec::with_capacity(samples.len());
    let mut median = [0.0; 3];
    for (index, value) in median.iter_mut().enumerate() {
        channel.clear();
        channel.extend(samples.iter().map(|sample| sample[index]));
        *value = quantile(&mut channel, 0.5)?;
    }
    Some(median)
}

/// The median of each channel of bytes.
pub(super) fn median_of_bytes(samples: impl Iterator<Item = [u8; 3]>) -> Option<[u8; 3]> {
    let mut counts = [[0usize; 256]; 3];
    let mut count = 0usize;
    for sample in samples {
        count += 1;
        for (counts, value) in counts.iter_mut().zip(sample) {
            counts[usize::from(value)] += 1;
        }
    }
    let last = count.checked_sub(1)?;
    // As `quantile` rounds.
    let place = last.div_ceil(2);
    Some(counts.map(|counts| {
        let mut below = 0;
        let value = counts.iter().position(|here| {
            below += here;
            below > place
        });
        value.map_or(u8::MAX, |value| value as u8)
    }))
}

/// Mean and standard deviation; `None` for no samples.
pub(super) fn mean_and_deviation(samples: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    let (mut count, mut sum, mut squares) = (0u64, 0.0, 0.0);
    for sample in samples {
        count += 1;
        sum += sample;
        squares += sample * sample;
    }
    let mean = sum / count as f64;
    (count > 0).then(|| (mean, (squares / count as f64 - mean * mean).max(0.0).sqrt()))
}

/// Number of terms of the surface 1, x, y, x², xy, y².
pub(super) const TERMS: usize = 6;

/// The terms at a place; `x` and `y` should be about -1..=1.
#[inline(always)]
pub(super) fn terms(x: f64, y: f64) -> [f64; TERMS] {
    [1.0, x, y, x * x, x * y, y * y]
}

/// Least-squares surfaces of three channels over the same places.
#[derive(Debug, Clone)]
pub(super) struct SurfaceFit {
    normal: [[f64; TERMS]; TERMS],
    right: [[f64; 3]; TERMS],
    count: usize,
}

impl SurfaceFit {
    /// A fit without samples.
    pub(super) const fn new() -> Self {
        Self {
            normal: [[0.0; TERMS]; TERMS],
            right: [[0.0; 3]; TERMS],
            count: 0,
        }
    }

    /// Adds one sample.
    #[inline(always)]
    pub(super) fn add(&mut self, terms: [f64; TERMS], value: [f32; 3]) {
        self.count += 1;
        for (row, &first) in terms.iter().enumerate() {
            for (column, &second) in terms.iter().enumerate() {
                self.normal[row][column] += first * second;
            }
            for (channel, &value) in value.iter().enumerate() {
                self.right[row][channel] += first * f64::from(value);
            }
        }
    }

    /// The coefficients; `None` with fewer than 24 samples. A slight ridge keeps thin strips solvable.
    pub(super) fn solve(mut self) -> Option<[[f64; 3]; TERMS]> {
        if self.count < 24 {
            return None;
        }
        let ridge = self.count as f64 * 1e-4;
        for term in 1..TERMS {
            self.normal[term][term] += ridge;
        }
        for pivot in 0..TERMS {
            let best = (pivot..TERMS).max_by(|&a, &b| {
                self.normal[a][pivot]
                    .abs()
                    .total_cmp(&self.normal[b][pivot].abs())
            })?;
            self.normal.swap(pivot, best);
            self.right.swap(pivot, best);
            let divisor = self.normal[pivot][pivot];
            if divisor.abs() < 1e-12 {
                return None;
            }
            for row in (0..TERMS).filter(|&row| row != pivot) {
                let factor = self.normal[row][pivot] / divisor;
                for column in 0..TERMS {
                    self.normal[row][column] -= factor * self.normal[pivot][column];
                }
                for channel in 0..3 {
                    self.right[row][channel] -= factor * self.right[pivot][channel];
                }
            }
        }
        let mut solution = self.right;
        for (term, row) in solution.iter_mut().enumerate() {
            for value in row {
                *value /= self.normal[term][term];
            }
        }
        Some(solution)
    }
}

/// The surface's value at a place.
#[inline(always)]
pub(super) fn surface_at(surface: &[[f64; 3]; TERMS], terms: [f64; TERMS]) -> [f32; 3] {
    let mut value = [0.0; 3];
    for (row, term) in surface.iter().zip(terms) {
        for (sum, coefficient) in value.iter_mut().zip(row) {
            *sum += coefficient * term;
        }
    }
    value.map(|v| v as f32)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn quantiles_and_deviation() {
        assert_eq!(quantile(&mut [3.0, 1.0, 2.0], 0.5), Some(2.0));
        assert_eq!(quantile(&mut [3.0, 1.0, 2.0], 1.0), Some(3.0));
        assert_eq!(quantile(&mut [], 0.5), None);
        for samples in [&[7u8, 9, 1, 255][..], &[3, 1, 2], &[0], &[200, 100], &[]] {
            let bytes = median_of_bytes(samples.iter().map(|&value| [value; 3]));
            let mut floats: Vec<f32> = samples.iter().copied().map(f32::from).collect();
            let median = quantile(&mut floats, 0.5).map(|value| [value as u8; 3]);
            assert_eq!(bytes, median, "{samples:?}");
        }
        let (mean, deviation) = mean_and_deviation([2.0, 4.0].into_iter()).unwrap();
        assert!((mean - 3.0).abs() < 1e-12 && (deviation - 1.0).abs() < 1e-12);
        assert!(mean_and_deviation(std::iter::empty()).is_none());
    }

    #[test]
    fn a_quadratic_surface_is_found_again() {
        let truth = |x: f64, y: f64| {
            [50.0 + 3.0 * x - 2.0 * y + x * y, 4.0 * y * y, -x * x].map(|v| v as f32)
        };
        let mut fit = SurfaceFit::new();
        for step in 0..400 {
            let (x, y) = (
                f64::from(step % 20) / 10.0 - 1.0,
                f64::from(step / 20) / 10.0 - 1.0,
            );
            fit.add(terms(x, y), truth(x, y));
        }
        let surface = fit.solve().unwrap();
        let found = surface_at(&surface, terms(0.3, -0.7));
        for (found, expected) in found.iter().zip(truth(0.3, -0.7)) {
            assert!((found - expected).abs() < 0.02, "{found} not {expected}");
        }
        assert!(SurfaceFit::new().solve().is_none());
    }
}
