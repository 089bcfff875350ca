//! What a whole round measured, kept in memory so that a threshold can be moved over it at will.
//!
//! One round at a time, and of it the photos that count now: about 2 KB each, 40 MB for 20,000. A photo's
//! measurements never change within a version of the engine, so they are read once; who has which photo is read again
//! after any write, and what is nobody's newest any more is let go. Nothing here is stored.
//!
//! Reading a large round takes a good part of a second where the disk is slow. It begins when the round is opened
//! ([`super::ahead`]), or else when the screen is.

use std::collections::HashMap;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use rayon::prelude::*;
use zhaoshen_checks::{Asked, Role};
use zhaoshen_model::measurement::MEASUREMENT_VERSION;
use zhaoshen_model::{
    Finding, Measurements, PhotoHash, PhotoHistory, Profile, RoundId, Severity, SubmissionId,
    Verdict,
};
use zhaoshen_store::{NewestRow, ProfileVersionRow, Store};

use crate::Inner;
use crate::failure::{cancelled, store};
use crate::job::lock;
use crate::wire::Failure;

/// Photos that are read at a time while nobody waits: few enough for one connection of the store, so that screens find another.
const STEP: usize = 400;

/// The round read last.
#[derive(Debug, Default)]
pub(crate) struct Readings {
    kept: Mutex<Option<Arc<Reading>>>,
    /// How many wait for a reading, or make one.
    awaited: AtomicUsize,
    /// Reads ahead of the first question.
    ahead: Mutex<Option<JoinHandle<()>>>,
}

/// A round as measured.
#[derive(Debug)]
pub(crate) struct Reading {
    round: RoundId,
    /// [`Store::writes`] when it was read.
    writes: u64,
    /// The current photo of every student on the roster, where it was measured, by 学号.
    pub(crate) rows: Vec<NewestRow>,
    /// Of the photos of `rows`, and of no others.
    measured: Measured,
    histories: HashMap<SubmissionId, PhotoHistory>,
    /// What the profile that stands says of `rows`, with its version.
    standing: Mutex<Option<(u32, Arc<Vec<Judged>>)>>,
}

/// What was measured, by photo.
type Measured = HashMap<PhotoHash, Arc<Measurements>>;

/// What the rules say of one photo, without texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Judged {
    pub(crate) verdict: Verdict,
    /// Codes of the rules that fail.
    pub(crate) failing: Vec<&'static str>,
}

impl Readings {
    /// The round as it stands, from memory where nothing was written since.
    pub(crate) fn of(&self, store_: &Store, round: RoundId) -> Result<Arc<Reading>, Failure> {
        let _waiting = Waiting::new(&self.awaited);
        let read = self.quietly(store_, round, &|| true)?;
        read.ok_or_else(cancelled)
    }

    /// The same for nobody: at a slow pace unless somebody comes to wait for it, and only while it `goes_on`. Of a reading that
    /// does not come to its end, what was known before stays.
    pub(crate) fn quietly(
        &self,
        store_: &Store,
        round: RoundId,
        goes_on: &dyn Fn() -> bool,
    ) -> Result<Option<Arc<Reading>>, Failure> {
        let mut kept = lock(&self.kept);
        if !goes_on() {
            return Ok(None);
        }
        // Another round's is let go before this one is read: there is never room for two.
        let known = kept.take().filter(|kept| kept.round == round);
        let reading = match &known {
            Some(known) if known.writes == store_.writes() => Ok(Some(Arc::clone(known))),
            known => {
                let pace = Pace {
                    goes_on,
                    awaited: &self.awaited,
                };
                Reading::read(store_, round, known.as_deref(), &pace).map(|read| read.map(Arc::new))
            }
        };
        *kept = reading.as_ref().ok().cloned().flatten().or(known);
        reading
    }

    /// Whether somebody waits for a reading.
    pub(crate) fn is_awaited(&self) -> bool {
        self.awaited.load(Ordering::Relaxed) > 0
    }

    /// Whether the round is in memory, with what its standard says of it.
    #[cfg(test)]
    pub(crate) fn has_judged(&self, round: RoundId) -> bool {
        let kept = lock(&self.kept);
        kept.as_ref()
            .is_some_and(|kept| kept.round == round && lock(&kept.standing).is_some())
    }

