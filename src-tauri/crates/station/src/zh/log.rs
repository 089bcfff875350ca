//! Texts of the log.

use serde_json::Value;

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
