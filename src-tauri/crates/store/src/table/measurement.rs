//! Measurements (测量值), one set per photo: taken once, judged any number of times.
//!
//! Findings are not stored; they follow from these and the profile.

use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;

use rusqlite::{Connection, OptionalExtension, Row};
use zhaoshen_model::{Measurements, PhotoHash, RoundId, SubmissionId};

use crate::column::{hash, json, json_text};
use crate::error::{Error, Result};
use crate::migration::Step;
use crate::store::Store;
use crate::table::look::Looks;

pub(crate) const STEPS: &[Step] = &[Step {
    version: 5,
    sql: "CREATE TABLE measurement (
              photo BLOB PRIMARY KEY REFERENCES photo (hash),
              version INTEGER NOT NULL,
              measurements TEXT NOT NULL
          ) STRICT;",
}];

/// So many photos are read in two halves at once; of fewer, a second thread costs more than it saves.
const HALVED: usize = 512;

impl Store {
    /// Keeps measurements of photos that some submission names, in place of older ones; one
    /// transaction, so give some dozens at a time.
    ///
    /// # Errors
    /// [`Error::Unstorable`] when one holds a number that is not finite, [`Error::PhotoMissing`]
    /// for a photo no submission names; nothing is kept then.
    pub fn put_measurements(&self, taken: &[(PhotoHash, Measurements)]) -> Result<()> {
        let texts = taken
            .iter()
            .map(|(_, measurements)| text(measurements))
            .collect::<Result<Vec<_>>>()?;
        self.write(|transaction| {
            let mut looks = Looks::load(transaction)?;
            for ((photo, measurements), text) in taken.iter().zip(&texts) {
                put(transaction, *photo, measurements.version, text)?;
                let look = measurements.trace.as_ref().and_then(|trace| trace.look);
                looks.put(transaction, *photo, look)?;
            }
            Ok(())
        })
    }

    /// The measurements of a photo, when there are any of this `version`.
    ///
    /// # Errors
    /// [`Error::Unreadable`].
    pub fn measurements(&self, photo: PhotoHash, version: u32) -> Result<Option<Measurements>> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT measurements FROM measurement WHERE photo = ?1 AND version = ?2",
                )?
                .query_row((&photo.0, version), |row| json(row, "measurements"))
                .optional()?)
        })
    }

    /// The measurements of every photo of the round that has some of this `version`, in no
    /// particular order.
    ///
    /// # Errors
    /// [`Error::Unreadable`].
    pub fn round_measurements(
        &self,
        round: RoundId,
        version: u32,
    ) -> Result<Vec<(PhotoHash, Measurements)>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT photo, measurements FROM measurement
                 WHERE version = ?2 AND photo IN (SELECT photo FROM submission WHERE round = ?1)",
            )?;
            let read = |row: &Row<'_>| Ok((hash(row, "photo")?, json(row, "measurements")?));
            let rows = query.query_map((round.0, version), read)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The measurements of those of `photos` that have some of this `version`, in no particular order.
    ///
    /// Two connections read half of them each: of a whole round, taking the texts apart is the work.
    ///
    /// # Errors
    /// [`Error::Unreadable`].
    pub fn measurements_of(
        &self,
        photos: &[PhotoHash],
        version: u32,
    ) -> Result<Vec<(PhotoHash, Arc<Measurements>)>> {
        if photos.len() < HALVED {
            return self.measurements_among(photos, version);
        }
        let (first, second) = photos.split_at(photos.len() / 2);
        thread::scope(|scope| {
            let beside = scope.spawn(|| self.measurements_among(second, version));
            let read = self.measurements_among(first, version);
            let beside = beside.join().unwrap_or_else(|panic| resume_unwind(panic));
            let mut read = read?;
            read.append(&mut beside?);
            Ok(read)
        })
    }

    fn measurements_among(
        &self,
        photos: &[PhotoHash],
        version: u32,
    ) -> Result<Vec<(PhotoHash, Arc<Measurements>)>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT measurements FROM measurement WHERE photo = ?1 AND version = ?2",
            )?;
            let mut read = Vec::with_capacity(photos.len());
            for photo in photos {
                let found = query.query_row((&photo.0, version), |row| json(row, "measurements"));
                read.extend(found.optional()?.map(|found| (*photo, Arc::new(found))));
            }
            Ok(read)
        })
    }

    /// The photos of the round that have no measurements of this `version`: newest submissions by
    /// 学号 first, then the rest. Each comes with one submission that names it.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn missing_measurements(
        &self,
        round: RoundId,
        version: u32,
    ) -> Result<Vec<(PhotoHash, SubmissionId)>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT photo, min(submission.id) AS id,
                        min(coalesce(student.student_no, x'FF')) AS place
                 FROM submission LEFT JOIN student ON student.id = student AND listed
                 WHERE submission.round = ?1 AND photo NOT IN
                       (SELECT photo FROM measurement WHERE version = ?2)
                 GROUP BY photo ORDER BY place, id",
            )?;
            let read = |row: &Row<'_>| Ok((hash(row, "photo")?, SubmissionId(row.get("id")?)));
            let rows = query.query_map((round.0, version), read)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

fn put(connection: &Connection, photo: PhotoHash, version: u32, text: &str) -> Result<()> {
    let known: bool = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM photo WHERE hash = ?1)")?
        .query_row([&photo.0], |row| row.get(0))?;
    if !known {
        return Err(Error::PhotoMissing { hash: photo });
    }
    connection
        .prepare_cached(
            "INSERT INTO measurement (photo, version, measurements) VALUES (?1, ?2, ?3)
             ON CONFLICT (photo) DO UPDATE SET version = ?2, measurements = ?3",
        )?
        .execute((&photo.0, version, text))?;
    Ok(())
}

/// `measurements` as JSON that is known to read back: a NaN is written as null and does not.
fn text(measurements: &Measurements) -> Result<String> {
    let what = "测量值";
    let text = json_text(what, measurements)?;
    match serde_json::from_str::<Measurements>(&text) {
        Ok(_) => Ok(text),
        Err(source) => Err(Error::Unstorable { what, source }),
    }
}
