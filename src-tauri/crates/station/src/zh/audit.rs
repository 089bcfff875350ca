//! Texts about the chain of the log.

/// Names the workbook of the log.
pub(crate) const LOG_FILE: &str = "日志";
/// Sheet of the check.
pub(crate) const AUDIT_SHEET: &str = "校验";
/// Columns of the sheet 日志.
pub(crate) const LOG_COLUMNS: [&str; 8] = [
    "编号",
    "时间",
    "审核人",
    "操作",
    "对象",
    "之前",
    "之后",
    "校验值",
];
/// Columns of the sheet 校验.
pub(crate) const AUDIT_COLUMNS: [&str; 2] = ["项目", "内容"];
/// Rows of the sheet 校验.
pub(crate) const AUDIT_ROWS: [&str; 4] = ["结果", "条数", "末条校验值", "校验时间"];
/// The chain holds.
pub(crate) const AUDIT_HOLDS: &str = "完整：没有改动、缺失或插入";
/// It does not.
pub(crate) const AUDIT_BROKEN: &str = "不完整";
/// The last row and the head tell different hashes.
const HEAD_DIFFERS: &str = "与单独保存的末条校验值不一致，末尾可能被替换";
/// The head is gone.
pub(crate) const AUDIT_HEAD_MISSING: &str = "单独保存的末条校验值被删除，不能判断末尾是否缺少记录";

/// A row as faults name it.
pub(crate) fn audit_row(id: i64, at: &str, reviewer: &str, act: &str) -> String {
    format!("第 {id} 条（{at}，{reviewer}，{act}）")
}

/// A row that is not as it was written.
pub(crate) fn audit_changed(row: &str) -> String {
    format!("{row}：内容与校验值不符，被改动、移动过，或不是本程序写入的")
}

/// A row behind the end.
pub(crate) fn audit_beyond(row: &str) -> String {
    format!("{row}：在日志末尾之后，不是本程序写入的")
}

/// The last row is not the one that was last.
pub(crate) fn audit_head_differs(row: &str) -> String {
    format!("{row}：{HEAD_DIFFERS}")
}

/// Rows that are gone, between two neighbours where they are known.
pub(crate) fn audit_missing(first: i64, last: i64, before: &str, after: &str) -> String {
    let which = match first == last {
        true => format!("第 {first} 条"),
        false => format!("第 {first}–{last} 条，共 {} 条", last - first + 1),
    };
    match (before.is_empty(), after.is_empty()) {
        (_, true) => format!("缺少末尾的{which}；留下的最后一条是{}", or_none(before)),
        (true, false) => format!("缺少{which}；其后是{after}"),
        (false, false) => format!("缺少{which}；在{before}与{after}之间"),
    }
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "（无）" } else { text }
}
/// The log never went through the head of a backup.
pub(crate) fn audit_backup(backup: &str, last: i64) -> String {
    format!("{backup} 的备份记下的第 {last} 条与现在的日志不一致，此后日志被整体替换或截断过")
}

/// A trigger that keeps rows as they are.
pub(crate) fn audit_guard(name: &str) -> String {
    format!("数据库中防止改动的触发器 {name} 被删除、改动，或不是本程序设的")
}

/// A photo as faults name it.
pub(crate) fn audit_photo(student_no: Option<&str>, submission: i64) -> String {
    match student_no {
        Some(number) => format!("学号 {number}（照片 {submission}）"),
        None => format!("照片 {submission}"),
    }
}

/// A decision that is not as it was made.
pub(crate) fn audit_decision_changed(photo: &str, row: &str) -> String {
    format!("{photo}：审核结论被改动过，与日志{row}不符")
}

/// A decision that nobody made in this program.
pub(crate) fn audit_decision_not_logged(photo: &str) -> String {
    format!("{photo}：有一条审核结论，日志里没有，不是本程序写入的")
}

/// A decision that is no longer there.
pub(crate) fn audit_decision_gone(photo: &str, row: &str) -> String {
    format!("{photo}：日志{row}记下的审核结论被删除")
}

/// Another decision stands than the log leaves.
pub(crate) fn audit_decision_not_standing(photo: &str, row: &str) -> String {
    match row.is_empty() {
        true => format!("{photo}：现行结论在日志里没有"),
        false => format!("{photo}：现行结论与日志不符，最后一次改变是{row}"),
    }
}
