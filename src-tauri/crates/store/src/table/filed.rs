//! What is filed with students beside their submissions, one in force of each kind: the one that came last, unless it
//! was removed. What it replaced, and what was removed, stays in its table out of force.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row};
use zhaoshen_model::{PhotoHash, RoundId, StudentId};

use crate::act::Act;
use crate::column::hash;
use crate::error::Result;

/// A picture to be filed.
pub(crate) trait Filing {
    /// Its kind.
    const KIND: Filed;
    /// With whom.
    fn student(&self) -> StudentId;
    /// Its bytes, in the vault.
    fn photo(&self) -> PhotoHash;
    /// Writes its row, which is in force; nothing else of its student may be.
    fn put(&self, connection: &Connection, round: RoundId, at: Timestamp) -> Result<()>;
}

/// What kind of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filed {
    /// The picture of a 采集码.
    Code,
    /// The reference photo (对照照片).
    Reference,
}

impl Filed {
    /// Its table, which has the columns `id`, `round`, `student`, `photo`, `file_name` and `replaced`.
    const fn table(self) -> &'static str {
        match self {
            Self::Code => "code_picture",
            Self::Reference => "reference",
        }
    }

    /// The act of filing.
    pub(crate) const fn filing(self) -> Act {
        match self {
            Self::Code => Act::CodesFiled,
            Self::Reference => Act::ReferencesFiled,
        }
    }

    /// The act of removing.
    pub(crate) const fn removing(self) -> Act {
        match self {
            Self::Code => Act::CodesRemoved,
            Self::Reference => Act::ReferencesRemoved,
        }
    }

    /// The word in the log for whom one was taken away from.
    pub(crate) const fn removed(self) -> &'static str {
        match self {
            Self::Code => "code_removed",
            Self::Reference => "reference_removed",
        }
    }

    /// What is in force of the round's listed students, by 学号.
    pub(crate) fn of_listed<T>(
        self,
        connection: &Connection,
        round: RoundId,
        read: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let table = self.table();
        let mut query = connection.prepare_cached(&format!(
            "SELECT {table}.* FROM {table}
             JOIN student ON student.id = {table}.student AND student.listed
             WHERE {table}.round = ?1 AND replaced = 0 ORDER BY student.student_no"
        ))?;
        let rows = query.query_map([round.0], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The photo in force of a student, and the name under which it came.
    pub(crate) fn of(
        self,
        connection: &Connection,
        student: StudentId,
    ) -> Result<Option<(PhotoHash, String)>> {
        let table = self.table();
        let found = connection
            .prepare_cached(&format!(
                "SELECT photo, file_name FROM {table} WHERE student = ?1 AND replaced = 0"
            ))?
            .query_row([student.0], |row| {
                Ok((hash(row, "photo")?, row.get("file_name")?))
            })
            .optional()?;
        Ok(found)
    }

    /// Puts what is in force of a student out of it, for another to take its place.
    pub(crate) fn replace(self, connection: &Connection, student: StudentId) -> Result<()> {
        let table = self.table();
        connection
            .prepare_cached(&format!(
                "UPDATE {table} SET replaced = 1 WHERE student = ?1 AND replaced = 0"
            ))?
            .execute([student.0])?;
        Ok(())
    }

    /// The row in force of a student.
    pub(crate) fn in_force(
        self,
        connection: &Connection,
        student: StudentId,
    ) -> Result<Option<i64>> {
        let table = self.table();
        let found = connection
            .prepare_cached(&format!(
                "SELECT id FROM {table} WHERE student = ?1 AND replaced = 0"
            ))?
            .query_row([student.0], |row| row.get(0))
            .optional()?;
        Ok(found)
    }

    /// Whether the row is in force.
    pub(crate) fn is_in_force(self, connection: &Connection, id: i64) -> Result<bool> {
        let table = self.table();
        let found = connection
            .prepare_cached(&format!(
                "SELECT EXISTS (SELECT 1 FROM {table} WHERE id = ?1 AND replaced = 0)"
            ))?
            .query_row([id], |row| row.get(0))?;
        Ok(found)
    }

    /// Whether the row could be in force: it is there, and its student has no other.
    pub(crate) fn can_be_in_force(self, connection: &Connection, id: i64) -> Result<bool> {
        let table = self.table();
        let found = connection
            .prepare_cached(&format!(
                "SELECT EXISTS (SELECT 1 FROM {table} AS own WHERE id = ?1 AND NOT EXISTS
                     (SELECT 1 FROM {table} WHERE student = own.student AND replaced = 0 AND id <> own.id))"
            ))?
            .query_row([id], |row| row.get(0))?;
        Ok(found)
    }

    /// Puts the row into force, or out of it.
    pub(crate) fn set_in_force(self, connection: &Connection, id: i64, to: bool) -> Result<()> {
        let table = self.table();
        connection
            .prepare_cached(&format!(
                "UPDATE {table} SET replaced = NOT ?2 WHERE id = ?1"
            ))?
            .execute((id, to))?;
        Ok(())
    }
}
