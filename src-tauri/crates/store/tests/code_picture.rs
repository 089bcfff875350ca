//! Pictures of 采集码: filed, replaced, kept with the originals, and gone where nothing names them.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use std::sync::atomic::AtomicBool;

use desk::{Desk, at, entry, new_round};
use zhaoshen_model::{CodeDigest, CodeFormat, CodePicture, StudentId};
use zhaoshen_store::{Act, BackupWhy, Error, FilingOutcome, LeftOpen, LogFilter, Reverted};

fn picture(desk: &Desk, student: StudentId, bytes: &[u8], name: &str) -> CodePicture {
    CodePicture {
        student,
        photo: desk.store.put_photo(bytes).unwrap(),
        format: CodeFormat::Png,
        digest: Some(CodeDigest([7; 32])),
        file_name: name.to_owned(),
    }
}

#[test]
fn the_one_that_came_last_counts_and_the_log_names_nobody() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2"]);
    let (store, round) = (&desk.store, desk.round);
    let first = picture(&desk, students[0], b"first", "甲.png");
    let second = CodePicture {
        digest: None,
        format: CodeFormat::Jpeg,
        ..picture(&desk, students[0], b"second", "甲2.jpg")
    };
    let batch = [first.clone(), first.clone(), second.clone()];
    let outcomes = store.file_codes(round, &batch, "王", at(1)).unwrap();
    let replaced = FilingOutcome::Replaced {
        earlier: "甲.png".to_owned(),
    };
    assert_eq!(
        outcomes,
        [FilingOutcome::Filed, FilingOutcome::AlreadyThere, replaced]
    );
    assert_eq!(
        store.code_pictures(round).unwrap(),
        std::slice::from_ref(&second)
    );
    assert_eq!(store.round_counts(round).unwrap().codes, 1);
    // The earlier one is evidence and can come back.
    assert_eq!(store.read_photo(first.photo).unwrap(), b"first");
    store
        .file_codes(round, std::slice::from_ref(&first), "王", at(2))
        .unwrap();
    assert_eq!(store.code_pictures(round).unwrap(), [first]);

    let filter = LogFilter {
        what: Some(Act::CodesFiled),
        ..LogFilter::default()
    };
    let rows = store.log(&filter, 0, 9).unwrap();
    assert_eq!(rows.len(), 2);
    let told = rows[1].after.as_ref().unwrap().to_string();
    assert_eq!(told, r#"{"already_there":1,"filed":1,"replaced":1}"#);
    let undone = store.undo(round, "王", at(3)).unwrap().unwrap();
    assert_eq!(undone.act, Act::RosterImported);
}

#[test]
fn a_student_of_another_round_gets_none_and_nothing_of_the_batch_is_kept() {
    let desk = Desk::new();
    let students = desk.roster(&["1"]);
    let store = &desk.store;
    let other = store
        .create_round(&new_round("另一批"), "王", at(1))
        .unwrap()
        .id;
    store
        .import_roster(other, &[entry("9")], "名单.xlsx", "王", at(1))
        .unwrap();
    let foreign = store.students(other).unwrap()[0].id;
    let batch = [
        picture(&desk, students[0], b"mine", "1.png"),
        picture(&desk, foreign, b"foreign", "9.png"),
    ];
    let refused = store.file_codes(desk.round, &batch, "王", at(2));
    assert!(matches!(refused, Err(Error::RoundsMixed)), "{refused:?}");
    assert!(store.code_pictures(desk.round).unwrap().is_empty());
}

#[test]
fn the_sweep_keeps_what_is_filed_and_a_backup_holds_it() {
    let desk = Desk::new();
    let student = desk.roster(&["1"])[0];
    let kept = picture(&desk, student, b"filed", "1.png");
    let orphan = picture(&desk, student, b"written and never filed", "1.png");
    let batch = [kept.clone()];
    desk.store
        .file_codes(desk.round, &batch, "王", at(1))
        .unwrap();
    let made = desk
        .store
        .back_up(BackupWhy::Asked, at(2), &AtomicBool::new(false), |_, _| {})
        .unwrap();
    assert_eq!((made.note.photos, made.note.missing), (1, 0));
    let desk = desk.reopen();
    assert_eq!(desk.store.read_photo(kept.photo).unwrap(), b"filed");
    assert!(matches!(
        desk.store.read_photo(orphan.photo),
        Err(Error::PhotoMissing { .. })
    ));
    assert_eq!(desk.store.code_pictures(desk.round).unwrap(), batch);
}

#[test]
fn what_is_removed_counts_no_more_and_comes_back_by_undo() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2", "3"]);
    let (store, round) = (&desk.store, desk.round);
    let batch = [
        picture(&desk, students[0], b"first", "1.png"),
        picture(&desk, students[1], b"second", "2.png"),
    ];
    store.file_codes(round, &batch, "王", at(1)).unwrap();
    // Nobody is told twice, and who has none is no reason to stop.
    let asked = [students[0], students[2], students[0], students[1]];
    assert_eq!(store.remove_codes(round, &asked, "王", at(2)).unwrap(), 2);
    assert!(store.code_pictures(round).unwrap().is_empty());
    assert_eq!(store.round_counts(round).unwrap().codes, 0);
    assert_eq!(store.remove_codes(round, &asked, "王", at(3)).unwrap(), 0);
    assert_eq!(store.read_photo(batch[0].photo).unwrap(), b"first");
    let filter = LogFilter {
        what: Some(Act::CodesRemoved),
        ..LogFilter::default()
    };
    let told: Vec<String> = store
        .log(&filter, 0, 9)
        .unwrap()
        .iter()
        .map(|row| row.after.as_ref().unwrap()["key"].to_string())
        .collect();
    assert_eq!(told, [r#""2""#, r#""1""#]);

    let acts = [Act::CodesRemoved];
    let undone = store.undo_of(&acts, round, "王", at(4)).unwrap().unwrap();
    assert_eq!(undone.on, Reverted::Codes { students: 2 });
    assert_eq!(store.code_pictures(round).unwrap(), batch);
    store.redo_of(&acts, round, "王", at(5)).unwrap().unwrap();
    assert!(store.code_pictures(round).unwrap().is_empty());

    // Another picture has come meanwhile: it is not put aside by an undo.
    let newer = picture(&desk, students[0], b"newer", "1.png");
    let come = std::slice::from_ref(&newer);
    store.file_codes(round, come, "李", at(6)).unwrap();
    assert_eq!(store.undo_of(&acts, round, "王", at(7)).unwrap(), None);
    assert_eq!(store.code_pictures(round).unwrap(), [newer]);
    store
        .close_round(round, &LeftOpen::default(), "王", at(8))
        .unwrap();
    let refused = store.remove_codes(round, &students, "王", at(9));
    assert!(matches!(refused, Err(Error::RoundClosed)), "{refused:?}");
}

#[test]
fn a_student_of_another_round_keeps_the_picture() {
    let desk = Desk::new();
    let student = desk.roster(&["1"])[0];
    let store = &desk.store;
    let filed = [picture(&desk, student, b"mine", "1.png")];
    store.file_codes(desk.round, &filed, "王", at(1)).unwrap();
    let other = store
        .create_round(&new_round("另一批"), "王", at(1))
        .unwrap()
        .id;
    let refused = store.remove_codes(other, &[student], "王", at(2));
    assert!(matches!(refused, Err(Error::RoundsMixed)), "{refused:?}");
    assert_eq!(store.code_pictures(desk.round).unwrap(), filed);
}
