//! What an undo or a redo says that it did.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zhaoshen_model::{StudentId, SubmissionId};

use super::Act;

/// An act that was undone or done again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevertedAct {
    /// Which act of all that can be undone.
    pub id: i64,
    /// What had been done.
    pub act: Act,
    /// When it had first been done.
    pub made_at: Timestamp,
    /// What it touched.
    pub on: Reverted,
    /// Whom it was about, where it was about receipts or paper photos of a few students.
    pub whom: Vec<StudentId>,
}

/// What an undone or redone act touched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "on")]
pub enum Reverted {
    /// Decisions on these submissions.
    Decisions {
        /// The submissions, by id.
        submissions: Vec<SubmissionId>,
        /// Of the act, how many were decided anew since: they stay as they are.
        left: u64,
    },
    /// Where these photos lie: with a student, in a pile or put aside.
    Placements {
        /// The submissions, by id.
        submissions: Vec<SubmissionId>,
    },
    /// A roster import.
    Roster {
        /// How many students it had added or changed.
        students: u64,
        /// The photos whose match it had put in question, where nobody has said anything of them since.
        photos: Vec<SubmissionId>,
    },
    /// Rows of a list of the studio or of 学信网.
    Receipts {
        /// How many it had added.
        rows: u64,
    },
    /// Paper photos.
    Paper {
        /// Of how many students.
        students: u64,
    },
    /// Pictures of 采集码.
    Codes {
        /// Of how many students.
        students: u64,
    },
    /// Reference photos.
    References {
        /// Of how many students.
        students: u64,
    },
    /// Whom the round collects, and when.
    Scope,
    /// What the round is called.
    Name,
    /// What was said of students.
    Marks {
        /// How many students.
        students: u64,
    },
}

/// How many acts a reviewer has before and behind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoDepth {
    /// Acts that stand.
    pub undo: u64,
    /// Acts that were undone and can be done again.
    pub redo: u64,
}
