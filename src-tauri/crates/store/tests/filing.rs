//! Pictures filed with students, of either kind: filed, replaced, removed and brought back, kept with the originals, and
//! gone where nothing names them; never among the submissions.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use std::fmt::Debug;
use std::sync::atomic::AtomicBool;

use desk::{Desk, at, entry, new_round};
use zhaoshen_model::geometry::Point;
use zhaoshen_model::{
    CodeDigest, CodeFormat, CodePicture, PhotoHash, Reference, RoundId, StudentId,
};
use zhaoshen_store::{
    Act, BackupWhy, Error, Filed, FilingOutcome, LeftOpen, LogFilter, Pictures, Reverted,
    RoundCounts, Store,
};

/// A kind of picture as these tests need it.
trait Kind: Clone + PartialEq + Debug {
    const FILED: Filed;
    const FILING: Act;
    const REMOVING: Act;
    fn of(student: StudentId, photo: PhotoHash, name: &str) -> Self;
    fn photo(&self) -> PhotoHash;
    fn batch(pictures: &[Self]) -> Pictures<'_>;
    fn in_force(store: &Store, round: RoundId) -> Vec<Self>;
    fn counted(counts: &RoundCounts) -> u64;
    fn undone(students: u64) -> Reverted;
}

impl Kind for CodePicture {
    const FILED: Filed = Filed::Code;
    const FILING: Act = Act::CodesFiled;
    const REMOVING: Act = Act::CodesRemoved;

    fn of(student: StudentId, photo: PhotoHash, name: &str) -> Self {
        Self {
            student,
            photo,
            format: CodeFormat::Png,
            digest: Some(CodeDigest([7; 32])),
            file_name: name.to_owned(),
        }
    }

    fn photo(&self) -> PhotoHash {
        self.photo
    }

    fn batch(pictures: &[Self]) -> Pictures<'_> {
        Pictures::Codes(pictures)
    }

    fn in_force(store: &Store, round: RoundId) -> Vec<Self> {
        store.code_pictures(round).unwrap()
    }

    fn counted(counts: &RoundCounts) -> u64 {
        counts.codes
    }

    fn undone(students: u64) -> Reverted {
        Reverted::Codes { students }
    }
}

impl Kind for Reference {
    const FILED: Filed = Filed::Reference;
    const FILING: Act = Act::ReferencesFiled;
    const REMOVING: Act = Act::ReferencesRemoved;

    fn of(student: StudentId, photo: PhotoHash, name: &str) -> Self {
        let left = Point {
            x: 140.5,
            y: 180.25,
        };
        Self {
            student,
            photo,
            width_px: 358,
            height_px: 441,
            eyes: Some([left, Point { x: 217.0, y: 179.0 }]),
            file_name: name.to_owned(),
        }
    }

    fn photo(&self) -> PhotoHash {
        self.photo
    }

    fn batch(pictures: &[Self]) -> Pictures<'_> {
        Pictures::References(pictures)
    }

    fn in_force(store: &Store, round: RoundId) -> Vec<Self> {
        store.references(round).unwrap()
    }

    fn counted(counts: &RoundCounts) -> u64 {
        counts.references
    }

    fn undone(students: u64) -> Reverted {
        Reverted::References { students }
    }
}

fn picture<K: Kind>(desk: &Desk, student: StudentId, bytes: &[u8], name: &str) -> K {
    K::of(student, desk.store.put_photo(bytes).unwrap(), name)
}

/// Another round with one student.
fn other_round(store: &Store) -> (RoundId, StudentId) {
    let other = store.create_round(&new_round("另一批"), "王", at(1));
    let other = other.unwrap().id;
    store
        .import_roster(other, &[entry("9")], "名单.xlsx", "王", at(1))
        .unwrap();
    (other, store.students(other).unwrap()[0].id)
}

#[test]
fn the_one_that_came_last_counts_and_the_log_names_nobody() {
    last_counts::<CodePicture>();
    last_counts::<Reference>();
}

