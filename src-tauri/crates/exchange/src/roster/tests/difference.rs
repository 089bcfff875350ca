//! What importing a roster again would change.

use std::collections::HashSet;

use proptest::prelude::*;
use zhaoshen_model::{RosterField, RoundId, Student, StudentDraft, StudentId};

use super::super::{FieldChange, IdConflict, RosterRow, diff, id_clash};

fn student(id: i64, draft: StudentDraft) -> Student {
    Student {
        id: StudentId(id),
        round: RoundId(1),
        draft,
    }
}

fn row(row_number: u32, draft: StudentDraft) -> RosterRow {
    RosterRow {
        sheet: "名单".into(),
        row_number,
        draft,
    }
}

fn draft(student_no: &str, name: &str, id_number: &str) -> StudentDraft {
    StudentDraft {
        student_no: student_no.into(),
        name: name.into(),
        id_number: id_number.into(),
        major: "电气".into(),
        ..StudentDraft::default()
    }
}

/// What tells whom a row is about.
const IDENTITY: [RosterField; 3] = [
    RosterField::StudentNo,
    RosterField::Name,
    RosterField::IdNumber,
];

fn two_known() -> [Student; 2] {
    [
        student(1, draft("1", "张三", "H12345678")),
        student(2, draft("2", "李四", "H22345678")),
    ]
}

#[test]
fn a_diff_compares_only_the_columns_of_the_file() {
    let known = [
        student(1, draft("1", "张三", "A1234567")),
        student(2, draft("2", "李四", "")),
    ];
    let mut changed = draft("1", "张叁", "");
    changed.major.clear();
    let rows = [row(2, changed), row(3, draft("3", "王五", ""))];
    let fields = [RosterField::StudentNo, RosterField::Name];
    let found = diff(&known, &rows, &fields);
    assert_eq!(found.added.len(), 1);
    assert_eq!(found.updated.len(), 1);
    let update = &found.updated[0];
    assert_eq!(
        update.changes,
        vec![FieldChange {
            field: RosterField::Name,
            before: "张三".into(),
            after: "张叁".into()
        }]
    );
    assert_eq!(
        update.after.major, "电气",
        "a missing column empties nothing"
    );
    assert_eq!(update.after.id_number, "A1234567");
    assert_eq!(found.missing_from_file.len(), 1);
    assert_eq!(found.missing_from_file[0].student_no, "2");
}

#[test]
fn one_identity_number_cannot_pass_to_a_second_student() {
    let known = two_known();
    let second = row(2, draft("3", "王五", "H1234567802"));
    let found = diff(&known, &[second], &IDENTITY);
    assert_eq!(found.added, vec![]);
    assert_eq!(
        found.conflicts,
        vec![IdConflict {
            row_number: 2,
            student_no: "3".into(),
            held_by: "1".into()
        }]
    );
    let swapped = [
        row(2, draft("1", "张三", "H22345678")),
        row(3, draft("2", "李四", "H12345678")),
    ];
    let found = diff(&known, &swapped, &IDENTITY);
    assert_eq!(found.conflicts, vec![], "both change at once");
    assert_eq!(found.updated.len(), 2);
}

#[test]
fn the_same_person_under_another_number_is_an_update() {
    let known = two_known();
    let moved = row(2, draft("3", "张 三", "H12345678"));
    let found = diff(&known, std::slice::from_ref(&moved), &IDENTITY);
    assert_eq!((found.added.len(), found.conflicts.len()), (0, 0));
    let update = &found.updated[0];
    assert_eq!((update.student, &*update.student_no), (StudentId(1), "1"));
    let changed: Vec<RosterField> = update.changes.iter().map(|change| change.field).collect();
    assert_eq!(changed, [RosterField::StudentNo, RosterField::Name]);
    assert_eq!(found.missing_from_file.len(), 1, "only 李四 is missing");
    let kept = update.leaving(&[RosterField::StudentNo]).unwrap();
    assert_eq!((&*kept.student_no, &*kept.name), ("1", "张 三"));
    let (taken, nobody) = ([update.after.clone()], HashSet::new());
    assert_eq!(id_clash(&known, &taken, &HashSet::from(["1"])), None);
    assert!(id_clash(&known, &taken, &nobody).is_some());
    // Both numbers in one file, or another name, are a conflict.
    for rows in [
        vec![moved, row(3, draft("1", "张三", ""))],
        vec![row(2, draft("3", "王五", "H12345678"))],
    ] {
        let found = diff(&known, &rows, &IDENTITY[..2]);
        assert_eq!(found.conflicts.len(), 1, "{found:?}");
        assert!(found.updated.is_empty(), "{found:?}");
    }
}

fn any_drafts() -> impl Strategy<Value = Vec<StudentDraft>> {
    let one = ("[0-9]{3}", "[甲乙丙丁]{2}", "(电气|动力|)", "(E[0-9]{8}|)").prop_map(
        |(student_no, name, major, id_number)| StudentDraft {
            student_no,
            name,
            major,
            id_number,
            ..StudentDraft::default()
        },
    );
    proptest::collection::vec(one, 0..12).prop_map(|mut drafts| {
        drafts.sort_by(|a, b| a.student_no.cmp(&b.student_no));
        drafts.dedup_by(|a, b| a.student_no == b.student_no);
        drafts
    })
}

proptest! {
    #[test]
    fn applying_a_diff_leaves_nothing_to_change(before in any_drafts(), file in any_drafts()) {
        let fields = RosterField::ALL;
        let mut known: Vec<Student> = (1..).zip(before).map(|(id, draft)| student(id, draft)).collect();
        let rows: Vec<RosterRow> = (2..).zip(file).map(|(at, draft)| row(at, draft)).collect();
        let found = diff(&known, &rows, &fields);
        prop_assert_eq!(
            found.added.len() + found.updated.len() + found.unchanged.len() + found.conflicts.len(),
            rows.len(),
            "every row lands in one place"
        );
        prop_assert_eq!(
            found.updated.len() + found.unchanged.len() + found.missing_from_file.len()
                + found.conflicts.iter().filter(|conflict| known.iter().any(|student| student.draft.student_no == conflict.student_no)).count(),
            known.len(),
            "every student lands in one place"
        );
        for update in &found.updated {
            let student = known.iter_mut().find(|student| student.id == update.student).unwrap();
            student.draft = update.after.clone();
        }
        for (id, added) in (1000..).zip(&found.added) {
            known.push(student(id, added.draft.clone()));
        }
        let applied: Vec<RosterRow> = rows
            .iter()
            .filter(|row| !found.conflicts.iter().any(|conflict| conflict.row_number == row.row_number))
            .cloned()
            .collect();
        let again = diff(&known, &applied, &fields);
        prop_assert!(again.added.is_empty() && again.updated.is_empty(), "{again:?}");
    }
}
