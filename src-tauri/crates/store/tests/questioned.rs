//! Photos whose match an import of a roster puts in question, and its undo.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use std::sync::atomic::AtomicBool;

use desk::{Desk, approve, at, entry};
use zhaoshen_model::StudentId;
use zhaoshen_store::{Act, Reverted, RosterEntry, RosterImport, SubmissionRow};

/// An import after which every photo of `asked` may be either student's.
fn import(desk: &Desk, entries: &[RosterEntry], asked: [StudentId; 2], second: i64) -> u64 {
    let import = RosterImport {
        round: desk.round,
        entries,
        gone: &[],
        source: "更正.xlsx",
    };
    let ask = |_: &[_], rows: &[SubmissionRow]| {
        let of = rows.iter().filter(|row| row.student == Some(asked[0]));
        of.map(|row| (row.id, asked.to_vec())).collect()
    };
    let outcome = desk
        .store
        .import_roster_asking(import, ask, "王", at(second))
        .unwrap();
    outcome.questioned
}

#[test]
fn undo_takes_back_the_questions_that_nobody_answered() {
    let desk = Desk::new();
    let store = &desk.store;
    let students = desk.roster(&["1", "2"]);
    let photos = [
        desk.hand_in(students[0], b"a"),
        desk.hand_in(students[0], b"b"),
        desk.hand_in(students[0], b"c"),
    ];
    store
        .decide(photos[2], &approve("李"), None, at(1))
        .unwrap();
    let before: Vec<SubmissionRow> = photos.map(|id| store.submission(id).unwrap()).to_vec();
    let depth = store.undo_depth(desk.round, "王").unwrap();
    let mut changed = entry("1");
    changed.draft.name = "另一人".to_owned();
    let asked = [students[0], students[1]];
    assert_eq!(import(&desk, &[changed], asked, 2), 3);
    assert_eq!(store.unmatched_submissions(desk.round).unwrap().len(), 3);
    assert_eq!(
        store.undo_depth(desk.round, "王").unwrap().undo,
        depth.undo + 1,
        "one act"
    );
    let undone = store.undo(desk.round, "王", at(3)).unwrap().unwrap();
    assert_eq!(undone.act, Act::RosterImported);
    assert!(matches!(&undone.on, Reverted::Roster { students: 1, photos } if photos.len() == 3));
    let now: Vec<SubmissionRow> = photos.map(|id| store.submission(id).unwrap()).to_vec();
    assert_eq!(now, before);

    // Done again, one is answered; undone again, the answer stays and the others are taken back.
    let redone = store.redo(desk.round, "王", at(4)).unwrap().unwrap();
    assert_eq!(redone.act, Act::RosterImported);
    assert_eq!(store.unmatched_submissions(desk.round).unwrap().len(), 3);
    store.assign(photos[0], students[1], "李", at(5)).unwrap();
    store.undo(desk.round, "王", at(6)).unwrap().unwrap();
    let whose = photos.map(|id| store.submission(id).unwrap().student);
    assert_eq!(
        whose,
        [Some(students[1]), Some(students[0]), Some(students[0])]
    );
    assert!(store.unmatched_submissions(desk.round).unwrap().is_empty());
    let check = store.verify_log(&AtomicBool::new(false)).unwrap();
    assert!(check.faults.is_empty(), "{:?}", check.faults);
    assert_eq!(
        store.students_by_no(desk.round).unwrap()["1"].draft,
        entry("1").draft
    );
}
