//! What a whole round measured, kept in memory so that a threshold can be moved over it at will.
//!
//! Of the rounds that were asked for last, the photos that count now: about 2 KB each, 40 MB for 20,000. A photo's
//! measurements never change within a version of the engine, so they are read once; who has which photo is read again
//! after any write, and what is nobody's newest any more is let go. Nothing here is stored.
//!
//! Reading a large round takes a good part of a second where the disk is slow, and [`super::ahead`] does it before anybody asks.

use std::collections::HashMap;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use rayon::prelude::*;
use zhaoshen_checks::{Asked, Role};
use zhaoshen_model::measurement::MEASUREMENT_VERSION;
use zhaoshen_model::{
    Finding, Measurements, PhotoHash, PhotoHistory, Profile, RoundId, Severity, SubmissionId,
    Verdict,
};
use zhaoshen_store::{NewestRow, ProfileVersionRow, Store};

use crate::failure::{cancelled, store};
use crate::job::lock;
use crate::wire::Failure;

/// Photos that are read at a time while nobody waits: few enough for one connection of the store, so that screens find another.
const STEP: usize = 400;

/// Rounds kept at a time: two that people work on at once do not push each other out.
pub(crate) const ROUNDS: usize = 2;

/// The rounds in memory; the one asked for last is the last.
#[derive(Debug, Default)]
pub(crate) struct Readings(Mutex<Vec<Arc<Kept>>>);

/// What is in memory of one round. Whoever reads it holds its lock: others who ask for it wait and read nothing of their own.
#[derive(Debug)]
struct Kept {
    round: RoundId,
    reading: Mutex<Option<Arc<Reading>>>,
    /// How many wait for the reading, or make it.
    awaited: AtomicUsize,
}

/// A round as measured.
#[derive(Debug)]
pub(crate) struct Reading {
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
        let kept = self.kept(round);
        let _waiting = Waiting::new(&kept.awaited);
        kept.read(store_, &|| true)?.ok_or_else(cancelled)
    }

    /// The same for nobody: at a slow pace unless somebody comes to wait for it, and only while it `goes_on`. Of a reading that
    /// does not come to its end, what was known before stays.
    pub(crate) fn quietly(
        &self,
        store_: &Store,
        round: RoundId,
        goes_on: &dyn Fn() -> bool,
    ) -> Result<Option<Arc<Reading>>, Failure> {
        self.kept(round).read(store_, goes_on)
    }

    /// Whether somebody waits for a reading of the round.
    pub(crate) fn is_awaited(&self, round: RoundId) -> bool {
        let all = lock(&self.0);
        let mut of_round = all.iter().filter(|kept| kept.round == round);
        of_round.any(|kept| kept.awaited.load(Ordering::Relaxed) > 0)
    }

    /// Lets go of what was read of the round.
    pub(crate) fn forget(&self, round: RoundId) {
        lock(&self.0).retain(|kept| kept.round != round);
    }

    /// Whether the round is in memory, with what its standard says of it.
    #[cfg(test)]
    pub(crate) fn has_judged(&self, round: RoundId) -> bool {
        let all = lock(&self.0).clone();
        all.iter().filter(|kept| kept.round == round).any(|kept| {
            let reading = lock(&kept.reading);
            reading
                .as_ref()
                .is_some_and(|reading| lock(&reading.standing).is_some())
        })
    }

    /// The place of the round, which was asked for now; the one not asked for longest goes.
    fn kept(&self, round: RoundId) -> Arc<Kept> {
        let mut all = lock(&self.0);
        let known = all.iter().position(|kept| kept.round == round);
        let kept = match known {
            Some(at) => all.remove(at),
            None => Arc::new(Kept {
                round,
                reading: Mutex::default(),
                awaited: AtomicUsize::new(0),
            }),
        };
        all.push(Arc::clone(&kept));
        let spare = all.len().saturating_sub(ROUNDS);
        all.drain(..spare);
        kept
    }
}

impl Kept {
    /// The round as it stands, from memory where nothing was written since; `None` when it did not go on to its end.
    fn read(
        &self,
        store_: &Store,
        goes_on: &dyn Fn() -> bool,
    ) -> Result<Option<Arc<Reading>>, Failure> {
        let mut kept = lock(&self.reading);
        if !goes_on() {
            return Ok(None);
        }
        let current = kept
            .as_ref()
            .filter(|known| known.writes == store_.writes());
        if let Some(current) = current {
            return Ok(Some(Arc::clone(current)));
        }
        let pace = Pace {
            goes_on,
            awaited: &self.awaited,
        };
        let read = Reading::read(store_, self.round, kept.as_deref(), &pace)?.map(Arc::new);
        if let Some(reading) = &read {
            *kept = Some(Arc::clone(reading));
        }
        Ok(read)
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
    use crate::wire::RoundCreate;

    #[test]
    fn the_rounds_asked_for_last_stay_and_what_is_forgotten_goes() {
        let folder = tempfile::tempdir().unwrap();
        let seat = Seat::open(folder.path()).unwrap();
        let rounds = ["甲", "乙", "丙"].map(|name| {
            let made = seat.round_create(RoundCreate {
                name: name.to_owned(),
                school_code: String::new(),
                opens_on: String::new(),
                closes_on: String::new(),
                profile: default_profile().to_owned(),
            });
            RoundId(made.unwrap().round)
        });
        let readings = &seat.inner.readings;
        let read = |round| readings.of(seat.store(), round).unwrap();
        let [first, second, third] = rounds;
        let firsts = read(first);
        read(second);
        assert!(
            Arc::ptr_eq(&firsts, &read(first)),
            "another round lets it be"
        );
        // Asked for longest ago is the second.
        read(third);
        assert!(Arc::ptr_eq(&firsts, &read(first)));
        let kept = || {
            let kept = lock(&readings.0);
            kept.iter().map(|kept| kept.round).collect::<Vec<_>>()
        };
        assert_eq!(kept(), [third, first]);
        readings.forget(first);
        assert_eq!(kept(), [third]);
        assert!(!Arc::ptr_eq(&firsts, &read(first)));
    }
}
