//! Long work in the background: progress with a total, and a cancel that is heard within a second.
//!
//! A job runs on a thread of its own and reports through a [`Progress`]; hosts look at it as often
//! as they like with [`Jobs::state`]. Not a scheduler: the station starts what it is told to, and
//! one job at a time writes to a round (see [`Jobs::start`]).

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use zhaoshen_model::RoundId;

use crate::failure::{cancelled, internal, not_found, refused};
use crate::wire::{Failure, JobKind, JobOutcome, JobState};
use crate::zh;

/// Every job of this run of the station.
#[derive(Debug, Default)]
pub(crate) struct Jobs {
    jobs: Mutex<BTreeMap<u32, Arc<Job>>>,
    next: AtomicU32,
}

/// One job, shared between its thread and those who look at it.
#[derive(Debug)]
struct Job {
    kind: JobKind,
    round: Option<RoundId>,
    progress: Progress,
    end: Mutex<Option<Result<JobOutcome, Failure>>>,
    ended: Condvar,
}

/// What a job's thread reports through, and where it hears that it should stop.
#[derive(Debug, Clone)]
pub struct Progress {
    stop: Arc<AtomicBool>,
    done: Arc<AtomicU32>,
    stage: Arc<Mutex<Stage>>,
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
        kind: JobKind,
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
            round,
            progress: Progress::default(),
            end: Mutex::new(None),
            ended: Condvar::new(),
        });
        let thread_job = Arc::clone(&job);
        std::thread::Builder::new()
            .name(format!("job-{number}"))
            .spawn(move || thread_job.run(work))
            .map_err(|error| internal(&error))?;
        jobs.insert(number, job);
        Ok(number)
    }

    /// Whether a job of the kind runs.
    pub(crate) fn is_running(&self, kind: JobKind) -> bool {
        lock(&self.jobs)
            .values()
            .any(|job| job.kind == kind && lock(&job.end).is_none())
    }

    /// Whether a job runs.
    pub(crate) fn is_busy(&self) -> bool {
        lock(&self.jobs)
            .values()
            .any(|job| lock(&job.end).is_none())
    }

    /// Where job `number` stands.
    pub(crate) fn state(&self, number: u32) -> Result<JobState, Failure> {
        self.find(number).map(|job| job.state(number))
    }

    /// Where every job stands, newest first.
    pub(crate) fn states(&self) -> Vec<JobState> {
        let jobs = lock(&self.jobs);
        let newest_first = jobs.iter().rev();
        newest_first
            .map(|(number, job)| job.state(*number))
            .collect()
    }

    /// Asks job `number` to stop; what it has done stays done.
    pub(crate) fn cancel(&self, number: u32) -> Result<JobState, Failure> {
        let job = self.find(number)?;
        job.progress.cancel();
        Ok(job.state(number))
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

    fn state(&self, number: u32) -> JobState {
        let (stage, done, total, seconds) = self.progress.snapshot();
        let end = lock(&self.end);
        JobState {
            job: number,
            kind: self.kind,
            round: self.round.map(|round| round.0),
            stage: stage.to_owned(),
            done,
            total,
            seconds,
            cancelling: self.progress.is_cancelled(),
            finished: end.is_some(),
            failure: end
                .as_ref()
                .and_then(|result| result.as_ref().err().cloned()),
            outcome: end
                .as_ref()
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
