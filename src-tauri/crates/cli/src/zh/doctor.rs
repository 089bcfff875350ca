//! Texts of `zhaoshen doctor`.

use zhaoshen_station::wire::{DoctorArea, DoctorFinding, DoctorState};

/// `doctor`.
pub const DOCTOR: &str = "检查这台电脑和工作区有什么问题，怎样解决；可保存不含个人信息的诊断包";
/// `--package`.
pub const PACKAGE: &str = "把诊断包（不含姓名、证件号码、文件名）写到这个文件夹";
/// `--all-photos`.
pub const ALL_PHOTOS: &str = "核对全部照片原件（按 SHA-256）；不写则每天抽查不同的 200 张";
/// Asks for the passphrase of a sealed workspace.
pub const PASSPHRASE: &str = "工作区口令（直接按回车则不打开工作区，只从外面看）";
/// A package is made of an open workspace, and opening this one would change it.
pub const PACKAGE_OF_OLDER: &str = "没有保存诊断包：工作区是旧版格式，要先打开它才能做，而打开就会升级；请用窗口程序打开一次再保存";
/// Nothing to be mended.
pub const SOUND: &str = "没有发现需要处理的问题";
/// Nothing was found, and nothing within the workspace was looked at.
pub const UNOPENED: &str =
    "工作区没有打开，里面的数据库和照片没有检查；请在终端里输入口令，或加上 --passphrase-stdin";
/// Something to be mended.
pub const UNSOUND: &str = "有需要处理的问题，见上面标 ✖ 的各项";

/// Heading of an area.
pub const fn area(area: DoctorArea) -> &'static str {
    match area {
        DoctorArea::Machine => "这台电脑",
        DoctorArea::Workspace => "工作区",
    }
}

/// One finding on one line, its remedy on the next.
pub fn finding(finding: &DoctorFinding) -> String {
    let sign = match finding.state {
        DoctorState::Good => "✔",
        DoctorState::Note => "▲",
        DoctorState::Bad => "✖",
        DoctorState::Unknown => "？",
    };
    let line = format!("  {sign} {}：{}", finding.title, finding.text);
    match finding.remedy.as_str() {
        "" => line,
        remedy => format!("{line}\n      → {remedy}"),
    }
}
