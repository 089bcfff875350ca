//! 清晰度: focus and pixels on the face.

use zhaoshen_model::Severity::Warn;
use zhaoshen_portrait::Picture;

use super::{Row, row};

pub(super) const ROWS: &[Row] = &[
    row("SHARP-01", |_| {}, |shot| shot.portrait.blur_px = 4.0, Warn),
    row(
        "SHARP-02",
        |_| {},
        |shot| shot.portrait = shot.portrait.scaled(0.55),
        Warn,
    ),
    row("SHARP-03", |_| {}, |shot| shot.retouch = widened, Warn),
    row("SHARP-04", |_| {}, |shot| shot.portrait.blur_px = 2.5, Warn),
];

/// The middle three quarters of the picture drawn over its whole width, as a picture of 1:1 is that was forced into 3:4.
fn widened(picture: &mut Picture) {
    let drawn = picture.clone();
    let last = drawn.width_px - 1;
    for y in 0..drawn.height_px {
        for x in 0..drawn.width_px {
            let from = (drawn.width_px / 8 + x * 3 / 4).min(last);
            let start = ((y * drawn.width_px + x) * 3) as usize;
            picture.rgb[start..start + 3].copy_from_slice(&drawn.at(from, y).unwrap());
        }
    }
}
