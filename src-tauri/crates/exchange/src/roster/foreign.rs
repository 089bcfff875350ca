//! What a file is when it is no roster, and what staff do about it: one line for every stray that offices pick.
//!
//! A damaged roster is not told here; that is the readers' to say.

use crate::error::Error;
use crate::intake::magic::Kind;

const SAVE_AS: &str = "请用 Excel 或 WPS 打开后另存为“Excel 工作簿（.xlsx）”再导入";
const COPY_TABLE: &str = "请把其中的表格复制到空白工作簿，另存为“Excel 工作簿（.xlsx）”再导入";
const UNPACK: &str = "请先解压，再选择里面的名单文件";

/// Something that is no roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Foreign {
    found: &'static str,
    remedy: &'static str,
}

impl Foreign {
    pub(super) const WORD: Self = Self::new("是 Word 文档，不是表格文件", COPY_TABLE);
    pub(super) const SLIDES: Self = Self::new("是演示文稿，不是表格文件", COPY_TABLE);
    pub(super) const RICH_TEXT: Self = Self::new("是 RTF 文档，不是表格文件", COPY_TABLE);
    pub(super) const NUMBERS: Self = Self::new(
        "是苹果 Numbers 表格",
        "请在 Numbers 中选“文件 → 导出为 → Excel”，再导入导出的文件",
    );
    pub(super) const PHOTOS: Self = Self::new(
        "是照片压缩包，不是名单",
        "照片请到“照片导入”中选择，这里请选择名单表格",
    );
    pub(super) const ARCHIVE: Self = Self::new("是压缩包，不是表格文件", UNPACK);
    pub(super) const OLD_OFFICE: Self =
        Self::new("里面没有 Excel 工作簿（可能是其他软件的文件）", SAVE_AS);
    pub(super) const BINARY_WITH_LOSS: Self =
        Self::new("是二进制工作簿（.xlsb），其中有读不全的单元格", SAVE_AS);
    pub(super) const EXCHANGE_FORMAT: Self =
        Self::new("是早期的表格交换格式（SYLK 或 DIF）", SAVE_AS);
    pub(super) const WEB_ARCHIVE: Self = Self::new("是“单个文件网页”（MHT）", SAVE_AS);
    pub(super) const PAGE_WITHOUT_TABLE: Self = Self::new(
        "是网页，里面没有表格（可能是登录页或出错页）",
        "请重新登录系统再导出；若导出时还有同名文件夹，请用 Excel 打开后另存为“Excel 工作簿（.xlsx）”",
    );
    pub(super) const OTHER_XML: Self = Self::new("是 XML 文件，但不是表格", SAVE_AS);
    pub(super) const DATABASE: Self = Self::new(
        "是数据库文件，不是表格文件",
        "请在原软件中把名单导出为 Excel 再导入",
    );
    pub(super) const HOLED: Self = Self::new(
        "文字里夹着空字符，可能是传输或导出时损坏了",
        "请重新导出或重新下载后再导入",
    );
    pub(super) const UNKNOWN: Self = Self::new("不是能识别的表格文件", SAVE_AS);

    const fn new(found: &'static str, remedy: &'static str) -> Self {
        Self { found, remedy }
    }

    /// What a file told by its first bytes is, `None` for what may be a roster.
    pub(super) fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Zip | Kind::OldOffice | Kind::Markup | Kind::Unknown => None,
            Kind::Empty => Some(Self::new("是空文件", "请重新导出或重新下载后再导入")),
            Kind::Pdf => Some(Self::new(
                "是PDF文件，不是表格文件",
                "请向提供者索取 Excel 表格，或转换成 Excel 并核对后，另存为“Excel 工作簿（.xlsx）”再导入",
            )),
            Kind::Image(_) => Some(Self::new(
                "是图片，不是表格文件",
                "照片请到“照片导入”中选择，这里请选择名单表格",
            )),
            Kind::Rar | Kind::SevenZip | Kind::Gzip | Kind::OtherArchive => Some(Self::ARCHIVE),
            Kind::Program => Some(Self::new("是程序，不是表格文件", "请选择名单表格")),
        }
    }

    /// The refusal of `file`.
    pub(super) fn refused(self, file: &str) -> Error {
        Error::NotAWorkbook {
            file: file.to_owned(),
            found: self.found,
            remedy: self.remedy,
        }
    }
}
