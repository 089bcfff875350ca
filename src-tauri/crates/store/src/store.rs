//! A workspace that is open: one writer, a few readers, the vault and the lock.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use crate::backup::{self, BackupWhy};
use crate::error::{Error, Result};
use crate::kind::{holds_work, is_encrypted, is_plain, is_there, was_being_made};
use crate::lock::WorkspaceLock;
use crate::migration;
use crate::place::Place;
use crate::private::{make_database, make_folder, tighten};
use crate::seal::convert::settle;
use crate::seal::{KEY_FILE, RecoveryCode, Seal, SealFault, Secret, Unlock, key_file::KeyFile};
use crate::table::photo;
use crate::vault::Vault;
use crate::within::holds;

/// Name of the database file within the workspace.
pub const DATABASE_FILE: &str = "zhaoshen.db";
/// Name of the lock file within the workspace.
pub const LOCK_FILE: &str = "zhaoshen.lock";

/// Largest database that is looked through before it opens, bytes; of a larger one only [`Store::inspect`] tells.
const CHECKED_AT_OPENING: u64 = 128 << 20;

/// Readers kept open beside the writer.
const READERS: usize = 3;

/// An open workspace. Shared between threads by reference; every method takes `&self`.
///
/// Writes wait for one another on one connection. Reads go on during a write and see the last
/// committed state.
#[derive(Debug)]
pub struct Store {
    dir: PathBuf,
    pub(crate) vault: Vault,
    place: Place,
    writer: Mutex<Connection>,
    readers: Vec<Mutex<Connection>>,
    /// Transactions committed since this was opened.
    writes: AtomicU64,
    /// Held while a backup is made.
    backups: Mutex<()>,
    /// Held while a PIN is looked at.
    pins: Mutex<()>,
    // Last, so that the connections are closed before another station may open the workspace.
    _lock: WorkspaceLock,
}

impl Store {
    /// Makes a new workspace in `dir`, which is created if need be, and opens it.
    ///
    /// # Errors
    /// [`Error::AlreadyAWorkspace`] when `dir` holds one, [`Error::WithinWorkspace`] when it lies in one; [`Error::InUse`], [`Error::ReadOnly`],
    /// [`Error::Io`]; [`Error::DatabaseLost`] and [`SealFault::DatabaseMissing`] where there is all of one but its database.
    pub fn create(dir: &Path) -> Result<Self> {
        let lock = begin(dir)?;
        Self::start(dir, Seal::plain(), lock)
    }

    /// Makes a new sealed workspace in `dir` and opens it. The code is shown once: it is nowhere to be read again.
    /// A program killed before this returns leaves a folder that can be begun again.
    ///
    /// # Errors
    /// As [`Store::create`]; [`SealFault::PassphraseShort`], [`SealFault::NoRandom`].
    pub fn create_sealed(dir: &Path, passphrase: &str) -> Result<(Self, RecoveryCode)> {
        let (file, key, code) = KeyFile::draw(passphrase)?;
        let lock = begin(dir)?;
        // The key lies safe before anything is encrypted with it.
        file.write(dir)?;
        let store = Self::start(dir, Seal::of(&key)?, lock)?;
        store.mark_code()?;
        Ok((store, code))
    }

    /// Opens the sealed workspace in `dir`; otherwise as [`Store::open`]. Takes some tenths of a second on purpose.
    ///
    /// # Errors
    /// As [`Store::open`]; [`Error::Seal`] says what is wrong with the passphrase, the code or the key file.
    pub fn unlock(dir: &Path, with: Unlock<'_>) -> Result<Self> {
        Self::unlock_by(dir, |file| file.unlock(with))
    }

    /// Opens the sealed workspace in `dir` with what `key_of` makes of its key file.
    pub(crate) fn unlock_by(
        dir: &Path,
        key_of: impl FnOnce(&KeyFile) -> Result<Secret>,
    ) -> Result<Self> {
        settle(dir)?;
        is_there(dir)?;
        let Some(file) = KeyFile::read(dir)? else {
            return Err(match is_encrypted(dir)? {
                true => SealFault::KeyFileMissing {
                    path: dir.to_owned(),
                },
                false => SealFault::NotSealed {
                    path: dir.to_owned(),
                },
            }
            .into());
        };
        let seal = Seal::of(&key_of(&file)?)?;
        let lock = WorkspaceLock::take(dir)?;
        Self::start(dir, seal, lock)
    }

