//! Decisions are held to the log: whatever is done to them behind the program's back is named, with what keeps them.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use std::sync::atomic::AtomicBool;

use desk::{Desk, approve, at, reject};
use rusqlite::Connection;
use tempfile::TempDir;
use zhaoshen_model::Decision;
use zhaoshen_store::{BackupWhy, DATABASE_FILE, DecisionFault, LogCheck, LogFault, Store};

/// A closed workspace: a photo rejected with a note, one whose approval was taken back, one approved and then rejected, one
/// approved, taken back and approved again. Decisions 1 to 5 on submissions 1, 2, 3, 3 and 4.
fn worked() -> TempDir {
    let desk = Desk::new();
    let (store, round) = (&desk.store, desk.round);
    let photos: Vec<_> = desk
        .roster(&["1", "2", "3", "4"])
        .into_iter()
        .zip(1_u8..)
        .map(|(student, n)| desk.hand_in(student, &[n]))
        .collect();
    let rejected = Decision {
        note: "已电话告知".to_owned(),
        ..reject("王")
    };
    store.decide(photos[0], &rejected, None, at(1)).unwrap();
    store
        .decide(photos[1], &approve("王"), None, at(2))
        .unwrap();
    store.undo(round, "王", at(3)).unwrap().unwrap();
    let first = store
        .decide(photos[2], &approve("王"), None, at(4))
        .unwrap();
    store
        .decide(photos[2], &reject("李"), Some(first.id), at(5))
        .unwrap();
    store
        .decide(photos[3], &approve("王"), None, at(6))
        .unwrap();
    store.undo(round, "王", at(7)).unwrap().unwrap();
    store.redo(round, "王", at(8)).unwrap().unwrap();
    desk.close()
}

