//! A plain workspace that is sealed holds what it held, and one killed meanwhile opens, whole.
//!
//! The last test starts itself again as the process to be killed.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod beneath;
mod desk;

use std::env;
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::{Duration, Instant};

use desk::Desk;
use jiff::Timestamp;
use tempfile::{TempDir, tempdir};
use zhaoshen_killing::{Instants, Started, say, wait_for_it};
use zhaoshen_model::PhotoHash;
use zhaoshen_store::{
    Act, BackupWhy, DATABASE_FILE, DerivedKind, Error, KEY_FILE, LogFilter, SealFault, Store,
    Unlock, WorkspaceKind,
};

const FOLDER: &str = "ZHAOSHEN_TEST_KILL_FOLDER";
const KILLED: &str = "killed_while_it_is_sealed_it_opens_plain_or_sealed_and_whole";
const PASSPHRASE: &str = "一句没有别人知道的话";
const BY: (&str, Timestamp) = ("王", Timestamp::UNIX_EPOCH);
/// In a setting and in every photo.
const MARK: &str = "张三丰一〇一";
const PHOTOS: u8 = 40;

fn photo(number: u8) -> Vec<u8> {
    let mut bytes = format!("{MARK}{number}").into_bytes();
    bytes.resize(60_000, number);
    bytes
}

/// A plain workspace with photos in it, a setting, something derived, and a backup.
fn workspace() -> (TempDir, Vec<PhotoHash>) {
    let desk = Desk::new();
    let store = &desk.store;
    let photos: Vec<Vec<u8>> = (0..PHOTOS).map(photo).collect();
    let hashes = store.put_photos(&photos).unwrap();
    for (bytes, number) in photos.iter().zip(0..) {
        desk.pile(bytes, &format!("{number}.jpg"));
    }
    store
        .put_derived(hashes[0], DerivedKind::Thumb, MARK.as_bytes())
        .unwrap();
    store.set_setting("x", &MARK.into(), BY.0, BY.1).unwrap();
    let go = AtomicBool::new(false);
    store
        .back_up(BackupWhy::Asked, BY.1, &go, |_, _| {})
        .unwrap();
    (desk.close(), hashes)
}

fn seal(dir: &Path) -> Result<zhaoshen_store::RecoveryCode, Error> {
    Store::seal(dir, PASSPHRASE, BY, &AtomicBool::new(false), |_, _| {})
}

fn assert_whole(store: &Store, hashes: &[PhotoHash]) {
    for (hash, number) in hashes.iter().zip(0..) {
        assert_eq!(store.read_photo(*hash).unwrap(), photo(number));
    }
    assert_eq!(store.setting("x").unwrap(), Some(MARK.into()));
    store.inspect().unwrap();
    assert!(store.verify_log(&AtomicBool::new(false)).unwrap().holds());
}

/// No file of the folder says anything, by content or by name.
fn assert_nothing_in_clear(dir: &Path, hashes: &[PhotoHash]) {
    for path in beneath::everything(dir) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let named = hashes.iter().any(|hash| hash.to_string().ends_with(&name));
        assert!(!named || name.len() < 8, "{path:?}");
    }
    for (path, bytes) in beneath::files(dir) {
        for mark in [MARK.as_bytes(), b"SQLite format 3"] {
            assert!(!beneath::holds(&bytes, mark), "{path:?}");
        }
    }
}

#[test]
fn a_sealed_workspace_holds_what_the_plain_one_held() {
    let (folder, hashes) = workspace();
    let dir = folder.path();
    assert_eq!(Store::kind_of(dir).unwrap(), WorkspaceKind::Plain);
    let code = seal(dir).unwrap();
    assert_eq!(Store::kind_of(dir).unwrap(), WorkspaceKind::Sealed);
    let store = Store::unlock(dir, Unlock::Recovery(&code.to_text())).unwrap();
    assert_whole(&store, &hashes);
    let last = &store.log(&LogFilter::default(), 0, 1).unwrap()[0];
    assert_eq!(
        (last.what, last.reviewer.as_str()),
        (Act::WorkspaceSealed, "王")
    );
    assert!(store.backups().list().unwrap().is_empty());
    let go = AtomicBool::new(false);
    store
        .back_up(BackupWhy::Asked, BY.1, &go, |_, _| {})
        .unwrap();
    drop(store);
    assert_nothing_in_clear(dir, &hashes);
    let again = Store::seal(dir, PASSPHRASE, BY, &go, |_, _| {});
    assert!(matches!(again, Err(Error::Seal(SealFault::Locked { .. }))));
}

