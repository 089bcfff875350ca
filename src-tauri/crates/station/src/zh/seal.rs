//! What staff read of a sealed workspace.

/// Who changed a passphrase at the door, where nobody has signed in.
pub(crate) const BY_RECOVERY: &str = "恢复码";
/// Who kept the key for a computer at the door, where nobody has signed in.
pub(crate) const BY_PASSPHRASE: &str = "工作区口令";
/// A plain one was meant.
pub(crate) const SEALED_ALREADY: &str = "工作区已经加密";
/// Sealing closes the workspace.
pub(crate) const SEAL_WHILE_JOB: &str = "有任务正在进行，请等它完成再加密";
/// Sealed, and a program holds what was plain.
pub(crate) const SEALED_AND_NOT_REMOVED: &str = "工作区已经加密，但未加密的旧文件还没有删完：有程序正开着它们（看图软件、同步盘、杀毒软件）。请关闭那些程序，再重新打开照审台，会接着删除。";
/// A sealed workspace, closed.
pub(crate) const DOCTOR_LOCKED: &str = "工作区已加密、未解锁，没有检查其中的内容；解锁后再检查一次";
/// Sealed.
pub(crate) const DOCTOR_SEALED: &str = "已加密，打开时要输入工作区口令";
/// Plain.
pub(crate) const DOCTOR_PLAIN: &str = "没有加密：能读到这个文件夹的人都能读到名单和照片";

/// A new passphrase is too short.
pub(crate) fn passphrase_short(least: usize) -> String {
    format!("工作区口令至少要 {least} 个字符")
}

/// Sealed, and a file of it cannot be moved to its place, for this reason.
pub(crate) fn sealed_and_not_moved(why: &str) -> String {
    format!(
        "工作区已经加密，还差最后一步：旧文件没能移开（{why}）。请关闭正开着工作区文件夹的程序（看图软件、资源管理器、同步盘），再打开照审台，会接着做完。"
    )
}
