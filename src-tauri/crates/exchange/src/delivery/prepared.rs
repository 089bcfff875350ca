//! A delivery, or sheets, written and read back, of which nothing says yet that they are whole: the account, the archives,
//! or the last sheet lie under temporary names until all is in the books.

use std::path::Path;

use serde::{Deserialize, Serialize};
use zhaoshen_model::PhotoHash;

use super::target::{Pending, Target, sync_folder};
use super::write::DeliveryReport;
use crate::archive::NewArchive;
use crate::error::Error;
use crate::fresh::{self, Seen};

/// A file that gets its name last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastName {
    /// The name, within the folder.
    pub name: String,
    /// SHA-256 of the file.
    pub sha256: PhotoHash,
}

/// What is without its name yet.
pub(crate) enum Unnamed {
    File(Pending),
    Archive(Box<NewArchive>),
}

impl Unnamed {
    fn check(&self) -> Result<(), Error> {
        match self {
            Self::File(pending) => pending.check_unnamed(),
            Self::Archive(archive) => archive.check_unnamed(),
        }
    }

    fn publish(self) -> Result<(), Error> {
        match self {
            Self::File(mut pending) => pending.give_name().inspect_err(|_| pending.leave()),
            Self::Archive(archive) => archive.publish(true),
        }
    }

    fn leave(self) {
        match self {
            Self::File(pending) => pending.leave(),
            Self::Archive(archive) => archive.leave(),
        }
    }
}

/// A delivery, or sheets, written and read back. Dropped before it is published, all of it is taken away.
pub struct Prepared<R = DeliveryReport> {
    report: R,
    /// `None` once it is published.
    folder: Option<Target>,
    unnamed: Vec<Unnamed>,
    names: Vec<LastName>,
}

impl<R: Clone> Prepared<R> {
    /// Of what was written to `folder`. All of it is looked at a last time: names and sizes, and the bytes of what was
    /// written to since it was read back.
    pub(crate) fn new(
        folder: Target,
        report: R,
        unnamed: Vec<(String, PhotoHash, Unnamed)>,
    ) -> Result<Self, Error> {
        let names = unnamed.iter().map(|(name, sha256, _)| LastName {
            name: name.clone(),
            sha256: *sha256,
        });
        let prepared = Self {
            report,
            names: names.collect(),
            folder: Some(folder),
            unnamed: unnamed.into_iter().map(|(_, _, file)| file).collect(),
        };
        prepared.check()?;
        if let Some(folder) = &prepared.folder {
            folder.sync().map_err(|error| folder.explained(error))?;
        }
        Ok(prepared)
    }

    fn check(&self) -> Result<(), Error> {
        let Some(folder) = &self.folder else {
            return Ok(());
        };
        let checked = folder.check();
        checked
            .and_then(|()| self.unnamed.iter().try_for_each(Unnamed::check))
            .map_err(|error| folder.explained(error))
    }

    /// What was written.
    pub const fn report(&self) -> &R {
        &self.report
    }

    /// The files that get their names when it is published, in that order.
    pub fn names(&self) -> &[LastName] {
        &self.names
    }

    /// Gives the last files their names; from now on it looks as whole as it is.
    ///
    /// # Errors
    /// When a name was taken by now or the disk refuses. Nothing is taken away then: what has no name yet waits for
    /// [`give_last_names`].
    pub fn publish(mut self) -> Result<R, Error> {
        let folder = self.folder.take();
        let mut result = Ok(());
        for file in std::mem::take(&mut self.unnamed) {
            match result {
                Ok(()) => result = file.publish(),
                Err(_) => file.leave(),
            }
        }
        if let Some(folder) = folder {
            let synced = folder.sync();
            result = result.and(synced).map_err(|error| folder.explained(error));
        }
        result.map(|()| self.report.clone())
    }
}

impl<R> Drop for Prepared<R> {
    fn drop(&mut self) {
        // The account first, so that what is left at any instant looks as unfinished as it is.
        self.unnamed.clear();
        if let Some(folder) = self.folder.take() {
            folder.take_back();
        }
    }
}

/// Gives the last files of a delivery that is in the books their names, where the program was ended before.
///
/// # Errors
/// When one of them is not there as it was written, another has its name, or the disk refuses.
pub fn give_last_names(folder: &Path, names: &[LastName]) -> Result<(), Error> {
    for last in names {
        let path = folder.join(&last.name);
        let partial = fresh::partial(&path);
        let is_it = |path: &Path| Seen::read(path).is_ok_and(|seen| seen.sha256 == last.sha256.0);
        if is_it(&path) {
            // A second name of the very file, where the program was ended between the two.
            if is_it(&partial) {
                std::fs::remove_file(&partial).map_err(|error| Error::io(&partial, error))?;
            }
            continue;
        }
        if !is_it(&partial) {
            return Err(Error::ChangedMeanwhile { path });
        }
        // Of a disk without second names, where the place was taken and nothing put there yet.
        if path.symlink_metadata().is_ok_and(|found| found.len() == 0) {
            std::fs::remove_file(&path).map_err(|error| Error::io(&path, error))?;
        }
        fresh::name(&partial, &path).map_err(|error| Error::io(&path, error))?;
    }
    sync_folder(folder)
}

/// What is left of writing that broke off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remains {
    /// Nothing.
    Nothing,
    /// Something lies there.
    There,
    /// Where it lay cannot be seen: a disk was taken away.
    OutOfSight,
}

/// What is left at `target`: the folder of a delivery, or the file of an archive.
pub fn remains(target: &Path) -> Remains {
    if fresh::partial(target).exists() {
        return Remains::There;
    }
    match std::fs::read_dir(target) {
        Ok(mut entries) => match entries.next() {
            Some(_) => Remains::There,
            None => Remains::Nothing,
        },
        Err(_) if target.symlink_metadata().is_ok() => Remains::There,
        Err(_) => match target.parent().is_some_and(Path::is_dir) {
            true => Remains::Nothing,
            false => Remains::OutOfSight,
        },
    }
}
