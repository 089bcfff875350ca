//! What a release passes over: photos whose student is not to be collected any more, and those that the standard of now
//! would not let through unseen.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use std::collections::BTreeSet;

use desk::{Desk, approve, at, clear_desk};
use zhaoshen_model::{SamplingPlanId, SubmissionId};
use zhaoshen_store::{Error, MarkEdit, NewSamplingPlan, SampleReleased, Unseen};

const SET: usize = 8;

/// A set of which 李 approved the first two as the sample.
fn drawn() -> (Desk, Vec<SubmissionId>, SamplingPlanId) {
    let (desk, all) = clear_desk(SET);
    let new = NewSamplingPlan {
        defect_limit_permille: 50,
        confidence_percent: 95,
        seed: 7,
        population: all.clone(),
        sample: all[..2].to_vec(),
        mixed: all[..2].to_vec(),
    };
    let made = desk.store.plan_sample(desk.round, &new, "王", at(1));
    let plan = made.unwrap().id;
    for sampled in &all[..2] {
        desk.store
            .decide(*sampled, &approve("李"), None, at(2))
            .unwrap();
    }
    (desk, all, plan)
}

fn release(
    desk: &Desk,
    plan: SamplingPlanId,
    version: u32,
    unseen: &[SubmissionId],
) -> Result<SampleReleased, Error> {
    let unseen = Unseen {
        version,
        submissions: unseen.iter().copied().collect(),
    };
    let by = ("抽样批量通过", "王");
    desk.store.release_sample(plan, &unseen, by, at(9))
}

#[test]
fn a_photo_whose_student_is_exempt_by_now_is_passed_over() {
    let (desk, all, plan) = drawn();
    let left = [desk.student("0005")];
    let edit = MarkEdit::Collected(true);
    desk.store
        .mark_students(desk.round, &left, &edit, "", "王", at(3))
        .unwrap();
    let released = release(&desk, plan, 1, &all).unwrap();
    assert_eq!((released.approved, released.passed_over), (5, 1));
}

#[test]
fn a_release_takes_what_may_be_approved_unseen_by_the_standard_of_now() {
    let (desk, all, plan) = drawn();
    let moved = release(&desk, plan, 7, &all[..5]);
    assert!(
        matches!(moved, Err(Error::ProfileMoved { .. })),
        "{moved:?}"
    );
    let released = release(&desk, plan, 1, &all[..5]).unwrap();
    assert_eq!((released.approved, released.passed_over), (3, 3));
    let standing = desk.store.standing_decisions(desk.round).unwrap();
    let approved: BTreeSet<SubmissionId> = standing.keys().copied().collect();
    assert_eq!(approved, all[..5].iter().copied().collect());
}
