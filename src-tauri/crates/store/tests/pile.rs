//! The ways out of a pile and back: giving many at once, putting back, putting aside.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use desk::{Desk, approve, at, reject};
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::{StudentId, SubmissionId};
use zhaoshen_store::{
    Act, Error, IntakeOutcome, MarkEdit, QueueKind, Reverted, ReviewChoice, ReviewWhy, Seen, Target,
};

/// How a submission lies: its student's place in the roster, and the pile.
fn matching(desk: &Desk, submission: SubmissionId) -> Matching {
    desk.store.submission(submission).unwrap().matching
}

/// A photo of the student, approved.
fn approved_photo(desk: &Desk, student: StudentId) -> SubmissionId {
    let photo = desk.hand_in(student, b"x");
    let decided = desk.store.decide(photo, &approve("王"), None, at(1));
    decided.unwrap();
    photo
}

#[test]
fn many_are_given_in_one_act_and_taken_back_in_one() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2", "3"]);
    desk.hand_in(students[2], b"kept");
    let piled = [
        desk.pile(b"a", "a.jpg"),
        desk.pile(b"b", "b.jpg"),
        desk.pile(b"c", "c.jpg"),
        desk.pile(b"kept", "d.jpg"),
    ];
    let pairs = [
        (piled[0], students[0]),
        (piled[1], students[1]),
        // A second photo of one student, and a photo that its student has.
        (piled[2], students[0]),
        (piled[3], students[2]),
    ];
    let given = desk.store.assign_all(&pairs, "王", at(1)).unwrap();
    assert_eq!(given, piled[..2]);
    assert_eq!(
        desk.store.submission(piled[1]).unwrap().student,
        Some(students[1])
    );
    assert_eq!(desk.store.round_counts(desk.round).unwrap().unmatched, 2);

    let undone = desk.store.undo(desk.round, "王", at(2)).unwrap().unwrap();
    assert_eq!(
        undone.on,
        Reverted::Placements {
            submissions: piled[..2].to_vec()
        }
    );
    assert_eq!(desk.store.round_counts(desk.round).unwrap().unmatched, 4);
    desk.store.redo(desk.round, "王", at(3)).unwrap().unwrap();
    assert_eq!(desk.store.round_counts(desk.round).unwrap().unmatched, 2);
}

#[test]
fn one_that_cannot_be_given_leaves_all_where_they_were() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2"]);
    let decided = approved_photo(&desk, students[0]);
    let piled = desk.pile(b"a", "a.jpg");
    let pairs = [(piled, students[0]), (decided, students[1])];
    let refused = desk.store.assign_all(&pairs, "王", at(2)).unwrap_err();
    assert!(matches!(refused, Error::Decided { submission } if submission == decided));
    assert_eq!(desk.store.submission(piled).unwrap().student, None);
    // One photo for two students is told in words.
    let pairs = [(piled, students[0]), (piled, students[1])];
    let refused = desk.store.assign_all(&pairs, "王", at(3)).unwrap_err();
    assert!(matches!(refused, Error::AssignedTwice { submission } if submission == piled));
    assert_eq!(desk.store.submission(piled).unwrap().student, None);
}

#[test]
fn a_decision_is_for_the_student_beside_whom_the_photo_was_seen() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2"]);
    let photos = [
        desk.hand_in(students[0], b"x"),
        desk.hand_in(students[1], b"y"),
    ];
    let target = |at: usize| Target {
        submission: photos[at],
        seen: Seen {
            decision: None,
            student: Some(students[at]),
        },
    };
    let shown = [target(0), target(1)];
    desk.store
        .assign(photos[0], students[1], "李", at(1))
        .unwrap();
    let moved = |told| matches!(told, Err(Error::Moved { submission }) if submission == photos[0]);
    let one = desk
        .store
        .decide(photos[0], &approve("王"), shown[0].seen, at(2));
    assert!(moved(one.map(|_| ())));
    let all = desk.store.decide_all(&shown, &approve("王"), at(2));
    assert!(moved(all.map(|_| ())));
    desk.store.put_back(photos[0], "李", at(3)).unwrap();
    let piled = desk
        .store
        .decide(photos[0], &approve("王"), shown[0].seen, at(4));
    assert!(moved(piled.map(|_| ())));
    let standing = |at: usize| desk.store.submission(photos[at]).unwrap().decision;
    assert_eq!((standing(0), standing(1)), (None, None));
    // Back with its student it is as it was seen.
    desk.store
        .assign(photos[0], students[0], "李", at(5))
        .unwrap();
    desk.store
        .decide_all(&shown, &approve("王"), at(6))
        .unwrap();
}

