//! What a rule says of one photo.

use serde::{Deserialize, Serialize};

use crate::geometry::{PixelRect, Point};

/// How a rule (检查项) came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// 合格: inside the allowed band.
    Pass,
    /// 提示: a person should look.
    Warn,
    /// 不合格: outside the allowed band.
    Fail,
    /// 无法判断: could not be measured.
    Unknown,
}

/// The worst of a photo's findings: fail, else unknown, else warn, else pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Every rule passed.
    Pass,
    /// Hints only.
    Warn,
    /// At least one rule failed.
    Fail,
    /// Nothing failed, and at least one rule could not tell.
    Unknown,
}

impl Verdict {
    /// The verdict over `findings`; [`Verdict::Unknown`] for none at all.
    pub fn of(findings: &[Finding]) -> Self {
        Self::over(findings.iter().map(|finding| finding.severity))
    }

    /// The verdict over `severities`; [`Verdict::Unknown`] for none at all.
    pub fn over(severities: impl IntoIterator<Item = Severity>) -> Self {
        let worse = |verdict: Option<Self>, severity| match (verdict, severity) {
            (Some(Self::Fail), _) | (_, Severity::Fail) => Some(Self::Fail),
            (Some(Self::Unknown), _) | (_, Severity::Unknown) => Some(Self::Unknown),
            (Some(Self::Warn), _) | (_, Severity::Warn) => Some(Self::Warn),
            (Some(Self::Pass) | None, Severity::Pass) => Some(Self::Pass),
        };
        severities
            .into_iter()
            .fold(None, worse)
            .unwrap_or(Self::Unknown)
    }

    /// The word written to files and the database: `pass`, `warn`, `fail` or `unknown`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Warn => "warn",
            Self::Fail => "fail",
            Self::Unknown => "unknown",
        }
    }

    /// The verdict of a stored word.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "pass" => Some(Self::Pass),
            "warn" => Some(Self::Warn),
            "fail" => Some(Self::Fail),
            "unknown" => Some(Self::Unknown),
            _ => None,
        }
    }
}

/// The unit of a finding's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Pixels.
    Px,
    /// Bytes.
    Bytes,
    /// Degrees.
    Deg,
    /// A ratio or share without unit.
    Ratio,
    /// A plain count.
    Count,
    /// Colour difference CIEDE2000.
    DeltaE,
    /// CIELAB lightness 0..100.
    Lightness,
    /// Dots per inch.
    Dpi,
    /// JPEG quality on the IJG scale.
    Quality,
    /// A score with no physical unit.
    Score,
    /// No value.
    None,
}

impl Unit {
    /// The symbol printed after a value: "px", "°", "ΔE", … or nothing.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Px => "px",
            Self::Bytes => "B",
            Self::Deg => "°",
            Self::DeltaE => "ΔE",
            Self::Dpi => "dpi",
            Self::Ratio
            | Self::Count
            | Self::Lightness
            | Self::Quality
            | Self::Score
            | Self::None => "",
        }
    }
}

/// Something to draw on the photo, in pixels of the picture as displayed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "shape")]
pub enum Mark {
    /// A horizontal line at `y` with the allowed band `[min, max]` of y, where there is one.
    HorizontalLine {
        /// Measured y, px.
        y: f64,
        /// Allowed lowest y, px.
        min: Option<f64>,
        /// Allowed highest y, px.
        max: Option<f64>,
    },
    /// A vertical line at `x` with the allowed band of x.
    VerticalLine {
        /// Measured x, px.
        x: f64,
        /// Allowed lowest x, px.
        min: Option<f64>,
        /// Allowed highest x, px.
        max: Option<f64>,
    },
    /// A segment between two points.
    Segment {
        /// One end.
        from: Point,
        /// The other end.
        to: Point,
    },
    /// A rectangle.
    Rect {
        /// The rectangle.
        rect: PixelRect,
    },
    /// Single points.
    Points {
        /// The points.
        points: Vec<Point>,
    },
}

/// The result (检查结果) of one rule for one photo under one profile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Fault-named rule id in kebab case, e.g. `eyes-out-of-band`.
    pub rule: String,
    /// Stable code of the rule table, e.g. `GEO-02`.
    pub code: String,
    /// How it came out.
    pub severity: Severity,
    /// The measured value, `None` when it could not be measured.
    pub value: Option<f64>,
    /// Unit of `value`, `min` and `max`.
    pub unit: Unit,
    /// Lowest allowed value.
    pub min: Option<f64>,
    /// Highest allowed value.
    pub max: Option<f64>,
    /// One Chinese line: what was found and what is allowed.
    pub message: String,
    /// The clause the rule comes from, e.g. "99号 四2".
    pub clause: String,
    /// What to draw on the photo.
    pub marks: Vec<Mark>,
}
