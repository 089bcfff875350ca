//! Who answers for a workspace that opens for nobody: its keepers, as far as they can still be read.
//!
//! A damaged page of a large database is seldom one of the few that hold the people. Where it is, the newest backup in which
//! somebody is a keeper speaks for the workspace: an older one, from before there were PINs, does not. That nobody can be
//! read is not that nobody is there.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::Connection;

use super::attempts::{self, Begun};
use super::{Backups, has_table};
use crate::error::{Error, Result};
use crate::kind::look_into;
use crate::pin;
use crate::store::open_copy;
use crate::table::person;

/// Who answers for a workspace that opens for nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhoAnswers {
    /// A keeper, by a PIN.
    Keepers(Keepers),
    /// No keeper has a PIN: there is none to ask for.
    Nobody,
    /// It is not known: neither the workspace nor a backup that could speak for it tells of its people.
    Unread,
}

impl WhoAnswers {
    fn of(people: People) -> Self {
        let with_pin: Vec<(String, String)> = people
            .into_iter()
            .filter_map(|(name, pin)| Some((name, pin?)))
            .collect();
        match with_pin.is_empty() {
            true => Self::Nobody,
            false => Self::Keepers(Keepers(with_pin)),
        }
    }
}

/// What looking at a PIN at the door brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DoorCheck {
    /// It is the PIN of the keeper of this name.
    Right(String),
    /// It is no keeper's; the next is looked at after this time.
    Wrong {
        /// The wait.
        wait: Duration,
    },
    /// It was not looked at: there were too many wrong ones.
    TooSoon {
        /// The wait that is left.
        wait: Duration,
    },
}

/// The keepers who have a PIN, one at least; their hashes do not leave the store.
#[derive(Clone, PartialEq, Eq)]
pub struct Keepers(People<String>);

/// Names with the hashes of PINs.
type People<T = Option<String>> = Vec<(String, T)>;

impl Keepers {
    /// Their names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// Looks at a PIN for the workspace in `dir`. As at the sign-in, it counts as wrong before it is looked at, and many wrong
    /// ones make the next wait. Takes some hundredths of a second for each keeper.
    ///
    /// # Errors
    /// When `dir` cannot be written, where attempts are counted: nothing is looked at then.
    pub fn check(&self, dir: &Path, typed: &str, at: Timestamp) -> Result<DoorCheck> {
        let wait = match attempts::begin(dir, at)? {
            Begun::Counted(wait) => wait,
            Begun::TooSoon(wait) => return Ok(DoorCheck::TooSoon { wait }),
        };
        let found = self.0.iter().find(|(_, hash)| pin::matches(hash, typed));
        match found {
            None => Ok(DoorCheck::Wrong { wait }),
            Some((name, _)) => {
                attempts::forgive(dir)?;
                Ok(DoorCheck::Right(name.clone()))
            }
        }
    }
}

impl fmt::Debug for Keepers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} keepers", self.0.len())
    }
}

impl Backups {
    /// Who answers for the workspace that these are of, which need not open. Of a sealed one that is known to
    /// [`Backups::unlock`] alone.
    pub fn who_answers(&self) -> WhoAnswers {
        let own = self.folder.parent().map(|dir| look_into(dir, &self.seal));
        let own = own.map(|connection| connection.and_then(|connection| keepers_in(&connection)));
        let is_read = match own {
            Some(Ok(people)) if !people.is_empty() => return WhoAnswers::of(people),
            read => matches!(read, Some(Ok(_))),
        };
        let listed = self.list();
        let mut all_read = listed.is_ok();
        for row in listed.unwrap_or_default() {
            let connection = open_copy(&self.database(&row.name), &self.seal);
            match connection.and_then(|connection| keepers_in(&connection)) {
                // Made before there was anybody.
                Ok(people) if people.is_empty() => {}
                Ok(people) => {
                    let found = WhoAnswers::of(people);
                    // What a newer one that cannot be read had in it, this one does not know.
                    let is_known = all_read || found != WhoAnswers::Nobody;
                    return if is_known { found } else { WhoAnswers::Unread };
                }
                Err(_) => all_read = false,
            }
        }
        match is_read && all_read {
            true => WhoAnswers::Nobody,
            false => WhoAnswers::Unread,
        }
    }

    /// Whether their key was given, so that they can be looked into.
    pub fn is_unlocked(&self) -> bool {
        self.seal.is_sealed()
    }

    /// Whether there is a key file by which sealed ones can be unlocked, the workspace's own or that of a backup.
    pub fn has_key(&self) -> bool {
        matches!(self.key_file(), Ok(Some(_)))
    }
}

/// The keepers; early formats have no people.
fn keepers_in(connection: &Connection) -> Result<People> {
    if has_table(connection, "person")? {
        return person::keepers(connection);
    }
    // An empty file in the place of a lost database is none of an early format.
    match has_table(connection, "log")? {
        true => Ok(Vec::new()),
        false => Err(Error::BackupDamaged),
    }
}
