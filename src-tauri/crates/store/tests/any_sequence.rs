//! Any sequence of what people can ask for leaves the store equal to a model of it: decisions one by one and many at once,
//! second reviews, students who are exempt, newer photos, approval by a sample, undo and redo, and restarts between.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;
mod model;

use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

use desk::{Desk, at, clear_desk, decision, sampling};
use model::{Model, No, Op, REVIEWERS, STUDENTS, Seen};
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};
use proptest::test_runner::TestCaseResult;
use proptest::{collection, prop_assert, prop_assert_eq};
use zhaoshen_model::{DecisionId, DecisionKind, StudentId, SubmissionId};
use zhaoshen_store::{
    Error, LogFilter, MarkEdit, NewSamplingPlan, ReviewChoice, ReviewWhy, Target, Unseen,
};

/// Photos to aim at: each student's first, and twice the newest, which is mostly meant.
const AIMS: usize = 3 * STUDENTS;

/// The store under test, and what its ids are in the model.
struct Real {
    desk: Desk,
    photos: Vec<SubmissionId>,
    students: Vec<StudentId>,
    second: i64,
}

fn op() -> impl Strategy<Value = Op> {
    let who = || 0..REVIEWERS.len();
    let some = || collection::btree_set(0..STUDENTS, 1..STUDENTS);
    let one = || 0..AIMS;
    let kind = || {
        prop_oneof![
            4 => Just(DecisionKind::Approved),
            1 => Just(DecisionKind::Rejected),
            1 => Just(DecisionKind::Held)
        ]
    };
    let mostly = || prop_oneof![5 => Just(true), 1 => Just(false)];
    prop_oneof![
        12 => (who(), one(), kind(), mostly()).prop_map(|(a, b, c, d)| Op::Decide(a, b, c, d)),
        3 => (who(), some(), kind(), mostly()).prop_map(|(a, b, c, d)| Op::DecideAll(a, b, c, d)),
        4 => (who(), collection::btree_set(one(), 1..=3)).prop_map(|(a, b)| Op::Choose(a, b)),
        1 => who().prop_map(Op::WithdrawReviews),
        2 => (who(), some(), any::<bool>()).prop_map(|(a, b, c)| Op::Mark(a, b, c)),
        1 => (0..STUDENTS).prop_map(Op::Resubmit),
        2 => (who(), collection::btree_set(0..STUDENTS, 1..=2)).prop_map(|(a, b)| Op::Plan(a, b)),
        1 => who().prop_map(Op::WithdrawPlan),
        3 => who().prop_map(Op::Release),
        9 => who().prop_map(Op::Undo),
        7 => who().prop_map(Op::Redo),
        1 => Just(Op::Reopen),
    ]
}

/// What seldom comes about by chance: a second verdict, or a release, that is taken back and done again with something between.
fn scene() -> impl Strategy<Value = Vec<Op>> {
    let (first, second, approved) = (0..2_usize, 2, DecisionKind::Approved);
    let aim = |student: usize| STUDENTS + student;
    let given_up = || {
        prop_oneof![
            Just(Op::WithdrawReviews(0)),
            Just(Op::WithdrawPlan(0)),
            op()
        ]
    };
    let review =
        (first.clone(), 0..STUDENTS, given_up()).prop_map(move |(who, student, between)| {
            vec![
                Op::Decide(who, aim(student), approved, true),
                Op::Choose(who, BTreeSet::from([aim(student)])),
                Op::Decide(second, aim(student), DecisionKind::Rejected, true),
                Op::Undo(second),
                between,
                Op::Redo(second),
            ]
        });
    let release = (first, 0..STUDENTS, given_up()).prop_map(move |(who, student, between)| {
        vec![
            Op::Plan(who, BTreeSet::from([student])),
            Op::Decide(who, student, approved, true),
            Op::Release(second),
            Op::Undo(second),
            between,
            Op::Redo(second),
        ]
    });
    prop_oneof![review, release]
}

fn sequence() -> impl Strategy<Value = Vec<Op>> {
    let part = prop_oneof![9 => op().prop_map(|op| vec![op]), 1 => scene()];
    collection::vec(part, 1..40).prop_map(|parts| parts.concat())
}

