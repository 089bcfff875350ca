//! The chain of the log: each row carries a hash over the row before it and over itself, and a head says
//! how many rows there are and how the last one ends.
//!
//! # The form, for whoever checks it with a program of their own
//!
//! Rows are taken by rising `id`, which runs 1, 2, 3, … without a gap. Of each row
//!
//! - the **content** is these eleven pieces, one after the other: the word `zhaoshen-log-1`, then the columns
//!   `id`, `round`, `at`, `reviewer`, `what`, `subject`, `subject_id`, `undo`, `before`, `after` as they are
//!   stored. A piece is its length in bytes of UTF-8 in decimal digits, a colon, its bytes, a line feed; a whole
//!   number stands in decimal digits; a NULL is `-` and a line feed;
//! - the **digest** is SHA-256 of the content;
//! - the **hash** is SHA-256 of 64 bytes: the hash of the row before (32 zero bytes for the first row) and the
//!   digest. It is stored in `log.hash`.
//!
//! `log_head` has one row: `last` is the id of the last row, `hash` is that row's hash.
//!
//! # What is deleted
//!
//! Words that may name somebody are no part of a row: they stand in `log_personal` and go with their round, and the row
//! has the field `kept_apart`, a salted hash over them (`log_personal`). So no row is ever emptied.
//!
//! # What is not defended
//!
//! Somebody who can write the file and knows this form can make the whole chain anew, head included. What
//! speaks against them is then elsewhere: the heads in the lists of the backups ([`crate::backup`]).

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};
use sha2::{Digest, Sha256};

use crate::error::Result;
use crate::migration::Step;

/// The column and the head; [`fill`] computes what is in them, and [`SEAL`] closes them.
pub(crate) const STEPS: &[Step] = &[Step {
    version: 23,
    sql: "DROP TRIGGER log_unchanged;
          ALTER TABLE log ADD COLUMN hash BLOB CHECK (hash IS NULL OR length(hash) = 32);
          CREATE TABLE log_head (
              one INTEGER PRIMARY KEY CHECK (one = 1),
              last INTEGER NOT NULL,
              hash BLOB NOT NULL CHECK (length(hash) = 32)
          ) STRICT;",
}];

/// Refuses whatever would break the chain.
const SEAL: &str = "CREATE TRIGGER log_unchanged BEFORE UPDATE ON log
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
    CREATE TRIGGER log_chained BEFORE INSERT ON log
    WHEN NEW.hash IS NULL OR NEW.id <> (SELECT last + 1 FROM log_head)
    BEGIN SELECT RAISE(ABORT, 'the log is append-only and chained'); END;
    CREATE TRIGGER log_head_kept BEFORE DELETE ON log_head
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
    CREATE TRIGGER log_head_single BEFORE INSERT ON log_head
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
    CREATE TRIGGER log_head_forward BEFORE UPDATE ON log_head
    WHEN NEW.last <> OLD.last + 1
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;";

/// Columns of the content, in its order.
const COLUMNS: [&str; 10] = [
    "id",
    "round",
    "at",
    "reviewer",
    "what",
    "subject",
    "subject_id",
    "undo",
    "before",
    "after",
];
/// First piece of every content: a later form would have another.
const FORM: &str = "zhaoshen-log-1";
/// What stands for the hash of the row before the first.
pub(crate) const NOTHING_BEFORE: [u8; 32] = [0; 32];

/// Where the log ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogHead {
    /// Id of the last row, which is also how many rows there are; 0 for an empty log.
    pub last: i64,
    /// Its hash.
    pub hash: [u8; 32],
}

impl LogHead {
    /// The hash in 64 hexadecimal digits.
    pub fn hex(&self) -> String {
        hex::encode(self.hash)
    }
}

/// The content of a row, hashed as it is given.
#[derive(Default)]
pub(crate) struct Content(Sha256);

impl Content {
    pub(crate) fn new() -> Self {
        let mut content = Self::default();
        content.text(Some(FORM));
        content
    }

    pub(crate) fn text(&mut self, text: Option<&str>) {
        match text {
            Some(text) => {
                self.0.update(text.len().to_string());
                self.0.update(b":");
                self.0.update(text);
            }
            None => self.0.update(b"-"),
        }
        self.0.update(b"\n");
    }

    pub(crate) fn number(&mut self, number: Option<i64>) {
        self.text(number.map(|number| number.to_string()).as_deref());
    }

