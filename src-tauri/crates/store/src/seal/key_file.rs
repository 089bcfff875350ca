//! The file `钥匙`: the workspace key, wrapped under a passphrase and under a recovery code.
//!
//! JSON. `sum` is the SHA-256, hexadecimal, of `body` written without spaces and its members in the
//! order of [`Body`]: it tells a damaged file from a wrong passphrase. `turn`, which a file has from its first change on,
//! is random and drawn anew by each: what was kept for a computer before opens nothing after it (`here.rs`). It lies
//! beside `body` so that programs from before it read the file. Byte strings are hexadecimal. Each wrapping is
//! XChaCha20-Poly1305 of the 32 bytes of the key, with its name (`passphrase`, `recovery`), a line feed and `key_id` as
//! associated data. The passphrase's wrapping key is Argon2id of its UTF-8; the code's is HKDF-SHA-256 of its 20 random
//! bytes, with the text `zhaoshen recovery 1`: a code of 160 random bits needs no slow hash.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::fault::SealFault;
use super::recovery::RecoveryCode;
use super::{NONCE, Secret, decrypt, derive, encrypt, random};
use crate::error::{Error, Result};
use crate::private::new_file;
use crate::vault::sync_all_in;

/// Name of the key file, in the workspace and in each backup of it.
pub const KEY_FILE: &str = "钥匙";
/// Fewest characters of a passphrase.
pub const LEAST_PASSPHRASE: usize = 10;

/// The format this program writes, and the only one it knows.
const FORMAT: &str = "zhaoshen-key-1";
/// Names of the two wrappings, in their associated data.
const PASSPHRASE: &str = "passphrase";
const RECOVERY: &str = "recovery";
/// Argon2id of new passphrases: 64 MiB, three passes, one lane (RFC 9106, second recommended setting, in one lane).
const COST: (u32, u32) = (64 << 10, 3);
/// Most bytes that are read of a key file; one has less than a thousand.
pub(crate) const LONGEST: u64 = 1 << 16;
/// Most memory, KiB, and passes that a key file may ask for.
const MOST: (u32, u32) = (1 << 20, 64);

