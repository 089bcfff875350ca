//! 文件: bytes, name and past.

use zhaoshen_checks::Role;
use zhaoshen_model::Severity::{Fail, Warn};
use zhaoshen_portrait::{encode_png, padded_to, truncated};

use super::{Row, row};

pub(super) const ROWS: &[Row] = &[
    row(
        "FILE-01",
        |_| {},
        |shot| shot.rewrite = |bytes, _| truncated(&bytes, 0.9),
        Fail,
    ),
    row(
        "FILE-02",
        |_| {},
        |shot| shot.rewrite = |_, picture| encode_png(picture).unwrap(),
        Fail,
    ),
    row(
        "FILE-03",
        |shot| shot.file_name = "2019123456.JPG",
        |shot| shot.file_name = "2019123456.jpeg",
        Warn,
    ),
    row(
        "FILE-04",
        |shot| {
            shot.profile = "ncepu2021";
            shot.jpeg.quality = 75;
            shot.rewrite = |bytes, _| padded_to(&bytes, 51_201);
        },
        |shot| {
            shot.profile = "ncepu2021";
            shot.jpeg.quality = 75;
            shot.rewrite = |bytes, _| padded_to(&bytes, 51_200);
        },
        Fail,
    ),
    row(
        "FILE-05",
        |shot| {
            shot.role = Role::Rendition;
            shot.jpeg.quality = 75;
            shot.rewrite = |bytes, _| padded_to(&bytes, 40_000);
        },
        |shot| {
            shot.role = Role::Rendition;
            shot.jpeg.quality = 75;
            shot.rewrite = |bytes, _| padded_to(&bytes, 40_001);
        },
        Warn,
    ),
    row(
        "FILE-06",
        |_| {},
        |shot| shot.history.shared_with = vec!["2019000002".to_owned()],
        Fail,
    ),
    row(
        "FILE-07",
        |_| {},
        |shot| shot.history.rejected_before = true,
        Fail,
    ),
];
