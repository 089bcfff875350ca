//! Rows of the studio that fit nobody, given to a student by hand: they count as theirs, are kept, and are taken back.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod books;

use books::{Books, of};
use zhaoshen_station::wire::{
    QueueItem, ReceiptSettle, ReceiptsDrop, ReceiptsReject, RosterCommit, RosterSource,
};

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
    let again = books.import("二.csv", &format!("{list}\n"));
    assert_eq!((again.added, again.known, again.settled), (0, 2, 2));
    assert_eq!(again.unclear_total, 0, "{:?}", again.unclear);
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
    let told = undo();
    let named = told.contains("指定回执学生") && books.delivered.iter().any(|no| told.contains(no));
    assert!(named, "{told}");
    assert_eq!(of(&books.kinds(), "receipt_unclear"), 1);
    station.reconcile_redo(books.round()).unwrap();
    assert_eq!(of(&books.kinds(), "receipt_unclear"), 0);
}

#[test]
fn an_answer_that_is_neither_yes_nor_no_is_a_difference_until_a_person_says_which() {
    let books = Books::new();
    let [one, two, three] = [0, 1, 2].map(|at| books.delivered[at].as_str());
    let list =
        format!("学号,审核结果\n{one},信息有误待核\n{two},处理中\n{three},通过\n9{one},等通知\n");
    let done = books.import("一.csv", &list);
    assert_eq!((done.added, done.unsettled, done.returned), (4, 3, 0));
    let kinds = books.kinds();
    assert_eq!((of(&kinds, "unsettled"), of(&kinds, "unanswered")), (2, 3));
    assert_eq!(books.answers("看不出接收还是退回，未认定"), 2);
    let row = books.rows("unsettled").remove(0);
    assert_eq!(row.student_no, one);
    assert_eq!(row.text, "回执写的是“信息有误待核”");
    assert!(row.source.starts_with("一.csv"), "{}", row.source);
    assert!(row.remedy.contains("按退回登记"), "{}", row.remedy);

    let station = &books.round.station;
    let settle = |receipt, state: &str, reason: &str| {
        let ask = ReceiptSettle {
            round: books.round.round,
            receipt,
            state: state.to_owned(),
            reason: reason.to_owned(),
        };
        station.receipt_settle(ask)
    };
    let receipt = row.receipt.unwrap();
    settle(receipt, "mismatch", "").unwrap_err();
    settle(receipt, "returned", &"长".repeat(201)).unwrap_err();
    let settled = settle(receipt, "returned", " 背景有阴影 ").unwrap();
    assert!(settled.whose.starts_with(one), "{}", settled.whose);
    settle(receipt, "accepted", "").unwrap_err();
    let other = books.rows("unsettled").remove(0);
    settle(other.receipt.unwrap(), "accepted", "").unwrap();
    let stray = books.rows("receipt_unlisted").remove(0);
    settle(stray.receipt.unwrap(), "accepted", "").unwrap();
    let kinds = books.kinds();
    assert_eq!((of(&kinds, "unsettled"), of(&kinds, "returned")), (0, 1));
    assert_eq!(
        (books.answers("接收"), books.answers("退回，未处理")),
        (2, 1)
    );

    // What was settled is not asked again by a list that grew.
    let again = books.import("二.csv", &format!("{list}{},通过\n", books.delivered[3]));
    assert_eq!((again.added, again.known), (1, 4));
    // Nor told of among what somebody is to look at; the one whom nobody is known for is.
    assert_eq!((again.settled, again.unclear_total), (2, 1));
    assert_eq!(of(&books.kinds(), "unsettled"), 0);

    let all = ReceiptsReject {
        round: books.round.round,
        receipts: Vec::new(),
    };
    assert_eq!(station.receipts_reject(all).unwrap().rejected, 1);
    let told = books.rejected_notices();
    let said = |words: &str| told.iter().any(|text| text.contains(words));
    assert!(said("采集单位退回：背景有阴影"), "{told:?}");
    assert!(!said("信息有误待核"), "odd words are no reason: {told:?}");
    let undo = || station.reconcile_undo(books.round()).unwrap().act.unwrap();
    assert!(undo().summary.contains("按回执退回"));
    assert!(undo().summary.contains("导入回执"));
    assert!(undo().summary.contains("认定回执"));
    undo();
    assert_eq!(of(&books.kinds(), "unsettled"), 1);
    undo();
    assert_eq!(of(&books.kinds(), "unsettled"), 2);
}

