//! Tests of decoding.

#![allow(clippy::unwrap_used)]

use proptest::prelude::{any, prop, prop_assert, proptest};
use proptest::test_runner::Config;
use zhaoshen_portrait::{
    ExifTags, JpegColour, JpegOptions, Portrait, Subsampling, encode_jpeg, encode_png, paint,
    truncated, with_exif, with_header_size,
};

use super::*;

fn drawn() -> zhaoshen_portrait::Picture {
    paint(&Portrait::default().scaled(0.5))
}

fn jpeg_of(options: &JpegOptions) -> Vec<u8> {
    encode_jpeg(&drawn(), options).unwrap()
}

fn variants() -> Vec<JpegOptions> {
    let plain = JpegOptions::default();
    vec![
        plain.clone(),
        JpegOptions {
            progressive: true,
            ..plain.clone()
        },
        JpegOptions {
            subsampling: Subsampling::Full,
            quality: 60,
            ..plain.clone()
        },
        JpegOptions {
            colour: JpegColour::Grey,
            ..plain.clone()
        },
        JpegOptions {
            colour: JpegColour::Cmyk,
            ..plain
        },
    ]
}

#[test]
fn whole_files_are_complete_and_decoded() {
    for options in variants() {
        let photo = Photo::open(&jpeg_of(&options), "a.JPG");
        assert_eq!(
            photo.file.completeness,
            Completeness::Complete,
            "{options:?}"
        );
        assert_eq!(photo.file.extension, "JPG");
        let picture = photo.picture.unwrap();
        assert_eq!((picture.width_px(), picture.height_px()), (240, 320));
        // The backdrop is light blue in every colour model but grey.
        let [red, _, blue] = picture.at(8, 8);
        assert!(
            options.colour == JpegColour::Grey || blue > red + 60,
            "{options:?} {red} {blue}"
        );
    }
}

#[test]
fn a_file_cut_anywhere_is_truncated() {
    for options in variants() {
        let whole = jpeg_of(&options);
        for share in [0.1, 0.3, 0.5, 0.7, 0.9, 0.99] {
            let photo = Photo::open(&truncated(&whole, share), "a.jpg");
            assert_eq!(
                photo.file.completeness,
                Completeness::Truncated,
                "{options:?} {share}"
            );
        }
    }
}

#[test]
fn a_cut_file_closed_with_an_end_marker_is_truncated_too() {
    for options in [
        JpegOptions::default(),
        JpegOptions {
            subsampling: Subsampling::Full,
            ..Default::default()
        },
    ] {
        let whole = jpeg_of(&options);
        for share in [0.4, 0.5, 0.8, 0.95] {
            let mut cut = truncated(&whole, share);
            cut.extend([0xFF, 0xD9]);
            let photo = Photo::open(&cut, "a.jpg");
            assert_eq!(
                photo.file.completeness,
                Completeness::Truncated,
                "{options:?} {share}"
            );
        }
    }
}

#[test]
fn colours_in_scans_of_their_own_are_right() {
    let painted = drawn();
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 92);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_2_2);
    // Optimised tables make this encoder write one scan per component.
    encoder.set_optimized_huffman_tables(true);
    let colour = jpeg_encoder::ColorType::Rgb;
    encoder.encode(&painted.rgb, 240, 320, colour).unwrap();
    assert!(crate::jpeg::read(&bytes).unwrap().separate_scans);
    let photo = Photo::open(&bytes, "a.jpg");
    assert_eq!(photo.file.completeness, Completeness::Complete);
    let [red, _, blue] = photo.picture.unwrap().at(8, 8);
    assert!(blue > red + 60, "{red} {blue}");
    let cut = Photo::open(&truncated(&bytes, 0.5), "a.jpg");
    assert_eq!(cut.file.completeness, Completeness::Truncated);
}

#[test]
fn plain_pictures_are_not_taken_for_truncated() {
    let plain = Portrait::default().scaled(0.3);
    let blank = zhaoshen_portrait::Picture {
        rgb: vec![128; 96 * 96 * 3],
        width_px: 96,
        height_px: 96,
    };
    for picture in [paint(&plain), blank] {
        let bytes = encode_jpeg(&picture, &JpegOptions::default()).unwrap();
        assert_eq!(
            Photo::open(&bytes, "").file.completeness,
            Completeness::Complete
        );
    }
}

#[test]
fn bytes_after_the_end_are_counted_and_forgiven() {
    let mut bytes = jpeg_of(&JpegOptions::default());
    bytes.extend(b"appended by a phone");
    let photo = Photo::open(&bytes, "a.jpg");
    assert_eq!(
        (photo.file.completeness, photo.file.trailing_bytes),
        (Completeness::Complete, 19)
    );
}

#[test]
fn every_orientation_is_shown_upright() {
    let upright = drawn();
    let reference = Photo::open(&encode_jpeg(&upright, &JpegOptions::default()).unwrap(), "")
        .picture
        .unwrap();
    for orientation in 1..=8u16 {
        let stored = encode_jpeg(
            &upright.stored_for_orientation(orientation),
            &JpegOptions::default(),
        )
        .unwrap();
        let tagged = with_exif(
            &stored,
            &ExifTags {
                orientation: Some(orientation),
                ..Default::default()
            },
        );
        let photo = Photo::open(&tagged, "a.jpg");
        assert_eq!(photo.jpeg.unwrap().orientation, orientation as u8);
        let shown = photo.picture.unwrap();
        assert_eq!(
            (shown.width_px(), shown.height_px()),
            (240, 320),
            "{orientation}"
        );
        let differences = shown
            .rgb()
            .iter()
            .zip(reference.rgb())
            .filter(|(a, b)| a.abs_diff(**b) > 40)
            .count();
        assert!(
            differences < shown.rgb().len() / 100,
            "{orientation}: {differences}"
        );
    }
}

