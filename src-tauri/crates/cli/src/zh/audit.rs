//! Texts of `zhaoshen audit`.

use zhaoshen_station::wire::AuditView;

/// `audit`.
pub const AUDIT: &str = "日志：校验是否被改动，导出";
/// `audit verify`.
pub const VERIFY: &str = "逐条校验日志；有改动、缺失或插入的，指出是哪一条";
/// `audit export`.
pub const EXPORT: &str = "把日志连同每条的校验值存为 Excel";
/// The folder.
pub const FOLDER: &str = "存到哪个文件夹";
/// `--round`.
pub const ROUND: &str = "只导出这个批次（默认全部）";

/// What following the chain gave.
pub fn verified(audit: &AuditView) -> String {
    match audit.holds {
        true => format!("日志完整：{} 条，末条校验值 {}", audit.rows, audit.head),
        false => format!(
            "日志不完整：{} 条，发现 {} 处",
            audit.rows,
            audit.faults.len() + usize::try_from(audit.more).unwrap_or_default()
        ),
    }
}
