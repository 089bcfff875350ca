//! Hair: the part behind the neck, the part over the skull, fringes and strands.

use super::canvas::{Canvas, blob, curve, joined, mix, shade};
use crate::head::{Head, Spot};
use crate::portrait::{HairStyle, Portrait, WHITE};
use crate::random::Random;

/// Long hair behind neck and shoulders.
pub(super) fn behind(canvas: &mut Canvas, portrait: &Portrait, head: &Head) {
    canvas.frame = head.transform();
    let (half, up, down) = (head.width / 2.0, head.up, head.down);
    let side: &[Spot] = match portrait.hair.style {
        HairStyle::BehindEars => &[
            (1.06, -0.5),
            (1.09, 0.1),
            (1.04, 0.6),
            (1.08, 1.0),
            (1.02, 1.45),
            (0.6, 1.5),
        ],
        HairStyle::OverEars => &[
            (1.10, -0.5),
            (1.22, 0.1),
            (1.24, 0.6),
            (1.26, 1.0),
            (1.18, 1.42),
            (0.7, 1.45),
        ],
        _ => return,
    };
    let place = |(x, y): Spot, s: f32| (s * x * half, if y < 0.0 { y * up } else { y * down });
    let mut knots: Vec<Spot> = vec![(0.0, -0.9 * up)];
    knots.extend(side.iter().map(|&p| place(p, 1.0)));
    knots.extend(side.iter().rev().map(|&p| place(p, -1.0)));
    let colour = portrait.hair.colour;
    canvas.fill_between(
        &blob(&knots),
        ((0.0, -up), colour),
        ((0.0, down * 1.4), shade(colour, 0.7)),
    );
}

/// Hair over the skull, the hairline and what hangs over the face.
pub(super) fn in_front(canvas: &mut Canvas, portrait: &Portrait, head: &Head) {
    canvas.frame = head.transform();
    let style = portrait.hair.style;
    let outer = head.skull_hair(style);
    let line = hairline(portrait, head);
    let shape = joined(&[&outer, &line]);
    let colour = portrait.hair.colour;
    let (up, w) = (head.up, head.width);
    canvas.fill_between(
        &shape,
        ((0.0, -up), shade(colour, 0.95)),
        ((0.0, 0.0), shade(colour, 0.75)),
    );
    canvas.clip_to(&shape);
    strands(canvas, portrait, head);
    canvas.glow(
        (-0.10 * w, -0.80 * up),
        (w * 0.36, up * 0.13),
        mix(colour, WHITE, 0.5),
        0.28,
    );
    canvas.unclip();
    if style == HairStyle::OverEars || portrait.ears_hidden {
        locks(canvas, portrait, head);
    }
}

/// The edge of the hair on the forehead, from the right temple to the left.
fn hairline(portrait: &Portrait, head: &Head) -> Vec<Spot> {
    let (half, up, down) = (head.width / 2.0, head.up, head.down);
    let fringe = portrait.hair.fringe.clamp(0.0, 1.0);
    let hang = |x: f32, y: f32| {
        let full = -0.07 * down - 0.02 * down * (x * 7.0).abs().fract();
        (x * half, y * up + (full - y * up) * fringe)
    };
    let knots: &[Spot] = match portrait.hair.style {
        HairStyle::Short => &[
            (0.95, -0.02),
            (0.90, -0.24),
            (0.82, -0.42),
            (0.62, -0.60),
            (0.30, -0.645),
            (0.0, -0.63),
            (-0.30, -0.645),
            (-0.62, -0.60),
            (-0.82, -0.42),
            (-0.90, -0.24),
            (-0.95, -0.02),
        ],
        HairStyle::SideParted => &[
            (0.95, -0.02),
            (0.90, -0.24),
            (0.84, -0.42),
            (0.62, -0.66),
            (0.34, -0.74),
            (0.05, -0.64),
            (-0.32, -0.56),
            (-0.66, -0.50),
            (-0.84, -0.38),
            (-0.91, -0.22),
            (-0.95, -0.02),
        ],
        HairStyle::TiedBack => &[
            (0.99, -0.06),
            (0.94, -0.28),
            (0.84, -0.50),
            (0.62, -0.66),
            (0.30, -0.735),
            (0.0, -0.745),
            (-0.30, -0.735),
            (-0.62, -0.66),
            (-0.84, -0.50),
            (-0.94, -0.28),
            (-0.99, -0.06),
        ],
        HairStyle::BehindEars | HairStyle::OverEars => &[
            (1.0, -0.04),
            (0.93, -0.22),
            (0.84, -0.42),
            (0.55, -0.62),
            (0.20, -0.74),
            (0.0, -0.79),
            (-0.20, -0.74),
            (-0.55, -0.62),
            (-0.84, -0.42),
            (-0.93, -0.22),
            (-1.0, -0.04),
        ],
    };
    knots
        .iter()
        .map(|&(x, y)| {
            if x.abs() > 0.9 {
                (x * half, y * up)
            } else {
                hang(x, y)
            }
        })
        .collect()
}

