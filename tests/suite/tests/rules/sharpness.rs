//! 清晰度: focus and pixels on the face.

use zhaoshen_model::Severity::Warn;

use super::{Row, row};

pub(super) const ROWS: &[Row] = &[
    row("SHARP-01", |_| {}, |shot| shot.portrait.blur_px = 4.0, Warn),
    row(
        "SHARP-02",
        |_| {},
        |shot| shot.portrait = shot.portrait.scaled(0.55),
        Warn,
    ),
    row("SHARP-04", |_| {}, |shot| shot.portrait.blur_px = 2.5, Warn),
];
