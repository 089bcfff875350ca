//! 修图: what the file and the pixels tell of editing.

use zhaoshen_model::Severity::Warn;
use zhaoshen_portrait::{JpegOptions, Picture, encode_jpeg};
use zhaoshen_vision::Photo;

use super::{Row, row};

pub(super) const ROWS: &[Row] = &[
    row(
        "EDIT-01",
        |shot| shot.exif.make = Some("Canon".to_owned()),
        |shot| shot.exif.software = Some("Adobe Photoshop 24.0 (Windows)".to_owned()),
        Warn,
    ),
    row(
        "EDIT-04",
        |shot| {
            shot.history.judged_on = Some("2025-03-01".to_owned());
            shot.rewrite = |bytes, _| with_app1(&bytes, &taken("2024:12:01 10:00:00"));
        },
        |shot| {
            shot.history.judged_on = Some("2025-03-01".to_owned());
            shot.rewrite = |bytes, _| with_app1(&bytes, &taken("2022:12:01 10:00:00"));
        },
        Warn,
    ),
    row(
        "EDIT-06",
        |_| {},
        |shot| shot.rewrite = |bytes, _| with_app1(&bytes, AI_PACKET),
        Warn,
    ),
    row(
        "EDIT-07",
        |_| {},
        |shot| shot.rewrite = |_, picture| saved_twice(picture, 70, 92),
        Warn,
    ),
    row("EDIT-08", |_| {}, |shot| shot.retouch = smoothed_skin, Warn),
    row("EDIT-09", |_| {}, |shot| shot.retouch = dots, Warn),
];

/// An XMP packet with the IPTC source type that generating programs write.
const AI_PACKET: &[u8] =
    b"http://ns.adobe.com/xap/1.0/\0<rdf:Description Iptc4xmpExt:DigitalSourceType=\
    'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia'/>";

/// The JPEG with one more APP1 segment.
fn with_app1(jpeg: &[u8], body: &[u8]) -> Vec<u8> {
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend([0xFF, 0xE1]);
    bytes.extend((body.len() as u16 + 2).to_be_bytes());
    bytes.extend(body);
    bytes.extend(&jpeg[2..]);
    bytes
}

/// An EXIF segment with DateTimeOriginal, little endian: one directory that points to another.
fn taken(at: &str) -> Vec<u8> {
    let mut body = b"Exif\0\0II*\0\x08\0\0\0".to_vec();
    let mut entry = |tag: u16, kind: u16, count: u32, value: u32| {
        body.extend(1u16.to_le_bytes());
        body.extend(tag.to_le_bytes());
        body.extend(kind.to_le_bytes());
        body.extend(count.to_le_bytes());
        body.extend(value.to_le_bytes());
        body.extend([0; 4]);
    };
    entry(0x8769, 4, 1, 26);
    entry(0x9003, 2, 20, 44);
    body.extend(at.as_bytes());
    body.push(0);
    body
}

fn saved_twice(picture: &Picture, first: u8, second: u8) -> Vec<u8> {
    let saved = |picture: &Picture, quality| {
        let options = JpegOptions {
            quality,
            ..JpegOptions::default()
        };
        encode_jpeg(picture, &options).unwrap()
    };
    let opened = Photo::open(&saved(picture, first), "").picture.unwrap();
    let again = Picture {
        rgb: opened.rgb().to_vec(),
        ..picture.clone()
    };
    saved(&again, second)
}

/// Forehead and cheeks without any texture, the eyes between them as they were.
fn smoothed_skin(picture: &mut Picture) {
    const REACH: u32 = 4;
    let drawn = picture.clone();
    let width = picture.width_px;
    for (place, pixel) in picture.rgb.chunks_exact_mut(3).enumerate() {
        let (x, y) = (place as u32 % width, place as u32 / width);
        let on_skin = (150..215).contains(&y) || (285..330).contains(&y);
        if !on_skin || x < REACH || x + REACH >= width {
            continue;
        }
        let near =
            (y - REACH..=y + REACH).flat_map(|y| (x - REACH..=x + REACH).map(move |x| (x, y)));
        let mut sums = [0u32; 3];
        let mut count = 0;
        for colour in near.filter_map(|(x, y)| drawn.at(x, y)) {
            count += 1;
            sums = [0, 1, 2].map(|channel| sums[channel] + u32::from(colour[channel]));
        }
        pixel.copy_from_slice(&sums.map(|sum| (sum / count) as u8));
    }
}

/// The beat of a screen's dots with the camera's pixels.
fn dots(picture: &mut Picture) {
    let width = picture.width_px;
    for (place, pixel) in picture.rgb.chunks_exact_mut(3).enumerate() {
        let (x, y) = (place as u32 % width, place as u32 / width);
        let wave = (x as f32 * 1.35 + y as f32 * 0.3).sin() * 8.0;
        for channel in pixel {
            *channel = (f32::from(*channel) + wave).clamp(0.0, 255.0) as u8;
        }
    }
}
