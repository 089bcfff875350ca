//! Texts of the log.

use serde_json::Value;
use zhaoshen_model::matching::MatchKey;
use zhaoshen_model::payment::yuan;

/// Settings by what their names begin with, which a person or a round may follow.
const SETTINGS: [(&str, &str); 11] = [
    ("notice_template", "通知模板"),
    ("delivery_ways", "交付方案"),
    ("idle_minutes", "闲置多久自动锁定（分钟）"),
    ("roster_mappings", "名单的列对应"),
    ("sms_columns", "短信名单的列"),
    ("sms_signature", "短信签名"),
    ("keys", "快捷键"),
    ("fee", "缴费金额与要求"),
    ("prints", "打印选项"),
    ("prints_asked", "每人张数"),
    ("drop_folder", "自动收取文件夹"),
];

/// What was set, by the name under which its value stands in a state of the log; `None` for what is no setting.
pub(crate) fn setting_of(state: &Value) -> Option<String> {
    let (title, _) = setting(state)?;
    Some(format!("设置：{title}"))
}

/// The value of a setting, where a person reads it; empty for the long ones.
pub(super) fn setting_value(state: &Value) -> Option<String> {
    let (_, value) = setting(state)?;
    Some(match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    })
}

fn setting(state: &Value) -> Option<(&'static str, &Value)> {
    let fields = state.as_object().filter(|fields| fields.len() == 1)?;
    let (name, value) = fields.iter().next()?;
    let kind = name.split(['.', ':']).next().unwrap_or_default();
    let (_, title) = SETTINGS.iter().find(|(known, _)| *known == kind)?;
    Some((title, value))
}

/// What an act on many brought, in numbers, and from which list: an import, payments, pictures filed, notices marked.
pub(super) fn tallied(state: &Value) -> Option<String> {
    let number = |key: &str| state.get(key).and_then(Value::as_u64);
    let length = |key: &str| state.get(key).and_then(Value::as_array).map(Vec::len);
    let beside = |more: Option<u64>, what: &str| match more {
        Some(more) if more > 0 => format!("，{what} {more} 张"),
        _ => String::new(),
    };
    if let Some((added, matched)) = length("added").zip(length("matched")) {
        let already = length("already_there").map(|already| already as u64);
        let already = beside(already, "原来就有");
        return Some(format!("新收 {added} 张，认领 {matched} 张{already}"));
    }
    if let Some(outcome) = state.get("outcome").filter(|outcome| outcome.is_object()) {
        return Some(from_list(state, &roster_changes(outcome)));
    }
    if let Some(payments) = number("payments") {
        let sum = state.get("fen").and_then(Value::as_i64);
        let sum = sum.map_or_else(String::new, |fen| format!("，共 {} 元", yuan(fen)));
        // Until refunds were told by themselves the sum was what was left.
        let lessened = match number("lessened") {
            Some(lessened) if lessened > 0 => format!("，更新退款 {lessened} 笔"),
            _ => String::new(),
        };
        let refunds = number("refunds").map_or_else(String::new, |refunds| {
            let back = state.get("back_fen").and_then(Value::as_i64).unwrap_or(0);
            format!("，退款 {refunds} 笔，共 {} 元", yuan(back))
        });
        return Some(from_list(
            state,
            &format!("{payments} 笔{sum}{refunds}{lessened}"),
        ));
    }
    if let Some(filed) = number("filed") {
        let replaced = beside(number("replaced"), "替换");
        let already = beside(number("already_there"), "原来就有");
        return Some(format!("新存 {filed} 张{replaced}{already}"));
    }
    let only_two = state.as_object().is_some_and(|fields| fields.len() == 2);
    if let Some((students, photos)) = number("students")
        .zip(number("photos"))
        .filter(|_| only_two)
    {
        return Some(format!("学生 {students} 人，照片 {photos} 张"));
    }
    let (told, photos) = (state.get("told")?.as_bool()?, number("photos")?);
    let deadline = state.get("deadline").and_then(Value::as_str);
    let deadline = deadline.map_or_else(String::new, |day| format!("，{day} 前重交"));
    let what = if told { "已通知" } else { "取消已通知" };
    Some(format!("{what} {photos} 张{deadline}"))
}

