//! The log followed row by row, and on its way to a workbook.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What following the chain of the log gave.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AuditView {
    /// Whether no row was changed, moved, put in or taken out.
    pub holds: bool,
    /// Rows there are.
    pub rows: u32,
    /// Hash of the last row, 64 hexadecimal digits; empty when nothing tells it.
    pub head: String,
    /// When it was followed, as "YYYY-MM-DD HH:MM:SS" local time.
    pub at: String,
    /// How many backups keep an end of the log that is still found in it.
    pub backups: u32,
    /// What breaks it, at most 200.
    pub faults: Vec<AuditFault>,
    /// How many more there are.
    pub more: u32,
}

/// Something that breaks the chain.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AuditFault {
    /// Number of the row, the first of several; 0 when it is no row.
    pub row: i64,
    /// What is wrong with which row, in Chinese.
    pub text: String,
}

/// Write the log to a new workbook, with the hash of each row.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LogSave {
    /// The round; `null` for all.
    pub round: Option<i64>,
    /// Folder to write into.
    pub folder: String,
}
