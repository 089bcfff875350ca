//! At the door: a workspace that opens for nobody is restored in its place, by a backup or one in a file; one that opens is
//! never replaced; and the people and PINs of what was restored hold.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

use zhaoshen_station::backup::door;
use zhaoshen_station::wire::{
    BackupCopied, BackupCopy, Code, DoorCopy, DoorKeepers, DoorKey, DoorRestore, DoorRestored,
    DoorState, Empty, Failure, JobOutcome, LogEntry, LogQuery, PassphraseGiven, ReviewerSet,
    RoleSet, RoundCreate, SeatState, SignIn,
};
use zhaoshen_station::{Progress, Station, seal};
use zhaoshen_suite::{PIN, add_person, new_round};

const PASSPHRASE: &str = "一句没有别人知道的话";

/// A workspace in a folder of its own, with one round and whoever made it.
struct Office {
    folder: tempfile::TempDir,
    station: Station,
}

fn office() -> Office {
    let folder = tempfile::tempdir().unwrap();
    let (station, _) = new_round(folder.path(), "moe99").unwrap();
    Office { folder, station }
}

fn key_of(passphrase: &str) -> DoorKey {
    DoorKey {
        passphrase: passphrase.to_owned(),
        ..DoorKey::default()
    }
}

fn roles(reviewer: bool, lead: bool, keeper: bool) -> RoleSet {
    RoleSet {
        reviewer,
        lead,
        keeper,
    }
}

fn newest_row(station: &Station) -> LogEntry {
    let (round, offset, limit) = (None, 0, 1);
    let asked = LogQuery {
        round,
        offset,
        limit,
    };
    station.log_list(asked).unwrap().entries.remove(0)
}

fn outcome(station: &Station, job: zhaoshen_station::wire::JobStarted) -> JobOutcome {
    station.job_wait(job).unwrap()
}

fn back_up(station: &Station) -> String {
    match outcome(station, station.backup_now(Empty {}).unwrap()) {
        JobOutcome::BackedUp { backup } => backup.name,
        other => panic!("{other:?}"),
    }
}

fn copied(station: &Station, folder: &Path) -> BackupCopied {
    let folder = folder.display().to_string();
    let job = station.backup_copy(BackupCopy { folder }).unwrap();
    match outcome(station, job) {
        JobOutcome::CopiedOut { report } => report,
        other => panic!("{other:?}"),
    }
}

/// Closes it and damages its database; where it lies.
fn damaged(office: Office) -> (tempfile::TempDir, PathBuf) {
    let Office { folder, station } = office;
    drop(station);
    let place = folder.path().join("workspace");
    fs::write(place.join("zhaoshen.db"), "damaged").unwrap();
    (folder, place)
}

fn of_name(name: &str, passphrase: &str) -> DoorRestore {
    DoorRestore {
        name: name.to_owned(),
        file: String::new(),
        passphrase: passphrase.to_owned(),
        pin: String::new(),
        workspace: String::new(),
        unread: false,
    }
}

fn of_file(copy: &BackupCopied) -> DoorRestore {
    DoorRestore {
        name: String::new(),
        file: copy.path.clone(),
        passphrase: copy.passphrase.clone(),
        pin: String::new(),
        workspace: String::new(),
        unread: false,
    }
}

fn with_pin(args: DoorRestore, pin: &str) -> DoorRestore {
    let mut args = args;
    pin.clone_into(&mut args.pin);
    args
}

fn over_sealed(args: DoorRestore, key: &str) -> DoorRestore {
    let mut args = args;
    key.clone_into(&mut args.workspace);
    args
}

fn put(place: &Path, args: &DoorRestore) -> Result<DoorRestored, Failure> {
    door::put_in_place(place, args, None, &Progress::default())
}

#[test]
fn a_damaged_workspace_is_restored_in_its_place_and_kept_beside() {
    let office = office();
    let name = back_up(&office.station);
    let (folder, place) = damaged(office);
    assert_eq!(Station::open(&place).unwrap_err().code, Code::Damaged);
    let damage = door::damage(&place).unwrap().unwrap();
    assert!(damage.message.contains("备份"), "{damage}");
    let listed = door::backups(&place).unwrap();
    assert_eq!(
        (listed.backups[0].name.as_str(), listed.sealed),
        (&*name, false)
    );
    let restored = put(&place, &of_name(&name, "")).unwrap();
    assert_eq!(restored.report.folder, place.display().to_string());
    assert_eq!(restored.report.rounds, 1);
    let aside = Path::new(&restored.aside);
    assert_eq!(fs::read(aside.join("zhaoshen.db")).unwrap(), b"damaged");
    assert_eq!(door::backups(aside).unwrap().backups.len(), 1);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);

    let station = Station::open(&place).unwrap();
    let last = newest_row(&station);
    assert_eq!(
        (last.act.as_str(), last.reviewer.as_str()),
        ("恢复备份", "打不开时恢复（未登录）")
    );
    assert!(station.log_verify(Empty {}).unwrap().holds);
}

