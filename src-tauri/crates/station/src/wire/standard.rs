//! The standard editor: a round's own profile, what a change would do, and its versions.
//!
//! How a screen uses them: `standard_show` fills the sliders, and the round is read behind it; `standard_histogram` draws the round's
//! own values behind one of them; while a slider moves, `standard_what_if` is asked with every rule
//! edited so far (it stores nothing and is fast enough for each movement that settles); `standard_save`
//! makes the edit the round's next version. To go back to an older version, show it and save its rules.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::review::QueueItem;

/// One version of a round's profile.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct StandardRef {
    /// The round.
    pub round: i64,
    /// Which version, from 1; `null` for the one that stands.
    pub version: Option<u32>,
}

/// A round's profile at one version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct StandardView {
    /// The round.
    pub round: i64,
    /// Its version, from 1.
    pub version: u32,
    /// Whether the round is judged by this version.
    pub current: bool,
    /// Id of the profile it began with.
    pub profile: String,
    /// Title of that profile.
    pub title: String,
    /// Every rule, in the order of the rule table.
    pub rules: Vec<StandardRule>,
}

/// A rule with its settings. The texts and `clause` are for reading only; the rest can be edited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct StandardRule {
    /// Stable code, e.g. `GEO-02`.
    pub code: String,
    /// Short title, e.g. "眼睛位置".
    pub title: String,
    /// Title of the group it is shown in, e.g. "构图".
    pub family: String,
    /// The clause it rests on.
    pub clause: String,
    /// What its numbers are about.
    pub numbers: Vec<RuleNumber>,
    /// What can be edited.
    pub settings: RuleEdit,
}

/// What a number of a rule is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RuleNumber {
    /// Key in [`RuleEdit::also`]; empty for `min` and `max`.
    pub key: String,
    /// What it limits, in Chinese.
    pub title: String,
    /// Unit word: `ratio` for a share, else the symbol.
    pub unit: String,
}

/// All that can be edited of one rule: the whole of it is given, also what stays as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RuleEdit {
    /// Stable code.
    pub code: String,
    /// Whether the rule is asked.
    pub enabled: bool,
    /// What a value outside the band is: `fail` or `warn`.
    pub outside: String,
    /// Lowest allowed value in the rule's unit; `null` for no limit.
    pub min: Option<f64>,
    /// Highest allowed value; `null` for no limit.
    pub max: Option<f64>,
    /// Width of the strip inside the band that is still a hint, at least 0.
    pub warn_margin: f64,
    /// Further numbers of the rule, by name; names the rule does not read are refused.
    pub also: BTreeMap<String, f64>,
}

/// What a change would do; nothing is stored.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StandardWhatIf {
    /// The round.
    pub round: i64,
    /// The rules edited; the others stay as they stand.
    pub rules: Vec<RuleEdit>,
    /// Which photos to list: `fail`, `pass`, `warn` or `unknown` (those that would become it), or empty for none.
    pub list: String,
    /// How many of them to pass over.
    pub offset: u32,
    /// How many to list, at most 200.
    pub limit: u32,
}

/// The answer to [`StandardWhatIf`], over the current photo of every student on the roster.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct StandardShift {
    /// Version of the profile it was compared with.
    pub version: u32,
    /// Photos judged: those that were measured.
    pub judged: u32,
    /// Verdict becomes 不合格 and was something else.
    pub newly_fail: u32,
    /// Verdict becomes 合格 and was something else.
    pub newly_pass: u32,
    /// Verdict becomes 提示 and was something else.
    pub newly_warn: u32,
    /// Verdict becomes 无法判断 and was something else.
    pub newly_unknown: u32,
    /// Of all whose verdict changes, those a person has decided on already: their decision stands.
    pub decided: u32,
    /// Each rule by which some photo would be judged otherwise.
    pub rules: Vec<RuleShift>,
    /// The page asked for, in the order of 学号.
    pub items: Vec<ShiftedItem>,
}

/// What a change would do to one rule's findings.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RuleShift {
    /// Stable code.
    pub code: String,
    /// Photos it would fail and does not fail now.
    pub newly_fail: u32,
    /// Photos it fails now and would not fail.
    pub no_longer_fail: u32,
}

/// A photo whose verdict would change.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ShiftedItem {
    /// As lists show it, with the verdict that stands.
    pub item: QueueItem,
    /// The verdict it would have: `pass`, `warn`, `fail` or `unknown`.
    pub becomes: String,
}

/// Ask for the values of one rule over the round.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StandardHistogram {
    /// The round.
    pub round: i64,
    /// Code of the rule.
    pub code: String,
}

/// The values that one rule measured over the round, by the limits that stand. Bins are the screen's to
/// choose: the values are sorted, so that a count within limits is two searches.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct RuleValues {
    /// Stable code.
    pub code: String,
    /// Short title.
    pub title: String,
    /// Unit symbol, may be empty.
    pub unit: String,
    /// Lowest allowed, as the findings state it.
    pub min: Option<f64>,
    /// Highest allowed.
    pub max: Option<f64>,
    /// The values, lowest first; empty for a rule that measures no number.
    pub values: Vec<f64>,
    /// The submission of each value.
    pub submissions: Vec<i64>,
    /// Photos of which the rule could not tell, or that have no number.
    pub without_value: u32,
}

/// Make edited settings the round's next version; the round is judged by it at once.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StandardSave {
    /// The round.
    pub round: i64,
    /// The version the edit began from; another one meanwhile is a conflict, never overwritten.
    pub seen_version: u32,
    /// The rules edited; the others stay as they stand.
    pub rules: Vec<RuleEdit>,
    /// Why, for colleagues; may be empty.
    pub note: String,
}

/// A version as lists show it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StandardVersion {
    /// From 1.
    pub version: u32,
    /// Whether the round is judged by it.
    pub current: bool,
    /// Who saved it.
    pub reviewer: String,
    /// When, local time.
    pub at: String,
    /// Why.
    pub note: String,
    /// What differs from the version before, one line per rule; empty for the first.
    pub changes: Vec<String>,
}
