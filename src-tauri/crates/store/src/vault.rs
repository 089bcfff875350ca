//! The photo vault: originals by the SHA-256 of their bytes, and what is derived from them.
//!
//! An original is written to `incoming/`, renamed to its place, and synced; [`Vault::put_all`]
//! returns only when every file of the batch would survive a power cut. Only then may a row name
//! it. Rename comes before sync so that one call can cover contents and names of a whole batch;
//! what a power cut may tear in between is a file that no row names, which the next opening sweeps
//! where the list of the import knows it, and the next `put` of the same bytes compares and rewrites.
//!
//! A derived file can be made again, so it is not synced; it starts with a mark, the SHA-256 of whose
//! it is, which kind and what follows. A torn one reads as absent, and so does one that was put in
//! the place of another.
//!
//! In a sealed workspace every file is encrypted before it is written, aside too, and is named by the key.
//!
//! Every byte passes through [`write_new`] and [`read`]. Not here: decoding, or any idea of what a
//! photo shows.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zhaoshen_model::PhotoHash;

use crate::error::{Error, Result};
use crate::private::{self, make_folder};
use crate::seal::{FileKind, Seal, label};
use crate::store::Store;
use crate::unnamed::Awaited;

/// Name of the folder of originals, in the workspace and among its backups.
pub(crate) const PHOTOS: &str = "photos";
/// Threads that write one batch.
const WRITERS: usize = 4;
/// Up to this many files are synced one by one; syncing the file system would wait for others'
/// writes too.
#[cfg(target_os = "linux")]
const FEW: usize = 8;

/// What is derived from an original and kept beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DerivedKind {
    /// For the review desk: at most 1080 px on the longer side.
    Preview,
    /// For grids and lists.
    Thumb,
    /// The finished file (成品) made by one recipe.
    Rendition {
        /// Fingerprint of everything but the photo that decides the bytes: profile, crop, encoder.
        recipe: u64,
    },
}

/// The vault's folders.
#[derive(Debug)]
pub(crate) struct Vault {
    root: PathBuf,
    incoming: PathBuf,
    seal: Seal,
    next: AtomicU64,
    awaited: Awaited,
}

impl Store {
    /// Keeps one original; the same bytes again are no work and no error. Durable on return.
    ///
    /// # Errors
    /// [`Error::WorkspaceGone`], [`Error::DiskFull`], [`Error::ReadOnly`], [`Error::Io`].
    pub fn put_photo(&self, bytes: &[u8]) -> Result<PhotoHash> {
        self.check_place()?;
        let hash = hash_of(bytes);
        self.vault.announce(&[hash])?;
        self.vault.place(hash, bytes)?;
        self.vault.settle(&[hash])?;
        Ok(hash)
    }

    /// Keeps a batch of originals, durable on return; a few hundred at a time are cheapest.
    /// Hashes come back in the order of `photos`.
    ///
    /// # Errors
    /// As [`Store::put_photo`]; those of the batch already kept stay, named by no row.
    pub fn put_photos<B: AsRef<[u8]> + Sync>(&self, photos: &[B]) -> Result<Vec<PhotoHash>> {
        self.check_place()?;
        let hashes = in_parallel(photos.len(), |index| Ok(hash_of(photos[index].as_ref())))?;
        self.vault.announce(&hashes)?;
        in_parallel(photos.len(), |index| {
            self.vault.place(hashes[index], photos[index].as_ref())
        })?;
        self.vault.settle(&hashes)?;
        Ok(hashes)
    }

    /// The bytes of an original, checked against its hash.
    ///
    /// # Errors
    /// [`Error::PhotoMissing`], [`Error::PhotoDamaged`], [`Error::Io`].
    pub fn read_photo(&self, hash: PhotoHash) -> Result<Vec<u8>> {
        let path = self.vault.photo_path(hash);
        let kept = read(&path)?.ok_or(Error::PhotoMissing { hash })?;
        let bytes = self.vault.seal.open(FileKind::Original, hash, kept);
        bytes
            .filter(|bytes| hash_of(bytes) == hash)
            .ok_or(Error::PhotoDamaged { hash })
    }

    /// Size in bytes of an original.
    ///
    /// # Errors
    /// [`Error::PhotoMissing`], [`Error::Io`].
    pub fn photo_size(&self, hash: PhotoHash) -> Result<u64> {
        self.vault.size_of(hash)
    }

