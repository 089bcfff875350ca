//! 着装: clothes, glasses, headwear, jewellery.

use zhaoshen_model::Severity::Warn;
use zhaoshen_portrait::{Glasses, LIGHT_BLUE};

use super::{Row, row};

const CLEAR: Glasses = Glasses {
    frame: [40, 38, 44],
    tint: 0.0,
    glare: 0.0,
};

pub(super) const ROWS: &[Row] = &[
    row(
        "WEAR-01",
        |shot| shot.portrait.glasses = Some(CLEAR),
        |shot| {
            shot.portrait.glasses = Some(Glasses {
                glare: 0.9,
                ..CLEAR
            });
        },
        Warn,
    ),
    row(
        "WEAR-01",
        |shot| shot.profile = "no-glasses",
        |shot| {
            shot.profile = "no-glasses";
            shot.portrait.glasses = Some(CLEAR);
        },
        Warn,
    ),
    row(
        "WEAR-02",
        |shot| shot.portrait.glasses = Some(CLEAR),
        |shot| shot.portrait.glasses = Some(Glasses { tint: 0.6, ..CLEAR }),
        Warn,
    ),
    row(
        "WEAR-07",
        |_| {},
        |shot| {
            shot.portrait.clothes.style = zhaoshen_portrait::ClothesStyle::RoundNeck;
            shot.portrait.clothes.colour = LIGHT_BLUE;
        },
        Warn,
    ),
];
