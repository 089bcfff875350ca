//! Reconciliation: receipts read in, differences with their remedies, paper photos, the last page of a round.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::StudentHit;

/// How a round stands when everything is held against each other.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReconcileView {
    /// The sums: every whole with parts that add up to it.
    pub sums: Vec<ReconcileSum>,
    /// Every kind of difference there is, in the order in which they are dealt with.
    pub kinds: Vec<ReconcileKind>,
    /// All differences.
    pub differences: u32,
    /// Students on the roster.
    pub students: u32,
    /// Of them, those of whom nothing is open.
    pub clear: u32,
    /// Photos that the studio gave back and that are still approved here.
    pub returned: u32,
    /// The lists that were read, first to last.
    pub lists: Vec<ReceiptList>,
    /// How many deliveries there were: a list may be said to answer one of them.
    pub deliveries: u32,
}

/// A whole and its parts.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReconcileSum {
    /// What is summed up.
    pub title: String,
    /// How many there are.
    pub whole: u32,
    /// The parts; they add up to the whole.
    pub parts: Vec<ReconcilePart>,
}

/// A part of a sum.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReconcilePart {
    /// What falls into it.
    pub title: String,
    /// How many.
    pub number: u32,
    /// Word of the kind of difference by which they are listed, `all` for those of every kind; empty where nothing is to be
    /// done about them.
    pub kind: String,
}

/// A kind of difference.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReconcileKind {
    /// Its word.
    pub kind: String,
    /// Its name.
    pub title: String,
    /// What to do.
    pub remedy: String,
    /// How many there are.
    pub count: u32,
}

/// A list as it was read.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReceiptList {
    /// File name.
    pub file: String,
    /// What it told of.
    pub kinds: String,
    /// Rows that stand.
    pub rows: u32,
    /// Who read it.
    pub reviewer: String,
    /// When, local time.
    pub read_at: String,
}

/// Asks for a page of differences.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReconcileAsk {
    /// The round.
    pub round: i64,
    /// Only this kind; empty for all.
    pub kind: String,
    /// Part of a 学号 or of a name; empty for all.
    pub text: String,
    /// First row.
    pub offset: u32,
    /// Most rows.
    pub limit: u32,
}

/// A page of differences.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReconcilePage {
    /// How many there are.
    pub total: u32,
    /// The rows.
    pub rows: Vec<ReconcileRow>,
}

/// A difference.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReconcileRow {
    /// The kind's word.
    pub kind: String,
    /// The kind's name.
    pub title: String,
    /// What to do.
    pub remedy: String,
    /// 学号, or empty.
    pub student_no: String,
    /// 姓名, or what a list has in its place.
    pub name: String,
    /// 学院.
    pub college: String,
    /// 班级.
    pub class: String,
    /// More about it: the reason, the delivered file, what a list says.
    pub text: String,
    /// The list and the cell that say so, or empty.
    pub source: String,
    /// The photo concerned; `null` when none.
    pub submission: Option<i64>,
    /// The row of a receipt; `null` when none.
    pub receipt: Option<i64>,
    /// The students who fit what a receipt says, where several do.
    pub candidates: Vec<StudentHit>,
}

/// Read a list of the studio or of 学信网.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReceiptsImport {
    /// The round.
    pub round: i64,
    /// The file.
    pub path: String,
    /// What it tells of: `studio`, `enrolment`, `register`, `confirmation`; empty to tell by its columns.
    pub kind: String,
    /// Which delivery it answers, from 1; `null` for the last one that each student was in.
    pub delivery: Option<u32>,
}

