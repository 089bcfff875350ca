//! Whether somebody has the recovery code. It is shown once: a program that ends before it was copied out leaves a
//! workspace whose code nobody has, and only the workspace itself can say so afterwards.
//!
//! A mark is set with each new code and taken away by whoever shows that they have it. A workspace of before there was a
//! mark has none.

use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::Value;

use super::Unlock;
use super::key_file::of_sealed;
use crate::act::Act;
use crate::error::Result;
use crate::store::Store;
use crate::table::log::{self, Entry};
use crate::table::setting;

/// Name of the setting.
const UNCONFIRMED: &str = "recovery_code_unconfirmed";

/// Sets the mark, in the transaction that the new code comes with.
pub(super) fn mark(connection: &Connection) -> Result<()> {
    setting::set(connection, UNCONFIRMED, &Value::Bool(true))
}

impl Store {
    /// Sets the mark of a workspace that was made just now.
    pub(crate) fn mark_code(&self) -> Result<()> {
        self.write(|transaction| mark(transaction))
    }

    /// Whether nobody has shown yet that they have the recovery code.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn is_code_unconfirmed(&self) -> Result<bool> {
        Ok(self.is_sealed() && self.setting(UNCONFIRMED)? == Some(Value::Bool(true)))
    }

    /// Takes the mark away: `code`, as typed, is the recovery code of this sealed workspace. Without a mark nothing changes.
    ///
    /// # Errors
    /// [`NotSealed`](super::SealFault::NotSealed), [`RecoveryMistyped`](super::SealFault::RecoveryMistyped),
    /// [`WrongRecovery`](super::SealFault::WrongRecovery).
    pub fn confirm_code(&self, code: &str, by: (&str, Timestamp)) -> Result<()> {
        of_sealed(self.dir())?.unlock(Unlock::Recovery(code))?;
        if !self.is_code_unconfirmed()? {
            return Ok(());
        }
        self.write(|transaction| {
            setting::set(transaction, UNCONFIRMED, &Value::Bool(false))?;
            let entry = Entry::of_workspace(Act::RecoveryCodeConfirmed, by, None, None);
            log::append(transaction, &entry).map(|_| ())
        })
    }
}
