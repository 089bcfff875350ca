//! A sealed workspace that one computer's keychain opens: with what was drawn for it and with nothing else, until the
//! passphrase changes or it is taken back.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use jiff::Timestamp;
use zhaoshen_store::{Act, Error, HereSecret, LogFilter, SealFault, Store, Unlock};

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
