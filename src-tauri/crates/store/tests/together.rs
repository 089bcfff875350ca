//! Photos of one student that came in one import: nothing is decided before a person picked which of them counts.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use std::collections::HashSet;
use std::sync::atomic::AtomicBool;

use desk::{Desk, approve, at, clear_desk, decision, sampling};
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::{DecisionKind, StudentId, SubmissionId};
use zhaoshen_store::{
    Act, Error, IntakeOutcome, IntakeRecord, LogFilter, QueueKind, SubmissionVerdict, Target,
    unpicked,
};

/// Takes in photos of one student at once, the last one being the newest.
fn hand_in_at_once(desk: &Desk, student: StudentId, photos: &[&str]) -> Vec<SubmissionId> {
    let by = MatchKey::StudentNo;
    let records: Vec<IntakeRecord> = (photos.iter())
        .map(|name| IntakeRecord {
            photo: desk.store.put_photo(name.as_bytes()).unwrap(),
            matching: Matching::Matched { student, by },
            file_name: format!("{name}.jpg"),
            source: format!("收集/{name}.jpg"),
        })
        .collect();
    let outcomes = desk.store.record_intake(desk.round, &records, "王", at(0));
    let added = |outcome| match outcome {
        IntakeOutcome::Added { submission, .. } => submission,
        other => panic!("not a new submission: {other:?}"),
    };
    outcomes.unwrap().into_iter().map(added).collect()
}

/// One student's photos of one import.
fn came(photos: &[&str]) -> (Desk, StudentId, Vec<SubmissionId>) {
    let desk = Desk::new();
    let student = desk.roster(&["1"])[0];
    let ids = hand_in_at_once(&desk, student, photos);
    (desk, student, ids)
}

fn asked(desk: &Desk, student: StudentId) -> Vec<SubmissionId> {
    let asked = unpicked(&desk.store.submissions_of(student).unwrap());
    // What a page of many is held to is what one student's photos say.
    let newest = asked.first().copied();
    let of_round = desk.store.unpicked_submissions(desk.round).unwrap();
    assert_eq!(of_round, newest.into_iter().collect::<HashSet<_>>());
    asked
}

