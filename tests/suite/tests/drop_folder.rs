//! A folder that photos keep coming in from, across a restart of the program.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    BackupRestore, Empty, JobOutcome, RoundClose, RoundRef, SubmissionRef, WatchSet, WatchView,
};
use zhaoshen_suite::{import_roster, new_round};

fn photo(folder: &Path, name: &str) {
    let bytes = [b"\xFF\xD8\xFF\xE0".as_slice(), name.as_bytes(), b"\xFF\xD9"].concat();
    fs::write(folder.join(name), bytes).unwrap();
}

/// Looks until `wanted` photos came in, and no job runs any more.
fn look_until(station: &Station, round: i64, wanted: u32) -> WatchView {
    let began = Instant::now();
    loop {
        station.watch_once().unwrap();
        let idle = station
            .job_list(Empty {})
            .unwrap()
            .iter()
            .all(|job| job.finished);
        let view = station.watch_show(RoundRef { round }).unwrap();
        if idle && view.came_in >= wanted {
            return view;
        }
        assert!(began.elapsed() < Duration::from_secs(60), "{view:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn piled(station: &Station, round: i64) -> usize {
    station.pile_list(RoundRef { round }).unwrap().unknown.len()
}

#[test]
fn photos_keep_coming_in_and_a_restart_doubles_none() {
    let folder = tempfile::tempdir().unwrap();
    let (station, round) = new_round(folder.path(), "moe99").unwrap();
    let drop_folder = folder.path().join("收照片");
    let path = drop_folder.to_string_lossy().into_owned();
    let set = |station: &Station, on: bool| {
        station.watch_set(WatchSet {
            round,
            folder: path.clone(),
            on,
        })
    };
    assert!(set(&station, true).is_err(), "the folder is missing");
    fs::create_dir(&drop_folder).unwrap();
    photo(&drop_folder, "甲.jpg");
    assert!(set(&station, true).unwrap().on);
    look_until(&station, round, 1);
    photo(&drop_folder, "乙.jpg");
    fs::write(drop_folder.join("说明.pdf"), b"%PDF-1.4").unwrap();
    let view = look_until(&station, round, 2);
    assert_eq!(view.problem, "");
    assert_eq!(piled(&station, round), 2);
    // What did not come in is told, and stays told while other files come.
    photo(&drop_folder, "丙.jpg");
    let view = look_until(&station, round, 3);
    assert_eq!((view.refused, view.unended), (1, 0));
    let line = view.lines.first().unwrap();
    assert!(
        line.file.ends_with("说明.pdf") && !line.at.is_empty(),
        "{line:?}"
    );
    assert!(!line.problem.is_empty() && !line.remedy.is_empty());
    drop(station);

    let station = Station::open(&folder.path().join("workspace")).unwrap();
    photo(&drop_folder, "戊.jpg");
    look_until(&station, round, 1);
    assert_eq!(piled(&station, round), 4, "those of before are known");
    assert!(!set(&station, false).unwrap().on);
    photo(&drop_folder, "丁.jpg");
    for _ in 0..10 {
        station.watch_once().unwrap();
    }
    assert_eq!(station.watch_show(RoundRef { round }).unwrap().came_in, 0);
    assert_eq!(piled(&station, round), 4);
}

#[test]
fn a_restored_copy_leaves_the_folder_alone_until_it_is_switched_on_there() {
    let folder = tempfile::tempdir().unwrap();
    let (station, round) = new_round(folder.path(), "moe99").unwrap();
    let drop_folder = folder.path().join("收照片");
    fs::create_dir(&drop_folder).unwrap();
    let on = WatchSet {
        round,
        folder: drop_folder.to_string_lossy().into_owned(),
        on: true,
    };
    station.watch_set(on.clone()).unwrap();
    let made = station.backup_now(Empty {}).unwrap();
    station.job_wait(made).unwrap();
    let args = BackupRestore {
        name: station.backup_list(Empty {}).unwrap().backups[0]
            .name
            .clone(),
        file: String::new(),
        passphrase: String::new(),
        folder: folder.path().display().to_string(),
    };
    let job = station.backup_restore(args).unwrap();
    let JobOutcome::Restored { report } = station.job_wait(job).unwrap() else {
        panic!("nothing was restored")
    };
    photo(&drop_folder, "甲.jpg");
    look_until(&station, round, 1);
    drop(station);

    // Beside the first, and after a restart too.
    for _ in 0..2 {
        let copy = Station::open(Path::new(&report.folder)).unwrap();
        for _ in 0..10 {
            copy.watch_once().unwrap();
        }
        let view = copy.watch_show(RoundRef { round }).unwrap();
        assert_eq!((view.on, view.paused, view.came_in), (false, true, 0));
        assert_eq!(view.folder, on.folder);
        assert_eq!(piled(&copy, round), 0);
        assert!(copy.log_verify(Empty {}).unwrap().holds);
    }
    let copy = Station::open(Path::new(&report.folder)).unwrap();
    let view = copy.watch_set(on).unwrap();
    assert!(view.on && !view.paused);
    look_until(&copy, round, 1);
    drop(copy);
    let copy = Station::open(Path::new(&report.folder)).unwrap();
    assert!(copy.watch_show(RoundRef { round }).unwrap().on);
    // The first was never asked to stop.
    let first = Station::open(&folder.path().join("workspace")).unwrap();
    let view = first.watch_show(RoundRef { round }).unwrap();
    assert!(view.on && !view.paused);
}

#[test]
fn photos_of_one_student_that_arrive_one_after_the_other_came_together() {
    let folder = tempfile::tempdir().unwrap();
    let (station, round) = new_round(folder.path(), "moe99").unwrap();
    let roster = folder.path().join("名单.csv");
    fs::write(&roster, "学号,姓名\n2021310001,张伟\n2021310002,李娜\n").unwrap();
    import_roster(&station, round, &roster, true).unwrap();
    let drop_folder = folder.path().join("收照片");
    fs::create_dir(&drop_folder).unwrap();
    let path = drop_folder.to_string_lossy().into_owned();
    let on = WatchSet {
        round,
        folder: path,
        on: true,
    };
    station.watch_set(on).unwrap();
    // As while a folder is copied in: the first lies still already when the second comes.
    for name in ["2021310001-a.jpg", "2021310002.jpg", "2021310001-b.jpg"] {
        photo(&drop_folder, name);
        for _ in 0..3 {
            station.watch_once().unwrap();
        }
    }
    look_until(&station, round, 3);
    let unpicked = |student_no: &str| -> Vec<bool> {
        let submission = station.current_submission(round, student_no).unwrap();
        let view = station.submission_show(SubmissionRef { submission });
        let history = view.unwrap().history.into_iter();
        history.map(|entry| entry.unpicked).collect()
    };
    assert_eq!(unpicked("2021310001"), [true, true]);
    assert_eq!(unpicked("2021310002"), [false]);
    // Handed in when all that had come was taken in, a photo is another hand-in.
    photo(&drop_folder, "2021310002-c.jpg");
    look_until(&station, round, 4);
    assert_eq!(unpicked("2021310002"), [false, false]);
}

#[test]
fn a_folder_left_on_takes_nothing_for_a_round_that_has_ended_until_it_is_reopened() {
    let folder = tempfile::tempdir().unwrap();
    let (station, round) = new_round(folder.path(), "moe99").unwrap();
    let drop_folder = folder.path().join("收照片");
    fs::create_dir(&drop_folder).unwrap();
    let on = WatchSet {
        round,
        folder: drop_folder.to_string_lossy().into_owned(),
        on: true,
    };
    let view = station.watch_set(on.clone()).unwrap();
    assert!(view.on && !view.ended);
    let reason = "不再收取照片".to_owned();
    station.round_close(RoundClose { round, reason }).unwrap();
    let of = RoundRef { round };
    let view = station.watch_show(of).unwrap();
    assert!(!view.on && view.ended, "{view:?}");
    assert!(station.watch_set(on).is_err());
    photo(&drop_folder, "甲.jpg");
    for _ in 0..25 {
        station.watch_once().unwrap();
    }
    assert!(station.job_list(Empty {}).unwrap().is_empty());
    station.round_reopen(of).unwrap();
    let view = look_until(&station, round, 1);
    assert!(view.on && !view.ended, "{view:?}");
}

#[test]
fn a_file_of_which_half_is_written_waits_and_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (station, round) = new_round(folder.path(), "moe99").unwrap();
    let drop_folder = folder.path().join("收照片");
    fs::create_dir(&drop_folder).unwrap();
    let half = drop_folder.join("甲.jpg");
    fs::write(&half, b"\xFF\xD8\xFF\xDA\0\x02half").unwrap();
    let path = drop_folder.to_string_lossy().into_owned();
    let on = WatchSet {
        round,
        folder: path,
        on: true,
    };
    station.watch_set(on).unwrap();
    for _ in 0..25 {
        station.watch_once().unwrap();
    }
    let view = station.watch_show(RoundRef { round }).unwrap();
    assert_eq!((view.came_in, view.unended), (0, 1), "{view:?}");
    assert_eq!(view.lines[0].file, "甲.jpg");
    assert_eq!(piled(&station, round), 0);
    fs::write(&half, b"\xFF\xD8\xFF\xDA\0\x02half and the rest\xFF\xD9").unwrap();
    let view = look_until(&station, round, 1);
    assert_eq!((view.unended, view.lines.len()), (0, 0), "{view:?}");
}
