//! Who answers for a workspace that opens for nobody: its keepers, as far as they can still be read.
//!
//! A damaged page of a large database is seldom one of the few that hold the people. Where it is, the newest backup in which
//! somebody is a keeper speaks for the workspace: an older one, from before there were PINs, does not.

use std::fmt;

use super::Backups;
use crate::error::Result;
use crate::kind::look_into;
use crate::pin;
use crate::store::open_copy;
use crate::table::person;

/// The keepers who have a PIN; their hashes do not leave the store.
#[derive(Default, Clone, PartialEq, Eq)]
pub struct Keepers(Vec<(String, String)>);

impl Keepers {
    /// Their names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// Whether nobody is known to have a PIN: then there is none to ask for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Name of the keeper whose PIN it is. Takes some hundredths of a second for each.
    pub fn admits(&self, pin: &str) -> Option<&str> {
        let found = self.0.iter().find(|(_, hash)| pin::matches(hash, pin));
        found.map(|(name, _)| name.as_str())
    }

    fn of(people: Vec<(String, Option<String>)>) -> Self {
        let with_pin = people
            .into_iter()
            .filter_map(|(name, pin)| Some((name, pin?)));
        Self(with_pin.collect())
    }
}

impl fmt::Debug for Keepers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} keepers", self.0.len())
    }
}

impl Backups {
    /// The keepers of the workspace that these are of, which need not open. Of a sealed one they are known to [`Backups::unlock`]
    /// alone.
    ///
    /// # Errors
    /// [`crate::Error::Io`] when the folder of the backups cannot be read.
    pub fn keepers(&self) -> Result<Keepers> {
        let of_workspace = self.folder.parent().and_then(|dir| {
            let connection = look_into(dir, &self.seal).ok()?;
            some(person::keepers(&connection))
        });
        if let Some(people) = of_workspace {
            return Ok(Keepers::of(people));
        }
        let newest = self.list()?.into_iter().find_map(|row| {
            let connection = open_copy(&self.database(&row.name), &self.seal).ok()?;
            some(person::keepers(&connection))
        });
        Ok(newest.map(Keepers::of).unwrap_or_default())
    }
}

/// People, where they can be read and somebody is among them.
fn some<T>(read: Result<Vec<T>>) -> Option<Vec<T>> {
    read.ok().filter(|people| !people.is_empty())
}
