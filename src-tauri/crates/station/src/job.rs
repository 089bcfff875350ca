//! Long work in the background: progress with a total, and a cancel that is heard within a second.
//!
//! A job runs on a thread of its own and reports through a [`Progress`]; hosts look at it as often
//! as they like with [`Jobs::state`]. Not a scheduler: the station starts what it is told to, and
//! one job at a time writes to a round (see [`Jobs::start`]). What a job brought is told to who started it alone.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use zhaoshen_model::{PersonId, RoundId};
use zhaoshen_store::PersonRow;

use crate::app::count;
use crate::failure::{cancelled, failure, internal, not_found, refused};
use crate::wire::{Code, Failure, IntakeLine, JobKind, JobLines, JobOutcome, JobState};
use crate::zh;

/// Jobs that are kept, the one that runs included.
const MOST_KEPT: usize = 32;
/// Jobs of which further lines are kept.
const MOST_WITH_FURTHER: usize = 3;
/// Further lines that are kept of one job; no import of one folder has more files.
const MOST_FURTHER: usize = 100_000;

/// The latest jobs of this run of the station.
#[derive(Debug, Default)]
pub(crate) struct Jobs {
    jobs: Mutex<BTreeMap<u32, Arc<Job>>>,
    next: AtomicU32,
}

/// One job, shared between its thread and those who look at it.
#[derive(Debug)]
struct Job {
    kind: JobKind,
    /// Who started it; nobody before there are people, and for what starts by itself.
    by: Option<PersonId>,
    round: Option<RoundId>,
    progress: Progress,
    end: Mutex<Option<Result<JobOutcome, Failure>>>,
    /// Whether whoever started it was shown how it ended.
    told: AtomicBool,
    ended: Condvar,
}

/// What a job's thread reports through, and where it hears that it should stop.
#[derive(Debug, Clone)]
pub struct Progress {
    stop: Arc<AtomicBool>,
    done: Arc<AtomicU32>,
    stage: Arc<Mutex<Stage>>,
    /// Lines of the report that it does not carry itself.
    further: Arc<Mutex<Vec<IntakeLine>>>,
}

#[derive(Debug)]
struct Stage {
    title: &'static str,
    total: u32,
    began: Instant,
}

impl Default for Progress {
    fn default() -> Self {
        Self {
            stop: Arc::default(),
            done: Arc::default(),
            further: Arc::default(),
            stage: Arc::new(Mutex::new(Stage {
                title: zh::STAGE_PREPARING,
                total: 0,
                began: Instant::now(),
            })),
        }
    }
}

impl Progress {
    /// Begins a stage of `total` photos; 0 while the total is being counted.
    pub fn begin(&self, title: &'static str, total: u32) {
        let mut stage = lock(&self.stage);
        self.done.store(0, Ordering::Relaxed);
        *stage = Stage {
            title,
            total,
            began: Instant::now(),
        };
    }

    /// Counts `count` more photos as done.
    pub fn advance(&self, count: u32) {
        self.done.fetch_add(count, Ordering::Relaxed);
    }

    /// States how many photos of the stage are done.
    pub fn set_done(&self, done: u32) {
        self.done.store(done, Ordering::Relaxed);
    }

    /// Keeps lines of the report that it does not carry itself, behind those that are kept already; the last of very
    /// many are let go.
    pub(crate) fn keep_further(&self, lines: impl IntoIterator<Item = IntakeLine>) {
        let mut further = lock(&self.further);
        let room = MOST_FURTHER.saturating_sub(further.len());
        further.extend(lines.into_iter().take(room));
    }

    /// How many lines the report does not carry itself.
    #[cfg(test)]
    pub(crate) fn further(&self) -> usize {
        lock(&self.further).len()
    }

    /// Whether the job was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// The flag to hand to code that looks for itself.
    pub fn stop_flag(&self) -> &AtomicBool {
        &self.stop
    }

