//! Writing that was begun outside, and what is known of it when it broke off.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use desk::{Desk, approvals, approve, archive, at, reject};
use zhaoshen_model::{PhotoHash, StudentId, SubmissionId};
use zhaoshen_store::{
    Act, DeliveredFile, Error, LeftOpen, LogFilter, MarkEdit, NamedLast, NewDelivery, NewWriting,
    RosterImport, Store, Writing, WritingKind,
};

fn count(store: &Store, act: Act) -> u64 {
    let filter = LogFilter {
        what: Some(act),
        ..LogFilter::default()
    };
    store.log_count(&filter).unwrap()
}

fn delivery(store: &Store, submissions: &[SubmissionId]) -> NewDelivery {
    let files = submissions.iter().map(|id| DeliveredFile {
        file_name: format!("{id}.jpg"),
        submission: *id,
        sha256: store.submission(*id).unwrap().photo,
        size_bytes: 11,
    });
    NewDelivery {
        target: "交付".to_owned(),
        profile_name: "moe99".to_owned(),
        in_house: false,
        files: files.collect(),
        approvals: approvals(store, submissions),
        how: serde_json::Value::Null,
        again: serde_json::Value::Null,
    }
}

fn begun(desk: &Desk, kind: WritingKind) -> NewWriting {
    NewWriting {
        round: Some(desk.round),
        kind,
        number: 1,
        target: "D:/交付".to_owned(),
    }
}

#[test]
fn what_was_begun_is_known_until_it_is_ended_and_its_number_is_its_own() {
    let (desk, photo) = one_approved();
    let begin = |kind| {
        desk.store
            .begin_writing(&begun(&desk, kind), "王", at(3))
            .unwrap()
    };
    let first = begin(WritingKind::Delivery);
    assert_eq!((first.number, first.booked.clone()), (1, None));
    assert_eq!(desk.store.next_delivery(desk.round).unwrap(), 2);
    let second = begin(WritingKind::Delivery);
    let writing = Writing {
        id: second.id,
        names: vec![NamedLast {
            name: "manifest.json".to_owned(),
            sha256: PhotoHash([7; 32]),
            unshown: false,
        }],
    };
    let new = delivery(&desk.store, &[photo]);
    let row = desk
        .store
        .record_delivery(desk.round, &new, Some(&writing), "王", at(4))
        .unwrap();
    assert_eq!(row.number, 2, "the first lies there under its number");
    let desk = desk.reopen();
    let rows = desk.store.unfinished().unwrap();
    assert_eq!(rows[0], first);
    assert_eq!(rows[1].booked.as_ref(), Some(&writing.names));
    desk.store.end_writing(second.id).unwrap();
    desk.store.dismiss_writing(first.id, "王", at(5)).unwrap();
    assert_eq!(desk.store.unfinished().unwrap(), []);
    assert_eq!(count(&desk.store, Act::WritingDismissed), 1);
    let again = desk.store.dismiss_writing(first.id, "王", at(6));
    assert!(matches!(again, Err(Error::NotFound { .. })));
}

/// A backup in one file opens for nobody until its passphrase was shown; a restored workspace is in the books at once.
#[test]
fn what_is_written_of_the_whole_workspace_is_of_no_round() {
    let (desk, _) = one_approved();
    let begin = |kind, name: &str| {
        let new = NewWriting {
            round: None,
            target: name.to_owned(),
            ..begun(&desk, kind)
        };
        desk.store.begin_writing(&new, "王", at(3)).unwrap()
    };
    let copy = begin(WritingKind::Copy, "E:/备份.zip");
    let restore = begin(WritingKind::Restore, "E:/恢复");
    assert_eq!(
        (copy.round, copy.number, copy.is_unshown()),
        (None, 0, false)
    );
    let writing = Writing {
        id: copy.id,
        names: Vec::new(),
    };
    let store = &desk.store;
    store
        .record_copy("E:/备份.zip", &writing, "王", at(4))
        .unwrap();
    let from = ("2026-12-01_080000", "E:/恢复");
    store
        .record_restored(from, "", Some(restore.id), ("王", at(4)))
        .unwrap();
    let desk = desk.reopen();
    let rows = desk.store.unfinished().unwrap();
    let left: Vec<_> = rows.iter().map(|row| (row.id, row.is_unshown())).collect();
    assert_eq!(left, [(copy.id, true)]);
    desk.store.dismiss_writing(copy.id, "王", at(5)).unwrap();
    let filter = LogFilter {
        what: Some(Act::WritingDismissed),
        ..LogFilter::default()
    };
    let row = desk.store.log(&filter, 0, 1).unwrap().remove(0);
    assert_eq!(row.round, None);
    assert_eq!(row.after.unwrap()["target"], "E:/备份.zip");
}

