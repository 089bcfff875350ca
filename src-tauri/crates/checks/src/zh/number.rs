//! Numbers as staff read them: tidy, with their unit, no trailing zeros.

use zhaoshen_model::Unit;

/// `value` with its unit: "331 px", "4.5%", "49,460 字节".
pub(crate) fn number(value: f64, unit: Unit) -> String {
    with_unit(&digits(value, unit, decimals(unit)), unit)
}

/// Bytes as KB of 1024, or as MB from a thousand of them on: "48.3 KB", "20 MB".
pub(crate) fn kilobytes(bytes: f64) -> String {
    let kilobytes = bytes / 1024.0;
    let (value, unit) = match kilobytes {
        kilobytes if kilobytes < 1000.0 => (kilobytes, "KB"),
        _ => (kilobytes / 1024.0, "MB"),
    };
    format!("{} {unit}", digits(value, Unit::None, 1))
}

/// `value` without its unit.
pub(super) fn plain(value: f64, unit: Unit) -> String {
    digits(value, unit, decimals(unit))
}

/// `value`, which is outside `limits`, with as many digits as it takes to look so.
pub(super) fn beyond(value: f64, limits: &[Option<f64>], unit: Unit) -> String {
    let usual = decimals(unit);
    let looks_inside = |places: usize| {
        let shown = digits(value, unit, places);
        limits
            .iter()
            .flatten()
            .any(|limit| digits(*limit, unit, usual) == shown)
    };
    let places = (usual..usual + 4).find(|places| !looks_inside(*places));
    with_unit(&digits(value, unit, places.unwrap_or(usual + 4)), unit)
}

const fn decimals(unit: Unit) -> usize {
    match unit {
        Unit::Px | Unit::Bytes | Unit::Count | Unit::Dpi | Unit::Quality | Unit::None => 0,
        Unit::Deg | Unit::Ratio | Unit::DeltaE | Unit::Lightness => 1,
        Unit::Score => 2,
    }
}

/// Ratios are read as percentages, bytes in groups of three digits.
fn digits(value: f64, unit: Unit, places: usize) -> String {
    let value = if unit == Unit::Ratio {
        value * 100.0
    } else {
        value
    };
    if value.abs() >= 1e15 {
        return format!("{:e}", value.clamp(f64::MIN, f64::MAX));
    }
    let fixed = format!("{value:.places$}");
    let tidy = match fixed.contains('.') {
        true => fixed.trim_end_matches('0').trim_end_matches('.'),
        false => fixed.as_str(),
    };
    let tidy = if tidy == "-0" { "0" } else { tidy };
    if unit == Unit::Bytes {
        grouped(tidy)
    } else {
        tidy.to_owned()
    }
}

fn grouped(digits: &str) -> String {
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) && !out.ends_with('-') {
            out.push(',');
        }
        out.push(digit);
    }
    if !rest.is_empty() {
        out.push('.');
        out.push_str(rest);
    }
    out
}

fn with_unit(digits: &str, unit: Unit) -> String {
    match unit {
        Unit::Ratio => format!("{digits}%"),
        Unit::Deg => format!("{digits}°"),
        Unit::Bytes => format!("{digits} 字节"),
        Unit::Px | Unit::Dpi => format!("{digits} {}", unit.symbol()),
        _ => digits.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_tidy() {
        for (value, unit, expected) in [
            (331.0, Unit::Px, "331 px"),
            (330.6, Unit::Px, "331 px"),
            (10.0, Unit::Deg, "10°"),
            (-0.04, Unit::Deg, "0°"),
            (-7.26, Unit::Deg, "-7.3°"),
            (0.04, Unit::Ratio, "4%"),
            (0.0416, Unit::Ratio, "4.2%"),
            (51_200.0, Unit::Bytes, "51,200 字节"),
            (999.0, Unit::Bytes, "999 字节"),
            (1_234_567.0, Unit::Bytes, "1,234,567 字节"),
            (300.0, Unit::Dpi, "300 dpi"),
            (2.0, Unit::Count, "2"),
            (1.5, Unit::Score, "1.5"),
        ] {
            assert_eq!(number(value, unit), expected, "{value} {unit:?}");
        }
    }

    #[test]
    fn sizes_are_rounded_to_what_people_say() {
        for (bytes, expected) in [
            (51_200.0, "50 KB"),
            (49_460.0, "48.3 KB"),
            (20_971_520.0, "20 MB"),
        ] {
            assert_eq!(kilobytes(bytes), expected);
        }
    }

    #[test]
    fn a_value_outside_never_reads_like_the_limit() {
        let limits = [Some(200.0), Some(300.0)];
        assert_eq!(beyond(331.2, &limits, Unit::Px), "331 px");
        assert_eq!(beyond(300.2, &limits, Unit::Px), "300.2 px");
        assert_eq!(beyond(300.004, &limits, Unit::Px), "300.004 px");
        assert_eq!(beyond(0.0402, &[Some(0.04)], Unit::Ratio), "4.02%");
    }
}