#[test]
fn a_workspace_that_opens_is_never_replaced() {
    let office = office();
    let name = back_up(&office.station);
    let place = office.folder.path().join("workspace");
    // While somebody has it open, and when nobody has.
    assert!(put(&place, &of_name(&name, "")).is_err());
    drop(office.station);
    assert!(door::damage(&place).unwrap().is_none());
    let refused = put(&place, &of_name(&name, "")).unwrap_err();
    assert!(refused.message.contains("可以打开"), "{refused}");
    assert_eq!(fs::read_dir(office.folder.path()).unwrap().count(), 1);
    Station::open(&place).unwrap();
}

#[test]
fn a_copy_in_a_file_makes_a_workspace_where_all_is_lost() {
    let office = office();
    let stick = tempfile::tempdir().unwrap();
    let copy = copied(&office.station, stick.path());
    let Office { folder, station } = office;
    drop(station);
    let place = folder.path().join("workspace");
    fs::remove_dir_all(&place).unwrap();
    assert_eq!(seal::door(&place).unwrap().state, DoorState::New);
    let look = |passphrase: &str| {
        let (file, passphrase) = (copy.path.clone(), passphrase.to_owned());
        door::look(&place, &DoorCopy { file, passphrase })
    };
    let wrong = look("22222-22222-22222-22222").unwrap_err();
    assert!(wrong.message.contains("口令不对"), "{wrong}");
    let card = look(&copy.passphrase).unwrap();
    assert_eq!((card.rounds, card.caution.as_str()), (1, ""));
    let restored = put(&place, &of_file(&copy)).unwrap();
    assert_eq!((restored.aside.as_str(), restored.report.rounds), ("", 1));
    Station::open(&place).unwrap();
}

#[test]
fn the_pins_of_the_backup_hold_and_one_from_before_them_is_told() {
    let office = office();
    let stick = tempfile::tempdir().unwrap();
    let before = copied(&office.station, stick.path());
    let early = door::backups(&office.folder.path().join("workspace")).unwrap();
    let early = early.backups[0].name.clone();
    let keeper = office
        .station
        .app_status(Empty {})
        .unwrap()
        .seat
        .person
        .unwrap();
    let everything = roles(true, true, true);
    add_person(&office.station, "李", everything).unwrap();
    // Of the same second the two would be as new as each other.
    std::thread::sleep(std::time::Duration::from_millis(20));
    let late = back_up(&office.station);
    let (_folder, place) = damaged(office);

    let cautions: Vec<bool> = [&late, &early]
        .map(|name| {
            let listed = door::backups(&place).unwrap().backups;
            let card = listed.into_iter().find(|card| card.name == *name).unwrap();
            card.caution.contains("没有人设登录口令")
        })
        .to_vec();
    assert_eq!(cautions, [false, true]);
    let (file, passphrase) = (before.path.clone(), before.passphrase.clone());
    let looked = door::look(&place, &DoorCopy { file, passphrase }).unwrap();
    assert!(
        looked.caution.contains("没有人设登录口令"),
        "{}",
        looked.caution
    );

    // The damaged workspace tells nothing of its people: its newest backup speaks for it, whichever is to be restored.
    for args in [of_name(&early, ""), of_name(&late, ""), of_file(&before)] {
        assert_eq!(put(&place, &args).unwrap_err().code, Code::SignedOut);
    }
    assert!(std::fs::read_dir(place.parent().unwrap()).unwrap().count() == 1);
    put(&place, &with_pin(of_name(&late, ""), PIN)).unwrap();
    let station = Station::open(&place).unwrap();
    assert_eq!(
        station.app_status(Empty {}).unwrap().seat.state,
        SeatState::SignedOut
    );
    let name = "王".to_owned();
    assert!(
        station
            .reviewer_set(ReviewerSet {
                name,
                pin: String::new()
            })
            .is_err()
    );
    let new = RoundCreate {
        name: "别的".to_owned(),
        school_code: String::new(),
        opens_on: String::new(),
        closes_on: String::new(),
        profile: "moe99".to_owned(),
    };
    assert_eq!(
        station.round_create(new.clone()).unwrap_err().code,
        Code::SignedOut
    );
    let sign_in = |pin: &str| {
        let pin = pin.to_owned();
        station.sign_in(SignIn {
            person: keeper,
            pin,
        })
    };
    assert!(sign_in("000000").is_err());
    sign_in(PIN).unwrap();
    station.round_create(new).unwrap();
}

