//! Texts of `zhaoshen seal` and of unlocking.

use zhaoshen_station::wire::{DoorState, SealProgress};

/// `seal`.
pub const SEAL: &str = "工作区加密：查看、加密、换口令、换恢复码、不再记住口令";
/// `seal show`.
pub const SHOW: &str = "说明工作区是否加密";
/// `seal now`.
pub const NOW: &str =
    "把工作区加密（没有工作区时新建一个加密的）；原有的未加密备份会删除，并另做一份";
/// `seal passphrase`.
pub const PASSPHRASE: &str = "更改工作区口令";
/// `--recovery`.
pub const RECOVERY: &str = "忘记口令时，用恢复码设置新口令";
/// `seal code`.
pub const CODE: &str = "更换恢复码，原来的随即作废";
/// `seal forget`.
pub const FORGET: &str = "不再记住口令：本机钥匙串里记下的随即打不开这个工作区";
/// A keychain opens it.
pub const KEPT: &str = "有电脑的钥匙串记住了口令，打开时不用输入";
/// Kept no more.
pub const FORGOTTEN: &str = "不再记住口令，以后打开都要输入";
/// It was not kept.
pub const NOT_KEPT: &str = "没有电脑记住口令，没有改动";
/// Asks for the passphrase.
pub const ASKED: &str = "工作区口令（忘记了的，输入恢复码）";
/// Asks for it again.
pub const AGAIN_ASKED: &str = "再输一遍";
/// Asks for the recovery code.
pub const CODE_ASKED: &str = "恢复码";
/// The two differ.
pub const DIFFER: &str = "两次输入的口令不一样，没有改动，请重试";
/// Done.
pub const CHANGED: &str = "工作区口令已更改";

/// Asks for a new one, of so many characters at least.
pub fn new_asked(least: u32) -> String {
    format!("新的工作区口令（至少 {least} 个字符）")
}

/// How the workspace stands.
pub const fn state(state: DoorState) -> &'static str {
    match state {
        DoorState::New => "还没有工作区",
        DoorState::Locked => "工作区已加密",
        DoorState::Damaged => "工作区打不开",
        DoorState::Open => "工作区没有加密",
    }
}

/// How far sealing is.
pub fn progress(progress: SealProgress) -> String {
    format!("已加密 {} / {} 张照片", progress.done, progress.of)
}

/// The recovery code, shown once.
pub fn shown(code: &str) -> String {
    format!(
        "工作区已加密。恢复码（只显示这一次）：\n\n    {code}\n\n请抄写或打印后锁起来保管。忘记口令时只有它能打开工作区；两样都没有，资料就找不回来了。"
    )
}
