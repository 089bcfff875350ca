//! Refunds that name a student and none of the orders that the student paid.
//!
//! Of which order such a refund is nobody says until a list tells that one was paid back, by less, a state or a second amount
//! in its own row. So a refund is given to an order only as far as more was told of that order than its own refunds say.
//! Who gets which follows from the amounts alone and is kept nowhere: the same rows come to the same, whatever was read,
//! given to a student by hand or taken out before.

use std::collections::{BTreeSet, HashSet};

use zhaoshen_model::StudentId;

use super::back::SPENT;
use super::{Booked, Write};

/// An order of the student, and what goes to it.
struct Order {
    payment: usize,
    /// What was told beyond the order's own refunds, 分.
    told_fen: i64,
    /// What of it no refund is given for, 分.
    left_fen: i64,
}

impl Booked {
    /// Whether the student has refunds that name none of his orders.
    pub(super) fn has_loose(&self, student: StudentId) -> bool {
        self.spent.iter().any(|at| self.is_loose(*at, student))
    }

    /// Whose the refunds are that name their student and none of his orders.
    pub(super) fn students_of_loose(&self) -> BTreeSet<StudentId> {
        let student = |at: &usize| {
            let student = self.row(*at).student()?;
            self.is_loose(*at, student).then_some(student)
        };
        self.spent.iter().filter_map(student).collect()
    }

    /// Gives out the refunds of a student that name none of his orders, and writes what of each order is left to be told.
    pub(super) fn give_out(&mut self, student: StudentId, writes: &mut Vec<Write>) {
        for order in self.given_out(student) {
            self.set_rests(order.payment, order.left_fen, writes);
        }
    }

    /// What the student's refunds that name no order are to this one of his, 分, 0 or less.
    pub(super) fn given_to(&self, payment: usize) -> i64 {
        let row = self.row(payment);
        let Some(student) = row.student().filter(|student| self.has_loose(*student)) else {
            return 0;
        };
        let orders = self.given_out(student).into_iter();
        let mut of_order = orders
            .filter(|order| self.row(order.payment).payment.reference == row.payment.reference);
        of_order
            .next()
            .map_or(0, |order| order.left_fen - order.told_fen)
    }

    /// The student's orders after his refunds that name none were given out.
    fn given_out(&self, student: StudentId) -> Vec<Order> {
        let mut orders = self.orders_of(student);
        let loose = self.spent.iter().filter(|at| self.is_loose(**at, student));
        let mut loose: Vec<i64> = loose.map(|at| -self.fen(*at)).collect();
        loose.sort_by_key(|fen| -fen);
        for fen in loose {
            let fitting = orders.iter_mut().filter(|order| order.left_fen >= fen);
            if let Some(order) = fitting.min_by_key(|order| (order.left_fen, order.payment)) {
                order.left_fen -= fen;
            }
        }
        orders
    }

    /// Whether a refund of the student names none of the orders there are.
    fn is_loose(&self, at: usize, student: StudentId) -> bool {
        let row = self.row(at);
        row.student() == Some(student) && !self.has_payment(&row.payment.reference)
    }

    fn orders_of(&self, student: StudentId) -> Vec<Order> {
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
            let told_fen = self.told_beyond(payment);
            Order {
                payment,
                told_fen,
                left_fen: told_fen,
            }
        });
        orders.collect()
    }
}

/// Whether the row with this key and amount is a refund that a bill tells as an expense.
pub(super) fn is_spent(key: &str, fen: i64) -> bool {
    key.starts_with(SPENT) && fen < 0
}
