//! Approving a set by a sample: the plan survives everything, releases only on a clean sample, and
//! is one act to undo.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use std::env;
use std::path::Path;
use std::time::Duration;

use desk::{Desk, approve, at, clear_desk, decision, reject, sampled_desk, sampling};
use proptest::prelude::{Just, ProptestConfig, Strategy, prop_oneof, proptest};
use proptest::{collection, prop_assert, prop_assert_eq};
use zhaoshen_killing::{Started, say, wait_for_it};
use zhaoshen_model::{DecisionKind, RoundId, SamplingPlanId, SubmissionId, Verdict};
use zhaoshen_store::{
    Act, Error, LogFilter, NewProfileVersion, NewSamplingPlan, Reverted, ReviewChoice, ReviewWhy,
    SampleReleased, Seen, Store, SubmissionVerdict, Target, Unseen,
};

const SET: usize = 8;

fn plan(population: &[SubmissionId], sample: usize) -> NewSamplingPlan {
    NewSamplingPlan {
        seed: (1 << 53) - 1,
        ..sampling(population, &population[..sample])
    }
}

fn approved(store: &Store, round: RoundId) -> usize {
    let standing = store.standing_decisions(round).unwrap();
    let is_approved = |kind| kind == DecisionKind::Approved;
    standing
        .values()
        .filter(|row| is_approved(row.decision.kind))
        .count()
}

fn release(store: &Store, id: SamplingPlanId) -> Result<SampleReleased, Error> {
    let row = store.sampling_plan(id)?;
    let unseen = Unseen {
        version: store.profile_version(row.round, None)?.version,
        submissions: row.plan.population.into_iter().collect(),
    };
    store.release_sample(id, &unseen, ("抽样批量通过", "王"), at(9))
}

#[test]
fn while_the_sample_is_under_review_a_plan_answers_the_same_whatever_was_decided() {
    let kinds = [DecisionKind::Approved, DecisionKind::Rejected];
    let told = kinds.map(|kind| {
        let (desk, all) = clear_desk(SET);
        let new = plan(&all, 2);
        let made = desk.store.plan_sample(desk.round, &new, "王", at(1));
        let made = made.unwrap();
        for photo in &all[..2] {
            let first = decision(kind, "王");
            desk.store.decide(*photo, &first, None, at(2)).unwrap();
        }
        let choice = ReviewChoice {
            why: ReviewWhy::Sampled,
            submissions: all[..2].to_vec(),
            drawn: None,
        };
        desk.store
            .choose_for_review(desk.round, &choice, "王", at(3))
            .unwrap();
        let released = release(&desk.store, made.id).unwrap_err().to_string();
        desk.store.withdraw_sample(made.id, "王", at(4)).unwrap();
        let again = desk.store.plan_sample(desk.round, &new, "王", at(5));
        [released, again.unwrap_err().to_string()]
    });
    assert_eq!(told[0], told[1]);
}

#[test]
fn a_clean_sample_releases_the_rest_as_one_act() {
    let (desk, all) = clear_desk(SET);
    let made = desk
        .store
        .plan_sample(desk.round, &plan(&all, 2), "王", at(1))
        .unwrap();
    assert!(
        matches!(release(&desk.store, made.id), Err(Error::Sampling(_))),
        "nobody looked"
    );
    let desk = desk.reopen();
    assert_eq!(
        desk.store.sampling_plan(made.id).unwrap(),
        made,
        "a restart keeps the plan"
    );
    for sampled in &made.plan.sample {
        desk.store
            .decide(*sampled, &approve("李"), None, at(2))
            .unwrap();
    }
    // One photo of the set is rejected by hand meanwhile, one is judged otherwise.
    let by_hand = decision(DecisionKind::Rejected, "李");
    desk.store.decide(all[2], &by_hand, None, at(3)).unwrap();
    desk.store
        .set_verdicts(
            desk.round,
            1,
            &[SubmissionVerdict {
                submission: all[3],
                verdict: Verdict::Unknown,
                failing: Vec::new(),
            }],
        )
        .unwrap();
    let released = release(&desk.store, made.id).unwrap();
    assert_eq!(
        released,
        SampleReleased {
            approved: 4,
            passed_over: 1
        }
    );
    assert!(desk.store.sampling_plan(made.id).unwrap().released);
    assert!(
        matches!(release(&desk.store, made.id), Err(Error::Sampling(_))),
        "only once"
    );

    let desk = desk.reopen();
    let undone = desk.store.undo(desk.round, "王", at(10)).unwrap().unwrap();
    assert_eq!(undone.act, Act::BulkApproved);
    assert_eq!(
        undone.on,
        Reverted::Decisions {
            submissions: all[4..].to_vec(),
            left: 0,
        }
    );
    assert_eq!(
        approved(&desk.store, desk.round),
        2,
        "the sample stays decided"
    );
    assert!(
        !desk.store.sampling_plan(made.id).unwrap().released,
        "it is open again"
    );
    desk.store.redo(desk.round, "王", at(11)).unwrap().unwrap();
    assert!(desk.store.sampling_plan(made.id).unwrap().released);
    assert_eq!(approved(&desk.store, desk.round), 6);
}

