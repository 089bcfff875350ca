//! Approving a set on the strength of a sample: the offer, the plan, its queue, its release.
//!
//! How a plan stands follows from the decisions on its sample; nothing is kept here between commands.

use std::collections::HashSet;

use zhaoshen_checks::{Role, is_near_limit, judge, registry};
use zhaoshen_model::measurement::MEASUREMENT_VERSION;
use zhaoshen_model::{
    DecisionKind, Measurements, PhotoHistory, Profile, RoundId, SamplingPlanId, Severity,
    SubmissionId,
};
use zhaoshen_store::{
    Act, DecisionRow, NewSamplingPlan, QueueKind, QueueRow, Reverted, RevertedAct, SamplingPlanRow,
    Selection, Unseen,
};

use crate::app::{count, local_time, now};
use crate::failure::{refused, store};
use crate::known::Known;
use crate::wire::{
    Failure, PlanRef, PlanReleased, PlanView, RoundRef, SampleAsk, SampleOffer, SampleSize, Undone,
};
use crate::{Seat, draw, zh};

/// Limits to choose from, in 1/1000.
const LIMITS_PERMILLE: [u32; 4] = [50, 20, 10, 5];
/// How sure a sample makes.
const CONFIDENCE_PERCENT: u32 = 95;

impl Seat {
    /// What approving the 全部合格 queue by a sample would take.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn sample_offer(&self, args: RoundRef) -> Result<SampleOffer, Failure> {
        let round = RoundId(args.round);
        let Releasable { set, unpicked } = self.releasable(round)?;
        let carried = count(self.carried(round, &set)?.len());
        let set = count(set.len());
        let pending = count(self.undecided(round)?.len());
        let size = |limit| {
            let drawn = draw::sample_size(set, limit, CONFIDENCE_PERCENT);
            let sample_size = set.min(drawn + carried);
            let others = Others::of(set, pending, sample_size);
            SampleSize {
                defect_limit_permille: limit,
                sample_size,
                mixed: sample_size + others.inside + others.outside,
                rest: set - sample_size - others.inside,
            }
        };
        Ok(SampleOffer {
            set,
            carried,
            unpicked,
            sizes: LIMITS_PERMILLE.map(size).to_vec(),
        })
    }

    /// Draws a sample of the 全部合格 queue and mixes it with other photos to look at.
    ///
    /// # Errors
    /// Refused for another limit than those offered, for an empty set or one of which nothing would be left to
    /// approve at once, while another plan is open, or after a failed sample under the same standard or one by which the
    /// fault would still be in the set.
    pub fn sample_plan(&self, args: SampleAsk) -> Result<PlanView, Failure> {
        let limit = args.defect_limit_permille;
        if !LIMITS_PERMILLE.contains(&limit) {
            return Err(refused(zh::SAMPLE_LIMIT));
        }
        let reviewer = self.reviewer()?;
        let round = RoundId(args.round);
        let population = self.releasable(round)?.set;
        self.refuse_faults_that_pass(round)?;
        let size = draw::sample_size(count(population.len()), limit, CONFIDENCE_PERCENT);
        if size == 0 {
            return Err(refused(zh::SAMPLE_EMPTY));
        }
        let seed = draw::fresh_seed();
        // What an earlier plan left undecided is looked at beside the sample: what is drawn from the others is as large
        // as it would be without, and so as sure to meet a fault among them.
        let mut sample = self.carried(round, &population)?;
        let carried: HashSet<_> = sample.iter().copied().collect();
        let others: Vec<_> = population
            .iter()
            .filter(|id| !carried.contains(id))
            .copied()
            .collect();
        sample.extend(draw::draw(&others, others.len().min(size as usize), seed));
        let new = NewSamplingPlan {
            defect_limit_permille: limit,
            confidence_percent: CONFIDENCE_PERCENT,
            seed,
            mixed: self.mixed(round, &population, &sample, seed)?,
            population,
            sample,
        };
        if new.looked_at().len() == new.population.len() {
            return Err(refused(zh::SAMPLE_SAVES_NOTHING));
        }
        let row = self.store().plan_sample(round, &new, &reviewer, now());
        self.plan_view(&row.map_err(|error| store(&error))?)
    }

    /// The round's plans, newest first.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn sample_plans(&self, args: RoundRef) -> Result<Vec<PlanView>, Failure> {
        let plans = self.store().sampling_plans(RoundId(args.round));
        let plans = plans.map_err(|error| store(&error))?;
        plans.iter().map(|row| self.plan_view(row)).collect()
    }

    /// Approves the rest of a plan's set, as far as the standard of now would let it be in one; one act to undo.
    ///
    /// # Errors
    /// Refused unless every photo of the sample stands approved.
    pub fn sample_release(&self, args: PlanRef) -> Result<PlanReleased, Failure> {
        let id = SamplingPlanId(args.plan);
        let row = self
            .store()
            .sampling_plan(id)
            .map_err(|error| store(&error))?;
        let note = zh::released_by_sample(
            args.plan,
            row.plan.population.len(),
            row.plan.sample.len(),
            row.plan.defect_limit_permille,
        );
        let standard = self.store().profile_version(row.round, None);
        let unseen = Unseen {
            version: standard.map_err(|error| store(&error))?.version,
            submissions: self.releasable(row.round)?.set.into_iter().collect(),
        };
        let reviewer = self.reviewer()?;
        let released = self
            .store()
            .release_sample(id, &unseen, (&note, &reviewer), now());
        let released = released.map_err(|error| store(&error))?;
        let row = self
            .store()
            .sampling_plan(id)
            .map_err(|error| store(&error))?;
        Ok(PlanReleased {
            approved: count(released.approved),
            passed_over: count(released.passed_over),
            plan: self.plan_view(&row)?,
        })
    }

    /// Gives a plan up; what was decided on its sample stays.
    ///
    /// # Errors
    /// Refused when it is over already.
    pub fn sample_withdraw(&self, args: PlanRef) -> Result<PlanView, Failure> {
        let id = SamplingPlanId(args.plan);
        let withdrawn = self.store().withdraw_sample(id, &self.reviewer()?, now());
        withdrawn.map_err(|error| store(&error))?;
        let row = self
            .store()
            .sampling_plan(id)
            .map_err(|error| store(&error))?;
        self.plan_view(&row)
    }

    /// Takes back the release of a plan, also behind later acts; what was decided anew since stays.
    ///
    /// # Errors
    /// Refused when it is not released.
    pub fn sample_take_back(&self, args: PlanRef) -> Result<Undone, Failure> {
        let id = SamplingPlanId(args.plan);
        let reverted = self.store().take_back_release(id, &self.reviewer()?, now());
        self.undone(reverted.map_err(|error| store(&error))?, zh::undone)
    }

    /// The plan whose release this act is, where it is one.
    pub(crate) fn plan_released(
        &self,
        act: &RevertedAct,
        round: RoundId,
    ) -> Result<Option<i64>, Failure> {
        let Reverted::Decisions { submissions, .. } = &act.on else {
            return Ok(None);
        };
        let (Act::BulkApproved, Some(first)) = (act.act, submissions.first()) else {
            return Ok(None);
        };
        let plans = self.store().sampling_plans(round);
        let plans = plans.map_err(|error| store(&error))?;
        // What one release approved was undecided then, so that no other that stands has it in its set.
        let of_it = |row: &&SamplingPlanRow| row.released && row.plan.population.contains(first);
        Ok(plans.iter().find(of_it).map(|row| row.id.0))
    }

    /// Of the set, what an earlier plan drew and nobody decided on.
    fn carried(&self, round: RoundId, set: &[SubmissionId]) -> Result<Vec<SubmissionId>, Failure> {
        let set: HashSet<_> = set.iter().collect();
        let carried = self.store().carried_sample(round);
        let mut carried = carried.map_err(|error| store(&error))?;
        carried.retain(|id| set.contains(id));
        Ok(carried)
    }

    /// What may be approved unseen: the 全部合格 queue judged anew, less what lies near a limit: a rule's own margin makes
    /// a hint of that, and where it has none [`is_near_limit`] tells. "Cannot tell" is no pass. Of photos that came
    /// together somebody says first which counts.
    fn releasable(&self, round: RoundId) -> Result<Releasable, Failure> {
        let store_ = self.store();
        let profile = store_.round(round).map_err(|error| store(&error))?.profile;
        let rows = store_
            .queue_rows(round, &QueueKind::Clear)
            .map_err(|error| store(&error))?;
        let known = Known::of(store_, round)?;
        let clear = |row: &QueueRow| {
            let about = known.about(row.submission, row.photo);
            about.is_some_and(|(measured, history)| is_clear(measured, &profile, &history))
        };
        let unpicked = store_.unpicked_submissions(round);
        let unpicked = unpicked.map_err(|error| store(&error))?;
        let clear = rows.iter().filter(|row| clear(row));
        let (left_out, set): (Vec<_>, Vec<_>) = clear
            .map(|row| row.submission)
            .partition(|id| unpicked.contains(id));
        Ok(Releasable {
            set,
            unpicked: count(left_out.len()),
        })
    }

    /// The photos that wait for a decision and can be decided on as they are.
    fn undecided(&self, round: RoundId) -> Result<Vec<SubmissionId>, Failure> {
        let pending = self.store().queue(round, &QueueKind::Pending);
        let mut pending = pending.map_err(|error| store(&error))?;
        let unpicked = self.store().unpicked_submissions(round);
        let unpicked = unpicked.map_err(|error| store(&error))?;
        pending.retain(|id| !unpicked.contains(id));
        Ok(pending)
    }

    /// A sample met a fault: the standard was to be tightened until the checks see it, not until a sample misses it.
    fn refuse_faults_that_pass(&self, round: RoundId) -> Result<(), Failure> {
        let store_ = self.store();
        let faults = store_
            .sampled_faults(round)
            .map_err(|error| store(&error))?;
        let profile = store_.round(round).map_err(|error| store(&error))?.profile;
        for fault in faults {
            let row = store_.submission(fault).map_err(|error| store(&error))?;
            let measured = store_.measurements(row.photo, MEASUREMENT_VERSION);
            let history = store_.photo_history(fault).map_err(|error| store(&error))?;
            if let Some(measurements) = measured.map_err(|error| store(&error))?
                && is_clear(&measurements, &profile, &history)
            {
                return Err(refused(zh::SAMPLE_FAULT_PASSES));
            }
        }
        Ok(())
    }

    /// The sample among as many other undecided photos, in a drawn order. Half of the others are of the set
    /// itself, so that a photo on which every rule passed is not known by that to be of the sample.
    fn mixed(
        &self,
        round: RoundId,
        population: &[SubmissionId],
        sample: &[SubmissionId],
        seed: u64,
    ) -> Result<Vec<SubmissionId>, Failure> {
        let pending = self.undecided(round)?;
        let set: HashSet<SubmissionId> = population.iter().copied().collect();
        let sampled: HashSet<SubmissionId> = sample.iter().copied().collect();
        let (inside, outside): (Vec<SubmissionId>, Vec<SubmissionId>) = pending
            .into_iter()
            .filter(|id| !sampled.contains(id))
            .partition(|id| set.contains(id));
        let pending = inside.len() + outside.len() + sample.len();
        let of = Others::of(count(population.len()), count(pending), count(sample.len()));
        let mut others = draw::draw(&inside, of.inside as usize, seed ^ 1);
        others.extend(draw::draw(&outside, of.outside as usize, seed ^ 2));
        others.extend(sample);
        Ok(draw::draw(&others, others.len(), seed ^ 3))
    }

    /// How many of the sample are undecided and can be decided on no more: a newer photo replaced them, or their student
    /// is exempt or off the roster.
    fn gone(
        &self,
        row: &SamplingPlanRow,
        is_judged: impl Fn(SubmissionId) -> bool,
    ) -> Result<u32, Failure> {
        let sample = row.plan.sample.iter().copied();
        let undecided: Vec<SubmissionId> = sample.filter(|id| !is_judged(*id)).collect();
        let all = undecided.len();
        let selection = Selection {
            among: Some(undecided),
            ..Selection::default()
        };
        let present = self.store().selected_rows(row.round, &selection);
        Ok(count(all - present.map_err(|error| store(&error))?.len()))
    }

    fn plan_view(&self, row: &SamplingPlanRow) -> Result<PlanView, Failure> {
        let mut standing = self
            .store()
            .standing_decisions(row.round)
            .map_err(|error| store(&error))?;
        let open = self.store().open_reviews(row.round);
        let open: HashSet<SubmissionId> =
            open.map_err(|error| store(&error))?.into_iter().collect();
        // What waits for a second review counts as undecided: its first verdict is nobody's to know.
        standing.retain(|id, _| !open.contains(id));
        let plan = &row.plan;
        let decided =
            |ids: &[SubmissionId]| ids.iter().filter(|id| standing.contains_key(id)).count();
        // Once released, a fault in any of the set tells that the release let some through.
        let looked_at = if row.released {
            plan.population.clone()
        } else {
            self.store()
                .plan_evidence(row)
                .map_err(|error| store(&error))?
        };
        let faults: Vec<&DecisionRow> = looked_at
            .iter()
            .filter_map(|id| standing.get(id))
            .filter(|row| row.decision.kind != DecisionKind::Approved)
            .collect();
        let gone = match row.withdrawn || row.released {
            true => 0,
            false => self.gone(row, |id| standing.contains_key(&id) || open.contains(&id))?,
        };
        let complete = decided(&plan.sample) == plan.sample.len();
        let state = match (row.withdrawn, row.released, faults.is_empty(), complete) {
            (true, ..) => "withdrawn",
            (_, true, ..) => "released",
            (_, _, false, _) => "blocked",
            (.., true) => "clean",
            _ => "reviewing",
        };
        Ok(PlanView {
            plan: row.id.0,
            queue: format!("plan:{}", row.id),
            reviewer: row.reviewer.clone(),
            at: local_time(row.at),
            defect_limit_permille: plan.defect_limit_permille,
            confidence_percent: plan.confidence_percent,
            seed: plan.seed.to_string(),
            set: count(plan.population.len()),
            sample_size: count(plan.sample.len()),
            mixed: count(plan.mixed.len()),
            mixed_decided: count(decided(&plan.mixed)),
            state: state.to_owned(),
            faults: count(faults.len()),
            tighten: tighten(&faults),
            rest: count(plan.population.len() - decided(&plan.population)),
            gone,
        })
    }
}

