//! How a round ends: closed (结束), archived (归档), kept until a day, and its photos and personal rows deleted.
//!
//! One row per round, written at the first of these acts. A closed round is for reading only: `check_open` is asked by
//! the log for every act, so that no act can forget to.
//!
//! Rows that are kept for good (decisions, samples, second reviews) can be deleted once their round says that it is
//! being erased, and never else. `log_personal` takes the personal parts of older rows out of the
//! log right after this step.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use zhaoshen_model::{PhotoHash, RoundId, SubmissionId};

use crate::act::Act;
use crate::act::written::FileKind;
use crate::column::{date, hash, json_or_null, json_text};
use crate::error::{Error, Result};
use crate::migration::Step;
use crate::store::Store;
use crate::table::unfinished;

pub(crate) const STEPS: &[Step] = &[Step {
    version: 24,
    sql: "CREATE TABLE round_end (
              round INTEGER PRIMARY KEY REFERENCES round (id),
              closed TEXT,
              archived TEXT,
              keep_until TEXT,
              erased TEXT
          ) STRICT;
          CREATE TABLE doomed_photo (
              hash BLOB PRIMARY KEY CHECK (length(hash) = 32)
          ) STRICT, WITHOUT ROWID;
          DROP TRIGGER decision_kept;
          CREATE TRIGGER decision_kept BEFORE DELETE ON decision
          WHEN NOT EXISTS (SELECT 1 FROM submission JOIN round_end USING (round)
                           WHERE submission.id = OLD.submission AND erased IS NOT NULL)
          BEGIN SELECT RAISE(ABORT, 'decisions are kept'); END;
          DROP TRIGGER sampling_plan_kept;
          CREATE TRIGGER sampling_plan_kept BEFORE DELETE ON sampling_plan
          WHEN NOT EXISTS (SELECT 1 FROM round_end WHERE round = OLD.round AND erased IS NOT NULL)
          BEGIN SELECT RAISE(ABORT, 'sampling plans are kept'); END;
          DROP TRIGGER second_review_kept;
          CREATE TRIGGER second_review_kept BEFORE DELETE ON second_review
          WHEN NOT EXISTS (SELECT 1 FROM submission JOIN round_end USING (round)
                           WHERE submission.id = OLD.submission AND erased IS NOT NULL)
          BEGIN SELECT RAISE(ABORT, 'second reviews are kept'); END;
          DROP TRIGGER second_verdict_kept;
          CREATE TRIGGER second_verdict_kept BEFORE DELETE ON second_verdict
          WHEN NOT EXISTS (SELECT 1 FROM second_review
                           JOIN submission ON submission.id = second_review.submission
                           JOIN round_end USING (round)
                           WHERE second_review.id = OLD.review AND erased IS NOT NULL)
          BEGIN SELECT RAISE(ABORT, 'second verdicts are kept'); END;
          CREATE TABLE log_personal (
              log INTEGER PRIMARY KEY,
              salt BLOB NOT NULL,
              text TEXT NOT NULL
          ) STRICT;",
}];

/// Stands among the doomed photos while an erasure is under way: no photo has this hash.
pub(crate) const UNDER_WAY: PhotoHash = PhotoHash([0; 32]);

/// Somebody's act at some time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// Who.
    pub reviewer: String,
    /// When.
    pub at: Timestamp,
}

/// A round that was closed, and what was still open then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// Who closed it, and when.
    #[serde(flatten)]
    pub by: Signed,
    /// What was still open; nothing is known of a round that an earlier version closed.
    #[serde(flatten)]
    pub left: LeftOpen,
}

/// Differences over which a round is closed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOpen {
    /// How many.
    #[serde(default)]
    pub differences: u64,
    /// Why they stay open; empty where there are none.
    #[serde(default)]
    pub reason: String,
}

