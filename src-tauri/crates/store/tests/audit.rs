//! The chain of the log: whatever is done to the rows behind the program's back is named.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use std::sync::atomic::AtomicBool;

use desk::{Desk, approve, at};
use proptest::prelude::*;
use rusqlite::Connection;
use serde_json::json;
use tempfile::TempDir;
use zhaoshen_store::{DATABASE_FILE, Error, LogCheck, LogFault, LogHead, Store};

/// A closed workspace whose log has eight rows.
fn worked() -> TempDir {
    let desk = Desk::new();
    for (student, n) in desk.roster(&["1", "2", "3"]).into_iter().zip(1_u8..) {
        let photo = desk.hand_in(student, &[n]);
        let store = &desk.store;
        store
            .decide(photo, &approve("王"), None, at(i64::from(n)))
            .unwrap();
    }
    desk.close()
}

fn tamper(folder: &TempDir, sql: &str) {
    let raw = Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    let triggers: Vec<String> = raw
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'log%'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for trigger in triggers {
        raw.execute_batch(&format!("DROP TRIGGER {trigger}"))
            .unwrap();
    }
    raw.execute_batch(sql).unwrap();
}

fn check(folder: &TempDir) -> LogCheck {
    let store = Store::open(folder.path()).unwrap();
    store.check_log(&AtomicBool::new(false)).unwrap()
}

/// The numbers of the rows that the faults accuse; 0 for the head.
fn named(check: &LogCheck) -> Vec<(i64, i64)> {
    let numbers = check.faults.iter().map(|fault| match fault {
        LogFault::Changed(row) | LogFault::Beyond(row) | LogFault::HeadDiffers(row) => {
            assert!(row.at.starts_with("20") && !row.what.is_empty() && !row.reviewer.is_empty());
            (row.id, row.id)
        }
        LogFault::Missing { first, last, .. } => (*first, *last),
        LogFault::HeadMissing => (0, 0),
        other => panic!("{other:?}"),
    });
    numbers.collect()
}

/// What was done, by which SQL, and the rows that must be named.
type Case<'a> = (&'a str, &'a str, &'a [(i64, i64)]);

#[test]
fn what_was_done_to_the_rows_is_named() {
    let intact = check(&worked());
    assert!(intact.holds() && intact.complete);
    assert_eq!((intact.rows, intact.head.unwrap().last), (8, 8));
    let swap = "UPDATE log SET id = 100 WHERE id = 3; UPDATE log SET id = 3 WHERE id = 4;
                UPDATE log SET id = 4 WHERE id = 100;";
    let inserted = "INSERT INTO log (id, at, reviewer, what, subject)
                    VALUES (9, '2026-01-01T00:00:00.000Z', '李', 'decided', 'workspace');";
    let cases: [Case; 12] = [
        (
            "changed",
            "UPDATE log SET reviewer = '李' WHERE id = 5",
            &[(5, 5)],
        ),
        (
            "changed time",
            "UPDATE log SET at = '2026-01-01T00:00:00.001Z' WHERE id = 1",
            &[(1, 1)],
        ),
        (
            "a value emptied",
            "UPDATE log SET after = NULL WHERE id = 5",
            &[(5, 5)],
        ),
        (
            "its last row",
            "UPDATE log SET reviewer = '李' WHERE id = 8",
            &[(8, 8)],
        ),
        (
            "its hash",
            "UPDATE log SET hash = zeroblob(32) WHERE id = 5",
            &[(5, 5), (6, 6)],
        ),
        (
            "removed",
            "DELETE FROM log WHERE id BETWEEN 3 AND 4",
            &[(3, 4)],
        ),
        ("the first", "DELETE FROM log WHERE id = 1", &[(1, 1)]),
        ("the end", "DELETE FROM log WHERE id > 6", &[(7, 8)]),
        ("all", "DELETE FROM log", &[(1, 8)]),
        ("swapped", swap, &[(3, 3), (4, 4), (5, 5)]),
        ("inserted", inserted, &[(9, 9)]),
        ("head", "DELETE FROM log_head", &[(0, 0)]),
    ];
    for (case, sql, expected) in cases {
        let folder = worked();
        tamper(&folder, sql);
        assert_eq!(named(&check(&folder)), expected, "{case}");
    }
}

#[test]
fn the_end_cut_off_with_its_head_set_back_is_known_from_a_head_kept_elsewhere() {
    let folder = worked();
    let kept = Store::open(folder.path())
        .unwrap()
        .log_head()
        .unwrap()
        .unwrap();
    tamper(
        &folder,
        "DELETE FROM log WHERE id > 6;
         UPDATE log_head SET last = 6, hash = (SELECT hash FROM log WHERE id = 6);",
    );
    let store = Store::open(folder.path()).unwrap();
    assert!(store.check_log(&AtomicBool::new(false)).unwrap().holds());
    assert!(!store.log_passed(kept).unwrap());
    let earlier = store.log_head().unwrap().unwrap();
    assert!(store.log_passed(earlier).unwrap());
    let other = LogHead {
        hash: [7; 32],
        ..earlier
    };
    assert!(!store.log_passed(other).unwrap());
}

#[test]
fn the_chain_goes_on_after_rows_were_cut_off_and_nothing_is_done_without_a_head() {
    let folder = worked();
    tamper(&folder, "DELETE FROM log WHERE id = 8");
    let store = Store::open(folder.path()).unwrap();
    store.set_setting("x", &json!(1), "赵", at(9)).unwrap();
    assert_eq!(
        named(&store.check_log(&AtomicBool::new(false)).unwrap()),
        [(8, 8)]
    );
    drop(store);
    tamper(&folder, "DELETE FROM log_head");
    let store = Store::open(folder.path()).unwrap();
    let refused = store.set_setting("x", &json!(1), "钱", at(10)).unwrap_err();
    assert!(matches!(refused, Error::LogHeadMissing), "{refused:?}");
    assert_eq!(store.setting("x").unwrap(), Some(json!(1)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whichever column of whichever row is made another, that row is named and no row before it.
    #[test]
    fn any_change_of_any_row_is_named(row in 1_i64..=8, column in 0_usize..8) {
        let change = [
            "round = ifnull(round, 0) + 1",
            "at = replace(at, 'Z', '0Z')",
            "reviewer = reviewer || ' '",
            "what = 'undone'",
            "subject = subject || 'x'",
            "subject_id = ifnull(subject_id, 0) + 1",
            "undo = ifnull(undo, 0) + 1",
            "before = ifnull(before, '') || ' '",
        ][column];
        let folder = worked();
        tamper(&folder, &format!("UPDATE log SET {change} WHERE id = {row}"));
        prop_assert_eq!(named(&check(&folder)), [(row, row)]);
    }
}

#[test]
fn what_stands_apart_from_a_row_is_held_to_it() {
    for sql in [
        "UPDATE log_personal SET text = text || ' '",
        "UPDATE log_personal SET salt = zeroblob(16)",
        "DELETE FROM log_personal",
        "INSERT INTO log_personal (log, salt, text) VALUES (1, x'', '{}')",
    ] {
        let folder = worked();
        tamper(&folder, sql);
        let check = check(&folder);
        assert!(!check.holds(), "{sql}");
        assert!(
            check
                .faults
                .iter()
                .all(|fault| matches!(fault, LogFault::Changed(_))),
            "{sql}"
        );
    }
}