#[test]
fn a_sealed_workspace_is_restored_by_its_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("workspace");
    let passphrase = PASSPHRASE.to_owned();
    let (station, _) = Station::create_sealed(&place, &PassphraseGiven { passphrase }).unwrap();
    let name = "王".to_owned();
    station
        .reviewer_set(ReviewerSet {
            name,
            pin: String::new(),
        })
        .unwrap();
    let name = back_up(&station);
    drop(station);
    // Its passphrase proves nothing against it: as far as can be told without it, it may open.
    assert!(put(&place, &of_name(&name, PASSPHRASE)).is_err());
    fs::remove_file(place.join("zhaoshen.db")).unwrap();
    assert_eq!(door::damage(&place).unwrap().unwrap().code, Code::Damaged);
    assert!(door::backups(&place).unwrap().sealed);
    assert!(put(&place, &of_name(&name, "不是这一句的口令")).is_err());
    let restored = put(&place, &of_name(&name, PASSPHRASE)).unwrap();
    assert!(restored.report.sealed);
    assert_eq!(seal::door(&place).unwrap().state, DoorState::Locked);
    let key = key_of(PASSPHRASE);
    Station::unlock(&place, &key).unwrap();
}

#[test]
fn what_the_key_of_a_sealed_workspace_opens_and_is_damaged_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("workspace");
    let passphrase = PASSPHRASE.to_owned();
    let (station, _) = Station::create_sealed(&place, &PassphraseGiven { passphrase }).unwrap();
    let name = "王".to_owned();
    station
        .reviewer_set(ReviewerSet {
            name,
            pin: String::new(),
        })
        .unwrap();
    let name = back_up(&station);
    drop(station);
    let database = place.join("zhaoshen.db");
    let mut bytes = fs::read(&database).unwrap();
    bytes[100..4_000].fill(7);
    fs::write(&database, bytes).unwrap();
    let key = key_of(PASSPHRASE);
    let found = Station::unlock(&place, &key).unwrap_err();
    assert_eq!(found.code, Code::Damaged, "{found}");
    let args = of_name(&name, PASSPHRASE);
    let progress = Progress::default();
    assert!(door::put_in_place(&place, &args, None, &progress).is_err());
    door::put_in_place(&place, &args, Some(&found), &progress).unwrap();
    Station::unlock(&place, &key).unwrap();
}

const ATTEMPTS: &str = "口令次数";

fn attempts(place: &Path) -> serde_json::Value {
    serde_json::from_slice(&fs::read(place.join(ATTEMPTS)).unwrap()).unwrap()
}

fn set_attempts(place: &Path, wrong: u32, retry_at: jiff::Timestamp) {
    let counted = serde_json::json!({
        "format": "zhaoshen-attempts-1",
        "wrong": wrong,
        "retry_at": retry_at.to_string(),
    });
    fs::write(place.join(ATTEMPTS), counted.to_string()).unwrap();
}

#[test]
fn that_the_keepers_can_be_read_nowhere_is_no_leave_and_has_to_be_confirmed() {
    let office = office();
    let early = back_up(&office.station);
    let keeper = roles(false, false, true);
    add_person(&office.station, "李", keeper).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(20));
    let late = back_up(&office.station);
    let (_folder, place) = damaged(office);
    let newest = place.join("备份").join(&late).join("zhaoshen.db");
    fs::write(newest, "damaged").unwrap();
    // The older one knows of no PIN, and cannot speak for the newer.
    let told = door::backups(&place).unwrap();
    assert_eq!((told.keepers, told.names.len()), (DoorKeepers::Unread, 0));
    let args = with_pin(of_name(&early, ""), PIN);
    assert_eq!(put(&place, &args).unwrap_err().code, Code::Conflict);
    let mut confirmed = args;
    confirmed.unread = true;
    put(&place, &confirmed).unwrap();
    let last = newest_row(&Station::open(&place).unwrap());
    assert!(last.reviewer.contains("读不出"), "{}", last.reviewer);
}

#[test]
fn a_file_takes_the_place_of_a_sealed_workspace_by_its_keeper() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("workspace");
    let passphrase = PASSPHRASE.to_owned();
    let (station, _) = Station::create_sealed(&place, &PassphraseGiven { passphrase }).unwrap();
    let (name, pin) = ("王".to_owned(), PIN.to_owned());
    station.reviewer_set(ReviewerSet { name, pin }).unwrap();
    let stick = tempfile::tempdir().unwrap();
    let copy = copied(&station, stick.path());
    drop(station);
    fs::remove_file(place.join("zhaoshen.db")).unwrap();
    let told = door::backups(&place).unwrap();
    assert_eq!((told.keepers, told.sealed), (DoorKeepers::Locked, true));
    for key in ["", "不是这一句的口令"] {
        let refused = put(&place, &over_sealed(of_file(&copy), key)).unwrap_err();
        assert_eq!(refused.code, Code::Workspace, "{refused}");
    }
    let by_key = || over_sealed(of_file(&copy), PASSPHRASE);
    assert_eq!(put(&place, &by_key()).unwrap_err().code, Code::SignedOut);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    put(&place, &with_pin(by_key(), PIN)).unwrap();
    // Where nothing is left, nobody is asked.
    fs::remove_dir_all(&place).unwrap();
    assert_eq!(door::backups(&place).unwrap().keepers, DoorKeepers::Nobody);
    put(&place, &of_file(&copy)).unwrap();
}

