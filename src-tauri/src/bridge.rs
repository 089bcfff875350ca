//! The commands a page may call.
//!
//! [`call`] hands any command to the station on a thread that may block; [`pick`] opens a native
//! dialog; [`door`] and its kin are there before the station is; [`open_delivery`], [`open_closing`], [`open_certificate`] and [`open_written`] show in the system's file manager what was written; [`zoom`] sets the size of everything;
//! [`close`] ends the window; the others are of the second window. No other command exists, so the pages' rights are a line each
//! (`permissions/`).

use std::time::Instant;

use serde_json::Value;
use tauri::ipc::{InvokeResponseBody, Response};
use tauri::{AppHandle, Manager, State, WebviewWindow, Window};
use zhaoshen_station::Saved;
use zhaoshen_station::scrub::scrub;
use zhaoshen_station::wire::{
    BackupCard, Code, DoorBackups, DoorCopy, DoorKey, DoorOpened, DoorRestore, DoorRestored,
    DoorView, Failure, PassphraseGiven, RecoveryShown,
};

use crate::alone::{self, Alone, AlonePhoto};
use crate::closing;
use crate::door::{self as doors, Door};
use crate::open;
use crate::pick::{self, Kind};

/// Carries out the station's command `name` for the person whom the page shows.
#[tauri::command]
pub(crate) async fn call(
    door: State<'_, Door>,
    name: String,
    args: Value,
    person: Option<i64>,
) -> Result<Response, Failure> {
    let station = door.station()?;
    let began = Instant::now();
    let command = name.clone();
    let kept = doors::ends_keeping(&name)
        .then(|| door.kept_key())
        .flatten();
    let answer = tauri::async_runtime::spawn_blocking(move || {
        let answer = zhaoshen_station::dispatch_for(&station, person, &name, args)?;
        let note = kept.and_then(|key_id| doors::forget(&key_id));
        Ok(note
            .and_then(|note| doors::noted(&answer, note))
            .unwrap_or(answer))
    })
    .await
    .unwrap_or_else(|error| Err(internal(&error.to_string())));
    let milliseconds = began.elapsed().as_millis();
    match &answer {
        Ok(_) => tracing::debug!(command, milliseconds, "done"),
        Err(failure) => {
            tracing::warn!(command, milliseconds, code = ?failure.code, detail = %scrub(&failure.detail), "failed");
        }
    }
    answer.map(|json| Response::new(InvokeResponseBody::Json(json)))
}

/// How the door of the workspace stands.
#[tauri::command]
pub(crate) async fn door(app: AppHandle) -> Result<DoorView, Failure> {
    at_the_door(app, |door, app| door.show(app)).await
}

/// The backups of the workspace that does not open.
#[tauri::command]
pub(crate) async fn door_backups(app: AppHandle) -> Result<DoorBackups, Failure> {
    at_the_door(app, |door, _| door.backups()).await
}

/// Looks into a backup in a file before it is restored.
#[tauri::command]
pub(crate) async fn door_look(app: AppHandle, copy: DoorCopy) -> Result<BackupCard, Failure> {
    at_the_door(app, move |door, _| door.look(&copy)).await
}

/// Restores in the place of the workspace that does not open, or where there is none.
#[tauri::command]
pub(crate) async fn door_restore(
    app: AppHandle,
    args: DoorRestore,
) -> Result<DoorRestored, Failure> {
    at_the_door(app, move |door, app| door.restore(app, &args)).await
}

/// Unlocks the sealed workspace.
#[tauri::command]
pub(crate) async fn door_unlock(app: AppHandle, key: DoorKey) -> Result<DoorOpened, Failure> {
    at_the_door(app, move |door, app| {
        let mut key = key;
        let opened = door.unlock(app, &key);
        key.wipe();
        opened
    })
    .await
}

/// Unlocks the sealed workspace with what the system's keychain kept.
#[tauri::command]
pub(crate) async fn door_unlock_here(app: AppHandle) -> Result<(), Failure> {
    at_the_door(app, |door, app| door.unlock_here(app)).await
}

/// Makes the workspace; the recovery code of a sealed one is shown once.
#[tauri::command]
pub(crate) async fn door_make(
    app: AppHandle,
    given: PassphraseGiven,
) -> Result<RecoveryShown, Failure> {
    at_the_door(app, move |door, app| door.make(app, &given)).await
}

/// Seals the plain workspace, which is closed meanwhile, for the person whom the page shows.
#[tauri::command]
pub(crate) async fn door_seal(
    app: AppHandle,
    given: PassphraseGiven,
    person: Option<i64>,
) -> Result<RecoveryShown, Failure> {
    at_the_door(app, move |door, app| door.seal(app, person, &given)).await
}

