//! The station itself: status, reviewer, profiles, log.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::people::SeatView;
use super::round::RoundCard;

/// A command that takes nothing.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Empty {}

/// What the window needs at its start.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AppStatus {
    /// Version of the station.
    pub version: String,
    /// Folder of the workspace.
    pub workspace: String,
    /// Whether it is encrypted on the disk.
    pub sealed: bool,
    /// Whether nobody has shown yet that the recovery code was copied out.
    pub code_unconfirmed: bool,
    /// Whether a computer's keychain opens it without the passphrase.
    pub kept_here: bool,
    /// Fewest characters of a passphrase of the workspace.
    pub least_passphrase: u32,
    /// Who is reviewing; empty until somebody gave a name.
    pub reviewer: String,
    /// Who sits at this session, and what may be done.
    pub seat: SeatView,
    /// What is wrong with the workspace that staff must hear of, in Chinese; empty when nothing is.
    pub alarm: String,
    /// Every round, newest first; empty on the first start, which offers the example round.
    pub rounds: Vec<RoundCard>,
}

/// Give the reviewer's name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReviewerSet {
    /// 审核人, 1 to 40 characters.
    pub name: String,
    /// The PIN, which whoever works alone may go without; empty for none.
    #[serde(default)]
    pub pin: String,
}

/// A standard a round can choose.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProfileCard {
    /// Id, e.g. `moe99`.
    pub name: String,
    /// What staff read.
    pub title: String,
    /// Where it comes from.
    pub source: String,
}

/// A page of the log.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LogQuery {
    /// The round; `null` for all.
    pub round: Option<i64>,
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted, at most 500.
    pub limit: u32,
}

/// Log rows, newest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LogPage {
    /// How many rows there are in all.
    pub total: u32,
    /// The rows asked for.
    pub entries: Vec<LogEntry>,
}

/// One row of the append-only log.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LogEntry {
    /// Running number.
    pub id: i64,
    /// When, as "YYYY-MM-DD HH:MM:SS" local time.
    pub at: String,
    /// 审核人.
    pub reviewer: String,
    /// What was done, in Chinese.
    pub act: String,
    /// To whom or what: 学号 and 姓名, a file, a folder.
    pub subject: String,
    /// State before, one line; empty when there was none.
    pub before: String,
    /// State after, one line.
    pub after: String,
}
