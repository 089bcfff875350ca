//! 光线: exposure and evenness on the face.

use zhaoshen_model::Severity::Warn;

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
];
