//! Lists that come again with less, with other columns, or without their numbers.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use proptest::prelude::*;
use zhaoshen_model::matching::MatchKey;
use zhaoshen_model::payment::Payment;
use zhaoshen_model::{RoundId, StudentId};

use super::*;

pub(super) fn new(
    key: &str,
    (reference, student_no, paid_at, payer): (&str, &str, &str, &str),
    fen: i64,
) -> NewPayment {
    NewPayment {
        key: key.to_owned(),
        payment: Payment {
            reference: reference.to_owned(),
            paid_at: paid_at.to_owned(),
            amount_fen: fen,
            payer: payer.to_owned(),
            note: String::new(),
            named: StudentKeys {
                student_no: student_no.to_owned(),
                ..StudentKeys::default()
            },
        },
        source_row: 2,
        matching: match student_no.parse() {
            Ok(id) => Matching::Matched {
                student: StudentId(id),
                by: MatchKey::StudentNo,
            },
            Err(_) => Matching::Unknown,
        },
        returned_fen: 0,
        refund: String::new(),
        is_spent: false,
    }
}

/// A ledger that a list is read into.
fn in_ledger(rows: Vec<(String, PaymentRow)>) -> Booked {
    Booked::new(rows, ToldOf::new(), LIST)
}

const LIST: &str = "账单.csv";

fn added(writes: Vec<Write>) -> Vec<NewPayment> {
    let added = writes.into_iter().filter_map(|write| match write {
        Write::Add(new, _) | Write::AddRest { new, .. } => Some(new),
        _ => None,
    });
    added.collect()
}

fn kept(id: i64, new: &NewPayment) -> (String, PaymentRow) {
    let row = PaymentRow {
        id: PaymentId(id),
        round: RoundId(1),
        payment: new.payment.clone(),
        source: LIST.to_owned(),
        source_row: new.source_row,
        matching: new.matching.clone(),
        shares: Vec::new(),
    };
    (new.key.clone(), row)
}

#[test]
fn what_was_paid_back_is_booked_once_whatever_is_read_again() {
    let order = |fen| new("收|W1", ("W1", "", "", ""), fen);
    let mut ledger = Ledger::of(vec![kept(1, &order(2000))]);
    for (listed, left) in [(2000, 2000), (500, 500), (500, 500), (0, 0), (0, 0)] {
        let before = ledger.sum();
        let met = ledger.booked(LIST).meet(&order(listed));
        assert_eq!(met == Met::Known, before == left, "{listed}: {met:?}");
        ledger.read(&[order(listed)]);
        assert_eq!(ledger.sum(), left);
        let rests = ledger.0.iter().skip(1);
        assert!(
            rests
                .into_iter()
                .all(|(key, _)| base_of(key) == Some("收|W1"))
        );
    }
    // The bill of the week before does not undo what was paid back.
    assert_eq!(ledger.booked(LIST).meet(&order(2000)), Met::More(0));
}

#[test]
fn an_order_is_known_by_its_number_and_its_student_whatever_key_it_has() {
    let of = |key: &str, student: &str| new(key, ("W1", student, "", ""), 2000);
    // An earlier version gave the first of a list the bare number.
    let mut booked = in_ledger(vec![kept(1, &of("收|W1", "1"))]);
    assert_eq!(booked.meet(&of("收|W1|1|||", "1")), Met::Known);
    assert!(matches!(booked.meet(&of("收|W1|2|||", "2")), Met::New(_)));
    // A bill that names no student says that the order is paid.
    assert_eq!(booked.meet(&of("收|W1|?", "")), Met::Known);
    let mut booked = in_ledger(vec![
        kept(1, &of("收|W1|1|||", "1")),
        kept(2, &of("收|W1|2|||", "2")),
    ]);
    let Met::Less(less) = booked.meet(&new("收|W1", ("W1", "", "", ""), 0)) else {
        panic!("the order was paid back for both");
    };
    assert_eq!(less.len(), 2);
}

