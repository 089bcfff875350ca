//! The door of the workspace: closed until it is unlocked or made, closed again while it is being sealed.
//!
//! Holds the one station of the program and knows how to come by it; what sealing is, the station knows. Commands of the
//! page go through [`Door::station`], which refuses while the door is closed. Where the workspace opens for
//! nobody a backup is restored from here.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use tauri::{AppHandle, Emitter, Manager};
use zhaoshen_station::doctor::Host;
use zhaoshen_station::scrub::scrub;
use zhaoshen_station::seal;
use zhaoshen_station::wire::{
    BackupCard, Code, DoorBackups, DoorCopy, DoorKey, DoorOpened, DoorRestore, DoorRestored,
    DoorState, DoorView, Empty, Failure, PassphraseGiven, RecoveryShown, SealProgress,
};
use zhaoshen_station::{Progress, Station, backup, dispatch_for};

use crate::keychain;

/// Tells the page how far sealing is.
const EVENT: &str = "sealing";
/// Tells the page how far restoring is.
const RESTORING: &str = "restoring";
/// Pause between two words of it.
const TELL: Duration = Duration::from_millis(200);
/// How long commands on their way may take before the workspace is closed to be sealed.
const PATIENCE: Duration = Duration::from_secs(30);

/// The station to go on with, and what the page is told. The code of a workspace that is sealed is told in any case: it is
/// nowhere to be read again.
fn after_sealing<S>(
    sealed: Result<RecoveryShown, Failure>,
    again: Result<S, Failure>,
) -> (Option<S>, Result<RecoveryShown, Failure>) {
    match (sealed, again) {
        (sealed, Ok(station)) => (Some(station), sealed),
        (Ok(shown), Err(failure)) => {
            tracing::error!(code = ?failure.code, "sealed, and not opened again");
            (None, Ok(shown))
        }
        (Err(_), Err(failure)) => (None, Err(failure)),
    }
}

/// Commands after which nothing that a keychain kept opens the workspace.
const ENDS_KEEPING: [&str; 3] = ["seal_passphrase", "seal_code", "seal_forget"];

/// Whether `command` is one of those.
pub(crate) fn ends_keeping(command: &str) -> bool {
    ENDS_KEEPING.contains(&command)
}

/// Takes the entry of the key of that number out of the keychain; what its person is told where it stays there.
pub(crate) fn forget(key_id: &str) -> Option<String> {
    let failure = keychain::forget(key_id).err()?;
    tracing::warn!(code = ?failure.code, detail = %scrub(&failure.detail), "the keychain keeps what opens nothing");
    Some(failure.message)
}

/// The answer of such a command, with a note.
pub(crate) fn noted(answer: &str, note: String) -> Option<String> {
    let mut json: serde_json::Value = serde_json::from_str(answer).ok()?;
    *json.get_mut("note")? = note.into();
    Some(json.to_string())
}

/// Does `work`, of which the page hears how far it is.
fn told<T>(app: &AppHandle, work: impl FnOnce(&Progress) -> T) -> T {
    let progress = Progress::default();
    let (ended, end) = mpsc::channel::<()>();
    thread::scope(|scope| {
        let watched = &progress;
        scope.spawn(move || {
            while matches!(end.recv_timeout(TELL), Err(RecvTimeoutError::Timeout)) {
                let (_, done, of, _) = watched.snapshot();
                let _ = app.emit_to(crate::WINDOW, RESTORING, SealProgress { done, of });
            }
        });
        let done = work(&progress);
        drop(ended);
        done
    })
}

/// The door; shared by all commands.
pub(crate) struct Door {
    folder: PathBuf,
    station: RwLock<Option<Arc<Station>>>,
    /// Held while the door is moved: unlocking twice at once would find the workspace in use.
    moving: Mutex<()>,
    /// What its key opened, and turned out to be damaged.
    damaged: Mutex<Option<Failure>>,
}

