//! 构图: positions and sizes in the final frame. At 480×640 px no crop can mend them, so the drawn rows count.

use zhaoshen_model::Severity::{Fail, Warn};

use super::{Row, row};

pub(super) const ROWS: &[Row] = &[
    row(
        "GEO-01",
        |shot| shot.portrait.crown_y_px = 65.0,
        |shot| shot.portrait.crown_y_px = 38.0,
        Fail,
    ),
    row(
        "GEO-02",
        |shot| shot.portrait = shot.portrait.placed(240.0, 285.0, 220.0),
        |shot| shot.portrait = shot.portrait.placed(240.0, 312.0, 220.0),
        Fail,
    ),
    row(
        "GEO-03",
        |shot| shot.portrait.face_width_px = 275.0,
        |shot| shot.portrait.face_width_px = 325.0,
        Fail,
    ),
    row(
        "GEO-04",
        |shot| shot.portrait.centre_x_px = 252.0,
        |shot| shot.portrait.centre_x_px = 276.0,
        Warn,
    ),
    row(
        "GEO-05",
        |_| {},
        |shot| shot.portrait = shot.portrait.placed(240.0, 270.0, 285.0),
        Warn,
    ),
    row(
        "GEO-06",
        |_| {},
        |shot| shot.portrait = shot.portrait.placed(240.0, 390.0, 270.0),
        Warn,
    ),
    row(
        "GEO-07",
        |_| {},
        |shot| shot.portrait = shot.portrait.placed(240.0, 120.0, 220.0),
        Warn,
    ),
];
