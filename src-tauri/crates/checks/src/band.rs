//! Allowed bands: how far a value is inside, and what that amounts to.

use zhaoshen_model::profile::{Outside, RuleSettings};
use zhaoshen_model::{Severity, Unit};

/// An allowed band with the strip inside it that is still a hint.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Band {
    /// Lowest allowed value.
    pub min: Option<f64>,
    /// Highest allowed value.
    pub max: Option<f64>,
    /// Width of the hint strip along both limits, on the inside.
    pub margin: f64,
    /// What a value outside amounts to.
    pub outside: Severity,
}

impl Band {
    /// The band of a rule's settings.
    pub fn of(settings: &RuleSettings) -> Self {
        Self {
            min: settings.min,
            max: settings.max,
            margin: settings.warn_margin,
            outside: outside(settings),
        }
    }

    /// The same band with other limits and no hint strip: for the further readings of a rule.
    pub fn with_limits(self, min: Option<f64>, max: Option<f64>) -> Self {
        Self {
            min,
            max,
            margin: 0.0,
            ..self
        }
    }

    /// The same band, outside of which is never more than a hint.
    pub fn as_hint(self) -> Self {
        Self {
            outside: Severity::Warn,
            ..self
        }
    }

    /// Distance to the nearer limit; negative outside, infinite for an open band.
    pub fn slack(self, value: f64) -> f64 {
        let low = self.min.map_or(f64::INFINITY, |min| value - min);
        let high = self.max.map_or(f64::INFINITY, |max| max - value);
        low.min(high)
    }

    /// What `value` amounts to; a value that is no number cannot be judged.
    pub fn severity(self, value: f64) -> Severity {
        if !value.is_finite() {
            return Severity::Unknown;
        }
        let slack = self.slack(value);
        if slack < 0.0 {
            self.outside
        } else if slack < self.margin {
            Severity::Warn
        } else {
            Severity::Pass
        }
    }

    /// How far outside in terms of the limit itself, to tell which of several readings is worst.
    fn excess(self, value: f64) -> f64 {
        let limit = match (self.min, self.max) {
            (Some(min), Some(max)) if value > (min + max) / 2.0 => max,
            (Some(min), _) => min,
            (None, Some(max)) => max,
            (None, None) => return 0.0,
        };
        -self.slack(value) / limit.abs().max(1e-6)
    }
}

/// What lies outside a rule's band.
pub(crate) fn outside(settings: &RuleSettings) -> Severity {
    match settings.outside {
        Outside::Fail => Severity::Fail,
        Outside::Warn => Severity::Warn,
    }
}

/// One measured value with what it is called and where it may lie.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    /// What was measured, as staff read it.
    pub quantity: &'static str,
    /// The value.
    pub value: f64,
    /// Its unit.
    pub unit: Unit,
    /// Where it may lie.
    pub band: Band,
}

impl Reading {
    /// A reading.
    pub const fn new(quantity: &'static str, value: f64, unit: Unit, band: Band) -> Self {
        Self {
            quantity,
            value,
            unit,
            band,
        }
    }

    /// What it amounts to.
    pub fn severity(&self) -> Severity {
        self.band.severity(self.value)
    }

    /// The worst of `readings`; of equally bad ones the one farthest outside, of good ones the first.
    /// Further readings that the profile sets no limit for do not count.
    pub fn worst(readings: &[Self]) -> Option<Self> {
        let (first, further) = readings.split_first()?;
        let mut worst = *first;
        let limited = |reading: &&Self| reading.band.min.is_some() || reading.band.max.is_some();
        for reading in further.iter().filter(limited) {
            let (new, old) = (rank(reading.severity()), rank(worst.severity()));
            let farther = reading.band.excess(reading.value) > worst.band.excess(worst.value);
            if new < old || (new == old && reading.severity() != Severity::Pass && farther) {
                worst = *reading;
            }
        }
        Some(worst)
    }
}

/// Order of severities on screen and in a verdict: fail, unknown, warn, pass.
pub(crate) const fn rank(severity: Severity) -> u8 {
    match severity {
        Severity::Fail => 0,
        Severity::Unknown => 1,
        Severity::Warn => 2,
        Severity::Pass => 3,
    }
}
