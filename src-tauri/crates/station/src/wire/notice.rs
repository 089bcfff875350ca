//! Notices to students, and the list of those who have not handed in.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Ask for the notices of a round.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NoticeAsk {
    /// The round.
    pub round: i64,
    /// The template to fill; empty for the one that was kept.
    pub template: String,
    /// The day until which another photo may come, YYYY-MM-DD; empty for the day that was told last, where it has not
    /// passed, else the last day of the round.
    pub deadline: String,
}

/// Keep a template for the rounds to come.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NoticeTemplate {
    /// The template; empty for the one the program brings.
    pub template: String,
}

/// Mark rejections as told to the students, or take the marks back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NoticeMark {
    /// The round.
    pub round: i64,
    /// The rejected submissions.
    pub submissions: Vec<i64>,
    /// Told, or not told after all.
    pub told: bool,
    /// The day they were told of, YYYY-MM-DD, or empty.
    pub deadline: String,
}

/// What came of marking.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NoticeMarked {
    /// Photos whose mark changed.
    pub changed: u32,
}

/// Who is to be told what.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NoticeView {
    /// The template that was filled.
    pub template: String,
    /// Words that may stand between braces.
    pub placeholders: Vec<String>,
    /// Words between braces that mean nothing.
    pub unknown: Vec<String>,
    /// The day that was filled in, YYYY-MM-DD, or empty.
    pub deadline: String,
    /// Whole days from today until then, 0 on the day, negative after it; `null` without one.
    pub days_left: Option<i32>,
    /// Students whose newest photo is rejected, by college, class and 学号.
    pub rows: Vec<NoticeRow>,
    /// The same by college, as one text each.
    pub groups: Vec<NoticeGroup>,
    /// Those without a photo, by college and class; only those where somebody is missing.
    pub missing: Vec<ChaseRow>,
    /// Students without a photo.
    pub missing_total: u32,
    /// Of them, those of whom a photo may wait in the piles to be claimed: texts name them apart.
    pub claimed_total: u32,
    /// Students who are to be collected (应采).
    pub students: u32,
    /// 免采: on the roster, and not chased.
    pub exempt: u32,
    /// One line that sums up who is missing.
    pub missing_line: String,
    /// The signature of its text messages, without brackets; empty for none.
    pub signature: String,
}

/// One student to be told.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NoticeRow {
    /// The rejected submission.
    pub submission: i64,
    /// 学号.
    pub student_no: String,
    /// 姓名.
    pub name: String,
    /// 学院.
    pub college: String,
    /// 班级.
    pub class: String,
    /// Where the photo stands, as students know it: 审核失败.
    pub state: String,
    /// The reasons, as one text.
    pub reasons: String,
    /// The template filled.
    pub text: String,
    /// In how many parts it goes out as a text message, the signature counted.
    pub parts: u32,
    /// When it was marked as told, local time; empty when it was not.
    pub told_at: String,
    /// The day until which another may come, as the student was told, YYYY-MM-DD; empty when none was told.
    pub told_until: String,
    /// That day has passed, and nothing came.
    pub is_overdue: bool,
}

/// The students of one college to be told.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NoticeGroup {
    /// 学院; empty where the roster has none.
    pub college: String,
    /// How many.
    pub students: u32,
    /// Of them, those not marked as told.
    pub untold: u32,
    /// A text for the college's group: every student with the reasons.
    pub text: String,
    /// The same of those not marked as told; empty where all were.
    pub untold_text: String,
}

/// Students of one class without a photo.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChaseRow {
    /// 学院.
    pub college: String,
    /// 班级.
    pub class: String,
    /// Students of the class on the roster.
    pub students: u32,
    /// Of them, those without a photo.
    pub missing: u32,
    /// Of those without, who may have one among the photos that wait to be claimed.
    pub claimed: u32,
    /// Who, as a text for the class's group; those whose photo may wait to be claimed apart.
    pub text: String,
}
