//! Lists that are long, come twice, or are about nobody of the round.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod books;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use books::{Books, of};
use zhaoshen_station::wire::ReceiptsImport;

fn refused(books: &Books, text: &str) -> String {
    let path = books.folder.path().join("别人.csv");
    std::fs::write(&path, text).unwrap();
    let ask = ReceiptsImport {
        round: books.round.round,
        path: path.display().to_string(),
        kind: String::new(),
        delivery: None,
    };
    books
        .round
        .station
        .receipts_import(ask)
        .unwrap_err()
        .message
}

#[test]
fn a_list_about_nobody_of_the_round_is_refused_and_adds_nothing() {
    let books = Books::new();
    for text in [
        "学号,姓名,审核结果\n9999999998,路人,通过\n9999999999,过客,退回\n",
        "学号,姓名,学历照片状态\n9999999998,路人,已采集\n",
    ] {
        let said = refused(&books, text);
        assert!(
            said.contains("没有一行对得上本批次的学生") && said.contains("9999999998"),
            "{said}"
        );
    }
    assert_eq!(of(&books.kinds(), "receipt_unlisted"), 0);
}

#[test]
fn a_row_that_is_a_students_in_part_says_in_what_it_is_not() {
    let books = Books::new();
    let one = &books.delivered[0];
    let read = books.import(
        "一.csv",
        &format!("学号,姓名,审核结果\n{one},查无此人,通过\n"),
    );
    let why = &read.unclear[0].why;
    assert!(!why.contains("不止一名"), "{why}");
    assert!(
        why.contains(one.as_str()) && why.contains("姓名：表里“查无此人”，名单“"),
        "{why}"
    );
}

#[test]
fn a_long_list_is_counted_whole_and_read_again_in_no_time() {
    const STRANGERS: usize = 30_000;
    let books = Books::new();
    let mut list = format!("学号,审核结果\n{},通过\n", books.delivered[0]);
    for at in 0..STRANGERS {
        writeln!(list, "9{at:09},通过").unwrap();
    }
    let first = books.import("长.csv", &list);
    assert_eq!(
        (first.added as usize, first.unclear_total as usize),
        (STRANGERS + 1, STRANGERS)
    );
    assert_eq!(first.unclear.len(), 500, "those that are told one by one");
    let begun = Instant::now();
    let again = books.import("长.csv", &list);
    assert_eq!((again.added, again.known as usize), (0, STRANGERS + 1));
    // Every row held against every row took minutes.
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );
}
