//! A workspace that is open: one writer, a few readers, the vault and the lock.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::error::{Error, Result};
use crate::lock::WorkspaceLock;
use crate::migration;
use crate::table::photo;
use crate::vault::Vault;

/// Name of the database file within the workspace.
pub const DATABASE_FILE: &str = "zhaoshen.db";
/// Name of the lock file within the workspace.
pub const LOCK_FILE: &str = "zhaoshen.lock";

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
    writer: Mutex<Connection>,
    readers: Vec<Mutex<Connection>>,
    /// Transactions committed since this was opened.
    writes: AtomicU64,
    /// Held while a backup is made.
    backups: Mutex<()>,
    // Last, so that the connections are closed before another station may open the workspace.
    _lock: WorkspaceLock,
}

impl Store {
    /// Makes a new workspace in `dir`, which is created if need be, and opens it.
    ///
    /// # Errors
    /// [`Error::AlreadyAWorkspace`] when `dir` holds one; [`Error::InUse`], [`Error::ReadOnly`],
    /// [`Error::Io`].
    pub fn create(dir: &Path) -> Result<Self> {
        fs::create_dir_all(dir).map_err(|source| Error::io(dir, source))?;
        let lock = WorkspaceLock::take(dir)?;
        if dir.join(DATABASE_FILE).exists() {
            return Err(Error::AlreadyAWorkspace {
                path: dir.to_owned(),
            });
        }
        Self::start(dir, lock)
    }

    /// Opens the workspace in `dir`, bringing its format up to date and checking the database.
    ///
    /// # Errors
    /// [`Error::NotAWorkspace`], [`Error::InUse`], [`Error::NewerWorkspace`], [`Error::Corrupt`].
    pub fn open(dir: &Path) -> Result<Self> {
        if !dir.join(DATABASE_FILE).is_file() {
            return Err(Error::NotAWorkspace {
                path: dir.to_owned(),
            });
        }
        let lock = WorkspaceLock::take(dir)?;
        Self::start(dir, lock)
    }

    /// Whether `path`, which need not exist, lies in the workspace: nothing of the user's belongs there.
    pub fn holds(&self, path: &Path) -> bool {
        let Ok(own) = self.dir.canonicalize() else {
            return false;
        };
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let existing = absolute
            .ancestors()
            .find_map(|part| part.canonicalize().ok());
        existing.is_some_and(|part| part.starts_with(&own))
    }

    /// Opens the workspace in `dir`, or makes it when there is none.
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

    fn start(dir: &Path, lock: WorkspaceLock) -> Result<Self> {
        let path = dir.join(DATABASE_FILE);
        let mut writer = connect(&path)?;
        check(&writer)?;
        migration::migrate(&mut writer, dir)?;
        let vault = Vault::open(dir)?;
        vault.sweep(&photo::all(&writer)?)?;
        let readers = (0..READERS)
            .map(|_| {
                let reader = connect(&path)?;
                reader.pragma_update(None, "query_only", true)?;
                Ok(Mutex::new(reader))
            })
            .collect::<Result<_>>()?;
        let store = Self {
            vault,
            dir: dir.to_owned(),
            writer: Mutex::new(writer),
            readers,
            writes: AtomicU64::new(0),
            backups: Mutex::new(()),
            _lock: lock,
        };
        store.end_erasure()?;
        Ok(store)
    }

    /// How many transactions were committed since this store was opened; nobody else writes while it
    /// is open, so that what was read is current while the number stays.
    pub fn writes(&self) -> u64 {
        self.writes.load(Ordering::Acquire)
    }

    /// Runs `read` on one consistent snapshot.
    pub(crate) fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let connection = self.reader();
        let snapshot = connection.unchecked_transaction()?;
        read(&snapshot)
    }

    /// Runs `write` in one transaction, durable when this returns; nothing of it stays on error.
    pub(crate) fn write<T>(&self, write: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let mut connection = hold(&self.writer);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = write(&transaction)?;
        transaction.commit()?;
        self.writes.fetch_add(1, Ordering::Release);
        Ok(value)
    }

    /// Waits until no other backup of this workspace is being made.
    pub(crate) fn hold_backups(&self) -> MutexGuard<'_, ()> {
        self.backups.lock().unwrap_or_else(PoisonError::into_inner)
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

/// The connection, even after a panic elsewhere: its transaction was rolled back when dropped.
fn hold(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A new database that a backup is copied into; a key would be given here and in [`connect`].
pub(crate) fn connect_copy(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path)?;
    connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;")?;
    Ok(connection)
}

/// The only place a connection to a workspace is made, so that a key has one place to be given.
pub(crate) fn connect(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.set_prepared_statement_cache_capacity(64);
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
