//! The people: signing in and locking, who may do what, PINs, and the ID number that a 负责人 may see in full.

use std::time::Duration;

use serde_json::json;
use zhaoshen_model::{PersonId, Roles, StudentId};
use zhaoshen_store::{PersonRow, PinCheck};

use crate::app::now;
use crate::failure::{nameless, refused, store};
use crate::sitting::{Moment, Who};
use crate::wire::{
    AppStatus, Empty, Failure, IdleSet, PeopleView, PersonAdd, PersonCard, PersonDisable,
    PersonName, PersonPin, PersonRename, PersonRoles, PinChange, RevealedNumber, RoleSet,
    SeatState, SeatView, SignIn, StudentRef,
};
use crate::{Seat, zh};

/// The setting: minutes without work until a session locks.
const IDLE: &str = "idle_minutes";
/// Until somebody sets it.
const IDLE_MINUTES: u32 = 15;
/// Longest that can be set.
const IDLE_MAX: u32 = 240;
/// How long a number is shown, seconds.
const SHOWN_SECONDS: u32 = 20;

impl Seat {
    /// Signs a person in.
    ///
    /// # Errors
    /// Refused for a wrong PIN, or one that came too soon after wrong ones.
    pub fn sign_in(&self, args: SignIn) -> Result<AppStatus, Failure> {
        let id = PersonId(args.person);
        match self.looked_at(id, &args.pin)? {
            PinCheck::Right => {
                self.inner.jobs.forget_passphrases(self.sitting.person());
                self.sitting.seat(id, Moment::now());
            }
            PinCheck::Wrong { wait } => return Err(refused(zh::pin_wrong(wait.as_secs()))),
            PinCheck::TooSoon { wait } => {
                return Err(refused(zh::pin_too_soon(wait.as_secs().max(1))));
            }
        }
        self.app_status(Empty {})
    }

