//! What the desk has besides queues and decisions: disputes, the tick list, the keys.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::review::Reason;

/// Call a finding wrong, or right again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FindingDispute {
    /// The photo.
    pub submission: i64,
    /// Code of the rule.
    pub code: String,
    /// Wrong, or right again.
    pub wrong: bool,
}

/// The findings on a photo that the reviewer holds for wrong.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Disputed {
    /// Codes of the rules.
    pub codes: Vec<String>,
}

/// Something only a person can see.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HumanItem {
    /// Code of the rule table.
    pub code: String,
    /// What to confirm.
    pub title: String,
    /// Where to look: `eyes`, `ears`, `mouth` or `whole`.
    pub region: String,
    /// The reason of a rejection when it is not so.
    pub reason: Reason,
}

/// The keys of one act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeyBinding {
    /// The act, as the screens name it.
    pub act: String,
    /// Places of keys, as `KeyboardEvent.code` names them.
    pub codes: Vec<String>,
}

/// Acts whose keys differ from the first ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeyBindings {
    /// One per act.
    pub bindings: Vec<KeyBinding>,
}
