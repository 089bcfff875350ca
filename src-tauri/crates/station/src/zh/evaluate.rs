//! What the evaluation says: refusals, and the comments of a fitted profile.

use crate::evaluate::{Evaluation, Fit, Moved};

/// A pattern that is none.
pub(crate) const BAD_PATTERN: &str = "分组方式既不是标注表的列名，也不是正确的正则表达式";
/// A profile is to be written, and no limits were chosen.
pub(crate) const NOTHING_FITTED: &str = "没有计算过新的限值，请加上 --fit";
/// Fitted limits stand on top of a built-in profile only.
pub(crate) const FIT_NEEDS_BUILTIN: &str =
    "调整限值要以自带的检测标准为基础，请用 --profile 指定其名称";

/// No rule has that code.
pub(crate) fn no_rule(code: &str) -> String {
    format!("没有编号为 {code} 的检查项")
}

/// The rule has no such number under the profile; `known` are those it has.
pub(crate) fn no_setting(text: &str, known: &[String]) -> String {
    match known {
        [] => format!("{text} 没有可以调整的限值"),
        known => format!("没有名为 {text} 的限值，可用：{}", known.join("、")),
    }
}

/// The beginning of a fitted profile's file.
pub(crate) fn fitted_head(name: &str, base: &str, evaluation: &Evaluation) -> String {
    let title = &evaluation.profile_title;
    let photos = evaluation.photos;
    let rate = evaluation.rate * 100.0;
    format!(
        "# 由 zhaoshen evaluate 按已标注的照片调整，未列出的设置与 {base} 相同。\n\
         # 误报率不超过 {rate} % 时检出最多的限值；在这批照片上的数字偏乐观，应以分组验证（--split）为准。\n\n\
         name = \"{name}\"\n\
         title = \"{title}（按本校照片调整）\"\n\
         source = \"在 {base} 的基础上，按 {photos} 张已标注照片调整\"\n\
         extends = \"{base}\"\n"
    )
}

/// How one limit was come by.
pub(crate) fn fitted_limit(moved: &Moved, fit: &Fit) -> String {
    let Moved {
        setting,
        label,
        from,
        ..
    } = moved;
    let line = fit.lines.iter().find(|line| line.label == *label);
    let figures = line.map_or_else(String::new, |line| {
        format!(
            "：检出 {}/{}，误报 {}/{}",
            line.caught.count, line.caught.of, line.false_alarms.count, line.false_alarms.of
        )
    });
    format!("{setting} 按标注 {label} 调整，原为 {from}{figures}")
}
