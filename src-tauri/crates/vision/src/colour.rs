//! sRGB to CIELAB and the colour difference CIEDE2000. Not a colour-management engine: sRGB, D65, 2° only.

use std::sync::OnceLock;

/// A CIELAB colour (D65): lightness 0..=100, a* red–green, b* yellow–blue.
pub type Lab = [f32; 3];

/// Steps of each table of the f of CIE 15.
const STEPS: usize = 4096;
/// Up to here the cube root bends hard and has a table of its own, two hundred times as fine.
const DARK: f32 = 0.02;
/// Where that table begins; a power of two, so that a place in the tables is cut to them by a mask.
const FINE: usize = 2 * STEPS;
/// From here on a number has no parts of one: added to a smaller one, it leaves that rounded in the last bits, all that
/// is left when a place is cut to the tables.
const NO_PARTS: f32 = 8_388_608.0;

struct Tables {
    /// sRGB byte to linear light 0..=1 (IEC 61966-2-1).
    linear: [f32; 256],
    /// The f of CIE 15, a cube root with a straight foot: over 0..=1, and from [`FINE`] on over 0..=[`DARK`].
    root: [f32; 2 * FINE],
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut linear = [0.0; 256];
        for (byte, entry) in linear.iter_mut().enumerate() {
            let value = byte as f64 / 255.0;
            let light = if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            };
            *entry = light as f32;
        }
        let root = std::array::from_fn(|place| {
            let end = if place < FINE { 1.0 } else { f64::from(DARK) };
            foot_and_root(end * (place % FINE) as f64 / STEPS as f64) as f32
        });
        Tables { linear, root }
    })
}

/// CIE 15:2004 equation 8.6.
fn foot_and_root(t: f64) -> f64 {
    const FOOT: f64 = (6.0 / 29.0) * (6.0 / 29.0) * (6.0 / 29.0);
    if t > FOOT {
        t.cbrt()
    } else {
        t * (841.0 / 108.0) + 4.0 / 29.0
    }
}

impl Tables {
    /// f between table steps, for 0..=1. Plain loops, so that eight of them become vectors.
    #[inline(always)]
    fn f<const N: usize>(&self, t: [f32; N]) -> [f32; N] {
        let (mut at, mut part) = ([0u32; N], [0.0; N]);
        for i in 0..N {
            let (steps, begin) = if t[i] < DARK {
                (STEPS as f32 / DARK, FINE as u32)
            } else {
                (STEPS as f32, 0)
            };
            let place = t[i].min(1.0) * steps;
            // A cast would cost as much again as all of this, to be right for numbers that no table has.
            let nearest = (place + NO_PARTS) - NO_PARTS;
            let step = if nearest > place {
                nearest - 1.0
            } else {
                nearest
            };
            part[i] = place - step;
            at[i] = (step + NO_PARTS).to_bits().wrapping_add(begin);
        }
        let (mut low, mut high) = ([0.0; N], [0.0; N]);
        for i in 0..N {
            let at = at[i] as usize;
            low[i] = self.root[at % (2 * FINE)];
            high[i] = self.root[at.wrapping_add(1) % (2 * FINE)];
        }
        for i in 0..N {
            low[i] += (high[i] - low[i]) * part[i];
        }
        low
    }

    /// f of one row of the change to CIE XYZ.
    #[inline(always)]
    fn row<const N: usize>(&self, light: &[[f32; N]; 3], weights: [f32; 3]) -> [f32; N] {
        let mut t = [0.0; N];
        for i in 0..N {
            t[i] = weights[0] * light[0][i] + weights[1] * light[1][i] + weights[2] * light[2][i];
        }
        self.f(t)
    }

    /// `N` pixels in CIELAB, channel by channel.
    #[inline(always)]
    fn channels<const N: usize>(&self, pixels: &[[u8; 3]; N]) -> [[f32; N]; 3] {
        let mut light = [[0.0; N]; 3];
        for (i, pixel) in pixels.iter().enumerate() {
            for (light, byte) in light.iter_mut().zip(pixel) {
                light[i] = self.linear[usize::from(*byte)];
            }
        }
        let x = self.row(&light, TO_X);
        let y = self.row(&light, TO_Y);
        let z = self.row(&light, TO_Z);
        let mut channels = [[0.0; N]; 3];
        for i in 0..N {
            channels[0][i] = 116.0 * y[i] - 16.0;
            channels[1][i] = 500.0 * (x[i] - y[i]);
            channels[2][i] = 200.0 * (y[i] - z[i]);
        }
        channels
    }

