//! What was drawn lies where the truth says, and is drawn alike every time.
#![allow(clippy::unwrap_used)]

use zhaoshen_portrait::{
    Backdrop, ClothesStyle, HairStyle, LIGHT_BLUE, Picture, Portrait, Rgb, WHITE, paint, truth,
};

/// A portrait whose pixels are exactly what was drawn.
fn plain() -> Portrait {
    Portrait {
        noise: 0.0,
        ..Portrait::default()
    }
}

fn distance(a: Rgb, b: Rgb) -> u32 {
    a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(b))).sum()
}

/// The first row from the top with a pixel well apart from the backdrop.
fn first_drawn_row(picture: &Picture, backdrop: Rgb) -> u32 {
    (0..picture.height_px)
        .find(|&y| {
            (0..picture.width_px).any(|x| distance(picture.at(x, y).unwrap(), backdrop) > 90)
        })
        .unwrap()
}

/// Mean brightness of a square of `2 * reach + 1` pixels.
fn brightness(picture: &Picture, x: f32, y: f32, reach: i32) -> f32 {
    let mut sum = 0;
    for dy in -reach..=reach {
        for dx in -reach..=reach {
            let pixel = picture
                .at((x as i32 + dx) as u32, (y as i32 + dy) as u32)
                .unwrap();
            sum += pixel.iter().map(|&c| u32::from(c)).sum::<u32>();
        }
    }
    sum as f32 / (3.0 * ((2 * reach + 1) as f32).powi(2))
}

