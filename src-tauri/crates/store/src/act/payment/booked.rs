//! Which payment of the ledger a payment of a list is, and what of it was paid back since.
//!
//! A key tells most. An order that one list names its student by and another does not, a key that an earlier version gave,
//! and a list whose order numbers a spreadsheet rounded are recognised by what they say. What was paid back is a payment
//! of its own with a negative amount, so that it goes with its list; [`back`] says how much is left of an order.

mod back;
mod loose;
mod rest;

use std::collections::{BTreeMap, HashMap, HashSet};

use zhaoshen_model::matching::Matching;
use zhaoshen_model::payment::Share;
use zhaoshen_model::{PaymentId, RoundId, StudentKeys};

pub(super) use self::back::{base_of, own_reference, turned};
use self::loose::is_spent;
use crate::table::payment::{NewPayment, PaymentRow};
use crate::table::payment_list::{Told, ToldOf};

/// What a payment of a list is to the ledger.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Met {
    /// Not there yet.
    New(Vec<Write>),
    /// A refund gets a row of its own that the row of its payment told already; `before` the list, or in it.
    Moved { writes: Vec<Write>, before: bool },
    /// There.
    Known,
    /// There with more than the list has now: what was paid back is to be written.
    Less(Vec<Write>),
    /// There with less, 分.
    More(i64),
    /// One that has everything in common with it, but for the order number that only one of them has.
    Alike(PaymentId),
    /// A refund that names neither an order nor a student.
    Stray,
}

/// One change of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(
    clippy::large_enum_variant,
    reason = "a few stand at a time, and most are payments"
)]
pub(super) enum Write {
    /// A payment is added, and who has which part of it.
    Add(NewPayment, Vec<Share>),
    /// What `list` tells was paid back without a row of its own is added, and who has which part of it.
    AddRest {
        new: NewPayment,
        shares: Vec<Share>,
        list: String,
    },
    /// Of what was paid back without a row of its own, so much is left since part of it has one, 分; 0 takes it away.
    Rest {
        key: String,
        fen: i64,
        /// What it was, 分.
        before_fen: i64,
    },
    /// Whose a refund is, now that its payment is there.
    Whose { key: String, matching: Matching },
    /// Another list tells what was paid back without a row of its own, since the one that did was taken out.
    Teller {
        key: String,
        list: String,
        source_row: u32,
    },
}

impl Write {
    /// By how much less was paid back than stood there before, 分; `None` where it was not less.
    pub(super) const fn given_back(&self) -> Option<i64> {
        match self {
            Self::Rest {
                fen, before_fen, ..
            } if *fen > *before_fen => Some(*fen - *before_fen),
            _ => None,
        }
    }
}

/// What a list said of payments of the ledger, however little of it is new.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// The payments of other lists that stand in it, with their rows.
    pub(super) met: BTreeMap<PaymentId, u32>,
    /// What it tells was paid back of payments, by their keys.
    pub(super) told: Vec<(String, Told)>,
}

/// The ledger of a round as a list finds it.
pub(super) struct Booked {
    rows: Vec<(String, PaymentRow)>,
    /// How many of them were there before the list.
    before: usize,
    by_key: HashMap<String, usize>,
    /// Those that were there before the list.
    by_id: HashMap<PaymentId, usize>,
    /// By order number, without what was paid back without a row of its own.
    by_reference: HashMap<String, Vec<usize>>,
    /// By amount and payer.
    by_look: HashMap<(i64, String), Vec<usize>>,
    /// What was paid back without a row of its own, by the key of its payment.
    rests: HashMap<String, Vec<usize>>,
    /// Refunds that a bill tells as expenses: they may name no order, or none that is there.
    spent: Vec<usize>,
    /// What lists tell was paid back of a payment.
    told: HashMap<usize, BTreeMap<String, Told>>,
    /// What of that the list tells for the first time.
    told_now: BTreeMap<usize, Told>,
    /// The list that is read.
    list: String,
    /// Those that were found in the list: each is one payment of it.
    taken: HashSet<usize>,
    /// Those of other lists that stand in this one too, with their rows of it.
    met: BTreeMap<PaymentId, u32>,
}

impl Booked {
    /// The ledger, what lists told of it, and the name of the list that is read; none where no list is.
    pub(super) fn new(rows: Vec<(String, PaymentRow)>, mut told: ToldOf, list: &str) -> Self {
        let mut booked = Self {
            rows: Vec::new(),
            before: 0,
            by_key: HashMap::new(),
            by_id: HashMap::new(),
            by_reference: HashMap::new(),
            by_look: HashMap::new(),
            rests: HashMap::new(),
            spent: Vec::new(),
            told: HashMap::new(),
            told_now: BTreeMap::new(),
            list: list.to_owned(),
            taken: HashSet::new(),
            met: BTreeMap::new(),
        };
        for (key, row) in rows {
            let (id, told) = (row.id, told.remove(&row.id));
            let at = booked.enter(key, row);
            booked.by_id.insert(id, at);
            booked.told.extend(told.map(|told| (at, told)));
        }
        booked.before = booked.rows.len();
        booked
    }

    fn enter(&mut self, key: String, row: PaymentRow) -> usize {
        let at = self.rows.len();
        let payment = &row.payment;
        if let Some(base) = base_of(&key) {
            self.rests.entry(base.to_owned()).or_default().push(at);
        } else {
            self.by_key.insert(key.clone(), at);
            if !payment.reference.is_empty() {
                let of_order = self.by_reference.entry(payment.reference.clone());
                of_order.or_default().push(at);
            }
            let look = (payment.amount_fen, payment.payer.clone());
            self.by_look.entry(look).or_default().push(at);
            if is_spent(&key, payment.amount_fen) {
                self.spent.push(at);
            }
        }
        self.rows.push((key, row));
        at
    }

