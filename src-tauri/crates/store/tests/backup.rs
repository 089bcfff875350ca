//! Backups: made while people work, kept for a while, verified, and restored to what was there.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::thread;

use desk::{Desk, approve, at};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tempfile::tempdir;
use zhaoshen_model::PhotoHash;
use zhaoshen_store::{
    BackupNote, BackupRow, BackupWhy, Backups, DATABASE_FILE, Error, LogFilter, Store,
};

/// Never set: what goes on goes on.
static GO: AtomicBool = AtomicBool::new(false);

/// A workspace with three students, three photos and a decision on each.
fn worked() -> Desk {
    let desk = Desk::new();
    for (student, n) in desk.roster(&["1", "2", "3"]).into_iter().zip(1_u8..) {
        let photo = desk.hand_in(student, &[n]);
        desk.store
            .decide(photo, &approve("王"), None, at(1))
            .unwrap();
    }
    desk
}

fn back_up(store: &Store, second: i64) -> BackupRow {
    store
        .back_up(BackupWhy::Asked, at(second), &GO, |_, _| {})
        .unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn students_who_are_on_no_roster_any_more_are_not_counted() {
    let desk = Desk::new();
    desk.roster(&["1", "2"]);
    desk.roster(&["3"]);
    let undone = desk.store.undo(desk.round, "王", at(2)).unwrap();
    assert!(undone.is_some());
    assert_eq!(desk.store.health().unwrap().listed, 2);
    let row = back_up(&desk.store, 10);
    assert_eq!((row.note.students, row.note.on_rosters()), (3, 2));
    let target = tempdir().unwrap();
    let backups = desk.store.backups();
    let restored = backups.restore(&row.name, &target.path().join("恢复"), &GO, |_, _| {});
    let restored = restored.unwrap();
    assert_eq!((restored.students, restored.listed), (3, 2));
    // The note of an earlier version has one number.
    let mut note = serde_json::to_value(&row.note).unwrap();
    note.as_object_mut().unwrap().remove("listed");
    let note = BackupNote::from_json(note.to_string().as_bytes()).unwrap();
    assert_eq!(note.on_rosters(), 3);
}

#[test]
fn a_restored_workspace_is_the_one_that_was_backed_up() {
    let desk = worked();
    let store = &desk.store;
    let log = store.log(&LogFilter::default(), 0, 100).unwrap();
    let (counts, head) = (
        store.round_counts(desk.round).unwrap(),
        store.log_head().unwrap().unwrap(),
    );
    let row = back_up(store, 10);
    assert_eq!(
        (row.note.photos, row.note.students, row.note.missing),
        (3, 3, 0)
    );
    assert_eq!(row.note.log_head(), Some(head));
    let verified = store.backups().verify(&row.name, &GO, |_, _| {}).unwrap();
    assert!(verified.is_whole() && verified.photos == 3, "{verified:?}");

    // What happens afterwards is not in it, and the damaged workspace need not be opened.
    store.set_setting("x", &json!(1), "赵", at(11)).unwrap();
    let photos: Vec<_> = store.submissions(desk.round).unwrap();
    let folder = desk.close();
    fs::write(folder.path().join(DATABASE_FILE), b"damaged").unwrap();
    let target = tempdir().unwrap();
    let to = target.path().join("恢复");
    let backups = Backups::of(folder.path());
    let mut told = Vec::new();
    let restored = backups
        .restore(&row.name, &to, &GO, |done, of| told.push((done, of)))
        .unwrap();
    assert_eq!(told, [(1, 3), (2, 3), (3, 3)]);
    assert_eq!(
        (restored.rounds, restored.students, restored.photos),
        (1, 3, 3)
    );
    assert_eq!((restored.log_last, restored.missing.len()), (head.last, 0));
    let again = Store::open(&to).unwrap();
    assert_eq!(again.log(&LogFilter::default(), 0, 100).unwrap(), log);
    assert_eq!(again.log_head().unwrap(), Some(head));
    assert_eq!(again.round_counts(photos[0].round).unwrap(), counts);
    for row in &photos {
        again.read_photo(row.photo).unwrap();
    }
    let refused = backups.restore(&row.name, &to, &GO, |_, _| {}).unwrap_err();
    assert!(matches!(refused, Error::NotEmpty { .. }), "{refused:?}");
}

#[test]
fn a_backup_is_of_one_instant_while_people_work() {
    let desk = worked();
    thread::scope(|scope| {
        let writing = scope.spawn(|| {
            for second in 20..80 {
                desk.store
                    .set_setting("x", &json!(second), "赵", at(second))
                    .unwrap();
            }
        });
        // Each at a time of its own: of those of one instant no more than a few are kept.
        for second in (30..).take_while(|_| !writing.is_finished()) {
            let row = back_up(&desk.store, second);
            let verified = desk
                .store
                .backups()
                .verify(&row.name, &GO, |_, _| {})
                .unwrap();
            assert!(verified.is_whole(), "{verified:?}");
        }
    });
}

#[test]
fn damage_to_a_backup_is_found_and_not_restored_unnoticed() {
    let desk = worked();
    let row = back_up(&desk.store, 10);
    let backups = desk.store.backups();
    let photo = backups.photos(&row.name).unwrap()[0];
    // A link of the original: another file is put in its place, so that the original stays.
    fs::remove_file(backups.photo(photo)).unwrap();
    fs::write(backups.photo(photo), b"other bytes").unwrap();
    let verified = backups.verify(&row.name, &GO, |_, _| {}).unwrap();
    assert_eq!(verified.damaged, [photo]);
    assert!(verified.database && verified.log && verified.photos == 2);
    let target = tempdir().unwrap();
    let restored = backups
        .restore(&row.name, &target.path().join("a"), &GO, |_, _| {})
        .unwrap();
    assert_eq!(
        (restored.photos, restored.missing.clone()),
        (2, vec![photo])
    );

    let database = backups.database(&row.name);
    let mut bytes = fs::read(&database).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&database, bytes).unwrap();
    let verified = backups.verify(&row.name, &GO, |_, _| {}).unwrap();
    assert!(!verified.database);
    let to = target.path().join("b");
    let refused = backups.restore(&row.name, &to, &GO, |_, _| {}).unwrap_err();
    assert!(
        matches!(refused, Error::BackupDamaged | Error::Corrupt { .. }),
        "{refused:?}"
    );
    assert!(
        !to.join(DATABASE_FILE).exists(),
        "no half workspace is left to be opened"
    );
    let unknown = backups.get("2020-01-01_000000").unwrap_err();
    assert!(
        matches!(unknown, Error::BackupUnknown { .. }),
        "{unknown:?}"
    );
}

