//! The end of a round: closed it takes no act until it is opened again; its archive, its day, its name.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use desk::{Desk, approve, archive, at, entry, new_round, profile, reject, returned, sampling};
use jiff::civil::date;
use zhaoshen_model::matching::Matching;
use zhaoshen_model::{StudentId, SubmissionId, Verdict};
use zhaoshen_store::{
    Act, Dispute, Error, IntakeRecord, LeftOpen, LogFilter, MarkEdit, NewDelivery,
    NewProfileVersion, ReceiptSource, Reverted, ReviewChoice, ReviewWhy, ScopeState, Store, Target,
};

const LIST: ReceiptSource<'_> = ReceiptSource {
    file: "回执-张小明.xlsx",
    sha256: "ab",
};

fn words(store: &Store) -> Vec<Act> {
    let log = store.log(&LogFilter::default(), 0, 1000).unwrap();
    log.into_iter().map(|row| row.what).collect()
}

/// Every kind of act on a round, by name, with what the store says.
fn acts(desk: &Desk, students: &[StudentId], photos: &[SubmissionId]) -> Vec<(&'static str, bool)> {
    let (store, round) = (&desk.store, desk.round);
    let refused = |result: Result<(), Error>| matches!(result, Err(Error::RoundClosed));
    let seen = store.submission(photos[0]).unwrap().decision;
    let target = Target {
        submission: photos[0],
        seen: seen.into(),
    };
    let record = IntakeRecord {
        photo: store.put_photo(b"another").unwrap(),
        matching: Matching::Unknown,
        file_name: "另一张.jpg".to_owned(),
        source: "收集".to_owned(),
    };
    let delivery = NewDelivery {
        target: "交付".to_owned(),
        profile_name: "moe99".to_owned(),
        in_house: false,
        files: Vec::new(),
        approvals: Vec::new(),
        how: serde_json::Value::Null,
        again: serde_json::Value::Null,
    };
    let plan = sampling(&photos[1..2], &photos[1..2]);
    let review = ReviewChoice {
        why: ReviewWhy::Share,
        submissions: vec![photos[0]],
        drawn: None,
    };
    let dispute = Dispute {
        submission: photos[1],
        code: "GEO-02".to_owned(),
        said: Verdict::Fail,
        value: None,
        reviewer: "王".to_owned(),
    };
    let version = NewProfileVersion {
        seen: 1,
        profile: &profile(),
        note: "",
        verdicts: &[],
    };
    let scope = ScopeState {
        closes_on: Some(date(2026, 9, 9)),
        ..ScopeState::default()
    };
    let roster = [entry("2021009")];
    let left = MarkEdit::Collected(true);
    let done = |_| ();
    vec![
        (
            "rename",
            refused(store.rename_round(round, "别名", "王", at(9)).map(done)),
        ),
        (
            "roster",
            refused(
                store
                    .import_roster(round, &roster, "新.xlsx", "王", at(9))
                    .map(|_| ()),
            ),
        ),
        (
            "intake",
            refused(
                store
                    .record_intake(round, &[record], "王", at(9))
                    .map(|_| ()),
            ),
        ),
        (
            "assign",
            refused(
                store
                    .assign(photos[1], students[2], "王", at(9))
                    .map(|_| ()),
            ),
        ),
        (
            "decide",
            refused(
                store
                    .decide(photos[0], &reject("王"), seen, at(9))
                    .map(|_| ()),
            ),
        ),
        (
            "bulk",
            refused(
                store
                    .decide_all(&[target], &approve("王"), at(9))
                    .map(|_| ()),
            ),
        ),
        ("undo", refused(store.undo(round, "王", at(9)).map(|_| ()))),
        (
            "deliver",
            refused(
                store
                    .record_delivery(round, &delivery, None, "王", at(9))
                    .map(|_| ()),
            ),
        ),
        (
            "receipts",
            refused(store.record_receipts(round, LIST, &[returned(students[0])], "王", at(9))),
        ),
        (
            "paper",
            refused(
                store
                    .mark_paper(round, &students[1..2], true, "王", at(9))
                    .map(|_| ()),
            ),
        ),
        (
            "told",
            refused(
                store
                    .mark_told(round, &photos[2..], true, None, "王", at(9))
                    .map(|_| ()),
            ),
        ),
        (
            "sample",
            refused(store.plan_sample(round, &plan, "王", at(9)).map(|_| ())),
        ),
        (
            "review",
            refused(
                store
                    .choose_for_review(round, &review, "王", at(9))
                    .map(|_| ()),
            ),
        ),
        (
            "dispute",
            refused(store.dispute_finding(&dispute, true, at(9))),
        ),
        (
            "profile",
            refused(
                store
                    .save_profile_version(round, &version, "王", at(9))
                    .map(|_| ()),
            ),
        ),
        (
            "scope",
            refused(store.set_scope(round, &scope, "王", at(9)).map(|_| ())),
        ),
        (
            "marks",
            refused(
                store
                    .mark_students(round, &students[2..], &left, "", "王", at(9))
                    .map(|_| ()),
            ),
        ),
    ]
}

