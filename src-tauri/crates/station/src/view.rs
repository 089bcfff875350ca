//! From the domain to the wire: plain conversions, one per view.
//!
//! No queries and no rules here, so that what a screen shows of a thing is the same everywhere.

use zhaoshen_model::{DecisionKind, Finding, Mark, PixelRect, Point, ReasonChoice, Severity, Unit};

use crate::wire::{Crop, FindingView, MarkView, Reason, RectView};

/// The wire's word for a severity.
pub(crate) const fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Pass => "pass",
        Severity::Warn => "warn",
        Severity::Fail => "fail",
        Severity::Unknown => "unknown",
    }
}

/// The wire's word for a unit: its symbol, or `ratio` for a share, which screens read as a percentage.
pub(crate) const fn unit_word(unit: Unit) -> &'static str {
    match unit {
        Unit::Ratio => "ratio",
        _ => unit.symbol(),
    }
}

/// One finding with its title.
pub(crate) fn finding(finding: Finding, title: &str) -> FindingView {
    FindingView {
        rule: finding.rule,
        code: finding.code,
        title: title.to_owned(),
        severity: severity_word(finding.severity).to_owned(),
        value: finding.value,
        unit: unit_word(finding.unit).to_owned(),
        min: finding.min,
        max: finding.max,
        message: finding.message,
        clause: finding.clause,
        marks: finding.marks.iter().map(mark).collect(),
    }
}

/// A rectangle.
pub(crate) const fn rect(rect: PixelRect) -> RectView {
    RectView {
        x: rect.x,
        y: rect.y,
        width: rect.width,
        height: rect.height,
    }
}

/// A close look.
pub(crate) fn crop(key: &str, title: &str, area: PixelRect) -> Crop {
    Crop {
        key: key.to_owned(),
        title: title.to_owned(),
        rect: rect(area),
    }
}

/// A reason, outwards.
pub(crate) fn reason(choice: ReasonChoice) -> Reason {
    Reason {
        code: choice.code,
        text: choice.text,
    }
}

/// A reason, inwards; blank texts are dropped.
pub(crate) fn reason_choice(reason: Reason) -> Option<ReasonChoice> {
    let text = reason.text.trim().to_owned();
    (!text.is_empty()).then_some(ReasonChoice {
        code: reason.code,
        text,
    })
}

/// The wire's word for a decision, empty while undecided.
pub(crate) fn decision_word(kind: Option<DecisionKind>) -> String {
    kind.map_or_else(String::new, |kind| kind.as_str().to_owned())
}

fn mark(mark: &Mark) -> MarkView {
    match mark {
        Mark::HorizontalLine { y, min, max } => MarkView::HorizontalLine {
            y: *y,
            min: *min,
            max: *max,
        },
        Mark::VerticalLine { x, min, max } => MarkView::VerticalLine {
            x: *x,
            min: *min,
            max: *max,
        },
        Mark::Segment { from, to } => MarkView::Segment {
            from: pair(*from),
            to: pair(*to),
        },
        Mark::Rect { rect: area } => MarkView::Rect { rect: rect(*area) },
        Mark::Points { points } => MarkView::Points {
            points: points.iter().copied().map(pair).collect(),
        },
    }
}

const fn pair(point: Point) -> [f64; 2] {
    [point.x, point.y]
}
