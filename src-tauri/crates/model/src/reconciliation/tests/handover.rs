//! Photos that were handed over for another student, or under what is another now.

use super::*;

const OTHER: StudentId = StudentId(2);

fn approved(id: i64, student: i64, n: u32) -> PhotoEntry {
    photo(id, student, n, Some(DecisionKind::Approved))
}

fn went(student: StudentId, submission: i64, delivery: u32, since: Option<Since>) -> FileEntry {
    FileEntry {
        student: Some(student),
        since,
        ..file(submission, delivery)
    }
}

fn answer(student: StudentId, submission: i64, delivery: u32) -> ReceiptEntry {
    ReceiptEntry {
        delivery: Some(delivery),
        ..row(1, student.0, Some(submission), ReceiptState::Accepted)
    }
}

/// The kinds found of each of two students, in order.
fn found(books: Books) -> Vec<(i64, DifferenceKind)> {
    let done = reconcile(&Books {
        roster: vec![S, OTHER],
        ..books
    });
    for sum in &done.sums {
        let parts: usize = sum.parts.iter().map(|part| part.1).sum();
        assert_eq!(parts, sum.whole, "{sum:?}");
    }
    let mut found: Vec<(i64, DifferenceKind)> = done
        .differences
        .iter()
        .filter_map(|row| Some((row.student?.0, row.kind)))
        .collect();
    found.sort();
    found
}

#[test]
fn a_photo_that_is_anothers_now_is_nobodys_delivery() {
    use DifferenceKind as K;
    let moved = went(S, 1, 1, Some(Since::Student));
    let books = Books {
        photos: vec![approved(1, 2, 1)],
        files: vec![moved],
        ..Books::default()
    };
    let open = [(1, K::NotSubmitted), (1, K::Revoked)];
    assert_eq!(
        found(books.clone()),
        [open.as_slice(), &[(2, K::Moved)]].concat()
    );
    // The studio took it for the first: that is no answer for the second.
    let answered = Books {
        receipts: vec![answer(S, 1, 1)],
        ..books.clone()
    };
    let told = [(1, K::NotSubmitted), (1, K::Revoked), (1, K::ReceiptMoved)];
    assert_eq!(
        found(answered.clone()),
        [told.as_slice(), &[(2, K::Moved)]].concat()
    );
    // Said to be of the second, it answers what went for the first, and not what goes for the second after it.
    let settled = |files| Books {
        files,
        receipts: vec![answer(OTHER, 1, 1)],
        ..books.clone()
    };
    let again = went(OTHER, 1, 2, None);
    for (files, kind) in [(vec![moved], K::Moved), (vec![moved, again], K::Unanswered)] {
        assert_eq!(
            found(settled(files)),
            [open.as_slice(), &[(2, kind)]].concat()
        );
    }
}

#[test]
fn two_photos_that_changed_places_are_both_to_be_handed_over() {
    use DifferenceKind as K;
    let since = Some(Since::Student);
    let swapped = vec![went(S, 1, 1, since), went(OTHER, 2, 1, since)];
    let again = vec![went(OTHER, 1, 2, None), went(S, 2, 2, None)];
    let books = |files| Books {
        photos: vec![approved(1, 2, 1), approved(2, 1, 1)],
        files,
        receipts: vec![answer(S, 1, 1)],
        ..Books::default()
    };
    assert_eq!(
        found(books(swapped.clone())),
        [(1, K::Moved), (1, K::ReceiptMoved), (2, K::Moved)]
    );
    assert_eq!(
        found(books([swapped, again].concat())),
        [(1, K::Unanswered), (2, K::Unanswered)]
    );
}

#[test]
fn what_went_under_another_number_is_handed_over_again_and_answered_again() {
    use DifferenceKind as K;
    let old = went(S, 1, 1, Some(Since::Number));
    let new = went(S, 1, 2, None);
    let books = |files: &[FileEntry], receipts: &[ReceiptEntry]| Books {
        photos: vec![approved(1, 1, 1)],
        files: files.to_vec(),
        receipts: receipts.to_vec(),
        exempt: BTreeSet::from([OTHER]),
        ..Books::default()
    };
    let returned = ReceiptEntry {
        state: ReceiptState::Returned,
        ..answer(S, 1, 1)
    };
    for (what, files, receipts, expected) in [
        ("no answer", vec![old], vec![], vec![K::Moved]),
        (
            "taken under the old",
            vec![old],
            vec![answer(S, 1, 1)],
            vec![K::Moved],
        ),
        (
            "given back under the old",
            vec![old],
            vec![returned],
            vec![K::Returned],
        ),
        (
            "handed over anew",
            vec![old, new],
            vec![answer(S, 1, 1)],
            vec![K::Unanswered],
        ),
        (
            "taken under the new",
            vec![old, new],
            vec![answer(S, 1, 1), answer(S, 1, 2)],
            vec![],
        ),
    ] {
        let kinds = found(books(&files, &receipts)).into_iter();
        let kinds: Vec<DifferenceKind> = kinds.map(|(_, kind)| kind).collect();
        assert_eq!(kinds, expected, "{what}");
    }
}

#[test]
fn an_earlier_photo_that_counts_again_is_to_be_handed_over_again() {
    let replaced = went(S, 1, 1, Some(Since::Photo));
    let books = |photos| Books {
        photos,
        files: vec![replaced, went(S, 2, 2, None)],
        exempt: BTreeSet::from([OTHER]),
        ..Books::default()
    };
    let later = vec![approved(1, 1, 1), approved(2, 1, 2)];
    assert_eq!(found(books(later)), [(1, DifferenceKind::Unanswered)]);
    let back = vec![approved(2, 1, 1), approved(1, 1, 2)];
    assert_eq!(found(books(back)), [(1, DifferenceKind::Moved)]);
}
