//! Help on the rules (检查项说明).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whose limits the help is to tell besides those of the built-in profiles.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HelpAsk {
    /// The round that is open; `null` without one.
    pub round: Option<i64>,
}

/// A page of help on one code of the rule table.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HelpPage {
    /// Stable code, e.g. `GEO-02`.
    pub code: String,
    /// What staff call it.
    pub title: String,
    /// The word for its family.
    pub family: String,
    /// What the machine does; `null` where only a person can tell.
    pub machine: Option<HelpMachine>,
    /// What a person looks at; `null` where the machine's finding is enough.
    pub person: Option<HelpPerson>,
    /// What the student reads when the photo is sent back for it.
    pub advice: Vec<String>,
}

/// How the machine judges it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HelpMachine {
    /// What is checked.
    pub checks: String,
    /// How it is measured.
    pub measured: String,
    /// When it cannot tell.
    pub cannot_tell: String,
    /// What is known to alarm it falsely.
    pub false_alarms: String,
    /// What each profile allows: the round's own where one was named, then the built-in ones, the default first.
    pub allowances: Vec<HelpAllowance>,
}

/// What one profile allows.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HelpAllowance {
    /// Title of the profile.
    pub profile: String,
    /// The limits in words, one line each; empty where there are none.
    pub limits: Vec<String>,
    /// What lies outside amounts to.
    pub outside: String,
    /// The clause it rests on.
    pub clause: String,
}

/// What a person looks at.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HelpPerson {
    /// The item of the tick list.
    pub confirms: String,
    /// Where and how to look.
    pub look: String,
    /// Exceptions, and what to record.
    pub exception: String,
}
