//! Sealing a workspace that was plain: all of it is written anew beside what is there, then takes its place.
//!
//! ```text
//! 加密中/钥匙            the key file
//! 加密中/zhaoshen.db     the database, encrypted
//! 加密中/photos/ab/…     the originals, encrypted
//! 加密中/ready           all of the above is whole and on the disk
//! 加密中/old/…           what was in the place of it, on its way out
//! ```
//!
//! Until `ready` is there the workspace is the plain one, and the next opening removes the folder. From then on it is
//! the sealed one: the next opening goes on with the moves, each of which is one rename, and removes what was plain.
//! Backups that were plain go with it, or all would still be readable in them.
//!
//! Not here: overwriting what was plain. On solid state disks nobody can; what the disk still holds of deleted files is
//! for the system's own encryption.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::json;
use zhaoshen_model::PhotoHash;

use super::key_file::{KEY_FILE, KeyFile};
use super::{FileKind, RecoveryCode, Seal, SealFault, confirm, foreign};
use crate::act::Act;
use crate::backup::BACKUP_FOLDER;
use crate::error::{Error, Result};
use crate::lock::WorkspaceLock;
use crate::private::{self, make_database, make_folder};
use crate::store::{DATABASE_FILE, Store, check, connect};
use crate::table::log::{self, Entry};
use crate::vault::{PHOTOS, names_in, remove_file, shard_and_rest, sync_all_in};

/// Name of the folder in which the sealed workspace is made.
const ASIDE: &str = "加密中";
/// Name of the file that says that it is made.
const READY: &str = "ready";

impl Store {
    /// Seals the plain workspace in `dir`, which nobody may have open; `by` asks for it. `told` hears how many originals of
    /// how many are done. Backups made so far are removed, since they are plain: make one at once. What was made from the
    /// originals is made again when it is needed.
    ///
    /// Killed at any instant it leaves a workspace that opens, plain or sealed, with everything in it. Where it is sealed and
    /// something of it cannot be moved into its place, the next opening goes on with that, and fails as long as it cannot:
    /// [`Store::is_being_sealed`] until then.
    ///
    /// # Errors
    /// As [`Store::open`]; [`SealFault::PassphraseShort`]; [`SealFault::Foreign`] for a file that is not the program's where
    /// plain ones will be removed; [`SealFault::Elsewhere`] for a folder of it that is a link or another disk;
    /// [`Error::Stopped`], [`Error::DiskFull`] and [`Error::Io`]: it is then as it was.
    pub fn seal(
        dir: &Path,
        passphrase: &str,
        by: (&str, Timestamp),
        stop: &AtomicBool,
        mut told: impl FnMut(u64, u64),
    ) -> Result<RecoveryCode> {
        let (file, key, code) = KeyFile::draw(passphrase)?;
        // Brings it up to date, and ends deletions that were begun.
        drop(Self::open(dir)?);
        let _lock = WorkspaceLock::take(dir)?;
        let conversion = Conversion {
            dir,
            aside: dir.join(ASIDE),
            seal: Seal::of(&key)?,
        };
        foreign::refuse(dir)?;
        make_folder(&conversion.aside)?;
        let made = file
            .write(&conversion.aside)
            .and_then(|()| conversion.photos(stop, &mut told))
            .and_then(|()| conversion.database(by))
            .and_then(|()| conversion.ready());
        // What says that it is ready goes first, or the next opening might take up what is only half there.
        if let Err(error) = made
            && remove_file(&conversion.aside.join(READY)).is_ok()
        {
            // The next opening removes what cannot be removed now.
            let _ = fs::remove_dir_all(&conversion.aside);
            return Err(error);
        }
        // It is sealed from here on, and opens with the code alone should the passphrase be forgotten.
        if let Err(error) = conversion.take_place() {
            tracing::warn!(%error, "sealed, and not all of it is in its place yet");
        }
        Ok(code)
    }

    /// Whether the workspace in `dir` is being sealed, or was when the program was killed: opening it ends that.
    pub fn is_being_sealed(dir: &Path) -> bool {
        dir.join(ASIDE).is_dir()
    }
}

