//! Deciding on submissions, one or many in one act.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use zhaoshen_model::{Decision, DecisionId, DecisionKind, RoundId, StudentId, SubmissionId};

use super::{Act, eligible};
use crate::error::{Error, Result};
use crate::store::Store;
use crate::table::decision::{self, DecisionRow};
use crate::table::log::{self, Entry, Subject};
use crate::table::sampling_plan::{self, SamplingPlanRow};
use crate::table::second_review::{self, OpenReview};
use crate::table::submission::{self, SubmissionRow};
use crate::table::together;
use crate::table::undo::{self, Change};

/// What the caller saw of a submission.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The decision that stood.
    pub decision: Option<DecisionId>,
    /// Whose photo it was; `None` of a caller that looks at no student.
    pub student: Option<StudentId>,
}

impl From<Option<DecisionId>> for Seen {
    fn from(decision: Option<DecisionId>) -> Self {
        Self {
            decision,
            student: None,
        }
    }
}

/// A submission to decide on, and as what the caller saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The submission.
    pub submission: SubmissionId,
    /// As what the caller saw it.
    pub seen: Seen,
}

impl Store {
    /// Decides on one submission; `seen` is what the reviewer saw of it.
    ///
    /// # Errors
    /// [`Error::Conflict`] when another decision stands by now, [`Error::Moved`] when it is another student's by now,
    /// [`Error::UnderReview`] when a second review
    /// waits and the first verdict is this reviewer's, [`Error::Superseded`] when the
    /// student handed in a newer photo, [`Error::Unpicked`] while nobody said which of several that came together
    /// counts, [`Error::Unmatched`] for a photo in a pile, [`Error::Exempt`],
    /// [`Error::NoReason`] for a rejection without one, [`Error::NotFound`].
    pub fn decide(
        &self,
        submission: SubmissionId,
        decision: &Decision,
        seen: impl Into<Seen>,
        at: Timestamp,
    ) -> Result<DecisionRow> {
        check_reasons(decision)?;
        let seen = seen.into();
        self.write(|transaction| {
            let open = second_review::open_on(transaction, submission)?;
            decide_single(transaction, submission, (decision, seen), open.as_ref(), at)
        })
    }

    /// Gives the second, blind verdict on a submission; `student` is whose photo the reviewer saw it to be.
    ///
    /// # Errors
    /// As [`Store::decide`]; [`Error::Conflict`] too when no second review waits any more, since the first verdict
    /// was taken back or the review given up: a verdict given as the second never passes for a first one.
    pub fn judge_again(
        &self,
        submission: SubmissionId,
        decision: &Decision,
        student: Option<StudentId>,
        at: Timestamp,
    ) -> Result<DecisionRow> {
        check_reasons(decision)?;
        let seen = Seen {
            decision: None,
            student,
        };
        self.write(|transaction| {
            let Some(open) = second_review::open_on(transaction, submission)? else {
                return Err(Error::Conflict {
                    submission,
                    seen: None,
                    standing: submission::get(transaction, submission)?.decision,
                });
            };
            decide_single(transaction, submission, (decision, seen), Some(&open), at)
        })
    }

    /// Decides the same on every target, all of one round: one act, undone as one. All or none.
    ///
    /// # Errors
    /// As [`Store::decide`], for the first target that is refused; [`Error::RoundsMixed`];
    /// [`Error::Sampling`] when a photo is to be looked at for an open plan: its sample is decided one by one;
    /// [`Error::UnderReview`] when a second review waits on a photo: its verdict is given one by one, too.
    pub fn decide_all(
        &self,
        targets: &[Target],
        decision: &Decision,
        at: Timestamp,
    ) -> Result<Vec<DecisionRow>> {
        check_reasons(decision)?;
        let Some(first) = targets.first() else {
            return Ok(Vec::new());
        };
        self.write(|transaction| {
            let round = submission::get(transaction, first.submission)?.round;
            refuse_sampled(transaction, round, targets)?;
            let undo = undo::insert(transaction, round, &decision.reviewer, Act::Decided, at)?;
            targets
                .iter()
                .map(|target| {
                    decide_one(
                        transaction,
                        round,
                        (undo, Act::Decided),
                        *target,
                        decision,
                        at,
                    )
                })
                .collect()
        })
    }
}

