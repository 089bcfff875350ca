//! Scaling by the mean of the pixels under each new one, at small ratios.
//!
//! Gives the bytes that `fast_image_resize` gives with `FilterType::Box`, in a fraction of its time: with that filter
//! a pixel counts fully or not at all, so that every new value is the mean of a few neighbours, first down the
//! columns and then along the rows, rounded to bytes between. Means of *all* neighbours that lie side by side are
//! plain sums over whole rows, of which each new pixel then picks its own.

use crate::nets::kernels::{Picks, Wide, wide};

/// Most neighbours of a mean. Of more the library is as quick: the sums over whole rows are mostly for nothing then.
const MOST: usize = 4;

/// What lies under the new pixels of one axis.
#[derive(Debug)]
struct Axis {
    /// For each new pixel the first under it, and how many there are, 1 to [`MOST`].
    spans: Vec<(usize, usize)>,
    /// By number of neighbours, in fractions of `1 << bits`.
    weights: [u32; MOST + 1],
    bits: u32,
}

impl Axis {
    /// `into` pixels out of the part from `start`, `width` long, of `length` pixels; `None` when a mean has too many
    /// neighbours. The steps are those of `precompute_coefficients` and `Normalizer16` of the library, since a
    /// pixel whose middle lies on a boundary goes where rounding has it.
    fn new(length: u32, start: f64, width: f64, into: u32) -> Option<Self> {
        let spans: Option<Vec<_>> =
            if width.total_cmp(&f64::from(into)).is_eq() && start.fract().total_cmp(&0.0).is_eq() {
                let first = start as usize;
                Some((first..first + into as usize).map(|at| (at, 1)).collect())
            } else {
                let scale = (start + width - start) / f64::from(into);
                (0..into)
                    .map(|i| span(length, start + (f64::from(i) + 0.5) * scale, scale))
                    .collect()
            };
        let spans = spans?;
        let fewest = spans.iter().map(|(_, count)| *count).min()?;
        let share = |count: usize, bits: u32| {
            (1.0 / count.max(1) as f64 * f64::from(1u32 << bits)).round() as u32
        };
        let bits = (0..21).find(|&bits| share(fewest, bits + 1) >= 1 << 15)?;
        Some(Self {
            spans,
            weights: std::array::from_fn(|count| share(count, bits)),
            bits,
        })
    }

    /// Whether some mean has `count` neighbours.
    fn uses(&self, count: usize) -> bool {
        self.spans.iter().any(|(_, own)| *own == count)
    }

    /// The pixels that lie under any new one.
    fn reach(&self) -> Option<std::ops::Range<usize>> {
        let (first, _) = self.spans.first()?;
        let (last, count) = self.spans.last()?;
        Some(*first..last + count)
    }
}

/// The pixels under one whose middle is at `middle`, `scale` long: the first and how many.
fn span(length: u32, middle: f64, scale: f64) -> Option<(usize, usize)> {
    let size = scale.max(1.0);
    let radius = 0.5 * size;
    let share = 1.0 / size;
    let low = (middle - radius).floor().max(0.0) as u32;
    let high = (middle + radius).ceil().min(f64::from(length)) as u32;
    let centre = middle - 0.5;
    let counts = |x: &u32| {
        let way = (f64::from(*x) - centre) * share;
        way > -0.5 && way <= 0.5
    };
    let first = (low..high).find(counts)?;
    let count = (first..high).take_while(counts).count();
    (count <= MOST).then_some((first as usize, count))
}

/// What [`Means::run`] needs to know of a picture and a part of it.
#[derive(Debug)]
pub(crate) struct Means {
    down: Axis,
    along: Axis,
}