/// What may be approved unseen.
struct Releasable {
    set: Vec<SubmissionId>,
    /// Of what else would be in the set, how many wait for word which of several photos counts.
    unpicked: u32,
}

/// Whether every rule passes, and none of them near its limit.
fn is_clear(measurements: &Measurements, profile: &Profile, history: &PhotoHistory) -> bool {
    let findings = judge(measurements, profile, history, Role::of(history));
    !findings.is_empty()
        && findings
            .iter()
            .all(|finding| finding.severity == Severity::Pass && !is_near_limit(finding))
}

/// How many photos a sample is mixed with: as many as it holds itself, where there are that many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Others {
    /// Of the set.
    inside: u32,
    /// Not of the set.
    outside: u32,
}

impl Others {
    /// Half of the set, half not; where either side has too few, more of the other. At least half of what is not
    /// of the sample stays out, so that there is something to approve at once.
    fn of(set: u32, pending: u32, sample: u32) -> Self {
        let (most, others) = ((set - sample) / 2, pending.saturating_sub(set));
        let half = most.min(sample.div_ceil(2));
        let outside = others.min(sample - half);
        Self {
            inside: most.min(sample - outside),
            outside,
        }
    }
}

/// The rules that the rejections name, each once, in the order met.
fn tighten(faults: &[&DecisionRow]) -> Vec<String> {
    let mut titles = Vec::new();
    for reason in faults.iter().flat_map(|row| &row.decision.reasons) {
        let title = reason.code.as_deref().and_then(registry::rule);
        let title = title.map_or_else(|| reason.text.clone(), |rule| rule.title_zh().to_owned());
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    titles
}

#[cfg(test)]
mod tests {
    use super::Others;

    #[test]
    fn a_sample_is_mixed_half_and_half_and_leaves_something_to_release() {
        // (set, pending, sample) → (of the set, not of it)
        let table = [
            ((1000, 1500, 138), (69, 69)),
            ((1000, 1020, 138), (118, 20)),
            ((1000, 1000, 138), (138, 0)),
            ((75, 200, 72), (1, 71)),
            ((75, 75, 72), (1, 0)),
            ((40, 60, 31), (4, 20)),
            ((20, 20, 20), (0, 0)),
        ];
        for ((set, pending, sample), (inside, outside)) in table {
            let others = Others::of(set, pending, sample);
            assert_eq!(
                others,
                Others { inside, outside },
                "{set} {pending} {sample}"
            );
        }
    }
}
