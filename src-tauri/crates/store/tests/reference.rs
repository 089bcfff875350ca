//! Reference photos: filed, replaced, removed and brought back, kept with the originals, and gone where nothing names
//! them; never among the submissions.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use std::sync::atomic::AtomicBool;

use desk::{Desk, at, entry, new_round};
use zhaoshen_model::geometry::Point;
use zhaoshen_model::{Reference, StudentId};
use zhaoshen_store::{Act, BackupWhy, Error, FilingOutcome, LeftOpen, LogFilter, Reverted};

fn reference(desk: &Desk, student: StudentId, bytes: &[u8], name: &str) -> Reference {
    Reference {
        student,
        photo: desk.store.put_photo(bytes).unwrap(),
        width_px: 358,
        height_px: 441,
        eyes: Some([
            Point {
                x: 140.5,
                y: 180.25,
            },
            Point { x: 217.0, y: 179.0 },
        ]),
        file_name: name.to_owned(),
    }
}

#[test]
fn the_one_that_came_last_counts_and_none_is_a_submission() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2"]);
    let (store, round) = (&desk.store, desk.round);
    let before = store.round_counts(round).unwrap();
    let first = reference(&desk, students[0], b"first", "甲.jpg");
    let second = Reference {
        eyes: None,
        ..reference(&desk, students[0], b"second", "甲2.png")
    };
    let batch = [first.clone(), first.clone(), second.clone()];
    let outcomes = store.file_references(round, &batch, "王", at(1)).unwrap();
    let replaced = FilingOutcome::Replaced {
        earlier: "甲.jpg".to_owned(),
    };
    let expected = [FilingOutcome::Filed, FilingOutcome::AlreadyThere, replaced];
    assert_eq!(outcomes, expected);
    let in_force = store.references(round).unwrap();
    assert_eq!(in_force, std::slice::from_ref(&second));
    assert_eq!(store.reference(students[0]).unwrap(), Some(second));
    assert_eq!(store.reference(students[1]).unwrap(), None);
    let referenced = store.referenced(round).unwrap();
    assert_eq!(referenced, [students[0]].into());
    // The earlier one is kept and can come back, with its eyes.
    assert_eq!(store.read_photo(first.photo).unwrap(), b"first");
    let again = std::slice::from_ref(&first);
    store.file_references(round, again, "王", at(2)).unwrap();
    assert_eq!(store.reference(students[0]).unwrap(), Some(first));

    let counts = store.round_counts(round).unwrap();
    assert_eq!(counts.references, 1);
    assert_eq!((counts.submitted, counts.codes), (0, 0));
    assert_eq!(
        store.round_counts(round).unwrap().unmatched,
        before.unmatched
    );
    assert!(store.submissions(round).unwrap().is_empty());
    assert!(store.missing_measurements(round, 1).unwrap().is_empty());

    let filter = LogFilter {
        what: Some(Act::ReferencesFiled),
        ..LogFilter::default()
    };
    let rows = store.log(&filter, 0, 9).unwrap();
    let told = rows[1].after.as_ref().unwrap().to_string();
    assert_eq!(told, r#"{"already_there":1,"filed":1,"replaced":1}"#);
    let undone = store.undo(round, "王", at(3)).unwrap().unwrap();
    assert_eq!(undone.act, Act::RosterImported);
}

#[test]
fn what_is_removed_counts_no_more_and_comes_back_by_undo() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2", "3"]);
    let (store, round) = (&desk.store, desk.round);
    let batch = [
        reference(&desk, students[0], b"first", "1.jpg"),
        reference(&desk, students[1], b"second", "2.jpg"),
    ];
    store.file_references(round, &batch, "王", at(1)).unwrap();
    let asked = [students[0], students[2], students[0], students[1]];
    let removed = store.remove_references(round, &asked, "王", at(2));
    assert_eq!(removed.unwrap(), 2);
    assert!(store.references(round).unwrap().is_empty());
    let again = store.remove_references(round, &asked, "王", at(3));
    assert_eq!(again.unwrap(), 0);
    let filter = LogFilter {
        what: Some(Act::ReferencesRemoved),
        ..LogFilter::default()
    };
    assert_eq!(store.log(&filter, 0, 9).unwrap().len(), 2);

    let acts = [Act::ReferencesRemoved];
    let undone = store.undo_of(&acts, round, "王", at(4)).unwrap().unwrap();
    assert_eq!(undone.on, Reverted::References { students: 2 });
    assert_eq!(store.references(round).unwrap(), batch);
    store.redo_of(&acts, round, "王", at(5)).unwrap().unwrap();
    assert!(store.references(round).unwrap().is_empty());

    // Another has come meanwhile: an undo puts it not aside.
    let newer = reference(&desk, students[0], b"newer", "1.jpg");
    let come = std::slice::from_ref(&newer);
    store.file_references(round, come, "李", at(6)).unwrap();
    assert_eq!(store.undo_of(&acts, round, "王", at(7)).unwrap(), None);
    assert_eq!(store.references(round).unwrap(), [newer]);
    store
        .close_round(round, &LeftOpen::default(), "王", at(8))
        .unwrap();
    let refused = store.remove_references(round, &students, "王", at(9));
    assert!(matches!(refused, Err(Error::RoundClosed)), "{refused:?}");
}

#[test]
fn a_student_of_another_round_gets_none_and_nothing_of_the_batch_is_kept() {
    let desk = Desk::new();
    let students = desk.roster(&["1"]);
    let store = &desk.store;
    let other = store.create_round(&new_round("另一批"), "王", at(1));
    let other = other.unwrap().id;
    store
        .import_roster(other, &[entry("9")], "名单.xlsx", "王", at(1))
        .unwrap();
    let foreign = store.students(other).unwrap()[0].id;
    let batch = [
        reference(&desk, students[0], b"mine", "1.jpg"),
        reference(&desk, foreign, b"foreign", "9.jpg"),
    ];
    let refused = store.file_references(desk.round, &batch, "王", at(2));
    assert!(matches!(refused, Err(Error::RoundsMixed)), "{refused:?}");
    assert!(store.references(desk.round).unwrap().is_empty());
}

#[test]
fn the_sweep_keeps_what_is_filed_and_a_backup_holds_it() {
    let desk = Desk::new();
    let student = desk.roster(&["1"])[0];
    let kept = reference(&desk, student, b"filed", "1.jpg");
    let orphan = reference(&desk, student, b"written and never filed", "1.jpg");
    let batch = [kept.clone()];
    let filed = desk
        .store
        .file_references(desk.round, &batch, "王", at(1))
        .unwrap();
    assert_eq!(filed, [FilingOutcome::Filed]);
    let stop = AtomicBool::new(false);
    let made = desk
        .store
        .back_up(BackupWhy::Asked, at(2), &stop, |_, _| {})
        .unwrap();
    assert_eq!((made.note.photos, made.note.missing), (1, 0));
    let desk = desk.reopen();
    assert_eq!(desk.store.read_photo(kept.photo).unwrap(), b"filed");
    let gone = desk.store.read_photo(orphan.photo);
    assert!(matches!(gone, Err(Error::PhotoMissing { .. })), "{gone:?}");
    assert_eq!(desk.store.references(desk.round).unwrap(), batch);
}
