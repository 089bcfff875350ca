//! The second window: the desk's photo alone, for a second screen.
//!
//! It shows what the main window tells it and can ask for nothing but that; it decides nothing.

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Emitter, Manager, WebviewUrl, WebviewWindowBuilder, WindowEvent};

/// Label of the second window, as in `capabilities/photo.json`.
pub(crate) const WINDOW: &str = "photo";
/// Tells the second window what to show.
const EVENT: &str = "alone";
/// The page of the second window: the same file, told apart by the fragment.
const PAGE: &str = "index.html#photo";

/// A photo as the second window shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AlonePhoto {
    /// SHA-256 of the photo.
    photo: String,
    /// Whose it is.
    caption: String,
    /// The keys that open and close the second window, as `KeyboardEvent.code`.
    keys: Vec<String>,
}

/// What the second window shows, kept so that a window that has just opened can ask.
#[derive(Default)]
pub(crate) struct Alone(Mutex<Option<AlonePhoto>>);

impl Alone {
    /// What is shown now.
    pub(crate) fn now(&self) -> Option<AlonePhoto> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn set(&self, photo: Option<AlonePhoto>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = photo;
    }
}

/// Shows a photo in the second window if it is open; none empties it.
///
/// # Errors
/// When the window system refuses.
pub(crate) fn show(app: &AppHandle, photo: Option<AlonePhoto>) -> tauri::Result<()> {
    app.state::<Alone>().set(photo.clone());
    if app.get_webview_window(WINDOW).is_none() {
        return Ok(());
    }
    app.emit_to(WINDOW, EVENT, photo)
}

/// Opens the second window, or closes it where it is open. The keys stay with the main window.
///
/// # Errors
/// When the window system refuses.
pub(crate) fn toggle(app: &AppHandle) -> tauri::Result<()> {
    if let Some(window) = app.get_webview_window(WINDOW) {
        return window.close();
    }
    let window = WebviewWindowBuilder::new(app, WINDOW, WebviewUrl::App(PAGE.into()))
        .title("照审台 · 照片")
        .inner_size(480.0, 660.0)
        .min_inner_size(240.0, 320.0)
        .focused(false);
    let window = match second_screen(app)? {
        Some((x, y)) => window.position(x, y).maximized(true),
        None => window,
    };
    window.build()?;
    Ok(())
}

/// Where a screen begins that the main window is not on, logical px; the whole of it is the photo's.
fn second_screen(app: &AppHandle) -> tauri::Result<Option<(f64, f64)>> {
    let Some(main) = app.get_webview_window(crate::WINDOW) else {
        return Ok(None);
    };
    let here = main.current_monitor()?.map(|screen| *screen.position());
    let screens = main.available_monitors()?;
    let other = screens
        .iter()
        .find(|screen| here.is_some_and(|here| here != *screen.position()));
    Ok(other.map(|screen| {
        let place = screen.position().to_logical::<f64>(screen.scale_factor());
        (place.x, place.y)
    }))
}

/// What becomes of the two windows with an event of one.
///
/// The program ends with the main window: the second one alone would keep it running, unseen behind a desk. The second
/// window was opened without the keys; when it is chosen by its bar or by the system, its page must have them too, or W
/// and Esc go nowhere until somebody presses into the photo.
pub(crate) fn follow(app: &AppHandle, label: &str, event: &WindowEvent) {
    match event {
        WindowEvent::Destroyed if label == crate::WINDOW => app.exit(0),
        WindowEvent::Focused(true) if label == WINDOW => {
            if let Some(window) = app.get_webview_window(WINDOW) {
                let page: &tauri::Webview = window.as_ref();
                // Refused by the window system, a press into the photo still gives the page the keys.
                let _ = page.set_focus();
            }
        }
        _ => {}
    }
}
