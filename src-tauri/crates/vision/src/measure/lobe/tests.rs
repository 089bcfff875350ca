//! Tests of the lobes: the masks against counting pixel by pixel, the curvature against a formula, and drawn portraits.

#![allow(clippy::unwrap_used)]

use zhaoshen_model::lobe::LobeFacts;
use zhaoshen_portrait::{JpegOptions, Portrait, encode_jpeg, paint};

use super::curvature::{Curvature, Row};
use super::mask::{Disc, Mask, columns};
use super::{HEIGHT, WIDTH};
use crate::nets::Engine;

/// Pixels strewn about, clear of nothing.
fn strewn() -> Mask {
    let mut mask = Mask::EMPTY;
    let mut state = 0x2545_f491_4f6c_dd1du64;
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            if state.is_multiple_of(23) {
                mask.0[y] |= 1 << x;
            }
        }
    }
    mask
}

fn holds(mask: &Mask, x: i32, y: i32) -> bool {
    let inside = (0..WIDTH as i32).contains(&x) && (0..HEIGHT as i32).contains(&y);
    inside && mask.0[y as usize] >> x & 1 == 1
}

#[test]
fn a_mask_grows_by_what_a_disc_covers() {
    let mask = strewn();
    // The rows of a disc of nine: 1, 7, 7, 9, 9, 9, 7, 7, 1 pixels.
    let reach = [4, 4, 3, 3, 0];
    let grown = mask.grown(Disc::new(9));
    for y in 0..HEIGHT as i32 {
        for x in 0..WIDTH as i32 {
            let covered = (-4i32..=4).any(|dy| {
                let reach = reach[dy.unsigned_abs() as usize];
                (-reach..=reach).any(|dx| holds(&mask, x + dx, y + dy))
            });
            assert_eq!(holds(&grown, x, y), covered, "{x} {y}");
        }
    }
}

#[test]
fn a_mask_shrinks_from_inside_alone_and_opens_to_what_a_disc_fits() {
    let mut block = Mask::EMPTY;
    block.0[..40].fill(columns(0..30));
    block.0[60] = columns(20..100);
    let shrunk = block.shrunk(Disc::new(5));
    assert!(holds(&shrunk, 0, 0) && holds(&shrunk, 27, 37));
    assert!(!holds(&shrunk, 28, 37) && !holds(&shrunk, 27, 38) && !holds(&shrunk, 50, 60));
    let opened = block.opened(Disc::new(5));
    assert!(holds(&opened, 29, 20) && !holds(&opened, 50, 60));
    assert_eq!(block.closed(Disc::new(5)).without(&block), Mask::EMPTY);
}

#[test]
fn parts_are_what_hangs_together() {
    let mut mask = Mask::EMPTY;
    // A ring open at one corner, a stair, and a pixel.
    for y in 10..30 {
        mask.0[y] = columns(10..11) | columns(40..41);
    }
    mask.0[30] = columns(10..41);
    for step in 0..8 {
        mask.0[50 + step] = 1 << (60 + step);
    }
    mask.0[100] = 1 << (WIDTH - 1);
    let areas = |corners| {
        mask.parts(corners)
            .map(|part| part.area())
            .collect::<Vec<_>>()
    };
    assert_eq!(areas(true), [71, 8, 1]);
    assert_eq!(areas(false), [71, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    let all: u32 = areas(true).iter().sum();
    assert_eq!(all, mask.area());
}

/// A bell of height 1 at a place, or a ridge when `long`.
fn bell(deviation: f32, long: bool) -> Vec<Row> {
    let mut rows = vec![[0.0; WIDTH]; HEIGHT];
    for (y, row) in rows.iter_mut().enumerate() {
        for (x, value) in row.iter_mut().enumerate() {
            let (dx, dy) = (x as f32 - 60.0, if long { 0.0 } else { y as f32 - 100.0 });
            *value = (-(dx * dx + dy * dy) / (2.0 * deviation * deviation)).exp();
        }
    }
    rows
}

#[test]
fn a_spot_curves_as_the_formula_says_and_a_ridge_does_not() {
    for (size, deviation) in [(3.0f32, 3.0f32), (4.0, 4.5), (6.0, 6.0)] {
        let spots = |long| {
            Curvature {
                surface: &bell(size, long),
                deviation,
                rows: 95..106,
                columns: 0..WIDTH,
            }
            .spots()
        };
        let (size_2, deviation_2) = (size * size, deviation * deviation);
        let sum = size_2 + deviation_2;
        let exact = deviation_2 * size_2 / (sum * sum);
        let found = spots(false).light[5][60];
        assert!((found / exact - 1.0).abs() < 0.08, "{found} {exact}");
        assert!(spots(false).dark[5][60].abs() < f32::EPSILON);
        assert!(spots(true).light[5][60] < 0.01 * exact);
    }
}

#[test]
fn curvature_of_some_columns_is_that_of_all_there() {
    let surface: Vec<Row> = (0..HEIGHT)
        .map(|y| std::array::from_fn(|x| ((x * x + 31 * y * (x + 3)) % 97) as f32))
        .collect();
    for (deviation, rows) in [(2.0, 0..9), (4.5, 90..101), (6.0, HEIGHT - 7..HEIGHT)] {
        let spots = |columns: std::ops::Range<usize>| {
            Curvature {
                surface: &surface,
                deviation,
                rows: rows.clone(),
                columns,
            }
            .spots()
        };
        let all = spots(0..WIDTH);
        for columns in [0..1, 0..40, 31..76, 57..58, 95..WIDTH, 119..WIDTH] {
            let some = spots(columns.clone());
            let bits = |row: &Row| -> Vec<u32> {
                let there = row[columns.clone()].iter();
                there.map(|value| value.to_bits()).collect()
            };
            for y in 0..rows.len() {
                assert_eq!(bits(&some.light[y]), bits(&all.light[y]), "{columns:?} {y}");
                assert_eq!(bits(&some.dark[y]), bits(&all.dark[y]), "{columns:?} {y}");
            }
        }
        assert!(all.light.as_flattened().iter().any(|&light| light > 0.0));
    }
}

fn seen(portrait: &Portrait) -> [Option<LobeFacts>; 2] {
    let mut session = Engine::embedded().unwrap().session();
    let bytes = encode_jpeg(&paint(portrait), &JpegOptions::default()).unwrap();
    crate::check(&bytes, "1.jpg", &mut session).lobes
}

#[test]
fn earrings_show_on_drawn_lobes_at_any_size_and_bare_ones_do_not() {
    for factor in [1.0, 1.6, 3.5] {
        let bare = Portrait::default();
        let worn = Portrait {
            earrings: true,
            ..bare.clone()
        };
        let [bare, worn] = [bare, worn].map(|portrait| seen(&portrait.scaled(factor)));
        for side in 0..2 {
            let (bare, worn) = (bare[side].unwrap(), worn[side].unwrap());
            assert!(
                bare.spot < 6.0 && bare.yellow < 3.0 && bare.hang < 40.0,
                "{factor} {bare:?}"
            );
            assert!(worn.spot > 6.0 || worn.yellow > 3.0, "{factor} {worn:?}");
        }
    }
}