    /// Opens the workspace in `dir`, whose seal is known already.
    pub(crate) fn open_sealed_by(dir: &Path, seal: Seal) -> Result<Self> {
        if !seal.is_sealed() {
            return Self::open(dir);
        }
        is_there(dir)?;
        let lock = WorkspaceLock::take(dir)?;
        Self::start(dir, seal, lock)
    }

    /// Whether the workspace is encrypted.
    pub fn is_sealed(&self) -> bool {
        self.vault.seal().is_sealed()
    }

    /// Opens the workspace in `dir`, checking the database and bringing its format up to date, a backup first.
    ///
    /// # Errors
    /// [`Error::NotAWorkspace`], [`Error::DatabaseLost`], [`Error::InUse`], [`Error::NewerWorkspace`], [`Error::Corrupt`]; [`Error::DiskFull`]
    /// and [`Error::Io`] where there is no place for that backup: the workspace is then as it was;
    /// [`SealFault::Locked`] and [`SealFault::KeyFileMissing`] for a sealed one, see [`Store::unlock`].
    pub fn open(dir: &Path) -> Result<Self> {
        settle(dir)?;
        is_plain(dir)?;
        let lock = WorkspaceLock::take(dir)?;
        Self::start(dir, Seal::plain(), lock)
    }

    /// Whether `path`, which need not exist, lies in the workspace: nothing of the user's belongs there.
    pub fn holds(&self, path: &Path) -> bool {
        holds(&self.dir, path)
    }

    /// Opens the plain workspace in `dir`, or makes it when there is none.
    ///
    /// # Errors
    /// As [`Store::open`] and [`Store::create`].
    pub fn open_or_create(dir: &Path) -> Result<Self> {
        if dir.join(DATABASE_FILE).is_file() {
            Self::open(dir)
        } else {
            Self::create(dir)
        }
    }

