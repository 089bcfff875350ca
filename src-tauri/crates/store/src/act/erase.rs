//! Deleting the photos and personal rows of a round, for good.
//!
//! Rows go in one transaction that also writes the log, which stays; their pages are overwritten (`secure_delete`).
//! Files go after it, and the workspace's backups with them, since they hold the same. Until they are gone and the database is packed anew, the photos stand on a list of doomed ones, so
//! that an erasure which was killed is ended when the workspace opens next. What a disk keeps of freed blocks is not in a
//! program's hands.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, Transaction};
use serde_json::json;
use zhaoshen_model::RoundId;

use super::Act;
use super::close::{signed, still_there};
use crate::error::{Error, Result};
use crate::seal::foreign;
use crate::store::Store;
use crate::table::log::{self, Entry};
use crate::table::photo;
use crate::table::retention::{self, Retention};
use crate::table::round_end::{self, Erased, ErasureRecord, RoundEnd, UNDER_WAY, WrittenOutside};

/// Time without a row of the log after which the clock is doubted.
const JUMP: SignedDuration = SignedDuration::from_hours(366 * 24);

/// What whoever deletes says of it; outlasting what is deleted, it names no student.
#[derive(Debug, Clone, Default)]
pub struct Erasing<'a> {
    /// Why in spite of what stands against it; empty where nothing does.
    pub waived: &'a str,
    /// What was written outside.
    pub outside: Vec<WrittenOutside>,
}

impl<'a> From<&'a str> for Erasing<'a> {
    fn from(waived: &'a str) -> Self {
        Self {
            waived,
            ..Self::default()
        }
    }
}

/// What is deleted of a round, in an order that no reference stands against: what it counts among, and how. `?1` is the
/// round.
const ROWS: [(Kind, &str); 27] = [
    (
        Kind::Decisions,
        "DELETE FROM second_verdict WHERE review IN
             (SELECT id FROM second_review WHERE submission IN (SELECT id FROM submission WHERE round = ?1))",
    ),
    (
        Kind::None,
        "DELETE FROM second_review WHERE submission IN (SELECT id FROM submission WHERE round = ?1)",
    ),
    (Kind::None, "UPDATE submission SET decision = NULL WHERE round = ?1"),
    (
        Kind::Decisions,
        "DELETE FROM decision WHERE submission IN (SELECT id FROM submission WHERE round = ?1)",
    ),
    (
        Kind::Decisions,
        "DELETE FROM dispute WHERE submission IN (SELECT id FROM submission WHERE round = ?1)",
    ),
    (
        Kind::Records,
        "DELETE FROM notice WHERE submission IN (SELECT id FROM submission WHERE round = ?1)",
    ),
    (Kind::Records, "DELETE FROM receipt WHERE round = ?1"),
    (
        Kind::None,
        "DELETE FROM payment_list WHERE payment IN (SELECT id FROM payment WHERE round = ?1)",
    ),
    (Kind::Records, "DELETE FROM payment WHERE round = ?1"),
    (Kind::Records, "DELETE FROM code_picture WHERE round = ?1"),
    (Kind::Records, "DELETE FROM reference WHERE round = ?1"),
    (
        Kind::Records,
        "DELETE FROM paper_photo WHERE student IN (SELECT id FROM student WHERE round = ?1)",
    ),
    (
        Kind::Records,
        "DELETE FROM student_mark WHERE student IN (SELECT id FROM student WHERE round = ?1)",
    ),
    (
        Kind::DeliveredFiles,
        "DELETE FROM delivery_file WHERE delivery IN (SELECT id FROM delivery WHERE round = ?1)",
    ),
    (Kind::None, "UPDATE delivery SET target = '' WHERE round = ?1"),
    (Kind::None, "DELETE FROM unfinished WHERE round = ?1"),
    (Kind::None, "DELETE FROM sampling_plan WHERE round = ?1"),
    (Kind::UndoRecords, "DELETE FROM undo WHERE round = ?1"),
    (
        Kind::None,
        "DELETE FROM near_photo WHERE photo IN (SELECT hash FROM doomed_photo)
             OR other IN (SELECT hash FROM doomed_photo)",
    ),
    (Kind::None, "DELETE FROM look WHERE photo IN (SELECT hash FROM doomed_photo)"),
    (
        Kind::Measurements,
        "DELETE FROM measurement WHERE photo IN (SELECT hash FROM doomed_photo)",
    ),
    (Kind::Submissions, "DELETE FROM submission WHERE round = ?1"),
    (Kind::Students, "DELETE FROM student WHERE round = ?1"),
    (Kind::Photos, "DELETE FROM photo WHERE hash IN (SELECT hash FROM doomed_photo)"),
    (
        Kind::LogTexts,
        "DELETE FROM log_personal WHERE log IN (SELECT id FROM log WHERE round = ?1)",
    ),
    (Kind::None, "DELETE FROM drop_folder_rest WHERE round = ?1"),
    (
        Kind::None,
        "DELETE FROM setting WHERE name IN
             ('fee:' || ?1, 'fee_lists.' || ?1, 'prints.' || ?1, 'drop_folder.' || ?1, 'sms_signature.' || ?1,
              'prints_asked.' || ?1)
             OR name GLOB 'delivery_how.' || ?1 || '.*' OR name GLOB 'delivery_again.' || ?1 || '.*'",
    ),
];

