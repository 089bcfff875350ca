//! Tests of the traces, on drawn portraits and on nonsense.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use zhaoshen_model::measurement::TraceFacts;
use zhaoshen_portrait::{
    JpegOptions, Picture as Drawn, Portrait, encode_jpeg, example_round, paint,
};

use crate::decode::Photo;
use crate::nets::Engine;

fn saved(picture: &Drawn, quality: u8) -> Vec<u8> {
    let options = JpegOptions {
        quality,
        ..JpegOptions::default()
    };
    encode_jpeg(picture, &options).unwrap()
}

/// What a file shows, to be changed and saved again.
fn opened(bytes: &[u8]) -> Drawn {
    let picture = Photo::open(bytes, "").picture.unwrap();
    Drawn {
        rgb: picture.rgb().to_vec(),
        width_px: picture.width_px(),
        height_px: picture.height_px(),
    }
}

/// What a file shows at three quarters of its size.
fn smaller(bytes: &[u8]) -> Drawn {
    let picture = Photo::open(bytes, "").picture.unwrap();
    let small = picture
        .fitted(360, 480, fast_image_resize::FilterType::Bilinear)
        .unwrap();
    Drawn {
        rgb: small.rgb().to_vec(),
        width_px: small.width_px(),
        height_px: small.height_px(),
    }
}

fn cropped(picture: &Drawn, left: u32, top: u32, width_px: u32, height_px: u32) -> Drawn {
    let rows = top..top + height_px;
    let pixels = rows.flat_map(|y| (left..left + width_px).map(move |x| (x, y)));
    Drawn {
        rgb: pixels
            .flat_map(|(x, y)| picture.at(x, y).unwrap())
            .collect(),
        width_px,
        height_px,
    }
}

/// Every pixel changed by its place and colour.
fn changed(picture: &Drawn, change: impl Fn(u32, u32, [u8; 3]) -> [u8; 3]) -> Drawn {
    let width = picture.width_px;
    let pixels = picture.rgb.chunks_exact(3).enumerate();
    let rgb = pixels.flat_map(|(place, pixel)| {
        let place = place as u32;
        change(place % width, place / width, [pixel[0], pixel[1], pixel[2]])
    });
    Drawn {
        rgb: rgb.collect(),
        ..picture.clone()
    }
}

fn trace(bytes: &[u8]) -> TraceFacts {
    let engine = Engine::embedded().unwrap();
    let measured = crate::check(bytes, "1.jpg", &mut engine.session());
    measured.trace.unwrap()
}

#[test]
fn an_earlier_coarser_save_is_found_with_its_quality() {
    let drawn = paint(&Portrait::default());
    for quality in [75, 92] {
        let once = trace(&saved(&drawn, quality)).earlier_save.unwrap();
        assert!(once.double_gain < 0.02, "{once:?}");
        assert!(once.shifted_grid < 0.035, "{once:?}");
    }
    for (first, second) in [(60, 90), (75, 92)] {
        let twice = saved(&opened(&saved(&drawn, first)), second);
        let found = trace(&twice).earlier_save.unwrap();
        assert!(found.double_gain > 0.2, "{first} {second}: {found:?}");
        assert_eq!(found.earlier_quality, Some(first), "{found:?}");
    }
}

#[test]
fn a_crop_off_the_grid_leaves_a_second_one() {
    let first = opened(&saved(&paint(&Portrait::default()), 70));
    let second = saved(&cropped(&first, 3, 5, 472, 632), 92);
    let found = trace(&second).earlier_save.unwrap();
    assert!(found.shifted_grid > 0.035, "{found:?}");
}

#[test]
fn blur_takes_detail_and_sharp_portraits_have_all() {
    let sharp = trace(&saved(&paint(&Portrait::default()), 92));
    assert!(sharp.resolved_share.unwrap() > 0.72, "{sharp:?}");
    let blurred = Portrait {
        blur_px: 2.5,
        ..Portrait::default()
    };
    let soft = trace(&saved(&paint(&blurred), 92));
    assert!(soft.resolved_share.unwrap() < 0.5, "{soft:?}");
    assert!(soft.resolved_eye_distance_px.unwrap() < 60.0, "{soft:?}");
}

#[test]
fn dots_and_paper_edges_show_and_a_portrait_has_neither() {
    let drawn = paint(&Portrait::default());
    let plain = trace(&saved(&drawn, 92));
    let second = |trace: &TraceFacts| {
        let mut shares = trace.edge_shares.unwrap();
        shares.sort_by(f64::total_cmp);
        shares[2]
    };
    assert!(plain.moire_peak.unwrap() < 1.7, "{plain:?}");
    assert!(second(&plain) < 0.6, "{plain:?}");
    let dotted = changed(&drawn, |x, y, pixel| {
        let wave = (x as f32 * 1.35 + y as f32 * 0.3).sin() * 8.0;
        pixel.map(|channel| (f32::from(channel) + wave).clamp(0.0, 255.0) as u8)
    });
    assert!(trace(&saved(&dotted, 92)).moire_peak.unwrap() > 1.7);
    let on_desk = changed(&drawn, |x, y, pixel| {
        let (x, y) = (x as f32, y as f32);
        let outside = x < 20.0 + 0.02 * y || y < 18.0 + 0.01 * x || x > 462.0 - 0.01 * y;
        if outside { [70, 45, 30] } else { pixel }
    });
    let on_desk = trace(&saved(&on_desk, 92));
    assert!(second(&on_desk) > 0.6, "{on_desk:?}");
}

