//! Acts on the fee ledger: lists read in, lists taken out, payments given to students by hand.

use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::json;
use zhaoshen_model::matching::{MatchKey, Matching};
use zhaoshen_model::payment::{Share, divides};
use zhaoshen_model::{PaymentId, RoundId, StudentId};

use super::Act;
use crate::error::{Error, Result};
use crate::store::Store;
use crate::table::log::{self, Entry};
use crate::table::payment::{self, NewPayment, PaymentRow};
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
                    is_of_round(transaction, student, row.round)?;
                    Matching::Matched {
                        student,
                        by: MatchKey::ByHand,
                    }
                }
                None => row.matching.clone().dismissed(),
            };
            give(transaction, &row, (&matching, &[]), (reviewer, at))
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
            give(transaction, &row, (&row.matching, shares), (reviewer, at))
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
