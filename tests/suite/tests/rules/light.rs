//! 光线: exposure and evenness on the face.

use zhaoshen_model::Severity::Warn;
use zhaoshen_portrait::{Picture, Rgb};

use super::{Row, row};

pub(super) const ROWS: &[Row] = &[
    row(
        "LIGHT-01",
        |shot| shot.portrait.exposure = -0.5,
        |shot| shot.portrait.exposure = -4.5,
        Warn,
    ),
    row(
        "LIGHT-02",
        |shot| shot.portrait.light_from_left = 0.1,
        |shot| shot.portrait.light_from_left = 0.8,
        Warn,
    ),
    row(
        "LIGHT-03",
        |_| {},
        |shot| shot.retouch = |picture| stain(picture, [240.0, 202.0], 20.0, [255, 255, 252]),
        Warn,
    ),
    row(
        "LIGHT-03",
        |_| {},
        |shot| {
            shot.retouch = |picture| {
                stain(picture, [190.5, 250.0], 5.0, [190, 40, 40]);
                stain(picture, [289.5, 250.0], 5.0, [190, 40, 40]);
            };
        },
        Warn,
    ),
];

/// Colours the disc around `centre`.
fn stain(picture: &mut Picture, centre: [f32; 2], radius: f32, colour: Rgb) {
    let width = picture.width_px as usize;
    for (index, pixel) in picture.rgb.chunks_exact_mut(3).enumerate() {
        let (x, y) = ((index % width) as f32, (index / width) as f32);
        if (x - centre[0]).hypot(y - centre[1]) <= radius {
            pixel.copy_from_slice(&colour);
        }
    }
}
