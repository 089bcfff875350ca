//! Long work in the terminal: counts, rate and time left, as a bar or as plain lines.
//!
//! A terminal gets a bar that is redrawn in place and cleared at the end. Anything else (a pipe, a log file) gets a
//! line now and then and one at the end, without control characters. Both say the same, see [`standing`].

mod standing;
mod teller;

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use zhaoshen_station::wire::{Failure, JobId, JobOutcome, JobStarted};
use zhaoshen_station::{Progress, Station};

use standing::Standing;
use teller::Teller;

/// How often the job is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// Waits for `job` and tells how far it is.
pub(crate) fn wait(station: &Station, job: JobStarted) -> Result<JobOutcome, Failure> {
    let teller = Teller::new();
    loop {
        let state = station.job_show(JobId { job: job.job })?;
        let finished = state.finished;
        let standing = Standing::from(state);
        if finished {
            teller.finish(&standing);
            return station.job_wait(job);
        }
        teller.show(&standing);
        std::thread::sleep(LOOK_EVERY);
    }
}

/// Does work that counts in a [`Progress`] and tells how far it is.
pub(crate) fn watched<T: Send>(
    work: impl FnOnce(&Progress) -> Result<T, Failure> + Send,
) -> Result<T, Failure> {
    let (progress, teller) = (Progress::default(), Teller::new());
    let done = std::thread::scope(|threads| {
        let working = threads.spawn(|| work(&progress));
        while !working.is_finished() {
            teller.show(&Standing::of(&progress));
            std::thread::sleep(LOOK_EVERY);
        }
        working.join()
    });
    teller.finish(&Standing::of(&progress));
    done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// Work that counts by itself, on one thread or on many.
#[derive(Debug)]
pub(crate) struct Counted {
    teller: Teller,
    began: Instant,
    standing: Mutex<Standing>,
}

impl Counted {
    /// Work that begins now and is called `stage`.
    pub(crate) fn new(stage: &'static str) -> Self {
        Self {
            teller: Teller::new(),
            began: Instant::now(),
            standing: Mutex::new(Standing::at_the_start(stage)),
        }
    }

    /// Tells that `done` of `total` photos are done; a `total` of 0 is not known. Threads may come out of order.
    pub(crate) fn show(&self, done: u64, total: u64) {
        let mut standing = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        standing.done = standing.done.max(done);
        standing.total = total;
        standing.seconds = self.began.elapsed().as_secs_f64();
        self.teller.show(&standing);
    }

    /// Prints by `say` without a bar in its way.
    pub(crate) fn aside(&self, say: impl FnOnce()) {
        self.teller.aside(say);
    }

    /// The work is over, done or not.
    pub(crate) fn finish(self) {
        let standing = self.standing.into_inner();
        self.teller
            .finish(&standing.unwrap_or_else(PoisonError::into_inner));
    }
}
