//! Tests of the measurements, on drawn portraits.

#![allow(clippy::unwrap_used)]

use zhaoshen_model::Measurements;
use zhaoshen_portrait::{
    Backdrop, ExifTags, HairStyle, JpegOptions, LIGHT_BLUE, Portrait, Rgb, Truth, WHITE,
    encode_jpeg, paint, truth, with_exif,
};

use crate::nets::Engine;

fn measured(portrait: &Portrait) -> Measurements {
    let bytes = encode_jpeg(&paint(portrait), &JpegOptions::default()).unwrap();
    let engine = Engine::embedded().unwrap();
    crate::check(&bytes, "1.jpg", &mut engine.session())
}

fn near(found: f64, expected: f32, tolerance: f64, what: &str) {
    let expected = f64::from(expected);
    assert!(
        (found - expected).abs() <= tolerance,
        "{what}: {found:.1} not {expected:.1} ± {tolerance}"
    );
}

fn on_backdrop(colour: Rgb) -> Portrait {
    let backdrop = Backdrop {
        colour,
        ..Portrait::default().backdrop
    };
    Portrait {
        backdrop,
        ..Portrait::default()
    }
}

#[test]
fn positions_are_where_they_were_drawn() {
    for (factor, style) in [
        (1.0, HairStyle::Short),
        (2.5, HairStyle::TiedBack),
        (4.0, HairStyle::Short),
    ] {
        let mut portrait = Portrait::default();
        portrait.hair.style = style;
        let portrait = portrait.scaled(factor);
        let Truth {
            crown_y_px,
            chin_y_px,
            left_iris_px,
            right_iris_px,
            face_width_px,
            ..
        } = truth(&portrait);
        let found = measured(&portrait);
        assert_eq!(found.faces.len(), 1);
        let face = found.face.unwrap();
        let unit = f64::from(factor);
        near(face.crown_y_px.unwrap(), crown_y_px, 4.0 * unit, "crown");
        near(face.left_iris.x, left_iris_px[0], 4.0 * unit, "left iris x");
        near(face.left_iris.y, left_iris_px[1], 4.0 * unit, "left iris y");
        near(
            face.right_iris.x,
            right_iris_px[0],
            4.0 * unit,
            "right iris x",
        );
        near(face.chin.y, chin_y_px, 12.0 * unit, "chin");
        near(face.face_width_px, face_width_px, 24.0 * unit, "face width");
    }
}

#[test]
fn the_crown_is_found_on_every_backdrop_and_when_cut_off() {
    for colour in [LIGHT_BLUE, WHITE, [27, 79, 173], [200, 40, 40]] {
        let portrait = on_backdrop(colour);
        let found = measured(&portrait).face.unwrap().crown_y_px.unwrap();
        near(found, truth(&portrait).crown_y_px, 4.0, "crown");
    }
    let cut = Portrait {
        crown_y_px: -30.0,
        eye_line_y_px: 150.0,
        ..Portrait::default()
    };
    let found = measured(&cut);
    near(
        found.face.unwrap().crown_y_px.unwrap(),
        0.0,
        0.01,
        "cut crown",
    );
    assert!(found.scene.unwrap().touches_top_share > 0.1);
}

#[test]
fn drawn_people_have_their_crown_within_three_percent_and_their_hair_is_no_shadow() {
    let engine = Engine::embedded().unwrap();
    let mut session = engine.session();
    let styles = [
        HairStyle::Short,
        HairStyle::SideParted,
        HairStyle::TiedBack,
        HairStyle::BehindEars,
        HairStyle::OverEars,
    ];
    let backdrops = [LIGHT_BLUE, WHITE, [240, 240, 240], [27, 79, 173]];
    let mut beyond = Vec::new();
    for (seed, style) in (1u64..).zip(styles.into_iter().cycle()).take(40) {
        let mut portrait = Portrait::person(seed);
        portrait.hair.style = style;
        portrait.backdrop.colour = backdrops[seed as usize % backdrops.len()];
        let bytes = encode_jpeg(&paint(&portrait), &JpegOptions::default()).unwrap();
        let found = crate::check(&bytes, "1.jpg", &mut session);
        let shadow = found.scene.unwrap().background_shadow_share;
        let drawn = truth(&portrait);
        let off = found.face.unwrap().crown_y_px.unwrap() - f64::from(drawn.crown_y_px);
        let share = off / f64::from(drawn.chin_y_px - drawn.crown_y_px);
        if share.abs() > 0.03 || shadow > 0.01 {
            beyond.push((seed, style, share, shadow));
        }
    }
    assert!(beyond.is_empty(), "{beyond:?}");
}

