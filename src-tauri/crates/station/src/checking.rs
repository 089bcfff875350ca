//! The automatic checks over a round: measure what was not measured, judge, cache the verdicts.
//!
//! Measurements and verdicts are no decisions: they may be made again at any time and are not in the
//! log. A photo that cannot be decoded is measured as such, and one whose original is damaged on disk
//! stays unchecked, so the job never stops at one.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Condvar, Mutex};
use std::time::Duration;

use rayon::prelude::*;
use zhaoshen_checks::{Role, severities};
use zhaoshen_model::measurement::MEASUREMENT_VERSION;
use zhaoshen_model::{Measurements, PhotoHash, Profile, RoundId, Severity, SubmissionId, Verdict};
use zhaoshen_store::{Store, SubmissionVerdict};
use zhaoshen_vision::Analysis;

use crate::app::count;
use crate::check::{CheckSession, Checker, keep_small};
use crate::failure::store;
use crate::job::{Progress, lock};
use crate::known::Known;
use crate::wire::{Failure, JobKind, JobOutcome, JobStarted, RoundRef};
use crate::{Inner, Seat, zh};

/// Photos measured between two transactions: few enough to stop within a second and to keep what was done.
const BATCH: usize = 32;

/// Most submissions of one photo that are judged one by one; for more, the whole round in one go is faster.
const MOST_ALIKE: usize = 50;

impl Seat {
    /// Checks the photos that were not checked yet.
    ///
    /// # Errors
    /// Refused while another job runs.
    pub fn checks_run(&self, args: RoundRef) -> Result<JobStarted, Failure> {
        let round = self.round(args.round)?.id;
        let inner = std::sync::Arc::clone(&self.inner);
        let job = self.inner.jobs.start(
            (JobKind::Checks, self.person()),
            Some(round),
            move |progress| {
                let checked = check_round(&inner, round, progress)?;
                Ok(JobOutcome::Checks {
                    checked,
                    cancelled: progress.is_cancelled(),
                })
            },
        )?;
        Ok(JobStarted { job })
    }
}

/// Measures and judges until nothing is left or the job is asked to stop; the number of photos measured.
pub(crate) fn check_round(
    inner: &Inner,
    round: RoundId,
    progress: &Progress,
) -> Result<u32, Failure> {
    let store_ = &inner.store;
    let missing = store_
        .missing_measurements(round, MEASUREMENT_VERSION)
        .map_err(|error| store(&error))?;
    progress.begin(zh::STAGE_CHECKS, count(missing.len()));
    let mut checked = 0;
    for batch in missing.chunks(BATCH) {
        if progress.is_cancelled() {
            break;
        }
        let measured = measure(store_, &inner.checker, batch, progress);
        checked += count(measured.len());
        store_
            .put_measurements(&measured)
            .map_err(|error| store(&error))?;
    }
    judge_round(store_, round)?;
    Ok(checked)
}

/// Runs `work` and, until it ends, checks what it brings in: photos can be reviewed with their findings
/// while the rest still comes. What is left then is for [`check_round`], which also says what of it failed.
pub(crate) fn checking_behind<T>(inner: &Inner, round: RoundId, work: impl FnOnce() -> T) -> T {
    let ended = Ended::default();
    std::thread::scope(|scope| {
        let behind = scope.spawn(|| {
            if let Err(failure) = check_until(inner, round, &ended) {
                tracing::warn!(code = ?failure.code, "checks behind an import stopped");
            }
        });
        let done = catch_unwind(AssertUnwindSafe(work));
        ended.tell();
        // Its panic is this job's.
        let behind = behind.join();
        match (done, behind) {
            (Ok(done), Ok(())) => done,
            (Err(panic), _) | (_, Err(panic)) => resume_unwind(panic),
        }
    })
}

/// Pause between two looks for photos that came in, unless told that none will.
const LOOK: Duration = Duration::from_millis(300);

/// Whether the work that is checked behind has ended.
#[derive(Debug, Default)]
struct Ended {
    ended: Mutex<bool>,
    told: Condvar,
}

impl Ended {
    fn tell(&self) {
        *lock(&self.ended) = true;
        self.told.notify_all();
    }

    fn has(&self) -> bool {
        *lock(&self.ended)
    }

    /// Waits for the end or a [`LOOK`].
    fn wait(&self) {
        let ended = lock(&self.ended);
        if !*ended {
            // Spurious wakes only look once more.
            drop(self.told.wait_timeout(ended, LOOK));
        }
    }
}

fn check_until(inner: &Inner, round: RoundId, ended: &Ended) -> Result<(), Failure> {
    let store_ = &inner.store;
    // A damaged original stays missing: it is tried once.
    let mut tried = HashSet::new();
    let unseen = Progress::default();
    while !ended.has() {
        let mut missing = store_
            .missing_measurements(round, MEASUREMENT_VERSION)
            .map_err(|error| store(&error))?;
        missing.retain(|(photo, _)| tried.insert(*photo));
        for batch in missing.chunks(BATCH) {
            if ended.has() {
                return Ok(());
            }
            let measured = measure(store_, &inner.checker, batch, &unseen);
            store_
                .put_measurements(&measured)
                .map_err(|error| store(&error))?;
            judge_new(store_, round, &measured)?;
        }
        if missing.is_empty() {
            ended.wait();
        }
    }
    Ok(())
}

