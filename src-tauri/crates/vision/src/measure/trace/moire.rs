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
    let mut mean = vec![0.0f32; HALF * SIDE];
    for row in 0..WINDOWS[1] {
        for column in 0..WINDOWS[0] {
            let left = (window.width - SIDE) * column / (WINDOWS[0] - 1);
            let top = (height - SIDE) * row / (WINDOWS[1] - 1);
            add_logarithms(window, left, top, &mut mean);
        }
    }
    let count = (WINDOWS[0] * WINDOWS[1]) as f32;
    Some(f64::from(highest_peak(&mean) / count))
}

/// Adds the logarithm of the power spectrum of one window, column by column of frequencies across.
fn add_logarithms(window: &Window, left: usize, top: usize, sums: &mut [f32]) {
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
    for (sum, value) in sums.iter_mut().zip(&down) {
        *sum += (value.norm_sqr() + FLOOR).ln();
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
    let mut best = 0.0f32;
    for across in 2..HALF as i64 - 1 {
        for down in -side / 2 + 1..side / 2 {
            if !is_telling(across, down) {
                continue;
            }
            let value = at(across, down);
            let mut sum = 0.0;
            for x in -AROUND..=AROUND {
                for y in -AROUND..=AROUND {
                    let near = x.abs() <= 1 && y.abs() <= 1;
                    sum += if near { 0.0 } else { at(across + x, down + y) };
                }
            }
            let around = (2 * AROUND + 1).pow(2) - 9;
            best = best.max(value - sum / around as f32);
        }
    }
    best
}

/// Whether a peak here tells of dots: not too coarse, not on an axis where every edge of the frame lies, and not where
/// the block grid of JPEG puts its own.
fn is_telling(across: i64, down: i64) -> bool {
    let on_grid = |bin: i64| (bin + 1).rem_euclid(SIDE as i64 / 8) <= 2;
    let coarse = ((across * across + down * down) as f64).sqrt() < LOWEST;
    !coarse && down.abs() >= 2 && !(on_grid(across) && on_grid(down))
}
