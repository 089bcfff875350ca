//! Tests of the close look, on drawn portraits.

#![allow(clippy::unwrap_used)]

use zhaoshen_model::detail::DetailFacts;
use zhaoshen_portrait::{Glasses, JpegOptions, Portrait, encode_jpeg, paint};

use crate::nets::Engine;

fn seen(portraits: &[Portrait]) -> Vec<DetailFacts> {
    let mut session = Engine::embedded().unwrap().session();
    let mut look = |portrait: &Portrait| {
        let bytes = encode_jpeg(&paint(portrait), &JpegOptions::default()).unwrap();
        crate::check(&bytes, "1.jpg", &mut session).detail.unwrap()
    };
    portraits.iter().map(&mut look).collect()
}

fn wearing(tint: f32, glare: f32) -> Portrait {
    Portrait {
        glasses: Some(Glasses {
            frame: [40, 38, 44],
            tint,
            glare,
        }),
        ..Portrait::default()
    }
}

#[test]
fn glasses_show_at_any_size_and_tilt_and_bare_faces_have_none() {
    for factor in [0.7, 1.0, 2.6] {
        for roll_deg in [0.0, 7.0] {
            let bare = Portrait {
                roll_deg,
                ..Portrait::default()
            };
            let glasses = wearing(0.0, 0.0).glasses;
            let worn = Portrait {
                glasses,
                ..bare.clone()
            };
            let seen = seen(&[bare.scaled(factor), worn.scaled(factor)]);
            let [bare, worn] = [0, 1].map(|i| seen[i].glasses_evidence);
            assert!(
                bare < 4.0 && worn > 6.0,
                "{factor} {roll_deg}: {bare} {worn}"
            );
        }
    }
}

#[test]
fn tint_darkens_and_glare_lightens() {
    let seen = seen(&[wearing(0.0, 0.0), wearing(0.7, 0.0), wearing(0.0, 0.9)]);
    for eye in 0..2 {
        let clear = seen[0].lens_lightness_ratios[eye];
        assert!(clear > 0.8, "{clear}");
        assert!(seen[1].lens_lightness_ratios[eye] < 0.6 * clear);
        assert!(seen[0].glare_shares[eye] < 0.01);
        assert!(
            seen[2].glare_shares[eye] > 0.05,
            "{}",
            seen[2].glare_shares[eye]
        );
    }
}

#[test]
fn a_face_at_the_rim_is_not_looked_at_closely() {
    let cut = Portrait {
        centre_x_px: 20.0,
        ..Portrait::default()
    };
    let mut session = Engine::embedded().unwrap().session();
    let bytes = encode_jpeg(&paint(&cut), &JpegOptions::default()).unwrap();
    let found = crate::check(&bytes, "1.jpg", &mut session);
    assert!(found.detail.is_none(), "{:?}", found.detail);
}
