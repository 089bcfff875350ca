//! The files made of a picture are of the kind that was asked for, down to their bytes.
#![allow(clippy::unwrap_used)]

use zhaoshen_portrait::{
    ExifTags, JpegColour, JpegOptions, Picture, Portrait, Subsampling, encode_jpeg, encode_png,
    padded_to, paint, truncated, with_exif, with_header_size,
};
use zune_core::bytestream::ZCursor;
use zune_jpeg::JpegDecoder;

fn picture() -> Picture {
    paint(
        &Portrait {
            width_px: 120,
            height_px: 160,
            ..Portrait::default()
        }
        .placed(60.0, 62.0, 55.0),
    )
}

fn jpeg(options: &JpegOptions) -> Vec<u8> {
    encode_jpeg(&picture(), options).unwrap()
}

/// The payload of the first segment with this marker.
fn segment(file: &[u8], marker: u8) -> Option<&[u8]> {
    let mut at = 2;
    while at + 4 <= file.len() && file[at] == 0xff {
        let length = usize::from(u16::from_be_bytes([file[at + 2], file[at + 3]]));
        if file[at + 1] == marker {
            return file.get(at + 4..at + 2 + length);
        }
        at += 2 + length;
    }
    None
}

fn decoded(file: &[u8]) -> Vec<u8> {
    JpegDecoder::new(ZCursor::new(file)).decode().unwrap()
}

#[test]
fn a_jpeg_carries_its_density_and_decodes_to_the_picture() {
    let file = jpeg(&JpegOptions::default());
    let jfif = segment(&file, 0xe0).unwrap();
    assert_eq!(&jfif[..5], b"JFIF\0");
    assert_eq!(
        &jfif[7..12],
        [1, 1, 44, 1, 44],
        "dots per inch, 300 both ways"
    );
    assert!(file.ends_with(&[0xff, 0xd9]));
    let (old, new) = (picture().rgb, decoded(&file));
    assert_eq!(old.len(), new.len());
    let change: u64 = old
        .iter()
        .zip(&new)
        .map(|(a, b)| u64::from(a.abs_diff(*b)))
        .sum();
    assert!(
        change / (old.len() as u64) < 6,
        "mean change {}",
        change as f64 / old.len() as f64
    );
}

#[test]
fn frame_headers_tell_the_kinds_apart() {
    let options = JpegOptions::default;
    let cases = [
        (options(), 0xc0, vec![0x22, 0x11, 0x11]),
        (
            JpegOptions {
                subsampling: Subsampling::Full,
                ..options()
            },
            0xc0,
            vec![0x11, 0x11, 0x11],
        ),
        (
            JpegOptions {
                subsampling: Subsampling::Across,
                ..options()
            },
            0xc0,
            vec![0x21, 0x11, 0x11],
        ),
        (
            JpegOptions {
                progressive: true,
                ..options()
            },
            0xc2,
            vec![0x22, 0x11, 0x11],
        ),
        (
            JpegOptions {
                colour: JpegColour::Grey,
                ..options()
            },
            0xc0,
            vec![0x11],
        ),
    ];
    for (options, marker, factors) in cases {
        let file = jpeg(&options);
        let frame = segment(&file, marker).unwrap_or_else(|| panic!("{options:?}"));
        assert_eq!(
            frame[..5],
            [8, 0, 160, 0, 120],
            "8 bits, 160 rows, 120 columns"
        );
        let found: Vec<u8> = frame[6..].chunks_exact(3).map(|c| c[1]).collect();
        assert_eq!(found, factors, "{options:?}");
    }
    let cmyk = jpeg(&JpegOptions {
        colour: JpegColour::Cmyk,
        ..options()
    });
    assert_eq!(segment(&cmyk, 0xc0).unwrap()[5], 4, "four components");
}