#[test]
fn the_log_holds_the_plan_and_its_sample() {
    let (desk, all) = clear_desk(SET);
    let made = desk
        .store
        .plan_sample(desk.round, &plan(&all, 1), "王", at(1))
        .unwrap();
    desk.store
        .decide(all[0], &approve("王"), None, at(2))
        .unwrap();
    release(&desk.store, made.id).unwrap();
    let filter = LogFilter {
        what: Some(Act::BulkApproved),
        ..LogFilter::default()
    };
    let rows = desk.store.log(&filter, 0, 100).unwrap();
    assert_eq!(
        rows.len(),
        SET,
        "one row per photo approved, one for the act"
    );
    let act = rows
        .iter()
        .filter_map(|row| row.after.as_ref())
        .find(|after| after.get("sample").is_some())
        .unwrap();
    assert_eq!(act["seed"], made.plan.seed);
    assert_eq!(act["set"], SET);
    assert_eq!(act["sample"][0], all[0].0);
    assert_eq!(act["approved"], SET - 1);
}

#[test]
fn a_rejected_sample_blocks_and_a_withdrawn_plan_is_over() {
    let (desk, all) = clear_desk(SET);
    let store = &desk.store;
    let made = store
        .plan_sample(desk.round, &plan(&all, 2), "王", at(1))
        .unwrap();
    store.decide(all[0], &approve("王"), None, at(2)).unwrap();
    store.decide(all[1], &reject("王"), None, at(3)).unwrap();
    assert!(matches!(release(store, made.id), Err(Error::Sampling(_))));
    assert_eq!(approved(store, desk.round), 1);
    store.withdraw_sample(made.id, "王", at(4)).unwrap();
    assert!(matches!(release(store, made.id), Err(Error::Sampling(_))));
    assert!(matches!(
        store.withdraw_sample(made.id, "王", at(5)),
        Err(Error::Sampling(_))
    ));
    let outside = NewSamplingPlan {
        sample: vec![all[7]],
        ..plan(&all[..4], 1)
    };
    assert!(matches!(
        store.plan_sample(desk.round, &outside, "王", at(6)),
        Err(Error::Sampling(_))
    ));
}

#[test]
fn a_fault_among_the_photos_of_the_set_it_was_mixed_with_blocks_too() {
    let (desk, all) = clear_desk(SET);
    let store = &desk.store;
    let new = NewSamplingPlan {
        mixed: all[..3].to_vec(),
        ..plan(&all, 1)
    };
    let made = store.plan_sample(desk.round, &new, "王", at(1)).unwrap();
    store.decide(all[0], &approve("王"), None, at(2)).unwrap();
    store.decide(all[2], &reject("王"), None, at(3)).unwrap();
    assert!(matches!(release(store, made.id), Err(Error::Sampling(_))));
    store.withdraw_sample(made.id, "王", at(4)).unwrap();
    let again = store.plan_sample(desk.round, &plan(&all[3..], 1), "王", at(5));
    assert!(matches!(again, Err(Error::Sampling(_))));
}

#[test]
fn a_release_is_not_done_again_over_a_fault_found_since() {
    let (desk, all, plan) = sampled_desk(SET, 1);
    let store = &desk.store;
    let first = store.submission(all[0]).unwrap().decision;
    release(store, plan).unwrap();
    store.undo(desk.round, "王", at(10)).unwrap().unwrap();
    store.decide(all[0], &reject("李"), first, at(11)).unwrap();
    assert_eq!(store.redo(desk.round, "王", at(12)).unwrap(), None);
    assert_eq!(approved(store, desk.round), 0);
}

