//! An import killed at any instant, again and again: importing again loses nothing and doubles nothing.
//!
//! The test starts itself again as the process to be killed.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::HashSet;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use zhaoshen_killing::{Instants, Started, rounds, say, wait_for_it};
use zhaoshen_station::Station;
use zhaoshen_station::wire::{RosterCommit, RosterSource};
use zhaoshen_store::Store;
use zhaoshen_suite::{import_photos, new_round};

const FOLDER: &str = "ZHAOSHEN_TEST_KILLED_IMPORT_FOLDER";
const SOURCES: &str = "ZHAOSHEN_TEST_KILLED_IMPORT_SOURCES";
const ROUND: &str = "ZHAOSHEN_TEST_KILLED_IMPORT_ROUND";
const NAME: &str = "an_import_killed_again_and_again_loses_and_doubles_nothing";
const BATCHES: usize = 10;
const STUDENTS: usize = 60;
/// Of them, those who send two photos: over all batches more than one batch of an import holds, since these wait for
/// their rows until the end.
const TWICE: usize = 30;

#[test]
fn an_import_killed_again_and_again_loses_and_doubles_nothing() {
    if let Some(folder) = env::var_os(FOLDER) {
        import_until_killed(Path::new(&folder));
    }
    let folder = tempfile::tempdir().unwrap();
    let (station, round) = new_round(folder.path(), "moe99").unwrap();
    commit_roster(&station, round);
    drop(station);
    for batch in 0..BATCHES {
        write_photos(folder.path(), batch);
    }
    let mut instants = Instants::of(7);
    let mut unfinished = 0;
    let rounds = rounds(20) as usize;
    for time in 0..rounds {
        let sources = 1 + time * BATCHES / rounds;
        kill_after(
            folder.path(),
            round,
            sources,
            instants.within(Duration::from_millis(90)),
        );
        let submissions = submissions_without_fault(folder.path());
        assert!(submissions <= sources * (STUDENTS + TWICE));
        unfinished += usize::from(submissions < sources * (STUDENTS + TWICE));
    }
    assert!(
        unfinished > rounds / 10,
        "only {unfinished} kills hit an import"
    );

    let station = Station::open(&folder.path().join("workspace")).unwrap();
    let report = import_photos(&station, round, &sources(folder.path(), BATCHES)).unwrap();
    assert_eq!(report.lines.len(), 0);
    drop(station);
    assert_eq!(
        submissions_without_fault(folder.path()),
        BATCHES * (STUDENTS + TWICE),
        "something was lost"
    );
}

/// Opens the workspace as the next start does, and holds every row to its photo and every photo to a row.
fn submissions_without_fault(folder: &Path) -> usize {
    let workspace = folder.join("workspace");
    let store = Store::open(&workspace).unwrap();
    let round = store.rounds().unwrap()[0].round.id;
    let rows = store.submissions(round).unwrap();
    let mut photos = HashSet::new();
    for row in &rows {
        store.read_photo(row.photo).unwrap();
        assert!(photos.insert(row.photo), "{} came twice", row.source);
        let others = store.submissions_of(row.student.unwrap()).unwrap();
        assert_eq!(row.together, others.len() > 1, "{}", row.source);
    }
    let kept = walkdir::WalkDir::new(workspace.join("photos"))
        .into_iter()
        .filter(|entry| entry.as_ref().unwrap().file_type().is_file())
        .count();
    assert_eq!(kept, photos.len(), "an orphan was left");
    assert_eq!(fs::read_dir(workspace.join("incoming")).unwrap().count(), 0);
    assert!(!workspace.join("zhaoshen.unnamed").exists());
    rows.len()
}

/// Starts a process that imports, and kills it so long after it began.
fn kill_after(folder: &Path, round: i64, sources: usize, pause: Duration) {
    let (sources, round) = (sources.to_string(), round.to_string());
    let variables = [
        (FOLDER, folder.as_os_str()),
        (SOURCES, sources.as_ref()),
        (ROUND, round.as_ref()),
    ];
    let mut started = Started::test(NAME, variables).unwrap();
    started.wait_for("began").unwrap();
    std::thread::sleep(pause);
    started.kill().unwrap();
}

fn import_until_killed(folder: &Path) -> ! {
    let station = Station::open(&folder.join("workspace")).unwrap();
    let round = env::var(ROUND).unwrap().parse().unwrap();
    let count = env::var(SOURCES).unwrap().parse().unwrap();
    say("began").unwrap();
    import_photos(&station, round, &sources(folder, count)).unwrap();
    wait_for_it()
}

fn sources(folder: &Path, count: usize) -> Vec<PathBuf> {
    (0..count)
        .map(|batch| folder.join(format!("第{batch}批")))
        .collect()
}

fn student_no(batch: usize, student: usize) -> String {
    format!("2021{batch:03}{student:03}")
}

fn commit_roster(station: &Station, round: i64) {
    let mut pasted = "学号\t姓名\n".to_owned();
    for batch in 0..BATCHES {
        for student in 0..STUDENTS {
            writeln!(pasted, "{}\t张三", student_no(batch, student)).unwrap();
        }
    }
    let source = RosterSource {
        round,
        path: String::new(),
        pasted,
    };
    let preview = station.roster_preview(source.clone()).unwrap();
    let committed = station.roster_commit(RosterCommit::whole(source, &preview, false));
    assert!(committed.is_ok());
}

/// Small pictures by their first bytes, which nothing can decode: they are checked in no time.
fn write_photos(folder: &Path, batch: usize) {
    let folder = folder.join(format!("第{batch}批"));
    fs::create_dir(&folder).unwrap();
    for student in 0..STUDENTS {
        let number = student_no(batch, student);
        let copies = if student < TWICE { 2 } else { 1 };
        for copy in 0..copies {
            let mut bytes = b"\xFF\xD8\xFF\xE0".to_vec();
            bytes.extend(format!("{number} {copy} ").repeat(150).bytes());
            let name = match copy {
                0 => format!("{number}.jpg"),
                _ => format!("{number}({copy}).jpg"),
            };
            fs::write(folder.join(name), bytes).unwrap();
        }
    }
}
