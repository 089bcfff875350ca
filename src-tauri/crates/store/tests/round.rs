//! One round from roster to delivery.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use desk::{Desk, approvals, approve, at, entry, reject};
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::{DecisionKind, SubmissionId, Verdict};
use zhaoshen_store::{
    Act, DeliveredFile, EXEMPT_FROM_UNDO, Error, IntakeOutcome, LogFilter, NewDelivery, NewPrints,
    NewProfileVersion, QueueKind, QueueRow, RoundCounts, SubmissionVerdict,
};

#[test]
fn a_round_goes_from_roster_to_delivery() {
    let desk = Desk::new();
    let store = &desk.store;
    let students = desk.roster(&["2021001", "2021002", "2021003"]);
    let first = desk.hand_in(students[0], b"first photo");
    let second = desk.hand_in(students[1], b"second photo");
    assert_eq!(desk.queue(&QueueKind::Pending), [first, second]);

    let seen = store
        .decide(first, &approve("王"), None, at(10))
        .unwrap()
        .id;
    store.decide(second, &reject("王"), None, at(11)).unwrap();
    let delivery = NewDelivery {
        target: "交付".to_owned(),
        profile_name: "moe99".to_owned(),
        in_house: false,
        files: vec![DeliveredFile {
            file_name: "2021001.jpg".to_owned(),
            submission: first,
            sha256: store.submission(first).unwrap().photo,
            size_bytes: 11,
        }],
        approvals: approvals(store, &[first]),
        how: serde_json::Value::Null,
        again: serde_json::Value::Null,
    };
    let row = store
        .record_delivery(desk.round, &delivery, None, "王", at(12))
        .unwrap();
    assert_eq!((row.number, row.files), (1, 1));
    assert_eq!(store.delivered_files(row.id).unwrap(), delivery.files);
    assert_eq!(store.deliveries(desk.round).unwrap(), [row]);
    let counts = RoundCounts {
        students: 3,
        submitted: 2,
        to_review: 0,
        approved: 1,
        rejected: 1,
        held: 0,
        reviewing: 0,
        differing: 0,
        questioned: 0,
        exported: 1,
        exempt: 0,
        excluded: 0,
        unmatched: 0,
        codes: 0,
        references: 0,
    };
    assert_eq!(store.round_counts(desk.round).unwrap(), counts);

    let clash = store
        .decide(first, &reject("李"), None, at(13))
        .unwrap_err();
    assert!(
        matches!(clash, Error::Conflict { standing: Some(id), seen: None, .. } if id == seen),
        "{clash:?}"
    );
    let log = store.log(&LogFilter::default(), 0, 3).unwrap();
    let words: Vec<Act> = log.iter().map(|row| row.what).collect();
    assert_eq!(words, [Act::Delivered, Act::Decided, Act::Decided]);
}

#[test]
fn verdicts_of_an_older_standard_are_not_cached() {
    let desk = Desk::new();
    let submission = desk.hand_in(desk.roster(&["1"])[0], b"one");
    let verdicts = [SubmissionVerdict {
        submission,
        verdict: Verdict::Pass,
        failing: Vec::new(),
    }];
    let stands = desk.store.profile_version(desk.round, None).unwrap();
    let new = NewProfileVersion {
        seen: stands.version,
        profile: &stands.profile,
        note: "",
        verdicts: &[],
    };
    desk.store
        .save_profile_version(desk.round, &new, "王", at(1))
        .unwrap();
    let late = desk
        .store
        .set_verdicts(desk.round, stands.version, &verdicts);
    assert!(matches!(late, Err(Error::ProfileMoved { version }) if version == stands.version + 1));
    assert_eq!(desk.store.submission(submission).unwrap().verdict, None);
    desk.store
        .set_verdicts(desk.round, stands.version + 1, &verdicts)
        .unwrap();
    assert_eq!(
        desk.store.submission(submission).unwrap().verdict,
        Some(Verdict::Pass)
    );
}