fn last_counts<K: Kind>() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2"]);
    let (store, round) = (&desk.store, desk.round);
    let first: K = picture(&desk, students[0], b"first", "甲.png");
    let second: K = picture(&desk, students[0], b"second", "甲2.jpg");
    let batch = [first.clone(), first.clone(), second.clone()];
    let outcomes = store.file_pictures(round, K::batch(&batch), "王", at(1));
    let replaced = FilingOutcome::Replaced {
        earlier: "甲.png".to_owned(),
    };
    let expected = [FilingOutcome::Filed, FilingOutcome::AlreadyThere, replaced];
    assert_eq!(outcomes.unwrap(), expected);
    assert_eq!(K::in_force(store, round), [second]);
    let counts = store.round_counts(round).unwrap();
    assert_eq!((K::counted(&counts), counts.submitted), (1, 0));
    // The earlier one is evidence and can come back.
    assert_eq!(store.read_photo(first.photo()).unwrap(), b"first");
    let again = std::slice::from_ref(&first);
    store
        .file_pictures(round, K::batch(again), "王", at(2))
        .unwrap();
    assert_eq!(K::in_force(store, round), [first]);

    let filter = LogFilter {
        what: Some(K::FILING),
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
fn what_is_read_in_a_picture_is_kept_and_none_is_a_submission() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2"]);
    let (store, round) = (&desk.store, desk.round);
    let unread = CodePicture {
        digest: None,
        format: CodeFormat::Jpeg,
        ..picture(&desk, students[0], b"code", "1.jpg")
    };
    let codes = [
        unread,
        picture(&desk, students[1], b"another code", "2.png"),
    ];
    store
        .file_pictures(round, Pictures::Codes(&codes), "王", at(1))
        .unwrap();
    assert_eq!(store.code_pictures(round).unwrap(), codes);

    let faceless = Reference {
        eyes: None,
        ..picture(&desk, students[0], b"no face", "1.jpg")
    };
    let references = [faceless, picture(&desk, students[1], b"face", "2.jpg")];
    let batch = Pictures::References(&references[..1]);
    store.file_pictures(round, batch, "王", at(1)).unwrap();
    assert_eq!(store.reference(students[1]).unwrap(), None);
    assert_eq!(store.referenced(round).unwrap(), [students[0]].into());
    let batch = Pictures::References(&references[1..]);
    store.file_pictures(round, batch, "王", at(2)).unwrap();
    assert_eq!(store.references(round).unwrap(), references);
    let of_first = store.reference(students[0]).unwrap();
    assert_eq!(of_first.as_ref(), references.first());

    assert_eq!(store.round_counts(round).unwrap().unmatched, 0);
    assert!(store.submissions(round).unwrap().is_empty());
    assert!(store.missing_measurements(round, 1).unwrap().is_empty());
}

#[test]
fn what_is_removed_counts_no_more_and_comes_back_by_undo() {
    removed_comes_back::<CodePicture>();
    removed_comes_back::<Reference>();
}

