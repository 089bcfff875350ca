//! Who works at the station, and who sits at this session.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::Zeroize;

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct RoleSet {
    /// 审核员.
    pub reviewer: bool,
    /// 负责人.
    pub lead: bool,
    /// 保管员.
    pub keeper: bool,
}

/// Whether somebody sits at the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SeatState {
    /// The workspace has no people yet: the first name given becomes the keeper.
    Unclaimed,
    /// Somebody does.
    Seated,
    /// Nobody: a PIN is asked for.
    SignedOut,
}

/// A person to choose from when signing in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PersonName {
    /// Id.
    pub person: i64,
    /// Name.
    pub name: String,
}

/// Who sits at this session.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SeatView {
    /// Whether somebody does.
    pub state: SeatState,
    /// Who does, or did before it was locked.
    pub person: Option<i64>,
    /// What may be done here now.
    pub roles: RoleSet,
    /// Whether that person has a PIN; without one nothing is locked.
    pub has_pin: bool,
    /// Who can sign in.
    pub people: Vec<PersonName>,
    /// Minutes without work until it locks; 0 for never.
    pub idle_minutes: u32,
}

/// Signs in.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct SignIn {
    /// Who.
    pub person: i64,
    /// The PIN.
    pub pin: String,
}

/// Changes one's own PIN.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct PinChange {
    /// The PIN so far; empty for none.
    pub old: String,
    /// The new one; empty for none.
    pub new: String,
}

impl Drop for SignIn {
    fn drop(&mut self) {
        self.pin.zeroize();
    }
}

impl Drop for PinChange {
    fn drop(&mut self) {
        self.old.zeroize();
        self.new.zeroize();
    }
}

/// One person of the list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PersonCard {
    /// Id.
    pub person: i64,
    /// Name.
    pub name: String,
    /// What the person may do.
    pub roles: RoleSet,
    /// Whether a PIN is set.
    pub has_pin: bool,
    /// Wrong PINs since the last right one.
    pub wrong: u32,
    /// Whether the person left.
    pub disabled: bool,
    /// Whether the name stands under something, and can be mended no more.
    pub signed: bool,
}

/// Everybody who works or worked here.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PeopleView {
    /// In the order they were added.
    pub people: Vec<PersonCard>,
    /// Minutes without work until a session locks; 0 for never.
    pub idle_minutes: u32,
}

/// Adds a person.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct PersonAdd {
    /// Name.
    pub name: String,
    /// What the person may do.
    pub roles: RoleSet,
    /// The first PIN.
    pub pin: String,
}

/// Mends a person's name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PersonRename {
    /// Whose.
    pub person: i64,
    /// The right name.
    pub name: String,
}

/// Sets a person's roles.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PersonRoles {
    /// Whose.
    pub person: i64,
    /// What the person may do.
    pub roles: RoleSet,
}

/// Says that a person left, or is back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PersonDisable {
    /// Who.
    pub person: i64,
    /// Whether the person left.
    pub disabled: bool,
}

/// Gives a person a new PIN.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct PersonPin {
    /// Whose.
    pub person: i64,
    /// The new PIN.
    pub pin: String,
}

/// Sets when sessions lock.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IdleSet {
    /// Minutes without work; 0 for never.
    pub minutes: u32,
}

/// A student.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct StudentRef {
    /// Id.
    pub student: i64,
}

/// An ID number in full: the only one that crosses the wire, and only as the answer to the command that logs it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RevealedNumber {
    /// As the roster has it.
    pub number: String,
    /// How long it may be shown, seconds.
    pub seconds: u32,
}

unshown!(SignIn, PinChange, PersonAdd, PersonPin);

impl Drop for PersonAdd {
    fn drop(&mut self) {
        self.pin.zeroize();
    }
}

impl Drop for PersonPin {
    fn drop(&mut self) {
        self.pin.zeroize();
    }
}
