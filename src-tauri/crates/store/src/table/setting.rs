//! Settings of the workspace: small values by name. The name of the reviewer that older versions kept here is a row of
//! [`super::person`] since.

use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;

use crate::column::{json, json_text};
use crate::error::Result;
use crate::migration::Step;
use crate::store::Store;

pub(crate) const STEPS: &[Step] = &[Step {
    version: 10,
    sql: "CREATE TABLE setting (
              name TEXT PRIMARY KEY,
              value TEXT NOT NULL
          ) STRICT, WITHOUT ROWID;",
}];

impl Store {
    /// The value of a setting, if it was ever set.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn setting(&self, name: &str) -> Result<Option<Value>> {
        self.read(|connection| get(connection, name))
    }
}

/// The value of a setting.
pub(crate) fn get(connection: &Connection, name: &str) -> Result<Option<Value>> {
    Ok(connection
        .prepare_cached("SELECT value FROM setting WHERE name = ?1")?
        .query_row([name], |row| json(row, "value"))
        .optional()?)
}

/// The value of a setting as it is kept, JSON: of a long one, whoever knows its shape reads it into that at once.
pub(crate) fn text(connection: &Connection, name: &str) -> Result<Option<String>> {
    Ok(connection
        .prepare_cached("SELECT value FROM setting WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?)
}

/// Sets a setting.
pub(crate) fn set(connection: &Connection, name: &str, value: &Value) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO setting (name, value) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET value = ?2",
        )?
        .execute((name, json_text("设置", value)?))?;
    Ok(())
}

/// Takes a setting away that something else keeps since.
pub(crate) fn remove(connection: &Connection, name: &str) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM setting WHERE name = ?1")?
        .execute([name])?;
    Ok(())
}
