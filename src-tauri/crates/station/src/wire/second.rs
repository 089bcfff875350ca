//! Second reviews (复审): choosing photos for one, and how two people's verdicts compare.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::review::DecisionView;

/// Choose photos of a round for a second review.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReviewAsk {
    /// The round.
    pub round: i64,
    /// `held`, `sampled` or `share`.
    pub why: String,
    /// Of `share`: how much of the decided photos that can be chosen, percent, 1 to 100.
    pub percent: u32,
}

/// How many second reviews an act concerned.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct ReviewsChanged {
    /// Chosen, or given up.
    pub count: u32,
}

/// The second reviews of a round.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ReviewBook {
    /// Photos that can be chosen: 存疑.
    pub held: u32,
    /// Photos that can be chosen: decided in the sample of a sampling plan.
    pub sampled: u32,
    /// Photos that can be chosen: decided, whichever way.
    pub decided: u32,
    /// Reviews that wait for a second verdict.
    pub waiting: u32,
    /// Of them, those the reviewer at the desk may give.
    pub waiting_for_me: u32,
    /// People besides the reviewer at the desk who could give a second verdict.
    pub others: u32,
    /// Two verdicts that are the same.
    pub agreed: u32,
    /// Two verdicts that differ, and nobody decided since.
    pub differing: u32,
    /// Two verdicts that differed until somebody decided anew.
    pub settled: u32,
    /// A hold that the second verdict ended.
    pub resolved: u32,
    /// Photos approved by a release, unseen, that got a second verdict: no opinions of two, and in no pair and no rule.
    pub released: u32,
    /// Of them, not approved: found after the release.
    pub released_faults: u32,
    /// Reviews with both verdicts, newest choice first; at most 500.
    pub lines: Vec<ReviewLine>,
    /// Agreement of two people, the pair with most photos first.
    pub pairs: Vec<PairFigures>,
    /// Agreement on the reasons of rejections, the most named first.
    pub rules: Vec<RuleAgreement>,
}

/// A photo with both verdicts.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReviewLine {
    /// The submission.
    pub submission: i64,
    /// 学号.
    pub student_no: String,
    /// 姓名.
    pub name: String,
    /// Why it was chosen: `held`, `sampled` or `share`.
    pub why: String,
    /// `agreed`, `differs`, `settled` or `resolved`.
    pub state: String,
    /// The first verdict.
    pub first: DecisionView,
    /// The second verdict.
    pub second: DecisionView,
    /// What stands since, where somebody decided anew.
    pub last: Option<DecisionView>,
}

/// How two people agree, over the photos both gave a verdict on. Those first held are left out: a hold asks for
/// another opinion and is none; and those that a release approved, which nobody looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PairFigures {
    /// One of them.
    pub one: String,
    /// The other.
    pub other: String,
    /// Photos.
    pub photos: u32,
    /// Of them, with the same verdict.
    pub agreed: u32,
    /// Cohen's κ over 通过/退回/存疑; `null` where chance alone would agree on all.
    pub kappa: Option<f64>,
}

/// How first and second verdicts agree on one reason of a rejection, over the same photos.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RuleAgreement {
    /// Code of the rule.
    pub code: String,
    /// Short title.
    pub title: String,
    /// Photos rejected for it by both.
    pub both: u32,
    /// By the first only.
    pub first_only: u32,
    /// By the second only.
    pub second_only: u32,
    /// Cohen's κ over "rejected for it" and "not"; `null` where chance alone would agree on all.
    pub kappa: Option<f64>,
}

/// How the second review of the photo at the desk stands.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReviewView {
    /// `open`, `agreed`, `differs`, `settled` or `resolved`.
    pub state: String,
    /// While open: the first verdict is that of the reviewer at the desk, who may not give the second.
    pub own: bool,
    /// The first verdict; `null` while open.
    pub first: Option<DecisionView>,
    /// The second verdict; `null` while open.
    pub second: Option<DecisionView>,
}
