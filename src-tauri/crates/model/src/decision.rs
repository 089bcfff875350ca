//! Decisions (审核结论): what a person said of one submission.

use serde::{Deserialize, Serialize};

/// What a reviewer decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionKind {
    /// 通过.
    Approved,
    /// 退回, with at least one reason.
    Rejected,
    /// 存疑: set aside for a second look.
    Held,
}

impl DecisionKind {
    /// The word written to the database: `approved`, `rejected` or `held`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Held => "held",
        }
    }

    /// The kind of a stored word.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "approved" => Some(Self::Approved),
            "rejected" => Some(Self::Rejected),
            "held" => Some(Self::Held),
            _ => None,
        }
    }

    /// The word staff read.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Approved => "通过",
            Self::Rejected => "退回",
            Self::Held => "存疑",
        }
    }
}

/// One reason (退回原因) as given: the rule it came from, where it came from one, and the text sent to the student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonChoice {
    /// Code of the rule whose template it is; `None` for a reason typed by hand.
    pub code: Option<String>,
    /// The text the student reads.
    pub text: String,
}

/// A decision on one submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What was decided.
    pub kind: DecisionKind,
    /// Why, for a rejection; empty otherwise.
    pub reasons: Vec<ReasonChoice>,
    /// A note for colleagues; never sent to the student.
    pub note: String,
    /// Who decided.
    pub reviewer: String,
}
