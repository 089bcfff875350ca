//! A sealed workspace: nothing of it can be read on the disk without its key.
//!
//! One random 256-bit workspace key; from it, by HKDF-SHA-256, the key of the database (`SQLCipher`), the key of file
//! names and, for every file of the vault, a key of its own. The workspace key itself lies in the file [`KEY_FILE`],
//! wrapped once under the passphrase and once under the recovery code: see `key_file.rs`; where it was asked for, once more
//! for a computer: see `here.rs`.
//!
//! A sealed file of the vault is: one byte 1, a random nonce of 24 bytes, then the XChaCha20-Poly1305 ciphertext with
//! its tag. Kind and hash of the photo are both the information of its key and its associated data, so that a file
//! put in the place of another does not open. Its name is the HMAC-SHA-256 of the photo's hash: who has a photo cannot
//! tell from the names whether it is here.
//!
//! `Seal` is also that of a plain workspace: it then changes nothing.

mod change;
mod confirm;
pub(crate) mod convert;
mod fault;
pub(crate) mod foreign;
mod here;
pub(crate) mod key_file;
mod recovery;

use std::fmt;
use std::sync::Arc;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;
use zhaoshen_model::PhotoHash;

pub use self::fault::SealFault;
pub use self::here::HereSecret;
pub use self::key_file::{KEY_FILE, LEAST_PASSPHRASE, Unlock};
pub use self::recovery::RecoveryCode;
use crate::error::Result;
use crate::vault::DerivedKind;

/// 256 secret bits, overwritten when dropped.
pub(crate) type Secret = Zeroizing<[u8; 32]>;

/// First byte of a sealed file: how the rest is made.
const FILE_FORMAT: u8 = 1;
/// Bytes of a nonce.
const NONCE: usize = 24;
/// Bytes by which a sealed file is longer than what is in it: format, nonce, tag.
const OVERHEAD: usize = 1 + NONCE + 16;

/// Which of the files of one photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// The bytes as received.
    Original,
    /// Something made of them.
    Derived(DerivedKind),
}

/// How a workspace's bytes lie on the disk: as they are, or sealed. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Seal(Option<Arc<Keys>>);

struct Keys {
    database: Secret,
    names: Secret,
    files: Secret,
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_sealed() { "sealed" } else { "plain" })
    }
}

impl Seal {
    /// That of a plain workspace.
    pub(crate) fn plain() -> Self {
        Self(None)
    }

    /// That of the workspace with this key.
    pub(crate) fn of(key: &Secret) -> Result<Self> {
        Ok(Self(Some(Arc::new(Keys {
            database: derive(&key[..], b"zhaoshen database 1")?,
            names: derive(&key[..], b"zhaoshen file names 1")?,
            files: derive(&key[..], b"zhaoshen files 1")?,
        }))))
    }

    /// Whether there is a key.
    pub(crate) fn is_sealed(&self) -> bool {
        self.0.is_some()
    }

    /// What gives `SQLCipher` the key: the raw 256 bits, so that it derives none of its own from a passphrase. Must be
    /// the first statement of a connection. Its pages are those of its version 4 whatever a later one prefers; memory
    /// is not locked, since that costs every allocation and a core dump would still have the photos.
    pub(crate) fn database_key(&self) -> Option<Zeroizing<String>> {
        let key = self.attach_key()?;
        Some(Zeroizing::new(format!(
            "PRAGMA key = \"{}\"; PRAGMA cipher_compatibility = 4;",
            *key
        )))
    }

    /// The key as `ATTACH` takes it; see [`Seal::database_key`].
    pub(crate) fn attach_key(&self) -> Option<Zeroizing<String>> {
        let keys = self.0.as_ref()?;
        let digits = Zeroizing::new(hex::encode(&keys.database[..]));
        Some(Zeroizing::new(format!("x'{}'", *digits)))
    }

    /// What a photo's files are named by: its hash, or what only the key makes of it.
    pub(crate) fn name_of(&self, hash: PhotoHash) -> [u8; 32] {
        let mac = self
            .0
            .as_ref()
            .and_then(|keys| Hmac::<Sha256>::new_from_slice(&keys.names[..]).ok());
        match mac {
            // A key of any length is one; the first case is a plain workspace.
            None => hash.0,
            Some(mac) => mac.chain_update(hash.0).finalize().into_bytes().into(),
        }
    }

    /// Length of what is in a file of `length` bytes.
    pub(crate) fn length_within(&self, length: u64) -> u64 {
        match self.0 {
            None => length,
            Some(_) => length.saturating_sub(OVERHEAD as u64),
        }
    }

    /// What is written for `bytes`; `None` in a plain workspace, where they are written as they are.
    pub(crate) fn close(
        &self,
        kind: FileKind,
        hash: PhotoHash,
        bytes: &[u8],
    ) -> Result<Option<Vec<u8>>> {
        let Some(keys) = &self.0 else {
            return Ok(None);
        };
        let label = label(kind, hash);
        let key = derive(&keys.files[..], &label)?;
        let nonce: [u8; NONCE] = random()?;
        let sealed = encrypt(&key, &nonce, &label, bytes)?;
        Ok(Some([&[FILE_FORMAT], &nonce[..], &sealed].concat()))
    }

