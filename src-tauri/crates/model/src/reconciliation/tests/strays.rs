//! What has no student, or one who is in question.

use super::*;

#[test]
fn what_has_no_student_is_told_too() {
    let books = Books {
        roster: vec![S],
        photos: vec![
            PhotoEntry {
                submission: SubmissionId(1),
                place: PhotoPlace::Pile,
                decision: None,
                in_question: false,
            },
            PhotoEntry {
                submission: SubmissionId(2),
                place: PhotoPlace::PutAside,
                decision: None,
                in_question: false,
            },
            photo(3, 9, 1, Some(DecisionKind::Approved)),
        ],
        files: [1, 2]
            .map(|delivery| FileEntry {
                student: Some(StudentId(9)),
                ..file(3, delivery)
            })
            .to_vec(),
        receipts: [About::Several, About::Nobody, About::Student(StudentId(9))]
            .into_iter()
            .map(|about| ReceiptEntry {
                about,
                ..row(1, 1, None, ReceiptState::Accepted)
            })
            .collect(),
        ..Books::default()
    };
    let counts = reconcile(&books).counts();
    for (kind, number) in [
        (DifferenceKind::Unclaimed, 1),
        (DifferenceKind::NotSubmitted, 1),
        (DifferenceKind::DeliveredUnlisted, 1),
        (DifferenceKind::ReceiptUnlisted, 2),
        (DifferenceKind::ReceiptUnclear, 1),
    ] {
        assert_eq!(counts.get(&kind), Some(&number), "{kind:?}");
    }
    assert_eq!(counts.len(), 5);
    // What counts them in a sum leads to where they are listed.
    assert_eq!(
        Part::FileUnlisted.listed_by(),
        Some(DifferenceKind::DeliveredUnlisted)
    );
}

#[test]
fn a_photo_that_might_be_anothers_is_counted_by_itself_and_where_it_is_dealt_with() {
    let doubted = |photo: PhotoEntry| PhotoEntry {
        in_question: true,
        decision: None,
        ..photo
    };
    let books = Books {
        roster: vec![S, StudentId(2), StudentId(3)],
        photos: vec![
            doubted(photo(1, 1, 1, None)),
            photo(2, 2, 1, None),
            photo(3, 3, 1, Some(DecisionKind::Approved)),
        ],
        ..Books::default()
    };
    let done = reconcile(&books);
    assert_eq!(done.stages[&S], Stage::InQuestion);
    let sum = |of: SumOf| done.sums.iter().find(|sum| sum.of == of).unwrap();
    for (of, part) in [
        (SumOf::Roster, Part::At(Stage::InQuestion)),
        (SumOf::Photos, Part::InQuestion),
    ] {
        assert_eq!((sum(of).whole, sum(of).part(part)), (3, 1));
        assert_eq!(part.listed_by(), Some(DifferenceKind::InQuestion));
    }
    assert_eq!(sum(SumOf::Roster).part(Part::At(Stage::Open)), 1);
    assert_eq!(sum(SumOf::Photos).part(Part::Current), 2);
    assert_eq!(done.counts()[&DifferenceKind::InQuestion], 1);
}
