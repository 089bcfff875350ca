//! A thread that looks at something again and again until the station closes.

use std::sync::{Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::failure::internal;
use crate::job::lock;
use crate::wire::Failure;

/// The thread, where one was started, and how it hears that it is to look at once, or to end.
#[derive(Debug, Default)]
pub(crate) struct Looking {
    told: Mutex<Told>,
    heard: Condvar,
    thread: Mutex<Option<JoinHandle<()>>>,
}

/// What the thread was told.
#[derive(Debug, Default)]
struct Told {
    stop: bool,
    /// To look before its pause is over.
    now: bool,
}

impl Looking {
    /// Starts the thread; `look` ends when [`Self::wait`] says so.
    pub(crate) fn start(
        &self,
        name: &str,
        look: impl FnOnce() + Send + 'static,
    ) -> Result<(), Failure> {
        let thread = std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(look)
            .map_err(|error| internal(&error))?;
        *lock(&self.thread) = Some(thread);
        Ok(())
    }

    /// Whether the thread was started and not ended, be it by a fault of its own.
    pub(crate) fn is_started(&self) -> bool {
        let thread = lock(&self.thread);
        thread.as_ref().is_some_and(|thread| !thread.is_finished())
    }

    /// Waits for the next look, which comes after the pause or when asked for; whether there is to be one.
    pub(crate) fn wait(&self, pause: Duration) -> bool {
        let told = lock(&self.told);
        let waited = self
            .heard
            .wait_timeout_while(told, pause, |told| !told.stop && !told.now);
        let (mut told, _) = waited.unwrap_or_else(PoisonError::into_inner);
        told.now = false;
        !told.stop
    }

    /// Asks for the next look at once, also where one is under way.
    pub(crate) fn look_now(&self) {
        lock(&self.told).now = true;
        self.heard.notify_all();
    }

    /// Whether it is not to end.
    pub(crate) fn goes_on(&self) -> bool {
        !lock(&self.told).stop
    }

    /// Ends the thread before its next look, and waits for it.
    pub(crate) fn stop(&self) {
        lock(&self.told).stop = true;
        self.heard.notify_all();
        let thread = lock(&self.thread).take();
        if let Some(thread) = thread {
            let name = thread.thread().name().unwrap_or_default().to_owned();
            if thread.join().is_err() {
                tracing::error!(name, "a thread that looks again and again panicked");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn it_looks_until_it_is_stopped_and_is_waited_for() {
        let looking = Arc::new(Looking::default());
        let looks = Arc::new(AtomicU32::new(0));
        let (behind, counted) = (Arc::clone(&looking), Arc::clone(&looks));
        looking
            .start("looking", move || {
                while behind.wait(Duration::from_millis(1)) {
                    counted.fetch_add(1, Ordering::Relaxed);
                }
                // Seen by whoever waits for the thread.
                counted.fetch_add(1_000_000, Ordering::Relaxed);
            })
            .unwrap();
        while looks.load(Ordering::Relaxed) < 2 {
            std::thread::yield_now();
        }
        looking.stop();
        assert!(looks.load(Ordering::Relaxed) >= 1_000_002);
        assert!(!looking.wait(Duration::MAX), "none after the end");
        assert!(!looking.goes_on());
    }

    #[test]
    fn a_long_pause_is_cut_short() {
        let looking = Arc::new(Looking::default());
        let behind = Arc::clone(&looking);
        looking
            .start(
                "looking",
                move || while behind.wait(Duration::from_secs(3600)) {},
            )
            .unwrap();
        looking.stop();
    }
    #[test]
    fn a_look_that_is_asked_for_does_not_wait_and_is_one() {
        let looking = Looking::default();
        looking.look_now();
        looking.look_now();
        assert!(looking.wait(Duration::from_hours(1)));
        assert!(looking.goes_on());
        assert!(looking.told.lock().is_ok_and(|told| !told.now));
        looking.stop();
        looking.look_now();
        assert!(!looking.wait(Duration::from_hours(1)));
    }
}
