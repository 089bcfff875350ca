//! Approving a set on the strength of a sample: the plan, its release, its withdrawal.
//!
//! The sample itself is decided on like any photo. Nothing here releases by itself: a person asks
//! for it, and it is refused unless every photo of the sample stands approved.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::{Connection, Transaction};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use zhaoshen_model::{
    Decision, DecisionId, DecisionKind, RoundId, SamplingPlanId, SubmissionId, Verdict,
};

use super::Act;
use super::decide::{Seen, Target, decide_one};
use crate::error::{Error, Result};
use crate::store::Store;
use crate::table::log::{self, Entry};
use crate::table::profile_version;
use crate::table::sampling_plan::{self, NewSamplingPlan, SamplingPlanRow};
use crate::table::{decision, second_review, student, submission, together, undo};

/// What a release did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleReleased {
    /// Approved now.
    pub approved: u64,
    /// Of the set and undecided, but not approved: replaced or judged otherwise since the plan was made.
    pub passed_over: u64,
}

impl Store {
    /// Records a plan; nothing is decided by it.
    ///
    /// A set is not drawn from again until a sample happens to be clean: once a sample held a fault, the
    /// next plan waits for another version of the standard, or for the fault to be taken back; and what an earlier
    /// sample left undecided ([`Store::carried_sample`]) is in the next one.
    ///
    /// # Errors
    /// [`Error::Sampling`] when the sample is empty or not part of the set, while another plan is open, or
    /// after a failed sample under the same version; [`Error::RoundsMixed`].
    pub fn plan_sample(
        &self,
        round: RoundId,
        new: &NewSamplingPlan,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<SamplingPlanRow> {
        let set: HashSet<_> = new.population.iter().collect();
        let part = new.sample.iter().all(|id| set.contains(id));
        if new.sample.is_empty() || !part {
            return Err(Error::Sampling("样本必须是待批量通过照片的一部分"));
        }
        self.write(|transaction| {
            refuse_a_second_draw(transaction, round)?;
            let sample: HashSet<_> = new.sample.iter().collect();
            let carried = carried(transaction, round)?;
            if carried
                .iter()
                .any(|id| set.contains(id) && !sample.contains(id))
            {
                return Err(Error::Sampling("上次没有审完的样本要并入这次的样本"));
            }
            for id in &new.population {
                if submission::get(transaction, *id)?.round != round {
                    return Err(Error::RoundsMixed);
                }
            }
            let id = sampling_plan::insert(transaction, round, new, reviewer, at)?;
            let row = sampling_plan::get(transaction, id)?;
            let act = Act::SamplePlanned;
            append_log(transaction, &row, act, reviewer, at, None, logged(&row))?;
            Ok(row)
        })
    }

    /// The photos that were drawn for plans given up, and that nobody decided on: they may have been seen, so that leaving
    /// them out of the next sample would draw again until one is clean. Another standard changes nothing about that.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Unreadable`].
    pub fn carried_sample(&self, round: RoundId) -> Result<Vec<SubmissionId>> {
        self.read(|connection| carried(connection, round))
    }

    /// The photos that a release approved unseen and that stand so, though the sample it rested on no longer does: a
    /// photo that was looked at for it was decided otherwise since, or its decision was taken back, or waits for a
    /// second review. With each the plan.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Unreadable`].
    pub fn released_without_sample(
        &self,
        round: RoundId,
    ) -> Result<Vec<(SubmissionId, SamplingPlanId)>> {
        self.read(|connection| {
            let mut photos = Vec::new();
            for row in sampling_plan::of_round(connection, round)? {
                let Some(release) = row.released_by.filter(|_| row.released) else {
                    continue;
                };
                if holds_still(connection, release)? {
                    continue;
                }
                for change in undo::changes::<DecisionId>(connection, release)? {
                    let photo = SubmissionId(change.subject);
                    if submission::get(connection, photo)?.decision == Some(change.after) {
                        photos.push((photo, row.id));
                    }
                }
            }
            Ok(photos)
        })
    }

    /// The photos of plans given up that stand rejected or held: the faults that a sample met.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Unreadable`].
    pub fn sampled_faults(&self, round: RoundId) -> Result<Vec<SubmissionId>> {
        self.read(|connection| {
            let mut faults = Vec::new();
            for earlier in sampling_plan::of_round(connection, round)? {
                if earlier.withdrawn {
                    faults.extend(faults_of(connection, &earlier)?);
                }
            }
            Ok(faults)
        })
    }

    /// Gives a plan up; what was decided on its sample stays.
    ///
    /// # Errors
    /// [`Error::Sampling`] when it is released or given up already, [`Error::NotFound`].
    pub fn withdraw_sample(&self, id: SamplingPlanId, reviewer: &str, at: Timestamp) -> Result<()> {
        self.write(|transaction| {
            let row = open_plan(transaction, id)?;
            sampling_plan::set_withdrawn(transaction, id)?;
            let after = json!({ "sampling_plan": id });
            append_log(
                transaction,
                &row,
                Act::SampleWithdrawn,
                reviewer,
                at,
                None,
                after,
            )
        })
    }

    /// Approves what is left of the plan's set and of `unseen`: one act, undone as one, logged with its plan. Note and
    /// reviewer are those of the decisions.
    ///
    /// # Errors
    /// [`Error::Sampling`] unless the plan is open, its whole sample stands approved, nothing else of the set that
    /// was looked at for it stands otherwise, and something is left to approve; [`Error::ProfileMoved`] when `unseen`
    /// was judged by another version of the standard than stands.
    pub fn release_sample(
        &self,
        id: SamplingPlanId,
        unseen: &Unseen,
        (note, reviewer): (&str, &str),
        at: Timestamp,
    ) -> Result<SampleReleased> {
        self.write(|transaction| {
            let row = open_plan(transaction, id)?;
            let standard = profile_version::get(transaction, row.round, None)?;
            if standard.version != unseen.version {
                return Err(Error::ProfileMoved {
                    version: standard.version,
                });
            }
            if let Some(why) = why_not_released(transaction, &row)? {
                return Err(Error::Sampling(why));
            }
            let rest = rest_of(transaction, &row, &unseen.submissions)?;
            if rest.open.is_empty() {
                return Err(Error::Sampling(
                    "没有还可以批量通过的照片：其余照片都已审核或有变化，可以放弃这一方案",
                ));
            }
            let undo = undo::insert(transaction, row.round, reviewer, Act::BulkApproved, at)?;
            let act = (undo, Act::BulkApproved);
            for submission in &rest.open {
                let target = Target {
                    submission: *submission,
                    seen: Seen::default(),
                };
                let approval = Decision {
                    kind: DecisionKind::Approved,
                    reasons: Vec::new(),
                    note: note.to_owned(),
                    reviewer: reviewer.to_owned(),
                };
                decide_one(transaction, row.round, act, target, &approval, at)?;
            }
            sampling_plan::set_released(transaction, id, undo)?;
            let released = SampleReleased {
                approved: rest.open.len() as u64,
                passed_over: rest.closed,
            };
            let mut after = logged(&row);
            after["approved"] = json!(released.approved);
            after["passed_over"] = json!(released.passed_over);
            append_log(
                transaction,
                &row,
                Act::BulkApproved,
                reviewer,
                at,
                Some(undo),
                after,
            )?;
            Ok(released)
        })
    }
}

/// What may be approved without a look, by the standard of now: a set that was drawn under another may hold photos that
/// lie near a limit by this one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unseen {
    /// The version of the standard by which it was judged.
    pub version: u32,
    /// The photos.
    pub submissions: HashSet<SubmissionId>,
}

