//! Workspaces of every earlier version, as stations of that version left them: opened by today's program, nothing lost.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use desk::{approve, at, new_round};
use rusqlite::Connection;
use rusqlite::types::Value;
use serde_json::Value as Json;
use tempfile::{TempDir, tempdir};
use zhaoshen_model::{DecisionKind, Roles, RoundId, StudentId, SubmissionId};
use zhaoshen_store::{
    Act, BackupRow, BackupWhy, DATABASE_FILE, Error, LogFault, LogFilter, QueueKind, Store,
};

/// Columns that a step fills anew: the chain, and the states that words were taken out of.
const COMPUTED: [(&str, &str); 3] = [("log", "hash"), ("log", "before"), ("log", "after")];

/// Whether a step took a reason out of the words that it was packed into: [`reasons_stand_apart`] looks at what became of it.
fn was_packed(table: &str, value: &Value) -> bool {
    let part = match table {
        "receipt" => "，退回原因：",
        "undo_change" => "\"text\"",
        _ => return false,
    };
    matches!(value, Value::Text(text) if text.contains(part))
}

/// Whether a step made rows of a table of a setting; one that cannot be read stays: [`says_what_was_entered`] looks at what
/// became of them.
fn was_moved(table: &str, row: &BTreeMap<String, Value>) -> bool {
    let is_moved = |name: &str| matches!(name, "fee_lists.1" | "drop_folder.paused");
    table == "setting" && matches!(&row["name"], Value::Text(name) if is_moved(name))
}

fn kept() -> Vec<(u32, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/earlier");
    let mut kept: Vec<(u32, PathBuf)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "sql"))
        .map(|path| {
            let version = path.file_stem().unwrap().to_str().unwrap().parse();
            (version.unwrap(), path)
        })
        .collect();
    kept.sort();
    kept
}

/// A workspace of that version, its originals included.
fn workspace(sql: &Path) -> TempDir {
    let folder = tempdir().unwrap();
    Connection::open(folder.path().join(DATABASE_FILE))
        .unwrap()
        .execute_batch(&fs::read_to_string(sql).unwrap())
        .unwrap();
    for bytes in [b"a", b"b", b"c", b"d"] {
        let digits = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(bytes));
        let (shard, rest) = digits.split_at(2);
        let shard = folder.path().join("photos").join(shard);
        fs::create_dir_all(&shard).unwrap();
        fs::write(shard.join(rest), bytes).unwrap();
    }
    folder
}

type Rows = Vec<BTreeMap<String, Value>>;

/// Every row of every table, by column.
fn contents(database: &Path) -> BTreeMap<String, Rows> {
    let connection = Connection::open(database).unwrap();
    let names: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let rows_of = |name: &String| -> Rows {
        let mut query = connection
            .prepare(&format!("SELECT * FROM {name}"))
            .unwrap();
        let columns: Vec<String> = query.column_names().map(str::to_owned).collect();
        let rows = query.query_map([], |row| {
            let cells = columns.iter().enumerate();
            cells
                .map(|(at, name)| Ok((name.clone(), row.get(at)?)))
                .collect()
        });
        rows.unwrap().map(Result::unwrap).collect()
    };
    names
        .iter()
        .map(|name| (name.clone(), rows_of(name)))
        .collect()
}

/// Whether every row that was there is there still, column by column.
fn holds_all(version: u32, before: &BTreeMap<String, Rows>, after: &BTreeMap<String, Rows>) {
    for (table, rows) in before {
        if table == "log_head" {
            continue;
        }
        let now = &after[table];
        let rows: Vec<_> = rows.iter().filter(|row| !was_moved(table, row)).collect();
        assert_eq!(rows.len(), now.len(), "version {version}: rows of {table}");
        for (row, new) in rows.into_iter().zip(now) {
            for (column, value) in row {
                let is_computed = COMPUTED.contains(&(table.as_str(), column.as_str()));
                if !is_computed && !was_packed(table, value) {
                    assert_eq!(value, &new[column], "version {version}: {table}.{column}");
                }
            }
        }
    }
}