#[test]
fn exif_tags_lie_where_tiff_says() {
    let tags = ExifTags {
        orientation: Some(6),
        software: Some("Adobe Photoshop 24.0".to_owned()),
        make: Some("Drawn".to_owned()),
        ..ExifTags::default()
    };
    let plain = jpeg(&JpegOptions::default());
    let tagged = with_exif(&plain, &tags);
    let tiff = segment(&tagged, 0xe1)
        .unwrap()
        .strip_prefix(b"Exif\0\0")
        .unwrap();
    assert_eq!(&tiff[..8], b"II\x2a\0\x08\0\0\0");
    assert_eq!(tiff[8..10], [3, 0], "three entries");
    let entries: Vec<&[u8]> = tiff[10..46].chunks_exact(12).collect();
    let tag = |entry: &[u8]| u16::from_le_bytes([entry[0], entry[1]]);
    assert_eq!(
        entries.iter().map(|e| tag(e)).collect::<Vec<_>>(),
        [0x010f, 0x0112, 0x0131]
    );
    assert_eq!(entries[1][8..10], [6, 0]);
    let at = u32::from_le_bytes(entries[2][8..12].try_into().unwrap()) as usize;
    assert_eq!(&tiff[at..at + 21], b"Adobe Photoshop 24.0\0");
    assert_eq!(decoded(&tagged), decoded(&plain), "tags change no pixel");
}

#[test]
fn pixels_stored_for_an_orientation_turn_back_upright() {
    let picture = picture();
    let inverse = [
        (1, 1),
        (2, 2),
        (3, 3),
        (4, 4),
        (5, 5),
        (6, 8),
        (7, 7),
        (8, 6),
    ];
    for (orientation, back) in inverse {
        let stored = picture.stored_for_orientation(orientation);
        assert_eq!(stored.width_px == 160, orientation >= 5);
        assert_eq!(
            stored.stored_for_orientation(back),
            picture,
            "orientation {orientation}"
        );
    }
    // Orientation 6: the stored picture's top row is the right side of the scene (TIFF 6.0).
    assert_eq!(
        picture.stored_for_orientation(6).at(0, 0),
        picture.at(119, 0)
    );
    assert_eq!(
        picture.stored_for_orientation(6).at(159, 0),
        picture.at(119, 159)
    );
}

#[test]
fn padding_reaches_the_size_and_changes_no_pixel() {
    let plain = jpeg(&JpegOptions::default());
    for wanted in [plain.len() + 1, plain.len() + 40, 60_000, 200_001] {
        let padded = padded_to(&plain, wanted);
        assert!(
            padded.len() >= wanted && padded.len() < wanted + 8,
            "{} for {wanted}",
            padded.len()
        );
        assert_eq!(decoded(&padded), decoded(&plain));
    }
    assert_eq!(padded_to(&plain, 10), plain);
    assert_eq!(padded_to(b"not a jpeg", 100), b"not a jpeg");
}

#[test]
fn broken_files_are_broken_as_asked() {
    let plain = jpeg(&JpegOptions::default());
    let cut = truncated(&plain, 0.5);
    assert_eq!(cut, plain[..plain.len() / 2]);
    assert!(truncated(&plain, -1.0).is_empty());
    let vast = with_header_size(&plain, 65_500, 65_499);
    assert_eq!(vast.len(), plain.len());
    assert_eq!(
        segment(&vast, 0xc0).unwrap()[1..5],
        [0xff, 0xdb, 0xff, 0xdc]
    );
    assert_eq!(with_header_size(b"", 1, 1), b"");
}

#[test]
fn a_png_is_a_png_and_empty_pictures_are_refused() {
    assert!(
        encode_png(&picture())
            .unwrap()
            .starts_with(b"\x89PNG\r\n\x1a\n")
    );
    let empty = Picture {
        rgb: Vec::new(),
        width_px: 0,
        height_px: 0,
    };
    assert!(encode_png(&empty).is_err());
    assert!(encode_jpeg(&empty, &JpegOptions::default()).is_err());
}
