//! A restored workspace takes the place of one that does not open, and a kill in between is ended.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use desk::{Desk, at};
use zhaoshen_store::{BackupWhy, Backups, DATABASE_FILE, Error, Store, WorkspaceKind};

/// A folder with a damaged workspace, one restored of its backup, and a name that is free.
struct Beside {
    _folder: tempfile::TempDir,
    place: PathBuf,
    restored: PathBuf,
    aside: PathBuf,
}

fn beside() -> Beside {
    let folder = tempfile::tempdir().unwrap();
    let [place, restored, aside] =
        ["工作区", "恢复", "打不开"].map(|name| folder.path().join(name));
    let desk = Desk::new();
    let student = desk.roster(&["1"])[0];
    desk.hand_in(student, &[1]);
    let never = AtomicBool::new(false);
    let row = desk
        .store
        .back_up(BackupWhy::Asked, at(9), &never, |_, _| {});
    let name = row.unwrap().name;
    let from = desk.close();
    copy(from.path(), &place);
    Backups::of(&place)
        .restore(&name, &restored, &never, |_, _| {})
        .unwrap();
    fs::write(place.join(DATABASE_FILE), b"damaged").unwrap();
    Beside {
        _folder: folder,
        place,
        restored,
        aside,
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        match entry.path().is_dir() {
            true => copy(&entry.path(), &to.join(entry.file_name())),
            false => fs::copy(entry.path(), to.join(entry.file_name()))
                .map(|_| ())
                .unwrap(),
        }
    }
}

#[test]
fn what_does_not_open_stays_beside_what_takes_its_place() {
    let Beside {
        _folder,
        place,
        restored,
        aside,
    } = beside();
    let fault = Store::fault_of(&place).unwrap().unwrap();
    assert!(fault.is_damage(), "{fault:?}");
    assert!(Store::replace(&place, &restored, &aside).unwrap());
    assert!(!restored.exists());
    assert_eq!(fs::read(aside.join(DATABASE_FILE)).unwrap(), b"damaged");
    assert_eq!(Backups::of(&aside).list().unwrap().len(), 1);
    assert!(Store::fault_of(&place).unwrap().is_none());
    let store = Store::open(&place).unwrap();
    assert_eq!(store.rounds().unwrap()[0].counts.submitted, 1);
}

#[test]
fn a_place_with_nothing_in_it_leaves_nothing_aside() {
    for is_there in [false, true] {
        let Beside {
            _folder,
            place,
            restored,
            aside,
        } = beside();
        fs::remove_dir_all(&place).unwrap();
        if is_there {
            fs::create_dir(&place).unwrap();
        }
        assert!(!Store::replace(&place, &restored, &aside).unwrap());
        assert!(!aside.exists());
        Store::open(&place).unwrap();
    }
}

#[test]
fn what_was_killed_between_the_two_renames_is_ended() {
    let Beside {
        _folder,
        place,
        restored,
        aside,
    } = beside();
    // As the program leaves it: the mark is written first, and what does not open is moved.
    fs::write(restored.join("取代"), "工作区").unwrap();
    assert_eq!(Store::kind_of(&place).unwrap(), WorkspaceKind::Plain);
    assert!(restored.exists(), "nothing takes a place that is taken");
    fs::rename(&place, &aside).unwrap();
    assert_eq!(
        Store::kind_of(&place.with_file_name("别的")).unwrap(),
        WorkspaceKind::Nothing,
        "it is for another place"
    );
    assert_eq!(Store::kind_of(&place).unwrap(), WorkspaceKind::Plain);
    assert!(!restored.exists() && !place.join("取代").exists());
    let store = Store::open(&place).unwrap();
    assert_eq!(store.rounds().unwrap()[0].counts.submitted, 1);
}

#[test]
fn a_workspace_that_is_in_use_keeps_its_place() {
    let Beside {
        _folder,
        place,
        restored,
        aside,
    } = beside();
    fs::remove_dir_all(&place).unwrap();
    let open = Store::create(&place).unwrap();
    let refused = Store::replace(&place, &restored, &aside).unwrap_err();
    assert!(matches!(refused, Error::InUse { .. }), "{refused:?}");
    drop(open);
    assert!(restored.is_dir() && !restored.join("取代").exists());
    Store::open(&place).unwrap();
}