    /// Reads and judges the round behind the screen that was opened, so that the first limit moved there waits for
    /// nothing. A question meanwhile waits for this reading and begins none of its own.
    pub(crate) fn read_ahead(inner: &Arc<Inner>, stands: ProfileVersionRow) {
        let mut ahead = lock(&inner.readings.ahead);
        if ahead.as_ref().is_some_and(|one| !one.is_finished()) {
            return;
        }
        let behind = Arc::clone(inner);
        let read = move || match behind.readings.of(&behind.store, stands.round) {
            Ok(reading) => drop(reading.judged_by_version(&stands)),
            // Whoever asks is told.
            Err(failure) => tracing::warn!(?failure, "a round was not read ahead"),
        };
        let named = thread::Builder::new().name("readings".to_owned());
        // Without a thread the first question reads.
        *ahead = named.spawn(read).ok();
    }

    /// Waits for what is being read ahead.
    pub(crate) fn settle(&self) {
        let ahead = lock(&self.ahead).take();
        if ahead.is_some_and(|ahead| ahead.join().is_err()) {
            tracing::error!("reading a round ahead panicked");
        }
    }
}

/// Somebody who waits for a reading, until this is dropped.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn new(awaited: &'a AtomicUsize) -> Self {
        awaited.fetch_add(1, Ordering::Relaxed);
        Self(awaited)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// How a round is read.
struct Pace<'a> {
    /// Asked after each step.
    goes_on: &'a dyn Fn() -> bool,
    awaited: &'a AtomicUsize,
}

impl Pace<'_> {
    /// The photos to be read next, of those that are left.
    fn next<'p>(&self, left: &'p [PhotoHash]) -> (&'p [PhotoHash], &'p [PhotoHash]) {
        match self.awaited.load(Ordering::Relaxed) {
            0 => left.split_at(left.len().min(STEP)),
            _ => (left, &[]),
        }
    }
}

impl Reading {
    /// The round as it stands; of what is `known` only what a write may have changed is read again. `None` when it did not go
    /// on to its end.
    fn read(
        store_: &Store,
        round: RoundId,
        known: Option<&Self>,
        pace: &Pace<'_>,
    ) -> Result<Option<Self>, Failure> {
        // Taken first: a write meanwhile makes the next question read again.
        let writes = store_.writes();
        // A thread of its own: the pool's may all be measuring photos.
        let (histories, newest) = thread::scope(|scope| {
            let histories = scope.spawn(|| store_.photo_histories(round));
            let newest = newest(store_, round, known, pace);
            let joined = histories.join();
            (joined.unwrap_or_else(|panic| resume_unwind(panic)), newest)
        });
        let Some((mut rows, measured)) = newest? else {
            return Ok(None);
        };
        let histories = histories.map_err(|error| store(&error))?;
        rows.retain(|row| measured.contains_key(&row.photo));
        let mut reading = Self {
            round,
            writes,
            rows,
            measured,
            histories,
            standing: Mutex::default(),
        };
        if let Some(known) = known.filter(|known| known.is_judged_as(&reading)) {
            reading.standing = Mutex::new(lock(&known.standing).clone());
        }
        Ok(Some(reading))
    }

    /// Whether every rule says of every row what it says of the other's: a decision changes none.
    fn is_judged_as(&self, other: &Self) -> bool {
        let judged = |row: &NewestRow| (row.id, row.photo);
        let rows = self.rows.iter().map(judged);
        rows.eq(other.rows.iter().map(judged)) && self.histories == other.histories
    }

    /// What `profile` says of every row, in the order of the rows.
    pub(crate) fn judged(&self, profile: &Profile) -> Vec<Judged> {
        let [submitted, returned] =
            [Role::Submission, Role::Returned].map(|role| Asked::of(profile, role));
        self.each(|measurements, history| {
            let asked = match Role::of(history) {
                Role::Returned => &returned,
                Role::Submission | Role::Rendition => &submitted,
            };
            let judged = asked.severities(measurements, history);
            Judged {
                verdict: Verdict::over(judged.iter().map(|(_, severity)| *severity)),
                failing: judged
                    .iter()
                    .filter(|(_, severity)| *severity == Severity::Fail)
                    .map(|(code, _)| *code)
                    .collect(),
            }
        })
        .into_iter()
        .map(|(_, judged)| judged)
        .collect()
    }