impl Means {
    /// For the part `[left, top, width, height]` of a picture of `size`, which it must not leave, scaled to `into`.
    /// `None` when the ratio is not small, or when there is nothing to scale.
    pub(crate) fn new(size: [u32; 2], part: [f64; 4], into: [u32; 2]) -> Option<Self> {
        let [left, top, width, height] = part;
        let inside = left >= 0.0
            && top >= 0.0
            && width > 0.0
            && height > 0.0
            && left + width <= f64::from(size[0])
            && top + height <= f64::from(size[1]);
        if !inside {
            return None;
        }
        Some(Self {
            down: Axis::new(size[1], top, height, into[1])?,
            along: Axis::new(size[0], left, width, into[0])?,
        })
    }

    /// Scales `rgb`, whose rows have `width_px` pixels, into `out`, which must have the size asked for.
    pub(crate) fn run(&self, rgb: &[u8], width_px: usize, out: &mut [u8]) {
        wide(Run {
            means: self,
            rgb,
            stride: width_px * 3,
            out,
        });
    }
}

struct Run<'a> {
    means: &'a Means,
    rgb: &'a [u8],
    stride: usize,
    out: &'a mut [u8],
}

impl Wide for Run<'_> {
    type Result = ();

    #[inline(always)]
    fn run(self) {
        let Means { down, along } = self.means;
        let Some(reach) = along.reach() else { return };
        let bytes = (reach.end - reach.start) * 3;
        // A byte more, since pixels are picked four bytes at a time.
        let section = bytes + 1;
        let used: [bool; MOST + 1] = std::array::from_fn(|count| along.uses(count));
        // One section each for the means of one (the row itself), two, three … neighbours.
        let mut rows = vec![0u8; section * MOST];
        let mut sums = vec![0u16; bytes];
        let places = along.spans.iter();
        let places = places.map(|(at, n)| ((n - 1) * section + (at - reach.start) * 3) as u32);
        let picks = Picks::new(places.collect());
        let new_rows = self.out.chunks_exact_mut(along.spans.len() * 3);
        for (out, &(first, count)) in new_rows.zip(&down.spans) {
            let row = |y: usize| &self.rgb[y * self.stride + reach.start * 3..][..bytes];
            let (own, means) = rows.split_at_mut(section);
            let own = &mut own[..bytes];
            match count {
                1 => own.copy_from_slice(row(first)),
                2 => mean_of_two(row(first), row(first + 1), own),
                _ => {
                    begin(row(first), &mut sums);
                    (first + 1..first + count).for_each(|y| add(row(y), &mut sums));
                    finish(&sums, down.weights[count], down.bits, own);
                }
            }
            if used[2] {
                mean_of_two(own, &own[3..], &mut means[..bytes - 3]);
            }
            if used[3] || used[4] {
                begin(own, &mut sums);
                add(&own[3..], &mut sums);
                for count in 3..=MOST {
                    add(own.get(3 * (count - 1)..).unwrap_or(&[]), &mut sums);
                    if used[count] {
                        let means = &mut means[(count - 2) * section..][..bytes];
                        finish(&sums, along.weights[count], along.bits, means);
                    }
                }
            }
            picks.pick(&rows, out);
        }
    }
}

#[inline(always)]
fn mean_of_two(first: &[u8], second: &[u8], out: &mut [u8]) {
    for ((out, first), second) in out.iter_mut().zip(first).zip(second) {
        *out = ((u16::from(*first) + u16::from(*second) + 1) >> 1) as u8;
    }
}

#[inline(always)]
fn begin(row: &[u8], sums: &mut [u16]) {
    for (sum, byte) in sums.iter_mut().zip(row) {
        *sum = u16::from(*byte);
    }
}

#[inline(always)]
fn add(row: &[u8], sums: &mut [u16]) {
    for (sum, byte) in sums.iter_mut().zip(row) {
        *sum = sum.wrapping_add(u16::from(*byte));
    }
}

