//! Which drop folders rest in a restored copy.

use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::json;
use zhaoshen_model::RoundId;

use super::Act;
use crate::error::Result;
use crate::store::Store;
use crate::table::drop_folder_rest;
use crate::table::log::{self, Entry, Subject};

impl Store {
    /// Has the folders of these rounds rest until a person switches them on.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn rest_drop_folders(&self, rounds: &[RoundId], by: &str, at: Timestamp) -> Result<()> {
        self.write(|transaction| {
            let before = drop_folder_rest::all(transaction)?;
            for round in rounds {
                drop_folder_rest::add(transaction, *round)?;
            }
            told(transaction, &before, (by, at))
        })
    }

    /// Ends the rest of a round's folder.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn end_drop_folder_rest(&self, round: RoundId, by: &str, at: Timestamp) -> Result<()> {
        self.write(|transaction| {
            let before = drop_folder_rest::all(transaction)?;
            drop_folder_rest::remove(transaction, round)?;
            told(transaction, &before, (by, at))
        })
    }
}

/// Writes the row of the log, where anything is another.
fn told(connection: &Connection, before: &[RoundId], (by, at): (&str, Timestamp)) -> Result<()> {
    let now = drop_folder_rest::all(connection)?;
    if now == before {
        return Ok(());
    }
    // The name under which older rows of the log tell it.
    let state = |rounds: &[RoundId]| json!({ "drop_folder.paused": rounds });
    let entry = Entry {
        round: None,
        at,
        reviewer: by,
        what: Act::SettingChanged,
        subject: Subject::Workspace,
        undo: None,
        before: Some(state(before)),
        after: Some(state(&now)),
    };
    log::append(connection, &entry)?;
    Ok(())
}