/// "名单.xlsx：…", without the name once it was deleted with its round.
fn from_list(state: &Value, numbers: &str) -> String {
    let name = |key: &str| state.get(key).and_then(Value::as_str);
    match name("file").or_else(|| name("source")) {
        Some(file) if !file.is_empty() => format!("{file}：{numbers}"),
        _ => numbers.to_owned(),
    }
}

fn roster_changes(outcome: &Value) -> String {
    let known = [
        ("added", "新增", "人"),
        ("updated", "更改", "人"),
        ("taken_off", "移出", "人"),
        ("unchanged", "不变", "人"),
        ("questioned", "待确认照片", "张"),
    ];
    let told = known.iter().filter_map(|(key, what, unit)| {
        let number = outcome.get(key)?.as_u64().filter(|number| *number > 0)?;
        Some(format!("{what} {number} {unit}"))
    });
    let told: Vec<String> = told.collect();
    match told.is_empty() {
        true => "没有学生".to_owned(),
        false => told.join("，"),
    }
}

/// A student who is no more.
pub(crate) const STUDENT_GONE: &str = "学生已删除";
/// Of photos that came together, the one that somebody picked.
pub(crate) const PLACE_PICKED: &str = "选定审核这一张";
/// A photo whose student somebody is to confirm.
pub(crate) const PLACE_IN_QUESTION: &str = "匹配待确认";
/// In the pile of photos that nothing names.
pub(crate) const PLACE_UNKNOWN: &str = "待认领（文件名认不出学生）";
/// Taken from a student who is no more.
pub(crate) const PLACE_PUT_BACK: &str = "已从学生名下取出";
/// Nobody's.
pub(crate) const PLACE_DISMISSED: &str = "不处理";

/// In the pile of photos that may be of several.
pub(crate) fn place_of_several(number: usize) -> String {
    format!("待认领（对得上 {number} 名学生）")
}

/// With a student, by what said so.
pub(crate) fn place_with(student_no: &str, name: &str, by: MatchKey) -> String {
    format!("{student_no} {name}（{}）", super::match_key(by))
}

/// What an act on few students made of them, and whom.
pub(crate) fn with_whom(what: &str, whom: &str) -> String {
    format!("{what}：{whom}")
}

/// Which of a student's photos.
pub(crate) fn submission_turn(n: u32) -> String {
    format!("第 {n} 次提交")
}

/// Which payment.
pub(crate) fn place_of_payment(yuan: &str, file: &str, row: u32) -> String {
    format!("{yuan} 元，{}", super::fee_source(file, row))
}

/// Which file: its name, its size in px where it could be measured, when it came.
pub(crate) fn file_came(file_name: &str, size: Option<(u32, u32)>, received_at: &str) -> String {
    let size = size.map_or_else(String::new, |(width, height)| format!("，{width}×{height}"));
    format!("{file_name}{size}，{received_at} 收到")
}

/// "第 2 次交付", of a delivery's row.
pub(crate) fn delivery_of(state: &Value) -> Option<String> {
    let number = state.get("number")?.as_u64()?;
    Some(format!("第 {number} 次交付"))
}