#[test]
fn skin_smoothed_alone_shows() {
    let portrait = Portrait {
        noise: 4.0,
        ..Portrait::default()
    };
    let drawn = paint(&portrait);
    let plain = trace(&saved(&drawn, 95)).skin_smoothness_ratio.unwrap();
    let smooth = changed(&drawn, |x, y, pixel| {
        let on_skin = (150..215).contains(&y) || (285..330).contains(&y);
        if !on_skin {
            return pixel;
        }
        let mut sums = [0u32; 3];
        for (dx, dy) in (0..7).flat_map(|dx| (0..7).map(move |dy| (dx, dy))) {
            let near = drawn
                .at((x + dx).saturating_sub(3).min(479), y + dy - 3)
                .unwrap();
            for (sum, channel) in sums.iter_mut().zip(near) {
                *sum += u32::from(channel);
            }
        }
        sums.map(|sum| (sum / 49) as u8)
    });
    let smoothed = trace(&saved(&smooth, 95)).skin_smoothness_ratio.unwrap();
    assert!(smoothed > 2.0 * plain, "{smoothed} {plain}");
}

#[test]
fn one_picture_saved_scaled_or_cropped_looks_the_same_and_other_people_do_not() {
    let people: Vec<Portrait> = example_round(60, 7)
        .photos
        .iter()
        .filter(|photo| photo.fault.is_none())
        .take(10)
        .map(|photo| {
            let person = photo.portrait();
            Portrait {
                width_px: 480,
                height_px: 640,
                backdrop: Portrait::default().backdrop,
                ..person.placed(240.0, 250.0, 220.0)
            }
        })
        .collect();
    let look = |bytes: &[u8]| trace(bytes).look.unwrap();
    let drawn: Vec<Drawn> = people.iter().map(paint).collect();
    let looks: Vec<_> = drawn.iter().map(|drawn| look(&saved(drawn, 92))).collect();
    for (index, mine) in looks.iter().enumerate() {
        for other in &looks[..index] {
            assert!(
                mine.distance(*other) > 22,
                "two people: {}",
                mine.distance(*other)
            );
        }
        for (name, copy) in [
            ("saved at 50", saved(&drawn[index], 50)),
            ("smaller", saved(&smaller(&saved(&drawn[index], 95)), 85)),
            (
                "cropped",
                saved(&cropped(&drawn[index], 5, 6, 470, 627), 85),
            ),
        ] {
            let copy = look(&copy);
            let distance = mine.distance(copy);
            // Drawn skin has no pores, so that about the mouth noise sets some of the signs.
            assert!(distance <= 40, "{name}: {distance}");
            let others = looks.iter().filter(|other| *other != mine);
            let nearest = others.map(|other| copy.distance(*other)).min().unwrap();
            assert!(
                distance < nearest,
                "{name}: {distance}, another person {nearest}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn no_picture_makes_it_panic(
        width in 1u32..200,
        height in 1u32..200,
        seed in any::<u8>(),
        quality in 1u8..100,
        orientation in 1u8..=8,
        eyes in prop::array::uniform4(prop_oneof![
            4 => -300.0..600.0f64,
            1 => prop::sample::select(vec![f64::NAN, f64::INFINITY, 1e300]),
        ]),
    ) {
        let pixels = (0..width * height * 3).map(|i| (i.wrapping_mul(u32::from(seed) + 7) >> 3) as u8);
        let drawn = Drawn { rgb: pixels.collect(), width_px: width, height_px: height };
        let mut photo = Photo::open(&saved(&drawn, quality), "1.jpg");
        photo.jpeg.as_mut().unwrap().orientation = orientation;
        let picture = photo.picture.clone().unwrap();
        let engine_face = face_at(eyes);
        let found = super::measure(&photo, &picture, Some(&engine_face));
        for value in [found.resolved_share, found.skin_smoothness_ratio, found.moire_peak] {
            prop_assert!(value.is_none_or(f64::is_finite), "{found:?}");
        }
        let finite = found.earlier_save.is_none_or(|save| {
            save.double_gain.is_finite() && save.shifted_grid.is_finite()
        });
        prop_assert!(finite);
    }
}

/// A face whose eyes are anywhere; the traces look at nothing else of it.
fn face_at([left_x, left_y, right_x, right_y]: [f64; 4]) -> zhaoshen_model::measurement::FaceFacts {
    use zhaoshen_model::{PixelRect, Point};
    let (left, right) = (Point::new(left_x, left_y), Point::new(right_x, right_y));
    let nowhere = PixelRect::new(0.0, 0.0, 0.0, 0.0);
    zhaoshen_model::measurement::FaceFacts {
        left_iris: left,
        right_iris: right,
        inter_eye_distance_px: left.distance(right),
        regions: zhaoshen_model::measurement::FaceRegions {
            eyes: nowhere,
            ear_left: nowhere,
            ear_right: nowhere,
            mouth: nowhere,
        },
        ..plain_face()
    }
}

/// A measured face to take the rest from.
fn plain_face() -> zhaoshen_model::measurement::FaceFacts {
    static FACE: std::sync::OnceLock<zhaoshen_model::measurement::FaceFacts> =
        std::sync::OnceLock::new();
    let measured = || {
        let engine = Engine::embedded().unwrap();
        let bytes = saved(&paint(&Portrait::default()), 92);
        crate::check(&bytes, "1.jpg", &mut engine.session())
            .face
            .unwrap()
    };
    FACE.get_or_init(measured).clone()
}
