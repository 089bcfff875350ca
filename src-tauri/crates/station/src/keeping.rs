//! Keeping the workspace safe without being asked: the log is followed and the database looked through when a program
//! starts, and backups are made as the days and the work go by.
//!
//! A thread of its own, in programs that stay open. A backup is due when the newest is older than a day, or when much
//! was logged since; never while a job runs, and never when nothing was logged.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use zhaoshen_store::{Act, BackupNote, BackupRow, BackupWhy, LogFilter};

use crate::app::now;
use crate::failure::store;
use crate::job::{Progress, lock};
use crate::looking::Looking;
use crate::wire::Failure;
use crate::{Inner, Seat, zh};

/// Pause between two looks.
const LOOK: Duration = Duration::from_secs(60);
/// Age from which a backup is followed by another.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// Log rows after which a backup is made on the same day.
const MUCH: i64 = 300;
/// Least time between two backups for the sake of much work.
const APART: SignedDuration = SignedDuration::from_mins(30);

/// What is kept of it between two looks.
#[derive(Debug, Default)]
pub(crate) struct Keeping {
    pub(crate) alarms: Mutex<Alarms>,
    progress: Progress,
    looking: Looking,
}

/// What staff must hear of; empty texts when nothing is wrong.
#[derive(Debug, Default, Clone)]
pub(crate) struct Alarms {
    /// The log does not hold.
    pub(crate) log: String,
    /// The database is damaged.
    pub(crate) database: String,
    /// A backup could not be made.
    pub(crate) backup: String,
    /// Originals are damaged.
    pub(crate) photos: String,
    /// A delivery or an archive was broken off.
    pub(crate) writing: String,
}

impl Keeping {
    /// Ends the thread, a backup that is being made included, and waits for it.
    pub(crate) fn stop(&self) {
        self.progress.cancel();
        self.looking.stop();
    }

    /// The gravest of what was found; empty when nothing is wrong.
    fn alarm(&self) -> String {
        let alarms = lock(&self.alarms).clone();
        let all = [
            alarms.database,
            alarms.log,
            alarms.photos,
            alarms.backup,
            alarms.writing,
        ];
        let first = all.into_iter().find(|text| !text.is_empty());
        first.unwrap_or_default()
    }
}

/// The gravest of what staff must hear of; empty when nothing is wrong. Whether the workspace is there is looked at now:
/// it may have gone a moment ago.
pub(crate) fn alarm(inner: &Inner) -> String {
    match inner.store.is_kept() {
        true => inner.keeping.alarm(),
        false => zh::WORKSPACE_GONE.to_owned(),
    }
}

impl Seat {
    /// Keeps the workspace safe on a thread of its own until the station closes; for programs that stay open.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn keep_safe(&self) -> Result<(), Failure> {
        let inner = Arc::clone(&self.inner);
        self.inner.keeping.looking.start("keeping", move || {
            look_through(&inner);
            loop {
                back_up_if_due(&inner, now());
                if !inner.keeping.looking.wait(LOOK) {
                    return;
                }
            }
        })
    }

    /// Looks the workspace through once and makes a backup if one is due at `at`.
    pub fn keep_once(&self, at: Timestamp) {
        look_through(&self.inner);
        back_up_if_due(&self.inner, at);
    }
}

/// Follows the log, holds to it what it speaks for, and looks the database through.
fn look_through(inner: &Inner) {
    if !inner.store.is_kept() {
        return;
    }
    let stop = inner.keeping.progress.stop_flag();
    let log = match inner.store.verify_log(stop) {
        Ok(check) if check.holds() => String::new(),
        Ok(check) => zh::alarm_log(check.found),
        Err(error) => store(&error).message,
    };
    let damaged = match stop.load(Ordering::Relaxed) {
        true => false,
        false => inner.store.inspect().is_err(),
    };
    if damaged || !log.is_empty() {
        tracing::error!(damaged, log = !log.is_empty(), "the workspace is not sound");
    }
    let mut alarms = lock(&inner.keeping.alarms);
    alarms.log = log;
    alarms.database = if damaged {
        zh::DATABASE_DAMAGED.to_owned()
    } else {
        String::new()
    };
}

