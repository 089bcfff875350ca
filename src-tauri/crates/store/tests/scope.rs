//! Whom a round collects: who is exempt follows at once, wherever it is counted, and is taken back as one act.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use desk::{Desk, approve, at, entry};
use zhaoshen_model::scope::{Cohort, Exclusion};
use zhaoshen_model::{Exempt, Scope, StudentId};
use zhaoshen_store::{Act, Error, MarkEdit, QueueKind, Reverted, RosterEntry, ScopeState};

fn of_grade(student_no: &str, grade: &str) -> RosterEntry {
    let mut entry = entry(student_no);
    entry.draft.grade = grade.to_owned();
    entry
}

fn import(desk: &Desk, entries: &[RosterEntry]) {
    desk.store
        .import_roster(desk.round, entries, "名单.xlsx", "王", at(1))
        .unwrap();
}

fn grades(grades: &[&str]) -> ScopeState {
    ScopeState {
        scope: Scope {
            cohorts: vec![Cohort {
                grades: grades.iter().map(|grade| (*grade).to_owned()).collect(),
                ..Cohort::default()
            }],
            redo: false,
            limit: None,
        },
        opens_on: Some(jiff::civil::date(2026, 3, 1)),
        closes_on: None,
    }
}

/// Who is exempt and why, by 学号.
fn exempt(desk: &Desk) -> Vec<(String, Exempt)> {
    let lines = desk.store.roster_lines(desk.round).unwrap();
    let exempt = lines
        .into_iter()
        .filter_map(|line| Some((line.student_no, line.exempt?)));
    exempt.collect()
}

/// 名单, 免采, 已交, and the photos of the exempt.
fn counts(desk: &Desk) -> [u64; 4] {
    let counts = desk.store.round_counts(desk.round).unwrap();
    [
        counts.students,
        counts.exempt,
        counts.submitted,
        counts.excluded,
    ]
}

fn mark(desk: &Desk, students: &[StudentId], edit: &MarkEdit) -> u64 {
    desk.store
        .mark_students(desk.round, students, edit, "", "王", at(3))
        .unwrap()
}

fn undo(desk: &Desk) -> Option<(Act, Reverted)> {
    let acts = [Act::ScopeChanged, Act::StudentsMarked];
    let undone = desk.store.undo_of(&acts, desk.round, "王", at(9)).unwrap();
    undone.map(|undone| (undone.act, undone.on))
}

#[test]
fn a_cohort_exempts_the_others_and_their_photos_leave_every_queue() {
    let desk = Desk::new();
    import(
        &desk,
        &[
            of_grade("1", "2020"),
            of_grade("2", "2021级"),
            of_grade("3", "2019"),
        ],
    );
    let (first, third) = (desk.student("1"), desk.student("3"));
    let kept = desk.hand_in(first, b"one");
    let gone = desk.hand_in(third, b"three");
    assert_eq!(counts(&desk), [3, 0, 2, 0]);

    let scope = grades(&["2020", "2021"]);
    assert!(
        desk.store
            .set_scope(desk.round, &scope, "王", at(2))
            .unwrap()
    );
    assert!(
        !desk
            .store
            .set_scope(desk.round, &scope, "王", at(2))
            .unwrap()
    );
    assert_eq!(exempt(&desk), [("3".to_owned(), Exempt::OutOfScope)]);
    assert_eq!(counts(&desk), [3, 1, 1, 1]);
    assert_eq!(desk.queue(&QueueKind::Pending), [kept]);
    assert_eq!(desk.store.standings(desk.round).unwrap().len(), 2);
    let excluded = desk.store.excluded_submissions(desk.round).unwrap();
    assert_eq!(
        excluded.iter().map(|row| row.id).collect::<Vec<_>>(),
        [gone]
    );
    let refused = desk.store.decide(gone, &approve("王"), None, at(3));
    assert!(matches!(
        refused,
        Err(Error::Exempt {
            why: Exempt::OutOfScope
        })
    ));

    assert_eq!(undo(&desk), Some((Act::ScopeChanged, Reverted::Scope)));
    assert_eq!(counts(&desk), [3, 0, 2, 0]);
    assert_eq!(desk.queue(&QueueKind::Pending), [kept, gone]);
    assert_eq!(desk.store.round(desk.round).unwrap().closes_on, None);
}

