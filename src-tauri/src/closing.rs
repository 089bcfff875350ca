//! Closing the main window: not before the page has sent what was decided in it.
//!
//! A decision is on its way for some milliseconds, on a slow disk for longer. The page is told that the window is to
//! close and answers when all is on disk; one that no longer answers is not waited for longer than [`LONGEST`].

use std::time::Duration;

use tauri::{Emitter, Manager, Window, WindowEvent};

/// Tells the page to finish.
const EVENT: &str = "closing";
/// The store itself waits five seconds for a workspace that another program holds.
const LONGEST: Duration = Duration::from_secs(8);

/// Holds the main window open until [`finish`].
pub(crate) fn hold(window: &Window, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else {
        return;
    };
    if window.label() != crate::WINDOW {
        return;
    }
    api.prevent_close();
    let told = window.app_handle().emit_to(crate::WINDOW, EVENT, ());
    let waited = window.clone();
    std::thread::spawn(move || {
        if told.is_ok() {
            std::thread::sleep(LONGEST);
            tracing::warn!("the page did not say that it is done");
        }
        finish(&waited);
    });
}

/// Closes the window for good.
pub(crate) fn finish(window: &Window) {
    if let Err(error) = window.destroy() {
        tracing::error!(%error, "the window could not be closed");
    }
}
