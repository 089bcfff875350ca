//! A workspace is its user's alone: made so, and made so when it is opened where an earlier version had left it open.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use desk::{Desk, at};
use zhaoshen_store::{BackupWhy, DerivedKind, Store};

/// Everything in a folder, itself included, that another user may read, enter or write.
fn open_to_others(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    if fs::symlink_metadata(dir).unwrap().permissions().mode() & 0o077 != 0 {
        found.push(dir.to_owned());
    }
    if dir.is_dir() {
        for entry in fs::read_dir(dir).unwrap() {
            found.append(&mut open_to_others(&entry.unwrap().path()));
        }
    }
    found
}

fn loosen(dir: &Path) {
    let mode = if dir.is_dir() { 0o755 } else { 0o644 };
    fs::set_permissions(dir, Permissions::from_mode(mode)).unwrap();
    if dir.is_dir() {
        for entry in fs::read_dir(dir).unwrap() {
            loosen(&entry.unwrap().path());
        }
    }
}

#[test]
fn nobody_else_may_read_a_workspace() {
    let never = AtomicBool::new(false);
    let desk = Desk::new();
    let student = desk.roster(&["1"])[0];
    desk.hand_in(student, b"a face");
    let hash = desk.store.put_photo(b"another").unwrap();
    let store = &desk.store;
    store
        .put_derived(hash, DerivedKind::Thumb, b"small")
        .unwrap();
    store
        .back_up(BackupWhy::Asked, at(1), &never, |_, _| {})
        .unwrap();
    let folder = desk.close();
    let dir = folder.path();
    assert_eq!(open_to_others(dir), Vec::<PathBuf>::new());

    loosen(dir);
    let own = dir.join("我的文件夹");
    fs::create_dir(&own).unwrap();
    drop(Store::open(dir).unwrap());
    assert_eq!(open_to_others(dir), std::slice::from_ref(&own));
    fs::remove_dir(own).unwrap();

    let passphrase = "一句没有别人知道的话";
    Store::seal(dir, passphrase, ("王", at(2)), &never, |_, _| {}).unwrap();
    assert_eq!(open_to_others(dir), Vec::<PathBuf>::new());

    let elsewhere = tempfile::tempdir().unwrap();
    let made = elsewhere.path().join("从没有过的").join("工作区");
    drop(Store::create_sealed(&made, passphrase).unwrap());
    assert_eq!(open_to_others(&made), Vec::<PathBuf>::new());
}
