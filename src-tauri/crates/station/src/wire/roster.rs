//! Rosters (名单): preview, commit, listing.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A roster for a round: a file, or what was pasted from Excel or WPS.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RosterSource {
    /// The round.
    pub round: i64,
    /// Path of the workbook; empty when pasted.
    pub path: String,
    /// Rows of text between tabs; empty for a file.
    #[serde(default)]
    pub pasted: String,
}

/// What importing the file would do; nothing is written yet.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RosterPreview {
    /// Path read; empty when pasted.
    pub path: String,
    /// Stands for the file or the pasted text and for the roster it was compared with, to be handed back to `roster_commit`
    /// so that what is committed is what was seen.
    pub digest: String,
    /// Sheet the roster was found on.
    pub sheet: String,
    /// Row of the headers, counted as Excel does.
    pub header_row: u32,
    /// Rows read below the header.
    pub rows: u32,
    /// Students that are new.
    pub added: u32,
    /// The first 200 new students.
    pub added_sample: Vec<StudentRow>,
    /// Students whose columns change.
    pub updated: Vec<StudentChange>,
    /// Students that stay as they are.
    pub unchanged: u32,
    /// Students of the round that this file does not list; they are kept.
    pub not_in_file: u32,
    /// Those students, by 学号.
    pub vanished: Vec<VanishedStudent>,
    /// Rows whose 证件号码 another student of the round has; they are refused, and not listed there.
    pub conflicts: Vec<RefusedCell>,
    /// Rows that are refused; one with several problems counts once.
    pub refused_rows: u32,
    /// Their problems by kind, the most frequent first.
    pub remedies: Vec<RemedyGroup>,
    /// The first 1,000 problems of refused rows, with where and what to do.
    pub refused: Vec<RefusedCell>,
    /// Rows that are taken with a hint.
    pub hints: Vec<RefusedCell>,
    /// What staff may not notice of the sheet: hidden rows, merged titles and cells, formulas without a value.
    pub remarks: Vec<String>,
}

/// Problems of one kind, which are mended in one way.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RemedyGroup {
    /// What is wrong, in a few words.
    pub title: String,
    /// What to do.
    pub remedy: String,
    /// How many cells.
    pub cells: u32,
    /// The addresses of the first of them, e.g. "C17".
    pub first: Vec<String>,
}

/// Save the refused rows of a roster that was previewed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RefusedSave {
    /// The round that the roster was to be of: the list of what lies outside the workspace has the file.
    pub round: i64,
    /// The file; empty for what was pasted.
    pub path: String,
    /// What was pasted; empty for a file.
    pub pasted: String,
    /// The preview's digest.
    pub digest: String,
    /// Folder to write into.
    pub folder: String,
}

/// A cell that was refused or needs a look.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RefusedCell {
    /// Sheet.
    pub sheet: String,
    /// Row as in Excel.
    pub row: u32,
    /// Column letter; empty when the whole row is meant.
    pub column: String,
    /// Cell address, e.g. "C17".
    pub cell: String,
    /// 学号 of the row where it could be read.
    pub student_no: String,
    /// 姓名 of the row where it could be read.
    pub name: String,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: String,
}

/// A student whose columns change.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StudentChange {
    /// 学号.
    pub student_no: String,
    /// 姓名 as stored now.
    pub name: String,
    /// Column by column.
    pub changes: Vec<FieldChange>,
}

/// A student of the round that the file does not list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VanishedStudent {
    /// Id.
    pub student: i64,
    /// 学号.
    pub student_no: String,
    /// 姓名.
    pub name: String,
}

/// One changed column, ID numbers masked.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FieldChange {
    /// Title of the column.
    pub field: String,
    /// As stored now.
    pub before: String,
    /// As the file has it.
    pub after: String,
}