#[test]
fn a_release_of_nothing_is_no_act() {
    let (desk, all) = clear_desk(SET);
    let store = &desk.store;
    let made = store.plan_sample(desk.round, &plan(&all, 2), "王", at(1));
    let made = made.unwrap();
    for (second, photo) in all.iter().enumerate() {
        let when = at(2 + i64::try_from(second).unwrap());
        store.decide(*photo, &approve("李"), None, when).unwrap();
    }
    let before = store.undo_depth(desk.round, "王").unwrap();
    assert!(matches!(release(store, made.id), Err(Error::Sampling(_))));
    assert!(!store.sampling_plan(made.id).unwrap().released);
    assert_eq!(store.undo_depth(desk.round, "王").unwrap(), before);
}

#[test]
fn a_failed_sample_is_not_drawn_again_under_the_same_standard() {
    let (desk, all) = clear_desk(SET);
    let store = &desk.store;
    let again = |from: &[SubmissionId], second| {
        store.plan_sample(desk.round, &plan(from, 1), "王", at(second))
    };
    let made = again(&all, 1).unwrap();
    assert!(
        matches!(again(&all[1..], 2), Err(Error::Sampling(_))),
        "one at a time"
    );
    let no = decision(DecisionKind::Rejected, "王");
    store.decide(all[0], &no, None, at(3)).unwrap();
    store.withdraw_sample(made.id, "王", at(4)).unwrap();
    assert!(
        matches!(again(&all[1..], 5), Err(Error::Sampling(_))),
        "no drawing until clean"
    );
    let stands = store.profile_version(desk.round, None).unwrap();
    let new = NewProfileVersion {
        seen: stands.version,
        profile: &stands.profile,
        note: "",
        verdicts: &[],
    };
    store
        .save_profile_version(desk.round, &new, "王", at(6))
        .unwrap();
    again(&all[1..], 7).unwrap();
}

#[test]
fn photos_of_an_open_plan_are_not_approved_by_the_page() {
    let (desk, all) = clear_desk(SET);
    let made = desk
        .store
        .plan_sample(desk.round, &plan(&all, 2), "王", at(1))
        .unwrap();
    let page = |ids: &[SubmissionId]| {
        let targets: Vec<Target> = ids
            .iter()
            .map(|id| Target {
                submission: *id,
                seen: Seen::default(),
            })
            .collect();
        desk.store.decide_all(&targets, &approve("王"), at(2))
    };
    assert!(matches!(page(&all[1..4]), Err(Error::Sampling(_))));
    assert_eq!(approved(&desk.store, desk.round), 0, "all or none");
    assert_eq!(page(&all[2..4]).unwrap().len(), 2);
    desk.store.withdraw_sample(made.id, "王", at(3)).unwrap();
    assert_eq!(page(&all[..2]).unwrap().len(), 2);
}

/// What can happen to a plan.
#[derive(Debug, Clone, Copy)]
enum Op {
    Decide(usize, DecisionKind),
    Release,
    Undo,
    Redo,
}

#[test]
fn a_release_is_taken_back_but_for_what_was_decided_anew_and_not_given_again_over_a_fault() {
    let (desk, all) = clear_desk(5);
    let store = &desk.store;
    let made = store
        .plan_sample(desk.round, &plan(&all, 2), "王", at(1))
        .unwrap();
    for sampled in &all[..2] {
        store.decide(*sampled, &approve("王"), None, at(2)).unwrap();
    }
    release(store, made.id).unwrap();
    let unseen = store.submission(all[3]).unwrap().decision;
    store.decide(all[3], &reject("李"), unseen, at(3)).unwrap();

    let undone = store.undo(desk.round, "王", at(4)).unwrap().unwrap();
    let on = Reverted::Decisions {
        submissions: vec![all[2], all[4]],
        left: 1,
    };
    assert_eq!((undone.act, undone.on), (Act::BulkApproved, on));
    assert_eq!(approved(store, desk.round), 2, "the sample");
    let row = store.sampling_plan(made.id).unwrap();
    assert!(row.is_open());
    assert!(store.plan_evidence(&row).unwrap().contains(&all[3]));
    // The fault that was found is one of the set: neither way approves the rest again.
    assert!(matches!(release(store, made.id), Err(Error::Sampling(_))));
    assert_eq!(store.redo(desk.round, "王", at(5)).unwrap(), None);
    // Taken back, it brings up no approval that was taken back before it.
    store.undo(desk.round, "李", at(6)).unwrap().unwrap();
    assert_eq!(store.submission(all[3]).unwrap().decision, None);
    assert_eq!(release(store, made.id).unwrap().approved, 3);
}