    /// The workspace's folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    fn start(dir: &Path, seal: Seal, lock: WorkspaceLock) -> Result<Self> {
        let path = dir.join(DATABASE_FILE);
        tighten(dir);
        make_database(&path)?;
        let mut writer = connect(&path, &seal)?;
        let length = fs::metadata(&path).map_err(|source| Error::io(&path, source))?;
        if length.len() <= CHECKED_AT_OPENING {
            check(&writer)?;
        }
        let (found, _) = migration::versions(&writer, dir)?;
        if found == 0 && holds_work(dir) {
            return Err(Error::DatabaseLost {
                path: dir.to_owned(),
            });
        }
        let due = migration::is_due(&writer, dir)?;
        let vault = Vault::open(dir, seal)?;
        if due {
            let workspace = backup::make::Source { dir, vault: &vault };
            let never = AtomicBool::new(false);
            workspace.back_up(BackupWhy::Upgrade, Timestamp::now(), &never, |_, _| {})?;
        }
        migration::migrate(&mut writer, dir)?;
        vault.sweep_awaited(&photo::all(&writer)?)?;
        let readers = (0..READERS)
            .map(|_| {
                let reader = connect(&path, vault.seal())?;
                reader.pragma_update(None, "query_only", true)?;
                Ok(Mutex::new(reader))
            })
            .collect::<Result<_>>()?;
        let store = Self {
            vault,
            place: Place::of(&path)?,
            dir: dir.to_owned(),
            writer: Mutex::new(writer),
            readers,
            writes: AtomicU64::new(0),
            backups: Mutex::new(()),
            pins: Mutex::new(()),
            _lock: lock,
        };
        store.finish_backup_keys();
        match store.end_erasure() {
            // A file of a deleted round that cannot be removed must not keep the other rounds from being worked on: the
            // deletion has no certificate before it is.
            Ok(()) | Err(Error::Io { .. }) => {}
            Err(error) => return Err(error),
        }
        // Last: of a workspace that does not open after all they stay counted.
        if let Err(error) = backup::attempts::forgive(dir) {
            tracing::warn!(%error, "wrong PINs at the door stay counted");
        }
        Ok(store)
    }

    /// How many transactions were committed since this store was opened; nobody else writes while it
    /// is open, so that what was read is current while the number stays.
    pub fn writes(&self) -> u64 {
        self.writes.load(Ordering::Acquire)
    }

    /// Looks the whole database through: its pages, and whether every row that is named is there. For the background.
    ///
    /// # Errors
    /// [`Error::Corrupt`] says what is wrong.
    pub fn inspect(&self) -> Result<()> {
        self.read(|connection| {
            check(connection)?;
            let mut query = connection.prepare("PRAGMA foreign_key_check")?;
            let mut rows = query.query([])?;
            match rows.next()? {
                None => Ok(()),
                Some(row) => Err(Error::Corrupt {
                    detail: format!(
                        "{} {} -> {}",
                        row.get::<_, String>(0)?,
                        row.get::<_, Option<i64>>(1)?.unwrap_or_default(),
                        row.get::<_, String>(2)?
                    ),
                }),
            }
        })
    }

    /// Runs `read` on one consistent snapshot.
    pub(crate) fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let connection = self.reader();
        let snapshot = connection.unchecked_transaction()?;
        read(&snapshot)
    }

    /// Whether the workspace is still where it was opened: a disk may be pulled out, a folder moved or removed. Nothing
    /// is written while it is not.
    pub fn is_kept(&self) -> bool {
        self.place.is_kept()
    }

    /// Refuses work on a workspace that is not where it was opened.
    ///
    /// # Errors
    /// [`Error::WorkspaceGone`].
    pub fn check_place(&self) -> Result<()> {
        self.place.check()
    }

    /// Runs `write` in one transaction, durable when this returns; nothing of it stays on error. Refused where the
    /// workspace is not where it was opened any more: what a removed file takes would be confirmed and lost.
    pub(crate) fn write<T>(&self, write: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let mut connection = hold(&self.writer);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = write(&transaction)?;
        self.place.check()?;
        transaction.commit()?;
        self.writes.fetch_add(1, Ordering::Release);
        Ok(value)
    }

    /// Waits until no other backup of this workspace is being made.
    pub(crate) fn hold_backups(&self) -> MutexGuard<'_, ()> {
        self.backups.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until no other PIN is being looked at.
    pub(crate) fn hold_pins(&self) -> MutexGuard<'_, ()> {
        self.pins.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Packs the database anew and empties its journal, so that nothing deleted stands in a page of either. Waits for
    /// everybody who reads.
    pub(crate) fn pack(&self) -> Result<()> {
        let writer = hold(&self.writer);
        let _readers: Vec<MutexGuard<'_, Connection>> = self.readers.iter().map(hold).collect();
        writer.execute_batch("VACUUM")?;
        let busy: bool =
            writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        match busy {
            true => Err(Error::Ending(
                "数据库正被其他程序读取，清理没有完成；下次打开工作区时会自动完成",
            )),
            false => Ok(()),
        }
    }

    fn reader(&self) -> MutexGuard<'_, Connection> {
        let idle = self
            .readers
            .iter()
            .find_map(|reader| reader.try_lock().ok());
        // All busy, or poisoned: wait for the first.
        idle.unwrap_or_else(|| hold(&self.readers[0]))
    }
}

/// Whether a folder above `dir`, which need not exist, is a workspace: what deletes, seals or backs that one up would not know
/// of one within it.
fn is_within_another(dir: &Path) -> bool {
    let absolute = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    let is_workspace = |folder: &Path| folder.join(DATABASE_FILE).is_file();
    let real = absolute.ancestors().find_map(|part| {
        let real = part.canonicalize().ok()?;
        Some((real, part == absolute))
    });
    real.is_some_and(|(real, is_own)| real.ancestors().skip(usize::from(is_own)).any(is_workspace))
}

