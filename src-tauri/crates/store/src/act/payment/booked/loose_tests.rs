//! Refunds that name a student alone, among lists that tell of them by the rows of the payments.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use proptest::prelude::*;
use zhaoshen_model::StudentId;
use zhaoshen_model::matching::MatchKey;

use super::tests::{Ledger, new, on, refund, returned};
use super::*;

const PAID: [i64; 2] = [4000, 2000];
const LOOSE: [i64; 2] = [1000, 2000];

fn of_student(mut of: NewPayment) -> NewPayment {
    of.matching = Matching::Matched {
        student: StudentId(1),
        by: MatchKey::StudentNo,
    };
    of
}

/// One of two orders of the student, of which so much was paid back.
fn order(at: usize, told: i64) -> NewPayment {
    let number = format!("W{}", at + 1);
    let order = new(&format!("收|{number}"), (&number, "", on(0), ""), PAID[at]);
    returned(of_student(order), told)
}

/// An expense that names the student alone.
fn loose(at: usize) -> NewPayment {
    let number = format!("X{at}");
    let key = format!("支@{} -{}|{number}", on(1), LOOSE[at]);
    let mut loose = new(&key, (&number, "", on(1), ""), -LOOSE[at]);
    loose.is_spent = true;
    of_student(loose)
}

#[test]
fn a_refund_that_names_no_order_is_of_the_one_that_was_told_of() {
    let lists = [
        vec![order(0, 0), order(1, 0)],
        vec![loose(1)],
        vec![order(1, 2000)],
    ];
    for at in [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ] {
        let mut ledger = Ledger::default();
        for list in at.iter().chain(&at) {
            ledger.read(&lists[*list]);
        }
        assert_eq!(ledger.sum(), 4000, "{at:?}: {:#?}", ledger.0);
        // The refund stands for what was told, which is not beside it.
        let is_rest = |(key, _): &(String, PaymentRow)| base_of(key).is_some();
        assert!(!ledger.0.iter().any(is_rest), "{at:?}: {:#?}", ledger.0);
    }
}

#[test]
fn a_refund_given_to_one_order_goes_to_another_where_more_is_told_of_that() {
    let mut ledger = Ledger::default();
    ledger.read(&[order(0, 2000), order(1, 0), loose(1)]);
    assert_eq!(ledger.sum(), 4000);
    // The first order's own refund comes with a row: the loose one is another again.
    ledger.read(&[refund("5001", on(2), 2000)]);
    assert_eq!(ledger.sum(), 2000);
    ledger.read(&[order(1, 2000)]);
    assert_eq!(ledger.sum(), 2000, "{:#?}", ledger.0);
    // And when its own order comes after all, it is that one's.
    let mut own = new("收|X1", ("X1", "", on(0), ""), 2000);
    own.matching = loose(1).matching;
    ledger.read(&[own]);
    assert_eq!(ledger.sum(), 2000, "{:#?}", ledger.0);
}

/// A bill: what it tells of each order, and which refunds it has rows of.
#[derive(Debug, Clone)]
struct Bill {
    told: [Option<i64>; 2],
    loose: Vec<usize>,
    sure: bool,
    latest_first: bool,
}

impl Bill {
    fn list(&self) -> Vec<NewPayment> {
        let orders = (0..2).filter_map(|at| Some(order(at, self.told[at]?)));
        let loose = self.loose.iter().map(|at| loose(*at));
        let sure = self.sure.then(|| refund("5001", on(2), 1000));
        let mut list: Vec<NewPayment> = orders.chain(loose).chain(sure).collect();
        if self.latest_first {
            list.reverse();
        }
        list
    }
}

/// What is left: of the loose refunds those count that are not what was told of the orders already.
fn left(bills: &[Bill]) -> i64 {
    let is_sure = bills.iter().any(|bill| bill.sure);
    let told = |at: usize| bills.iter().filter_map(|bill| bill.told[at]).max();
    let paid: i64 = (0..2)
        .filter(|at| told(*at).is_some())
        .map(|at| PAID[at])
        .sum();
    let sure = i64::from(is_sure) * 1000;
    let needs = [(told(0).unwrap_or(0) - sure).max(0), told(1).unwrap_or(0)];
    let there: Vec<i64> = (0..2)
        .filter(|at| bills.iter().any(|bill| bill.loose.contains(at)))
        .map(|at| LOOSE[at])
        .collect();
    // Each goes to the first order, to the second, or to none.
    let ways = (0..9).filter_map(|way| {
        let to = [way % 3, way / 3];
        let mut given = [0; 2];
        for (fen, to) in there.iter().zip(to).filter(|(_, to)| *to < 2) {
            given[to] += fen;
        }
        (given[0] <= needs[0] && given[1] <= needs[1]).then_some(given[0] + given[1])
    });
    let matched = ways.max().unwrap();
    paid - sure - needs.iter().sum::<i64>() - (there.iter().sum::<i64>() - matched)
}

fn bill() -> impl Strategy<Value = Bill> {
    let told = (
        proptest::option::of((0_i64..=3).prop_map(|n| n * 1000)),
        proptest::option::of((0_i64..=2).prop_map(|n| n * 1000)),
    );
    let loose = proptest::sample::subsequence(vec![0, 1], 0..=2);
    (told, loose, any::<(bool, bool)>()).prop_map(|(told, loose, (sure, latest_first))| Bill {
        told: [told.0, told.1],
        loose,
        sure,
        latest_first,
    })
}

proptest! {
    #[test]
    fn refunds_that_name_the_student_alone_come_to_the_same_in_any_order(
        bills in proptest::collection::vec(bill(), 1..5),
        again in proptest::collection::vec(any::<proptest::sample::Index>(), 0..4),
    ) {
        let mut ledger = Ledger::default();
        let again = again.iter().map(|index| &bills[index.index(bills.len())]);
        for bill in bills.iter().chain(again) {
            ledger.read(&bill.list());
        }
        prop_assert_eq!(ledger.sum(), left(&bills), "{:#?}", ledger.0);
    }
}
