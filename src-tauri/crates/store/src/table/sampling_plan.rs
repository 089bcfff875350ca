//! Sampling plans (抽样方案): a set to be approved at once when a sample of it holds no fault.
//!
//! A plan is written once and not changed, save that it is withdrawn or names the act that released
//! it. How it stands is not stored: it follows from the decisions on its sample, so undoing one
//! opens the plan again, and no crash can leave the two apart.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, named_params};
use serde::{Deserialize, Serialize};
use zhaoshen_model::{RoundId, SamplingPlanId, SubmissionId};

use crate::column::{json, json_text, time, time_text};
use crate::error::{Error, Result};
use crate::migration::Step;
use crate::store::Store;
use crate::table::log;

pub(crate) const STEPS: &[Step] = &[Step {
    version: 13,
    sql: "CREATE TABLE sampling_plan (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              round INTEGER NOT NULL REFERENCES round (id),
              reviewer TEXT NOT NULL,
              at TEXT NOT NULL,
              defect_limit_permille INTEGER NOT NULL,
              confidence_percent INTEGER NOT NULL,
              seed INTEGER NOT NULL,
              population TEXT NOT NULL,
              sample TEXT NOT NULL,
              mixed TEXT NOT NULL,
              withdrawn INTEGER NOT NULL DEFAULT 0,
              released_by INTEGER
          ) STRICT;
          CREATE INDEX sampling_plan_by_round ON sampling_plan (round);
          CREATE TRIGGER sampling_plan_kept BEFORE DELETE ON sampling_plan
          BEGIN SELECT RAISE(ABORT, 'sampling plans are kept'); END;
          CREATE TRIGGER sampling_plan_unchanged BEFORE UPDATE OF
              id, round, reviewer, at, defect_limit_permille, confidence_percent, seed,
              population, sample, mixed ON sampling_plan
          BEGIN SELECT RAISE(ABORT, 'sampling plans are kept'); END;",
}];

/// What a person chose and what was drawn for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewSamplingPlan {
    /// Greatest share of faulty photos to be let through, in 1/1000.
    pub defect_limit_permille: u32,
    /// How sure to be of that, percent.
    pub confidence_percent: u32,
    /// Seed the sample was drawn with; below 2^53.
    pub seed: u64,
    /// The set, in the order drawn from.
    pub population: Vec<SubmissionId>,
    /// The sample; part of the set.
    pub sample: Vec<SubmissionId>,
    /// The order the desk shows: the sample among other photos.
    pub mixed: Vec<SubmissionId>,
}

impl NewSamplingPlan {
    /// The photos of the set that a person is to look at: the sample, and those of the set among the others it is
    /// mixed with. All were drawn, so that a fault in any of them is a fault of the set.
    pub fn looked_at(&self) -> Vec<SubmissionId> {
        let set: HashSet<_> = self.population.iter().collect();
        let drawn = self.mixed.iter().filter(|id| set.contains(id));
        drawn.copied().collect()
    }
}

/// A plan as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SamplingPlanRow {
    /// Row id.
    pub id: SamplingPlanId,
    /// The round.
    pub round: RoundId,
    /// Who made it.
    pub reviewer: String,
    /// When.
    pub at: Timestamp,
    /// What was chosen and drawn.
    pub plan: NewSamplingPlan,
    /// Given up without release.
    pub withdrawn: bool,
    /// The rest was approved, and that act stands.
    pub released: bool,
    /// The act that approved the rest last, whether it stands or not.
    pub(crate) released_by: Option<i64>,
}

impl SamplingPlanRow {
    /// Whether its sample is still to be looked at, or its rest to be released.
    pub const fn is_open(&self) -> bool {
        !self.withdrawn && !self.released
    }
}

impl Store {
    /// One plan.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn sampling_plan(&self, id: SamplingPlanId) -> Result<SamplingPlanRow> {
        self.read(|connection| get(connection, id))
    }

    /// The photos of the plan's set in which a fault keeps the rest from being approved: those that were looked at for
    /// it, and those that a release approved which was taken back.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn plan_evidence(&self, plan: &SamplingPlanRow) -> Result<Vec<SubmissionId>> {
        self.read(|connection| evidence(connection, plan))
    }

    /// The plans of a round, newest first.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Unreadable`].
    pub fn sampling_plans(&self, round: RoundId) -> Result<Vec<SamplingPlanRow>> {
        self.read(|connection| of_round(connection, round))
    }
}

