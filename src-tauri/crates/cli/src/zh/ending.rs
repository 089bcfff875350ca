//! Texts of the end of a round: closing, `archive`, `retention`, `delete`.

use zhaoshen_station::wire::{ArchiveChecked, ArchiveReport, EndingView, ErasedView, OutsideLine};

/// `round close`.
pub const CLOSE: &str = "结束本批：此后只能查看，直到重新打开";
/// `--reason`.
pub const LEFT_OPEN: &str = "还有未了结的差异时：不再处理的理由，记入日志并印在结项表上";
/// `round reopen`.
pub const REOPEN: &str = "重新打开已结束的批次（已有的归档作废，需重新归档）";
/// `round rename`.
pub const RENAME: &str = "给批次改名（可用 scope undo 撤销）";
/// `archive`.
pub const ARCHIVE: &str = "批次归档包：写入、核对";
/// `archive write`.
pub const WRITE: &str = "把已结束的批次写成一个归档包（zip），写完读回核对";
/// `archive verify`.
pub const VERIFY: &str = "核对归档包的每个文件是否与写入时一致";
/// Folder of the archive.
pub const OUT: &str = "写到哪个文件夹（不能在工作区里）";
/// `--encrypt`.
pub const ENCRYPT: &str = "用 AES-256 加密；口令只显示一次";
/// `--id-numbers`.
pub const ID_NUMBERS: &str = "含证件号码；必须同时加密";
/// `--no-renditions`.
pub const NO_RENDITIONS: &str = "不含成品照片（已通过的和交付过的）";
/// `--originals`.
pub const ORIGINALS: &str = "含原始照片";
/// `retention`.
pub const RETENTION: &str = "照片和个人信息的保存期限";
/// `retention set`.
pub const SET: &str = "设定保存期限（最后一天），例如 2027-06-30；空文本为不设期限";
/// `retention show`.
pub const SHOW: &str = "显示每个批次的保存期限；有过期未删除的，退出码为 1";
/// `delete`.
pub const DELETE: &str = "删除";
/// `delete round`.
pub const DELETE_ROUND: &str = "删除本批的照片和个人信息，不能撤销；批次须已结束、已归档（含全部成品照片）、保存期限已过（否则须写明理由）";
/// `--name`.
pub const NAME: &str = "批次名称，须一字不差：表示确认删除";
/// `--reason` of `delete round`.
pub const WAIVED: &str = "没有归档、归档不全、没有设定保存期限或期限还没有过也要删除的理由；留在日志和销毁证明里，其中的学生姓名、学号和证件号码会被遮盖";
/// `--certificate`.
pub const CERTIFICATE: &str = "把销毁证明（xlsx 和 PDF）写到这个文件夹";
/// `delete certificate`.
pub const CERTIFICATE_AGAIN: &str = "再写一份销毁证明";

/// How far a round has ended, one line each.
pub fn ending(view: &EndingView) -> Vec<String> {
    let mut lines = vec![format!(
        "{}：{}",
        view.name,
        if view.closed.is_empty() {
            "进行中".to_owned()
        } else {
            format!("已结束（{}）", view.closed)
        }
    )];
    if view.left_open > 0 {
        let why = match view.left_open_why.is_empty() {
            true => String::new(),
            false => format!("：{}", view.left_open_why),
        };
        lines.push(format!("结束时留有差异 {} 项{why}", view.left_open));
    }
    lines.extend(
        view.archive
            .as_ref()
            .map(|archive| format!("归档：{}（{}）", archive.file, archive.made)),
    );
    let lacks = view.archive.iter().map(|archive| archive.lacks.as_str());
    lines.extend(
        lacks
            .filter(|lacks| !lacks.is_empty())
            .map(|lacks| format!("注意：{lacks}")),
    );
    if let Some(days) = view.days_left {
        let left = match days {
            days if days < 0 => format!("已过期 {} 天", -i64::from(days)),
            days => format!("还有 {days} 天"),
        };
        lines.push(format!("保存至 {}：{left}", view.keep_until));
    }
    lines.extend(
        view.erased
            .as_ref()
            .map(|erased| format!("数据已删除（{}）", erased.made)),
    );
    lines.extend(
        view.erased
            .iter()
            .flat_map(|erased| outside(&erased.outside)),
    );
    lines
}

/// An archive that was written.
pub fn written(report: &ArchiveReport) -> Vec<String> {
    let mut lines = vec![
        report.path.clone(),
        format!(
            "{} 个文件，{:.1} MB，已读回核对",
            report.entries,
            report.bytes / 1_048_576.0
        ),
        format!("SHA-256 {}", report.sha256),
    ];
    if !report.lacks.is_empty() {
        lines.push(format!("注意：{}", report.lacks));
    }
    lines.extend(report.passphrase.as_ref().map(|passphrase| {
        format!(
            "口令 {passphrase}\n请立即记下并与归档包分开保管；口令没有存在任何地方，丢失后无法打开"
        )
    }));
    lines
}

/// An archive that was checked.
pub fn checked(checked: &ArchiveChecked) -> Vec<String> {
    let mut lines = vec![format!("SHA-256 {}", checked.sha256)];
    if !checked.round.is_empty() {
        lines.push(format!("与日志记载的“{}”归档一致", checked.round));
    }
    if !checked.voided.is_empty() {
        lines.push(format!("▲ {}", checked.voided));
    }
    match checked.problems.as_slice() {
        [] => lines.push(format!("{} 个文件都与写入时一致", checked.entries)),
        problems => lines.extend(problems.iter().map(|problem| format!("✖ {problem}"))),
    }
    lines
}

/// An archive is checked where no workspace is.
pub const WITHOUT_LOG: &str = "没有工作区：只按归档自己的清单核对，不与日志比较";

/// The log has no archive of this hash.
pub const NOT_IN_LOG: &str = "日志里没有 SHA-256 与这一份相同的归档包";

/// Where the certificate is to go is no folder.
pub fn no_folder(folder: &str) -> String {
    format!("“{folder}”不是已有的文件夹，没有删除任何东西；请先建好存放证明的文件夹")
}

/// The round is deleted, and its certificate could not be written.
pub fn not_certified(why: &str) -> String {
    format!("批次已经删除，但证明没有写成：{why}。证明可以随时再写：delete certificate 文件夹")
}

/// What was deleted.
pub fn erased(view: &ErasedView) -> Vec<String> {
    let lines = view.lines.iter();
    let lines = lines.map(|line| format!("{}\t{}", line.number, line.title));
    let kept = view.kept.iter();
    let kept = kept.map(|line| format!("{}\t没有删除：{}", line.number, line.title));
    let mut lines: Vec<String> = lines.chain(kept).collect();
    lines.extend(outside(&view.outside));
    lines
}

/// What lies outside the workspace, under a heading; nothing where nothing is known of.
fn outside(all: &[OutsideLine]) -> Vec<String> {
    if all.is_empty() {
        return Vec::new();
    }
    let told = all.iter().map(|line| {
        let path = match line.path.as_str() {
            "" => "写到哪里没有记录",
            path => path,
        };
        format!("  {}（{}）：{path}", line.what, line.at)
    });
    let heading = "工作区以外的文件不会删除，请自行清理：".to_owned();
    std::iter::once(heading).chain(told).collect()
}
