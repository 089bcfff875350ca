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

/// Two pixels side by side, and two bytes more so that both are one word. (Pixels are three bytes: where one more byte
/// follows a pair, so do two.)
type Pair = [u8; 8];

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

    /// All cells of a block.
    ///
    /// # Safety
    /// `places` must come from [`Self::places`] for this row.
    unsafe fn block(row: &SampleRow<'_>, places: &Places, block: &mut [f32; 3 * BLOCK]);
}

#[inline(always)]
fn body<M: Mix>(row: &SampleRow<'_>, out: &mut [f32]) {
    for (i, block) in out.chunks_mut(BLOCK * 3).enumerate() {
        let u = i * BLOCK;
        if block.len() == BLOCK * 3
            && let Some(places) = M::places(row, u)
            && let Some(block) = block.first_chunk_mut()
        {
            // SAFETY: the places were worked out for this row just now.
            unsafe { M::block(row, &places, block) };
        } else {
            rim::<M>(row, u, block);
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

    unsafe fn block(row: &SampleRow<'_>, places: &Places, block: &mut [f32; 3 * BLOCK]) {
        let pair = |at: usize| row.pixels.get(at..).and_then(<[u8]>::first_chunk);
        for (u, cell) in block.as_chunks_mut::<3>().0.iter_mut().enumerate() {
            let at = places.at[u] as usize;
            if let (Some(above), Some(below)) = (pair(at), pair(at + row.width * 3)) {
                let part = [places.part[0][u], places.part[1][u]];
                let [red, green, blue, _] = Self::mix(above, below, part, row);
                *cell = [red, green, blue];
            }
        }
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
        let [a, b, c, d, e, f, g, _] = *pair;
        (four(&[a, b, c, d]), four(&[d, e, f, g]))
    }

    #[inline(always)]
    fn blend(a: arch::__m128, b: arch::__m128, part: arch::__m128) -> arch::__m128 {
        // SAFETY: AVX2 and FMA are present (see `Sse`).
        unsafe { arch::_mm_fmadd_ps(arch::_mm_sub_ps(b, a), part, a) }
    }

    /// The lines `at` four places, each as `red of the left pixel, of the right one, green …`, two bytes of 0 behind.
    ///
    /// # Safety
    /// A [`Pair`] must be readable at each place from `line` on.
    #[inline(always)]
    unsafe fn lines(line: *const u8, at: [u32; 4]) -> arch::__m256i {
        // SAFETY: AVX2 is present (see `Sse`); the caller promises the pairs.
        unsafe {
            let pair = |i: usize| line.add(at[i] as usize).cast::<i64>().read_unaligned();
            let low = arch::_mm_set_epi64x(pair(1), pair(0));
            let high = arch::_mm_set_epi64x(pair(3), pair(2));
            let order = arch::_mm256_broadcastsi128_si256(arch::_mm_setr_epi8(
                0, 3, 1, 4, 2, 5, -1, -1, 8, 11, 9, 12, 10, 13, -1, -1,
            ));
            arch::_mm256_shuffle_epi8(arch::_mm256_set_m128i(high, low), order)
        }
    }

    /// Sums of four pixels, in 1024ths, to network input.
    #[inline(always)]
    fn scaled(sums: arch::__m256i, row: &SampleRow<'_>) -> arch::__m256 {
        // SAFETY: AVX2 and FMA are present (see `Sse`).
        unsafe {
            let round = arch::_mm256_set1_ps(ROUND);
            let share = arch::_mm256_set1_ps(1.0 / 1024.0);
            let whole = arch::_mm256_fmadd_ps(arch::_mm256_cvtepi32_ps(sums), share, round);
            arch::_mm256_fmadd_ps(
                arch::_mm256_sub_ps(whole, round),
                arch::_mm256_set1_ps(row.scale),
                arch::_mm256_set1_ps(row.shift),
            )
        }
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

        /// Parts are 32nds and colours whole, so that the sums are whole 1024ths: the products of bytes give
        /// what [`Self::mix`] gives.
        #[inline(always)]
        unsafe fn block(row: &SampleRow<'_>, places: &Places, block: &mut [f32; 3 * BLOCK]) {
            let out = block.as_mut_ptr();
            // SAFETY: AVX2 and FMA are present (see `Sse`); the places have a pair each, and another one a row further
            // on, as `places` checked. Four floats go to each cell but the last, whose three end the block.
            unsafe {
                let above = row.pixels.as_ptr();
                let below = above.add(row.width * 3);
                // Some blocks ahead, wherever that may be: rows are too short for the processor to see where this goes.
                let ahead = 8 * (places.at[BLOCK - 1] as isize - places.at[0] as isize);
                let ahead = (places.at[0] as usize).wrapping_add_signed(ahead);
                for line in [above, below] {
                    arch::_mm_prefetch::<{ arch::_MM_HINT_T0 }>(line.wrapping_add(ahead).cast());
                }
                let whole = arch::_mm256_set1_epi32(32);
                let parts = |axis: usize| {
                    let part = arch::_mm256_loadu_ps(places.part[axis].as_ptr());
                    arch::_mm256_cvtps_epi32(arch::_mm256_mul_ps(part, arch::_mm256_set1_ps(32.0)))
                };
                // Weights of the left and the right pixel as two bytes, twice for each cell.
                let x = parts(0);
                let across = arch::_mm256_add_epi32(
                    arch::_mm256_sub_epi32(whole, x),
                    arch::_mm256_slli_epi32::<8>(x),
                );
                let across = arch::_mm256_or_si256(across, arch::_mm256_slli_epi32::<16>(across));
                // Weights of the upper and the lower line as two words.
                let y = parts(1);
                let down = arch::_mm256_add_epi32(
                    arch::_mm256_sub_epi32(whole, y),
                    arch::_mm256_slli_epi32::<16>(y),
                );
                for first in [0, 4] {
                    let [_, a, b, c] = [0, 1, 2, 3].map(|i| first + i);
                    let cells = |w: arch::__m256i, i: [i32; 4]| {
                        let [i, j, k, l] = i;
                        let order = arch::_mm256_setr_epi32(i, i, j, j, k, k, l, l);
                        arch::_mm256_permutevar8x32_epi32(w, order)
                    };
                    let at = [first, a, b, c].map(|cell| places.at[cell as usize]);
                    let across = cells(across, [first, a, b, c]);
                    let above = arch::_mm256_maddubs_epi16(lines(above, at), across);
                    let below = arch::_mm256_maddubs_epi16(lines(below, at), across);
                    let even = arch::_mm256_madd_epi16(
                        arch::_mm256_unpacklo_epi16(above, below),
                        cells(down, [first, first, b, b]),
                    );
                    let odd = arch::_mm256_madd_epi16(
                        arch::_mm256_unpackhi_epi16(above, below),
                        cells(down, [a, a, c, c]),
                    );
                    let (even, odd) = (scaled(even, row), scaled(odd, row));
                    let to = out.add(3 * first as usize);
                    arch::_mm_storeu_ps(to, arch::_mm256_castps256_ps128(even));
                    arch::_mm_storeu_ps(to.add(3), arch::_mm256_castps256_ps128(odd));
                    arch::_mm_storeu_ps(to.add(6), arch::_mm256_extractf128_ps::<1>(even));
                    let last = arch::_mm256_extractf128_ps::<1>(odd);
                    if first == 0 {
                        arch::_mm_storeu_ps(to.add(9), last);
                    } else {
                        let mut cell = [0.0; 4];
                        arch::_mm_storeu_ps(cell.as_mut_ptr(), last);
                        block[3 * BLOCK - 3..].copy_from_slice(&cell[..3]);
                    }
                }
            }
        }
    }
}
