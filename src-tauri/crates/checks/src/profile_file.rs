//! Profiles as TOML text: parsing, `extends`, the built-in ones, and writing.
//!
//! A file may extend another: what it states replaces what the other states, setting by setting.
//! Refused with the line: what is no TOML, unknown keys, unknown rule codes, unknown numbers of a
//! rule, reversed bands, values that are no numbers. Reading files from disk is not done here.

use std::collections::BTreeMap;

use serde::Deserialize;
use thiserror::Error;
use toml::Spanned;
use zhaoshen_model::Profile;
use zhaoshen_model::profile::{
    BackgroundColour, BackgroundSpec, Outside, RenditionSpec, RuleSettings,
};

use crate::registry::rule;

/// Name of the profile used where none is named: the 2021 notice on top of 99号.
pub const DEFAULT_PROFILE: &str = "ncepu2021";

/// Most files that may extend one another in a row.
const DEEPEST: usize = 8;

static BUILTIN: &[(&str, &str)] = &[
    (
        "ncepu2021",
        include_str!("../../../../assets/profiles/ncepu2021.toml"),
    ),
    (
        "moe99",
        include_str!("../../../../assets/profiles/moe99.toml"),
    ),
    (
        "blue-only",
        include_str!("../../../../assets/profiles/blue-only.toml"),
    ),
    (
        "no-glasses",
        include_str!("../../../../assets/profiles/no-glasses.toml"),
    ),
];

/// What is wrong with a profile; `line` counts from 1.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Error {
    /// Not TOML, an unknown key, a value of the wrong kind.
    #[error("检测标准文件第 {line} 行有误：{}", plain_syntax(message))]
    Syntax {
        /// Line of the mistake.
        line: usize,
        /// What the TOML reader says, in English, for whoever wants it exactly.
        message: String,
    },
    /// A rule code that the registry does not have.
    #[error("检测标准文件第 {line} 行：没有编号为 {code} 的检查项")]
    UnknownRule {
        /// Line of the code.
        line: usize,
        /// The code.
        code: String,
    },
    /// A further number that the rule does not read.
    #[error("检测标准文件第 {line} 行：检查项 {code} 没有名为 {key} 的设置")]
    UnknownSetting {
        /// Line of the rule.
        line: usize,
        /// Code of the rule.
        code: String,
        /// The name.
        key: String,
    },
    /// A band whose lowest value is above its highest, or a number that is none.
    #[error("检测标准文件第 {line} 行：检查项 {code} 的限值无效")]
    BadBand {
        /// Line of the rule.
        line: usize,
        /// Code of the rule.
        code: String,
    },
    /// A part that neither the file nor what it extends states.
    #[error("检测标准“{profile}”缺少 {part}")]
    Missing {
        /// Name of the profile.
        profile: String,
        /// The part, e.g. `rendition`.
        part: &'static str,
    },
    /// A name that is no file name: lower-case letters, digits and hyphens are allowed.
    #[error("检测标准的名称“{name}”只能用小写字母、数字和连字符")]
    BadName {
        /// The name.
        name: String,
    },
    /// A rendition or background that cannot be: no pixels, reversed sizes, a tolerance below zero.
    #[error("检测标准“{profile}”的 {part} 数值无效")]
    BadPart {
        /// Name of the profile.
        profile: String,
        /// The part.
        part: &'static str,
    },
    /// No profile of that name.
    #[error("没有名为“{name}”的检测标准")]
    Unknown {
        /// The name.
        name: String,
    },
    /// Files that extend one another in a circle, or too many in a row.
    #[error("检测标准“{name}”的 extends 层层相扣，无法展开")]
    Circular {
        /// Name of the profile where it was noticed.
        name: String,
    },
    /// The profile cannot be written as TOML.
    #[error("检测标准无法写成文件：{message}")]
    Unwritable {
        /// What the TOML writer says, in English.
        message: String,
    },
}

/// The built-in profile called `name`.
///
/// # Errors
/// [`Error::Unknown`] for any other name.
pub fn builtin(name: &str) -> Result<Profile, Error> {
    let text = builtin_text(name).ok_or_else(|| Error::Unknown {
        name: name.to_owned(),
    })?;
    parse(text, |parent| builtin_text(parent).map(str::to_owned))
}

