//! Neck, shoulders and clothes.

use tiny_skia::Transform;

use super::canvas::{Canvas, blob, curve, joined, mix, polygon, shade};
use super::face::{lit_skin, shaded_skin};
use crate::head::{Head, Spot};
use crate::portrait::{ClothesStyle, Portrait, Rgb, WHITE};

/// Draws neck, shoulders and clothes below the head.
pub(super) fn neck_and_clothes(canvas: &mut Canvas, portrait: &Portrait, head: &Head) {
    let w = head.width;
    canvas.frame = Transform::from_translate(portrait.centre_x_px, head.origin.1 + head.down);
    let floor = (portrait.height_px as f32 - head.origin.1 - head.down).max(w * 0.6) + w * 0.2;
    let style = portrait.clothes.style;
    let bare = style == ClothesStyle::Straps;
    torso(
        canvas,
        portrait,
        w,
        floor,
        if bare {
            portrait.skin
        } else {
            portrait.clothes.colour
        },
    );
    neck(canvas, portrait, w);
    match style {
        ClothesStyle::SuitAndTie | ClothesStyle::Suit => suit(canvas, portrait, w, floor),
        ClothesStyle::Shirt => collar(canvas, portrait.clothes.colour, w),
        ClothesStyle::RoundNeck => round_neck(canvas, portrait.clothes.colour, w),
        ClothesStyle::Straps => straps(canvas, portrait.clothes.colour, w, floor),
    }
}

/// The shoulders' slope as a rise per pixel to the right.
fn slope(portrait: &Portrait) -> f32 {
    portrait.shoulder_tilt_deg.clamp(-30.0, 30.0) * std::f32::consts::PI / 180.0
}

fn torso(canvas: &mut Canvas, portrait: &Portrait, w: f32, floor: f32, colour: Rgb) {
    let tilt = slope(portrait);
    let right: [Spot; 5] = [
        (0.24, 0.20),
        (0.46, 0.335),
        (0.80, 0.445),
        (1.02, 0.60),
        (1.12, 0.95),
    ];
    let place = |side: f32, (x, y): Spot| (side * x * w, y * w + side * x * w * tilt);
    let mut line: Vec<Spot> = right.iter().rev().map(|&p| place(-1.0, p)).collect();
    line.extend(right.iter().map(|&p| place(1.0, p)));
    let floor_line = [(1.16 * w, floor), (-1.16 * w, floor)];
    let shape = joined(&[&line, &floor_line]);
    canvas.fill_between(
        &shape,
        ((0.0, w * 0.25), mix(colour, WHITE, 0.10)),
        ((0.0, w * 1.0), shade(colour, 0.82)),
    );
    canvas.clip_to(&shape);
    for side in [-1.0, 1.0] {
        canvas.glow(
            (side * w * 1.08, w * 0.95),
            (w * 0.36, w * 0.60),
            shade(colour, 0.45),
            0.55,
        );
        canvas.glow(
            (side * w * 0.62, w * 0.48),
            (w * 0.34, w * 0.12),
            mix(colour, WHITE, 0.5),
            0.22,
        );
    }
    canvas.unclip();
}

fn neck(canvas: &mut Canvas, portrait: &Portrait, w: f32) {
    let (skin, dark) = (portrait.skin, shaded_skin(portrait.skin));
    let left = [
        (-0.34 * w, -0.45 * w),
        (-0.305 * w, -0.10 * w),
        (-0.30 * w, 0.10 * w),
        (-0.36 * w, 0.28 * w),
    ];
    let low = [(-0.36 * w, 0.28 * w), (0.0, 0.52 * w), (0.36 * w, 0.28 * w)];
    let right = [
        (0.36 * w, 0.28 * w),
        (0.30 * w, 0.10 * w),
        (0.305 * w, -0.10 * w),
        (0.34 * w, -0.45 * w),
    ];
    let shape = joined(&[&left, &low, &right]);
    canvas.fill_between(
        &shape,
        ((0.0, -0.1 * w), mix(skin, dark, 0.75)),
        ((0.0, 0.36 * w), mix(skin, dark, 0.15)),
    );
    canvas.clip_to(&shape);
    for side in [-1.0, 1.0] {
        canvas.glow((side * w * 0.32, w * 0.05), (w * 0.16, w * 0.40), dark, 0.6);
    }
    canvas.glow(
        (0.0, -0.02 * w),
        (w * 0.34, w * 0.14),
        shade(dark, 0.8),
        0.55,
    );
    canvas.glow((0.0, 0.22 * w), (w * 0.10, w * 0.14), lit_skin(skin), 0.18);
    canvas.unclip();
}

