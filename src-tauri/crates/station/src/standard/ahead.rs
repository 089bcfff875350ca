//! A round that is open is read ahead, so that the first limit moved in it waits for nothing, whenever its standard is opened.
//!
//! It begins a moment after the round was opened, whose own screens come first, or as soon as its standard is. It rests while a
//! job runs, and reads again what anybody wrote, once nobody goes on writing; it ends when no session has the round open any
//! more. One thread does it for all sessions, with one connection, unless somebody waits: then [`super::reading::Readings`]
//! reads on as fast as it can.

use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant};

use zhaoshen_model::RoundId;

use super::reading::ROUNDS;
use crate::Inner;
use crate::failure::store;
use crate::job::lock;
use crate::looking::Looking;
use crate::sitting::Sitting;
use crate::wire::Failure;

/// How long the screens of a round that was opened have to themselves.
pub(crate) const OPENING: Duration = Duration::from_millis(300);
/// They are behind: its standard is looked at.
pub(crate) const AT_ONCE: Duration = Duration::ZERO;
/// How often it is looked whether something was written, and how long nothing was before it is read again.
const LOOK: Duration = Duration::from_secs(1);

/// The rounds that are open.
#[derive(Debug, Default)]
pub(crate) struct Ahead {
    open: Mutex<Open>,
    pub(crate) looking: Looking,
}

/// Who has which round open; who entered last is the last.
#[derive(Debug, Default)]
struct Open(Vec<Entered>);

/// One session in one round.
#[derive(Debug)]
struct Entered {
    /// A page that is gone takes no leave.
    session: Weak<Sitting>,
    round: RoundId,
    /// When it may first be read.
    from: Instant,
    /// [`zhaoshen_store::Store::writes`] when it was last read.
    read: Option<u64>,
}

impl Ahead {
    /// Reads `round` ahead from `pause` from now on, and no more the one that the session had open before.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(crate) fn enter(
        inner: &Arc<Inner>,
        session: &Arc<Sitting>,
        (round, pause): (RoundId, Duration),
    ) -> Result<(), Failure> {
        let ahead = &inner.ahead;
        let mut open = lock(&ahead.open);
        open.enter(session, (round, pause), Instant::now());
        if !ahead.looking.is_started() {
            let behind = Arc::clone(inner);
            ahead.looking.start("ahead", move || keep_read(&behind))?;
        }
        ahead.looking.look_now();
        Ok(())
    }

    /// The session has no round open any more.
    pub(crate) fn leave(&self, session: &Arc<Sitting>) {
        lock(&self.open).leave(session);
    }

    /// Whether some session has the round open.
    pub(crate) fn is_open(&self, round: RoundId) -> bool {
        lock(&self.open).is_open(round)
    }
}

impl Open {
    fn enter(&mut self, session: &Arc<Sitting>, (round, pause): (RoundId, Duration), now: Instant) {
        let mut of_session = self.0.iter().filter(|one| one.is_of(session));
        if pause > AT_ONCE && of_session.any(|one| one.round == round) {
            return;
        }
        self.leave(session);
        self.0.push(Entered {
            session: Arc::downgrade(session),
            round,
            from: now + pause,
            read: None,
        });
    }

    fn leave(&mut self, session: &Arc<Sitting>) {
        self.0.retain(|one| one.is_there() && !one.is_of(session));
    }

    fn is_open(&self, round: RoundId) -> bool {
        let mut of_round = self.0.iter().filter(|one| one.round == round);
        of_round.any(Entered::is_there)
    }

    /// How long nothing is to be looked at.
    fn pause(&self, now: Instant) -> Duration {
        let unread = self.0.iter().filter(|one| one.read.is_none());
        let waits = unread.map(|one| one.from.saturating_duration_since(now));
        // What was to be read by now and was not waits for a job.
        let next = waits.filter(|wait| !wait.is_zero()).min();
        next.map_or(LOOK, |next| next.min(LOOK))
    }

    /// The rounds to be read, the one entered last first, and no more than there is room for. `is_still` says that nothing was
    /// written lately.
    fn due(&mut self, (writes, is_still): (u64, bool), now: Instant) -> Vec<RoundId> {
        self.0.retain(Entered::is_there);
        let mut rounds = Vec::new();
        for one in self.0.iter().rev() {
            if !rounds.contains(&one.round) {
                rounds.push(one.round);
            }
        }
        rounds.truncate(ROUNDS);
        let is_due = |one: &Entered| match one.read {
            None => one.from <= now,
            Some(read) => is_still && read != writes,
        };
        rounds.retain(|round| {
            let mut of_round = self.0.iter().filter(|one| one.round == *round);
            of_round.any(is_due)
        });
        rounds
    }

    /// The round was read as of so many writes.
    fn was_read(&mut self, round: RoundId, writes: u64) {
        for one in self.0.iter_mut().filter(|one| one.round == round) {
            one.read = Some(writes);
        }
    }
}

impl Entered {
    fn is_of(&self, session: &Arc<Sitting>) -> bool {
        std::ptr::eq(self.session.as_ptr(), Arc::as_ptr(session))
    }

    fn is_there(&self) -> bool {
        self.session.strong_count() > 0
    }
}

/// Reads what is open, and again what was written since.
fn keep_read(inner: &Inner) {
    let ahead = &inner.ahead;
    let (mut before, mut since) = (inner.store.writes(), Instant::now());
    loop {
        let pause = lock(&ahead.open).pause(Instant::now());
        if !ahead.looking.wait(pause) {
            return;
        }
        let writes = inner.store.writes();
        if writes != before {
            (before, since) = (writes, Instant::now());
        }
        // A look that was asked for may come right behind another.
        let is_still = since.elapsed() >= LOOK;
        if inner.jobs.is_busy() {
            continue;
        }
        let due = lock(&ahead.open).due((writes, is_still), Instant::now());
        for round in due {
            let is_read = read(inner, round).unwrap_or_else(|failure| {
                // Whoever asks is told, and it is tried again when something was written.
                tracing::warn!(code = ?failure.code, "a round was not read ahead");
                true
            });
            if is_read {
                lock(&ahead.open).was_read(round, writes);
            }
        }
    }
}

/// Reads and judges the round; whether it came to the end.
fn read(inner: &Inner, round: RoundId) -> Result<bool, Failure> {
    let (ahead, readings) = (&inner.ahead, &inner.readings);
    let goes_on = || {
        ahead.looking.goes_on()
            && ahead.is_open(round)
            && (readings.is_awaited(round) || !inner.jobs.is_busy())
    };
    let stands = inner.store.profile_version(round, None);
    let stands = stands.map_err(|error| store(&error))?;
    let reading = readings.quietly(&inner.store, round, &goes_on)?;
    Ok(reading.is_some_and(|reading| {
        drop(reading.judged_by_version(&stands));
        true
    }))
}

#[cfg(test)]
#[path = "ahead_tests.rs"]
mod tests;
