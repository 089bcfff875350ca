//! One row of bilinear samples from a byte picture.

use super::lanes::Simd;

/// Where the samples of a row lie, and how bytes become numbers.
pub(crate) struct SampleRow<'a> {
    /// RGB bytes, rows without gaps.
    pub pixels: &'a [u8],
    pub width: usize,
    pub height: usize,
    /// Place of the first sample, and the way from one to the next, x and y; whole numbers are pixel centres.
    pub start: [f64; 2],
    pub step: [f64; 2],
    /// `byte * scale + shift`.
    pub scale: f32,
    pub shift: f32,
    /// Bytes as numbers at places that have no four pixels around them.
    pub rim: &'a dyn Fn(f32, f32) -> [f32; 3],
}

/// Fills `out` (RGB cells) with the samples of `row`.
pub(crate) fn sample_row(simd: Simd, row: &SampleRow<'_>, out: &mut [f32]) {
    match simd {
        Simd::Portable => body::<Plain>(row, out),
        #[cfg(target_arch = "x86_64")]
        // SAFETY: a `Detected` inside the variant proves that AVX2 and FMA are present.
        Simd::Avx2(_) => unsafe { body_avx2(row, out) },
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn body_avx2(row: &SampleRow<'_>, out: &mut [f32]) {
    body::<Sse>(row, out);
}

/// Adding and subtracting it rounds values below 2²² to whole numbers.
const ROUND: f32 = 12_582_912.0;

/// The same for multiples of 1/32 in double precision.
const ROUND_32ND: f64 = 6_755_399_441_055_744.0 / 32.0;

/// Two pixels side by side, and one byte more so that four values can be read from the second.
type Pair = [u8; 7];

/// Cells whose places are worked out together.
const BLOCK: usize = 8;

/// Where the cells of a block look: the byte of the upper left pixel, and the parts of the way to its neighbours.
struct Places {
    at: [u32; BLOCK],
    part: [[f32; BLOCK]; 2],
}

trait Mix {
    /// The places of the block that begins at cell `u`; `None` when not all of them have four pixels around them
    /// with a byte behind.
    fn places(row: &SampleRow<'_>, u: usize) -> Option<Places>;

    /// Four pixels to one: red, green, blue and a value of no use, which makes four as quick as three.
    fn mix(above: &Pair, below: &Pair, part: [f32; 2], row: &SampleRow<'_>) -> [f32; 4];

    /// As [`Self::mix`] for two cells.
    fn mix_two(
        above: [&Pair; 2],
        below: [&Pair; 2],
        [fx, fy]: [[f32; 2]; 2],
        row: &SampleRow<'_>,
    ) -> [[f32; 4]; 2] {
        [
            Self::mix(above[0], below[0], [fx[0], fy[0]], row),
            Self::mix(above[1], below[1], [fx[1], fy[1]], row),
        ]
    }
}

#[inline(always)]
fn body<M: Mix>(row: &SampleRow<'_>, out: &mut [f32]) {
    for (i, block) in out.chunks_mut(BLOCK * 3).enumerate() {
        let u = i * BLOCK;
        if block.len() == BLOCK * 3
            && let Some(places) = M::places(row, u)
            && let Some(block) = block.first_chunk_mut()
        {
            inner::<M>(row, &places, block);
        } else {
            rim::<M>(row, u, block);
        }
    }
}

/// A block that lies wholly inside the picture.
#[inline(always)]
fn inner<M: Mix>(row: &SampleRow<'_>, places: &Places, block: &mut [f32; 3 * BLOCK]) {
    let stride = row.width * 3;
    let pair = |at: usize| row.pixels.get(at..).and_then(<[u8]>::first_chunk);
    for u in (0..BLOCK).step_by(2) {
        let [first, second] = [places.at[u] as usize, places.at[u + 1] as usize];
        let above = (pair(first), pair(second));
        let below = (pair(first + stride), pair(second + stride));
        if let ((Some(a), Some(b)), (Some(c), Some(d))) = (above, below) {
            let [x, y] = &places.part;
            let part = [[x[u], x[u + 1]], [y[u], y[u + 1]]];
            let [one, two] = M::mix_two([a, b], [c, d], part, row);
            // Four values at once; the fourth is overwritten by the next cell.
            block[3 * u..3 * u + 4].copy_from_slice(&one);
            if u + 2 < BLOCK {
                block[3 * u + 3..3 * u + 7].copy_from_slice(&two);
            } else {
                block[3 * u + 3..3 * u + 6].copy_from_slice(&two[..3]);
            }
        }
    }
}

/// Cell by cell, with what lies outside.
#[inline(never)]
fn rim<M: Mix>(row: &SampleRow<'_>, first: usize, block: &mut [f32]) {
    let (last_x, last_y) = ((row.width - 1) as f32, (row.height - 1) as f32);
    for (u, cell) in block.as_chunks_mut::<3>().0.iter_mut().enumerate() {
        let u = (first + u) as f64;
        let x = to_32nd(row.step[0] * u + row.start[0]);
        let y = to_32nd(row.step[1] * u + row.start[1]);
        if x >= 0.0 && y >= 0.0 && x < last_x && y < last_y {
            let (left, upper) = (x as u32, y as u32);
            let at = (upper as usize * row.width + left as usize) * 3;
            let below = row
                .pixels
                .get(at + row.width * 3..)
                .and_then(|rest| rest.first_chunk());
            if let (Some(above), Some(below)) = (row.pixels[at..].first_chunk(), below) {
                let part = [x - left as f32, y - upper as f32];
                let [red, green, blue, _] = M::mix(above, below, part, row);
                *cell = [red, green, blue];
                continue;
            }
        }
        *cell = (row.rim)(x, y).map(|value| (value + ROUND - ROUND) * row.scale + row.shift);
    }
}

/// The nearest multiple of 1/32; in double precision, since a place on the wrong side of a step shows.
#[inline(always)]
fn to_32nd(place: f64) -> f32 {
    (place + ROUND_32ND - ROUND_32ND) as f32
}

struct Plain;

impl Mix for Plain {
    fn places(row: &SampleRow<'_>, first: usize) -> Option<Places> {
        let (last_x, last_y) = ((row.width - 1) as f32, (row.height - 1) as f32);
        let mut places = Places {
            at: [0; BLOCK],
            part: [[0.0; BLOCK]; 2],
        };
        for u in 0..BLOCK {
            let x = to_32nd(row.step[0] * (first + u) as f64 + row.start[0]);
            let y = to_32nd(row.step[1] * (first + u) as f64 + row.start[1]);
            if !(x >= 0.0 && y >= 0.0 && x < last_x && y < last_y) {
                return None;
            }
            let (left, upper) = (x as u32, y as u32);
            let at = (upper as usize * row.width + left as usize) * 3;
            if at + row.width * 3 + size_of::<Pair>() > row.pixels.len() {
                return None;
            }
            places.at[u] = u32::try_from(at).ok()?;
            places.part[0][u] = x - left as f32;
            places.part[1][u] = y - upper as f32;
        }
        Some(places)
    }

    fn mix(above: &Pair, below: &Pair, [fx, fy]: [f32; 2], row: &SampleRow<'_>) -> [f32; 4] {
        std::array::from_fn(|i| {
            let [a, b, c, d] = [above[i], above[i + 3], below[i], below[i + 3]].map(f32::from);
            let (upper, lower) = (a + (b - a) * fx, c + (d - c) * fx);
            let value = upper + (lower - upper) * fy;
            (value + ROUND - ROUND) * row.scale + row.shift
        })
    }
}

#[cfg(target_arch = "x86_64")]
use sse::Sse;

#[cfg(target_arch = "x86_64")]
mod sse {
    use std::arch::x86_64 as arch;

    use super::{BLOCK, Mix, Pair, Places, ROUND, ROUND_32ND, SampleRow};

    /// Used only inside functions that enable `avx2,fma`, which are only called with a
    /// [`super::super::lanes::Detected`] at hand.
    pub(super) struct Sse;

    #[inline(always)]
    fn four(bytes: &[u8; 4]) -> arch::__m128 {
        let word = i32::from_le_bytes(*bytes);
        // SAFETY: AVX2, hence SSE4.1, is present (see `Sse`).
        unsafe { arch::_mm_cvtepi32_ps(arch::_mm_cvtepu8_epi32(arch::_mm_cvtsi32_si128(word))) }
    }

    /// The two pixels of a line as four values each.
    #[inline(always)]
    fn line(pair: &Pair) -> (arch::__m128, arch::__m128) {
        let (left, right) = (pair.first_chunk(), pair.last_chunk());
        (
            four(left.unwrap_or(&[0; 4])),
            four(right.unwrap_or(&[0; 4])),
        )
    }

    #[inline(always)]
    fn blend(a: arch::__m128, b: arch::__m128, part: arch::__m128) -> arch::__m128 {
        // SAFETY: AVX2 and FMA are present (see `Sse`).
        unsafe { arch::_mm_fmadd_ps(arch::_mm_sub_ps(b, a), part, a) }
    }

    /// A pixel each of two cells as four values each.
    #[inline(always)]
    fn eight(first: &[u8; 4], second: &[u8; 4]) -> arch::__m256 {
        let [first, second] = [i32::from_le_bytes(*first), i32::from_le_bytes(*second)];
        // SAFETY: AVX2 is present (see `Sse`).
        unsafe {
            let bytes = arch::_mm_insert_epi32::<1>(arch::_mm_cvtsi32_si128(first), second);
            arch::_mm256_cvtepi32_ps(arch::_mm256_cvtepu8_epi32(bytes))
        }
    }

    /// The two pixels of a line of two cells.
    #[inline(always)]
    fn lines(first: &Pair, second: &Pair) -> (arch::__m256, arch::__m256) {
        const NONE: &[u8; 4] = &[0; 4];
        let left = (first.first_chunk(), second.first_chunk());
        let right = (first.last_chunk(), second.last_chunk());
        (
            eight(left.0.unwrap_or(NONE), left.1.unwrap_or(NONE)),
            eight(right.0.unwrap_or(NONE), right.1.unwrap_or(NONE)),
        )
    }

    #[inline(always)]
    fn blend_two(a: arch::__m256, b: arch::__m256, part: arch::__m256) -> arch::__m256 {
        // SAFETY: AVX2 and FMA are present (see `Sse`).
        unsafe { arch::_mm256_fmadd_ps(arch::_mm256_sub_ps(b, a), part, a) }
    }

    /// One value in the first four lanes, another in the last four.
    #[inline(always)]
    fn halves([first, second]: [f32; 2]) -> arch::__m256 {
        // SAFETY: AVX2 is present (see `Sse`).
        unsafe { arch::_mm256_set_m128(arch::_mm_set1_ps(second), arch::_mm_set1_ps(first)) }
    }

    /// Four places along one axis, from cell `u` on.
    #[inline(always)]
    fn quarter(row: &SampleRow<'_>, axis: usize, u: f64) -> arch::__m128 {
        // SAFETY: AVX2 is present (see `Sse`).
        unsafe {
            let cells = arch::_mm256_set_pd(u + 3.0, u + 2.0, u + 1.0, u);
            let way = arch::_mm256_mul_pd(arch::_mm256_set1_pd(row.step[axis]), cells);
            let place = arch::_mm256_add_pd(way, arch::_mm256_set1_pd(row.start[axis]));
            let round = arch::_mm256_set1_pd(ROUND_32ND);
            arch::_mm256_cvtpd_ps(arch::_mm256_sub_pd(
                arch::_mm256_add_pd(place, round),
                round,
            ))
        }
    }

    /// Eight places along one axis: the whole pixels and the parts of the way to the next; `None` when one of
    /// them is not within `0..last`.
    #[inline(always)]
    fn axis(
        row: &SampleRow<'_>,
        axis: usize,
        first: usize,
        last: usize,
    ) -> Option<(arch::__m256i, arch::__m256)> {
        let u = first as f64;
        // SAFETY: AVX2 is present (see `Sse`).
        unsafe {
            let place = arch::_mm256_set_m128(quarter(row, axis, u + 4.0), quarter(row, axis, u));
            let inside = arch::_mm256_and_ps(
                arch::_mm256_cmp_ps::<{ arch::_CMP_GE_OQ }>(place, arch::_mm256_setzero_ps()),
                arch::_mm256_cmp_ps::<{ arch::_CMP_LT_OQ }>(
                    place,
                    arch::_mm256_set1_ps(last as f32),
                ),
            );
            if arch::_mm256_movemask_ps(inside) != 0xff {
                return None;
            }
            let whole = arch::_mm256_cvttps_epi32(place);
            Some((
                whole,
                arch::_mm256_sub_ps(place, arch::_mm256_cvtepi32_ps(whole)),
            ))
        }
    }

    impl Mix for Sse {
        #[inline(always)]
        fn places(row: &SampleRow<'_>, first: usize) -> Option<Places> {
            // Byte offsets are worked out in 32 bits; a larger picture goes cell by cell.
            let stride = i32::try_from(row.width * 3).ok()?;
            let bytes = i32::try_from(row.pixels.len()).ok()?;
            let limit = bytes
                .checked_sub(stride)?
                .checked_sub(size_of::<Pair>() as i32)?;
            let (left, fx) = axis(row, 0, first, row.width - 1)?;
            let (upper, fy) = axis(row, 1, first, row.height - 1)?;
            let mut places = Places {
                at: [0; BLOCK],
                part: [[0.0; BLOCK]; 2],
            };
            // SAFETY: AVX2 is present (see `Sse`); the stores go to eight values of our own each.
            unsafe {
                let at = arch::_mm256_add_epi32(
                    arch::_mm256_mullo_epi32(upper, arch::_mm256_set1_epi32(stride)),
                    arch::_mm256_mullo_epi32(left, arch::_mm256_set1_epi32(3)),
                );
                let beyond = arch::_mm256_cmpgt_epi32(at, arch::_mm256_set1_epi32(limit));
                if arch::_mm256_movemask_epi8(beyond) != 0 {
                    return None;
                }
                arch::_mm256_storeu_si256(places.at.as_mut_ptr().cast(), at);
                let [x, y] = &mut places.part;
                arch::_mm256_storeu_ps(x.as_mut_ptr(), fx);
                arch::_mm256_storeu_ps(y.as_mut_ptr(), fy);
            }
            Some(places)
        }

        #[inline(always)]
        fn mix(above: &Pair, below: &Pair, [fx, fy]: [f32; 2], row: &SampleRow<'_>) -> [f32; 4] {
            let ((a, b), (c, d)) = (line(above), line(below));
            // SAFETY: AVX2 and FMA are present (see `Sse`); the store goes to four floats of our own.
            unsafe {
                let fx = arch::_mm_set1_ps(fx);
                let value = blend(blend(a, b, fx), blend(c, d, fx), arch::_mm_set1_ps(fy));
                let round = arch::_mm_set1_ps(ROUND);
                let whole = arch::_mm_sub_ps(arch::_mm_add_ps(value, round), round);
                let scaled = arch::_mm_fmadd_ps(
                    whole,
                    arch::_mm_set1_ps(row.scale),
                    arch::_mm_set1_ps(row.shift),
                );
                let mut cell = [0.0; 4];
                arch::_mm_storeu_ps(cell.as_mut_ptr(), scaled);
                cell
            }
        }

        #[inline(always)]
        fn mix_two(
            above: [&Pair; 2],
            below: [&Pair; 2],
            [fx, fy]: [[f32; 2]; 2],
            row: &SampleRow<'_>,
        ) -> [[f32; 4]; 2] {
            let ((a, b), (c, d)) = (lines(above[0], above[1]), lines(below[0], below[1]));
            let (fx, fy) = (halves(fx), halves(fy));
            let value = blend_two(blend_two(a, b, fx), blend_two(c, d, fx), fy);
            // SAFETY: AVX2 and FMA are present (see `Sse`); the stores go to four floats of our own each.
            unsafe {
                let round = arch::_mm256_set1_ps(ROUND);
                let whole = arch::_mm256_sub_ps(arch::_mm256_add_ps(value, round), round);
                let scaled = arch::_mm256_fmadd_ps(
                    whole,
                    arch::_mm256_set1_ps(row.scale),
                    arch::_mm256_set1_ps(row.shift),
                );
                let mut cells = [[0.0; 4]; 2];
                let [first, second] = &mut cells;
                arch::_mm_storeu_ps(first.as_mut_ptr(), arch::_mm256_castps256_ps128(scaled));
                arch::_mm_storeu_ps(
                    second.as_mut_ptr(),
                    arch::_mm256_extractf128_ps::<1>(scaled),
                );
                cells
            }
        }
    }
}
