//! What changed between two versions of a standard, as staff read it: only what differs, in the units and by the
//! names that the editor and the help show; and what the log keeps of one of them.

use serde_json::Value;
use zhaoshen_checks::help::{self, NamedNumber};
use zhaoshen_model::Unit;
use zhaoshen_model::profile::{Outside, RuleSettings};

/// What changed in the rule of `code`: "眼睛位置：上限 300 px → 320 px".
pub(crate) fn rule_change(
    code: &str,
    title: &str,
    before: Option<&RuleSettings>,
    after: Option<&RuleSettings>,
) -> String {
    let used = |settings: Option<&RuleSettings>| settings.is_some_and(|one| one.enabled);
    let mut parts = Vec::new();
    match (used(before), used(after)) {
        (true, false) => parts.push("停用".to_owned()),
        (false, true) => parts.push("启用".to_owned()),
        _ => {}
    }
    if let Some((before, after)) = before.zip(after) {
        parts.extend(numbers(code, before, after));
        if before.outside != after.outside {
            let (old, new) = (outside(before), outside(after));
            parts.push(format!("超出时 {old} → {new}"));
        }
    }
    format!("{title}：{}", parts.join("；"))
}

/// One side of a change of the standard in the log: the version, and how the rules that differ stand in it. Beside the
/// other side every number can be compared.
pub(super) fn version(value: &Value) -> Option<String> {
    let version = value.get("version")?.as_u64()?;
    let title = value.get("title").and_then(Value::as_str);
    let rules = value.get("rules").and_then(Value::as_object);
    let rules: Vec<String> = rules
        .into_iter()
        .flatten()
        .map(|(code, settings)| stands(code, settings))
        .collect();
    let title = title.unwrap_or_default();
    Some(format!("{title} 第 {version} 版：{}", rules.join("；")))
}

/// "GEO-02 眼睛位置 下限 220 px、上限 300 px、提示带宽 10 px、超出时不合格"; the code alone where the rule is no longer known.
fn stands(code: &str, settings: &Value) -> String {
    let rule = zhaoshen_checks::registry::rule(code);
    let settings = serde_json::from_value::<RuleSettings>(settings.clone()).ok();
    let Some((rule, settings)) = rule.zip(settings) else {
        return code.to_owned();
    };
    if !settings.enabled {
        return format!("{code} {} 停用", rule.title_zh());
    }
    let named = help::numbers(code);
    let own = named.iter().find(|one| one.key.is_empty());
    let limit = |title: &str, value: Option<f64>| {
        let told = own.zip(value).map(|(number, value)| number.told(value));
        told.map(|told| format!("{title} {told}"))
    };
    let margin = (settings.warn_margin > 0.0).then_some(settings.warn_margin);
    let mut parts: Vec<String> = [
        limit("下限", settings.min),
        limit("上限", settings.max),
        limit("提示带宽", margin),
    ]
    .into_iter()
    .flatten()
    .collect();
    parts.extend(named.iter().filter_map(|number| {
        let value = settings.also.get(number.key)?;
        Some(format!("{} {}", number.title, number.told(*value)))
    }));
    parts.push(format!("超出时{}", outside(&settings)));
    format!("{code} {} {}", rule.title_zh(), parts.join("、"))
}

fn numbers(code: &str, before: &RuleSettings, after: &RuleSettings) -> Vec<String> {
    let named = help::numbers(code);
    let plain = NamedNumber {
        key: "",
        title: "",
        unit: Unit::Score,
    };
    let own = named
        .iter()
        .find(|one| one.key.is_empty())
        .unwrap_or(&plain);
    let mut parts = vec![
        change("下限", own, before.min, after.min, "不限"),
        change("上限", own, before.max, after.max, "不限"),
        change(
            "提示带宽",
            own,
            Some(before.warn_margin),
            Some(after.warn_margin),
            "0",
        ),
    ];
    let mut keys: Vec<&String> = before.also.keys().chain(after.also.keys()).collect();
    keys.sort();
    keys.dedup();
    parts.extend(keys.into_iter().map(|key| {
        let number = named.iter().find(|one| one.key == key).unwrap_or(&plain);
        let title = if number.title.is_empty() {
            key
        } else {
            number.title
        };
        let (old, new) = (before.also.get(key), after.also.get(key));
        change(title, number, old.copied(), new.copied(), "未设")
    }));
    parts.into_iter().flatten().collect()
}

/// "上限 300 px → 320 px"; nothing where both are the same.
fn change(
    title: &str,
    number: &NamedNumber,
    before: Option<f64>,
    after: Option<f64>,
    none: &str,
) -> Option<String> {
    let told = |value: Option<f64>| value.map_or_else(|| none.to_owned(), |one| number.told(one));
    (before != after).then(|| format!("{title} {} → {}", told(before), told(after)))
}

const fn outside(settings: &RuleSettings) -> &'static str {
    match settings.outside {
        Outside::Fail => "不合格",
        Outside::Warn => "提示",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::{rule_change, version};
    use serde_json::json;
    use zhaoshen_model::profile::{Outside, RuleSettings};

    fn settings(change: impl FnOnce(&mut RuleSettings)) -> RuleSettings {
        let profile = zhaoshen_checks::profile_file::builtin("moe99").unwrap();
        let mut settings = profile.rules.get("GEO-02").unwrap().clone();
        change(&mut settings);
        settings
    }

    #[test]
    fn only_what_differs_is_told_and_in_words() {
        let before = settings(|_| {});
        let told =
            |after: &RuleSettings| rule_change("GEO-02", "眼睛位置", Some(&before), Some(after));
        let higher = settings(|one| one.max = Some(320.0));
        assert_eq!(told(&higher), "眼睛位置：上限 300 px → 320 px");
        let open = settings(|one| {
            one.max = None;
            one.outside = Outside::Warn;
        });
        assert_eq!(
            told(&open),
            "眼睛位置：上限 300 px → 不限；超出时 不合格 → 提示"
        );
        let off = settings(|one| one.enabled = false);
        assert_eq!(told(&off), "眼睛位置：停用");
    }

    #[test]
    fn the_log_tells_the_values_of_a_version() {
        let rule = settings(|one| one.max = Some(320.0));
        let off = settings(|one| one.enabled = false);
        let told = |settings: &RuleSettings| {
            let rules = json!({ "GEO-02": settings });
            version(&json!({ "version": 2, "title": "采集通知", "rules": rules })).unwrap()
        };
        let title = zhaoshen_checks::registry::rule("GEO-02")
            .unwrap()
            .title_zh();
        assert!(told(&rule).starts_with(&format!("采集通知 第 2 版：GEO-02 {title} 下限 ")));
        assert!(told(&rule).contains("上限 320 px"), "{}", told(&rule));
        assert_eq!(told(&off), format!("采集通知 第 2 版：GEO-02 {title} 停用"));
        let gone = json!({ "version": 2, "title": "", "rules": { "OLD-09": {} } });
        assert_eq!(version(&gone).unwrap(), " 第 2 版：OLD-09");
    }
}
