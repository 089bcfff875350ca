//! How much detail a face has for the pixels it has: where its spectrum falls off.
//!
//! The detail of a sharp face falls with the frequency by a steady rate. An enlarged or blurred one follows that rate
//! up to the limit of the small picture it came from, then drops.

use std::sync::{Arc, LazyLock};

use fast_image_resize::FilterType;
use rustfft::num_complex::Complex32;
use rustfft::{Fft, FftPlanner};
use zhaoshen_model::PixelRect;
use zhaoshen_model::measurement::FaceFacts;

use super::window::luma_of;
use crate::picture::Picture;

/// Samples of one spectrum.
const LENGTH: usize = 64;
/// Distance of the eyes beyond which the face is scaled down, px: the finished file has at most 135.
const LARGEST_EYE_DISTANCE_PX: f64 = 160.0;
/// Least distance of the eyes, px.
const LEAST_EYE_DISTANCE_PX: f64 = 30.0;
/// Cycles per eye distance between which the steady rate is fitted.
const FITTED_CYCLES: [f64; 2] = [3.5, 9.0];
/// Exponent of the steady rate: power falls with this power of the frequency. Measured on 120 sharp portraits.
const RATE: f64 = 2.2;
/// Drop below the steady rate that ends the detail, decibels.
const DROP_DB: f64 = 7.0;

/// The transform, planned once.
static TRANSFORM: LazyLock<Arc<dyn Fft<f32>>> =
    LazyLock::new(|| FftPlanner::new().plan_fft_forward(LENGTH));
/// Hann's window.
static TAPER: LazyLock<[f32; LENGTH]> = LazyLock::new(|| {
    std::array::from_fn(|i| {
        0.5 - 0.5 * (2.0 * std::f32::consts::PI * i as f32 / (LENGTH - 1) as f32).cos()
    })
});

/// How far the detail goes.
pub(super) struct Detail {
    /// Share of the pixels along a side that it needs, 0..1.
    pub(super) share: f64,
    /// What it fills of the distance between the eyes, px; at most [`LARGEST_EYE_DISTANCE_PX`].
    pub(super) eye_distance_px: f64,
}

/// Measures the detail; `None` when the face is too small or cut off.
pub(super) fn measure(picture: &Picture, face: &FaceFacts) -> Option<Detail> {
    let unit = face.inter_eye_distance_px;
    if !(LEAST_EYE_DISTANCE_PX..1e5).contains(&unit) {
        return None;
    }
    let scale = (LARGEST_EYE_DISTANCE_PX / unit).min(1.0);
    let centre = face.left_iris.midpoint(face.right_iris);
    let strip = |left: f64, top: f64, right: f64, bottom: f64| {
        let rect = PixelRect::new(
            centre.x + left * unit,
            centre.y + top * unit,
            (right - left) * unit,
            (bottom - top) * unit,
        );
        Strip::cut(picture, rect, scale)
    };
    let mut power = [0.0f64; LENGTH / 2 + 1];
    strip(-1.0, -0.45, 1.0, 0.45)?.add_rows(&mut power);
    strip(-1.0, -0.7, 1.0, 1.5)?.turned().add_rows(&mut power);
    (power[1] > 0.0).then(|| {
        let share = resolved(&power, unit * scale);
        Detail {
            share,
            eye_distance_px: share * unit * scale,
        }
    })
}

/// A part of the picture as luma.
struct Strip {
    luma: Vec<f32>,
    width: usize,
}

impl Strip {
    /// What of `rect` lies inside the picture, in whole pixels when it is not scaled.
    fn cut(picture: &Picture, rect: PixelRect, scale: f64) -> Option<Self> {
        let frame = picture.frame();
        let left = rect.x.max(0.0).floor();
        let top = rect.y.max(0.0).floor();
        let width = ((rect.x + rect.width).min(frame.width).floor() - left).max(0.0);
        let height = ((rect.y + rect.height).min(frame.height).floor() - top).max(0.0);
        if width < 8.0 || height < 8.0 {
            return None;
        }
        if scale >= 1.0 {
            let mut luma = Vec::with_capacity((width * height) as usize);
            for y in top as u32..(top + height) as u32 {
                let row = &picture.row(y)[3 * left as usize..3 * (left + width) as usize];
                luma.extend(luma_of(row));
            }
            return Some(Self {
                luma,
                width: width as usize,
            });
        }
        let side = |length: f64| ((length * scale).round() as u32).max(1);
        let region = PixelRect::new(left, top, width, height);
        let small = picture
            .scaled(region, side(width), side(height), FilterType::Box)
            .ok()?;
        Some(Self {
            luma: luma_of(small.rgb()),
            width: small.width_px() as usize,
        })
    }

