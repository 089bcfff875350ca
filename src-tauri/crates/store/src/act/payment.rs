//! Acts on the fee ledger: lists read in, lists taken out, payments given to students by hand.

mod booked;
pub(crate) mod older;

use std::collections::{BTreeSet, HashSet};

use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::json;
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::payment::{Share, divides};
use zhaoshen_model::{PaymentId, RoundId, StudentId};

use self::booked::{Booked, Heard, Met, Write, base_of, turned};
use super::Act;
use crate::error::{Error, Result};
use crate::store::Store;
use crate::table::log::{self, Entry};
use crate::table::payment::{self, NewPayment, PaymentRow};
use crate::table::payment_list::{self, Told};
use crate::table::{round, student};

/// What a list brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AddedPayments {
    /// Payments that were not there yet, whatever was paid back of them.
    pub payments: u64,
    /// How many of them have a student.
    pub matched: u64,
    /// Refunds that were not there yet: those with a row of their own, and those that the rows of new payments tell.
    pub refunds: u64,
    /// Payments that were there, those of [`AddedPayments::odd`] among them.
    pub known: u64,
    /// Payments of earlier lists of which this one tells that some was paid back.
    pub lessened: u64,
    /// What a person should look at, in the order of the list.
    pub odd: Vec<OddPayment>,
}

/// A payment of a list that was not added and may not be the one that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OddPayment {
    /// It has time, sum, payer and student in common with one that has another number, or none.
    Alike {
        /// Row of the list, from 1.
        row: u32,
        /// The one that is there.
        known: PaymentId,
    },
    /// The list has more than the ledger.
    More {
        /// Row of the list, from 1.
        row: u32,
        /// What the ledger has, 分.
        booked_fen: i64,
        /// What the list has, 分.
        listed_fen: i64,
    },
    /// It reads like a refund and names neither an order of the ledger nor a student.
    Stray {
        /// Row of the list, from 1.
        row: u32,
    },
}

impl OddPayment {
    const fn row(&self) -> u32 {
        match self {
            Self::Alike { row, .. } | Self::More { row, .. } | Self::Stray { row } => *row,
        }
    }
}

impl AddedPayments {
    /// Takes note of a payment of the list; what is to be written for it.
    fn take(&mut self, met: Met, new: &NewPayment) -> Vec<Write> {
        let row = new.source_row;
        let is_known = matches!(met, Met::Known | Met::More(_) | Met::Alike(_));
        self.known += u64::from(is_known && new.gross_fen() != 0);
        match met {
            Met::New(writes) => {
                let is_payment = new.gross_fen() > 0;
                self.payments += u64::from(is_payment);
                self.matched += u64::from(is_payment && has_student(&writes));
                self.refunds += refunds_in(&writes);
                return writes;
            }
            Met::Moved { writes, before } => {
                self.known += u64::from(before);
                return writes;
            }
            Met::Less(less) => {
                let told = refunds_in(&less);
                self.lessened += told;
                // Without one it is what a refund that is there says.
                self.known += u64::from(told == 0 && new.gross_fen() != 0);
                return less;
            }
            Met::Known => {}
            Met::More(booked_fen) => self.odd.push(OddPayment::More {
                row,
                booked_fen,
                listed_fen: new.payment.amount_fen,
            }),
            Met::Alike(known) => self.odd.push(OddPayment::Alike { row, known }),
            Met::Stray => self.odd.push(OddPayment::Stray { row }),
        }
        Vec::new()
    }
}

/// How many refunds are told that nothing told before.
fn refunds_in(writes: &[Write]) -> u64 {
    let is_refund = |write: &&Write| match write {
        Write::Add(new, _) => new.payment.amount_fen < 0,
        write => matches!(write, Write::AddRest { .. }),
    };
    writes.iter().filter(is_refund).count() as u64
}

/// Whether what is added has a student, or several.
fn has_student(writes: &[Write]) -> bool {
    writes.iter().any(|write| match write {
        Write::Add(new, shares) => !shares.is_empty() || new.matching.student().is_some(),
        _ => false,
    })
}

/// How many payments, or refunds, and what they come to.
#[derive(Debug, Default)]
struct Tally {
    payments: u64,
    fen: i64,
}

impl Tally {
    const fn count(&mut self, fen: i64) {
        self.payments += 1;
        self.fen += fen;
    }
}

