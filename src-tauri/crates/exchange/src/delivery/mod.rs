//! Deliveries (交付): approved renditions written to a folder with an account of every student.
//!
//! [`plan`] decides names and parts and finds everything that stands in the way; [`prepare`] writes a new
//! folder, with the files as they are or in archives, reads every file back, and never overwrites. What makes it look
//! whole gets its name last, by [`Prepared::publish`], once the delivery is in the books. What the bytes are is for the
//! provider.

mod code;
#[cfg(test)]
mod code_tests;
#[cfg(test)]
mod failure_tests;
mod manifest;
mod packed;
mod plan;
mod prepared;
#[cfg(test)]
mod prepared_tests;
mod privacy;
mod roll;
mod split;
#[cfg(test)]
mod split_tests;
pub(crate) mod target;
mod template;
#[cfg(test)]
mod tests;
mod write;

use serde::{Deserialize, Serialize};
use zhaoshen_model::{StudentDraft, SubmissionId};

pub use code::{CODE_MARK, PlannedCode, Provider, WithCodes, WrittenCode};
pub use manifest::{CHECKSUM_FILE, MANIFEST_FILE};
pub use plan::{DeliveryPlan, PlanProblem, PlannedFile, plan};
pub(crate) use prepared::Unnamed;
pub use prepared::{LastName, Prepared, Remains, give_last_names, remains};
pub use privacy::{NUMBER_WITHHELD, holds_id_number, tells_id_number};
pub use roll::{KeyTrouble, Roll, Told};
pub use split::Split;
pub(crate) use template::is_illegal;
pub use template::{DEFAULT_TEMPLATE, Placeholder, Template};
#[cfg(test)]
pub(crate) use tests::write;
pub use write::{
    DeliveryReport, Destination, Held, Packing, Progress, Verified, WrittenFile, prepare,
    prepare_again,
};

/// What may leave the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryMode {
    /// 采集码模式: neither names nor identity numbers.
    CodeOnly,
    /// 名单模式: names too; identity numbers only in the list, where that is encrypted.
    Roster,
}

impl DeliveryMode {
    /// The words staff read.
    pub const fn title(self) -> &'static str {
        match self {
            Self::CodeOnly => "采集码模式",
            Self::Roster => "名单模式",
        }
    }
}

/// A student with an approved photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryItem {
    /// The approved submission; handed to the provider as the key.
    pub submission: SubmissionId,
    /// Whose it is.
    pub student: StudentDraft,
}

/// A student without an approved photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undelivered {
    /// Who.
    pub student: StudentDraft,
    /// Why, in Chinese: 未提交, 退回, ….
    pub reason: String,
}

/// What stands on the 说明 sheet and in `manifest.json`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryNotes {
    /// Title of the round.
    pub round: String,
    /// Title of the standard.
    pub profile: String,
    /// Who exports; in 采集码模式 it is not told, and empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reviewer: String,
    /// What for; empty for what is said of every delivery.
    pub purpose: String,
    /// When, as staff read it; this crate asks no clock for it.
    pub made_at: String,
    /// 第几次交付 of the round.
    pub number: u32,
}
