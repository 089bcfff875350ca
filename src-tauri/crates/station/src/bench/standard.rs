//! Moving a limit over 20,000 measured photos, and counting the queues of such a round.
//!
//! The photos are a few bytes each and carry the measurements of some drawn portraits: reading and
//! judging them costs what it costs for real ones, importing them does not.

use std::thread::sleep;
use std::time::{Duration, Instant};

use serde::Serialize;
use zhaoshen_exchange::intake::Photo;
use zhaoshen_model::RoundId;
use zhaoshen_model::measurement::LookHash;
use zhaoshen_portrait::example_round;
use zhaoshen_store::IntakeRecord;

use super::{
    DRAWINGS, Place, ROSTER_ROWS, approve, new_round, pending, quantile, roster, sit, small_jpeg,
};
use crate::app::{count, now};
use crate::failure::{internal, store};
use crate::wire::{
    Failure, RoundEnter, RoundRef, RuleEdit, StandardHistogram, StandardRef, StandardView,
    StandardWhatIf,
};
use crate::{Seat, Station};

/// Limits moved.
const MOVES: u32 = 20;
/// Times each first one is measured.
const FIRSTS: u32 = 5;
/// Times a round is opened as a person does.
const ENTERED: u32 = 3;
/// From opening the round to opening its standard, and from there to the first limit moved.
const AT_LEAST: Duration = Duration::from_secs(1);
/// The rule that the screen opens with: the eye line.
const RULE: &str = "GEO-02";
/// Photos recorded at a time.
const BATCH: usize = 500;

/// What was measured, milliseconds. The goal: 200 for a limit moved, the first one that a person moves too.
#[derive(Debug, Clone, Serialize)]
pub struct StandardSpeed {
    /// Measured photos of the round.
    pub what_if_photos: u32,
    /// What a person meets: the round opened, a second later its standard, a second later the first limit moved: the slowest of
    /// some.
    pub what_if_met_ms: f64,
    /// A limit moved with nothing of the round in memory and nobody who opened it, as a program may: the slowest of some.
    pub what_if_cold_ms: f64,
    /// The screen opened: until the values of its first rule are there, the slowest of as many.
    pub what_if_opened_ms: f64,
    /// The first limit moved on it then, the slowest.
    pub what_if_opened_first_ms: f64,
    /// The first limit moved after somebody decided on a photo, the slowest.
    pub what_if_decided_ms: f64,
    /// A limit moved and the round judged anew, median.
    pub what_if_median_ms: f64,
    /// The same, slowest.
    pub what_if_slowest_ms: f64,
    /// All queue counts of that round, median.
    pub queue_counts_ms: f64,
}

/// Measures in the temporary folder.
///
/// # Errors
/// When that cannot be written.
pub fn alone() -> Result<StandardSpeed, Failure> {
    of(ROSTER_ROWS, AT_LEAST)
}

fn of(photos: usize, between: Duration) -> Result<StandardSpeed, Failure> {
    let place = Place::new()?;
    let hosted = Station::open(&place.0.join("workspace"))?;
    let station = sit(&hosted)?;
    let round = new_round(&station, "bench")?;
    roster(&station, round, &place.0, photos)?;
    measure(&station, round, between)
}

pub(super) fn run(station: &Seat, round: i64) -> Result<StandardSpeed, Failure> {
    measure(station, round, AT_LEAST)
}

fn measure(station: &Seat, round: i64, between: Duration) -> Result<StandardSpeed, Failure> {
    fill(station, RoundId(round))?;
    let shown = show(station, round)?;
    let limits = limits(&shown);
    let moved = |step| moved(station, round, &limits, step);
    let forget = || -> Result<(), Failure> {
        station.round_enter(RoundEnter { round: None })?;
        station.inner.readings.forget(RoundId(round));
        Ok(())
    };
    let cold = timed(FIRSTS, |step| {
        forget()?;
        moved(step)
    })?;
    let met = timed(ENTERED, |step| {
        forget()?;
        station.round_enter(RoundEnter { round: Some(round) })?;
        sleep(between);
        show(station, round)?;
        sleep(between);
        moved(step)
    })?;
    let mut opened_first = Vec::new();
    let opened = timed(FIRSTS, |step| {
        forget()?;
        let began = Instant::now();
        show(station, round)?;
        values(station, round)?;
        let opened = milliseconds(began);
        opened_first.push(moved(step)?);
        Ok(opened)
    })?;
    opened_first.sort_by(f64::total_cmp);
    let waiting = pending(station, round)?;
    let decided = timed(FIRSTS, |step| {
        if let Some(item) = waiting.get(step as usize) {
            approve(station, item)?;
        }
        moved(step)
    })?;
    let moves = timed(MOVES, moved)?;
    let counts = timed(MOVES, |_| {
        let began = Instant::now();
        station.queue_counts(RoundRef { round })?;
        Ok(milliseconds(began))
    })?;
    let reading = station.inner.readings.of(station.store(), RoundId(round))?;
    Ok(StandardSpeed {
        what_if_photos: count(reading.rows.len()),
        what_if_met_ms: quantile(&met, 100),
        what_if_cold_ms: quantile(&cold, 100),
        what_if_opened_ms: quantile(&opened, 100),
        what_if_opened_first_ms: quantile(&opened_first, 100),
        what_if_decided_ms: quantile(&decided, 100),
        what_if_median_ms: quantile(&moves, 50),
        what_if_slowest_ms: quantile(&moves, 100),
        queue_counts_ms: quantile(&counts, 50),
    })
}