#[test]
fn a_payment_without_its_number_is_the_one_of_the_same_time_sum_and_payer() {
    let time = "2026-11-01 10:00:00";
    let first = new("收|W1", ("W1", "", time, "张三"), 2000);
    let cases = [
        (("", "", time, "张三"), 2000, true),
        (("", "", "2026/11/1 10:00", "张三"), 2000, true),
        (("", "", "2026-11-01 10:01:00", "张三"), 2000, false),
        (("", "", time, "李四"), 2000, false),
        (("", "", time, "张三"), 1000, false),
        (("", "", "", "张三"), 2000, false),
        (("W2", "", time, "张三"), 2000, false),
    ];
    for (said, fen, is_alike) in cases {
        let mut booked = in_ledger(vec![kept(7, &first)]);
        let other = new("收#1|", said, fen);
        let met = booked.meet(&other);
        match is_alike {
            true => assert_eq!(met, Met::Alike(PaymentId(7)), "{said:?} {fen}"),
            false => assert!(matches!(met, Met::New(_)), "{said:?} {fen}: {met:?}"),
        }
        // The second that is alike is another payment.
        let second = booked.meet(&new("收#2|", said, fen));
        assert!(matches!(second, Met::New(_)), "{said:?}: {second:?}");
    }
}

#[test]
fn what_was_paid_back_of_a_divided_payment_is_for_a_person_to_divide() {
    let order = |fen| new("收|W1", ("W1", "", "", ""), fen);
    let (key, mut row) = kept(1, &order(4000));
    row.shares = [1, 2]
        .map(|id| Share {
            student: StudentId(id),
            fen: 2000,
        })
        .to_vec();
    let Met::Less(less) = in_ledger(vec![(key, row)]).meet(&order(2000)) else {
        panic!("it is less");
    };
    let candidates = vec![StudentId(1), StudentId(2)];
    assert_eq!(added(less)[0].matching, Matching::Ambiguous { candidates });
}

#[test]
fn without_payer_the_remark_that_names_the_student_tells_a_payment() {
    let noted = |key: &str, reference: &str, paid_at: &str, student: Option<i64>, note: &str| {
        let mut noted = new(key, (reference, "", paid_at, ""), 2000);
        noted.payment.note = note.to_owned();
        if let Some(student) = student {
            noted.matching = Matching::Matched {
                student: StudentId(student),
                by: MatchKey::StudentNo,
            };
        }
        noted
    };
    let first = noted("收|W1", "W1", "2026-03-01 10:00:00", Some(1), "2026000001");
    for (paid_at, student, note, is_alike) in [
        ("2026/3/1 10:00", Some(1), "2026000001", true),
        ("2026/3/1 10:01", Some(1), "2026000001", false),
        ("2026/3/1 10:00", Some(2), "2026000002", false),
        ("2026/3/1 10:00", Some(1), "2026000001 补", false),
        // Goods that everybody pays for say nothing.
        ("2026/3/1 10:00", None, "采集费", false),
    ] {
        let known = match student {
            Some(_) => first.clone(),
            None => noted("收|W1", "W1", "2026-03-01 10:00:00", None, note),
        };
        let mut booked = in_ledger(vec![kept(7, &known)]);
        let met = booked.meet(&noted("收#1|", "", paid_at, student, note));
        assert_eq!(met == Met::Alike(PaymentId(7)), is_alike, "{note} {met:?}");
    }
}

/// What a person would have in the ledger, and what lists told of it.
#[derive(Default)]
pub(super) struct Ledger(pub(super) Vec<(String, PaymentRow)>, ToldOf);

impl Ledger {
    fn of(rows: Vec<(String, PaymentRow)>) -> Self {
        Self(rows, ToldOf::new())
    }

    pub(super) fn booked(&self, list: &str) -> Booked {
        Booked::new(self.0.clone(), self.1.clone(), list)
    }

    pub(super) fn read(&mut self, list: &[NewPayment]) {
        let mut booked = self.booked(LIST);
        for new in list {
            match booked.meet(new) {
                Met::New(writes) | Met::Less(writes) | Met::Moved { writes, .. } => {
                    writes.into_iter().for_each(|write| self.write(write));
                }
                _ => {}
            }
        }
        for (key, told) in booked.into_heard().told {
            let id = self.row(&key).id;
            let of_payment = self.1.entry(id).or_default();
            of_payment.insert(LIST.to_owned(), told);
        }
    }

    fn write(&mut self, write: Write) {
        match write {
            Write::Add(new, shares) | Write::AddRest { new, shares, .. } => {
                assert!(!self.0.iter().any(|(key, _)| *key == new.key), "{new:?}");
                let newest = self.0.iter().map(|(_, row)| row.id.0).max();
                let (key, mut row) = kept(newest.unwrap_or(0) + 1, &new);
                row.shares = shares;
                self.0.push((key, row));
            }
            Write::Rest { key, fen, .. } => {
                let row = self.row(&key);
                row.payment.amount_fen = fen;
                row.shares = Vec::new();
                self.0.retain(|(_, row)| row.payment.amount_fen != 0);
            }
            Write::Whose { key, matching } => self.row(&key).matching = matching,
            Write::Teller { key, list, .. } => self.row(&key).source = list,
        }
    }