#[test]
fn a_queue_comes_in_parts_of_what_it_is_whole() {
    let desk = Desk::new();
    let students = desk.roster(&["2021001", "2021002", "2021003", "2021004", "2021005"]);
    for (at, student) in students.iter().enumerate() {
        desk.hand_in(*student, format!("photo {at}").as_bytes());
    }
    let kind = QueueKind::College(desk.store.student(students[0]).unwrap().draft.college);
    let whole = desk.store.queue_rows(desk.round, &kind).unwrap();
    assert_eq!(whole.len(), 5);
    for size in 1..=6 {
        let (mut parts, total) = desk.store.queue_head(desk.round, &kind, size).unwrap();
        assert_eq!(total, 5);
        loop {
            let after = parts.last().unwrap().student_no.clone();
            let part = desk
                .store
                .queue_behind(desk.round, &kind, &after, size)
                .unwrap();
            if part.is_empty() {
                break;
            }
            assert!(part.len() <= size as usize);
            parts.extend(part);
        }
        assert_eq!(parts, whole, "in parts of {size}");
    }
}

#[test]
fn a_listed_submission_tells_what_its_tables_hold() {
    let desk = Desk::new();
    let students = desk.roster(&["2021001", "2021002"]);
    let first = desk.hand_in(students[0], b"first photo");
    let second = desk.hand_in(students[1], b"second photo");
    let verdicts = [SubmissionVerdict {
        submission: second,
        verdict: Verdict::Fail,
        failing: vec!["GEO-02".to_owned(), "JPEG-01".to_owned()],
    }];
    desk.store.set_verdicts(desk.round, 1, &verdicts).unwrap();
    let decided = desk
        .store
        .decide(first, &approve("王"), None, at(1))
        .unwrap();
    let rows = |kind| desk.store.queue_rows(desk.round, &kind).unwrap();

    let student = desk.store.student(students[1]).unwrap().draft;
    let failing = QueueRow {
        submission: second,
        photo: desk.store.submission(second).unwrap().photo,
        student_no: student.student_no,
        name: student.name,
        college: student.college,
        n: 1,
        verdict: Some(Verdict::Fail),
        failing: vec!["GEO-02".to_owned(), "JPEG-01".to_owned()],
        decision: None,
        reviewing: false,
    };
    let listed = rows(QueueKind::Failing);
    assert_eq!(listed, rows(QueueKind::Code("JPEG-01".to_owned())));
    assert_eq!(listed, [failing]);
    let approved = rows(QueueKind::Approved);
    assert_eq!(approved.len(), 1);
    assert_eq!(
        approved[0].decision,
        Some((decided.id, DecisionKind::Approved))
    );
    assert_eq!(approved[0].verdict, None);
}

#[test]
fn a_second_photo_is_submission_2_and_the_first_can_no_longer_be_decided() {
    let desk = Desk::new();
    let student = desk.roster(&["1"])[0];
    let first = desk.hand_in(student, b"one");
    desk.store
        .decide(first, &reject("王"), None, at(1))
        .unwrap();
    let second = desk.hand_in(student, b"two");
    assert_eq!(desk.store.submission(second).unwrap().n, Some(2));
    assert_eq!(desk.queue(&QueueKind::Resubmitted), [second]);
    assert_eq!(desk.queue(&QueueKind::Rejected), []);
    let standing = desk.store.submission(first).unwrap().decision;
    let refused = desk
        .store
        .decide(first, &approve("王"), standing, at(2))
        .unwrap_err();
    assert!(
        matches!(refused, Error::Superseded { newest, .. } if newest == second),
        "{refused:?}"
    );
}

#[test]
fn the_same_bytes_are_new_only_after_a_rejection() {
    let desk = Desk::new();
    let student = desk.roster(&["1"])[0];
    let first = desk.hand_in(student, b"one");
    let imports = || {
        let rows = desk.store.log(&LogFilter::default(), 0, 20).unwrap();
        let rows = rows.iter().filter(|row| row.what == Act::PhotosTakenIn);
        rows.count()
    };
    let before = imports();
    assert_eq!(
        desk.take_in(student, b"one"),
        IntakeOutcome::AlreadyThere { submission: first }
    );
    assert_eq!(imports(), before, "nothing came, and nothing is logged");
    desk.store
        .decide(first, &reject("王"), None, at(1))
        .unwrap();
    assert_eq!(
        desk.take_in(student, b"one"),
        IntakeOutcome::AlreadyThere { submission: first },
        "the folder of before, imported again, revives nothing"
    );
    let matching = Matching::Matched {
        student,
        by: MatchKey::StudentNo,
    };
    let IntakeOutcome::Added {
        submission,
        n,
        rejected_before,
    } = desk.intake(b"one", "again.jpg", matching.clone())
    else {
        panic!("a rejected photo handed in again is a new submission");
    };
    assert_eq!((n, rejected_before), (Some(2), true));
    let histories = desk.store.photo_histories(desk.round).unwrap();
    assert!(histories[&submission].rejected_before);

    let better = desk.hand_in(student, b"two");
    desk.store
        .decide(better, &approve("王"), None, at(2))
        .unwrap();
    let stale = desk.intake(b"one", "third.jpg", matching);
    assert!(
        matches!(stale, IntakeOutcome::AlreadyThere { .. }),
        "an old photo never displaces a newer one: {stale:?}"
    );
}