fn removed_comes_back<K: Kind>() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2", "3"]);
    let (store, round) = (&desk.store, desk.round);
    let batch: [K; 2] = [
        picture(&desk, students[0], b"first", "1.png"),
        picture(&desk, students[1], b"second", "2.png"),
    ];
    store
        .file_pictures(round, K::batch(&batch), "王", at(1))
        .unwrap();
    // Nobody is told twice, and who has none is no reason to stop.
    let asked = [students[0], students[2], students[0], students[1]];
    let removed = store.remove_pictures(K::FILED, round, &asked, "王", at(2));
    assert_eq!(removed.unwrap(), 2);
    assert!(K::in_force(store, round).is_empty());
    assert_eq!(K::counted(&store.round_counts(round).unwrap()), 0);
    let again = store.remove_pictures(K::FILED, round, &asked, "王", at(3));
    assert_eq!(again.unwrap(), 0);
    assert_eq!(store.read_photo(batch[0].photo()).unwrap(), b"first");
    let filter = LogFilter {
        what: Some(K::REMOVING),
        ..LogFilter::default()
    };
    let rows = store.log(&filter, 0, 9).unwrap();
    let key = |row: &zhaoshen_store::LogRow| row.after.as_ref().unwrap()["key"].to_string();
    let told: Vec<String> = rows.iter().map(key).collect();
    assert_eq!(told, [r#""2""#, r#""1""#]);

    let acts = [K::REMOVING];
    let undone = store.undo_of(&acts, round, "王", at(4)).unwrap().unwrap();
    assert_eq!(undone.on, K::undone(2));
    assert_eq!(K::in_force(store, round), batch);
    store.redo_of(&acts, round, "王", at(5)).unwrap().unwrap();
    assert!(K::in_force(store, round).is_empty());

    // Another picture has come meanwhile: it is not put aside by an undo.
    let newer = [picture::<K>(&desk, students[0], b"newer", "1.png")];
    store
        .file_pictures(round, K::batch(&newer), "李", at(6))
        .unwrap();
    assert_eq!(store.undo_of(&acts, round, "王", at(7)).unwrap(), None);
    assert_eq!(K::in_force(store, round), newer);
    store
        .close_round(round, &LeftOpen::default(), "王", at(8))
        .unwrap();
    let refused = store.remove_pictures(K::FILED, round, &students, "王", at(9));
    assert!(matches!(refused, Err(Error::RoundClosed)), "{refused:?}");
}

#[test]
fn a_student_of_another_round_gets_none_and_keeps_what_is_filed() {
    rounds_are_not_mixed::<CodePicture>();
    rounds_are_not_mixed::<Reference>();
}

fn rounds_are_not_mixed<K: Kind>() {
    let desk = Desk::new();
    let student = desk.roster(&["1"])[0];
    let store = &desk.store;
    let (other, foreign) = other_round(store);
    let mine: K = picture(&desk, student, b"mine", "1.png");
    let batch = [mine.clone(), picture(&desk, foreign, b"foreign", "9.png")];
    let refused = store.file_pictures(desk.round, K::batch(&batch), "王", at(2));
    assert!(matches!(refused, Err(Error::RoundsMixed)), "{refused:?}");
    assert!(K::in_force(store, desk.round).is_empty());

    let filed = [mine];
    store
        .file_pictures(desk.round, K::batch(&filed), "王", at(3))
        .unwrap();
    let refused = store.remove_pictures(K::FILED, other, &[student], "王", at(4));
    assert!(matches!(refused, Err(Error::RoundsMixed)), "{refused:?}");
    assert_eq!(K::in_force(store, desk.round), filed);
}

#[test]
fn the_sweep_keeps_what_is_filed_and_a_backup_holds_it() {
    kept_and_backed_up::<CodePicture>();
    kept_and_backed_up::<Reference>();
}

fn kept_and_backed_up<K: Kind>() {
    let desk = Desk::new();
    let student = desk.roster(&["1"])[0];
    let kept: K = picture(&desk, student, b"filed", "1.png");
    let orphan: K = picture(&desk, student, b"written and never filed", "1.png");
    let batch = [kept.clone()];
    desk.store
        .file_pictures(desk.round, K::batch(&batch), "王", at(1))
        .unwrap();
    let stop = AtomicBool::new(false);
    let made = desk
        .store
        .back_up(BackupWhy::Asked, at(2), &stop, |_, _| {});
    let note = made.unwrap().note;
    assert_eq!((note.photos, note.missing), (1, 0));
    let desk = desk.reopen();
    assert_eq!(desk.store.read_photo(kept.photo()).unwrap(), b"filed");
    let gone = desk.store.read_photo(orphan.photo());
    assert!(matches!(gone, Err(Error::PhotoMissing { .. })), "{gone:?}");
    assert_eq!(K::in_force(&desk.store, desk.round), batch);
}