const SELECT: &str = "SELECT *, EXISTS (SELECT 1 FROM undo
    WHERE undo.id = released_by AND undone_by IS NULL) AS released FROM sampling_plan";

/// The plans of a round, newest first.
pub(crate) fn of_round(connection: &Connection, round: RoundId) -> Result<Vec<SamplingPlanRow>> {
    let sql = format!("{SELECT} WHERE round = ?1 ORDER BY id DESC");
    let mut query = connection.prepare_cached(&sql)?;
    let rows = query.query_map([round.0], read_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One plan.
pub(crate) fn get(connection: &Connection, id: SamplingPlanId) -> Result<SamplingPlanRow> {
    connection
        .prepare_cached(&format!("{SELECT} WHERE id = ?1"))?
        .query_row([id.0], read_row)
        .optional()?
        .ok_or(Error::NotFound {
            what: "抽样方案",
            id: id.0,
        })
}

/// The plan that an act released, undone or not.
pub(crate) fn released_by(connection: &Connection, undo: i64) -> Result<Option<SamplingPlanRow>> {
    let sql = format!("{SELECT} WHERE released_by = ?1");
    let mut query = connection.prepare_cached(&sql)?;
    Ok(query.query_row([undo], read_row).optional()?)
}

/// As [`Store::plan_evidence`].
pub(crate) fn evidence(
    connection: &Connection,
    row: &SamplingPlanRow,
) -> Result<Vec<SubmissionId>> {
    let mut photos = row.plan.looked_at();
    if let (Some(release), false) = (row.released_by, row.released) {
        photos.extend(log::bulk_approved_by(connection, release)?);
    }
    Ok(photos)
}

/// Adds a plan.
pub(crate) fn insert(
    connection: &Connection,
    round: RoundId,
    new: &NewSamplingPlan,
    reviewer: &str,
    at: Timestamp,
) -> Result<SamplingPlanId> {
    let text = |list: &Vec<SubmissionId>| json_text("抽样方案", list);
    connection
        .prepare_cached(
            "INSERT INTO sampling_plan (round, reviewer, at, defect_limit_permille,
                 confidence_percent, seed, population, sample, mixed)
             VALUES (:round, :reviewer, :at, :limit, :confidence, :seed, :population, :sample, :mixed)",
        )?
        .execute(named_params! {
            ":round": round.0,
            ":reviewer": reviewer,
            ":at": time_text(at),
            ":limit": new.defect_limit_permille,
            ":confidence": new.confidence_percent,
            ":seed": new.seed,
            ":population": text(&new.population)?,
            ":sample": text(&new.sample)?,
            ":mixed": text(&new.mixed)?,
        })?;
    Ok(SamplingPlanId(connection.last_insert_rowid()))
}

/// Names the act that approved the rest.
pub(crate) fn set_released(connection: &Connection, id: SamplingPlanId, undo: i64) -> Result<()> {
    connection
        .prepare_cached("UPDATE sampling_plan SET released_by = ?2 WHERE id = ?1")?
        .execute((id.0, undo))?;
    Ok(())
}

/// Gives a plan up.
pub(crate) fn set_withdrawn(connection: &Connection, id: SamplingPlanId) -> Result<()> {
    connection
        .prepare_cached("UPDATE sampling_plan SET withdrawn = 1 WHERE id = ?1")?
        .execute([id.0])?;
    Ok(())
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<SamplingPlanRow> {
    Ok(SamplingPlanRow {
        id: SamplingPlanId(row.get("id")?),
        round: RoundId(row.get("round")?),
        reviewer: row.get("reviewer")?,
        at: time(row, "at")?,
        plan: NewSamplingPlan {
            defect_limit_permille: row.get("defect_limit_permille")?,
            confidence_percent: row.get("confidence_percent")?,
            seed: row.get("seed")?,
            population: json(row, "population")?,
            sample: json(row, "sample")?,
            mixed: json(row, "mixed")?,
        },
        withdrawn: row.get("withdrawn")?,
        released: row.get("released")?,
        released_by: row.get("released_by")?,
    })
}
