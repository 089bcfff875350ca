//! What an act sets or clears of many rows at once, so that undo can clear and set it.

use rusqlite::Connection;
use zhaoshen_model::{ReceiptId, StudentId};

use super::reverted::Reverted;
use crate::error::Result;
use crate::table::filed::Filed;
use crate::table::receipt;

/// A yes or no of a row.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Flag {
    /// Whether a row of a receipt stands.
    Receipt,
    /// Whether a student's paper photo has come.
    Paper,
    /// Whether a picture filed with a student is in force.
    Filed(Filed),
}

impl Flag {
    /// The word in the log.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Receipt => "receipts",
            Self::Paper => "paper",
            Self::Filed(_) => "students",
        }
    }

    /// How it stands.
    pub(crate) fn now(self, connection: &Connection, id: i64) -> Result<bool> {
        match self {
            Self::Receipt => receipt::stands(connection, ReceiptId(id)),
            Self::Paper => receipt::paper_came(connection, StudentId(id)),
            Self::Filed(kind) => kind.is_in_force(connection, id),
        }
    }

    /// Whether it can be set or cleared, seen from what else stands by now.
    pub(crate) fn can_be(self, connection: &Connection, id: i64, to: bool) -> Result<bool> {
        match self {
            Self::Filed(kind) if to => kind.can_be_in_force(connection, id),
            Self::Receipt | Self::Paper | Self::Filed(_) => Ok(true),
        }
    }

    /// Sets or clears it.
    pub(crate) fn put(self, connection: &Connection, id: i64, to: bool) -> Result<()> {
        match self {
            Self::Receipt => receipt::set_stands(connection, ReceiptId(id), to),
            Self::Paper => receipt::set_paper_came(connection, StudentId(id), to),
            Self::Filed(kind) => kind.set_in_force(connection, id, to),
        }
    }

    /// What is said of `rows` that were set or cleared.
    pub(crate) const fn reverted(self, rows: u64) -> Reverted {
        match self {
            Self::Receipt => Reverted::Receipts { rows },
            Self::Paper => Reverted::Paper { students: rows },
            Self::Filed(Filed::Code) => Reverted::Codes { students: rows },
            Self::Filed(Filed::Reference) => Reverted::References { students: rows },
        }
    }
}
