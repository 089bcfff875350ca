//! Backups as people use them: made, listed, read through, carried away in one file, made a workspace again.
//!
//! What a backup is and how it is made: `zhaoshen_store::backup`. Listing, verifying and restoring work on a workspace
//! that cannot be opened, too ([`list`], [`Shelf`], [`verify`], [`verify_file`], [`restore`]): that is when they are needed.

mod copy;
pub mod door;
mod restoration;

pub use restoration::restore;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use zhaoshen_store::{BackupNote, BackupRow, BackupWhy, Backups, NewWriting, Store, WritingKind};

use crate::app::{count, local_time, now};
use crate::failure::{refused, store};
use crate::job::{Progress, lock};
use crate::seal::with_key;
use crate::unfinished::Begun;
use crate::wire::{
    BackupCard, BackupCopy, BackupDismiss, BackupRef, BackupRestore, BackupVerified, BackupView,
    DoorKey, Empty, Failure, JobKind, JobOutcome, JobStarted,
};
use crate::{Inner, Seat, zh};

use self::restoration::Restoration;

impl Seat {
    /// The backups of the workspace, newest first.
    ///
    /// # Errors
    /// When their folder cannot be read.
    pub fn backup_list(&self, _: Empty) -> Result<BackupView, Failure> {
        let mut view = list(self.store().dir())?;
        view.unfinished = self.unfinished_of(None)?;
        let head = self.store().log_head().map_err(|error| store(&error))?;
        let rows = head.map_or(0, |head| count(head.last));
        let kept = view.backups.first().map_or(0, |newest| newest.log_rows);
        view.behind = rows.saturating_sub(kept);
        view.problem = lock(&self.inner.keeping.alarms).backup.clone();
        Ok(view)
    }

    /// Makes a backup now.
    ///
    /// # Errors
    /// Refused while another job runs.
    pub fn backup_now(&self, _: Empty) -> Result<JobStarted, Failure> {
        self.backup_job(|inner, progress| {
            let row = make(inner, BackupWhy::Asked, progress)?;
            let mut alarms = lock(&inner.keeping.alarms);
            alarms.backup.clear();
            alarms.photos = zh::alarm_photos(row.note.damaged);
            drop(alarms);
            let backup = card(row.name, row.note, String::new());
            Ok(JobOutcome::BackedUp { backup })
        })
    }

    /// Makes a backup and writes it into one encrypted file.
    ///
    /// # Errors
    /// Refused while another job runs, without a reviewer, and for a folder of the workspace.
    pub fn backup_copy(&self, args: BackupCopy) -> Result<JobStarted, Failure> {
        let reviewer = self.reviewer()?;
        let folder = PathBuf::from(&args.folder);
        if self.store().holds(&folder) {
            return Err(refused(zh::TARGET_IN_WORKSPACE));
        }
        self.backup_job(move |inner, progress| {
            let report = copy::write(inner, &folder, &reviewer, progress)?;
            Ok(JobOutcome::CopiedOut { report })
        })
    }

    /// Tells no more of a file or a restored workspace that was broken off: somebody saw to what lies there.
    ///
    /// # Errors
    /// Not found, and while it goes on still; without a reviewer.
    pub fn backup_dismiss(&self, args: BackupDismiss) -> Result<BackupView, Failure> {
        self.dismiss(None, args.id)?;
        self.backup_list(Empty {})
    }

    /// Makes a workspace of a backup, in a new folder; the log has where it lies.
    ///
    /// # Errors
    /// Refused while another job runs, and for a folder of the workspace.
    pub fn backup_restore(&self, args: BackupRestore) -> Result<JobStarted, Failure> {
        let by = self.clerk()?;
        if self.store().holds(Path::new(&args.folder)) {
            return Err(refused(zh::RESTORE_IN_WORKSPACE));
        }
        self.backup_job(move |inner, progress| {
            let shelf = Shelf(inner.store.backups());
            let restoration = Restoration::of(&shelf, &args)?;
            let target = restoration.folder().display().to_string();
            let new = NewWriting {
                round: None,
                kind: WritingKind::Restore,
                number: 0,
                target: target.clone(),
            };
            let begun = Begun::new(inner, &new, &by)?;
            let report = restoration.run(progress)?;
            let from = (args.source(), target.as_str());
            inner
                .store
                .record_restored(from, "", Some(begun.id()), (&by, now()))
                .map_err(|error| store(&error))?;
            begun.published(&target, None);
            Ok(JobOutcome::Restored { report })
        })
    }

