//! What can go wrong at rest. The text is what staff read, so it is Chinese and names the remedy.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use zhaoshen_model::{DecisionId, Exempt, PhotoHash, SubmissionId};

use crate::seal::SealFault;

/// The result of a store operation.
pub type Result<T> = std::result::Result<T, Error>;

/// Everything the store can refuse or fail with.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder holds no workspace.
    #[error("{} 不是照审台的工作区，请选择含有 zhaoshen.db 的文件夹", path.display())]
    NotAWorkspace {
        /// The folder.
        path: PathBuf,
    },
    /// A workspace was to be made where one is already.
    #[error("{} 已经是一个工作区，请直接打开它", path.display())]
    AlreadyAWorkspace {
        /// The folder.
        path: PathBuf,
    },
    /// The workspace that is open is not where it was opened any more.
    #[error(
        "工作区文件夹 {} 已经不在原处（磁盘断开了，或文件夹被移走、删除），刚才的操作没有保存；请不要继续，重新连接磁盘或把文件夹放回原处后，再打开照审台",
        path.display()
    )]
    WorkspaceGone {
        /// The folder.
        path: PathBuf,
    },
    /// Another station has the workspace open.
    #[error("{} 正被另一个照审台使用，请先关闭那一个", path.display())]
    InUse {
        /// The folder.
        path: PathBuf,
    },
    /// The workspace was written by a newer program.
    #[error("{} 由更新版本的照审台建立（格式 {found}，本程序只认得到 {known}），请升级程序", path.display())]
    NewerWorkspace {
        /// The folder.
        path: PathBuf,
        /// Format of the workspace.
        found: u32,
        /// Newest format this program knows.
        known: u32,
    },
    /// The database file is damaged. The text says what to do; what the check said is for whoever mends it.
    #[error("工作区数据库已损坏，请从备份恢复")]
    Corrupt {
        /// What the check said.
        detail: String,
    },
    /// There are originals or backups, and no database, or one that holds nothing.
    #[error(
        "{} 里有照片或备份，但数据库 zhaoshen.db 不见了或是空的；没有改动任何文件，也没有新建工作区。如果知道原来的 zhaoshen.db 在哪里，把它放回来；否则用这个文件夹里的“备份”或 U 盘上的备份恢复（打开照审台的窗口选一份，或请信息中心的人在终端运行 zhaoshen backup restore）",
        path.display()
    )]
    DatabaseLost {
        /// The folder.
        path: PathBuf,
    },
    /// The row that says where the log ends is gone; nothing can be logged, so nothing can be done.
    #[error(
        "日志的末尾记录被删除，无法继续记录；请在“备份”里恢复最近的备份，并核查是谁改动了数据库"
    )]
    LogHeadMissing,
    /// There is no backup of that name.
    #[error("没有名为“{name}”的备份，可能已按保留期限清理；请刷新列表")]
    BackupUnknown {
        /// The name.
        name: String,
    },
    /// What is to be restored is not what was backed up.
    #[error("这份备份已损坏，与备份时记下的内容不一致；请换一份备份恢复")]
    BackupDamaged,
    /// What is to be restored cannot be read.
    #[error("这份备份读不出来：U 盘可能已拔出，或磁盘有坏道；请重新插好后再试，或换一份备份恢复")]
    BackupUnreadable,
    /// Files of the workspace lie elsewhere in truth, where deleting does not come.
    #[error(
        "{} 是指向别处的链接，或是另一块磁盘：那里的照片和备份不会随本批删除，销毁证明就不属实。请先把它换成普通文件夹，把里面的内容移回来，再删除",
        path.display()
    )]
    Elsewhere {
        /// The folder or file.
        path: PathBuf,
    },
    /// Among the backups, which go with a round that is deleted, lies what is not the program's.
    #[error(
        "{} 不是照审台的文件。删除本批时，工作区的“备份”会一起删除；请先把它移到别处再试（里面如有本批的照片或名单，移走后请另行删除）",
        path.display()
    )]
    AmongBackups {
        /// The file or folder.
        path: PathBuf,
    },
    /// A workspace was to be made within another.
    #[error("{} 在另一个工作区的文件夹里面，不能再新建工作区；请另选一个文件夹", path.display())]
    WithinWorkspace {
        /// The folder.
        path: PathBuf,
    },
    /// The folder to restore into holds something.
    #[error("{} 不是空文件夹；为免覆盖，请换一个新的文件夹", path.display())]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// The work was asked to stop.
    #[error("已取消")]
    Stopped,
    /// The disk is full.
    #[error("磁盘已满，请腾出空间后重试；已确认的内容没有丢失")]
    DiskFull,
    /// The disk took no more, or answered with a fault.
    #[error(
        "{}写不进去（磁盘可能已满、有大小限制或已断开），请腾出空间或检查磁盘后重试；已确认的内容没有丢失",
        path.as_ref().map_or_else(|| "工作区的数据库".to_owned(), |path| format!(" {} ", path.display()))
    )]
    DiskFault {
        /// The file; `None` for the database.
        path: Option<PathBuf>,
    },
    /// The folder cannot be written to.
    #[error("工作区不可写，请检查文件夹权限或磁盘写保护")]
    ReadOnly,
    /// A file of the workspace could not be read or written.
    #[error("读写 {} 失败：{source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another program holds the database: a second program on the same file, a backup or a virus scanner.
    #[error(
        "工作区的数据库正被别的程序占用（例如用数据库工具打开了它、同步盘或杀毒软件正在扫描）。请关闭那个程序后重试；已确认的内容没有丢失"
    )]
    Busy,
    /// SQLite refused for another reason.
    #[error("数据库操作失败：{0}")]
    Database(#[source] rusqlite::Error),
    /// A stored value is not of the shape this program writes.
    #[error("工作区中有读不懂的内容：{0}")]
    Unreadable(#[source] rusqlite::Error),
    /// A value could not be written as JSON and read back, e.g. a number that is not finite.
    #[error("{what} 无法存储：{source}")]
    Unstorable {
        /// What it was.
        what: &'static str,
        /// Why.
        source: serde_json::Error,
    },
    /// No row of that id.
    #[error("找不到{what}（编号 {id}）")]
    NotFound {
        /// Which thing, in Chinese.
        what: &'static str,
        /// The id asked for.
        id: i64,
    },
    /// A round of that name exists.
    #[error("已有名为“{name}”的批次，请换一个名称")]
    RoundNameTaken {
        /// The name.
        name: String,
    },
    /// A roster lists the same 学号 twice; the roster reader must have told them apart.
    #[error("名单中学号 {student_no} 出现了两次")]
    StudentNoRepeated {
        /// The number.
        student_no: String,
    },
    /// A student is to get the 学号 of one who was on the roster and is off it now.
    #[error("学号 {student_no} 在本批次用过（那名学生已不在名单上），不能改给另一名学生")]
    StudentNoUsed {
        /// The number.
        student_no: String,
    },
    /// The vault has no such photo.
    #[error("照片库中没有照片 {hash}")]
    PhotoMissing {
        /// The photo.
        hash: PhotoHash,
    },
    /// The photo's bytes no longer have the hash they are filed under.
    #[error("照片库中的照片 {hash} 已损坏，请从备份恢复或重新导入原片")]
    PhotoDamaged {
        /// The photo.
        hash: PhotoHash,
    },
    /// A sampling plan does not allow it.
    #[error("{0}")]
    Sampling(&'static str),
    /// A second review waits on the submission, and this is not the verdict it waits for.
    #[error("{0}")]
    UnderReview(&'static str),
    /// Someone decided on the submission after the caller looked.
    #[error("这张照片刚刚已有新的审核结论，请看过之后再决定")]
    Conflict {
        /// The submission.
        submission: SubmissionId,
        /// The decision the caller saw.
        seen: Option<DecisionId>,
        /// The decision that stands.
        standing: Option<DecisionId>,
    },
    /// The submission is another student's, or nobody's, since the caller looked.
    #[error(
        "这张照片在您看过之后已改给别的学生，或放回了待认领，刚才的决定没有记下；请看清现在是谁的照片，再作决定"
    )]
    Moved {
        /// The submission.
        submission: SubmissionId,
    },
    /// Photos that are delivered are approved no longer, or not to go for another reason.
    #[error("有{}张照片在导出期间不再是原来的“通过”、改给了别的学生或不再该交付，这次没有交付", submissions.len())]
    ApprovalTakenBack {
        /// Which, in the order of the delivery.
        submissions: Vec<SubmissionId>,
    },
    /// It came with other photos of the student, and nobody said which of them counts.
    #[error(
        "这名学生一次交来多张照片，还没有选定用哪一张，不能审核；请先在审核台打开这张照片，选定一张"
    )]
    Unpicked {
        /// The submission.
        submission: SubmissionId,
    },
    /// The student has handed in a newer photo.
    #[error("该学生已提交新的照片，请审核新提交")]
    Superseded {
        /// The submission asked for.
        submission: SubmissionId,
        /// The newest one.
        newest: SubmissionId,
    },
    /// The submission belongs to nobody yet, so it cannot be decided on.
    #[error("这张照片还没有匹配到学生，请先指定学生")]
    Unmatched {
        /// The submission.
        submission: SubmissionId,
    },
    /// The student is not to be collected.
    #[error("该学生免采（{}），不收照片；若应采集，请先在“名单”或“采集范围”里改过来", why.title())]
    Exempt {
        /// Why not.
        why: Exempt,
    },
    /// A decision stands on the submission, so it cannot be given to another student.
    #[error("这张照片已有审核结论，请先撤销结论再改指学生")]
    Decided {
        /// The submission.
        submission: SubmissionId,
    },
    /// One photo is to be given to two students at once.
    #[error("同一张照片不能同时指定给两名学生，请只选一名")]
    AssignedTwice {
        /// The submission.
        submission: SubmissionId,
    },
    /// Someone saved another version of the round's profile after the caller looked.
    #[error("本批次的检测标准刚刚已有新版本，请重新打开后再修改")]
    ProfileMoved {
        /// The version that stands.
        version: u32,
    },
    /// Another act than the one the caller looked at would be taken back.
    #[error("要撤销的那一步刚刚已有变化，请看清楚现在的上一步再撤销")]
    UndoMoved,
    /// The round is closed and takes no act.
    #[error("本批次已结束，只能查看；如需继续，请先在“核对”页重新打开本批")]
    RoundClosed,
    /// The round's photos and personal data were deleted.
    #[error(
        "本批次的照片和个人信息已删除，只留下日志和销毁证明（可以在“核对”的“结束与归档”里再次保存），不能再继续"
    )]
    RoundErased,
    /// The round cannot be archived or deleted yet.
    #[error("{0}")]
    Ending(&'static str),
    /// What was asked of the list of people cannot be.
    #[error("{0}")]
    People(&'static str),
    /// Shares that are not the whole payment, or not several students'.
    #[error("几名学生合缴的，每人都要有份额，加起来要正好是这笔缴费的金额")]
    SharesUneven,
    /// Rows of two rounds in one act.
    #[error("一次操作只能涉及同一个批次")]
    RoundsMixed,
    /// A row of a receipt that says already whether the photo was taken or given back.
    #[error("这一条回执已经写明或认定了结果，请重新打开“核对”")]
    Settled,
    /// The workspace's key: wrong, damaged or missing.
    #[error(transparent)]
    Seal(#[from] SealFault),
    /// A rejection without a reason.
    #[error("退回时至少要有一条原因")]
    NoReason,
}

impl Error {
    /// Whether the workspace as it lies there opens for nobody: what is left of it is its backups.
    pub const fn is_damage(&self) -> bool {
        matches!(
            self,
            Self::Corrupt { .. }
                | Self::DatabaseLost { .. }
                | Self::Seal(
                    SealFault::DatabaseMissing { .. }
                        | SealFault::KeyFileMissing { .. }
                        | SealFault::KeyFileDamaged { .. }
                        | SealFault::OtherKey
                )
        )
    }

    /// An input or output error at `path`.
    pub(crate) fn io(path: &Path, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            io::ErrorKind::FileTooLarge => Self::DiskFault {
                path: Some(path.to_owned()),
            },
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Self::ReadOnly,
            _ => Self::Io {
                path: path.to_owned(),
                source,
            },
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match &error {
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::Utf8Error(..) => Self::Unreadable(error),
            _ => match error.sqlite_error_code() {
                Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt {
                    detail: error.to_string(),
                },
                Some(ErrorCode::DiskFull) => Self::DiskFull,
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
                Some(ErrorCode::SystemIoFailure) => Self::DiskFault { path: None },
                Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                    Self::ReadOnly
                }
                _ => Self::Database(error),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::ffi;

    use super::Error;

    #[test]
    fn what_sqlite_says_becomes_what_staff_can_do() {
        let table = [
            (ffi::SQLITE_BUSY, "请关闭那个程序"),
            (ffi::SQLITE_LOCKED, "请关闭那个程序"),
            (ffi::SQLITE_FULL, "请腾出空间"),
            (ffi::SQLITE_CORRUPT, "请从备份恢复"),
            (ffi::SQLITE_READONLY, "请检查文件夹权限"),
        ];
        for (code, remedy) in table {
            let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
            let said = Error::from(error).to_string();
            assert!(said.contains(remedy), "{code}: {said}");
            let in_english = said.contains(|c: char| c.is_ascii_alphabetic());
            assert!(!in_english, "{code}: {said}");
        }
    }
}
