//! Another passphrase, another recovery code: the key file is written anew, the key stays.
//!
//! Not a new key: whoever kept a copy of the key file and knows its passphrase opens the workspace with that copy still.
//! Key files of backups are written anew too, so that none in the workspace goes on opening with the old one; what was kept
//! for a computer goes.

use jiff::Timestamp;

use super::key_file::{KeyFile, of_sealed};
use super::{RecoveryCode, Unlock};
use crate::act::Act;
use crate::error::Result;
use crate::store::Store;
use crate::table::log::{self, Entry};

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
        let file = of_sealed(self.dir())?.with_passphrase(with, passphrase)?;
        self.replace_key(&file, Act::PassphraseChanged, by)
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
        let (file, code) = of_sealed(self.dir())?.with_new_code(with)?;
        self.replace_key(&file, Act::RecoveryCodeRenewed, by)?;
        Ok(code)
    }

    fn replace_key(&self, file: &KeyFile, what: Act, by: (&str, Timestamp)) -> Result<()> {
        let _none_is_made = self.hold_backups();
        self.write(|transaction| {
            log::append(transaction, &Entry::of_workspace(what, by, None, None))?;
            // The last thing that can fail but the commit, so that there is no change without its row.
            file.write(self.dir())
        })?;
        // Who was to be shut out by it may sit at the computer that it is kept for.
        super::here::remove(self.dir())?;
        let backups = self.backups();
        for row in backups.list()? {
            file.write(&backups.folder().join(&row.name))?;
        }
        Ok(())
    }
}