/// Name and title of every built-in profile, the default first.
pub fn list() -> Vec<(String, String)> {
    BUILTIN
        .iter()
        .filter_map(|(name, _)| builtin(name).ok())
        .map(|profile| (profile.name, profile.title))
        .collect()
}

/// The text of the built-in profile called `name`: a start for one's own.
pub fn builtin_text(name: &str) -> Option<&'static str> {
    let found = BUILTIN.iter().find(|(known, _)| *known == name)?;
    Some(found.1)
}

/// The profile written in `text`; `lookup` gives the text of a profile it extends.
///
/// # Errors
/// See [`enum@Error`]; lines are those of `text`, or of the parent for a mistake in a parent.
pub fn parse(text: &str, lookup: impl Fn(&str) -> Option<String>) -> Result<Profile, Error> {
    let mut chain = vec![read(text)?];
    while let Some(parent) = chain.last().and_then(|file| file.extends.clone()) {
        if chain.len() >= DEEPEST {
            return Err(Error::Circular { name: parent });
        }
        let text = lookup(&parent).ok_or(Error::Unknown { name: parent })?;
        chain.push(read(&text)?);
    }
    let mut files = chain.into_iter().rev();
    let mut merged = files.next().unwrap_or_default();
    for file in files {
        merged.overlay(file);
    }
    complete(merged)
}

/// `profile` as TOML that [`parse`] reads back to the same profile; it extends nothing.
///
/// # Errors
/// [`Error::Unwritable`] when a number has no TOML form.
pub fn write(profile: &Profile) -> Result<String, Error> {
    toml::to_string(profile).map_err(|error| Error::Unwritable {
        message: error.to_string(),
    })
}