/// A folded collar: two leaves that meet below the throat.
fn collar(canvas: &mut Canvas, colour: Rgb, w: f32) {
    for side in [-1.0, 1.0] {
        let leaf = polygon(&[
            (side * 0.315 * w, 0.075 * w),
            (side * 0.375 * w, 0.22 * w),
            (side * 0.20 * w, 0.50 * w),
            (side * 0.005 * w, 0.375 * w),
        ]);
        canvas.fill_between(
            &leaf,
            ((side * 0.3 * w, 0.1 * w), shade(colour, 0.90)),
            ((side * 0.1 * w, 0.45 * w), mix(colour, WHITE, 0.25)),
        );
        canvas.line(&leaf, w * 0.006, shade(colour, 0.6), 0.5);
    }
}

fn suit(canvas: &mut Canvas, portrait: &Portrait, w: f32, floor: f32) {
    let colour = portrait.clothes.colour;
    let shirt: Rgb = [246, 247, 250];
    let front = polygon(&[
        (-0.33 * w, 0.16 * w),
        (0.0, 0.42 * w),
        (0.33 * w, 0.16 * w),
        (0.40 * w, 0.30 * w),
        (0.10 * w, floor),
        (-0.10 * w, floor),
        (-0.40 * w, 0.30 * w),
    ]);
    canvas.fill(&front, shirt, 1.0);
    if portrait.clothes.style == ClothesStyle::SuitAndTie {
        tie(canvas, portrait.clothes.tie, w, floor);
    } else {
        canvas.line(
            &curve(&[(0.0, 0.42 * w), (0.0, floor)]),
            w * 0.006,
            [180, 184, 192],
            0.8,
        );
    }
    collar(canvas, shirt, w);
    for side in [-1.0, 1.0] {
        let lapel = polygon(&[
            (side * 0.375 * w, 0.215 * w),
            (side * 0.52 * w, 0.40 * w),
            (side * 0.40 * w, 0.56 * w),
            (side * 0.46 * w, 0.60 * w),
            (side * 0.10 * w, floor),
            (side * 0.02 * w, floor),
            (side * 0.26 * w, 0.52 * w),
        ]);
        canvas.fill_between(
            &lapel,
            ((side * 0.5 * w, 0.3 * w), mix(colour, WHITE, 0.14)),
            ((side * 0.1 * w, 0.8 * w), shade(colour, 0.9)),
        );
        canvas.line(&lapel, w * 0.007, shade(colour, 0.5), 0.7);
    }
}

fn tie(canvas: &mut Canvas, colour: Rgb, w: f32, floor: f32) {
    let knot = polygon(&[
        (-0.075 * w, 0.37 * w),
        (0.075 * w, 0.37 * w),
        (0.050 * w, 0.50 * w),
        (-0.050 * w, 0.50 * w),
    ]);
    let blade = polygon(&[
        (-0.050 * w, 0.50 * w),
        (0.050 * w, 0.50 * w),
        (0.095 * w, floor),
        (-0.095 * w, floor),
    ]);
    canvas.fill_between(
        &blade,
        ((0.0, 0.5 * w), shade(colour, 0.75)),
        ((0.0, 0.75 * w), colour),
    );
    canvas.fill_between(
        &knot,
        ((0.0, 0.37 * w), mix(colour, WHITE, 0.15)),
        ((0.0, 0.5 * w), shade(colour, 0.85)),
    );
}

fn round_neck(canvas: &mut Canvas, colour: Rgb, w: f32) {
    let hem = [
        (-0.37 * w, 0.20 * w),
        (-0.24 * w, 0.36 * w),
        (0.0, 0.43 * w),
        (0.24 * w, 0.36 * w),
        (0.37 * w, 0.20 * w),
    ];
    canvas.line(&curve(&hem), w * 0.062, shade(colour, 0.80), 1.0);
    canvas.line(&curve(&hem), w * 0.044, mix(colour, WHITE, 0.08), 1.0);
}

fn straps(canvas: &mut Canvas, colour: Rgb, w: f32, floor: f32) {
    let top = [
        (-0.9 * w, 1.02 * w),
        (-0.4 * w, 0.86 * w),
        (0.0, 0.92 * w),
        (0.4 * w, 0.86 * w),
        (0.9 * w, 1.02 * w),
    ];
    let low = [(0.9 * w, floor + w), (-0.9 * w, floor + w)];
    canvas.fill(&joined(&[&top, &low]), colour, 1.0);
    for side in [-1.0, 1.0] {
        canvas.line(
            &curve(&[(side * 0.48 * w, 0.33 * w), (side * 0.50 * w, 0.9 * w)]),
            w * 0.07,
            colour,
            1.0,
        );
    }
    let bone = blob(&[
        (-0.4 * w, 0.46 * w),
        (0.0, 0.52 * w),
        (0.4 * w, 0.46 * w),
        (0.0, 0.535 * w),
    ]);
    canvas.fill(&bone, shaded_skin(colour), 0.15);
}