    /// The same for the version that stands, judged once.
    pub(crate) fn judged_by_version(&self, stands: &ProfileVersionRow) -> Arc<Vec<Judged>> {
        let mut standing = lock(&self.standing);
        match &*standing {
            Some((version, judged)) if *version == stands.version => Arc::clone(judged),
            _ => {
                let judged = Arc::new(self.judged(&stands.profile));
                *standing = Some((stands.version, Arc::clone(&judged)));
                judged
            }
        }
    }

    /// What one rule measured of every row; empty when the profile does not ask it.
    pub(crate) fn findings(&self, profile: &Profile, code: &str) -> Vec<(SubmissionId, Finding)> {
        let asked = self.each(|measurements, history| {
            zhaoshen_checks::reading(measurements, profile, history, Role::of(history), code)
        });
        asked
            .into_iter()
            .filter_map(|(submission, finding)| Some((submission, finding?)))
            .collect()
    }

    fn each<T: Send>(
        &self,
        ask: impl Fn(&Measurements, &PhotoHistory) -> T + Sync,
    ) -> Vec<(SubmissionId, T)> {
        let none = PhotoHistory::default();
        self.rows
            .par_iter()
            .filter_map(|row| {
                let measurements = self.measured.get(&row.photo)?;
                let history = self.histories.get(&row.id).unwrap_or(&none);
                Some((row.id, ask(measurements, history)))
            })
            .collect()
    }
}

/// The rows of the round, and what was measured of their photos.
fn newest(
    store_: &Store,
    round: RoundId,
    known: Option<&Reading>,
    pace: &Pace<'_>,
) -> Result<Option<(Vec<NewestRow>, Measured)>, Failure> {
    let rows = store_.newest_rows(round).map_err(|error| store(&error))?;
    let measured = measured(store_, &rows, known, pace)?;
    Ok(measured.map(|measured| (rows, measured)))
}

/// The measurements of the rows' photos, from what is `known` where it has them.
fn measured(
    store_: &Store,
    rows: &[NewestRow],
    known: Option<&Reading>,
    pace: &Pace<'_>,
) -> Result<Option<Measured>, Failure> {
    let mut measured = HashMap::with_capacity(rows.len());
    let mut missing = Vec::new();
    for photo in rows.iter().map(|row| row.photo) {
        match known.and_then(|known| known.measured.get(&photo)) {
            Some(known) => {
                measured.insert(photo, Arc::clone(known));
            }
            None => missing.push(photo),
        }
    }
    // The index has them in this order.
    missing.sort_unstable();
    missing.dedup();
    let mut left = missing.as_slice();
    while !left.is_empty() {
        if !(pace.goes_on)() {
            return Ok(None);
        }
        let (next, rest) = pace.next(left);
        let read = store_.measurements_of(next, MEASUREMENT_VERSION);
        measured.extend(read.map_err(|error| store(&error))?);
        left = rest;
    }
    Ok(Some(measured))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use crate::Seat;
    use crate::profiles::default_profile;
    use crate::wire::{RoundCreate, StandardRef};

    #[test]
    fn opening_the_screen_reads_and_judges_the_round_and_showing_an_older_version_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let seat = Seat::open(folder.path()).unwrap();
        let round = seat.round_create(RoundCreate {
            name: "批次".to_owned(),
            school_code: String::new(),
            opens_on: String::new(),
            closes_on: String::new(),
            profile: default_profile().to_owned(),
        });
        let round = round.unwrap().round;
        let readings = &seat.inner.readings;
        let show = |version| {
            seat.standard_show(StandardRef { round, version }).unwrap();
            readings.settle();
        };
        show(Some(1));
        assert!(lock(&readings.kept).is_none());
        show(None);
        let kept = lock(&readings.kept).clone().unwrap();
        assert_eq!(kept.round, RoundId(round));
        let judged = lock(&kept.standing).clone();
        assert_eq!(judged.map(|(version, _)| version), Some(1));
    }
}
