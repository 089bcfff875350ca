//! Which backups are kept: the newest three, one for each of the last seven days there are backups of, and one for
//! each of the last four weeks.

use std::collections::HashSet;
use std::path::Path;
use std::{fs, io};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use zhaoshen_model::PhotoHash;

use super::{BackupRow, Backups, NOTE_FILE, PART, has_table, read_note, told_times};
use crate::error::{Error, Result};
use crate::seal::{KEY_FILE, foreign};
use crate::store::{DATABASE_FILE, open_copy};
use crate::vault::{PHOTOS, is_unnamed, names_in, names_of, remove_file};

/// Newest backups that are kept whatever their day.
const NEWEST: usize = 3;
/// Days of which the newest backup is kept.
const DAYS: usize = 7;
/// Weeks of which the newest backup is kept.
const WEEKS: usize = 4;

/// Which of `made`, newest first, are kept. Days and weeks (from Monday) are those of `zone`.
#[must_use]
pub fn kept(made: &[Timestamp], zone: &TimeZone) -> Vec<bool> {
    let mut days = Vec::new();
    let mut weeks = Vec::new();
    made.iter()
        .enumerate()
        .map(|(place, at)| {
            let date = at.to_zoned(zone.clone()).date();
            let week = date.iso_week_date();
            let of_day = first_of(&mut days, date, DAYS);
            let of_week = first_of(&mut weeks, (week.year(), week.week()), WEEKS);
            place < NEWEST || of_day || of_week
        })
        .collect()
}

/// Whether `span` is met for the first time and among the first `most`.
fn first_of<T: PartialEq>(met: &mut Vec<T>, span: T, most: usize) -> bool {
    if met.contains(&span) {
        return false;
    }
    met.push(span);
    met.len() <= most
}

impl Backups {
    /// Removes the backups that are not kept, what a killed one left, and originals that none names any more; as much of it
    /// as can be.
    ///
    /// # Errors
    /// [`Error::Io`], [`Error::ReadOnly`]: the first that could not be removed. What there is of backups is whole all the same.
    pub(super) fn prune(&self) -> Result<()> {
        let rows = self.list()?;
        let made = told_times(&rows, Timestamp::now());
        let kept = kept(&made, &TimeZone::system());
        let gone = rows.iter().zip(kept).filter(|(_, kept)| !kept);
        let mut removed = Ok(());
        for (row, _) in gone {
            let folder = self.folder.join(&row.name);
            // Under the name of a half-made one first: killed meanwhile, it is no backup, and the next one clears it away.
            let part = self.folder.join(format!("{}{PART}", row.name));
            let went = fs::rename(&folder, &part)
                .and_then(|()| fs::remove_dir_all(&part))
                .map_err(|source| Error::io(&folder, source));
            removed = removed.and(went);
        }
        // Also what one that was killed had put there: a deleted round must not live on in it.
        let dropped = self.drop_unnamed();
        removed.and(dropped)
    }

    /// Removes every backup, those half made included: they hold what a deleted round held. What is not the program's stays.
    ///
    /// # Errors
    /// [`Error::Io`], [`Error::ReadOnly`].
    pub(crate) fn remove_all(&self) -> Result<()> {
        for name in self.names()? {
            let path = self.folder.join(&name);
            if name == PHOTOS && is_folder(&path) {
                for shard in names_in(&path)? {
                    clear(&path.join(&shard), |file| {
                        foreign::is_original(&shard, file)
                    })?;
                }
                clear(&path, |_| false)?;
            } else if foreign::is_backup(&name, &path) {
                clear(&path, foreign::is_of_backup)?;
            }
        }
        clear(&self.folder, |_| false)
    }

    /// Names of the backups that cannot be looked into, as far as that is told without reading them through: the database is
    /// gone, of another length or none, or the note is damaged. Of sealed ones whose key is not known only that much is told.
    ///
    /// # Errors
    /// [`Error::Io`], [`Error::ReadOnly`] when their folder cannot be read.
    pub fn unreadable(&self) -> Result<Vec<String>> {
        let rows = self.list()?.into_iter();
        let mut names: Vec<String> = rows
            .filter(|row| !self.is_readable(row))
            .map(|row| row.name)
            .collect();
        names.extend(self.without_note()?);
        Ok(names)
    }

    fn is_readable(&self, row: &BackupRow) -> bool {
        let database = self.database(&row.name);
        let length = fs::metadata(&database).map(|file| file.len());
        let is_locked =
            !self.seal.is_sealed() && self.folder.join(&row.name).join(KEY_FILE).exists();
        let opens = || {
            open_copy(&database, &self.seal)
                .and_then(|connection| has_table(&connection, "log"))
                .is_ok()
        };
        length.is_ok_and(|length| length == row.note.database_bytes) && (is_locked || opens())
    }

    /// Names of the complete ones whose note cannot be read.
    fn without_note(&self) -> Result<Vec<String>> {
        let mut names = self.names()?;
        names.retain(|name| {
            let folder = self.folder.join(name);
            let is_one = [NOTE_FILE, DATABASE_FILE]
                .iter()
                .any(|file| folder.join(file).exists());
            !name.ends_with(PART)
                && foreign::is_named_by_time(name)
                && is_one
                && read_note(&folder).is_none()
        });
        Ok(names)
    }

