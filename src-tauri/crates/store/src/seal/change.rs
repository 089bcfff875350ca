//! Another passphrase, another recovery code, no computer that keeps the key: the key file is written anew, the key stays.
//!
//! Not a new key: whoever kept a copy of the key file and knows its passphrase opens the workspace with that copy still.
//! What was kept for a computer opens nothing from then on, however the change ends.
//!
//! Key files of backups are written anew too, so that none in the workspace goes on opening with the old one. The change
//! holds by then, so that what keeps them from it does not undo it: the file `钥匙.due` says that they are still to be done,
//! and the next backup or opening does them.

use jiff::Timestamp;

use super::key_file::{KeyFile, of_sealed};
use super::{RecoveryCode, Unlock};
use super::{confirm, here};
use crate::act::Act;
use crate::error::{Error, Result};
use crate::private::new_file;
use crate::store::Store;
use crate::table::log::{self, Entry};
use crate::vault::remove_file;

/// Name of the file that says that the key files of backups are still to be written anew.
const DUE: &str = "钥匙.due";

impl Store {
    /// Sets another passphrase of the workspace, which is sealed; `with` is what opens it so far.
    ///
    /// # Errors
    /// [`NotSealed`](super::SealFault::NotSealed), [`PassphraseShort`](super::SealFault::PassphraseShort); of `with` as
    /// [`Store::unlock`]; when it cannot be written: then the one before it goes on.
    pub fn change_passphrase(
        &self,
        with: Unlock<'_>,
        passphrase: &str,
        by: (&str, Timestamp),
    ) -> Result<()> {
        self.replace_key(Act::PassphraseChanged, by, |file| {
            Ok((file.with_passphrase(with, passphrase)?, ()))
        })
    }

    /// Draws another recovery code; the one before it opens the workspace no longer. It is shown once.
    ///
    /// # Errors
    /// As [`Store::change_passphrase`].
    pub fn renew_recovery_code(
        &self,
        with: Unlock<'_>,
        by: (&str, Timestamp),
    ) -> Result<RecoveryCode> {
        self.replace_key(Act::RecoveryCodeRenewed, by, |file| {
            file.with_new_code(with)
        })
    }

    /// Writes what `changed` makes of the key file in its place, and hands on what it gives beside. An error means that
    /// nothing changed, but that the key may be kept for no computer any more.
    pub(super) fn replace_key<T>(
        &self,
        what: Act,
        by: (&str, Timestamp),
        changed: impl FnOnce(&KeyFile) -> Result<(KeyFile, T)>,
    ) -> Result<T> {
        let _none_is_made = self.hold_backups();
        let before = of_sealed(self.dir())?;
        let (file, given) = changed(&before)?;
        let file = file.turned()?;
        // Who was to be shut out by it may sit at the computer that it is kept for.
        here::remove(self.dir())?;
        self.backup_keys_are_due()?;
        let logged = self.write(|transaction| {
            log::append(transaction, &Entry::of_workspace(what, by, None, None))?;
            if what == Act::RecoveryCodeRenewed {
                confirm::mark(transaction)?;
            }
            // The last thing that can fail but the commit, so that there is no change without its row.
            file.write(self.dir())
        });
        if let Err(error) = logged {
            self.take_back(&before, &file, error)?;
        }
        self.finish_backup_keys();
        Ok(given)
    }

    /// Puts `before` back, where `file` was written and its row was not; an error is that nothing changed. Where it cannot
    /// be put back, the change holds: whoever asked for it must be told what opens the workspace now.
    fn take_back(&self, before: &KeyFile, file: &KeyFile, error: Error) -> Result<()> {
        let holds = || matches!(KeyFile::read(self.dir()), Ok(Some(now)) if now == *file);
        if holds() && before.write(self.dir()).is_err() && holds() {
            tracing::error!(%error, "the key file is changed, and the log has no row of it");
            return Ok(());
        }
        Err(error)
    }

    fn backup_keys_are_due(&self) -> Result<()> {
        let due = self.dir().join(DUE);
        new_file()
            .create(true)
            .truncate(true)
            .open(&due)
            .and_then(|file| file.sync_all())
            .map_err(|source| Error::io(&due, source))
    }

    /// Writes the workspace's key file in place of the backups', where a change left that to be done. For whoever holds
    /// [`Store::hold_backups`].
    pub(crate) fn finish_backup_keys(&self) {
        let due = self.dir().join(DUE);
        if !due.exists() {
            return;
        }
        let done = of_sealed(self.dir()).and_then(|file| {
            let backups = self.backups();
            let mut last = Ok(());
            for row in backups.list()? {
                let folder = backups.folder().join(&row.name);
                // One that cannot be written must not keep the others from it.
                last = file.write(&folder).and(last);
            }
            last.and_then(|()| remove_file(&due))
        });
        if let Err(error) = done {
            tracing::warn!(%error, "key files of backups are still those before the change");
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use std::fs;

    use super::super::KEY_FILE;
    use super::*;

    #[test]
    fn a_change_without_its_row_is_taken_back_or_holds() {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path();
        let (store, _) = Store::create_sealed(dir, "一句没有别人知道的话").unwrap();
        let before = of_sealed(dir).unwrap();
        let after = before.clone().turned().unwrap();
        after.write(dir).unwrap();
        assert!(matches!(
            store.take_back(&before, &after, Error::Busy),
            Err(Error::Busy)
        ));
        assert_eq!(of_sealed(dir).unwrap(), before);
        // Not written at all: nothing to put back, and nothing changed.
        assert!(store.take_back(&before, &after, Error::Busy).is_err());
        after.write(dir).unwrap();
        // In the way of what would be written beside it.
        fs::create_dir(dir.join(format!("{KEY_FILE}.part"))).unwrap();
        store.take_back(&before, &after, Error::Busy).unwrap();
        assert_eq!(of_sealed(dir).unwrap(), after);
    }
}
