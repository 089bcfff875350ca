//! A round that is open is read ahead, so that the first limit moved in it waits for nothing, whenever its standard is opened.
//!
//! It begins a moment after the round was opened, whose own screens come first; it rests while a job runs and reads again what
//! the job changed; it ends when the round is left. One connection and one thread do it, unless somebody waits: then
//! [`super::reading::Readings`] reads on as fast as it can.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use zhaoshen_model::RoundId;

use crate::Inner;
use crate::failure::store;
use crate::job::lock;
use crate::looking::Looking;
use crate::wire::Failure;

/// How long the screens of a round that was opened have to themselves.
const OPENING: Duration = Duration::from_millis(300);
/// How often it is looked whether a job has changed the round.
const LOOK: Duration = Duration::from_secs(1);

/// The round that is open.
#[derive(Debug, Default)]
pub(crate) struct Ahead(Mutex<Option<Open>>);

#[derive(Debug)]
struct Open {
    round: RoundId,
    looking: Arc<Looking>,
}

impl Ahead {
    /// Reads `round` ahead from now on, and the one before no more.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(crate) fn enter(inner: &Arc<Inner>, round: RoundId) -> Result<(), Failure> {
        let mut open = lock(&inner.ahead.0);
        if open.as_ref().is_some_and(|open| open.round == round) {
            return Ok(());
        }
        end(open.take());
        let looking = Arc::new(Looking::default());
        let (behind, ending) = (Arc::clone(inner), Arc::clone(&looking));
        looking.start("ahead", move || keep_read(&behind, round, &ending))?;
        *open = Some(Open { round, looking });
        Ok(())
    }

    /// Reads nothing ahead any more.
    pub(crate) fn leave(&self) {
        end(lock(&self.0).take());
    }
}

/// Waits for at most a few hundred photos' reading, or one judging of the round.
fn end(open: Option<Open>) {
    if let Some(open) = open {
        open.looking.stop();
    }
}

/// Reads the round once, and again after each job.
fn keep_read(inner: &Inner, round: RoundId, looking: &Looking) {
    let mut is_due = true;
    let mut pause = OPENING;
    while looking.wait(pause) {
        pause = LOOK;
        let is_busy = inner.jobs.is_busy();
        is_due |= is_busy;
        if is_due && !is_busy {
            match read(inner, round, looking) {
                Ok(is_read) => is_due = !is_read,
                Err(failure) => {
                    // Whoever asks is told.
                    tracing::warn!(code = ?failure.code, "a round was not read ahead");
                    is_due = false;
                }
            }
        }
    }
}

/// Reads and judges the round; whether it came to the end.
fn read(inner: &Inner, round: RoundId, looking: &Looking) -> Result<bool, Failure> {
    let goes_on =
        || looking.wait(Duration::ZERO) && (inner.readings.is_awaited() || !inner.jobs.is_busy());
    let stands = inner.store.profile_version(round, None);
    let stands = stands.map_err(|error| store(&error))?;
    let reading = inner.readings.quietly(&inner.store, round, &goes_on)?;
    Ok(reading.is_some_and(|reading| {
        drop(reading.judged_by_version(&stands));
        true
    }))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use std::time::Instant;

    use super::*;
    use crate::Seat;
    use crate::profiles::default_profile;
    use crate::wire::{RoundCreate, RoundEnter};

    fn new_round(seat: &Seat, name: &str) -> i64 {
        let made = seat.round_create(RoundCreate {
            name: name.to_owned(),
            school_code: String::new(),
            opens_on: String::new(),
            closes_on: String::new(),
            profile: default_profile().to_owned(),
        });
        made.unwrap().round
    }

    /// Waits for what another thread does.
    fn until(holds: impl Fn() -> bool) {
        let began = Instant::now();
        while !holds() {
            assert!(began.elapsed() < Duration::from_secs(60));
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    #[test]
    fn a_round_that_is_open_is_read_and_judged_before_anybody_asks_and_another_after_it() {
        let folder = tempfile::tempdir().unwrap();
        let seat = Seat::open(folder.path()).unwrap();
        let rounds = ["甲", "乙"].map(|name| new_round(&seat, name));
        for round in rounds {
            let round = Some(round);
            seat.round_enter(RoundEnter { round }).unwrap();
            // Entering it again begins nothing anew.
            seat.round_enter(RoundEnter { round }).unwrap();
            until(|| seat.inner.readings.has_judged(round.map(RoundId).unwrap()));
        }
        seat.round_enter(RoundEnter { round: None }).unwrap();
        assert!(lock(&seat.inner.ahead.0).is_none());
        let gone = Some(999);
        assert!(seat.round_enter(RoundEnter { round: gone }).is_err());
    }

    #[test]
    fn nothing_is_read_while_a_job_runs_and_all_of_it_once_it_ended() {
        let folder = tempfile::tempdir().unwrap();
        let seat = Seat::open(folder.path()).unwrap();
        let round = new_round(&seat, "甲");
        let (end, ended) = std::sync::mpsc::channel::<()>();
        let kind = (crate::wire::JobKind::Backup, None);
        let job = seat.inner.jobs.start(kind, None, move |_| {
            let _ = ended.recv();
            Err(crate::failure::cancelled())
        });
        job.unwrap();
        let looking = Looking::default();
        assert!(!read(&seat.inner, RoundId(round), &looking).unwrap());
        assert!(!seat.inner.readings.has_judged(RoundId(round)));
        end.send(()).unwrap();
        until(|| !seat.inner.jobs.is_busy());
        assert!(read(&seat.inner, RoundId(round), &looking).unwrap());
        assert!(seat.inner.readings.has_judged(RoundId(round)));
        // Left meanwhile, it is not read to its end; what was known stays.
        looking.stop();
        assert!(!read(&seat.inner, RoundId(round), &looking).unwrap());
        assert!(seat.inner.readings.has_judged(RoundId(round)));
    }
}