fn op() -> impl Strategy<Value = Op> {
    let kind = prop_oneof![
        3 => Just(DecisionKind::Approved),
        1 => Just(DecisionKind::Rejected),
        1 => Just(DecisionKind::Held)
    ];
    prop_oneof![
        4 => (0..4_usize, kind).prop_map(|(index, kind)| Op::Decide(index, kind)),
        2 => Just(Op::Release),
        2 => Just(Op::Undo),
        1 => Just(Op::Redo)
    ]
}

/// What stands on every photo, and whether the plan is released.
fn state(
    desk: &Desk,
    all: &[SubmissionId],
    id: SamplingPlanId,
) -> (Vec<Option<DecisionKind>>, bool) {
    let standing = desk.store.standing_decisions(desk.round).unwrap();
    let kinds = all
        .iter()
        .map(|id| standing.get(id).map(|row| row.decision.kind));
    (
        kinds.collect(),
        desk.store.sampling_plan(id).unwrap().released,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn undo_of_any_act_brings_back_what_was(ops in collection::vec(op(), 1..14)) {
        let (desk, all) = clear_desk(5);
        let made = desk.store.plan_sample(desk.round, &plan(&all, 2), "王", at(1)).unwrap();
        let mut past = vec![state(&desk, &all, made.id)];
        let mut undone = Vec::new();
        for op in ops {
            let before = state(&desk, &all, made.id);
            match op {
                Op::Decide(index, kind) => {
                    let seen = desk.store.submission(all[index]).unwrap().decision;
                    desk.store.decide(all[index], &decision(kind, "王"), seen, at(2)).unwrap();
                    past.push(state(&desk, &all, made.id));
                    undone.clear();
                }
                Op::Release => {
                    let clean = before.0[..2].iter().all(|kind| *kind == Some(DecisionKind::Approved));
                    let result = release(&desk.store, made.id);
                    prop_assert_eq!(result.is_ok(), clean && !before.1);
                    if result.is_ok() {
                        prop_assert!(state(&desk, &all, made.id).0.iter().all(Option::is_some));
                        past.push(state(&desk, &all, made.id));
                        undone.clear();
                    } else {
                        prop_assert_eq!(&state(&desk, &all, made.id), &before);
                    }
                }
                Op::Undo => {
                    let did = desk.store.undo_of(&[Act::Decided, Act::BulkApproved], desk.round, "王", at(3)).unwrap();
                    prop_assert_eq!(did.is_some(), past.len() > 1);
                    if did.is_some() {
                        undone.extend(past.pop());
                    }
                }
                Op::Redo => {
                    let did = desk.store.redo(desk.round, "王", at(4)).unwrap();
                    prop_assert_eq!(did.is_some(), !undone.is_empty());
                    past.extend(undone.pop());
                }
            }
            prop_assert_eq!(past.last(), Some(&state(&desk, &all, made.id)));
        }
    }
}

const FOLDER: &str = "ZHAOSHEN_TEST_KILL_SAMPLING";
const TEST: &str = "a_release_is_whole_or_not_at_all_when_killed";

#[test]
fn a_release_is_whole_or_not_at_all_when_killed() {
    const LARGE: usize = 300;
    if let Some(folder) = env::var_os(FOLDER) {
        release_when_told(Path::new(&folder));
    }
    let (desk, _, plan) = sampled_desk(LARGE, 1);
    let round = desk.round;
    let folder = desk.close();
    for wait_ms in [0, 1, 2, 4, 8, 16, 32] {
        let mut started = Started::test(TEST, [(FOLDER, folder.path())]).unwrap();
        started.wait_for("releasing").unwrap();
        std::thread::sleep(Duration::from_millis(wait_ms));
        started.kill().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let released = store.sampling_plan(plan).unwrap().released;
        let expected = if released { LARGE } else { 1 };
        assert_eq!(approved(&store, round), expected, "after {wait_ms} ms");
        if released {
            store.undo(round, "王", at(20)).unwrap().unwrap();
            assert_eq!(approved(&store, round), 1);
        }
    }
    let store = Store::open(folder.path()).unwrap();
    release(&store, plan).unwrap();
    assert_eq!(approved(&store, round), LARGE);
}

/// Says it begins, releases the newest plan, and waits to be killed.
fn release_when_told(folder: &Path) -> ! {
    let store = Store::open(folder).unwrap();
    let round = store.rounds().unwrap()[0].round.id;
    let id = store.sampling_plans(round).unwrap()[0].id;
    say("releasing").unwrap();
    release(&store, id).unwrap();
    wait_for_it()
}