    /// What is in a file that holds `kept`; `None` when it is not what was written for this kind and photo. In a plain
    /// workspace the bytes themselves, which prove nothing.
    pub(crate) fn open(&self, kind: FileKind, hash: PhotoHash, kept: Vec<u8>) -> Option<Vec<u8>> {
        let Some(keys) = &self.0 else {
            return Some(kept);
        };
        let (format, rest) = kept.split_first()?;
        if *format != FILE_FORMAT {
            return None;
        }
        let (nonce, sealed) = rest.split_first_chunk::<NONCE>()?;
        let label = label(kind, hash);
        let key = derive(&keys.files[..], &label).ok()?;
        decrypt(&key, nonce, &label, sealed)
    }
}

/// Kind and photo, as one text of bytes that no other kind and photo have.
pub(crate) fn label(kind: FileKind, hash: PhotoHash) -> Vec<u8> {
    let (kind, recipe) = match kind {
        FileKind::Original => (0, 0),
        FileKind::Derived(DerivedKind::Preview) => (1, 0),
        FileKind::Derived(DerivedKind::Thumb) => (2, 0),
        FileKind::Derived(DerivedKind::Rendition { recipe }) => (3, recipe),
    };
    [
        &b"zhaoshen file 1"[..],
        &[kind],
        &hash.0,
        &u64::to_be_bytes(recipe),
    ]
    .concat()
}

/// A key for one purpose out of a key; the inputs are uniformly random already, so that no salt is needed.
fn derive(key: &[u8], purpose: &[u8]) -> Result<Secret> {
    let mut derived = Secret::default();
    Hkdf::<Sha256>::new(None, key)
        .expand(purpose, &mut derived[..])
        .map_err(|_| SealFault::Cipher)?;
    Ok(derived)
}

fn encrypt(key: &Secret, nonce: &[u8; NONCE], aad: &[u8], msg: &[u8]) -> Result<Vec<u8>> {
    let cipher = XChaCha20Poly1305::new((&**key).into());
    let sealed = cipher.encrypt(&XNonce::from(*nonce), Payload { msg, aad });
    Ok(sealed.map_err(|_| SealFault::Cipher)?)
}

fn decrypt(key: &Secret, nonce: &[u8; NONCE], aad: &[u8], msg: &[u8]) -> Option<Vec<u8>> {
    let cipher = XChaCha20Poly1305::new((&**key).into());
    let opened = cipher.decrypt(&XNonce::from(*nonce), Payload { msg, aad });
    opened.ok()
}

/// Random bytes of the system.
fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| SealFault::NoRandom)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;

    const KINDS: [FileKind; 5] = [
        FileKind::Original,
        FileKind::Derived(DerivedKind::Preview),
        FileKind::Derived(DerivedKind::Thumb),
        FileKind::Derived(DerivedKind::Rendition { recipe: 0 }),
        FileKind::Derived(DerivedKind::Rendition { recipe: 7 }),
    ];

    fn seal(key: u8) -> Seal {
        Seal::of(&Secret::new([key; 32])).unwrap()
    }

    #[test]
    fn a_file_opens_as_what_it_is_and_as_nothing_else() {
        let photo = PhotoHash([3; 32]);
        for kind in KINDS {
            let closed = seal(1).close(kind, photo, b"a face").unwrap().unwrap();
            assert_eq!(seal(1).length_within(closed.len() as u64), 6);
            let opened = seal(1).open(kind, photo, closed.clone());
            assert_eq!(opened.unwrap(), b"a face");
            assert!(seal(2).open(kind, photo, closed.clone()).is_none());
            let other = PhotoHash([4; 32]);
            assert!(seal(1).open(kind, other, closed.clone()).is_none());
            for other in KINDS.into_iter().filter(|other| *other != kind) {
                assert!(seal(1).open(other, photo, closed.clone()).is_none());
            }
        }
    }

    #[test]
    fn the_same_photo_is_never_the_same_file_and_its_name_needs_the_key() {
        let photo = PhotoHash([3; 32]);
        let close = |seal: Seal| seal.close(FileKind::Original, photo, b"a face").unwrap();
        assert_ne!(close(seal(1)), close(seal(1)));
        assert_eq!(seal(1).name_of(photo), seal(1).name_of(photo));
        assert_ne!(seal(1).name_of(photo), seal(2).name_of(photo));
        assert_ne!(seal(1).name_of(photo), photo.0);
        assert_eq!(Seal::plain().name_of(photo), photo.0);
    }

    #[test]
    fn what_is_shown_of_a_seal_has_no_key() {
        assert_eq!(format!("{:?} {:?}", seal(1), Seal::plain()), "sealed plain");
    }

    proptest! {
        #[test]
        fn any_change_of_a_file_is_noticed(
            bytes in prop::collection::vec(any::<u8>(), 0..200),
            at in any::<prop::sample::Index>(),
            bit in 0_u8..8,
        ) {
            let photo = PhotoHash([3; 32]);
            let closed = seal(1).close(FileKind::Original, photo, &bytes).unwrap().unwrap();
            prop_assert_eq!(seal(1).open(FileKind::Original, photo, closed.clone()), Some(bytes));
            let at = at.index(closed.len());
            prop_assert_eq!(seal(1).open(FileKind::Original, photo, closed[..at].to_vec()), None);
            let mut changed = closed;
            changed[at] ^= 1 << bit;
            prop_assert_eq!(seal(1).open(FileKind::Original, photo, changed), None);
        }
    }
}
