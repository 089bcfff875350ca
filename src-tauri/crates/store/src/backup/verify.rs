//! Whether a backup is still what was backed up, without restoring it.

use std::sync::atomic::{AtomicBool, Ordering};

use zhaoshen_model::PhotoHash;

use super::{Backups, sum_of};
use crate::audit::follow;
use crate::error::{Error, Result};
use crate::store::{check, open_copy};
use crate::vault::is_whole;

/// What verifying a backup gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupCheck {
    /// Whether the database is byte for byte what was copied, and sound.
    pub database: bool,
    /// Whether the chain of its log holds and ends where the note says.
    pub log: bool,
    /// Originals that are whole.
    pub photos: u64,
    /// Originals that are missing or damaged.
    pub damaged: Vec<PhotoHash>,
}

impl BackupCheck {
    /// Whether everything can be restored from it.
    pub const fn is_whole(&self) -> bool {
        self.database && self.log && self.damaged.is_empty()
    }
}

impl Backups {
    /// Reads a backup through; `told` hears how many originals of how many were read.
    ///
    /// # Errors
    /// [`Error::BackupUnknown`], [`Error::Stopped`]. What is wrong with the backup is in the answer.
    pub fn verify(
        &self,
        name: &str,
        stop: &AtomicBool,
        mut told: impl FnMut(u64, u64),
    ) -> Result<BackupCheck> {
        let row = self.get(name)?;
        let database = self.database(name);
        let same =
            sum_of(&database).is_ok_and(|(sum, _)| hex::encode(sum) == row.note.database_sha256);
        let mut verified = BackupCheck {
            database: same,
            log: false,
            photos: 0,
            damaged: Vec::new(),
        };
        let Ok(connection) = open_copy(&database, &self.seal) else {
            verified.database = false;
            return Ok(verified);
        };
        verified.database &= check(&connection).is_ok();
        // The log of an early format has no chain to follow.
        verified.log = row.note.log_hash.is_empty()
            || follow(&connection, stop)
                .is_ok_and(|log| log.holds() && log.head == row.note.log_head());
        let Ok(photos) = self.photos(name) else {
            return Ok(verified);
        };
        for (photo, done) in photos.iter().zip(1_u64..) {
            if stop.load(Ordering::Relaxed) {
                return Err(Error::Stopped);
            }
            match is_whole(&self.seal, *photo, &self.photo(*photo)) {
                Ok(true) => verified.photos += 1,
                _ => verified.damaged.push(*photo),
            }
            told(done, photos.len() as u64);
        }
        Ok(verified)
    }
}