    /// `N` pixels in CIELAB.
    #[inline(always)]
    fn labs<const N: usize>(&self, pixels: &[[u8; 3]; N]) -> [Lab; N] {
        let [l, a, b] = self.channels(pixels);
        let mut labs = [[0.0; 3]; N];
        for (i, lab) in labs.iter_mut().enumerate() {
            *lab = [l[i], a[i], b[i]];
        }
        labs
    }
}

/// IEC 61966-2-1 primaries, rows divided by the D65 white point (0.95047, 1, 1.08883).
const TO_X: [f32; 3] = [0.433_953, 0.376_219, 0.189_828];
const TO_Y: [f32; 3] = [0.212_673, 0.715_152, 0.072_175];
const TO_Z: [f32; 3] = [0.017_758, 0.109_477, 0.872_766];

/// A pixel in CIELAB, to within 0.01 of the exact conversion.
pub fn lab(rgb: [u8; 3]) -> Lab {
    let [lab] = tables().labs(&[rgb]);
    lab
}

/// RGB pixels in CIELAB, each as [`lab`] gives it; eight at a time where the caller was compiled for it.
#[inline(always)]
pub(crate) fn labs(rgb: &[u8], out: &mut [Lab]) {
    let tables = tables();
    let (eights, rest) = rgb.as_chunks::<3>().0.as_chunks::<8>();
    let (out_eights, out_rest) = out.as_chunks_mut::<8>();
    for (out, pixels) in out_eights.iter_mut().zip(eights) {
        *out = tables.labs(pixels);
    }
    for (out, pixel) in out_rest.iter_mut().zip(rest) {
        [*out] = tables.labs(&[*pixel]);
    }
}

/// RGB pixels in CIELAB, a plane for each channel; `rgb` holds whole eights of them.
#[inline(always)]
pub(crate) fn lab_planes<const COUNT: usize>(
    rgb: &[[u8; 3]; COUNT],
    planes: [&mut [f32; COUNT]; 3],
) {
    const { assert!(COUNT.is_multiple_of(8)) };
    let tables = tables();
    let [light, red, yellow] = planes.map(|plane| plane.as_chunks_mut::<8>().0.iter_mut());
    for (((pixels, light), red), yellow) in rgb.as_chunks().0.iter().zip(light).zip(red).zip(yellow)
    {
        [*light, *red, *yellow] = tables.channels(pixels);
    }
}

/// CIELAB lightness of a pixel alone.
pub fn lightness(rgb: [u8; 3]) -> f32 {
    let tables = tables();
    let [r, g, b] = rgb.map(|byte| tables.linear[usize::from(byte)]);
    let [y] = tables.row(&[[r], [g], [b]], TO_Y);
    116.0 * y - 16.0
}

/// Luma of ITU-R BT.601, 0..=255, as JPEG stores it.
#[inline]
pub fn luma([r, g, b]: [u8; 3]) -> u8 {
    ((u32::from(r) * 19_595 + u32::from(g) * 38_470 + u32::from(b) * 7_471 + 32_768) >> 16) as u8
}

