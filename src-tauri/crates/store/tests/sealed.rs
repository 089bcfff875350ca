//! A sealed workspace: opens with what it should, tells what is wrong, and its backups restore.
#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test may stop at the first surprise"
)]

mod beneath;

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use zhaoshen_store::backup::BACKUP_FOLDER;
use zhaoshen_store::{
    BackupWhy, Backups, DATABASE_FILE, DerivedKind, Error, KEY_FILE, SealFault, Store, Unlock,
    WhoAnswers, WorkspaceKind,
};

const PASSPHRASE: &str = "研究生院的一句口令不外传";
const PHOTO: &[u8] = b"\xff\xd8\xff\xe0 a photo that nobody may find";

fn fault(refused: Result<Store, Error>) -> SealFault {
    match refused.unwrap_err() {
        Error::Seal(fault) => fault,
        other => panic!("{other:?}"),
    }
}

#[test]
fn it_opens_with_its_passphrase_and_its_code_alone() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let (store, code) = Store::create_sealed(dir, PASSPHRASE).unwrap();
    assert!(store.is_sealed());
    let hash = store.put_photo(PHOTO).unwrap();
    store.put_derived(hash, DerivedKind::Thumb, PHOTO).unwrap();
    drop(store);
    assert!(matches!(fault(Store::open(dir)), SealFault::Locked { .. }));
    let wrong = Store::unlock(dir, Unlock::Passphrase("另一句完全不同的口令吧"));
    assert!(matches!(fault(wrong), SealFault::WrongPassphrase));
    let text = code.to_text();
    let mistyped = Store::unlock(dir, Unlock::Recovery(&text[1..]));
    assert!(matches!(fault(mistyped), SealFault::RecoveryMistyped));
    drop(Store::unlock(dir, Unlock::Recovery(&text)).unwrap());
    drop(Store::unlock(dir, Unlock::Passphrase(PASSPHRASE)).unwrap());
    let key = fs::read(dir.join(KEY_FILE)).unwrap();
    fs::write(dir.join(KEY_FILE), &key[..key.len() / 2]).unwrap();
    let damaged = Store::unlock(dir, Unlock::Passphrase(PASSPHRASE));
    assert!(matches!(fault(damaged), SealFault::KeyFileDamaged { .. }));
    fs::remove_file(dir.join(KEY_FILE)).unwrap();
    let missing = fault(Store::open_or_create(dir));
    assert!(matches!(missing, SealFault::KeyFileMissing { .. }));
}

#[test]
fn nothing_is_in_clear_and_a_backup_restores() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("工作区");
    let (store, _) = Store::create_sealed(&dir, PASSPHRASE).unwrap();
    let hash = store.put_photo(PHOTO).unwrap();
    store
        .put_derived(hash, DerivedKind::Preview, PHOTO)
        .unwrap();
    let at = jiff::Timestamp::UNIX_EPOCH;
    let word = "张三丰一〇一";
    store.set_setting("x", &word.into(), "王", at).unwrap();
    let go = AtomicBool::new(false);
    let row = store.back_up(BackupWhy::Asked, at, &go, |_, _| {}).unwrap();
    drop(store);
    let digits = hash.to_string();
    for (path, bytes) in beneath::files(&dir) {
        for told in [word.as_bytes(), &PHOTO[..8], b"SQLite format 3"] {
            assert!(!beneath::holds(&bytes, told), "{path:?}");
        }
        assert!(!path.to_string_lossy().contains(&digits[2..]), "{path:?}");
    }
    let whole = fs::read(dir.join(DATABASE_FILE)).unwrap();
    fs::remove_file(dir.join(DATABASE_FILE)).unwrap();
    let unlocked = || Store::unlock(&dir, Unlock::Passphrase(PASSPHRASE));
    assert!(matches!(
        fault(unlocked()),
        SealFault::DatabaseMissing { .. }
    ));
    assert!(matches!(
        fault(Store::create(&dir)),
        SealFault::DatabaseMissing { .. }
    ));
    fs::write(dir.join(DATABASE_FILE), &whole).unwrap();
    drop(unlocked().unwrap());
    fs::write(dir.join(DATABASE_FILE), b"lost").unwrap();
    fs::remove_file(dir.join(KEY_FILE)).unwrap();
    let backups = Backups::unlock(&dir, Unlock::Passphrase(PASSPHRASE)).unwrap();
    let check = backups.verify(&row.name, &go, |_, _| {}).unwrap();
    assert!(check.is_whole(), "{check:?}");
    let to = folder.path().join("恢复");
    backups.restore(&row.name, &to, &go, |_, _| {}).unwrap();
    let again = Store::unlock(&to, Unlock::Passphrase(PASSPHRASE)).unwrap();
    assert_eq!(again.setting("x").unwrap(), Some(word.into()));
}