/// Where the strands start: the parting or the top.
fn parting(style: HairStyle) -> f32 {
    match style {
        HairStyle::SideParted => 0.34,
        _ => 0.0,
    }
}

fn strands(canvas: &mut Canvas, portrait: &Portrait, head: &Head) {
    let mut random = Random::new(portrait.seed ^ 0x4a17);
    let (half, up) = (head.width / 2.0, head.up);
    let colour = portrait.hair.colour;
    let from = parting(portrait.hair.style);
    for _ in 0..150 {
        let x = random.between(-1.1, 1.1);
        let start = (
            half * (from + (x - from) * 0.10),
            -up * random.between(0.93, 1.0),
        );
        let middle = (
            half * (from + (x - from) * 0.62),
            -up * random.between(0.74, 0.93),
        );
        let end = (half * x * 1.04, -up * random.between(0.0, 0.5));
        let ink = if random.once_in(3) {
            mix(colour, WHITE, 0.30)
        } else {
            shade(colour, 0.45)
        };
        canvas.line(
            &curve(&[start, middle, end]),
            head.width * random.between(0.003, 0.009),
            ink,
            0.30,
        );
    }
}

/// Locks hanging over the ears.
fn locks(canvas: &mut Canvas, portrait: &Portrait, head: &Head) {
    let (half, up, down) = (head.width / 2.0, head.up, head.down);
    let end = if portrait.hair.style == HairStyle::OverEars {
        1.25
    } else {
        0.50
    };
    let mut random = Random::new(portrait.seed ^ 0x10c5);
    let colour = portrait.hair.colour;
    for side in [-1.0, 1.0] {
        let knots: Vec<Spot> = [
            (0.86, -0.40 * up),
            (1.08, -0.45 * up),
            (1.22, 0.1 * down),
            (1.23, 0.5 * down * end),
            (1.10, down * end),
            (0.93, 0.8 * down * end),
            (0.90, 0.3 * down),
            (0.90, 0.0),
        ]
        .into_iter()
        .map(|(x, y): Spot| (side * x * half, y))
        .collect();
        let lock = blob(&knots);
        canvas.fill_between(
            &lock,
            ((side * half * 0.88, 0.0), shade(colour, 0.75)),
            ((side * half * 1.22, 0.0), mix(colour, WHITE, 0.08)),
        );
        canvas.clip_to(&lock);
        for _ in 0..34 {
            let x = random.between(0.86, 1.22);
            let bend = random.between(-0.03, 0.03);
            let line = [
                (side * half * x * 0.93, -0.45 * up),
                (side * half * (x + bend), 0.2 * down),
                (side * half * (x - bend), down * end),
            ];
            let ink = if random.once_in(3) {
                mix(colour, WHITE, 0.28)
            } else {
                shade(colour, 0.45)
            };
            canvas.line(
                &curve(&line),
                head.width * random.between(0.003, 0.008),
                ink,
                0.32,
            );
        }
        canvas.unclip();
    }
}
