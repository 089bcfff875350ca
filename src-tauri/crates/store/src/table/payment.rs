//! The fee ledger (缴费记录): payments as a list gave them, and whose each is.
//!
//! A payment is known by its key, so a list that is read again, or a later one that holds the earlier payments too, adds
//! only what is new and what was paid back. What the payments of a student amount to is no business of the table. One that was made for several students is divided among them by hand:
//! its shares then say whose it is, and the match of the list stands behind them.

use rusqlite::{Connection, OptionalExtension as _, Row};
use serde::{Deserialize, Serialize};
use zhaoshen_model::matching::Matching;
use zhaoshen_model::payment::{Payment, Share};
use zhaoshen_model::{PaymentId, RoundId, StudentId};

use crate::column::{json, json_text};
use crate::error::{Error, Result};
use crate::migration::Step;
use crate::store::Store;

pub(crate) const STEPS: &[Step] = &[
    Step {
        version: 19,
        sql: "CREATE TABLE payment (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              round INTEGER NOT NULL REFERENCES round (id),
              key TEXT NOT NULL,
              reference TEXT NOT NULL,
              paid_at TEXT NOT NULL,
              amount_fen INTEGER NOT NULL,
              payer TEXT NOT NULL,
              note TEXT NOT NULL,
              named TEXT NOT NULL,
              source TEXT NOT NULL,
              source_row INTEGER NOT NULL,
              matching TEXT NOT NULL,
              UNIQUE (round, key)
          ) STRICT;",
    },
    Step {
        version: 31,
        sql: "ALTER TABLE payment ADD COLUMN shares TEXT NOT NULL DEFAULT '[]';",
    },
];

/// A payment to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPayment {
    /// What tells it from every other of the round.
    pub key: String,
    /// What the list says.
    pub payment: Payment,
    /// Row of the list, from 1.
    pub source_row: u32,
    /// Whose it is.
    pub matching: Matching,
    /// 分 that the list says were paid back of it: the amount is what is left.
    pub returned_fen: i64,
    /// The number of the refund, where it is one, or empty.
    pub refund: String,
    /// Whether it is a refund that a bill tells as an expense: its number may be its own and no order's.
    pub is_spent: bool,
}

impl NewPayment {
    /// What was paid before anything was paid back, 分.
    pub const fn gross_fen(&self) -> i64 {
        self.payment.amount_fen + self.returned_fen
    }
}

/// A payment of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentRow {
    /// Row id.
    pub id: PaymentId,
    /// The round it is for.
    pub round: RoundId,
    /// What the list says.
    pub payment: Payment,
    /// The list's file name.
    pub source: String,
    /// Its row, from 1.
    pub source_row: u32,
    /// Whose it is, where it is not shared.
    pub matching: Matching,
    /// Among whom it was divided; none where it is one student's or nobody's.
    pub shares: Vec<Share>,
}

impl PaymentRow {
    /// The one student whose it is.
    pub const fn student(&self) -> Option<StudentId> {
        match self.is_shared() {
            true => None,
            false => self.matching.student(),
        }
    }

    /// Whether it was divided among several students.
    pub const fn is_shared(&self) -> bool {
        !self.shares.is_empty()
    }

    /// What each student has of it; none where it is nobody's.
    pub fn parts(&self) -> Vec<Share> {
        match self.student() {
            Some(student) => vec![Share {
                student,
                fen: self.payment.amount_fen,
            }],
            None => self.shares.clone(),
        }
    }
}