#[inline(always)]
fn finish(sums: &[u16], weight: u32, bits: u32, out: &mut [u8]) {
    let half = 1 << (bits - 1);
    for (out, sum) in out.iter_mut().zip(sums) {
        let mean = u32::from(*sum).wrapping_mul(weight).wrapping_add(half) >> bits;
        *out = mean.min(255) as u8;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use fast_image_resize::images::{TypedImage, TypedImageRef};
    use fast_image_resize::pixels::U8x3;
    use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
    use proptest::prelude::*;

    use super::*;

    fn noise(bytes: usize, seed: u64) -> Vec<u8> {
        let mut state = seed | 1;
        let next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 32) as u8
        };
        std::iter::repeat_with(next).take(bytes).collect()
    }

    fn by_library(rgb: &[u8], size: [u32; 2], part: [f64; 4], into: [u32; 2]) -> Vec<u8> {
        let source = TypedImageRef::<U8x3>::from_buffer(size[0], size[1], rgb).unwrap();
        let mut out = vec![0; (into[0] * into[1] * 3) as usize];
        let mut target = TypedImage::<U8x3>::from_buffer(into[0], into[1], &mut out).unwrap();
        let options = ResizeOptions::new()
            .resize_alg(ResizeAlg::Convolution(FilterType::Box))
            .crop(part[0], part[1], part[2], part[3]);
        Resizer::new()
            .resize_typed(&source, &mut target, &options)
            .unwrap();
        out
    }

    /// Whether the ratio was small; asserts that the bytes are the library's then.
    fn agrees(size: [u32; 2], part: [f64; 4], into: [u32; 2], seed: u64) -> bool {
        let rgb = noise((size[0] * size[1] * 3) as usize, seed);
        let Some(means) = Means::new(size, part, into) else {
            return false;
        };
        let mut out = vec![7; (into[0] * into[1] * 3) as usize];
        means.run(&rgb, size[0] as usize, &mut out);
        let wanted = by_library(&rgb, size, part, into);
        assert!(out == wanted, "{size:?} {part:?} into {into:?}");
        true
    }

    #[test]
    fn whole_pictures_of_usual_sizes_are_as_the_library_scales_them() {
        for (size, into) in [
            ([1350, 9], [1080, 7]),
            ([9, 1350], [7, 1080]),
            ([50, 40], [40, 32]),
            ([50, 40], [25, 20]),
            ([60, 90], [20, 30]),
            ([64, 64], [16, 16]),
            ([48, 64], [48, 32]),
            ([48, 64], [24, 64]),
            ([48, 64], [48, 64]),
            ([30, 40], [64, 50]),
            ([1, 1], [1, 1]),
            ([1, 1], [3, 2]),
            ([3, 5], [1, 2]),
        ] {
            let whole = [0.0, 0.0, f64::from(size[0]), f64::from(size[1])];
            assert!(agrees(size, whole, into, 0x9e37_79b9_7f4a_7c15), "{size:?}");
        }
    }

    #[test]
    fn large_ratios_and_parts_outside_are_left_to_the_library() {
        assert!(Means::new([100, 100], [0.0, 0.0, 100.0, 100.0], [10, 100]).is_none());
        assert!(Means::new([100, 100], [0.0, 0.0, 100.0, 100.0], [0, 100]).is_none());
        assert!(Means::new([100, 100], [0.0, 50.0, 100.0, 50.5], [100, 50]).is_none());
        assert!(Means::new([100, 100], [f64::NAN, 0.0, 100.0, 50.5], [100, 50]).is_none());
    }

    proptest! {
        #[test]
        fn any_part_is_as_the_library_scales_it(
            (width, height) in (1u32..90, 1u32..40),
            (left, top) in (0.0..0.6f64, 0.0..0.6f64),
            (right, bottom) in (0.7..=1.0f64, 0.7..=1.0f64),
            (across, down) in (0.22..1.6f64, 0.22..1.6f64),
            whole in any::<bool>(),
            seed in any::<u64>(),
        ) {
            let place = |length: u32, share: f64| {
                let at = f64::from(length) * share;
                if whole { at.round() } else { at }
            };
            let (x, y) = (place(width, left), place(height, top));
            let part = [x, y, place(width, right) - x, place(height, bottom) - y];
            let side = |length: f64, share: f64| ((length * share).round() as u32).max(1);
            agrees([width, height], part, [side(part[2], across), side(part[3], down)], seed);
        }
    }
}