/// Keeps what was measured of photos while they came in, and judges them: [`check_round`] has no more to do with them. What
/// cannot be kept is left to it, which says why.
pub(crate) fn keep_analysed(
    store_: &Store,
    round: RoundId,
    analysed: Vec<(PhotoHash, Analysis)>,
) -> Result<(), Failure> {
    analysed
        .par_iter()
        .for_each(|(photo, analysis)| keep_small(store_, *photo, analysis));
    let measured: Vec<(PhotoHash, Measurements)> = analysed
        .into_iter()
        .map(|(photo, analysis)| (photo, analysis.measurements))
        .collect();
    match store_.put_measurements(&measured) {
        Ok(()) => judge_new(store_, round, &measured),
        Err(error) => {
            tracing::warn!(%error, "photos are measured again by the checks");
            Ok(())
        }
    }
}

/// Judges the submissions of photos just measured; what they mean for others is judged at the end.
fn judge_new(
    store_: &Store,
    round: RoundId,
    measured: &[(PhotoHash, Measurements)],
) -> Result<(), Failure> {
    by_the_profile_that_stands(store_, round, |profile| {
        let mut verdicts = Vec::with_capacity(measured.len());
        for (photo, measurements) in measured {
            let alike = store_
                .submissions_with(round, *photo)
                .map_err(|error| store(&error))?;
            for row in alike.iter().take(MOST_ALIKE) {
                verdicts.push(verdict_on(store_, row.id, measurements, profile)?);
            }
        }
        Ok(verdicts)
    })
}

/// What `profile` says of one submission, with its history.
fn verdict_on(
    store_: &Store,
    submission: SubmissionId,
    measurements: &Measurements,
    profile: &Profile,
) -> Result<SubmissionVerdict, Failure> {
    let history = store_
        .photo_history(submission)
        .map_err(|error| store(&error))?;
    let judged = severities(measurements, profile, &history, Role::of(&history));
    Ok(verdict_of(submission, &judged))
}

/// Judges every measured photo of the round under its profile and caches the verdicts.
pub(crate) fn judge_round(store_: &Store, round: RoundId) -> Result<(), Failure> {
    by_the_profile_that_stands(store_, round, |profile| {
        verdicts_under(store_, round, profile)
    })
}

/// Caches what `judged` says under the round's profile; once more when a person saved another version meanwhile.
fn by_the_profile_that_stands(
    store_: &Store,
    round: RoundId,
    judged: impl Fn(&Profile) -> Result<Vec<SubmissionVerdict>, Failure>,
) -> Result<(), Failure> {
    loop {
        let stands = store_
            .profile_version(round, None)
            .map_err(|error| store(&error))?;
        let verdicts = judged(&stands.profile)?;
        match store_.set_verdicts(round, stands.version, &verdicts) {
            Err(zhaoshen_store::Error::ProfileMoved { .. }) => {}
            done => return done.map_err(|error| store(&error)),
        }
    }
}

/// Judges the submissions of one photo anew: what is said of the others does not depend on whose it is.
pub(crate) fn judge_photo(store_: &Store, round: RoundId, photo: PhotoHash) -> Result<(), Failure> {
    let alike = store_
        .submissions_with(round, photo)
        .map_err(|error| store(&error))?;
    let looks_like_others = store_.has_near(photo).map_err(|error| store(&error))?;
    if alike.len() > MOST_ALIKE || looks_like_others {
        return judge_round(store_, round);
    }
    let measured = store_
        .measurements(photo, MEASUREMENT_VERSION)
        .map_err(|error| store(&error))?;
    let Some(measured) = measured else {
        return Ok(());
    };
    by_the_profile_that_stands(store_, round, |profile| {
        alike
            .iter()
            .map(|row| verdict_on(store_, row.id, &measured, profile))
            .collect()
    })
}

/// What `profile` says of every measured submission of the round.
pub(crate) fn verdicts_under(
    store_: &Store,
    round: RoundId,
    profile: &Profile,
) -> Result<Vec<SubmissionVerdict>, Failure> {
    let known = Known::of(store_, round)?;
    let submissions = store_.submissions(round).map_err(|error| store(&error))?;
    Ok(submissions
        .par_iter()
        .filter_map(|row| {
            let (measured, history) = known.about(row.id, row.photo)?;
            let judged = severities(measured, profile, &history, Role::of(&history));
            Some(verdict_of(row.id, &judged))
        })
        .collect())
}

fn verdict_of(submission: SubmissionId, judged: &[(&'static str, Severity)]) -> SubmissionVerdict {
    let severities = judged.iter().map(|(_, severity)| *severity);
    let failing = judged
        .iter()
        .filter(|(_, severity)| *severity == Severity::Fail);
    SubmissionVerdict {
        submission,
        verdict: Verdict::over(severities),
        failing: failing.map(|(code, _)| (*code).to_owned()).collect(),
    }
}

fn measure(
    store_: &Store,
    checker: &Checker,
    batch: &[(PhotoHash, SubmissionId)],
    progress: &Progress,
) -> Vec<(PhotoHash, Measurements)> {
    batch
        .par_iter()
        .map_init(
            || checker.session(),
            |session, (hash, submission)| {
                if progress.is_cancelled() {
                    return None;
                }
                let measured = measure_one(store_, session, *hash, *submission);
                progress.advance(1);
                // A damaged original stays unchecked, and counted as such; the others go on.
                measured.ok().map(|measured| (*hash, measured))
            },
        )
        .flatten()
        .collect()
}

fn measure_one(
    store_: &Store,
    session: &mut CheckSession,
    hash: PhotoHash,
    submission: SubmissionId,
) -> Result<Measurements, Failure> {
    let bytes = store_.read_photo(hash).map_err(|error| store(&error))?;
    let file_name = store_
        .submission(submission)
        .map_err(|error| store(&error))?
        .file_name;
    let analysis = session.analyse(&bytes, &file_name);
    keep_small(store_, hash, &analysis);
    Ok(analysis.measurements)
}
