//! Who works at the station: people are added, given roles and PINs, and disabled; and the PIN of whoever signs in is looked at.
//!
//! Two things hold after every act: somebody who has not left is 保管员, and where more than one work, each has a PIN.

use std::collections::HashSet;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::Transaction;
use serde_json::{Value, json};
use zhaoshen_model::person::{self as rules, LONGEST_WAIT};
use zhaoshen_model::{PersonId, Role, Roles};

use super::Act;
use crate::error::{Error, Result};
use crate::pin;
use crate::store::Store;
use crate::table::log::{self, Entry};
use crate::table::person::{self, PersonRow};

const NAME_TAKEN: &str =
    "已有同名的人员，或有人改名前用过此姓名（含已停用的）；请加上工号或科室以便区分";
/// What a name may have signed and still be mended.
const ABOUT_PEOPLE: [Act; 4] = [
    Act::PersonAdded,
    Act::PersonChanged,
    Act::PinSet,
    Act::SettingChanged,
];

/// What looking at a PIN brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinCheck {
    /// It is the person's.
    Right,
    /// It is not; the next is looked at after this time.
    Wrong {
        /// The wait.
        wait: Duration,
    },
    /// It was not looked at: there were too many wrong ones.
    TooSoon {
        /// The wait that is left.
        wait: Duration,
    },
}

impl Store {
    /// Makes the first person of the workspace, who may do everything and may go without a PIN.
    ///
    /// # Errors
    /// [`Error::People`] when there is somebody already, for a name that is none, or an unfit PIN: nobody is made then.
    pub fn add_first_person(
        &self,
        (name, pin): (&str, Option<&str>),
        at: Timestamp,
    ) -> Result<PersonId> {
        let name = fit_name(name)?;
        let hash = pin.map(fit_pin).transpose()?;
        self.write(|transaction| {
            if !person::all(transaction)?.is_empty() {
                return Err(Error::People(
                    "工作区里已经有人员，请由保管员在“人员”里添加",
                ));
            }
            let id = person::insert(transaction, name, Roles::ALL, hash.as_deref())?;
            note(transaction, (Act::PersonAdded, id), None, (name, at))?;
            Ok(id)
        })
    }

    /// Adds a person.
    ///
    /// # Errors
    /// [`Error::People`] for a name that is none or is taken, no role, an unfit PIN, or while somebody has no PIN.
    pub fn add_person(
        &self,
        (name, roles, pin): (&str, Roles, &str),
        by: &str,
        at: Timestamp,
    ) -> Result<PersonId> {
        let name = fit_name(name)?;
        check_roles(roles)?;
        let hash = fit_pin(pin)?;
        self.write(|transaction| {
            check_free(transaction, name, None)?;
            let id = person::insert(transaction, name, roles, Some(&hash))?;
            check(transaction)?;
            note(transaction, (Act::PersonAdded, id), None, (by, at))?;
            Ok(id)
        })
    }

