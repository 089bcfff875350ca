//! Writing that was begun in a folder outside: a delivery, one of them again, an archive, sheets to be printed, a backup in
//! one file, a workspace made of a backup. The row stands before the first file does, and goes when the last one has its name;
//! what is found at the next opening was broken off.
//!
//! No act, and not in the log: it says where something may lie that no book knows. A row that is `booked` is of an act
//! that is in the log, and names the files that were to get their names last.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use serde_json::json;
use zhaoshen_model::{PhotoHash, RoundId};

use crate::act::Act;
use crate::column::{json_or_null, json_text, time, time_text, word};
use crate::error::{Error, Result};
use crate::migration::Step;
use crate::store::Store;
use crate::table::log::{self, Entry};
use crate::table::round_end;

pub(crate) const STEPS: &[Step] = &[
    Step {
        version: 30,
        sql: "CREATE TABLE unfinished (
                  id INTEGER PRIMARY KEY AUTOINCREMENT,
                  round INTEGER NOT NULL REFERENCES round (id),
                  number INTEGER NOT NULL,
                  kind TEXT NOT NULL,
                  target TEXT NOT NULL,
                  reviewer TEXT NOT NULL,
                  started TEXT NOT NULL,
                  booked TEXT
              ) STRICT;",
    },
    // What is written of the whole workspace is of no round.
    Step {
        version: 35,
        sql: "ALTER TABLE unfinished RENAME TO unfinished_of_rounds;
              CREATE TABLE unfinished (
                  id INTEGER PRIMARY KEY AUTOINCREMENT,
                  round INTEGER REFERENCES round (id),
                  number INTEGER NOT NULL,
                  kind TEXT NOT NULL,
                  target TEXT NOT NULL,
                  reviewer TEXT NOT NULL,
                  started TEXT NOT NULL,
                  booked TEXT
              ) STRICT;
              INSERT INTO unfinished SELECT * FROM unfinished_of_rounds;
              DROP TABLE unfinished_of_rounds;",
    },
];

/// What is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WritingKind {
    /// A delivery, which has its number from the beginning.
    Delivery,
    /// A delivery once more.
    Repeat,
    /// The archive of a round.
    Archive,
    /// Sheets of photos, as PDF.
    Prints,
    /// A backup of the whole workspace in one file, which opens with a passphrase.
    Copy,
    /// A workspace that is made of a backup.
    Restore,
}

impl WritingKind {
    /// The word in the database.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Delivery => "delivery",
            Self::Repeat => "repeat",
            Self::Archive => "archive",
            Self::Prints => "prints",
            Self::Copy => "copy",
            Self::Restore => "restore",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        let all = [
            Self::Delivery,
            Self::Repeat,
            Self::Archive,
            Self::Prints,
            Self::Copy,
            Self::Restore,
        ];
        all.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A file that gets its name last, within the folder that is written to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedLast {
    /// The name.
    pub name: String,
    /// SHA-256 of the file.
    pub sha256: PhotoHash,
    /// Whether it opens with a passphrase that nobody was shown yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unshown: bool,
}

/// What is to be written, as it is begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWriting {
    /// The round; `None` for what is of the whole workspace.
    pub round: Option<RoundId>,
    /// What.
    pub kind: WritingKind,
    /// 第几次交付 that is written again; not looked at for others.
    pub number: u32,
    /// The folder, or the file of an archive or a backup.
    pub target: String,
}

/// Writing that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnfinishedRow {
    /// Row id.
    pub id: i64,
    /// The round; `None` for what is of the whole workspace.
    pub round: Option<RoundId>,
    /// 第几次交付; 0 for what is no delivery.
    pub number: u32,
    /// What.
    pub kind: WritingKind,
    /// The folder, or the file of an archive or a backup.
    pub target: String,
    /// Who.
    pub reviewer: String,
    /// Since when.
    pub started: Timestamp,
    /// What was to get its name last, once the act is in the log.
    pub booked: Option<Vec<NamedLast>>,
}

impl UnfinishedRow {
    /// Whether it is in the books and opens with a passphrase that nobody was shown: it is of use to nobody.
    pub fn is_unshown(&self) -> bool {
        let Some(names) = &self.booked else {
            return false;
        };
        self.kind == WritingKind::Copy || names.iter().any(|last| last.unshown)
    }
}

/// Which writing an act belongs to, and what is to get its name after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writing {
    /// The row.
    pub id: i64,
    /// The files.
    pub names: Vec<NamedLast>,
}

