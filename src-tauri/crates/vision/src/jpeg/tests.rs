//! Tests of reading JPEG headers.

#![allow(clippy::unwrap_used)]

use proptest::prelude::{any, prop, prop_assert, proptest};
use zhaoshen_portrait::{
    ExifTags, JpegColour, JpegOptions, Portrait, Subsampling, encode_jpeg, paint, with_exif,
};

use super::*;

fn encoded(options: &JpegOptions) -> Vec<u8> {
    encode_jpeg(&paint(&Portrait::default().scaled(0.2)), options).unwrap()
}

fn facts(bytes: &[u8]) -> JpegFacts {
    read(bytes).unwrap().facts
}

/// A marker segment put right after the start marker.
fn with_segment(jpeg: &[u8], marker: u8, body: &[u8]) -> Vec<u8> {
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend([0xFF, marker]);
    bytes.extend((body.len() as u16 + 2).to_be_bytes());
    bytes.extend(body);
    bytes.extend(&jpeg[2..]);
    bytes
}

#[test]
fn headers_say_how_the_file_was_made() {
    for quality in [50, 60, 75, 92] {
        for (subsampling, name) in [
            (Subsampling::Full, "4:4:4"),
            (Subsampling::Across, "4:2:2"),
            (Subsampling::Both, "4:2:0"),
        ] {
            for progressive in [false, true] {
                let options = JpegOptions {
                    quality,
                    subsampling,
                    progressive,
                    ..Default::default()
                };
                let found = facts(&encoded(&options));
                assert_eq!((found.stored_width_px, found.stored_height_px), (96, 128));
                assert_eq!(
                    (found.quality, found.standard_tables),
                    (Some(quality), true)
                );
                assert_eq!(found.subsampling, name);
                assert_eq!(found.progressive, progressive);
                assert_eq!((found.components, found.bits_per_component), (3, 8));
                assert_eq!(found.density_dpi, Some((300.0, 300.0)));
            }
        }
    }
}

#[test]
fn components_and_density_are_as_written() {
    let grey = facts(&encoded(&JpegOptions {
        colour: JpegColour::Grey,
        ..Default::default()
    }));
    assert_eq!((grey.components, grey.subsampling.as_str()), (1, ""));
    let cmyk = facts(&encoded(&JpegOptions {
        colour: JpegColour::Cmyk,
        ..Default::default()
    }));
    assert_eq!(cmyk.components, 4);
    let bare = facts(&encoded(&JpegOptions {
        dpi: None,
        ..Default::default()
    }));
    assert_eq!(bare.density_dpi, None);
}

#[test]
fn exif_fields_are_read() {
    let tags = ExifTags {
        orientation: Some(6),
        software: Some("Adobe Photoshop 2023".into()),
        make: Some("Canon".into()),
        model: Some("Canon EOS R6".into()),
        date_time: None,
    };
    let found = facts(&with_exif(&encoded(&JpegOptions::default()), &tags));
    assert_eq!(found.orientation, 6);
    assert_eq!(found.software, ["Adobe Photoshop 2023"]);
    assert_eq!(found.camera.as_deref(), Some("Canon EOS R6"));
    assert!(!found.has_gps && found.taken_at.is_none());
}

#[test]
fn a_position_in_exif_is_noticed() {
    // A little-endian TIFF: IFD0 points to a GPS directory with a latitude reference and a latitude.
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    tiff.extend(b"\x01\0\x25\x88\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0");
    tiff.extend(b"\x02\0\x01\0\x02\0\x02\0\0\0N\0\0\0\x02\0\x05\0\x03\0\0\0\x38\0\0\0\0\0\0\0");
    tiff.extend(
        [39u32, 1, 54, 1, 0, 1]
            .into_iter()
            .flat_map(u32::to_le_bytes),
    );
    let body = [b"Exif\0\0".as_slice(), &tiff].concat();
    assert!(
        facts(&with_segment(
            &encoded(&JpegOptions::default()),
            0xE1,
            &body
        ))
        .has_gps
    );
}

#[test]
fn the_creator_tool_of_xmp_counts_as_software() {
    let body = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmp:CreatorTool=\"Meitu\"/>";
    let found = facts(&with_segment(&encoded(&JpegOptions::default()), 0xE1, body));
    assert_eq!(found.software, ["Meitu"]);
}

#[test]
fn the_end_of_the_picture_is_not_that_of_an_embedded_thumbnail() {
    let plain = encoded(&JpegOptions::default());
    let thumbnail = with_segment(&plain, 0xED, &[0xFF, 0xD8, 0xFF, 0xD9, 0xFF, 0xD9]);
    assert_eq!(read(&plain).unwrap().end, Some(plain.len()));
    assert_eq!(read(&thumbnail).unwrap().end, Some(thumbnail.len()));
    assert_eq!(read(&plain[..plain.len() - 2]).unwrap().end, None);
}

#[test]
fn the_compressed_data_are_followed_to_the_last_block() {
    for options in [
        JpegOptions::default(),
        JpegOptions {
            subsampling: Subsampling::Full,
            ..Default::default()
        },
        JpegOptions {
            colour: JpegColour::Grey,
            ..Default::default()
        },
    ] {
        let whole = encoded(&options);
        assert_eq!(scan_is_complete(&whole), Some(true), "{options:?}");
        let data = Segments::walk(&whole).unwrap().first_scan.unwrap().1;
        let mut cut = whole[..data + (whole.len() - data) * 3 / 4].to_vec();
        cut.extend([0xFF, 0xD9]);
        assert_eq!(scan_is_complete(&cut), Some(false), "{options:?}");
    }
    let progressive = encoded(&JpegOptions {
        progressive: true,
        ..Default::default()
    });
    assert_eq!(scan_is_complete(&progressive), None);
}

#[test]
fn restart_markers_are_followed() {
    let picture = paint(&Portrait::default().scaled(0.2));
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 80);
    encoder.set_restart_interval(3);
    let (width, height) = (picture.width_px as u16, picture.height_px as u16);
    encoder
        .encode(&picture.rgb, width, height, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    assert_eq!(scan_is_complete(&bytes), Some(true));
    assert_eq!(read(&bytes).unwrap().end, Some(bytes.len()));
}

#[test]
fn what_is_no_jpeg_has_no_header() {
    for bytes in [
        &b""[..],
        b"\xFF",
        b"\xFF\xD8",
        b"\xFF\xD8\xFF\xD9",
        b"GIF89a",
        b"\xFF\xD8\xFF\xE0\0\x01",
    ] {
        assert_eq!(read(bytes), None, "{bytes:?}");
    }
}

proptest! {
    #[test]
    fn any_segments_are_survived(segments in prop::collection::vec(
        (0xC0u8..=0xFE, prop::collection::vec(any::<u8>(), 0..80)), 0..12)
    ) {
        let mut bytes = vec![0xFF, 0xD8];
        for (marker, body) in segments {
            bytes.extend([0xFF, marker]);
            bytes.extend((body.len() as u16 + 2).to_be_bytes());
            bytes.extend(body);
        }
        if let Some(header) = read(&bytes) {
            prop_assert!(header.end.is_none_or(|end| end <= bytes.len()));
        }
        let _ = scan_is_complete(&bytes);
    }
}