    /// Asks the job to stop.
    pub fn cancel(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Stage title, photos done, photos in all, seconds since the stage began.
    pub fn snapshot(&self) -> (&'static str, u32, u32, f64) {
        let stage = lock(&self.stage);
        (
            stage.title,
            self.done.load(Ordering::Relaxed),
            stage.total,
            stage.began.elapsed().as_secs_f64(),
        )
    }
}

impl Jobs {
    /// Starts `work` on `round` on a thread of its own.
    ///
    /// # Errors
    /// Refused while another job runs: two imports at once would only be slower and harder to follow.
    pub(crate) fn start<F>(
        &self,
        (kind, by): (JobKind, Option<PersonId>),
        round: Option<RoundId>,
        work: F,
    ) -> Result<u32, Failure>
    where
        F: FnOnce(&Progress) -> Result<JobOutcome, Failure> + Send + 'static,
    {
        let mut jobs = lock(&self.jobs);
        if jobs.values().any(|job| lock(&job.end).is_none()) {
            return Err(refused(zh::JOB_ALREADY_RUNNING));
        }
        let number = self.next.fetch_add(1, Ordering::Relaxed) + 1;
        let job = Arc::new(Job {
            kind,
            by,
            round,
            progress: Progress::default(),
            end: Mutex::new(None),
            told: AtomicBool::new(false),
            ended: Condvar::new(),
        });
        let thread_job = Arc::clone(&job);
        std::thread::Builder::new()
            .name(format!("job-{number}"))
            .spawn(move || thread_job.run(work))
            .map_err(|error| internal(&error))?;
        // None of those before runs.
        while jobs.len() >= MOST_KEPT {
            jobs.pop_first();
        }
        let newest_first = jobs.values().rev();
        let with_further = newest_first.filter(|job| !lock(&job.progress.further).is_empty());
        for job in with_further.skip(MOST_WITH_FURTHER - 1) {
            *lock(&job.progress.further) = Vec::new();
        }
        jobs.insert(number, job);
        Ok(number)
    }

    /// Whether a job of the kind runs.
    pub(crate) fn is_running(&self, kind: JobKind) -> bool {
        lock(&self.jobs)
            .values()
            .any(|job| job.kind == kind && lock(&job.end).is_none())
    }

    /// Forgets the passphrases that a person was shown: whoever sits down next has no use for them.
    pub(crate) fn forget_passphrases(&self, of: Option<PersonId>) {
        for job in lock(&self.jobs).values() {
            if job.by == of
                && job.told.load(Ordering::Relaxed)
                && let Some(Ok(outcome)) = lock(&job.end).as_mut()
            {
                outcome.forget_passphrase();
            }
        }
    }

    /// Forgets the jobs of a round whose data is deleted: how they ended tells of students.
    pub(crate) fn forget_round(&self, round: RoundId) {
        let stays = |job: &Job| job.round != Some(round) || lock(&job.end).is_none();
        lock(&self.jobs).retain(|_, job| stays(job));
    }

    /// Whether a job runs.
    pub(crate) fn is_busy(&self) -> bool {
        lock(&self.jobs)
            .values()
            .any(|job| lock(&job.end).is_none())
    }

    /// Where job `number` stands. What it brought, and why it failed, only for who started it.
    pub(crate) fn state(
        &self,
        number: u32,
        seen_by: Option<&PersonRow>,
    ) -> Result<JobState, Failure> {
        self.find(number).map(|job| job.shown(number, seen_by))
    }

    /// The lines of a report from `offset` on, at most `limit`, those included that it does not carry itself; only for who
    /// started the job.
    pub(crate) fn lines(
        &self,
        number: u32,
        seen_by: Option<&PersonRow>,
        (offset, limit): (usize, usize),
    ) -> Result<JobLines, Failure> {
        let job = self.find(number)?;
        if !job.is_theirs(seen_by) {
            return Err(not_found(zh::JOB_UNKNOWN));
        }
        let end = lock(&job.end);
        let outcome = end.as_ref().and_then(|result| result.as_ref().ok());
        let told = outcome.map_or(&[][..], JobOutcome::lines);
        let further = lock(&job.progress.further);
        let rows = told.iter().chain(further.iter()).skip(offset).take(limit);
        Ok(JobLines {
            rows: rows.cloned().collect(),
            total: count(told.len() + further.len()),
        })
    }

    /// Where every job stands, newest first; as [`Self::state`], and what it brought of the newest alone: this is asked for
    /// often, and reports can be long.
    pub(crate) fn states(&self, seen_by: Option<&PersonRow>) -> Vec<JobState> {
        let jobs = lock(&self.jobs);
        let mut newest_first = jobs.iter().rev();
        let newest = newest_first.next();
        let newest = newest.map(|(number, job)| job.shown(*number, seen_by));
        let others = newest_first.map(|(number, job)| job.state(*number, seen_by, false));
        newest.into_iter().chain(others).collect()
    }

