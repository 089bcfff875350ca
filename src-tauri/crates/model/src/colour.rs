//! The difference of two colours, the one formula that measuring and judging share.
//!
//! Arithmetic on numbers only: conversion from pixels is the vision engine's, limits are a profile's.

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
}
