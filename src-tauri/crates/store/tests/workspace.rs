//! Opening: what is refused, what is brought up to date, what cannot be altered.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use std::fs;
use std::thread;

use desk::{Desk, approve, at, new_round, profile};
use rusqlite::Connection;
use serde_json::json;
use tempfile::tempdir;
use zhaoshen_store::{
    Act, DATABASE_FILE, EXEMPT_FROM_UNDO, Error, LOCK_FILE, LogFilter, NewProfileVersion, Store,
    Subject, WorkspaceKind,
};

#[test]
fn a_second_station_is_refused_until_the_first_closes() {
    let desk = Desk::new();
    let refused = Store::open(desk.path()).unwrap_err();
    assert!(
        matches!(&refused, Error::InUse { path } if path == desk.path()),
        "{refused:?}"
    );
    let folder = desk.close();
    assert!(
        folder.path().join(LOCK_FILE).exists(),
        "a lock file left behind is no lock"
    );
    Store::open(folder.path()).unwrap();
}

#[test]
fn an_empty_folder_is_no_workspace_and_a_workspace_is_not_made_twice() {
    let folder = tempdir().unwrap();
    let refused = Store::open(folder.path()).unwrap_err();
    assert!(
        matches!(refused, Error::NotAWorkspace { .. }),
        "{refused:?}"
    );
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        0,
        "nothing was left there"
    );
    drop(Store::open_or_create(folder.path()).unwrap());
    let refused = Store::create(folder.path()).unwrap_err();
    assert!(
        matches!(refused, Error::AlreadyAWorkspace { .. }),
        "{refused:?}"
    );
    drop(Store::open_or_create(folder.path()).unwrap());
}

#[test]
fn a_lost_database_is_told_and_no_new_one_takes_its_place() {
    let desk = Desk::new();
    desk.pile(b"one", "1.jpg");
    let folder = desk.close();
    let dir = folder.path();
    let database = dir.join(DATABASE_FILE);
    let original = |shard: fs::DirEntry| fs::read_dir(shard.path()).unwrap().count();
    let originals = || -> usize {
        let shards = fs::read_dir(dir.join("photos")).unwrap();
        shards.map(|shard| original(shard.unwrap())).sum()
    };
    let is_lost = |opened: Result<Store, Error>| {
        let refused = opened.unwrap_err();
        assert!(matches!(refused, Error::DatabaseLost { .. }), "{refused:?}");
        assert!(refused.to_string().contains("备份"));
        assert_eq!(originals(), 1);
    };
    // Emptied, with no table in it, and gone.
    fs::write(&database, b"").unwrap();
    is_lost(Store::open_or_create(dir));
    assert_eq!(fs::read(&database).unwrap(), b"");
    let tableless = Connection::open(&database).unwrap();
    tableless
        .execute_batch("VACUUM; PRAGMA journal_mode = WAL")
        .unwrap();
    drop(tableless);
    is_lost(Store::open_or_create(dir));
    fs::remove_file(&database).unwrap();
    is_lost(Store::open(dir));
    is_lost(Store::open_or_create(dir));
    is_lost(Store::create_sealed(dir, "一句没有别人知道的话").map(|(store, _)| store));
    assert!(!database.exists());
    assert_eq!(Store::kind_of(dir).unwrap(), WorkspaceKind::Plain);
    // Backups alone say so too.
    fs::remove_dir_all(dir.join("photos")).unwrap();
    fs::create_dir_all(dir.join("备份/2026-09-01_083000")).unwrap();
    assert!(matches!(
        Store::create(dir).unwrap_err(),
        Error::DatabaseLost { .. }
    ));
}

#[test]
fn an_empty_database_is_brought_up_to_date() {
    let folder = tempdir().unwrap();
    // What a crash during creation leaves.
    fs::write(folder.path().join(DATABASE_FILE), b"").unwrap();
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.rounds().unwrap(), []);
    store.create_round(&new_round("批次"), "王", at(0)).unwrap();
    drop(store);
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.rounds().unwrap()[0].round.profile, profile());
}

#[test]
fn another_programs_database_is_left_alone() {
    let folder = tempdir().unwrap();
    let path = folder.path().join(DATABASE_FILE);
    Connection::open(&path)
        .unwrap()
        .execute_batch("CREATE TABLE theirs (x)")
        .unwrap();
    let refused = Store::open(folder.path()).unwrap_err();
    assert!(
        matches!(refused, Error::NotAWorkspace { .. }),
        "{refused:?}"
    );
    let tables: i64 = Connection::open(&path)
        .unwrap()
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .unwrap();
    assert_eq!(tables, 1);
}