#[test]
fn an_odd_word_beside_a_plain_answer_is_asked_about_and_a_later_list_answers_it() {
    let books = Books::new();
    let one = books.delivered[0].as_str();
    let done = books.import(
        "一.csv",
        &format!("学号,审核结果\n{one},通过\n{one},复核中\n"),
    );
    assert_eq!((done.added, done.unsettled), (1, 1));
    assert_eq!(of(&books.kinds(), "unsettled"), 1);
    assert_eq!(
        books
            .import("二.csv", &format!("学号,审核结果\n{one},通过\n"))
            .added,
        1
    );
    let kinds = books.kinds();
    assert_eq!((of(&kinds, "unsettled"), of(&kinds, "unanswered")), (0, 5));
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

#[test]
fn a_return_goes_behind_an_acceptance_only_by_a_person() {
    let books = Books::new();
    let station = &books.round.station;
    let round = books.round.round;
    let [one, two, three] = [0, 1, 2].map(|at| books.delivered[at].as_str());
    let returned =
        format!("学号,审核结果,退回原因\n{one},退回,闭眼\n{two},退回,反光\n{three},退回,模糊\n");
    assert_eq!(books.import("新.csv", &returned).returned, 3);
    let taken = format!("学号,审核结果\n{one},接收\n{two},接收\n{three},接收\n");
    let done = books.import("旧.csv", &taken);
    assert_eq!((done.added, done.unsettled, done.unclear_total), (3, 3, 3));
    let kinds = || books.kinds();
    assert_eq!(
        (of(&kinds(), "unsettled"), of(&kinds(), "returned")),
        (3, 0)
    );
    let row = books.rows("unsettled").remove(0);
    assert!(
        row.text.contains("接收") && row.text.contains("新.csv A2") && row.text.contains("闭眼"),
        "{}",
        row.text
    );
    // The same lists once more, and longer ones, ask nothing anew.
    for (name, list) in [
        ("旧.csv", &taken),
        ("又.csv", &taken),
        ("新.csv", &returned),
    ] {
        assert_eq!(books.import(name, list).added, 0, "{name}");
    }

    // Each way to settle it: taken, given back with the reason of the list that gave it back, not counted.
    let receipts = || -> Vec<i64> {
        let rows = books.rows("unsettled").into_iter();
        rows.map(|row| row.receipt.unwrap()).collect()
    };
    let [first, second, third] = receipts().try_into().unwrap();
    for (receipt, state) in [(first, "accepted"), (second, "returned")] {
        let state = state.to_owned();
        let ask = ReceiptSettle {
            round,
            receipt,
            state,
            reason: String::new(),
        };
        station.receipt_settle(ask).unwrap();
    }
    let receipts = vec![third];
    station
        .receipts_drop(ReceiptsDrop { round, receipts })
        .unwrap();
    assert_eq!(
        (of(&kinds(), "unsettled"), of(&kinds(), "returned")),
        (0, 2)
    );
    assert_eq!(
        books.import("再.csv", &taken).added,
        0,
        "all of it was settled"
    );
    assert_eq!(of(&kinds(), "returned"), 2);
    let receipts = Vec::new();
    station
        .receipts_reject(ReceiptsReject { round, receipts })
        .unwrap();
    let told = books.rejected_notices();
    for reason in ["采集单位退回：反光", "采集单位退回：模糊"] {
        assert!(told.iter().any(|text| text.contains(reason)), "{told:?}");
    }
    assert!(!told.iter().any(|text| text.contains("接收")), "{told:?}");
}

#[test]
fn what_a_person_decided_since_the_return_asks_nothing() {
    let books = Books::new();
    let one = books.delivered[0].as_str();
    books.import("一.csv", &format!("学号,审核结果\n{one},退回\n"));
    let submission = books.round.submission(one).unwrap();
    books.round.decide(submission, "rejected").unwrap();
    books.round.decide(submission, "approved").unwrap();
    let done = books.import("二.csv", &format!("学号,审核结果\n{one},接收\n"));
    assert_eq!((done.added, done.unsettled), (1, 0));
    assert_eq!(of(&books.kinds(), "unsettled"), 0);
}

#[test]
fn a_roster_that_changes_takes_no_return_back() {
    let books = Books::new();
    let station = &books.round.station;
    let [one, two, three] = [0, 1, 2].map(|at| books.delivered[at].as_str());
    books.import("一.csv", &format!("学号,审核结果\n{one},退回\n"));
    // Names that the roster has not, yet.
    let names = ["欧阳新甲", "欧阳新乙"];
    let list = format!(
        "学号,姓名,审核结果\n,{},接收\n,{},接收\n{three},,接收\n",
        names[0], names[1]
    );
    assert_eq!(books.import("二.csv", &list).added, 3);
    assert_eq!(of(&books.kinds(), "receipt_unlisted"), 2);
    let path = books.folder.path().join("改名.csv");
    let roster = format!("学号,姓名\n{one},{}\n{two},{}\n", names[0], names[1]);
    std::fs::write(&path, roster).unwrap();
    let source = RosterSource {
        round: books.round.round,
        path: path.display().to_string(),
        pasted: String::new(),
    };
    let preview = station.roster_preview(source.clone()).unwrap();
    station
        .roster_commit(RosterCommit::whole(source, &preview, true))
        .unwrap();
    let kinds = books.kinds();
    assert_eq!(
        (
            of(&kinds, "returned"),
            of(&kinds, "receipt_unlisted"),
            of(&kinds, "unanswered")
        ),
        (1, 1, 3),
        "what silences nothing is found"
    );
}
