//! 姿态: how the head is held.

use zhaoshen_model::Severity::{Fail, Warn};

use super::{Row, row};

pub(super) const ROWS: &[Row] = &[
    row(
        "POSE-01",
        |shot| shot.portrait.roll_deg = 3.0,
        |shot| shot.portrait.roll_deg = 13.0,
        Fail,
    ),
    row("POSE-02", |_| {}, |shot| shot.portrait.yaw_deg = 30.0, Fail),
    // The drawn head nods less than its parameter: 25 degrees measure as 12.
    row(
        "POSE-03",
        |_| {},
        |shot| shot.portrait.pitch_deg = -25.0,
        Warn,
    ),
    row(
        "POSE-04",
        |shot| shot.portrait.shoulder_tilt_deg = 2.0,
        |shot| shot.portrait.shoulder_tilt_deg = 14.0,
        Warn,
    ),
];