    /// Asks job `number` to stop; what it has done stays done. Not for everybody: [`Job::may_cancel`].
    pub(crate) fn cancel(
        &self,
        number: u32,
        seen_by: Option<&PersonRow>,
    ) -> Result<JobState, Failure> {
        let job = self.find(number)?;
        if !job.may_cancel(seen_by) {
            return Err(failure(Code::NotAllowed, zh::JOB_OF_ANOTHER));
        }
        job.progress.cancel();
        Ok(job.shown(number, seen_by))
    }

    /// Blocks until job `number` has ended and gives what it brought.
    pub(crate) fn wait(&self, number: u32) -> Result<JobOutcome, Failure> {
        let job = self.find(number)?;
        let mut end = lock(&job.end);
        loop {
            if let Some(result) = end.as_ref() {
                return result.clone();
            }
            end = job.ended.wait(end).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Asks every running job to stop and waits for it; called before the workspace closes.
    pub(crate) fn stop_all(&self) {
        let running: Vec<Arc<Job>> = lock(&self.jobs).values().cloned().collect();
        for job in running {
            job.progress.cancel();
            let mut end = lock(&job.end);
            while end.is_none() {
                end = job.ended.wait(end).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    fn find(&self, number: u32) -> Result<Arc<Job>, Failure> {
        lock(&self.jobs)
            .get(&number)
            .cloned()
            .ok_or_else(|| not_found(zh::JOB_UNKNOWN))
    }
}

impl Job {
    fn run<F>(&self, work: F)
    where
        F: FnOnce(&Progress) -> Result<JobOutcome, Failure>,
    {
        let result = catch_unwind(AssertUnwindSafe(|| work(&self.progress)));
        let result = result.map(|result| result.map(JobOutcome::bounded));
        let result = result.unwrap_or_else(|_| {
            tracing::error!(kind = ?self.kind, "a job panicked");
            Err(Failure {
                detail: "the job's thread panicked".to_owned(),
                ..refused(zh::INTERNAL)
            })
        });
        *lock(&self.end) = Some(result);
        self.ended.notify_all();
    }

    /// Whether this person may have it stopped: who started it, and who may start one of its kind. Everybody before there
    /// are people.
    fn may_cancel(&self, person: Option<&PersonRow>) -> bool {
        let need = self.kind.need();
        person.is_none_or(|row| Some(row.id) == self.by || need.allows(row.roles))
    }

    /// Whether what it brought is theirs to see: who started it, everybody where nobody did.
    fn is_theirs(&self, person: Option<&PersonRow>) -> bool {
        self.by.is_none() || self.by == person.map(|row| row.id)
    }

    /// Where it stands, with what it brought.
    fn shown(&self, number: u32, seen_by: Option<&PersonRow>) -> JobState {
        let state = self.state(number, seen_by, true);
        if state.outcome.is_some() {
            self.told.store(true, Ordering::Relaxed);
        }
        state
    }

    fn state(&self, number: u32, seen_by: Option<&PersonRow>, with_outcome: bool) -> JobState {
        let (stage, done, total, seconds) = self.progress.snapshot();
        let end = lock(&self.end);
        let is_theirs = self.is_theirs(seen_by);
        let failed = end.as_ref().and_then(|result| result.as_ref().err());
        JobState {
            job: number,
            kind: self.kind,
            round: self.round.map(|round| round.0),
            stage: stage.to_owned(),
            done,
            total,
            seconds,
            cancelling: self.progress.is_cancelled(),
            may_cancel: self.may_cancel(seen_by),
            finished: end.is_some(),
            failure: failed.map(|failure| match is_theirs {
                true => failure.clone(),
                // It may name students or folders.
                false => Failure {
                    code: failure.code,
                    message: zh::JOB_FAILED.to_owned(),
                    detail: String::new(),
                },
            }),
            outcome: end
                .as_ref()
                .filter(|_| is_theirs && with_outcome)
                .and_then(|result| result.as_ref().ok().cloned()),
        }
    }
}

/// Fails with [`crate::wire::Code::Cancelled`] when the job was asked to stop.
pub(crate) fn stop_if_cancelled(progress: &Progress) -> Result<(), Failure> {
    if progress.is_cancelled() {
        Err(cancelled())
    } else {
        Ok(())
    }
}

/// A lock that survives a panic elsewhere: the values behind these locks are whole at any instant.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[path = "job_tests.rs"]
mod tests;