    /// Keeps something derived from an original, in place of what was there.
    ///
    /// # Errors
    /// [`Error::WorkspaceGone`], [`Error::DiskFull`], [`Error::ReadOnly`], [`Error::Io`].
    pub fn put_derived(&self, hash: PhotoHash, kind: DerivedKind, bytes: &[u8]) -> Result<()> {
        self.check_place()?;
        let path = self.vault.derived_path(hash, kind);
        let whole = [&mark_of(hash, kind, bytes)[..], bytes].concat();
        self.vault
            .write_closed(&path, FileKind::Derived(kind), hash, &whole)
    }

    /// Something derived from an original; `None` when it was never made or was torn by a power cut, and for what is of
    /// another photo or another kind.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn read_derived(&self, hash: PhotoHash, kind: DerivedKind) -> Result<Option<Vec<u8>>> {
        let Some(kept) = read(&self.vault.derived_path(hash, kind))? else {
            return Ok(None);
        };
        let opened = self.vault.seal.open(FileKind::Derived(kind), hash, kept);
        let Some(mut sum) = opened.filter(|whole| whole.len() >= 32) else {
            return Ok(None);
        };
        let bytes = sum.split_off(32);
        Ok((sum == mark_of(hash, kind, &bytes)).then_some(bytes))
    }
}

impl Vault {
    /// The vault of the workspace `dir`; half-written files of an earlier run are removed.
    pub(crate) fn open(dir: &Path, seal: Seal) -> Result<Self> {
        let vault = Self {
            root: dir.to_owned(),
            incoming: dir.join("incoming"),
            seal,
            next: AtomicU64::new(0),
            awaited: Awaited::read(dir)?,
        };
        for folder in [&vault.incoming, &dir.join(PHOTOS), &dir.join("derived")] {
            make_folder(folder)?;
        }
        vault.clear_incoming()?;
        Ok(vault)
    }

