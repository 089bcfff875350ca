//! The crops that keep a set of bands, in closed form.
//!
//! A position `p` of the picture lies at `(p − corner) / t` in the final file, so a band
//! `min..max` means `p − max·t ≤ corner ≤ p − min·t`; the picture's own edges mean
//! `0 ≤ corner ≤ side − final side·t`. A corner exists where every lower line lies under every
//! upper one (Fourier–Motzkin elimination), which is an interval of `t`.

use super::Canvas;
use super::demands::{Demands, Span};

/// Rounding that two equal bounds may differ by, px.
const ROUNDING: f64 = 1e-9;

/// A crop: source pixels per final pixel, and its left top corner in px of the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Crop {
    pub t: f64,
    pub x: f64,
    pub y: f64,
}

/// The crop inside the picture that keeps every band but those of the mask `dropped`, in mid-band
/// as far as there is room; `None` when no crop does.
pub(super) fn crop(canvas: &Canvas, demands: &Demands, dropped: u8) -> Option<Crop> {
    let across = Axis::new(demands.on_x(dropped), canvas.width, canvas.final_width);
    let on_y = demands.on_y(dropped).chain(demands.head_kept());
    let down = Axis::new(on_y, canvas.height, canvas.final_height);
    let mut range = Range {
        low: canvas.smallest_t(),
        high: canvas.largest_t(),
    };
    for (length, span) in demands.on_size(dropped) {
        range.keep_size(length, span);
    }
    across.narrow(&mut range);
    down.narrow(&mut range);
    if range.is_empty() {
        return None;
    }
    let preferred = demands.preferred_t(dropped).unwrap_or(range.high);
    [preferred, range.low, range.high]
        .into_iter()
        .map(|wish| {
            let t = range.nearest_step(wish, canvas.unit);
            Crop {
                t,
                x: across.corner(t, Some(demands.preferred_x(t, canvas.final_width))),
                y: down.corner(t, demands.preferred_y(t, dropped)),
            }
        })
        .reduce(|best, next| {
            let better = demands.overshoot(next) < demands.overshoot(best) - 1e-6;
            if better { next } else { best }
        })
}

/// An interval of `t`.
struct Range {
    low: f64,
    high: f64,
}

impl Range {
    fn is_empty(&self) -> bool {
        self.low > self.high + ROUNDING
    }

    /// Keeps the `t` with `factor · t ≤ bound`.
    fn keep(&mut self, factor: f64, bound: f64) {
        if factor > 0.0 {
            self.high = self.high.min(bound / factor);
        } else if factor < 0.0 {
            self.low = self.low.max(bound / factor);
        } else if bound < -ROUNDING {
            self.high = f64::NEG_INFINITY;
        }
    }

    /// Keeps the `t` at which `length` of the picture comes out within `span`.
    fn keep_size(&mut self, length: f64, span: Span) {
        if span.max.is_finite() {
            self.keep(-span.max, -length);
        }
        if span.min.is_finite() {
            self.keep(span.min, length);
        }
    }

    /// The `t` of this interval nearest to `wish` that gives whole pixels, or just the nearest.
    fn nearest_step(&self, wish: f64, unit: f64) -> f64 {
        nearest(self.low * unit, self.high * unit, wish * unit) / unit
    }
}

/// The whole number nearest to `wish` in `low..=high`; where there is none, the nearest value.
fn nearest(low: f64, high: f64, wish: f64) -> f64 {
    let (first, last) = ((low - ROUNDING).ceil(), (high + ROUNDING).floor());
    if first <= last {
        wish.round().max(first).min(last)
    } else {
        wish.max(low).min(high)
    }
}

/// `start + slope · t`.
#[derive(Clone, Copy)]
struct Line {
    start: f64,
    slope: f64,
}

impl Line {
    fn at(self, t: f64) -> f64 {
        self.start + self.slope * t
    }
}

/// The bounds on the corner along one axis.
struct Axis {
    lows: Vec<Line>,
    highs: Vec<Line>,
}

impl Axis {
    fn new(bands: impl Iterator<Item = (f64, Span)>, side: f64, final_side: f64) -> Self {
        let line = |start: f64, slope: f64| Line { start, slope };
        let mut axis = Self {
            lows: vec![line(0.0, 0.0)],
            highs: vec![line(side, -final_side)],
        };
        for (place, span) in bands {
            if span.max.is_finite() {
                axis.lows.push(line(place, -span.max));
            }
            if span.min.is_finite() {
                axis.highs.push(line(place, -span.min));
            }
        }
        axis
    }

    fn narrow(&self, range: &mut Range) {
        for low in &self.lows {
            for high in &self.highs {
                range.keep(low.slope - high.slope, high.start - low.start);
            }
        }
    }

    fn corner(&self, t: f64, wish: Option<f64>) -> f64 {
        let low = self.lows.iter().map(|line| line.at(t));
        let high = self.highs.iter().map(|line| line.at(t));
        let low = low.fold(f64::NEG_INFINITY, f64::max);
        let high = high.fold(f64::INFINITY, f64::min);
        nearest(low, high, wish.unwrap_or(f64::midpoint(low, high)))
    }
}
