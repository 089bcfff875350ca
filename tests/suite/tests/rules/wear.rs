//! 着装: clothes, glasses, headwear, jewellery.

use zhaoshen_model::Severity::Warn;
use zhaoshen_portrait::LIGHT_BLUE;

use super::{Row, row};

pub(super) const ROWS: &[Row] = &[row(
    "WEAR-07",
    |_| {},
    |shot| {
        shot.portrait.clothes.style = zhaoshen_portrait::ClothesStyle::RoundNeck;
        shot.portrait.clothes.colour = LIGHT_BLUE;
    },
    Warn,
)];