#[test]
fn a_newer_workspace_is_refused_and_kept() {
    let folder = Desk::new().close();
    let path = folder.path().join(DATABASE_FILE);
    Connection::open(&path)
        .unwrap()
        .pragma_update(None, "user_version", 9_999)
        .unwrap();
    let refused = Store::open(folder.path()).unwrap_err();
    assert!(
        matches!(refused, Error::NewerWorkspace { found: 9_999, .. }),
        "{refused:?}"
    );
    let version: u32 = Connection::open(&path)
        .unwrap()
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(version, 9_999);
}

#[test]
fn a_damaged_database_is_told() {
    let intact = Desk::new().close();
    let bytes = fs::read(intact.path().join(DATABASE_FILE)).unwrap();
    let mut scribbled = bytes.clone();
    let middle = scribbled.len() / 2;
    scribbled[4096..middle].fill(0xA5);
    let cases = [
        (
            "not a database",
            b"this is no database at all, but long enough to look".repeat(40),
        ),
        ("cut short", bytes[..bytes.len() / 2].to_vec()),
        ("overwritten", scribbled),
    ];
    for (case, damaged) in cases {
        let folder = tempdir().unwrap();
        fs::write(folder.path().join(DATABASE_FILE), damaged).unwrap();
        match Store::open(folder.path()) {
            Err(Error::Corrupt { .. }) => {}
            other => panic!("{case}: {other:?}"),
        }
    }
}

#[test]
fn a_plain_database_that_was_written_over_is_not_taken_for_an_encrypted_one() {
    let page: Vec<u8> = (0..=255_u8).rev().cycle().take(4096).collect();
    let never = std::sync::atomic::AtomicBool::new(false);
    for has_backup in [true, false] {
        let desk = Desk::new();
        let student = desk.roster(&["1"])[0];
        desk.hand_in(student, b"\xff\xd8\xff\xe0 the start of a picture");
        if has_backup {
            let why = zhaoshen_store::BackupWhy::Asked;
            desk.store.back_up(why, at(5), &never, |_, _| {}).unwrap();
        }
        let folder = desk.close();
        let database = folder.path().join(DATABASE_FILE);
        let mut bytes = fs::read(&database).unwrap();
        bytes[..4096].copy_from_slice(&page);
        fs::write(&database, bytes).unwrap();
        let refused = Store::open(folder.path()).unwrap_err();
        assert!(matches!(refused, Error::Corrupt { .. }), "{refused:?}");
        assert!(refused.to_string().contains("已损坏，请从备份恢复"));
    }
}

#[test]
fn no_workspace_is_made_within_another() {
    let desk = Desk::new();
    for inner in ["内层", "备份/内层/再内层", "photos"] {
        let dir = desk.path().join(inner);
        let is_there = dir.exists();
        let refused = Store::create(&dir).unwrap_err();
        assert!(
            matches!(refused, Error::WithinWorkspace { .. }),
            "{refused:?}"
        );
        let sealed = Store::create_sealed(&dir, "一个足够长的工作区口令").unwrap_err();
        assert!(
            matches!(sealed, Error::WithinWorkspace { .. }),
            "{sealed:?}"
        );
        assert_eq!(dir.exists(), is_there, "nothing was left there");
    }
    // Beside it there may be one.
    let beside = tempdir().unwrap();
    Store::create(&beside.path().join("甲")).unwrap();
    Store::create(&beside.path().join("乙")).unwrap();
}

#[test]
fn the_log_and_the_decisions_cannot_be_altered() {
    let desk = Desk::new();
    let student = desk.roster(&["1"])[0];
    let submission = desk.hand_in(student, b"a");
    desk.store
        .decide(submission, &approve("王"), None, at(1))
        .unwrap();
    let before = desk.store.log(&LogFilter::default(), 0, 100).unwrap();
    let folder = desk.close();
    let raw = Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    for statement in [
        "UPDATE log SET reviewer = '李'",
        "DELETE FROM log",
        "DELETE FROM log WHERE id = 1",
        "INSERT OR REPLACE INTO log (id, at, reviewer, what, subject)
         VALUES (1, '2026-01-01T00:00:00.000Z', '李', 'decided', 'workspace')",
        "UPDATE decision SET kind = 'rejected'",
        "DELETE FROM decision",
        "INSERT OR REPLACE INTO decision (id, submission, kind, reasons, note, reviewer, decided_at)
         VALUES (1, 1, 'rejected', '[]', '', '李', '2026-01-01T00:00:00.000Z')",
    ] {
        let refused = raw.execute_batch(statement).unwrap_err().to_string();
        assert!(refused.contains("append-only") || refused.contains("are kept"), "{refused}");
    }
    drop(raw);
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.log(&LogFilter::default(), 0, 100).unwrap(), before);
}

