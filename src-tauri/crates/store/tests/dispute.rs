//! Findings called wrong: the newest word of each person holds, and every word is in the log.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use desk::{Desk, at};
use zhaoshen_model::{SubmissionId, Verdict};
use zhaoshen_store::{Act, Dispute, Error, LogFilter};

fn dispute(submission: SubmissionId, code: &str, reviewer: &str) -> Dispute {
    Dispute {
        submission,
        code: code.to_owned(),
        said: Verdict::Fail,
        value: Some(331.0),
        reviewer: reviewer.to_owned(),
    }
}

#[test]
fn the_newest_word_of_each_person_holds() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2"]);
    let first = desk.hand_in(students[0], b"one");
    let second = desk.hand_in(students[1], b"two");
    let say = |of: &Dispute, wrong, second| desk.store.dispute_finding(of, wrong, at(second));
    let (wang, li) = (
        dispute(first, "GEO-02", "王"),
        dispute(first, "GEO-02", "李"),
    );
    let other = dispute(second, "EXP-02", "王");
    say(&wang, true, 1).unwrap();
    say(&li, true, 2).unwrap();
    say(&other, true, 3).unwrap();
    let on = |submission| -> Vec<Dispute> {
        let rows = desk.store.disputes_on(submission).unwrap();
        rows.into_iter().map(|row| row.dispute).collect()
    };
    assert_eq!(on(first), [wang.clone(), li.clone()]);
    say(&wang, false, 4).unwrap();
    assert_eq!(on(first), std::slice::from_ref(&li));
    say(&wang, true, 5).unwrap();
    let round = desk.store.disputes(desk.round).unwrap();
    let of_round: Vec<_> = round.iter().map(|row| (&row.dispute, row.at)).collect();
    assert_eq!(of_round, [(&li, at(2)), (&other, at(3)), (&wang, at(5))]);
    assert_eq!(on(second), [other]);
}

#[test]
fn a_dispute_is_logged_and_leaves_decisions_and_their_undo_alone() {
    let desk = Desk::new();
    let student = desk.roster(&["1"])[0];
    let photo = desk.hand_in(student, b"one");
    let depth = || desk.store.undo_depth(desk.round, "王").unwrap();
    let before = (depth(), desk.store.submission(photo).unwrap());
    desk.store
        .dispute_finding(&dispute(photo, "GEO-02", "王"), true, at(7))
        .unwrap();
    assert_eq!((depth(), desk.store.submission(photo).unwrap()), before);
    let lines = || desk.store.log(&LogFilter::default(), 0, 100).unwrap().len();
    let logged = lines();
    desk.store
        .dispute_finding(&dispute(photo, "GEO-02", "王"), true, at(8))
        .unwrap();
    assert_eq!(lines(), logged, "said already");
    let newest = &desk.store.log(&LogFilter::default(), 0, 1).unwrap()[0];
    assert_eq!(
        (newest.what, newest.reviewer.as_str(), newest.at),
        (Act::FindingDisputed, "王", at(7))
    );
    assert_eq!(newest.after.as_ref().unwrap()["code"], "GEO-02");
    let nowhere = dispute(SubmissionId(999), "GEO-02", "王");
    let refused = desk.store.dispute_finding(&nowhere, true, at(8));
    assert!(
        matches!(refused, Err(Error::NotFound { .. })),
        "{refused:?}"
    );
}
