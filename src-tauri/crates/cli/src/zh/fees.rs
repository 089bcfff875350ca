//! Texts of `zhaoshen fees`.

use zhaoshen_station::wire::FeeImported;

/// `fees`.
pub const FEES: &str = "缴费：导入账单，看谁缴了、谁没缴";
/// `fees import`.
pub const IMPORT: &str = "导入微信、支付宝账单或任何带金额的表格；同一笔只计一次";
/// `fees list`.
pub const LIST: &str = "列出学生的缴费情况";
/// `fees set`.
pub const SET: &str = "设定每人费用";
/// `--state`.
pub const STATE: &str =
    "只列：unpaid 未缴、short 少缴、paid 已缴、over 多缴、unknown 没有对上学生的缴费";
/// The fee.
pub const AMOUNT: &str = "每人费用，元；不收费写 0";
/// `--hold`.
pub const HOLD: &str = "费用未缴清的学生，照片审核通过也不导出";

/// Words of a state.
pub fn state(word: &str) -> &'static str {
    match word {
        "paid" => "已缴",
        "short" => "少缴",
        "over" => "多缴",
        _ => "未缴",
    }
}

/// What came of a list.
pub fn imported(done: &FeeImported) -> String {
    format!(
        "“{}”：新增 {} 笔，其中 {} 笔对上学生；{} 笔以前已经导入；{} 行没有计入",
        done.file, done.added, done.matched, done.known, done.skipped_total
    )
}

/// What is asked of a student now.
pub fn set(fee: &str, hold: bool) -> String {
    let held = if hold {
        "未缴清的不导出"
    } else {
        "不影响导出"
    };
    format!("每人 {fee} 元，{held}")
}
