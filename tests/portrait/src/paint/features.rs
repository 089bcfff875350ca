//! Eyes, brows, nose and mouth.

use super::canvas::{Canvas, blob, curve, ellipse, joined, mix, shade};
use super::face::{lit_skin, shaded_skin};
use crate::head::{Head, Spot};
use crate::portrait::{Portrait, Rgb, WHITE};
use crate::random::Random;

/// Draws all features of the face.
pub(super) fn draw(canvas: &mut Canvas, portrait: &Portrait, head: &Head) {
    canvas.frame = head.transform();
    nose(canvas, portrait, head);
    for side in [-1.0, 1.0] {
        eye(canvas, portrait, head, side);
        brow(canvas, portrait, head, side);
    }
    mouth(canvas, portrait, head);
}

fn eye(canvas: &mut Canvas, portrait: &Portrait, head: &Head, side: f32) {
    let (w, dark) = (head.width, shaded_skin(portrait.skin));
    let reach = w * 0.112;
    // The iris sits a little above the middle of the opening, as it does under an upper lid.
    let (above, below) = (head.lid_gap * 0.54, head.lid_gap * 0.46);
    let sag = (1.0 - portrait.lid_gap.clamp(0.0, 1.0)) * w * 0.022;
    let at = |x: f32, y: f32| head.turned(side * (head.inter_eye / 2.0 + x), y);
    let centre = at(0.0, 0.0);
    canvas.glow(at(0.0, -0.045 * w), (w * 0.16, w * 0.075), dark, 0.34);
    canvas.glow(at(-0.10 * w, -0.02 * w), (w * 0.07, w * 0.09), dark, 0.34);
    canvas.glow(at(0.0, 0.075 * w), (w * 0.13, w * 0.035), dark, 0.22);
    let inner = at(-reach, 0.012 * w + sag * 0.4);
    let outer = at(reach, -0.006 * w + sag * 0.4);
    let upper = [
        inner,
        at(-0.55 * reach, sag - 0.72 * above),
        at(0.0, sag - above),
        at(0.52 * reach, sag - 0.80 * above),
        outer,
    ];
    let lower = [
        outer,
        at(0.55 * reach, sag + 0.80 * below),
        at(0.0, sag + below),
        at(-0.5 * reach, sag + 0.72 * below),
        inner,
    ];
    if portrait.lid_gap > 0.05 {
        let opening = joined(&[&upper, &lower]);
        canvas.fill(&opening, [240, 235, 231], 1.0);
        canvas.clip_to(&opening);
        canvas.glow(
            at(-reach, 0.01 * w),
            (w * 0.03, w * 0.03),
            [226, 140, 128],
            0.75,
        );
        iris(canvas, centre, w * 0.0445);
        canvas.line(&curve(&upper), w * 0.035, [60, 40, 36], 0.22);
        canvas.unclip();
        canvas.line(
            &curve(&lower),
            w * 0.006,
            mix(dark, [150, 90, 80], 0.5),
            0.75,
        );
    }
    lashes(canvas, portrait, head, &upper, side);
    let crease: Vec<Spot> = upper
        .iter()
        .enumerate()
        .map(|(i, p)| (p.0, p.1 - w * [0.012, 0.030, 0.036, 0.032, 0.012][i]))
        .collect();
    canvas.line(&curve(&crease), w * 0.007, dark, 0.55);
}

fn iris(canvas: &mut Canvas, centre: Spot, radius: f32) {
    let brown: Rgb = [82, 50, 34];
    canvas.fill(&ellipse(centre, (radius, radius)), shade(brown, 0.55), 1.0);
    canvas.fill(&ellipse(centre, (radius * 0.88, radius * 0.88)), brown, 1.0);
    canvas.glow(
        (centre.0, centre.1 + radius * 0.5),
        (radius * 0.85, radius * 0.6),
        [150, 98, 62],
        0.8,
    );
    canvas.fill(
        &ellipse(centre, (radius * 0.42, radius * 0.42)),
        [14, 10, 10],
        1.0,
    );
    let shine = (centre.0 - radius * 0.30, centre.1 - radius * 0.34);
    canvas.fill(&ellipse(shine, (radius * 0.19, radius * 0.19)), WHITE, 0.95);
}

