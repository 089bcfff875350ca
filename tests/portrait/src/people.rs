//! Varied people who all conform to the standard.

use crate::portrait::{Clothes, ClothesStyle, Glasses, Hair, HairStyle, Portrait, Rgb};
use crate::random::Random;

const SKINS: [Rgb; 7] = [
    [240, 206, 182],
    [236, 198, 172],
    [230, 190, 162],
    [222, 180, 150],
    [243, 212, 192],
    [212, 168, 136],
    [233, 194, 166],
];
const HAIRS: [Rgb; 5] = [
    [30, 26, 26],
    [38, 30, 28],
    [46, 34, 29],
    [26, 25, 29],
    [58, 42, 33],
];
const LIPS: [Rgb; 4] = [
    [196, 112, 104],
    [188, 104, 98],
    [204, 116, 112],
    [180, 100, 92],
];
const JACKETS: [Rgb; 6] = [
    [38, 42, 56],
    [28, 30, 34],
    [52, 54, 62],
    [44, 36, 40],
    [30, 40, 66],
    [64, 60, 58],
];
const JUMPERS: [Rgb; 6] = [
    [150, 58, 60],
    [58, 84, 64],
    [96, 66, 104],
    [70, 58, 52],
    [40, 46, 60],
    [168, 120, 74],
];
const TIES: [Rgb; 4] = [[120, 30, 40], [34, 50, 92], [70, 74, 84], [90, 44, 84]];

impl Portrait {
    /// Somebody of this seed, drawn to conform at 480×640 px. One seed in ten wears clear glasses.
    #[must_use]
    pub fn person(seed: u64) -> Portrait {
        let woman = Random::new(seed ^ 0x7e).once_in(2);
        Self::person_of(seed, woman)
    }

    /// As [`Portrait::person`], with the hair and clothes that drawings give to women or to men.
    #[must_use]
    pub fn person_of(seed: u64, woman: bool) -> Portrait {
        let mut random = Random::new(seed);
        let face_width_px = random.between(206.0, 228.0) - if woman { 6.0 } else { 0.0 };
        let eye_line_y_px = random.between(244.0, 258.0);
        let skin = *random.pick(&SKINS);
        let long = random.between(0.78, 0.83);
        Portrait {
            crown_y_px: random.between(74.0, 90.0),
            eye_line_y_px,
            chin_y_px: Some(eye_line_y_px + face_width_px * long),
            face_width_px,
            centre_x_px: 240.0 + random.between(-4.0, 4.0),
            inter_eye_px: Some(face_width_px * random.between(0.435, 0.465)),
            lid_gap: random.between(0.90, 1.10),
            smile: random.between(0.15, 0.65),
            yaw_deg: random.between(-1.5, 1.5),
            pitch_deg: random.between(-1.0, 1.0),
            roll_deg: random.between(-0.8, 0.8),
            clothes: clothes(&mut random, woman),
            skin,
            hair: hair(&mut random, woman),
            jaw: if woman {
                random.between(0.15, 0.5)
            } else {
                random.between(0.45, 0.9)
            },
            lips: lips(&mut random, skin, woman),
            brow: if woman {
                random.between(0.7, 0.95)
            } else {
                random.between(0.95, 1.3)
            },
            lash: if woman {
                random.between(0.7, 1.0)
            } else {
                random.between(0.1, 0.35)
            },
            neck: if woman {
                random.between(0.1, 0.35)
            } else {
                random.between(0.7, 1.0)
            },
            glasses: random.once_in(10).then_some(Glasses {
                frame: [40, 38, 44],
                tint: 0.0,
                glare: 0.0,
            }),
            seed,
            ..Portrait::default()
        }
    }
}

/// Lips of the palette, or nearer to the skin where no lipstick is drawn.
fn lips(random: &mut Random, skin: Rgb, woman: bool) -> Rgb {
    let lips = *random.pick(&LIPS);
    let natural = if woman { 20 } else { 50 };
    std::array::from_fn(|i| {
        ((u32::from(lips[i]) * (100 - natural) + u32::from(skin[i]) * natural) / 100) as u8
    })
}

fn clothes(random: &mut Random, woman: bool) -> Clothes {
    let styles: &[ClothesStyle] = if woman {
        &[
            ClothesStyle::Suit,
            ClothesStyle::Shirt,
            ClothesStyle::RoundNeck,
            ClothesStyle::Suit,
        ]
    } else {
        &[
            ClothesStyle::SuitAndTie,
            ClothesStyle::Suit,
            ClothesStyle::Shirt,
            ClothesStyle::RoundNeck,
        ]
    };
    let style = *random.pick(styles);
    let colour = match style {
        ClothesStyle::SuitAndTie | ClothesStyle::Suit => *random.pick(&JACKETS),
        _ => *random.pick(&JUMPERS),
    };
    Clothes {
        style,
        colour,
        tie: *random.pick(&TIES),
    }
}

fn hair(random: &mut Random, woman: bool) -> Hair {
    let styles: &[HairStyle] = if woman {
        &[
            HairStyle::TiedBack,
            HairStyle::BehindEars,
            HairStyle::BehindEars,
        ]
    } else {
        &[
            HairStyle::Short,
            HairStyle::SideParted,
            HairStyle::SideParted,
        ]
    };
    let style = *random.pick(styles);
    let longest = match style {
        HairStyle::SideParted => 0.10,
        HairStyle::TiedBack => 0.0,
        HairStyle::Short => 0.40,
        // To just above the brows.
        _ => 0.52,
    };
    let fringe = if random.once_in(2) {
        random.between(0.6, 1.0) * longest
    } else {
        0.0
    };
    Hair {
        style,
        colour: *random.pick(&HAIRS),
        fringe,
    }
}
