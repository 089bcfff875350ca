//! Who sits at one session: a window, a page in a browser, a run of the terminal's program. The workspace knows nobody's
//! place: two windows may be two people.
//!
//! Whoever works alone without a PIN sits down by opening the program.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use zhaoshen_model::PersonId;
use zhaoshen_store::PersonRow;

use crate::app::now;

/// An instant by two clocks: the computer's, which somebody may set back, and one that only goes on, but on some systems not
/// while the computer sleeps.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    told: Timestamp,
    steady: Instant,
}

impl Moment {
    /// This one.
    pub(crate) fn now() -> Self {
        Self {
            told: now(),
            steady: Instant::now(),
        }
    }

    /// How long ago `earlier` was: by the clock that says the longer time.
    fn since(self, earlier: Self) -> Duration {
        let told = Duration::try_from(earlier.told.duration_until(self.told)).unwrap_or_default();
        told.max(self.steady.saturating_duration_since(earlier.steady))
    }
}

/// One session.
#[derive(Debug)]
pub(crate) struct Sitting(Mutex<State>);

#[derive(Debug, Clone, Copy)]
struct State {
    person: Option<PersonId>,
    locked: bool,
    /// When somebody last did something.
    seen: Moment,
}

/// Who sits there now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Who {
    /// The workspace has no people yet.
    Unclaimed,
    /// This person.
    Seated(PersonRow),
    /// Nobody, or somebody who must show the PIN again.
    Out(Option<PersonId>),
}

impl Sitting {
    /// A session that begins.
    pub(crate) const fn new(at: Moment) -> Self {
        Self(Mutex::new(State {
            person: None,
            locked: false,
            seen: at,
        }))
    }

    /// Seats a person who showed the PIN.
    pub(crate) fn seat(&self, person: PersonId, at: Moment) {
        *self.state() = State {
            person: Some(person),
            locked: false,
            seen: at,
        };
    }

    /// Who showed a PIN last.
    pub(crate) fn person(&self) -> Option<PersonId> {
        self.state().person
    }

    /// Whoever goes on shows a PIN.
    pub(crate) fn lock(&self) {
        self.state().locked = true;
    }

    /// Who sits here, of these people; locked after `idle` without work. `works` says that somebody is at it now.
    pub(crate) fn who(
        &self,
        people: &[PersonRow],
        idle: Option<Duration>,
        works: bool,
        at: Moment,
    ) -> Who {
        let mut state = self.state();
        let active = || people.iter().filter(|row| !row.disabled);
        if people.is_empty() {
            return Who::Unclaimed;
        }
        if let Some(alone) = active()
            .next()
            .filter(|row| active().count() == 1 && !row.has_pin)
        {
            return Who::Seated(alone.clone());
        }
        let away = at.since(state.seen);
        state.locked |= idle.is_some_and(|idle| away >= idle);
        let sits = active().find(|row| Some(row.id) == state.person && !state.locked);
        match sits {
            Some(row) => {
                if works {
                    state.seen = at;
                }
                Who::Seated(row.clone())
            }
            None => Who::Out(state.person),
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use std::sync::LazyLock;

    use zhaoshen_model::Roles;

    use super::*;

    const IDLE: Option<Duration> = Some(Duration::from_mins(10));

    /// Minute `minute` by both clocks.
    fn at(minute: u64) -> Moment {
        by_clocks(minute, minute)
    }

    /// Minute `told` by the computer's clock, and `steady` by the other.
    fn by_clocks(told: u64, steady: u64) -> Moment {
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        let minutes = |count| Duration::from_secs(60 * count);
        Moment {
            told: Timestamp::from_second(1_767_225_600).unwrap() + minutes(told),
            steady: *START + minutes(steady),
        }
    }

    fn person(id: i64, has_pin: bool) -> PersonRow {
        PersonRow {
            id: PersonId(id),
            name: format!("人{id}"),
            roles: Roles::ALL,
            has_pin,
            wrong: 0,
            retry_at: None,
            disabled: false,
        }
    }

    #[test]
    fn who_is_alone_without_a_pin_sits_at_once_and_is_never_locked() {
        let sitting = Sitting::new(at(0));
        let alone = [person(1, false)];
        assert_eq!(sitting.who(&[], IDLE, true, at(0)), Who::Unclaimed);
        sitting.lock();
        let who = sitting.who(&alone, IDLE, true, at(900));
        assert_eq!(who, Who::Seated(alone[0].clone()));
        assert_eq!(
            sitting.who(&[person(1, true)], IDLE, true, at(900)),
            Who::Out(None)
        );
        let left = PersonRow {
            disabled: true,
            ..person(2, true)
        };
        let who = sitting.who(&[person(1, false), left], IDLE, true, at(900));
        assert_eq!(who, Who::Seated(alone[0].clone()));
    }

    #[test]
    fn a_session_locks_whichever_clock_stands_still_or_goes_back() {
        let people = [person(1, true), person(2, true)];
        // Seated at minute 1000 by both; then the computer's clock, the steady one, whether it is locked.
        let table = [
            (900, 1009, false),
            (900, 1010, true),
            (1009, 1009, false),
            (1010, 1000, true),
            (0, 1000, false),
        ];
        for (told, steady, locks) in table {
            let sitting = Sitting::new(at(1000));
            sitting.seat(PersonId(1), at(1000));
            let who = sitting.who(&people, IDLE, false, by_clocks(told, steady));
            let is_locked = who == Who::Out(Some(PersonId(1)));
            assert_eq!(is_locked, locks, "{told} {steady}: {who:?}");
        }
    }

    #[test]
    fn a_session_locks_after_idle_time_that_only_work_ends() {
        let (sitting, people) = (Sitting::new(at(0)), [person(1, true), person(2, true)]);
        assert_eq!(sitting.who(&people, IDLE, true, at(0)), Who::Out(None));
        sitting.seat(PersonId(2), at(0));
        let seated = Who::Seated(people[1].clone());
        assert_eq!(sitting.who(&people, IDLE, true, at(9)), seated);
        assert_eq!(sitting.who(&people, IDLE, false, at(18)), seated);
        let locked = Who::Out(Some(PersonId(2)));
        assert_eq!(sitting.who(&people, IDLE, true, at(19)), locked);
        assert_eq!(sitting.who(&people, IDLE, true, at(19)), locked);
        sitting.seat(PersonId(1), at(20));
        assert_eq!(
            sitting.who(&people, None, true, at(9_000)),
            Who::Seated(people[0].clone())
        );
        let left = [
            person(2, true),
            PersonRow {
                disabled: true,
                ..person(1, true)
            },
        ];
        assert_eq!(
            sitting.who(&left, None, true, at(9_000)),
            Who::Out(Some(PersonId(1)))
        );
    }
}