impl Store {
    /// Notes that writing begins, before anything is written. A delivery gets the number that comes after all that were
    /// recorded and all that lie broken off.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn begin_writing(
        &self,
        new: &NewWriting,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<UnfinishedRow> {
        self.write(|transaction| {
            let number = match (new.kind, new.round) {
                (WritingKind::Delivery, Some(round)) => next_number(transaction, round)?,
                (WritingKind::Repeat, _) => new.number,
                _ => 0,
            };
            transaction.execute(
                "INSERT INTO unfinished (round, number, kind, target, reviewer, started)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                (
                    new.round.map(|round| round.0),
                    number,
                    new.kind.as_str(),
                    &new.target,
                    reviewer,
                    time_text(at),
                ),
            )?;
            let id = transaction.last_insert_rowid();
            get(transaction, id)?.ok_or_else(|| unknown(id))
        })
    }

    /// The folder, or the file of an archive, that is written to.
    pub(crate) fn writing_target(&self, writing: &Writing) -> Result<String> {
        let row = self.read(|connection| get(connection, writing.id))?;
        row.map(|row| row.target).ok_or_else(|| unknown(writing.id))
    }

    /// All writing that was begun and not ended, first to last.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Unreadable`].
    pub fn unfinished(&self) -> Result<Vec<UnfinishedRow>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached("SELECT * FROM unfinished ORDER BY id")?;
            let rows = query.query_map([], read_row)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The number that the next delivery of the round gets.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn next_delivery(&self, round: RoundId) -> Result<u32> {
        self.read(|connection| next_number(connection, round))
    }

    /// Ends writing: the last file has its name, or nothing of it is left.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn end_writing(&self, id: i64) -> Result<()> {
        self.write(|transaction| remove(transaction, id))
    }

    /// Takes away the note of writing that was broken off, on the word of whoever saw to what lay there. A round whose
    /// archive nobody can open is not archived.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Database`].
    pub fn dismiss_writing(&self, id: i64, reviewer: &str, at: Timestamp) -> Result<()> {
        self.write(|transaction| {
            let row = get(transaction, id)?.ok_or_else(|| unknown(id))?;
            if let Some(round) = row.round
                && row.kind == WritingKind::Archive
                && row.is_unshown()
            {
                let end = round_end::get(transaction, round)?;
                round_end::set(transaction, round, &end)?;
            }
            remove(transaction, id)?;
            let after = json!({
                "number": row.number,
                "target": row.target,
                "booked": row.booked.is_some(),
            });
            let (what, by) = (Act::WritingDismissed, (reviewer, at));
            let entry = match row.round {
                Some(round) => Entry::of_round(round, what, by, after),
                None => Entry::of_workspace(what, by, None, Some(after)),
            };
            log::append(transaction, &entry).map(|_| ())
        })
    }
}

const fn unknown(id: i64) -> Error {
    Error::NotFound {
        what: "中断的写出",
        id,
    }
}

/// The number that the next delivery of the round gets.
pub(crate) fn next_number(connection: &Connection, round: RoundId) -> Result<u32> {
    Ok(connection
        .prepare_cached(
            "SELECT coalesce(max(number), 0) + 1 FROM
                 (SELECT number FROM delivery WHERE round = ?1 UNION ALL
                  SELECT number FROM unfinished WHERE round = ?1 AND kind = 'delivery')",
        )?
        .query_row([round.0], |row| row.get(0))?)
}

/// The number that a delivery's writing began with.
pub(crate) fn number(connection: &Connection, writing: &Writing) -> Result<u32> {
    let row = get(connection, writing.id)?;
    row.map(|row| row.number).ok_or_else(|| unknown(writing.id))
}

/// Writing that was begun.
fn get(connection: &Connection, id: i64) -> Result<Option<UnfinishedRow>> {
    Ok(connection
        .prepare_cached("SELECT * FROM unfinished WHERE id = ?1")?
        .query_row([id], read_row)
        .optional()?)
}

/// Notes in the transaction of an act that it is in the books, and what is to get its name after it.
pub(crate) fn book(connection: &Connection, writing: Option<&Writing>) -> Result<()> {
    let Some(writing) = writing else {
        return Ok(());
    };
    let names = json_text("最后的文件", &writing.names)?;
    let changed = connection.execute(
        "UPDATE unfinished SET booked = ?2 WHERE id = ?1",
        (writing.id, names),
    )?;
    if changed == 0 {
        return Err(unknown(writing.id));
    }
    // An archive before this one that nobody can open, and that nobody can read anything in, is made anew by it.
    connection.execute(
        "DELETE FROM unfinished WHERE id <> ?1 AND kind = 'archive'
             AND round = (SELECT round FROM unfinished WHERE id = ?1 AND kind = 'archive')
             AND EXISTS (SELECT 1 FROM json_each(booked) WHERE json_extract(value, '$.unshown'))",
        [writing.id],
    )?;
    Ok(())
}

/// Whether the archive in the round's books opens with a passphrase that nobody was shown.
pub(crate) fn is_archive_unshown(connection: &Connection, round: RoundId) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM unfinished, json_each(booked)
                   WHERE round = ?1 AND kind = 'archive' AND json_extract(value, '$.unshown'))";
    Ok(connection
        .prepare_cached(sql)?
        .query_row([round.0], |row| row.get(0))?)
}

/// Takes the note away, in the transaction of the act that the writing came to.
pub(crate) fn remove(connection: &Connection, id: i64) -> Result<()> {
    connection.execute("DELETE FROM unfinished WHERE id = ?1", [id])?;
    Ok(())
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<UnfinishedRow> {
    Ok(UnfinishedRow {
        id: row.get("id")?,
        round: row.get::<_, Option<i64>>("round")?.map(RoundId),
        number: row.get("number")?,
        kind: word(row, "kind", WritingKind::parse)?,
        target: row.get("target")?,
        reviewer: row.get("reviewer")?,
        started: time(row, "started")?,
        booked: json_or_null(row, "booked")?,
    })
}