/// Ends a conversion that was killed. For whoever is about to open the workspace `dir`, before the lock is taken.
///
/// # Errors
/// [`Error::InUse`], [`Error::Io`].
pub(crate) fn settle(dir: &Path) -> Result<()> {
    let aside = dir.join(ASIDE);
    if !aside.is_dir() {
        return Ok(());
    }
    let _lock = WorkspaceLock::take(dir)?;
    let conversion = Conversion {
        dir,
        aside,
        seal: Seal::plain(),
    };
    match conversion.aside.join(READY).is_file() {
        true => conversion.take_place(),
        false => {
            conversion.purge();
            Ok(())
        }
    }
}

struct Conversion<'a> {
    dir: &'a Path,
    aside: PathBuf,
    seal: Seal,
}

impl Conversion<'_> {
    /// Writes the originals anew. One that is damaged stays so: its bytes are kept for whoever can mend them.
    fn photos(&self, stop: &AtomicBool, told: &mut impl FnMut(u64, u64)) -> Result<()> {
        let from = self.dir.join(PHOTOS);
        let mut files = Vec::new();
        for shard in names_in(&from)? {
            if !from.join(&shard).is_dir() {
                continue;
            }
            for name in names_in(&from.join(&shard))? {
                files.extend(hash_named(&shard, &name).map(|hash| (shard.clone(), name, hash)));
            }
        }
        make_folder(&self.aside.join(PHOTOS))?;
        for ((shard, name, hash), done) in files.iter().zip(1_u64..) {
            if stop.load(Ordering::Relaxed) {
                return Err(Error::Stopped);
            }
            let path = from.join(shard).join(name);
            let bytes = fs::read(&path).map_err(|source| Error::io(&path, source))?;
            self.photo(*hash, &bytes)?;
            told(done, files.len() as u64);
        }
        Ok(())
    }

    /// Writes one original, and reads it back.
    fn photo(&self, hash: PhotoHash, bytes: &[u8]) -> Result<()> {
        let Some(sealed) = self.seal.close(FileKind::Original, hash, bytes)? else {
            return Err(SealFault::Cipher.into());
        };
        let (shard, rest) = shard_and_rest(&self.seal, hash);
        let folder = self.aside.join(PHOTOS).join(shard);
        make_folder(&folder)?;
        let path = folder.join(rest);
        private::write(&path, &sealed).map_err(|source| Error::io(&path, source))?;
        // Syncing file by file where the system has no call for all of them.
        if !cfg!(target_os = "linux") {
            crate::vault::sync(&path)?;
        }
        let kept = fs::read(&path).map_err(|source| Error::io(&path, source))?;
        match self.seal.open(FileKind::Original, hash, kept) {
            Some(again) if again == bytes => Ok(()),
            _ => Err(Error::PhotoDamaged { hash }),
        }
    }

    /// Writes the database anew, compares the two row by row, and logs the act in the new one.
    fn database(&self, by: (&str, Timestamp)) -> Result<()> {
        let plain = connect(&self.dir.join(DATABASE_FILE), &Seal::plain())?;
        let path = self.aside.join(DATABASE_FILE);
        let Some(key) = self.seal.attach_key() else {
            return Err(SealFault::Cipher.into());
        };
        let version: i64 = plain.pragma_query_value(None, "user_version", |row| row.get(0))?;
        let application: i64 =
            plain.pragma_query_value(None, "application_id", |row| row.get(0))?;
        make_database(&path)?;
        plain.execute(
            "ATTACH DATABASE ?1 AS sealed KEY ?2",
            (path.to_string_lossy(), &*key),
        )?;
        plain.query_row("SELECT sqlcipher_export('sealed')", [], |_| Ok(()))?;
        plain.pragma_update(Some("sealed"), "user_version", version)?;
        plain.pragma_update(Some("sealed"), "application_id", application)?;
        plain.execute_batch("DETACH DATABASE sealed")?;
        let mut sealed = connect(&path, &self.seal)?;
        check(&sealed)?;
        compare(&plain, &sealed)?;
        let transaction = sealed.transaction()?;
        let act = json!({ "backups_removed": true });
        let entry = Entry::of_workspace(Act::WorkspaceSealed, by, None, Some(act));
        log::append(&transaction, &entry)?;
        // Nobody has seen it yet, and who kills the program now never will.
        confirm::mark(&transaction)?;
        transaction.commit()?;
        // One file, without a journal beside it, is what takes the old one's place.
        sealed.pragma_update(None, "journal_mode", "DELETE")?;
        Ok(())
    }

    fn ready(&self) -> Result<()> {
        sync_all_in(&self.aside)?;
        let ready = self.aside.join(READY);
        private::write(&ready, b"").map_err(|source| Error::io(&ready, source))?;
        sync_all_in(&self.aside)
    }

    /// Puts what is made in place of what was there. Each step can be done again.
    fn take_place(&self) -> Result<()> {
        let old = self.aside.join("old");
        make_folder(&old)?;
        // Originals: out with the old folder first, and only once.
        if self.aside.join(PHOTOS).is_dir() && !old.join(PHOTOS).exists() {
            rename_if_there(&self.dir.join(PHOTOS), &old.join(PHOTOS))?;
        }
        rename_if_there(&self.aside.join(PHOTOS), &self.dir.join(PHOTOS))?;
        if self.aside.join(DATABASE_FILE).is_file() {
            // Everything of theirs went into the copy; beside the new database they would be taken for its own.
            for ending in ["-wal", "-shm"] {
                remove_file(&self.dir.join(format!("{DATABASE_FILE}{ending}")))?;
            }
            rename_if_there(
                &self.aside.join(DATABASE_FILE),
                &self.dir.join(DATABASE_FILE),
            )?;
        }
        rename_if_there(&self.aside.join(KEY_FILE), &self.dir.join(KEY_FILE))?;
        for plain in ["derived", "incoming", BACKUP_FOLDER] {
            rename_if_there(&self.dir.join(plain), &old.join(plain))?;
        }
        sync_all_in(self.dir)?;
        // What lies in the places from now on is the sealed workspace's.
        remove_file(&self.aside.join(READY))?;
        sync_all_in(self.dir)?;
        self.purge();
        Ok(())
    }

    /// Removes what is left aside. What another program holds open must not keep the workspace from opening: the next
    /// opening tries again.
    fn purge(&self) {
        if let Err(error) = fs::remove_dir_all(&self.aside) {
            tracing::warn!(kind = ?error.kind(), "what was in the place of the sealed workspace is not removed yet");
        }
    }
}

