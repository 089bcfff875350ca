//! The workspace key wrapped once more, for one computer: with what that computer's keychain keeps, the workspace opens
//! without its passphrase.
//!
//! The file `本机钥匙` is JSON: the format, the `key_id` of the key file, and the key, wrapped as `key_file.rs` says under
//! 256 random bits, with the name `here`; where the key file has a `turn`, that follows after another line feed. Those bits
//! are the host's to keep, in the system's keychain; this module knows no keychain. Neither is worth anything without the
//! other: who carries the workspace away has no keychain of ours. Whoever changes passphrase or code, or takes it back,
//! removes the file and draws another turn, so that an older copy of the file opens nothing. It goes into no backup and no
//! copy.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::key_file::{KeyFile, LONGEST, Wrapped, label, of_sealed, replace, unwrap, wrap};
use super::{SealFault, Secret, Unlock, random};
use crate::act::Act;
use crate::error::{Error, Result};
use crate::store::Store;
use crate::table::log::{self, Entry};
use crate::vault::sync_all_in;

/// Name of the file.
const HERE_FILE: &str = "本机钥匙";
const FORMAT: &str = "zhaoshen-here-1";
/// Name of the wrapping, in its associated data.
const HERE: &str = "here";

/// What a computer's keychain keeps: 256 random bits, overwritten when dropped.
pub struct HereSecret(Secret);

impl HereSecret {
    /// New ones.
    ///
    /// # Errors
    /// [`SealFault::NoRandom`].
    pub fn draw() -> Result<Self> {
        Ok(Self(Secret::new(random()?)))
    }

    /// Those that a keychain gave back; `None` where they are not 32 bytes.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let bytes: [u8; 32] = bytes.try_into().ok()?;
        Some(Self(Secret::new(bytes)))
    }

    /// For the keychain.
    pub fn bytes(&self) -> &[u8] {
        &self.0[..]
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    format: String,
    key_id: String,
    key: Wrapped,
}

impl Store {
    /// Opens the sealed workspace in `dir` with what this computer's keychain kept; otherwise as [`Store::unlock`].
    ///
    /// # Errors
    /// [`SealFault::NotKeptHere`] when it is not kept here, or kept with something else; as [`Store::unlock`].
    pub fn unlock_here(dir: &Path, secret: &HereSecret) -> Result<Self> {
        Self::unlock_by(dir, |file| {
            let key = read(dir).filter(|kept| kept.key_id == file.key_id());
            let key = key.and_then(|kept| unwrap(&secret.0, &bound_to(file), &kept.key));
            Ok(key.ok_or(SealFault::NotKeptHere)?)
        })
    }

    /// Whether the key of the workspace in `dir` is kept for a computer; not whether for this one.
    pub fn is_kept_here(dir: &Path) -> bool {
        dir.join(HERE_FILE).is_file()
    }

    /// What tells the key of the sealed workspace in `dir` from others; says nothing of it.
    ///
    /// # Errors
    /// [`SealFault::NotSealed`]; of the key file as [`Store::unlock`].
    pub fn key_id(dir: &Path) -> Result<String> {
        Ok(of_sealed(dir)?.key_id().to_owned())
    }

    /// Keeps the key of this sealed workspace for the computer whose keychain has `secret`, in place of any it was kept for.
    ///
    /// # Errors
    /// [`SealFault::NotSealed`]; of `with` as [`Store::unlock`]; when it cannot be written.
    pub fn keep_here(
        &self,
        with: Unlock<'_>,
        secret: &HereSecret,
        by: (&str, Timestamp),
    ) -> Result<()> {
        let file = of_sealed(self.dir())?;
        let key = file.unlock(with)?;
        let kept = Kept {
            format: FORMAT.to_owned(),
            key: wrap(&secret.0, &bound_to(&file), &key)?,
            key_id: file.key_id().to_owned(),
        };
        self.write(|transaction| {
            let entry = Entry::of_workspace(Act::KeyKeptHere, by, None, None);
            log::append(transaction, &entry)?;
            write(self.dir(), &kept)
        })
    }

    /// Keeps the key for no computer any more; whether it was kept.
    ///
    /// # Errors
    /// When the file cannot be removed: it is then still kept.
    pub fn forget_here(&self, by: (&str, Timestamp)) -> Result<bool> {
        if !Self::is_kept_here(self.dir()) {
            return Ok(false);
        }
        self.replace_key(Act::KeyForgottenHere, by, |file| Ok((file.clone(), true)))
    }
}

/// The associated data of the wrapping beside this key file.
fn bound_to(file: &KeyFile) -> String {
    let bound = label(HERE, file.key_id());
    match file.turn() {
        Some(turn) => format!("{bound}\n{turn}"),
        None => bound,
    }
}

/// Removes the file where there is one.
pub(super) fn remove(dir: &Path) -> Result<()> {
    let path = dir.join(HERE_FILE);
    match fs::remove_file(&path) {
        Ok(()) => sync_all_in(dir),
        Err(source) if source.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(Error::io(&path, source)),
    }
}

/// What the file holds; `None` where there is none that this program wrote: the passphrase opens the workspace all the same.
fn read(dir: &Path) -> Option<Kept> {
    let mut bytes = Vec::new();
    let file = File::open(dir.join(HERE_FILE)).ok()?;
    file.take(LONGEST).read_to_end(&mut bytes).ok()?;
    let kept: Kept = serde_json::from_slice(&bytes).ok()?;
    (kept.format == FORMAT).then_some(kept)
}

fn write(dir: &Path, kept: &Kept) -> Result<()> {
    let json = serde_json::to_vec_pretty(kept).map_err(|source| Error::Unstorable {
        what: "本机钥匙",
        source,
    })?;
    replace(dir, HERE_FILE, &json)
}