#[test]
fn a_turned_file_is_measured_as_displayed() {
    let painted = paint(&Portrait::default());
    let engine = Engine::embedded().unwrap();
    let mut session = engine.session();
    let mut eye_line = |orientation: u16| {
        let stored = painted.stored_for_orientation(orientation);
        let bytes = encode_jpeg(&stored, &JpegOptions::default()).unwrap();
        let bytes = with_exif(
            &bytes,
            &ExifTags {
                orientation: Some(orientation),
                ..Default::default()
            },
        );
        crate::check(&bytes, "1.jpg", &mut session)
            .face
            .unwrap()
            .eye_line_y_px
    };
    let upright = eye_line(1);
    for orientation in [3, 6, 8] {
        assert!(
            (eye_line(orientation) - upright).abs() < 2.0,
            "{orientation}"
        );
    }
}

#[test]
fn eyes_and_mouth_follow_what_was_drawn() {
    let open = measured(&Portrait::default()).face.unwrap();
    let closed = measured(&Portrait {
        lid_gap: 0.0,
        ..Portrait::default()
    })
    .face
    .unwrap();
    for eye in 0..2 {
        assert!(open.eye_aspect_ratios[eye] > closed.eye_aspect_ratios[eye] + 0.08);
        assert!(open.eye_gap_ratios[eye] > closed.eye_gap_ratios[eye]);
        assert!((0.35..0.65).contains(&open.gaze_ratios[eye]));
    }
    let toothy = Portrait {
        mouth_gap: 0.35,
        teeth: true,
        smile: 0.8,
        ..Portrait::default()
    };
    let toothy = measured(&toothy).face.unwrap();
    assert!(toothy.mouth_gap_ratio > open.mouth_gap_ratio + 0.03);
    assert!(
        toothy.teeth_share.unwrap() > 0.45,
        "{:?}",
        toothy.teeth_share
    );
    assert!(open.teeth_share.unwrap() < 0.2, "{:?}", open.teeth_share);
    let ratios = [&toothy, &open].map(|face| face.teeth_ratio.unwrap());
    assert!(ratios[0] > 0.25 && ratios[1] < 0.15, "{ratios:?}");
}

#[test]
fn background_colour_is_measured_and_faults_show() {
    for colour in [LIGHT_BLUE, WHITE, [27, 79, 173]] {
        let scene = measured(&on_backdrop(colour)).scene.unwrap();
        for (found, drawn) in scene.background_rgb.iter().zip(colour) {
            assert!(
                found.abs_diff(drawn) <= 6,
                "{:?} not {colour:?}",
                scene.background_rgb
            );
        }
        assert!(
            scene.background_zone_delta_e < 3.0,
            "{}",
            scene.background_zone_delta_e
        );
        assert!(
            scene.background_outlier_share < 0.01,
            "{}",
            scene.background_outlier_share
        );
    }
    let with = |change: &dyn Fn(&mut Backdrop)| {
        let mut portrait = Portrait::default();
        change(&mut portrait.backdrop);
        measured(&portrait).scene.unwrap()
    };
    let fading = with(&|backdrop| backdrop.fades_to = Some([240, 250, 255]));
    assert!(
        fading.background_zone_delta_e > 8.0,
        "{}",
        fading.background_zone_delta_e
    );
    let shadowed = with(&|backdrop| backdrop.shadow = 0.5);
    assert!(
        shadowed.background_outlier_share > 0.01,
        "{}",
        shadowed.background_outlier_share
    );
    assert!(
        shadowed.background_shadow_share > 0.01,
        "{}",
        shadowed.background_shadow_share
    );
    let even = with(&|_| {}).background_shadow_share;
    assert!(even < 0.002, "{even}");
    let cluttered = with(&|backdrop| backdrop.object = true);
    assert!(
        cluttered.background_outlier_share > 0.02,
        "{}",
        cluttered.background_outlier_share
    );
    assert!(cluttered.background_outlier_rect.is_some());
}

#[test]
fn clothes_stand_out_or_do_not() {
    let dressed = |colour: Rgb| {
        let mut portrait = on_backdrop(WHITE);
        portrait.clothes.style = zhaoshen_portrait::ClothesStyle::RoundNeck;
        portrait.clothes.colour = colour;
        measured(&portrait).scene.unwrap().clothes_delta_e
    };
    assert!(dressed([30, 34, 50]).unwrap() > 40.0);
    // A white jumper on white may not even be told from the backdrop.
    assert!(dressed([250, 250, 250]).is_none_or(|difference| difference < 15.0));
}

