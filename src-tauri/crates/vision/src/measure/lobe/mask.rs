//! Sets of a window's pixels, a bit each: a row is one number, so that a row is worked on at once.

use std::array::from_fn;
use std::ops::Range;

use super::{HEIGHT, WIDTH};

/// All columns of a row.
const ROW: u128 = (1 << WIDTH) - 1;
/// The largest radius of a disc.
const MOST: usize = 14;

/// A set of pixels of the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mask(pub(super) [u128; HEIGHT]);

/// The shape that masks grow and shrink by: how far it reaches to either side, by distance from its middle row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Disc {
    radius: usize,
    reach: [usize; MOST + 1],
}

impl Disc {
    /// A disc of an odd number of pixels across.
    pub(super) fn new(across: usize) -> Self {
        let radius = (across / 2).min(MOST);
        let square = (radius * radius) as f64;
        let reach = from_fn(|dy| {
            let rest = square - (dy * dy) as f64;
            rest.max(0.0).sqrt().round_ties_even() as usize
        });
        Self { radius, reach }
    }

    /// Three by three pixels.
    pub(super) const fn block() -> Self {
        Self {
            radius: 1,
            reach: [1; MOST + 1],
        }
    }

    /// The same as [`Self::rows`], from the narrowest rows to the middle one.
    #[inline(always)]
    pub(super) fn rows_from_ends(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        (0..=self.radius).rev().map(|dy| (dy, self.reach[dy]))
    }

    /// Distance from the middle row, and reach to either side.
    pub(super) fn rows(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        (0..=self.radius).map(|dy| (dy, self.reach[dy]))
    }
}

/// The columns of a range, cut to the window.
pub(super) fn columns(range: Range<i32>) -> u128 {
    let inside = |column: i32| column.clamp(0, WIDTH as i32) as u32;
    let below = |column: u32| (1u128 << column) - 1;
    let (begin, end) = (inside(range.start), inside(range.end));
    below(end.max(begin)) & !below(begin)
}

/// A row with every pixel as wide as `reach` to either side.
fn widened(row: u128, reach: usize) -> u128 {
    // Each side by itself: what one shift moves out of the window the next would miss.
    let (mut up, mut down, mut done) = (row, row, 0);
    while done < reach {
        let step = (done + 1).min(reach - done);
        up |= up << step;
        down |= down >> step;
        done += step;
    }
    (up | down) & ROW
}

/// Those runs of `within` that `seeds` touches.
fn spread(seeds: u128, within: u128) -> u128 {
    let (mut up, mut down) = (seeds & within, seeds & within);
    let (mut free_up, mut free_down) = (within, within);
    for shift in [1, 2, 4, 8, 16, 32, 64] {
        up |= free_up & (up << shift);
        free_up &= free_up << shift;
        down |= free_down & (down >> shift);
        free_down &= free_down >> shift;
    }
    up | down
}

impl Mask {
    /// No pixel.
    pub(super) const EMPTY: Self = Self([0; HEIGHT]);

    /// What a rule makes of the rows of this mask and another.
    pub(super) fn with(&self, other: &Self, rule: impl Fn(u128, u128) -> u128) -> Self {
        Self(from_fn(|y| rule(self.0[y], other.0[y]) & ROW))
    }

    /// What is in both.
    pub(super) fn and(&self, other: &Self) -> Self {
        self.with(other, |first, second| first & second)
    }

    /// What is in either.
    pub(super) fn or(&self, other: &Self) -> Self {
        self.with(other, |first, second| first | second)
    }

    /// What is here and not in the other.
    pub(super) fn without(&self, other: &Self) -> Self {
        self.with(other, |first, second| first & !second)
    }

    /// Whatever the disc covers with its middle on a pixel of this.
    pub(super) fn grown(&self, disc: Disc) -> Self {
        let mut grown = Self::EMPTY;
        let (mut wide, mut done) = (self.0, 0);
        for dy in (0..=disc.radius).rev() {
            let reach = disc.reach[dy];
            for row in &mut wide {
                *row = widened(*row, reach - done);
            }
            done = reach;
            for (grown, wide) in grown.0[dy..].iter_mut().zip(&wide) {
                *grown |= wide;
            }
            for (grown, wide) in grown.0.iter_mut().zip(&wide[dy..]) {
                *grown |= wide;
            }
        }
        grown
    }

    /// Wherever the disc fits; beyond the window it always does.
    pub(super) fn shrunk(&self, disc: Disc) -> Self {
        let outside = Self(from_fn(|y| !self.0[y] & ROW)).grown(disc);
        Self(from_fn(|y| !outside.0[y] & ROW))
    }

    /// Without what is thinner than the disc.
    pub(super) fn opened(&self, disc: Disc) -> Self {
        self.shrunk(disc).grown(disc)
    }

    /// With gaps filled that are narrower than the disc.
    pub(super) fn closed(&self, disc: Disc) -> Self {
        self.grown(disc).shrunk(disc)
    }

    /// The parts of this that `seeds` touches; `corners` says whether pixels that meet at a corner are one part.
    pub(super) fn joined_to(&self, seeds: &Self, corners: bool) -> Self {
        let mut joined = seeds.and(self);
        let Some(Range { mut start, mut end }) = joined.rows() else {
            return joined;
        };
        let near = |row: u128| if corners { widened(row, 1) } else { row };
        for y in start..end {
            joined.0[y] = spread(joined.0[y], self.0[y]);
        }
        loop {
            // Whether a row has grown by what its neighbour touches.
            let mut grow = |y: usize, neighbour: usize| {
                let touched = near(joined.0[neighbour]) & self.0[y] & !joined.0[y];
                if touched != 0 {
                    joined.0[y] |= spread(touched, self.0[y]);
                }
                touched != 0
            };
            let mut grown = false;
            for y in start + 1..HEIGHT {
                let grows = grow(y, y - 1);
                grown |= grows;
                if y >= end {
                    if !grows {
                        break;
                    }
                    end = y + 1;
                }
            }
            for y in (0..end - 1).rev() {
                let grows = grow(y, y + 1);
                grown |= grows;
                if y < start {
                    if !grows {
                        break;
                    }
                    start = y;
                }
            }
            if !grown {
                return joined;
            }
        }
    }

    /// The parts of this, from the top down.
    pub(super) fn parts(&self, corners: bool) -> impl Iterator<Item = Self> + use<> {
        let mut rest = self.clone();
        std::iter::from_fn(move || {
            let top = rest.rows()?.start;
            let mut seed = Self::EMPTY;
            seed.0[top] = rest.0[top] & rest.0[top].wrapping_neg();
            let part = rest.joined_to(&seed, corners);
            rest = rest.without(&part);
            Some(part)
        })
    }

    /// The rows that hold pixels, from the first to behind the last.
    pub(super) fn rows(&self) -> Option<Range<usize>> {
        let first = self.0.iter().position(|&row| row != 0)?;
        let last = self.0.iter().rposition(|&row| row != 0)?;
        Some(first..last + 1)
    }

    /// Number of pixels.
    pub(super) fn area(&self) -> u32 {
        self.0.iter().map(|row| row.count_ones()).sum()
    }

    /// Column and row of every pixel.
    pub(super) fn places(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.0.iter().enumerate().flat_map(|(y, &row)| {
            let mut left = row;
            std::iter::from_fn(move || {
                let x = (left != 0).then(|| left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some((x, y))
            })
        })
    }
}
