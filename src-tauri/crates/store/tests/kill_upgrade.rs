//! A process killed while it brings an earlier workspace up to date leaves one that opens, whole.
//!
//! The test starts itself again as the process to be killed.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::env;
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tempfile::{TempDir, tempdir};
use zhaoshen_killing::{Started, say, wait_for_it};
use zhaoshen_model::RoundId;
use zhaoshen_store::{Backups, DATABASE_FILE, LogFilter, Store};

const FOLDER: &str = "ZHAOSHEN_TEST_KILL_FOLDER";
const NAME: &str = "an_upgrade_that_is_killed_is_done_by_the_next_opening";
/// Version that is upgraded: its log has no chain and says everything in one piece.
const FROM: u32 = 22;
/// Rows of its log, enough for the upgrade to be met in the middle.
const ROWS: u64 = 2_000;

#[test]
fn an_upgrade_that_is_killed_is_done_by_the_next_opening() {
    if let Some(folder) = env::var_os(FOLDER) {
        say("begun").unwrap();
        Store::open(Path::new(&folder)).unwrap();
        say("done").unwrap();
        wait_for_it();
    }
    let whole = workspace();
    let whole_time = run(whole.path(), None);
    let rounds = zhaoshen_killing::rounds(10);
    let mut met = 0;
    for round in 0..rounds {
        let folder = workspace();
        run(folder.path(), Some(whole_time * round / rounds));
        met += u32::from(version(folder.path()) == FROM);
        let store = Store::open(folder.path()).unwrap();
        store.inspect().unwrap();
        let log = store.check_log(&AtomicBool::new(false)).unwrap();
        assert!(log.holds(), "round {round}: {log:?}");
        assert_eq!(log.rows, ROWS);
        assert_eq!(store.log_count(&LogFilter::default()).unwrap(), ROWS);
        assert_eq!(store.students(RoundId(1)).unwrap().len(), 3);
        let never = AtomicBool::new(false);
        let backups = Backups::of(folder.path());
        let made = backups.list().unwrap();
        assert!(!made.is_empty(), "round {round}: upgraded without a backup");
        for row in made {
            assert_eq!(row.note.format, FROM);
            let whole = backups.verify(&row.name, &never, |_, _| {}).unwrap();
            assert!(whole.database && whole.log, "round {round}: {whole:?}");
        }
        let parts = fs::read_dir(backups.folder()).unwrap();
        let left = parts.filter(|entry| {
            let name = entry.as_ref().unwrap().file_name();
            name.to_string_lossy().ends_with(".part")
        });
        assert_eq!(left.count(), 0, "round {round}: half a backup is left");
    }
    assert!(met > 0, "every upgrade was over before its kill");
}

fn workspace() -> TempDir {
    let folder = tempdir().unwrap();
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/earlier/22.sql");
    let raw = Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    raw.execute_batch(&fs::read_to_string(kept).unwrap())
        .unwrap();
    let more = "WITH RECURSIVE n (i) AS (SELECT 4 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
        INSERT INTO log (id, round, at, reviewer, what, subject, subject_id, after)
        SELECT i, 1, '2025-09-12T00:00:00.000Z', '王老师', 'decided', 'submission', 1, '{\"note\":\"备注' || i || '\"}' FROM n";
    raw.execute(more, [ROWS]).unwrap();
    folder
}

fn version(folder: &Path) -> u32 {
    Connection::open(folder.join(DATABASE_FILE))
        .unwrap()
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap()
}

/// Lets a process open the workspace, and kills it `after` it began, or when it is done; how long it took until then.
fn run(folder: &Path, after: Option<Duration>) -> Duration {
    let mut started = Started::test(NAME, [(FOLDER, folder)]).unwrap();
    started.wait_for("begun").unwrap();
    let began = Instant::now();
    match after {
        Some(after) => thread::sleep(after),
        None => started.wait_for("done").unwrap(),
    }
    let took = began.elapsed();
    started.kill().unwrap();
    took
}
