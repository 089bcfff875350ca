//! Texts about backups.

use zhaoshen_store::BackupWhy;

use super::people::wait;

/// Copying the database and the photos.
pub(crate) const STAGE_BACKUP: &str = "正在备份";
/// Writing one file.
pub(crate) const STAGE_COPY: &str = "正在写入备份文件";
/// Reading it back.
pub(crate) const STAGE_COPY_READ_BACK: &str = "正在读回核对";
/// Putting photos back.
pub(crate) const STAGE_RESTORE: &str = "正在恢复";
/// Reading a backup through.
pub(crate) const STAGE_VERIFY: &str = "正在核对备份";
/// Neither a backup nor a file was named.
pub(crate) const BACKUP_NOTHING_CHOSEN: &str = "请选择一份备份，或一个备份文件";
/// The folder to restore into is the workspace.
pub(crate) const RESTORE_IN_WORKSPACE: &str =
    "不能恢复到这个工作区自己的文件夹里，请选择其他文件夹";
/// The database of a backup is not what was copied.
pub(crate) const BACKUP_UNREADABLE: &str = "这份备份已损坏、读不出来，不能用来恢复；请换一份";
/// As [`BACKUP_UNREADABLE`], found when it is read through.
pub(crate) const BACKUP_DATABASE_WRONG: &str = "数据库与备份时不一致，不能用来恢复";
/// The key file of a backup in a file is damaged.
pub(crate) const BACKUP_KEY_WRONG: &str = "其中的钥匙文件已损坏，恢复出来也打不开";
/// The workspace that is open is not where it was opened any more.
pub(crate) const WORKSPACE_GONE: &str = "工作区文件夹已经不在原处（磁盘断开了，或文件夹被移走、删除），现在做的都不会保存；请不要继续，重新连接磁盘或把文件夹放回原处后，再打开照审台";
/// The log of a backup is broken.
pub(crate) const BACKUP_LOG_WRONG: &str = "其中的日志校验不通过";
/// The database is damaged.
pub(crate) const DATABASE_DAMAGED: &str =
    "数据库检查不通过，可能已损坏。请停止使用，到“备份”里核对并恢复最近的备份";

/// Why a backup was made.
pub(crate) const fn backup_why(why: BackupWhy) -> &'static str {
    match why {
        BackupWhy::Daily => "每日",
        BackupWhy::Worked => "操作较多",
        BackupWhy::Asked => "手动",
        BackupWhy::Upgrade => "升级前",
        BackupWhy::Sealed => "加密后",
        BackupWhy::Erased => "删除批次后",
    }
}

/// Photos of a backup that are missing or damaged.
pub(crate) fn backup_photos_wrong(count: usize) -> String {
    format!("{count} 张照片缺失或损坏")
}

/// Name of a backup in one file.
pub(crate) fn backup_file(name: &str, n: u32) -> String {
    match n {
        1 => format!("照审台备份-{name}.zip"),
        _ => format!("照审台备份-{name}({n}).zip"),
    }
}

