//! Skin smoothed out of proportion to the eyes.
//!
//! Blur, small files and soft light take fine texture from skin and eyes alike; beautifying programs take it from the
//! skin and leave the eyes. So the two are compared, at a fixed scale.

use fast_image_resize::FilterType;
use zhaoshen_model::PixelRect;
use zhaoshen_model::measurement::FaceFacts;

use super::window::luma_of;
use crate::picture::Picture;

/// Distance of the eyes at which texture is compared, px.
const EYE_DISTANCE_PX: f64 = 100.0;
/// Smallest distance of the eyes in the picture at which it can be, px.
const LEAST_EYE_DISTANCE_PX: f64 = 80.0;
/// The region looked at, in eye distances from the eyes' middle: left, top, right, bottom.
const REGION: [f64; 4] = [-0.85, -0.7, 0.85, 0.75];
/// Patches of skin in the same units: both cheeks and the forehead's middle.
const SKIN: [[f64; 4]; 3] = [
    [-0.52, 0.42, -0.24, 0.70],
    [0.24, 0.42, 0.52, 0.70],
    [-0.25, -0.62, 0.25, -0.42],
];
/// The strip with both eyes.
const EYES: [f64; 4] = [-0.8, -0.25, 0.8, 0.25];
/// A Gaussian of 0.7 px as three weights.
const GAUSS: [f32; 3] = [0.21, 0.58, 0.21];

/// Finest texture of the eyes divided by that of the skin; `None` when the face is too small or cut off.
pub(super) fn measure(picture: &Picture, face: &FaceFacts) -> Option<f64> {
    let unit = face.inter_eye_distance_px;
    if !(LEAST_EYE_DISTANCE_PX..1e5).contains(&unit) {
        return None;
    }
    let centre = face.left_iris.midpoint(face.right_iris);
    let [left, top, right, bottom] = REGION;
    let region = PixelRect::new(
        centre.x + left * unit,
        centre.y + top * unit,
        (right - left) * unit,
        (bottom - top) * unit,
    );
    let side = |length: f64| (length * EYE_DISTANCE_PX) as u32;
    let scaled = picture
        .scaled(
            region,
            side(right - left),
            side(bottom - top),
            FilterType::Hamming,
        )
        .ok()?;
    let face = Texture::of(&scaled);
    let mut skin = SKIN.map(|patch| face.median_in(patch));
    skin.sort_by(f32::total_cmp);
    let skin = skin[1];
    let eyes = face.high_in(EYES);
    (skin > 0.0).then(|| f64::from(eyes / skin))
}

/// The finest texture of the region: luma less its blurred self.
struct Texture {
    fine: Vec<f32>,
    luma: Vec<f32>,
    width: usize,
}

impl Texture {
    fn of(region: &Picture) -> Self {
        let luma = luma_of(region.rgb());
        let width = region.width_px() as usize;
        let height = luma.len() / width;
        let [before, here, after] = GAUSS;
        // Across first, then down: each pixel is blurred along its row once, not for three rows.
        let across: Vec<f32> = luma
            .windows(3)
            .map(|three| three[0] * before + three[1] * here + three[2] * after)
            .collect();
        let mut fine = vec![0.0; luma.len()];
        for y in 1..height.saturating_sub(1) {
            let row = |y: usize| &across[y * width..y * width + width - 2];
            let rows = row(y - 1).iter().zip(row(y)).zip(row(y + 1));
            let (from, to) = (y * width + 1, (y + 1) * width - 1);
            let places = fine[from..to].iter_mut().zip(&luma[from..to]);
            for ((fine, luma), ((above, level), below)) in places.zip(rows) {
                *fine = (luma - (before * above + here * level + after * below)).abs();
            }
        }
        Self { fine, luma, width }
    }

    /// Places of a patch given in eye distances.
    fn places(&self, [left, top, right, bottom]: [f64; 4]) -> impl Iterator<Item = usize> {
        let at = |value: f64, origin: f64| ((value - origin) * EYE_DISTANCE_PX) as usize;
        let (left, right) = (at(left, REGION[0]), at(right, REGION[0]).min(self.width));
        let (top, bottom) = (at(top, REGION[1]), at(bottom, REGION[1]));
        let (width, end) = (self.width, self.fine.len());
        (top..bottom)
            .flat_map(move |y| (left..right).map(move |x| y * width + x))
            .filter(move |&place| place < end)
    }

    /// Median texture of a patch relative to its mean lightness.
    fn median_in(&self, patch: [f64; 4]) -> f32 {
        let (mut fine, mut light) = (Vec::new(), 0.0);
        for place in self.places(patch) {
            fine.push(self.fine[place]);
            light += self.luma[place];
        }
        let mean = light / fine.len().max(1) as f32;
        crate::measure::stat::quantile(&mut fine, 0.5).unwrap_or(0.0) / mean.max(20.0)
    }

    /// The ninth decile of the eyes' texture relative to the lightness of the cheeks.
    fn high_in(&self, patch: [f64; 4]) -> f32 {
        let mut fine: Vec<f32> = self.places(patch).map(|place| self.fine[place]).collect();
        let cheeks: Vec<f32> = SKIN[..2]
            .iter()
            .flat_map(|cheek| self.places(*cheek))
            .map(|place| self.luma[place])
            .collect();
        let mean = cheeks.iter().sum::<f32>() / cheeks.len().max(1) as f32;
        crate::measure::stat::quantile(&mut fine, 0.9).unwrap_or(0.0) / mean.max(20.0)
    }
}