/// The connection, even after a panic elsewhere: its transaction was rolled back when dropped.
fn hold(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the folder of a workspace that is to be made.
fn begin(dir: &Path) -> Result<WorkspaceLock> {
    if is_within_another(dir) {
        return Err(Error::WithinWorkspace {
            path: dir.to_owned(),
        });
    }
    make_folder(dir)?;
    let lock = WorkspaceLock::take(dir)?;
    let path = || dir.to_owned();
    if dir.join(DATABASE_FILE).exists() {
        return Err(Error::AlreadyAWorkspace { path: path() });
    }
    let key = dir.join(KEY_FILE);
    if key.exists() {
        if !was_being_made(dir) {
            return Err(SealFault::DatabaseMissing { path: path() }.into());
        }
        fs::remove_file(&key).map_err(|source| Error::io(&key, source))?;
    }
    if holds_work(dir) {
        return Err(Error::DatabaseLost { path: path() });
    }
    Ok(lock)
}

/// Gives a connection the key, before anything else is said on it.
pub(crate) fn give_key(connection: &Connection, seal: &Seal) -> Result<()> {
    if let Some(key) = seal.database_key() {
        connection.execute_batch(&key)?;
    }
    // What is wrong with a page is told by the error it ends in; on standard error it would be in the way of whoever sits there.
    Ok(connection.execute_batch("PRAGMA cipher_log_level = NONE")?)
}

/// A new database that a backup is copied into.
pub(crate) fn connect_copy(path: &Path, seal: &Seal) -> Result<Connection> {
    make_database(path)?;
    let connection = Connection::open(path)?;
    give_key(&connection, seal)?;
    connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;")?;
    Ok(connection)
}

/// Opens the database of a backup, which is never written to.
pub(crate) fn open_copy(path: &Path, seal: &Seal) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    give_key(&connection, seal)?;
    Ok(connection)
}

/// A connection to the database of a workspace.
pub(crate) fn connect(path: &Path, seal: &Seal) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.set_prepared_statement_cache_capacity(64);
    give_key(&connection, seal)?;
    if seal.is_sealed() {
        // Read once here, where a key that is another's can be told from a damaged page.
        let tables = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
        tables.map_err(|error| match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => SealFault::OtherKey.into(),
            _ => Error::from(error),
        })?;
    }
    connection.execute_batch(
        "PRAGMA busy_timeout = 5000;
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA trusted_schema = OFF;
         PRAGMA secure_delete = ON;
         PRAGMA cache_size = -16384;",
    )?;
    Ok(connection)
}

/// Refuses a damaged database before anything is read from it.
pub(crate) fn check(connection: &Connection) -> Result<()> {
    let said: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    match said.as_str() {
        "ok" => Ok(()),
        _ => Err(Error::Corrupt { detail: said }),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn what_was_decided_is_on_the_disk_before_it_is_confirmed() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(folder.path()).unwrap();
        let writer = hold(&store.writer);
        let number = |pragma: &str| -> i64 {
            writer
                .pragma_query_value(None, pragma, |row| row.get(0))
                .unwrap()
        };
        const FULL: i64 = 2;
        assert_eq!(number("synchronous"), FULL);
        assert_eq!((number("fullfsync"), number("foreign_keys")), (1, 1));
        let journal: String = writer
            .pragma_query_value(None, "journal_mode", |row| row.get(0))
            .unwrap();
        assert_eq!(journal, "wal");
    }

    #[test]
    fn a_row_that_names_what_is_not_there_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(folder.path()).unwrap();
        store.inspect().unwrap();
        hold(&store.writer)
            .execute_batch(
                "PRAGMA foreign_keys = OFF;
                 INSERT INTO undo (round, reviewer, act, at) VALUES (9, '王', 'decided', '');",
            )
            .unwrap();
        let found = store.inspect().unwrap_err();
        assert!(
            matches!(&found, Error::Corrupt { detail } if detail.contains("round")),
            "{found:?}"
        );
    }

    #[test]
    fn a_full_disk_is_told_and_what_was_confirmed_stays() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(folder.path()).unwrap();
        let at = jiff::Timestamp::UNIX_EPOCH;
        let short = serde_json::Value::from("短");
        store.set_setting("y", &short, "王", at).unwrap();
        hold(&store.writer)
            .pragma_update(None, "max_page_count", 1)
            .unwrap();
        let long = serde_json::Value::String("长".repeat(200_000));
        let refused = store.set_setting("x", &long, "王", at).unwrap_err();
        assert!(matches!(refused, Error::DiskFull), "{refused:?}");
        assert!(refused.to_string().contains("腾出空间"));
        assert_eq!(store.setting("y").unwrap(), Some(short));
        assert_eq!(store.setting("x").unwrap(), None);
        store.inspect().unwrap();
    }
}