/// A profile file as written: every part may be left to the profile it extends.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProfileFile {
    name: String,
    title: Option<String>,
    source: Option<String>,
    extends: Option<String>,
    rendition: Option<RenditionSpec>,
    background: Option<BackgroundPatch>,
    #[serde(default)]
    rules: BTreeMap<String, Spanned<RulePatch>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BackgroundPatch {
    allowed: Option<Vec<BackgroundColour>>,
    any_single_colour: Option<bool>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RulePatch {
    enabled: Option<bool>,
    outside: Option<Outside>,
    min: Option<f64>,
    max: Option<f64>,
    warn_margin: Option<f64>,
    #[serde(default)]
    also: BTreeMap<String, f64>,
    clause: Option<String>,
}

fn read(text: &str) -> Result<ProfileFile, Error> {
    let line_of = |at: usize| {
        let before = text.bytes().take(at);
        1 + before.filter(|byte| *byte == b'\n').count()
    };
    let file: ProfileFile = toml::from_str(text).map_err(|error| Error::Syntax {
        line: error.span().map_or(1, |span| line_of(span.start)),
        message: error.message().to_owned(),
    })?;
    for (code, patch) in &file.rules {
        check(code, patch.get_ref(), line_of(patch.span().start))?;
    }
    Ok(file)
}

/// What the TOML reader says, in Chinese; it tells its mistakes apart by their text alone.
fn plain_syntax(message: &str) -> String {
    let quoted = message.split('`').nth(1).unwrap_or_default();
    match message.split_whitespace().next() {
        Some("unknown") => format!("没有名为“{quoted}”的项，请检查拼写"),
        Some("missing") => format!("缺少“{quoted}”"),
        Some("duplicate") => format!("“{quoted}”写了两次"),
        Some("invalid") if message.contains("type:") || message.contains("value:") => {
            "值的类型不对（数字不加引号，文字要加引号）".to_owned()
        }
        _ => "写法不符合 TOML 格式，请检查引号、括号和等号".to_owned(),
    }
}

fn check(code: &str, patch: &RulePatch, line: usize) -> Result<(), Error> {
    let code = code.to_owned();
    let Some(rule) = rule(&code) else {
        return Err(Error::UnknownRule { line, code });
    };
    let unread = |key: &&String| !rule.also.contains(&key.as_str());
    if let Some(key) = patch.also.keys().find(unread) {
        let key = key.clone();
        return Err(Error::UnknownSetting { line, code, key });
    }
    let stated = [patch.min, patch.max, patch.warn_margin];
    let stated = stated.into_iter().flatten();
    let finite = stated
        .chain(patch.also.values().copied())
        .all(f64::is_finite);
    let narrow = patch.warn_margin.is_some_and(|margin| margin < 0.0);
    if !finite || narrow || reversed(patch.min, patch.max) {
        return Err(Error::BadBand { line, code });
    }
    Ok(())
}

fn reversed(min: Option<f64>, max: Option<f64>) -> bool {
    matches!((min, max), (Some(min), Some(max)) if min > max)
}

impl ProfileFile {
    /// Replaces what `child` states.
    fn overlay(&mut self, child: Self) {
        self.name = child.name;
        self.title = child.title.or(self.title.take());
        self.source = child.source.or(self.source.take());
        self.rendition = child.rendition.or(self.rendition.take());
        match (&mut self.background, child.background) {
            (Some(own), Some(new)) => {
                own.allowed = new.allowed.or(own.allowed.take());
                own.any_single_colour = new.any_single_colour.or(own.any_single_colour);
            }
            (own, new) => *own = new.or(own.take()),
        }
        for (code, patch) in child.rules {
            match self.rules.get_mut(&code) {
                Some(own) => own.get_mut().overlay(patch.into_inner()),
                None => {
                    self.rules.insert(code, patch);
                }
            }
        }
    }
}

impl RulePatch {
    fn overlay(&mut self, child: Self) {
        self.enabled = child.enabled.or(self.enabled);
        self.outside = child.outside.or(self.outside);
        self.min = child.min.or(self.min);
        self.max = child.max.or(self.max);
        self.warn_margin = child.warn_margin.or(self.warn_margin);
        self.also.extend(child.also);
        self.clause = child.clause.or(self.clause.take());
    }

    fn settings(self) -> RuleSettings {
        RuleSettings {
            enabled: self.enabled.unwrap_or(true),
            outside: self.outside.unwrap_or_default(),
            min: self.min,
            max: self.max,
            warn_margin: self.warn_margin.unwrap_or(0.0),
            also: self.also,
            clause: self.clause.unwrap_or_default(),
        }
    }
}

fn complete(file: ProfileFile) -> Result<Profile, Error> {
    let name = file.name;
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if name.is_empty() || name.len() > 64 || !name.bytes().all(letter) {
        return Err(Error::BadName { name });
    }
    let missing = |part: &'static str| Error::Missing {
        profile: name.clone(),
        part,
    };
    let rendition = file.rendition.ok_or_else(|| missing("rendition"))?;
    let background = file.background.ok_or_else(|| missing("background"))?;
    let background = BackgroundSpec {
        allowed: background
            .allowed
            .ok_or_else(|| missing("background.allowed"))?,
        any_single_colour: background.any_single_colour.unwrap_or(false),
    };
    let bad = |part: &'static str| Error::BadPart {
        profile: name.clone(),
        part,
    };
    check_rendition(&rendition).ok_or_else(|| bad("rendition"))?;
    check_background(&background).ok_or_else(|| bad("background"))?;
    let mut rules = BTreeMap::new();
    for (code, patch) in file.rules {
        let settings = patch.into_inner().settings();
        if reversed(settings.min, settings.max) {
            return Err(Error::BadBand { line: 1, code });
        }
        rules.insert(code, settings);
    }
    Ok(Profile {
        title: file.title.unwrap_or_else(|| name.clone()),
        source: file.source.unwrap_or_default(),
        name,
        rendition,
        background,
        rules,
    })
}

fn check_rendition(spec: &RenditionSpec) -> Option<()> {
    let sides = 1..=20_000;
    let sized = sides.contains(&spec.width_px) && sides.contains(&spec.height_px);
    let quality = (1..=100).contains(&spec.min_quality);
    (sized && quality && spec.dpi > 0 && spec.min_bytes <= spec.max_bytes).then_some(())
}

fn check_background(spec: &BackgroundSpec) -> Option<()> {
    let share = |value: f64| (0.0..=1.0).contains(&value);
    let degrees = |value: f64| (0.0..=360.0).contains(&value);
    let fine = |colour: &BackgroundColour| {
        let tolerance = colour.tolerance_delta_e;
        tolerance.is_finite()
            && tolerance >= 0.0
            && colour.hue_band.is_none_or(|band| {
                degrees(band.min_deg)
                    && degrees(band.max_deg)
                    && share(band.min_saturation)
                    && share(band.min_value)
            })
    };
    spec.allowed.iter().all(fine).then_some(())
}

#[cfg(test)]
#[path = "profile_file_tests.rs"]
mod tests;
