//! Backups: those there are, one in a file, a workspace made again.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::Zeroize;

use super::delivery::UnfinishedCard;

/// The backups of the workspace.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BackupView {
    /// Where they lie.
    pub folder: String,
    /// They, newest first.
    pub backups: Vec<BackupCard>,
    /// Log rows since the newest.
    pub behind: u32,
    /// Why the last backup that the program made by itself failed, in Chinese; empty when it did not.
    pub problem: String,
    /// Files and restored workspaces that were broken off while they were written.
    pub unfinished: Vec<UnfinishedCard>,
}

/// Say that a file or a restored workspace that was broken off was seen to.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct BackupDismiss {
    /// Which, by [`UnfinishedCard::id`].
    pub id: i64,
}

/// One backup.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BackupCard {
    /// Its name.
    pub name: String,
    /// When, as "YYYY-MM-DD HH:MM:SS" local time.
    pub at: String,
    /// Why it was made, in Chinese.
    pub why: String,
    /// Rounds in it.
    pub rounds: u32,
    /// Students in it.
    pub students: u32,
    /// Photos in it.
    pub photos: u32,
    /// Photos that were missing already.
    pub missing: u32,
    /// Photos that were known to be damaged.
    pub damaged: u32,
    /// Rows of its log.
    pub log_rows: u32,
    /// Size of database and photos, mebibytes.
    pub mebibytes: f64,
    /// What is lost with it that newer backups have, in Chinese; mostly empty.
    pub caution: String,
}

/// Name a backup.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BackupRef {
    /// Its name.
    pub name: String,
}

/// Write a backup into one encrypted file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BackupCopy {
    /// Folder to write into, a USB stick as a rule.
    pub folder: String,
}

/// Make a workspace of a backup.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct BackupRestore {
    /// Name of a backup of this workspace; empty to use the file.
    pub name: String,
    /// File that a backup was written into; empty to use the name.
    pub file: String,
    /// What opens the file.
    pub passphrase: String,
    /// Folder in which a new folder is made for the workspace.
    pub folder: String,
}

impl BackupRestore {
    /// The name of the backup, or the file.
    pub(crate) fn source(&self) -> &str {
        match self.name.as_str() {
            "" => &self.file,
            name => name,
        }
    }
}

/// A backup was written into one file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BackupCopied {
    /// The file.
    pub path: String,
    /// What opens it; told this once and kept nowhere.
    pub passphrase: String,
    /// Photos in it.
    pub photos: u32,
    /// Its size, mebibytes.
    pub mebibytes: f64,
}

/// A workspace was made of a backup, opened and counted.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BackupRestored {
    /// Its folder.
    pub folder: String,
    /// Rounds.
    pub rounds: u32,
    /// Students.
    pub students: u32,
    /// Photos.
    pub photos: u32,
    /// Photos that the backup did not have whole.
    pub missing: u32,
    /// Rows of the log.
    pub log_rows: u32,
    /// Whether it is encrypted: it opens with the passphrase of the workspace at the time of the backup, or one since.
    pub sealed: bool,
}

/// A backup was read through.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BackupVerified {
    /// Its name.
    pub name: String,
    /// Whether everything can be restored from it.
    pub whole: bool,
    /// Photos that are whole.
    pub photos: u32,
    /// What is wrong, in Chinese.
    pub problems: Vec<String>,
}

unshown!(BackupRestore);

impl Drop for BackupRestore {
    fn drop(&mut self) {
        self.passphrase.zeroize();
    }
}