    /// Reads a backup through.
    ///
    /// # Errors
    /// Refused while another job runs.
    pub fn backup_verify(&self, args: BackupRef) -> Result<JobStarted, Failure> {
        self.backup_job(move |inner, progress| {
            let report = verify(&Shelf(inner.store.backups()), &args.name, progress)?;
            Ok(JobOutcome::BackupVerified { report })
        })
    }

    fn backup_job<F>(&self, work: F) -> Result<JobStarted, Failure>
    where
        F: FnOnce(&Inner, &Progress) -> Result<JobOutcome, Failure> + Send + 'static,
    {
        let inner = Arc::clone(&self.inner);
        let job =
            self.inner
                .jobs
                .start((JobKind::Backup, self.person()), None, move |progress| {
                    work(&inner, progress)
                })?;
        Ok(JobStarted { job })
    }
}

/// The backups of a workspace, open or not.
///
/// # Errors
/// When their folder cannot be read.
pub fn list(workspace: &Path) -> Result<BackupView, Failure> {
    let backups = Backups::of(workspace);
    let rows = backups.list().map_err(|error| store(&error))?;
    let unreadable = backups.unreadable().map_err(|error| store(&error))?;
    let pins = pins_of(&backups, &rows);
    let cards = rows.into_iter().zip(&pins).map(|(row, of)| {
        let caution = match unreadable.contains(&row.name) {
            true => zh::BACKUP_UNREADABLE.to_owned(),
            false => noted(*of, &pins, |_| String::new()),
        };
        card(row.name, row.note, caution)
    });
    Ok(BackupView {
        folder: backups.folder().display().to_string(),
        backups: cards.collect(),
        behind: 0,
        problem: String::new(),
        unfinished: Vec::new(),
    })
}

/// The backups of a workspace, with what opens them.
#[derive(Debug)]
pub struct Shelf(Backups);

impl Shelf {
    /// Whether the backups of `workspace` are sealed, so that a key is needed to look into them.
    pub fn is_sealed(workspace: &Path) -> bool {
        Backups::of(workspace).are_sealed()
    }

    /// Whether a program has `workspace` open: who may do what with its backups is asked there.
    pub fn is_in_use(workspace: &Path) -> bool {
        Store::is_in_use(workspace)
    }

    /// For what lies in a file: backups of `workspace`, none of which is looked into.
    pub fn of_none(workspace: &Path) -> Self {
        Self(Backups::of(workspace))
    }

    /// Those of `workspace`, open or not; `key` is looked at where they are sealed.
    ///
    /// # Errors
    /// When the passphrase or the recovery code is wrong or the key file is missing.
    pub fn of(workspace: &Path, key: &DoorKey) -> Result<Self, Failure> {
        if !Self::is_sealed(workspace) {
            return Ok(Self(Backups::of(workspace)));
        }
        let opened = Backups::unlock(workspace, with_key(key));
        opened.map(Self).map_err(|error| store(&error))
    }
}

/// Reads a backup through.
///
/// # Errors
/// When there is no such backup; cancelled.
pub fn verify(shelf: &Shelf, name: &str, progress: &Progress) -> Result<BackupVerified, Failure> {
    progress.begin(zh::STAGE_VERIFY, 0);
    let check = shelf
        .0
        .verify(name, progress.stop_flag(), told(progress, zh::STAGE_VERIFY))
        .map_err(|error| store(&error))?;
    let wrong = [
        (!check.database).then(|| zh::BACKUP_DATABASE_WRONG.to_owned()),
        (!check.log).then(|| zh::BACKUP_LOG_WRONG.to_owned()),
        (!check.damaged.is_empty()).then(|| zh::backup_photos_wrong(check.damaged.len())),
    ];
    Ok(BackupVerified {
        name: name.to_owned(),
        whole: check.is_whole(),
        photos: count(check.photos),
        problems: wrong.into_iter().flatten().collect(),
    })
}

