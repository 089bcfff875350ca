//! 背景: what is behind the person.

use zhaoshen_model::Severity::{Fail, Warn};
use zhaoshen_portrait::LIGHT_GREY;

use super::{Row, row};

pub(super) const ROWS: &[Row] = &[
    row(
        "BG-01",
        |shot| shot.portrait.backdrop.colour = LIGHT_GREY,
        |shot| shot.portrait.backdrop.colour = [196, 38, 46],
        Fail,
    ),
    row(
        "BG-02",
        |shot| shot.portrait.backdrop.fades_to = Some([112, 200, 255]),
        |shot| shot.portrait.backdrop.fades_to = Some([250, 252, 255]),
        Warn,
    ),
    row(
        "BG-03",
        |_| {},
        |shot| shot.portrait.backdrop.object = true,
        Warn,
    ),
    row(
        "BG-03",
        |_| {},
        |shot| shot.portrait.backdrop.shadow = 0.5,
        Warn,
    ),
];