/// Texts in one line, the empty ones left out. Many of them are sentences: a full stop and a semicolon do not stand together.
pub(crate) fn in_one_line<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let texts: Vec<&str> = texts
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .collect();
    let last = texts.len().saturating_sub(1);
    let ended = |(at, text): (usize, &&'a str)| match at == last {
        true => *text,
        false => text.trim_end_matches(['。', '；']),
    };
    let said: Vec<&str> = texts.iter().enumerate().map(ended).collect();
    said.join("；")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::zh;

    #[test]
    fn no_full_stop_stands_before_a_semicolon() {
        for (texts, line) in [
            ("", ""),
            ("请重拍。", "请重拍。"),
            ("请摘下帽子。||背景不均匀", "请摘下帽子；背景不均匀"),
            ("甲；|乙。|丙。", "甲；乙；丙。"),
        ] {
            assert_eq!(in_one_line(texts.split('|')), line);
        }
        let reasons = json!([{ "text": "请重拍。" }, { "text": "背景不均匀。" }]);
        let decision = json!({ "kind": "rejected", "reasons": reasons });
        assert!(zh::state(&decision).ends_with("：请重拍；背景不均匀。"));
    }

    #[test]
    fn a_setting_and_a_delivery_are_named() {
        for (state, title, value) in [
            (
                json!({ "idle_minutes": 20 }),
                "设置：闲置多久自动锁定（分钟）",
                "20",
            ),
            (
                json!({ "prints.3": { "two_inch": 8 } }),
                "设置：打印选项",
                "",
            ),
            (json!({ "keys:2": {} }), "设置：快捷键", ""),
            (
                json!({ "notice_template": "{姓名}：" }),
                "设置：通知模板",
                "{姓名}：",
            ),
        ] {
            assert_eq!(setting_of(&state).as_deref(), Some(title));
            assert_eq!(zh::state(&state), value);
        }
        assert_eq!(setting_of(&json!({ "backups_removed": true })), None);
        let delivery = json!({ "number": 2, "target": "D:/交付" });
        assert_eq!(delivery_of(&delivery).as_deref(), Some("第 2 次交付"));
    }

    #[test]
    fn acts_on_many_say_how_many_and_from_which_list() {
        let outcome =
            json!({ "added": 3, "updated": 0, "unchanged": 2, "taken_off": 1, "questioned": 4 });
        for (state, line) in [
            (
                json!({ "file": "账单.csv", "payments": 12, "fen": 24_050 }),
                "账单.csv：12 笔，共 240.50 元",
            ),
            (
                json!({ "file": "账单.csv", "payments": 31, "fen": 62_000, "refunds": 1, "back_fen": 2_000 }),
                "账单.csv：31 笔，共 620 元，退款 1 笔，共 20 元",
            ),
            (
                json!({ "file": "账单.csv", "payments": 1, "fen": -1_500, "lessened": 2 }),
                "账单.csv：1 笔，共 -15 元，更新退款 2 笔",
            ),
            (
                json!({ "file": "账单.csv", "payments": 12 }),
                "账单.csv：12 笔",
            ),
            // Of a deleted round its numbers are left.
            (json!({ "payments": 0, "fen": 0 }), "0 笔，共 0 元"),
            (
                json!({ "source": "名单.xlsx", "outcome": outcome }),
                "名单.xlsx：新增 3 人，移出 1 人，不变 2 人，待确认照片 4 张",
            ),
            (json!({ "outcome": { "added": 0 } }), "没有学生"),
            (
                json!({ "filed": 8, "replaced": 1, "already_there": 0 }),
                "新存 8 张，替换 1 张",
            ),
            (
                json!({ "added": [1, 2], "matched": [1], "already_there": [9] }),
                "新收 2 张，认领 1 张，原来就有 1 张",
            ),
            (
                json!({ "told": true, "photos": 5, "deadline": "2026-11-30" }),
                "已通知 5 张，2026-11-30 前重交",
            ),
            (
                json!({ "students": 4, "photos": 2 }),
                "学生 4 人，照片 2 张",
            ),
            (
                json!({ "told": false, "photos": 5, "deadline": null }),
                "取消已通知 5 张",
            ),
        ] {
            assert_eq!(zh::state(&state), line);
        }
    }

    #[test]
    fn sheets_of_a_deleted_round_end_with_their_numbers() {
        let mut sheets = json!({ "printed": "核对表", "students": 54, "prints": 54, "pages": 24 });
        assert_eq!(zh::state(&sheets), "核对表：54 人，54 张照片，24 页");
        sheets["target"] = "D:/打印".into();
        assert_eq!(
            zh::state(&sheets),
            "核对表：54 人，54 张照片，24 页，D:/打印"
        );
    }
}