    pub(crate) fn digest(self) -> [u8; 32] {
        self.0.finalize().into()
    }

    /// The content of a stored row; a value that the program never writes there fits no hash.
    pub(crate) fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        let mut content = Self::new();
        for column in COLUMNS {
            match row.get_ref(column)? {
                ValueRef::Null => content.text(None),
                ValueRef::Integer(number) => content.number(Some(number)),
                ValueRef::Text(text) => content.text(Some(&String::from_utf8_lossy(text))),
                ValueRef::Real(_) | ValueRef::Blob(_) => content.text(Some("?")),
            }
        }
        Ok(content)
    }
}

/// The hash of a row.
pub(crate) fn link(before: &[u8; 32], digest: &[u8; 32]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(before);
    hash.update(digest);
    hash.finalize().into()
}

/// Where the log ends, as the head says; `None` when the head was taken away.
pub(crate) fn head(connection: &Connection) -> Result<Option<LogHead>> {
    Ok(connection
        .prepare_cached("SELECT last, hash FROM log_head")?
        .query_row([], |row| {
            Ok(LogHead {
                last: row.get(0)?,
                hash: row.get(1)?,
            })
        })
        .optional()?)
}

/// Moves the head on by one row.
pub(crate) fn set_head(connection: &Connection, head: LogHead) -> Result<()> {
    connection
        .prepare_cached("UPDATE log_head SET last = ?1, hash = ?2")?
        .execute((head.last, head.hash))?;
    Ok(())
}

/// Opens a closed log and takes its head away, for a step of the format that has to rewrite rows; [`fill`] comes next.
pub(crate) fn open(connection: &Connection) -> Result<()> {
    connection.execute_batch(
        "DROP TRIGGER log_unchanged;
         DROP TRIGGER log_chained;
         DROP TRIGGER log_head_kept;
         DROP TRIGGER log_head_single;
         DROP TRIGGER log_head_forward;
         DELETE FROM log_head;",
    )?;
    Ok(())
}

/// Chains the rows that are there, and closes the log.
pub(crate) fn fill(connection: &Connection) -> Result<()> {
    let mut head = LogHead {
        last: 0,
        hash: NOTHING_BEFORE,
    };
    let mut write = connection.prepare("UPDATE log SET hash = ?2 WHERE id = ?1")?;
    let mut read = connection.prepare("SELECT * FROM log ORDER BY id")?;
    let mut rows = read.query([])?;
    while let Some(row) = rows.next()? {
        let hash = link(&head.hash, &Content::of(row)?.digest());
        head = LogHead {
            last: row.get("id")?,
            hash,
        };
        write.execute((head.last, head.hash))?;
    }
    drop(rows);
    connection.execute(
        "INSERT INTO log_head (one, last, hash) VALUES (1, ?1, ?2)",
        (head.last, head.hash),
    )?;
    connection.execute_batch(SEAL)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use std::path::Path;
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::audit::follow;
    use crate::migration::{migrate, migrate_to};

    #[test]
    fn the_log_of_an_earlier_version_is_chained_and_closed() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate_to(&connection, 22).unwrap();
        connection
            .execute_batch(
                "INSERT INTO log (round, at, reviewer, what, subject, subject_id, undo, before, after) VALUES
                 (1, '2026-01-01T00:00:00.000Z', '王', 'round_created', 'round', 1, NULL, NULL, '{\"name\":\"2026春\"}'),
                 (NULL, '2026-01-01T00:00:05.250Z', '李 娜', 'setting_changed', 'workspace', NULL, NULL, '{}', NULL);",
            )
            .unwrap();
        migrate(&mut connection, Path::new("")).unwrap();
        let check = follow(&connection, &AtomicBool::new(false)).unwrap();
        assert!(
            check.holds() && check.complete && check.rows == 2,
            "{check:?}"
        );
        // Computed with Python's hashlib from the description above.
        let hash = check.head.unwrap().hex();
        assert_eq!(
            hash,
            "97bb20bea2307faf20fc4b7a01b1da112eddcf9f1e6ebe2198bddc80210ad5aa"
        );
        let refused = connection.execute_batch("UPDATE log SET reviewer = '张'");
        assert!(refused.unwrap_err().to_string().contains("append-only"));
    }

    #[test]
    fn an_empty_log_begins_with_nothing_before_it() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, Path::new("")).unwrap();
        let head = head(&connection).unwrap().unwrap();
        assert_eq!((head.last, head.hash), (0, NOTHING_BEFORE));
    }
}