#[test]
fn the_log_says_who_did_what_to_what() {
    let desk = Desk::new();
    let student = desk.roster(&["1"])[0];
    let submission = desk.hand_in(student, b"a");
    let store = &desk.store;
    let made = store
        .decide(submission, &approve("李"), None, at(60))
        .unwrap();
    store.undo(desk.round, "李", at(61)).unwrap().unwrap();
    let filter = LogFilter {
        submission: Some(submission),
        ..LogFilter::default()
    };
    let rows = store.log(&filter, 0, 10).unwrap();
    assert_eq!(rows.len(), 2);
    let (undone, decided) = (&rows[0], &rows[1]);
    assert_eq!(
        (decided.what, decided.at, decided.reviewer.as_str()),
        (Act::Decided, at(60), "李")
    );
    assert_eq!(decided.subject, Subject::Submission(submission));
    assert_eq!(decided.before, None);
    let after = decided.after.as_ref().unwrap();
    assert_eq!(
        (after["kind"].as_str(), after["decision"].as_i64()),
        (Some("approved"), Some(made.id.0))
    );
    assert_eq!((undone.what, undone.undo), (Act::Undone, decided.undo));
    assert_eq!((&undone.before, &undone.after), (&decided.after, &None));

    let older = LogFilter {
        before: Some(decided.id),
        ..LogFilter::default()
    };
    let words: Vec<Act> = store
        .log(&older, 0, 10)
        .unwrap()
        .iter()
        .map(|row| row.what)
        .collect();
    assert_eq!(
        words,
        [Act::PhotosTakenIn, Act::RosterImported, Act::RoundCreated]
    );
    for (filter, count) in [
        (
            LogFilter {
                from: Some(at(60)),
                until: Some(at(61)),
                ..LogFilter::default()
            },
            1,
        ),
        (
            LogFilter {
                reviewer: Some("李".to_owned()),
                ..LogFilter::default()
            },
            2,
        ),
        (
            LogFilter {
                what: Some(Act::RoundCreated),
                ..LogFilter::default()
            },
            1,
        ),
        (
            LogFilter {
                round: Some(desk.round),
                ..LogFilter::default()
            },
            5,
        ),
    ] {
        assert_eq!(store.log_count(&filter).unwrap(), count, "{filter:?}");
        assert_eq!(
            store.log(&filter, 0, 10).unwrap().len() as u64,
            count,
            "{filter:?}"
        );
    }
}

#[test]
fn exempt_acts_are_logged_and_leave_nothing_to_undo() {
    let desk = Desk::new();
    let store = &desk.store;
    store.set_setting("x", &json!(1), "赵", at(1)).unwrap();
    store
        .save_profile_version(
            desk.round,
            &NewProfileVersion {
                seen: 1,
                profile: &profile(),
                note: "",
                verdicts: &[],
            },
            "赵",
            at(2),
        )
        .unwrap();
    assert_eq!(store.setting("x").unwrap(), Some(json!(1)));
    let rows = store.log(&LogFilter::default(), 0, 10).unwrap();
    assert_eq!(rows.len(), 3);
    assert!(
        rows.iter()
            .all(|row| EXEMPT_FROM_UNDO.contains(&row.what) && row.undo.is_none())
    );
    assert_eq!(store.undo(desk.round, "赵", at(3)).unwrap(), None);
    let taken = store
        .create_round(&new_round("批次"), "赵", at(4))
        .unwrap_err();
    assert!(matches!(taken, Error::RoundNameTaken { .. }), "{taken:?}");
    assert_eq!(
        store.log_count(&LogFilter::default()).unwrap(),
        3,
        "a refusal leaves no row"
    );
}

#[test]
fn readers_go_on_while_many_write() {
    let desk = Desk::new();
    let numbers: Vec<String> = (0..8).map(|n| n.to_string()).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let students = desk.roster(&numbers);
    let submissions: Vec<_> = students
        .iter()
        .zip(&numbers)
        .map(|(student, no)| desk.hand_in(*student, no.as_bytes()))
        .collect();
    let desk = &desk;
    thread::scope(|scope| {
        for chunk in submissions.chunks(2) {
            scope.spawn(move || {
                for submission in chunk {
                    desk.store
                        .decide(*submission, &approve("王"), None, at(1))
                        .unwrap();
                }
            });
        }
        for _ in 0..6 {
            scope.spawn(|| {
                for _ in 0..20 {
                    let counts = desk.store.round_counts(desk.round).unwrap();
                    assert_eq!(
                        counts.approved + counts.to_review,
                        8,
                        "a snapshot is of one instant"
                    );
                }
            });
        }
    });
    assert_eq!(desk.store.round_counts(desk.round).unwrap().approved, 8);
}
