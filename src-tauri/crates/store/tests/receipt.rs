//! Receipts, what is rejected for them, and paper photos: added as one act, taken back as one.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use desk::{Desk, approve, at, new_round, reject};
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::receipt::ReceiptState;
use zhaoshen_model::{Decision, StudentId, StudentKeys, SubmissionId};
use zhaoshen_store::{
    Act, EXEMPT_FROM_UNDO, Error, LogFilter, NewReceipt, ReceiptSource, Reverted, Seen, Target,
    Whose,
};

const LIST: ReceiptSource<'_> = ReceiptSource {
    file: "回执.xlsx",
    sha256: "ab",
};

fn row(student: StudentId, state: ReceiptState) -> NewReceipt {
    NewReceipt {
        state,
        text: "眼镜反光".to_owned(),
        reason: None,
        named: StudentKeys {
            student_no: "1".to_owned(),
            ..StudentKeys::default()
        },
        file_name: String::new(),
        submission: None,
        delivery: None,
        matching: Matching::Matched {
            student,
            by: MatchKey::StudentNo,
        },
        source_cell: "B2".to_owned(),
    }
}

#[test]
fn a_list_comes_and_goes_as_one() {
    let desk = Desk::new();
    let student = desk.roster(&["1"])[0];
    let (store, round) = (&desk.store, desk.round);
    let rows = [
        row(student, ReceiptState::Returned),
        row(student, ReceiptState::Listed),
    ];
    store
        .record_receipts(round, LIST, &rows, "甲", at(1))
        .unwrap();
    let read = store.receipts(round).unwrap();
    assert_eq!(read.len(), 2);
    assert_eq!(read[0].state, ReceiptState::Returned);
    assert_eq!(
        (read[0].source.as_str(), read[0].read_at),
        ("回执.xlsx", at(1))
    );

    let undone = store.undo(round, "甲", at(2)).unwrap().unwrap();
    assert_eq!(undone.act, Act::ReceiptsImported);
    assert_eq!(undone.on, Reverted::Receipts { rows: 2 });
    assert_eq!(undone.whom, [student], "two rows of one student");
    let log = store.log(&LogFilter::default(), 0, 1).unwrap().remove(0);
    assert_eq!(log.after.unwrap()["whom"], serde_json::json!([student]));
    assert!(store.receipts(round).unwrap().is_empty());
    store.redo(round, "甲", at(3)).unwrap().unwrap();
    assert_eq!(store.receipts(round).unwrap(), read);
    let logged = |what| {
        let filter = LogFilter {
            what: Some(what),
            ..LogFilter::default()
        };
        store.log_count(&filter).unwrap()
    };
    assert_eq!(logged(Act::ReceiptsImported), 1);
    assert_eq!((logged(Act::Undone), logged(Act::Redone)), (1, 1));

    // One row alone is put aside, and taken back.
    assert_eq!(
        store
            .drop_receipts(round, &[read[1].id], "甲", at(3))
            .unwrap(),
        1
    );
    assert_eq!(
        store
            .drop_receipts(round, &[read[1].id], "甲", at(3))
            .unwrap(),
        0
    );
    assert_eq!(store.receipts(round).unwrap(), read[..1]);
    let undone = store.undo(round, "甲", at(4)).unwrap().unwrap();
    assert_eq!(undone.act, Act::ReceiptsDropped);
    assert_eq!(store.receipts(round).unwrap(), read);

    // Nothing to add is no act.
    store
        .record_receipts(round, LIST, &[], "甲", at(4))
        .unwrap();
    assert_eq!(logged(Act::ReceiptsImported), 1);
    for act in [
        Act::ReceiptsImported,
        Act::ReceiptsDropped,
        Act::ReceiptAssigned,
        Act::ReceiptSettled,
        Act::ReturnedRejected,
        Act::PaperMarked,
    ] {
        assert!(!EXEMPT_FROM_UNDO.contains(&act), "{act:?}");
    }
}

