//! Texts of deliveries: what is asked before one is written, and what is said of those written.

/// Approved unseen by a release whose sample does not hold any more.
pub fn without_sample(plan: i64) -> String {
    format!("由抽样方案 {plan} 批量通过，没有单独看过；方案的样本后来改判、撤销或待复审")
}

/// A title that no column of the roster has.
pub fn no_column(title: &str) -> String {
    format!("名单没有名为“{title}”的列")
}

/// A readable list with ID numbers.
pub const ID_NUMBERS_UNENCRYPTED: &str =
    "清单含证件号码时只能写入加密压缩包：请把“保存为”改为加密压缩包，或不选证件号码";

/// Names or numbers of students go along.
pub fn warn_roster(columns: &str) -> String {
    format!(
        "交出去的清单或文件名含学生的{columns}。自 2023 年 1 月 1 日起（教学服〔2022〕10 号），\
         不得向采集单位提供学生名单，特别是姓名、身份证号等身份信息：只可留在校内，或交给有权接收的单位；\
         交给采集单位请用采集码模式"
    )
}
