//! Tests of looking for codes: drawn ones are found, anything else is none, and nothing keeps the search going.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::time::{Duration, Instant};

use image::{DynamicImage, GrayImage, ImageFormat, imageops};
use proptest::prelude::{any, prop, prop_assert, proptest};
use proptest::test_runner::Config;
use qrcode::{Color, QrCode};

use super::*;

/// A code with its quiet zone, `module` px to a module.
fn drawn(says: &[u8], module: u32) -> GrayImage {
    let code = QrCode::new(says).unwrap();
    let modules = code.width() as u32;
    let colours = code.to_colors();
    let side = (modules + 8) * module;
    GrayImage::from_fn(side, side, |x, y| {
        let (x, y) = ((x / module).wrapping_sub(4), (y / module).wrapping_sub(4));
        let dark = x < modules && y < modules && colours[(y * modules + x) as usize] == Color::Dark;
        Luma([if dark { 0 } else { 255 }])
    })
}

fn file_of(picture: &GrayImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = DynamicImage::ImageLuma8(picture.clone());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn png(picture: &GrayImage) -> Vec<u8> {
    file_of(picture, ImageFormat::Png)
}

/// The sort of payload that a code has: long, and no words.
fn payload(seed: u8) -> Vec<u8> {
    let letters = (0..300_u32).map(|at| b'A' + ((at * 7 + u32::from(seed) * 31) % 26) as u8);
    letters.collect()
}

fn digest(bytes: &[u8]) -> Option<CodeDigest> {
    read(bytes).unwrap().digest
}

#[test]
fn one_code_is_one_digest_in_whatever_picture_and_another_code_another() {
    let says = payload(1);
    let small = drawn(&says, 4);
    let first = digest(&png(&small)).unwrap();
    assert_eq!(
        digest(&file_of(&drawn(&says, 9), ImageFormat::Jpeg)),
        Some(first)
    );
    assert_eq!(digest(&png(&imageops::rotate90(&small))), Some(first));
    // A screenshot of a telephone: the code in the middle of much else.
    let mut screen = GrayImage::from_pixel(1080, 2400, Luma([240]));
    for y in (0..500).step_by(40) {
        imageops::replace(
            &mut screen,
            &GrayImage::from_pixel(700, 18, Luma([40])),
            60,
            y,
        );
    }
    imageops::replace(&mut screen, &drawn(&says, 8), 200, 900);
    assert_eq!(digest(&png(&screen)), Some(first));
    let second = digest(&png(&drawn(&payload(2), 4))).unwrap();
    assert_ne!(first, second);
    assert_ne!(first.0, <[u8; 32]>::from(Sha256::digest(&says)));
}

#[test]
fn a_picture_without_a_code_or_with_a_spoilt_one_is_unreadable_and_other_files_are_none() {
    let plain = png(&GrayImage::from_pixel(300, 300, Luma([200])));
    let mut spoilt = drawn(&payload(3), 5);
    let side = spoilt.width();
    imageops::replace(
        &mut spoilt,
        &GrayImage::from_pixel(side / 2, side / 2, Luma([255])),
        i64::from(side / 4),
        i64::from(side / 4),
    );
    let whole = png(&drawn(&payload(3), 5));
    for bytes in [&plain, &png(&spoilt), &whole[..whole.len() / 3].to_vec()] {
        let reading = read(bytes).unwrap();
        assert_eq!((reading.format, reading.digest), (CodeFormat::Png, None));
    }
    for bytes in [&b""[..], b"GIF89a", b"%PDF-1.7", b"text"] {
        assert_eq!(read(bytes), None);
    }
}

/// Corner marks from rim to rim: every one could be the corner of a code with any two others.
fn tiled(pitch: u32) -> GrayImage {
    GrayImage::from_fn(1600, 1600, |x, y| {
        let (x, y) = (x % pitch, y % pitch);
        let ring = x < 7 && y < 7 && (x == 0 || x == 6 || y == 0 || y == 6);
        let stone = (2..5).contains(&x) && (2..5).contains(&y);
        Luma([if ring || stone { 0 } else { 255 }])
    })
}

#[test]
fn a_picture_made_to_keep_the_search_going_is_given_up() {
    let noise = GrayImage::from_fn(1600, 1600, |x, y| {
        let mixed = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).rotate_left(13);
        Luma([(mixed.wrapping_mul(2_246_822_519) >> 24) as u8])
    });
    for picture in [tiled(8), tiled(9), tiled(15), tiled(160), noise] {
        let bytes = png(&picture);
        let began = Instant::now();
        assert_eq!(digest(&bytes), None);
        // A figure that no machine misses: without the bounds it is hours.
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "{:?}",
            began.elapsed()
        );
    }
}

proptest! {
    #![proptest_config(Config::with_cases(24))]

    #[test]
    fn whatever_is_done_to_the_file_is_an_answer(
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..40),
    ) {
        let mut bytes = png(&drawn(b"2025310001", 3));
        for (at, value) in flips {
            let at = at.index(bytes.len() - 8) + 8;
            bytes[at] = value;
        }
        prop_assert!(read(&bytes).is_some());
    }
}