#[test]
fn a_row_about_nobody_is_given_to_a_student_and_taken_back() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2"]);
    let (store, round) = (&desk.store, desk.round);
    let photo = desk.hand_in(students[0], b"1");
    let stray = NewReceipt {
        matching: Matching::Unknown,
        ..row(students[0], ReceiptState::Accepted)
    };
    let rows = [stray];
    store
        .record_receipts(round, LIST, &rows, "甲", at(1))
        .unwrap();
    let read = store.receipts(round).unwrap();
    let id = read[0].id;
    let give = |student, submission, second| {
        store.assign_receipt(round, id, (student, submission), "甲", at(second))
    };
    let whose = || store.receipts(round).unwrap()[0].whose();
    let acts = || store.undo_depth(round, "甲").unwrap().undo;
    give(students[0], Some((photo, 2)), 2).unwrap();
    let given = Whose {
        matching: Matching::Matched {
            student: students[0],
            by: MatchKey::ByHand,
        },
        submission: Some(photo),
        delivery: Some(2),
    };
    assert_eq!(whose(), given);
    let (log, before) = (store.log(&LogFilter::default(), 0, 1).unwrap(), acts());
    assert_eq!(log[0].what, Act::ReceiptAssigned);
    give(students[0], Some((photo, 2)), 3).unwrap();
    assert_eq!(acts(), before, "that is known");
    give(students[1], None, 3).unwrap();

    // Each is taken back by itself; one that was put aside since is passed over.
    store.undo(round, "甲", at(4)).unwrap().unwrap();
    assert_eq!(whose(), given);
    store.drop_receipts(round, &[id], "乙", at(5)).unwrap();
    let refused = give(students[1], None, 5);
    assert!(
        matches!(refused, Err(Error::NotFound { .. })),
        "{refused:?}"
    );
    assert!(store.undo(round, "甲", at(6)).unwrap().is_none());
    store.undo(round, "乙", at(7)).unwrap().unwrap();
    let undone = store.undo(round, "甲", at(8)).unwrap().unwrap();
    assert_eq!(undone.whom, [students[0]]);
    assert_eq!(
        (undone.act, undone.on),
        (Act::ReceiptAssigned, Reverted::Receipts { rows: 1 })
    );
    assert_eq!(store.receipts(round).unwrap(), read);

    // A roster read meanwhile says another thing of a stray row: it is a stray row still, and redone.
    let found = Whose {
        matching: Matching::Ambiguous {
            candidates: students.clone(),
        },
        submission: None,
        delivery: None,
    };
    store.rematch_receipts(&[(id, found)]).unwrap();
    store.redo(round, "甲", at(9)).unwrap().unwrap();
    assert_eq!(whose(), given);
    let other = store
        .create_round(&new_round("另一批"), "甲", at(9))
        .unwrap();
    let refused = store.assign_receipt(other.id, id, (students[0], None), "甲", at(9));
    assert!(matches!(refused, Err(Error::RoundsMixed)), "{refused:?}");
}

