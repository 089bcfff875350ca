//! Colour arithmetic for judging a background: sRGB, CIELAB, CIEDE2000, HSV and everyday names.
//!
//! Not for pixels: it is called a handful of times per photo, on medians that were measured.

/// CIELAB (D65) of an sRGB colour (IEC 61966-2-1, CIE 15).
pub fn lab_of(rgb: [u8; 3]) -> [f64; 3] {
    let [r, g, b] = rgb.map(|channel| linear(f64::from(channel) / 255.0));
    let x = (0.412_456_4 * r + 0.357_576_1 * g + 0.180_437_5 * b) / 0.950_47;
    let y = 0.212_672_9 * r + 0.715_152_2 * g + 0.072_175_0 * b;
    let z = (0.019_333_9 * r + 0.119_192_0 * g + 0.950_304_1 * b) / 1.088_83;
    let [x, y, z] = [x, y, z].map(lab_curve);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn linear(channel: f64) -> f64 {
    if channel <= 0.040_45 {
        channel / 12.92
    } else {
        ((channel + 0.055) / 1.055).powf(2.4)
    }
}

fn lab_curve(share: f64) -> f64 {
    let knee: f64 = 6.0 / 29.0;
    if share > knee.powi(3) {
        share.cbrt()
    } else {
        share / (3.0 * knee * knee) + 4.0 / 29.0
    }
}

/// Colour difference CIEDE2000 (ISO/CIE 11664-6, all weights 1) of two CIELAB colours.
pub fn delta_e(one: [f64; 3], other: [f64; 3]) -> f64 {
    let seventh = |chroma: f64| {
        let power = chroma.powi(7);
        (power / (power + 25f64.powi(7))).sqrt()
    };
    let mean_chroma = (one[1].hypot(one[2]) + other[1].hypot(other[2])) / 2.0;
    let stretch = 1.0 + 0.5 * (1.0 - seventh(mean_chroma));
    let (chroma1, hue1) = polar(one[1] * stretch, one[2]);
    let (chroma2, hue2) = polar(other[1] * stretch, other[2]);

    let grey = chroma1 * chroma2 == 0.0;
    let turn = if grey { 0.0 } else { shortest(hue2 - hue1) };
    let lightness = (one[0] + other[0]) / 2.0;
    let chroma = (chroma1 + chroma2) / 2.0;
    let hue = if grey { hue1 + hue2 } else { hue1 + turn / 2.0 };

    let cos = |degrees: f64| degrees.to_radians().cos();
    let tilt = 1.0 - 0.17 * cos(hue - 30.0) + 0.24 * cos(2.0 * hue) + 0.32 * cos(3.0 * hue + 6.0)
        - 0.20 * cos(4.0 * hue - 63.0);
    let off = (lightness - 50.0).powi(2);
    let weight_l = 1.0 + 0.015 * off / (20.0 + off).sqrt();
    let weight_c = 1.0 + 0.045 * chroma;
    let weight_h = 1.0 + 0.015 * chroma * tilt;
    let blue = 60.0 * (-((hue.rem_euclid(360.0) - 275.0) / 25.0).powi(2)).exp();
    let rotation = -blue.to_radians().sin() * 2.0 * seventh(chroma);

    let l = (other[0] - one[0]) / weight_l;
    let c = (chroma2 - chroma1) / weight_c;
    let h = 2.0 * (chroma1 * chroma2).sqrt() * (turn / 2.0).to_radians().sin() / weight_h;
    let squared = l * l + c * c + h * h + rotation * c * h;
    // Rounding may leave a hair below zero; a value that is no number stays none.
    if squared < 0.0 { 0.0 } else { squared.sqrt() }
}

fn polar(a: f64, b: f64) -> (f64, f64) {
    (a.hypot(b), b.atan2(a).to_degrees().rem_euclid(360.0))
}

/// An angle difference as the turn of at most half a circle, degrees.
fn shortest(difference: f64) -> f64 {
    if difference > 180.0 {
        difference - 360.0
    } else if difference < -180.0 {
        difference + 360.0
    } else {
        difference
    }
}

/// Hue 0..360 degrees, saturation 0..1 and value 0..1 of an sRGB colour.
pub fn hsv_of(rgb: [u8; 3]) -> [f64; 3] {
    let [r, g, b] = rgb.map(|channel| f64::from(channel) / 255.0);
    let value = r.max(g).max(b);
    let spread = value - r.min(g).min(b);
    if spread <= 0.0 {
        return [0.0, 0.0, value];
    }
    let sixth = if value <= r {
        ((g - b) / spread).rem_euclid(6.0)
    } else if value <= g {
        (b - r) / spread + 2.0
    } else {
        (r - g) / spread + 4.0
    };
    [60.0 * sixth, spread / value, value]
}

/// Everyday names, as coarse as people use them of a studio background.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColourName {
    /// 白色.
    White,
    /// 浅灰色.
    LightGrey,
    /// 灰色.
    Grey,
    /// 黑色.
    Black,
    /// 红色.
    Red,
    /// 橙色或棕色.
    Orange,
    /// 黄色.
    Yellow,
    /// 绿色.
    Green,
    /// 青色.
    Cyan,
    /// 蓝色.
    Blue,
    /// 紫色.
    Purple,
    /// 粉色.
    Pink,
}

