//! Tests of the final frame.

#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::*;
use crate::fixture::Fixture;

fn frame_of(fixture: &Fixture) -> FinalFrame {
    final_frame(&fixture.measurements, &fixture.profile)
}

/// The good photo within a picture of `size`, `factor` times as large, shifted.
fn placed(size: (u32, u32), factor: f64, shift: (f64, f64)) -> Fixture {
    Fixture::with(|f| f.reframe(size, factor, shift))
}

fn codes(frame: &FinalFrame) -> Vec<&str> {
    frame
        .violations
        .iter()
        .map(|found| found.code.as_str())
        .collect()
}

#[test]
fn a_picture_that_keeps_every_band_is_taken_whole() {
    for (size, factor, shift) in [
        ((480, 640), 1.0, (0.0, 0.0)),
        ((1440, 1920), 3.0, (0.0, 0.0)),
        ((600, 808), 1.25, (0.0, 4.0)),
    ] {
        let frame = frame_of(&placed(size, factor, shift));
        assert!(frame.as_is && frame.feasible, "{size:?} {frame:?}");
        assert!((frame.scale - 1.0 / factor).abs() < 1e-12, "{size:?}");
    }
}

#[test]
fn eyes_out_of_band_in_a_picture_of_final_size_stay_where_they_are() {
    let frame = frame_of(&Fixture::with(|f| f.move_eyes(331.0)));
    assert!(frame.as_is && !frame.feasible);
    assert_eq!(codes(&frame), ["GEO-02"]);
    assert_eq!(frame.violation("GEO-02"), Some(&Obstacle::NothingToCrop));
    assert!((frame.final_y(331.0) - 331.0).abs() < 1e-9);
}

#[test]
fn a_larger_picture_is_cropped_so_that_every_band_holds() {
    for (size, factor, shift) in [
        ((1350, 1350), 2.0, (195.0, 30.0)),
        ((2000, 2600), 2.5, (300.0, 700.0)),
        ((900, 900), 1.2, (160.0, 100.0)),
        ((3000, 4000), 1.5, (1800.0, 2000.0)),
    ] {
        let photo = placed(size, factor, shift);
        let frame = frame_of(&photo);
        assert!(frame.feasible && !frame.as_is, "{size:?} {frame:?}");
        let face = photo.measurements.face.as_ref().unwrap();
        let crown = frame.final_y(face.crown_y_px.unwrap());
        assert!((54.0..=106.0).contains(&crown), "{size:?} crown {crown}");
        let eyes = frame.final_y(face.eye_line_y_px);
        assert!((203.0..=297.0).contains(&eyes), "{size:?} eyes {eyes}");
        let width = frame.final_length(face.face_width_px);
        assert!((184.0..=296.0).contains(&width), "{size:?} width {width}");
        let head = frame.final_length(face.chin.y - face.crown_y_px.unwrap()) / 640.0;
        assert!((0.45..=0.65).contains(&head), "{size:?} head {head}");
        let rect = frame.rect;
        for number in [rect.x, rect.y, rect.width, rect.height] {
            assert!((number - number.round()).abs() < 1e-9, "{size:?} {rect:?}");
        }
    }
}

#[test]
fn what_no_crop_can_mend_is_named_with_its_cause() {
    for (name, photo, code, obstacle) in [
        (
            "no room above",
            placed((1000, 1500), 2.0, (20.0, -120.0)),
            "GEO-01",
            Obstacle::NoRoomAbove,
        ),
        (
            "face at the left edge",
            placed((1400, 1400), 2.0, (-180.0, 100.0)),
            "GEO-04",
            Obstacle::NoRoomLeft,
        ),
        (
            "face at the right edge",
            placed((1400, 1400), 2.0, (620.0, 100.0)),
            "GEO-04",
            Obstacle::NoRoomRight,
        ),
        (
            "person far away",
            placed((2000, 2000), 0.5, (900.0, 500.0)),
            "GEO-03",
            Obstacle::FaceTooSmall,
        ),
        (
            "face fills the picture",
            placed((1000, 1000), 4.0, (-460.0, -500.0)),
            "GEO-03",
            Obstacle::FaceTooLarge,
        ),
        (
            "head cut off below",
            placed((1400, 1000), 2.0, (200.0, 350.0)),
            "GEO-02",
            Obstacle::NoRoomBelow,
        ),
    ] {
        let frame = frame_of(&photo);
        assert!(!frame.feasible, "{name} {frame:?}");
        assert_eq!(frame.violation(code), Some(&obstacle), "{name} {frame:?}");
    }
}

#[test]
fn bands_that_exclude_each_other_are_named_together() {
    // Eyes and crown so far apart that no scale at which the face is wide enough holds both.
    let photo = Fixture::with(|f| {
        f.reframe((2000, 2600), 1.5, (640.0, 900.0));
        f.face().crown_y_px = Some(600.0);
        f.face().face_width_px = 280.0;
    });
    let frame = frame_of(&photo);
    assert_eq!(codes(&frame).len(), 1, "{frame:?}");
    let found = &frame.violations[0];
    assert!(
        !matches!(found.obstacle, Obstacle::NothingToCrop),
        "{found:?}"
    );
    let says = crate::zh::obstacle(&found.obstacle).unwrap();
    assert!(says.starts_with("；裁剪也无法满足"), "{says}");
}

