//! Neck, shoulders and clothes.

use tiny_skia::Transform;

use super::canvas::{Canvas, Shape, blob, curve, ellipse, joined, mix, polygon, shade};
use super::face::{lit_skin, shaded_skin};
use crate::head::{Head, Spot};
use crate::portrait::{ClothesStyle, Portrait, Rgb, WHITE};
use crate::random::Random;

/// Draws neck, shoulders and clothes below the head.
pub(super) fn neck_and_clothes(canvas: &mut Canvas, portrait: &Portrait, head: &Head) {
    let w = head.width;
    let floor = (portrait.height_px as f32 - head.origin.1 - head.down).max(w * 0.6) + w * 0.2;
    let colour = portrait.clothes.colour;
    let upright = Transform::from_translate(portrait.centre_x_px, head.origin.1 + head.down);
    let slope = portrait.shoulder_tilt_deg.clamp(-30.0, 30.0) * std::f32::consts::PI / 180.0;
    let sloping = upright.pre_concat(Transform::from_row(1.0, slope, 0.0, 1.0, 0.0, 0.0));
    canvas.frame = sloping;
    let bare = portrait.clothes.style == ClothesStyle::Straps;
    let shape = torso(w, floor);
    cloth(
        canvas,
        &shape,
        w,
        floor,
        if bare { portrait.skin } else { colour },
    );
    canvas.frame = upright;
    neck(canvas, portrait, w);
    canvas.frame = sloping;
    match portrait.clothes.style {
        ClothesStyle::SuitAndTie | ClothesStyle::Suit => suit(canvas, portrait, &shape, w, floor),
        ClothesStyle::Shirt => shirt(canvas, colour, w, floor),
        ClothesStyle::RoundNeck => round_neck(canvas, colour, w),
        ClothesStyle::Straps => straps(canvas, colour, w, floor),
    }
}

/// The tail of tied hair that falls over the right shoulder.
pub(super) fn ponytail(canvas: &mut Canvas, portrait: &Portrait, head: &Head) {
    let w = head.width;
    canvas.frame = Transform::from_translate(portrait.centre_x_px, head.origin.1 + head.down);
    let knots: Vec<Spot> = [
        (0.26, -0.14),
        (0.37, -0.04),
        (0.45, 0.16),
        (0.49, 0.42),
        (0.45, 0.68),
        (0.39, 0.82),
        (0.33, 0.66),
        (0.34, 0.42),
        (0.34, 0.20),
        (0.29, 0.04),
    ]
    .iter()
    .map(|&(x, y)| (x * w, y * w))
    .collect();
    let tail = blob(&knots);
    let colour = portrait.hair.colour;
    canvas.fill_between(
        &tail,
        ((0.34 * w, 0.0), shade(colour, 0.7)),
        ((0.48 * w, 0.2 * w), shade(colour, 1.1)),
    );
    canvas.clip_to(&tail);
    let mut random = Random::new(portrait.seed ^ 0x7a11);
    for _ in 0..40 {
        let x = random.between(-0.10, 0.10) * w;
        let line = [
            (0.30 * w + x * 0.5, -0.1 * w),
            (0.42 * w + x, 0.3 * w),
            (0.39 * w + x * 0.6, 0.85 * w),
        ];
        let ink = if random.once_in(3) {
            mix(colour, [150, 130, 120], 0.4)
        } else {
            shade(colour, 0.45)
        };
        canvas.thread(&line, w * random.between(0.003, 0.008), ink, 0.3);
    }
    canvas.unclip();
}

/// Outline of shoulders and chest.
fn torso(w: f32, floor: f32) -> Shape {
    let right: [Spot; 6] = [
        (0.22, 0.16),
        (0.36, 0.265),
        (0.56, 0.36),
        (0.84, 0.455),
        (1.03, 0.61),
        (1.12, 0.95),
    ];
    let mut line: Vec<Spot> = right.iter().rev().map(|&(x, y)| (-x * w, y * w)).collect();
    line.extend(right.iter().map(|&(x, y)| (x * w, y * w)));
    let floor_line = [(1.16 * w, floor), (-1.16 * w, floor)];
    joined(&[&line, &floor_line])
}

