//! Why a file was not taken, in words.

use serde::Serialize;

use super::magic::{self, Kind};

/// Why a file was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalCode {
    /// Zero bytes.
    Empty,
    /// Larger than one photo may be.
    TooLarge,
    /// Expands far more than a picture can: a decompression bomb.
    Bomb,
    /// The files taken together passed the bound.
    TotalTooLarge,
    /// The path inside the archive leaves it (`..`, `/`, a drive letter).
    UnsafePath,
    /// Encrypted inside the archive.
    Encrypted,
    /// Compressed by a method that cannot be read.
    UnsupportedCompression,
    /// Damaged inside the archive, or the disk failed.
    Damaged,
    /// One of several entries of the same name in one archive.
    DuplicateName,
    /// A RAR archive.
    Rar,
    /// A 7z archive.
    SevenZip,
    /// An archive of another kind.
    OtherArchive,
    /// A zip archive whose name does not say so.
    MisnamedArchive,
    /// An archive within so many others that it is not opened.
    NestedTooDeep,
    /// An archive within another that would take too much memory.
    NestedTooLarge,
    /// An archive with more files than one import takes.
    TooManyFiles,
    /// A document (PDF, Word, Excel, web page).
    Document,
    /// A program.
    Program,
    /// Not a picture.
    NotAPicture,
    /// A link to somewhere else.
    Link,
    /// Not an ordinary file.
    NotAFile,
    /// Access refused by the system.
    Unreadable,
    /// Deeper in folders than is looked.
    TooDeep,
}

impl RefusalCode {
    /// What is wrong and what to do, in Chinese.
    pub const fn message(self) -> &'static str {
        match self {
            Self::Empty => "文件是空的（0字节），请重新获取原文件",
            Self::TooLarge => "文件过大，不像证件照，请核对后重新提交",
            Self::Bomb => "压缩比异常，可能是恶意压缩文件，已拒绝解开",
            Self::TotalTooLarge => "照片总量超过一次导入的上限，请分批导入",
            Self::UnsafePath => "压缩包内路径不安全（含“..”或绝对路径），请解压检查后重新压缩",
            Self::Encrypted => "压缩包内的文件设有密码，请取消密码后重新压缩",
            Self::UnsupportedCompression => {
                "压缩方法不受支持，请解压后导入文件夹，或用普通zip重新压缩"
            }
            Self::Damaged => "文件不完整或已损坏，请重新获取",
            Self::DuplicateName => {
                "压缩包内有几个同名文件，不知道该用哪一个，都没有导入，请改名后重新压缩"
            }
            Self::Rar => "是RAR压缩包，不能直接读取；请解压后导入文件夹，或重新压缩为zip",
            Self::SevenZip => "是7z压缩包，不能直接读取；请解压后导入文件夹，或重新压缩为zip",
            Self::OtherArchive => {
                "是zip以外的压缩包，不能直接读取；请解压后导入文件夹，或重新压缩为zip"
            }
            Self::MisnamedArchive => "其实是zip压缩包；请把扩展名改为.zip，或解压后再导入",
            Self::NestedTooDeep => "压缩包套得太多层，没有打开；请先解压里面的压缩包再导入",
            Self::NestedTooLarge => "是压缩包里的大压缩包，没有打开；请先解压这一层再导入",
            Self::TooManyFiles => "压缩包里的文件太多，没有打开；请分成几个压缩包导入",
            Self::Document => "是文档，不是照片；请从文档中另存照片",
            Self::Program => "是程序，不是照片，请勿打开",
            Self::NotAPicture => "不是图片文件，请核对",
            Self::Link => "是快捷方式或链接，请复制原文件到文件夹中",
            Self::NotAFile => "不是普通文件，无法读取",
            Self::Unreadable => "没有权限读取或文件被占用，请检查后重试",
            Self::TooDeep => "文件夹层数过多，没有读取，请移到较浅的文件夹",
        }
    }
}

/// A file that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Display path.
    pub path: String,
    /// Why.
    pub code: RefusalCode,
    /// Name, reason and remedy in one Chinese line.
    pub message_zh: String,
}

impl Refusal {
    pub(super) fn new(path: String, code: RefusalCode) -> Self {
        let message_zh = format!("“{path}”{}", code.message());
        Self {
            path,
            code,
            message_zh,
        }
    }
}

/// The reason to refuse the file that begins with `head`; `None` for pictures.
pub(super) fn of_head(head: &[u8]) -> Option<RefusalCode> {
    match magic::sniff(head) {
        Kind::Zip if magic::is_document(head) => Some(RefusalCode::Document),
        kind => of_kind(kind),
    }
}

/// The reason to refuse a file of this kind; `None` for pictures.
pub(super) const fn of_kind(kind: Kind) -> Option<RefusalCode> {
    match kind {
        Kind::Image(_) => None,
        Kind::Empty => Some(RefusalCode::Empty),
        Kind::Zip => Some(RefusalCode::MisnamedArchive),
        Kind::Rar => Some(RefusalCode::Rar),
        Kind::SevenZip => Some(RefusalCode::SevenZip),
        Kind::Gzip | Kind::OtherArchive => Some(RefusalCode::OtherArchive),
        Kind::OldOffice | Kind::Pdf | Kind::Markup => Some(RefusalCode::Document),
        Kind::Program => Some(RefusalCode::Program),
        Kind::Unknown => Some(RefusalCode::NotAPicture),
    }
}