/// The archive of a round, written and read back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveRecord {
    /// Name of the file.
    pub file: String,
    /// SHA-256 of the file, 64 hexadecimal digits.
    pub sha256: String,
    /// Its size.
    pub size_bytes: u64,
    /// Entries in it.
    pub entries: u64,
    /// Whether it asks for a passphrase.
    pub encrypted: bool,
    /// Whether ID numbers are in it.
    pub id_numbers: bool,
    /// Whether finished photos are in it.
    pub renditions: bool,
    /// Whether the originals are in it.
    pub originals: bool,
    /// Photos that are approved or were delivered and of which not every finished file is in it; `None` of one by an
    /// earlier version, which did not count them.
    #[serde(default)]
    pub lacking: Option<u64>,
    /// The first of them, where finished photos were to go in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lacking_first: Vec<SubmissionId>,
}

/// What was deleted: the numbers of the certificate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// Students, listed or not.
    pub students: u64,
    /// Submissions.
    pub submissions: u64,
    /// Originals that no other round holds.
    pub photos: u64,
    /// Pictures of 采集码 that no other round holds, those that were replaced or removed included; `None` of an earlier
    /// deletion, which counted them among the originals.
    #[serde(default)]
    pub codes: Option<u64>,
    /// Reference photos that no other round holds and that are not among those, the replaced and the removed included;
    /// `None` of an earlier deletion, when there were none.
    #[serde(default)]
    pub references: Option<u64>,
    /// The size of all three.
    pub photo_bytes: u64,
    /// Originals, pictures of 采集码 and reference photos that another round holds, and that therefore stay.
    pub shared_photos: u64,
    /// Originals in the workspace that no round names, whose they are being unknown: they stay.
    #[serde(default)]
    pub unnamed: u64,
    /// Previews, thumbnails and finished photos.
    pub derived: u64,
    /// What was measured on photos.
    pub measurements: u64,
    /// Decisions, second verdicts and findings called wrong.
    pub decisions: u64,
    /// Payments, receipts, notices, filings of 采集码 and reference photos, paper photos and marks.
    pub records: u64,
    /// Files in deliveries.
    pub delivered_files: u64,
    /// Undo records.
    pub undo_records: u64,
    /// Backups within the workspace: all of them.
    #[serde(default)]
    pub backups: u64,
    /// Rows of the log whose personal part was deleted; the rows themselves stay.
    pub log_texts: u64,
}

/// What wrote something outside: an act that is known by what it writes, or the writing of a file of some kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Outside {
    /// A delivery, prints, an archive, a copy of the workspace.
    Act(Act),
    /// A file alone.
    File(FileKind),
}

/// Something written outside the workspace that holds photos or personal data: a deletion does not reach it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenOutside {
    /// What wrote it.
    pub what: Outside,
    /// 第几次交付; 0 for others.
    #[serde(default)]
    pub number: u32,
    /// Which kind of sheet, as staff call it; empty for others.
    #[serde(default)]
    pub name: String,
    /// The folder or file; of an earlier version's archive its name alone, and empty where nothing is known.
    pub path: String,
    /// When.
    pub at: Timestamp,
    /// Whether it was broken off, and is in no books.
    #[serde(default)]
    pub broken_off: bool,
}

/// The deletion of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureRecord {
    /// Who, and when.
    pub by: Signed,
    /// Why it was deleted without an archive, or before its day; empty where neither was so.
    pub waived: String,
    /// The last day its data was to be kept, where it was deleted before that had passed.
    #[serde(default)]
    pub early: Option<Date>,
    /// The last day its data was to be kept, where it was said only when it had passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backdated: Option<Date>,
    /// The archive that stays, if any.
    pub archive: Option<ArchiveRecord>,
    /// How much.
    pub erased: Erased,
    /// What stays outside, and is to be cleared away there; empty of a deletion by an earlier version.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outside: Vec<WrittenOutside>,
}

