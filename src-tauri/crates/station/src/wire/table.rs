//! Tables of the screens on their way to a workbook.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Write a table to a new workbook.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TableSave {
    /// What the table shows; names the sheet and the file.
    pub title: String,
    /// Its columns, left to right.
    pub columns: Vec<TableColumn>,
    /// A text per column and row.
    pub rows: Vec<Vec<String>>,
    /// Folder to write into.
    pub folder: String,
    /// The round whose students it may name: the list of what lies outside the workspace has it; none for a table that
    /// is about no round.
    pub round: Option<i64>,
}

/// A column of a table.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TableColumn {
    /// Its title.
    pub title: String,
    /// Whether its texts are counts or sizes that may be summed; never so for numbers that name somebody.
    pub is_number: bool,
}

/// Where a file was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FileSaved {
    /// Its path.
    pub path: String,
}
