//! Whom a round collects (采集范围).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Students named by what the roster says of them; an empty list names all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ScopeCohort {
    /// 年级.
    pub grades: Vec<String>,
    /// 学习形式.
    pub study_modes: Vec<String>,
    /// 层次.
    pub levels: Vec<String>,
    /// 校区.
    pub campuses: Vec<String>,
    /// 学院.
    #[serde(default)]
    pub colleges: Vec<String>,
    /// 专业.
    #[serde(default)]
    pub majors: Vec<String>,
    /// 班级.
    #[serde(default)]
    pub classes: Vec<String>,
}

/// Whom a round is to collect, and when.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ScopeSet {
    /// The round.
    pub round: i64,
    /// First day, "YYYY-MM-DD", or empty.
    pub opens_on: String,
    /// Last day, "YYYY-MM-DD", or empty.
    pub closes_on: String,
    /// A student of any of these is to be collected; without one everybody on the roster is.
    pub cohorts: Vec<ScopeCohort>,
    /// Whether those who have a 学历照片 already are collected again.
    pub redo: bool,
    /// How often a student may hand in, at most 99; 0 for as often as they like.
    #[serde(default)]
    pub limit: u32,
}

/// Whom a round collects, and what follows for its roster.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ScopeView {
    /// As it stands.
    pub scope: ScopeSet,
    /// What the roster has to choose from.
    pub choices: ScopeChoices,
    /// Which of it students have together: what is chosen of one column leaves these of the others.
    pub together: Vec<ScopeTogether>,
    /// How many are to be collected and how many not.
    pub counts: ScopeCounts,
    /// Students named to be collected though of no cohort (点名补采), by 学号.
    pub stragglers: Vec<ScopeStudent>,
    /// Students marked as having a 学历照片 already, whatever follows.
    pub collected: u32,
    /// What undo would take back now; `null` for nothing.
    pub undo: Option<String>,
}

/// What the columns of the roster hold, each with how many students have it; the empty text is an empty cell.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ScopeChoices {
    /// 年级.
    pub grades: Vec<ScopeChoice>,
    /// 学习形式.
    pub study_modes: Vec<ScopeChoice>,
    /// 层次.
    pub levels: Vec<ScopeChoice>,
    /// 校区.
    pub campuses: Vec<ScopeChoice>,
    /// 学院.
    pub colleges: Vec<ScopeChoice>,
    /// 专业.
    pub majors: Vec<ScopeChoice>,
    /// 班级.
    pub classes: Vec<ScopeChoice>,
}

/// A text of a column.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ScopeChoice {
    /// As cohorts compare it: 2021级 is 2021.
    pub value: String,
    /// Students on the roster who have it.
    pub students: u32,
}

/// Texts of the columns that students have together.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ScopeTogether {
    /// Where they stand in the lists of [`ScopeChoices`], from 0, in the order of its fields.
    pub places: Vec<u32>,
    /// Students on the roster who have all of them.
    pub students: u32,
}

/// 名单 = 应采 + 免采, 应采 = 已交 + 未交.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ScopeCounts {
    /// 名单.
    pub listed: u32,
    /// 应采.
    pub due: u32,
    /// 已交, of those due.
    pub submitted: u32,
    /// 未交, of those due.
    pub missing: u32,
    /// 免采.
    pub exempt: u32,
    /// 免采 by reason; a reason nobody has is left out.
    pub reasons: Vec<ScopeReason>,
    /// Of the exempt, those whose photo came all the same.
    pub exempt_with_photo: u32,
    /// Photos of those due that came outside the window.
    pub outside_window: u32,
    /// Photos of those due that came after the last submission allowed.
    pub over_limit: u32,
}

/// A reason to be exempt.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ScopeReason {
    /// `collected`, `suspended`, `left`, `other` or `out_of_scope`.
    pub why: String,
    /// In words.
    pub title: String,
    /// How many students.
    pub students: u32,
}

/// A student of whom something was said.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ScopeStudent {
    /// Id.
    pub student: i64,
    /// 学号.
    pub student_no: String,
    /// 姓名.
    pub name: String,
    /// Why exempt all the same; empty for who is due.
    pub exempt: String,
}

/// Say something of students, in one act.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StudentMark {
    /// The round.
    pub round: i64,
    /// The students.
    pub students: Vec<i64>,
    /// `collected`, `suspended`, `left`, `other`, `straggler`, or `nothing` to take back all that was said.
    pub mark: String,
    /// Whether it is said or taken back.
    pub on: bool,
    /// Why, for `other`, or a remark; may be empty.
    pub note: String,
}

/// What came of it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StudentMarked {
    /// Students of whom it was not said before.
    pub changed: u32,
}

/// Read a list of students who have a 学历照片 already.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CollectedImport {
    /// The round.
    pub round: i64,
    /// Path of the list.
    pub path: String,
}

/// What the list held; every row is in exactly one number.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct CollectedImported {
    /// The list's file name.
    pub file: String,
    /// Rows below the header.
    pub rows: u32,
    /// Students marked now.
    pub marked: u32,
    /// Rows of students who were marked before, here or further up in the list.
    pub known: u32,
    /// Rows of nobody on the roster.
    pub strangers: u32,
    /// Rows that fit several students, or contradict themselves.
    pub ambiguous: u32,
    /// Rows that say that the student has no photo.
    pub without: u32,
    /// Rows whose column of states says neither.
    pub unclear: u32,
    /// Of the marked, those found by 姓名 alone.
    pub by_name: u32,
    /// Cells that should name a student and from which a spreadsheet has lost what it held.
    pub lost: u32,
    /// What to say of the file's sheets: a hidden one was read, or was not.
    pub remarks: Vec<String>,
    /// The rows to be looked at: cells that are lost, rows that fit several, that say neither and those found by 姓名 alone, then
    /// strangers; the first 500.
    pub lines: Vec<CollectedLine>,
}

/// A row of the list to be looked at.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CollectedLine {
    /// Row as Excel counts.
    pub row: u32,
    /// What stands there, ID numbers masked.
    pub text: String,
    /// What is to be said of it.
    pub why: String,
}
