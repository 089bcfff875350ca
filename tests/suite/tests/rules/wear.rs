//! 着装: clothes, glasses, headwear, jewellery.

use zhaoshen_model::Severity::Warn;
use zhaoshen_portrait::{ClothesStyle, Glasses, LIGHT_BLUE, Picture};

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
        "WEAR-03",
        |_| {},
        |shot| shot.portrait.cap = Some([44, 74, 170]),
        Warn,
    ),
    row(
        "WEAR-04",
        |_| {},
        |shot| shot.portrait.earrings = true,
        Warn,
    ),
    row(
        "WEAR-06",
        |_| {},
        |shot| shot.portrait.clothes.style = ClothesStyle::Straps,
        Warn,
    ),
    row("WEAR-08", |_| {}, |shot| shot.retouch = striped, Warn),
    row(
        "WEAR-07",
        |_| {},
        |shot| {
            shot.portrait.clothes.style = ClothesStyle::RoundNeck;
            shot.portrait.clothes.colour = LIGHT_BLUE;
        },
        Warn,
    ),
];

/// Stripes as broad as a finger on the dark jacket.
fn striped(picture: &mut Picture) {
    let (width, height) = (picture.width_px, picture.height_px);
    for y in height * 3 / 4..height {
        for x in (0..width).filter(|x| x / 8 % 2 == 0) {
            let start = ((y * width + x) * 3) as usize;
            let pixel = &mut picture.rgb[start..start + 3];
            if pixel.iter().all(|&channel| channel < 90) {
                pixel.copy_from_slice(&[206, 206, 210]);
            }
        }
    }
}
