//! A sealed workspace: opens with what it should, tells what is wrong, and its backups restore.
#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test may stop at the first surprise"
)]

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use zhaoshen_store::{
    BackupWhy, Backups, DATABASE_FILE, DerivedKind, Error, KEY_FILE, SealFault, Store, Unlock,
};

const PASSPHRASE: &str = "研究生院的一句口令不外传";
const PHOTO: &[u8] = b"\xff\xd8\xff\xe0 a photo that nobody may find";

fn fault(refused: Result<Store, Error>) -> SealFault {
    match refused.unwrap_err() {
        Error::Seal(fault) => fault,
        other => panic!("{other:?}"),
    }
}

fn every_file(folder: &Path, take: &mut impl FnMut(&Path)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            every_file(&path, take);
        } else {
            take(&path);
        }
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
    every_file(&dir, &mut |path| {
        let bytes = fs::read(path).unwrap();
        let has = |what: &[u8]| bytes.windows(what.len()).any(|part| part == what);
        assert!(!has(word.as_bytes()) && !has(&PHOTO[..8]), "{path:?}");
        assert!(!has(b"SQLite format 3"), "{path:?}");
        assert!(!path.to_string_lossy().contains(&digits[2..]), "{path:?}");
    });
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
