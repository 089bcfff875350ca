//! The standard (检测标准) a round is judged by. Numbers live here, never in code.
//!
//! A profile is written as TOML under `assets/profiles/`; one may `extends` another, which is
//! resolved by the `checks` crate when it loads them. This module is only the shape.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A complete profile, after `extends` is resolved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// File-name-safe id, e.g. `moe99`.
    pub name: String,
    /// What staff read, e.g. "学历证书图像标准（99号）".
    pub title: String,
    /// One sentence on where it comes from.
    pub source: String,
    /// The file to hand over.
    pub rendition: RenditionSpec,
    /// Background colours the round accepts.
    pub background: BackgroundSpec,
    /// Settings of each rule by its code (`GEO-02`); a rule without an entry is off.
    pub rules: BTreeMap<String, RuleSettings>,
}

/// The finished file (成品).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RenditionSpec {
    /// Width, px (99号 四1: 480).
    pub width_px: u32,
    /// Height, px (99号 四1: 640).
    pub height_px: u32,
    /// Density, dpi (99号 四1: 300).
    pub dpi: u16,
    /// Lowest JPEG quality, IJG scale (99号 四1: 60).
    pub min_quality: u8,
    /// Usual lowest size, bytes (99号 四1: 20 KB).
    pub min_bytes: u64,
    /// Usual highest size, bytes (99号 四1: 40 KB, read as 40,000).
    pub max_bytes: u64,
}

/// Background colours a round accepts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BackgroundSpec {
    /// The reference colours; a photo must be near one of them.
    pub allowed: Vec<BackgroundColour>,
    /// Any single colour is accepted too (the 2021 notice: "或者单色背景").
    pub any_single_colour: bool,
}

/// One reference background colour.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BackgroundColour {
    /// What staff read, e.g. "浅蓝色".
    pub title: String,
    /// Reference value, sRGB.
    pub rgb: [u8; 3],
    /// Largest CIEDE2000 still accepted.
    pub tolerance_delta_e: f64,
    /// Hue band in degrees (HSV) that is accepted too, with saturation and value at least `min_saturation`, `min_value`.
    #[serde(default)]
    pub hue_band: Option<HueBand>,
}

/// A band of HSV hue accepted as a named colour, since real light blues vary widely.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct HueBand {
    /// Lowest hue, degrees 0..360.
    pub min_deg: f64,
    /// Highest hue, degrees 0..360.
    pub max_deg: f64,
    /// Lowest saturation, 0..1.
    pub min_saturation: f64,
    /// Lowest value, 0..1.
    pub min_value: f64,
}

/// How a rule judges.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RuleSettings {
    /// Whether the rule runs.
    #[serde(default = "enabled")]
    pub enabled: bool,
    /// What a value outside the band is: `fail` or `warn`.
    #[serde(default)]
    pub outside: Outside,
    /// Lowest allowed value, in the rule's unit.
    #[serde(default)]
    pub min: Option<f64>,
    /// Highest allowed value.
    #[serde(default)]
    pub max: Option<f64>,
    /// Width of the strip inside the band that is still a hint (`warn`), in the rule's unit.
    #[serde(default)]
    pub warn_margin: f64,
    /// Further numbers a rule documents, by name.
    #[serde(default)]
    pub also: BTreeMap<String, f64>,
    /// The clause shown beside the finding.
    #[serde(default)]
    pub clause: String,
}

const fn enabled() -> bool {
    true
}

/// What a value outside a rule's band amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outside {
    /// 不合格.
    Fail,
    /// 提示: measured by machine vision that a person should confirm.
    #[default]
    Warn,
}