/// Reads a backup in a file through: every entry to its end, which its encryption vouches for, the database and the originals
/// against their SHA-256. What lies sealed in it stays sealed: its key is not asked for.
///
/// # Errors
/// When it is no backup in a file, or the passphrase is wrong; cancelled. What is damaged in it is in the answer.
pub fn verify_file(
    file: &Path,
    passphrase: &str,
    progress: &Progress,
) -> Result<BackupVerified, Failure> {
    let mut copy = copy::Source::open(file, passphrase)?;
    let check = copy.verify(progress)?;
    let wrong = [
        (!check.database).then(|| zh::BACKUP_DATABASE_WRONG.to_owned()),
        (!check.key).then(|| zh::BACKUP_KEY_WRONG.to_owned()),
        (check.damaged > 0).then(|| zh::backup_photos_wrong(check.damaged)),
    ];
    let problems: Vec<String> = wrong.into_iter().flatten().collect();
    Ok(BackupVerified {
        name: file.display().to_string(),
        whole: problems.is_empty(),
        photos: count(check.photos),
        problems,
    })
}

/// Makes a backup.
pub(crate) fn make(
    inner: &Inner,
    why: BackupWhy,
    progress: &Progress,
) -> Result<BackupRow, Failure> {
    progress.begin(zh::STAGE_BACKUP, 0);
    inner
        .store
        .back_up(
            why,
            now(),
            progress.stop_flag(),
            told(progress, zh::STAGE_BACKUP),
        )
        .map_err(|error| store(&error))
}

/// What tells a job how far the store is with its photos.
fn told(progress: &Progress, stage: &'static str) -> impl FnMut(u64, u64) {
    move |done, of| {
        if done == 1 {
            progress.begin(stage, count(of));
        }
        progress.set_done(count(done));
    }
}

/// When a backup was made, and how many people with a PIN are in it, where that is known.
type Pins = (Timestamp, Option<u64>);

fn pins_of(backups: &Backups, rows: &[BackupRow]) -> Vec<Pins> {
    rows.iter()
        .map(|row| (row.note.made_at, backups.pins(row)))
        .collect()
}

/// What is said before a backup is restored in which nobody has a PIN, or `unknown`, while somebody has in one of the others
/// that is newer.
fn noted(of: Pins, others: &[Pins], unknown: impl FnOnce(&str) -> String) -> String {
    let (made_at, pins) = of;
    let newer = others
        .iter()
        .find(|(at, pins)| *at > made_at && pins.is_some_and(|pins| pins > 0));
    match (newer, pins) {
        (Some((at, _)), Some(0)) => zh::backup_without_pins(&local_time(*at)),
        (Some((at, _)), None) => unknown(&local_time(*at)),
        _ => String::new(),
    }
}

fn card(name: String, note: BackupNote, caution: String) -> BackupCard {
    BackupCard {
        name,
        at: local_time(note.made_at),
        why: zh::backup_why(note.why).to_owned(),
        rounds: count(note.rounds),
        students: count(note.on_rosters()),
        photos: count(note.photos),
        missing: count(note.missing),
        damaged: count(note.damaged),
        log_rows: count(note.log_last),
        mebibytes: mebibytes(note.photo_bytes + note.database_bytes),
        caution,
    }
}

/// Bytes in mebibytes, to a hundredth.
fn mebibytes(bytes: u64) -> f64 {
    let hundredths = bytes / ((1 << 20) / 100);
    f64::from(u32::try_from(hundredths).unwrap_or(u32::MAX)) / 100.0
}
