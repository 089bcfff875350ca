//! Following the chain of the log, row by row, and naming what breaks it. What the chain is: [`crate::table::chain`].
//! And holding to the log what it speaks for: the decisions, the triggers that guard both, the heads that backups noted.

mod decisions;
mod guards;

use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use rusqlite::{Connection, Row};

use crate::error::Result;
use crate::store::Store;
use crate::table::chain::{self, Content, LogHead, NOTHING_BEFORE};
use crate::table::log_personal;

pub use decisions::DecisionFault;

/// Most faults that are named one by one.
pub const MOST_FAULTS: usize = 200;

/// Rows with what stands apart from them.
const ROWS: &str = "SELECT log.*, salt, text AS personal,
        (SELECT erased IS NOT NULL FROM round_end WHERE round_end.round = log.round) AS erased
    FROM log LEFT JOIN log_personal ON log_personal.log = log.id ORDER BY id";
/// Rows from which nothing was taken out.
const OLDER_ROWS: &str = "SELECT *, NULL AS salt, NULL AS personal, NULL AS erased
    FROM log ORDER BY id";

/// A row of the log as a fault names it, in the words that are stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedRow {
    /// Its number.
    pub id: i64,
    /// When, as stored: RFC 3339, UTC.
    pub at: String,
    /// Who.
    pub reviewer: String,
    /// The word of the act.
    pub what: String,
}

/// Something that breaks the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogFault {
    /// The row is not what it was when it was written: changed, moved from another place, or put there by another program.
    Changed(NamedRow),
    /// Rows are gone.
    Missing {
        /// Number of the first that is gone.
        first: i64,
        /// Number of the last that is gone.
        last: i64,
        /// The row before them; `None` at the beginning.
        before: Option<NamedRow>,
        /// The row after them; `None` at the end.
        after: Option<NamedRow>,
    },
    /// Rows stand behind the end of the log.
    Beyond(NamedRow),
    /// The last row and the head tell different hashes.
    HeadDiffers(NamedRow),
    /// The head is gone, so that rows may be missing at the end.
    HeadMissing,
    /// A backup noted an end of the log that this log never had: it was cut off, or made anew.
    Backup {
        /// When the backup was made.
        made_at: Timestamp,
        /// Number of the row it noted.
        last: i64,
    },
    /// The decisions are not those that the log tells of.
    Decision {
        /// How they differ.
        what: DecisionFault,
        /// Number of the submission.
        submission: i64,
        /// 学号 of its student, where it has one.
        student_no: Option<String>,
        /// The row of the log that says otherwise; `None` where none speaks of it.
        row: Option<NamedRow>,
    },
    /// A trigger of this name is gone, is another, or was added by another program.
    Guard(String),
}

/// What following the chain gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogCheck {
    /// Rows that were looked at.
    pub rows: u64,
    /// Where the log ends.
    pub head: Option<LogHead>,
    /// What breaks the chain, at most [`MOST_FAULTS`].
    pub faults: Vec<LogFault>,
    /// How many faults there are in all.
    pub found: u64,
    /// Whether every row was looked at.
    pub complete: bool,
    /// How many backups noted an end that the log went through.
    pub backups: u64,
}

impl LogCheck {
    /// Whether nothing breaks the chain as far as it was followed.
    pub const fn holds(&self) -> bool {
        self.found == 0
    }

    fn note(&mut self, fault: LogFault) {
        self.found += 1;
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(fault);
        }
    }
}

impl Store {
    /// Follows the whole chain, and holds to the log the decisions, the triggers and the heads that the backups noted: what
    /// is asked wherever somebody wants to know whether the log is whole. Ends early, and not complete, when `stop` is set.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn verify_log(&self, stop: &AtomicBool) -> Result<LogCheck> {
        // Listed first: a backup that is made meanwhile may end behind what is read here. That a list cannot be read is told
        // where backups are made.
        let backups = self.backups().list().unwrap_or_default();
        self.read(|connection| {
            let mut check = follow(connection, stop)?;
            if !check.complete {
                return Ok(check);
            }
            decisions::hold(connection, &mut check)?;
            guards::hold(connection, &mut check)?;
            for note in backups.into_iter().map(|row| row.note) {
                let Some(head) = note.log_head() else {
                    continue;
                };
                if passed(connection, head)? {
                    check.backups += 1;
                } else {
                    check.note(LogFault::Backup {
                        made_at: note.made_at,
                        last: head.last,
                    });
                }
            }
            Ok(check)
        })
    }

    /// Follows the whole chain of the log alone; ends early, and not complete, when `stop` is set.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn check_log(&self, stop: &AtomicBool) -> Result<LogCheck> {
        self.read(|connection| follow(connection, stop))
    }

    /// Where the log ends; `None` when the head was taken away.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn log_head(&self) -> Result<Option<LogHead>> {
        self.read(chain::head)
    }

    /// Whether the log went through `head`: the row of that number has that hash.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub fn log_passed(&self, head: LogHead) -> Result<bool> {
        self.read(|connection| passed(connection, head))
    }
}