#[test]
fn no_crop_cuts_into_the_head() {
    // Eyes far below a crown at the picture's edge: moving down would mend the eyes alone.
    let photo = Fixture::with(|f| {
        f.reframe((900, 900), 1.4, (114.0, 150.0));
        f.face().crown_y_px = Some(0.0);
    });
    let frame = frame_of(&photo);
    assert!(frame.rect.y <= 0.0, "{frame:?}");
    assert_eq!(frame.violation("GEO-01"), Some(&Obstacle::NoRoomAbove));
}

#[test]
fn too_few_pixels_are_judged_enlarged_but_never_feasible() {
    let frame = frame_of(&placed((240, 320), 0.5, (0.0, 0.0)));
    assert!(frame.as_is && !frame.feasible);
    assert!((frame.scale - 2.0).abs() < 1e-12);
    assert_eq!(frame.violation("JPEG-02"), Some(&Obstacle::TooFewPixels));
}

#[test]
fn an_unknown_crown_binds_nothing() {
    let mut photo = placed((1350, 1350), 2.0, (195.0, 30.0));
    photo.face().crown_y_px = None;
    assert!(frame_of(&photo).feasible);
}

#[test]
fn without_a_face_the_middle_and_without_a_picture_nothing() {
    let frame = frame_of(&Fixture::with(|f| {
        f.reframe((900, 800), 1.0, (0.0, 0.0));
        f.lose_face();
    }));
    assert_eq!(frame.rect, PixelRect::new(150.0, 0.0, 600.0, 800.0));
    assert_eq!(codes(&frame), ["FACE-01"]);
    let frame = frame_of(&Fixture::with(Fixture::spoil));
    assert!(!frame.feasible && frame.rect.area() <= 0.0);
}

#[test]
fn switched_off_bands_demand_nothing() {
    let mut photo = Fixture::with(|f| f.move_eyes(331.0));
    photo.profile.rules.get_mut("GEO-02").unwrap().enabled = false;
    assert!(frame_of(&photo).feasible);
}

fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        8 => -500.0..4000.0f64,
        1 => prop::sample::select(vec![
            f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -0.0, 1e300, -1e300, f64::MIN_POSITIVE,
        ]),
    ]
}

proptest! {
    #[test]
    fn the_frame_is_inside_the_picture_of_the_final_shape_and_never_enlarged(
        size in (0u32..5000, 0u32..5000),
        crown in prop::option::of(any_number()),
        eyes in any_number(),
        chin in any_number(),
        width in any_number(),
        centre in any_number(),
    ) {
        let photo = Fixture::with(|f| {
            (f.picture().width_px, f.picture().height_px) = size;
            f.move_eyes(eyes);
            let face = f.face();
            face.crown_y_px = crown;
            face.chin.y = chin;
            face.face_width_px = width;
            face.face_centre_x_px = centre;
        });
        let frame = frame_of(&photo);
        let rect = frame.rect;
        if size.0 == 0 || size.1 == 0 {
            prop_assert!(!frame.feasible && rect.area() <= 0.0);
            return Ok(());
        }
        prop_assert!((rect.width * 4.0 - rect.height * 3.0).abs() < 1e-6 * rect.height, "{frame:?}");
        prop_assert!(rect.width > 0.0 && rect.x >= 0.0 && rect.y >= 0.0, "{frame:?}");
        prop_assert!(rect.x + rect.width <= f64::from(size.0) + 1e-6, "{frame:?}");
        prop_assert!(rect.y + rect.height <= f64::from(size.1) + 1e-6, "{frame:?}");
        let few = size.0 < 480 || size.1 < 640;
        prop_assert!(few || frame.scale <= 1.0 + 1e-9, "{frame:?}");
        prop_assert!(!(few && frame.feasible), "{frame:?}");
        prop_assert_eq!(frame.feasible, frame.violations.is_empty());
    }

    /// A person of ordinary proportions with room on every side can always be cropped.
    #[test]
    fn with_room_on_every_side_a_crop_is_found(
        factor in 1.35..4.0f64,
        room in (150.0..900.0f64, 150.0..900.0f64, 150.0..900.0f64, 150.0..900.0f64),
    ) {
        let right = (480.0 * factor + room.0 + room.1).ceil();
        let below = (640.0 * factor + room.2 + room.3).ceil();
        let whole = |side: f64| format!("{side}").parse::<u32>().unwrap();
        let photo = placed((whole(right), whole(below)), factor, (room.0, room.2));
        let frame = frame_of(&photo);
        prop_assert!(frame.feasible, "{frame:?}");
    }
}
