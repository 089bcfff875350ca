//! The fee ledger comes to the same for each student, whatever was read, given to a student or taken out first.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use desk::{Desk, at};
use proptest::prelude::*;
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::payment::{Payment, Share};
use zhaoshen_model::{PaymentId, StudentId};
use zhaoshen_store::{Act, Error, LeftOpen, LogFilter, NewPayment, PaymentRow};

/// A ledger with two students.
struct Fees {
    desk: Desk,
    students: Vec<StudentId>,
}

impl Fees {
    fn new() -> Self {
        let desk = Desk::new();
        let students = desk.roster(&["2021001", "2021002"]);
        Self { desk, students }
    }

    fn read(&self, list: &str, payments: &[NewPayment]) {
        let (store, round) = (&self.desk.store, self.desk.round);
        store
            .record_payments(round, list, payments, "王", at(1))
            .unwrap();
    }

    fn remove(&self, list: &str) -> u64 {
        let (store, round) = (&self.desk.store, self.desk.round);
        store.remove_payments(round, list, "王", at(2)).unwrap()
    }

    fn rows(&self) -> Vec<PaymentRow> {
        self.desk.store.payments(self.desk.round).unwrap()
    }

    /// The payment of an order with this sum.
    fn payment(&self, reference: &str, fen: i64) -> Option<PaymentId> {
        let is_it =
            |row: &PaymentRow| row.payment.reference == reference && row.payment.amount_fen == fen;
        self.rows().into_iter().find(is_it).map(|row| row.id)
    }

    fn assign(&self, id: PaymentId, to: Option<usize>) {
        let to = to.map(|at| self.students[at]);
        self.desk.store.assign_payment(id, to, "王", at(3)).unwrap();
    }

    /// What each student has, 元.
    fn totals(&self) -> [i64; 2] {
        let parts: Vec<Share> = self.rows().iter().flat_map(PaymentRow::parts).collect();
        let of = |student: &StudentId| -> i64 {
            let of_student = parts.iter().filter(|part| part.student == *student);
            of_student.map(|part| part.fen).sum()
        };
        [of(&self.students[0]), of(&self.students[1])].map(|fen| fen / 100)
    }

    /// A refund that names the first student alone, 元.
    fn loose(&self, reference: &str, yuan: i64) -> NewPayment {
        let key = format!("支@2026-03-02 -{yuan}|{reference}");
        NewPayment {
            matching: Matching::Matched {
                student: self.students[0],
                by: MatchKey::StudentNo,
            },
            is_spent: true,
            ..payment(&key, reference, -yuan)
        }
    }
}

/// What names nobody, 元.
fn payment(key: &str, reference: &str, yuan: i64) -> NewPayment {
    NewPayment {
        key: key.to_owned(),
        payment: Payment {
            reference: reference.to_owned(),
            amount_fen: yuan * 100,
            ..Payment::default()
        },
        source_row: 2,
        matching: Matching::Unknown,
        returned_fen: 0,
        refund: String::new(),
        is_spent: false,
    }
}

/// An order that nobody is named by, of which the list tells that so much was paid back, 元.
fn order(reference: &str, yuan: i64, told: i64) -> NewPayment {
    let mut order = payment(&format!("收|{reference}"), reference, yuan);
    order.payment.amount_fen -= told * 100;
    order.returned_fen = told * 100;
    order
}

#[test]
fn a_payment_that_is_given_to_a_student_takes_up_the_refund_that_names_him_alone() {
    let fees = Fees::new();
    fees.read("一.csv", &[order("W1", 100, 30)]);
    fees.read("二.csv", &[fees.loose("X1", 30)]);
    assert_eq!(fees.totals(), [-30, 0]);
    let id = fees.payment("W1", 10000).unwrap();
    for (to, expected) in [
        (Some(0), [70, 0]),
        (Some(1), [-30, 70]),
        (Some(0), [70, 0]),
        (None, [-30, 0]),
        (Some(0), [70, 0]),
    ] {
        fees.assign(id, to);
        assert_eq!(fees.totals(), expected, "{to:?}: {:#?}", fees.rows());
    }
    // The refund itself is found to be the other's.
    let refund = fees.payment("X1", -3000).unwrap();
    fees.assign(refund, Some(1));
    assert_eq!(fees.totals(), [70, -30]);
    fees.assign(refund, Some(0));
    assert_eq!(fees.totals(), [70, 0]);
}