    /// Removes what an earlier run left half written, and nothing else: only files, by their numbers.
    fn clear_incoming(&self) -> Result<()> {
        let failed = |source| Error::io(&self.incoming, source);
        for entry in fs::read_dir(&self.incoming).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let is_file = entry.file_type().map_err(failed)?.is_file();
            let is_ours = entry.file_name().to_string_lossy().parse::<u64>().is_ok();
            if is_file && is_ours {
                fs::remove_file(entry.path()).map_err(failed)?;
            }
        }
        Ok(())
    }

    /// Everything derived from an original.
    pub(crate) fn derived_of(&self, hash: PhotoHash) -> Result<Vec<PathBuf>> {
        let (shard, name) = self.shard_and_name(hash);
        let mut found = Vec::new();
        for folder in ["preview", "thumb", "rendition"] {
            let shard = self.root.join("derived").join(folder).join(&shard);
            if !shard.is_dir() {
                continue;
            }
            let own = names_in(&shard)?.into_iter();
            found.extend(
                own.filter(|file| file.starts_with(&name))
                    .map(|file| shard.join(file)),
            );
        }
        Ok(found)
    }

    /// Removes an original and everything derived from it; what is not there is no error.
    pub(crate) fn remove(&self, hash: PhotoHash) -> Result<()> {
        let mut files = self.derived_of(hash)?;
        files.push(self.photo_path(hash));
        files.iter().try_for_each(|file| remove_file(file))
    }

    /// Size in bytes of a kept original.
    pub(crate) fn size_of(&self, hash: PhotoHash) -> Result<u64> {
        let path = self.photo_path(hash);
        match fs::metadata(&path) {
            Ok(metadata) => Ok(self.seal.length_within(metadata.len())),
            Err(source) if source.kind() == io::ErrorKind::NotFound => {
                Err(Error::PhotoMissing { hash })
            }
            Err(source) => Err(Error::io(&path, source)),
        }
    }

    /// Where an original lies.
    pub(crate) fn photo_path(&self, hash: PhotoHash) -> PathBuf {
        let (shard, name) = self.shard_and_name(hash);
        self.root.join(PHOTOS).join(shard).join(name)
    }

    fn derived_path(&self, hash: PhotoHash, kind: DerivedKind) -> PathBuf {
        let (shard, name) = self.shard_and_name(hash);
        let (folder, name) = match kind {
            DerivedKind::Preview => ("preview", name),
            DerivedKind::Thumb => ("thumb", name),
            DerivedKind::Rendition { recipe } => ("rendition", format!("{name}-{recipe:016x}")),
        };
        self.root
            .join("derived")
            .join(folder)
            .join(shard)
            .join(name)
    }

    /// Writes an original unless the same bytes are in its place.
    fn place(&self, hash: PhotoHash, bytes: &[u8]) -> Result<()> {
        let path = self.photo_path(hash);
        let kept = read(&path)?.and_then(|kept| self.seal.open(FileKind::Original, hash, kept));
        if kept.is_some_and(|kept| kept == bytes) {
            return Ok(());
        }
        self.write_closed(&path, FileKind::Original, hash, bytes)
    }

    /// Notes that originals are about to be written that no row names yet.
    fn announce(&self, hashes: &[PhotoHash]) -> Result<()> {
        let hashes = hashes.iter().copied().collect();
        self.awaited.add(&names_of(&self.seal, &hashes))
    }

    /// The originals that wait for a row.
    pub(crate) fn awaited(&self) -> &Awaited {
        &self.awaited
    }

    /// The workspace's folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// How this vault's bytes lie on the disk.
    pub(crate) fn seal(&self) -> &Seal {
        &self.seal
    }

    /// First two digits of what the files of a photo are named by, and the rest.
    fn shard_and_name(&self, hash: PhotoHash) -> (String, String) {
        shard_and_rest(&self.seal, hash)
    }

    /// Writes `bytes`, encrypted where the workspace is sealed.
    fn write_closed(
        &self,
        path: &Path,
        kind: FileKind,
        hash: PhotoHash,
        bytes: &[u8],
    ) -> Result<()> {
        match self.seal.close(kind, hash, bytes)? {
            Some(sealed) => self.write_new(path, &sealed),
            None => self.write_new(path, bytes),
        }
    }

    /// Writes `bytes` aside and renames them to `path`, so that a reader sees all or nothing.
    fn write_new(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let aside = self.incoming.join(number.to_string());
        let written = private::write(&aside, bytes)
            .map_err(|source| Error::io(&aside, source))
            .and_then(|()| rename(&aside, path));
        if written.is_err() {
            // The failure is what the caller needs to know; what is left is removed at next opening.
            let _ = fs::remove_file(&aside);
        }
        written
    }

    /// Returns when the files of `hashes` and their names are on the disk.
    fn settle(&self, hashes: &[PhotoHash]) -> Result<()> {
        #[cfg(target_os = "linux")]
        if hashes.len() > FEW {
            let root = File::open(&self.root).map_err(|source| Error::io(&self.root, source))?;
            return rustix::fs::syncfs(&root)
                .map_err(|source| Error::io(&self.root, source.into()));
        }
        in_parallel(hashes.len(), |index| sync(&self.photo_path(hashes[index])))?;
        if self.awaited.path().is_file() {
            sync(self.awaited.path())?;
        }
        self.settle_folders(hashes)
    }

    #[cfg(unix)]
    fn settle_folders(&self, hashes: &[PhotoHash]) -> Result<()> {
        let photos = self.root.join(PHOTOS);
        let mut folders: Vec<PathBuf> = hashes
            .iter()
            .map(|hash| photos.join(self.shard_and_name(*hash).0))
            .collect();
        folders.sort();
        folders.dedup();
        folders.extend([photos, self.root.clone()]);
        in_parallel(folders.len(), |index| sync(&folders[index]))?;
        Ok(())
    }

    /// NTFS keeps names in its own journal and has no handle to sync a folder by.
    #[cfg(not(unix))]
    #[expect(
        clippy::unnecessary_wraps,
        clippy::unused_self,
        reason = "same shape as on Unix"
    )]
    fn settle_folders(&self, _hashes: &[PhotoHash]) -> Result<()> {
        Ok(())
    }
}

/// Removes a file; one that is not there is no error.
pub(crate) fn remove_file(file: &Path) -> Result<()> {
    match fs::remove_file(file) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(Error::io(file, source)),
        _ => Ok(()),
    }
}

/// The names in a folder; those that are no text are none of ours.
pub(crate) fn names_in(folder: &Path) -> Result<Vec<String>> {
    let failed = |source| Error::io(folder, source);
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        names.extend(entry.map_err(failed)?.file_name().into_string());
    }
    Ok(names)
}