/// Whether two databases hold the same rows in the same order.
fn compare(one: &Connection, other: &Connection) -> Result<()> {
    const TABLES: &str = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    let tables = |connection: &Connection| -> Result<Vec<String>> {
        let mut query = connection.prepare(TABLES)?;
        let names = query.query_map([], |row| row.get(0))?;
        Ok(names.collect::<rusqlite::Result<_>>()?)
    };
    let names = tables(one)?;
    let differs = |table: &str| {
        Err(Error::Corrupt {
            detail: format!("sealed copy differs: {table}"),
        })
    };
    if names != tables(other)? {
        return differs("sqlite_schema");
    }
    for name in &names {
        let sql = format!("SELECT * FROM \"{name}\"");
        let (mut one, mut other) = (one.prepare(&sql)?, other.prepare(&sql)?);
        let columns = one.column_count();
        let (mut one, mut other) = (one.query([])?, other.query([])?);
        loop {
            let same = match (one.next()?, other.next()?) {
                (None, None) => break,
                (Some(one), Some(other)) => {
                    let mut same = true;
                    for at in 0..columns {
                        same &= one.get_ref(at)? == other.get_ref(at)?;
                    }
                    same
                }
                _ => false,
            };
            if !same {
                return differs(name);
            }
        }
    }
    Ok(())
}

/// The photo whose file has this name in the folder of that one.
pub(super) fn hash_named(shard: &str, name: &str) -> Option<PhotoHash> {
    format!("{shard}{name}").parse().ok()
}

fn rename_if_there(from: &Path, to: &Path) -> Result<()> {
    match fs::rename(from, to) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(Error::io(from, source)),
        _ => Ok(()),
    }
}
