//! A thread that looks at something again and again until the station closes.

use std::sync::{Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::failure::internal;
use crate::job::lock;
use crate::wire::Failure;

/// The thread, where one was started, and how it hears that it is to end.
#[derive(Debug, Default)]
pub(crate) struct Looking {
    stop: Mutex<bool>,
    stopped: Condvar,
    thread: Mutex<Option<JoinHandle<()>>>,
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

    /// Waits for the next look; whether there is to be one.
    pub(crate) fn wait(&self, pause: Duration) -> bool {
        let stop = lock(&self.stop);
        if *stop {
            return false;
        }
        let waited = self.stopped.wait_timeout(stop, pause);
        waited.is_ok_and(|(stop, _)| !*stop)
    }

    /// Ends the thread before its next look, and waits for it.
    pub(crate) fn stop(&self) {
        *lock(&self.stop) = true;
        self.stopped.notify_all();
        if let Some(thread) = lock(&self.thread).take() {
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
}