#[test]
fn a_key_among_the_backups_of_a_plain_workspace_speaks_for_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (plain, other) = (folder.path().join("一"), folder.path().join("二"));
    let (at, go) = (jiff::Timestamp::UNIX_EPOCH, AtomicBool::new(false));
    let store = Store::create(&plain).unwrap();
    let wang = store.add_first_person(("王", None), at).unwrap();
    store.set_pin(wang, Some("739154"), "王", at).unwrap();
    drop(store);
    // In the other one, whose passphrase is known, nobody has a PIN.
    let (store, _) = Store::create_sealed(&other, PASSPHRASE).unwrap();
    store.add_first_person(("张", None), at).unwrap();
    let row = store.back_up(BackupWhy::Asked, at, &go, |_, _| {}).unwrap();
    let backup = |dir: &Path| dir.join(BACKUP_FOLDER).join(&row.name);
    fs::create_dir_all(backup(&plain)).unwrap();
    for entry in fs::read_dir(backup(&other)).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), backup(&plain).join(entry.file_name())).unwrap();
    }
    let backups = Backups::of(&plain);
    assert_eq!(backups.list().unwrap().len(), 1);
    assert!(!backups.has_key() && !backups.are_sealed());
    assert!(matches!(backups.who_answers(), WhoAnswers::Keepers(_)));
    let unlocked = Backups::unlock(&plain, Unlock::Passphrase(PASSPHRASE));
    let refused = unlocked.unwrap_err();
    assert!(
        matches!(refused, Error::Seal(SealFault::KeyFileMissing { .. })),
        "{refused:?}"
    );
}

#[test]
fn one_that_was_being_made_can_be_made_again_and_a_key_of_another_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (folder.path().join("一"), folder.path().join("二"));
    drop(Store::create_sealed(&one, PASSPHRASE).unwrap());
    // Killed between the key file and the database.
    fs::create_dir(&other).unwrap();
    fs::copy(one.join(KEY_FILE), other.join(KEY_FILE)).unwrap();
    assert_eq!(Store::kind_of(&other).unwrap(), WorkspaceKind::Nothing);
    drop(Store::create_sealed(&other, PASSPHRASE).unwrap());
    assert_eq!(Store::kind_of(&other).unwrap(), WorkspaceKind::Sealed);
    fs::copy(one.join(KEY_FILE), other.join(KEY_FILE)).unwrap();
    let swapped = Store::unlock(&other, Unlock::Passphrase(PASSPHRASE));
    assert!(matches!(fault(swapped), SealFault::OtherKey));
}

#[test]
fn a_hostile_key_file_is_damaged_whatever_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    drop(Store::create_sealed(dir, PASSPHRASE).unwrap());
    let path = dir.join(KEY_FILE);
    let whole = fs::read_to_string(&path).unwrap();
    let newer = whole.replace("zhaoshen-key-1", "zhaoshen-key-2");
    // More memory than a computer has, and everything that is no such JSON.
    let greedy = whole.replace("65536", "4294967295");
    assert!(newer != whole && greedy != whole);
    let long = "1".repeat(1 << 20);
    let deep = "[".repeat(60_000);
    for hostile in ["", "{}", "null", &greedy, &whole[1..], &long, &deep] {
        fs::write(&path, hostile).unwrap();
        let refused = fault(Store::unlock(dir, Unlock::Passphrase(PASSPHRASE)));
        assert!(
            matches!(refused, SealFault::KeyFileDamaged { .. }),
            "{refused:?}"
        );
    }
    fs::write(&path, newer).unwrap();
    let refused = fault(Store::unlock(dir, Unlock::Passphrase(PASSPHRASE)));
    assert!(
        matches!(refused, SealFault::KeyFileNewer { .. }),
        "{refused:?}"
    );
    fs::write(&path, whole).unwrap();
    drop(Store::unlock(dir, Unlock::Passphrase(PASSPHRASE)).unwrap());
}