/// What an act answered, in the words of the model.
fn told(answer: Result<u64, Error>) -> Result<u64, No> {
    answer.map_err(|error| match error {
        Error::Conflict { .. } => No::Conflict,
        Error::UnderReview(_) => No::UnderReview,
        Error::Superseded { .. } => No::Superseded,
        Error::Exempt { .. } => No::Exempt,
        Error::Sampling(_) => No::Sampling,
        other => panic!("{other:?}"),
    })
}

impl Real {
    fn new() -> Self {
        let (desk, photos) = clear_desk(STUDENTS);
        let student = |id: &SubmissionId| desk.store.submission(*id).unwrap().student.unwrap();
        let students = photos.iter().map(student).collect();
        Self {
            desk,
            photos,
            students,
            second: 0,
        }
    }

    fn standing(&self, photo: usize) -> Option<DecisionId> {
        let row = self.desk.store.submission(self.photos[photo]);
        row.unwrap().decision
    }

    fn target(&self, photo: usize, look: bool) -> Target {
        Target {
            submission: self.photos[photo],
            seen: self.standing(photo).filter(|_| look).into(),
        }
    }

    fn plan(&self, sample: &BTreeSet<usize>) -> NewSamplingPlan {
        let sample: Vec<SubmissionId> = sample.iter().map(|at| self.photos[*at]).collect();
        sampling(&self.photos[..STUDENTS], &sample)
    }

    /// Asks the store for it, and the model for the same.
    fn both(&mut self, model: &mut Model, op: Op) -> (Result<u64, No>, Result<u64, No>) {
        self.second += 1;
        let (when, round) = (at(self.second), self.desk.round);
        let store = &self.desk.store;
        match op {
            Op::Decide(who, aim, kind, well) => {
                let photo = model.aimed_at(aim);
                // Who gives a second verdict does not see the first.
                let look = model.waits(photo) != well;
                let Target { submission, seen } = self.target(photo, look);
                let made = store.decide(submission, &decision(kind, REVIEWERS[who]), seen, when);
                (told(made.map(|_| 1)), model.decide(who, photo, kind, look))
            }
            Op::DecideAll(who, students, kind, look) => {
                let photos: Vec<usize> = students.iter().map(|one| model.newest(*one)).collect();
                let targets: Vec<Target> =
                    photos.iter().map(|one| self.target(*one, look)).collect();
                let made = store.decide_all(&targets, &decision(kind, REVIEWERS[who]), when);
                (
                    told(made.map(|rows| rows.len() as u64)),
                    model.decide_all(who, &photos, kind, look),
                )
            }
            Op::Choose(who, aims) => {
                let photos: BTreeSet<usize> = aims.iter().map(|aim| model.aimed_at(*aim)).collect();
                let choice = ReviewChoice {
                    why: ReviewWhy::Share,
                    submissions: photos.iter().map(|at| self.photos[*at]).collect(),
                    drawn: Some((10, 7)),
                };
                let chosen = store.choose_for_review(round, &choice, REVIEWERS[who], when);
                (told(chosen), Ok(model.choose(&photos)))
            }
            Op::WithdrawReviews(who) => {
                let given_up = store.withdraw_reviews(round, REVIEWERS[who], when);
                (told(given_up), Ok(model.withdraw_reviews(who)))
            }
            Op::Mark(who, students, has) => {
                let ids: Vec<StudentId> = students.iter().map(|one| self.students[*one]).collect();
                let edit = MarkEdit::Collected(has);
                let marked = store.mark_students(round, &ids, &edit, "", REVIEWERS[who], when);
                (told(marked), Ok(model.mark(who, &students, has)))
            }
            Op::Plan(who, sample) => {
                let new = self.plan(&sample);
                let made = store.plan_sample(round, &new, REVIEWERS[who], when);
                (told(made.map(|_| 0)), model.plan(&sample))
            }
            other => self.both_further(model, &other),
        }
    }

