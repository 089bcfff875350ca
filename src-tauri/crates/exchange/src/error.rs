//! The one error of this crate: what stops an import or an export as a whole.

use std::io;
use std::path::{Path, PathBuf};

use zhaoshen_model::RosterField;

/// Why an act stopped. The text is one Chinese line that names the place and the remedy.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing is at the path.
    #[error("找不到“{}”，请确认文件没有被移动或改名", path.display())]
    NotFound {
        /// Where.
        path: PathBuf,
    },
    /// The folder that is written to is not there, or not any more.
    #[error(
        "找不到文件夹“{}”：可能已被移动、改名或删除，或所在的磁盘、U 盘已拔出；请确认后重试，或另选位置",
        path.display()
    )]
    FolderGone {
        /// The folder.
        path: PathBuf,
    },
    /// The system refused access.
    #[error("没有权限读写“{}”，请检查该文件夹的权限，或换一个文件夹", path.display())]
    PermissionDenied {
        /// Where.
        path: PathBuf,
    },
    /// The target's disk takes no writing.
    #[error("“{}”所在的磁盘是只读的，请换一个可以写入的文件夹", path.display())]
    ReadOnly {
        /// Where.
        path: PathBuf,
    },
    /// The target's disk is full.
    #[error("“{}”所在的磁盘已满，请清出空间或换一个磁盘后重试", path.display())]
    DiskFull {
        /// Where.
        path: PathBuf,
    },
    /// Any other failure of reading or writing.
    #[error("读写“{}”时出错：{}", path.display(), fault(source))]
    Io {
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The act was cancelled; what was done stays done.
    #[error("已取消")]
    Cancelled,
    /// The roster is not a table this station reads.
    #[error("“{file}”{found}；{remedy}")]
    NotAWorkbook {
        /// File name.
        file: String,
        /// What it is instead, as the end of a sentence.
        found: &'static str,
        /// What to do.
        remedy: &'static str,
    },
    /// The table has no column of amounts beside one that tells who paid.
    #[error(
        "“{file}”里没有找到缴费记录：要有一列金额，还要有学号、姓名、付款人或备注；微信、支付宝账单请直接导入下载的原文件"
    )]
    NotPayments {
        /// File name.
        file: String,
    },
    /// No column says what became of a photo.
    #[error(
        "“{file}”里没有找到回执：要有一列学号、证件号码、考生号、姓名或文件名，还要有一列审核结果、退回原因、学历照片状态、图像校对或 bz；学信网在校名单没有 bz 列的，请先选“学信网在校名单”再导入"
    )]
    NotReceipts {
        /// File name.
        file: String,
    },
    /// The table has no column that names students.
    #[error("“{file}”里没有找到学生：要有学号、证件号码、考生号、姓名中的至少一列，并写明列名")]
    NoStudentColumn {
        /// File name.
        file: String,
    },
    /// The table has no column of telephone numbers beside one that names students.
    #[error(
        "“{file}”里没有找到手机号：要有一列手机号，还要有学号、证件号码、考生号中的至少一列，并写明列名"
    )]
    NoPhoneColumn {
        /// File name.
        file: String,
    },
    /// A quote in a text file swallows the rows after it.
    #[error(
        "“{file}”第{row}行有没有成对的引号，后面的行分不开；请用 Excel 或 WPS 打开核对后另存为“Excel 工作簿（.xlsx）”再导入"
    )]
    QuoteUnclosed {
        /// File name.
        file: String,
        /// Row, from 1.
        row: u64,
    },
    /// The workbook asks for a password.
    #[error("“{file}”设有打开密码，请先在 Excel 或 WPS 中取消密码并保存")]
    PasswordProtected {
        /// File name.
        file: String,
    },
    /// The workbook is damaged.
    #[error("“{file}”已损坏或不完整，请重新下载，或用 Excel、WPS 打开后另存再导入")]
    BrokenWorkbook {
        /// File name.
        file: String,
        /// What the reader said, for the technical detail.
        detail: String,
    },
    /// The workbook would take more memory than any roster needs.
    #[error("“{file}”展开后过大（{detail}），不像名单，已拒绝读取；请把名单单独复制到新工作簿")]
    WorkbookTooLarge {
        /// File name.
        file: String,
        /// Which bound was passed.
        detail: String,
    },
    /// A sheet reaches farther than any roster.
    #[error(
        "“{file}”的工作表“{sheet}”范围过大（{dimension}），超过{max_rows}行或{max_columns}列；请删除名单以外的行列，或把名单复制到新工作表"
    )]
    SheetTooLarge {
        /// File name.
        file: String,
        /// Sheet name.
        sheet: String,
        /// The range it claims or the cell met, e.g. `A1:XFD1048576`.
        dimension: String,
        /// Most rows read.
        max_rows: u32,
        /// Most columns read.
        max_columns: u32,
    },
    /// No sheet has a header row with 学号 and 姓名.
    #[error(
        "“{file}”中没有找到含“{}”的表头（工作表“{sheet}”读到的表头：{}）；请指定哪一列是它，或在前 20 行内写明列名",
        titles(missing),
        list(headers)
    )]
    ColumnMissing {
        /// File name.
        file: String,
        /// The sheet that came nearest.
        sheet: String,
        /// The columns that are missing.
        missing: Vec<RosterField>,
        /// The headers read there.
        headers: Vec<String>,
    },
    /// Two columns answer to one key field.
    #[error(
        "工作表“{sheet}”中有多列都像“{}”：{}；请只保留一列或改名",
        field.title(),
        list(columns)
    )]
    ColumnAmbiguous {
        /// File name.
        file: String,
        /// Sheet name.
        sheet: String,
        /// The field.
        field: RosterField,
        /// The columns, as `C列“身份证号”`.
        columns: Vec<String>,
    },
    /// The sheet has a header and no rows.
    #[error("“{file}”的工作表“{sheet}”只有表头，没有学生")]
    NoRows {
        /// File name.
        file: String,
        /// Sheet name.
        sheet: String,
    },
    /// The archive is not a zip file at all.
    #[error("“{}”{found}，请解压后导入文件夹，或重新压缩为zip", path.display())]
    NotAnArchive {
        /// Where.
        path: PathBuf,
        /// What it is instead, as the end of a sentence.
        found: &'static str,
    },
    /// The archive is cut off or damaged.
    #[error("压缩包“{}”不完整或已损坏，请重新下载后再导入", path.display())]
    BrokenArchive {
        /// Where.
        path: PathBuf,
    },
    /// The file is no copy of a workspace.
    #[error("“{}”不是照审台的备份文件，请选择由照审台写出的“照审台备份-….zip”", path.display())]
    NotACopy {
        /// Where.
        path: PathBuf,
    },
    /// The file does not open with the passphrase given, or needs one.
    #[error("“{}”打不开：口令不对，或没有填写口令", path.display())]
    WrongPassphrase {
        /// Where.
        path: PathBuf,
    },
    /// More entries than one import takes.
    #[error("“{}”中有{count}个文件，超过一次导入的上限{max}个，请分批导入", path.display())]
    TooManyEntries {
        /// Where.
        path: PathBuf,
        /// How many there are, at least.
        count: u64,
        /// Most taken.
        max: u64,
    },
    /// The naming template cannot be used.
    #[error("命名模板“{template}”不能用：{reason}")]
    Template {
        /// The template.
        template: String,
        /// Why.
        reason: String,
    },
    /// The target folder already holds something.
    #[error("“{}”已存在且不是空文件夹；为免覆盖，请换一个新的文件夹名", path.display())]
    TargetNotEmpty {
        /// Where.
        path: PathBuf,
    },
    /// The folder that should hold the target is missing.
    #[error("文件夹“{}”不存在，可能已被移动、改名，或 U 盘已拔出；请先建立或另选位置", path.display())]
    ParentMissing {
        /// Where.
        path: PathBuf,
    },
    /// A file of the same name appeared while writing.
    #[error("“{}”已存在；为免覆盖，已停止写入", path.display())]
    AlreadyExists {
        /// Where.
        path: PathBuf,
    },
    /// What was read back is not what was written.
    #[error("“{}”写入后读回不一致，磁盘可能有故障；请换一个磁盘重新导出", path.display())]
    ReadBackDiffers {
        /// Where.
        path: PathBuf,
    },
    /// A file that was written and read back is another by now, or gone, or something else has the name it is to have.
    #[error("“{}”在导出期间被别的程序改动或删除了；这次没有交付，已删去写出的文件，请换一个没有别的程序在用的文件夹重新导出", path.display())]
    ChangedMeanwhile {
        /// Where.
        path: PathBuf,
    },
    /// A file failed the check after writing.
    #[error("“{}”写入后读回核对不合格：{problem}；请重新生成该成品", path.display())]
    VerifyFailed {
        /// Where.
        path: PathBuf,
        /// What the check said.
        problem: String,
    },
    /// The finished photo could not be obtained.
    #[error("取不到“{file}”的成品：{problem}")]
    Provider {
        /// File name it was to have.
        file: String,
        /// What the provider said.
        problem: String,
    },
    /// The plan holds files that may not be written.
    #[error("有{count}个文件名不能用，例如“{example}”；请先改命名模板或处理这些学生")]
    PlanBlocked {
        /// How many.
        count: usize,
        /// One of them.
        example: String,
    },
    /// The label file is no CSV with a `file` column.
    #[error("标注文件“{}”无法使用：{detail}", path.display())]
    BrokenLabels {
        /// Where.
        path: PathBuf,
        /// What is wrong.
        detail: String,
    },
    /// One student's prints do not fit on the paper.
    #[error("每人 2寸 {two_inch} 张、1寸 {one_inch} 张在一张{paper}上放不下，请减少张数或换用 A4")]
    PrintsTooMany {
        /// The paper.
        paper: &'static str,
        /// Prints of 2寸.
        two_inch: u32,
        /// Prints of 1寸.
        one_inch: u32,
    },
    /// No font of the machine writes Chinese.
    #[error("本机没有可以嵌入的中文字体，无法打印文字；请安装“思源黑体”（免费）后重试")]
    NoFont,
    /// A PDF could not be composed.
    #[error("PDF“{}”生成失败，已停止；请重试，若反复出现请联系维护人员", path.display())]
    Pdf {
        /// Where it was to go.
        path: PathBuf,
        /// What the library said, for the technical detail.
        detail: String,
    },
    /// A workbook could not be composed.
    #[error("工作簿“{}”生成失败：{detail}", path.display())]
    Workbook {
        /// Where it was to go.
        path: PathBuf,
        /// What the writer said.
        detail: String,
    },
}

