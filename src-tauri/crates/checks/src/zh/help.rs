//! What staff read about a rule: what it looks at, how, and when not to trust it. One entry per rule, by family.
//!
//! No number stands here: the limits are read from the profiles when a page is put together (see [`crate::help`]).
//! What the student should do is the rule's reason, and stands with it.

use zhaoshen_model::Unit;

mod background;
mod editing;
mod face;
mod file;
mod geometry;
mod jpeg;
mod light;
mod person;
mod pose;
mod sharpness;
mod wear;

pub(crate) use person::PERSON_HELP;

/// Headings and words of the pages; `{}` is filled in order.
pub(crate) const TITLE: &str = "检查项说明";
pub(crate) const GENERATED: &str =
    "> 由程序中的检查项目录和检测标准生成（`cargo xtask help`），请勿手工修改。";
pub(crate) const CHECKS: &str = "检查什么";
pub(crate) const ALLOWED: &str = "各检测标准的允许范围";
pub(crate) const ALLOWED_COLUMNS: &str =
    "| 检测标准 | 允许范围 | 超出时 | 依据 |\n|---|---|---|---|";
pub(crate) const MEASURED: &str = "怎样测量";
pub(crate) const CANNOT_TELL: &str = "何时无法判断";
pub(crate) const FALSE_ALARMS: &str = "容易误报的情形";
pub(crate) const LOOK: &str = "人工怎样看";
pub(crate) const EXCEPTION: &str = "例外与备注";
pub(crate) const ADVICE: &str = "退回时告诉学生";
pub(crate) const BY_PERSON: &str = "人工检查";
pub(crate) const OUTSIDE_FAILS: &str = "不合格";
pub(crate) const OUTSIDE_HINTS: &str = "提示";
pub(crate) const OFF: &str = "不检查";
pub(crate) const NO_LIMITS: &str = "没有数值限值";
pub(crate) const MARGIN: &str = "（离限值不足 {} 时提示）";
pub(crate) const PIXELS: &str = "{}×{} px";
pub(crate) const FINAL_BYTES: &str = "成品大小";
pub(crate) const DENSITY: &str = "{} dpi";
pub(crate) const QUALITY: &str = "压缩品质应不低于 {}";
pub(crate) const COLOUR: &str = "{} RGB({},{},{})，色差不超过 {}";
pub(crate) const HUE_BAND: &str = "，或色相 {}°–{}° 且颜色足够鲜明";
pub(crate) const ANY_COLOUR: &str = "其他单色作提示，由审核人定";

/// The help on one rule of the machine.
pub(crate) struct HelpText {
    pub code: &'static str,
    /// 检查什么.
    pub checks: &'static str,
    /// 怎样测量, in plain words.
    pub measured: &'static str,
    /// 何时无法判断.
    pub cannot_tell: &'static str,
    /// 容易误报的情形.
    pub false_alarms: &'static str,
    /// Where the profile's numbers for it stand, and what they are called.
    pub limits: &'static [Limit],
}

/// One number of a profile, by the name staff know it under.
pub(crate) enum Limit {
    /// The rule's own `min` and `max`.
    Band(&'static str, Unit),
    /// One of its further numbers; a key that begins with `max_` or `min_` is a limit, any other a setting.
    Also(&'static str, &'static str, Unit),
    /// Pixels of the rendition.
    FinalPixels,
    /// Bytes of the rendition.
    FinalBytes,
    /// Density of the rendition.
    FinalDensity,
    /// Lowest quality of the rendition.
    FinalQuality,
    /// The accepted background colours.
    Colours,
}

/// The help on one item of the tick list.
pub(crate) struct PersonHelp {
    pub code: &'static str,
    /// 怎样看.
    pub look: &'static str,
    /// 例外与备注.
    pub exception: &'static str,
}

/// The tables, one per family.
static TABLES: &[&[HelpText]] = &[
    file::HELP,
    jpeg::HELP,
    face::HELP,
    geometry::HELP,
    pose::HELP,
    background::HELP,
    wear::HELP,
    light::HELP,
    sharpness::HELP,
    editing::HELP,
];

/// Every entry.
pub(crate) fn all() -> impl Iterator<Item = &'static HelpText> {
    TABLES.iter().flat_map(|table| table.iter())
}

/// The entry of the rule with `code`.
pub(crate) fn help(code: &str) -> Option<&'static HelpText> {
    all().find(|help| help.code == code)
}

/// Why nothing can be said of a photo in which no face is found.
const NO_FACE: &str = "照片打不开，或者没有找到人脸。";
/// As [`NO_FACE`], for what lies behind the person.
const NO_SCENE: &str = "照片打不开、没有找到人脸、人像与背景没有分清，或可见的背景太少。";
/// For rules that read bytes, name and past only.
const ALWAYS: &str = "总能判断。";
/// For rules that never cry wolf.
const NONE_KNOWN: &str = "目前没有发现。";
