//! What photos look like, and which of them look the same.
//!
//! Look hashes are kept beside the measurements they come from. A new photo's hash is held against all others once,
//! and the pairs that differ little are kept, so that asking costs nothing. Bits are counted by going through all
//! hashes: twenty thousand take some fifty microseconds, which no index would better by enough to matter. Not a
//! judgement: whether a pair is the same picture is for a rule's limit to say.

use std::collections::HashMap;

use rusqlite::{Connection, Row};
use zhaoshen_model::measurement::LookHash;
use zhaoshen_model::{PhotoHash, RoundId};

use crate::column::hash;
use crate::error::Result;
use crate::migration::Step;
use crate::store::Store;

/// Pairs that differ in more of the 256 bits are not kept; no rule's limit should be higher.
pub const KEPT_BITS: u32 = 22;
/// Pairs kept when a photo comes in, the nearest first: were a whole round to hand in one placeholder picture saved
/// anew by each, keeping all would take hundreds of millions.
const MOST_KEPT: usize = 20;

pub(crate) const STEPS: &[Step] = &[Step {
    version: 15,
    sql: "CREATE TABLE look (
              photo BLOB PRIMARY KEY REFERENCES photo (hash),
              look BLOB NOT NULL CHECK (length(look) = 32)
          ) STRICT, WITHOUT ROWID;
          CREATE TABLE near_photo (
              photo BLOB NOT NULL REFERENCES photo (hash),
              other BLOB NOT NULL REFERENCES photo (hash),
              distance_bits INTEGER NOT NULL,
              PRIMARY KEY (photo, other),
              CHECK (photo <> other)
          ) STRICT, WITHOUT ROWID;",
}];

impl Store {
    /// What each photo of the round looks like, of those where that could be measured.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn round_looks(&self, round: RoundId) -> Result<HashMap<PhotoHash, LookHash>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT photo, look FROM look
                 WHERE photo IN (SELECT photo FROM submission WHERE round = ?1)",
            )?;
            let read = |row: &Row<'_>| Ok((hash(row, "photo")?, LookHash(row.get("look")?)));
            let rows = query.query_map([round.0], read)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Whether another photo of the workspace looks like `photo`.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn has_near(&self, photo: PhotoHash) -> Result<bool> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached("SELECT EXISTS (SELECT 1 FROM near_photo WHERE photo = ?1)")?
                .query_row([&photo.0], |row| row.get(0))?)
        })
    }
}

/// All look hashes of the workspace, to hold new ones against.
pub(crate) struct Looks(Vec<(PhotoHash, LookHash)>);

impl Looks {
    pub(crate) fn load(connection: &Connection) -> Result<Self> {
        let mut query = connection.prepare_cached("SELECT photo, look FROM look")?;
        let read = |row: &Row<'_>| Ok((hash(row, "photo")?, LookHash(row.get("look")?)));
        let rows = query.query_map([], read)?;
        Ok(Self(rows.collect::<rusqlite::Result<_>>()?))
    }

    /// Keeps what `photo` looks like, in place of what was kept, with its pairs.
    pub(crate) fn put(
        &mut self,
        connection: &Connection,
        photo: PhotoHash,
        look: Option<LookHash>,
    ) -> Result<()> {
        self.forget(connection, photo)?;
        let Some(look) = look else { return Ok(()) };
        connection
            .prepare_cached("INSERT INTO look (photo, look) VALUES (?1, ?2)")?
            .execute((&photo.0, &look.0))?;
        let mut insert = connection.prepare_cached(
            "INSERT OR REPLACE INTO near_photo (photo, other, distance_bits) VALUES (?1, ?2, ?3)",
        )?;
        for (other, distance) in self.nearest(look) {
            insert.execute((&photo.0, &other.0, distance))?;
            insert.execute((&other.0, &photo.0, distance))?;
        }
        self.0.push((photo, look));
        Ok(())
    }

    /// The photos nearest to `look`, no farther than [`KEPT_BITS`].
    fn nearest(&self, look: LookHash) -> Vec<(PhotoHash, u32)> {
        let distances = self
            .0
            .iter()
            .map(|(other, theirs)| (*other, look.distance(*theirs)));
        let mut near: Vec<_> = distances
            .filter(|(_, distance)| *distance <= KEPT_BITS)
            .collect();
        near.sort_by_key(|(other, distance)| (*distance, *other));
        near.truncate(MOST_KEPT);
        near
    }

    fn forget(&mut self, connection: &Connection, photo: PhotoHash) -> Result<()> {
        let known = self.0.len();
        self.0.retain(|(other, _)| *other != photo);
        if self.0.len() < known {
            for sql in [
                "DELETE FROM near_photo WHERE photo = ?1",
                "DELETE FROM near_photo WHERE other = ?1",
                "DELETE FROM look WHERE photo = ?1",
            ] {
                connection.prepare_cached(sql)?.execute([&photo.0])?;
            }
        }
        Ok(())
    }
}

/// The kept pairs of the photos handed in for the round, or of one `photo`; nearest first for each.
pub(crate) fn pairs(
    connection: &Connection,
    round: RoundId,
    photo: Option<PhotoHash>,
) -> Result<Vec<(PhotoHash, PhotoHash, u32)>> {
    // One statement for both would be planned for the whole round: `?2 IS NULL OR …` hides the key.
    let of_one = if photo.is_some() {
        "photo = ?2"
    } else {
        "?2 IS NULL"
    };
    let sql = format!(
        "SELECT photo, other, distance_bits FROM near_photo
         WHERE {of_one} AND
               EXISTS (SELECT 1 FROM submission WHERE submission.photo = near_photo.photo AND round = ?1)
         ORDER BY photo, distance_bits, other"
    );
    let mut query = connection.prepare_cached(&sql)?;
    let read = |row: &Row<'_>| Ok((hash(row, "photo")?, hash(row, "other")?, row.get(2)?));
    let rows = query.query_map((round.0, photo.map(|photo| photo.0)), read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