#[test]
fn an_original_that_was_mended_is_mended_among_the_backups() {
    let desk = worked();
    let store = &desk.store;
    back_up(store, 10);
    let backups = store.backups();
    let hash = store.submissions(desk.round).unwrap()[0].photo;
    let (shard, rest) = (hash.to_string(), hash.to_string());
    let original = desk.path().join("photos").join(shard.get(..2).unwrap());
    let original = original.join(rest.get(2..).unwrap());
    let bytes = fs::read(&original).unwrap();
    // One file under two names: both are damaged, and too long.
    fs::write(&original, b"other bytes").unwrap();
    assert_eq!(back_up(store, 11).note.damaged, 1);
    // Imported again it is another file.
    store.put_photo(&bytes).unwrap();
    let row = back_up(store, 12);
    assert_eq!((row.note.damaged, row.note.missing), (0, 0));
    assert_eq!(fs::read(backups.photo(hash)).unwrap(), bytes);
    let verified = backups.verify(&row.name, &GO, |_, _| {}).unwrap();
    assert!(verified.is_whole(), "{verified:?}");
    // A damaged copy of a sound original is replaced, and a sound copy of a damaged original stays.
    fs::remove_file(backups.photo(hash)).unwrap();
    fs::write(backups.photo(hash), b"x").unwrap();
    assert_eq!(back_up(store, 13).note.damaged, 0);
    assert_eq!(fs::read(backups.photo(hash)).unwrap(), bytes);
    fs::remove_file(&original).unwrap();
    fs::write(&original, b"y").unwrap();
    assert_eq!(back_up(store, 14).note.damaged, 0);
    assert_eq!(fs::read(backups.photo(hash)).unwrap(), bytes);
}

