//! Which payment of the ledger a payment of a list is, and what of it was paid back since.
//!
//! A key tells most. An order that one list names its student by and another does not, a key that an earlier version gave,
//! and a list whose order numbers a spreadsheet rounded are recognised by what they say. What was paid back is a payment
//! of its own with a negative amount, so that it goes with its list, and nothing that a list said is written over.

use std::collections::{HashMap, HashSet};

use zhaoshen_model::matching::Matching;
use zhaoshen_model::payment::Payment;
use zhaoshen_model::{PaymentId, StudentKeys};

use crate::table::payment::{NewPayment, PaymentRow};

/// Begins the key of what was paid back of another payment: then a number, `|`, and the other's key.
const BACK: &str = "余";

/// The key of the payment of which the one with this key was paid back.
pub(super) fn base_of(key: &str) -> Option<&str> {
    let (number, base) = key.strip_prefix(BACK)?.split_once('|')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(base)
}

/// What a payment of a list is to the ledger.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Met {
    /// Not there yet.
    New,
    /// There.
    Known,
    /// There with more than the list has now: what was paid back, to be added, and how many payments it is of.
    Less(Vec<NewPayment>),
    /// There with less, 分.
    More(i64),
    /// One that has everything in common with it, but for the order number that only one of them has.
    Alike(PaymentId),
}

/// The ledger of a round as a list finds it.
pub(super) struct Booked {
    rows: Vec<(String, PaymentRow)>,
    by_key: HashMap<String, usize>,
    /// By whether it is paid back, and order number.
    by_reference: HashMap<(bool, String), Vec<usize>>,
    /// By amount and payer.
    by_look: HashMap<(i64, String), Vec<usize>>,
    /// What was paid back of a payment, 分, and how often, by its key.
    back: HashMap<String, (i64, u64)>,
    /// Those that were found alike: each is one payment of the list.
    taken: HashSet<usize>,
}

impl Booked {
    pub(super) fn new(rows: Vec<(String, PaymentRow)>) -> Self {
        let mut booked = Self {
            rows: Vec::new(),
            by_key: HashMap::new(),
            by_reference: HashMap::new(),
            by_look: HashMap::new(),
            back: HashMap::new(),
            taken: HashSet::new(),
        };
        for (key, row) in rows {
            if let Some(base) = base_of(&key) {
                let back = booked.back.entry(base.to_owned()).or_default();
                back.0 += row.payment.amount_fen;
                back.1 = back.1.max(number_of(&key));
                continue;
            }
            let at = booked.rows.len();
            let payment = &row.payment;
            booked.by_key.insert(key.clone(), at);
            if !payment.reference.is_empty() {
                let order = (payment.amount_fen < 0, payment.reference.clone());
                booked.by_reference.entry(order).or_default().push(at);
            }
            let look = (payment.amount_fen, payment.payer.clone());
            booked.by_look.entry(look).or_default().push(at);
            booked.rows.push((key, row));
        }
        booked
    }

    /// What `new` is.
    pub(super) fn meet(&mut self, new: &NewPayment) -> Met {
        if let Some(at) = self.by_key.get(&new.key).copied() {
            return self.against(&[at], new);
        }
        let order = (new.payment.amount_fen < 0, new.payment.reference.clone());
        let of_order = self.by_reference.get(&order).cloned().unwrap_or_default();
        let same = |wanted| {
            let is_so = |at: &&usize| is_same(&self.rows[**at].1, new) == wanted;
            of_order.iter().filter(is_so).copied().collect::<Vec<_>>()
        };
        let (mut surely, perhaps) = (same(Some(true)), same(None));
        if !surely.is_empty() {
            surely.truncate(1);
            return self.against(&surely, new);
        }
        if !perhaps.is_empty() {
            // What became of the whole order became of each of its parts.
            return match new.payment.amount_fen {
                0 => self.against(&perhaps, new),
                _ => Met::Known,
            };
        }
        match self.alike(new) {
            Some(at) => {
                self.taken.insert(at);
                Met::Alike(self.rows[at].1.id)
            }
            None => Met::New,
        }
    }

