//! The desktop host of 照审台: a window over the station, and a second one for the photo alone.
//!
//! Thin on purpose: it opens the workspace, hands every command to [`zhaoshen_station::dispatch`],
//! serves previews under `photo://`, and opens native file dialogs. No use case lives here, and
//! Tauri is named nowhere else.

mod alone;
mod bridge;
mod cache;
mod closing;
mod diary;
mod door;
mod keychain;
mod open;
mod photo;
mod pick;
mod workspace;

use std::ffi::OsString;
use std::iter;

use tauri::{App, AppHandle, Manager, WebviewWindowBuilder};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};
use zhaoshen_station::scrub::scrub;
use zhaoshen_station::wire::{Code, Failure};

use crate::door::Door;

/// Label of the main window, as in `tauri.conf.json`.
const WINDOW: &str = "main";
/// Title of the program, as staff know it.
const TITLE: &str = "照审台";

/// First argument with which the program is the terminal's `zhaoshen`, given what follows, and opens no window.
///
/// On Windows this program has no console to print to; there `zhaoshen.exe` lies beside it.
const TERMINAL: &str = "--terminal";

/// The window, or what the terminal asks for; gives the process's exit status. The line's first argument is the program.
pub fn start(line: impl IntoIterator<Item = OsString>) -> i32 {
    zhaoshen_station::leave_no_dump();
    let mut line = line.into_iter().skip(1);
    if line.next().is_some_and(|first| first == TERMINAL) {
        let named = iter::once(OsString::from("zhaoshen"));
        return i32::from(zhaoshen_cli::run(named.chain(line)));
    }
    run()
}

/// Runs the program until its window is closed; gives the process's exit status.
///
/// 0 after a normal end, 1 when the workspace or the window could not be opened.
fn run() -> i32 {
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .register_asynchronous_uri_scheme_protocol("photo", |context, request, responder| {
            photo::serve(&context, &request, responder);
        })
        .invoke_handler(tauri::generate_handler![
            bridge::call,
            bridge::door,
            bridge::door_unlock,
            bridge::door_unlock_here,
            bridge::door_make,
            bridge::door_backups,
            bridge::door_look,
            bridge::door_restore,
            bridge::door_seal,
            bridge::pick,
            bridge::open_delivery,
            bridge::open_closing,
            bridge::open_certificate,
            bridge::open_saved,
            bridge::open_written,
            bridge::alone_toggle,
            bridge::alone_show,
            bridge::alone_now,
            bridge::zoom,
            bridge::closing_heard,
            bridge::close
        ])
        .manage(alone::Alone::default())
        .manage(closing::Closing::default())
        .on_window_event(|window, event| {
            closing::hold(window, event);
            alone::follow(window.app_handle(), window.label(), event);
        })
        .setup(|app| Ok(setup(app)?))
        .build(tauri::generate_context!());
    match built {
        Ok(app) => app.run_return(|_, _| {}),
        Err(error) => {
            tracing::error!(%error, "the window system could not be started");
            1
        }
    }
}

/// Opens the diary, the workspace unless it is sealed or still to be made, and the window; where the workspace cannot be
/// opened, says so and ends. One that is damaged is restored from within the window.
fn setup(app: &App) -> tauri::Result<()> {
    if let Ok(folder) = app.path().app_log_dir() {
        // Kept for the whole run: dropping it would lose the last lines.
        app.manage(diary::open(&folder));
    }
    let folder = zhaoshen_station::default_workspace();
    let door = Door::of(&folder);
    let tried = door.try_open(app.handle());
    app.manage(door);
    match tried {
        Ok(()) => open_window(app),
        Err(failure) if failure.code == Code::Damaged => open_window(app),
        Err(failure) => {
            tracing::error!(code = ?failure.code, detail = %scrub(&failure.detail), "workspace not opened");
            say_and_end(app.handle(), &workspace::sorry(&folder, &failure), &failure);
            Ok(())
        }
    }
}

fn open_window(app: &App) -> tauri::Result<()> {
    let config = app
        .config()
        .app
        .windows
        .iter()
        .find(|window| window.label == WINDOW);
    let Some(config) = config else {
        return Err(tauri::Error::WindowNotFound);
    };
    let window = WebviewWindowBuilder::from_config(app, config)?.build()?;
    cache::forgo(&window)
}

/// A plain native message; the program ends when it is closed.
fn say_and_end(app: &AppHandle, text: &str, failure: &Failure) {
    let handle = app.clone();
    let title = format!("{TITLE}：无法打开");
    tracing::info!(code = ?failure.code, "telling the user");
    app.dialog()
        .message(text)
        .title(title)
        .kind(MessageDialogKind::Error)
        .show(move |_| handle.exit(1));
}