/// Fills the torso with cloth, shaded at the sides and marked by the sleeves.
fn cloth(canvas: &mut Canvas, shape: &Shape, w: f32, floor: f32, colour: Rgb) {
    canvas.fill_between(
        shape,
        ((0.0, w * 0.25), mix(colour, WHITE, 0.10)),
        ((0.0, w), shade(colour, 0.82)),
    );
    canvas.clip_to(shape);
    for side in [-1.0, 1.0] {
        canvas.glow(
            (side * w * 1.08, w * 0.95),
            (w * 0.36, w * 0.60),
            shade(colour, 0.45),
            0.55,
        );
        canvas.glow(
            (side * w * 0.66, w * 0.50),
            (w * 0.34, w * 0.14),
            mix(colour, WHITE, 0.5),
            0.18,
        );
        let sleeve = [
            (side * 0.80 * w, 0.80 * w),
            (side * 0.83 * w, 1.05 * w),
            (side * 0.82 * w, floor),
        ];
        canvas.line(&curve(&sleeve), w * 0.012, shade(colour, 0.45), 0.5);
    }
    canvas.unclip();
}

fn neck(canvas: &mut Canvas, portrait: &Portrait, w: f32) {
    let (skin, dark) = (portrait.skin, shaded_skin(portrait.skin));
    let wide = w * (0.275 + 0.055 * portrait.neck.clamp(0.0, 1.0));
    // How far the skin shows below the throat.
    let (side, depth, flare) = match portrait.clothes.style {
        ClothesStyle::RoundNeck => (0.25, 0.40, 1.06),
        ClothesStyle::Straps => (0.25, 0.50, 1.14),
        _ => (0.17, 0.44, 1.0),
    };
    let left = [
        (-wide * 1.12, -0.45 * w),
        (-wide * 1.02, -0.10 * w),
        (-wide, 0.08 * w),
        (-wide * flare, side * w),
    ];
    let low = [
        (-wide * flare, side * w),
        (-wide * 0.62, (side + depth) * 0.52 * w),
        (0.0, depth * w),
        (wide * 0.62, (side + depth) * 0.52 * w),
        (wide * flare, side * w),
    ];
    let right: Vec<Spot> = left.iter().rev().map(|&(x, y)| (-x, y)).collect();
    let shape = joined(&[&left, &low, &right]);
    canvas.fill_between(
        &shape,
        ((0.0, -0.1 * w), mix(skin, dark, 0.72)),
        ((0.0, 0.36 * w), mix(skin, dark, 0.12)),
    );
    canvas.clip_to(&shape);
    for side in [-1.0, 1.0] {
        canvas.glow(
            (side * wide * 1.08, w * 0.02),
            (w * 0.17, w * 0.36),
            dark,
            0.6,
        );
        let tendon = [
            (side * wide * 0.72, -0.02 * w),
            (side * wide * 0.45, 0.18 * w),
            (side * wide * 0.14, 0.36 * w),
        ];
        canvas.line(&curve(&tendon), w * 0.040, dark, 0.05);
        canvas.line(&curve(&tendon), w * 0.020, dark, 0.06);
    }
    canvas.glow(
        (0.0, -0.03 * w),
        (w * 0.40, w * 0.15),
        shade(dark, 0.8),
        0.55,
    );
    canvas.glow((0.0, 0.22 * w), (w * 0.10, w * 0.14), lit_skin(skin), 0.18);
    canvas.unclip();
}