#[test]
fn a_delivery_with_a_photo_that_is_approved_no_longer_is_not_recorded() {
    let (desk, photo) = one_approved();
    let store = &desk.store;
    let writing = store
        .begin_writing(&begun(&desk, WritingKind::Delivery), "王", at(3))
        .unwrap();
    let booking = Writing {
        id: writing.id,
        names: Vec::new(),
    };
    store.undo(desk.round, "王", at(4)).unwrap().unwrap();
    let new = delivery(store, &[photo]);
    let record = || store.record_delivery(desk.round, &new, Some(&booking), "王", at(5));
    let told = record().unwrap_err();
    assert!(
        matches!(&told, Error::ApprovalTakenBack { submissions } if submissions == &[photo]),
        "{told:?}"
    );
    store.decide(photo, &reject("李"), None, at(6)).unwrap();
    assert!(matches!(record(), Err(Error::ApprovalTakenBack { .. })));
    assert_eq!(store.deliveries(desk.round).unwrap(), []);
    assert_eq!(count(store, Act::Delivered), 0);
    assert_eq!(store.unfinished().unwrap()[0].booked, None);
}

/// Its file bears the name of the student whose it was.
#[test]
fn a_delivery_with_a_photo_of_another_student_by_now_is_not_recorded_though_it_was_approved_anew() {
    for is_moved in [true, false] {
        let (desk, photo) = one_approved();
        let store = &desk.store;
        let new = delivery(store, &[photo]);
        let row = store.submission(photo).unwrap();
        if is_moved {
            store.undo(desk.round, "王", at(4)).unwrap().unwrap();
            let other = desk.roster(&["2021001", "2021002"])[1];
            store.assign(photo, other, "王", at(4)).unwrap();
            assert_eq!(store.submission(photo).unwrap().student, Some(other));
        }
        let seen = store.submission(photo).unwrap().decision;
        store.decide(photo, &approve("李"), seen, at(5)).unwrap();
        assert_ne!(store.submission(photo).unwrap().decision, row.decision);
        let told = store.record_delivery(desk.round, &new, None, "王", at(6));
        assert!(
            matches!(&told, Err(Error::ApprovalTakenBack { submissions }) if submissions == &[photo]),
            "{told:?}"
        );
        let new = delivery(store, &[photo]);
        store
            .record_delivery(desk.round, &new, None, "王", at(7))
            .unwrap();
    }
}

/// A corrected roster leaves it to a person whose the photo is.
fn put_in_question(desk: &Desk, photo: SubmissionId, student: StudentId) {
    let import = RosterImport {
        round: desk.round,
        entries: &[],
        gone: &[],
        source: "更正.xlsx",
    };
    let ask = |_: &[_], _: &[_]| vec![(photo, vec![student])];
    let outcome = desk.store.import_roster_asking(import, ask, "王", at(4));
    assert_eq!(outcome.unwrap().questioned, 1);
}