#[test]
fn every_earlier_workspace_opens_and_loses_nothing() {
    let mut seen = 0;
    for (version, sql) in kept() {
        let folder = workspace(&sql);
        let database = folder.path().join(DATABASE_FILE);
        let before = contents(&database);
        let store = Store::open(folder.path()).unwrap();
        holds_all(version, &before, &contents(&database));
        store.inspect().unwrap();
        let log = store.check_log(&AtomicBool::new(false)).unwrap();
        assert!(log.holds() && log.complete, "version {version}: {log:?}");
        // What was entered has decisions that no log tells of; the triggers are those of a new workspace.
        let whole = store.verify_log(&AtomicBool::new(false)).unwrap();
        let is_decision = |fault: &LogFault| matches!(fault, LogFault::Decision { .. });
        assert!(whole.faults.iter().all(is_decision), "{version}: {whole:?}");
        says_what_was_entered(version, &store);
        goes_on(version, &store);
        drop(store);
        Store::open(folder.path()).unwrap();
        seen += 1;
    }
    assert!(seen >= 23, "{seen} versions are kept");
}

fn says_what_was_entered(version: u32, store: &Store) {
    let round = RoundId(1);
    assert_eq!(store.round(round).unwrap().name, "2025 级研究生");
    assert_eq!(store.round(RoundId(2)).unwrap().name, "补采 '一'");
    if version >= 2 {
        let students = store.students(round).unwrap();
        let names: Vec<&str> = students.iter().map(|row| row.draft.name.as_str()).collect();
        assert_eq!(names, ["张小明", "阿卜杜拉·买买提", "李𠮷"]);
    }
    if version >= 6 {
        let rejected = store.decisions_on(SubmissionId(2)).unwrap();
        assert_eq!(rejected[0].decision.kind, DecisionKind::Rejected);
        assert_eq!(rejected[0].decision.note, "已电话告知");
        assert_eq!(rejected[0].decision.reasons[1].text, "请张小明重拍");
        assert_eq!(
            store.queue(round, &QueueKind::Rejected).unwrap(),
            [SubmissionId(2)]
        );
    }
    if version >= 7 {
        let rows = store.log(&LogFilter::default(), 0, 10).unwrap();
        let decided = rows.iter().find(|row| row.what == Act::Decided).unwrap();
        let after: &Json = decided.after.as_ref().unwrap();
        assert_eq!(
            after["reasons"][1]["text"], "请张小明重拍",
            "version {version}"
        );
    }
    if version >= 9 {
        assert_eq!(store.deliveries(round).unwrap()[0].target, r"D:\交付");
    }
    if version >= 10 {
        let people = store.people().unwrap();
        let only = &people[0];
        assert_eq!((people.len(), only.name.as_str()), (1, "王老师"));
        assert_eq!((only.roles, only.has_pin), (Roles::ALL, false));
    }
    if version >= 16 {
        assert!(
            store
                .review_of(SubmissionId(1))
                .unwrap()
                .unwrap()
                .second
                .is_some()
        );
    }
    if version >= 19 {
        assert_eq!(
            store.payments(round).unwrap()[0].student(),
            Some(StudentId(1))
        );
        assert!(!store.payments(round).unwrap()[0].is_shared());
    }
    if version >= 20 {
        let receipts = if version >= 31 { 7 } else { 1 };
        assert_eq!(store.receipts(round).unwrap().len(), receipts);
        assert_eq!(store.paper_photos(round).unwrap(), [StudentId(1)]);
    }
    if version >= 22 {
        assert_eq!(store.scope(round).unwrap().cohorts[0].grades, ["2025"]);
        assert!(store.marks(round).unwrap()[&StudentId(3)].straggler);
    }
    if version >= 32 {
        says_what_settings_said(version, store);
    }
}

fn says_what_settings_said(version: u32, store: &Store) {
    let round = RoundId(1);
    assert_eq!(store.resting_drop_folders().unwrap(), [round]);
    let elsewhere = store.payments_held_elsewhere(round).unwrap();
    let lists: &[&str] = match version {
        32 => &["退费.xlsx"],
        _ => &["缴费 (2).xlsx", "退费.xlsx"],
    };
    assert_eq!(elsewhere["缴费.xlsx"], lists, "version {version}");
    assert!(store.setting("fee_lists.1").unwrap().is_none());
    assert!(store.setting("drop_folder.1").unwrap().is_some());
    // What was told as paid back goes with the list that told it.
    store
        .remove_payments(round, "退费.xlsx", "王老师", at(0))
        .unwrap();
    let payments = store.payments(round).unwrap();
    let fen = payments.iter().map(|row| row.payment.amount_fen);
    assert_eq!(fen.collect::<Vec<_>>(), [2000, 4000], "version {version}");
}

