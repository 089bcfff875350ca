//! The lists that a fee ledger was read from: what each is called, and what came with it.
//!
//! One counting serves every place that tells of a list: payments as they were made, whatever was paid back of them since,
//! and refunds beside them.

use std::collections::{BTreeMap, HashSet};

use zhaoshen_model::payment::{Payment, yuan};
use zhaoshen_store::{NewPayment, PaymentRow};

use crate::wire::FeeList;

/// The name under which a list is kept: another list of the same file name, with which it has no payment in common, keeps
/// its own.
pub(super) fn list_name(file: String, new: &[NewPayment], known: &[PaymentRow]) -> String {
    let sign = |payment: &Payment| {
        let (reference, paid_at) = (payment.reference.clone(), payment.paid_at.clone());
        // Of an order a part may be paid back since.
        let amount = match reference.is_empty() {
            true => payment.amount_fen,
            false => 0,
        };
        (reference, paid_at, amount)
    };
    let brought: HashSet<_> = new.iter().map(|new| sign(&new.payment)).collect();
    let is_another = |name: &str| {
        let mut rows = known.iter().filter(|row| row.source == name).peekable();
        rows.peek().is_some() && !rows.any(|row| brought.contains(&sign(&row.payment)))
    };
    let (stem, ending) = match file.rsplit_once('.') {
        Some((stem, ending)) => (stem, format!(".{ending}")),
        None => (file.as_str(), String::new()),
    };
    let others = (2..).map(|n| format!("{stem} ({n}){ending}"));
    let mut names = std::iter::once(file.clone()).chain(others);
    names.find(|name| !is_another(name)).unwrap_or(file)
}

/// The lists of a ledger in the order they were read.
pub(super) fn lists(
    payments: &[PaymentRow],
    mut elsewhere: BTreeMap<String, Vec<String>>,
) -> Vec<FeeList> {
    let mut lists: Vec<(&str, Counted)> = Vec::new();
    for row in payments {
        let fen = row.payment.amount_fen;
        match lists.iter_mut().find(|list| list.0 == row.source) {
            Some((_, counted)) => counted.take(fen),
            None => lists.push((&row.source, Counted::of(fen))),
        }
    }
    let view = lists.into_iter().map(|(file, counted)| FeeList {
        file: file.to_owned(),
        payments: counted.payments,
        sum: yuan(counted.fen),
        refunds: counted.refunds,
        refunded: yuan(counted.back_fen),
        also_in: elsewhere.remove(file).unwrap_or_default(),
    });
    view.collect()
}

/// What came in and what was paid back, each by itself.
#[derive(Default)]
struct Counted {
    payments: u32,
    fen: i64,
    refunds: u32,
    back_fen: i64,
}

impl Counted {
    fn of(fen: i64) -> Self {
        let mut counted = Self::default();
        counted.take(fen);
        counted
    }

    /// Takes a row of the ledger; a rest that is told by a row of its own by now is 0.
    fn take(&mut self, fen: i64) {
        match fen.signum() {
            1 => {
                self.payments += 1;
                self.fen += fen;
            }
            -1 => {
                self.refunds += 1;
                self.back_fen -= fen;
            }
            _ => {}
        }
    }
}
