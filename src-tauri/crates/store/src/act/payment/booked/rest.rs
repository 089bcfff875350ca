//! Rests: what was paid back of an order beyond the refunds that have rows of their own.
//!
//! A rest follows from what the lists tell of the order's payments and from the refunds there are. It is written anew after
//! each change of either, so that it does not matter which came first.

use zhaoshen_model::payment::Payment;

use super::back::{REST, number_of};
use super::{Booked, Write};
use crate::table::payment::NewPayment;
use crate::table::payment_list::Told;

impl Booked {
    /// Takes note of what the list tells was paid back of a payment, 分.
    pub(super) fn tell(&mut self, payment: usize, returned_fen: i64, source_row: u32) {
        if returned_fen <= 0 {
            return;
        }
        let told = Told {
            source_row,
            returned_fen,
        };
        let of_list = self.told.entry(payment).or_default();
        let known = of_list.get(&self.list).map_or(0, |told| told.returned_fen);
        if returned_fen > known {
            of_list.insert(self.list.clone(), told);
            self.told_now.insert(payment, told);
        }
    }

    /// The most that a list tells was paid back of a payment, 分.
    fn told_fen(&self, payment: usize) -> i64 {
        let told = self.told.get(&payment).into_iter().flatten();
        told.map(|(_, told)| told.returned_fen).max().unwrap_or(0)
    }

    /// What the lists tell was paid back of the order of a payment beyond its own refunds, 分.
    pub(super) fn told_beyond(&self, payment: usize) -> i64 {
        let parts = self.parts_of(payment);
        let told: i64 = parts.iter().map(|part| self.told_fen(*part)).sum();
        (told + self.sum(&self.refunds_of(payment))).max(0)
    }

    /// Brings the rests of the order of a payment in line with what is told, and those of all orders of its student where
    /// refunds name the student alone.
    pub(super) fn settle(&mut self, payment: usize, writes: &mut Vec<Write>) {
        let row = self.row(payment);
        let student = row.student().filter(|_| !row.payment.reference.is_empty());
        match student.filter(|student| self.has_loose(*student)) {
            Some(student) => self.give_out(student, writes),
            None => self.set_rests(payment, self.told_beyond(payment), writes),
        }
    }

    /// [`Self::settle`] of the whole ledger, after payments changed hands or went.
    pub(in super::super) fn settle_all(&mut self) -> Vec<Write> {
        let mut writes = Vec::new();
        let students = self.students_of_loose();
        for payment in 0..self.rows.len() {
            let row = self.row(payment);
            let is_told = self.told.contains_key(&payment) || !self.rests_of(payment).is_empty();
            let is_given_out = !row.payment.reference.is_empty()
                && row
                    .student()
                    .is_some_and(|student| students.contains(&student));
            if row.payment.amount_fen > 0 && is_told && !is_given_out {
                self.set_rests(payment, self.told_beyond(payment), &mut writes);
            }
        }
        for student in students {
            self.give_out(student, &mut writes);
        }
        writes
    }

    /// Writes how much was paid back of an order without a row of its own, 分: of each part no more than was told of it.
    pub(super) fn set_rests(&mut self, payment: usize, mut fen: i64, writes: &mut Vec<Write>) {
        for part in self.parts_of(payment) {
            let of_part = fen.min(self.told_fen(part));
            fen -= of_part;
            self.set_rest(part, -of_part, writes);
            self.find_teller(part, writes);
        }
    }

    /// Writes how much was paid back of a payment without a row of its own, 分, 0 or less.
    fn set_rest(&mut self, payment: usize, fen: i64, writes: &mut Vec<Write>) {
        let mut rests = self.rests_of(payment);
        let mut change = fen - self.sum(&rests);
        if change < 0 {
            writes.push(self.add_rest(payment, change));
            return;
        }
        // What a list told that was taken out goes first.
        let told = self.told.get(&payment);
        let is_told = |list: &str| told.is_some_and(|told| told.contains_key(list));
        rests.sort_by_key(|at| is_told(&self.row(*at).source));
        for at in rests {
            let before_fen = self.fen(at);
            let part = change.min(-before_fen);
            change -= part;
            if part != 0 {
                writes.push(self.change_rest(at, before_fen + part));
            }
        }
    }

    /// Says of the rests of a payment which list tells of them, where the one that did was taken out.
    fn find_teller(&mut self, payment: usize, writes: &mut Vec<Write>) {
        for at in self.rests_of(payment) {
            let is_told = |list: &String| *list == self.rows[at].1.source;
            let of_payment = self.told.get(&payment);
            if of_payment.is_none_or(|told| told.keys().any(is_told)) {
                continue;
            }
            let (list, source_row) = self.teller_of(payment);
            let (key, row) = &mut self.rows[at];
            row.source.clone_from(&list);
            writes.push(Write::Teller {
                key: key.clone(),
                list,
                source_row,
            });
        }
    }

    /// The list that tells most was paid back of a payment, and its row.
    fn teller_of(&self, payment: usize) -> (String, u32) {
        let told = self.told.get(&payment).into_iter().flatten();
        let most = told.max_by_key(|(_, told)| told.returned_fen);
        most.map_or_else(
            || (self.list.clone(), self.row(payment).source_row),
            |(list, told)| (list.clone(), told.source_row),
        )
    }

    /// Adds a rest to a payment.
    fn add_rest(&mut self, payment: usize, fen: i64) -> Write {
        let (matching, shares) = self.whose(payment, fen);
        let (list, source_row) = self.teller_of(payment);
        let key = self.rows[payment].0.clone();
        let numbers = self.rests.get(&key).into_iter().flatten();
        let number = numbers.map(|at| number_of(&self.rows[*at].0)).max();
        let new = NewPayment {
            key: format!("{REST}{}|{key}", number.unwrap_or(0) + 1),
            payment: Payment {
                amount_fen: fen,
                ..self.row(payment).payment.clone()
            },
            source_row,
            matching,
            returned_fen: 0,
            refund: String::new(),
            is_spent: false,
        };
        let mut row = super::row_of(&new);
        row.source.clone_from(&list);
        row.shares.clone_from(&shares);
        self.enter(new.key.clone(), row);
        Write::AddRest { new, shares, list }
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
