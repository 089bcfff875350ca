//! Mapping the columns of a roster (名单): what a file looks like, and the clerk's word on it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Look at a file, or at what was pasted, before it is read as a roster.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RosterSurveyAsk {
    /// Path of the workbook; empty when pasted.
    pub path: String,
    /// Rows of text between tabs; empty for a file.
    pub pasted: String,
    /// Sheet to look at; empty for the likeliest, or the one remembered.
    pub sheet: String,
    /// Row of headers as Excel counts; 0 for the likeliest.
    pub header_row: u32,
}

/// What the file looks like.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RosterSurveyView {
    /// Its sheets.
    pub sheets: Vec<RosterSheet>,
    /// The sheet looked at.
    pub sheet: String,
    /// The row of headers looked at, as Excel counts.
    pub header_row: u32,
    /// Every column with a header, left to right.
    pub columns: Vec<RosterColumn>,
    /// Titles of the fields to choose from.
    pub fields: Vec<String>,
    /// Titles of the fields that a roster needs and that no column has.
    pub missing: Vec<String>,
    /// Whether a person mapped a roster with these headers before, and that is shown.
    pub remembered: bool,
    /// What to know of the sheet: hidden, a header of two rows.
    pub remarks: Vec<String>,
}

/// A sheet to choose.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RosterSheet {
    /// Its name.
    pub name: String,
    /// Whether staff see it when they open the file.
    pub visible: bool,
    /// Its likeliest row of headers as Excel counts.
    pub header_row: u32,
}

/// A column with what it is taken for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RosterColumn {
    /// Letter, e.g. "C".
    pub letter: String,
    /// Header text.
    pub header: String,
    /// Title of its field; `null` when ignored.
    pub field: Option<String>,
    /// `sure`, `likely`, `doubtful`, `ignored`, or `remembered` when a person said so before.
    pub confidence: String,
    /// Why it should be looked at; may be empty.
    pub why: String,
    /// Some values, numbers of persons masked.
    pub samples: Vec<String>,
}

/// The clerk's word on a roster; it holds for every roster with the same headers.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RosterMap {
    /// Path of the workbook; empty when pasted.
    pub path: String,
    /// Rows of text between tabs; empty for a file.
    pub pasted: String,
    /// Sheet.
    pub sheet: String,
    /// Row of headers as Excel counts.
    pub header_row: u32,
    /// The columns that are kept; none forgets what was remembered.
    pub columns: Vec<MappedColumn>,
}

/// A column that is kept.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MappedColumn {
    /// Letter, e.g. "C".
    pub letter: String,
    /// Title of its field.
    pub field: String,
}