    fn both_further(&mut self, model: &mut Model, op: &Op) -> (Result<u64, No>, Result<u64, No>) {
        let (when, round) = (at(self.second), self.desk.round);
        let store = &self.desk.store;
        let plan = || {
            store
                .sampling_plans(round)
                .unwrap()
                .first()
                .map(|row| row.id)
        };
        match op {
            Op::WithdrawPlan(who) => {
                let given_up = plan().map_or(Err(No::Sampling), |id| {
                    told(store.withdraw_sample(id, REVIEWERS[*who], when).map(|()| 0))
                });
                (given_up, model.withdraw_plan())
            }
            Op::Release(who) => {
                let released = plan().map_or(Err(No::Sampling), |id| {
                    let row = store.sampling_plan(id).unwrap();
                    let unseen = Unseen {
                        version: store.profile_version(round, None).unwrap().version,
                        submissions: row.plan.population.into_iter().collect(),
                    };
                    let by = ("", REVIEWERS[*who]);
                    let released = store.release_sample(id, &unseen, by, when);
                    told(released.map(|released| released.approved))
                });
                (released, model.release(*who))
            }
            Op::Undo(who) => {
                let done = store.undo(round, REVIEWERS[*who], when).unwrap();
                (
                    Ok(u64::from(done.is_some())),
                    Ok(u64::from(model.undo(*who))),
                )
            }
            Op::Redo(who) => {
                let done = store.redo(round, REVIEWERS[*who], when).unwrap();
                (
                    Ok(u64::from(done.is_some())),
                    Ok(u64::from(model.redo(*who))),
                )
            }
            Op::Resubmit(student) if model.photos_of(*student) < 2 => {
                let bytes = format!("第二张{student}");
                let id = self.desk.hand_in(self.students[*student], bytes.as_bytes());
                self.photos.push(id);
                model.resubmit(*student);
                (Ok(0), Ok(0))
            }
            _ => (Ok(0), Ok(0)),
        }
    }

    /// Everything that can be read, against the model.
    fn equals(&self, model: &Model, rows_before: u64) -> TestCaseResult {
        let (store, round) = (&self.desk.store, self.desk.round);
        let standing = store.standing_decisions(round).unwrap();
        let open = store.open_reviews(round).unwrap();
        let seen = |id: &SubmissionId| {
            let made = standing.get(id).map(|row| &row.decision);
            Seen {
                standing: made.map(|made| (made.kind, made.reviewer.clone())),
                waits: open.contains(id),
            }
        };
        let seen: Vec<Seen> = self.photos.iter().map(seen).collect();
        prop_assert_eq!(seen, model.seen());
        let exempt = store.exempt(round).unwrap();
        let is_exempt = |one: &usize| exempt.contains_key(&self.students[*one]);
        let exempt: Vec<usize> = (0..STUDENTS).filter(is_exempt).collect();
        prop_assert_eq!(exempt, model.exempt());
        let queues = store.queue_counts(round).unwrap();
        let queues = [
            queues.pending,
            queues.approved,
            queues.rejected,
            queues.held,
            queues.reviewing,
            queues.differing,
        ];
        prop_assert_eq!(queues, model.queues());
        let mut plans = store.sampling_plans(round).unwrap();
        plans.reverse();
        let plans: Vec<_> = plans
            .iter()
            .map(|row| (row.withdrawn, row.released))
            .collect();
        prop_assert_eq!(plans, model.plans());
        let depth = |who: &str| store.undo_depth(round, who).unwrap();
        let depths = REVIEWERS.map(|who| (depth(who).undo, depth(who).redo));
        prop_assert_eq!(depths, model.depths());
        let rows = store.log_count(&LogFilter::default()).unwrap();
        prop_assert_eq!(rows - rows_before, model.log_rows);
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_acts_equals_the_model(ops in sequence()) {
        let mut real = Real::new();
        let mut model = Model::new();
        let rows_before = real.desk.store.log_count(&LogFilter::default()).unwrap();
        for op in ops {
            if matches!(op, Op::Reopen) {
                real.desk = real.desk.reopen();
            }
            let (is, should) = real.both(&mut model, op);
            prop_assert_eq!(is, should);
            real.equals(&model, rows_before)?;
        }
        let log = real.desk.store.verify_log(&AtomicBool::new(false)).unwrap();
        prop_assert!(log.holds());
    }
}