impl Error {
    /// The variant that says what the system's error at `path` means for staff.
    pub fn io(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::NotFound { path },
            io::ErrorKind::PermissionDenied => Self::PermissionDenied { path },
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path },
            io::ErrorKind::AlreadyExists => Self::AlreadyExists { path },
            _ => Self::Io { path, source },
        }
    }

    /// What stands at `path` is no file to be read: a folder, a pipe, a device.
    pub(crate) fn no_file(path: &Path, metadata: &std::fs::Metadata) -> Self {
        let kind = match metadata.is_dir() {
            true => io::ErrorKind::IsADirectory,
            false => io::ErrorKind::InvalidInput,
        };
        Self::io(path, kind.into())
    }

    /// As [`Self::io`], of a file that was to be made at `path`: what is not found then is its folder.
    pub fn making(path: &Path, source: io::Error) -> Self {
        let folder = path.parent().filter(|up| !up.as_os_str().is_empty());
        match folder {
            Some(folder) if source.kind() == io::ErrorKind::NotFound && !folder.is_dir() => {
                let path = folder.to_owned();
                Self::FolderGone { path }
            }
            _ => Self::io(path, source),
        }
    }
}

/// What the system's error means for staff, and what to do.
fn fault(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotADirectory => "路径中有一段不是文件夹，请重新选择文件夹",
        io::ErrorKind::InvalidInput => "这不是文件（是管道或设备），请重新选择",
        io::ErrorKind::IsADirectory => "这是文件夹而不是文件，请重新选择",
        io::ErrorKind::InvalidFilename => "名称过长或含有不允许的字符，请缩短或改名后重试",
        io::ErrorKind::FileTooLarge => "文件超过这个磁盘允许的大小，请换一个磁盘",
        io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy => {
            "文件正被其他程序使用，请关闭后重试"
        }
        _ => "请确认文件没有被其他程序占用、磁盘没有断开后重试",
    }
}

fn titles(fields: &[RosterField]) -> String {
    let titles: Vec<&str> = fields.iter().map(|field| field.title()).collect();
    titles.join("”和“")
}

fn list(items: &[String]) -> String {
    if items.is_empty() {
        "无".into()
    } else {
        items.join("、")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_the_system_is_told_in_chinese_with_a_remedy() {
        for kind in [io::ErrorKind::NotADirectory, io::ErrorKind::BrokenPipe] {
            let text = Error::io(Path::new("交付"), kind.into()).to_string();
            assert!(text.contains("交付") && text.contains('请'), "{text}");
            assert!(!text.is_ascii() && !text.contains("os error"), "{text}");
        }
    }
}
