//! What is left of an order: all that was paid under its number, minus all that was paid back, however a list told it.
//!
//! A list tells that something was paid back by a row of its own, or by less, a state or a second amount in the row of the
//! payment. Both may tell one refund. So the ledger has each refund's row, and of each payment a *rest*: what its own row
//! says was paid back beyond the refunds' rows. A rest is a payment too, under a key made of the payment's, and becomes less
//! by each refund that comes with a row after all. What is left is then the same whatever list is read first.

use zhaoshen_model::PaymentId;
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::payment::{Payment, Share};

use super::{Booked, Met, Write, is_named, is_same, is_same_time, row_of};
use crate::table::payment::{NewPayment, PaymentRow};

/// Begins the key of a rest: then a number, `|`, and the key of the payment.
const REST: &str = "余";
/// Begins the key of a refund that has a number: then the number and `|`.
const NUMBERED: &str = "退款";
/// Begins the key of a refund that a bill tells as an expense.
pub(super) const SPENT: &str = "支";

/// The key of the payment of which the one with this key is a rest.
pub(in super::super) fn base_of(key: &str) -> Option<&str> {
    let (number, base) = key.strip_prefix(REST)?.split_once('|')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(base)
}

/// The shares of a payment as those of its refund, or the other way round.
pub(in super::super) fn turned(shares: &[Share]) -> Vec<Share> {
    let turned = shares.iter().map(|share| Share {
        fen: -share.fen,
        ..*share
    });
    turned.collect()
}

/// The number of the refund with this key, or empty.
fn refund_of(key: &str) -> &str {
    let numbered = key
        .strip_prefix(NUMBERED)
        .and_then(|rest| rest.split_once('|'));
    numbered.map_or("", |(number, _)| number)
}

impl Booked {
    /// What of the payment with this id was paid back.
    pub(in super::super) fn paid_back(&self, id: PaymentId) -> Vec<&PaymentRow> {
        let at = self.rows.iter().position(|(_, row)| row.id == id);
        let back = at.filter(|at| self.fen(*at) > 0);
        let back = back.map_or_else(Vec::new, |at| self.back_of(at));
        back.into_iter().map(|at| self.row(at)).collect()
    }

    /// The refunds and the rests of a payment.
    fn back_of(&self, payment: usize) -> Vec<usize> {
        let mut back = self.refunds_of(payment);
        back.extend(self.rests_of(payment));
        back
    }

    pub(super) fn rests_of(&self, payment: usize) -> Vec<usize> {
        let rests = self.rests.get(&self.rows[payment].0);
        let rests = rests.into_iter().flatten().copied();
        rests.filter(|at| self.fen(*at) != 0).collect()
    }

    /// The refunds that have a row of their own.
    pub(super) fn refunds_of(&self, payment: usize) -> Vec<usize> {
        let of_order = self.by_reference.get(&self.row(payment).payment.reference);
        let of_order: Vec<usize> = of_order.into_iter().flatten().copied().collect();
        let is_alone = of_order.iter().filter(|at| self.fen(**at) > 0).count() == 1;
        let is_of = |at: &usize| self.fen(*at) < 0 && self.is_of(*at, payment, is_alone);
        of_order.into_iter().filter(is_of).collect()
    }

    /// Whether a refund is of this payment of its order, which may be the only one.
    fn is_of(&self, refund: usize, payment: usize, is_alone: bool) -> bool {
        let (refund, payment) = (self.row(refund), self.row(payment));
        let both_named = is_named(&refund.payment.named) && is_named(&payment.payment.named);
        match is_same(payment, refund) {
            Some(true) => true,
            Some(false) => is_alone && !both_named,
            None => is_alone,
        }
    }

    pub(super) fn sum(&self, rows: &[usize]) -> i64 {
        rows.iter().map(|at| self.fen(*at)).sum()
    }

    fn left_of(&self, payment: usize) -> i64 {
        self.fen(payment) + self.sum(&self.back_of(payment))
    }

    /// The refund of the ledger that `new` is: the one with its number; where one of both has none, the one of its time and
    /// amount.
    pub(super) fn same_refund(&self, new: &NewPayment, row: &PaymentRow) -> Option<usize> {
        let of_order = self.by_reference.get(&new.payment.reference)?.iter();
        let mut refunds = of_order.copied().filter(|at| {
            let is_free = *at < self.before && !self.taken.contains(at);
            is_free && self.fen(*at) < 0 && is_same(self.row(*at), row) != Some(false)
        });
        refunds.find(|at| {
            let (key, known) = (&self.rows[*at].0, &self.row(*at).payment);
            let (one, other) = (refund_of(key), new.refund.as_str());
            if !one.is_empty() && !other.is_empty() {
                return one == other;
            }
            let times = [&known.paid_at, &new.payment.paid_at];
            known.amount_fen == new.payment.amount_fen
                && (times.iter().any(|time| time.is_empty()) || is_same_time(times[0], times[1]))
        })
    }