/// What deleted rows count among.
#[derive(Debug, Clone, Copy)]
enum Kind {
    None,
    Students,
    Submissions,
    Photos,
    Measurements,
    Decisions,
    Records,
    DeliveredFiles,
    UndoRecords,
    LogTexts,
}

impl Store {
    /// Deletes the photos, what was derived from them, and every personal row of a closed round, for good; the round,
    /// its log and what was deleted remain. It must have been archived since it was closed, with every finished photo
    /// that is approved or was delivered, and the last day its data is kept must have been said and passed, unless `why` says
    /// why not. A day that was moved earlier counts as it was first said; one that had
    /// passed when it was said takes a reason as well.
    /// Nothing else may work on the round meanwhile.
    ///
    /// # Errors
    /// [`Error::Ending`] for a round that is not closed, or not waived where it is not archived or its day has not passed;
    /// [`Error::RoundErased`]; [`Error::Elsewhere`] where a folder of the workspace is a link or another disk;
    /// [`Error::AmongBackups`] where what is not the program's lies among the backups;
    /// [`Error::Io`] when files could not be removed: the rows are gone then, and the files go at the next opening.
    pub fn erase_round<'a>(
        &self,
        round: RoundId,
        why: impl Into<Erasing<'a>>,
        reviewer: &str,
        at: Timestamp,
    ) -> Result<ErasureRecord> {
        let Erasing { waived, outside } = why.into();
        foreign::all_here(self.dir())?;
        // What an import left without a row may be this round's.
        self.sweep_awaited()?;
        let unnamed = self.unnamed()?.len() as u64;
        let derived = self.count_derived(round)?;
        let backups = self.backups().list()?.len() as u64;
        let record = self.write(|transaction| {
            let mut end = still_there(transaction, round)?;
            let kept = retention::get(transaction, round)?;
            let Admitted { early, is_waived } = admit(transaction, (&end, kept), waived, at)?;
            let mut record = ErasureRecord {
                by: signed(reviewer, at),
                waived: match is_waived {
                    true => waived.to_owned(),
                    false => String::new(),
                },
                early,
                backdated: kept.backdated,
                archive: end.archived.as_ref().map(|(_, archive)| archive.clone()),
                erased: Erased::default(),
                outside,
            };
            // It may name somebody.
            if let Some(closed) = &mut end.closed {
                closed.left.reason.clear();
            }
            // Said first: rows that are kept for good go only once it stands.
            end.erased = Some(record.clone());
            round_end::set(transaction, round, &end)?;
            record.erased = erase_rows(transaction, round)?;
            record.erased.derived = derived;
            record.erased.backups = backups;
            record.erased.unnamed = unnamed;
            end.erased = Some(record.clone());
            round_end::set(transaction, round, &end)?;
            let after = json!({
                "erased": record.erased,
                "waived": is_waived,
                "reason": record.waived,
                "early": early,
            });
            let entry = Entry::of_round(round, Act::RoundErased, (reviewer, at), after);
            log::append(transaction, &entry)?;
            Ok(record)
        })?;
        self.end_erasure()?;
        Ok(record)
    }

    /// Removes the files of doomed photos and the backups in the workspace, packs the database anew and empties its
    /// journal; what a deletion could not remove is tried again. Does nothing where nothing is left to be removed.
    ///
    /// # Errors
    /// [`Error::Io`] while a file cannot be removed; [`Error::Database`].
    pub fn end_erasure(&self) -> Result<()> {
        let doomed = self.read(round_end::doomed)?;
        if doomed.is_empty() {
            return Ok(());
        }
        let named = self.read(photo::all)?;
        for hash in doomed.into_iter().filter(|hash| !named.contains(hash)) {
            self.vault.remove(hash)?;
        }
        let backups = self.hold_backups();
        self.backups().remove_all()?;
        drop(backups);
        self.pack()?;
        self.write(|transaction| round_end::forget_doomed(transaction))?;
        self.pack()
    }

    /// How many previews, thumbnails and finished photos there are of photos of this round alone.
    fn count_derived(&self, round: RoundId) -> Result<u64> {
        let photos = self.read(|connection| photo::only_of(connection, round))?;
        photos.into_iter().try_fold(0, |sum, (hash, _)| {
            Ok(sum + self.vault.derived_of(hash)?.len() as u64)
        })
    }
}

impl Store {
    /// Whether the clock went on so far since the last row of the log that no day can be told by it.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn has_clock_jumped(&self, at: Timestamp) -> Result<bool> {
        self.read(|connection| has_jumped(connection, at))
    }
}

/// A deletion that nothing stands against.
struct Admitted {
    /// The last day that the data was to be kept, where it has not passed.
    early: Option<Date>,
    /// It takes a reason, which was given.
    is_waived: bool,
}