#[test]
fn bare_shoulders_caps_and_the_hairline_show() {
    let plain = measured(&Portrait::default());
    let mut strapped = Portrait::default();
    strapped.clothes.style = zhaoshen_portrait::ClothesStyle::Straps;
    let bare = |found: &Measurements| found.scene.as_ref().unwrap().shoulder_skin_share.unwrap();
    let (covered, strapped) = (bare(&plain), bare(&measured(&strapped)));
    assert!(covered < 0.2 && strapped > 0.65, "{covered} {strapped}");

    let chroma = |found: &Measurements| {
        let [_, a, b] = found.parse.as_ref().unwrap().hair_lab.unwrap();
        a.hypot(b)
    };
    let capped = measured(&Portrait {
        cap: Some([44, 74, 170]),
        ..Portrait::default()
    });
    let (hair, cap) = (chroma(&plain), chroma(&capped));
    assert!(hair < 10.0 && cap > 25.0, "{hair} {cap}");

    let hairline = plain.parse.as_ref().unwrap().hairline_y_px.unwrap();
    let face = plain.face.unwrap();
    let (crown, brows) = (face.crown_y_px.unwrap(), face.regions.eyes.y);
    assert!(
        crown + 10.0 < hairline && hairline < brows,
        "{crown} {hairline} {brows}"
    );
}

#[test]
fn hair_over_the_eyes_is_told_from_hair_over_the_brows() {
    let covered = |fringe: f32| {
        let mut portrait = Portrait::default();
        portrait.hair.fringe = fringe;
        let parse = measured(&portrait).parse.unwrap();
        let worse = |shares: [Option<f64>; 2]| shares[0].unwrap().max(shares[1].unwrap());
        (
            worse(parse.covered_brow_shares),
            worse(parse.covered_eye_shares),
        )
    };
    let [free, brows, eyes] = [0.0, 1.0, 1.25].map(covered);
    assert!(free.0 < 0.2 && free.1 < 0.05, "{free:?}");
    assert!(brows.0 > 0.6 && brows.1 < 0.2, "{brows:?}");
    assert!(eyes.0 > 0.6 && eyes.1 > 0.4, "{eyes:?}");
}

#[test]
fn every_region_of_a_clear_portrait_is_sure_of_itself() {
    let plain = measured(&Portrait::default()).parse.unwrap().confidences;
    let sides = plain.ears.into_iter().chain(plain.brows);
    let all = sides.chain([
        plain.skin,
        plain.hair,
        plain.background,
        plain.lips,
        plain.neck,
    ]);
    for confidence in all {
        assert!((0.6..=1.0).contains(&confidence.unwrap()), "{plain:?}");
    }
}

#[test]
fn hair_of_the_skins_very_colour_leaves_ears_brows_and_eyes_unsure() {
    let skin = Portrait::default().skin;
    let told = |colour: Rgb, fringe: f32, ears_hidden: bool| {
        let mut portrait = Portrait::default();
        (portrait.hair.colour, portrait.hair.fringe) = (colour, fringe);
        portrait.ears_hidden = ears_hidden;
        let found = measured(&portrait).parse.unwrap().confidences;
        let sides = [found.ears, found.brows, found.eyes];
        sides.map(|[left, right]| left.unwrap().max(right.unwrap()))
    };
    for (fringe, ears_hidden) in [(0.0, false), (1.0, false), (0.0, true)] {
        let unsure = told(skin, fringe, ears_hidden);
        assert!(unsure.iter().all(|&sure| sure < 0.3), "{unsure:?}");
        let fair = told([205, 172, 150], fringe, ears_hidden);
        assert!(fair.iter().all(|&sure| sure > 0.6), "{fair:?}");
    }
}

#[test]
fn lips_teeth_and_neck_are_surer_the_farther_their_colours_lie_apart() {
    let told = |change: &dyn Fn(&mut Portrait)| {
        let mut portrait = Portrait::default();
        change(&mut portrait);
        measured(&portrait).parse.unwrap().confidences
    };
    let toothy = |lips: Rgb| {
        told(&|portrait| {
            (portrait.mouth_gap, portrait.teeth, portrait.smile) = (0.35, true, 0.8);
            portrait.lips = lips;
        })
    };
    let (red, pale) = (toothy([196, 112, 104]), toothy([215, 200, 190]));
    assert!(red.teeth.unwrap() > 0.8, "{red:?}");
    assert!(
        red.lips.unwrap() > pale.lips.unwrap() + 0.05,
        "{red:?} {pale:?}"
    );
    // Next to nothing of the mouth's inside: neither teeth nor their absence can be told surely.
    let shadowed = told(&|portrait| {
        (portrait.mouth_gap, portrait.teeth, portrait.smile) = (0.06, true, 0.8);
        portrait.exposure = -1.0;
    });
    assert!(shadowed.teeth.is_none_or(|sure| sure < 0.6), "{shadowed:?}");

    let strapped = |colour: Rgb| {
        told(&|portrait| {
            portrait.clothes.style = zhaoshen_portrait::ClothesStyle::Straps;
            portrait.clothes.colour = colour;
        })
    };
    let [dark, near] = [[38, 42, 56], [210, 160, 130]].map(|colour| strapped(colour).neck.unwrap());
    assert!(dark > 0.7 && near < 0.6, "{dark} {near}");
}

