//! A student who gets another 学号 stays the student, and the change is taken back as any other.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use desk::{Desk, at, entry};
use zhaoshen_model::StudentId;
use zhaoshen_store::{Error, RosterEntry, RosterOutcome};

fn renumbered(student: StudentId, student_no: &str) -> RosterEntry {
    RosterEntry {
        renumbered: Some(student),
        ..entry(student_no)
    }
}

fn import(desk: &Desk, entries: &[RosterEntry], second: i64) -> Result<RosterOutcome, Error> {
    let (round, at) = (desk.round, at(second));
    desk.store
        .import_roster(round, entries, "名单.xlsx", "王", at)
}

#[test]
fn the_row_stays_and_the_number_changes_there_and_back() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2"]);
    let photo = desk.hand_in(students[0], b"photo");
    let outcome = import(&desk, &[renumbered(students[0], "9")], 2).unwrap();
    assert_eq!((outcome.updated, outcome.added), (1, 0));
    assert_eq!(desk.student("9"), students[0]);
    let row = desk.store.submission(photo).unwrap();
    assert_eq!(row.student, Some(students[0]));

    desk.store.undo(desk.round, "王", at(3)).unwrap().unwrap();
    assert_eq!(desk.student("1"), students[0]);
    desk.store.redo(desk.round, "王", at(4)).unwrap().unwrap();
    assert_eq!(desk.student("9"), students[0]);

    // The number given up is somebody else's now: the change is taken back no more.
    let round = desk.round;
    let by_another = desk
        .store
        .import_roster(round, &[entry("1")], "名单.xlsx", "李", at(5));
    assert_eq!(by_another.unwrap().added, 1);
    if let Some(undone) = desk.store.undo(round, "王", at(6)).unwrap() {
        assert_ne!(undone.made_at, at(2), "{undone:?}");
    }
    assert_eq!(desk.student("9"), students[0]);
}

#[test]
fn a_number_that_another_has_or_had_is_refused() {
    let desk = Desk::new();
    let students = desk.roster(&["1", "2"]);
    for taken in ["2", "3"] {
        if taken == "3" {
            import(&desk, &[entry("3")], 2).unwrap();
            desk.store.undo(desk.round, "王", at(3)).unwrap().unwrap();
        }
        let refused = import(&desk, &[renumbered(students[0], taken)], 4).unwrap_err();
        assert!(
            matches!(&refused, Error::StudentNoUsed { student_no } if student_no == taken),
            "{refused:?}"
        );
        assert_eq!(desk.student("1"), students[0]);
    }
}
