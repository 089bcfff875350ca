//! Hair: the part behind the neck, the part over the skull, fringes and strands.

use super::canvas::{Canvas, blob, curve, joined, mix, shade};
use crate::head::{Head, Spot, along};
use crate::portrait::{HairStyle, Portrait, Rgb, WHITE};
use crate::random::Random;

/// Long hair behind neck and shoulders.
pub(super) fn behind(canvas: &mut Canvas, portrait: &Portrait, head: &Head) {
    canvas.frame = head.transform();
    let (half, up, down) = (head.width / 2.0, head.up, head.down);
    let side: &[Spot] = match portrait.hair.style {
        HairStyle::BehindEars => &[
            (1.05, -0.5),
            (1.07, 0.1),
            (1.05, 0.5),
            (1.12, 0.9),
            (1.17, 1.2),
            (1.08, 1.46),
            (0.6, 1.5),
        ],
        HairStyle::OverEars => &[
            (1.08, -0.5),
            (1.20, 0.1),
            (1.25, 0.6),
            (1.30, 1.0),
            (1.22, 1.42),
            (0.7, 1.5),
        ],
        _ => return,
    };
    let place = |(x, y): Spot, s: f32| (s * x * half, if y < 0.0 { y * up } else { y * down });
    let mut knots: Vec<Spot> = vec![(0.0, -0.9 * up)];
    knots.extend(side.iter().map(|&p| place(p, 1.0)));
    knots.extend(side.iter().rev().map(|&p| place(p, -1.0)));
    let colour = portrait.hair.colour;
    let shape = blob(&knots);
    canvas.fill_between(
        &shape,
        ((0.0, -up), colour),
        ((0.0, down * 1.4), shade(colour, 0.7)),
    );
    canvas.clip_to(&shape);
    let mut random = Random::new(portrait.seed ^ 0xbac4);
    for _ in 0..70 {
        let x = half * random.between(0.80, 1.2) * if random.once_in(2) { -1.0 } else { 1.0 };
        let bend = random.between(-0.04, 0.06);
        let line = [
            (x * 0.9, -0.1 * up),
            (x * (1.0 - bend), 0.6 * down),
            (x * (1.0 + bend), 1.5 * down),
        ];
        strand(canvas, head, colour, &line, &mut random);
    }
    canvas.unclip();
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
    soft_edge(canvas, portrait, head, &line);
    canvas.fill_between(
        &shape,
        ((0.0, -up), shade(colour, 0.95)),
        ((0.0, 0.0), shade(colour, 0.75)),
    );
    canvas.clip_to(&shape);
    strands(canvas, portrait, head);
    canvas.glow(
        (-0.12 * w, -0.80 * up),
        (w * 0.34, up * 0.14),
        mix(colour, WHITE, 0.5),
        0.26,
    );
    canvas.glow(
        (0.24 * w, -0.76 * up),
        (w * 0.18, up * 0.12),
        mix(colour, WHITE, 0.5),
        0.14,
    );
    canvas.unclip();
    if style == HairStyle::OverEars || portrait.ears_hidden {
        locks(canvas, portrait, head);
    }
}

/// Knots of the edge of the hair on the forehead from the right temple to the left: across in half face widths, up in
/// heights of the crown over the eyes.
fn hairline_knots(style: HairStyle) -> [Spot; 11] {
    match style {
        HairStyle::Short => [
            (0.955, 0.07),
            (0.925, -0.20),
            (0.86, -0.40),
            (0.64, -0.585),
            (0.32, -0.65),
            (0.02, -0.625),
            (-0.30, -0.655),
            (-0.62, -0.59),
            (-0.86, -0.40),
            (-0.925, -0.20),
            (-0.955, 0.07),
        ],
        HairStyle::SideParted => [
            (0.955, 0.07),
            (0.925, -0.20),
            (0.86, -0.42),
            (0.62, -0.66),
            (0.36, -0.745),
            (0.06, -0.65),
            (-0.32, -0.56),
            (-0.66, -0.49),
            (-0.86, -0.37),
            (-0.925, -0.20),
            (-0.955, 0.07),
        ],
        HairStyle::TiedBack => [
            (0.985, -0.02),
            (0.945, -0.24),
            (0.86, -0.47),
            (0.64, -0.655),
            (0.32, -0.725),
            (0.0, -0.74),
            (-0.32, -0.725),
            (-0.64, -0.655),
            (-0.86, -0.47),
            (-0.945, -0.24),
            (-0.985, -0.02),
        ],
        HairStyle::BehindEars | HairStyle::OverEars => [
            (1.0, 0.0),
            (0.935, -0.20),
            (0.85, -0.42),
            (0.55, -0.62),
            (0.20, -0.745),
            (0.02, -0.79),
            (-0.18, -0.75),
            (-0.55, -0.62),
            (-0.85, -0.42),
            (-0.935, -0.20),
            (-1.0, 0.0),
        ],
    }
}

