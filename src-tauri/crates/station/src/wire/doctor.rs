//! What is wrong with this computer or this workspace, and how to mend it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where something was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DoctorArea {
    /// This computer.
    Machine,
    /// The workspace.
    Workspace,
}

/// What looking gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DoctorState {
    /// As it should be.
    Good,
    /// Works, and could be better.
    Note,
    /// To be mended.
    Bad,
    /// The system does not tell.
    Unknown,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DoctorFinding {
    /// Its word, the same in every version.
    pub code: String,
    /// Where.
    pub area: DoctorArea,
    /// What looking gave.
    pub state: DoctorState,
    /// What was looked at, in Chinese.
    pub title: String,
    /// What was found, in Chinese.
    pub text: String,
    /// How to mend it, in Chinese; empty where nothing is to be done.
    pub remedy: String,
}

/// All that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DoctorReport {
    /// Version of the program.
    pub version: String,
    /// When, as "YYYY-MM-DD HH:MM:SS" local time.
    pub at: String,
    /// Whether nothing is to be mended.
    pub sound: bool,
    /// The findings: the computer's first.
    pub findings: Vec<DoctorFinding>,
}

/// Save a package of diagnostics.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DiagnosticsSave {
    /// Folder to write into.
    pub folder: String,
}
