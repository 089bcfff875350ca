//! Acts on the fee ledger: lists read in, lists taken out, payments given to students by hand.

use jiff::Timestamp;
use serde_json::json;
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::{PaymentId, RoundId, StudentId};

use super::Act;
use crate::error::{Error, Result};
use crate::store::Store;
use crate::table::log::{self, Entry};
use crate::table::payment::{self, NewPayment};
use crate::table::{round, student};

/// What a list brought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AddedPayments {
    /// Payments that were not there yet.
    pub payments: u64,
    /// How many of them have a student.
    pub matched: u64,
}

impl Store {
    /// Adds the payments of a list and says which were not there yet. One transaction, one row of the log.
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
            let (mut added, mut sum) = (AddedPayments::default(), 0_i64);
            for new in payments {
                if payment::insert(transaction, round, source, new)? {
                    added.payments += 1;
                    added.matched += u64::from(new.matching.student().is_some());
                    sum += new.payment.amount_fen;
                }
            }
            let after = json!({ "file": source, "payments": added.payments, "fen": sum });
            let by = (reviewer, at);
            log::append(
                transaction,
                &Entry::of_round(round, Act::PaymentsImported, by, after),
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
                    if student::get(transaction, student)?.round != row.round {
                        return Err(Error::RoundsMixed);
                    }
                    Matching::Matched {
                        student,
                        by: MatchKey::ByHand,
                    }
                }
                None => row.matching.clone().dismissed(),
            };
            payment::set_matching(transaction, id, &matching)?;
            let before = json!({ "payment": id, "matching": row.matching });
            let after = json!({ "payment": id, "matching": matching });
            let entry = Entry {
                before: Some(before),
                ..Entry::of_round(row.round, Act::PaymentAssigned, (reviewer, at), after)
            };
            log::append(transaction, &entry)?;
            Ok(())
        })
    }

    /// Writes what a changed roster says of payments whose student was not known, or by name alone. No act of a person, and not logged,
    /// as the match at the import is not.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn rematch_payments(&self, found: &[(PaymentId, Matching)]) -> Result<()> {
        if found.is_empty() {
            return Ok(());
        }
        self.write(|transaction| {
            for (id, matching) in found {
                payment::set_matching(transaction, *id, matching)?;
            }
            Ok(())
        })
    }
}