/// How far a round has ended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundEnd {
    /// Closed, by whom and when; `None` while acts are taken.
    pub closed: Option<Closed>,
    /// Archived since it was closed.
    pub archived: Option<(Signed, ArchiveRecord)>,
    /// Last day that photos and personal data are kept.
    pub keep_until: Option<Date>,
    /// Photos and personal rows are gone.
    pub erased: Option<ErasureRecord>,
}

impl Store {
    /// How far the round has ended.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Unreadable`].
    pub fn round_end(&self, round: RoundId) -> Result<RoundEnd> {
        self.read(|connection| get(connection, round))
    }

    /// Refuses a closed round: asked before long work, whose act would be refused in the end.
    ///
    /// # Errors
    /// [`Error::RoundClosed`], [`Error::RoundErased`].
    pub fn check_open(&self, round: RoundId) -> Result<()> {
        self.read(|connection| check_open(connection, round))
    }

    /// Refuses a round whose data was deleted: asked before long work that a closed round still takes.
    ///
    /// # Errors
    /// [`Error::RoundErased`].
    pub fn check_held(&self, round: RoundId) -> Result<()> {
        match self.check_open(round) {
            Err(Error::RoundClosed) => Ok(()),
            open => open,
        }
    }
}

/// How far the round has ended; all open for one that has no row. An archive that nobody can open is none.
pub(crate) fn get(connection: &Connection, round: RoundId) -> Result<RoundEnd> {
    let row = connection
        .prepare_cached("SELECT * FROM round_end WHERE round = ?1")?
        .query_row([round.0], read_row)
        .optional()?;
    let mut end: RoundEnd = row.unwrap_or_default();
    if end.archived.is_some() && unfinished::is_archive_unshown(connection, round)? {
        end.archived = None;
    }
    Ok(end)
}

/// Refuses a round that is closed or erased.
pub(crate) fn check_open(connection: &Connection, round: RoundId) -> Result<()> {
    let (closed, erased): (bool, bool) = connection
        .prepare_cached(
            "SELECT closed IS NOT NULL, erased IS NOT NULL FROM round_end WHERE round = ?1",
        )?
        .query_row([round.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?
        .unwrap_or_default();
    match (closed, erased) {
        (_, true) => Err(Error::RoundErased),
        (true, false) => Err(Error::RoundClosed),
        (false, false) => Ok(()),
    }
}

/// Writes how far the round has ended.
pub(crate) fn set(connection: &Connection, round: RoundId, end: &RoundEnd) -> Result<()> {
    connection.execute(
        "INSERT INTO round_end (round, closed, archived, keep_until, erased)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (round) DO UPDATE SET
             closed = ?2, archived = ?3, keep_until = ?4, erased = ?5",
        (
            round.0,
            json_of(end.closed.as_ref())?,
            json_of(end.archived.as_ref())?,
            end.keep_until.map(|day| day.to_string()),
            json_of(end.erased.as_ref())?,
        ),
    )?;
    Ok(())
}

fn json_of<T: Serialize>(value: Option<&T>) -> Result<Option<String>> {
    value.map(|value| json_text("批次状态", value)).transpose()
}

/// Photos that are to be deleted, or to be looked for once more; empty but during an erasure.
pub(crate) fn doomed(connection: &Connection) -> Result<Vec<PhotoHash>> {
    let mut query = connection.prepare_cached("SELECT hash FROM doomed_photo ORDER BY hash")?;
    let rows = query.query_map([], |row| hash(row, "hash"))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Ends an erasure.
pub(crate) fn forget_doomed(connection: &Connection) -> Result<()> {
    connection.execute("DELETE FROM doomed_photo", [])?;
    Ok(())
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<RoundEnd> {
    Ok(RoundEnd {
        closed: json_or_null(row, "closed")?,
        archived: json_or_null(row, "archived")?,
        keep_until: date(row, "keep_until")?,
        erased: json_or_null(row, "erased")?,
    })
}