#[test]
fn a_payment_that_is_divided_leaves_the_refund_to_the_one_it_names() {
    let fees = Fees::new();
    fees.read("一.csv", &[order("W1", 100, 30)]);
    fees.read("二.csv", &[fees.loose("X1", 30)]);
    let id = fees.payment("W1", 10000).unwrap();
    fees.assign(id, Some(0));
    assert_eq!(fees.totals(), [70, 0]);
    let shares = [0, 1].map(|at| Share {
        student: fees.students[at],
        fen: 5000,
    });
    fees.desk
        .store
        .share_payment(id, &shares, "王", at(4))
        .unwrap();
    // Of a divided payment a person says to whom a part went back.
    assert_eq!(fees.totals(), [20, 50]);
    let told: i64 = fees.rows().iter().map(|row| row.payment.amount_fen).sum();
    assert_eq!(told, 4000);
}

#[test]
fn a_changed_roster_takes_up_the_refund_that_names_the_student_alone() {
    let fees = Fees::new();
    fees.read("一.csv", &[order("W1", 100, 30)]);
    fees.read("二.csv", &[fees.loose("X1", 30)]);
    let found = Matching::Matched {
        student: fees.students[0],
        by: MatchKey::Name,
    };
    let id = fees.payment("W1", 10000).unwrap();
    fees.desk.store.rematch_payments(&[(id, found)]).unwrap();
    assert_eq!(fees.totals(), [70, 0], "{:#?}", fees.rows());
}

#[test]
fn what_several_lists_tell_goes_with_the_last_of_them() {
    let fees = Fees::new();
    fees.read("一.csv", &[order("W1", 100, 0)]);
    fees.assign(fees.payment("W1", 10000).unwrap(), Some(0));
    fees.read("二.csv", &[order("W1", 100, 30)]);
    fees.read("三.csv", &[order("W1", 100, 30)]);
    fees.read("四.csv", &[order("W1", 100, 10)]);
    for (list, left) in [("二.csv", 70), ("三.csv", 90), ("四.csv", 100)] {
        fees.remove(list);
        assert_eq!(fees.totals(), [left, 0], "{list}: {:#?}", fees.rows());
        let is_of_it = |row: &PaymentRow| row.source == list;
        assert!(!fees.rows().iter().any(is_of_it), "{:#?}", fees.rows());
    }
}

#[test]
fn a_list_that_is_taken_out_is_logged_whatever_it_changed_and_stays_in_a_closed_round() {
    let fees = Fees::new();
    fees.read("一.csv", &[order("W1", 100, 0)]);
    fees.assign(fees.payment("W1", 10000).unwrap(), Some(0));
    fees.read("二.csv", &[order("W1", 100, 30)]);
    fees.read("三.csv", &[order("W1", 100, 10)]);
    fees.read("四.csv", &[order("W1", 100, 10)]);
    let logged = || {
        let filter = LogFilter {
            what: Some(Act::PaymentsRemoved),
            ..LogFilter::default()
        };
        fees.desk.store.log_count(&filter).unwrap()
    };
    // The second's row stays and has less; of the third's another list tells as much.
    assert_eq!((fees.remove("二.csv"), logged()), (1, 1));
    assert_eq!(fees.totals(), [90, 0]);
    assert_eq!((fees.remove("没有.csv"), logged()), (0, 1));
    assert_eq!((fees.remove("三.csv"), logged()), (0, 2));
    let (store, round) = (&fees.desk.store, fees.desk.round);
    let closed = store.close_round(round, &LeftOpen::default(), "王", at(3));
    closed.unwrap();
    let refused = store.remove_payments(round, "四.csv", "王", at(4));
    assert!(matches!(refused, Err(Error::RoundClosed)), "{refused:?}");
    assert_eq!(fees.totals(), [90, 0]);
}

