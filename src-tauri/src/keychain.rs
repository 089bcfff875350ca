//! The system's keychain: keeps for this computer what opens the workspace without its passphrase.
//!
//! Windows: the credential manager; macOS: the keychain of the user; Linux: whatever answers as the Secret Service (GNOME
//! Keyring, `KWallet`). What is kept is worth nothing without the workspace's own file, see `store/src/seal/here.rs`. Asked
//! only where somebody ticked that it be; a system without one is told, and everything else works.

use std::sync::Arc;

use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error};
use zhaoshen_station::seal::HereSecret;
use zhaoshen_station::wire::{Code, Failure};

/// What the entry is found by, with the key's own number; shown by the system's list of passwords.
const SERVICE: &str = "照审台工作区";

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

fn entry(key_id: &str) -> Result<Entry, Error> {
    store()?.build(SERVICE, key_id, None)
}

/// Keeps `secret` for the workspace key of this number, in place of what was kept for it.
///
/// # Errors
/// When there is no keychain, or it does not let this program in.
pub(crate) fn keep(key_id: &str, secret: &HereSecret) -> Result<(), Failure> {
    entry(key_id)
        .and_then(|entry| entry.set_secret(secret.bytes()))
        .map_err(|error| refused("系统钥匙串没有记下口令，以后打开时请照旧输入", &error))
}

/// What is kept for the workspace key of this number.
///
/// # Errors
/// When there is no keychain, it does not let this program in, or nothing is kept.
pub(crate) fn kept(key_id: &str) -> Result<HereSecret, Failure> {
    let nothing = "这台电脑的系统钥匙串没能打开工作区，请输入工作区口令";
    let bytes = entry(key_id)
        .and_then(|entry| entry.get_secret())
        .map_err(|error| refused(nothing, &error))?;
    HereSecret::of(&bytes).ok_or_else(|| refused(nothing, &Error::NoEntry))
}

fn refused(message: &str, error: &Error) -> Failure {
    Failure {
        code: Code::Workspace,
        message: message.to_owned(),
        detail: error.to_string(),
    }
}