#[test]
fn shoulders_and_light_have_the_right_sign() {
    let sloping = |tilt| {
        let portrait = Portrait {
            shoulder_tilt_deg: tilt,
            ..Portrait::default()
        };
        measured(&portrait)
            .scene
            .unwrap()
            .shoulder_tilt_deg
            .unwrap()
    };
    assert!(sloping(7.0) > sloping(0.0) + 2.0 && sloping(-7.0) < sloping(0.0) - 2.0);
    let lit = |strength| {
        measured(&Portrait {
            light_from_left: strength,
            ..Portrait::default()
        })
        .light
        .unwrap()
    };
    assert!(lit(0.6).cheek_lightness_difference > lit(0.0).cheek_lightness_difference + 5.0);
    let exposed = |stops| {
        measured(&Portrait {
            exposure: stops,
            ..Portrait::default()
        })
        .light
        .unwrap()
    };
    assert!(exposed(-1.5).face_lightness < exposed(0.0).face_lightness - 10.0);
    assert!(exposed(1.5).overexposed_share > exposed(0.0).overexposed_share);
}

#[test]
fn blur_lowers_sharpness_at_any_size() {
    let sharpness = |factor: f32, blur_px| {
        let portrait = Portrait {
            blur_px,
            ..Portrait::default()
        }
        .scaled(factor);
        measured(&portrait).light.unwrap().sharpness
    };
    for factor in [1.0, 2.0] {
        assert!(
            sharpness(factor, 2.5) < sharpness(factor, 0.0) * 0.5,
            "{factor}"
        );
    }
}

#[test]
fn everybody_in_the_picture_is_counted() {
    let bystander = Portrait::default().placed(400.0, 170.0, 110.0);
    let two = Portrait {
        bystander: Some(Box::new(bystander)),
        ..Portrait::default().placed(180.0, 300.0, 180.0)
    };
    let found = measured(&two);
    assert_eq!(found.faces.len(), 2);
    assert!(found.faces[0].rect.width > found.faces[1].rect.width);
}

#[test]
fn a_picture_without_a_face_has_no_face_measurements() {
    let blank = zhaoshen_portrait::Picture {
        rgb: vec![200; 300 * 400 * 3],
        width_px: 300,
        height_px: 400,
    };
    let bytes = encode_jpeg(&blank, &JpegOptions::default()).unwrap();
    let engine = Engine::embedded().unwrap();
    let mut session = engine.session();
    let found = crate::check(&bytes, "1.jpg", &mut session);
    assert!(found.faces.is_empty() && found.face.is_none() && found.scene.is_none());
    assert_eq!(found.picture.unwrap().width_px, 300);
    for tiny in [(1, 1), (1, 300), (300, 1), (9, 9)] {
        let (width_px, height_px) = tiny;
        let rgb = vec![90; (width_px * height_px * 3) as usize];
        let picture = zhaoshen_portrait::Picture {
            rgb,
            width_px,
            height_px,
        };
        let bytes = encode_jpeg(&picture, &JpegOptions::default()).unwrap();
        let analysis = crate::analyse(&bytes, "1.jpg", &mut session);
        assert!(analysis.measurements.face.is_none(), "{tiny:?}");
        assert!(
            analysis.preview.is_some() && analysis.thumbnail.is_some(),
            "{tiny:?}"
        );
    }
}

#[test]
fn small_pictures_are_made_from_the_displayed_one() {
    let painted = paint(&Portrait::default().scaled(3.0));
    let stored = encode_jpeg(&painted.stored_for_orientation(6), &JpegOptions::default()).unwrap();
    let bytes = with_exif(
        &stored,
        &ExifTags {
            orientation: Some(6),
            ..Default::default()
        },
    );
    let engine = Engine::embedded().unwrap();
    let analysis = crate::analyse(&bytes, "1.jpg", &mut engine.session());
    let size = |jpeg: Option<Vec<u8>>| {
        let facts = crate::jpeg::read(&jpeg.unwrap()).unwrap().facts;
        (
            facts.stored_width_px,
            facts.stored_height_px,
            facts.orientation,
        )
    };
    assert_eq!(size(analysis.preview), (810, 1080, 1));
    assert_eq!(size(analysis.thumbnail), (240, 320, 1));
}
