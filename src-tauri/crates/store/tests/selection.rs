//! Filters: AND between kinds, OR within one, and the queues by college and by reviewer.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use desk::{Desk, approve, at, entry, reject};
use zhaoshen_model::{SubmissionId, Verdict};
use zhaoshen_store::{QueueKind, RosterEntry, Selection, SubmissionVerdict};

/// Six students of three colleges; odd ones fail a rule, the last two are decided.
fn mixed() -> (Desk, Vec<SubmissionId>) {
    let desk = Desk::new();
    let mut entries: Vec<RosterEntry> = (1..=6).map(|n| entry(&n.to_string())).collect();
    for (entry, college) in entries.iter_mut().zip(["文", "理", "工"].iter().cycle()) {
        entry.draft.college = (*college).to_owned();
    }
    desk.store
        .import_roster(desk.round, &entries, "名单.xlsx", "王", at(0))
        .unwrap();
    let submissions: Vec<SubmissionId> = (1..=6)
        .map(|n: u8| desk.hand_in(desk.student(&n.to_string()), &[n]))
        .collect();
    let verdicts: Vec<SubmissionVerdict> = submissions
        .iter()
        .enumerate()
        .map(|(index, submission)| SubmissionVerdict {
            submission: *submission,
            verdict: if index % 2 == 0 {
                Verdict::Fail
            } else {
                Verdict::Pass
            },
            failing: match index % 4 {
                0 => vec!["GEO-02".to_owned()],
                2 => vec!["BG-01".to_owned()],
                _ => Vec::new(),
            },
        })
        .collect();
    desk.store.set_verdicts(desk.round, 1, &verdicts).unwrap();
    desk.store
        .decide(submissions[4], &reject("王"), None, at(1))
        .unwrap();
    desk.store
        .decide(submissions[5], &approve("李"), None, at(2))
        .unwrap();
    (desk, submissions)
}

#[test]
fn kinds_narrow_and_members_of_a_kind_widen() {
    let (desk, ids) = mixed();
    let words = |list: &[&str]| {
        list.iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>()
    };
    let cases: [(Selection, &[usize]); 8] = [
        (Selection::default(), &[0, 1, 2, 3, 4, 5]),
        (
            Selection {
                queues: vec![QueueKind::Failing],
                ..Selection::default()
            },
            &[0, 2],
        ),
        (
            Selection {
                queues: vec![QueueKind::Failing, QueueKind::Clear],
                ..Selection::default()
            },
            &[0, 1, 2, 3],
        ),
        (
            Selection {
                codes: words(&["GEO-02", "BG-01"]),
                ..Selection::default()
            },
            &[0, 2, 4],
        ),
        (
            Selection {
                codes: words(&["GEO-02"]),
                colleges: words(&["文"]),
                ..Selection::default()
            },
            &[0],
        ),
        (
            Selection {
                colleges: words(&["文", "理"]),
                ..Selection::default()
            },
            &[0, 1, 3, 4],
        ),
        (
            Selection {
                reviewers: words(&["李"]),
                ..Selection::default()
            },
            &[5],
        ),
        (
            Selection {
                among: Some(vec![ids[1], ids[2]]),
                queues: vec![QueueKind::Clear],
                ..Selection::default()
            },
            &[1],
        ),
    ];
    for (selection, expected) in cases {
        let rows = desk.store.selected_rows(desk.round, &selection).unwrap();
        let found: Vec<SubmissionId> = rows.iter().map(|row| row.submission).collect();
        let expected: Vec<SubmissionId> = expected.iter().map(|index| ids[*index]).collect();
        assert_eq!(found, expected, "{selection:?}");
    }
}

#[test]
fn colleges_and_reviewers_are_counted_as_they_are_listed() {
    let (desk, ids) = mixed();
    let counts = desk.store.queue_counts(desk.round).unwrap();
    for (college, count) in &counts.colleges {
        let listed = desk.queue(&QueueKind::College(college.clone()));
        assert_eq!(listed.len() as u64, *count, "{college}");
    }
    assert_eq!(
        counts.colleges.iter().map(|(_, count)| count).sum::<u64>(),
        counts.pending
    );
    assert_eq!(
        counts.reviewers,
        [("李".to_owned(), 1), ("王".to_owned(), 1)]
    );
    assert_eq!(desk.queue(&QueueKind::DecidedBy("王".to_owned())), [ids[4]]);
}
