//! Texts of `zhaoshen roster columns | map`.

use zhaoshen_station::wire::{RosterColumn, RosterSurveyView};

/// `roster columns`.
pub const COLUMNS: &str = "列出名单的每一列识别成了什么、有几分把握；不导入";
/// `roster map`.
pub const MAP: &str = "指定哪一列是什么，并按这组表头记住；一列也不写就恢复自动识别";
/// The columns.
pub const COLUMN: &str = "列=字段，例如 B=学号 C=姓名";
/// `--sheet`.
pub const SHEET: &str = "工作表名称（要同时给出表头行）";
/// `--header-row`.
pub const HEADER_ROW: &str = "表头在第几行";
/// A column without its field.
pub const NO_PAIR: &str = "列要写成 列=字段，例如 B=学号";

/// Where the roster stands.
pub fn place(view: &RosterSurveyView) -> String {
    let remembered = if view.remembered {
        "，照上次的对应"
    } else {
        ""
    };
    format!(
        "工作表“{}”，表头在第 {} 行{remembered}",
        view.sheet, view.header_row
    )
}

/// A column.
pub fn column(column: &RosterColumn) -> String {
    let field = column.field.as_deref().unwrap_or("忽略");
    let text = format!(
        "{}\t{}\t{field}\t{}\t{}\t{}",
        column.letter,
        column.header,
        confidence(&column.confidence),
        column.samples.join("、"),
        column.why
    );
    text.trim_end().to_owned()
}

fn confidence(word: &str) -> &'static str {
    match word {
        "sure" => "确定",
        "likely" => "多半是",
        "doubtful" => "请核对",
        "remembered" => "照上次",
        _ => "不读取",
    }
}

/// What nothing can be read without.
pub fn missing(view: &RosterSurveyView) -> String {
    format!("还没有指定哪一列是{}", view.missing.join("、"))
}

/// `--accept-field` names no field.
pub fn unknown_field(field: &str, known: &[String]) -> String {
    format!("没有“{field}”这一列，可以写：{}", known.join("、"))
}
