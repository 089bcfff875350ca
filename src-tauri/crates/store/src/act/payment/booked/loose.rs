//! Refunds that name a student and none of the orders that the student paid.
//!
//! Of which order such a refund is nobody says until a list tells that one was paid back, by less, a state or a second amount
//! in its own row. So a refund is given to an order only as far as more was told of that order than its own refunds say.
//! What was told is never forgotten: it is what was given to the order and its rest. After each change all such refunds of
//! the student are given out anew, by amounts alone, so that what is left is the same whatever was read first.

use std::collections::HashSet;

use zhaoshen_model::StudentId;

use super::back::{SPENT, told_of};
use super::{Booked, Write};
use crate::table::payment::NewPayment;

/// An order of the student, and what goes to it.
struct Order {
    payment: usize,
    /// What was told beyond the order's own refunds, 分.
    told_fen: i64,
    /// The refunds that go to it.
    given: Vec<usize>,
    /// What of it no refund is given for, 分.
    left_fen: i64,
}

/// The number in the key of a refund that a bill tells as an expense: no order's, or one that is not in the ledger.
fn own_reference(key: &str) -> &str {
    match key
        .strip_prefix(SPENT)
        .filter(|rest| !rest.starts_with('#'))
    {
        Some(rest) => rest.split('|').nth(1).unwrap_or(""),
        None => "",
    }
}

impl Booked {
    /// Whether the student has refunds that name none of his orders.
    pub(super) fn has_loose(&self, student: Option<StudentId>) -> bool {
        student.is_some_and(|student| !self.loose_of(student).is_empty())
    }

    /// Gives out the refunds of a student that name none of his orders. By `change`, 分, more is told of a payment than
    /// before, or less, since a refund of its own came.
    pub(super) fn give_out(
        &mut self,
        student: Option<StudentId>,
        change: Option<(usize, i64)>,
        from: &NewPayment,
        writes: &mut Vec<Write>,
    ) {
        let Some(student) = student else { return };
        let mut loose = self.loose_of(student);
        if loose.is_empty() {
            return;
        }
        let mut orders = self.orders_of(student, &loose, change);
        // The order that it names came after all.
        loose.retain(|at| {
            let own = own_reference(&self.rows[*at].0).to_owned();
            let is_loose = !self.has_payment(&own);
            if !is_loose {
                self.refer(*at, &own, writes);
            }
            is_loose
        });
        loose.sort_by_key(|at| self.fen(*at));
        for at in loose {
            let fen = -self.fen(at);
            let fitting = orders.iter_mut().filter(|order| order.left_fen >= fen);
            match fitting.min_by_key(|order| (order.left_fen, order.payment)) {
                Some(order) => {
                    order.left_fen -= fen;
                    order.given.push(at);
                }
                None => {
                    let own = own_reference(&self.rows[at].0).to_owned();
                    self.refer(at, &own, writes);
                }
            }
        }
        for order in orders {
            let reference = self.row(order.payment).payment.reference.clone();
            for at in order.given {
                self.refer(at, &reference, writes);
            }
            self.set_rest(order.payment, -order.left_fen, from, writes);
        }
    }

    /// The refunds of a student that name none of his orders, and those of which an order came since.
    fn loose_of(&self, student: StudentId) -> Vec<usize> {
        let is_loose = |at: &usize| {
            let (key, row) = &self.rows[*at];
            let is_students = row.student() == Some(student) && row.payment.amount_fen < 0;
            let own = || own_reference(key);
            key.starts_with(SPENT)
                && is_students
                && (row.payment.reference != own() || !self.has_payment(own()))
        };
        (0..self.rows.len()).filter(is_loose).collect()
    }

    fn orders_of(
        &self,
        student: StudentId,
        loose: &[usize],
        change: Option<(usize, i64)>,
    ) -> Vec<Order> {
        let is_order = |at: &usize| {
            let row = self.row(*at);
            let is_paid = row.payment.amount_fen > 0 && !row.payment.reference.is_empty();
            is_paid && row.student() == Some(student)
        };
        let mut seen = HashSet::new();
        let orders = (0..self.rows.len()).filter(is_order);
        // Parts of one order have its refunds together.
        let orders = orders.filter(|at| seen.insert(self.row(*at).payment.reference.as_str()));
        let orders = orders.map(|payment| {
            let mut given = self.refunds_of(payment);
            given.retain(|at| loose.contains(at));
            let told_fen = -(self.sum(&given) + self.sum(&self.rests_of(payment)));
            let change = change.filter(|(of, _)| *of == payment);
            let told_fen = (told_fen + change.map_or(0, |(_, fen)| fen)).max(0);
            Order {
                payment,
                told_fen,
                given: Vec::new(),
                left_fen: told_fen,
            }
        });
        let mut orders: Vec<Order> = orders.collect();
        orders.sort_by_key(|order| (order.told_fen, order.payment));
        orders
    }

    /// Writes of which order a refund is.
    fn refer(&mut self, at: usize, reference: &str, writes: &mut Vec<Write>) {
        let (key, row) = &mut self.rows[at];
        if row.payment.reference == reference {
            return;
        }
        let before = std::mem::replace(&mut row.payment.reference, reference.to_owned());
        writes.push(Write::Order {
            key: key.clone(),
            reference: reference.to_owned(),
        });
        if let Some(of_order) = self.by_reference.get_mut(&before) {
            of_order.retain(|other| *other != at);
        }
        if !reference.is_empty() {
            let of_order = self.by_reference.entry(reference.to_owned());
            of_order.or_default().push(at);
        }
    }

    /// Writes how much was paid back of a payment without a row of its own, 分, 0 or less.
    fn set_rest(&mut self, payment: usize, fen: i64, from: &NewPayment, writes: &mut Vec<Write>) {
        let rests = self.rests_of(payment);
        let mut change = fen - self.sum(&rests);
        if change < 0 && rests.is_empty() {
            let told = told_of(self.row(payment), from);
            writes.push(self.add_rest(payment, change, &told));
            return;
        }
        for at in rests {
            let before_fen = self.fen(at);
            // The first takes all that is more.
            let part = change.min(-before_fen);
            change -= part;
            if part != 0 {
                writes.push(self.change_rest(at, before_fen + part));
            }
        }
    }

    /// Writes another amount into a rest, 分.
    pub(super) fn change_rest(&mut self, rest: usize, fen: i64) -> Write {
        let (key, row) = &mut self.rows[rest];
        let before_fen = std::mem::replace(&mut row.payment.amount_fen, fen);
        row.shares = Vec::new();
        Write::Rest {
            key: key.clone(),
            fen,
            before_fen,
        }
    }
}