fn admit(
    connection: &Connection,
    (end, kept): (&RoundEnd, Retention),
    waived: &str,
    at: Timestamp,
) -> Result<Admitted> {
    if end.closed.is_none() {
        return Err(Error::Ending("请先结束本批，再删除数据"));
    }
    let today = at.to_zoned(TimeZone::system()).date();
    // One that was moved earlier counts as it was first said.
    let last = end.keep_until.max(kept.until);
    let early = last.filter(|day| *day >= today);
    let jumped = early.is_none() && last.is_some() && has_jumped(connection, at)?;
    let lacking = end.archived.as_ref().map(|(_, archive)| archive.lacking);
    let against = if let Some(why) = against_archive(lacking) {
        Some(why)
    } else if early.is_some() {
        Some(
            "保存期限还没有过（期限改早过的，以原定的为准）；请等到过期，或写明提前删除的理由后再删除",
        )
    } else if kept.backdated.is_some() {
        Some("保存期限是在那一天过去之后才设定的；请写明理由后再删除")
    } else if end.keep_until.is_none() {
        Some("本批没有设定保存期限；请先设定，或写明理由后再删除")
    } else if jumped {
        Some(
            "电脑的时间比上一次操作晚了一年以上，可能是时钟不对，保存期限不能以它为准。请先核对电脑的日期；日期没有错、期限确实过了的，写明理由后再删除",
        )
    } else {
        None
    };
    match against {
        Some(why) if waived.is_empty() => Err(Error::Ending(why)),
        _ => Ok(Admitted {
            early,
            is_waived: against.is_some(),
        }),
    }
}

/// Why an archive, of which so many finished photos are `lacking`, does not stand for what is deleted.
const fn against_archive(lacking: Option<Option<u64>>) -> Option<&'static str> {
    match lacking {
        None => Some("本批还没有归档；请先归档，或写明不归档的理由后再删除"),
        Some(None) => {
            Some("归档包由较早的版本写成，没有点过成品照片是否齐全；请重新归档，或写明理由后再删除")
        }
        Some(Some(0)) => None,
        Some(Some(_)) => Some(
            "归档包里缺少成品照片（已通过的或交付过的）；请含成品照片重新归档，或写明理由后再删除",
        ),
    }
}

fn has_jumped(connection: &Connection, at: Timestamp) -> Result<bool> {
    let last = log::last_time(connection)?;
    Ok(last.is_some_and(|last| at.duration_since(last) > JUMP))
}

fn erase_rows(transaction: &Transaction<'_>, round: RoundId) -> Result<Erased> {
    let own = photo::only_of(transaction, round)?;
    let mut erased = Erased {
        photo_bytes: own.iter().map(|(_, bytes)| bytes).sum(),
        ..Erased::default()
    };
    let all: u64 = transaction.query_row(
        "SELECT count(*) FROM (SELECT photo FROM submission WHERE round = ?1
                               UNION SELECT photo FROM code_picture WHERE round = ?1
                               UNION SELECT photo FROM reference WHERE round = ?1)",
        [round.0],
        |row| row.get(0),
    )?;
    erased.shared_photos = all.saturating_sub(own.len() as u64);
    let mut doom = transaction.prepare("INSERT OR IGNORE INTO doomed_photo (hash) VALUES (?1)")?;
    for hash in own.iter().map(|(hash, _)| *hash).chain([UNDER_WAY]) {
        doom.execute([&hash.0])?;
    }
    let alone = |table: &str, others: &str| -> Result<u64> {
        let sql = format!(
            "SELECT count(DISTINCT photo) FROM {table} WHERE photo IN (SELECT hash FROM doomed_photo)
                 AND photo NOT IN ({others})"
        );
        Ok(transaction.query_row(&sql, [round.0], |row| row.get(0))?)
    };
    let submitted = "SELECT photo FROM submission WHERE round = ?1";
    let codes = alone("code_picture", submitted)?;
    let coded = format!("{submitted} UNION SELECT photo FROM code_picture WHERE round = ?1");
    let references = alone("reference", &coded)?;
    for (kind, sql) in ROWS {
        let mut delete = transaction.prepare(sql)?;
        let rows = match delete.parameter_count() {
            0 => delete.execute([])?,
            _ => delete.execute([round.0])?,
        };
        let rows = rows as u64;
        match kind {
            Kind::None => {}
            Kind::Students => erased.students += rows,
            Kind::Submissions => erased.submissions += rows,
            Kind::Photos => erased.photos += rows,
            Kind::Measurements => erased.measurements += rows,
            Kind::Decisions => erased.decisions += rows,
            Kind::Records => erased.records += rows,
            Kind::DeliveredFiles => erased.delivered_files += rows,
            Kind::UndoRecords => erased.undo_records += rows,
            Kind::LogTexts => erased.log_texts += rows,
        }
    }
    erased.photos = erased.photos.saturating_sub(codes + references);
    erased.codes = Some(codes);
    erased.references = Some(references);
    Ok(erased)
}
