//! Closing the main window: not before the page has sent what was decided in it.
//!
//! A decision is on its way for some milliseconds, on a slow disk for longer. The page is told that the window is to
//! close; one that has heard it closes the window itself, or asks its person when something could not be saved. Only a
//! page that does not even hear within [`LONGEST`] is not waited for.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tauri::{Emitter, Manager, Window, WindowEvent};

/// Tells the page to finish.
const EVENT: &str = "closing";
/// A page that lives hears within milliseconds; one that draws a large table within a second or two.
const LONGEST: Duration = Duration::from_secs(8);

/// How often the window was to close, and up to which time the page has heard it.
#[derive(Debug, Default)]
pub(crate) struct Closing {
    asked: AtomicU64,
    heard: AtomicU64,
}

/// Holds the main window open until [`finish`].
pub(crate) fn hold(window: &Window, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else {
        return;
    };
    if window.label() != crate::WINDOW {
        return;
    }
    api.prevent_close();
    let asked = window
        .state::<Closing>()
        .asked
        .fetch_add(1, Ordering::SeqCst)
        + 1;
    let told = window.app_handle().emit_to(crate::WINDOW, EVENT, ());
    let waited = window.clone();
    std::thread::spawn(move || {
        if told.is_ok() {
            std::thread::sleep(LONGEST);
        }
        if waited.state::<Closing>().heard.load(Ordering::SeqCst) < asked {
            tracing::warn!("the page does not answer and is closed");
            finish(&waited);
        }
    });
}

/// The page has heard of every time so far and answers for itself.
pub(crate) fn heard(window: &Window) {
    let closing = window.state::<Closing>();
    let asked = closing.asked.load(Ordering::SeqCst);
    closing.heard.store(asked, Ordering::SeqCst);
}

/// Closes the window for good.
pub(crate) fn finish(window: &Window) {
    if let Err(error) = window.destroy() {
        tracing::error!(%error, "the window could not be closed");
    }
}