    /// What the list's sum of a payment says against what is left of it in the ledger.
    fn against(&mut self, known: &[usize], new: &NewPayment) -> Met {
        let now = new.payment.amount_fen;
        let mut less = Vec::new();
        for at in known {
            let (key, row) = &self.rows[*at];
            let back = self.back.entry(key.clone()).or_default();
            let left = row.payment.amount_fen + back.0;
            // Of a row that is itself paid back another list may hold another part.
            if row.payment.amount_fen <= 0 || now == left {
                continue;
            }
            if now > left {
                return Met::More(left);
            }
            *back = (back.0 + now - left, back.1 + 1);
            less.push(NewPayment {
                key: format!("{BACK}{}|{key}", back.1),
                payment: Payment {
                    amount_fen: now - left,
                    ..new.payment.clone()
                },
                source_row: new.source_row,
                matching: whose(row),
            });
        }
        match less.is_empty() {
            true => Met::Known,
            false => Met::Less(less),
        }
    }

    /// A payment of the same time, sum, payer and student of which the list has a number and the ledger none, or the
    /// other way round.
    fn alike(&self, new: &NewPayment) -> Option<usize> {
        let payment = &new.payment;
        let look = (payment.amount_fen, payment.payer.clone());
        let rows = self.by_look.get(&look)?.iter().copied();
        rows.filter(|at| !self.taken.contains(at)).find(|at| {
            let row = &self.rows[*at].1;
            let says_who = match is_same(row, new) {
                Some(is_same) => is_same,
                None => !payment.payer.is_empty(),
            };
            row.payment.reference.is_empty() != payment.reference.is_empty()
                && (says_who && (!payment.payer.is_empty() || is_named(&payment.named)))
                && is_same_time(&row.payment.paid_at, &payment.paid_at)
        })
    }
}

fn number_of(key: &str) -> u64 {
    let number = key.strip_prefix(BACK).and_then(|rest| rest.split_once('|'));
    number.map_or(0, |(number, _)| number.parse().unwrap_or(0))
}

/// Whose what was paid back is: of a payment that was divided a person says it.
fn whose(row: &PaymentRow) -> Matching {
    match row.is_shared() {
        true => Matching::Ambiguous {
            candidates: row.shares.iter().map(|share| share.student).collect(),
        },
        false => row.matching.clone(),
    }
}

fn is_named(named: &StudentKeys) -> bool {
    *named != StudentKeys::default()
}

/// Whether both are one student's, as far as they say.
fn is_same(row: &PaymentRow, new: &NewPayment) -> Option<bool> {
    let (known, named) = (&row.payment.named, &new.payment.named);
    if !is_named(known) && !is_named(named) {
        return Some(true);
    }
    let fields = [
        (&known.student_no, &named.student_no),
        (&known.id_number, &named.id_number),
        (&known.exam_no, &named.exam_no),
        (&known.name, &named.name),
    ];
    let both = fields
        .into_iter()
        .find(|(known, named)| !known.is_empty() && !named.is_empty());
    if let Some((known, named)) = both {
        return Some(known == named);
    }
    Some(row.student()? == new.matching.student()?)
}

/// Whether two times are one as far as both are written: a list may leave out the seconds, or the hours.
fn is_same_time(one: &str, other: &str) -> bool {
    let parts = |text: &str| -> Vec<u32> {
        let parts = text.split(|c: char| !c.is_ascii_digit());
        parts.filter_map(|part| part.parse().ok()).collect()
    };
    let (one, other) = (parts(one), parts(other));
    let shorter = one.len().min(other.len());
    shorter >= 3 && one[..shorter] == other[..shorter]
}

#[cfg(test)]
mod tests;