/// Does what `sql` says without the triggers, and puts them back as they were.
fn tamper(folder: &TempDir, sql: &str) {
    let raw = Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    let triggers: Vec<(String, String)> = raw
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    raw.pragma_update(None, "foreign_keys", false).unwrap();
    for (name, _) in &triggers {
        raw.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    raw.execute_batch(sql).unwrap();
    for (_, made) in &triggers {
        raw.execute_batch(made).unwrap();
    }
}

fn verified(folder: &TempDir) -> LogCheck {
    let store = Store::open(folder.path()).unwrap();
    store.verify_log(&AtomicBool::new(false)).unwrap()
}

/// How, on which submission of which student, by which row of the log: eight came before the first decision.
fn told(check: &LogCheck) -> Vec<(DecisionFault, i64, String, Option<i64>)> {
    let faults = check.faults.iter().map(|fault| match fault {
        LogFault::Decision {
            what,
            submission,
            student_no,
            row,
        } => (
            *what,
            *submission,
            student_no.clone().unwrap_or_default(),
            row.as_ref().map(|row| row.id),
        ),
        other => panic!("{other:?}"),
    });
    faults.collect()
}

/// Rows of the log before the first decision.
fn before_deciding(folder: &TempDir) -> i64 {
    let raw = Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    let sql = "SELECT min(id) - 1 FROM log WHERE what = 'decided'";
    raw.query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn what_was_done_to_decisions_is_named_though_the_chain_holds() {
    use DecisionFault::{Changed, Gone, NotLogged, NotStanding};
    let folder = worked();
    let intact = verified(&folder);
    assert!(intact.holds() && intact.complete, "{intact:?}");
    let n = before_deciding(&folder);
    // What was done, and with each fault the submission and the row after the first decision that speaks of it.
    type Case<'a> = (&'a str, &'a [(DecisionFault, i64, Option<i64>)]);
    let cases: [Case; 13] = [
        (
            "UPDATE decision SET kind = 'approved', reasons = '[]' WHERE kind = 'rejected'",
            &[(Changed, 1, Some(1)), (Changed, 3, Some(5))],
        ),
        (
            "UPDATE decision SET reviewer = '李' WHERE id = 1",
            &[(Changed, 1, Some(1))],
        ),
        (
            "UPDATE decision SET note = '' WHERE id = 1",
            &[(Changed, 1, Some(1))],
        ),
        (
            "UPDATE decision SET reasons = '[]' WHERE id = 4",
            &[(Changed, 3, Some(5))],
        ),
        (
            "UPDATE decision SET decided_at = '2026-01-01T00:00:00.000Z' WHERE id = 2",
            &[(Changed, 2, Some(2))],
        ),
        (
            "UPDATE decision SET submission = 2 WHERE id = 4",
            &[(Changed, 3, Some(5))],
        ),
        (
            "UPDATE submission SET decision = NULL WHERE id = 1",
            &[(NotStanding, 1, Some(1))],
        ),
        (
            "UPDATE submission SET decision = NULL WHERE id = 4",
            &[(NotStanding, 4, Some(8))],
        ),
        (
            "UPDATE submission SET decision = 2 WHERE id = 2",
            &[(NotStanding, 2, Some(3))],
        ),
        (
            "UPDATE submission SET decision = 3 WHERE id = 3",
            &[(NotStanding, 3, Some(5))],
        ),
        ("DELETE FROM decision WHERE id = 2", &[(Gone, 2, Some(2))]),
        (
            "UPDATE submission SET decision = NULL WHERE id = 3; DELETE FROM decision WHERE id = 4",
            &[(Gone, 3, Some(5)), (NotStanding, 3, Some(5))],
        ),
        (
            "INSERT INTO decision (submission, kind, reasons, note, reviewer, decided_at)
             SELECT 2, kind, reasons, note, reviewer, decided_at FROM decision WHERE id = 2;
             UPDATE submission SET decision = 6 WHERE id = 2",
            &[(NotLogged, 2, None), (NotStanding, 2, Some(3))],
        ),
    ];
    for (sql, expected) in cases {
        let folder = worked();
        tamper(&folder, sql);
        let check = verified(&folder);
        let expected: Vec<_> = expected
            .iter()
            .map(|(what, submission, row)| {
                let row = row.map(|row| row + n);
                (*what, *submission, submission.to_string(), row)
            })
            .collect();
        assert_eq!(told(&check), expected, "{sql}");
        assert!(!check.holds());
        // The chain alone says nothing of it.
        let store = Store::open(folder.path()).unwrap();
        assert!(store.check_log(&AtomicBool::new(false)).unwrap().holds());
    }
}

#[test]
fn a_trigger_that_is_gone_another_or_added_is_named() {
    for (sql, expected) in [
        (
            "DROP TRIGGER decision_unchanged",
            vec!["decision_unchanged"],
        ),
        (
            "DROP TRIGGER decision_kept; DROP TRIGGER log_unchanged;",
            vec!["decision_kept", "log_unchanged"],
        ),
        (
            "DROP TRIGGER decision_unchanged;
             CREATE TRIGGER decision_unchanged BEFORE UPDATE ON decision BEGIN SELECT 1; END;",
            vec!["decision_unchanged"],
        ),
        (
            "CREATE TRIGGER lenient AFTER INSERT ON look BEGIN SELECT 1; END;",
            vec!["lenient"],
        ),
    ] {
        let folder = worked();
        let raw = Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
        raw.execute_batch(sql).unwrap();
        drop(raw);
        let names: Vec<LogFault> = expected
            .iter()
            .map(|name| LogFault::Guard((*name).to_owned()))
            .collect();
        assert_eq!(verified(&folder).faults, names, "{sql}");
    }
}

#[test]
fn the_end_cut_off_with_its_head_set_back_is_known_by_a_backup() {
    let folder = worked();
    let store = Store::open(folder.path()).unwrap();
    store
        .back_up(BackupWhy::Asked, at(20), &AtomicBool::new(false), |_, _| {})
        .unwrap();
    let sound = store.verify_log(&AtomicBool::new(false)).unwrap();
    assert!(sound.holds() && sound.backups == 1, "{sound:?}");
    let last = store.log_head().unwrap().unwrap().last;
    drop(store);
    // The redo and the undo before it change nothing when both are gone.
    tamper(
        &folder,
        "DELETE FROM log WHERE id > (SELECT last - 2 FROM log_head);
         UPDATE log_head SET last = last - 2, hash = (SELECT hash FROM log WHERE id = last - 2);",
    );
    let check = verified(&folder);
    let cut = LogFault::Backup {
        made_at: at(20),
        last,
    };
    assert_eq!(check.faults, [cut]);
    assert_eq!(check.backups, 0);
}
