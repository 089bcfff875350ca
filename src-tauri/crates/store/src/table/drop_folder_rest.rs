//! Rounds whose drop folders rest, since the workspace is a restored copy of one that may still collect from them.

use rusqlite::Connection;
use zhaoshen_model::RoundId;

use crate::error::Result;
use crate::migration::Step;
use crate::store::Store;
use crate::table::setting;

pub(crate) const STEPS: &[Step] = &[Step {
    version: 34,
    sql: "CREATE TABLE drop_folder_rest (
              round INTEGER PRIMARY KEY REFERENCES round (id)
          ) STRICT;",
}];

/// The setting in which earlier versions kept them.
const BEFORE: &str = "drop_folder.paused";

impl Store {
    /// The rounds whose drop folders rest.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn resting_drop_folders(&self) -> Result<Vec<RoundId>> {
        self.read(all)
    }
}

pub(crate) fn all(connection: &Connection) -> Result<Vec<RoundId>> {
    let mut query =
        connection.prepare_cached("SELECT round FROM drop_folder_rest ORDER BY round")?;
    let rounds = query.query_map([], |row| row.get(0).map(RoundId))?;
    Ok(rounds.collect::<rusqlite::Result<_>>()?)
}

/// Has the folder of a round rest, if there is such a round.
pub(crate) fn add(connection: &Connection, round: RoundId) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO drop_folder_rest SELECT id FROM round WHERE id = ?1",
        )?
        .execute([round.0])?;
    Ok(())
}

/// Ends the rest of a round's folder.
pub(crate) fn remove(connection: &Connection, round: RoundId) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM drop_folder_rest WHERE round = ?1")?
        .execute([round.0])?;
    Ok(())
}

/// Moves what earlier versions kept as a setting. Of one that cannot be read it is known all the same that this is a restored
/// copy: every folder rests then, and a person switches on what is to be collected here.
pub(crate) fn move_out_of_settings(connection: &Connection) -> Result<()> {
    let Some(text) = setting::text(connection, BEFORE)? else {
        return Ok(());
    };
    match serde_json::from_str::<Vec<i64>>(&text) {
        Ok(rounds) => {
            for round in rounds {
                add(connection, RoundId(round))?;
            }
        }
        Err(error) => {
            tracing::warn!(%error, "which drop folders rest cannot be read: all of them do");
            connection.execute("INSERT INTO drop_folder_rest SELECT id FROM round", [])?;
        }
    }
    setting::remove(connection, BEFORE)
}