/// Approved as it was, and not to go all the same: a person must say whose it is, another photo came, nobody collects it.
#[test]
fn a_delivery_with_a_photo_that_is_not_to_go_any_more_is_not_recorded() {
    for time in 0..3 {
        let (desk, photo) = one_approved();
        let store = &desk.store;
        let new = delivery(store, &[photo]);
        let student = store.submission(photo).unwrap().student.unwrap();
        match time {
            0 => put_in_question(&desk, photo, student),
            1 => drop(desk.hand_in(student, b"a newer photo of the student")),
            _ => {
                let edit = MarkEdit::Collected(true);
                let marked = store.mark_students(desk.round, &[student], &edit, "", "王", at(4));
                assert_eq!(marked.unwrap(), 1);
            }
        }
        let told = store.record_delivery(desk.round, &new, None, "王", at(5));
        assert!(
            matches!(&told, Err(Error::ApprovalTakenBack { submissions }) if submissions == &[photo]),
            "{time}: {told:?}"
        );
    }
}

#[test]
fn a_closed_round_is_delivered_once_more_and_printed_and_its_archive_counts_still() {
    let (desk, photo) = one_approved();
    let (store, round) = (&desk.store, desk.round);
    let new = delivery(store, &[photo]);
    let row = store
        .record_delivery(round, &new, None, "王", at(3))
        .unwrap();
    store
        .close_round(round, &LeftOpen::default(), "王", at(4))
        .unwrap();
    let late = store.record_delivery(round, &new, None, "王", at(5));
    assert!(matches!(late, Err(Error::RoundClosed)));
    store.check_held(round).unwrap();
    let end = store.round_end(round).unwrap();
    store
        .record_repeat(&row, "再次", None, "王", at(6))
        .unwrap();
    assert_eq!(store.round_end(round).unwrap(), end);
    store.erase_round(round, "不留", "王", at(7)).unwrap();
    assert!(matches!(store.check_held(round), Err(Error::RoundErased)));
    let late = store.record_repeat(&row, "再次", None, "王", at(8));
    assert!(matches!(late, Err(Error::RoundErased)));
}

#[test]
fn an_archive_that_nobody_was_shown_the_passphrase_of_is_none() {
    let (desk, _) = one_approved();
    let (store, round) = (&desk.store, desk.round);
    let left = LeftOpen::default();
    store.close_round(round, &left, "王", at(3)).unwrap();
    let book = |second, unshown| {
        let new = begun(&desk, WritingKind::Archive);
        let row = store.begin_writing(&new, "王", at(second)).unwrap();
        let last = NamedLast {
            name: "批次.zip".to_owned(),
            sha256: PhotoHash([7; 32]),
            unshown,
        };
        let writing = Writing {
            id: row.id,
            names: vec![last],
        };
        let record = archive();
        store
            .record_archive(round, &record, Some(&writing), "王", at(second))
            .unwrap();
        row.id
    };
    let is_archived = || store.round_end(round).unwrap().archived.is_some();
    let first = book(4, true);
    assert!(!is_archived());
    let refused = store.erase_round(round, "", "王", at(5));
    assert!(matches!(refused, Err(Error::Ending(_))), "{refused:?}");
    // Shown: it counts.
    store.end_writing(first).unwrap();
    assert!(is_archived());
    // Broken off and seen to: it never counts.
    let second = book(6, true);
    assert!(store.unfinished().unwrap()[0].is_unshown());
    store.dismiss_writing(second, "王", at(7)).unwrap();
    assert!(!is_archived());
    // Broken off and made anew.
    book(8, true);
    let fourth = book(9, false);
    assert!(is_archived());
    let rows = store.unfinished().unwrap();
    let left: Vec<_> = rows.iter().map(|row| row.id).collect();
    assert_eq!(left, [fourth]);
}

/// A round with one photo, approved.
fn one_approved() -> (Desk, SubmissionId) {
    let desk = Desk::new();
    let students = desk.roster(&["2021001"]);
    let photo = desk.hand_in(students[0], b"a photo");
    desk.store
        .decide(photo, &approve("王"), None, at(2))
        .unwrap();
    (desk, photo)
}