#[test]
fn a_decision_taken_back_is_not_given_again_to_another_student() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2"]);
    let photo = desk.hand_in(students[0], b"x");
    let store = &desk.store;
    store.decide(photo, &approve("赵"), None, at(1)).unwrap();
    store.undo(desk.round, "赵", at(2)).unwrap().unwrap();
    store.assign(photo, students[1], "李", at(3)).unwrap();
    assert_eq!(store.redo(desk.round, "赵", at(4)).unwrap(), None);
    assert_eq!(store.submission(photo).unwrap().decision, None);
    // Back with its student it is.
    store.undo(desk.round, "李", at(5)).unwrap().unwrap();
    store.redo(desk.round, "赵", at(6)).unwrap().unwrap();
    assert!(store.submission(photo).unwrap().decision.is_some());
}

#[test]
fn a_second_verdict_is_for_the_student_shown_too() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2"]);
    let photo = approved_photo(&desk, students[0]);
    let choice = ReviewChoice {
        why: ReviewWhy::Share,
        submissions: vec![photo],
        drawn: None,
    };
    let chosen = desk
        .store
        .choose_for_review(desk.round, &choice, "王", at(2));
    assert_eq!(chosen.unwrap(), 1);
    let verdict = reject("李");
    let judge = |student, second| {
        desk.store
            .judge_again(photo, &verdict, Some(student), at(second))
    };
    let other = judge(students[1], 3);
    assert!(matches!(other, Err(Error::Moved { .. })));
    judge(students[0], 4).unwrap();
}

#[test]
fn a_photo_put_back_is_not_given_again_by_its_name() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2"]);
    let wrong = desk.hand_in(students[0], b"x");
    desk.store.put_back(wrong, "王", at(1)).unwrap();
    assert_eq!(
        matching(&desk, wrong),
        Matching::PutBack { from: students[0] }
    );
    assert_eq!(
        desk.take_in(students[0], b"x"),
        IntakeOutcome::AlreadyThere { submission: wrong },
        "the same file imported again"
    );
    assert!(matches!(
        desk.take_in(students[1], b"x"),
        IntakeOutcome::Matched { submission, n: 1 } if submission == wrong
    ));
    desk.store.put_back(wrong, "王", at(2)).unwrap();
    desk.store.undo(desk.round, "王", at(3)).unwrap().unwrap();
    assert_eq!(
        desk.store.submission(wrong).unwrap().student,
        Some(students[1])
    );
}

#[test]
fn a_photo_put_aside_is_asked_about_no_more_and_comes_back_as_it_was() {
    let desk = Desk::new();
    let students = desk.roster(&["1"]);
    let photo = desk.pile(b"x", "截图.jpg");
    let other = desk.hand_in(students[0], b"y");
    let unmatched = || desk.store.round_counts(desk.round).unwrap().unmatched;
    assert_eq!(unmatched(), 1);
    desk.store.dismiss(&[photo, other], "王", at(1)).unwrap();
    assert_eq!(unmatched(), 0);
    assert_eq!(desk.pile(b"x", "截图.jpg"), photo, "imported again");
    assert_eq!(unmatched(), 0);
    // Twice is once: nothing is left to undo but the first act.
    desk.store.dismiss(&[photo], "王", at(2)).unwrap();
    desk.store.put_back(photo, "王", at(3)).unwrap();
    assert_eq!(matching(&desk, photo), Matching::Unknown);
    desk.store.put_back(other, "王", at(4)).unwrap();
    assert_eq!(
        matching(&desk, other),
        Matching::PutBack { from: students[0] }
    );
    for act in [Act::PhotoPutBack, Act::PhotoPutBack, Act::PhotoDismissed] {
        let undone = desk.store.undo(desk.round, "王", at(5)).unwrap().unwrap();
        assert_eq!(undone.act, act);
    }
    assert_eq!(matching(&desk, photo), Matching::Unknown);
    assert_eq!(
        matching(&desk, other),
        Matching::Matched {
            student: students[0],
            by: MatchKey::StudentNo
        }
    );
}