#[test]
fn reasons_stand_apart_from_the_words_they_were_packed_into_and_are_taken_back_as_they_came() {
    let mut kept = kept().into_iter();
    let (_, sql) = kept.find(|(version, _)| *version == 31).unwrap();
    let folder = workspace(&sql);
    let store = Store::open(folder.path()).unwrap();
    let both = "审核状态“合格”，审核结果“退回”";
    let expected = [
        ("accepted", "", None, ""),
        ("returned", "处理中", Some("反光"), "反光"),
        ("returned", both, Some(""), ""),
        ("unsettled", "接收", Some("闭眼，请重拍"), "闭眼，请重拍"),
        ("accepted", "通过", Some("待补"), "待补"),
        ("returned", "头发遮眉", None, "头发遮眉"),
        ("returned", "处理中", None, "处理中"),
    ];
    let read = store.receipts(RoundId(1)).unwrap();
    let read: Vec<_> = (read.iter())
        .map(|row| {
            let (words, reason) = (row.text.as_str(), row.reason.as_deref());
            (row.state.as_str(), words, reason, row.why())
        })
        .collect();
    assert_eq!(read, expected);
    let says = |row: usize| {
        let row = store.receipts(RoundId(1)).unwrap().remove(row);
        (row.state.as_str(), row.in_one_line())
    };
    let settled = [
        (1, "处理中", "处理中，退回原因：反光"),
        (
            2,
            "审核状态“合格”，审核结果“退回”，退回原因：反光",
            "审核状态“合格”，审核结果“退回”，退回原因：没有写",
        ),
        (6, "处理中", "处理中"),
    ];
    for (row, before, after) in settled {
        assert_eq!(says(row), ("returned", after.to_owned()));
        store.undo(RoundId(1), "李老师", at(1)).unwrap().unwrap();
        assert_eq!(says(row), ("unsettled", before.to_owned()));
    }
    for (row, _, after) in settled.into_iter().rev() {
        store.redo(RoundId(1), "李老师", at(2)).unwrap().unwrap();
        assert_eq!(says(row), ("returned", after.to_owned()));
    }
}

/// Work goes on where it was left: what was done can be undone, and the next thing done.
fn goes_on(version: u32, store: &Store) {
    store
        .create_round(&new_round("新批次"), "王老师", at(0))
        .unwrap();
    if version >= 8 {
        let undone = store.undo(RoundId(1), "王老师", at(1)).unwrap();
        assert!(undone.is_some(), "version {version}");
        assert_eq!(store.submission(SubmissionId(2)).unwrap().decision, None);
    }
    if version >= 4 {
        let photo = SubmissionId(2);
        let seen = store.submission(photo).unwrap().decision;
        store
            .decide(photo, &approve("王老师"), seen, at(2))
            .unwrap();
        assert_eq!(
            store
                .queue(RoundId(1), &QueueKind::Approved)
                .unwrap()
                .last(),
            Some(&photo)
        );
    }
}

#[test]
fn a_damaged_old_backup_keeps_no_workspace_from_being_brought_up_to_date() {
    let (version, sql) = kept().pop().unwrap();
    let before = workspace(&sql);
    drop(Store::open(before.path()).unwrap());
    let old = backups(before.path()).remove(0);
    // The same workspace as it was, beside a backup that cannot be read.
    let folder = workspace(&sql);
    let kept = folder.path().join("备份");
    let from = before.path().join("备份").join(&old.name);
    fs::create_dir_all(kept.join(&old.name)).unwrap();
    fs::copy(
        from.join("backup.json"),
        kept.join(&old.name).join("backup.json"),
    )
    .unwrap();
    fs::write(kept.join(&old.name).join(DATABASE_FILE), b"garbage").unwrap();
    let store = Store::open(folder.path()).unwrap_or_else(|error| panic!("{version}: {error}"));
    assert_eq!(store.backups().unreadable().unwrap(), [old.name.as_str()]);
    assert_eq!(backups(folder.path()).len(), 2);
}

