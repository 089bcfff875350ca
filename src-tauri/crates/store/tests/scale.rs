//! A round of 20,000: counts and queues stay right; how long it takes is not asserted.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use std::sync::atomic::AtomicBool;

use desk::{Desk, approve, at, entry};
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::{PhotoHash, PhotoHistory, StudentId, SubmissionId, Verdict};
use zhaoshen_store::{
    IntakeOutcome, IntakeRecord, MOST_NAMED, QueueKind, RosterEntry, Seen, StudentKey,
    SubmissionVerdict, Target,
};

const STUDENTS: usize = 20_000;
const VERDICTS: [Verdict; 4] = [
    Verdict::Pass,
    Verdict::Warn,
    Verdict::Fail,
    Verdict::Unknown,
];

#[test]
fn twenty_thousand_students() {
    let desk = Desk::new();
    let entries: Vec<RosterEntry> = (0..STUDENTS).map(|n| entry(&format!("{n:06}"))).collect();
    let import = |second| {
        desk.store
            .import_roster(desk.round, &entries, "名单.xlsx", "王", at(second))
            .unwrap()
    };
    assert_eq!(import(1).added, 20_000);
    assert_eq!(import(2).unchanged, 20_000);
    let found = desk
        .store
        .find_students(desk.round, StudentKey::IdNumber("ID012345"))
        .unwrap();
    assert_eq!(found[0].draft.student_no, "012345");

    let submissions = intake(&desk);
    let verdicts: Vec<SubmissionVerdict> = submissions
        .iter()
        .zip(VERDICTS.iter().cycle())
        .map(|(submission, verdict)| SubmissionVerdict {
            submission: *submission,
            verdict: *verdict,
            failing: match verdict {
                Verdict::Fail => vec!["GEO-02".to_owned(), "JPEG-01".to_owned()],
                Verdict::Pass | Verdict::Warn | Verdict::Unknown => Vec::new(),
            },
        })
        .collect();
    desk.store.set_verdicts(desk.round, 1, &verdicts).unwrap();

    let clear = desk.queue(&QueueKind::Clear);
    let expected: Vec<SubmissionId> = submissions.iter().copied().step_by(4).collect();
    assert_eq!(clear, expected);
    let targets: Vec<Target> = clear
        .iter()
        .map(|submission| Target {
            submission: *submission,
            seen: Seen::default(),
        })
        .collect();
    desk.store
        .decide_all(&targets, &approve("王"), at(4))
        .unwrap();

    let counts = desk.store.queue_counts(desk.round).unwrap();
    assert_eq!(
        (counts.pending, counts.approved, counts.clear),
        (15_000, 5_000, 0)
    );
    assert_eq!(
        (counts.hints, counts.failing, counts.unknown),
        (5_000, 5_000, 5_000)
    );
    assert_eq!(
        (
            counts.unchecked,
            counts.resubmitted,
            counts.rejected,
            counts.held
        ),
        (0, 0, 0, 0)
    );
    assert_eq!(counts.duplicates, 20_000, "all share a few photos");
    let histories = desk.store.photo_histories(desk.round).unwrap();
    assert_eq!(histories.len(), 20_000);
    let named = |history: &PhotoHistory| history.shared_with.len();
    assert!(
        histories
            .values()
            .all(|history| named(history) == MOST_NAMED),
        "no list grows with the round"
    );
    assert_eq!(
        histories[&submissions[10]].shared_with[0], "000000",
        "and nobody is told of himself"
    );
    assert_eq!(histories[&submissions[0]].shared_with[0], "000010");
    let codes = [("GEO-02".to_owned(), 5_000), ("JPEG-01".to_owned(), 5_000)];
    assert_eq!(counts.codes, codes);
    assert_eq!(
        desk.queue(&QueueKind::Code("GEO-02".to_owned())).len(),
        5_000
    );
    assert_eq!(desk.queue(&QueueKind::Code("GEO-0".to_owned())), []);

    desk.store.undo(desk.round, "王", at(5)).unwrap().unwrap();
    assert_eq!(desk.queue(&QueueKind::Clear), expected);
    desk.store.undo(desk.round, "王", at(6)).unwrap().unwrap();
    assert_eq!(desk.store.students(desk.round).unwrap(), []);
    let counts = desk.store.round_counts(desk.round).unwrap();
    assert_eq!((counts.submitted, counts.unmatched), (0, 20_000));
    let log = desk.store.verify_log(&AtomicBool::new(false)).unwrap();
    assert!(log.holds(), "{log:?}");
}

/// Followed behind the open window, so that nobody waits for it; a second is what it may take all the same.
#[test]
#[ignore = "measures; cargo test --release -p zhaoshen-store --test scale -- --ignored --nocapture"]
fn how_long_the_log_of_twenty_thousand_decisions_takes() {
    let desk = Desk::new();
    let entries: Vec<RosterEntry> = (0..STUDENTS).map(|n| entry(&format!("{n:06}"))).collect();
    let store = &desk.store;
    store
        .import_roster(desk.round, &entries, "名单.xlsx", "王", at(1))
        .unwrap();
    let target = |submission: SubmissionId| Target {
        submission,
        seen: Seen::default(),
    };
    let targets: Vec<Target> = intake(&desk).into_iter().map(target).collect();
    store.decide_all(&targets, &approve("王"), at(4)).unwrap();
    let folder = desk.close();
    let store = zhaoshen_store::Store::open(folder.path()).unwrap();
    let began = std::time::Instant::now();
    let log = store.verify_log(&AtomicBool::new(false)).unwrap();
    println!("{} rows: {:?}", log.rows, began.elapsed());
    assert!(log.holds(), "{log:?}");
    assert!(log.rows >= STUDENTS as u64);
}

/// One photo for every student, of ten different ones.
fn intake(desk: &Desk) -> Vec<SubmissionId> {
    let photos: Vec<[u8; 1]> = (0..10).map(|n| [n]).collect();
    let hashes = desk.store.put_photos(&photos).unwrap();
    let students = desk.store.students(desk.round).unwrap();
    let records: Vec<IntakeRecord> = students
        .iter()
        .zip(hashes.iter().cycle())
        .map(|(student, hash)| record(student.id, *hash, &student.draft.student_no))
        .collect();
    let mut submissions = Vec::new();
    for batch in records.chunks(2_000) {
        for outcome in desk
            .store
            .record_intake(desk.round, batch, "王", at(3))
            .unwrap()
        {
            match outcome {
                IntakeOutcome::Added {
                    submission,
                    n: Some(1),
                    ..
                } => submissions.push(submission),
                other => panic!("{other:?}"),
            }
        }
    }
    submissions
}

fn record(student: StudentId, photo: PhotoHash, student_no: &str) -> IntakeRecord {
    IntakeRecord {
        photo,
        matching: Matching::Matched {
            student,
            by: MatchKey::StudentNo,
        },
        file_name: format!("{student_no}.jpg"),
        source: format!("收集/{student_no}.jpg"),
    }
}
