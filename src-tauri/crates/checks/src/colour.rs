//! Colour arithmetic for judging a background: sRGB, CIELAB, HSV and everyday names.
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
