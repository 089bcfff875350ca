//! The figures of a round: how far it is, what fails, who decided how.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Every figure of a round. All are counted over the listed students who are to be collected and their newest submissions, but those of days
/// and reviewers, which count every decision ever made.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Statistics {
    /// How far the round is.
    pub progress: RoundProgress,
    /// Rules that failed, were disputed or missed something, the most failing first.
    pub rules: Vec<RuleFigures>,
    /// Colleges, by name.
    pub colleges: Vec<CollegeFigures>,
    /// Days on which something came or was decided, first to last.
    pub days: Vec<DayFigures>,
    /// Reviewers, the busiest first.
    pub reviewers: Vec<ReviewerFigures>,
}

/// How far a round is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct RoundProgress {
    /// 名单 = 应采 + 免采.
    pub students: u32,
    /// 免采.
    pub exempt: u32,
    /// 应采 = 已交 + 未交.
    pub due: u32,
    /// 已交: of those due, with a photo.
    pub submitted: u32,
    /// 未交: of those due, without.
    pub missing: u32,
    /// Without a decision on the newest photo.
    pub pending: u32,
    /// 通过, in no doubt.
    pub approved: u32,
    /// 退回, in no doubt.
    pub rejected: u32,
    /// 存疑, in no doubt.
    pub held: u32,
    /// Decided, and a second review waits.
    pub reviewing: u32,
    /// 意见不一: two people judged otherwise, and nobody settled it.
    pub differing: u32,
    /// Newest photos the machine has judged.
    pub judged: u32,
    /// Of them, 合格 by the machine on the student's newest photo.
    pub clear: u32,
    /// Median seconds from one decision to the next of all reviewers; `null` while too few were made.
    pub seconds_per_photo: Option<f64>,
    /// Seconds left for what is pending at that pace; `null` while it cannot be told.
    pub seconds_left: Option<f64>,
}

/// What one rule did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RuleFigures {
    /// Stable code.
    pub code: String,
    /// Short title.
    pub title: String,
    /// Newest photos that fail it.
    pub failing: u32,
    /// Findings on newest photos, hints included, that a person called wrong (误报) and that stand so.
    pub false_alarms: u32,
    /// Photos rejected for it though the machine did not fail it (漏报).
    pub missed: u32,
}

/// What one college did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CollegeFigures {
    /// 学院; empty where the roster has none.
    pub college: String,
    /// Students who are to be collected (应采).
    pub students: u32,
    /// With a photo.
    pub submitted: u32,
    /// Newest photos that fail by the machine.
    pub failing: u32,
    /// 通过.
    pub approved: u32,
    /// 退回.
    pub rejected: u32,
}

/// What happened on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DayFigures {
    /// `YYYY-MM-DD`, local.
    pub day: String,
    /// Newest photos that came.
    pub received: u32,
    /// Of them, failing by the machine.
    pub failing: u32,
    /// Decisions made, those taken back later included.
    pub decided: u32,
}

/// What one reviewer did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ReviewerFigures {
    /// Name.
    pub reviewer: String,
    /// Decisions that stand.
    pub standing: u32,
    /// Decisions made in all.
    pub made: u32,
    /// Median seconds from one decision to the next within a sitting; `null` while too few were made.
    pub seconds_per_photo: Option<f64>,
    /// Standing approvals of photos that the machine fails.
    pub passed_failing: u32,
    /// Standing rejections of photos in which the machine found nothing.
    pub rejected_clear: u32,
}

/// Write the figures to a workbook.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StatisticsSave {
    /// The round.
    pub round: i64,
    /// Folder to write into.
    pub folder: String,
}
