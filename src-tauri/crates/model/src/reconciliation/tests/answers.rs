//! What the studio answers, and what it gives back, of several deliveries.

use super::*;

#[test]
fn what_was_said_of_an_earlier_delivery_is_no_answer_to_a_later_one() {
    use DifferenceKind as K;
    let books = |delivery, decided_since| Books {
        photos: vec![photo(1, 1, 1, Some(DecisionKind::Approved))],
        files: vec![file(1, 1), file(1, 2)],
        receipts: vec![ReceiptEntry {
            delivery,
            decided_since,
            ..row(1, 1, Some(1), ReceiptState::Returned)
        }],
        ..Books::default()
    };
    assert_eq!(kinds(books(Some(1), true)), [K::Unanswered]);
    // Nobody dealt with it: delivering again is no answer to what was given back.
    assert_eq!(kinds(books(Some(1), false)), [K::Returned]);
    assert_eq!(kinds(books(Some(2), true)), [K::Returned]);
    assert_eq!(kinds(books(None, true)), [K::Returned]);

    // An answer to the first, read after the answer to the second.
    let of = |id, delivery, state| ReceiptEntry {
        delivery: Some(delivery),
        ..row(id, 1, Some(1), state)
    };
    let late = Books {
        receipts: vec![
            of(1, 2, ReceiptState::Accepted),
            of(2, 1, ReceiptState::Returned),
        ],
        ..books(None, false)
    };
    assert_eq!(kinds(late), []);
}

#[test]
fn what_was_said_is_past_where_a_later_delivery_holds_something_else() {
    for (of, decided_since, has_moved, is_past) in [
        (Some(1), false, false, false),
        (Some(1), true, false, true),
        (Some(1), false, true, true),
        (Some(2), true, true, false),
        (Some(3), true, true, false),
        (None, true, true, false),
    ] {
        let answered = Answered {
            delivery: of,
            decided_since,
            has_moved,
        };
        assert_eq!(answered.is_past(2), is_past, "{answered:?}");
    }
}

#[test]
fn the_studios_set_is_held_against_what_was_delivered_last() {
    use DifferenceKind as K;
    use ReceiptState as R;
    let books = |files: Vec<FileEntry>, receipts| Books {
        photos: vec![photo(1, 1, 1, Some(DecisionKind::Approved))],
        files,
        receipts,
        ..Books::default()
    };
    let accepted = || row(1, 1, Some(1), R::Accepted);
    for (what, said, expected) in [
        ("same", row(2, 1, Some(1), R::SetSame), vec![]),
        (
            "missing",
            row(2, 1, Some(1), R::SetMissing),
            vec![K::SetMissing],
        ),
        (
            "changed",
            row(2, 1, Some(1), R::SetChanged),
            vec![K::SetChanged],
        ),
        (
            "of an earlier photo",
            row(2, 1, Some(9), R::SetMissing),
            vec![],
        ),
        (
            "nobody's",
            ReceiptEntry {
                about: About::Nobody,
                ..row(2, 1, None, R::SetStray)
            },
            vec![K::SetStray],
        ),
    ] {
        assert_eq!(
            kinds(books(vec![file(1, 1)], vec![accepted(), said])),
            expected,
            "{what}"
        );
    }
    let stray = books(vec![], vec![row(1, 1, None, R::SetStray)]);
    assert_eq!(kinds(stray), [K::Undelivered, K::SetStray]);
    let later = vec![
        row(1, 1, Some(1), R::SetMissing),
        row(2, 1, Some(1), R::SetSame),
    ];
    assert_eq!(kinds(books(vec![file(1, 1)], later)), [K::Unanswered]);
}
