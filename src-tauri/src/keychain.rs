//! The system's keychain: keeps for this computer what opens the workspace without its passphrase.
//!
//! Windows: the credential manager; macOS: the keychain of the user; Linux: whatever answers as the Secret Service (GNOME
//! Keyring, `KWallet`). What is kept is worth nothing without the workspace's own file, see `store/src/seal/here.rs`. Asked
//! only where somebody ticked that it be; a system without one is told, and everything else works.
//!
//! A keychain that is locked asks its person, and waits for an answer as long as it likes; nobody here waits longer than
//! [`PATIENCE`] says.

use std::collections::HashMap;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error};
use zhaoshen_station::seal::HereSecret;
use zhaoshen_station::wire::{Code, Failure};

/// What the entry is found by, with the key's own number; shown by the system's list of passwords.
const SERVICE: &str = "照审台工作区";
/// How long the keychain may take, its person's answer included.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long it may take to forget, where a new recovery code waits to be shown.
const PATIENCE_TO_FORGET: Duration = Duration::from_secs(5);

#[cfg(target_os = "linux")]
fn store() -> Result<Arc<impl CredentialStoreApi>, Error> {
    dbus_secret_service_keyring_store::Store::new()
}

#[cfg(target_os = "windows")]
fn store() -> Result<Arc<impl CredentialStoreApi>, Error> {
    windows_native_keyring_store::Store::new()
}

#[cfg(target_os = "macos")]
fn store() -> Result<Arc<impl CredentialStoreApi>, Error> {
    apple_native_keyring_store::keychain::Store::new()
}

/// How the entry is kept: on Windows on this computer alone, where it would else go along with a profile of the domain.
fn modifiers() -> Option<HashMap<&'static str, &'static str>> {
    cfg!(target_os = "windows").then(|| HashMap::from([("persistence", "local")]))
}

fn entry(key_id: &str) -> Result<Entry, Error> {
    store()?.build(SERVICE, key_id, modifiers().as_ref())
}

/// Keeps `secret` for the workspace key of this number, in place of what was kept for it.
///
/// # Errors
/// When there is no keychain, or it does not let this program in.
pub(crate) fn keep(key_id: &str, secret: &HereSecret) -> Result<(), Failure> {
    let key_id = key_id.to_owned();
    // A copy of its own, for a thread that may be left behind.
    let kept = HereSecret::of(secret.bytes()).ok_or(Error::NoEntry);
    kept.and_then(|secret| within(PATIENCE, move || entry(&key_id)?.set_secret(secret.bytes())))
        .map_err(|error| refused("系统钥匙串没有记下口令，以后打开时请照旧输入", &error))
}

/// What is kept for the workspace key of this number.
///
/// # Errors
/// When there is no keychain, it does not let this program in, or nothing is kept.
pub(crate) fn kept(key_id: &str) -> Result<HereSecret, Failure> {
    let key_id = key_id.to_owned();
    let asked = within(PATIENCE, move || {
        let bytes = entry(&key_id)?.get_secret()?;
        HereSecret::of(&bytes).ok_or(Error::NoEntry)
    });
    asked.map_err(|error| {
        refused(
            "这台电脑的系统钥匙串没能打开工作区，请输入工作区口令",
            &error,
        )
    })
}

/// Keeps nothing for the workspace key of this number any more; nothing kept is no error.
///
/// # Errors
/// When the keychain does not let this program in. What it keeps opens nothing all the same.
pub(crate) fn forget(key_id: &str) -> Result<(), Failure> {
    let key_id = key_id.to_owned();
    let forgotten = within(PATIENCE_TO_FORGET, move || {
        entry(&key_id)?.delete_credential()
    });
    match forgotten {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(refused(
            "记住的口令已经失效，但系统钥匙串里的那一条没有删掉；可以在系统的密码管理里删除“照审台工作区”",
            &error,
        )),
    }
}

/// What `ask` gives, or an error where that takes longer than `patience`; the asking then goes on, and is heard by nobody.
fn within<T: Send + 'static>(
    patience: Duration,
    ask: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let (tell, told) = mpsc::channel();
    thread::spawn(move || tell.send(ask()));
    told.recv_timeout(patience)
        .unwrap_or_else(|_| Err(Error::NoStorageAccess("no answer in time".into())))
}

fn refused(message: &str, error: &Error) -> Failure {
    Failure {
        code: Code::Workspace,
        message: message.to_owned(),
        detail: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use std::time::Instant;

    use super::*;

    #[test]
    fn a_keychain_that_does_not_answer_is_waited_for_no_longer_than_that() {
        assert_eq!(within(PATIENCE, || Ok(7)).unwrap(), 7);
        assert!(matches!(
            within::<()>(PATIENCE, || Err(Error::NoEntry)),
            Err(Error::NoEntry)
        ));
        let (hold, held) = mpsc::channel::<()>();
        let began = Instant::now();
        let late = within(Duration::from_millis(50), move || {
            let _ = held.recv();
            Ok(())
        });
        assert!(matches!(late, Err(Error::NoStorageAccess(_))));
        assert!(began.elapsed() < PATIENCE);
        drop(hold);
    }

    #[test]
    fn on_windows_it_stays_on_this_computer() {
        let kept = modifiers().and_then(|kept| kept.get("persistence").copied());
        assert_eq!(kept, cfg!(windows).then_some("local"));
    }
}
