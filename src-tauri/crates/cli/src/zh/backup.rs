//! Texts of `zhaoshen backup`.

use zhaoshen_station::wire::{BackupCard, BackupRestored, BackupVerified, UnfinishedCard};

/// `backup`.
pub const BACKUP: &str = "备份：立即备份、列出、核对、写到 U 盘、恢复";
/// `backup now`.
pub const NOW: &str = "立即备份到工作区的“备份”文件夹";
/// `backup list`.
pub const LIST: &str = "列出备份（工作区打不开时也能用）";
/// `backup verify`.
pub const VERIFY: &str = "逐份读一遍，核对数据库、日志和每张照片（工作区打不开时也能用）";
/// `backup copy`.
pub const COPY: &str = "备份成一个加密文件，例如写到 U 盘；口令只显示一次";
/// `backup restore`.
pub const RESTORE: &str = "把备份恢复成一个新的工作区；默认用最新的一份。工作区能打开时要保管员登录（--as），并记入日志；打不开时也能恢复";
/// `backup dismiss`.
pub const DISMISS: &str = "写备份文件或恢复时中断的，已经处理好，不再提示；不写编号就列出";
/// Which.
pub const UNFINISHED: &str = "编号，不写就列出";
/// The name.
pub const NAME: &str = "备份的名称，见 backup list";
/// The folder of a copy.
pub const FOLDER: &str = "写到哪个文件夹，例如 U 盘";
/// The folder to restore into.
pub const RESTORE_FOLDER: &str = "在哪个文件夹里建立恢复出来的工作区";
/// `--file`.
pub const FILE: &str = "从这个备份文件（.zip）恢复";
/// `--file` of `backup verify`.
pub const VERIFY_FILE: &str = "读这个备份文件（.zip，例如 U 盘上的），不恢复；要输入它的口令";
/// The workspace of the backups does not open.
pub const SHUT: &str = "工作区打不开，直接用它的备份恢复；这次恢复不记入日志";
/// There is none.
pub const NONE: &str = "还没有备份";

/// One backup.
pub fn card(backup: &BackupCard) -> String {
    format!(
        "{}\t{}\t批次 {}，学生 {}，照片 {}{}{}，日志 {} 条\t{:.1} MB",
        backup.name,
        backup.why,
        backup.rounds,
        backup.students,
        backup.photos,
        match backup.missing {
            0 => String::new(),
            missing => format!("（缺 {missing}）"),
        },
        match backup.damaged {
            0 => String::new(),
            damaged => format!("（损坏 {damaged}）"),
        },
        backup.log_rows,
        backup.mebibytes
    )
}

/// What was broken off.
pub fn unfinished(card: &UnfinishedCard) -> String {
    format!(
        "编号 {}：{}（{} 开始，{}）。处理好以后用 zhaoshen backup dismiss {} 不再提示",
        card.id, card.text, card.started, card.reviewer, card.id
    )
}

/// A backup that was read through.
pub fn verified(verified: &BackupVerified) -> String {
    match verified.whole {
        true => format!("{}\t完好，照片 {} 张", verified.name, verified.photos),
        false => format!("{}\t有损坏", verified.name),
    }
}

/// A workspace made of a backup.
pub fn restored(report: &BackupRestored) -> String {
    let missing = match report.missing {
        0 => String::new(),
        missing => format!("，缺 {missing} 张"),
    };
    format!(
        "已恢复到 {}：批次 {}，学生 {}，照片 {}{missing}，日志 {} 条",
        report.folder, report.rounds, report.students, report.photos, report.log_rows
    )
}

/// What opens a copy.
pub fn passphrase(passphrase: &str) -> String {
    format!("口令：{passphrase}（只显示这一次，请抄在纸上，与 U 盘分开保管；丢失后打不开）")
}