#[test]
fn each_list_has_what_it_told_beyond_those_before_it() {
    let fees = Fees::new();
    fees.read("一.csv", &[order("W1", 100, 10)]);
    fees.assign(fees.payment("W1", 10000).unwrap(), Some(0));
    fees.read("二.csv", &[order("W1", 100, 30)]);
    let of = |list: &str| -> Vec<i64> {
        let rows = fees.rows().into_iter().filter(|row| row.source == list);
        rows.map(|row| row.payment.amount_fen / 100).collect()
    };
    assert_eq!((of("一.csv"), of("二.csv")), (vec![100, -10], vec![-20]));
    assert_eq!(fees.remove("二.csv"), 1);
    assert_eq!(of("一.csv"), [100, -10]);
    assert_eq!(fees.remove("一.csv"), 2);
}

#[test]
fn a_list_of_loose_refunds_takes_nothing_with_it_that_another_told() {
    let fees = Fees::new();
    fees.read("一.csv", &[order("W1", 100, 30)]);
    fees.assign(fees.payment("W1", 10000).unwrap(), Some(0));
    fees.read("二.csv", &[fees.loose("X1", 30)]);
    assert_eq!(fees.totals(), [70, 0]);
    fees.remove("二.csv");
    assert_eq!(fees.totals(), [70, 0], "{:#?}", fees.rows());
    fees.remove("一.csv");
    assert!(fees.rows().is_empty(), "{:#?}", fees.rows());
}

/// The rows of the orders, the payers that they name, and 元: W1 has two.
const ROWS: [(&str, &str, i64); 3] = [("W1", "张", 30), ("W1", "李", 21), ("W2", "", 40)];
/// What the refunds are that name the first student alone.
const LOOSE: [i64; 2] = [10, 20];
/// What was paid back of W2 by a row of its own.
const SURE: i64 = 10;

#[derive(Debug, Clone)]
struct Bill {
    /// What it tells was paid back of each row, if it has it.
    told: [Option<i64>; 3],
    loose: Vec<usize>,
    /// Whether it has the refund of W2; only beside that.
    sure: bool,
}

impl Bill {
    fn has_sure(&self) -> bool {
        self.sure && self.told[2].is_some()
    }

    fn list(&self, fees: &Fees) -> Vec<NewPayment> {
        let rows = ROWS.iter().zip(self.told);
        let rows = rows.filter_map(|((reference, name, yuan), told)| {
            let mut row = order(reference, *yuan, told?);
            row.key = format!("{}|{name}", row.key);
            row.payment.named.name = (*name).to_owned();
            Some(row)
        });
        let loose = self
            .loose
            .iter()
            .map(|at| fees.loose(&format!("X{at}"), LOOSE[*at]));
        let sure = self.has_sure().then(|| {
            let mut sure = payment("退款5001|W2", "W2", -SURE);
            sure.refund = "5001".to_owned();
            sure
        });
        rows.chain(loose).chain(sure).collect()
    }
}

fn bill() -> impl Strategy<Value = Bill> {
    let told = || proptest::option::of((0_i64..=2).prop_map(|n| n * 10));
    let loose = proptest::sample::subsequence(vec![0, 1], 0..=2);
    let told = [told(), told(), told()];
    (told, loose, any::<bool>()).prop_map(|(told, loose, sure)| Bill { told, loose, sure })
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Read(usize),
    Remove(usize),
    Assign(usize),
}

