//! What a 学号 must not be: it becomes the name of files and folders, and stands in tables that programs calculate.

use super::RowProblem;
use super::sheet::{MARK, shorten};

/// Most characters; the longest in use have some 20.
const LONGEST: usize = 64;

/// What people and programs write where there is no 学号, in half-width capitals.
const PLACEHOLDERS: [&str; 28] = [
    "无",
    "暂无",
    "没有",
    "待定",
    "未定",
    "待补",
    "待补充",
    "待填",
    "未知",
    "不详",
    "空",
    "空白",
    "学号",
    "略",
    "NULL",
    "(NULL)",
    "NONE",
    "NIL",
    "NAN",
    "NA",
    "INF",
    "INFINITY",
    "UNDEFINED",
    "TRUE",
    "FALSE",
    "XXX",
    "?",
    "??",
];

/// What to do about every trouble told here.
pub(super) const REMEDY: &str = "请核对后改成学校编的学号，只用字母和数字";

/// What is wrong with a 学号 that was `written` so and is `key` in half-width capitals, `None` when it will do.
pub(super) fn trouble(written: &str, key: &str) -> Option<(RowProblem, String)> {
    if key.chars().nth(LONGEST).is_some() {
        let told = format!("学号超过{LONGEST}个字符（{}）", shorten(key));
        return Some((RowProblem::TooLong, told));
    }
    let why = if PLACEHOLDERS.contains(&key) {
        "只是占位的字，不是学号"
    } else if key.starts_with(MARK) {
        "以“#”开头，像表格的错误值"
    } else if written
        .chars()
        .any(|c| c.is_control() && !c.is_whitespace())
    {
        "含有看不见的控制字符"
    } else if key.contains(['/', '\\', ':', '∕', '⁄', '∖']) {
        "含有斜杠或冒号，会被当成文件夹"
    } else if key.contains("..") || key == "." {
        "含有连续的点，会被当成文件夹"
    } else if key.starts_with(['=', '+', '-', '−', '@']) {
        "以“=”“+”“-”或“@”开头，会被表格软件当成公式"
    } else if is_device(key) {
        "是 Windows 保留的名称，不能用作文件名"
    } else {
        return None;
    };
    let told = format!("学号“{}”{why}", shorten(key));
    Some((RowProblem::StudentNoUnsafe, told))
}

/// Whether Windows takes a file of this name for a device, whatever its ending.
fn is_device(key: &str) -> bool {
    let stem = key.split('.').next().unwrap_or(key);
    let numbered = |name: &str| {
        let rest = stem.strip_prefix(name).unwrap_or("");
        let mut rest = rest.chars();
        let number = rest.next();
        let is_number = number.is_some_and(|c| c.is_ascii_digit() || "¹²³".contains(c));
        is_number && rest.next().is_none()
    };
    matches!(stem, "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || numbered("COM")
        || numbered("LPT")
}