impl Store {
    /// Adds the payments of a list and says which were not there yet. One of which the list has less than the ledger was
    /// paid back in part, or wholly where its amount is 0. One transaction, one row of the log.
    ///
    /// # Errors
    /// [`Error::NotFound`] for the round.
    pub fn record_payments(
        &self,
        round: RoundId,
        source: &str,
        payments: &[NewPayment],
        reviewer: &str,
        at: Timestamp,
    ) -> Result<AddedPayments> {
        self.write(|transaction| {
            round::get(transaction, round)?;
            let mut added = AddedPayments::default();
            let (mut paid_fen, mut back_fen) = (0_i64, 0_i64);
            let mut booked = load(transaction, (round, source))?;
            // A bill may have its latest row first, and a refund is looked up by its payment.
            let (refunds, paid): (Vec<_>, Vec<_>) =
                payments.iter().partition(|new| new.payment.amount_fen < 0);
            for new in paid.into_iter().chain(refunds) {
                for write in added.take(booked.meet(new), new) {
                    let fen = carry_out(transaction, (round, source), &write)?;
                    match matches!(&write, Write::Add(new, _) if new.payment.amount_fen > 0) {
                        true => paid_fen += fen,
                        false => back_fen -= fen,
                    }
                }
            }
            keep_heard(transaction, (round, source), booked.into_heard())?;
            added.odd.sort_by_key(OddPayment::row);
            let mut after = json!({ "file": source, "payments": added.payments, "fen": paid_fen });
            let refunds = added.refunds + added.lessened;
            if refunds > 0 {
                after["refunds"] = json!(refunds);
                after["back_fen"] = json!(back_fen);
            }
            let by = (reviewer, at);
            log::append(
                transaction,
                &Entry::of_round(round, Act::PaymentsImported, by, after),
            )?;
            Ok(added)
        })
    }

    /// Takes out the payments that came with the list `source`, and what later lists said was paid back of them. What it alone
    /// told of the payments of other lists goes too, wholly or as far as another list tells less. How many that were.
    ///
    /// # Errors
    /// [`Error::RoundClosed`], [`Error::Database`].
    pub fn remove_payments(
        &self,
        round: RoundId,
        source: &str,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<u64> {
        self.write(|transaction| {
            let rows = payment::keyed(transaction, round)?;
            let gone: HashSet<&str> = (rows.iter())
                .filter(|(key, row)| row.source == source && base_of(key).is_none())
                .map(|(key, _)| key.as_str())
                .collect();
            let (mut paid, mut back) = (Tally::default(), Tally::default());
            for (key, row) in &rows {
                if gone.contains(base_of(key).unwrap_or(key)) {
                    payment::remove(transaction, row.id)?;
                    match row.payment.amount_fen {
                        fen @ ..0 => back.count(-fen),
                        fen => paid.count(fen),
                    }
                }
            }
            let told = payment_list::forget(transaction, (round, source))?;
            for write in settle(transaction, round)? {
                if let Some(fen) = write.given_back() {
                    back.count(fen);
                }
            }
            let removed = paid.payments + back.payments;
            if removed > 0 || told > 0 {
                let mut after =
                    json!({ "file": source, "payments": paid.payments, "fen": paid.fen });
                if back.payments > 0 {
                    after["refunds"] = json!(back.payments);
                    after["back_fen"] = json!(back.fen);
                }
                let by = (reviewer, at);
                log::append(
                    transaction,
                    &Entry::of_round(round, Act::PaymentsRemoved, by, after),
                )?;
            }
            Ok(removed)
        })
    }

    /// Says whose a payment is; without a student, that it is nobody's of the round.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::RoundsMixed`] for a student of another round.
    pub fn assign_payment(
        &self,
        id: PaymentId,
        to: Option<StudentId>,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.write(|transaction| {
            let row = payment::get(transaction, id)?;
            let matching = match to {
                Some(student) => {
                    is_of_round(transaction, student, row.round)?;
                    Matching::Matched {
                        student,
                        by: MatchKey::ByHand,
                    }
                }
                None => row.matching.clone().dismissed(),
            };
            // What was paid back of it is the same student's.
            for back in paid_back(&load(transaction, (row.round, ""))?, &row) {
                give(transaction, &back, (&matching, &[]), (reviewer, at))?;
            }
            give(transaction, &row, (&matching, &[]), (reviewer, at))?;
            settle(transaction, row.round)?;
            Ok(())
        })
    }

    /// Divides a payment among the students for whom it was made together.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::RoundsMixed`] for a student of another round, [`Error::SharesUneven`] unless several
    /// students have all of it.
    pub fn share_payment(
        &self,
        id: PaymentId,
        shares: &[Share],
        reviewer: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.write(|transaction| {
            let row = payment::get(transaction, id)?;
            if !divides(shares, row.payment.amount_fen) {
                return Err(Error::SharesUneven);
            }
            for share in shares {
                is_of_round(transaction, share.student, row.round)?;
            }
            for back in paid_back(&load(transaction, (row.round, ""))?, &row) {
                if back.payment.amount_fen == -row.payment.amount_fen {
                    let by = (reviewer, at);
                    give(transaction, &back, (&back.matching, &turned(shares)), by)?;
                }
            }
            give(transaction, &row, (&row.matching, shares), (reviewer, at))?;
            settle(transaction, row.round)?;
            Ok(())
        })
    }

    /// Writes what a changed roster says of payments whose student was not known, or by name alone; what was paid back of one
    /// and names nobody goes along. No act of a person, and not logged, as the match at the import is not.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn rematch_payments(&self, found: &[(PaymentId, Matching)]) -> Result<()> {
        if found.is_empty() {
            return Ok(());
        }
        self.write(|transaction| {
            let said: HashSet<PaymentId> = found.iter().map(|(id, _)| *id).collect();
            let rows = found.iter().map(|(id, _)| payment::get(transaction, *id));
            let rows: Vec<PaymentRow> = rows.collect::<Result<_>>()?;
            for round in rows.iter().map(|row| row.round).collect::<BTreeSet<_>>() {
                let booked = load(transaction, (round, ""))?;
                let of_round = rows.iter().zip(found).filter(|(row, _)| row.round == round);
                for (row, (id, matching)) in of_round {
                    for back in paid_back(&booked, row) {
                        if !said.contains(&back.id) {
                            payment::set_matching(transaction, back.id, matching)?;
                        }
                    }
                    payment::set_matching(transaction, *id, matching)?;
                }
                settle(transaction, round)?;
            }
            Ok(())
        })
    }
}

