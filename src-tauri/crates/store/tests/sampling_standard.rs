//! A set drawn by one version of the standard and released under another.
#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

mod desk;

use std::collections::BTreeSet;

use desk::{approve, at, clear_desk};
use zhaoshen_store::{Error, NewSamplingPlan, Unseen};

const SET: usize = 8;

#[test]
fn a_release_takes_what_may_be_approved_unseen_by_the_standard_of_now() {
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
    let made = made.unwrap();
    for sampled in &made.plan.sample {
        desk.store
            .decide(*sampled, &approve("李"), None, at(2))
            .unwrap();
    }
    let judged_by = |version| Unseen {
        version,
        submissions: all[..5].iter().copied().collect(),
    };
    let release = |version| {
        let by = ("抽样批量通过", "王");
        desk.store
            .release_sample(made.id, &judged_by(version), by, at(9))
    };
    let moved = release(7);
    assert!(
        matches!(moved, Err(Error::ProfileMoved { .. })),
        "{moved:?}"
    );
    let released = release(1).unwrap();
    assert_eq!((released.approved, released.passed_over), (3, 3));
    let standing = desk.store.standing_decisions(desk.round).unwrap();
    let approved = standing.keys().copied().collect::<BTreeSet<_>>();
    assert_eq!(approved, all[..5].iter().copied().collect());
}
