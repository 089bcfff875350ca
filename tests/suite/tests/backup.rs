//! Backups as people use them: made, carried away in one file, restored, and made by the program itself when due.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use std::fs;
use std::path::Path;

use zhaoshen_station::wire::{
    BackupCard, BackupCopied, BackupCopy, BackupRef, BackupRestore, BackupRestored, BackupVerified,
    DoctorState, DoorKey, Empty, Failure, JobOutcome, JobStarted, LogQuery, RoundRef,
};
use zhaoshen_station::{Progress, Station, backup};
use zhaoshen_suite::example::TakenIn;

fn outcome(station: &Station, job: Result<JobStarted, Failure>) -> Result<JobOutcome, Failure> {
    station.job_wait(job?)
}

fn made(round: &TakenIn) -> BackupCard {
    match outcome(&round.station, round.station.backup_now(Empty {})).unwrap() {
        JobOutcome::BackedUp { backup } => backup,
        other => panic!("{other:?}"),
    }
}

fn copied(round: &TakenIn, folder: &Path) -> BackupCopied {
    let folder = folder.display().to_string();
    let job = round.station.backup_copy(BackupCopy { folder });
    match outcome(&round.station, job).unwrap() {
        JobOutcome::CopiedOut { report } => report,
        other => panic!("{other:?}"),
    }
}

fn restored(round: &TakenIn, args: BackupRestore) -> Result<BackupRestored, Failure> {
    match outcome(&round.station, round.station.backup_restore(args))? {
        JobOutcome::Restored { report } => Ok(report),
        other => panic!("{other:?}"),
    }
}

