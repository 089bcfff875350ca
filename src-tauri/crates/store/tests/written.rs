//! Files that were written outside the workspace: logged before they are written, listed for whoever deletes, and read back
//! as earlier versions logged them.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use desk::{Desk, at, new_round};
use rusqlite::Connection;
use serde_json::json;
use zhaoshen_model::RoundId;
use zhaoshen_store::{
    Act, DATABASE_FILE, Error, FileKind, LeftOpen, LogFilter, NewFile, Outside, Store,
    WrittenOutside,
};

fn file(kind: FileKind, path: &str) -> NewFile<'_> {
    NewFile {
        kind,
        path,
        students: None,
    }
}

/// What the log knows to lie outside, and where.
fn outside(store: &Store, round: RoundId) -> Vec<(Outside, String)> {
    let round = store.round(round).unwrap();
    let rows = store.log_of_outside(&round).unwrap();
    let told = rows.iter().map(|row| {
        let after = row.after.as_ref().unwrap();
        let path = after.get("file").or_else(|| after.get("target")).unwrap();
        (row.outside(), path.as_str().unwrap().to_owned())
    });
    told.collect()
}

#[test]
fn every_file_is_listed_with_its_kind_and_of_its_round_alone() {
    let desk = Desk::new();
    let (store, round) = (&desk.store, desk.round);
    let other = store.create_round(&new_round("另一批"), "王", at(1));
    let other = other.unwrap().id;
    let record = |of, kind, path| {
        store
            .record_file(of, file(kind, path), "王", at(2))
            .unwrap();
    };
    record(Some(round), FileKind::Table, "D:/名单.xlsx");
    record(Some(round), FileKind::SmsList, "D:/短信名单.xlsx");
    record(Some(round), FileKind::SmsList, "D:/短信名单-2.xlsx");
    record(Some(other), FileKind::Closing, "D:/别的.pdf");
    record(None, FileKind::Log, "D:/日志.xlsx");
    let of = |kind, path: &str| (Outside::File(kind), path.to_owned());
    assert_eq!(
        outside(store, round),
        [
            of(FileKind::Table, "D:/名单.xlsx"),
            of(FileKind::SmsList, "D:/短信名单.xlsx"),
            of(FileKind::SmsList, "D:/短信名单-2.xlsx"),
            of(FileKind::Log, "D:/日志.xlsx"),
        ]
    );
    // Where it lies is no part of the log itself, and goes with the round.
    let closed = store.close_round(round, &LeftOpen::default(), "王", at(3));
    closed.unwrap();
    store.erase_round(round, "试用批次", "王", at(4)).unwrap();
    let log = store.log(&LogFilter::default(), 0, 100).unwrap();
    let log = serde_json::to_string(&log).unwrap();
    assert!(!log.contains("名单") && log.contains("sms_list"), "{log}");
}

#[test]
fn a_closed_round_takes_every_file_but_a_list_of_messages_and_an_erased_one_none() {
    let desk = Desk::new();
    let (store, round) = (&desk.store, desk.round);
    let closed = store.close_round(round, &LeftOpen::default(), "王", at(1));
    closed.unwrap();
    let record = |kind| store.record_file(Some(round), file(kind, "D:/x"), "王", at(2));
    for kind in [FileKind::Closing, FileKind::Table, FileKind::Log] {
        record(kind).unwrap();
    }
    let refused = record(FileKind::SmsList);
    assert!(matches!(refused, Err(Error::RoundClosed)), "{refused:?}");
    store.erase_round(round, "试用批次", "王", at(3)).unwrap();
    let refused = record(FileKind::Table);
    assert!(matches!(refused, Err(Error::RoundErased)), "{refused:?}");
}

#[test]
fn rows_of_an_earlier_version_are_read_as_what_they_were() {
    let desk = Desk::new();
    let round = desk.round;
    let folder = desk.close();
    let raw = Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    raw.execute("DROP TRIGGER log_chained", []).unwrap();
    let earlier = [
        (
            "sms_written",
            json!({ "sms": 2, "numbers": true, "target": "D:/短信" }),
        ),
        (
            "closing_written",
            json!({ "closing": true, "target": "D:/结项" }),
        ),
    ];
    for (what, after) in earlier {
        raw.execute(
            "INSERT INTO log (round, at, reviewer, what, subject, subject_id, after)
             VALUES (?1, '2026-01-01T00:00:09Z', '王', ?2, 'round', ?1, ?3)",
            (round.0, what, after.to_string()),
        )
        .unwrap();
    }
    drop(raw);
    let store = Store::open(folder.path()).unwrap();
    let own = [
        (Outside::File(FileKind::SmsList), "D:/短信".to_owned()),
        (Outside::File(FileKind::Closing), "D:/结项".to_owned()),
    ];
    assert_eq!(outside(&store, round), own);
    let filter = LogFilter {
        what: Some(Act::FileWritten),
        ..LogFilter::default()
    };
    assert_eq!(store.log_count(&filter).unwrap(), 2);
    assert_eq!(store.log(&filter, 0, 9).unwrap().len(), 2);

    // The list in the record of a deletion.
    for (word, what) in [
        ("sms_written", Outside::File(FileKind::SmsList)),
        ("closing_written", Outside::File(FileKind::Closing)),
        ("sms_list", Outside::File(FileKind::SmsList)),
        ("delivered", Outside::Act(Act::Delivered)),
    ] {
        let kept = json!({ "what": word, "path": "D:/", "at": at(1) });
        let read: WrittenOutside = serde_json::from_value(kept).unwrap();
        assert_eq!(read.what, what, "{word}");
    }
}