/// Write what was previewed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RosterCommit {
    /// The round.
    pub round: i64,
    /// Path of the workbook; empty when pasted.
    pub path: String,
    /// What was pasted; empty for a file.
    #[serde(default)]
    pub pasted: String,
    /// `digest` of the preview.
    pub digest: String,
    /// Whether changed students are taken over; new ones are in any case.
    pub accept_updates: bool,
    /// 学号 of new and changed students that are left as they are all the same.
    #[serde(default)]
    pub without: Vec<String>,
    /// Columns of changed students that are left as they are, while their others are taken.
    #[serde(default)]
    pub without_fields: Vec<FieldLeft>,
    /// Students that the file does not list and that are to be taken off the roster; their photos stay.
    #[serde(default)]
    pub take_off: Vec<i64>,
}

impl RosterCommit {
    /// Everything that was previewed, changed students if they are taken over; nobody is taken off.
    pub fn whole(source: RosterSource, preview: &RosterPreview, accept_updates: bool) -> Self {
        Self {
            round: source.round,
            path: source.path,
            pasted: source.pasted,
            digest: preview.digest.clone(),
            accept_updates,
            without: Vec::new(),
            without_fields: Vec::new(),
            take_off: Vec::new(),
        }
    }
}

/// A column of a changed student that is not taken.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FieldLeft {
    /// 学号.
    pub student_no: String,
    /// Title of the column, as [`FieldChange::field`].
    pub field: String,
}

/// What was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RosterCommitted {
    /// New students.
    pub added: u32,
    /// Changed students taken over.
    pub updated: u32,
    /// Changed students left as they were.
    pub kept: u32,
    /// Students taken off the roster.
    pub taken_off: u32,
    /// Unchanged.
    pub unchanged: u32,
    /// Refused rows.
    pub refused: u32,
    /// Photos out of the piles that now match a student.
    pub rematched: u32,
    /// Photos matched by 姓名 alone that now fit several students; they wait in the piles.
    pub questioned: u32,
}

/// Which students to list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StudentsQuery {
    /// The round.
    pub round: i64,
    /// Part of 学号, 姓名 or pinyin initials; empty for all.
    pub text: String,
    /// Only this state: `missing`, `pending`, `approved`, `rejected`, `held`, of students who are to be collected;
    /// `due` for all of those, `exempt` for the others or `exempt:` and a reason, `straggler` for those named; `code:` and
    /// the word of [`StudentRow::code`] by the picture of the 采集码; `reference:yes` and `reference:no` by the
    /// reference photo; empty for all.
    pub state: String,
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted, at most 1000.
    pub limit: u32,
}

/// A page of students.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StudentPage {
    /// How many match.
    pub total: u32,
    /// The rows asked for.
    pub students: Vec<StudentRow>,
}

/// A student as tables show one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StudentRow {
    /// Id; 0 in a preview.
    pub student: i64,
    /// 学号.
    pub student_no: String,
    /// 姓名.
    pub name: String,
    /// 证件号码, masked.
    pub id_number_masked: String,
    /// 性别.
    pub sex: String,
    /// 学院.
    pub college: String,
    /// 专业.
    pub major: String,
    /// 年级.
    pub grade: String,
    /// 班级.
    pub class: String,
    /// 层次.
    pub level: String,
    /// 学习形式.
    pub study_mode: String,
    /// 校区.
    pub campus: String,
    /// `missing`, `pending`, `approved`, `rejected`, `held`, or `exempt` (免采).
    pub state: String,
    /// The same as students know it: 未提交, 审核中, 审核失败, 审核成功; empty for who is exempt, and in a preview.
    pub told: String,
    /// Why exempt, in words, with a note where one was written; empty for who is to be collected.
    pub exempt: String,
    /// Named to be collected though of no cohort.
    pub straggler: bool,
    /// The picture of the 采集码 filed: `readable`, `unreadable` or `same` (as another's); empty when none is.
    pub code: String,
    /// Whose code is the same, 学号 and 姓名; empty unless it is.
    pub code_same_as: String,
    /// A reference photo is filed.
    pub reference: bool,
    /// Nothing was handed in, and a photo that waits in the piles to be claimed may be the student's.
    pub awaiting_claim: bool,
    /// The current submission; `null` when none.
    pub submission: Option<i64>,
}
