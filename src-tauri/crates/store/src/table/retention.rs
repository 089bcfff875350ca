//! How long the data of a round is to be kept, by every day that was ever said: one that is moved earlier, or said when it has
//! passed already, is no leave to delete without a reason.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rusqlite::Connection;
use zhaoshen_model::RoundId;

use crate::error::Result;
use crate::store::Store;
use crate::table::log;

/// How long the data of a round is to be kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Retention {
    /// The latest last day that was said before it had passed, that day included; it may have been moved earlier since, or away.
    pub until: Option<Date>,
    /// The last day as it stands, where it had passed already when it was said.
    pub backdated: Option<Date>,
}

impl Retention {
    /// By the last days `said`, the first one first, each with the day on which it was.
    fn of(said: &[(Date, Option<Date>)]) -> Self {
        let promised = said
            .iter()
            .filter_map(|(on, until)| until.filter(|until| until >= on));
        let standing = said.last();
        Self {
            until: promised.max(),
            backdated: standing.and_then(|(on, until)| until.filter(|until| until < on)),
        }
    }
}

impl Store {
    /// How long the data of the round is to be kept, by every day that was said of it.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Unreadable`].
    pub fn retention(&self, round: RoundId) -> Result<Retention> {
        self.read(|connection| get(connection, round))
    }
}

/// See [`Store::retention`].
pub(crate) fn get(connection: &Connection, round: RoundId) -> Result<Retention> {
    let said = log::said_to_be_kept(connection, round)?;
    let days: Vec<(Date, Option<Date>)> = said
        .into_iter()
        .map(|(at, until)| (at.to_zoned(TimeZone::system()).date(), until))
        .collect();
    Ok(Retention::of(&days))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_latest_day_said_in_time_counts_and_one_said_too_late_is_told() {
        let day = |n: i8| date(2026, 11, n);
        let (none, on) = (Retention::default(), day(10));
        let until = |n| Some(day(n));
        let table = [
            (vec![], none),
            (vec![(on, None)], none),
            // Today counts until it is over.
            (
                vec![(on, until(10))],
                Retention {
                    until: until(10),
                    ..none
                },
            ),
            (
                vec![(on, until(9))],
                Retention {
                    backdated: until(9),
                    ..none
                },
            ),
            (
                vec![(on, until(20)), (day(11), until(12))],
                Retention {
                    until: until(20),
                    ..none
                },
            ),
            (
                vec![(on, until(20)), (day(11), None)],
                Retention {
                    until: until(20),
                    ..none
                },
            ),
            (
                vec![(on, until(20)), (day(11), until(9))],
                Retention {
                    until: until(20),
                    backdated: until(9),
                },
            ),
            (
                vec![(on, until(9)), (day(11), until(20))],
                Retention {
                    until: until(20),
                    ..none
                },
            ),
        ];
        for (said, expected) in table {
            assert_eq!(Retention::of(&said), expected, "{said:?}");
        }
    }
}