/// Name of the backup that a file called so would hold; `None` for what [`backup_file`] gives no name to.
pub(crate) fn backup_of_file(file: &str) -> Option<&str> {
    const AT: &str = "0000-00-00_000000";
    let name = file.strip_prefix("照审台备份-")?.strip_suffix(".zip")?;
    let is_number = |digits: &str| digits.parse::<u32>().is_ok();
    let numbered = name
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('));
    let name = match numbered {
        Some((name, n)) if is_number(n) => name,
        _ => name,
    };
    let (at, nth) = name.split_at_checked(AT.len())?;
    let mut signs = at.chars().zip(AT.chars());
    let fits = signs.all(|(sign, form)| match form {
        '0' => sign.is_ascii_digit(),
        _ => sign == form,
    });
    let is_nth = nth.is_empty() || nth.strip_prefix('-').is_some_and(is_number);
    (fits && is_nth).then_some(name)
}

/// Name of the folder a workspace is restored into.
pub(crate) fn restore_folder(name: &str) -> String {
    format!("照审台工作区-恢复自{name}")
}

/// The log does not hold.
pub(crate) fn alarm_log(faults: u64) -> String {
    format!("日志校验不通过，发现 {faults} 处：请停止使用，打开“日志”查看，并报告负责人")
}

/// No backup could be made.
pub(crate) fn alarm_backup(message: &str) -> String {
    format!("自动备份没有做成：{message}")
}

/// The originals that a backup found damaged; nothing where there are none.
pub(crate) fn alarm_photos(damaged: u64) -> String {
    match damaged {
        0 => String::new(),
        damaged => format!(
            "备份时发现 {damaged} 张照片的原片已损坏，备份里的也是同一份：请保管员运行“帮助”里的检查，找到是哪些照片，从 U 盘上的备份恢复，或重新导入原片"
        ),
    }
}

/// The workspace may open: it is not replaced at the door.
pub(crate) const RESTORE_OPENS: &str =
    "这个工作区可以打开，没有恢复；要用以前的备份，请打开后在“批次”页的“备份与加密”里恢复";
/// The workspace lies in no folder.
pub(crate) const RESTORE_NOWHERE: &str =
    "工作区不在任何文件夹里，旁边放不下恢复出来的；请在终端运行 zhaoshen backup restore";
/// Who restored at the door, where nobody has signed in.
pub(crate) const BY_DOOR: &str = "打不开时恢复（未登录）";

/// The same, where it could not be read whether a keeper would have had to answer.
pub(crate) const BY_DOOR_UNREAD: &str = "打不开时恢复（未登录，读不出谁是保管员）";
/// The keepers can be read nowhere, and somebody has to say that it is restored all the same.
pub(crate) const RESTORE_UNREAD: &str = "工作区和它的备份里都读不出谁是保管员，没有办法核对口令，还没有恢复；确认由保管员在场以后再恢复";
/// A file is to take the place of a sealed workspace.
pub(crate) const RESTORE_WORKSPACE_KEY: &str =
    "原来的工作区是加密的：请输入它的工作区口令，或恢复码，用来核对谁是保管员";

/// The keeper who restored at the door.
pub(crate) fn by_keeper_at_door(name: &str) -> String {
    format!("{name}（打不开时凭口令恢复）")
}

/// A keeper's PIN is needed to restore.
pub(crate) fn restore_pin(names: &[&str]) -> String {
    format!(
        "恢复要由保管员确认：请输入 {} 的登录口令",
        names.join("或 ")
    )
}

/// It is no keeper's, and the next waits this many seconds.
pub(crate) fn restore_pin_wrong(names: &[&str], seconds: u64) -> String {
    let next = match seconds {
        0 => "请重新输入".to_owned(),
        _ => format!("请等 {} 后再试", wait(seconds)),
    };
    format!(
        "这不是 {} 的登录口令，没有恢复，{next}；忘记口令的，请信息中心的人在终端运行 zhaoshen backup restore",
        names.join("或 ")
    )
}

/// A recovery code was typed for a file.
pub(crate) const COPY_BY_CODE: &str = "打开备份文件要用它自己的口令（“备份到 U 盘”时显示的那一个），不是工作区的恢复码；恢复以后打开工作区时才用恢复码";

/// Name of the folder that a workspace that does not open is moved to.
pub(crate) fn aside_folder(name: &str, date: &str) -> String {
    format!("{name}-打不开-{date}")
}

/// Restored, and what does not open cannot be moved out of its place.
pub(crate) fn restored_beside(folder: &str, why: &str) -> String {
    format!(
        "已恢复到 {folder} 并核对，但没能换到原来的位置（{why}）。请关闭正开着原工作区文件夹的程序（看图软件、资源管理器、同步盘）后再恢复一次，或请信息中心的同事把它换上"
    )
}

/// Nobody has a PIN in this one, and somebody has in the one of `newer`.
pub(crate) fn backup_without_pins(newer: &str) -> String {
    format!(
        "这份备份里没有人设登录口令，而 {newer} 的备份里有：恢复这一份以后，不输口令就能进入并做任何事。请尽量用较新的备份；只能用这一份时，恢复后请马上在“人员”里设置口令"
    )
}

/// Whether somebody has a PIN in this one is not noted, and somebody has in the one of `newer`.
pub(crate) fn backup_pins_unknown(newer: &str) -> String {
    format!(
        "这份备份由较早的程序写成，没有记下其中有没有登录口令，而 {newer} 的备份里有：如果里面没有，恢复以后不输口令就能进入并做任何事，请马上在“人员”里设置口令"
    )
}

#[cfg(test)]
mod tests {
    use super::{backup_file, backup_of_file};

    #[test]
    fn a_file_tells_its_backup_by_a_name_of_ours_alone() {
        for name in ["2026-11-28_093344", "2026-11-28_093344-2"] {
            for n in [1, 2, 99] {
                let file = backup_file(name, n);
                assert_eq!(backup_of_file(&file), Some(name), "{file}");
            }
        }
        for other in [
            "照审台备份-2026-11-28_093344",
            "照审台备份-上学期.zip",
            "照审台备份-2026-11-28_093344(新).zip",
            "照审台备份-2026-11-28_093344-改.zip",
            "照审台备份-２026-11-28_0933.zip",
            "备份-2026-11-28_093344.zip",
            "照审台备份-.zip",
        ] {
            assert_eq!(backup_of_file(other), None, "{other}");
        }
    }
}
