//! 图像格式: how the file is written.

use zhaoshen_checks::Role;
use zhaoshen_model::Severity::{Fail, Warn};
use zhaoshen_portrait::JpegColour;

use super::{Row, row};

pub(super) const ROWS: &[Row] = &[
    row(
        "JPEG-01",
        |shot| shot.role = Role::Rendition,
        |shot| {
            shot.role = Role::Rendition;
            shot.portrait.width_px = 482;
        },
        Fail,
    ),
    row(
        "JPEG-02",
        |_| {},
        |shot| shot.portrait = shot.portrait.scaled(0.95),
        Fail,
    ),
    row(
        "JPEG-03",
        |shot| shot.role = Role::Rendition,
        |shot| {
            shot.role = Role::Rendition;
            shot.jpeg.dpi = Some(96);
        },
        Fail,
    ),
    row(
        "JPEG-04",
        |_| {},
        |shot| shot.jpeg.colour = JpegColour::Grey,
        Fail,
    ),
    row(
        "JPEG-05",
        |shot| shot.jpeg.quality = 61,
        |shot| shot.jpeg.quality = 55,
        Fail,
    ),
    row(
        "JPEG-06",
        |shot| shot.exif.orientation = Some(1),
        |shot| shot.exif.orientation = Some(6),
        Warn,
    ),
    row("JPEG-07", |_| {}, |shot| shot.jpeg.progressive = true, Warn),
];