#[test]
fn what_was_said_of_students_outlasts_a_scope_and_is_undone_as_one() {
    let desk = Desk::new();
    import(
        &desk,
        &[
            of_grade("1", "2020"),
            of_grade("2", "2020"),
            of_grade("3", "2019"),
        ],
    );
    let [first, second, third] = ["1", "2", "3"].map(|no| desk.student(no));
    desk.store
        .set_scope(desk.round, &grades(&["2020"]), "王", at(2))
        .unwrap();
    assert_eq!(mark(&desk, &[third], &MarkEdit::Straggler(true)), 1);
    assert_eq!(exempt(&desk), []);
    let collected = MarkEdit::Collected(true);
    assert_eq!(mark(&desk, &[first, second, first], &collected), 2);
    assert_eq!(mark(&desk, &[first], &collected), 0);
    let left = MarkEdit::Excluded(Some(Exclusion::Left), "2025 年退学".to_owned());
    assert_eq!(mark(&desk, &[first], &left), 1);
    let said = |first: Exempt| vec![("1".to_owned(), first), ("2".to_owned(), Exempt::Collected)];
    assert_eq!(exempt(&desk), said(Exempt::Left));
    assert_eq!(
        desk.store.marks(desk.round).unwrap()[&first].note,
        "2025 年退学"
    );

    let mut redo = grades(&["2020"]);
    redo.scope.redo = true;
    desk.store
        .set_scope(desk.round, &redo, "王", at(4))
        .unwrap();
    assert_eq!(exempt(&desk), [("1".to_owned(), Exempt::Left)]);
    assert_eq!(undo(&desk), Some((Act::ScopeChanged, Reverted::Scope)));
    assert_eq!(
        undo(&desk),
        Some((Act::StudentsMarked, Reverted::Marks { students: 1 }))
    );
    assert_eq!(exempt(&desk), said(Exempt::Collected));
    assert_eq!(
        undo(&desk),
        Some((Act::StudentsMarked, Reverted::Marks { students: 2 }))
    );
    assert_eq!(exempt(&desk), []);
    let again = desk
        .store
        .redo_of(&[Act::StudentsMarked], desk.round, "王", at(10))
        .unwrap();
    assert_eq!(again.unwrap().on, Reverted::Marks { students: 2 });
    assert_eq!(exempt(&desk), said(Exempt::Collected));
}

#[test]
fn a_roster_that_comes_later_is_judged_by_the_scope_and_so_is_taking_it_back() {
    let desk = Desk::new();
    desk.store
        .set_scope(desk.round, &grades(&["2020"]), "王", at(1))
        .unwrap();
    import(&desk, &[of_grade("1", "2020"), of_grade("2", "2019")]);
    assert_eq!(exempt(&desk), [("2".to_owned(), Exempt::OutOfScope)]);
    import(&desk, &[of_grade("1", "2019"), of_grade("2", "2020")]);
    assert_eq!(exempt(&desk), [("1".to_owned(), Exempt::OutOfScope)]);
    let acts = [Act::RosterImported];
    desk.store.undo_of(&acts, desk.round, "王", at(5)).unwrap();
    assert_eq!(exempt(&desk), [("2".to_owned(), Exempt::OutOfScope)]);
}

#[test]
fn a_photo_is_not_given_to_who_is_exempt_and_comes_back_with_the_student() {
    let desk = Desk::new();
    import(&desk, &[of_grade("1", "2020")]);
    let student = desk.student("1");
    mark(&desk, &[student], &MarkEdit::Collected(true));
    let piled = desk.pile(b"piled", "IMG_1.jpg");
    let refused = desk.store.assign(piled, student, "王", at(4));
    assert!(matches!(
        refused,
        Err(Error::Exempt {
            why: Exempt::Collected
        })
    ));
    let came = desk.hand_in(student, b"own");
    assert_eq!(counts(&desk), [1, 1, 0, 1]);
    mark(&desk, &[student], &MarkEdit::Nothing);
    assert_eq!(counts(&desk), [1, 0, 1, 0]);
    assert_eq!(desk.queue(&QueueKind::Pending), [came]);
}

#[test]
fn students_of_another_round_are_not_marked() {
    let desk = Desk::new();
    let students = desk.roster(&["1"]);
    let other = desk
        .store
        .create_round(&desk::new_round("另一批次"), "王", at(1))
        .unwrap()
        .id;
    let edit = MarkEdit::Collected(true);
    let refused = desk
        .store
        .mark_students(other, &students, &edit, "", "王", at(2));
    assert!(matches!(refused, Err(Error::RoundsMixed)));
    assert_eq!(exempt(&desk), []);
}
