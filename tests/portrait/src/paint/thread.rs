//! Hairs: thin lines drawn by the hundred, so blended here directly instead of through tiny-skia's path filler.

use super::canvas::Canvas;
use crate::head::{Spot, segments};
use crate::portrait::Rgb;

/// Straight pieces between two knots of a hair.
const PIECES: usize = 7;

/// How a hair is drawn.
struct Ink {
    colour: [f32; 3],
    strength: f32,
    half: f32,
}

impl Canvas {
    /// A thin smooth line through the knots, as [`Canvas::line`] draws it but blunt at its ends.
    pub(super) fn thread(&mut self, knots: &[Spot], width: f32, colour: Rgb, strength: f32) {
        let ink = Ink {
            colour: colour.map(f32::from),
            strength: strength.clamp(0.0, 1.0),
            half: width / 2.0,
        };
        let frame = self.frame;
        let place = |(x, y): Spot| {
            (
                x * frame.sx + y * frame.kx + frame.tx,
                x * frame.ky + y * frame.sy + frame.ty,
            )
        };
        for [start, first, second, end] in segments(knots, false) {
            let mut from = place(start);
            for piece in 1..=PIECES {
                let t = piece as f32 / PIECES as f32;
                let s = 1.0 - t;
                let weigh = |a: f32, b: f32, c: f32, d: f32| {
                    a * s * s * s + 3.0 * b * s * s * t + 3.0 * c * s * t * t + d * t * t * t
                };
                let to = place((
                    weigh(start.0, first.0, second.0, end.0),
                    weigh(start.1, first.1, second.1, end.1),
                ));
                self.straight(from, to, &ink);
                from = to;
            }
        }
    }

    /// One straight piece, walked along its longer axis. Pieces that follow each other share no pixel centre on that
    /// axis, so that no joint is drawn twice.
    fn straight(&mut self, from: Spot, to: Spot, ink: &Ink) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let steep = dy.abs() >= dx.abs();
        let turn = |(x, y): Spot| if steep { (y, x) } else { (x, y) };
        let (mut low, mut high) = (turn(from), turn(to));
        if low.0 > high.0 {
            std::mem::swap(&mut low, &mut high);
        }
        let run = high.0 - low.0;
        if run < 1e-3 {
            return;
        }
        let slope = (high.1 - low.1) / run;
        // Measured along the other axis a slanting line is thicker.
        let half = ink.half * (1.0 + slope * slope).sqrt();
        let (along_end, across_end) = {
            let (w, h) = (self.pixmap.width() as usize, self.pixmap.height() as usize);
            if steep { (h, w) } else { (w, h) }
        };
        let first = (low.0 + 0.5).clamp(0.0, along_end as f32) as usize;
        let last = (high.0 + 0.5).clamp(0.0, along_end as f32) as usize;
        for step in first..last {
            let middle = low.1 + (step as f32 + 0.5 - low.0) * slope;
            let from = (middle - half - 0.5).clamp(0.0, across_end as f32) as usize;
            let to = (middle + half + 1.5).clamp(0.0, across_end as f32) as usize;
            for side in from..to {
                let cover = (half + 0.5 - (side as f32 + 0.5 - middle).abs())
                    .clamp(0.0, (2.0 * half).min(1.0));
                let (x, y) = if steep { (side, step) } else { (step, side) };
                self.blend(x, y, ink, cover);
            }
        }
    }

    fn blend(&mut self, x: usize, y: usize, ink: &Ink, cover: f32) {
        let index = y * self.pixmap.width() as usize + x;
        let inside = self
            .clip
            .as_ref()
            .map_or(1.0, |mask| f32::from(mask.data()[index]) / 255.0);
        let share = ink.strength * cover * inside;
        let pixel = &mut self.pixmap.data_mut()[index * 4..index * 4 + 3];
        for (value, ink) in pixel.iter_mut().zip(ink.colour) {
            let old = f32::from(*value);
            *value = (old + (ink - old) * share + 0.5) as u8;
        }
    }
}