impl Door {
    /// The closed door of the workspace in `folder`.
    pub(crate) fn of(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            station: RwLock::new(None),
            moving: Mutex::new(()),
            damaged: Mutex::new(None),
        }
    }

    /// The station, where the door is open.
    ///
    /// # Errors
    /// [`Code::Workspace`] while it is closed.
    pub(crate) fn station(&self) -> Result<Arc<Station>, Failure> {
        let held = self.station.read().unwrap_or_else(PoisonError::into_inner);
        held.clone().ok_or_else(|| Failure {
            code: Code::Workspace,
            message: "工作区还没有打开".to_owned(),
            detail: String::new(),
        })
    }

    /// Opens a plain workspace; a new or a sealed one stays closed until the page has asked its person.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub(crate) fn try_open(&self, app: &AppHandle) -> Result<(), Failure> {
        match seal::door(&self.folder)?.state {
            DoorState::Open => self.open(app, Station::open(&self.folder)?),
            DoorState::New | DoorState::Locked | DoorState::Damaged => {}
        }
        Ok(())
    }

    /// How it stands. A plain workspace that did not open is tried once more: it may have been mended meanwhile.
    ///
    /// # Errors
    /// When the folder cannot be looked at, and when it does not open for another reason than damage.
    pub(crate) fn show(&self, app: &AppHandle) -> Result<DoorView, Failure> {
        let open = || Ok(seal::door_view(DoorState::Open, &self.folder));
        if self.station().is_ok() {
            return open();
        }
        let _moving = self.move_alone();
        if self.station().is_ok() {
            return open();
        }
        let view = seal::door(&self.folder)?;
        let damage = match view.state {
            DoorState::Open => match self.try_open(app) {
                Ok(()) => None,
                Err(failure) if failure.code == Code::Damaged => Some(failure),
                Err(failure) => return Err(failure),
            },
            DoorState::Locked => self.damage().or(backup::door::damage(&self.folder)?),
            DoorState::New | DoorState::Damaged => None,
        };
        Ok(match damage {
            None => view,
            Some(failure) => DoorView {
                state: DoorState::Damaged,
                problem: failure.message,
                ..view
            },
        })
    }

    /// Unlocks a sealed workspace, and keeps its key in the system's keychain where that was asked for.
    ///
    /// # Errors
    /// For a wrong passphrase or recovery code, and when it cannot be opened. Not when the keychain refuses.
    pub(crate) fn unlock(&self, app: &AppHandle, key: &DoorKey) -> Result<DoorOpened, Failure> {
        let _moving = self.move_alone();
        if self.station().is_ok() {
            return Ok(DoorOpened::default());
        }
        let was_kept = self.kept_key();
        let station = self.looked_at(Station::unlock(&self.folder, key))?;
        let kept = if key.keep {
            self.keep(&station, key)
        } else {
            Ok(())
        };
        self.open(app, station);
        if !key.keep
            && !key.recovery.trim().is_empty()
            && let Some(key_id) = was_kept
        {
            // Another passphrase: nobody is told, since the door is open and what is kept opens nothing any more.
            thread::spawn(move || forget(&key_id));
        }
        let unkept = kept.err().map_or_else(String::new, |failure| {
            tracing::warn!(code = ?failure.code, "the keychain kept nothing");
            failure.message
        });
        Ok(DoorOpened { unkept })
    }

    /// Unlocks a sealed workspace with what the system's keychain kept. While that is asked, the passphrase opens it too.
    ///
    /// # Errors
    /// When the keychain has nothing that opens it.
    pub(crate) fn unlock_here(&self, app: &AppHandle) -> Result<(), Failure> {
        if self.station().is_ok() {
            return Ok(());
        }
        let secret = keychain::kept(&seal::key_id(&self.folder)?)?;
        let _moving = self.move_alone();
        if self.station().is_ok() {
            return Ok(());
        }
        let station = self.looked_at(Station::unlock_here(&self.folder, &secret))?;
        self.open(app, station);
        Ok(())
    }

    /// What a key opened; that it is damaged is kept in mind.
    fn looked_at(&self, opened: Result<Station, Failure>) -> Result<Station, Failure> {
        opened.inspect_err(|failure| {
            if failure.code == Code::Damaged {
                self.set_damage(Some(failure.clone()));
            }
        })
    }

    /// What is known of its damage.
    fn damage(&self) -> Option<Failure> {
        let damaged = self.damaged.lock().unwrap_or_else(PoisonError::into_inner);
        damaged.clone()
    }

    fn set_damage(&self, damage: Option<Failure>) {
        *self.damaged.lock().unwrap_or_else(PoisonError::into_inner) = damage;
    }

    /// The backups of the workspace that does not open.
    ///
    /// # Errors
    /// When their folder cannot be read.
    pub(crate) fn backups(&self) -> Result<DoorBackups, Failure> {
        backup::door::backups(&self.folder)
    }

    /// Looks into a backup in a file.
    ///
    /// # Errors
    /// When it is none, or the passphrase is wrong.
    pub(crate) fn look(&self, copy: &DoorCopy) -> Result<BackupCard, Failure> {
        backup::door::look(&self.folder, copy)
    }

    /// Restores in the place of the workspace that does not open, or where there is none; the page asks anew how the door
    /// stands.
    ///
    /// # Errors
    /// Refused for a workspace that may open; when what is to be restored is damaged or the disk refuses.
    pub(crate) fn restore(
        &self,
        app: &AppHandle,
        args: &DoorRestore,
    ) -> Result<DoorRestored, Failure> {
        let _moving = self.move_alone();
        if self.station().is_ok() {
            return Err(Failure {
                code: Code::Refused,
                message: "工作区已经打开，没有恢复".to_owned(),
                detail: String::new(),
            });
        }
        let restored = told(app, |progress| {
            backup::door::put_in_place(&self.folder, args, self.damage().as_ref(), progress)
        })?;
        self.set_damage(None);
        Ok(restored)
    }

    /// The number of the key, where it is kept for a computer: what its keychain has is of no more use after a change.
    pub(crate) fn kept_key(&self) -> Option<String> {
        let kept = seal::door_view(DoorState::Locked, &self.folder).kept;
        kept.then(|| seal::key_id(&self.folder).ok()).flatten()
    }

    fn keep(&self, station: &Station, key: &DoorKey) -> Result<(), Failure> {
        let secret = seal::here_secret()?;
        // First where it may fail for reasons of the system's: what lies in the workspace opens nothing without it.
        keychain::keep(&seal::key_id(&self.folder)?, &secret)?;
        let passphrase = match key.recovery.trim() {
            "" => &key.passphrase,
            _ => &key.next,
        };
        station.keep_here(passphrase, &secret)
    }

    /// Makes the workspace: sealed, or plain without a passphrase.
    ///
    /// # Errors
    /// For a passphrase that is too short, and when the folder takes no workspace.
    pub(crate) fn make(
        &self,
        app: &AppHandle,
        given: &PassphraseGiven,
    ) -> Result<RecoveryShown, Failure> {
        let _moving = self.move_alone();
        if given.passphrase.is_empty() {
            self.open(app, Station::open(&self.folder)?);
            return Ok(RecoveryShown {
                code: String::new(),
                note: String::new(),
            });
        }
        let (station, shown) = Station::create_sealed(&self.folder, given)?;
        self.open(app, station);
        Ok(shown)
    }

    /// Seals the open plain workspace for the person whom the page shows: closes it, and opens it again sealed; or plain,
    /// when nothing came of it.
    ///
    /// # Errors
    /// When the person may not, when jobs are running, when the passphrase is too short or the disk refuses. Never once it
    /// is sealed: where it does not open again, the door stays closed behind the code.
    pub(crate) fn seal(
        &self,
        app: &AppHandle,
        person: Option<i64>,
        given: &PassphraseGiven,
    ) -> Result<RecoveryShown, Failure> {
        let _moving = self.move_alone();
        let station = self.station()?;
        dispatch_for(&station, person, "seal_ready", serde_json::json!({}))?;
        let by = station.app_status(Empty {})?.reviewer;
        drop(station);
        self.close()?;
        let sealed = seal::seal(&self.folder, &given.passphrase, &by, |progress| {
            let _ = app.emit_to(crate::WINDOW, EVENT, progress);
        });
        let again = match &sealed {
            Ok(_) => {
                let mut key = DoorKey {
                    passphrase: given.passphrase.clone(),
                    ..DoorKey::default()
                };
                let opened = Station::unlock(&self.folder, &key);
                key.wipe();
                opened
            }
            Err(_) => Station::open(&self.folder),
        };
        let (station, told) = after_sealing(sealed, again);
        if let Some(station) = station {
            self.open(app, station);
        }
        told
    }

    /// Takes the station out and waits until nobody uses it.
    fn close(&self) -> Result<(), Failure> {
        let taken = self
            .station
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some(mut station) = taken else {
            return Ok(());
        };
        let began = Instant::now();
        loop {
            station = match Arc::try_unwrap(station) {
                Ok(alone) => {
                    drop(alone);
                    return Ok(());
                }
                Err(shared) => shared,
            };
            if began.elapsed() > PATIENCE {
                self.put(station);
                return Err(Failure {
                    code: Code::Workspace,
                    message: "还有操作没有完成，请稍后再加密".to_owned(),
                    detail: String::new(),
                });
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn open(&self, app: &AppHandle, station: Station) {
        tracing::info!(version = env!("CARGO_PKG_VERSION"), "workspace opened");
        station.told_of_host(Host {
            web_view: tauri::webview_version().ok(),
            diary: app.path().app_log_dir().ok(),
        });
        if let Err(failure) = station.keep_watching().and_then(|()| station.keep_safe()) {
            tracing::error!(code = ?failure.code, "nothing is watched or kept");
        }
        self.put(Arc::new(station));
    }

    fn put(&self, station: Arc<Station>) {
        *self.station.write().unwrap_or_else(PoisonError::into_inner) = Some(station);
    }

    fn move_alone(&self) -> MutexGuard<'_, ()> {
        self.moving.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use zhaoshen_station::wire::KeyChanged;

    use super::*;

    #[test]
    fn a_note_goes_into_the_answers_that_have_room_for_it() {
        let noted = |answer: &str| noted(answer, "删不掉".to_owned());
        let shown = noted(r#"{"code":"S95C","note":""}"#).unwrap();
        let shown: RecoveryShown = serde_json::from_str(&shown).unwrap();
        assert_eq!(
            (shown.code.as_str(), shown.note.as_str()),
            ("S95C", "删不掉")
        );
        let changed = serde_json::to_string(&KeyChanged::default()).unwrap();
        let changed: KeyChanged = serde_json::from_str(&noted(&changed).unwrap()).unwrap();
        assert_eq!(changed.note, "删不掉");
        assert!(noted("{}").is_none());
    }

    #[test]
    fn the_code_of_a_sealed_workspace_is_told_whether_it_opens_again_or_not() {
        let code = || {
            Ok(RecoveryShown {
                code: "S95C".to_owned(),
                note: String::new(),
            })
        };
        let failed = |message: &str| Failure {
            code: Code::File,
            message: message.to_owned(),
            detail: String::new(),
        };
        let (station, told) = after_sealing(code(), Ok(1));
        assert_eq!((station, told.unwrap().code), (Some(1), "S95C".to_owned()));
        let (station, told) = after_sealing::<i32>(code(), Err(failed("打不开")));
        assert_eq!((station, told.unwrap().code), (None, "S95C".to_owned()));
        let (station, told) = after_sealing(Err(failed("磁盘已满")), Ok(1));
        assert_eq!(
            (station, told.unwrap_err().message),
            (Some(1), "磁盘已满".to_owned())
        );
        let (station, told) = after_sealing::<i32>(Err(failed("磁盘已满")), Err(failed("打不开")));
        assert_eq!(
            (station, told.unwrap_err().message),
            (None, "打不开".to_owned())
        );
    }
}