    /// Locks the session; whoever is alone without a PIN sits on.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn seat_lock(&self, _: Empty) -> Result<AppStatus, Failure> {
        self.inner.jobs.forget_passphrases(self.sitting.person());
        self.sitting.lock();
        self.app_status(Empty {})
    }

    /// Somebody is at work: the session does not lock.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn seat_awake(&self, _: Empty) -> Result<SeatView, Failure> {
        self.seat_view()
    }

    /// Changes one's own PIN.
    ///
    /// # Errors
    /// Refused when the old one is wrong or the new one unfit, or for none where several work.
    pub fn pin_change(&self, args: PinChange) -> Result<AppStatus, Failure> {
        let me = self.me()?;
        if me.has_pin {
            match self.looked_at(me.id, &args.old)? {
                PinCheck::Right => {}
                PinCheck::Wrong { wait } => return Err(refused(zh::pin_wrong(wait.as_secs()))),
                PinCheck::TooSoon { wait } => {
                    return Err(refused(zh::pin_too_soon(wait.as_secs().max(1))));
                }
            }
        }
        let pin = Some(args.new.as_str()).filter(|pin| !pin.is_empty());
        self.store()
            .set_pin(me.id, pin, &me.name, now())
            .map_err(|error| store(&error))?;
        self.sitting.seat(me.id, Moment::now());
        self.app_status(Empty {})
    }

    /// Everybody who works or worked here.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn people_list(&self, _: Empty) -> Result<PeopleView, Failure> {
        let signers = self.store().signers().map_err(|error| store(&error))?;
        let people = self.people()?;
        let cards = people
            .iter()
            .map(|row| card(row, signers.contains(&row.name)));
        Ok(PeopleView {
            people: cards.collect(),
            idle_minutes: self.idle_minutes()?,
        })
    }

    /// Adds a person.
    ///
    /// # Errors
    /// Refused for a name that is none or taken, no role, an unfit PIN, or while somebody has no PIN.
    pub fn person_add(&self, args: PersonAdd) -> Result<PeopleView, Failure> {
        let me = self.me()?;
        let person = (args.name.as_str(), roles(args.roles), args.pin.as_str());
        self.store()
            .add_person(person, &me.name, now())
            .map_err(|error| store(&error))?;
        self.people_list(Empty {})
    }

    /// Mends a name by which nothing was signed.
    ///
    /// # Errors
    /// Refused for a name that is none or taken, and once something was signed by the old one.
    pub fn person_rename(&self, args: PersonRename) -> Result<PeopleView, Failure> {
        let me = self.me()?;
        self.store()
            .rename_person(PersonId(args.person), &args.name, &me.name, now())
            .map_err(|error| store(&error))?;
        self.people_list(Empty {})
    }

    /// Sets what a person may do.
    ///
    /// # Errors
    /// Refused for no role, and for the last 保管员.
    pub fn person_roles(&self, args: PersonRoles) -> Result<PeopleView, Failure> {
        let me = self.me()?;
        self.store()
            .set_roles(PersonId(args.person), roles(args.roles), &me.name, now())
            .map_err(|error| store(&error))?;
        self.people_list(Empty {})
    }

    /// Says that a person left, or is back.
    ///
    /// # Errors
    /// Refused for the last 保管员, and for somebody without a PIN who comes back.
    pub fn person_disable(&self, args: PersonDisable) -> Result<PeopleView, Failure> {
        let me = self.me()?;
        self.store()
            .set_disabled(PersonId(args.person), args.disabled, &me.name, now())
            .map_err(|error| store(&error))?;
        self.people_list(Empty {})
    }

    /// Gives a person a new PIN, e.g. for a forgotten one.
    ///
    /// # Errors
    /// Refused for an unfit PIN, and for one's own, which [`Self::pin_change`] changes.
    pub fn person_pin(&self, args: PersonPin) -> Result<PeopleView, Failure> {
        let me = self.me()?;
        if me.id.0 == args.person {
            return Err(refused(zh::OWN_PIN));
        }
        self.store()
            .set_pin(PersonId(args.person), Some(&args.pin), &me.name, now())
            .map_err(|error| store(&error))?;
        self.people_list(Empty {})
    }

    /// Sets after how long without work a session locks; 0 for never.
    ///
    /// # Errors
    /// Refused for more than four hours.
    pub fn idle_set(&self, args: IdleSet) -> Result<PeopleView, Failure> {
        let me = self.me()?;
        if args.minutes > IDLE_MAX {
            return Err(refused(zh::IDLE_LONG));
        }
        self.store()
            .set_setting(IDLE, &json!(args.minutes), &me.name, now())
            .map_err(|error| store(&error))?;
        self.people_list(Empty {})
    }

    /// A student's ID number in full. The log says that it was shown, and to whom.
    ///
    /// # Errors
    /// Not found; refused without a reviewer, or where the roster has none.
    pub fn number_reveal(&self, args: StudentRef) -> Result<RevealedNumber, Failure> {
        let reviewer = self.reviewer()?;
        let number = self
            .store()
            .reveal_id_number(StudentId(args.student), &reviewer, now())
            .map_err(|error| store(&error))?;
        if number.is_empty() {
            return Err(refused(zh::NO_ID_NUMBER));
        }
        Ok(RevealedNumber {
            number,
            seconds: SHOWN_SECONDS,
        })
    }

    /// Who sits at this session.
    pub(crate) fn seat_view(&self) -> Result<SeatView, Failure> {
        let people = self.people()?;
        let names = people
            .iter()
            .filter(|row| !row.disabled)
            .map(|row| PersonName {
                person: row.id.0,
                name: row.name.clone(),
            });
        let names: Vec<PersonName> = names.collect();
        let who = self
            .sitting
            .who(&people, self.idle()?, false, Moment::now());
        let (state, row) = match &who {
            Who::Unclaimed => (SeatState::Unclaimed, None),
            Who::Seated(row) => (SeatState::Seated, Some(row)),
            Who::Out(id) => {
                let last = people.iter().find(|row| Some(row.id) == *id);
                (SeatState::SignedOut, last)
            }
        };
        let seated = row.filter(|_| state == SeatState::Seated);
        Ok(SeatView {
            state,
            person: row.map(|row| row.id.0),
            roles: seated.map_or(all_roles(&who), |row| role_set(row.roles)),
            has_pin: row.is_some_and(|row| row.has_pin),
            people: names,
            idle_minutes: self.idle_minutes()?,
        })
    }

    /// Everybody, those who left too.
    pub(crate) fn people(&self) -> Result<Vec<PersonRow>, Failure> {
        self.store().people().map_err(|error| store(&error))
    }

    /// After how long without work a session locks.
    pub(crate) fn idle(&self) -> Result<Option<Duration>, Failure> {
        let minutes = u64::from(self.idle_minutes()?);
        Ok((minutes > 0).then(|| Duration::from_mins(minutes)))
    }

    fn idle_minutes(&self) -> Result<u32, Failure> {
        let set = self.store().setting(IDLE).map_err(|error| store(&error))?;
        let minutes = set.and_then(|value| value.as_u64()?.try_into().ok());
        Ok(minutes.unwrap_or(IDLE_MINUTES))
    }

    fn me(&self) -> Result<&PersonRow, Failure> {
        self.who.as_ref().ok_or_else(nameless)
    }

    fn looked_at(&self, id: PersonId, pin: &str) -> Result<PinCheck, Failure> {
        self.store()
            .check_pin(id, pin, now())
            .map_err(|error| store(&error))
    }
}

/// Before there are people, nothing is refused.
fn all_roles(who: &Who) -> RoleSet {
    role_set(match who {
        Who::Unclaimed => Roles::ALL,
        Who::Seated(_) | Who::Out(_) => Roles::default(),
    })
}

fn card(row: &PersonRow, signed: bool) -> PersonCard {
    PersonCard {
        person: row.id.0,
        name: row.name.clone(),
        roles: role_set(row.roles),
        has_pin: row.has_pin,
        wrong: row.wrong,
        disabled: row.disabled,
        signed,
    }
}

const fn role_set(roles: Roles) -> RoleSet {
    RoleSet {
        reviewer: roles.reviewer,
        lead: roles.lead,
        keeper: roles.keeper,
    }
}

const fn roles(set: RoleSet) -> Roles {
    Roles {
        reviewer: set.reviewer,
        lead: set.lead,
        keeper: set.keeper,
    }
}