#[test]
fn one_that_is_stopped_or_refused_stays_as_it_was() {
    let (folder, hashes) = workspace();
    let dir = folder.path();
    let short = Store::seal(dir, "太短", BY, &AtomicBool::new(false), |_, _| {});
    assert!(matches!(
        short,
        Err(Error::Seal(SealFault::PassphraseShort))
    ));
    let stopped = Store::seal(dir, PASSPHRASE, BY, &AtomicBool::new(true), |_, _| {});
    assert!(matches!(stopped, Err(Error::Stopped)));
    let backup = fs::read_dir(dir.join("备份"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .find(|name| name != "photos")
        .unwrap();
    let restored = dir.join("照审台工作区-恢复自2026-09-01");
    fs::create_dir(&restored).unwrap();
    for copy in [restored.join("zhaoshen.db"), dir.join("zhaoshen.db.旧")] {
        fs::copy(dir.join("zhaoshen.db"), &copy).unwrap();
        match seal(dir) {
            Err(Error::Seal(SealFault::InClear { path })) => {
                assert!(copy.starts_with(&path), "{path:?}");
            }
            other => panic!("{copy:?}: {other:?}"),
        }
        fs::remove_file(&copy).unwrap();
    }
    fs::remove_dir(&restored).unwrap();
    for foreign in [
        "photos/我的照片.jpg",
        "备份/给张老师的名单.xlsx",
        "备份/从前的/照片.jpg",
        &format!("备份/{backup}/照片.jpg"),
        "备份/photos/ab/照片.jpg",
        "derived/照片.jpg",
        "incoming/照片.jpg",
    ] {
        let foreign = dir.join(foreign);
        let made = !foreign.parent().unwrap().exists();
        fs::create_dir_all(foreign.parent().unwrap()).unwrap();
        fs::write(&foreign, b"x").unwrap();
        match seal(dir) {
            Err(Error::Seal(SealFault::Foreign { path })) => {
                assert!(foreign.starts_with(&path), "{path:?}");
            }
            other => panic!("{foreign:?}: {other:?}"),
        }
        fs::remove_file(&foreign).unwrap();
        if made {
            fs::remove_dir(foreign.parent().unwrap()).unwrap();
        }
    }
    let store = Store::open(dir).unwrap();
    assert_whole(&store, &hashes);
    assert_eq!(store.backups().list().unwrap().len(), 1);
    assert!(matches!(seal(dir), Err(Error::InUse { .. })));
}

#[cfg(unix)]
#[test]
fn a_folder_that_lies_elsewhere_is_not_left_there_in_clear() {
    let (folder, hashes) = workspace();
    let dir = folder.path();
    let outside = tempdir().unwrap();
    for name in ["photos", "备份", "derived"] {
        let (inside, other) = (dir.join(name), outside.path().join(name));
        fs::rename(&inside, &other).unwrap();
        std::os::unix::fs::symlink(&other, &inside).unwrap();
        match seal(dir) {
            Err(Error::Seal(SealFault::Elsewhere { path })) => assert_eq!(path, inside),
            other => panic!("{name}: {other:?}"),
        }
        fs::remove_file(&inside).unwrap();
        fs::rename(&other, &inside).unwrap();
    }
    assert_whole(&Store::open(dir).unwrap(), &hashes);
    seal(dir).unwrap();
}

#[test]
fn what_a_system_puts_into_folders_is_no_reason_not_to_seal() {
    let (folder, hashes) = workspace();
    let dir = folder.path();
    for name in ["photos/.DS_Store", "photos/Thumbs.db", "备份/desktop.ini"] {
        fs::write(dir.join(name), b"x").unwrap();
    }
    let code = seal(dir).unwrap();
    let store = Store::unlock(dir, Unlock::Recovery(&code.to_text())).unwrap();
    assert_whole(&store, &hashes);
    assert!(!dir.join("photos").join("Thumbs.db").exists());
}

#[test]
fn one_whose_last_moves_fail_is_sealed_and_goes_on_at_the_next_opening() {
    let (folder, hashes) = workspace();
    let dir = folder.path();
    // In the place that the plain backups are moved to on their way out.
    let held = dir.join("加密中/old/备份/held");
    let code = Store::seal(dir, PASSPHRASE, BY, &AtomicBool::new(false), |_, _| {
        fs::create_dir_all(&held).unwrap();
    });
    let code = code.unwrap().to_text();
    assert!(Store::is_being_sealed(dir));
    let with = Unlock::Recovery(&code);
    assert!(matches!(Store::unlock(dir, with), Err(Error::Io { .. })));
    assert!(Store::kind_of(dir).is_err());
    fs::remove_dir_all(held.parent().unwrap()).unwrap();
    let store = Store::unlock(dir, with).unwrap();
    assert_whole(&store, &hashes);
    drop(store);
    assert!(!Store::is_being_sealed(dir));
    assert_nothing_in_clear(dir, &hashes);
}

#[test]
fn a_new_passphrase_and_a_new_code_open_it_and_the_old_ones_do_not() {
    let folder = tempdir().unwrap();
    let dir = folder.path();
    let (store, first) = Store::create_sealed(dir, PASSPHRASE).unwrap();
    let go = AtomicBool::new(false);
    store
        .back_up(BackupWhy::Asked, BY.1, &go, |_, _| {})
        .unwrap();
    let other = "另外一句没有别人知道的话";
    let wrong = store.change_passphrase(Unlock::Passphrase(other), other, BY);
    assert!(matches!(
        wrong,
        Err(Error::Seal(SealFault::WrongPassphrase))
    ));
    let first = first.to_text();
    store
        .change_passphrase(Unlock::Recovery(&first), other, BY)
        .unwrap();
    let second = store
        .renew_recovery_code(Unlock::Passphrase(other), BY)
        .unwrap();
    let acts: Vec<Act> = (store.log(&LogFilter::default(), 0, 2).unwrap())
        .iter()
        .map(|row| row.what)
        .collect();
    assert_eq!(acts, [Act::RecoveryCodeRenewed, Act::PassphraseChanged]);
    drop(store);
    for (with, opens) in [
        (Unlock::Passphrase(PASSPHRASE), false),
        (Unlock::Recovery(&first), false),
        (Unlock::Passphrase(other), true),
        (Unlock::Recovery(&second.to_text()), true),
    ] {
        assert_eq!(Store::unlock(dir, with).is_ok(), opens);
        // The key file that lies with a backup likewise.
        let kept = zhaoshen_store::Backups::unlock(dir, with);
        assert_eq!(kept.is_ok(), opens);
    }
    let plain = tempdir().unwrap();
    let store = Store::create(plain.path()).unwrap();
    let none = store.change_passphrase(Unlock::Passphrase(other), other, BY);
    assert!(matches!(
        none,
        Err(Error::Seal(SealFault::NotSealed { .. }))
    ));
}

#[test]
fn a_backup_whose_key_file_cannot_be_written_gets_it_at_the_next_opening() {
    let folder = tempdir().unwrap();
    let dir = folder.path();
    let (store, _) = Store::create_sealed(dir, PASSPHRASE).unwrap();
    let go = AtomicBool::new(false);
    let back_up = |at: i64| {
        let at = Timestamp::from_second(at).unwrap();
        store.back_up(BackupWhy::Asked, at, &go, |_, _| {}).unwrap()
    };
    let key_of = |name: &str| dir.join("备份").join(name).join(KEY_FILE);
    let (one, other) = (key_of(&back_up(0).name), key_of(&back_up(90).name));
    // In the way of what is written beside it.
    let held = one.with_file_name(format!("{KEY_FILE}.part"));
    fs::create_dir(&held).unwrap();
    let with = Unlock::Passphrase(PASSPHRASE);
    let code = store.renew_recovery_code(with, BY).unwrap();
    let now = || fs::read(dir.join(KEY_FILE)).unwrap();
    assert_eq!(fs::read(&other).unwrap(), now());
    assert_ne!(fs::read(&one).unwrap(), now());
    drop(store);
    fs::remove_dir(&held).unwrap();
    drop(Store::unlock(dir, Unlock::Recovery(&code.to_text())).unwrap());
    assert_eq!(fs::read(&one).unwrap(), now());
    assert!(!dir.join("钥匙.due").exists());
}

#[test]
fn killed_while_it_is_sealed_it_opens_plain_or_sealed_and_whole() {
    if let Some(folder) = env::var_os(FOLDER) {
        say("begun").unwrap();
        let code = seal(Path::new(&folder)).unwrap();
        say(&code.to_text()).unwrap();
        wait_for_it();
    }
    let (whole, _) = workspace();
    let whole_time = run(whole.path(), None);
    let mut instants = Instants::of(7);
    let (mut plain, mut sealed) = (0, 0);
    for round in 0..zhaoshen_killing::rounds(10) {
        let (folder, hashes) = workspace();
        let dir = folder.path();
        run(dir, Some(instants.within(whole_time)));
        let store = match Store::kind_of(dir).unwrap() {
            WorkspaceKind::Plain => {
                plain += 1;
                Store::open(dir)
            }
            WorkspaceKind::Sealed => {
                sealed += 1;
                Store::unlock(dir, Unlock::Passphrase(PASSPHRASE))
            }
            WorkspaceKind::Nothing => panic!("round {round}: nothing is left"),
        };
        let store = store.unwrap();
        assert_whole(&store, &hashes);
        assert!(!dir.join("加密中").exists(), "round {round}");
        // Nobody heard the code: the workspace says so, and no plain one does.
        assert_eq!(store.is_code_unconfirmed().unwrap(), store.is_sealed());
        if store.is_sealed() {
            drop(store);
            assert_nothing_in_clear(dir, &hashes);
        } else {
            assert_eq!(store.backups().list().unwrap().len(), 1);
        }
    }
    assert!(
        plain > 0,
        "every sealing was over before its kill ({sealed})"
    );
    assert!(whole.path().join(DATABASE_FILE).is_file());
}

/// Lets a process seal the workspace, and kills it `after` it began, or when it is done; how long it took until then.
fn run(folder: &Path, after: Option<Duration>) -> Duration {
    let mut started = Started::test(KILLED, [(FOLDER, folder)]).unwrap();
    started.wait_for("begun").unwrap();
    let began = Instant::now();
    match after {
        Some(after) => thread::sleep(after),
        None => drop(started.line().unwrap()),
    }
    let took = began.elapsed();
    started.kill().unwrap();
    took
}
