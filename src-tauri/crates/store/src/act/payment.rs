//! Acts on the fee ledger: lists read in, lists taken out, payments given to students by hand.

use jiff::Timestamp;
use serde_json::{Value, json};
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::{PaymentId, RoundId, StudentId};

use super::Act;
use crate::error::{Error, Result};
use crate::store::Store;
use crate::table::log::{self, Entry, Subject};
use crate::table::payment::{self, NewPayment};
use crate::table::{round, student};

impl Store {
    /// Adds the payments of a list; how many were not there yet. One transaction, one row of the log.
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
    ) -> Result<u64> {
        self.write(|transaction| {
            round::get(transaction, round)?;
            let (mut added, mut sum) = (0_u64, 0_i64);
            for new in payments {
                if payment::insert(transaction, round, source, new)? {
                    added += 1;
                    sum += new.amount_fen;
                }
            }
            let after = json!({ "file": source, "payments": added, "fen": sum });
            log::append(
                transaction,
                &entry(round, Act::PaymentsImported, (reviewer, at), None, after),
            )?;
            Ok(added)
        })
    }

    /// Takes out the payments that came with the list `source`; how many.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn remove_payments(
        &self,
        round: RoundId,
        source: &str,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<u64> {
        self.write(|transaction| {
            let removed = payment::remove(transaction, round, source)?;
            if removed > 0 {
                let after = json!({ "file": source, "payments": removed });
                log::append(
                    transaction,
                    &entry(round, Act::PaymentsRemoved, (reviewer, at), None, after),
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
                    if student::get(transaction, student)?.round != row.round {
                        return Err(Error::RoundsMixed);
                    }
                    Matching::Matched {
                        student,
                        by: MatchKey::ByHand,
                    }
                }
                None => dismissed(row.matching.clone()),
            };
            payment::set_matching(transaction, id, &matching)?;
            let before = json!({ "payment": id, "matching": row.matching });
            let after = json!({ "payment": id, "matching": matching });
            log::append(
                transaction,
                &entry(
                    row.round,
                    Act::PaymentAssigned,
                    (reviewer, at),
                    Some(before),
                    after,
                ),
            )?;
            Ok(())
        })
    }

    /// Writes what a changed roster says of payments whose student was not known. No act of a person, and not logged,
    /// as the match at the import is not.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn rematch_payments(&self, found: &[(PaymentId, Matching)]) -> Result<()> {
        self.write(|transaction| {
            for (id, matching) in found {
                payment::set_matching(transaction, *id, matching)?;
            }
            Ok(())
        })
    }
}

/// Nobody's: kept with what was known of it.
fn dismissed(matching: Matching) -> Matching {
    match matching {
        Matching::Dismissed { .. } => matching,
        was => Matching::Dismissed { was: Box::new(was) },
    }
}

fn entry<'a>(
    round: RoundId,
    what: Act,
    (reviewer, at): (&'a str, Timestamp),
    before: Option<Value>,
    after: Value,
) -> Entry<'a> {
    Entry {
        round: Some(round),
        at,
        reviewer,
        what,
        subject: Subject::Round(round),
        undo: None,
        before,
        after: Some(after),
    }
}
