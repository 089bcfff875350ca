//! Rows of the studio that fit nobody, given to a student by hand: they count as theirs, are kept, and are taken back.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod books;

use books::{Books, of};
use zhaoshen_station::wire::{QueueItem, ReceiptsReject};

#[test]
fn a_row_that_fits_nobody_is_given_to_a_student_by_hand_and_counts_as_theirs() {
    let books = Books::new();
    let [one, two, three] = [0, 1, 2].map(|at| books.delivered[at].as_str());
    // One 学号 mistyped, and one whose file is another's.
    let list = format!("学号,文件名,审核结果,退回原因\n{one}7,,退回,反光\n{two},3.jpg,通过,\n");
    assert_eq!(books.import("一.csv", &list).added, 2);
    let kinds = books.kinds();
    assert_eq!(
        (
            of(&kinds, "receipt_unlisted"),
            of(&kinds, "receipt_unclear")
        ),
        (1, 1)
    );
    assert_eq!(books.answers("对不上名单里的学生"), 2);
    let unclear = books.rows("receipt_unclear").remove(0);
    let fitting: Vec<&str> = unclear
        .candidates
        .iter()
        .map(|hit| hit.student_no.as_str())
        .collect();
    assert_eq!(fitting, [two, three]);

    let unlisted = books.rows("receipt_unlisted").remove(0);
    let given = books.assign(unlisted.receipt.unwrap(), one);
    assert!(given.whose.starts_with(one) && given.delivered.contains("第 1 次交付"));
    books.assign(unclear.receipt.unwrap(), three);
    let kinds = books.kinds();
    assert_eq!(
        (
            of(&kinds, "receipt_unlisted"),
            of(&kinds, "receipt_unclear")
        ),
        (0, 0)
    );
    assert_eq!((of(&kinds, "returned"), of(&kinds, "unanswered")), (1, 4));
    assert_eq!(books.answers("对不上名单里的学生"), 0);
    assert_eq!(
        (books.answers("接收"), books.answers("退回，未处理")),
        (1, 1)
    );

    // It is kept: by a list that holds the same rows, and by a roster that changes nothing of it.
    assert_eq!(books.import("二.csv", &format!("{list}\n")).added, 0);
    assert_eq!(of(&books.kinds(), "unanswered"), 4);
    let station = &books.round.station;
    let all = ReceiptsReject {
        round: books.round.round,
        receipts: Vec::new(),
    };
    assert_eq!(station.receipts_reject(all).unwrap().rejected, 1);
    assert!(
        books
            .rejected_notices()
            .iter()
            .any(|text| text.contains("反光"))
    );

    // And back, act by act.
    let undo = || {
        station
            .reconcile_undo(books.round())
            .unwrap()
            .act
            .unwrap()
            .summary
    };
    assert!(undo().contains("按回执退回"));
    assert!(undo().contains("指定回执学生"));
    assert_eq!(of(&books.kinds(), "receipt_unclear"), 1);
    station.reconcile_redo(books.round()).unwrap();
    assert_eq!(of(&books.kinds(), "receipt_unclear"), 0);
}

#[test]
fn a_row_given_by_hand_answers_no_delivery_made_after_it_was_read() {
    let books = Books::new();
    let clear = |item: &QueueItem| item.failing.is_empty();
    let late = books
        .round
        .pending()
        .unwrap()
        .into_iter()
        .find(clear)
        .unwrap();
    let one = &books.delivered[0];
    books.import(
        "一.csv",
        &format!("学号,姓名,审核结果\n,无此人,通过\n{one},,通过\n"),
    );
    books.round.decide(late.submission, "approved").unwrap();
    books.deliver("二");
    let stray = books.rows("receipt_unlisted").remove(0);
    assert_eq!(
        books
            .assign(stray.receipt.unwrap(), &late.student_no)
            .delivered,
        ""
    );
    let kinds = books.kinds();
    assert_eq!(
        (
            of(&kinds, "receipt_undelivered"),
            of(&kinds, "receipt_unlisted")
        ),
        (1, 0)
    );
    assert_eq!(of(&kinds, "unanswered"), 6);
}