impl ColourName {
    /// The everyday name of an sRGB colour.
    pub fn of(rgb: [u8; 3]) -> Self {
        let [hue, saturation, value] = hsv_of(rgb);
        if value < 0.15 {
            return Self::Black;
        }
        if saturation < 0.10 {
            return match value {
                value if value >= 0.96 => Self::White,
                value if value >= 0.75 => Self::LightGrey,
                _ => Self::Grey,
            };
        }
        match hue {
            hue if !(15.0..345.0).contains(&hue) && saturation < 0.45 => Self::Pink,
            hue if !(15.0..345.0).contains(&hue) => Self::Red,
            hue if hue < 45.0 => Self::Orange,
            hue if hue < 70.0 => Self::Yellow,
            hue if hue < 165.0 => Self::Green,
            hue if hue < 190.0 => Self::Cyan,
            hue if hue < 255.0 => Self::Blue,
            hue if hue < 300.0 => Self::Purple,
            _ => Self::Pink,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs of the test set published with the formula (Sharma, Wu, Dalal 2005, table 1).
    #[test]
    fn delta_e_equals_the_published_pairs() {
        for (one, other, expected) in [
            ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
            ([50.0, -1.3802, -84.2814], [50.0, 0.0, -82.7485], 1.0),
            ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
            ([50.0, 2.49, -0.001], [50.0, -2.49, 0.0009], 7.1792),
            ([50.0, 2.49, -0.001], [50.0, -2.49, 0.0011], 7.2195),
            ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
            (
                [60.2574, -34.0099, 36.2677],
                [60.4626, -34.1751, 39.4387],
                1.2644,
            ),
            (
                [22.7233, 20.0904, -46.694],
                [23.0331, 14.973, -42.5619],
                2.0373,
            ),
            ([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082),
        ] {
            let found = delta_e(one, other);
            assert!(
                (found - expected).abs() < 1e-4,
                "{one:?} {other:?}: {found}"
            );
            assert!((delta_e(other, one) - found).abs() < 1e-9, "not symmetric");
        }
    }

    #[test]
    fn lab_and_hsv_of_known_colours() {
        let near = |found: [f64; 3], expected: [f64; 3]| {
            found
                .iter()
                .zip(expected)
                .all(|(f, e)| (f - e).abs() < 0.02)
        };
        assert!(near(lab_of([255, 255, 255]), [100.0, 0.0, 0.0]));
        assert!(near(lab_of([255, 0, 0]), [53.24, 80.09, 67.2]));
        assert!(near(lab_of([0, 0, 0]), [0.0, 0.0, 0.0]));
        assert!(near(hsv_of([0, 0, 255]), [240.0, 1.0, 1.0]));
        assert!(near(hsv_of([100, 197, 255]), [202.45, 0.608, 1.0]));
        assert!(near(hsv_of([128, 128, 128]), [0.0, 0.0, 0.502]));
    }

    #[test]
    fn names_of_backgrounds() {
        for (rgb, expected) in [
            ([255, 255, 255], ColourName::White),
            ([235, 236, 238], ColourName::LightGrey),
            ([150, 150, 150], ColourName::Grey),
            ([10, 10, 10], ColourName::Black),
            ([200, 20, 30], ColourName::Red),
            ([100, 197, 255], ColourName::Blue),
            ([27, 79, 173], ColourName::Blue),
            ([40, 160, 60], ColourName::Green),
            ([255, 190, 200], ColourName::Pink),
        ] {
            assert_eq!(ColourName::of(rgb), expected, "{rgb:?}");
        }
    }
}
