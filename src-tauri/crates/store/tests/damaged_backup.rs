//! A backup that cannot be looked into: named, and no reason for anything else to fail or to go.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use desk::{Desk, at};
use zhaoshen_model::PhotoHash;
use zhaoshen_store::backup::NOTE_FILE;
use zhaoshen_store::{BackupRow, BackupWhy, DATABASE_FILE, Store};

/// Never set: what goes on goes on.
static GO: AtomicBool = AtomicBool::new(false);

/// A workspace with three students and three photos.
fn worked() -> Desk {
    let desk = Desk::new();
    for (student, n) in desk.roster(&["1", "2", "3"]).into_iter().zip(1_u8..) {
        desk.hand_in(student, &[n]);
    }
    desk
}

fn back_up(store: &Store, second: i64) -> BackupRow {
    store
        .back_up(BackupWhy::Asked, at(second), &GO, |_, _| {})
        .unwrap()
}

#[test]
fn a_damaged_old_backup_costs_nothing_but_itself() {
    type Damage = fn(&Path);
    let damages: [(&str, Damage); 5] = [
        ("other bytes", |folder| {
            let database = folder.join(DATABASE_FILE);
            let length = fs::metadata(&database).unwrap().len();
            let garbage = vec![0xA5; usize::try_from(length).unwrap()];
            fs::write(&database, garbage).unwrap();
        }),
        ("nothing in it", |folder| {
            fs::write(folder.join(DATABASE_FILE), b"").unwrap();
        }),
        ("no database", |folder| {
            fs::remove_file(folder.join(DATABASE_FILE)).unwrap();
        }),
        ("a note that is none", |folder| {
            fs::write(folder.join(NOTE_FILE), b"{").unwrap();
        }),
        ("a note without end", |folder| {
            let note = fs::read(folder.join(NOTE_FILE)).unwrap();
            fs::write(
                folder.join(NOTE_FILE),
                [vec![b' '; 64 << 10], note].concat(),
            )
            .unwrap();
        }),
    ];
    for (case, damage) in damages {
        let desk = worked();
        let old = back_up(&desk.store, 10);
        let backups = desk.store.backups();
        assert_eq!(
            backups.unreadable().unwrap(),
            Vec::<String>::new(),
            "{case}"
        );
        let photos = backups.photos(&old.name).unwrap();
        // What only the damaged one may name.
        let alone = PhotoHash([7; 32]);
        let file = backups.photo(alone);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, b"an original").unwrap();
        damage(&backups.folder().join(&old.name));
        let made = back_up(&desk.store, 20);
        assert!(
            backups
                .verify(&made.name, &GO, |_, _| {})
                .unwrap()
                .is_whole(),
            "{case}"
        );
        assert!(backups.entries(&made.name).is_ok(), "{case}");
        assert_eq!(backups.unreadable().unwrap(), [old.name.as_str()], "{case}");
        assert!(
            file.exists() && photos.iter().all(|photo| backups.photo(*photo).exists()),
            "{case}"
        );
        let desk = desk.reopen();
        // Once it is gone, what none names goes.
        fs::remove_dir_all(backups.folder().join(&old.name)).unwrap();
        back_up(&desk.store, 30);
        assert!(
            !file.exists() && photos.iter().all(|photo| backups.photo(*photo).exists()),
            "{case}"
        );
    }
}
