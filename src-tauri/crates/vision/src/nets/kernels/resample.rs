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

/// Two pixels side by side, and one byte more so that four values can be read from the second.
type Pair = [u8; 7];

/// Four pixels to one: red, green, blue and a value of no use, which makes four as quick as three.
trait Mix {
    fn mix(above: &Pair, below: &Pair, part: [f32; 2], row: &SampleRow<'_>) -> [f32; 4];
}

#[inline(always)]
fn body<M: Mix>(row: &SampleRow<'_>, out: &mut [f32]) {
    let (last_x, last_y) = ((row.width - 1) as f32, (row.height - 1) as f32);
    for (u, cell) in out.as_chunks_mut::<3>().0.iter_mut().enumerate() {
        let x = to_32nd(row.step[0] * u as f64 + row.start[0]);
        let y = to_32nd(row.step[1] * u as f64 + row.start[1]);
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
    const ROUND_32ND: f64 = 6_755_399_441_055_744.0 / 32.0;
    (place + ROUND_32ND - ROUND_32ND) as f32
}

struct Plain;

impl Mix for Plain {
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

    use super::{Mix, Pair, ROUND, SampleRow};

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

    impl Mix for Sse {
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
    }
}
