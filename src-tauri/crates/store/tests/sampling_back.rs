//! A release taken back: behind later acts, by another person, only the one that was seen; and what of it is not given again.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use desk::{Desk, at, reject, sampled_desk};
use zhaoshen_model::{SamplingPlanId, SubmissionId};
use zhaoshen_store::{Act, Error, NewProfileVersion};

const SET: usize = 6;

/// A set whose first photo 李 approved as the sample, and whose rest 王 released.
fn released() -> (Desk, Vec<SubmissionId>, SamplingPlanId) {
    let (desk, all, plan) = sampled_desk(SET, 1);
    desk.release(plan, 1, &all).unwrap();
    (desk, all, plan)
}

fn approved(desk: &Desk) -> usize {
    desk.store.standing_decisions(desk.round).unwrap().len()
}

#[test]
fn a_release_goes_back_behind_later_acts_but_for_what_was_decided_anew() {
    let (desk, all, plan) = released();
    let store = &desk.store;
    let seen = store.submission(all[5]).unwrap().decision;
    store.decide(all[5], &reject("王"), seen, at(4)).unwrap();
    // By somebody else, too: whoever released may be away.
    let back = store.take_back_release(plan, "赵", at(5)).unwrap().unwrap();
    assert_eq!(back.act, Act::BulkApproved);
    let standing = store.standing_decisions(desk.round).unwrap();
    assert_eq!(standing.len(), 2);
    assert!(standing.contains_key(&all[0]) && standing.contains_key(&all[5]));
    assert!(!store.sampling_plan(plan).unwrap().released);
    let again = store.take_back_release(plan, "赵", at(6));
    assert!(matches!(again, Err(Error::Sampling(_))), "{again:?}");
    // What 王 decided since is what 王 takes back next.
    let undone = store.undo(desk.round, "王", at(7)).unwrap().unwrap();
    assert_eq!(undone.act, Act::Decided);
}

#[test]
fn only_the_act_that_was_seen_is_taken_back() {
    let (desk, all, _) = released();
    let store = &desk.store;
    let next = |by| store.peek_undo_of(&Act::ALL, desk.round, by).unwrap();
    let release = next("王").unwrap();
    let seen = store.submission(all[5]).unwrap().decision;
    store.decide(all[5], &reject("王"), seen, at(4)).unwrap();
    let undo = |seen, second| store.undo_seen(seen, &Act::ALL, desk.round, "王", at(second));
    assert!(matches!(undo(release.id, 5), Err(Error::UndoMoved)));
    assert_eq!(approved(&desk), SET);
    let verdict = next("王").unwrap();
    assert_eq!(undo(verdict.id, 6).unwrap().unwrap().act, Act::Decided);
    let back = undo(release.id, 7).unwrap().unwrap();
    assert_eq!((back.act, back.id), (Act::BulkApproved, release.id));
}

#[test]
fn a_release_is_not_given_again_under_a_standard_saved_since() {
    for saves in [false, true] {
        let (desk, _, plan) = released();
        let store = &desk.store;
        store.undo(desk.round, "王", at(4)).unwrap().unwrap();
        if saves {
            let stands = store.profile_version(desk.round, None).unwrap();
            let newer = NewProfileVersion {
                seen: stands.version,
                profile: &stands.profile,
                note: "",
                verdicts: &[],
            };
            store
                .save_profile_version(desk.round, &newer, "赵", at(5))
                .unwrap();
        }
        let again = store.redo(desk.round, "王", at(6)).unwrap();
        assert_eq!(again.is_some(), !saves);
        assert_eq!(approved(&desk), if saves { 1 } else { SET });
        assert_eq!(store.sampling_plan(plan).unwrap().released, !saves);
    }
}
