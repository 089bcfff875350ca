//! Which rows of a payment list are one payment: by their order number and whom they name, or by what stands in them.
//!
//! Of one list alone; what an earlier list brought is known to the store.

use std::collections::HashMap;

use zhaoshen_model::StudentKeys;
use zhaoshen_model::payment::Payment;

use super::PaymentRow;

/// Which payments of a list were met already.
#[derive(Debug, Default)]
pub(super) struct Met {
    /// Of each key with an order number, whether the order was paid back wholly by then.
    numbered: HashMap<String, bool>,
    unnumbered: HashMap<String, u32>,
}

/// What a row is to those above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// The first of its key.
    First,
    /// The same payment, which was not paid back in the rows above and is in this one.
    PaidBackSince,
    /// The same payment.
    Again,
}

impl Met {
    /// The payment's key, and what it is to the rows above. One order may be paid for several students, so that whom a row
    /// names is part of its key whatever else stands in the list; and it may be paid back bit by bit, so that a refund has its
    /// own number, or time and amount, in its key. Rows without an order number are told apart by what stands in them and by
    /// how often the same stands above.
    pub(super) fn see(&mut self, row: &PaymentRow) -> (String, Seen) {
        let (payment, sign) = (&row.payment, sign(row));
        let named = named(payment);
        if !payment.reference.is_empty() {
            let number = match (payment.amount_fen < 0, row.refund.is_empty()) {
                (false, _) => format!("{sign}|{}", payment.reference),
                (true, true) => format!(
                    "{sign}@{} {}|{}",
                    payment.paid_at, payment.amount_fen, payment.reference
                ),
                (true, false) => format!("{sign}款{}|{}", row.refund, payment.reference),
            };
            let key = match payment.named == StudentKeys::default() {
                true => number,
                false => format!("{number}|{named}"),
            };
            let is_returned = payment.amount_fen == 0;
            let seen = match self.numbered.get(&key) {
                None => Seen::First,
                Some(false) if is_returned => Seen::PaidBackSince,
                Some(_) => Seen::Again,
            };
            if seen != Seen::Again {
                self.numbered.insert(key.clone(), is_returned);
            }
            return (key, seen);
        }
        let same = [
            payment.paid_at.as_str(),
            &payment.amount_fen.to_string(),
            &payment.payer,
            &payment.note,
            &named,
        ]
        .join("|");
        let above = self.unnumbered.entry(same.clone()).or_insert(0);
        *above += 1;
        (format!("{sign}#{above}|{same}"), Seen::First)
    }
}

const fn sign(row: &PaymentRow) -> &'static str {
    match (row.is_spent, row.payment.amount_fen < 0) {
        (true, _) => "支",
        (false, true) => "退",
        (false, false) => "收",
    }
}

/// What the columns that name a student hold.
fn named(payment: &Payment) -> String {
    let named = &payment.named;
    [
        named.student_no.as_str(),
        &named.id_number,
        &named.exam_no,
        &named.name,
    ]
    .join("|")
}
