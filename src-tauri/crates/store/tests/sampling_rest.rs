//! What a release passes over: photos whose student is not to be collected any more, and those that the standard of now
//! would not let through unseen.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use std::collections::BTreeSet;

use desk::{at, sampled_desk};
use zhaoshen_model::SubmissionId;
use zhaoshen_store::{Error, MarkEdit};

const SET: usize = 8;

#[test]
fn a_photo_whose_student_is_exempt_by_now_is_passed_over() {
    let (desk, all, plan) = sampled_desk(SET, 2);
    let left = [desk.student("0005")];
    let edit = MarkEdit::Collected(true);
    desk.store
        .mark_students(desk.round, &left, &edit, "", "王", at(3))
        .unwrap();
    let released = desk.release(plan, 1, &all).unwrap();
    assert_eq!((released.approved, released.passed_over), (5, 1));
}

#[test]
fn a_release_takes_what_may_be_approved_unseen_by_the_standard_of_now() {
    let (desk, all, plan) = sampled_desk(SET, 2);
    let moved = desk.release(plan, 7, &all[..5]);
    assert!(
        matches!(moved, Err(Error::ProfileMoved { .. })),
        "{moved:?}"
    );
    let released = desk.release(plan, 1, &all[..5]).unwrap();
    assert_eq!((released.approved, released.passed_over), (3, 3));
    let standing = desk.store.standing_decisions(desk.round).unwrap();
    let approved: BTreeSet<SubmissionId> = standing.keys().copied().collect();
    assert_eq!(approved, all[..5].iter().copied().collect());
}
