//! Why a sealed workspace does not open, or cannot be made.

use std::path::PathBuf;

use super::key_file::LEAST_PASSPHRASE;

/// What went wrong with the key of a workspace. The text is what staff read.
#[derive(Debug, thiserror::Error)]
pub enum SealFault {
    /// The workspace is sealed and was to be opened without a key.
    #[error("{} 是加密的工作区，请用工作区口令或恢复码打开", path.display())]
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// The workspace is not sealed.
    #[error("{} 没有加密，不需要口令", path.display())]
    NotSealed {
        /// The folder.
        path: PathBuf,
    },
    /// Another passphrase.
    #[error("工作区口令不对，请检查大小写和输入法后重试；忘记口令时可用恢复码打开")]
    WrongPassphrase,
    /// The recovery code's own check says that it was typed wrongly.
    #[error("恢复码输入有误（校验不符），请对照打印件逐组核对")]
    RecoveryMistyped,
    /// A recovery code, but not of this workspace.
    #[error("这不是本工作区的恢复码；换过恢复码的，请用最近一次打印的")]
    WrongRecovery,
    /// The system's keychain has nothing that opens it.
    #[error("这台电脑的系统钥匙串没能打开工作区，请输入工作区口令")]
    NotKeptHere,
    /// The passphrase is too short.
    #[error("工作区口令至少要 {LEAST_PASSPHRASE} 个字符")]
    PassphraseShort,
    /// The key file is not what was written.
    #[error(
        "钥匙文件 {} 已损坏，工作区暂时打不开。备份里有同样的一份：请把“备份”中最近一份备份里的“钥匙”文件复制到工作区文件夹，再打开",
        path.display()
    )]
    KeyFileDamaged {
        /// The file.
        path: PathBuf,
    },
    /// The key file was written by a newer program.
    #[error("钥匙文件 {} 由更新版本的照审台写成，请升级程序", path.display())]
    KeyFileNewer {
        /// The file.
        path: PathBuf,
    },
    /// The database is encrypted and there is no key file.
    #[error(
        "{} 是加密的工作区，但钥匙文件“钥匙”不见了；没有它，口令和恢复码都打不开数据库和照片。请把“备份”中任一份备份里的“钥匙”文件复制到工作区文件夹；没有备份的，请找回这个文件",
        path.display()
    )]
    KeyFileMissing {
        /// The folder.
        path: PathBuf,
    },
    /// There is a key file, and photos or backups, and no database.
    #[error(
        "{} 有钥匙文件和照片，但数据库 zhaoshen.db 不见了；请从备份恢复，不要在这里新建工作区",
        path.display()
    )]
    DatabaseMissing {
        /// The folder.
        path: PathBuf,
    },
    /// Something lies among what would be removed, and is not the program's.
    #[error("{} 不是照审台的文件。加密后，未加密的照片和备份会连同所在的文件夹一起删除；请先把它移到别处再试", path.display())]
    Foreign {
        /// The file or folder.
        path: PathBuf,
    },
    /// A copy in clear of what is sealed lies in the workspace and would stay.
    #[error(
        "{} 是一份没有加密的照审台资料，放在工作区里，加密后仍能直接读到。请先把它移出工作区（或删除），再加密",
        path.display()
    )]
    InClear {
        /// The file or folder.
        path: PathBuf,
    },
    /// A folder of the workspace is a link to somewhere else, or another disk.
    #[error(
        "{} 是指向别处的链接，或是另一块磁盘：那里未加密的内容不会随加密删除。请先把它换成普通文件夹，把里面的内容移回来，再加密",
        path.display()
    )]
    Elsewhere {
        /// The folder or file.
        path: PathBuf,
    },
    /// The key opens, and the database does not with it.
    #[error(
        "口令正确，但数据库打不开：“钥匙”文件不是这个工作区的，或数据库已损坏。请换回本工作区的“钥匙”文件，或从备份恢复"
    )]
    OtherKey,
    /// The system has no random numbers.
    #[error("系统没有可用的随机数，无法加密")]
    NoRandom,
    /// A cipher refused; does not happen with what this program gives it.
    #[error("加密失败，内容没有写入")]
    Cipher,
}
