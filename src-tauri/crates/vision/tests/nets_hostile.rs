//! Damaged model files and senseless pictures: errors or values, never a panic.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use zhaoshen_vision::nets::{Detection, Engine, ModelFiles, RgbView, Roi, Session, pose};

/// A small linear congruential generator, so that every run damages the same places.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

fn look(engine: Engine) {
    let pixels: Vec<u8> = (0..40 * 30 * 3).map(|i| (i * 31 % 256) as u8).collect();
    let picture = RgbView::new(&pixels, 40, 30).unwrap();
    let mut session: Session = Arc::new(engine).session();
    session.detect(&picture);
    session.person_mask(&picture);
    let roi = Roi {
        center_x_px: 20.0,
        center_y_px: 15.0,
        side_px: 30.0,
        rotation_rad: 0.3,
    };
    session.mesh_in(&picture, roi);
}

/// The three files with `bytes` in place of number `which`.
fn with(which: usize, bytes: &[u8]) -> ModelFiles<'_> {
    let mut files: ModelFiles<'_> = ModelFiles::EMBEDDED;
    *[&mut files.detector, &mut files.mesh, &mut files.mask][which] = bytes;
    files
}

fn originals() -> [&'static [u8]; 3] {
    let ModelFiles {
        detector,
        mesh,
        mask,
        ..
    } = ModelFiles::EMBEDDED;
    [detector, mesh, mask]
}

#[test]
fn a_truncated_file_is_an_error() {
    for (which, file) in originals().into_iter().enumerate() {
        for part in 0..40 {
            let end = file.len() * part / 40;
            assert!(
                Engine::read(with(which, &file[..end])).is_err(),
                "file {which} cut at {end}"
            );
        }
    }
}

#[test]
fn files_in_each_others_place_are_errors() {
    let ModelFiles {
        detector,
        mesh,
        mask,
        ..
    } = ModelFiles::EMBEDDED;
    for files in [
        ModelFiles {
            detector: mesh,
            mesh,
            mask,
        },
        ModelFiles {
            detector,
            mesh: mask,
            mask,
        },
        ModelFiles {
            detector,
            mesh,
            mask: detector,
        },
    ] {
        assert!(Engine::read(files).is_err());
    }
}

/// Weights fill most of a file, so most damage is spent on the tables at both ends, where it can mislead the reader.
#[test]
fn damaged_bytes_never_panic() {
    let mut dice = Dice(7);
    let mut refused = 0;
    for (which, file) in originals().into_iter().enumerate() {
        let ends = 48_000.min(file.len() / 2);
        for round in 0..60 {
            let mut bytes = file.to_vec();
            for _ in 0..=dice.below(3) {
                let place = match round % 3 {
                    0 => dice.below(ends),
                    1 => file.len() - 1 - dice.below(ends),
                    _ => dice.below(file.len()),
                };
                bytes[place] ^= 1 << dice.below(8);
            }
            match Engine::read(with(which, &bytes)) {
                Ok(engine) => look(engine),
                Err(_) => refused += 1,
            }
        }
    }
    assert!(refused > 0, "no damage was ever noticed");
}

#[test]
fn senseless_regions_and_tiny_pictures_give_values() {
    let mut session = Engine::embedded().unwrap().session();
    for (width, height) in [(1, 1), (1, 500), (700, 2)] {
        let pixels = vec![200; width * height * 3];
        let picture = RgbView::new(&pixels, width, height).unwrap();
        assert!(session.detect(&picture).is_empty());
        let mask = session.person_mask(&picture);
        assert!(mask.at(f32::NAN, -1e30).is_finite() && mask.at(1e30, 0.5).is_finite());
        for bad in [0.0, -5.0, 1e30, f32::NAN, f32::INFINITY] {
            let face = Detection {
                left_px: bad,
                top_px: 0.0,
                width_px: bad,
                height_px: 3.0,
                keypoints_px: [[bad; 2]; 6],
                score: 1.0,
            };
            let mesh = session.mesh(&picture, &face);
            assert!(pose(&mesh, width, height).residual_ratio.is_finite());
            session.mesh_in(&picture, Roi::of_landmarks(&mesh.landmarks));
        }
    }
}

#[test]
fn a_view_needs_exactly_its_pixels() {
    assert!(RgbView::new(&[0; 12], 2, 2).is_some());
    for (length, width, height) in [
        (11, 2, 2),
        (13, 2, 2),
        (0, 0, 5),
        (0, usize::MAX, usize::MAX),
    ] {
        assert!(RgbView::new(&vec![0; length], width, height).is_none());
    }
}