    /// The names that stand under anything that keeps one from being mended.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn signers(&self) -> Result<HashSet<String>> {
        self.read(|connection| log::signed_more_than(connection, &ABOUT_PEOPLE))
    }

    /// Mends a person's name, as long as nothing was signed by it.
    ///
    /// # Errors
    /// [`Error::People`] for a name that is none or is taken, or when the old one stands under something; [`Error::NotFound`].
    pub fn rename_person(&self, id: PersonId, name: &str, by: &str, at: Timestamp) -> Result<()> {
        let name = fit_name(name)?;
        self.change(id, (by, at), |transaction| {
            let before = person::get(transaction, id)?;
            if log::signed_more_than(transaction, &ABOUT_PEOPLE)?.contains(&before.name) {
                return Err(Error::People(
                    "此姓名已在结论或日志里署名，不能再改；请停用后另行添加",
                ));
            }
            check_free(transaction, name, Some(&before))?;
            person::set_name(transaction, id, name)
        })
    }

    /// Sets what a person may do.
    ///
    /// # Errors
    /// [`Error::People`] for no role, or for the last 保管员; [`Error::NotFound`].
    pub fn set_roles(&self, id: PersonId, roles: Roles, by: &str, at: Timestamp) -> Result<()> {
        check_roles(roles)?;
        self.change(id, (by, at), |transaction| {
            person::set_roles(transaction, id, roles)
        })
    }

    /// Says that a person left, or is back.
    ///
    /// # Errors
    /// [`Error::People`] for the last 保管员, or for somebody without a PIN who comes back; [`Error::NotFound`].
    pub fn set_disabled(
        &self,
        id: PersonId,
        disabled: bool,
        by: &str,
        at: Timestamp,
    ) -> Result<()> {
        self.change(id, (by, at), |transaction| {
            person::set_disabled(transaction, id, disabled)
        })
    }

    /// Sets a person's PIN, or takes it away: who works alone may go without.
    ///
    /// # Errors
    /// [`Error::People`] for an unfit PIN, or none where several work; [`Error::NotFound`].
    pub fn set_pin(&self, id: PersonId, pin: Option<&str>, by: &str, at: Timestamp) -> Result<()> {
        let hash = pin.map(fit_pin).transpose()?;
        self.write(|transaction| {
            let before = person::get(transaction, id)?;
            person::set_pin(transaction, id, hash.as_deref())?;
            check(transaction)?;
            note(transaction, (Act::PinSet, id), Some(&before), (by, at))
        })
    }

    /// Gives the only 保管员 of the workspace another PIN without the old one; `by` is the system's account at which it was
    /// asked for. Nobody else could: a workspace whose only keeper forgot the PIN would stay shut. The log says how.
    ///
    /// # Errors
    /// [`Error::People`] for somebody who is no 保管员 or left, while another could do it, or for an unfit PIN.
    pub fn reset_lone_keeper(&self, name: &str, pin: &str, by: &str, at: Timestamp) -> Result<()> {
        let hash = fit_pin(pin)?;
        self.write(|transaction| {
            let mut keepers = person::all(transaction)?;
            keepers.retain(|row| !row.disabled && row.roles.has(Role::Keeper));
            let Some(row) = keepers.iter().find(|row| row.name == name.trim()) else {
                return Err(Error::People(
                    "这里只重设在用的保管员的口令；其他人忘记口令，请保管员在“人员”里重设",
                ));
            };
            if keepers.len() > 1 {
                return Err(Error::People(
                    "另有在用的保管员：请其登录后在“人员”里重设这个口令",
                ));
            }
            person::set_pin(transaction, row.id, Some(&hash))?;
            let now = person::get(transaction, row.id)?;
            let mut after = state(&now);
            after["at_the_terminal"] = json!(true);
            let states = (Some(state(row)), after);
            append(transaction, Act::PinSet, states, (by, at))
        })
    }

    /// Looks at the PIN of somebody who signs in. An attempt counts as wrong before it is looked at, durably, so that neither
    /// ending the program nor many attempts at once make one free. Attempts are looked at one after another: one that is
    /// right and not yet known to be must not make the next seem the latest of many wrong ones.
    ///
    /// # Errors
    /// [`Error::People`] for somebody who left or has no PIN; [`Error::NotFound`].
    pub fn check_pin(&self, id: PersonId, typed: &str, at: Timestamp) -> Result<PinCheck> {
        let _alone = self.hold_pins();
        let begun = self.write(|transaction| {
            let row = person::get(transaction, id)?;
            if row.disabled {
                return Err(Error::People("此人已停用，不能登录；可请保管员恢复"));
            }
            let Some(hash) = person::pin(transaction, id)? else {
                return Err(Error::People("此人没有口令"));
            };
            let left = row.retry_at.map(|until| at.duration_until(until));
            let left = left.and_then(|left| Duration::try_from(left).ok());
            let longest = Duration::from_secs(LONGEST_WAIT.into());
            // A longer wait than the longest was set under another clock.
            if let Some(wait) = left.filter(|wait| !wait.is_zero() && *wait <= longest) {
                return Ok(Err(PinCheck::TooSoon { wait }));
            }
            let wrong = row.wrong.saturating_add(1);
            let wait = Duration::from_secs(rules::wait_after(wrong).into());
            let until = at.saturating_add(wait).ok();
            person::set_wrong(transaction, id, wrong, until)?;
            Ok(Ok((hash, wait)))
        })?;
        let (hash, wait) = match begun {
            Ok(begun) => begun,
            Err(refused) => return Ok(refused),
        };
        if !pin::matches(&hash, typed) {
            return Ok(PinCheck::Wrong { wait });
        }
        self.write(|transaction| person::set_wrong(transaction, id, 0, None))?;
        Ok(PinCheck::Right)
    }

    fn change(
        &self,
        id: PersonId,
        by: (&str, Timestamp),
        write: impl FnOnce(&Transaction<'_>) -> Result<()>,
    ) -> Result<()> {
        self.write(|transaction| {
            let before = person::get(transaction, id)?;
            write(transaction)?;
            check(transaction)?;
            if person::get(transaction, id)? == before {
                return Ok(());
            }
            note(transaction, (Act::PersonChanged, id), Some(&before), by)
        })
    }
}

