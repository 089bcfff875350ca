//! The fee ledger: what students paid, beside where their photos stand.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{StudentHit, StudentRow};

/// The fee of a round and what came in for it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FeeView {
    /// The fee of one student, 元.
    pub fee: String,
    /// Whether photos of students who have not paid in full are held back from deliveries.
    pub hold: bool,
    /// Students who are to be collected, and others who paid.
    pub students: u32,
    /// Of them, those of whom no photo is collected and who paid all the same.
    pub exempt_paid: u32,
    /// Of them: nothing paid.
    pub unpaid: u32,
    /// Less than the fee.
    pub short: u32,
    /// The fee.
    pub paid: u32,
    /// More than the fee, mostly paid twice.
    pub over: u32,
    /// Sum of all payments that have a student, 元.
    pub sum: String,
    /// Sum of those that have none and are not put aside, 元.
    pub unknown_sum: String,
    /// Payments without a student, those put aside last: the first thousand. Every one is on a page of [`FeeUnknownPage`].
    pub unknown: Vec<FeePayment>,
    /// How many there are that are not put aside.
    pub unknown_total: u32,
    /// How many are put aside.
    pub aside_total: u32,
    /// Sum of those, 元.
    pub aside_sum: String,
    /// The lists that were read.
    pub lists: Vec<FeeList>,
}

/// One list that was read.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FeeList {
    /// File name.
    pub file: String,
    /// Payments that came with it first, whatever was paid back of them.
    pub payments: u32,
    /// Their sum, 元.
    pub sum: String,
    /// Refunds that came with it first.
    pub refunds: u32,
    /// What was paid back by them, 元; positive.
    pub refunded: String,
    /// Other lists in which some of them stand as well: those are to be read again when this one is taken out.
    pub also_in: Vec<String>,
}

/// One payment.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FeePayment {
    /// Id.
    pub payment: i64,
    /// 元; negative for what was paid back.
    pub amount: String,
    /// When, as the list writes it, or empty.
    pub paid_at: String,
    /// Who paid and for what, as the list writes it; identity numbers masked.
    pub text: String,
    /// The order number, or empty.
    pub reference: String,
    /// The list and its row.
    pub source: String,
    /// How the student is known, or why none is, in Chinese.
    pub how: String,
    /// Put aside as nobody's of this round, or because all of it was paid back before anybody was known to have made it.
    pub dismissed: bool,
    /// Students whose it may be.
    pub candidates: Vec<FeeCandidate>,
    /// What each would have of it where all of them may have paid it together, or may have it back together; else empty.
    pub together: Vec<FeePart>,
    /// What the student it is listed under has of it, 元, where it was divided among several.
    pub share: Option<String>,
}

/// A student whose a payment may be.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FeeCandidate {
    /// Who.
    pub hit: StudentHit,
    /// What the student paid already, 元, or empty: a namesake who has is hardly the one who did.
    pub paid: String,
}

/// Ask for a page of the ledger.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FeeAsk {
    /// The round.
    pub round: i64,
    /// Part of 学号, 姓名 or pinyin initials; empty for all.
    pub text: String,
    /// Only this state: `unpaid`, `short`, `paid`, `over`, or `exempt` for who is exempt and paid; empty for all.
    pub state: String,
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted, at most 1000.
    pub limit: u32,
}

/// A page of the ledger, in the order of 学号.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FeePage {
    /// How many match.
    pub total: u32,
    /// The rows asked for.
    pub rows: Vec<FeeRow>,
}

/// Ask for a page of the payments without a student.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FeeUnknownAsk {
    /// The round.
    pub round: i64,
    /// Part of what the list says of payer and payment, of the order number, or of the list's name; empty for all.
    pub text: String,
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted, at most 1000.
    pub limit: u32,
}

/// A page of the payments without a student, those put aside last.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FeeUnknownPage {
    /// How many match.
    pub total: u32,
    /// The rows asked for.
    pub rows: Vec<FeePayment>,
}

/// A student with what was paid.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FeeRow {
    /// The student, and where the photo stands.
    pub student: StudentRow,
    /// `unpaid`, `short`, `paid` or `over`.
    pub state: String,
    /// Sum of what was paid, 元.
    pub paid: String,
    /// Each payment.
    pub payments: Vec<FeePayment>,
}

/// Set the fee of a round.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FeeSet {
    /// The round.
    pub round: i64,
    /// The fee of one student, 元; `0` for none.
    pub fee: String,
    /// Hold back photos of students who have not paid in full.
    pub hold: bool,
}

/// Read a list of payments.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FeeImport {
    /// The round.
    pub round: i64,
    /// The file.
    pub path: String,
}

/// What came of reading a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FeeImported {
    /// File name.
    pub file: String,
    /// Payments that were new, whatever was paid back of them.
    pub added: u32,
    /// Refunds that were new, those of payments of earlier lists not counted.
    pub refunds: u32,
    /// Payments that were in the ledger already.
    pub known: u32,
    /// Payments of earlier lists of which this one says that some or all was paid back.
    pub updated: u32,
    /// Of the new ones, those that found their student.
    pub matched: u32,
    /// Rows that are no payment, or that a person should look at, with why; the first 500.
    pub skipped: Vec<FeeSkipped>,
    /// How many there are.
    pub skipped_total: u32,
}

/// A row that is no payment.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FeeSkipped {
    /// The cell.
    pub cell: String,
    /// Why.
    pub why: String,
}

/// Take a list out of the ledger again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FeeRemove {
    /// The round.
    pub round: i64,
    /// File name of the list.
    pub file: String,
}

/// Say whose a payment is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FeeAssign {
    /// The round.
    pub round: i64,
    /// The payment.
    pub payment: i64,
    /// The student; `null` when it is nobody's of this round.
    pub student: Option<i64>,
}

/// Divide a payment among several students.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FeeShare {
    /// The round.
    pub round: i64,
    /// The payment.
    pub payment: i64,
    /// Two students or more; together they have all of it.
    pub shares: Vec<FeePart>,
}

/// What one student has of a payment.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FeePart {
    /// The student.
    pub student: i64,
    /// 元.
    pub amount: String,
}