fn back_up_if_due(inner: &Inner, at: Timestamp) {
    // A damaged database must not take the place of sound backups.
    if !inner.store.is_kept()
        || inner.jobs.is_busy()
        || !lock(&inner.keeping.alarms).database.is_empty()
    {
        return;
    }
    let Ok(Some(head)) = inner.store.log_head() else {
        return;
    };
    let newest = inner.store.backups().list();
    let newest = newest.map(|rows| newest_at(rows, at));
    let made = match newest {
        Ok(newest) => match due(newest.as_ref(), head.last, at)
            .map(|why| first_of(inner, newest.as_ref(), why))
        {
            Some(why) => inner
                .store
                .back_up(why, at, inner.keeping.progress.stop_flag(), |_, _| {})
                .map(|row| row.note),
            // What it found holds until the next one.
            None => return tell_of_photos(inner, newest.as_ref()),
        },
        Err(error) => Err(error),
    };
    let problem = match &made {
        Ok(_) | Err(zhaoshen_store::Error::Stopped) => String::new(),
        Err(error) => zh::alarm_backup(&store(error).message),
    };
    lock(&inner.keeping.alarms).backup = problem;
    tell_of_photos(inner, made.as_ref().ok());
}

/// Tells of the originals that the newest backup found damaged.
fn tell_of_photos(inner: &Inner, newest: Option<&BackupNote>) {
    if let Some(note) = newest {
        lock(&inner.keeping.alarms).photos = zh::alarm_photos(note.damaged);
    }
}

/// Why a backup is made that is due for `why`: the first one after sealing, which removed all before it, says so.
fn first_of(inner: &Inner, newest: Option<&BackupNote>, why: BackupWhy) -> BackupWhy {
    let sealings = LogFilter {
        what: Some(Act::WorkspaceSealed),
        ..LogFilter::default()
    };
    let is_sealed = || inner.store.log_count(&sealings).is_ok_and(|rows| rows > 0);
    match newest.is_none() && is_sealed() {
        true => BackupWhy::Sealed,
        false => why,
    }
}

/// The newest that is not of a time still to come; one that is where there is no other.
fn newest_at(rows: Vec<BackupRow>, at: Timestamp) -> Option<BackupNote> {
    let (past, ahead): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.note.made_at <= at);
    let newest = past.into_iter().chain(ahead).next();
    newest.map(|row| row.note)
}

/// Whether a backup is due at `at`, when the log has `rows` rows and the newest backup is `newest`.
fn due(newest: Option<&BackupNote>, rows: i64, at: Timestamp) -> Option<BackupWhy> {
    let Some(newest) = newest else {
        return (rows > 0).then_some(BackupWhy::Daily);
    };
    let age = at.duration_since(newest.made_at);
    let since = rows - newest.log_last;
    if since == 0 {
        return None;
    }
    // A clock that was set back must not end all backups.
    if age >= DAY || age < SignedDuration::ZERO {
        return Some(BackupWhy::Daily);
    }
    (since >= MUCH && age >= APART).then_some(BackupWhy::Worked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_of_a_time_to_come_is_not_the_one_that_counts() {
        let at = Timestamp::UNIX_EPOCH;
        let row = |hours: i64, log_last: i64| BackupRow {
            name: String::new(),
            note: note(at + SignedDuration::from_hours(hours), log_last),
        };
        let newest = |rows: &[BackupRow]| newest_at(rows.to_vec(), at).map(|note| note.log_last);
        assert_eq!(newest(&[row(9000, 5), row(-1, 4), row(-2, 3)]), Some(4));
        assert_eq!(newest(&[row(9000, 5)]), Some(5));
        assert_eq!(newest(&[]), None);
        // An hour after the clock was put right: not every minute.
        assert_eq!(
            due(
                newest_at(vec![row(9000, 5), row(-1, 6)], at).as_ref(),
                7,
                at
            ),
            None
        );
    }

    fn note(made_at: Timestamp, log_last: i64) -> BackupNote {
        BackupNote {
            made_at,
            why: BackupWhy::Daily,
            format: 23,
            rounds: 1,
            students: 0,
            listed: Some(0),
            photos: 0,
            photo_bytes: 0,
            missing: 0,
            damaged: 0,
            damaged_files: Vec::new(),
            pins: None,
            log_last,
            log_hash: String::new(),
            database_bytes: 0,
            database_sha256: String::new(),
        }
    }

    #[test]
    fn a_backup_is_due_by_age_or_by_work_and_never_of_nothing() {
        let at = Timestamp::UNIX_EPOCH;
        let after = |hours: i64| at + SignedDuration::from_hours(hours);
        assert_eq!(due(None, 0, at), None);
        assert_eq!(due(None, 1, at), Some(BackupWhy::Daily));
        for (rows, hours, why) in [
            (10, 100, None),
            (11, 23, None),
            (11, 24, Some(BackupWhy::Daily)),
            (309, 23, None),
            (310, 1, Some(BackupWhy::Worked)),
            (310, 0, None),
            (11, -1, Some(BackupWhy::Daily)),
        ] {
            assert_eq!(
                due(Some(&note(at, 10)), rows, after(hours)),
                why,
                "{rows} {hours}"
            );
        }
    }
}
