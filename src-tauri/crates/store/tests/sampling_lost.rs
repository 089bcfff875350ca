//! A release stands when its sample no longer does: whoever decided on the sample decides anew, or takes that back. What
//! was approved unseen on the strength of it can be told apart then.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use desk::{Desk, approve, at, reject, sampled_desk};
use zhaoshen_model::{SamplingPlanId, SubmissionId};
use zhaoshen_store::{Act, ReviewChoice, ReviewWhy};

const SET: usize = 8;

/// A set of which 李 approved the first two as the sample, and 王 released the others.
fn released() -> (Desk, Vec<SubmissionId>, SamplingPlanId) {
    let (desk, all, plan) = sampled_desk(SET, 2);
    desk.release(plan, 1, &all).unwrap();
    (desk, all, plan)
}

fn told(desk: &Desk) -> Vec<(SubmissionId, SamplingPlanId)> {
    desk.store.released_without_sample(desk.round).unwrap()
}

fn rest(all: &[SubmissionId], plan: SamplingPlanId) -> Vec<(SubmissionId, SamplingPlanId)> {
    all[2..].iter().map(|photo| (*photo, plan)).collect()
}

#[test]
fn a_clean_sample_vouches_for_what_it_released() {
    let (desk, _, _) = released();
    assert_eq!(told(&desk), []);
}

#[test]
fn a_sample_whose_decision_was_taken_back_vouches_for_nothing() {
    let (desk, all, plan) = released();
    let undone = desk
        .store
        .undo_of(&[Act::Decided], desk.round, "李", at(4))
        .unwrap();
    assert!(undone.is_some(), "the release is another person's act");
    assert_eq!(told(&desk), rest(&all, plan));
    desk.store.redo(desk.round, "李", at(5)).unwrap().unwrap();
    assert_eq!(told(&desk), []);
}

#[test]
fn what_was_looked_at_since_is_not_told() {
    let (desk, all, plan) = released();
    let decided = desk.store.submission(all[0]).unwrap().decision;
    desk.store
        .decide(all[0], &reject("李"), decided, at(4))
        .unwrap();
    assert_eq!(told(&desk), rest(&all, plan));
    let decided = desk.store.submission(all[2]).unwrap().decision;
    desk.store
        .decide(all[2], &approve("李"), decided, at(5))
        .unwrap();
    assert_eq!(told(&desk), rest(&all, plan)[1..]);
    let taken_back = desk
        .store
        .undo_of(&[Act::BulkApproved], desk.round, "王", at(6));
    assert!(taken_back.unwrap().is_some());
    assert_eq!(told(&desk), [], "nothing is approved unseen any more");
}

#[test]
fn a_second_review_of_the_sample_is_waited_for() {
    let (desk, all, plan) = released();
    let choice = ReviewChoice {
        why: ReviewWhy::Sampled,
        submissions: all[..1].to_vec(),
        drawn: None,
    };
    desk.store
        .choose_for_review(desk.round, &choice, "王", at(4))
        .unwrap();
    assert_eq!(told(&desk), rest(&all, plan));
}
