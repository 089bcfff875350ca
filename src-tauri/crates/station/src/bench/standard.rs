//! Moving a limit over 20,000 measured photos, and counting the queues of such a round.
//!
//! The photos are a few bytes each and carry the measurements of some drawn portraits: reading and
//! judging them costs what it costs for real ones, importing them does not.

use std::time::Instant;

use zhaoshen_exchange::intake::Photo;
use zhaoshen_model::RoundId;
use zhaoshen_model::measurement::LookHash;
use zhaoshen_portrait::example_round;
use zhaoshen_store::IntakeRecord;

use super::{DRAWINGS, ROSTER_ROWS, quantile, small_jpeg};
use crate::Seat;
use crate::app::now;
use crate::failure::{internal, store};
use crate::wire::{Failure, RoundRef, StandardRef, StandardWhatIf};

/// Limits moved.
const MOVES: u32 = 20;
/// Photos recorded at a time.
const BATCH: usize = 500;

/// What was measured, milliseconds.
pub(super) struct Speed {
    pub(super) first_ms: f64,
    pub(super) median_ms: f64,
    pub(super) slowest_ms: f64,
    pub(super) queue_counts_ms: f64,
}

pub(super) fn run(station: &Seat, round: i64) -> Result<Speed, Failure> {
    fill(station, RoundId(round))?;
    let first_ms = moved(station, round, 0)?;
    let mut moves = (1..=MOVES)
        .map(|step| moved(station, round, step))
        .collect::<Result<Vec<f64>, Failure>>()?;
    moves.sort_by(f64::total_cmp);
    let mut counts = (0..MOVES)
        .map(|_| {
            let began = Instant::now();
            station.queue_counts(RoundRef { round })?;
            Ok(began.elapsed().as_secs_f64() * 1000.0)
        })
        .collect::<Result<Vec<f64>, Failure>>()?;
    counts.sort_by(f64::total_cmp);
    Ok(Speed {
        first_ms,
        median_ms: quantile(&moves, 50),
        slowest_ms: quantile(&moves, 100),
        queue_counts_ms: quantile(&counts, 50),
    })
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

/// Moves the limits of the eye line by `step` px and asks what would change, with a page of photos.
fn moved(station: &Seat, round: i64, step: u32) -> Result<f64, Failure> {
    let shown = station.standard_show(StandardRef {
        round,
        version: None,
    })?;
    let rules = shown
        .rules
        .into_iter()
        .map(|rule| rule.settings)
        .filter(|settings| settings.code == "GEO-02")
        .map(|settings| crate::wire::RuleEdit {
            max: settings.max.map(|max| max - f64::from(step)),
            ..settings
        })
        .collect();
    let began = Instant::now();
    station.standard_what_if(StandardWhatIf {
        round,
        rules,
        list: "fail".to_owned(),
        offset: 0,
        limit: 50,
    })?;
    Ok(began.elapsed().as_secs_f64() * 1000.0)
}