fn lashes(canvas: &mut Canvas, portrait: &Portrait, head: &Head, upper: &[Spot], side: f32) {
    let w = head.width;
    let lash = portrait.lash.clamp(0.0, 1.0);
    let ink = [46, 32, 28];
    canvas.line(
        &curve(upper),
        w * (0.009 + 0.004 * lash),
        ink,
        0.70 + 0.22 * lash,
    );
    canvas.line(
        &curve(&upper[2..]),
        w * (0.010 + 0.007 * lash),
        ink,
        0.45 + 0.3 * lash,
    );
    let outer = upper[upper.len() - 1];
    canvas.line(
        &curve(&[outer, (outer.0 + side * w * 0.014, outer.1 - w * 0.010)]),
        w * 0.008,
        ink,
        0.85 * lash,
    );
}

fn brow(canvas: &mut Canvas, portrait: &Portrait, head: &Head, side: f32) {
    let (w, t) = (head.width, head.down);
    let thick = portrait.brow.clamp(0.3, 2.0) * w * 0.020;
    let at = |x: f32, y: f32| head.turned(side * (head.inter_eye / 2.0 + x * w), y);
    let base = -0.205 * t;
    let spine = [
        at(-0.125, base + 0.010 * w),
        at(-0.04, base - 0.008 * w),
        at(0.055, base - 0.014 * w),
        at(0.145, base + 0.014 * w),
    ];
    let fullness = [0.62, 1.0, 0.85, 0.12];
    let edge = |sign: f32| {
        spine
            .iter()
            .zip(fullness)
            .map(move |(p, f)| (p.0, p.1 + sign * thick * f))
    };
    let rim: Vec<Spot> = edge(-1.0).chain(edge(1.0).rev()).collect();
    let ink = mix(portrait.hair.colour, [50, 38, 34], 0.4);
    for share in [1.0, 0.8] {
        canvas.line(&blob(&rim), w * 0.010 * share, ink, 0.10);
    }
    canvas.fill(&blob(&rim), ink, 0.56);
    let mut random = Random::new(portrait.seed ^ 0xb0);
    for step in 0..44u32 {
        let share = (step as f32 / 43.0 * 3.0).min(2.99);
        let (low, part) = (share as usize, share.fract());
        let between = |a: f32, b: f32| a + (b - a) * part;
        let mid = (
            between(spine[low].0, spine[low + 1].0),
            between(spine[low].1, spine[low + 1].1),
        );
        let full = thick * between(fullness[low], fullness[low + 1]);
        let from = random.between(-0.8, 1.0) * full;
        let lean = side * w * random.between(0.018, 0.034);
        // Brow hairs lie flat and point outwards, a little upwards near the nose.
        let rise = full * (0.55 - 0.15 * share);
        let hair = [
            (mid.0 - lean * 0.3, mid.1 + from * 0.8),
            (mid.0 + lean * 0.7, mid.1 + from * 0.5 - rise),
        ];
        canvas.thread(&hair, w * 0.0045, ink, 0.42);
    }
}

fn nose(canvas: &mut Canvas, portrait: &Portrait, head: &Head) {
    let (w, t, dark, lit) = (
        head.width,
        head.down,
        shaded_skin(portrait.skin),
        lit_skin(portrait.skin),
    );
    let out = |x: f32, y: f32, depth: f32| head.turned_out(x * w, y * t, depth * w);
    for side in [-1.0, 1.0] {
        canvas.glow(
            out(side * 0.065, 0.02, 0.04),
            (w * 0.045, t * 0.16),
            dark,
            0.30,
        );
        canvas.glow(
            out(side * 0.085, 0.30, 0.08),
            (w * 0.05, t * 0.13),
            dark,
            0.30,
        );
        canvas.glow(
            out(side * 0.105, 0.40, 0.08),
            (w * 0.05, t * 0.06),
            dark,
            0.35,
        );
    }
    canvas.glow(out(0.0, 0.10, 0.10), (w * 0.030, t * 0.24), lit, 0.55);
    canvas.glow(out(0.0, 0.345, 0.16), (w * 0.055, t * 0.065), lit, 0.55);
    canvas.glow(out(0.0, 0.455, 0.10), (w * 0.13, t * 0.05), dark, 0.55);
    for side in [-1.0, 1.0] {
        let wing = [
            out(side * 0.100, 0.335, 0.08),
            out(side * 0.124, 0.385, 0.07),
            out(side * 0.112, 0.425, 0.07),
            out(side * 0.085, 0.430, 0.08),
        ];
        canvas.line(&curve(&wing), w * 0.011, dark, 0.55);
        canvas.fill(
            &ellipse(out(side * 0.052, 0.428, 0.11), (w * 0.026, t * 0.014)),
            mix(dark, [60, 24, 20], 0.6),
            0.85,
        );
    }
    let base = [
        out(-0.08, 0.428, 0.09),
        out(-0.035, 0.440, 0.12),
        out(0.0, 0.452, 0.13),
        out(0.035, 0.440, 0.12),
        out(0.08, 0.428, 0.09),
    ];
    canvas.line(&curve(&base), w * 0.009, dark, 0.5);
    canvas.glow(out(0.0, 0.52, 0.06), (w * 0.022, t * 0.05), dark, 0.22);
}

