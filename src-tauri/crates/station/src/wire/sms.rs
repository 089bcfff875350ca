//! The file for whoever sends text messages: its columns, what goes into it, what came of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a column of the file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SmsWhat {
    /// 手机号.
    Phone,
    /// The text to be sent.
    Text,
    /// 姓名.
    Name,
    /// 学号.
    StudentNo,
    /// 学院.
    College,
    /// 班级.
    Class,
    /// The reasons of the rejection, as one text.
    Reasons,
    /// The day until which another photo may come.
    Deadline,
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SmsColumn {
    /// What it holds.
    pub what: SmsWhat,
    /// Its title, as the operator's system asks for it.
    pub title: String,
}

/// The columns of the file, left to right.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SmsColumns {
    /// Those that were kept, or the program's own.
    pub columns: Vec<SmsColumn>,
}

/// The signature of the round's text messages (短信签名), which the operator puts before every one and counts.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SmsSignature {
    /// The round.
    pub round: i64,
    /// What stands between 【 and 】; empty for none.
    pub signature: String,
}

/// What is to go into the file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SmsAsk {
    /// The round.
    pub round: i64,
    /// A table with the students' numbers; empty for none.
    pub path: String,
    /// Leave out those who are marked as told.
    pub only_untold: bool,
    /// The template to fill; empty for the one that was kept.
    pub template: String,
    /// The day until which another photo may come, YYYY-MM-DD; empty for the last day of the round.
    pub deadline: String,
}

/// Write the file into a folder, and keep its columns for the next one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SmsSave {
    /// What is to go into it.
    pub ask: SmsAsk,
    /// Its columns, left to right.
    pub columns: Vec<SmsColumn>,
    /// Folder to write into.
    pub folder: String,
}

/// What the file would hold. No number is told in full.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct SmsPreview {
    /// Name of the table of numbers, or empty.
    pub file: String,
    /// What to say of its sheets: a hidden one was read, or another has numbers too.
    pub remarks: Vec<String>,
    /// Students to be told.
    pub students: u32,
    /// Of them, those with a number.
    pub numbered: u32,
    /// One of the numbers, masked, or empty.
    pub example: String,
    /// Those without a number, the first of them.
    pub unnumbered: Vec<SmsStudent>,
    /// Students to be told whose number is another's to be told too.
    pub shared: u32,
    /// Students to be told of whom the table has several numbers: only the first is used.
    pub several: u32,
    /// Rows of the table that hold no mobile number.
    pub unreadable: u32,
    /// Rows that name a student by 姓名 alone, contradict themselves, or mean nobody of the round: not used.
    pub unmatched: u32,
}

/// A student without a number.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SmsStudent {
    /// 学号.
    pub student_no: String,
    /// 姓名.
    pub name: String,
}

/// The file that was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SmsSaved {
    /// Where.
    pub path: String,
    /// Its rows.
    pub rows: u32,
    /// Students who are not in it for want of a number.
    pub left_out: u32,
    /// The rejected photos of those who are in it: they may be marked as told.
    pub submissions: Vec<i64>,
    /// What was found in the table of numbers.
    pub found: SmsPreview,
}
