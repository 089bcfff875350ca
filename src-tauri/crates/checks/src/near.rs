//! Whether what was measured lies so near its limit that a person should look, though the rule passes it.
//!
//! Rules with a margin of their own (`warn_margin`) tell by a hint. This is for all others, where photos are to be passed
//! unseen; it judges nothing.

use zhaoshen_model::{Finding, Unit};

/// Share of the allowed range, from zero to the limit or from limit to limit, whose last part counts as near.
const NEAR_SHARE: f64 = 0.1;

/// Whether the value lies in the last tenth of what is allowed, towards a limit.
///
/// Counts and sizes of the file are no readings of a picture and are never near; a lower limit alone has no range, so a
/// tenth of the limit itself stands for one.
pub fn is_near_limit(finding: &Finding) -> bool {
    let Some(value) = finding.value else {
        return false;
    };
    if finding.unit == Unit::Bytes || finding.code.starts_with("JPEG-") {
        return false;
    }
    match (finding.min, finding.max) {
        // One value is allowed: a count.
        (Some(min), Some(max)) if max <= min => false,
        (Some(min), Some(max)) => {
            let margin = (max - min) * NEAR_SHARE / 2.0;
            value < min + margin || value > max - margin
        }
        (Some(min), None) => value < min + min.abs() * NEAR_SHARE,
        (None, Some(max)) => max > 0.0 && value > max - max * NEAR_SHARE,
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use zhaoshen_model::Severity;

    use super::*;

    fn found(value: f64, min: Option<f64>, max: Option<f64>, unit: Unit) -> Finding {
        Finding {
            rule: String::new(),
            code: "WEAR-01".to_owned(),
            severity: Severity::Pass,
            value: Some(value),
            unit,
            min,
            max,
            message: String::new(),
            clause: String::new(),
            marks: Vec::new(),
        }
    }

    #[test]
    fn the_last_tenth_of_what_is_allowed_is_near() {
        for (value, min, max, near) in [
            (0.026, None, Some(0.03), false),
            (0.028, None, Some(0.03), true),
            (0.0, None, Some(0.03), false),
            (0.0, None, Some(0.0), false),
            (204.0, Some(200.0), Some(300.0), true),
            (206.0, Some(200.0), Some(300.0), false),
            (297.0, Some(200.0), Some(300.0), true),
            (10.5, Some(10.0), None, true),
            (11.5, Some(10.0), None, false),
            (1.0, Some(1.0), Some(1.0), false),
            (5.0, None, None, false),
        ] {
            assert_eq!(
                is_near_limit(&found(value, min, max, Unit::Ratio)),
                near,
                "{value} in {min:?}–{max:?}"
            );
        }
        assert!(!is_near_limit(&found(
            51_201.0,
            Some(51_200.0),
            None,
            Unit::Bytes
        )));
        let unknown = Finding {
            value: None,
            ..found(0.0, None, Some(1.0), Unit::Ratio)
        };
        assert!(!is_near_limit(&unknown));
    }
}