/// Does something at the door on a thread that may block.
async fn at_the_door<T: Send + 'static>(
    app: AppHandle,
    act: impl FnOnce(&Door, &AppHandle) -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let done = tauri::async_runtime::spawn_blocking(move || act(&app.state::<Door>(), &app)).await;
    let answer = done.unwrap_or_else(|error| Err(internal(&error.to_string())));
    if let Err(failure) = &answer {
        tracing::warn!(code = ?failure.code, detail = %scrub(&failure.detail), "the door stays as it is");
    }
    answer
}

/// Lets the user choose files or a folder; `null` when the dialog was closed.
#[tauri::command]
pub(crate) async fn pick(app: AppHandle, kind: Kind) -> Result<Option<Vec<String>>, Failure> {
    let paths = pick::ask(&app, kind).await?;
    Ok((!paths.is_empty()).then_some(paths))
}

/// Opens the folder of a delivery in the system's file manager.
#[tauri::command]
pub(crate) async fn open_delivery(
    door: State<'_, Door>,
    round: i64,
    number: u32,
) -> Result<(), Failure> {
    let station = door.station()?;
    tauri::async_runtime::spawn_blocking(move || open::delivery(&station, round, number))
        .await
        .unwrap_or_else(|error| Err(internal(&error.to_string())))
}

/// Opens the folder of the last page of a round in the system's file manager.
#[tauri::command]
pub(crate) async fn open_closing(door: State<'_, Door>, round: i64) -> Result<(), Failure> {
    let station = door.station()?;
    tauri::async_runtime::spawn_blocking(move || open::closing(&station, round))
        .await
        .unwrap_or_else(|error| Err(internal(&error.to_string())))
}

/// Opens the folder of the certificate of a round's deletion in the system's file manager.
#[tauri::command]
pub(crate) async fn open_certificate(door: State<'_, Door>, round: i64) -> Result<(), Failure> {
    let station = door.station()?;
    tauri::async_runtime::spawn_blocking(move || open::certificate(&station, round))
        .await
        .unwrap_or_else(|error| Err(internal(&error.to_string())))
}

/// Opens the folder that a table, a file of text messages or a package of diagnostics was saved to last.
#[tauri::command]
pub(crate) async fn open_saved(door: State<'_, Door>, what: Saved) -> Result<(), Failure> {
    let station = door.station()?;
    tauri::async_runtime::spawn_blocking(move || open::saved(&station, what))
        .await
        .unwrap_or_else(|error| Err(internal(&error.to_string())))
}

/// Opens what a job wrote: a file of its prints, or the folder.
#[tauri::command]
pub(crate) async fn open_written(
    door: State<'_, Door>,
    job: u32,
    file: Option<usize>,
) -> Result<(), Failure> {
    let station = door.station()?;
    tauri::async_runtime::spawn_blocking(move || open::written(&station, job, file))
        .await
        .unwrap_or_else(|error| Err(internal(&error.to_string())))
}

/// Opens the second window, or closes it.
#[tauri::command]
pub(crate) async fn alone_toggle(app: AppHandle) -> Result<(), Failure> {
    alone::toggle(&app).map_err(|error| internal(&error.to_string()))
}

/// Says what the second window shows.
#[tauri::command]
pub(crate) async fn alone_show(app: AppHandle, photo: Option<AlonePhoto>) -> Result<(), Failure> {
    alone::show(&app, photo).map_err(|error| internal(&error.to_string()))
}

/// What the second window shows now.
#[tauri::command]
#[expect(
    clippy::needless_pass_by_value,
    reason = "a command's arguments are made for it alone"
)]
pub(crate) fn alone_now(shown: State<'_, Alone>) -> Option<AlonePhoto> {
    shown.now()
}

/// Largest and smallest size of everything in the window.
const ZOOM: std::ops::RangeInclusive<f64> = 1.0..=2.0;

/// Sets the size of everything in the calling window, 1.0 to 2.0.
#[tauri::command]
#[expect(
    clippy::needless_pass_by_value,
    reason = "a command's arguments are made for it alone"
)]
pub(crate) fn zoom(window: WebviewWindow, factor: f64) -> Result<(), Failure> {
    if !ZOOM.contains(&factor) {
        return Err(internal(&format!("zoom factor {factor}")));
    }
    window
        .set_zoom(factor)
        .map_err(|error| internal(&error.to_string()))
}

/// The page has heard that the window is to close, and closes it itself when all is sent.
#[tauri::command]
#[expect(
    clippy::needless_pass_by_value,
    reason = "a command's arguments are made for it alone"
)]
pub(crate) fn closing_heard(window: Window) {
    closing::heard(&window);
}

/// Closes the window that asked whether it may: the page has nothing left to send.
#[tauri::command]
#[expect(
    clippy::needless_pass_by_value,
    reason = "a command's arguments are made for it alone"
)]
pub(crate) fn close(window: Window) {
    closing::finish(&window);
}

/// A fault of the host itself.
pub(crate) fn internal(detail: &str) -> Failure {
    Failure {
        code: Code::Internal,
        message: "程序内部出错，请重试；再次出现请重新打开程序".to_owned(),
        detail: detail.to_owned(),
    }
}