/// A folded collar: two leaves that meet below the throat.
fn collar(canvas: &mut Canvas, colour: Rgb, w: f32) {
    for side in [-1.0, 1.0] {
        let place = |knots: &[Spot]| -> Vec<Spot> {
            knots.iter().map(|&(x, y)| (side * x * w, y * w)).collect()
        };
        let fold = place(&[
            (0.310, 0.090),
            (0.235, 0.225),
            (0.125, 0.340),
            (0.004, 0.415),
        ]);
        let tip = place(&[(0.004, 0.415), (0.165, 0.545)]);
        let hem = place(&[(0.165, 0.545), (0.270, 0.400), (0.350, 0.250)]);
        let back = place(&[(0.350, 0.250), (0.345, 0.160), (0.310, 0.090)]);
        let leaf = joined(&[&fold, &tip, &hem, &back]);
        canvas.glow(
            (side * 0.21 * w, 0.45 * w),
            (w * 0.16, w * 0.16),
            shade(colour, 0.4),
            0.35,
        );
        let (outer, inner) = ((side * 0.33 * w, 0.12 * w), (side * 0.12 * w, 0.48 * w));
        canvas.fill_between(
            &leaf,
            (outer, shade(colour, 0.84)),
            (inner, mix(colour, WHITE, 0.22)),
        );
        canvas.line(&leaf, w * 0.005, shade(colour, 0.55), 0.45);
    }
}

fn suit(canvas: &mut Canvas, portrait: &Portrait, torso: &Shape, w: f32, floor: f32) {
    let colour = portrait.clothes.colour;
    let cloth: Rgb = [244, 246, 250];
    // Where the jacket closes.
    let vee = 1.30 * w;
    let corners = [
        (-0.335 * w, 0.19 * w),
        (-0.02 * w, 0.425 * w),
        (0.02 * w, 0.425 * w),
        (0.335 * w, 0.19 * w),
        (0.41 * w, 0.32 * w),
        (0.0, vee),
        (-0.41 * w, 0.32 * w),
    ];
    canvas.fill_between(
        &polygon(&corners),
        ((0.0, 0.4 * w), cloth),
        ((0.0, vee), shade(cloth, 0.90)),
    );
    canvas.clip_to(&polygon(&corners));
    if portrait.clothes.style == ClothesStyle::SuitAndTie {
        tie(canvas, portrait.clothes.tie, w);
    } else {
        placket(canvas, cloth, w, vee);
    }
    canvas.unclip();
    collar(canvas, cloth, w);
    for side in [-1.0, 1.0] {
        lapel(canvas, colour, torso, w, side);
    }
    if floor > vee {
        canvas.line(
            &curve(&[(0.0, vee), (0.0, floor)]),
            w * 0.008,
            shade(colour, 0.5),
            0.7,
        );
        canvas.fill(
            &ellipse((0.05 * w, vee + 0.08 * w), (w * 0.028, w * 0.028)),
            shade(colour, 0.5),
            1.0,
        );
    }
}

fn lapel(canvas: &mut Canvas, colour: Rgb, torso: &Shape, w: f32, side: f32) {
    let place = |knots: &[Spot]| -> Vec<Spot> {
        knots.iter().map(|&(x, y)| (side * x * w, y * w)).collect()
    };
    let outer = place(&[(0.350, 0.205), (0.44, 0.31), (0.535, 0.425)]);
    let notch = place(&[(0.535, 0.425), (0.415, 0.545)]);
    let step = place(&[(0.415, 0.545), (0.490, 0.585)]);
    let edge = place(&[(0.490, 0.585), (0.30, 0.92), (0.02, 1.32)]);
    let inner = place(&[(0.0, 1.30), (0.350, 0.205)]);
    let shape = joined(&[&outer, &notch, &step, &edge, &inner]);
    canvas.clip_to(torso);
    canvas.line(&shape, w * 0.035, shade(colour, 0.4), 0.18);
    canvas.unclip();
    let (far, near) = ((side * 0.5 * w, 0.3 * w), (side * 0.1 * w, 0.8 * w));
    canvas.fill_between(
        &shape,
        (far, mix(colour, WHITE, 0.13)),
        (near, shade(colour, 0.9)),
    );
    canvas.line(&shape, w * 0.005, shade(colour, 0.5), 0.7);
}

