//! A sealed workspace as people use it: made, unlocked, its passphrase changed; a plain one sealed.
//!
//! What sealing is: `zhaoshen_store::seal`. A passphrase opens the workspace for the office; who sits there then is asked
//! for a PIN as ever.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use zhaoshen_store::{BackupWhy, LEAST_PASSPHRASE, Store, Unlock, WorkspaceKind};

pub use zhaoshen_store::HereSecret;

use crate::app::{count, now};
use crate::failure::{refused, store, workspace};
use crate::wire::{
    DoorKey, DoorState, DoorView, Empty, Failure, KeyChanged, PassphraseChange, PassphraseGiven,
    RecoveryGiven, RecoveryShown, SealProgress,
};
use crate::{Seat, Station, zh};

/// How the door of the workspace in `folder` stands before it is opened. A plain one stands open.
///
/// # Errors
/// When sealing it was begun and cannot be ended.
pub fn door(folder: &Path) -> Result<DoorView, Failure> {
    let kind = Store::kind_of(folder).map_err(|error| workspace(&error))?;
    let state = match kind {
        WorkspaceKind::Nothing => DoorState::New,
        WorkspaceKind::Plain => DoorState::Open,
        WorkspaceKind::Sealed => DoorState::Locked,
    };
    Ok(door_view(state, folder))
}

/// What a host says of its door.
pub fn door_view(state: DoorState, folder: &Path) -> DoorView {
    DoorView {
        state,
        folder: folder.display().to_string(),
        least: least(),
        kept: Store::is_kept_here(folder),
        problem: String::new(),
    }
}

/// What tells the key of the sealed workspace in `folder` from others: by it a keychain finds what it keeps.
///
/// # Errors
/// When there is no sealed workspace, or its key file cannot be read.
pub fn key_id(folder: &Path) -> Result<String, Failure> {
    Store::key_id(folder).map_err(|error| workspace(&error))
}

/// New random bits for a keychain.
///
/// # Errors
/// When the system has none.
pub fn here_secret() -> Result<HereSecret, Failure> {
    HereSecret::draw().map_err(|error| store(&error))
}

/// Fewest characters of a passphrase.
pub fn least() -> u32 {
    count(LEAST_PASSPHRASE)
}

/// Seals the plain workspace in `folder`, which nobody may have open, for `by`. Once it is sealed its code is given at once,
/// whatever else comes of it, with a note of what is in the way: show it before anything that takes long. The backups made
/// before were plain and are gone; a program that stays open makes one at its next opening, another calls [`back_up`].
///
/// # Errors
/// When the passphrase is too short, when something in the folder is in the way, or the disk refuses: the workspace is then
/// as it was.
pub fn seal(
    folder: &Path,
    passphrase: &str,
    by: &str,
    mut told: impl FnMut(SealProgress),
) -> Result<RecoveryShown, Failure> {
    let never = AtomicBool::new(false);
    let code = Store::seal(folder, passphrase, (by, now()), &never, |done, of| {
        told(SealProgress {
            done: count(done),
            of: count(of),
        });
    })
    .map_err(|error| store(&error))?;
    // It is sealed whatever comes of this; a backup that failed is made, or told, when the workspace is next open.
    let sealed = Store::unlock(folder, Unlock::Passphrase(passphrase));
    let note = match (&sealed, Store::is_being_sealed(folder)) {
        (Err(error), true) => zh::sealed_and_not_moved(&store(error).message),
        (Ok(_), true) => zh::SEALED_AND_NOT_REMOVED.to_owned(),
        (_, false) => String::new(),
    };
    Ok(RecoveryShown {
        note,
        ..shown(&code)
    })
}

/// Makes the first backup of the workspace in `folder`, which was sealed just now and whose code was printed. One that failed
/// is made, or told, when the workspace is next open.
pub fn back_up(folder: &Path, passphrase: &str, code: &RecoveryShown) {
    let never = AtomicBool::new(false);
    let made = Store::unlock(folder, Unlock::Passphrase(passphrase)).and_then(|store| {
        let confirmed = store.confirm_code(&code.code, (zh::BY_PASSPHRASE, now()));
        let made = store.back_up(BackupWhy::Sealed, now(), &never, |_, _| {});
        made.and(confirmed)
    });
    if made.is_err() {
        tracing::warn!("no backup could be made of the sealed workspace");
    }
}

impl Station {
    /// Opens the sealed workspace in `folder`. With a recovery code a passphrase is set, too.
    ///
    /// # Errors
    /// [`crate::wire::Code::Workspace`] for a wrong passphrase or code, and as [`Station::open`].
    pub fn unlock(folder: &Path, key: &DoorKey) -> Result<Self, Failure> {
        let with = with_key(key);
        if let Unlock::Passphrase(_) = with {
            return Self::of_store(Store::unlock(folder, with));
        }
        if key.next.trim().chars().count() < LEAST_PASSPHRASE {
            return Err(refused(zh::passphrase_short(LEAST_PASSPHRASE)));
        }
        let opened = Store::unlock(folder, with).map_err(|error| workspace(&error))?;
        opened
            .change_passphrase(with, &key.next, (zh::BY_RECOVERY, now()))
            .map_err(|error| store(&error))?;
        // The door is open and the passphrase changed: that it is still asked for the code would be no reason to shut it.
        let confirmed = opened.confirm_code(&key.recovery, (zh::BY_RECOVERY, now()));
        if let Err(error) = confirmed {
            tracing::warn!(%error, "the recovery code is not noted as confirmed");
        }
        Self::of_store(Ok(opened))
    }