#[test]
fn piles_wait_for_a_student_and_a_second_import_finds_them() {
    let desk = Desk::new();
    let unknown = desk.pile(b"who", "IMG_1.jpg");
    assert_eq!(desk.pile(b"who", "IMG_1.jpg"), unknown);
    assert_eq!(desk.store.round_counts(desk.round).unwrap().unmatched, 1);
    let refused = desk
        .store
        .decide(unknown, &approve("王"), None, at(1))
        .unwrap_err();
    assert!(matches!(refused, Error::Unmatched { .. }), "{refused:?}");

    let student = desk.roster(&["7"])[0];
    let matching = Matching::Matched {
        student,
        by: MatchKey::StudentNo,
    };
    let outcome = desk.intake(b"who", "IMG_1.jpg", matching);
    assert_eq!(
        outcome,
        IntakeOutcome::Matched {
            submission: unknown,
            n: 1
        }
    );
    assert_eq!(desk.queue(&QueueKind::Pending), [unknown]);
}

#[test]
fn a_photo_of_two_students_is_found() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2", "3"]);
    let both: Vec<SubmissionId> = students[..2]
        .iter()
        .map(|student| desk.hand_in(*student, b"same"))
        .collect();
    let other = desk.hand_in(students[2], b"other");
    assert_eq!(desk.queue(&QueueKind::Duplicates), both);
    let histories = desk.store.photo_histories(desk.round).unwrap();
    assert_eq!(histories[&both[0]].shared_with, ["2"]);
    assert_eq!(histories[&both[1]].shared_with, ["1"]);
    assert!(histories[&other].shared_with.is_empty());
    assert_eq!(histories[&other].judged_on.as_deref(), Some("2026-03-01"));
}

#[test]
fn importing_a_roster_again_changes_what_differs() {
    let desk = Desk::new();
    desk.roster(&["1", "2"]);
    let mut changed = entry("2");
    changed.draft.college = "数学学院".to_owned();
    let entries = [entry("1"), changed.clone(), entry("3")];
    let outcome = desk
        .store
        .import_roster(desk.round, &entries, "名单.xlsx", "王", at(2))
        .unwrap();
    assert_eq!(
        (outcome.added, outcome.updated, outcome.unchanged),
        (1, 1, 1)
    );
    assert_eq!(
        desk.store.students_by_no(desk.round).unwrap()["2"].draft,
        changed.draft
    );

    let twice = [entry("4"), entry("4")];
    let refused = desk
        .store
        .import_roster(desk.round, &twice, "名单.xlsx", "王", at(3))
        .unwrap_err();
    assert!(
        matches!(refused, Error::StudentNoRepeated { .. }),
        "{refused:?}"
    );
    assert_eq!(desk.store.students(desk.round).unwrap().len(), 3);
}

#[test]
fn prints_are_logged_and_cannot_be_undone() {
    let desk = Desk::new();
    let store = &desk.store;
    let prints = NewPrints {
        kind: "排版".to_owned(),
        target: "打印".to_owned(),
        students: 3,
        prints: 24,
        pages: 2,
        names: false,
    };
    store
        .record_prints(desk.round, &prints, None, "王", at(20))
        .unwrap();
    let row = store.log(&LogFilter::default(), 0, 1).unwrap().remove(0);
    assert_eq!((row.what, row.undo), (Act::Printed, None));
    let after = row.after.unwrap();
    assert_eq!(
        (&after["printed"], &after["prints"]),
        (&"排版".into(), &24.into())
    );
    assert!(EXEMPT_FROM_UNDO.contains(&Act::Printed));
    let nowhere = zhaoshen_model::RoundId(desk.round.0 + 1);
    let missing = store.record_prints(nowhere, &prints, None, "王", at(21));
    assert!(
        matches!(missing, Err(Error::NotFound { .. })),
        "{missing:?}"
    );
}