/// The set without its sample and what was decided on: what can still be approved, and how many cannot.
struct Rest {
    open: Vec<SubmissionId>,
    closed: u64,
}

fn rest_of(
    transaction: &Transaction<'_>,
    row: &SamplingPlanRow,
    unseen: &HashSet<SubmissionId>,
) -> Result<Rest> {
    let sample: HashSet<_> = row.plan.sample.iter().copied().collect();
    let mut rest = Rest {
        open: Vec::new(),
        closed: 0,
    };
    for id in row
        .plan
        .population
        .iter()
        .filter(|id| !sample.contains(*id))
    {
        let now = submission::get(transaction, *id)?;
        let newest = match now.student {
            // Whose student is exempt by now is passed over, as one that was decided on.
            Some(student) if student::exempt(transaction, student)?.is_none() => {
                submission::newest_of(transaction, student)?
            }
            _ => None,
        };
        if now.decision.is_some() {
            continue;
        }
        let clear = now.verdict == Some(Verdict::Pass) && unseen.contains(id);
        if clear && newest == Some(*id) && !together::is_unpicked(transaction, &now)? {
            rest.open.push(*id);
        } else {
            rest.closed += 1;
        }
    }
    Ok(rest)
}

fn refuse_a_second_draw(transaction: &Transaction<'_>, round: RoundId) -> Result<()> {
    let standard = profile_version::get(transaction, round, None)?;
    for earlier in sampling_plan::of_round(transaction, round)? {
        if earlier.is_open() {
            return Err(Error::Sampling(
                "已有一个抽样方案正在进行，请先完成或放弃它",
            ));
        }
        // A release that was undone leaves a plan open; one that stands was clean.
        if earlier.released || earlier.at < standard.saved_at {
            continue;
        }
        if any_under_review(transaction, &earlier)? {
            return Err(Error::Sampling(
                "上次抽样的样本中还有照片等待复审，复审完成后才能重抽",
            ));
        }
        if any_faulty(transaction, &earlier)? {
            return Err(Error::Sampling(
                "上次抽样已查出不合格的照片，同一标准下不能重抽；请先收紧相应检查项并保存检测标准，或逐张审核",
            ));
        }
    }
    Ok(())
}

