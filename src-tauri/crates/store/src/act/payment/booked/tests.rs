//! Lists that come again with less, with other columns, or without their numbers.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use zhaoshen_model::matching::MatchKey;
use zhaoshen_model::payment::Share;
use zhaoshen_model::{RoundId, StudentId};

use super::*;

fn new(
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
    }
}

fn kept(id: i64, new: &NewPayment) -> (String, PaymentRow) {
    let row = PaymentRow {
        id: PaymentId(id),
        round: RoundId(1),
        payment: new.payment.clone(),
        source: "账单.csv".to_owned(),
        source_row: new.source_row,
        matching: new.matching.clone(),
        shares: Vec::new(),
    };
    (new.key.clone(), row)
}

#[test]
fn what_was_paid_back_is_booked_once_whatever_is_read_again() {
    let order = |fen| new("收|W1", ("W1", "", "", ""), fen);
    let mut rows = vec![kept(1, &order(2000))];
    for (listed, back) in [(2000, 0), (500, -1500), (500, 0), (0, -500), (0, 0)] {
        let met = Booked::new(rows.clone()).meet(&order(listed));
        match met {
            Met::Known => assert_eq!(back, 0, "{listed}"),
            Met::Less(less) => {
                let [one] = less.as_slice() else {
                    panic!("{less:?}");
                };
                assert_eq!(one.payment.amount_fen, back);
                assert_eq!(base_of(&one.key), Some("收|W1"));
                rows.push(kept(rows.len() as i64 + 1, one));
            }
            other => panic!("{listed}: {other:?}"),
        }
    }
    let keys: HashSet<&String> = rows.iter().map(|(key, _)| key).collect();
    assert_eq!(keys.len(), 3);
    // The bill of the week before does not undo what was paid back.
    assert_eq!(Booked::new(rows).meet(&order(2000)), Met::More(0));
}

#[test]
fn an_order_is_known_by_its_number_and_its_student_whatever_key_it_has() {
    let of = |key: &str, student: &str| new(key, ("W1", student, "", ""), 2000);
    // An earlier version gave the first of a list the bare number.
    let mut booked = Booked::new(vec![kept(1, &of("收|W1", "1"))]);
    assert_eq!(booked.meet(&of("收|W1|1|||", "1")), Met::Known);
    assert_eq!(booked.meet(&of("收|W1|2|||", "2")), Met::New);
    // A bill that names no student says that the order is paid.
    assert_eq!(booked.meet(&of("收|W1|?", "")), Met::Known);
    let mut booked = Booked::new(vec![
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
        let mut booked = Booked::new(vec![kept(7, &first)]);
        let other = new("收#1|", said, fen);
        let expected = if is_alike {
            Met::Alike(PaymentId(7))
        } else {
            Met::New
        };
        assert_eq!(booked.meet(&other), expected, "{said:?} {fen}");
        // The second that is alike is another payment.
        assert_eq!(booked.meet(&new("收#2|", said, fen)), Met::New, "{said:?}");
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
    let Met::Less(less) = Booked::new(vec![(key, row)]).meet(&order(2000)) else {
        panic!("it is less");
    };
    let candidates = vec![StudentId(1), StudentId(2)];
    assert_eq!(less[0].matching, Matching::Ambiguous { candidates });
}
