//! Tests of making and verifying finished files.

#![allow(clippy::unwrap_used)]

use zhaoshen_portrait::{ExifTags, JpegOptions, Portrait, encode_jpeg, paint, with_exif};

use super::*;

fn spec() -> RenditionSpec {
    RenditionSpec {
        width_px: 480,
        height_px: 640,
        dpi: 300,
        min_quality: 60,
        min_bytes: 20_000,
        max_bytes: 40_000,
    }
}

fn drawn(factor: f32, noise: f32) -> Picture {
    let painted = paint(&Portrait {
        noise,
        ..Portrait::default().scaled(factor)
    });
    Picture::new(painted.rgb, painted.width_px, painted.height_px).unwrap()
}

#[test]
fn a_rendition_is_what_the_specification_asks_for() {
    for (factor, noise) in [(1.0, 2.0), (2.0, 2.0), (1.7, 8.0)] {
        let picture = drawn(factor, noise);
        let made = render(&picture, picture.frame(), &spec()).unwrap();
        assert!(made.fits && made.bytes.len() <= 40_000);
        assert_eq!(verify(&made.bytes, &spec()), []);
        let facts = Photo::open(&made.bytes, "").jpeg.unwrap();
        assert_eq!(facts.quality, Some(made.quality));
        assert_eq!(facts.subsampling, "4:2:0");
        assert!(!crate::jpeg::read(&made.bytes).unwrap().separate_scans);
        assert!(!facts.progressive && facts.software.is_empty());
        assert_eq!(render(&picture, picture.frame(), &spec()).unwrap(), made);
    }
}

#[test]
fn the_quality_is_the_largest_that_fits() {
    let picture = drawn(1.0, 6.0);
    let made = render(&picture, picture.frame(), &spec()).unwrap();
    assert!((60..95).contains(&made.quality), "{}", made.quality);
    let next = encode(&picture, made.quality + 1, 300).unwrap();
    assert!(next.len() > 40_000, "{}", next.len());
}

#[test]
fn a_picture_too_rich_keeps_the_lowest_quality_and_says_so() {
    let picture = drawn(1.0, 60.0);
    let made = render(&picture, picture.frame(), &spec()).unwrap();
    assert_eq!((made.quality, made.fits), (60, false));
    assert!(matches!(
        verify(&made.bytes, &spec())[..],
        [Deviation::Bytes(_)]
    ));
}

#[test]
fn cropping_moves_the_picture_and_nothing_else() {
    let picture = drawn(2.0, 0.0);
    let crop = PixelRect::new(120.0, 160.0, 720.0, 960.0);
    let made = render(&picture, crop, &spec()).unwrap();
    let shown = Photo::open(&made.bytes, "").picture.unwrap();
    for (x, y) in [(40, 40), (240, 200), (240, 320), (60, 600)] {
        let source = picture.at(120 + x * 3 / 2, 160 + y * 3 / 2);
        let found = shown.at(x, y);
        let off = source
            .iter()
            .zip(found)
            .map(|(a, b)| a.abs_diff(b))
            .max()
            .unwrap();
        assert!(off < 40, "{x},{y}: {source:?} became {found:?}");
    }
    let outside = PixelRect::new(700.0, 0.0, 480.0, 640.0);
    assert!(matches!(
        render(&picture, outside, &spec()),
        Err(Error::CropOutside { .. })
    ));
}

#[test]
fn deviations_name_what_is_wrong() {
    let painted = paint(&Portrait::default());
    let jpeg = |options: &JpegOptions| encode_jpeg(&painted, options).unwrap();
    let rough = JpegOptions {
        quality: 50,
        dpi: Some(72),
        ..Default::default()
    };
    let found = verify(&jpeg(&rough), &spec());
    assert!(found.contains(&Deviation::Quality(Some(50))), "{found:?}");
    assert!(
        found.contains(&Deviation::Density(Some((72.0, 72.0)))),
        "{found:?}"
    );
    let small = encode_jpeg(
        &paint(&Portrait::default().scaled(0.5)),
        &JpegOptions::default(),
    )
    .unwrap();
    assert!(verify(&small, &spec()).contains(&Deviation::Size {
        width_px: 240,
        height_px: 320
    }));
    assert_eq!(verify(b"no picture", &spec()), [Deviation::NotAJpeg]);
}

#[test]
fn an_original_that_is_already_finished_conforms() {
    let engine = crate::Engine::embedded().unwrap();
    let mut session = engine.session();
    let picture = drawn(1.0, 4.0);
    let made = render(&picture, picture.frame(), &spec()).unwrap();
    let finished = crate::check(&made.bytes, "1.jpg", &mut session);
    assert_eq!(conforms(&finished, &spec()), []);
    let turned = with_exif(
        &made.bytes,
        &ExifTags {
            orientation: Some(3),
            ..Default::default()
        },
    );
    let turned = crate::check(&turned, "1.jpg", &mut session);
    assert_eq!(conforms(&turned, &spec()), [Deviation::Orientation(3)]);
    let progressive = JpegOptions {
        progressive: true,
        quality: 60,
        ..Default::default()
    };
    let progressive = encode_jpeg(&paint(&Portrait::default()), &progressive).unwrap();
    let progressive = crate::check(&progressive, "1.jpg", &mut session);
    assert!(conforms(&progressive, &spec()).contains(&Deviation::Progressive));
}
