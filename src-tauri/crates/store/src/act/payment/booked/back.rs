//! What is left of an order: all that was paid under its number, minus all that was paid back, however a list told it.
//!
//! A list tells that something was paid back by a row of its own, or by less, a state or a second amount in the row of the
//! payment. Both may tell one refund. So the ledger has each refund's row, and of each payment a *rest*: what its own row
//! says was paid back beyond the refunds' rows. A rest is a payment too, under a key made of the payment's, and becomes less
//! by each refund that comes with a row after all. What is left is then the same whatever list is read first.

use std::collections::BTreeSet;

use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::payment::Share;
use zhaoshen_model::{PaymentId, StudentId};

use super::{Booked, Met, Write, is_named, is_same, is_same_time, row_of};
use crate::table::payment::{NewPayment, PaymentRow};

/// Begins the key of a rest: then a number, `|`, and the key of the payment.
pub(super) const REST: &str = "余";
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

/// The number of its own that the key of a refund has which a bill tells as an expense: until version 33 its row was given
/// that of another order. `None` for what is no such refund.
pub(in super::super) fn own_reference(key: &str) -> Option<&str> {
    let rest = key.strip_prefix(SPENT)?;
    match rest.starts_with('#') {
        true => Some(""),
        false => rest.split('|').nth(1),
    }
}

impl Booked {
    /// Whether the row with this id is a rest of the payment with this key.
    pub(in super::super) fn is_rest_of(&self, id: PaymentId, key: &str) -> bool {
        let mut rests = self.rests.get(key).into_iter().flatten();
        rests.any(|at| self.row(*at).id == id)
    }

    /// The first part of the order of a payment: whatever was paid back of its parts was paid back together.
    pub(in super::super) fn first_part(&self, id: PaymentId) -> PaymentId {
        let at = self.by_id.get(&id).copied();
        let parts = at.map_or_else(Vec::new, |at| self.parts_of(at));
        parts.first().map_or(id, |first| self.row(*first).id)
    }