#[test]
fn a_backup_of_a_time_to_come_stays_newest_and_costs_others_their_place_no_longer() {
    let desk = worked();
    let store = &desk.store;
    back_up(store, 10);
    let ahead = Timestamp::now() + SignedDuration::from_hours(1000 * 24);
    let ahead = store
        .back_up(BackupWhy::Daily, ahead, &GO, |_, _| {})
        .unwrap();
    let backups = store.backups();
    let first = |backups: &Backups| backups.list().unwrap()[0].name.clone();
    assert_eq!(first(&backups), ahead.name, "it was made after the other");
    for (second, value) in [(20, 1), (21, 2), (22, 3)] {
        let by = "赵";
        store
            .set_setting("x", &json!(value), by, at(second))
            .unwrap();
        let made = back_up(store, second);
        assert_eq!(first(&backups), made.name);
    }
    // The newest three of a day, and what is older goes, whatever time it says it is of.
    let names: Vec<String> = backups
        .list()
        .unwrap()
        .into_iter()
        .map(|row| row.name)
        .collect();
    assert!(
        names.len() == 3 && !names.contains(&ahead.name),
        "{names:?}"
    );
}

#[test]
fn old_backups_go_and_originals_that_are_still_named_stay() {
    let desk = worked();
    let day = 24 * 3600;
    for days in 0..30 {
        back_up(&desk.store, days * day);
    }
    let backups = desk.store.backups();
    let rows = backups.list().unwrap();
    assert!(rows.len() <= 11 && rows.len() >= 9, "{}", rows.len());
    assert_eq!(rows[0].note.made_at, at(29 * day));
    assert_eq!(backups.photos(&rows[0].name).unwrap().len(), 3);
    for row in &rows {
        assert!(
            backups
                .verify(&row.name, &GO, |_, _| {})
                .unwrap()
                .is_whole()
        );
    }
    // Two at the same second are two.
    assert_ne!(
        back_up(&desk.store, 40 * day).name,
        back_up(&desk.store, 40 * day).name
    );
}

#[test]
fn one_that_was_stopped_or_killed_is_no_backup() {
    let desk = worked();
    let stop = AtomicBool::new(true);
    let stopped = desk
        .store
        .back_up(BackupWhy::Daily, at(1), &stop, |_, _| {})
        .unwrap_err();
    assert!(matches!(stopped, Error::Stopped), "{stopped:?}");
    let backups = desk.store.backups();
    assert_eq!(backups.list().unwrap(), []);
    let killed = backups.folder().join("2026-01-01_000000.part");
    fs::create_dir(&killed).unwrap();
    fs::write(killed.join("backup.json"), "{}").unwrap();
    let noise = backups.folder().join("说明.txt");
    fs::write(&noise, "别人的文件").unwrap();
    let row = back_up(&desk.store, 2);
    assert!(!killed.exists() && noise.exists());
    assert_eq!(
        names(backups.folder()),
        [row.name.as_str(), "photos", "说明.txt"]
    );
}

