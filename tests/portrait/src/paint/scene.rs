//! The backdrop and its faults, and things worn on the head: glasses, earrings, a cap.

use tiny_skia::Transform;

use super::canvas::{Canvas, blob, curve, ellipse, mix, polygon, shade};
use crate::head::{Head, Spot};
use crate::portrait::{Glasses, Portrait, WHITE};

/// Fills the picture with the backdrop.
pub(super) fn backdrop(canvas: &mut Canvas, portrait: &Portrait) {
    let (w, h) = (canvas.pixmap.width() as f32, canvas.pixmap.height() as f32);
    canvas.frame = Transform::identity();
    let backdrop = &portrait.backdrop;
    let all = polygon(&[(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)]);
    let end = backdrop.fades_to.unwrap_or(backdrop.colour);
    if end == backdrop.colour {
        canvas.fill(&all, backdrop.colour, 1.0);
    } else {
        canvas.fill_between(&all, ((0.0, 0.0), backdrop.colour), ((0.0, h * 0.85), end));
    }
    if backdrop.object {
        let door = polygon(&[(0.0, 0.0), (w * 0.10, 0.0), (w * 0.10, h), (0.0, h)]);
        canvas.fill(&door, [128, 96, 68], 1.0);
        let frame = polygon(&[
            (w * 0.80, h * 0.05),
            (w * 0.97, h * 0.05),
            (w * 0.97, h * 0.22),
            (w * 0.80, h * 0.22),
        ]);
        canvas.fill(&frame, [70, 60, 52], 1.0);
        canvas.fill(
            &ellipse((w * 0.885, h * 0.135), (w * 0.06, h * 0.05)),
            [222, 206, 150],
            1.0,
        );
    }
}

/// The shadow that the person throws to the right.
pub(super) fn shadow(canvas: &mut Canvas, portrait: &Portrait) {
    let strength = portrait.backdrop.shadow;
    if strength <= 0.0 {
        return;
    }
    let head = Head::new(portrait);
    canvas.frame = Transform::from_translate(head.origin.0, head.origin.1);
    let (w, up, down) = (head.width, head.up, head.down);
    canvas.glow(
        (w * 0.32, w * 0.05),
        (w * 0.80, up + w * 0.25),
        [20, 26, 34],
        strength,
    );
    canvas.glow(
        (w * 0.75, down + w * 0.65),
        (w * 0.95, w * 0.75),
        [20, 26, 34],
        strength,
    );
}

/// Glasses, earrings, cap.
pub(super) fn worn(canvas: &mut Canvas, portrait: &Portrait, head: &Head) {
    canvas.frame = head.transform();
    if portrait.earrings {
        for side in [-1.0, 1.0] {
            let spot = (side * head.width * 0.505, head.down * 0.24);
            canvas.fill(
                &ellipse(spot, (head.width * 0.016, head.width * 0.016)),
                [222, 178, 60],
                1.0,
            );
            canvas.glow(
                (spot.0 - head.width * 0.004, spot.1 - head.width * 0.006),
                (head.width * 0.010, head.width * 0.010),
                WHITE,
                0.9,
            );
        }
    }
    if let Some(glasses) = &portrait.glasses {
        for side in [-1.0, 1.0] {
            lens(canvas, head, glasses, side);
        }
        let bridge = [
            head.turned(-0.085 * head.width, -0.01 * head.width),
            head.turned_out(0.0, -0.03 * head.width, 0.06 * head.width),
            head.turned(0.085 * head.width, -0.01 * head.width),
        ];
        canvas.line(&curve(&bridge), head.width * 0.018, glasses.frame, 1.0);
    }
    if let Some(colour) = portrait.cap {
        cap(canvas, head, colour);
    }
}

fn lens(canvas: &mut Canvas, head: &Head, glasses: &Glasses, side: f32) {
    let w = head.width;
    let rim: Vec<Spot> = [
        (-0.150, -0.075),
        (-0.05, -0.10),
        (0.06, -0.10),
        (0.150, -0.070),
        (0.155, 0.02),
        (0.10, 0.105),
        (0.0, 0.125),
        (-0.10, 0.105),
        (-0.150, 0.02),
    ]
    .iter()
    .map(|&(x, y): &Spot| {
        head.turned_out(
            side * (head.inter_eye / 2.0 + (x + 0.012) * w),
            (y + 0.02) * w,
            0.02 * w,
        )
    })
    .collect();
    let shape = blob(&rim);
    canvas.fill(&shape, [24, 24, 28], glasses.tint);
    canvas.fill(&shape, [225, 238, 245], 0.05);
    if glasses.glare > 0.0 {
        let centre = head.turned(side * head.inter_eye / 2.0 + 0.02 * w, -0.01 * w);
        canvas.clip_to(&shape);
        canvas.fill(
            &ellipse(centre, (0.085 * w, 0.05 * w)),
            WHITE,
            glasses.glare,
        );
        canvas.unclip();
    }
    canvas.line(&shape, w * 0.016, glasses.frame, 1.0);
    let hinge = head.turned(side * (head.inter_eye / 2.0 + 0.165 * w), -0.03 * w);
    canvas.line(
        &curve(&[hinge, (side * w * 0.515, -0.045 * w)]),
        w * 0.018,
        glasses.frame,
        1.0,
    );
}

fn cap(canvas: &mut Canvas, head: &Head, colour: [u8; 3]) {
    let (half, up) = (head.width / 2.0, head.up);
    let dome = [
        (-1.14, -0.42),
        (-1.10, -0.75),
        (-0.75, -1.02),
        (0.0, -1.12),
        (0.75, -1.02),
        (1.10, -0.75),
        (1.14, -0.42),
        (0.6, -0.50),
        (0.0, -0.53),
        (-0.6, -0.50),
    ];
    let knots: Vec<Spot> = dome.iter().map(|&(x, y)| (x * half, y * up)).collect();
    canvas.fill_between(
        &blob(&knots),
        ((0.0, -up * 1.1), mix(colour, WHITE, 0.2)),
        ((0.0, -up * 0.4), shade(colour, 0.75)),
    );
    let peak: Vec<Spot> = [
        (-0.95, -0.46),
        (0.0, -0.56),
        (0.95, -0.46),
        (0.75, -0.34),
        (0.0, -0.30),
        (-0.75, -0.34),
    ]
    .iter()
    .map(|&(x, y)| (x * half, y * up))
    .collect();
    canvas.fill(&blob(&peak), shade(colour, 0.6), 1.0);
}
