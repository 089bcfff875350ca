//! Texts of `zhaoshen fees`.

use zhaoshen_station::wire::{FeeImported, FeeList, FeePayment};

/// `fees`.
pub const FEES: &str = "缴费：导入账单，看谁缴了、谁没缴";
/// `fees import`.
pub const IMPORT: &str = "导入微信、支付宝账单或任何带金额的表格；同一笔只计一次";
/// `fees list`.
pub const LIST: &str = "列出学生的缴费情况";
/// `fees set`.
pub const SET: &str = "设定每人费用";
/// `fees assign`.
pub const ASSIGN: &str = "指定一笔缴费是谁的";
/// `fees share`.
pub const SHARE: &str = "把一笔合缴的费用分给几名学生，合起来要等于这一笔的金额";
/// `fees remove`.
pub const REMOVE: &str = "移除一张已导入的表带来的缴费记录；可以再次导入";
/// A payment's number.
pub const PAYMENT: &str =
    "缴费的编号：fees list --state unknown 每行开头的，或 fees list 每行末尾的";
/// Whose it is.
pub const STUDENT: &str = "学号";
/// What each has of a payment.
pub const PARTS: &str = "每人一份，如 2021310001=20 2021310002=20";
/// The name of such a part.
pub const PART: &str = "学号=金额";
/// It is no such part.
pub const NO_PART: &str = "请写成 学号=金额，如 2021310001=20";
/// `--nobody`.
pub const NOBODY: &str = "这笔不属于本批次";
/// The name of a list that was read.
pub const READ_LIST: &str = "已导入的表的文件名，如 账单.csv";
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

/// A payment of a student, with its number.
pub fn payment(payment: &FeePayment) -> String {
    let amount = payment.share.as_ref().unwrap_or(&payment.amount);
    format!("编号 {}：{amount} 元", payment.payment)
}

/// Whose a payment is now.
pub fn assigned(payment: i64, student_no: Option<&str>) -> String {
    match student_no {
        Some(student_no) => format!("编号 {payment} 的缴费已记到 {student_no} 名下"),
        None => format!("编号 {payment} 的缴费已标为不属于本批次"),
    }
}

/// A payment was divided.
pub fn shared(payment: i64, students: usize) -> String {
    format!("编号 {payment} 的缴费已分给 {students} 名学生")
}

/// A list was taken out.
pub fn removed(file: &str, list: &FeeList) -> String {
    let refunds = match list.refunds {
        0 => String::new(),
        refunds => format!("，退款 {refunds} 笔"),
    };
    let removed = format!("已移除“{file}”的缴费记录，{} 笔{refunds}", list.payments);
    match list.also_in.as_slice() {
        [] => removed,
        others => format!(
            "{removed}；其中有的在“{}”里也有，请把这些表再导入一次",
            others.join("”“")
        ),
    }
}

/// There is no such list.
pub fn no_list(file: &str, lists: &[&str]) -> String {
    match lists {
        [] => format!("没有导入过“{file}”；还没有导入任何缴费记录"),
        lists => format!("没有导入过“{file}”；已导入的有：{}", lists.join("、")),
    }
}

/// A list was read that has no payments of its own.
pub fn all_elsewhere(file: &str, holders: &[&str]) -> String {
    format!(
        "“{file}”导入过，但其中的缴费都记在先导入的“{}”名下，没有单独可移除的记录；要移除请移除那份清单",
        holders.join("”“")
    )
}

/// What came of a list.
pub fn imported(done: &FeeImported) -> String {
    format!(
        "“{}”：新增 {} 笔，其中 {} 笔对上学生；退款 {} 笔；{} 笔以前已经导入；以前导入的又退款 {} 笔；{} 行没有计入或需要核对",
        done.file,
        done.added,
        done.matched,
        done.refunds,
        done.known,
        done.updated,
        done.skipped_total
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
