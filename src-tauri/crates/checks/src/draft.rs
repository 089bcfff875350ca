//! A finding in the making: what every rule fills in the same way.

use std::collections::BTreeMap;
use std::fmt::Display;

use zhaoshen_model::profile::{Outside, RuleSettings};
use zhaoshen_model::{Finding, Mark, Severity, Unit};

use crate::band::{Band, Reading, outside};
use crate::frame::FinalFrame;
use crate::registry::Rule;
use crate::subject::{Missing, Role, Subject};
use crate::zh;

/// Settings of a rule that the profile does not name: no limits, hints only.
pub(crate) static UNSET: RuleSettings = RuleSettings {
    enabled: true,
    outside: Outside::Warn,
    min: None,
    max: None,
    warn_margin: 0.0,
    also: BTreeMap::new(),
    clause: String::new(),
};

/// A finding in the making.
pub(crate) struct Draft<'a> {
    finding: Finding,
    settings: &'a RuleSettings,
    outside: Severity,
    /// Why no crop can mend it, as a sentence; appended when the rule does not pass.
    aside: Option<String>,
    cropped: bool,
    worded: bool,
}

impl<'a> Draft<'a> {
    /// An empty draft of `rule` for `subject`, judged by `settings`.
    pub fn new(rule: &Rule, subject: &Subject<'a>, settings: &'a RuleSettings) -> Self {
        let worded = subject.worded;
        let text = |text: &str| {
            if worded {
                text.to_owned()
            } else {
                String::new()
            }
        };
        let aside = subject
            .frame
            .violation(rule.code)
            .filter(|_| worded)
            .and_then(zh::obstacle);
        Self {
            finding: Finding {
                rule: text(rule.id),
                code: text(rule.code),
                severity: Severity::Unknown,
                value: None,
                unit: Unit::None,
                min: None,
                max: None,
                message: String::new(),
                clause: text(&settings.clause),
                marks: Vec::new(),
            },
            settings,
            outside: outside(settings),
            aside,
            cropped: false,
            worded,
        }
    }

    /// A further number of the rule, where the profile gives it.
    pub fn also(&self, name: &str) -> Option<f64> {
        self.settings.also.get(name).copied()
    }

    /// Says `unsure` where the region that the rule rests on is told less surely than the profile demands
    /// (`min_confidence`).
    pub fn demand(&self, confidence: Option<f64>, unsure: Missing) -> Result<(), Missing> {
        match self.trusts(confidence) {
            true => Ok(()),
            false => Err(unsure),
        }
    }

    /// Whether a region is told as surely as the profile demands (`min_confidence`).
    pub fn trusts(&self, confidence: Option<f64>) -> bool {
        let least = self.also("min_confidence");
        least.is_none_or(|least| confidence.is_some_and(|sure| sure >= least))
    }

    /// The rule's own band.
    pub fn band(&self) -> Band {
        Band {
            outside: self.outside,
            ..Band::of(self.settings)
        }
    }

    /// A band for a further reading of the rule.
    pub fn limits(&self, min: Option<f64>, max: Option<f64>) -> Band {
        self.band().with_limits(min, max)
    }

    /// In a finished file every deviation is a fault.
    pub fn strict_in(mut self, role: Role) -> Self {
        if role.is_finished() {
            self.outside = Severity::Fail;
        }
        self
    }

    /// The finding speaks of the final frame: where that is a crop, the message says so.
    pub const fn cropped(mut self, frame: &FinalFrame) -> Self {
        self.cropped = !frame.as_is;
        self
    }

    /// Something to draw; built only where findings are shown.
    pub fn mark(mut self, mark: impl FnOnce() -> Mark) -> Self {
        if self.worded {
            self.finding.marks.push(mark());
        }
        self
    }

    /// The finding of one reading.
    pub fn measured(mut self, reading: &Reading) -> Finding {
        let severity = reading.severity();
        if severity == Severity::Unknown {
            return self.unknown(Missing::Number);
        }
        self.set(reading, severity);
        if self.worded {
            self.finding.message = zh::measured(reading);
            if self.cropped {
                self.finding.message.insert_str(0, zh::say::CROPPED);
            }
            if let (true, Some(aside)) = (severity != Severity::Pass, &self.aside) {
                self.finding.message.push_str(aside);
            }
        }
        self.finding
    }

    /// The finding of the worst of several readings.
    pub fn worst(self, readings: &[Reading]) -> Finding {
        match Reading::worst(readings) {
            Some(reading) => self.measured(&reading),
            None => self.unknown(Missing::Number),
        }
    }

    /// A passing finding of a submission for what the export will make so.
    pub fn left_to_export(mut self, reading: &Reading) -> Finding {
        if !reading.value.is_finite() {
            return self.unknown(Missing::Number);
        }
        self.set(reading, Severity::Pass);
        if self.worded {
            self.finding.message = zh::left_to_export(reading);
        }
        self.finding
    }

    /// Outside what is allowed, without a number.
    pub fn outside(self, template: &str, parts: &[&dyn Display]) -> Finding {
        let severity = self.outside;
        self.said(severity, template, parts)
    }

    /// Never more than a hint, without a number.
    pub fn hint(self, template: &str, parts: &[&dyn Display]) -> Finding {
        self.said(Severity::Warn, template, parts)
    }

    /// As it should be, without a number.
    pub fn pass(self, template: &str, parts: &[&dyn Display]) -> Finding {
        self.said(Severity::Pass, template, parts)
    }

    /// Cannot tell.
    pub fn unknown(mut self, missing: Missing) -> Finding {
        self.finding.value = None;
        self.said(Severity::Unknown, zh::missing(missing), &[])
    }

    /// Keeps value and band of `reading`, for a finding that is worded by hand.
    pub fn valued(mut self, reading: &Reading) -> Self {
        self.set(reading, Severity::Unknown);
        self
    }

    fn set(&mut self, reading: &Reading, severity: Severity) {
        self.finding.severity = severity;
        self.finding.value = reading.value.is_finite().then_some(reading.value);
        self.finding.unit = reading.unit;
        self.finding.min = reading.band.min;
        self.finding.max = reading.band.max;
    }

    fn said(mut self, severity: Severity, template: &str, parts: &[&dyn Display]) -> Finding {
        self.finding.severity = severity;
        if self.worded {
            self.finding.message = zh::fill(template, parts);
        }
        self.finding
    }
}
