//! Backups in one file, and workspaces made of one, killed while they are written: whatever lies outside afterwards is in the
//! log or told of until somebody saw to it, and no file whose passphrase nobody was shown counts as a backup.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[allow(
    dead_code,
    reason = "of its instants, some are for what has names last"
)]
mod killed;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use killed::{IN_IT, Round, Seen, Writes};
use zhaoshen_killing::{Instants, rounds};
use zhaoshen_station::backup::door;
use zhaoshen_station::wire::{
    BackupCopy, BackupDismiss, DoorRestore, Empty, RoundClose, RoundRef, UnfinishedCard,
};
use zhaoshen_station::{Progress, Station};
use zhaoshen_store::{Act, LogFilter, LogRow, Store};
use zhaoshen_suite::example::TakenIn;

/// Files and folders in `folder`, by their whole paths.
fn inside(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

fn unfinished(station: &Station) -> Vec<UnfinishedCard> {
    station.backup_list(Empty {}).unwrap().unfinished
}

/// Where the log says that such things were written.
fn logged(workspace: &Path, act: Act) -> Vec<String> {
    let store = Store::open(workspace).unwrap();
    let filter = LogFilter {
        what: Some(act),
        ..LogFilter::default()
    };
    let target = |row: LogRow| {
        let after = row.after.unwrap();
        after["target"].as_str().unwrap().to_owned()
    };
    let rows = store.log(&filter, 0, 1000).unwrap();
    rows.into_iter().map(target).collect()
}

/// What lies in the folder is in the log, or one card tells of it, which goes when somebody saw to it; whether one does.
fn is_told(round: &Round, target: &Path, act: Act) -> bool {
    let station = Station::open(&round.workspace()).unwrap();
    let cards = unfinished(&station);
    let alarm = station.app_status(Empty {}).unwrap().alarm;
    assert_eq!(cards.is_empty(), alarm.is_empty(), "{alarm}");
    let ending = station.ending_show(RoundRef { round: round.id }).unwrap();
    let here = |path: &str| Path::new(path).starts_with(target);
    let told: Vec<_> = cards.iter().filter(|card| here(&card.folder)).collect();
    for card in &told {
        assert!(ending.outside.iter().any(|line| line.path == card.folder));
        let left = station.backup_dismiss(BackupDismiss { id: card.id });
        assert!(
            !left
                .unwrap()
                .unfinished
                .iter()
                .any(|other| other.id == card.id)
        );
    }
    let is_told = !told.is_empty();
    drop(station);
    let is_logged = logged(&round.workspace(), act)
        .iter()
        .any(|path| here(path));
    let lies = !inside(target).is_empty();
    assert!(
        !lies || is_told || is_logged,
        "told nowhere: {:?}",
        inside(target)
    );
    is_told
}

#[test]
fn of_a_killed_copy_and_a_killed_restoring_it_is_told() {
    const NAME: &str = "of_a_killed_copy_and_a_killed_restoring_it_is_told";
    let round = Round::new(NAME, Writes::Copy);
    round.deliver(&round.beside("恢复"), Writes::Restore);
    // What lies outside is listed of a closed round.
    let station = Station::open(&round.workspace()).unwrap();
    let reason = "随下一批采集".to_owned();
    let close = RoundClose {
        round: round.id,
        reason,
    };
    station.round_close(close).unwrap();
    drop(station);
    let (mut told, mut instants) = ([0, 0], Instants::of(17));
    for time in 0..rounds(12) {
        let target = round.beside(&format!("U盘{time}"));
        let at = usize::from(time % 2 == 1);
        let (what, act) = [
            (Writes::Copy, Act::CopiedOut),
            (Writes::Restore, Act::Restored),
        ][at];
        let (seen, span) = match time / 2 % 3 {
            0 => (Seen::Begun, round.took),
            1 => (Seen::Written, IN_IT),
            _ => (Seen::Written, round.took / 2),
        };
        round.kill(&target, what, (&seen, instants.within(span)));
        told[at] += u32::from(is_told(&round, &target, act));
    }
    assert!(told.iter().all(|told| *told > 0), "{told:?}");
}

/// The job is over and nobody asked what it brought: the program was ended before the passphrase was on the screen.
#[test]
fn a_copy_whose_passphrase_nobody_was_shown_is_told_until_it_is_gone() {
    let TakenIn {
        station, folder, ..
    } = TakenIn::of(6).unwrap();
    let workspace = folder.path().join("workspace");
    let stick = folder.path().join("U盘");
    fs::create_dir(&stick).unwrap();
    let start = |station: &Station| {
        let folder = stick.display().to_string();
        station.backup_copy(BackupCopy { folder }).unwrap()
    };
    let is_zip = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "zip");
    let _ = start(&station);
    let began = Instant::now();
    while !inside(&stick).iter().any(is_zip) {
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "nothing was written"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
    drop(station);
    let copy = inside(&stick).remove(0);
    assert_eq!(
        logged(&workspace, Act::CopiedOut),
        [copy.display().to_string()]
    );

    let station = Station::open(&workspace).unwrap();
    let [card] = <[_; 1]>::try_from(unfinished(&station)).unwrap();
    assert!(card.text.contains("口令没有显示过"), "{}", card.text);
    assert_eq!(Path::new(&card.folder), copy);
    let alarm = |station: &Station| station.app_status(Empty {}).unwrap().alarm;
    assert!(
        alarm(&station).contains("备份与加密"),
        "{}",
        alarm(&station)
    );
    fs::remove_file(&copy).unwrap();
    // Made anew, and shown: there is nothing to be told of any more.
    let _ = station.job_wait(start(&station)).unwrap();
    assert_eq!(unfinished(&station).len(), 0);
    assert_eq!(alarm(&station), "");
    drop(station);
    let station = Station::open(&workspace).unwrap();
    assert_eq!(unfinished(&station).len(), 0);
    assert_eq!(inside(&stick).len(), 1);
}

/// A restoring at the door that was killed before it took the place: whole or not, no log has it.
#[test]
fn what_lies_beside_of_a_killed_restoring_is_told_at_the_door_and_afterwards() {
    let TakenIn {
        station, folder, ..
    } = TakenIn::of(6).unwrap();
    let _ = station.job_wait(station.backup_now(Empty {}).unwrap());
    let name = station.backup_list(Empty {}).unwrap().backups[0]
        .name
        .clone();
    drop(station);
    let place = folder.path().join("workspace");
    fs::write(place.join("zhaoshen.db"), "damaged").unwrap();
    assert!(door::backups(&place).unwrap().beside.is_empty());
    let left = folder.path().join("照审台工作区-恢复自2026-11-30_080000");
    fs::create_dir_all(left.join("photos")).unwrap();
    let left = left.display().to_string();
    assert_eq!(door::backups(&place).unwrap().beside, [left.as_str()]);
    let restore = DoorRestore {
        name,
        file: String::new(),
        passphrase: String::new(),
        pin: String::new(),
        workspace: String::new(),
        unread: false,
    };
    door::put_in_place(&place, &restore, None, &Progress::default()).unwrap();

    let station = Station::open(&place).unwrap();
    let told = unfinished(&station);
    let folders: Vec<&str> = told.iter().map(|card| card.folder.as_str()).collect();
    assert_eq!(folders, [left.as_str()]);
    let alarm = |station: &Station| station.app_status(Empty {}).unwrap().alarm;
    assert!(!alarm(&station).is_empty());
    drop(station);
    fs::remove_dir_all(&left).unwrap();
    let station = Station::open(&place).unwrap();
    assert_eq!(unfinished(&station).len(), 0);
    assert_eq!(alarm(&station), "");
}
