//! Why a file was not taken, in words.

use serde::Serialize;

use super::magic::Kind;

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
    /// A second entry of the same name in one archive.
    DuplicateName,
    /// An archive within an archive, or one that is not a zip.
    NestedArchive,
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
            Self::DuplicateName => "压缩包内有同名文件，只读到其中一个，请改名后重新压缩",
            Self::NestedArchive => "是压缩包，请先解压再导入",
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

/// The reason to refuse a file of this kind; `None` for pictures.
pub(super) const fn of_kind(kind: Kind) -> Option<RefusalCode> {
    match kind {
        Kind::Image(_) => None,
        Kind::Empty => Some(RefusalCode::Empty),
        Kind::Zip | Kind::Rar | Kind::SevenZip | Kind::Gzip => Some(RefusalCode::NestedArchive),
        Kind::OldOffice | Kind::Pdf | Kind::Markup => Some(RefusalCode::Document),
        Kind::Program => Some(RefusalCode::Program),
        Kind::Unknown => Some(RefusalCode::NotAPicture),
    }
}