/// Colour difference CIEDE2000; see [`zhaoshen_model::colour::delta_e`].
pub fn delta_e(first: Lab, second: Lab) -> f64 {
    zhaoshen_model::colour::delta_e(first.map(f64::from), second.map(f64::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delta_e_equals_the_published_test_pairs() {
        // Sharma, Wu & Dalal (2005), table 1.
        #[rustfmt::skip]
        let pairs: [([f32; 3], [f32; 3], f64); 34] = [
            ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
            ([50.0, 3.1571, -77.2803], [50.0, 0.0, -82.7485], 2.8615),
            ([50.0, 2.8361, -74.0200], [50.0, 0.0, -82.7485], 3.4412),
            ([50.0, -1.3802, -84.2814], [50.0, 0.0, -82.7485], 1.0000),
            ([50.0, -1.1848, -84.8006], [50.0, 0.0, -82.7485], 1.0000),
            ([50.0, -0.9009, -85.5211], [50.0, 0.0, -82.7485], 1.0000),
            ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
            ([50.0, -1.0, 2.0], [50.0, 0.0, 0.0], 2.3669),
            ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0009], 7.1792),
            ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0010], 7.1792),
            ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0011], 7.2195),
            ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0012], 7.2195),
            ([50.0, -0.0010, 2.4900], [50.0, 0.0009, -2.4900], 4.8045),
            ([50.0, -0.0010, 2.4900], [50.0, 0.0010, -2.4900], 4.8045),
            ([50.0, -0.0010, 2.4900], [50.0, 0.0011, -2.4900], 4.7461),
            ([50.0, 2.5, 0.0], [50.0, 0.0, -2.5], 4.3065),
            ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
            ([50.0, 2.5, 0.0], [61.0, -5.0, 29.0], 22.8977),
            ([50.0, 2.5, 0.0], [56.0, -27.0, -3.0], 31.9030),
            ([50.0, 2.5, 0.0], [58.0, 24.0, 15.0], 19.4535),
            ([50.0, 2.5, 0.0], [50.0, 3.1736, 0.5854], 1.0000),
            ([50.0, 2.5, 0.0], [50.0, 3.2972, 0.0], 1.0000),
            ([50.0, 2.5, 0.0], [50.0, 1.8634, 0.5757], 1.0000),
            ([50.0, 2.5, 0.0], [50.0, 3.2592, 0.3350], 1.0000),
            ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
            ([63.0109, -31.0961, -5.8663], [62.8187, -29.7946, -4.0864], 1.2630),
            ([61.2901, 3.7196, -5.3901], [61.4292, 2.2480, -4.9620], 1.8731),
            ([35.0831, -44.1164, 3.7933], [35.0232, -40.0716, 1.5901], 1.8645),
            ([22.7233, 20.0904, -46.6940], [23.0331, 14.9730, -42.5619], 2.0373),
            ([36.4612, 47.8580, 18.3852], [36.2715, 50.5065, 21.2231], 1.4146),
            ([90.8027, -2.0831, 1.4410], [91.1528, -1.6435, 0.0447], 1.4441),
            ([90.9257, -0.5406, -0.9208], [88.6381, -0.8985, -0.7239], 1.5381),
            ([6.7747, -0.2908, -2.4247], [5.8714, -0.0985, -2.2286], 0.6377),
            ([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082),
        ];
        for (first, second, expected) in pairs {
            let found = delta_e(first, second);
            assert!(
                (found - expected).abs() < 2e-4,
                "{first:?} {second:?}: {found} not {expected}"
            );
        }
    }

    #[test]
    fn lab_of_known_colours() {
        // Computed with the exact formulas in double precision.
        let table = [
            ([255, 255, 255], [100.0, 0.0, 0.0]),
            ([0, 0, 0], [0.0, 0.0, 0.0]),
            ([255, 0, 0], [53.24, 80.09, 67.20]),
            ([0, 255, 0], [87.73, -86.18, 83.18]),
            ([0, 0, 255], [32.30, 79.19, -107.86]),
            ([128, 128, 128], [53.59, 0.0, 0.0]),
        ];
        for (rgb, expected) in table {
            let found = lab(rgb);
            for (found, expected) in found.iter().zip(expected) {
                assert!(
                    (found - expected).abs() < 0.05,
                    "{rgb:?}: {found} not {expected}"
                );
            }
            assert!((lightness(rgb) - found[0]).abs() < 1e-3);
        }
    }

    #[test]
    fn planes_hold_what_each_pixel_has() {
        let rgb: [[u8; 3]; 16] =
            std::array::from_fn(|i| [17 * i as u8, 255 - 9 * i as u8, (i * i) as u8]);
        let mut planes = [[0.0; 16]; 3];
        lab_planes(&rgb, planes.each_mut());
        for (i, pixel) in rgb.iter().enumerate() {
            let of_planes = planes.map(|plane| plane[i].to_bits());
            assert_eq!(lab(*pixel).map(f32::to_bits), of_planes, "{pixel:?}");
        }
    }

    #[test]
    fn luma_keeps_black_and_white() {
        assert_eq!(
            (luma([0, 0, 0]), luma([255, 255, 255]), luma([7, 7, 7])),
            (0, 255, 7)
        );
    }
}