#[test]
fn other_containers_are_named_and_png_is_shown() {
    let png = encode_png(&drawn()).unwrap();
    let photo = Photo::open(&png, "a.jpg");
    assert_eq!(
        (photo.file.format, photo.file.completeness),
        (FileFormat::Png, Completeness::Complete)
    );
    assert!(photo.jpeg.is_none() && photo.picture.is_some());
    let cut = Photo::open(&truncated(&png, 0.5), "a.jpg");
    assert_eq!(cut.file.completeness, Completeness::Truncated);
    for bytes in [
        &b""[..],
        b"RIFF\x10\0\0\0WEBPVP8 ",
        b"\0\0\0\x18ftypheic\0\0\0\0",
        b"hello",
    ] {
        let photo = Photo::open(bytes, "a.jpg");
        assert!(
            matches!(photo.file.completeness, Completeness::Undecodable(_)),
            "{bytes:?}"
        );
        assert!(photo.picture.is_none());
    }
}

#[test]
fn a_header_that_claims_too_much_is_refused_unread() {
    let bytes = with_header_size(&jpeg_of(&JpegOptions::default()), 65500, 65500);
    let photo = Photo::open(&bytes, "a.jpg");
    assert_eq!(
        photo.file.completeness,
        Completeness::TooLarge(65500, 65500)
    );
    assert_eq!(photo.jpeg.unwrap().stored_width_px, 65500);
    let progressive = JpegOptions {
        progressive: true,
        ..Default::default()
    };
    let bytes = with_header_size(&jpeg_of(&progressive), 10_000, 10_000);
    assert_eq!(
        Photo::open(&bytes, "").file.completeness,
        Completeness::TooLarge(10_000, 10_000)
    );
}

#[test]
fn a_zero_size_is_no_picture() {
    let bytes = with_header_size(&jpeg_of(&JpegOptions::default()), 0, 0);
    let photo = Photo::open(&bytes, "a.jpg");
    assert!(photo.picture.is_none());
    assert_ne!(photo.file.completeness, Completeness::Complete);
}

#[test]
fn nothing_of_an_earlier_picture_is_seen() {
    for options in variants() {
        let whole = jpeg_of(&options);
        for share in [0.2, 0.6, 0.95, 1.0] {
            let cut = truncated(&whole, share);
            let [first, second] = [0xAA, 0x55].map(|byte| {
                drop(Picture::new(vec![byte; 3 * 240 * 320], 240, 320));
                Photo::open(&cut, "a.jpg").picture
            });
            assert!(first == second, "{options:?} {share}");
        }
    }
}

/// The file with an Adobe segment before its scan that tells of four channels.
fn with_adobe_of_four(file: &[u8]) -> Vec<u8> {
    let scan = file.windows(2).position(|two| two == [0xFF, 0xDA]).unwrap();
    let (headers, scan) = file.split_at(scan);
    let adobe = b"\xFF\xEE\x00\x0EAdobe\x00\x64\x00\x00\x00\x00\x02";
    [headers, adobe, scan].concat()
}

#[test]
fn rows_left_out_above_others_show_nothing_of_an_earlier_picture() {
    let grey = JpegOptions {
        colour: JpegColour::Grey,
        ..JpegOptions::default()
    };
    // The decoder passes over each row of one channel where it looks for more, and fills what a cut took away with grey.
    let file = with_adobe_of_four(&jpeg_of(&grey));
    for share in [0.6, 0.95, 1.0] {
        let cut = truncated(&file, share);
        let [first, second] = [0xAA, 0x55].map(|byte| {
            drop(Picture::new(vec![byte; 3 * 240 * 320], 240, 320));
            Photo::open(&cut, "a.jpg").picture
        });
        assert!(first.is_some() && first == second, "{share}");
    }
}

#[test]
fn a_black_picture_is_decoded_too() {
    let black = zhaoshen_portrait::Picture {
        rgb: vec![0; 3 * 24 * 24],
        width_px: 24,
        height_px: 24,
    };
    let bytes = encode_jpeg(&black, &JpegOptions::default()).unwrap();
    let picture = Photo::open(&bytes, "a.jpg").picture.unwrap();
    assert!(picture.rgb().iter().all(|byte| *byte == 0));
}

proptest! {
    #![proptest_config(Config { cases: 300, ..Config::default() })]

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..600), jpeg in any::<bool>()) {
        let mut file = if jpeg { vec![0xFF, 0xD8, 0xFF] } else { Vec::new() };
        file.extend(bytes);
        let photo = Photo::open(&file, "x.jpg");
        prop_assert!(photo.file.size_bytes == file.len() as u64);
    }

    #[test]
    fn no_damage_panics(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        variant in 0usize..5,
        keep in 0.2f32..1.0,
    ) {
        let tiny = paint(&Portrait::default().scaled(0.1));
        let mut bytes = encode_jpeg(&tiny, &variants()[variant]).unwrap();
        bytes = truncated(&bytes, keep);
        for (place, value) in damage {
            let at = place.index(bytes.len());
            bytes[at] = value;
        }
        // What the memory held before is another picture.
        let [photo, again] = [0xAA, 0x55].map(|byte| {
            drop(Picture::new(vec![byte; 3 << 16], 1 << 8, 1 << 8));
            Photo::open(&bytes, "x.jpg")
        });
        prop_assert!(photo.picture == again.picture);
        if let Some(picture) = photo.picture {
            prop_assert!(u64::from(picture.width_px()) * u64::from(picture.height_px()) <= MAX_PIXELS);
        }
    }
}