fn fit_name(typed: &str) -> Result<&str> {
    rules::name(typed).ok_or(Error::People("姓名不能为空，最长 40 个字"))
}

/// Refuses a name that stands for another: somebody bears it, or bore it until it was mended and may have signed with it.
fn check_free(transaction: &Transaction<'_>, name: &str, of: Option<&PersonRow>) -> Result<()> {
    let another = |row: &PersonRow| Some(row.id) != of.map(|row| row.id);
    let borne = |row: &PersonRow| another(row) && rules::same_name(&row.name, name);
    if person::all(transaction)?.iter().any(borne) {
        return Err(Error::People(NAME_TAKEN));
    }
    let changes = log::persons_changed(transaction)?;
    let mut mended = changes.iter().filter(|(old, new)| old != new);
    let own = |name: &str| of.is_some_and(|row| bore(&changes, row, name));
    match mended.any(|(old, _)| rules::same_name(old, name) && !own(old)) {
        true => Err(Error::People(NAME_TAKEN)),
        false => Ok(()),
    }
}

/// Whether the person bore the name before: followed back from the one borne now, through the changes as they were made.
fn bore(changes: &[(String, String)], row: &PersonRow, name: &str) -> bool {
    let mut borne = row.name.as_str();
    for (old, new) in changes.iter().rev() {
        if new == borne {
            borne = old;
        }
        if borne == name {
            return true;
        }
    }
    false
}

fn check_roles(roles: Roles) -> Result<()> {
    match roles.list().is_empty() {
        true => Err(Error::People("请至少选一个角色")),
        false => Ok(()),
    }
}

/// The hash of a PIN that may be one.
fn fit_pin(typed: &str) -> Result<String> {
    if !rules::is_fit_pin(typed) {
        return Err(Error::People(
            "口令要 6 至 64 个字符，且不能是同一个字符或 123456 这样的连号",
        ));
    }
    pin::hash(typed)
}

/// Holds what must be true after every act.
fn check(transaction: &Transaction<'_>) -> Result<()> {
    let mut active = person::all(transaction)?;
    active.retain(|row| !row.disabled);
    if !active.iter().any(|row| row.roles.has(Role::Keeper)) {
        return Err(Error::People(
            "至少要有一名在用的保管员：请先把保管员角色交给别人",
        ));
    }
    if active.len() > 1 && active.iter().any(|row| !row.has_pin) {
        return Err(Error::People(
            "多人使用时每个人都要有口令：请先给没有口令的人设置口令",
        ));
    }
    Ok(())
}

fn note(
    transaction: &Transaction<'_>,
    (what, id): (Act, PersonId),
    before: Option<&PersonRow>,
    by: (&str, Timestamp),
) -> Result<()> {
    let row = person::get(transaction, id)?;
    append(transaction, what, (before.map(state), state(&row)), by)
}

fn append(
    transaction: &Transaction<'_>,
    what: Act,
    (before, after): (Option<Value>, Value),
    by: (&str, Timestamp),
) -> Result<()> {
    let entry = Entry::of_workspace(what, by, before, Some(after));
    log::append(transaction, &entry).map(|_| ())
}

fn state(row: &PersonRow) -> Value {
    json!({
        "person": row.name,
        "roles": row.roles.list(),
        "pin": row.has_pin,
        "disabled": row.disabled,
    })
}
