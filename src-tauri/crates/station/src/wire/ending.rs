//! The end of a round: closing (结束), archiving (归档), how long data is kept, deletion (删除).

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::Zeroize;

/// How far a round has ended.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EndingView {
    /// The round.
    pub round: i64,
    /// What it is called: what is typed to delete its data.
    pub name: String,
    /// Students on the roster.
    pub students: u32,
    /// Photos that came in, one handed in twice counted twice.
    pub submissions: u32,
    /// Originals in the workspace, each file once.
    pub photos: u32,
    /// Those of them that another round holds too: deleting this round leaves them.
    pub shared: u32,
    /// Students whose photo waits for a decision: to be thought over before the round is closed.
    pub pending: u32,
    /// Photos whose second review waits: the round cannot be closed before, since its archive would tell the first
    /// verdicts.
    pub reviewing: u32,
    /// Students whose photo is 存疑: to be thought over before it is closed.
    pub held: u32,
    /// Students whose photo two people judged otherwise: likewise.
    pub differing: u32,
    /// Differences of the reconciliation that are open: likewise.
    pub differences: u32,
    /// When it was closed and by whom, or empty.
    pub closed: String,
    /// Differences that were open when it was closed.
    pub left_open: u32,
    /// Why it was closed over them, or empty.
    pub left_open_why: String,
    /// Its archive since it was closed; `null` without one.
    pub archive: Option<ArchiveView>,
    /// Last day that photos and personal data are kept, "YYYY-MM-DD", or empty.
    pub keep_until: String,
    /// Days until then, today excluded; negative when past, `null` when no day is set.
    pub days_left: Option<i32>,
    /// Why that alone asks for a reason before deleting, in Chinese; empty where it does not.
    pub kept_why: String,
    /// What was written outside the workspace, first to last: a deletion does not reach it. Empty while the round is open,
    /// and after the deletion, which has its own list.
    pub outside: Vec<OutsideLine>,
    /// The deletion; `null` while the data is there.
    pub erased: Option<ErasedView>,
}

/// The archive of a round.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ArchiveView {
    /// When it was written and by whom.
    pub made: String,
    /// Name of the file.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: f64,
    /// Entries in it.
    pub entries: u32,
    /// Whether it asks for a passphrase.
    pub encrypted: bool,
    /// Whether ID numbers are in it.
    pub id_numbers: bool,
    /// Whether finished photos are in it.
    pub renditions: bool,
    /// Whether originals are in it.
    pub originals: bool,
    /// Why deleting asks for a reason in spite of it, in Chinese; empty where it does not.
    pub lacks: String,
}

/// What was deleted.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ErasedView {
    /// When and by whom.
    pub made: String,
    /// Whether there was an archive.
    pub archived: bool,
    /// Whether the day until which the data was to be kept had not passed.
    pub early: bool,
    /// Why without an archive or before its day, or empty.
    pub waived: String,
    /// What, and how many.
    pub lines: Vec<ErasedLine>,
    /// What stays, and how many: what other rounds hold too, and what is known to be nobody's. Empty where nothing does.
    pub kept: Vec<ErasedLine>,
    /// What was written outside the workspace and is to be cleared away there, names of students masked.
    pub outside: Vec<OutsideLine>,
}

/// Something that was written outside the workspace and holds photos or personal data.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OutsideLine {
    /// What, in Chinese.
    pub what: String,
    /// The folder or file; empty where it is not known.
    pub path: String,
    /// When it was written.
    pub at: String,
}

/// A line of the certificate.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ErasedLine {
    /// What.
    pub title: String,
    /// How many, or how much.
    pub number: String,
}

/// Close a round.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RoundClose {
    /// The round.
    pub round: i64,
    /// Why it is closed over the differences that are open; empty where there are none.
    pub reason: String,
}

/// Give a round another name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RoundRename {
    /// The round.
    pub round: i64,
    /// What it is to be called.
    pub name: String,
}

/// Say how long a round's data is kept.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RetentionSet {
    /// The round.
    pub round: i64,
    /// Last day, "YYYY-MM-DD", or empty for none.
    pub keep_until: String,
}

/// What goes into an archive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ArchiveChoice {
    /// Under AES-256; the passphrase is made anew and told once.
    pub encrypted: bool,
    /// ID numbers too; only under encryption.
    pub id_numbers: bool,
    /// The finished photos of all that is approved or was delivered.
    pub renditions: bool,
    /// Every original.
    pub originals: bool,
}

/// Write the archive of a closed round.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ArchiveWrite {
    /// The round.
    pub round: i64,
    /// What goes in.
    pub choice: ArchiveChoice,
    /// Folder to write into.
    pub target: String,
}

/// An archive was written and read back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ArchiveReport {
    /// Where.
    pub path: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: f64,
    /// Entries in it.
    pub entries: u32,
    /// What it opens with; told this once, kept nowhere. `null` when not encrypted.
    pub passphrase: Option<String>,
    /// Which finished photos it lacks, in Chinese; empty where it holds all that are approved or were delivered.
    pub lacks: String,
}

/// Hold an archive to its own list of sums.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct ArchiveCheck {
    /// The file.
    pub path: String,
    /// Its passphrase, or empty.
    pub passphrase: String,
}

/// What was found in an archive.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ArchiveChecked {
    /// SHA-256 of the file.
    pub sha256: String,
    /// Entries in it.
    pub entries: u32,
    /// The round in this workspace whose archive it is by the log, or empty.
    pub round: String,
    /// Why it counts no longer although it is that one, in Chinese; empty where it does, or nothing is known.
    pub voided: String,
    /// What is wrong, one Chinese line each; empty when all is as it was written.
    pub problems: Vec<String>,
}

/// Delete the photos and personal data of a round, for good.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RoundErase {
    /// The round.
    pub round: i64,
    /// Its name, typed to be sure.
    pub name: String,
    /// Why it is deleted without an archive that holds every finished photo, or while the day its data is kept until was
    /// not said or has not passed; empty where there is one and it has.
    pub waived: String,
}

unshown!(ArchiveCheck);

impl Drop for ArchiveCheck {
    fn drop(&mut self) {
        self.passphrase.zeroize();
    }
}
