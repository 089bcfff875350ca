//! Versions of each round's profile: every one that was ever in force, whole, from 1.
//!
//! The one that stands is the highest, and is what `round.profile` holds. None is changed or removed.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, named_params};
use serde::{Deserialize, Serialize};
use zhaoshen_model::{Profile, RoundId};

use crate::column::{json, json_text, time, time_text};
use crate::error::{Error, Result};
use crate::migration::Step;
use crate::store::Store;

pub(crate) const STEPS: &[Step] = &[Step {
    version: 14,
    sql: "CREATE TABLE profile_version (
              round INTEGER NOT NULL REFERENCES round (id),
              version INTEGER NOT NULL,
              profile TEXT NOT NULL,
              note TEXT NOT NULL,
              reviewer TEXT NOT NULL,
              saved_at TEXT NOT NULL,
              PRIMARY KEY (round, version)
          ) STRICT;
          INSERT INTO profile_version (round, version, profile, note, reviewer, saved_at)
              SELECT id, 1, profile, '', '', created_at FROM round;",
}];

/// A version as stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProfileVersionRow {
    /// The round.
    pub round: RoundId,
    /// From 1.
    pub version: u32,
    /// The whole profile.
    pub profile: Profile,
    /// Why it was saved; may be empty.
    pub note: String,
    /// Who saved it; empty for the first of a round made before versions were kept.
    pub reviewer: String,
    /// When.
    pub saved_at: Timestamp,
}

impl Store {
    /// Every version of the round's profile, oldest first; never empty for a round that is there.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Unreadable`].
    pub fn profile_versions(&self, round: RoundId) -> Result<Vec<ProfileVersionRow>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT * FROM profile_version WHERE round = ?1 ORDER BY version",
            )?;
            let rows = query.query_map([round.0], read_row)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// One version of the round's profile; `None` for the one that stands.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn profile_version(
        &self,
        round: RoundId,
        version: Option<u32>,
    ) -> Result<ProfileVersionRow> {
        self.read(|connection| get(connection, round, version))
    }
}

/// One version; `None` for the newest.
pub(crate) fn get(
    connection: &Connection,
    round: RoundId,
    version: Option<u32>,
) -> Result<ProfileVersionRow> {
    connection
        .prepare_cached(
            "SELECT * FROM profile_version WHERE round = ?1 AND version = coalesce(?2, version)
             ORDER BY version DESC LIMIT 1",
        )?
        .query_row((round.0, version), read_row)
        .optional()?
        .ok_or(Error::NotFound {
            what: "检测标准版本",
            id: version.map_or(round.0, i64::from),
        })
}

/// Adds a version.
pub(crate) fn insert(connection: &Connection, row: &ProfileVersionRow) -> Result<()> {
    connection.execute(
        "INSERT INTO profile_version (round, version, profile, note, reviewer, saved_at)
         VALUES (:round, :version, :profile, :note, :reviewer, :saved_at)",
        named_params! {
            ":round": row.round.0,
            ":version": row.version,
            ":profile": json_text("检测标准", &row.profile)?,
            ":note": row.note,
            ":reviewer": row.reviewer,
            ":saved_at": time_text(row.saved_at),
        },
    )?;
    Ok(())
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<ProfileVersionRow> {
    Ok(ProfileVersionRow {
        round: RoundId(row.get("round")?),
        version: row.get("version")?,
        profile: json(row, "profile")?,
        note: row.get("note")?,
        reviewer: row.get("reviewer")?,
        saved_at: time(row, "saved_at")?,
    })
}