fn backups(folder: &Path) -> Vec<BackupRow> {
    zhaoshen_store::Backups::of(folder).list().unwrap()
}

#[test]
fn a_backup_is_made_before_the_format_changes_and_can_be_restored() {
    for (version, sql) in kept() {
        let folder = workspace(&sql);
        let database = folder.path().join(DATABASE_FILE);
        let before = contents(&database);
        let store = Store::open(folder.path()).unwrap();
        let made = backups(folder.path());
        assert_eq!(made.len(), 1, "version {version}");
        let note = &made[0].note;
        assert_eq!((note.why, note.format), (BackupWhy::Upgrade, version));
        let all = store.backups();
        assert_eq!(
            contents(&all.database(&made[0].name)),
            before,
            "version {version}"
        );
        let never = AtomicBool::new(false);
        let whole = all.verify(&made[0].name, &never, |_, _| {}).unwrap();
        assert!(whole.is_whole(), "version {version}: {whole:?}");
        let elsewhere = tempdir().unwrap();
        let restored = all
            .restore(&made[0].name, elsewhere.path(), &never, |_, _| {})
            .unwrap();
        assert_eq!(
            (restored.rounds, restored.missing.len()),
            (2, 0),
            "version {version}"
        );
        drop(store);
        Store::open(folder.path()).unwrap();
        assert_eq!(
            backups(folder.path()).len(),
            1,
            "a second opening changes nothing"
        );
    }
}

#[test]
fn without_a_backup_the_format_is_left_as_it_is() {
    let (version, sql) = kept().pop().unwrap();
    let folder = workspace(&sql);
    // A file where the folder of the backups would be: none can be made.
    fs::write(folder.path().join("备份"), b"").unwrap();
    let refused = Store::open(folder.path()).unwrap_err();
    assert!(matches!(refused, Error::Io { .. }), "{refused:?}");
    let found: u32 = Connection::open(folder.path().join(DATABASE_FILE))
        .unwrap()
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(found, version);
}

#[test]
fn an_older_program_refuses_in_one_line_that_names_the_remedy() {
    let folder = tempdir().unwrap();
    drop(Store::create(folder.path()).unwrap());
    let database = folder.path().join(DATABASE_FILE);
    let known: u32 = {
        let raw = Connection::open(&database).unwrap();
        let known = raw
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap();
        raw.pragma_update(None, "user_version", known + 1).unwrap();
        known
    };
    let bytes = fs::read(&database).unwrap();
    let refused = Store::open(folder.path()).unwrap_err().to_string();
    assert!(!refused.contains('\n'));
    for word in [
        "更新版本",
        "请升级程序",
        &known.to_string(),
        &(known + 1).to_string(),
    ] {
        assert!(refused.contains(word), "{refused}");
    }
    assert_eq!(fs::read(&database).unwrap(), bytes);
    let names: HashSet<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert!(!names.contains(std::ffi::OsStr::new("备份")));
}

#[test]
fn the_format_is_told_and_nothing_touched() {
    for (version, sql) in kept() {
        let folder = workspace(&sql);
        // As a station leaves it.
        let journal = Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
        journal.pragma_update(None, "journal_mode", "WAL").unwrap();
        drop(journal);
        let files = || {
            let entries = fs::read_dir(folder.path()).unwrap();
            entries.map(|entry| entry.unwrap().file_name()).collect()
        };
        let there: HashSet<_> = files();
        let database = folder.path().join(DATABASE_FILE);
        let before = fs::read(&database).unwrap();
        let format = Store::format_of(folder.path()).unwrap();
        assert_eq!(format.found, version);
        assert!(format.is_older(), "{version}");
        assert!(fs::read(&database).unwrap() == before, "{version}");
        assert_eq!(files(), there, "{version}");
    }
    let folder = tempdir().unwrap();
    let store = Store::create(folder.path()).unwrap();
    let now = Store::format_of(folder.path()).unwrap();
    assert_eq!(now.found, now.known, "also while it is open");
    assert!(!now.is_older());
    drop(store);
}
