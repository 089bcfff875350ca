//! A backup in one encrypted file, written and read.

use std::io::Read;
use std::path::Path;
use std::time::Duration;

use zhaoshen_exchange::copy::{Copy, NewCopy, sweep};
use zhaoshen_store::backup::{NOTE_FILE, photo_of_entry, sum};
use zhaoshen_store::{
    BackupNote, BackupRow, BackupWhy, DATABASE_FILE, Error, KEY_FILE, NewWriting, RecoveryCode,
    Restored, Restoring, WritingKind,
};

use super::{make, mebibytes};
use crate::app::{count, now};
use crate::delivery::{absolute, fresh_passphrase};
use crate::failure::{cancelled, exchange, refused, store};
use crate::job::{Progress, stop_if_cancelled};
use crate::unfinished::{Begun, forget_gone};
use crate::wire::{BackupCopied, Failure};
use crate::{Inner, zh};

/// Most bytes of a note; one has less than a thousand.
const NOTE_MAX: u64 = 1 << 16;

/// How long nothing was written to a half file that another workspace's program may be at: no copy takes as long.
const LEFT: Duration = Duration::from_hours(24);

/// Whether nobody writes any more what would be called `name`. Of this workspace's own backups it is known: one program has it
/// open, and writes one copy at a time.
fn is_left(name: &str, age: Duration, own: &[BackupRow]) -> bool {
    zh::backup_of_file(name)
        .is_some_and(|backup| age >= LEFT || own.iter().any(|row| row.name == backup))
}

/// Makes a backup and writes it into a new file in `folder`, encrypted under a new passphrase. What one was killed over there
/// goes first: it may take the room. The log has it before it has its name, and the note of it stays until the passphrase
/// is handed out.
pub(super) fn write(
    inner: &Inner,
    folder: &Path,
    reviewer: &str,
    progress: &Progress,
) -> Result<BackupCopied, Failure> {
    let row = make(inner, BackupWhy::Asked, progress)?;
    let backups = inner.store.backups();
    let entries = backups.entries(&row.name).map_err(|error| store(&error))?;
    let own = backups.list().map_err(|error| store(&error))?;
    sweep(folder, |name, age| is_left(name, age, &own));
    forget_gone(inner)?;
    let path = (1..=99)
        .map(|n| folder.join(zh::backup_file(&row.name, n)))
        .find(|path| !path.exists())
        .unwrap_or_else(|| folder.join(zh::backup_file(&row.name, 1)));
    let path = absolute(&path);
    let new = NewWriting {
        round: None,
        kind: WritingKind::Copy,
        number: 0,
        target: path.display().to_string(),
    };
    let begun = Begun::new(inner, &new, reviewer)?;
    let passphrase = fresh_passphrase()?;
    let mut copy = NewCopy::create(&path, Some(&passphrase)).map_err(|error| exchange(&error))?;
    progress.begin(zh::STAGE_COPY, count(entries.len()));
    let mut written = 0;
    for entry in &entries {
        stop_if_cancelled(progress)?;
        if let Some((mut file, length)) = entry.open().map_err(|error| store(&error))? {
            copy.put(&entry.name, &mut file, length)
                .map_err(|error| exchange(&error))?;
            written += length;
        }
        progress.advance(1);
    }
    progress.begin(zh::STAGE_COPY_READ_BACK, count(entries.len()));
    let ready = copy
        .finish(|done| {
            progress.set_done(count(done));
            !progress.is_cancelled()
        })
        .map_err(|error| exchange(&error))?;
    inner
        .store
        .record_copy(&new.target, &begun.writing(&[], None), reviewer, now())
        .map_err(|error| store(&error))?;
    if let Err(error) = ready.publish() {
        return Err(begun.unpublished(exchange(&error)));
    }
    begun.published(&new.target, Some(&passphrase));
    Ok(BackupCopied {
        path: new.target,
        passphrase,
        photos: count(row.note.photos - row.note.missing),
        mebibytes: mebibytes(written),
    })
}

/// What reading a backup in a file through gave.
pub(super) struct CopyCheck {
    /// Whether the database is what was backed up.
    pub(super) database: bool,
    /// Whether the key file, where there is one, can be read.
    pub(super) key: bool,
    /// Originals that are whole.
    pub(super) photos: u64,
    /// Originals that should be in it and are not there whole.
    pub(super) damaged: usize,
}

/// A file that a backup was written into.
pub(super) struct Source {
    copy: Copy,
    note: BackupNote,
}