#[test]
fn an_original_that_is_missing_is_counted_and_the_rest_is_backed_up() {
    let desk = worked();
    let row = back_up(&desk.store, 1);
    let lost = desk.store.backups().photos(&row.name).unwrap()[0];
    drop(row);
    let digits = lost.to_string();
    let (shard, rest) = digits.split_at(2);
    let original = desk.path().join("photos").join(shard).join(rest);
    fs::remove_file(&original).unwrap();
    let row = back_up(&desk.store, 2);
    assert_eq!(row.note.missing, 0, "the backups still have it");
    fs::remove_file(desk.store.backups().photo(lost)).unwrap();
    let row = back_up(&desk.store, 3);
    assert_eq!((row.note.missing, row.note.photos), (1, 3));
}

#[test]
#[cfg(unix)]
fn a_folder_that_takes_no_file_is_told_and_the_workspace_goes_on() {
    use std::os::unix::fs::PermissionsExt;
    let desk = worked();
    let folder = desk.store.backups().folder().to_owned();
    fs::write(&folder, "not a folder").unwrap();
    let refused = desk
        .store
        .back_up(BackupWhy::Daily, at(1), &GO, |_, _| {})
        .unwrap_err();
    assert!(matches!(refused, Error::Io { .. }), "{refused:?}");
    fs::remove_file(&folder).unwrap();
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    let made = desk.store.back_up(BackupWhy::Daily, at(1), &GO, |_, _| {});
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    // The superuser writes anywhere.
    assert!(matches!(made, Ok(_) | Err(Error::ReadOnly)), "{made:?}");
    desk.store.set_setting("x", &json!(1), "赵", at(2)).unwrap();
}

/// Overwrites an original in place with as many other bytes, last changed at `at`.
fn spoil(desk: &Desk, photo: PhotoHash, at: Timestamp) {
    let digits = photo.to_string();
    let (shard, rest) = digits.split_at(2);
    let original = desk.path().join("photos").join(shard).join(rest);
    let length = fs::metadata(&original).unwrap().len();
    fs::write(&original, vec![b'x'; usize::try_from(length).unwrap()]).unwrap();
    let file = fs::File::options().write(true).open(&original).unwrap();
    file.set_modified(at.into()).unwrap();
}

#[test]
#[cfg(unix)]
fn an_original_that_was_changed_in_place_is_told_until_it_is_mended() {
    let desk = worked();
    let photo = desk.store.submissions(desk.round).unwrap()[0].photo;
    let (bytes, now) = (desk.store.read_photo(photo).unwrap(), Timestamp::now());
    let back_up = |hours: i64| {
        let at = now + SignedDuration::from_hours(hours);
        let row = desk.store.back_up(BackupWhy::Asked, at, &GO, |_, _| {});
        row.unwrap().note
    };
    assert_eq!(back_up(-3).damaged, 0);
    spoil(&desk, photo, now - SignedDuration::from_hours(2));
    let note = back_up(-1);
    assert_eq!(
        (note.damaged, note.damaged_files),
        (1, vec![photo.to_string()])
    );
    // It was not written to since, and is read all the same.
    assert_eq!(back_up(0).damaged, 1);
    desk.store.put_photo(&bytes).unwrap();
    let note = back_up(1);
    assert_eq!((note.damaged, note.damaged_files.len()), (0, 0));
}

#[test]
#[cfg(unix)]
fn an_original_that_decayed_unnoticed_is_found_within_some_weeks() {
    let desk = worked();
    let photo = desk.store.submissions(desk.round).unwrap()[0].photo;
    let day = 24 * 3600;
    back_up(&desk.store, 0);
    spoil(&desk, photo, at(-day));
    // On the days of a week on which somebody works: Monday to Friday.
    let days = (1..=64).filter(|day| day % 7 < 5);
    let told: Vec<u64> = days
        .map(|days| back_up(&desk.store, days * day).note.damaged)
        .collect();
    let found = told.iter().position(|damaged| *damaged == 1).unwrap();
    assert!(told[..found].iter().all(|damaged| *damaged == 0));
    assert!(
        told[found..].iter().all(|damaged| *damaged == 1),
        "{told:?}"
    );
}