/// The ledger of a round as a list finds it, or an act, which has no list.
fn load(connection: &Connection, (round, list): (RoundId, &str)) -> Result<Booked> {
    let rows = payment::keyed(connection, round)?;
    let told = payment_list::told(connection, round)?;
    Ok(Booked::new(rows, told, list))
}

/// Brings what was paid back without a row of its own in line with whose the payments are now and which are left; what it
/// wrote.
fn settle(connection: &Connection, round: RoundId) -> Result<Vec<Write>> {
    let writes = load(connection, (round, ""))?.settle_all();
    for write in &writes {
        carry_out(connection, (round, ""), write)?;
    }
    Ok(writes)
}

/// Keeps what the list that was just read said of payments of the ledger.
fn keep_heard(connection: &Connection, (round, list): (RoundId, &str), heard: Heard) -> Result<()> {
    payment_list::read_anew(connection, (round, list))?;
    for (id, source_row) in heard.met {
        let told = Told {
            source_row,
            returned_fen: 0,
        };
        payment_list::keep(connection, id, list, told)?;
    }
    for (key, told) in heard.told {
        if let Some(id) = payment::id_of(connection, round, &key)? {
            payment_list::keep(connection, id, list, told)?;
        }
    }
    Ok(())
}

/// Writes one change of the ledger; by how much its sum is another, 分.
fn carry_out(
    connection: &Connection,
    (round, source): (RoundId, &str),
    write: &Write,
) -> Result<i64> {
    match write {
        Write::Add(new, shares) => add(connection, (round, source), (new, shares)),
        Write::AddRest { new, shares, list } => add(connection, (round, list), (new, shares)),
        Write::Rest {
            key,
            fen,
            before_fen,
        } => {
            match (*fen, payment::id_of(connection, round, key)?) {
                (0, Some(id)) => payment::remove(connection, id)?,
                _ => payment::set_amount(connection, round, key, *fen)?,
            }
            Ok(fen - before_fen)
        }
        Write::Whose { key, matching } => {
            if let Some(id) = payment::id_of(connection, round, key)? {
                payment::set_matching(connection, id, matching)?;
            }
            Ok(0)
        }
        Write::Teller {
            key,
            list,
            source_row,
        } => {
            payment::set_source(connection, round, key, (list, *source_row))?;
            Ok(0)
        }
    }
}

/// Adds a payment of a list; how much it is, 分.
fn add(
    connection: &Connection,
    (round, source): (RoundId, &str),
    (new, shares): (&NewPayment, &[Share]),
) -> Result<i64> {
    if !payment::insert(connection, round, source, new)? {
        return Ok(0);
    }
    if !shares.is_empty()
        && let Some(id) = payment::id_of(connection, round, &new.key)?
    {
        payment::give(connection, id, &new.matching, shares)?;
    }
    Ok(new.payment.amount_fen)
}

/// What was paid back of a payment and is whose that is, or nobody's yet.
fn paid_back(booked: &Booked, row: &PaymentRow) -> Vec<PaymentRow> {
    let is_whose = |back: &&PaymentRow| match back.is_shared() {
        true => row.is_shared() && back.shares == turned(&row.shares),
        false => {
            let is_dismissed = matches!(back.matching, Matching::Dismissed { .. });
            back.matching == row.matching || (back.student().is_none() && !is_dismissed)
        }
    };
    let back = booked.paid_back(row.id).into_iter().filter(is_whose);
    back.cloned().collect()
}

fn is_of_round(connection: &Connection, student: StudentId, round: RoundId) -> Result<()> {
    match student::get(connection, student)?.round == round {
        true => Ok(()),
        false => Err(Error::RoundsMixed),
    }
}

/// Writes whose a payment is from now on, and the row of the log.
fn give(
    connection: &Connection,
    row: &PaymentRow,
    (matching, shares): (&Matching, &[Share]),
    by: (&str, Timestamp),
) -> Result<()> {
    payment::give(connection, row.id, matching, shares)?;
    let state = |matching: &Matching, shares: &[Share]| {
        let mut state = json!({ "payment": row.id, "matching": matching });
        if !shares.is_empty() {
            state["shares"] = json!(shares);
        }
        state
    };
    let entry = Entry {
        before: Some(state(&row.matching, &row.shares)),
        ..Entry::of_round(row.round, Act::PaymentAssigned, by, state(matching, shares))
    };
    log::append(connection, &entry)?;
    Ok(())
}