fn mouth(canvas: &mut Canvas, portrait: &Portrait, head: &Head) {
    let (w, t, gap) = (head.width, head.down, head.mouth_gap);
    let (dark, smile) = (shaded_skin(portrait.skin), portrait.smile.clamp(0.0, 1.0));
    let reach = w * (0.175 + 0.035 * smile);
    let line = 0.625 * t;
    let (rise, drop) = (gap * 0.25, gap * 0.75);
    let at = |x: f32, y: f32| head.turned_out(x * reach, line + y, 0.04 * w * (1.0 - x * x));
    let corner = -(0.008 + smile * 0.034) * t;
    let (left, right) = (at(-1.0, corner), at(1.0, corner));
    let inner_top = [
        left,
        at(-0.5, corner * 0.3 - rise * 0.85),
        at(0.0, 0.006 * t - rise),
        at(0.5, corner * 0.3 - rise * 0.85),
        right,
    ];
    let inner_low = [
        right,
        at(0.5, corner * 0.3 + 0.001 * t + drop * 0.85),
        at(0.0, 0.006 * t + drop),
        at(-0.5, corner * 0.3 + 0.001 * t + drop * 0.85),
        left,
    ];
    let lift = 0.058 * t + rise;
    let outer_top = [
        left,
        at(-0.55, corner * 0.4 - lift * 0.72),
        at(-0.17, -lift),
        at(0.0, -lift * 0.86),
        at(0.17, -lift),
        at(0.55, corner * 0.4 - lift * 0.72),
        right,
    ];
    let full = 0.082 * t + drop;
    let outer_low = [
        right,
        at(0.58, corner * 0.3 + full * 0.70),
        at(0.0, full),
        at(-0.58, corner * 0.3 + full * 0.70),
        left,
    ];
    canvas.glow(at(0.0, full + 0.035 * t), (w * 0.12, t * 0.045), dark, 0.42);
    let mut back = inner_top;
    back.reverse();
    canvas.fill(
        &joined(&[&outer_top, &back]),
        shade(portrait.lips, 0.88),
        1.0,
    );
    let mut back = inner_low;
    back.reverse();
    let lower = joined(&[&outer_low, &back]);
    canvas.fill_between(
        &lower,
        ((0.0, line), portrait.lips),
        ((0.0, line + full), mix(portrait.lips, portrait.skin, 0.35)),
    );
    canvas.glow(
        at(0.0, drop + 0.042 * t),
        (w * 0.075, t * 0.022),
        WHITE,
        0.30,
    );
    if gap > 0.3 {
        let opening = joined(&[&inner_top, &inner_low]);
        canvas.fill(&opening, [66, 20, 22], 1.0);
        canvas.clip_to(&opening);
        inside(canvas, portrait, head, at(0.0, -rise), gap, reach);
        canvas.unclip();
    }
    canvas.line(&curve(&inner_top), w * 0.009, [96, 40, 38], 0.8);
    for corner in [left, right] {
        canvas.glow(corner, (w * 0.030, w * 0.026), dark, 0.55);
    }
}

/// Teeth and tongue behind the lips.
fn inside(canvas: &mut Canvas, portrait: &Portrait, head: &Head, top: Spot, gap: f32, reach: f32) {
    let t = head.down;
    if portrait.teeth {
        let height = (gap * 0.80).min(0.085 * t);
        canvas.fill(
            &ellipse((top.0, top.1), (reach * 0.86, height)),
            [246, 243, 236],
            1.0,
        );
        for step in -4i32..=4 {
            let x = top.0 + reach * 0.19 * (step as f32 + if step > 0 { -0.5 } else { 0.5 });
            if step != 0 {
                canvas.line(
                    &curve(&[(x, top.1), (x, top.1 + height)]),
                    head.width * 0.004,
                    [176, 166, 158],
                    0.55,
                );
            }
        }
    } else {
        canvas.glow(
            (top.0, top.1 + gap * 0.9),
            (reach * 0.7, gap * 0.5),
            [190, 84, 84],
            0.85,
        );
    }
}