    /// What the list said of payments of the ledger.
    pub(super) fn into_heard(self) -> Heard {
        let told = self.told_now.iter();
        let told = told.map(|(at, told)| (self.rows[*at].0.clone(), *told));
        Heard {
            told: told.collect(),
            met: self.met,
        }
    }

    fn note_met(&mut self, at: usize, source_row: u32) {
        let row = &self.rows[at].1;
        if at < self.before && row.source != self.list {
            self.met.insert(row.id, source_row);
        }
    }

    fn row(&self, at: usize) -> &PaymentRow {
        &self.rows[at].1
    }

    fn fen(&self, at: usize) -> i64 {
        self.rows[at].1.payment.amount_fen
    }

    /// What `new` is.
    pub(super) fn meet(&mut self, new: &NewPayment) -> Met {
        let row = row_of(new);
        let by_key = self.by_key.get(&new.key).copied();
        let known = by_key.filter(|at| *at < self.before);
        if new.payment.amount_fen < 0 {
            let known = known.or_else(|| self.same_refund(new, &row));
            return match known {
                Some(at) => {
                    self.taken.insert(at);
                    self.note_met(at, new.source_row);
                    Met::Known
                }
                None => self
                    .found_alike(&row)
                    .unwrap_or_else(|| self.refund(new, &row)),
            };
        }
        if let Some(at) = known {
            return self.against(&[at], new);
        }
        let (surely, perhaps) = self.payments_of(&row, self.before);
        if !surely.is_empty() {
            // Of two parts of one order it is the one of its sum.
            let is_it = |at: &usize| self.fen(*at) == new.gross_fen();
            let one = surely.iter().position(is_it).unwrap_or(0);
            return self.against(&[surely[one]], new);
        }
        if !perhaps.is_empty() {
            // What became of the whole order became of each of its parts.
            let is_one = perhaps.len() == 1 && self.fen(perhaps[0]) == new.gross_fen();
            return match is_one || new.payment.amount_fen == 0 {
                true => self.against(&perhaps, new),
                false => {
                    self.note_met(perhaps[0], new.source_row);
                    Met::Known
                }
            };
        }
        let paid = PaymentRow {
            payment: zhaoshen_model::payment::Payment {
                amount_fen: new.gross_fen(),
                ..row.payment.clone()
            },
            ..row.clone()
        };
        let alike = self.found_alike(&paid).or_else(|| self.found_alike(&row));
        alike.unwrap_or_else(|| self.book(new))
    }

    /// The payments of the order of `row` among the first `before` rows: those that surely are the same student's, and those
    /// that may be.
    fn payments_of(&self, row: &PaymentRow, before: usize) -> (Vec<usize>, Vec<usize>) {
        let of_order = self.by_reference.get(&row.payment.reference);
        let payments = of_order.into_iter().flatten().copied();
        let payments: Vec<usize> = payments
            .filter(|at| *at < before && self.fen(*at) > 0)
            .collect();
        let same = |wanted| {
            let is_so = |at: &&usize| is_same(self.row(**at), row) == wanted;
            payments.iter().filter(is_so).copied().collect::<Vec<_>>()
        };
        (same(Some(true)), same(None))
    }

    fn found_alike(&mut self, row: &PaymentRow) -> Option<Met> {
        let at = self.alike(row)?;
        self.taken.insert(at);
        self.note_met(at, row.source_row);
        Some(Met::Alike(self.row(at).id))
    }

    /// A payment of the same time, sum and student, and the same payer or remark, of which the list has a number and the
    /// ledger none, or the other way round.
    fn alike(&self, new: &PaymentRow) -> Option<usize> {
        let payment = &new.payment;
        let look = (payment.amount_fen, payment.payer.clone());
        let rows = self.by_look.get(&look)?.iter().copied();
        let is_free = |at: &usize| *at < self.before && !self.taken.contains(at);
        rows.filter(is_free).find(|at| {
            let row = self.row(*at);
            // A remark alone tells payments apart only where it names the student.
            let is_noted = new.student().is_some() && row.payment.note == payment.note;
            let says_who = match is_same(row, new) {
                Some(is_same) => is_same,
                None => !payment.payer.is_empty(),
            };
            row.payment.reference.is_empty() != payment.reference.is_empty()
                && says_who
                && (!payment.payer.is_empty() || is_named(&payment.named) || is_noted)
                && is_same_time(&row.payment.paid_at, &payment.paid_at)
        })
    }
}

/// A payment of a list as a row of the ledger, which has no number yet.
fn row_of(new: &NewPayment) -> PaymentRow {
    PaymentRow {
        id: PaymentId(0),
        round: RoundId(0),
        payment: new.payment.clone(),
        source: String::new(),
        source_row: new.source_row,
        matching: new.matching.clone(),
        shares: Vec::new(),
    }
}

fn is_named(named: &StudentKeys) -> bool {
    *named != StudentKeys::default()
}

/// Whether both are one student's, as far as they say.
fn is_same(one: &PaymentRow, other: &PaymentRow) -> Option<bool> {
    let (known, named) = (&one.payment.named, &other.payment.named);
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
    Some(one.student()? == other.student()?)
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
mod loose_tests;
#[cfg(test)]
mod tests;