    fn turned(&self) -> Self {
        let height = self.luma.len() / self.width;
        let columns = (0..self.width).flat_map(|x| (0..height).map(move |y| (x, y)));
        Self {
            luma: columns
                .map(|(x, y)| self.luma[y * self.width + x])
                .collect(),
            width: height,
        }
    }

    /// Adds the mean power spectrum of the rows, in pieces that overlap by half.
    fn add_rows(&self, power: &mut [f64; LENGTH / 2 + 1]) {
        if self.width < LENGTH {
            return;
        }
        let rows = self.luma.len() / self.width;
        let starts = (0..self.width - LENGTH + 1).step_by(LENGTH / 2);
        // Two real rows go through one complex transform; their powers are added anyway.
        let pieces = starts.len() * (rows / 2);
        for start in starts {
            for pair in 0..rows / 2 {
                let piece = |row: usize| {
                    let from = row * self.width + start;
                    &self.luma[from..from + LENGTH]
                };
                add_power(piece(2 * pair), piece(2 * pair + 1), power, pieces);
            }
        }
    }
}

/// Adds the power of two real pieces, divided by the number of `pieces`.
fn add_power(first: &[f32], second: &[f32], power: &mut [f64; LENGTH / 2 + 1], pieces: usize) {
    let mean = |piece: &[f32]| piece.iter().sum::<f32>() / LENGTH as f32;
    let (first_mean, second_mean) = (mean(first), mean(second));
    let mut values: [Complex32; LENGTH] = std::array::from_fn(|i| {
        Complex32::new(
            (first[i] - first_mean) * TAPER[i],
            (second[i] - second_mean) * TAPER[i],
        )
    });
    let mut scratch = [Complex32::default(); 2 * LENGTH];
    let needed = TRANSFORM.get_inplace_scratch_len();
    if needed > scratch.len() {
        return;
    }
    TRANSFORM.process_with_scratch(&mut values, &mut scratch[..needed]);
    for (frequency, sum) in power.iter_mut().enumerate() {
        let mirrored = values[(LENGTH - frequency) % LENGTH];
        let both = values[frequency].norm_sqr() + mirrored.norm_sqr();
        *sum += f64::from(both) / (4.0 * pieces as f64);
    }
}

/// Where the spectrum drops below the steady rate, as a share of the highest frequency.
fn resolved(power: &[f64; LENGTH / 2 + 1], eye_distance_px: f64) -> f64 {
    let decibel = power.map(|power| 10.0 * (power + 1e-3).log10());
    let rate = |bin: usize| RATE * 10.0 * (bin as f64 / LENGTH as f64).log10();
    let bin_of = |cycles: f64| cycles / eye_distance_px * LENGTH as f64;
    let first = (bin_of(FITTED_CYCLES[0]).ceil() as usize).clamp(2, LENGTH / 4);
    let last = (bin_of(FITTED_CYCLES[1]).round() as usize).clamp(first + 2, LENGTH / 2 - 4);
    let level = (first..=last)
        .map(|bin| decibel[bin] + rate(bin))
        .sum::<f64>()
        / (last - first + 1) as f64;
    let drop = |bin: usize| level - rate(bin) - decibel[bin];
    let ends = (last..LENGTH / 2).find(|&bin| drop(bin) >= DROP_DB && drop(bin + 1) >= DROP_DB);
    ends.map_or(1.0, |bin| {
        let (before, here) = (drop(bin - 1), drop(bin));
        let part = if here > before {
            ((DROP_DB - before) / (here - before)).clamp(0.0, 1.0)
        } else {
            0.0
        };
        (2.0 * (bin as f64 - 1.0 + part) / LENGTH as f64).min(1.0)
    })
}