    /// The names in the folder of the backups, which need not be there.
    fn names(&self) -> Result<Vec<String>> {
        match self.folder.is_dir() {
            true => names_in(&self.folder),
            false => Ok(Vec::new()),
        }
    }

    /// Removes what a backup that was killed left half made.
    pub(super) fn clear_parts(&self) -> Result<()> {
        for name in names_in(&self.folder)? {
            let folder = self.folder.join(&name);
            if name.ends_with(PART) && folder.is_dir() {
                fs::remove_dir_all(&folder).map_err(|source| Error::io(&folder, source))?;
            }
        }
        Ok(())
    }

    /// Removes the originals that no backup names; none of them while one cannot be looked into, which may name any.
    fn drop_unnamed(&self) -> Result<()> {
        let mut named: HashSet<PhotoHash> = HashSet::new();
        let mut unread = self.without_note()?;
        for row in self.list()? {
            match self.photos(&row.name) {
                Ok(photos) if photos.len() as u64 == row.note.photos => named.extend(photos),
                _ => unread.push(row.name),
            }
        }
        if !unread.is_empty() {
            tracing::warn!(
                backups = unread.len(),
                "backups cannot be looked into: no originals are removed from among the backups"
            );
            return Ok(());
        }
        let named = names_of(&self.seal, &named);
        let photos = self.folder.join(PHOTOS);
        // Nothing that was backed up so far had a photo.
        if !photos.is_dir() {
            return Ok(());
        }
        for shard in names_in(&photos)? {
            let folder = photos.join(&shard);
            if !is_folder(&folder) {
                continue;
            }
            for name in names_in(&folder)? {
                if is_unnamed(&named, &shard, &name).is_some() {
                    let file = folder.join(name);
                    fs::remove_file(&file).map_err(|source| Error::io(&file, source))?;
                }
            }
        }
        Ok(())
    }
}

/// Whether there is a folder at `path`, and no link to one.
fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_dir())
}

/// Removes from `folder` the files whose names are `ours` and what a system put there, and the folder once nothing is left in
/// it. What is no folder stays.
fn clear(folder: &Path, ours: impl Fn(&str) -> bool) -> Result<()> {
    if !is_folder(folder) {
        return Ok(());
    }
    for name in names_in(folder)? {
        let path = folder.join(&name);
        if !is_folder(&path) && (ours(&name) || foreign::is_litter(name.as_ref())) {
            remove_file(&path)?;
        }
    }
    match fs::remove_dir(folder) {
        Err(source) if source.kind() != io::ErrorKind::DirectoryNotEmpty => {
            Err(Error::io(folder, source))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;

    fn china() -> TimeZone {
        TimeZone::fixed(jiff::tz::offset(8))
    }

    fn at(text: &str) -> Timestamp {
        format!("{text}+08:00").parse().unwrap()
    }

    #[test]
    fn seven_days_and_four_weeks_are_kept() {
        // Every day at nine from 1 October to 15 November 2026, a Sunday; newest first.
        let made: Vec<Timestamp> = (0..46)
            .map(|day| at("2026-11-15T09:00:00") - jiff::SignedDuration::from_hours(24 * day))
            .collect();
        let days: Vec<String> = made
            .iter()
            .zip(kept(&made, &china()))
            .filter(|(_, kept)| *kept)
            .map(|(at, _)| at.to_zoned(china()).strftime("%m-%d").to_string())
            .collect();
        let expected = [
            "11-15", "11-14", "11-13", "11-12", "11-11", "11-10", "11-09", "11-08", "11-01",
            "10-25",
        ];
        assert_eq!(days, expected);
    }

    #[test]
    fn of_one_day_the_newest_three_are_kept() {
        let made: Vec<Timestamp> = (0..6)
            .map(|hour| at("2026-11-15T20:00:00") - jiff::SignedDuration::from_hours(hour))
            .collect();
        assert_eq!(
            kept(&made, &china()),
            [true, true, true, false, false, false]
        );
        // Half past midnight in China is another day, though not by universal time.
        let night = [at("2026-11-15T00:30:00"), at("2026-11-14T23:30:00")];
        let made = [&made[..3], &night].concat();
        assert_eq!(kept(&made, &china()), [true, true, true, false, true]);
    }

    proptest! {
        #[test]
        fn the_newest_stay_and_no_more_than_fourteen(mut hours in prop::collection::vec(0_i64..3000, 0..80)) {
            hours.sort_unstable();
            let newest = at("2026-11-15T09:00:00");
            let made: Vec<Timestamp> = hours
                .iter()
                .map(|hours| newest - jiff::SignedDuration::from_hours(*hours))
                .collect();
            let kept = kept(&made, &china());
            prop_assert!(kept.iter().take(NEWEST).all(|kept| *kept));
            prop_assert!(kept.iter().filter(|kept| **kept).count() <= NEWEST + DAYS + WEEKS);
        }
    }
}