#[test]
fn what_is_decided_stays() {
    let desk = Desk::new();
    let students = desk.roster(&["1"]);
    let photo = approved_photo(&desk, students[0]);
    for refused in [
        desk.store.put_back(photo, "王", at(2)),
        desk.store.dismiss(&[photo], "王", at(2)),
    ] {
        assert!(matches!(refused, Err(Error::Decided { .. })), "{refused:?}");
    }
}

#[test]
fn what_another_moved_since_is_not_moved_back() {
    let desk = Desk::new();
    let students = desk.roster(&["1"]);
    let photo = desk.pile(b"x", "x.jpg");
    desk.store.dismiss(&[photo], "赵", at(1)).unwrap();
    desk.store.put_back(photo, "李", at(2)).unwrap();
    assert_eq!(desk.store.undo(desk.round, "赵", at(3)).unwrap(), None);
    desk.store.assign(photo, students[0], "李", at(4)).unwrap();
    assert_eq!(desk.store.undo(desk.round, "赵", at(5)).unwrap(), None);
    assert_eq!(
        desk.store.submission(photo).unwrap().student,
        Some(students[0])
    );
}

#[test]
fn an_earlier_photo_is_chosen_and_the_numbers_change_back() {
    let desk = Desk::new();
    let students = desk.roster(&["1"]);
    let first = desk.hand_in(students[0], b"a");
    let second = desk.hand_in(students[0], b"b");
    let numbers = || [first, second].map(|id| desk.store.submission(id).unwrap().n);
    let counts = || desk.queue(&QueueKind::Pending);
    assert_eq!(counts(), [second]);
    desk.store.choose(first, None, "赵", at(1)).unwrap();
    assert_eq!((numbers(), counts()), ([Some(2), Some(1)], vec![first]));
    // The one that counts is left as it is: nothing more to undo.
    desk.store.choose(first, None, "赵", at(2)).unwrap();
    let undone = desk.store.undo(desk.round, "赵", at(3)).unwrap().unwrap();
    assert_eq!(undone.act, Act::PhotoChosen);
    assert_eq!((numbers(), counts()), ([Some(1), Some(2)], vec![second]));
    desk.store.redo(desk.round, "赵", at(4)).unwrap().unwrap();
    assert_eq!(counts(), [first]);
    desk.store
        .decide(first, &approve("赵"), None, at(5))
        .unwrap();
    let refused = desk.store.choose(second, None, "赵", at(6));
    assert!(matches!(refused, Err(Error::Decided { submission }) if submission == first));
}

#[test]
fn a_decided_photo_of_an_exempt_student_is_put_aside_and_comes_back_with_its_decision() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2"]);
    let photo = approved_photo(&desk, students[0]);
    assert!(matches!(
        desk.store.dismiss(&[photo], "王", at(2)).unwrap_err(),
        Error::Decided { .. }
    ));
    let mark = |collected, second| {
        let edit = MarkEdit::Collected(collected);
        let marked =
            (desk.store).mark_students(desk.round, &students[..1], &edit, "", "王", at(second));
        assert_eq!(marked.unwrap(), 1);
    };
    let lies = || {
        let row = desk.store.submission(photo).unwrap();
        (row.student, row.decision.is_some())
    };
    let excluded = || desk.store.excluded_submissions(desk.round).unwrap().len();
    mark(true, 3);
    assert_eq!(excluded(), 1);
    desk.store.dismiss(&[photo], "王", at(4)).unwrap();
    assert_eq!((lies(), excluded()), ((None, true), 0));
    // Nobody else gets it while it is decided on, and no act on it can be made that needs a student.
    assert!(desk.store.assign(photo, students[1], "王", at(5)).is_err());
    desk.store.undo(desk.round, "王", at(6)).unwrap().unwrap();
    assert_eq!((lies(), excluded()), ((Some(students[0]), true), 1));
    desk.store.redo(desk.round, "王", at(7)).unwrap().unwrap();
    assert_eq!(lies(), (None, true));
    // To be collected after all: the photo comes back approved.
    mark(false, 8);
    desk.store.put_back(photo, "王", at(9)).unwrap();
    assert_eq!(lies(), (Some(students[0]), true));
    assert_eq!(desk.store.round_counts(desk.round).unwrap().approved, 1);
    // Decided photos of those who are due do not move.
    assert!(desk.store.dismiss(&[photo], "王", at(10)).is_err());
    desk.store.undo(desk.round, "王", at(11)).unwrap();
    assert_eq!(lies(), (Some(students[0]), true));
}