/// SHA-256 of `bytes`.
fn hash_of(bytes: &[u8]) -> PhotoHash {
    PhotoHash(Sha256::digest(bytes).into())
}

/// What a derived file starts with.
fn mark_of(hash: PhotoHash, kind: DerivedKind, bytes: &[u8]) -> [u8; 32] {
    let mut mark = Sha256::new();
    mark.update(label(FileKind::Derived(kind), hash));
    mark.update(bytes);
    mark.finalize().into()
}

/// First two hexadecimal digits of what a photo's files are named by, and the rest.
pub(crate) fn shard_and_rest(seal: &Seal, hash: PhotoHash) -> (String, String) {
    let name = seal.name_of(hash);
    (hex::encode(&name[..1]), hex::encode(&name[1..]))
}

/// What the files of these photos are named by.
pub(crate) fn names_of(seal: &Seal, photos: &HashSet<PhotoHash>) -> HashSet<PhotoHash> {
    let names = photos.iter().map(|hash| PhotoHash(seal.name_of(*hash)));
    names.collect()
}

/// What a file is named by, where that is the name of a photo and none of `names`.
pub(crate) fn is_unnamed(names: &HashSet<PhotoHash>, shard: &str, name: &str) -> Option<PhotoHash> {
    let parsed = format!("{shard}{name}").parse::<PhotoHash>().ok()?;
    (!names.contains(&parsed)).then_some(parsed)
}

/// Whether the file at `path` holds the original with this hash, whole.
pub(crate) fn is_whole(seal: &Seal, hash: PhotoHash, path: &Path) -> Result<bool> {
    let kept = read(path)?;
    let bytes = kept.and_then(|kept| seal.open(FileKind::Original, hash, kept));
    Ok(bytes.is_some_and(|bytes| hash_of(&bytes) == hash))
}

/// The whole file, or `None` when there is none.
fn read(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(source) if source.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::io(path, source)),
    }
}

/// Renames, making the folder when it is not there yet.
fn rename(from: &Path, to: &Path) -> Result<()> {
    let renamed = match (fs::rename(from, to), to.parent()) {
        (Err(source), Some(folder)) if source.kind() == io::ErrorKind::NotFound => {
            private::create_folder(folder).and_then(|()| fs::rename(from, to))
        }
        (renamed, _) => renamed,
    };
    renamed.map_err(|source| Error::io(to, source))
}

/// Syncs one file or, on Unix, one folder.
pub(crate) fn sync(path: &Path) -> Result<()> {
    // Windows flushes only through a handle that may write.
    let opened = if cfg!(windows) {
        File::options().write(true).open(path)
    } else {
        File::open(path)
    };
    opened
        .and_then(|file| file.sync_all())
        .map_err(|source| Error::io(path, source))
}

/// Returns when everything written below `folder` is on the disk, as far as the system has one call for it; without
/// one, files were synced as they were written.
pub(crate) fn sync_all_in(folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    #[cfg(target_os = "linux")]
    {
        let opened = File::open(folder).map_err(|source| Error::io(folder, source))?;
        rustix::fs::syncfs(&opened).map_err(|source| Error::io(folder, source.into()))
    }
    #[cfg(all(unix, not(target_os = "linux")))]
    return sync(folder);
    #[cfg(not(unix))]
    Ok(())
}

/// Runs `work` for every index below `count` on a few threads; results in order, or one error.
fn in_parallel<T: Send>(count: usize, work: impl Fn(usize) -> Result<T> + Sync) -> Result<Vec<T>> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.min(WRITERS).min(count);
    if threads <= 1 {
        return (0..count).map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let run = || -> Result<Vec<(usize, T)>> {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                return Ok(done);
            }
            done.push((index, work(index)?));
        }
    };
    let mut done = thread::scope(|scope| {
        let handles: Vec<_> = (1..threads).map(|_| scope.spawn(run)).collect();
        let mut done = run()?;
        for handle in handles {
            match handle.join() {
                Ok(more) => done.append(&mut more?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok::<_, Error>(done)
    })?;
    done.sort_by_key(|(index, _)| *index);
    Ok(done.into_iter().map(|(_, value)| value).collect())
}