/// The buttoned edge of a shirt.
fn placket(canvas: &mut Canvas, colour: Rgb, w: f32, floor: f32) {
    canvas.line(
        &curve(&[(0.035 * w, 0.44 * w), (0.035 * w, floor)]),
        w * 0.005,
        shade(colour, 0.7),
        0.7,
    );
    for button in 0..5u8 {
        let centre = (0.0, w * (0.50 + 0.17 * f32::from(button)));
        canvas.fill(
            &ellipse(centre, (w * 0.013, w * 0.013)),
            shade(colour, 0.78),
            1.0,
        );
        canvas.fill(
            &ellipse(centre, (w * 0.009, w * 0.009)),
            mix(colour, WHITE, 0.45),
            1.0,
        );
    }
}

fn tie(canvas: &mut Canvas, colour: Rgb, w: f32) {
    let knot = polygon(&[
        (-0.080 * w, 0.385 * w),
        (0.080 * w, 0.385 * w),
        (0.048 * w, 0.520 * w),
        (-0.048 * w, 0.520 * w),
    ]);
    let blade = polygon(&[
        (-0.046 * w, 0.515 * w),
        (0.046 * w, 0.515 * w),
        (0.105 * w, 1.4 * w),
        (-0.105 * w, 1.4 * w),
    ]);
    canvas.fill_between(
        &blade,
        ((0.0, 0.5 * w), shade(colour, 0.70)),
        ((0.0, 0.72 * w), colour),
    );
    let outer = canvas.clip.take();
    canvas.clip_to(&blade);
    for stripe in 0..9u8 {
        let y = w * (0.50 + 0.085 * f32::from(stripe));
        canvas.line(
            &curve(&[(-0.12 * w, y + 0.10 * w), (0.12 * w, y)]),
            w * 0.014,
            mix(colour, WHITE, 0.45),
            0.5,
        );
    }
    canvas.clip = outer;
    canvas.fill_between(
        &knot,
        ((0.0, 0.38 * w), mix(colour, WHITE, 0.18)),
        ((0.0, 0.52 * w), shade(colour, 0.85)),
    );
}

fn shirt(canvas: &mut Canvas, colour: Rgb, w: f32, floor: f32) {
    placket(canvas, colour, w, floor);
    collar(canvas, colour, w);
}

fn round_neck(canvas: &mut Canvas, colour: Rgb, w: f32) {
    let hem = [
        (-0.345 * w, 0.225 * w),
        (-0.225 * w, 0.365 * w),
        (0.0, 0.425 * w),
        (0.225 * w, 0.365 * w),
        (0.345 * w, 0.225 * w),
    ];
    let inside: Vec<Spot> = hem.iter().map(|&(x, y)| (x * 0.99, y - 0.03 * w)).collect();
    canvas.line(&curve(&inside), w * 0.03, [40, 24, 20], 0.18);
    canvas.line(&curve(&hem), w * 0.066, shade(colour, 0.72), 1.0);
    canvas.line(&curve(&hem), w * 0.056, mix(colour, WHITE, 0.06), 1.0);
    canvas.line(&curve(&hem), w * 0.006, shade(colour, 0.7), 0.5);
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
            &curve(&[(side * 0.50 * w, 0.345 * w), (side * 0.50 * w, 0.9 * w)]),
            w * 0.07,
            colour,
            1.0,
        );
        let bone = [
            (side * 0.08 * w, 0.555 * w),
            (side * 0.26 * w, 0.50 * w),
            (side * 0.46 * w, 0.49 * w),
        ];
        canvas.line(&curve(&bone), w * 0.018, [120, 70, 50], 0.16);
    }
}