/// Damages no more than makes it open for nobody: its last page.
fn damage_end(place: &Path) {
    let database = place.join("zhaoshen.db");
    let mut bytes = fs::read(&database).unwrap();
    let end = bytes.len();
    bytes[end - 4_096..].fill(7);
    fs::write(&database, bytes).unwrap();
}

#[test]
fn an_old_backup_makes_nobody_keeper_while_the_people_can_be_read() {
    let office = office();
    let early = back_up(&office.station);
    let keeper = roles(false, false, true);
    let clerk = roles(true, false, false);
    // Nobody had a PIN when the only backup was made; the workspace itself knows better.
    let (name, other) = ("李", "赵");
    assert!(!office.station.app_status(Empty {}).unwrap().seat.has_pin);
    add_person(&office.station, name, keeper).unwrap();
    add_person(&office.station, other, clerk).unwrap();
    let Office { folder, station } = office;
    drop(station);
    let place = folder.path().join("workspace");
    damage_end(&place);
    assert_eq!(Station::open(&place).unwrap_err().code, Code::Damaged);

    let asked = put(&place, &of_name(&early, "")).unwrap_err();
    assert_eq!(asked.code, Code::SignedOut);
    assert!(asked.message.contains(name) && !asked.message.contains(other));
    let told = door::backups(&place).unwrap();
    assert_eq!(told.keepers, DoorKeepers::Named);
    let is_named = |name: &str| told.names.iter().any(|told| told == name);
    assert!(is_named(name) && !is_named(other));
    let wrong = put(&place, &with_pin(of_name(&early, ""), "000000")).unwrap_err();
    assert_eq!(wrong.code, Code::NotAllowed);
    assert_eq!(attempts(&place)["wrong"], 1);
    // As another run finds it after many wrong ones: not even the right one is looked at.
    let at = |minutes| jiff::Timestamp::now() + jiff::SignedDuration::from_mins(minutes);
    set_attempts(&place, 8, at(5));
    let early_pin = with_pin(of_name(&early, ""), PIN);
    let refused = put(&place, &early_pin).unwrap_err();
    assert_eq!(refused.code, Code::NotAllowed);
    assert!(refused.message.contains("5 分钟"), "{refused}");
    set_attempts(&place, 8, at(-1));
    let wrong = put(&place, &with_pin(of_name(&early, ""), "000000")).unwrap_err();
    assert!(wrong.message.contains("6 分钟"), "{wrong}");
    set_attempts(&place, 9, at(-1));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let restored = put(&place, &early_pin).unwrap();
    assert!(!Path::new(&restored.aside).join(ATTEMPTS).exists());
    let last = newest_row(&Station::open(&place).unwrap());
    assert!(last.reviewer.contains("凭口令恢复"), "{}", last.reviewer);
}

#[test]
fn the_recovery_code_restores_a_sealed_backup_and_opens_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("workspace");
    let passphrase = PASSPHRASE.to_owned();
    let (station, shown) = Station::create_sealed(&place, &PassphraseGiven { passphrase }).unwrap();
    let name = "王".to_owned();
    let pin = String::new();
    station.reviewer_set(ReviewerSet { name, pin }).unwrap();
    let stick = tempfile::tempdir().unwrap();
    let copy = copied(&station, stick.path());
    let name = back_up(&station);
    drop(station);
    fs::remove_file(place.join("zhaoshen.db")).unwrap();
    let by_code = DoorCopy {
        file: copy.path.clone(),
        passphrase: shown.code.clone(),
    };
    let told = door::look(&place, &by_code).unwrap_err();
    assert!(told.message.contains("不是工作区的恢复码"), "{told}");
    assert!(
        put(&place, &of_name(&name, &shown.code))
            .unwrap()
            .report
            .sealed
    );
    // Where its passphrase is asked for, the code opens what was restored too, and leaves the passphrase as it was.
    for typed in [&shown.code, PASSPHRASE] {
        let key = key_of(typed);
        Station::unlock(&place, &key).unwrap();
    }
    // A sealed copy in a file is restored by its own passphrase, and what comes of it opened by the code.
    fs::remove_file(place.join("zhaoshen.db")).unwrap();
    put(&place, &over_sealed(of_file(&copy), &shown.code)).unwrap();
    let key = key_of(&shown.code);
    Station::unlock(&place, &key).unwrap();
}