impl Store {
    /// One payment.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn payment(&self, id: PaymentId) -> Result<PaymentRow> {
        self.read(|connection| get(connection, id))
    }

    /// The payments of the round, first to last.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Unreadable`].
    pub fn payments(&self, round: RoundId) -> Result<Vec<PaymentRow>> {
        self.read(|connection| {
            let mut query =
                connection.prepare_cached("SELECT * FROM payment WHERE round = ?1 ORDER BY id")?;
            let rows = query.query_map([round.0], read)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// The payments of the round with their keys, first to last.
pub(crate) fn keyed(connection: &Connection, round: RoundId) -> Result<Vec<(String, PaymentRow)>> {
    let mut query =
        connection.prepare_cached("SELECT * FROM payment WHERE round = ?1 ORDER BY id")?;
    let rows = query.query_map([round.0], |row| Ok((row.get("key")?, read(row)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn get(connection: &Connection, id: PaymentId) -> Result<PaymentRow> {
    connection
        .prepare_cached("SELECT * FROM payment WHERE id = ?1")?
        .query_row([id.0], read)
        .optional()?
        .ok_or(Error::NotFound {
            what: "缴费记录",
            id: id.0,
        })
}

/// Adds a payment; whether it was not there yet.
pub(crate) fn insert(
    connection: &Connection,
    round: RoundId,
    source: &str,
    new: &NewPayment,
) -> Result<bool> {
    let added = connection
        .prepare_cached(
            "INSERT INTO payment (round, key, reference, paid_at, amount_fen, payer, note, named,
                                  source, source_row, matching)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
             ON CONFLICT (round, key) DO NOTHING",
        )?
        .execute((
            round.0,
            &new.key,
            &new.payment.reference,
            &new.payment.paid_at,
            new.payment.amount_fen,
            &new.payment.payer,
            &new.payment.note,
            json_text("缴费记录", &new.payment.named)?,
            source,
            new.source_row,
            json_text("缴费记录", &new.matching)?,
        ))?;
    Ok(added == 1)
}

/// Writes whose a payment is: its match, and among whom it is divided.
pub(crate) fn give(
    connection: &Connection,
    id: PaymentId,
    matching: &Matching,
    shares: &[Share],
) -> Result<()> {
    set_matching(connection, id, matching)?;
    connection
        .prepare_cached("UPDATE payment SET shares = ?2 WHERE id = ?1")?
        .execute((id.0, json_text("缴费记录", &shares)?))?;
    Ok(())
}

pub(crate) fn set_matching(
    connection: &Connection,
    id: PaymentId,
    matching: &Matching,
) -> Result<()> {
    connection
        .prepare_cached("UPDATE payment SET matching = ?2 WHERE id = ?1")?
        .execute((id.0, json_text("缴费记录", matching)?))?;
    Ok(())
}

/// Writes how much is paid back by the row with this key, 分, and that nobody divided it yet where it was divided.
pub(crate) fn set_amount(
    connection: &Connection,
    round: RoundId,
    key: &str,
    fen: i64,
) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE payment SET amount_fen = ?3, shares = '[]' WHERE round = ?1 AND key = ?2",
        )?
        .execute((round.0, key, fen))?;
    Ok(())
}

/// Writes which list tells of the row with this key, and in which of its rows.
pub(crate) fn set_source(
    connection: &Connection,
    round: RoundId,
    key: &str,
    (source, source_row): (&str, u32),
) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE payment SET source = ?3, source_row = ?4 WHERE round = ?1 AND key = ?2",
        )?
        .execute((round.0, key, source, source_row))?;
    Ok(())
}

/// The id of the row with this key.
pub(crate) fn id_of(
    connection: &Connection,
    round: RoundId,
    key: &str,
) -> Result<Option<PaymentId>> {
    let id = connection
        .prepare_cached("SELECT id FROM payment WHERE round = ?1 AND key = ?2")?
        .query_row((round.0, key), |row| row.get(0))
        .optional()?;
    Ok(id.map(PaymentId))
}

/// Takes out one payment.
pub(crate) fn remove(connection: &Connection, id: PaymentId) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM payment_list WHERE payment = ?1")?
        .execute([id.0])?;
    connection
        .prepare_cached("DELETE FROM payment WHERE id = ?1")?
        .execute([id.0])?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<PaymentRow> {
    Ok(PaymentRow {
        id: PaymentId(row.get("id")?),
        round: RoundId(row.get("round")?),
        payment: Payment {
            reference: row.get("reference")?,
            paid_at: row.get("paid_at")?,
            amount_fen: row.get("amount_fen")?,
            payer: row.get("payer")?,
            note: row.get("note")?,
            named: json(row, "named")?,
        },
        source: row.get("source")?,
        source_row: row.get("source_row")?,
        matching: json(row, "matching")?,
        shares: json(row, "shares")?,
    })
}