fn passed(connection: &Connection, head: LogHead) -> Result<bool> {
    Ok(head.last == 0 || hash_at(connection, head.last)? == Some(head.hash))
}

/// Follows the chain from its first row to the end.
pub(crate) fn follow(connection: &Connection, stop: &AtomicBool) -> Result<LogCheck> {
    let head = chain::head(connection)?;
    let mut check = LogCheck {
        rows: 0,
        head,
        faults: Vec::new(),
        found: 0,
        complete: true,
        backups: 0,
    };
    let mut before = Place::FIRST;
    let apart: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'log_personal')",
        [],
        |row| row.get(0),
    )?;
    // A backup of an earlier version has its log in one piece.
    let mut query = connection.prepare_cached(if apart { ROWS } else { OLDER_ROWS })?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        if stop.load(Ordering::Relaxed) {
            check.complete = false;
            return Ok(check);
        }
        before = step(&mut check, before, row)?;
    }
    end(&mut check, before);
    Ok(check)
}

/// Where the walk stands.
struct Place {
    id: i64,
    /// Hash of the row there as stored; `None` where it cannot be known.
    hash: Option<[u8; 32]>,
    row: Option<NamedRow>,
}

impl Place {
    /// Before the first row.
    const FIRST: Self = Self {
        id: 0,
        hash: Some(NOTHING_BEFORE),
        row: None,
    };
}

fn step(check: &mut LogCheck, before: Place, row: &Row<'_>) -> Result<Place> {
    let named = name(row)?;
    let hash: Option<[u8; 32]> = row.get("hash").unwrap_or_default();
    check.rows += 1;
    if check.head.is_some_and(|head| named.id > head.last) {
        check.note(LogFault::Beyond(named.clone()));
        return Ok(before);
    }
    if named.id != before.id + 1 {
        check.note(LogFault::Missing {
            first: before.id + 1,
            last: named.id - 1,
            before: before.row,
            after: Some(named.clone()),
        });
    } else if let Some(linked) = before.hash {
        // Where the row before has no hash, this row cannot be told from a changed one: it is not accused.
        let expected = chain::link(&linked, &Content::of(row)?.digest());
        if hash != Some(expected) || !log_personal::is_sound(row)? {
            check.note(LogFault::Changed(named.clone()));
        }
    }
    Ok(Place {
        id: named.id,
        hash,
        row: Some(named),
    })
}

fn end(check: &mut LogCheck, last: Place) {
    let Some(head) = check.head else {
        check.note(LogFault::HeadMissing);
        return;
    };
    if last.id < head.last {
        check.note(LogFault::Missing {
            first: last.id + 1,
            last: head.last,
            before: last.row,
            after: None,
        });
    } else if let Some(row) = last.row
        && last.hash != Some(head.hash)
    {
        check.note(LogFault::HeadDiffers(row));
    }
}

fn name(row: &Row<'_>) -> rusqlite::Result<NamedRow> {
    Ok(NamedRow {
        id: row.get("id")?,
        at: row.get("at")?,
        reviewer: row.get("reviewer")?,
        what: row.get("what")?,
    })
}

fn hash_at(connection: &Connection, id: i64) -> Result<Option<[u8; 32]>> {
    let mut query = connection.prepare_cached("SELECT hash FROM log WHERE id = ?1")?;
    let mut rows = query.query([id])?;
    match rows.next()? {
        Some(row) => Ok(row.get(0).unwrap_or_default()),
        None => Ok(None),
    }
}
