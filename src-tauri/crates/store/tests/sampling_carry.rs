//! A sample is not drawn again until it is clean: what was drawn and left undecided comes into the next one.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use desk::{approve, at, clear_desk, sampling};
use zhaoshen_model::SubmissionId;
use zhaoshen_store::{Error, NewProfileVersion, NewSamplingPlan};

const SET: usize = 12;

/// A plan over `population` whose sample are the photos at `drawn`, looked at among those at `mixed`.
fn plan(population: &[SubmissionId], drawn: &[usize], mixed: &[usize]) -> NewSamplingPlan {
    let of = |places: &[usize]| -> Vec<_> {
        let photos = places.iter().map(|place| population[*place]);
        photos.collect()
    };
    NewSamplingPlan {
        mixed: of(mixed),
        ..sampling(population, &of(drawn))
    }
}

#[test]
fn what_was_drawn_and_left_undecided_comes_into_the_next_sample() {
    let (desk, all) = clear_desk(SET);
    let store = &desk.store;
    let first = plan(&all, &[0, 1, 2], &[0, 1, 2, 3]);
    let made = store.plan_sample(desk.round, &first, "王", at(10)).unwrap();
    assert!(store.carried_sample(desk.round).unwrap().is_empty());
    store.decide(all[0], &approve("王"), None, at(11)).unwrap();
    store.withdraw_sample(made.id, "王", at(12)).unwrap();
    // Undecided: two of the sample, and one of the set that it was mixed with.
    assert_eq!(store.carried_sample(desk.round).unwrap(), all[1..4]);
    let left = &all[1..];
    let without = plan(left, &[5, 6, 7], &[5, 6, 7]);
    let refused = store.plan_sample(desk.round, &without, "王", at(13));
    assert!(matches!(refused, Err(Error::Sampling(_))), "{refused:?}");
    let half = plan(left, &[0, 1, 6], &[0, 1, 6]);
    assert!(store.plan_sample(desk.round, &half, "王", at(14)).is_err());
    let with = plan(left, &[0, 1, 2, 6], &[0, 1, 2, 6]);
    store.plan_sample(desk.round, &with, "王", at(15)).unwrap();
}

#[test]
fn what_was_decided_or_left_the_set_is_not_carried() {
    let (desk, all) = clear_desk(SET);
    let store = &desk.store;
    let first = plan(&all, &[0, 1], &[0, 1]);
    let made = store.plan_sample(desk.round, &first, "王", at(10)).unwrap();
    store.decide(all[0], &approve("王"), None, at(11)).unwrap();
    store.withdraw_sample(made.id, "王", at(12)).unwrap();
    // The other photo no longer is of the set: whoever judged it unclear took it out, and it is looked at by itself.
    let rest = plan(&all[2..], &[3], &[3]);
    store.plan_sample(desk.round, &rest, "王", at(13)).unwrap();
}

#[test]
fn another_version_of_the_standard_carries_the_sample_all_the_same() {
    let (desk, all) = clear_desk(SET);
    let store = &desk.store;
    let first = plan(&all, &[0, 1], &[0, 1]);
    let made = store.plan_sample(desk.round, &first, "王", at(10)).unwrap();
    store.withdraw_sample(made.id, "王", at(12)).unwrap();
    let stands = store.profile_version(desk.round, None).unwrap();
    let newer = NewProfileVersion {
        seen: stands.version,
        profile: &stands.profile,
        note: "",
        verdicts: &[],
    };
    store
        .save_profile_version(desk.round, &newer, "王", at(20))
        .unwrap();
    assert_eq!(store.carried_sample(desk.round).unwrap(), all[..2]);
}
