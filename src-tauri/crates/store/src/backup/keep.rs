//! Which backups are kept: the newest three, one for each of the last seven days there are backups of, and one for
//! each of the last four weeks.

use std::collections::HashSet;
use std::{fs, io};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use zhaoshen_model::PhotoHash;

use super::{Backups, PART, told_times};
use crate::error::{Error, Result};
use crate::vault::{PHOTOS, is_unnamed, names_in, names_of};

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
    /// Removes the backups that are not kept, what a killed one left, and originals that none names any more; how many backups went.
    pub(super) fn prune(&self) -> Result<usize> {
        let rows = self.list()?;
        let made = told_times(&rows, Timestamp::now());
        let kept = kept(&made, &TimeZone::system());
        let gone = rows.iter().zip(kept).filter(|(_, kept)| !kept);
        let mut removed = 0;
        for (row, _) in gone {
            let folder = self.folder.join(&row.name);
            // Under the name of a half-made one first: killed meanwhile, it is no backup, and the next one clears it away.
            let part = self.folder.join(format!("{}{PART}", row.name));
            fs::rename(&folder, &part)
                .and_then(|()| fs::remove_dir_all(&part))
                .map_err(|source| Error::io(&folder, source))?;
            removed += 1;
        }
        // Also what one that was killed had put there: a deleted round must not live on in it.
        self.drop_unnamed()?;
        Ok(removed)
    }

    /// Removes every backup, those half made included: they hold what a deleted round held.
    pub(crate) fn remove_all(&self) -> Result<()> {
        match fs::remove_dir_all(&self.folder) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                Err(Error::io(&self.folder, source))
            }
            _ => Ok(()),
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

    fn drop_unnamed(&self) -> Result<()> {
        let mut named: HashSet<PhotoHash> = HashSet::new();
        for row in self.list()? {
            named.extend(self.photos(&row.name)?);
        }
        let named = names_of(&self.seal, &named);
        let photos = self.folder.join(PHOTOS);
        // Nothing that was backed up so far had a photo.
        if !photos.is_dir() {
            return Ok(());
        }
        for shard in names_in(&photos)? {
            let folder = photos.join(&shard);
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