const BILLS: usize = 3;

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..BILLS).prop_map(Step::Read),
        1 => (0..BILLS).prop_map(Step::Remove),
        2 => (0..ROWS.len()).prop_map(Step::Assign),
    ]
}

fn take(fees: &Fees, bills: &[Bill], owners: [usize; 3], step: Step) {
    match step {
        Step::Read(at) => fees.read(&format!("{at}.csv"), &bills[at].list(fees)),
        Step::Remove(at) => {
            fees.remove(&format!("{at}.csv"));
        }
        Step::Assign(at) => {
            let (reference, _, yuan) = ROWS[at];
            let owner = fees.students[owners[at]];
            let is_open = |id: &PaymentId| {
                let row = fees.desk.store.payment(*id).unwrap();
                row.student() != Some(owner)
            };
            let payment = fees.payment(reference, yuan * 100);
            if let Some(id) = payment.filter(is_open) {
                fees.assign(id, Some(owners[at]));
            }
        }
    }
}

/// What each student has of bills, whatever way they came: of the loose refunds those count that are not what was told of
/// the first student's orders already.
fn left(bills: &[&Bill], owners: [usize; 3]) -> [i64; 2] {
    let told = |at: usize| bills.iter().filter_map(|bill| bill.told[at]).max();
    let sure = i64::from(bills.iter().any(|bill| bill.has_sure())) * SURE;
    let mut needs = [[0_i64; 2]; 2];
    let mut left = [0_i64; 2];
    for (at, (reference, _, yuan)) in ROWS.iter().enumerate() {
        if let Some(told) = told(at) {
            left[owners[at]] += yuan;
            needs[owners[at]][usize::from(*reference == "W2")] += told;
        }
    }
    left[owners[2]] -= sure;
    let of_w2 = &mut needs[owners[2]][1];
    *of_w2 = (*of_w2 - sure).max(0);
    let is_there = |at: &usize| bills.iter().any(|bill| bill.loose.contains(at));
    let there: Vec<i64> = (0..2).filter(is_there).map(|at| LOOSE[at]).collect();
    // Each goes to the first order, to the second, or to none.
    let ways = (0..9).filter_map(|way| {
        let mut given = [0; 2];
        for (yuan, to) in there.iter().zip([way % 3, way / 3]) {
            if to < 2 {
                given[to] += yuan;
            }
        }
        let fits = given[0] <= needs[0][0] && given[1] <= needs[0][1];
        fits.then_some(given[0] + given[1])
    });
    let matched = ways.max().unwrap();
    left[0] -= there.iter().sum::<i64>() - matched;
    [0, 1].map(|at| left[at] - needs[at].iter().sum::<i64>())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn bills_assignments_and_removals_come_to_the_same_in_any_order(
        bills in proptest::collection::vec(bill(), BILLS),
        owners in [0..2_usize, 0..2_usize, 0..2_usize],
        before in proptest::collection::vec(step(), 0..8),
        kept in proptest::sample::subsequence(vec![0, 1, 2], 1..=BILLS),
        last in Just(vec![0, 1, 2, 3, 4, 5]).prop_shuffle(),
    ) {
        let fees = Fees::new();
        for step in before {
            take(&fees, &bills, owners, step);
        }
        for at in (0..BILLS).filter(|at| !kept.contains(at)) {
            take(&fees, &bills, owners, Step::Remove(at));
        }
        // What other lists held of those taken out comes with them again, among assignments.
        for at in last {
            match at {
                0..BILLS if kept.contains(&at) => take(&fees, &bills, owners, Step::Read(at)),
                0..BILLS => {}
                _ => take(&fees, &bills, owners, Step::Assign(at - BILLS)),
            }
        }
        for at in 0..ROWS.len() {
            take(&fees, &bills, owners, Step::Assign(at));
        }
        let kept: Vec<&Bill> = kept.iter().map(|at| &bills[*at]).collect();
        prop_assert_eq!(fees.totals(), left(&kept, owners), "{:#?}", fees.rows());
    }
}