    /// Adds a payment that is not there, with what the list says was paid back of it beyond the refunds that came before.
    pub(super) fn book(&mut self, new: &NewPayment) -> Met {
        let mut paid = new.clone();
        (paid.payment.amount_fen, paid.returned_fen) = (new.gross_fen(), 0);
        let at = self.enter(paid.key.clone(), row_of(&paid));
        let mut writes = vec![Write::Add(paid, Vec::new())];
        self.find_refunds(at, &mut writes);
        // A refund may name this order after all.
        self.give_out(new.matching.student(), None, new, &mut writes);
        writes.extend(self.lessen(at, new.payment.amount_fen, new));
        Met::New(writes)
    }

    /// Refunds that were there before their payment: those that name nobody are its student's.
    fn find_refunds(&mut self, payment: usize, writes: &mut Vec<Write>) {
        let paid = self.row(payment);
        let matching = paid.matching.clone();
        if paid.payment.reference.is_empty() || matching.student().is_none() {
            return;
        }
        for at in self.refunds_of(payment) {
            let (key, row) = &mut self.rows[at];
            if !row.is_shared() && is_nobodys(&row.matching) {
                row.matching = matching.clone();
                writes.push(Write::Whose {
                    key: key.clone(),
                    matching: matching.clone(),
                });
            }
        }
    }

    pub(super) fn has_payment(&self, reference: &str) -> bool {
        let of_order = self.by_reference.get(reference);
        of_order.is_some_and(|rows| rows.iter().any(|at| self.fen(*at) > 0))
    }

    /// What the list's sum of a payment says against what is left of it in the ledger.
    pub(super) fn against(&mut self, known: &[usize], new: &NewPayment) -> Met {
        let now = new.payment.amount_fen;
        let mut less = Vec::new();
        for at in known {
            self.note_met(*at);
            // A list that tells refunds by rows of their own has the whole amount in the payment's row.
            let said = self.fen(*at) + self.sum(&self.rests_of(*at));
            if now > said {
                return Met::More(self.left_of(*at));
            }
            less.extend(self.lessen(*at, now, new));
        }
        match less.is_empty() {
            true => Met::Known,
            false => Met::Less(less),
        }
    }

    /// The rest that a payment gets of which `now` is left, if that is less than the ledger knows.
    fn lessen(&mut self, payment: usize, now: i64, new: &NewPayment) -> Vec<Write> {
        let fen = now - self.left_of(payment);
        if fen >= 0 {
            return Vec::new();
        }
        let student = self.row(payment).student();
        if !self.has_loose(student) {
            return vec![self.add_rest(payment, fen, new)];
        }
        let mut writes = Vec::new();
        self.give_out(student, Some((payment, -fen)), new, &mut writes);
        writes
    }

    /// Adds a rest to a payment.
    pub(super) fn add_rest(&mut self, payment: usize, fen: i64, new: &NewPayment) -> Write {
        let (matching, shares) = self.whose(payment, fen);
        let key = self.rows[payment].0.clone();
        let numbers = self.rests.get(&key).into_iter().flatten();
        let number = numbers.map(|at| number_of(&self.rows[*at].0)).max();
        let rest = NewPayment {
            key: format!("{REST}{}|{key}", number.unwrap_or(0) + 1),
            payment: Payment {
                amount_fen: fen,
                ..new.payment.clone()
            },
            matching,
            returned_fen: 0,
            refund: String::new(),
            ..new.clone()
        };
        self.add(rest, shares)
    }

    /// A refund that has a row of its own and is not there.
    pub(super) fn refund(&mut self, new: &NewPayment, row: &PaymentRow) -> Met {
        let of = self.refunded_by(new, row);
        match of.as_slice() {
            [] if new.is_spent && is_nobodys(&new.matching) => Met::Stray,
            [payment] => self.pay_back(*payment, new),
            // Of several students only the whole is known to be each one's.
            several if !several.is_empty() && self.sum(several) + new.payment.amount_fen <= 0 => {
                let mut less = Vec::new();
                for at in several {
                    less.extend(self.lessen(*at, 0, new));
                }
                match less.is_empty() {
                    true => Met::Known,
                    false => Met::Less(less),
                }
            }
            _ => {
                let mut writes = vec![self.add(new.clone(), Vec::new())];
                if new.is_spent {
                    self.give_out(new.matching.student(), None, new, &mut writes);
                }
                Met::New(writes)
            }
        }
    }

