//! The rules: (measurements, profile) to findings, pure.
//!
//! [`judge()`] runs every rule of the [`registry`] that the [`Profile`](zhaoshen_model::Profile)
//! switches on over the stored measurements of one photo. One file per rule under `rules/`; every
//! Chinese sentence stands in [`zh`]; every number stands in a profile ([`profile_file`]).
//! [`final_frame`] computes the crop that the finished file is cut from. Deliberately not here:
//! any input or output, any clock, any pixel, and any decision: a verdict is advice to a person.

pub mod answers;
mod band;
pub mod colour;
mod draft;
#[cfg(test)]
mod fixture;
pub mod frame;
pub mod help;
pub mod human;
pub mod judge;
pub mod near;
pub mod profile_edit;
pub mod profile_file;
pub mod reasons;
pub mod registry;
mod rules;
pub mod subject;
pub mod zh;

pub use answers::{Answer, answers};
pub use frame::{FinalFrame, Obstacle, Violation, final_frame};
pub use human::{CropRegion, HUMAN_RULES, HumanRule};
pub use judge::{Asked, judge, reading, severities, verdict};
pub use near::is_near_limit;
pub use profile_edit::{EditError, edited};
pub use profile_file::{DEFAULT_PROFILE, builtin};
pub use reasons::{HUMAN_REASONS, HumanReason, is_own_text, offered_reasons, preset_reasons};
pub use registry::{Applies, Family, RULES, Rule};
pub use subject::{Role, Subject};