/// The hairline in the head's frame, with the fringe let down.
fn hairline(portrait: &Portrait, head: &Head) -> Vec<Spot> {
    let (half, up, down) = (head.width / 2.0, head.up, head.down);
    let fringe = portrait.hair.fringe.clamp(0.0, 1.5);
    let hang = |x: f32, y: f32| {
        let lowest = -0.07 * down - 0.10 * x * x * down;
        (x * half, y * up + (lowest - y * up).max(0.0) * fringe)
    };
    hairline_knots(portrait.hair.style)
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

/// Short hairs across the hairline, so that it is no knife's edge.
fn soft_edge(canvas: &mut Canvas, portrait: &Portrait, head: &Head, line: &[Spot]) {
    let mut random = Random::new(portrait.seed ^ 0xed6e);
    let colour = portrait.hair.colour;
    let w = head.width;
    canvas.line(&curve(line), w * 0.030, colour, 0.12);
    canvas.line(&curve(line), w * 0.016, colour, 0.18);
    let points = along(line, false);
    let brink = head.width * 0.43;
    for point in points.iter().filter(|p| p.0.abs() < brink).step_by(2) {
        let lean = point.0 * random.between(0.02, 0.07);
        let tip = (point.0 + lean, point.1 + w * random.between(0.002, 0.014));
        let root = (point.0 - lean * 0.5, point.1 - w * 0.02);
        canvas.thread(&[root, tip], w * random.between(0.003, 0.006), colour, 0.40);
    }
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
    let from = parting(portrait.hair.style);
    for _ in 0..190 {
        let x = random.between(-1.1, 1.1);
        let start = (
            half * (from + (x - from) * random.between(0.06, 0.30)),
            -up * random.between(0.90, 1.02),
        );
        let middle = (
            half * (from + (x - from) * 0.72),
            -up * random.between(0.76, 0.95),
        );
        let end = (half * x * 1.05, -up * random.between(-0.05, 0.5));
        strand(
            canvas,
            head,
            portrait.hair.colour,
            &[start, middle, end],
            &mut random,
        );
    }
}

/// One strand, lighter or darker than the rest.
fn strand(canvas: &mut Canvas, head: &Head, colour: Rgb, line: &[Spot], random: &mut Random) {
    let (ink, strength) = if random.once_in(3) {
        (mix(colour, [150, 130, 120], 0.42), 0.26)
    } else {
        (shade(colour, 0.45), 0.34)
    };
    canvas.thread(
        line,
        head.width * random.between(0.003, 0.009),
        ink,
        strength,
    );
}

/// Locks hanging over the ears.
fn locks(canvas: &mut Canvas, portrait: &Portrait, head: &Head) {
    let (half, up, down) = (head.width / 2.0, head.up, head.down);
    let end = if portrait.hair.style == HairStyle::OverEars {
        1.30
    } else {
        0.52
    };
    let mut random = Random::new(portrait.seed ^ 0x10c5);
    let colour = portrait.hair.colour;
    for side in [-1.0, 1.0] {
        let knots: Vec<Spot> = [
            (0.70, -0.62 * up),
            (0.98, -0.56 * up),
            (1.12, -0.30 * up),
            (1.20, 0.05 * down),
            (1.235, 0.5 * end * down),
            (1.17, 0.90 * end * down),
            (1.02, end * down),
            (0.92, 0.85 * end * down),
            (0.905, 0.45 * end * down),
            (0.90, 0.05 * down),
            (0.84, -0.32 * up),
        ]
        .into_iter()
        .map(|(x, y): Spot| (side * x * half, y))
        .collect();
        let lock = blob(&knots);
        let (inner, outer) = (side * half * 0.88, side * half * 1.22);
        canvas.line(&lock, head.width * 0.025, [60, 30, 24], 0.14);
        canvas.fill_between(
            &lock,
            ((inner, 0.0), shade(colour, 0.70)),
            ((outer, 0.0), shade(colour, 0.95)),
        );
        canvas.clip_to(&lock);
        for _ in 0..44 {
            let x = random.between(0.86, 1.24);
            let bend = random.between(-0.03, 0.03);
            let line = [
                (side * half * x * 0.80, -0.62 * up),
                (side * half * (x * 0.97), -0.2 * up),
                (side * half * (x + bend), 0.4 * down),
                (side * half * (x - bend), down * end),
            ];
            strand(canvas, head, colour, &line, &mut random);
        }
        canvas.unclip();
    }
}
