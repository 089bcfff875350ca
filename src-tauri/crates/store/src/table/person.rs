//! The people who work at the station. Nobody is removed: who left is disabled, since decisions and the log name them.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use zhaoshen_model::{PersonId, Roles};

use crate::column::{time_text, word_or_null};
use crate::error::{Error, Result};
use crate::migration::Step;
use crate::store::Store;

/// Whoever reviewed before there were people may do everything, and has no PIN.
pub(crate) const STEPS: &[Step] = &[Step {
    version: 25,
    sql: "CREATE TABLE person (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              name TEXT NOT NULL UNIQUE,
              reviewer INTEGER NOT NULL CHECK (reviewer IN (0, 1)),
              lead INTEGER NOT NULL CHECK (lead IN (0, 1)),
              keeper INTEGER NOT NULL CHECK (keeper IN (0, 1)),
              pin TEXT,
              wrong INTEGER NOT NULL DEFAULT 0,
              retry_at TEXT,
              disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1))
          ) STRICT;
          INSERT INTO person (name, reviewer, lead, keeper)
              SELECT trim(value ->> '$'), 1, 1, 1 FROM setting
              WHERE name = 'reviewer' AND trim(value ->> '$') <> '';",
}];

/// A person. The PIN's hash does not leave the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// Row id.
    pub id: PersonId,
    /// Name: signs decisions and the log.
    pub name: String,
    /// What the person may do.
    pub roles: Roles,
    /// Whether a PIN was set.
    pub has_pin: bool,
    /// Wrong PINs since the last right one.
    pub wrong: u32,
    /// Before this time no PIN is looked at.
    pub retry_at: Option<Timestamp>,
    /// Whether the person left: signs in no more.
    pub disabled: bool,
}

impl Store {
    /// Everybody, those who left too, in the order they were added.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Unreadable`].
    pub fn people(&self) -> Result<Vec<PersonRow>> {
        self.read(all)
    }
}

/// Everybody, in the order they were added.
pub(crate) fn all(connection: &Connection) -> Result<Vec<PersonRow>> {
    let mut query = connection.prepare_cached("SELECT * FROM person ORDER BY id")?;
    let rows = query.query_map([], read_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many of those who may sign in have a PIN.
pub(crate) fn with_pin(connection: &Connection) -> Result<u64> {
    let sql = "SELECT count(*) FROM person WHERE pin IS NOT NULL AND NOT disabled";
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}

/// Names of the keepers who may sign in, with the hashes of their PINs.
pub(crate) fn keepers(connection: &Connection) -> Result<Vec<(String, Option<String>)>> {
    let sql = "SELECT name, pin FROM person WHERE keeper AND NOT disabled ORDER BY id";
    let mut query = connection.prepare(sql)?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One person.
pub(crate) fn get(connection: &Connection, id: PersonId) -> Result<PersonRow> {
    connection
        .prepare_cached("SELECT * FROM person WHERE id = ?1")?
        .query_row([id.0], read_row)
        .optional()?
        .ok_or(Error::NotFound {
            what: "人员",
            id: id.0,
        })
}

/// The hash of a person's PIN.
pub(crate) fn pin(connection: &Connection, id: PersonId) -> Result<Option<String>> {
    Ok(connection
        .prepare_cached("SELECT pin FROM person WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))?)
}

/// Adds a person.
pub(crate) fn insert(
    connection: &Connection,
    name: &str,
    roles: Roles,
    pin: Option<&str>,
) -> Result<PersonId> {
    connection
        .prepare_cached(
            "INSERT INTO person (name, reviewer, lead, keeper, pin) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((name, roles.reviewer, roles.lead, roles.keeper, pin))?;
    Ok(PersonId(connection.last_insert_rowid()))
}

/// Sets what a person may do.
pub(crate) fn set_roles(connection: &Connection, id: PersonId, roles: Roles) -> Result<()> {
    connection
        .prepare_cached("UPDATE person SET reviewer = ?2, lead = ?3, keeper = ?4 WHERE id = ?1")?
        .execute((id.0, roles.reviewer, roles.lead, roles.keeper))?;
    Ok(())
}

/// Gives a person another name.
pub(crate) fn set_name(connection: &Connection, id: PersonId, name: &str) -> Result<()> {
    connection
        .prepare_cached("UPDATE person SET name = ?2 WHERE id = ?1")?
        .execute((id.0, name))?;
    Ok(())
}

/// Says whether a person left.
pub(crate) fn set_disabled(connection: &Connection, id: PersonId, disabled: bool) -> Result<()> {
    connection
        .prepare_cached("UPDATE person SET disabled = ?2 WHERE id = ?1")?
        .execute((id.0, disabled))?;
    Ok(())
}

/// Sets the hash of a person's PIN; wrong ones before are forgiven.
pub(crate) fn set_pin(connection: &Connection, id: PersonId, pin: Option<&str>) -> Result<()> {
    connection
        .prepare_cached("UPDATE person SET pin = ?2, wrong = 0, retry_at = NULL WHERE id = ?1")?
        .execute((id.0, pin))?;
    Ok(())
}

/// Sets how many wrong PINs in a row there were, and until when none is looked at.
pub(crate) fn set_wrong(
    connection: &Connection,
    id: PersonId,
    wrong: u32,
    retry_at: Option<Timestamp>,
) -> Result<()> {
    connection
        .prepare_cached("UPDATE person SET wrong = ?2, retry_at = ?3 WHERE id = ?1")?
        .execute((id.0, wrong, retry_at.map(time_text)))?;
    Ok(())
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<PersonRow> {
    Ok(PersonRow {
        id: PersonId(row.get("id")?),
        name: row.get("name")?,
        roles: Roles {
            reviewer: row.get("reviewer")?,
            lead: row.get("lead")?,
            keeper: row.get("keeper")?,
        },
        has_pin: row.get_ref("pin")?.as_str_or_null()?.is_some(),
        wrong: row.get("wrong")?,
        retry_at: word_or_null(row, "retry_at", |text| text.parse().ok())?,
        disabled: row.get("disabled")?,
    })
}