fn carried(connection: &Connection, round: RoundId) -> Result<Vec<SubmissionId>> {
    let mut carried = Vec::new();
    for earlier in sampling_plan::of_round(connection, round)? {
        if !earlier.withdrawn {
            continue;
        }
        for id in earlier.plan.looked_at() {
            if standing_kind(connection, id)?.is_none() && !carried.contains(&id) {
                carried.push(id);
            }
        }
    }
    Ok(carried)
}

/// Whether the plan that an act released could be released now: what was undone is done again under the same terms.
pub(crate) fn holds_still(connection: &Connection, undo: i64) -> Result<bool> {
    let Some(row) = sampling_plan::released_by(connection, undo)? else {
        return Ok(true);
    };
    Ok(!row.withdrawn && why_not_released(connection, &row)?.is_none())
}

/// What of the photos that were looked at for a plan stands against its release.
fn why_not_released(
    connection: &Connection,
    row: &SamplingPlanRow,
) -> Result<Option<&'static str>> {
    if any_under_review(connection, row)? {
        return Ok(Some("样本中还有照片等待复审，复审完成后才能批量通过"));
    }
    for sampled in &row.plan.sample {
        if standing_kind(connection, *sampled)? != Some(DecisionKind::Approved) {
            return Ok(Some("样本没有全部通过，不能批量通过"));
        }
    }
    let faulty = any_faulty(connection, row)?;
    Ok(faulty.then_some("抽样时看过的照片中有没有通过的，不能批量通过"))
}

/// Whether a photo of the set that was looked at for the plan, or found after a release that was taken back, stands
/// rejected or held.
fn any_faulty(connection: &Connection, row: &SamplingPlanRow) -> Result<bool> {
    Ok(!faults_of(connection, row)?.is_empty())
}

fn faults_of(connection: &Connection, row: &SamplingPlanRow) -> Result<Vec<SubmissionId>> {
    let mut faults = Vec::new();
    for looked_at in sampling_plan::evidence(connection, row)? {
        let kind = standing_kind(connection, looked_at)?;
        if kind.is_some_and(|kind| kind != DecisionKind::Approved) {
            faults.push(looked_at);
        }
    }
    Ok(faults)
}

/// Whether a second review waits on any of these photos. Asked before any verdict is looked at: another answer
/// for another verdict would tell what is to be hidden.
fn any_under_review(connection: &Connection, row: &SamplingPlanRow) -> Result<bool> {
    for looked_at in sampling_plan::evidence(connection, row)? {
        if second_review::open_on(connection, looked_at)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

fn open_plan(transaction: &Transaction<'_>, id: SamplingPlanId) -> Result<SamplingPlanRow> {
    let row = sampling_plan::get(transaction, id)?;
    if row.released {
        return Err(Error::Sampling("这一方案已经批量通过"));
    }
    if row.withdrawn {
        return Err(Error::Sampling("这一方案已经放弃"));
    }
    Ok(row)
}

pub(crate) fn standing_kind(
    connection: &Connection,
    id: SubmissionId,
) -> Result<Option<DecisionKind>> {
    let standing = submission::get(connection, id)?.decision;
    standing
        .map(|id| Ok(decision::get(connection, id)?.decision.kind))
        .transpose()
}

/// The plan as the log shows it: what was chosen, and the whole sample.
fn logged(row: &SamplingPlanRow) -> Value {
    json!({
        "sampling_plan": row.id,
        "set": row.plan.population.len(),
        "sample_size": row.plan.sample.len(),
        "defect_limit_permille": row.plan.defect_limit_permille,
        "confidence_percent": row.plan.confidence_percent,
        "seed": row.plan.seed,
        "sample": row.plan.sample,
        "planned_by": row.reviewer,
    })
}

fn append_log(
    transaction: &Transaction<'_>,
    row: &SamplingPlanRow,
    what: Act,
    reviewer: &str,
    at: Timestamp,
    undo: Option<i64>,
    after: Value,
) -> Result<()> {
    let entry = Entry {
        undo,
        ..Entry::of_round(row.round, what, (reviewer, at), after)
    };
    log::append(transaction, &entry)?;
    Ok(())
}
