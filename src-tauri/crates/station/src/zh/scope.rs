//! Texts about whom a round collects.

use serde_json::Value;
use zhaoshen_model::Exempt;

/// A mark that is none.
pub(crate) const MARK_UNKNOWN: &str = "没有这种标记";
/// Nobody to be marked.
pub(crate) const MARK_NOBODY: &str = "请先选择学生";
/// The note is too long.
pub(crate) const MARK_NOTE_LONG: &str = "备注不超过 100 个字";
/// Too many cohorts.
pub(crate) const COHORTS_MANY: &str = "采集对象最多 50 组，请合并";

/// Why a student is exempt, with what was written beside a person's reason.
pub(crate) fn exempt(why: Exempt, note: &str) -> String {
    match why {
        Exempt::Suspended | Exempt::Left | Exempt::Other if !note.is_empty() => {
            format!("{}：{note}", why.title())
        }
        _ => why.title().to_owned(),
    }
}

/// Whose photo it is and why it is not collected.
pub(crate) fn excluded(why: &str) -> String {
    format!("免采（{why}）")
}

/// A photo of a student who is not to be collected.
pub(crate) fn excluded_photo(student_no: &str, name: &str, why: &str) -> String {
    format!("{student_no} {name} 免采（{why}），照片没有归给他")
}

/// What to do about it.
pub(crate) const EXCLUDED_REMEDY: &str =
    "照片放在“免采学生的照片”里；若应采集，请在“名单”里改标记，照片会自动归位";

/// The photos of an import that came outside the round's window.
pub(crate) fn outside_window(remark: &str, opens_on: &str, closes_on: &str) -> String {
    let day = |day: &str| {
        if day.is_empty() {
            "不限".to_owned()
        } else {
            day.to_owned()
        }
    };
    format!(
        "今天不在采集期内（{} 至 {}），本次收到的照片已注明“{remark}”",
        day(opens_on),
        day(closes_on)
    )
}

/// A row found by 姓名 alone.
pub(crate) const COLLECTED_BY_NAME: &str = "仅凭姓名对上，已标记；请核对是否同一人";
/// A row that only adds up others.
pub(crate) const COLLECTED_TOTAL: &str = "是小计、合计一类的行，不是学生，没有读取";
/// A row that says neither that there is a photo nor that there is none.
pub(crate) fn collected_unclear(written: &str) -> String {
    match written {
        "" => "有没有学历照片一格是空的，没有标记".to_owned(),
        written => {
            let short: String = written.chars().take(20).collect();
            format!("“{short}”看不出有没有学历照片，没有标记；请写“有”或“无”")
        }
    }
}

/// A row of nobody on the roster.
pub(crate) const COLLECTED_STRANGER: &str = "不在本批次名单中";

/// A row that is not one student's.
pub(crate) fn collected_ambiguous(candidates: usize) -> String {
    match candidates {
        0 | 1 => "学号、证件号码与姓名不是同一人，没有标记".to_owned(),
        _ => format!("对应 {candidates} 名学生，没有标记"),
    }
}

/// How many students an act was about.
pub(crate) fn student_number(students: u64) -> String {
    format!("{students} 人")
}

/// A state of whom a round collects, or what was said of students, as the log shows it.
pub(crate) fn scope_state(value: &Value) -> Option<String> {
    if let Some(cohorts) = value.get("cohorts").and_then(Value::as_array) {
        let day = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or("不限");
        let redo = match value.get("redo").and_then(Value::as_bool) {
            Some(true) => "；已有学历照片的须重采",
            _ => "",
        };
        let groups: Vec<String> = cohorts.iter().map(cohort).collect();
        let whom = match groups.is_empty() {
            true => "名单上所有人".to_owned(),
            false => groups.join("，或 "),
        };
        return Some(format!(
            "{} 至 {}；{whom}{redo}",
            day("opens_on"),
            day("closes_on")
        ));
    }
    let students = value.get("students").and_then(Value::as_u64)?;
    let Some(mark) = value.get("mark").and_then(Value::as_str) else {
        // An act that was undone or done again tells no more than whom it was about.
        let alone = value.as_object().is_some_and(|fields| fields.len() == 1);
        return alone.then(|| student_number(students));
    };
    let on = value.get("on").and_then(Value::as_bool).unwrap_or(true);
    let mark = match mark {
        "collected" => "已有学历照片",
        "straggler" => "点名补采",
        "suspended" => "休学",
        "left" => "退学或离校",
        "other" => "其他原因免采",
        "excluded" => "免采原因",
        _ => "清除标记",
    };
    let taken_back = if on { "" } else { "（取消）" };
    let file = value.get("file").and_then(Value::as_str);
    let from = file.map_or_else(String::new, |file| format!("，来自“{file}”"));
    Some(format!("{mark}{taken_back} {students} 人{from}"))
}

fn cohort(value: &Value) -> String {
    let keys = [
        "grades",
        "study_modes",
        "levels",
        "campuses",
        "colleges",
        "majors",
        "classes",
    ];
    let parts = keys.iter().filter_map(|key| {
        let values = value.get(key)?.as_array()?;
        let values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
        (!values.is_empty()).then(|| values.join("、"))
    });
    parts.collect::<Vec<_>>().join(" ")
}

/// A limit beyond any.
pub(crate) const LIMIT_HIGH: &str = "每人最多提交次数应为1–99，不限请留空";

/// A submission after the last allowed.
pub(crate) fn over_limit(n: u32, limit: u32) -> String {
    format!("第{n}次提交，超过本批次每人{limit}次的限制")
}
