//! Originals that no row names: what a killed import left goes, whatever its number; what may be the only copy stays and
//! is told.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use std::fs;

use desk::{Desk, at};
use zhaoshen_model::matching::Matching;
use zhaoshen_store::{IntakeRecord, LeftOpen};

/// More than one batch.
const MANY: u16 = 300;
const LIST: &str = "zhaoshen.unnamed";

fn files(desk: &Desk) -> usize {
    let shards = fs::read_dir(desk.path().join("photos")).unwrap();
    shards
        .map(|shard| fs::read_dir(shard.unwrap().path()).unwrap().count())
        .sum()
}

/// Keeps many originals and names none.
fn keep_many(desk: &Desk) {
    let photos: Vec<[u8; 2]> = (0..MANY).map(u16::to_be_bytes).collect();
    for batch in photos.chunks(50) {
        desk.store.put_photos(batch).unwrap();
    }
    assert_eq!(files(desk), usize::from(MANY));
}

/// As an earlier version left them, or with a database put back that knows none of them.
fn strange(desk: Desk) -> Desk {
    keep_many(&desk);
    fs::remove_file(desk.path().join(LIST)).unwrap();
    desk.reopen()
}

#[test]
fn whatever_a_killed_import_left_is_swept_and_what_it_named_stays() {
    let desk = Desk::new();
    keep_many(&desk);
    let kept = desk.store.put_photo(b"named").unwrap();
    let record = IntakeRecord {
        photo: kept,
        matching: Matching::Unknown,
        file_name: "1.jpg".into(),
        source: "1.jpg".into(),
    };
    desk.store
        .record_intake(desk.round, &[record], "王", at(1))
        .unwrap();
    assert_eq!(desk.store.health().unwrap().unnamed, 0, "they wait");
    let desk = desk.reopen();
    assert_eq!(files(&desk), 1);
    assert_eq!(desk.store.read_photo(kept).unwrap(), b"named");
    assert!(!desk.path().join(LIST).exists());
}

#[test]
fn the_list_is_gone_once_every_original_has_its_row() {
    let desk = Desk::new();
    desk.pile(b"one", "1.jpg");
    assert!(!desk.path().join(LIST).exists());
}

#[test]
fn a_torn_list_and_one_without_files_are_no_trouble() {
    let desk = Desk::new();
    keep_many(&desk);
    let list = desk.path().join(LIST);
    let mut text = fs::read_to_string(&list).unwrap();
    text.push_str("+0123456789abcdef");
    fs::write(&list, text).unwrap();
    fs::remove_dir_all(desk.path().join("photos")).unwrap();
    let desk = desk.reopen();
    assert_eq!(files(&desk), 0);
    assert!(!desk.path().join(LIST).exists());
}

#[test]
fn a_list_that_never_got_its_first_byte_goes() {
    let desk = Desk::new();
    fs::write(desk.path().join(LIST), "").unwrap();
    let desk = desk.reopen();
    assert!(!desk.path().join(LIST).exists());
}

#[test]
fn a_few_that_no_list_knows_stay_too() {
    let desk = Desk::new();
    desk.store.put_photos(&[b"one", b"two"]).unwrap();
    fs::remove_file(desk.path().join(LIST)).unwrap();
    let desk = desk.reopen();
    assert_eq!((files(&desk), desk.store.health().unwrap().unnamed), (2, 2));
}

#[test]
fn an_older_database_put_back_costs_no_original() {
    let desk = Desk::new();
    desk.pile(b"one", "1.jpg");
    let aside = tempfile::tempdir().unwrap();
    let older = aside.path().join("older");
    let desk = desk.reopen_after(|dir| {
        fs::copy(dir.join("zhaoshen.db"), &older).unwrap();
    });
    desk.pile(b"two", "2.jpg");
    let desk = desk.reopen_after(|dir| {
        fs::copy(&older, dir.join("zhaoshen.db")).unwrap();
        for journal in ["zhaoshen.db-wal", "zhaoshen.db-shm"] {
            let _ = fs::remove_file(dir.join(journal));
        }
    });
    assert_eq!((files(&desk), desk.store.health().unwrap().unnamed), (2, 1));
    desk.pile(b"two", "2.jpg");
    assert_eq!(desk.store.health().unwrap().unnamed, 0);
}

#[test]
fn many_that_no_list_knows_stay_and_are_counted() {
    let desk = strange(Desk::new());
    assert_eq!(files(&desk), usize::from(MANY));
    let health = desk.store.health().unwrap();
    assert_eq!(health.unnamed, u64::from(MANY));
    assert_eq!(health.unnamed_first.len(), 3);
    for first in health.unnamed_first {
        let start = desk.path().join(first.trim_end_matches('…'));
        let start = start.to_str().unwrap().to_owned();
        let mut shard = fs::read_dir(desk.path().join(first.get(..9).unwrap())).unwrap();
        assert!(shard.any(|file| file.unwrap().path().to_str().unwrap().starts_with(&start)));
    }
    let (store, round) = (&desk.store, desk.round);
    store
        .close_round(round, &LeftOpen::default(), "王", at(2))
        .unwrap();
    let record = store.erase_round(round, "不需要", "王", at(3)).unwrap();
    assert_eq!(record.erased.unnamed, u64::from(MANY));
}

#[test]
fn deleting_a_round_takes_what_an_import_left_in_the_same_run() {
    let desk = Desk::new();
    keep_many(&desk);
    let (store, round) = (&desk.store, desk.round);
    store
        .close_round(round, &LeftOpen::default(), "王", at(2))
        .unwrap();
    let record = store.erase_round(round, "不需要", "王", at(3)).unwrap();
    assert_eq!((record.erased.unnamed, files(&desk)), (0, 0));
}
