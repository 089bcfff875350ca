//! Originals that no row names: those that an import has written and not yet said whose they are, and others.
//!
//! Before an original is written, what it will be named by goes to a list beside the vault; once a row names it, it is
//! taken off. What stands on the list when the workspace opens was left by an import that was killed, however much it
//! is, and is removed: importing again brings it. What no list knows is never removed: the database may be an older copy
//! that was put back, and the original the only one there is. It is counted ([`Store::health`]), and importing the same
//! bytes names it again.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use zhaoshen_model::PhotoHash;

use crate::error::{Error, Result};
use crate::private::new_file;
use crate::store::Store;
use crate::table::photo;
use crate::vault::{PHOTOS, Vault, is_unnamed, names_in, names_of, remove_file};

/// Name of the list within the workspace; there is none while every original is named by a row.
const LIST_FILE: &str = "zhaoshen.unnamed";

/// The list: what files are named by.
#[derive(Debug)]
pub(crate) struct Awaited {
    path: PathBuf,
    names: Mutex<HashSet<PhotoHash>>,
}

impl Awaited {
    /// The list of the workspace `dir`, with what an earlier run left on it.
    pub(crate) fn read(dir: &Path) -> Result<Self> {
        let path = dir.join(LIST_FILE);
        let (text, is_there) = match fs::read_to_string(&path) {
            Ok(text) => (text, true),
            Err(source) if source.kind() == io::ErrorKind::NotFound => (String::new(), false),
            Err(source) => return Err(Error::io(&path, source)),
        };
        let mut names = HashSet::new();
        // A line that was torn is of a file that was not written yet.
        for line in text.lines() {
            if let Some(name) = line.strip_prefix('+').and_then(|name| name.parse().ok()) {
                names.insert(name);
            } else if let Some(name) = line.strip_prefix('-').and_then(|name| name.parse().ok()) {
                names.remove(&name);
            }
        }
        // A torn line would spoil the next one; a list of nothing says nothing, and may not even have got its first byte.
        if names.is_empty() && is_there {
            remove_file(&path)?;
        }
        Ok(Self {
            path,
            names: Mutex::new(names),
        })
    }

    /// Where the list lies.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Puts them on the list, before they are written.
    pub(crate) fn add(&self, names: &HashSet<PhotoHash>) -> Result<()> {
        let mut standing = self.hold();
        let new: Vec<PhotoHash> = names.difference(&standing).copied().collect();
        self.append('+', &new)?;
        standing.extend(new);
        Ok(())
    }

    /// Takes off the list what a row names now.
    pub(crate) fn take_off(&self, names: &HashSet<PhotoHash>) -> Result<()> {
        let mut standing = self.hold();
        let named: Vec<PhotoHash> = names.intersection(&standing).copied().collect();
        if named.is_empty() {
            return Ok(());
        }
        for name in &named {
            standing.remove(name);
        }
        match standing.is_empty() {
            true => remove_file(&self.path),
            false => self.append('-', &named),
        }
    }

    /// What stands on the list.
    fn all(&self) -> HashSet<PhotoHash> {
        self.hold().clone()
    }

    fn clear(&self) -> Result<()> {
        self.hold().clear();
        remove_file(&self.path)
    }

    fn append(&self, sign: char, names: &[PhotoHash]) -> Result<()> {
        if names.is_empty() {
            return Ok(());
        }
        let mut lines = String::with_capacity(names.len() * 66 + 1);
        // What was written before may have been torn.
        lines.push('\n');
        for name in names {
            // Writing to a text cannot fail.
            let _ = writeln!(lines, "{sign}{name}");
        }
        new_file()
            .create(true)
            .append(true)
            .open(&self.path)
            .and_then(|mut file| file.write_all(lines.as_bytes()))
            .map_err(|source| Error::io(&self.path, source))
    }

    fn hold(&self) -> MutexGuard<'_, HashSet<PhotoHash>> {
        self.names.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    /// Removes the originals that were kept and that no row came to name: for the end of an import that leaves some, and
    /// before a round is deleted. How many there were. No import may be under way.
    ///
    /// # Errors
    /// [`Error::Io`] when a file cannot be removed; [`Error::Database`].
    pub fn sweep_awaited(&self) -> Result<usize> {
        if self.vault.awaited().all().is_empty() {
            return Ok(0);
        }
        let named = self.read(photo::all)?;
        self.vault.sweep_awaited(&named)
    }

    /// What the originals are named by that no row names, those apart that wait for their rows.
    pub(crate) fn unnamed(&self) -> Result<Vec<PhotoHash>> {
        let named = self.read(photo::all)?;
        let awaited = self.vault.awaited().all();
        let unnamed = self.vault.unnamed(&named)?;
        let names = unnamed.into_iter().map(|(name, _)| name);
        let mut others: Vec<PhotoHash> = names.filter(|name| !awaited.contains(name)).collect();
        others.sort_unstable();
        Ok(others)
    }
}

impl Vault {
    /// Notes that rows name these originals. Where that cannot be written the rows stand all the same, and a sweep
    /// asks them.
    pub(crate) fn named(&self, photos: impl Iterator<Item = PhotoHash>) {
        let photos: HashSet<PhotoHash> = photos.collect();
        if let Err(error) = self.awaited().take_off(&names_of(self.seal(), &photos)) {
            tracing::warn!(
                ?error,
                "the list of originals without a row was not shortened"
            );
        }
    }

    /// Removes what stands on the list and is not among `named`, which an import that was killed had written without
    /// saying whose it is; the list is empty then.
    pub(crate) fn sweep_awaited(&self, named: &HashSet<PhotoHash>) -> Result<usize> {
        let awaited = self.awaited().all();
        if awaited.is_empty() {
            return Ok(0);
        }
        let orphans = self.unnamed(named)?;
        let left = orphans.iter().filter(|(name, _)| awaited.contains(name));
        let mut swept = 0;
        for (_, orphan) in left {
            remove_file(orphan)?;
            swept += 1;
        }
        self.awaited().clear()?;
        Ok(swept)
    }

    /// The originals that are not among `named`: what each file is named by, and where it lies.
    fn unnamed(&self, named: &HashSet<PhotoHash>) -> Result<Vec<(PhotoHash, PathBuf)>> {
        let photos = self.root().join(PHOTOS);
        let named = names_of(self.seal(), named);
        let mut unnamed = Vec::new();
        for shard in names_in(&photos)? {
            let folder = photos.join(&shard);
            if shard.len() != 2 || !folder.is_dir() {
                continue;
            }
            for name in names_in(&folder)? {
                if let Some(parsed) = is_unnamed(&named, &shard, &name) {
                    unnamed.push((parsed, folder.join(name)));
                }
            }
        }
        Ok(unnamed)
    }
}
