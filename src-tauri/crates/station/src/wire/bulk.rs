//! Deciding on many: filters, the grid, and sets approved on the strength of a sample.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::review::QueueItem;

/// Which current submissions to list: AND between the fields, OR within one; what is empty keeps all.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct QueueFilter {
    /// The round.
    pub round: i64,
    /// Keys of fixed queues (`failing`, `held`, …).
    pub queues: Vec<String>,
    /// Codes of failing rules.
    pub codes: Vec<String>,
    /// 学院.
    pub colleges: Vec<String>,
    /// Only what the reviewer at the desk decided.
    pub mine: bool,
    /// Part of 学号 or 姓名, or pinyin initials of the name; may be empty.
    pub text: String,
    /// Most photos of the answer, by 学号; `null` for all. How many there are is told all the same.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// Ask for the cards of a grid.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GridAsk {
    /// The round.
    pub round: i64,
    /// The submissions in sight, at most 200.
    pub submissions: Vec<i64>,
}

/// What a card of the grid shows besides the photo.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GridCard {
    /// The submission.
    pub submission: i64,
    /// Where the face lies; `null` when none was measured.
    pub pose: Option<GridPose>,
    /// Title of the worst finding, or of the one nearest a limit.
    pub worst_title: String,
    /// Its value; `null` when nothing was measured.
    pub worst_value: Option<f64>,
    /// The unit of the value, as on [`FindingView`](super::review::FindingView).
    pub worst_unit: String,
    /// `pass`, `warn`, `fail`, `unknown`, or empty while unchecked.
    pub worst_severity: String,
    /// Other students with the same picture.
    pub partners: Vec<GridPartner>,
    /// It came with other photos of its student, and nobody said which of them counts; it is approved only then.
    pub unpicked: bool,
}

/// Another student with the same picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GridPartner {
    /// The photo of theirs that is the same.
    pub submission: i64,
    /// 学号.
    pub student_no: String,
    /// 姓名.
    pub name: String,
}

/// Where the face lies, as shares of the picture's width (x) and height (y).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct GridPose {
    /// Middle between the irises, x.
    pub eyes_x: f64,
    /// Middle between the irises, y.
    pub eyes_y: f64,
    /// Crown to chin, of the height; from the eyes and the chin where the crown is not known.
    pub head_height: f64,
    /// Width over height of the picture.
    pub aspect_ratio: f64,
}

/// Approve the ticked photos of a grid page in one act.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PageCommit {
    /// The round.
    pub round: i64,
    /// The ticked ones; what is not named stays as it is.
    pub approve: Vec<PageItem>,
}

/// One ticked photo.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PageItem {
    /// The submission.
    pub submission: i64,
    /// Id of the decision the reviewer saw; `null` when undecided.
    pub seen_decision: Option<i64>,
    /// 学号 that the card showed; another student meanwhile is a conflict.
    pub seen_student: String,
}

/// The page is on disk.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PageCommitted {
    /// The approved ones as they stand now.
    pub items: Vec<QueueItem>,
    /// Left out: they came with other photos of their students, and nobody said which of them counts.
    pub unpicked: u32,
}

/// What a sampling plan would be.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct SampleAsk {
    /// The round.
    pub round: i64,
    /// Greatest share of faulty photos to be let through, in 1/1000: 50, 20, 10 or 5.
    pub defect_limit_permille: u32,
}

/// A plan before it is made.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SampleOffer {
    /// Photos in the set: undecided, every rule passed with its margin, nothing unknown.
    pub set: u32,
    /// Of them, those that a plan given up had drawn and nobody decided on: they come into the next sample.
    pub carried: u32,
    /// Not in the set, though every rule passed so: they came with other photos of their students, and nobody said which
    /// of them counts.
    pub unpicked: u32,
    /// What each limit to choose from takes and saves.
    pub sizes: Vec<SampleSize>,
}

/// How many to look at.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct SampleSize {
    /// The limit, in 1/1000.
    pub defect_limit_permille: u32,
    /// Photos in the sample.
    pub sample_size: u32,
    /// Photos to look at: the sample and what it is mixed with.
    pub mixed: u32,
    /// Photos of the set that a release would then approve unseen; 0 where the plan saves nothing.
    pub rest: u32,
}

/// A command about one plan.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct PlanRef {
    /// The plan.
    pub plan: i64,
}

/// A plan and how it stands. Never which photos are its sample: the reviewer must not know them.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlanView {
    /// Id.
    pub plan: i64,
    /// Queue in which the sample lies among other photos.
    pub queue: String,
    /// Who made it.
    pub reviewer: String,
    /// When, local time.
    pub at: String,
    /// Greatest share of faulty photos let through, in 1/1000.
    pub defect_limit_permille: u32,
    /// Confidence, percent.
    pub confidence_percent: u32,
    /// Seed of the draw, as text: JSON numbers end at 2^53.
    pub seed: String,
    /// Photos in the set.
    pub set: u32,
    /// Photos in the sample.
    pub sample_size: u32,
    /// Photos in the mixed queue, and how many of them are decided.
    pub mixed: u32,
    /// Of those, decided.
    pub mixed_decided: u32,
    /// `reviewing`, `clean`, `blocked`, `released`, `withdrawn`.
    pub state: String,
    /// Rejected or held of what was looked at of the set.
    pub faults: u32,
    /// Rules named by the rejections, to be tightened.
    pub tighten: Vec<String>,
    /// What a release would approve now.
    pub rest: u32,
    /// Of the sample, undecided and to be decided on no more: replaced by a newer photo, or the student is exempt or off
    /// the roster. Such a plan comes to no end.
    pub gone: u32,
}

/// A release, and the plan after it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlanReleased {
    /// Approved.
    pub approved: u32,
    /// Of the set, but changed since, and left alone.
    pub passed_over: u32,
    /// The plan.
    pub plan: PlanView,
}