impl Source {
    /// Opens it and reads its note.
    pub(super) fn open(path: &Path, passphrase: &str) -> Result<Self, Failure> {
        if RecoveryCode::is_one(passphrase) {
            return Err(refused(zh::COPY_BY_CODE));
        }
        let mut copy = Copy::open(path, passphrase).map_err(|error| exchange(&error))?;
        let read = copy.read(0, |name, reader| {
            let mut bytes = Vec::new();
            let whole = reader.take(NOTE_MAX).read_to_end(&mut bytes).is_ok();
            (name == NOTE_FILE).then_some((whole, bytes))
        });
        let not_one = zhaoshen_exchange::Error::NotACopy {
            path: path.to_owned(),
        };
        let noted = read.map_err(|error| exchange(&error))?;
        let (whole, bytes) = noted.ok_or_else(|| exchange(&not_one))?;
        if !whole {
            return Err(store(&Error::BackupDamaged));
        }
        let note = BackupNote::from_json(&bytes).map_err(|error| store(&error))?;
        Ok(Self { copy, note })
    }

    /// What is noted of it.
    pub(super) fn into_note(self) -> BackupNote {
        self.note
    }

    /// Reads all of it and writes nothing.
    pub(super) fn verify(&mut self, progress: &Progress) -> Result<CopyCheck, Failure> {
        let entries = self.copy.len();
        progress.begin(zh::STAGE_VERIFY, count(entries));
        let sealed = (0..entries).any(|at| self.copy.name(at).as_deref() == Some(KEY_FILE));
        let mut check = CopyCheck {
            database: false,
            key: !sealed,
            photos: 0,
            damaged: 0,
        };
        for at in 1..entries {
            stop_if_cancelled(progress)?;
            let read = self.copy.read(at, |_, reader| sum(reader).ok());
            let sum = read.ok().flatten();
            let name = self.copy.name(at).unwrap_or_default();
            if name == DATABASE_FILE {
                check.database = sum.is_some_and(|sum| sum == self.note.database_sha256);
            } else if name == KEY_FILE {
                check.key = sum.is_some();
            } else if let Some(photo) = photo_of_entry(&name) {
                // A sealed original is named by the key: what encrypts the file vouches for its bytes.
                let whole = sum.is_some_and(|sum| sealed || sum == photo.to_string());
                check.photos += u64::from(whole);
            }
            progress.set_done(count(at));
        }
        let noted = self.note.photos - self.note.missing.min(self.note.photos);
        check.damaged = usize::try_from(noted.saturating_sub(check.photos)).unwrap_or(usize::MAX);
        Ok(check)
    }

    /// What the folder of the restored workspace is named after.
    pub(super) fn name(&self) -> String {
        crate::app::local_date(self.note.made_at)
    }

    /// Makes a workspace of it in `folder`, which must be new or empty. Entries of other names are passed over, and so are
    /// originals that are damaged, which count as missing; key and database must be whole. Nothing is left in the folder
    /// otherwise.
    pub(super) fn restore(
        &mut self,
        folder: &Path,
        progress: &Progress,
    ) -> Result<Restored, Failure> {
        let mut restoring =
            Restoring::begin(folder, self.note.clone()).map_err(|error| store(&error))?;
        let entries = self.copy.len();
        progress.begin(zh::STAGE_RESTORE, count(entries));
        let mut database = None;
        for at in 1..entries {
            if progress.is_cancelled() {
                return Err(cancelled());
            }
            let put = self.copy.read(at, |name, reader| {
                if name == KEY_FILE {
                    return restoring.key(reader).map(|()| true);
                }
                if name == DATABASE_FILE {
                    database = Some(at);
                    return Ok(true);
                }
                match photo_of_entry(name) {
                    Some(photo) => restoring.photo(photo, reader),
                    None => Ok(false),
                }
            });
            match put {
                Ok(put) => put.map(|_| ()).map_err(|error| store(&error))?,
                // The passphrase opened the note: it is this entry that is damaged.
                Err(_) => self.pass_over(at, &mut restoring)?,
            }
            progress.set_done(count(at));
        }
        let Some(at) = database else {
            return Err(refused(zh::BACKUP_DATABASE_WRONG));
        };
        self.copy
            .read(at, |_, reader| restoring.finish(reader))
            .map_err(|_| store(&Error::BackupDamaged))?
            .map_err(|error| store(&error))
    }

    /// Goes on without the entry at `at`, of which not the first byte can be read.
    fn pass_over(&self, at: usize, restoring: &mut Restoring) -> Result<(), Failure> {
        let name = self.copy.name(at).unwrap_or_default();
        if name == KEY_FILE || name == DATABASE_FILE {
            return Err(store(&Error::BackupDamaged));
        }
        if let Some(photo) = photo_of_entry(&name) {
            restoring.leave_out(photo);
        }
        Ok(())
    }
}
