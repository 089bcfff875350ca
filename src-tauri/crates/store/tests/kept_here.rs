//! A sealed workspace that one computer's keychain opens: with what was drawn for it and with nothing else, until the
//! passphrase changes or it is taken back.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use jiff::Timestamp;
use zhaoshen_store::{Act, Error, HereSecret, KEY_FILE, LogFilter, SealFault, Store, Unlock};

const PASSPHRASE: &str = "九月的照片都收在这里";
const BY: (&str, Timestamp) = ("工作区口令", Timestamp::UNIX_EPOCH);

/// A sealed workspace that is kept here, closed, and what the keychain has.
fn kept(dir: &Path) -> HereSecret {
    let (store, _code) = Store::create_sealed(dir, PASSPHRASE).unwrap();
    let secret = HereSecret::draw().unwrap();
    store
        .keep_here(Unlock::Passphrase(PASSPHRASE), &secret, BY)
        .unwrap();
    secret
}

fn is_refused(opened: Result<Store, Error>) -> bool {
    matches!(opened.err(), Some(Error::Seal(SealFault::NotKeptHere)))
}

#[test]
fn what_was_drawn_opens_it_and_nothing_else_does() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let secret = kept(dir);
    assert!(Store::is_kept_here(dir));
    assert!(Store::unlock_here(dir, &secret).unwrap().is_sealed());
    assert!(is_refused(Store::unlock_here(
        dir,
        &HereSecret::draw().unwrap()
    )));
    assert!(HereSecret::of(secret.bytes()).is_some() && HereSecret::of(b"short").is_none());
    let store = Store::unlock(dir, Unlock::Passphrase(PASSPHRASE)).unwrap();
    let log = store.log(&LogFilter::default(), 0, 5).unwrap();
    assert_eq!(log[0].what, Act::KeyKeptHere);
}

#[test]
fn a_wrong_passphrase_keeps_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _code) = Store::create_sealed(folder.path(), PASSPHRASE).unwrap();
    let secret = HereSecret::draw().unwrap();
    let kept = store.keep_here(Unlock::Passphrase("别的口令也够十个字长"), &secret, BY);
    assert!(matches!(kept, Err(Error::Seal(SealFault::WrongPassphrase))));
    assert!(!Store::is_kept_here(folder.path()));
    assert_eq!(store.log(&LogFilter::default(), 0, 5).unwrap().len(), 0);
}

#[test]
fn another_passphrase_or_a_word_ends_it() {
    for changed in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path();
        let secret = kept(dir);
        let store = Store::unlock(dir, Unlock::Passphrase(PASSPHRASE)).unwrap();
        if changed {
            let with = Unlock::Passphrase(PASSPHRASE);
            store
                .change_passphrase(with, "十月起换成了这一句话", BY)
                .unwrap();
        } else {
            assert!(store.forget_here(BY).unwrap());
            assert!(!store.forget_here(BY).unwrap());
            let log = store.log(&LogFilter::default(), 0, 5).unwrap();
            assert_eq!(log[0].what, Act::KeyForgottenHere);
        }
        drop(store);
        assert!(!Store::is_kept_here(dir));
        assert!(is_refused(Store::unlock_here(dir, &secret)));
    }
}

#[test]
fn a_file_of_another_key_or_a_damaged_one_leaves_the_passphrase() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let secret = kept(one.path());
    kept(other.path());
    let file = |dir: &Path| dir.join("本机钥匙");
    std::fs::copy(file(one.path()), file(other.path())).unwrap();
    assert!(is_refused(Store::unlock_here(other.path(), &secret)));
    for damage in [&b""[..], b"{}", &[0xff; 70_000]] {
        std::fs::write(file(one.path()), damage).unwrap();
        assert!(is_refused(Store::unlock_here(one.path(), &secret)));
        Store::unlock(one.path(), Unlock::Passphrase(PASSPHRASE)).unwrap();
    }
}

#[test]
fn an_older_copy_of_the_file_opens_nothing_after_a_change() {
    type Change = fn(&Store);
    let changes: [Change; 3] = [
        |store| {
            let with = Unlock::Passphrase(PASSPHRASE);
            store
                .change_passphrase(with, "十月起换成了这一句话", BY)
                .unwrap();
        },
        |store| {
            let with = Unlock::Passphrase(PASSPHRASE);
            store.renew_recovery_code(with, BY).unwrap();
        },
        |store| assert!(store.forget_here(BY).unwrap()),
    ];
    for change in changes {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path();
        let secret = kept(dir);
        let file = dir.join("本机钥匙");
        let copy = std::fs::read(&file).unwrap();
        let store = Store::unlock_here(dir, &secret).unwrap();
        change(&store);
        drop(store);
        std::fs::write(&file, &copy).unwrap();
        assert!(is_refused(Store::unlock_here(dir, &secret)));
    }
    // Kept again after that it opens again, and the copy does not.
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let secret = kept(dir);
    let file = dir.join("本机钥匙");
    let copy = std::fs::read(&file).unwrap();
    let store = Store::unlock_here(dir, &secret).unwrap();
    store.forget_here(BY).unwrap();
    store
        .keep_here(Unlock::Passphrase(PASSPHRASE), &secret, BY)
        .unwrap();
    drop(store);
    drop(Store::unlock_here(dir, &secret).unwrap());
    std::fs::write(&file, &copy).unwrap();
    assert!(is_refused(Store::unlock_here(dir, &secret)));
}

#[test]
fn where_the_file_cannot_be_removed_nothing_changes() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let (store, code) = Store::create_sealed(dir, PASSPHRASE).unwrap();
    let file = dir.join("本机钥匙");
    std::fs::create_dir_all(file.join("held")).unwrap();
    let before = std::fs::read(dir.join(KEY_FILE)).unwrap();
    let with = Unlock::Passphrase(PASSPHRASE);
    let changed = store.change_passphrase(with, "十月起换成了这一句话", BY);
    assert!(matches!(changed, Err(Error::Io { .. })), "{changed:?}");
    assert!(store.renew_recovery_code(with, BY).is_err());
    assert_eq!(std::fs::read(dir.join(KEY_FILE)).unwrap(), before);
    assert!(store.log(&LogFilter::default(), 0, 5).unwrap().is_empty());
    drop(store);
    drop(Store::unlock(dir, with).unwrap());
    drop(Store::unlock(dir, Unlock::Recovery(&code.to_text())).unwrap());
}

#[test]
fn a_key_file_from_before_there_were_turns_goes_on_and_gets_one() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let secret = kept(dir);
    let turns = || {
        let json = std::fs::read_to_string(dir.join(KEY_FILE)).unwrap();
        json.matches("\"turn\"").count()
    };
    // One that was never changed is as it was written before there were any.
    assert_eq!(turns(), 0);
    let store = Store::unlock_here(dir, &secret).unwrap();
    store.forget_here(BY).unwrap();
    assert_eq!(turns(), 1);
    drop(store);
    drop(Store::unlock(dir, Unlock::Passphrase(PASSPHRASE)).unwrap());
}
