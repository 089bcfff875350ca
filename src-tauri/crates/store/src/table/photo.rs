//! Photos the vault holds, so that every row that names one can be held to it.

use std::collections::HashSet;

use rusqlite::Connection;
use zhaoshen_model::{PhotoHash, RoundId};

use crate::column::hash;
use crate::error::Result;
use crate::migration::Step;

pub(crate) const STEPS: &[Step] = &[Step {
    version: 3,
    sql: "CREATE TABLE photo (
              hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
              size_bytes INTEGER NOT NULL
          ) STRICT, WITHOUT ROWID;",
}];

/// Notes that the vault holds `hash`; again is no change.
pub(crate) fn note(connection: &Connection, hash: PhotoHash, size_bytes: u64) -> Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO photo (hash, size_bytes) VALUES (?1, ?2)")?
        .execute((&hash.0, size_bytes))?;
    Ok(())
}

/// Every photo a row may name.
pub(crate) fn all(connection: &Connection) -> Result<HashSet<PhotoHash>> {
    let mut query = connection.prepare_cached("SELECT hash FROM photo")?;
    let rows = query.query_map([], |row| hash(row, "hash"))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The photos, pictures of 采集码 and reference photos that this round alone holds, with their sizes in bytes.
pub(crate) fn only_of(connection: &Connection, round: RoundId) -> Result<Vec<(PhotoHash, u64)>> {
    let mut query = connection.prepare_cached(
        "SELECT hash, size_bytes FROM photo
         WHERE (hash IN (SELECT photo FROM submission WHERE round = ?1)
                OR hash IN (SELECT photo FROM code_picture WHERE round = ?1)
                OR hash IN (SELECT photo FROM reference WHERE round = ?1))
           AND hash NOT IN (SELECT photo FROM submission WHERE round <> ?1)
           AND hash NOT IN (SELECT photo FROM code_picture WHERE round <> ?1)
           AND hash NOT IN (SELECT photo FROM reference WHERE round <> ?1)",
    )?;
    let rows = query.query_map([round.0], |row| {
        Ok((hash(row, "hash")?, row.get("size_bytes")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