/// FNV-1a, enough to tell two pictures apart.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &b| {
        (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[test]
fn the_same_portrait_gives_the_same_bytes() {
    for seed in 0..3 {
        assert_eq!(
            paint(&Portrait::person(seed)),
            paint(&Portrait::person(seed))
        );
    }
    let prints: std::collections::BTreeSet<u64> = (0..6)
        .map(|seed| fingerprint(&paint(&Portrait::person(seed)).rgb))
        .collect();
    assert_eq!(prints.len(), 6, "six seeds are six people");
}

#[test]
fn the_crown_is_the_first_drawn_row() {
    let styles = [
        HairStyle::Short,
        HairStyle::SideParted,
        HairStyle::TiedBack,
        HairStyle::BehindEars,
        HairStyle::OverEars,
    ];
    for style in styles {
        for roll_deg in [0.0, 12.0, -9.0] {
            let mut portrait = Portrait {
                roll_deg,
                ..plain()
            };
            portrait.hair.style = style;
            let row = first_drawn_row(&paint(&portrait), LIGHT_BLUE) as f32;
            let crown = truth(&portrait).crown_y_px;
            assert!(
                (row - crown).abs() <= 1.5,
                "{style:?} at {roll_deg}: drawn {row}, said {crown}"
            );
        }
    }
}

#[test]
fn an_upright_crown_eye_line_and_chin_lie_where_they_were_asked_for() {
    let portrait = Portrait {
        crown_y_px: 93.0,
        eye_line_y_px: 261.0,
        chin_y_px: Some(430.0),
        ..plain()
    };
    let truth = truth(&portrait);
    assert!((truth.crown_y_px - 93.0).abs() < 0.01);
    assert!((truth.eye_line_y_px - 261.0).abs() < 0.01);
    assert!((truth.chin_y_px - 430.0).abs() < 0.01);
    assert!(
        (truth.right_iris_px[0] - truth.left_iris_px[0] - 99.0).abs() < 0.01,
        "0.45 of 220 px"
    );
}

#[test]
fn pupils_are_the_darkest_of_the_open_eyes_at_every_pose() {
    for (yaw_deg, roll_deg) in [
        (0.0, 0.0),
        (10.0, 0.0),
        (-15.0, 0.0),
        (0.0, 10.0),
        (5.0, -20.0),
    ] {
        let portrait = Portrait {
            yaw_deg,
            roll_deg,
            ..plain()
        };
        let (picture, truth) = (paint(&portrait), truth(&portrait));
        for [x, y] in [truth.left_iris_px, truth.right_iris_px] {
            assert!(
                brightness(&picture, x, y, 1) < 60.0,
                "no pupil at {x} {y}, yaw {yaw_deg} roll {roll_deg}"
            );
        }
    }
}

#[test]
fn roll_is_a_rotation_of_the_irises_about_their_middle() {
    let straight = truth(&plain());
    let tilted = truth(&Portrait {
        roll_deg: 30.0,
        ..plain()
    });
    let [lx, ly] = tilted.left_iris_px;
    let [rx, ry] = tilted.right_iris_px;
    let span = straight.right_iris_px[0] - straight.left_iris_px[0];
    assert!((rx - lx - span * 0.866_025_4).abs() < 0.01);
    assert!((ry - ly - span * 0.5).abs() < 0.01);
    assert!((f32::midpoint(ly, ry) - 250.0).abs() < 0.01);
}

#[test]
fn closed_eyes_show_no_iris_and_teeth_are_white() {
    let eyes = truth(&plain()).left_iris_px;
    let open = brightness(&paint(&plain()), eyes[0], eyes[1], 2);
    let shut = brightness(
        &paint(&Portrait {
            lid_gap: 0.0,
            ..plain()
        }),
        eyes[0],
        eyes[1],
        2,
    );
    assert!(shut > open + 60.0, "lid {shut}, pupil {open}");
    let smiling = Portrait {
        mouth_gap: 0.35,
        teeth: true,
        smile: 0.9,
        ..plain()
    };
    let gaping = Portrait {
        teeth: false,
        ..smiling.clone()
    };
    let mouth_y = 250.0 + 0.625 * (truth(&smiling).chin_y_px - 250.0);
    let teeth = brightness(&paint(&smiling), 247.0, mouth_y, 1);
    let dark = brightness(&paint(&gaping), 247.0, mouth_y, 1);
    assert!(teeth > 200.0, "teeth {teeth}");
    assert!(dark < 130.0, "open mouth {dark}");
}

#[test]
fn gaps_grow_with_their_parameters() {
    let gaps = |lid_gap, mouth_gap| {
        let truth = truth(&Portrait {
            lid_gap,
            mouth_gap,
            ..plain()
        });
        (truth.lid_gap_px, truth.mouth_gap_px)
    };
    assert_eq!(gaps(0.0, 0.0), (0.0, 0.0));
    let (lid, mouth) = gaps(1.0, 1.0);
    assert!((lid - 0.09 * 176.0).abs() < 0.01, "{lid}");
    assert!((mouth - 0.30 * 176.0).abs() < 0.01, "{mouth}");
}

#[test]
fn backdrop_faults_change_the_backdrop_and_nothing_else_does() {
    let corner = |portrait: &Portrait| {
        let picture = paint(portrait);
        [
            picture.at(3, 3).unwrap(),
            picture.at(476, 3).unwrap(),
            picture.at(3, 330).unwrap(),
        ]
    };
    assert_eq!(corner(&plain()), [LIGHT_BLUE; 3]);
    for portrait in [
        Portrait {
            lid_gap: 0.0,
            ..plain()
        },
        Portrait {
            light_from_left: 0.9,
            ..plain()
        },
        Portrait {
            roll_deg: 12.0,
            ..plain()
        },
    ] {
        assert_eq!(corner(&portrait), [LIGHT_BLUE; 3]);
    }
    let backdrop = |backdrop| Portrait {
        backdrop,
        ..plain()
    };
    let base = plain().backdrop;
    let [top, _, low] = corner(&backdrop(Backdrop {
        fades_to: Some(WHITE),
        ..base.clone()
    }));
    assert!(
        distance(top, low) > 60,
        "a gradient runs down: {top:?} {low:?}"
    );
    let shadowed = paint(&backdrop(Backdrop {
        shadow: 0.6,
        ..base
    }));
    let beside = shadowed.at(372, 260).unwrap();
    assert!(
        distance(beside, LIGHT_BLUE) > 60,
        "shadow at the right of the head: {beside:?}"
    );
    assert_eq!(shadowed.at(60, 260).unwrap(), LIGHT_BLUE);
}

#[test]
fn light_from_the_left_darkens_the_right_cheek_only() {
    let lit = Portrait {
        light_from_left: 0.8,
        ..plain()
    };
    let (even, half) = (paint(&plain()), paint(&lit));
    let cheeks = |picture: &Picture| {
        (
            brightness(picture, 180.0, 320.0, 4),
            brightness(picture, 300.0, 320.0, 4),
        )
    };
    let ((left, right), (left_half, right_half)) = (cheeks(&even), cheeks(&half));
    assert!((left - left_half).abs() < 1.0);
    assert!(right_half < 0.5 * right, "{right_half} of {right}");
}

#[test]
fn blur_softens_and_exposure_brightens() {
    let steps = |picture: &Picture| -> u64 {
        picture
            .rgb
            .chunks_exact(3)
            .zip(picture.rgb.chunks_exact(3).skip(1))
            .map(|(a, b)| u64::from(a[1].abs_diff(b[1])).pow(2))
            .sum()
    };
    let sharp = steps(&paint(&plain()));
    let soft = steps(&paint(&Portrait {
        blur_px: 5.0,
        ..plain()
    }));
    assert!(soft * 4 < sharp, "{soft} against {sharp}");
    let light = |exposure| {
        brightness(
            &paint(&Portrait {
                exposure,
                ..plain()
            }),
            240.0,
            200.0,
            4,
        )
    };
    assert!(light(-1.0) < 0.55 * light(0.0));
    assert!(light(0.5) > light(0.0) + 15.0);
}

#[test]
fn a_scaled_portrait_is_the_same_at_another_size() {
    let portrait = Portrait::person(7);
    let (small, large) = (truth(&portrait), truth(&portrait.scaled(2.0)));
    assert!((small.crown_y_px * 2.0 - large.crown_y_px).abs() < 0.02);
    assert!((small.chin_y_px * 2.0 - large.chin_y_px).abs() < 0.02);
    assert!((small.lid_gap_px * 2.0 - large.lid_gap_px).abs() < 0.02);
    let picture = paint(&portrait.scaled(2.0));
    assert_eq!((picture.width_px, picture.height_px), (960, 1280));
}

#[test]
fn a_placed_portrait_keeps_its_proportions() {
    let portrait = Portrait::person(7);
    let (before, after) = (
        truth(&portrait),
        truth(&portrait.placed(120.0, 254.0, portrait.face_width_px / 2.0)),
    );
    let height = |t: &zhaoshen_portrait::Truth| t.chin_y_px - t.crown_y_px;
    assert!((height(&before) / 2.0 - height(&after)).abs() < 0.05);
}

#[test]
fn every_person_keeps_the_bands_of_the_standard() {
    for seed in 0..200 {
        let person = Portrait::person(seed);
        let truth = truth(&person);
        assert!(
            (50.0..=110.0).contains(&truth.crown_y_px),
            "{seed}: crown {}",
            truth.crown_y_px
        );
        assert!(
            (200.0..=300.0).contains(&truth.eye_line_y_px),
            "{seed}: eyes {}",
            truth.eye_line_y_px
        );
        assert!(
            (180.0..=300.0).contains(&truth.face_width_px),
            "{seed}: width {}",
            truth.face_width_px
        );
        assert!(person.clothes.style != ClothesStyle::Straps && !person.ears_hidden);
        assert!(person.hair.style != HairStyle::OverEars && person.hair.fringe < 0.6);
    }
}

#[test]
fn senseless_parameters_still_give_a_picture() {
    let odd = Portrait {
        width_px: 0,
        height_px: 1,
        face_width_px: -5.0,
        crown_y_px: f32::NAN,
        eye_line_y_px: f32::INFINITY,
        yaw_deg: 400.0,
        blur_px: f32::INFINITY,
        exposure: f32::NAN,
        ..Portrait::default()
    };
    let picture = paint(&odd);
    assert_eq!((picture.width_px, picture.height_px), (16, 16));
    assert_eq!(picture.rgb.len(), 16 * 16 * 3);
}