#[test]
fn a_row_that_says_neither_is_said_to_mean_one_and_taken_back() {
    let desk = Desk::new();
    let students = desk.roster(&["1"]);
    let (store, round) = (&desk.store, desk.round);
    let rows = [NewReceipt {
        text: "处理中".to_owned(),
        ..row(students[0], ReceiptState::Unsettled)
    }];
    store
        .record_receipts(round, LIST, &rows, "甲", at(1))
        .unwrap();
    let id = store.receipts(round).unwrap()[0].id;
    let settle = |state, second| store.settle_receipt(round, (id, state, None), "甲", at(second));
    let says = || {
        let row = store.receipts(round).unwrap().remove(0);
        (row.state, row.text, row.reason)
    };
    let of = |state| (state, "处理中".to_owned(), None);
    settle(ReceiptState::Returned, 2).unwrap();
    assert_eq!(says(), of(ReceiptState::Returned), "its words stay");
    let log = store.log(&LogFilter::default(), 0, 1).unwrap();
    assert_eq!(log[0].what, Act::ReceiptSettled);
    let acts = || store.undo_depth(round, "甲").unwrap().undo;
    let before = acts();
    settle(ReceiptState::Returned, 3).unwrap();
    assert_eq!(acts(), before, "that is said already");
    let refused = settle(ReceiptState::Accepted, 3);
    assert!(matches!(refused, Err(Error::Settled)), "{refused:?}");

    let undone = store.undo(round, "甲", at(4)).unwrap().unwrap();
    assert_eq!(undone.whom, students);
    assert_eq!(
        (undone.act, undone.on),
        (Act::ReceiptSettled, Reverted::Receipts { rows: 1 })
    );
    assert_eq!(says(), of(ReceiptState::Unsettled));
    store.redo(round, "甲", at(5)).unwrap().unwrap();
    assert_eq!(says(), of(ReceiptState::Returned));

    // Settled with a reason it has that beside its words, and loses it with an undo.
    store.undo(round, "甲", at(5)).unwrap().unwrap();
    let told = Some("反光".to_owned());
    let settlement = (id, ReceiptState::Returned, told.clone());
    store
        .settle_receipt(round, settlement, "甲", at(5))
        .unwrap();
    assert_eq!((says().1.as_str(), says().2), ("处理中", told.clone()));
    store.undo(round, "甲", at(5)).unwrap().unwrap();
    assert_eq!(says(), of(ReceiptState::Unsettled));
    store.redo(round, "甲", at(5)).unwrap().unwrap();
    assert_eq!(says().2, told);

    // One that was put aside since is passed over, and said of no more.
    store.drop_receipts(round, &[id], "乙", at(6)).unwrap();
    let refused = settle(ReceiptState::Accepted, 6);
    assert!(
        matches!(refused, Err(Error::NotFound { .. })),
        "{refused:?}"
    );
    let undone = store.undo(round, "甲", at(7)).unwrap();
    assert!(undone.is_none_or(|act| act.act != Act::ReceiptSettled));
}

fn because(text: &str) -> Decision {
    let mut decision = reject("甲");
    decision.reasons[0].text = text.to_owned();
    decision
}

#[test]
fn given_back_photos_are_rejected_all_or_none() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2"]);
    let (store, round) = (&desk.store, desk.round);
    let photos = [0, 1].map(|at| desk.hand_in(students[at], &[at as u8]));
    let seen = photos.map(|photo| store.decide(photo, &approve("甲"), None, at(5)).unwrap().id);
    let target = |at: usize| Target {
        submission: photos[at],
        seen: Some(seen[at]).into(),
    };
    let stale = Target {
        submission: photos[1],
        seen: Seen::default(),
    };
    let decisions = |second| [(target(0), because("模糊")), (second, because("反光"))];
    let refused = store.reject_returned(round, &decisions(stale), at(9));
    assert!(
        matches!(refused, Err(Error::Conflict { .. })),
        "{refused:?}"
    );
    let standing = |photo: SubmissionId| store.standing_decisions(round).unwrap()[&photo].id;
    assert_eq!(standing(photos[0]), seen[0], "nothing was rejected");

    let done = store
        .reject_returned(round, &decisions(target(1)), at(10))
        .unwrap();
    assert_eq!(standing(photos[1]), done[1].id);
    assert_eq!(done[1].decision.reasons[0].text, "反光");
    let undone = store.undo(round, "甲", at(11)).unwrap().unwrap();
    assert_eq!(undone.act, Act::ReturnedRejected);
    assert_eq!(photos.map(standing), seen);
}

#[test]
fn ticks_of_paper_photos_are_taken_back_as_one_unless_changed_since() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2", "3"]);
    let (store, round) = (&desk.store, desk.round);
    let mark = |who: &[StudentId], arrived, by, second| {
        store
            .mark_paper(round, who, arrived, by, at(second))
            .unwrap()
    };
    assert_eq!(mark(&students[..2], true, "甲", 1), 2);
    assert_eq!(mark(&students, true, "乙", 2), 1, "two were ticked already");
    assert_eq!(store.paper_photos(round).unwrap(), students);
    let undone = store.undo(round, "乙", at(3)).unwrap().unwrap();
    assert_eq!(undone.on, Reverted::Paper { students: 1 });
    assert_eq!(store.paper_photos(round).unwrap(), students[..2]);
    // Another has taken one of them back since: the act does not stand whole any more.
    mark(&students[..1], false, "乙", 4);
    assert!(store.undo(round, "甲", at(5)).unwrap().is_none());
    assert_eq!(store.paper_photos(round).unwrap(), students[1..2]);
}
