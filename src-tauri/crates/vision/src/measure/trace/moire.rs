//! The regular dots of a screen or of a print, photographed again.
//!
//! A face, hair and cloth fill the spectrum evenly or along lines; the beat between the dots and the camera's pixels
//! stands in it as lone peaks. The geometric mean over windows keeps what all of them share.

use std::f32::consts::PI;
use std::sync::{Arc, LazyLock};

use rustfft::num_complex::Complex32;
use rustfft::{Fft, FftPlanner};

use super::window::Window;

/// Side of a window of the transform, px.
const SIDE: usize = 64;
/// Columns of the half of a real picture's spectrum that is not mirrored.
const HALF: usize = SIDE / 2 + 1;
/// Windows across and down.
const WINDOWS: [usize; 2] = [4, 3];
/// Rows below this share of the height are clothes, whose weave is regular too.
const ABOVE_CLOTHES: f64 = 0.8;
/// Power that rounding to whole levels leaves in a window; peaks below it mean nothing.
const FLOOR: f32 = 5.0;
/// Half the side of the surroundings of a peak.
const AROUND: i64 = 4;
/// Its side.
const SURROUNDINGS: usize = 2 * AROUND as usize + 1;
/// Lowest frequency looked at, in bins.
const LOWEST: f64 = 5.0;

static TRANSFORM: LazyLock<Arc<dyn Fft<f32>>> =
    LazyLock::new(|| FftPlanner::new().plan_fft_forward(SIDE));
static TAPER: LazyLock<[f32; SIDE]> = LazyLock::new(|| {
    std::array::from_fn(|i| 0.5 - 0.5 * (2.0 * PI * i as f32 / (SIDE - 1) as f32).cos())
});

/// Height of the highest lone peak over its surroundings, natural logarithm.
pub(super) fn measure(window: &Window) -> Option<f64> {
    let height = (window.height as f64 * ABOVE_CLOTHES) as usize;
    if window.width < SIDE || height < SIDE {
        return None;
    }
    let mut powers = vec![1.0f64; HALF * SIDE];
    for row in 0..WINDOWS[1] {
        for column in 0..WINDOWS[0] {
            let left = (window.width - SIDE) * column / (WINDOWS[0] - 1);
            let top = (height - SIDE) * row / (WINDOWS[1] - 1);
            multiply(window, left, top, &mut powers);
        }
    }
    let count = (WINDOWS[0] * WINDOWS[1]) as f32;
    // One logarithm of the product: that of 12 windows' power is far below what a double holds.
    let sums: Vec<f32> = powers.iter().map(|power| power.ln() as f32).collect();
    Some(f64::from(highest_peak(&sums) / count))
}

/// Multiplies by the power spectrum of one window, column by column of frequencies across.
fn multiply(window: &Window, left: usize, top: usize, powers: &mut [f64]) {
    let taper = &*TAPER;
    let mut across = vec![Complex32::default(); SIDE * SIDE];
    let pixels = |row: usize| {
        let start = (top + row) * window.width + left;
        &window.luma[start..start + SIDE]
    };
    let mean = (0..SIDE).flat_map(pixels).sum::<f32>() / (SIDE * SIDE) as f32;
    for (row, line) in across.chunks_exact_mut(SIDE).enumerate() {
        for ((value, pixel), weight) in line.iter_mut().zip(pixels(row)).zip(taper) {
            *value = Complex32::new((pixel - mean) * weight * taper[row], 0.0);
        }
    }
    TRANSFORM.process(&mut across);
    let mut down = vec![Complex32::default(); HALF * SIDE];
    for (frequency, column) in down.chunks_exact_mut(SIDE).enumerate() {
        for (row, value) in column.iter_mut().enumerate() {
            *value = across[row * SIDE + frequency];
        }
    }
    TRANSFORM.process(&mut down);
    for (power, value) in powers.iter_mut().zip(&down) {
        *power *= f64::from(value.norm_sqr() + FLOOR);
    }
}

/// The largest excess of a frequency over the mean of those around it.
fn highest_peak(spectrum: &[f32]) -> f32 {
    let side = SIDE as i64;
    let at = |across: i64, down: i64| {
        // The other half of a real picture's spectrum is this one turned about the origin.
        let (across, down) = if across < 0 {
            (-across, -down)
        } else {
            (across, down)
        };
        let across = if across < HALF as i64 {
            across
        } else {
            side - across
        };
        spectrum[(across * side + down.rem_euclid(side)) as usize]
    };
    // Every column that is looked at or lies around one, with the rows around those looked at.
    let rows = -side / 2 + 1 - AROUND..side / 2 + AROUND;
    let columns: Vec<Vec<f32>> = (2 - AROUND..HALF as i64 - 1 + AROUND)
        .map(|across| rows.clone().map(|down| at(across, down)).collect())
        .collect();
    let mut best = 0.0f32;
    for (across, columns) in (2..).zip(columns.windows(SURROUNDINGS)) {
        let sums = surroundings(columns);
        let middle = &columns[AROUND as usize][AROUND as usize..];
        for ((down, sum), value) in (-side / 2 + 1..).zip(sums).zip(middle) {
            if is_telling(across, down) {
                let around = SURROUNDINGS.pow(2) - 9;
                best = best.max(value - sum / around as f32);
            }
        }
    }
    best
}

/// For each row of the middle column that has its surroundings: their sum, without the nearest.
fn surroundings(columns: &[Vec<f32>]) -> [f32; SIDE - 1] {
    let mut sums = [0.0f32; SIDE - 1];
    for (x, column) in columns.iter().enumerate() {
        for y in 0..SURROUNDINGS {
            let near = x.abs_diff(AROUND as usize) <= 1 && y.abs_diff(AROUND as usize) <= 1;
            if !near {
                for (sum, value) in sums.iter_mut().zip(&column[y..]) {
                    *sum += value;
                }
            }
        }
    }
    sums
}

/// Whether a peak here tells of dots: not too coarse, not on an axis where every edge of the frame lies, and not where
/// the block grid of JPEG puts its own.
fn is_telling(across: i64, down: i64) -> bool {
    let on_grid = |bin: i64| (bin + 1).rem_euclid(SIDE as i64 / 8) <= 2;
    let coarse = ((across * across + down * down) as f64).sqrt() < LOWEST;
    !coarse && down.abs() >= 2 && !(on_grid(across) && on_grid(down))
}
