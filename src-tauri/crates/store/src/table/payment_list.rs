//! In which lists a payment stands, and what each of them tells was paid back of it.
//!
//! A payment belongs to the list that brought it, and goes with that. What a list told of another's payment goes with the
//! list that told it: so each is kept by itself, and what is left without one of them can be found again.

use std::collections::{BTreeMap, HashMap};

use rusqlite::Connection;
use zhaoshen_model::{PaymentId, RoundId};

use crate::error::Result;
use crate::migration::Step;
use crate::store::Store;

pub(crate) const STEPS: &[Step] = &[Step {
    version: 33,
    sql: "CREATE TABLE payment_list (
              payment INTEGER NOT NULL REFERENCES payment (id),
              list TEXT NOT NULL,
              source_row INTEGER NOT NULL,
              returned_fen INTEGER NOT NULL,
              PRIMARY KEY (payment, list)
          ) STRICT, WITHOUT ROWID;",
}];

/// What a list tells of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Told {
    /// Row of the list, from 1; 0 where an earlier version did not keep it.
    pub(crate) source_row: u32,
    /// 分 that were paid back of it, as the list has it; the most that it ever had.
    pub(crate) returned_fen: i64,
}

/// What was told as paid back of each payment, by list.
pub(crate) type ToldOf = HashMap<PaymentId, BTreeMap<String, Told>>;

impl Store {
    /// By the name of a list, the others in which payments that it brought stand as well, as of when each was read last.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn payments_held_elsewhere(&self, round: RoundId) -> Result<BTreeMap<String, Vec<String>>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT DISTINCT payment.source, list FROM payment_list
                 JOIN payment ON payment.id = payment_list.payment
                 WHERE payment.round = ?1 AND list <> payment.source
                 ORDER BY payment.source, list",
            )?;
            let mut elsewhere: BTreeMap<String, Vec<String>> = BTreeMap::new();
            let mut rows = query.query([round.0])?;
            while let Some(row) = rows.next()? {
                elsewhere.entry(row.get(0)?).or_default().push(row.get(1)?);
            }
            Ok(elsewhere)
        })
    }
}

/// What the lists of the round tell was paid back, where they tell of anything.
pub(crate) fn told(connection: &Connection, round: RoundId) -> Result<ToldOf> {
    let mut query = connection.prepare_cached(
        "SELECT payment, list, payment_list.source_row, returned_fen FROM payment_list
         JOIN payment ON payment.id = payment_list.payment
         WHERE payment.round = ?1 AND returned_fen > 0",
    )?;
    let mut told = ToldOf::new();
    let mut rows = query.query([round.0])?;
    while let Some(row) = rows.next()? {
        let of_payment = told.entry(PaymentId(row.get(0)?)).or_default();
        let by_list = Told {
            source_row: row.get(2)?,
            returned_fen: row.get(3)?,
        };
        of_payment.insert(row.get(1)?, by_list);
    }
    Ok(told)
}

/// Forgets which payments stand in a list that is read anew. What it told as paid back is not forgotten.
pub(crate) fn read_anew(connection: &Connection, (round, list): (RoundId, &str)) -> Result<()> {
    connection
        .prepare_cached(
            "DELETE FROM payment_list WHERE list = ?2 AND returned_fen = 0
             AND payment IN (SELECT id FROM payment WHERE round = ?1)",
        )?
        .execute((round.0, list))?;
    Ok(())
}

/// Keeps that a payment stands in a list, and what that tells was paid back of it.
pub(crate) fn keep(connection: &Connection, id: PaymentId, list: &str, told: Told) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO payment_list (payment, list, source_row, returned_fen) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (payment, list) DO UPDATE
             SET source_row = excluded.source_row, returned_fen = max(returned_fen, excluded.returned_fen)",
        )?
        .execute((id.0, list, told.source_row, told.returned_fen))?;
    Ok(())
}

/// Forgets a list that is taken out; of how many payments it told.
pub(crate) fn forget(connection: &Connection, (round, list): (RoundId, &str)) -> Result<usize> {
    let told = connection
        .prepare_cached(
            "DELETE FROM payment_list WHERE list = ?2
             AND payment IN (SELECT id FROM payment WHERE round = ?1)",
        )?
        .execute((round.0, list))?;
    Ok(told)
}