    /// Opens the sealed workspace in `folder` with what this computer's keychain kept.
    ///
    /// # Errors
    /// [`crate::wire::Code::Workspace`] when it opens nothing, and as [`Station::open`].
    pub fn unlock_here(folder: &Path, secret: &HereSecret) -> Result<Self, Failure> {
        Self::of_store(Store::unlock_here(folder, secret))
    }

    /// Keeps the key of this sealed workspace for the computer whose keychain has `secret`; `passphrase` opened it just now.
    ///
    /// # Errors
    /// For another passphrase, and when the disk refuses.
    pub fn keep_here(&self, passphrase: &str, secret: &HereSecret) -> Result<(), Failure> {
        let with = Unlock::Passphrase(passphrase);
        let by = (zh::BY_PASSPHRASE, now());
        let kept = self.seat.store().keep_here(with, secret, by);
        kept.map_err(|error| store(&error))
    }

    /// Makes a sealed workspace in `folder` and opens it.
    ///
    /// # Errors
    /// Refused for a passphrase that is too short; as [`Station::open`].
    pub fn create_sealed(
        folder: &Path,
        given: &PassphraseGiven,
    ) -> Result<(Self, RecoveryShown), Failure> {
        let made = Store::create_sealed(folder, &given.passphrase);
        let (opened, code) = made.map_err(|error| workspace(&error))?;
        Ok((Self::of_store(Ok(opened))?, shown(&code)))
    }

    fn of_store(opened: zhaoshen_store::Result<Store>) -> Result<Self, Failure> {
        let opened = opened.map_err(|error| workspace(&error))?;
        Seat::over(opened).map(|seat| Self { seat })
    }
}

impl Seat {
    /// Whether the workspace may be closed to be sealed now, and by whom; sealing itself is the host's, which closes it.
    ///
    /// # Errors
    /// Refused for one that is sealed already, and while a job runs.
    pub fn seal_ready(&self, _: Empty) -> Result<Empty, Failure> {
        if self.store().is_sealed() {
            return Err(refused(zh::SEALED_ALREADY));
        }
        self.reviewer()?;
        match self.inner.jobs.is_busy() {
            false => Ok(Empty {}),
            true => Err(refused(zh::SEAL_WHILE_JOB)),
        }
    }

    /// Sets another passphrase of the workspace.
    ///
    /// # Errors
    /// Refused for a plain workspace, for a wrong old passphrase and for one that is too short.
    pub fn seal_passphrase(&self, args: PassphraseChange) -> Result<KeyChanged, Failure> {
        let by = self.reviewer()?;
        let with = Unlock::Passphrase(&args.old);
        self.store()
            .change_passphrase(with, &args.new, (&by, now()))
            .map_err(|error| store(&error))?;
        Ok(KeyChanged::default())
    }

    /// Keeps the key for no computer any more; what a keychain has opens nothing from now on.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn seal_forget(&self, _: Empty) -> Result<KeyChanged, Failure> {
        let by = self.reviewer()?;
        let forgotten = self.store().forget_here((&by, now()));
        forgotten.map_err(|error| store(&error))?;
        Ok(KeyChanged::default())
    }

    /// Makes another recovery code; the one so far opens nothing any more.
    ///
    /// # Errors
    /// As [`Seat::seal_passphrase`].
    pub fn seal_code(&self, args: PassphraseGiven) -> Result<RecoveryShown, Failure> {
        let by = self.reviewer()?;
        let with = Unlock::Passphrase(&args.passphrase);
        let code = self.store().renew_recovery_code(with, (&by, now()));
        code.map(|code| shown(&code)).map_err(|error| store(&error))
    }

    /// Takes note that the recovery code was copied out: it is the one that opens this workspace. Whoever has it may say
    /// so, since it opens more than any role.
    ///
    /// # Errors
    /// For another code, or one that was mistyped.
    pub fn seal_code_confirm(&self, args: RecoveryGiven) -> Result<KeyChanged, Failure> {
        let by = self.seated();
        let by = (by.as_deref().unwrap_or(zh::BY_RECOVERY), now());
        let confirmed = self.store().confirm_code(&args.code, by);
        confirmed.map_err(|error| store(&error))?;
        Ok(KeyChanged::default())
    }
}

/// What was typed at the door, as the store takes it: the recovery code where there is one.
pub(crate) fn with_key(key: &DoorKey) -> Unlock<'_> {
    match key.recovery.trim() {
        "" => Unlock::Passphrase(&key.passphrase),
        code => Unlock::Recovery(code),
    }
}

fn shown(code: &zhaoshen_store::RecoveryCode) -> RecoveryShown {
    RecoveryShown {
        code: code.to_text().to_string(),
        note: String::new(),
    }
}
