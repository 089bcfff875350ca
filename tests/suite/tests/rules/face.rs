//! 人脸: how many, eyes, mouth.

use zhaoshen_model::Severity::{Fail, Warn};
use zhaoshen_portrait::Portrait;

use super::{Row, row};

pub(super) const ROWS: &[Row] = &[
    row(
        "FACE-01",
        |_| {},
        |shot| {
            let behind = Portrait {
                seed: 7,
                ..Portrait::default()
            };
            shot.portrait = shot.portrait.placed(150.0, 300.0, 180.0);
            shot.portrait.bystander = Some(Box::new(behind.placed(370.0, 170.0, 140.0)));
        },
        Fail,
    ),
    row(
        "FACE-02",
        |shot| shot.portrait.lid_gap = 0.8,
        |shot| shot.portrait.lid_gap = 0.0,
        Fail,
    ),
    row(
        "FACE-03",
        |shot| shot.portrait.smile = 0.6,
        |shot| {
            shot.portrait.smile = 0.9;
            shot.portrait.mouth_gap = 0.3;
            shot.portrait.teeth = true;
        },
        Fail,
    ),
    row(
        "FACE-04",
        |shot| shot.portrait.hair.fringe = 0.3,
        |shot| shot.portrait.hair.fringe = 1.0,
        Warn,
    ),
    // A fringe over the brows alone is no fringe over the eyes.
    row(
        "FACE-07",
        |shot| shot.portrait.hair.fringe = 1.0,
        |shot| shot.portrait.hair.fringe = 1.25,
        Warn,
    ),
    row(
        "FACE-05",
        |_| {},
        |shot| shot.portrait.ears_hidden = true,
        Warn,
    ),
];