fn decides(desk: &Desk, photo: SubmissionId, kind: DecisionKind, second: i64) -> bool {
    let made = (desk.store).decide(photo, &decision(kind, "赵"), None, at(second));
    match made {
        Ok(_) => true,
        Err(Error::Unpicked { submission }) if submission == photo => false,
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn nothing_is_decided_before_somebody_picked_and_the_pick_is_taken_back_and_done_again() {
    let (desk, student, photos) = came(&["a", "b"]);
    let [first, newest] = photos[..] else {
        panic!("{photos:?}")
    };
    assert_eq!(asked(&desk, student), [newest, first]);
    for kind in [
        DecisionKind::Approved,
        DecisionKind::Rejected,
        DecisionKind::Held,
    ] {
        assert!(!decides(&desk, newest, kind, 1), "{kind:?}");
    }
    desk.store.choose(newest, None, "赵", at(2)).unwrap();
    assert_eq!(asked(&desk, student), []);
    // Said again it is no second act.
    desk.store.choose(newest, None, "赵", at(3)).unwrap();
    let desk = desk.reopen();
    let undone = desk.store.undo(desk.round, "赵", at(4)).unwrap().unwrap();
    assert_eq!(undone.act, Act::PhotoChosen);
    assert_eq!(asked(&desk, student), [newest, first]);
    assert!(!decides(&desk, newest, DecisionKind::Approved, 5));
    desk.store.redo(desk.round, "赵", at(6)).unwrap().unwrap();
    assert!(decides(&desk, newest, DecisionKind::Approved, 7));
    // Decided, it is never asked about again, nor is the choice taken from under the decision.
    assert_eq!(asked(&desk, student), []);
    let other = desk.store.undo(desk.round, "赵", at(8)).unwrap().unwrap();
    assert_eq!(other.act, Act::Decided);
}

#[test]
fn the_log_says_which_was_picked() {
    let (desk, _, photos) = came(&["a", "b"]);
    desk.store.choose(photos[1], None, "赵", at(1)).unwrap();
    let picks = LogFilter {
        what: Some(Act::PhotoChosen),
        ..LogFilter::default()
    };
    let rows = desk.store.log(&picks, 0, 10).unwrap();
    let [row] = &rows[..] else { panic!("{rows:?}") };
    assert_eq!(row.reviewer, "赵");
    let said = |image: &Option<serde_json::Value>| image.as_ref().unwrap()["picked"].as_bool();
    assert_eq!((said(&row.before), said(&row.after)), (None, Some(true)));
    let log = desk.store.verify_log(&AtomicBool::new(false)).unwrap();
    assert!(log.holds());
}

#[test]
fn an_earlier_one_is_picked_and_asked_about_anew_only_where_it_goes() {
    let (desk, student, photos) = came(&["a", "b", "c"]);
    desk.store.choose(photos[0], None, "赵", at(1)).unwrap();
    assert_eq!(asked(&desk, student), []);
    assert_eq!(desk.queue(&QueueKind::Pending), [photos[0]]);
    // It was another student's after all: which of the others counts nobody said.
    desk.store.put_back(photos[0], "赵", at(2)).unwrap();
    assert_eq!(asked(&desk, student), [photos[1], photos[2]]);
    desk.store.undo(desk.round, "赵", at(3)).unwrap().unwrap();
    assert_eq!(asked(&desk, student), []);
    assert!(decides(&desk, photos[0], DecisionKind::Approved, 4));
}

#[test]
fn nothing_is_picked_for_another_student_than_was_seen() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2"]);
    let photos = hand_in_at_once(&desk, students[0], &["a", "b"]);
    let pick = |student| (desk.store).choose(photos[0], Some(student), "赵", at(2));
    desk.store
        .assign(photos[0], students[1], "钱", at(1))
        .unwrap();
    let refused = pick(students[0]);
    assert!(matches!(refused, Err(Error::Moved { submission }) if submission == photos[0]));
    pick(students[1]).unwrap();
}

#[test]
fn one_that_is_left_alone_or_replaced_is_not_asked_about() {
    let (desk, student, photos) = came(&["a", "b"]);
    desk.store.dismiss(&photos[1..], "赵", at(1)).unwrap();
    assert_eq!(asked(&desk, student), []);
    desk.store.undo(desk.round, "赵", at(2)).unwrap().unwrap();
    assert_eq!(asked(&desk, student), [photos[1], photos[0]]);
    let later = desk.hand_in(student, b"later");
    assert_eq!(asked(&desk, student), []);
    assert!(decides(&desk, later, DecisionKind::Rejected, 3));
    // What comes together after a decision is asked about without what was there before.
    let again = hand_in_at_once(&desk, student, &["c", "d"]);
    assert_eq!(asked(&desk, student), [again[1], again[0]]);
}

#[test]
fn what_somebody_else_picked_since_stands() {
    let (desk, student, photos) = came(&["a", "b", "c"]);
    desk.store.choose(photos[0], None, "赵", at(1)).unwrap();
    desk.store.choose(photos[1], None, "钱", at(2)).unwrap();
    assert_eq!(desk.store.undo(desk.round, "赵", at(3)).unwrap(), None);
    assert_eq!(desk.queue(&QueueKind::Pending), [photos[1]]);
    assert_eq!(asked(&desk, student), []);
    // A pick of the newest is one like any.
    let (desk, student, photos) = came(&["a", "b"]);
    desk.store.choose(photos[1], None, "赵", at(1)).unwrap();
    desk.store.choose(photos[0], None, "钱", at(2)).unwrap();
    assert_eq!(desk.store.undo(desk.round, "赵", at(3)).unwrap(), None);
    desk.store.undo(desk.round, "钱", at(4)).unwrap().unwrap();
    assert_eq!(asked(&desk, student), []);
    desk.store.undo(desk.round, "赵", at(5)).unwrap().unwrap();
    assert_eq!(asked(&desk, student), [photos[1], photos[0]]);
}

#[test]
fn a_decision_is_not_given_again_where_the_pick_was_taken_back() {
    let (desk, student, photos) = came(&["a", "b"]);
    desk.store.choose(photos[1], None, "钱", at(1)).unwrap();
    assert!(decides(&desk, photos[1], DecisionKind::Approved, 2));
    desk.store.undo(desk.round, "赵", at(3)).unwrap().unwrap();
    desk.store.undo(desk.round, "钱", at(4)).unwrap().unwrap();
    assert_eq!(desk.store.redo(desk.round, "赵", at(5)).unwrap(), None);
    assert_eq!(asked(&desk, student), [photos[1], photos[0]]);
    desk.store.redo(desk.round, "钱", at(6)).unwrap().unwrap();
    assert!(desk.store.redo(desk.round, "赵", at(7)).unwrap().is_some());
}

#[test]
fn many_at_once_are_refused_and_a_release_leaves_it_out() {
    let (desk, mut all) = clear_desk(4);
    let student = desk.roster(&["0009"])[0];
    let pair = hand_in_at_once(&desk, student, &["a", "b"]);
    let clear = SubmissionVerdict {
        submission: pair[1],
        verdict: zhaoshen_model::Verdict::Pass,
        failing: Vec::new(),
    };
    desk.store.set_verdicts(desk.round, 1, &[clear]).unwrap();
    all.push(pair[1]);
    let target = |submission: &SubmissionId| Target {
        submission: *submission,
        seen: None.into(),
    };
    let targets: Vec<Target> = all.iter().map(target).collect();
    let refused = (desk.store).decide_all(&targets, &approve("赵"), at(1));
    assert!(matches!(refused, Err(Error::Unpicked { submission }) if submission == pair[1]));
    assert_eq!(desk.queue(&QueueKind::Approved), []);
    let new = sampling(&all, &all[..1]);
    let plan = (desk.store).plan_sample(desk.round, &new, "王", at(2));
    assert!(decides(&desk, all[0], DecisionKind::Approved, 3));
    let released = desk.release(plan.unwrap().id, 1, &all).unwrap();
    assert_eq!((released.approved, released.passed_over), (3, 1));
}
