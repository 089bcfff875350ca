//! Rounds (采集批次).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A command about one round.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct RoundRef {
    /// The round's id.
    pub round: i64,
}

/// A round is opened on a screen, or the one that was open is left.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct RoundEnter {
    /// The round's id; none where no round is open any more.
    pub round: Option<i64>,
}

/// Make a round.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RoundCreate {
    /// Its name, e.g. "2026年非全日制研究生学历照片采集".
    pub name: String,
    /// 院校代码, five digits, or empty.
    pub school_code: String,
    /// First day, "YYYY-MM-DD", or empty.
    pub opens_on: String,
    /// Last day, "YYYY-MM-DD", or empty.
    pub closes_on: String,
    /// Profile id; see `profile_list`.
    pub profile: String,
}

/// A round with its numbers.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RoundCard {
    /// Id.
    pub round: i64,
    /// Name.
    pub name: String,
    /// 院校代码.
    pub school_code: String,
    /// First day or empty.
    pub opens_on: String,
    /// Last day or empty.
    pub closes_on: String,
    /// Profile id.
    pub profile: String,
    /// Profile title.
    pub profile_title: String,
    /// 名单 = 应采 + 免采.
    pub students: u32,
    /// 应采 = 已交 + 未交.
    pub due: u32,
    /// 免采: on the roster, and not to be collected.
    pub exempt: u32,
    /// Students due with at least one photo (已交): those that wait, the decided, and those in question.
    pub submitted: u32,
    /// Students due without a photo (未交).
    pub missing: u32,
    /// Photos waiting for the automatic checks.
    pub unchecked: u32,
    /// Students whose current photo waits for a decision (待审).
    pub pending: u32,
    /// 通过.
    pub approved: u32,
    /// 退回.
    pub rejected: u32,
    /// 存疑.
    pub held: u32,
    /// Decided, and a second review waits (复审中).
    pub reviewing: u32,
    /// Two people judged it otherwise, not settled (意见不一).
    pub differing: u32,
    /// Students whose current photo might be another's (归属待确认): it lies in a pile, too.
    pub questioned: u32,
    /// Photos in piles: unknown, ambiguous, not on the roster, in question.
    pub in_piles: u32,
    /// Photos of students who are exempt.
    pub excluded: u32,
    /// Students with a picture of their 采集码.
    pub codes: u32,
    /// Students with a reference photo.
    pub references: u32,
    /// Students delivered.
    pub delivered: u32,
    /// It is closed: for reading only.
    pub closed: bool,
    /// It is archived.
    pub archived: bool,
    /// Its photos and personal data are deleted.
    pub erased: bool,
    /// Last day that its data is kept, or empty.
    pub keep_until: String,
    /// Days until then, negative when past; `null` when no day is set.
    pub days_left: Option<i32>,
}