fn verified(round: &TakenIn, name: &str) -> BackupVerified {
    let name = name.to_owned();
    let job = round.station.backup_verify(BackupRef { name });
    match outcome(&round.station, job).unwrap() {
        JobOutcome::BackupVerified { report } => report,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_a_copy_was_killed_over_goes_with_the_next_into_that_folder() {
    let round = TakenIn::new().unwrap();
    let earlier = made(&round).name;
    let stick = tempfile::tempdir().unwrap();
    let left = |name: &str| {
        let path = stick.path().join(format!("照审台备份-{name}.zip.part"));
        fs::write(&path, "half of it").unwrap();
        path
    };
    // Of this workspace, of another that may be at it, of another that cannot be any more, and of nobody's we know.
    let [own, theirs, old, other] = [
        earlier.as_str(),
        "2020-01-02_030405",
        "2020-01-02_030406",
        "上学期",
    ]
    .map(left);
    let days_ago = std::time::SystemTime::now() - std::time::Duration::from_hours(49);
    for path in [&old, &other] {
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(days_ago).unwrap();
    }
    let copy = copied(&round, stick.path());
    assert!(Path::new(&copy.path).exists());
    let are_there = [own, theirs, old, other].map(|path| path.exists());
    assert_eq!(are_there, [false, true, false, true]);
}

#[test]
fn a_copy_carried_away_is_the_same_workspace_elsewhere() {
    let round = TakenIn::new().unwrap();
    let student = round.plan.students[0].student_no.clone();
    let submission = round.submission(&student).unwrap();
    round.decide(submission, "approved").unwrap();
    let before = round
        .station
        .round_show(RoundRef { round: round.round })
        .unwrap();
    let stick = tempfile::tempdir().unwrap();
    let copy = copied(&round, stick.path());
    assert_eq!(
        fs::read_dir(stick.path()).unwrap().count(),
        1,
        "{}",
        copy.path
    );
    assert!(copy.photos > 0 && copy.passphrase.len() == 23);
    let bytes = fs::read(&copy.path).unwrap();
    for personal in [student.as_bytes(), "审核".as_bytes()] {
        assert!(
            !bytes
                .windows(personal.len())
                .any(|window| window == personal)
        );
    }
    let last = LogQuery {
        round: None,
        offset: 0,
        limit: 1,
    };
    let log = round.station.log_list(last).unwrap();
    assert_eq!(log.entries[0].act, "备份到文件");
    assert_eq!(log.entries[0].after, copy.path);

    let from = |passphrase: &str| BackupRestore {
        name: String::new(),
        file: copy.path.clone(),
        passphrase: passphrase.to_owned(),
        folder: stick.path().display().to_string(),
    };
    let refused = restored(&round, from("22222-22222-22222-22222")).unwrap_err();
    assert!(refused.message.contains("口令不对"), "{}", refused.message);
    let report = restored(&round, from(&copy.passphrase)).unwrap();
    assert_eq!((report.missing, report.photos), (0, copy.photos));
    let again = Station::open(Path::new(&report.folder)).unwrap();
    let after = again.round_show(RoundRef { round: round.round }).unwrap();
    assert_eq!(
        serde_json::to_value(after).unwrap(),
        serde_json::to_value(before).unwrap()
    );
    assert!(again.log_verify(Empty {}).unwrap().holds);
    drop(again);
    // Once more is another folder: nothing is written over.
    let twice = restored(&round, from(&copy.passphrase)).unwrap();
    assert_ne!(twice.folder, report.folder);
}

/// Where the bytes of entries whose names begin so lie in a copy.
fn places(bytes: &[u8], beginning: &str) -> Vec<usize> {
    let is_entry = |at: &usize| {
        bytes[*at..].starts_with(b"PK\x03\x04")
            && bytes[at + 30..].starts_with(beginning.as_bytes())
    };
    let length = |at: usize| usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
    (0..bytes.len() - 30)
        .filter(is_entry)
        .map(|at| at + 30 + length(at + 26) + length(at + 28))
        .collect()
}

#[test]
fn a_flipped_byte_costs_one_photo_and_not_the_backup() {
    let round = TakenIn::new().unwrap();
    let stick = tempfile::tempdir().unwrap();
    let copy = copied(&round, stick.path());
    let sound = fs::read(&copy.path).unwrap();
    let photos = places(&sound, "photos/");
    assert_eq!(photos.len(), usize::try_from(copy.photos).unwrap());
    let target = tempfile::tempdir().unwrap();
    let damage = |places: &[usize]| {
        let mut bytes = sound.clone();
        for at in places {
            bytes[*at] ^= 1;
        }
        fs::write(&copy.path, bytes).unwrap();
    };
    let read = || {
        let path = Path::new(&copy.path);
        backup::verify_file(path, &copy.passphrase, &Progress::default()).unwrap()
    };
    let whole = read();
    assert!(whole.whole && whole.photos == copy.photos, "{whole:?}");
    let restored_from = |damaged: &[usize]| {
        damage(damaged);
        let args = BackupRestore {
            name: String::new(),
            file: copy.path.clone(),
            passphrase: copy.passphrase.clone(),
            folder: target.path().display().to_string(),
        };
        restored(&round, args)
    };
    // One within, of which all is read before it is found, and one at its beginning, which cannot even be begun.
    let report = restored_from(&[photos[0] + 500, photos[1]]).unwrap();
    assert_eq!((report.missing, report.photos), (2, copy.photos - 2));
    drop(Station::open(Path::new(&report.folder)).unwrap());
    fs::remove_dir_all(&report.folder).unwrap();
    let two = read();
    assert_eq!((two.whole, two.photos), (false, copy.photos - 2), "{two:?}");
    assert!(two.problems[0].contains("2 张照片"), "{two:?}");

    let database = places(&sound, "zhaoshen.db")[0];
    for at in [database, database + 5_000] {
        let refused = restored_from(&[at]).unwrap_err();
        assert!(
            refused.message.contains("这份备份已损坏"),
            "{}",
            refused.message
        );
        assert_eq!(
            fs::read_dir(target.path()).unwrap().count(),
            0,
            "no half folder stays"
        );
        let read = read();
        assert!(read.problems[0].contains("数据库"), "{read:?}");
    }
}

#[test]
fn a_workspace_that_cannot_be_opened_is_restored_from_its_backups() {
    let round = TakenIn::new().unwrap();
    let backup_ = made(&round);
    let view = round.station.backup_list(Empty {}).unwrap();
    assert_eq!((view.backups.len(), view.behind), (1, 0));
    assert!(verified(&round, &backup_.name).whole);
    let audit = round.station.log_verify(Empty {}).unwrap();
    assert_eq!((audit.holds, audit.backups), (true, 1));
    let inside = BackupRestore {
        name: backup_.name.clone(),
        file: String::new(),
        passphrase: String::new(),
        folder: round.folder.path().join("workspace").display().to_string(),
    };
    let refused = round.station.backup_restore(inside.clone()).unwrap_err();
    assert!(refused.message.contains("工作区"), "{}", refused.message);

    let TakenIn {
        station, folder, ..
    } = round;
    drop(station);
    let workspace = folder.path().join("workspace");
    fs::write(workspace.join("zhaoshen.db"), "damaged").unwrap();
    let failure = Station::open(&workspace).unwrap_err();
    assert!(failure.message.contains("备份"), "{}", failure.message);
    let listed = backup::list(&workspace).unwrap();
    assert_eq!(listed.backups[0].name, backup_.name);
    let mut args = inside.clone();
    args.folder = folder.path().display().to_string();
    let shelf = backup::Shelf::of(&workspace, &DoorKey::default()).unwrap();
    let report = backup::restore(&shelf, &args, &Progress::default()).unwrap();
    assert_eq!(
        (report.students, report.photos),
        (backup_.students, backup_.photos)
    );
    Station::open(Path::new(&report.folder)).unwrap();
}

#[test]
fn the_program_backs_up_by_itself_and_says_when_it_cannot() {
    let round = TakenIn::new().unwrap();
    let station = &round.station;
    let count = || station.backup_list(Empty {}).unwrap().backups.len();
    let hour = |hours: i64| jiff::Timestamp::now() + jiff::SignedDuration::from_hours(hours);
    station.keep_once(hour(0));
    station.keep_once(hour(1));
    assert_eq!(count(), 1, "one a day");
    station.keep_once(hour(25));
    assert_eq!(count(), 1, "nothing was done");
    let submission = round
        .submission(&round.plan.students[0].student_no)
        .unwrap();
    round.decide(submission, "approved").unwrap();
    assert_eq!(station.backup_list(Empty {}).unwrap().behind, 1);
    station.keep_once(hour(26));
    assert_eq!(count(), 2);
    assert_eq!(station.app_status(Empty {}).unwrap().alarm, "");

    let folder = round.folder.path().join("workspace/备份");
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "in the way").unwrap();
    station.keep_once(hour(60));
    let alarm = station.app_status(Empty {}).unwrap().alarm;
    assert!(alarm.contains("自动备份没有做成"), "{alarm}");
    fs::remove_file(&folder).unwrap();
    station.keep_once(hour(60));
    assert_eq!(station.app_status(Empty {}).unwrap().alarm, "");
}

#[test]
fn a_log_without_the_end_that_a_backup_noted_is_told_wherever_it_is_asked_about() {
    let round = TakenIn::new().unwrap();
    let station = &round.station;
    let name = made(&round).name;
    let log = || {
        let findings = station.doctor_run(Empty {}).unwrap().findings;
        let of_log = findings.into_iter().find(|finding| finding.code == "log");
        of_log.unwrap().state
    };
    let alarm = || {
        station.keep_once(jiff::Timestamp::now());
        station.app_status(Empty {}).unwrap().alarm
    };
    assert!(station.log_verify(Empty {}).unwrap().holds);
    assert_eq!((log(), alarm().as_str()), (DoctorState::Good, ""));

    let note = round.folder.path().join("workspace/备份").join(name);
    let note = note.join("backup.json");
    let mut noted: serde_json::Value = serde_json::from_slice(&fs::read(&note).unwrap()).unwrap();
    noted["log_hash"] = "07".repeat(32).into();
    fs::write(&note, noted.to_string()).unwrap();
    let audit = station.log_verify(Empty {}).unwrap();
    assert!(!audit.holds && audit.backups == 0, "{audit:?}");
    assert!(audit.faults[0].text.contains("备份记下的第"), "{audit:?}");
    assert_eq!(log(), DoctorState::Bad);
    assert!(alarm().contains("日志校验不通过"));
}

#[test]
#[cfg(unix)]
fn an_original_that_was_spoilt_in_place_is_told_on_every_screen() {
    let round = TakenIn::new().unwrap();
    assert_eq!(made(&round).damaged, 0);
    let photos = round.folder.path().join("workspace/photos");
    let originals = walkdir::WalkDir::new(&photos).into_iter();
    let original = originals
        .map(Result::unwrap)
        .find(|entry| entry.file_type().is_file());
    let original = original.unwrap().into_path();
    let bytes = fs::read(&original).unwrap();
    // The backup's own is the same file under another name, and as long as it was.
    fs::write(&original, vec![7; bytes.len()]).unwrap();
    let told = |hours: i64| {
        let at = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(hours);
        round.station.keep_once(at);
        round.station.app_status(Empty {}).unwrap().alarm
    };
    assert_eq!(made(&round).damaged, 1);
    assert!(told(0).contains("1 张照片的原片已损坏"), "{}", told(0));
    fs::write(&original, &bytes).unwrap();
    assert_eq!(made(&round).damaged, 0);
    assert_eq!(told(0), "");
}