/// Decides on one submission in an act of its own: the second verdict while a review is open, a first one else.
fn decide_single(
    transaction: &Transaction<'_>,
    submission: SubmissionId,
    (decision, seen): (&Decision, Seen),
    open: Option<&OpenReview>,
    at: Timestamp,
) -> Result<DecisionRow> {
    if open.is_some_and(|open| open.first_reviewer == decision.reviewer) {
        return Err(Error::UnderReview(
            "这张照片由您初审，复审须由另一位审核员作出；如需改动，请先撤销初审结论，或在“复审”页撤回复审",
        ));
    }
    let (act, standing) = match (open, seen.decision) {
        (Some(open), None) => (Act::SecondReviewed, Some(open.first)),
        // Who saw a verdict looked before the review was asked for: that is no blind judgement.
        (Some(_), Some(seen)) => {
            return Err(Error::Conflict {
                submission,
                seen: Some(seen),
                standing: None,
            });
        }
        (None, seen) => (Act::Decided, seen),
    };
    let round = submission::get(transaction, submission)?.round;
    let undo = undo::insert(transaction, round, &decision.reviewer, act, at)?;
    let target = Target {
        submission,
        seen: Seen {
            decision: standing,
            ..seen
        },
    };
    decide_one(transaction, round, (undo, act), target, decision, at)
}

/// Looks at the whole mixed list, so that a refusal does not tell which of it are the sample.
fn refuse_sampled(transaction: &Transaction<'_>, round: RoundId, targets: &[Target]) -> Result<()> {
    let plans = sampling_plan::of_round(transaction, round)?;
    let waits = |target: &Target| {
        let listed =
            |plan: &SamplingPlanRow| plan.is_open() && plan.plan.mixed.contains(&target.submission);
        target.seen.decision.is_none() && plans.iter().any(listed)
    };
    if targets.iter().any(waits) {
        return Err(Error::Sampling(
            "其中有抽样方案要逐张查看的照片，不能成批通过；请先在审核台完成抽样，或放弃方案",
        ));
    }
    Ok(())
}

pub(crate) fn check_reasons(decision: &Decision) -> Result<()> {
    match (decision.kind, decision.reasons.is_empty()) {
        (DecisionKind::Rejected, true) => Err(Error::NoReason),
        _ => Ok(()),
    }
}

/// Decides on one target as part of an act: the undo record it belongs to, and the word for the log.
///
/// # Errors
/// As [`Store::decide`]; [`Error::UnderReview`] for any act but [`Act::SecondReviewed`] while a second review waits.
pub(crate) fn decide_one(
    transaction: &Transaction<'_>,
    round: RoundId,
    (undo, act): (i64, Act),
    target: Target,
    decision: &Decision,
    at: Timestamp,
) -> Result<DecisionRow> {
    let row = submission::get(transaction, target.submission)?;
    check_target(transaction, round, target, &row)?;
    let open = second_review::open_on(transaction, row.id)?;
    if open.is_some() && act != Act::SecondReviewed {
        return Err(Error::UnderReview(
            "其中有正在复审的照片，复审须逐张进行；请在审核台“待我复审”队列中处理",
        ));
    }
    let id = decision::insert(transaction, row.id, decision, at)?;
    match (&open, row.decision) {
        (Some(open), _) => second_review::give(transaction, open, id)?,
        (None, Some(earlier)) => second_review::carry_over(transaction, earlier, id)?,
        (None, None) => {}
    }
    submission::set_decision(transaction, row.id, Some(id))?;
    let change = Change {
        subject: row.id.0,
        before: row.decision,
        after: id,
    };
    undo::insert_change(transaction, undo, &change)?;
    log::append(
        transaction,
        &Entry {
            round: Some(round),
            at,
            reviewer: &decision.reviewer,
            what: act,
            subject: Subject::Submission(row.id),
            undo: Some(undo),
            before: logged(transaction, row.decision)?,
            after: logged(transaction, Some(id))?,
        },
    )?;
    decision::get(transaction, id)
}

fn check_target(
    transaction: &Transaction<'_>,
    round: RoundId,
    target: Target,
    row: &SubmissionRow,
) -> Result<()> {
    if target.seen.student.is_some() && row.student != target.seen.student {
        return Err(Error::Moved { submission: row.id });
    }
    let Some(student) = row.student else {
        return Err(Error::Unmatched { submission: row.id });
    };
    if row.round != round {
        return Err(Error::RoundsMixed);
    }
    if row.decision != target.seen.decision {
        return Err(Error::Conflict {
            submission: row.id,
            seen: target.seen.decision,
            standing: row.decision,
        });
    }
    eligible::check_due(transaction, student)?;
    match submission::newest_of(transaction, student)? {
        Some(newest) if newest != row.id => Err(Error::Superseded {
            submission: row.id,
            newest,
        }),
        _ if together::is_unpicked(transaction, row)? => {
            Err(Error::Unpicked { submission: row.id })
        }
        _ => Ok(()),
    }
}

/// A decision as the log shows it.
pub(crate) fn logged(
    connection: &Connection,
    decision: Option<DecisionId>,
) -> Result<Option<Value>> {
    let Some(id) = decision else {
        return Ok(None);
    };
    let Decision {
        kind,
        reasons,
        note,
        reviewer,
    } = decision::get(connection, id)?.decision;
    Ok(Some(json!({
        "decision": id,
        "kind": kind,
        "reasons": reasons,
        "note": note,
        "reviewer": reviewer,
    })))
}