/// What `ask` took, so many times, ascending.
fn timed(times: u32, ask: impl FnMut(u32) -> Result<f64, Failure>) -> Result<Vec<f64>, Failure> {
    let mut took = (0..times).map(ask).collect::<Result<Vec<f64>, Failure>>()?;
    took.sort_by(f64::total_cmp);
    Ok(took)
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

/// Gives every student of the roster a measured photo.
fn fill(station: &Seat, round: RoundId) -> Result<(), Failure> {
    let plan = example_round(ROSTER_ROWS, 1);
    let mut session = station.inner.checker.session();
    let measured = plan
        .photos
        .iter()
        .take(DRAWINGS)
        .map(|photo| Ok(session.measure(&small_jpeg(photo)?, "1.jpg")))
        .collect::<Result<Vec<_>, zhaoshen_portrait::Error>>()
        .map_err(|error| internal(&error))?;
    let students = station
        .store()
        .students(round)
        .map_err(|error| store(&error))?;
    let matcher = zhaoshen_exchange::matching::Matcher::new(&students);
    let photos: Vec<Photo> = students
        .iter()
        .map(|student| Photo {
            path: format!("{}.jpg", student.draft.student_no),
            bytes: student.draft.student_no.clone().into_bytes(),
            taken_at: None,
            changed_at: None,
        })
        .collect();
    for batch in photos.chunks(BATCH) {
        let bytes: Vec<&[u8]> = batch.iter().map(|photo| photo.bytes.as_slice()).collect();
        let hashes = station
            .store()
            .put_photos(&bytes)
            .map_err(|error| store(&error))?;
        let records: Vec<IntakeRecord> = batch
            .iter()
            .zip(&hashes)
            .map(|(photo, hash)| IntakeRecord {
                photo: *hash,
                matching: matcher.match_path(&photo.path),
                file_name: photo.path.clone(),
                source: photo.path.clone(),
            })
            .collect();
        station
            .store()
            .record_intake(round, &records, "bench", now())
            .map_err(|error| store(&error))?;
        let taken: Vec<_> = hashes
            .into_iter()
            .zip(measured.iter().cycle().cloned())
            .map(|(hash, mut measured)| {
                if let Some(trace) = measured.trace.as_mut() {
                    // Another person's photo looks like nobody else's.
                    trace.look = trace.look.map(|_| LookHash(hash.0));
                }
                (hash, measured)
            })
            .collect();
        station
            .store()
            .put_measurements(&taken)
            .map_err(|error| store(&error))?;
    }
    crate::checking::judge_round(station.store(), round)
}

/// The standard that stands, as the screen asks for it.
fn show(station: &Seat, round: i64) -> Result<StandardView, Failure> {
    station.standard_show(StandardRef {
        round,
        version: None,
    })
}

/// The values of the screen's first rule.
fn values(station: &Seat, round: i64) -> Result<(), Failure> {
    let code = RULE.to_owned();
    station
        .standard_histogram(StandardHistogram { round, code })
        .map(drop)
}

/// The settings of that rule as they stand.
fn limits(shown: &StandardView) -> Vec<RuleEdit> {
    let settings = shown.rules.iter().map(|rule| &rule.settings);
    settings
        .filter(|settings| settings.code == RULE)
        .cloned()
        .collect()
}

/// Moves the limits of the eye line by `step` px and asks what would change, with a page of photos.
fn moved(station: &Seat, round: i64, limits: &[RuleEdit], step: u32) -> Result<f64, Failure> {
    let nearer = |settings: &RuleEdit| RuleEdit {
        max: settings.max.map(|max| max - f64::from(step)),
        ..settings.clone()
    };
    let rules = limits.iter().map(nearer).collect();
    let began = Instant::now();
    station.standard_what_if(StandardWhatIf {
        round,
        rules,
        list: "fail".to_owned(),
        offset: 0,
        limit: 50,
    })?;
    Ok(milliseconds(began))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    #[test]
    fn every_photo_is_judged() {
        let took = super::of(30, super::Duration::ZERO).unwrap();
        assert_eq!(took.what_if_photos, 30);
        assert!(took.what_if_met_ms > 0.0 && took.what_if_cold_ms > 0.0);
        assert!(took.what_if_opened_first_ms > 0.0);
    }
}