/// What came of a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReceiptsImported {
    /// File name.
    pub file: String,
    /// What it told of.
    pub kinds: String,
    /// Rows added.
    pub added: u32,
    /// Rows that say what is known already.
    pub known: u32,
    /// Of these, rows of which a person has said before what they mean, or whose they are.
    pub settled: u32,
    /// Rows that a person has put aside (不计) before.
    pub dropped: u32,
    /// Rows of 学信网's lists about students who are not on the roster.
    pub elsewhere: u32,
    /// The first of them: the cell, and whom it names.
    pub strangers: Vec<ReceiptCell>,
    /// Of those added, rows that say the studio gave a photo back.
    pub returned: u32,
    /// Of those added, rows of which a person is to say whether the photo was taken or given back.
    pub unsettled: u32,
    /// Cells that are not understood, or that name no student or several.
    pub unclear_total: u32,
    /// The first of them.
    pub unclear: Vec<ReceiptCell>,
}

/// A cell with what is wrong.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReceiptCell {
    /// The cell.
    pub cell: String,
    /// What is wrong, and what to do.
    pub why: String,
}

/// Reject photos that the studio gave back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReceiptsReject {
    /// The round.
    pub round: i64,
    /// Rows of receipts; empty for all that are open.
    pub receipts: Vec<i64>,
}

/// Put rows of receipts aside.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReceiptsDrop {
    /// The round.
    pub round: i64,
    /// The rows.
    pub receipts: Vec<i64>,
}

/// Say whose a row of a receipt is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReceiptAssign {
    /// The round.
    pub round: i64,
    /// The row.
    pub receipt: i64,
    /// The student.
    pub student: i64,
}

/// Whose it was said to be.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReceiptAssigned {
    /// 学号 and name.
    pub whose: String,
    /// The delivered file that the row answers, or empty where none had been delivered when the list was read.
    pub delivered: String,
}

/// Say which answer the words of a receipt's row mean.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReceiptSettle {
    /// The round.
    pub round: i64,
    /// The row.
    pub receipt: i64,
    /// `accepted` or `returned`.
    pub state: String,
    /// Why it was given back, as the student is to read it; empty for what the row itself says.
    pub reason: String,
}

/// What it was said to mean.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReceiptSettled {
    /// 学号 and name, or empty where it is about nobody yet.
    pub whose: String,
    /// 已接收 or 退回.
    pub meaning: String,
}

/// How many were put aside.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReceiptsDropped {
    /// Rows.
    pub dropped: u32,
    /// Whose, where that is known and they are few; else empty.
    pub whom: String,
}

/// How many were rejected.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReceiptsRejected {
    /// Photos rejected.
    pub rejected: u32,
}

/// Paper photos of a class.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PaperClass {
    /// 学院.
    pub college: String,
    /// 班级.
    pub class: String,
    /// Students on the roster.
    pub students: u32,
    /// Students whose paper photos are to come: delivered, and neither given back nor put in question since.
    pub expected: u32,
    /// Of those, whose paper photo has come.
    pub arrived: u32,
    /// Students whose paper photo has come though none is to come.
    pub besides: u32,
}

/// Asks for the students of a class.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PaperAsk {
    /// The round.
    pub round: i64,
    /// 学院.
    pub college: String,
    /// 班级.
    pub class: String,
}

/// A student's paper photo.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PaperRow {
    /// The student.
    pub student: i64,
    /// 学号.
    pub student_no: String,
    /// 姓名.
    pub name: String,
    /// How far the student has come.
    pub stage: String,
    /// Whether one is to come: a photo was delivered, and neither given back nor put in question since.
    pub expected: bool,
    /// Whether it has come.
    pub arrived: bool,
}

/// Tick paper photos off, or take the ticks back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PaperMark {
    /// The round.
    pub round: i64,
    /// The students.
    pub students: Vec<i64>,
    /// Whether they have come.
    pub arrived: bool,
}

/// How many marks changed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PaperMarked {
    /// Students.
    pub changed: u32,
    /// Who, where they are few; else empty.
    pub whom: String,
}

/// Write the last page of a round.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ClosingSave {
    /// The round.
    pub round: i64,
    /// Folder to write into.
    pub folder: String,
}

/// Where the last page was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ClosingSaved {
    /// The workbook.
    pub workbook: String,
    /// The page to be signed.
    pub pdf: String,
}