    /// The payments of which a refund may be: those of its order.
    fn refunded_by(&self, new: &NewPayment, row: &PaymentRow) -> Vec<usize> {
        let (mut surely, perhaps) = self.payments_of(row, self.rows.len());
        surely.truncate(1);
        let of_order = self.by_reference.get(&new.payment.reference);
        let mut payments = of_order.into_iter().flatten().copied();
        let mut payments = payments.by_ref().filter(|at| self.fen(*at) > 0);
        match (surely.as_slice(), perhaps.as_slice()) {
            ([_], _) => surely,
            (_, [_, ..]) => perhaps,
            _ => match (payments.next(), payments.next()) {
                (Some(one), None)
                    if !(is_named(&self.row(one).payment.named)
                        && is_named(&row.payment.named)) =>
                {
                    vec![one]
                }
                _ => Vec::new(),
            },
        }
    }

    /// Adds a refund to its payment; what the payment's own row said of it is no more beside it.
    fn pay_back(&mut self, payment: usize, new: &NewPayment) -> Met {
        let mut writes = Vec::new();
        let mut taken_over = None;
        let mut fen = new.payment.amount_fen;
        for at in self.rests_of(payment) {
            let before_fen = self.fen(at);
            let part = before_fen.max(fen);
            if part == 0 {
                break;
            }
            if before_fen == new.payment.amount_fen {
                taken_over = Some((self.row(at).matching.clone(), self.row(at).shares.clone()));
            }
            fen -= part;
            writes.push(self.change_rest(at, before_fen - part));
        }
        let (matching, shares) =
            taken_over.unwrap_or_else(|| self.whose(payment, new.payment.amount_fen));
        let mut refund = new.clone();
        refund
            .payment
            .reference
            .clone_from(&self.row(payment).payment.reference);
        let is_divided = !shares.is_empty();
        if is_divided || (new.matching.student().is_none() && !is_nobodys(&matching)) {
            refund.matching = matching;
        }
        writes.push(self.add(refund, shares));
        let student = self.row(payment).student();
        self.give_out(student, Some((payment, fen)), new, &mut writes);
        Met::New(writes)
    }

    fn add(&mut self, new: NewPayment, shares: Vec<Share>) -> Write {
        let mut row = row_of(&new);
        row.shares.clone_from(&shares);
        self.enter(new.key.clone(), row);
        Write::Add(new, shares)
    }

    /// Whose `fen` is that was paid back of a payment. Of one that was divided everybody has the rest of his share back
    /// where that is all; else a person says it.
    fn whose(&self, payment: usize, fen: i64) -> (Matching, Vec<Share>) {
        let row = self.row(payment);
        if !row.is_shared() {
            return (row.matching.clone(), Vec::new());
        }
        let mut left = row.shares.clone();
        for back in self.back_of(payment) {
            for part in self.row(back).parts() {
                let mut of_student = left.iter_mut();
                if let Some(share) = of_student.find(|share| share.student == part.student) {
                    share.fen += part.fen;
                }
            }
        }
        left.retain(|share| share.fen != 0);
        let is_whole = left.iter().map(|share| share.fen).sum::<i64>() == -fen
            && left.iter().all(|share| share.fen > 0);
        let candidates = row.shares.iter().map(|share| share.student).collect();
        let of_all = Matching::Ambiguous { candidates };
        match left.as_slice() {
            [one] if is_whole => {
                let (student, by) = (one.student, MatchKey::ByHand);
                (Matching::Matched { student, by }, Vec::new())
            }
            [_, _, ..] if is_whole => (of_all, turned(&left)),
            _ => (of_all, Vec::new()),
        }
    }
}

/// What a list tells of a payment of the ledger by another of its rows.
pub(super) fn told_of(row: &PaymentRow, from: &NewPayment) -> NewPayment {
    NewPayment {
        payment: row.payment.clone(),
        matching: row.matching.clone(),
        ..from.clone()
    }
}

fn number_of(key: &str) -> u64 {
    let number = key.strip_prefix(REST).and_then(|rest| rest.split_once('|'));
    number.map_or(0, |(number, _)| number.parse().unwrap_or(0))
}

/// Whether nothing says whose it is.
const fn is_nobodys(matching: &Matching) -> bool {
    matches!(
        matching,
        Matching::Unknown | Matching::NotOnRoster { .. } | Matching::PutBack { .. }
    )
}