    fn row(&mut self, key: &str) -> &mut PaymentRow {
        let mut rows = self.0.iter_mut();
        &mut rows.find(|(known, _)| known == key).unwrap().1
    }

    pub(super) fn sum(&self) -> i64 {
        self.0.iter().map(|(_, row)| row.payment.amount_fen).sum()
    }
}

pub(super) fn returned(mut of: NewPayment, fen: i64) -> NewPayment {
    of.payment.amount_fen -= fen;
    of.returned_fen = fen;
    of
}

/// The refund of W1 that a bill tells by a row of its own.
pub(super) fn refund(number: &str, paid_at: &str, fen: i64) -> NewPayment {
    let key = match number {
        "" => format!("退@{paid_at} -{fen}|W1"),
        number => format!("退款{number}|W1"),
    };
    let mut refund = new(&key, ("W1", "", paid_at, ""), -fen);
    refund.refund = number.to_owned();
    refund
}

pub(super) const fn on(day: usize) -> &'static str {
    [
        "2026-03-01 10:00:00",
        "2026-03-02 10:00:00",
        "2026-03-03 10:00:00",
    ][day]
}

#[test]
fn a_refund_is_subtracted_once_however_often_and_however_it_is_told() {
    let order = |fen| new("收|W1", ("W1", "", on(0), ""), fen);
    let (paid, gone) = (order(2000), returned(order(2000), 2000));
    let row = |number| refund(number, on(1), 2000);
    for lists in [
        vec![vec![paid.clone()], vec![row("")], vec![gone.clone()]],
        vec![vec![row("")], vec![paid.clone()], vec![gone.clone()]],
        vec![vec![gone.clone()], vec![row("5001")], vec![paid.clone()]],
        vec![vec![gone.clone(), row("")]],
        vec![vec![row(""), gone]],
        vec![vec![paid, row("")], vec![row("5001")]],
    ] {
        let mut ledger = Ledger::default();
        for list in lists.iter().chain(&lists) {
            ledger.read(list);
        }
        assert_eq!(ledger.sum(), 0, "{lists:#?}");
    }
}

#[test]
fn a_refund_with_the_key_of_an_earlier_version_is_known_and_a_second_is_not() {
    let mut old = refund("", on(1), 1000);
    old.key = "退|W1".to_owned();
    let paid = new("收|W1", ("W1", "", on(0), ""), 4000);
    let mut ledger = Ledger::of(vec![kept(1, &paid), kept(2, &old)]);
    ledger.read(&[paid, refund("5001", on(1), 1000)]);
    assert_eq!(ledger.sum(), 3000);
    ledger.read(&[refund("5001", on(1), 1000), refund("5002", on(2), 1000)]);
    assert_eq!(ledger.sum(), 2000);
}

#[test]
fn everybody_has_his_share_back_of_what_is_paid_back_wholly() {
    let shares = |parts: &[(i64, i64)]| -> Vec<Share> {
        let parts = parts.iter().map(|(id, fen)| Share {
            student: StudentId(*id),
            fen: *fen,
        });
        parts.collect()
    };
    let divided = || {
        let (key, mut row) = kept(1, &new("收|W1", ("W1", "", on(0), ""), 4000));
        row.shares = shares(&[(1, 2500), (2, 1500)]);
        Ledger::of(vec![(key, row)])
    };
    let order = new("收|W1", ("W1", "", on(0), ""), 4000);
    let whole = shares(&[(1, -2500), (2, -1500)]);
    for list in [
        vec![refund("5001", on(1), 4000)],
        vec![returned(order.clone(), 4000)],
        vec![returned(order.clone(), 4000), refund("", on(1), 4000)],
    ] {
        let mut ledger = divided();
        ledger.read(&list);
        assert_eq!(ledger.sum(), 0);
        assert_eq!(ledger.0[1].1.shares, whole, "{list:?}");
    }
    // Of a part a person says it, and the rest is again each one's.
    let mut ledger = divided();
    ledger.read(&[refund("5001", on(1), 1000)]);
    let candidates = vec![StudentId(1), StudentId(2)];
    assert_eq!(ledger.0[1].1.matching, Matching::Ambiguous { candidates });
    ledger.0[1].1.matching = Matching::Matched {
        student: StudentId(1),
        by: MatchKey::ByHand,
    };
    ledger.read(&[refund("5002", on(2), 3000)]);
    assert_eq!(ledger.0[2].1.shares, shares(&[(1, -1500), (2, -1500)]));
}

