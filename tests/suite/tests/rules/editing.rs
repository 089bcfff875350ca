//! 修图: what the file and the pixels tell of editing.

use zhaoshen_model::Severity::Warn;

use super::{Row, row};

pub(super) const ROWS: &[Row] = &[row(
    "EDIT-01",
    |shot| shot.exif.make = Some("Canon".to_owned()),
    |shot| shot.exif.software = Some("Adobe Photoshop 24.0 (Windows)".to_owned()),
    Warn,
)];
