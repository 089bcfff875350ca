//! Long work in the terminal: counts, rate and time left while a job runs.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use zhaoshen_station::Station;
use zhaoshen_station::wire::{Failure, JobId, JobOutcome, JobStarted};

/// How often the job is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// Waits for `job`, drawing a bar when standard error is a terminal.
pub(crate) fn wait(station: &Station, job: JobStarted) -> Result<JobOutcome, Failure> {
    let bar = ProgressBar::new(0);
    bar.set_style(style());
    loop {
        let state = station.job_show(JobId { job: job.job })?;
        if state.finished {
            bar.finish_and_clear();
            return station.job_wait(job);
        }
        bar.set_message(state.stage);
        bar.set_length(u64::from(state.total));
        bar.set_position(u64::from(state.done));
        std::thread::sleep(LOOK_EVERY);
    }
}

/// A bar for work that counts by itself.
pub(crate) fn bar(message: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(0);
    bar.set_style(style());
    bar.set_message(message);
    bar
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}  {per_sec}  剩余 {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}