fn two_photos() -> (Desk, Vec<StudentId>, Vec<SubmissionId>) {
    let desk = Desk::new();
    let students = desk.roster(&["2021001", "2021002", "2021003"]);
    let photos = vec![
        desk.hand_in(students[0], b"first"),
        desk.hand_in(students[1], b"second"),
    ];
    desk.store
        .decide(photos[0], &approve("王"), None, at(1))
        .unwrap();
    (desk, students, photos)
}

#[test]
fn a_closed_round_takes_no_act_until_it_is_opened_again() {
    let (desk, students, mut photos) = two_photos();
    let (store, round) = (&desk.store, desk.round);
    let rejected = desk.hand_in(students[2], b"third");
    store.decide(rejected, &reject("王"), None, at(2)).unwrap();
    photos.push(rejected);
    store
        .close_round(round, &LeftOpen::default(), "王", at(5))
        .unwrap();
    store
        .close_round(round, &LeftOpen::default(), "李", at(6))
        .unwrap();
    let closed = store.round_end(round).unwrap().closed.unwrap();
    assert_eq!((closed.by.reviewer.as_str(), closed.by.at), ("王", at(5)));
    assert!(matches!(store.check_open(round), Err(Error::RoundClosed)));
    let before = words(store);
    for (act, is_refused) in acts(&desk, &students, &photos) {
        assert!(is_refused, "{act}");
    }
    assert_eq!(words(store), before, "nothing happened");
    let other = store.create_round(&new_round("另一批"), "王", at(7));
    assert!(
        store
            .rename_round(other.unwrap().id, "第三批", "王", at(8))
            .unwrap()
    );

    store.reopen_round(round, "王", at(10)).unwrap();
    for (act, is_refused) in acts(&desk, &students, &photos) {
        assert!(!is_refused, "{act}");
    }
}

#[test]
fn an_archive_counts_until_the_round_is_opened_again() {
    let (desk, ..) = two_photos();
    let (store, round) = (&desk.store, desk.round);
    let early = store.record_archive(round, &archive(), None, "王", at(2));
    assert!(matches!(early, Err(Error::Ending(_))));
    store
        .close_round(round, &LeftOpen::default(), "王", at(3))
        .unwrap();
    store
        .set_retention(round, Some(date(2027, 7, 1)), "王", at(4))
        .unwrap();
    store
        .record_archive(round, &archive(), None, "王", at(5))
        .unwrap();
    let desk = desk.reopen();
    let end = desk.store.round_end(round).unwrap();
    assert_eq!(end.archived.unwrap().1, archive());
    assert_eq!(end.keep_until, Some(date(2027, 7, 1)));
    desk.store.reopen_round(round, "王", at(6)).unwrap();
    desk.store
        .close_round(round, &LeftOpen::default(), "王", at(7))
        .unwrap();
    let end = desk.store.round_end(round).unwrap();
    assert_eq!((end.archived, end.keep_until.is_some()), (None, true));
}

#[test]
fn a_round_is_closed_over_differences_only_with_a_reason_that_the_log_keeps() {
    let (desk, ..) = two_photos();
    let (store, round) = (&desk.store, desk.round);
    let over = |reason: &str| LeftOpen {
        differences: 3,
        reason: reason.to_owned(),
    };
    let refused = store.close_round(round, &over(""), "王", at(3));
    assert!(matches!(refused, Err(Error::Ending(_))), "{refused:?}");
    assert!(store.round_end(round).unwrap().closed.is_none());
    let why = over("张小明下一批再采");
    store.close_round(round, &why, "王", at(4)).unwrap();
    let desk = desk.reopen();
    let closed = desk.store.round_end(round).unwrap().closed.unwrap();
    assert_eq!(closed.left, why);
    let filter = LogFilter {
        what: Some(Act::RoundClosed),
        ..LogFilter::default()
    };
    let rows = desk.store.log(&filter, 0, 9).unwrap();
    let after = rows[0].after.as_ref().unwrap();
    assert_eq!(
        (&after["differences"], &after["text"]),
        (&3.into(), &why.reason.into())
    );
}

#[test]
fn a_name_is_changed_undone_and_done_again() {
    let desk = Desk::new();
    let (store, round) = (&desk.store, desk.round);
    let name = || store.round(round).unwrap().name;
    let first = name();
    assert!(store.rename_round(round, "新名", "王", at(1)).unwrap());
    assert!(!store.rename_round(round, "新名", "王", at(2)).unwrap());
    let undone = store.undo(round, "王", at(3)).unwrap().unwrap();
    assert_eq!(undone.on, Reverted::Name);
    assert_eq!(name(), first);
    store.redo(round, "王", at(4)).unwrap().unwrap();
    assert_eq!(name(), "新名");
    // The old name went to another round: there is no way back to it.
    store.create_round(&new_round(&first), "王", at(5)).unwrap();
    assert_eq!(store.undo(round, "王", at(6)).unwrap(), None);
    let taken = store.rename_round(round, &first, "王", at(7));
    assert!(matches!(taken, Err(Error::RoundNameTaken { .. })));
}
