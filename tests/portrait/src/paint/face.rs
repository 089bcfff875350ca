//! Skin: the face with its soft light and shade, and the ears.

use super::canvas::{Canvas, Shape, blob, curve, ellipse, mix, shade};
use crate::head::{Head, Spot};
use crate::portrait::{Portrait, Rgb};
use crate::random::Random;

/// The skin where light does not reach: darker and redder.
pub(super) fn shaded_skin(skin: Rgb) -> Rgb {
    mix(shade(skin, 0.62), [128, 58, 40], 0.28)
}

/// The skin under a lamp.
pub(super) fn lit_skin(skin: Rgb) -> Rgb {
    mix(skin, [255, 246, 236], 0.62)
}

/// The face's outline as a shape.
pub(super) fn outline(head: &Head) -> Shape {
    blob(&head.face_outline())
}

/// Both ears; the one the head turns away shows less.
pub(super) fn ears(canvas: &mut Canvas, portrait: &Portrait, head: &Head) {
    canvas.frame = head.transform();
    let (half, down) = (head.width / 2.0, head.down);
    let dark = shaded_skin(portrait.skin);
    for side in [-1.0f32, 1.0] {
        let shown = 1.0 - 1.6 * side * head.sideways();
        let place = |(x, y): Spot| {
            (
                side * half * (0.95 + (x - 0.95) * shown.clamp(0.1, 1.6)),
                y * down,
            )
        };
        let rim: Vec<Spot> = [
            (0.94, -0.10),
            (1.04, -0.17),
            (1.145, -0.13),
            (1.165, 0.0),
            (1.12, 0.16),
            (1.07, 0.31),
            (1.0, 0.37),
            (0.94, 0.28),
        ]
        .into_iter()
        .map(place)
        .collect();
        let ear = blob(&rim);
        canvas.fill_between(
            &ear,
            ((side * half * 0.95, 0.0), mix(portrait.skin, dark, 0.45)),
            (
                (side * half * 1.17, 0.0),
                mix(portrait.skin, [226, 130, 110], 0.16),
            ),
        );
        let fold: Vec<Spot> = [
            (1.0, -0.09),
            (1.075, -0.10),
            (1.105, -0.02),
            (1.07, 0.12),
            (1.02, 0.22),
        ]
        .into_iter()
        .map(place)
        .collect();
        canvas.line(&curve(&fold), head.width * 0.014, dark, 0.38);
        let inner: Vec<Spot> = [(1.04, 0.0), (1.065, 0.05), (1.03, 0.12)]
            .into_iter()
            .map(place)
            .collect();
        canvas.line(&curve(&inner), head.width * 0.018, dark, 0.45);
        canvas.glow(
            place((1.12, -0.08)),
            (half * 0.05, down * 0.09),
            lit_skin(portrait.skin),
            0.35,
        );
    }
}

/// The face without its features.
pub(super) fn skin(canvas: &mut Canvas, portrait: &Portrait, head: &Head) {
    canvas.frame = head.transform();
    let (skin, w, up, down) = (portrait.skin, head.width, head.up, head.down);
    let (half, dark, lit) = (w / 2.0, shaded_skin(skin), lit_skin(skin));
    let face = outline(head);
    canvas.fill_between(
        &face,
        ((0.0, -0.5 * up), mix(skin, lit, 0.10)),
        ((0.0, down), mix(skin, dark, 0.12)),
    );
    canvas.clip_to(&face);
    for side in [-1.0, 1.0] {
        canvas.glow(
            (side * half * 1.06, 0.30 * down),
            (half * 0.42, down * 1.05),
            dark,
            0.42,
        );
        canvas.glow(
            (side * half * 0.98, -0.45 * up),
            (half * 0.36, up * 0.55),
            dark,
            0.32,
        );
        canvas.glow(
            head.turned(side * half * 0.56, 0.36 * down),
            (half * 0.42, down * 0.26),
            [232, 120, 104],
            0.15,
        );
        canvas.glow(
            head.turned(side * half * 0.55, 0.24 * down),
            (half * 0.36, down * 0.17),
            lit,
            0.40,
        );
        canvas.glow(
            (side * half * 0.70, 0.92 * down),
            (half * 0.5, down * 0.35),
            dark,
            0.30,
        );
    }
    canvas.glow((0.0, 1.06 * down), (half * 0.75, down * 0.20), dark, 0.40);
    canvas.glow(
        head.turned(0.0, -0.44 * down),
        (half * 0.66, down * 0.28),
        lit,
        0.34,
    );
    canvas.glow(
        head.turned(0.0, 0.885 * down),
        (half * 0.24, down * 0.10),
        lit,
        0.30,
    );
    canvas.glow((0.0, -0.78 * up), (half * 0.95, up * 0.26), dark, 0.30);
    pores(canvas, portrait, head);
    if portrait.skin_grain > 0.0 {
        let mut random = Random::new(portrait.seed ^ 0x6a1e);
        canvas.grain(portrait.skin_grain, &mut random);
    }
    canvas.unclip();
}

/// Small unevenness of the skin, so that a sharp picture has something to be sharp about.
fn pores(canvas: &mut Canvas, portrait: &Portrait, head: &Head) {
    let mut random = Random::new(portrait.seed ^ 0x9035);
    let (half, up, down) = (head.width / 2.0, head.up, head.down);
    let (dark, lit) = (shaded_skin(portrait.skin), lit_skin(portrait.skin));
    for index in 0..420u32 {
        let spot = (
            half * random.between(-0.95, 0.95),
            random.between(-0.65 * up, 0.97 * down),
        );
        let radius = half * random.between(0.003, 0.007);
        let colour = if index % 2 == 0 { dark } else { lit };
        canvas.fill(
            &ellipse(spot, (radius, radius)),
            colour,
            random.between(0.05, 0.13),
        );
    }
}