/// What a workspace is opened with.
#[derive(Clone, Copy)]
pub enum Unlock<'a> {
    /// The passphrase; spaces at its ends do not count.
    Passphrase(&'a str),
    /// The recovery code as typed.
    Recovery(&'a str),
}

/// A key file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyFile {
    body: Body,
    turn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Whole {
    body: Body,
    sum: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    turn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    format: String,
    /// Tells keys apart and says nothing of them.
    key_id: String,
    memory_kib: u32,
    passes: u32,
    salt: String,
    passphrase: Wrapped,
    recovery: Wrapped,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wrapped {
    nonce: String,
    sealed: String,
}

impl KeyFile {
    /// Draws a workspace key and wraps it.
    ///
    /// # Errors
    /// [`SealFault::PassphraseShort`], [`SealFault::NoRandom`].
    pub(crate) fn draw(passphrase: &str) -> Result<(Self, Secret, RecoveryCode)> {
        let key = Secret::new(random()?);
        let code = RecoveryCode::draw()?;
        let key_id = hex::encode(&derive(&key[..], b"zhaoshen key id 1")?[..8]);
        let (salt, wrapped) = wrap_under(passphrase, &key_id, &key)?;
        let body = Body {
            format: FORMAT.to_owned(),
            memory_kib: COST.0,
            passes: COST.1,
            salt,
            passphrase: wrapped,
            recovery: wrap(&of_code(&code)?, &label(RECOVERY, &key_id), &key)?,
            key_id,
        };
        Ok((Self { body, turn: None }, key, code))
    }

    /// Tells this key from others, and says nothing of it.
    pub(crate) fn key_id(&self) -> &str {
        &self.body.key_id
    }

    /// What the wrapping for a computer is bound to: another after each change; `None` before the first.
    pub(super) fn turn(&self) -> Option<&str> {
        self.turn.as_deref()
    }

    /// The same, with another [`turn`](Self::turn).
    ///
    /// # Errors
    /// [`SealFault::NoRandom`].
    pub(super) fn turned(self) -> Result<Self> {
        let turn: [u8; 16] = random()?;
        Ok(Self {
            body: self.body,
            turn: Some(hex::encode(turn)),
        })
    }

    /// The same key under another passphrase; the recovery code stays.
    ///
    /// # Errors
    /// As [`KeyFile::unlock`] with what it was opened with so far; [`SealFault::PassphraseShort`].
    pub(crate) fn with_passphrase(&self, with: Unlock<'_>, passphrase: &str) -> Result<Self> {
        let key = self.unlock(with)?;
        let mut file = self.clone();
        let body = &mut file.body;
        (body.memory_kib, body.passes) = COST;
        (body.salt, body.passphrase) = wrap_under(passphrase, &body.key_id, &key)?;
        Ok(file)
    }

    /// The same key under another recovery code; the one before it opens nothing any more, the passphrase stays.
    ///
    /// # Errors
    /// As [`KeyFile::unlock`].
    pub(crate) fn with_new_code(&self, with: Unlock<'_>) -> Result<(Self, RecoveryCode)> {
        let key = self.unlock(with)?;
        let code = RecoveryCode::draw()?;
        let mut file = self.clone();
        let under = of_code(&code)?;
        file.body.recovery = wrap(&under, &label(RECOVERY, self.key_id()), &key)?;
        Ok((file, code))
    }

    /// The workspace key. A recovery code that is typed where a passphrase is asked for opens it as well.
    ///
    /// # Errors
    /// [`SealFault::WrongPassphrase`], [`SealFault::RecoveryMistyped`], [`SealFault::WrongRecovery`].
    pub(crate) fn unlock(&self, with: Unlock<'_>) -> Result<Secret> {
        let body = &self.body;
        match with {
            Unlock::Passphrase(passphrase) => {
                let salt = hex::decode(&body.salt).map_err(|_| SealFault::Cipher)?;
                let under = stretch(passphrase.trim(), &salt, (body.memory_kib, body.passes))?;
                let key = unwrap(&under, &label(PASSPHRASE, &body.key_id), &body.passphrase);
                match key {
                    Some(key) => Ok(key),
                    None if RecoveryCode::is_one(passphrase) => {
                        self.unlock(Unlock::Recovery(passphrase))
                    }
                    None => Err(SealFault::WrongPassphrase.into()),
                }
            }
            Unlock::Recovery(typed) => {
                let under = of_code(&RecoveryCode::typed(typed)?)?;
                let key = unwrap(&under, &label(RECOVERY, &body.key_id), &body.recovery);
                Ok(key.ok_or(SealFault::WrongRecovery)?)
            }
        }
    }

    /// The key file of the workspace or backup `dir`; `None` when there is none.
    ///
    /// # Errors
    /// [`SealFault::KeyFileDamaged`], [`SealFault::KeyFileNewer`], [`Error::Io`].
    pub(crate) fn read(dir: &Path) -> Result<Option<Self>> {
        let path = dir.join(KEY_FILE);
        let read = File::open(&path).and_then(|file| {
            let mut bytes = Vec::new();
            file.take(LONGEST).read_to_end(&mut bytes).map(|_| bytes)
        });
        let bytes = match read {
            Ok(bytes) => bytes,
            Err(source) if source.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(Error::io(&path, source)),
        };
        let named: Option<serde_json::Value> = serde_json::from_slice(&bytes).ok();
        let format = named
            .as_ref()
            .and_then(|json| json["body"]["format"].as_str());
        if format.is_some_and(|format| format.starts_with("zhaoshen-key-") && format != FORMAT) {
            return Err(SealFault::KeyFileNewer { path }.into());
        }
        match Self::parse(&bytes) {
            Some(file) => Ok(Some(file)),
            None => Err(SealFault::KeyFileDamaged { path }.into()),
        }
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let Whole { body, sum, turn } = serde_json::from_slice(bytes).ok()?;
        let within = (8 * 1024..=MOST.0).contains(&body.memory_kib)
            && (1..=MOST.1).contains(&body.passes)
            && body.format == FORMAT;
        (within && sum_of(&body).ok()? == sum).then_some(Self { body, turn })
    }

    /// Writes it into `dir`, in place of one that is there; durable on return, and never half there.
    ///
    /// # Errors
    /// [`Error::DiskFull`], [`Error::ReadOnly`], [`Error::Io`].
    pub(crate) fn write(&self, dir: &Path) -> Result<()> {
        let whole = Whole {
            sum: sum_of(&self.body)?,
            body: self.body.clone(),
            turn: self.turn.clone(),
        };
        let json = serde_json::to_vec_pretty(&whole).map_err(unstorable)?;
        replace(dir, KEY_FILE, &json)
    }
}

/// Writes the file `name` of `dir`, in place of one that is there; durable on return, and never half there.
pub(crate) fn replace(dir: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = dir.join(name);
    let aside = dir.join(format!("{name}.part"));
    new_file()
        .create(true)
        .truncate(true)
        .open(&aside)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .map_err(|source| Error::io(&aside, source))?;
    fs::rename(&aside, &path).map_err(|source| Error::io(&path, source))?;
    sync_all_in(dir)
}

/// The key file of the workspace in `dir`, which is sealed.
///
/// # Errors
/// [`SealFault::NotSealed`]; as [`KeyFile::read`].
pub(super) fn of_sealed(dir: &Path) -> Result<KeyFile> {
    let missing = || SealFault::NotSealed {
        path: dir.to_owned(),
    };
    Ok(KeyFile::read(dir)?.ok_or_else(missing)?)
}

fn unstorable(source: serde_json::Error) -> Error {
    Error::Unstorable {
        what: "钥匙文件",
        source,
    }
}

fn sum_of(body: &Body) -> Result<String> {
    let json = serde_json::to_vec(body).map_err(unstorable)?;
    Ok(hex::encode(Sha256::digest(json)))
}

pub(super) fn label(name: &str, key_id: &str) -> String {
    format!("{name}\n{key_id}")
}

/// The wrapping key of a passphrase; `cost` is memory in KiB and passes.
fn stretch(passphrase: &str, salt: &[u8], cost: (u32, u32)) -> Result<Secret> {
    let params = Params::new(cost.0, cost.1, 1, Some(32)).map_err(|_| SealFault::Cipher)?;
    let mut key = Secret::default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, &mut key[..])
        .map_err(|_| SealFault::Cipher)?;
    Ok(key)
}

/// The key wrapped under a passphrase as [`COST`] says, after the salt in hexadecimal.
fn wrap_under(passphrase: &str, key_id: &str, key: &Secret) -> Result<(String, Wrapped)> {
    let passphrase = passphrase.trim();
    if passphrase.chars().count() < LEAST_PASSPHRASE {
        return Err(SealFault::PassphraseShort.into());
    }
    let salt: [u8; 16] = random()?;
    let under = stretch(passphrase, &salt, COST)?;
    let wrapped = wrap(&under, &label(PASSPHRASE, key_id), key)?;
    Ok((hex::encode(salt), wrapped))
}

fn of_code(code: &RecoveryCode) -> Result<Secret> {
    derive(code.bytes(), b"zhaoshen recovery 1")
}

pub(super) fn wrap(under: &Secret, label: &str, key: &Secret) -> Result<Wrapped> {
    let nonce: [u8; NONCE] = random()?;
    Ok(Wrapped {
        nonce: hex::encode(nonce),
        sealed: hex::encode(encrypt(under, &nonce, label.as_bytes(), &key[..])?),
    })
}

pub(super) fn unwrap(under: &Secret, label: &str, wrapped: &Wrapped) -> Option<Secret> {
    let nonce: [u8; NONCE] = hex::decode(&wrapped.nonce).ok()?.try_into().ok()?;
    let sealed = hex::decode(&wrapped.sealed).ok()?;
    let key = Zeroizing::new(decrypt(under, &nonce, label.as_bytes(), &sealed)?);
    let mut secret = Secret::default();
    if key.len() != secret.len() {
        return None;
    }
    secret.copy_from_slice(&key);
    Some(secret)
}