#[test]
fn an_expense_that_reads_like_a_refund_is_of_the_student_or_the_order_it_names() {
    let of = |student: Option<i64>, mut of: NewPayment| {
        of.matching = student.map_or(Matching::Unknown, |id| Matching::Matched {
            student: StudentId(id),
            by: MatchKey::StudentNo,
        });
        of
    };
    let spent = |reference: &str, student| {
        let mut spent = new(
            &format!("支@|{reference}"),
            (reference, "", on(1), ""),
            -2000,
        );
        spent.is_spent = true;
        of(student, spent)
    };
    let paid = of(Some(1), new("收|W1", ("W1", "", on(0), ""), 2000));
    let gone = returned(paid.clone(), 2000);
    // The bill tells it twice: in the payment's own row, and under a number of its own.
    for lists in [
        vec![
            vec![paid.clone()],
            vec![spent("X9", Some(1))],
            vec![gone.clone()],
        ],
        vec![vec![gone.clone(), spent("X9", Some(1))]],
        vec![vec![spent("X9", Some(1))], vec![gone.clone()]],
        vec![vec![paid.clone()], vec![spent("W1", None)], vec![gone]],
    ] {
        let mut ledger = Ledger::default();
        for list in lists.iter().chain(&lists) {
            ledger.read(list);
        }
        assert_eq!(ledger.sum(), 0, "{lists:#?}");
    }
    let mut booked = in_ledger(vec![kept(1, &paid)]);
    assert_eq!(booked.meet(&spent("X9", None)), Met::Stray);
    assert!(matches!(booked.meet(&spent("X8", Some(2))), Met::New(_)));
}

/// A bill of an order of 60 元 of which refunds of 10, 10 and 20 元 were made one after another.
#[derive(Debug, Clone)]
struct Bill {
    /// How many refunds had been made.
    made: usize,
    /// Which of them have rows of their own.
    rows: Vec<usize>,
    /// Whether the payment has a row, and whether that tells what was paid back.
    payment: Option<bool>,
    /// Whether refunds have numbers.
    numbered: bool,
    latest_first: bool,
}

const REFUNDS: [i64; 3] = [1000, 1000, 2000];

impl Bill {
    fn list(&self) -> Vec<NewPayment> {
        let told: i64 = REFUNDS[..self.made].iter().sum();
        let order = new("收|W1", ("W1", "", "2026-02-01 10:00:00", ""), 6000);
        let payment = self.payment.map(|tells| match tells {
            true => returned(order, told),
            false => order,
        });
        let rows = self.rows.iter().filter(|at| **at < self.made).map(|at| {
            let number = format!("500{at}");
            refund(
                if self.numbered { &number } else { "" },
                on(*at),
                REFUNDS[*at],
            )
        });
        let mut list: Vec<NewPayment> = payment.into_iter().chain(rows).collect();
        if self.latest_first {
            list.reverse();
        }
        list
    }
}

/// What is left when all of them were read: what rows or the payment's own row say was paid back, whichever is more.
fn left(bills: &[Bill]) -> i64 {
    let is_told = |at: &usize| (bills.iter()).any(|bill| bill.rows.contains(at) && *at < bill.made);
    let rows: i64 = (0..3).filter(is_told).map(|at| REFUNDS[at]).sum();
    let tell = bills.iter().filter(|bill| bill.payment == Some(true));
    let told = tell.map(|bill| REFUNDS[..bill.made].iter().sum::<i64>());
    let is_paid = bills.iter().any(|bill| bill.payment.is_some());
    i64::from(is_paid) * 6000 - rows.max(told.max().unwrap_or(0))
}

fn bill() -> impl Strategy<Value = Bill> {
    let rows = proptest::sample::subsequence(vec![0, 1, 2], 0..=3);
    let flags = any::<(bool, bool)>();
    (0..=3_usize, rows, any::<Option<bool>>(), flags).prop_map(
        |(made, rows, payment, (numbered, latest_first))| Bill {
            made,
            rows,
            payment,
            numbered,
            latest_first,
        },
    )
}

proptest! {
    #[test]
    fn bills_that_tell_the_same_come_to_the_same_in_any_order(
        bills in proptest::collection::vec(bill(), 1..6),
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
