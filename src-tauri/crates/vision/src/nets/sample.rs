//! Cutting the square a network looks at out of the picture: affine map, bilinear, float RGB.
//!
//! The geometry is that of MediaPipe's image-to-tensor step: cell `(u, v)` of a network input looks at the
//! picture point the map sends it to, and a picture point with whole coordinates is the centre of a pixel.
//! So are its roundings (places to 1/32 pixel, colours to whole bytes, as OpenCV's warp has them): the detector
//! moves its boxes by 0.3 px in 900 when they are left out.
//! No low-pass filter, as there; a caller with a very large picture does well to hand over a reduced one.

use super::RgbView;
use super::kernels::{SampleRow, Simd, sample_row};

/// What lies outside the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rim {
    Black,
    /// The nearest pixel of the picture.
    Nearest,
}

/// `x = m[0][0] * u + m[0][1] * v + m[0][2]`, likewise y: from input cells to picture pixels.
pub(crate) type Affine = [[f64; 3]; 2];

/// How bytes become network input: `byte * scale + shift`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Range {
    pub scale: f32,
    pub shift: f32,
}

impl Range {
    pub const ZERO_TO_ONE: Self = Self {
        scale: 1.0 / 255.0,
        shift: 0.0,
    };
    pub const MINUS_ONE_TO_ONE: Self = Self {
        scale: 2.0 / 255.0,
        shift: -1.0,
    };
}

/// Fills `out` (`side * side` RGB cells).
pub(crate) fn sample(
    simd: Simd,
    picture: &RgbView<'_>,
    map: &Affine,
    rim: Rim,
    range: Range,
    side: usize,
    out: &mut [f32],
) {
    for (v, row) in out.chunks_exact_mut(side * 3).enumerate() {
        let cells = SampleRow {
            pixels: picture.pixels(),
            width: picture.width_px(),
            height: picture.height_px(),
            start: [0, 1].map(|axis| map[axis][1] * v as f64 + map[axis][2]),
            step: [map[0][0], map[1][0]],
            scale: range.scale,
            shift: range.shift,
            rim: &|x, y| blend_at_rim(picture, x, y, rim),
        };
        sample_row(simd, &cells, row);
    }
}

/// Bytes as numbers at `(x, y)`, of which some or all may lie outside the picture.
fn blend_at_rim(picture: &RgbView<'_>, x: f32, y: f32, rim: Rim) -> [f32; 3] {
    let (width, height) = (picture.width_px(), picture.height_px());
    // Far-away points would lose their fraction; one pixel outside already sees nothing but the rim.
    let (x, y) = (
        x.clamp(-2.0, width as f32 + 1.0),
        y.clamp(-2.0, height as f32 + 1.0),
    );
    let (left, upper) = (x.floor(), y.floor());
    let (fx, fy) = (x - left, y - upper);
    let pixel = |column: f32, row: f32| {
        let inside = column >= 0.0 && row >= 0.0 && column < width as f32 && row < height as f32;
        if !inside && rim == Rim::Black {
            return [0.0; 3];
        }
        let column = (column.max(0.0) as usize).min(width - 1);
        let row = (row.max(0.0) as usize).min(height - 1);
        let at = (row * width + column) * 3;
        picture.pixels()[at..]
            .first_chunk::<3>()
            .map_or([0.0; 3], |rgb| rgb.map(f32::from))
    };
    let corners = [
        pixel(left, upper),
        pixel(left + 1.0, upper),
        pixel(left, upper + 1.0),
        pixel(left + 1.0, upper + 1.0),
    ];
    std::array::from_fn(|i| {
        let [a, b, c, d] = corners.map(|corner| corner[i]);
        let (upper, lower) = (a + (b - a) * fx, c + (d - c) * fx);
        upper + (lower - upper) * fy
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn identity_copies_and_the_rim_is_as_asked() {
        let pixels: Vec<u8> = (0..27).map(|i| i * 9).collect();
        let picture = RgbView::new(&pixels, 3, 3).unwrap();
        let range = Range {
            scale: 1.0,
            shift: 0.0,
        };
        let mut out = [0.0; 27];
        sample(
            Simd::best(),
            &picture,
            &[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]],
            Rim::Nearest,
            range,
            3,
            &mut out,
        );
        assert!(
            out.iter()
                .zip(&pixels)
                .all(|(got, want)| (got - f32::from(*want)).abs() < 1e-4)
        );
        sample(
            Simd::best(),
            &picture,
            &[[1.0, 0.0, -0.5], [0.0, 1.0, 0.0]],
            Rim::Black,
            range,
            3,
            &mut out,
        );
        assert!(
            (out[1] - 4.5).abs() <= 0.5,
            "half of the first pixel's green: {}",
            out[1]
        );
        sample(
            Simd::best(),
            &picture,
            &[[1.0, 0.0, -50.0], [0.0, 1.0, 0.0]],
            Rim::Nearest,
            range,
            3,
            &mut out,
        );
        assert!(
            (out[1] - 9.0).abs() < 1e-4,
            "the first pixel's green: {}",
            out[1]
        );
    }

    #[test]
    fn senseless_maps_do_not_panic() {
        let picture = RgbView::new(&[7; 3], 1, 1).unwrap();
        let mut out = [0.0; 12];
        for bad in [f64::NAN, f64::INFINITY, f64::MIN, 1e30] {
            sample(
                Simd::best(),
                &picture,
                &[[bad; 3]; 2],
                Rim::Nearest,
                Range::ZERO_TO_ONE,
                2,
                &mut out,
            );
            sample(
                Simd::best(),
                &picture,
                &[[0.0, 0.0, bad]; 2],
                Rim::Black,
                Range::ZERO_TO_ONE,
                2,
                &mut out,
            );
        }
    }
}