    /// What of the payment with this id was paid back.
    pub(in super::super) fn paid_back(&self, id: PaymentId) -> Vec<&PaymentRow> {
        let at = self.by_id.get(&id).copied();
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

    /// The payments of the order of this one that are whose it is, this one among them.
    pub(super) fn parts_of(&self, payment: usize) -> Vec<usize> {
        let of_order = self.by_reference.get(&self.row(payment).payment.reference);
        let parts = of_order.into_iter().flatten().copied();
        let parts: Vec<usize> = parts
            .filter(|at| self.fen(*at) > 0 && self.is_part(*at, payment))
            .collect();
        match parts.is_empty() {
            true => vec![payment],
            false => parts,
        }
    }

    fn is_part(&self, at: usize, payment: usize) -> bool {
        let (one, other) = (self.row(at), self.row(payment));
        if at == payment {
            return true;
        }
        match (one.student(), other.student()) {
            (Some(one), Some(other)) => one == other,
            (None, None) => {
                let is_shared = one.is_shared() || other.is_shared();
                let is_so = one.matching == other.matching;
                !is_shared && is_so && one.payment.named == other.payment.named
            }
            _ => false,
        }
    }

    /// The refunds of the order of a payment that have rows of their own, and are of it or of a part beside it.
    pub(super) fn refunds_of(&self, payment: usize) -> Vec<usize> {
        let of_order = self.by_reference.get(&self.row(payment).payment.reference);
        let of_order: Vec<usize> = of_order.into_iter().flatten().copied().collect();
        let parts = self.parts_of(payment);
        let paid = of_order.iter().filter(|at| self.fen(**at) > 0).count();
        let is_alone = paid == parts.len();
        let is_of = |at: &usize| {
            let mut parts = parts.iter();
            self.fen(*at) < 0 && parts.any(|part| self.is_of(*at, *part, is_alone))
        };
        of_order.into_iter().filter(is_of).collect()
    }

    /// Whether a refund is of this payment of its order, which may be the only one.
    fn is_of(&self, refund: usize, payment: usize, is_alone: bool) -> bool {
        let (refund, payment) = (self.row(refund), self.row(payment));
        let both_named = is_named(&refund.payment.named) && is_named(&payment.payment.named);
        let students = refund.student().zip(payment.student());
        match is_same(payment, refund) {
            Some(true) => is_alone || students.is_none_or(|(one, other)| one == other),
            Some(false) => is_alone && !both_named,
            None => is_alone,
        }
    }

    pub(super) fn sum(&self, rows: &[usize]) -> i64 {
        rows.iter().map(|at| self.fen(*at)).sum()
    }

    /// What is left of a payment, 分.
    fn left_of(&self, payment: usize) -> i64 {
        self.fen(payment) + self.sum(&self.back_of(payment)) + self.given_to(payment)
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
        self.tell(at, new.returned_fen, new.source_row);
        // A refund that names this order after all is no more to be given to another.
        for student in self.students_refunded(&new.payment.reference) {
            self.give_out(student, &mut writes);
        }
        self.settle(at, &mut writes);
        Met::New(writes)
    }

    /// Whose the refunds of an order are that a bill tells as expenses.
    fn students_refunded(&self, reference: &str) -> BTreeSet<StudentId> {
        let of_order = self.by_reference.get(reference).into_iter().flatten();
        let spent = of_order.filter(|at| self.spent.contains(*at));
        spent.filter_map(|at| self.row(*at).student()).collect()
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
            self.note_met(*at, new.source_row);
            // A list that tells refunds by rows of their own has the whole amount in the payment's row.
            let said = self.fen(*at) + self.sum(&self.rests_of(*at));
            self.tell(*at, self.fen(*at) - now, new.source_row);
            if now > said {
                return Met::More(self.left_of(*at));
            }
            self.settle(*at, &mut less);
        }
        match less.is_empty() {
            true => Met::Known,
            false => Met::Less(less),
        }
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
                    self.tell(*at, self.fen(*at), new.source_row);
                    self.settle(*at, &mut less);
                }
                match less.is_empty() {
                    true => Met::Known,
                    // Paid and paid back by this list.
                    false if several.iter().all(|at| *at >= self.before) => Met::New(less),
                    false => Met::Less(less),
                }
            }
            _ => {
                let mut writes = vec![self.add(new.clone(), Vec::new())];
                if let Some(student) = new.matching.student().filter(|_| new.is_spent) {
                    self.give_out(student, &mut writes);
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
        let payments = of_order.into_iter().flatten().copied();
        let mut payments = payments.filter(|at| self.fen(*at) > 0);
        let is_one = |of: &[usize]| {
            let parts = of.first().map(|one| self.parts_of(*one));
            parts.is_some_and(|parts| of.iter().all(|at| parts.contains(at)))
        };
        match (surely.as_slice(), perhaps.as_slice()) {
            ([_], _) => surely,
            // Parts of one order are paid back together.
            (_, [one, ..]) if is_one(perhaps.as_slice()) => vec![*one],
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
        let rests = self.rests_of(payment);
        let before = rests.iter().any(|at| *at < self.before);
        for at in rests {
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
        let is_divided = !shares.is_empty();
        if is_divided || (new.matching.student().is_none() && !is_nobodys(&matching)) {
            refund.matching = matching;
        }
        writes.push(self.add(refund, shares));
        self.settle(payment, &mut writes);
        match fen {
            0 => Met::Moved { writes, before },
            _ => Met::New(writes),
        }
    }

    fn add(&mut self, new: NewPayment, shares: Vec<Share>) -> Write {
        let mut row = row_of(&new);
        row.shares.clone_from(&shares);
        self.enter(new.key.clone(), row);
        Write::Add(new, shares)
    }

    /// Whose `fen` is that was paid back of a payment. Of one that was divided everybody has the rest of his share back
    /// where that is all; else a person says it.
    pub(super) fn whose(&self, payment: usize, fen: i64) -> (Matching, Vec<Share>) {
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

/// The number of the rest with this key.
pub(super) fn number_of(key: &str) -> u64 {
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
